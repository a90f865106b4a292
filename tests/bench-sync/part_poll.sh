# A question without news, over TCP on loopback, without TLS.
. "${TOCSIN_TOP:-.}/tests/bench-sync/lib.sh"
bench_source 10000
as_boss dir -c "ALTER ROLE ward PASSWORD 'x'"
printf '127.0.0.1:*:*:ward:x\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
PGPASSFILE=$tmp/pgpass
export PGPASSFILE
S="host=127.0.0.1 port=$pg_port user=ward dbname=dir sslmode=disable"
must "$sync" pull --source "$S" --cache "$tmp/scope"
"$b/tests/bench-sync/bench_poll" "$S" "$tmp/scope"
