# The source under writers: 16 of them that change the same 20 entries, and incidents that are
# declared while 100,000 entries are imported in one transaction.  BENCH_N: how many entries;
# WRITE_SECONDS: for how long.
. "${TOCSIN_TOP:-.}/tests/bench-sync/lib.sh"
bench_source 1000
cat >"$tmp/write.sql" <<'END'
\set n random(1, 20)
\set room random(1, 1000000)
UPDATE tocsin.entry SET room = :room WHERE uuid = md5('bench ' || :n)::uuid;
END
"$pg_bin/pgbench" -n -h "$pg_sock" -p "$pg_port" -U owner -c 16 -j 2 -T "${WRITE_SECONDS:-10}" \
  -f "$tmp/write.sql" dir >"$tmp/said" 2>&1 || {
  cat "$tmp/said" >&2
  exit 1
}
awk '/^tps = / { printf "write_tps %.0f /s\n", $3 }
     /^number of failed transactions/ { printf "write_failed %d x\n", $5 }' "$tmp/said"

must sql "INSERT INTO tocsin.domain (code, name) VALUES ('voice', 'Telephony')"
bench_grow 1000 $((1000 + ${BENCH_N:-100000})) &
import=$!
"$b/tests/bench-sync/bench_during" incident_during_import "$(conn owner)" $import \
  "INSERT INTO tocsin.incident (domain, directions) VALUES ('voice', '{inbound}')" || exit 1
wait $import
