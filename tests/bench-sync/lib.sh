# A source for measurements.  Sourced by tests/bench-sync/part_*.sh.
#
#   bench_source ENTRIES   a cluster with fsync on and a directory of so many entries, a contact point
#                          each (280 bytes a record); role ward holds public
#   bench_grow FROM TO     more of them: those that follow entry FROM, up to entry TO
#   bench_name ENTRIES     10k, 100k, 1m: how a size is called in the name of a figure
#   must COMMAND...        ends the part where it fails
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"

must() {
  "$@" >"$tmp/said" 2>&1 || {
    cat "$tmp/said" >&2
    exit 1
  }
}

bench_grow() { # from to
  at=$1
  while [ "$at" -lt "$2" ]; do
    next=$((at + 100000))
    [ $next -lt "$2" ] || next=$2
    must sql "WITH made AS (
        INSERT INTO tocsin.entry (uuid, name, type, unit, building, floor, room, speciality, purpose)
        SELECT md5('bench ' || i)::uuid, 'Service ' || i, 'service',
               'Pole ' || i % 40 || '/' || (ARRAY['Imagerie', 'Urgences', 'Bloc', 'Soins continus'])[1 + i % 4],
               'Bloc ' || chr(65 + i % 12), (i % 9)::text, 'B' || i % 997,
               (ARRAY['radiologie', 'cardiologie', 'pneumologie', 'neurologie', 'geriatrie'])[1 + i % 5],
               'avis et rendez-vous'
          FROM generate_series($at + 1, $next) AS i)
      INSERT INTO tocsin.contact (entry, number, e164, kind, label, hours)
      SELECT md5('bench ' || i)::uuid, '06 39 98 ' || lpad((i % 10000)::text, 4, '0'),
             '+33639980' || lpad((i % 1000)::text, 3, '0'), 'mobile', 'garde', 'Mo-Fr 08:00-18:00'
        FROM generate_series($at + 1, $next) AS i"
    at=$next
  done
  as_boss dir -c "VACUUM ANALYZE"
}

bench_source() { # entries
  pg_need
  trap daemons_end EXIT
  pg_start
  as_boss dir -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()" >/dev/null
  must "$sync" source init --source "$(conn owner)"
  as_boss dir -c "CREATE ROLE ward LOGIN PASSWORD 'x'" -c "GRANT tocsin_public TO ward"
  printf '127.0.0.1:*:*:ward:x\n' >"$tmp/pgpass"
  chmod 600 "$tmp/pgpass"
  PGPASSFILE=$tmp/pgpass
  export PGPASSFILE
  ward_tcp="host=127.0.0.1 port=$pg_port user=ward dbname=dir sslmode=disable"
  bench_grow 0 "$1"
}

bench_name() { # entries
  echo "$1" | sed 's/000000$/m/; s/000$/k/'
}
