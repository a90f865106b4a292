# A source for measurements.  Sourced by tests/bench-sync/part_*.sh.
#
#   bench_source ENTRIES   a cluster with fsync on and a directory of so many entries, a contact point
#                          each; role ward holds public
#   must COMMAND...        ends the part where it fails
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"

must() {
  "$@" >"$tmp/said" 2>&1 || {
    cat "$tmp/said" >&2
    exit 1
  }
}

bench_source() { # entries
  pg_need
  trap daemons_end EXIT
  pg_start
  as_boss dir -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()" >/dev/null
  must "$sync" source init --source "$(conn owner)"
  as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward"
  must sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, $1) i" \
    "INSERT INTO tocsin.contact (entry, number, kind) SELECT uuid, '06399' || lpad((row_number() OVER () % 100000)::text, 5, '0'), 'mobile' FROM tocsin.entry"
  as_boss dir -c "VACUUM ANALYZE"
}
