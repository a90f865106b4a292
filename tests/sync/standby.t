#!/bin/sh
# A cache that asks a hot standby: the same answers; one that lags takes nothing back; one that was
# promoted and went its own way is another history.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
C=$tmp/ward
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward"
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 100) i"
pg_standby replica
main_conn=$(conn ward)
pg_use replica
replica_conn=$(conn ward)
pg_use pg

replica_at() { # waits until the standby has replayed the primary's revision
  want=$(sql "SELECT revision FROM tocsin.sync_head")
  pg_use replica
  tries=0
  while [ "$(as_boss dir -c "SELECT revision FROM tocsin.sync_head")" != "$want" ] && [ $tries -lt 300 ]; do
    tries=$((tries + 1))
    perl -e 'select undef, undef, undef, 0.05'
  done
  pg_use pg
}

replica_at
run pull --source "$replica_conn" --cache "$C"
has "$code $out" '^0 .*first time' "a standby loads a cache"
is "$(cache_records "$C")" "$(source_records public)" "and the cache is the source's"
sql "UPDATE tocsin.entry SET room = '1' WHERE name = 'Service 5'" "DELETE FROM tocsin.entry WHERE name = 'Service 6'"
replica_at
run pull --source "$replica_conn" --cache "$C"
has "$code $out" '^0 .*changed; 1 records written, 1 removed' "a standby sends a delta"
run pull --source "$main_conn" --cache "$C"
has "$code $out" '^0 .*nothing new' "the primary has nothing to add"

# a standby that has to go on with what the primary sent breaks an answer off in the middle
held='tocsin.pull(protocol int, generation uuid, revision bigint, chain bytea, scope text, most bigint)'
as_boss dir -c "ALTER FUNCTION tocsin.pull RENAME TO pull_kept" -c "CREATE FUNCTION $held RETURNS SETOF bytea LANGUAGE sql AS
  'SELECT tocsin.pull_kept(\$1, \$2, \$3, \$4, \$5, \$6) UNION ALL SELECT NULL FROM pg_sleep(30)'" \
  -c "GRANT EXECUTE ON FUNCTION tocsin.pull, tocsin.pull_kept TO ward"
sql "UPDATE tocsin.entry SET purpose = repeat('avis ', 60) WHERE name LIKE 'Service 2%'"
replica_at
before=$(cache_records "$C")
pg_use replica
echo 'max_standby_streaming_delay = 0' >>"$pg_data/postgresql.conf"
as_boss dir -c "SELECT pg_reload_conf()" >/dev/null
pg_use pg
broken_off() { # arguments of the pull
  "$sync" pull "$@" >"$tmp/out" 2>"$tmp/err" &
  pull=$!
  pg_use replica
  until_ok '[ "$(as_boss dir -c "SELECT count(*) FROM pg_stat_activity WHERE wait_event = '"'PgSleep'"'")" = 1 ]' || ok 1 "a standby is in the middle of its answer"
  pg_use pg
  sql "UPDATE tocsin.entry SET room = room || '2' WHERE name LIKE 'Service 3%'"
  as_boss dir -c "VACUUM tocsin.feed" -c "VACUUM tocsin.entry"
  as_boss dir -c "DROP FUNCTION tocsin.pull" -c "ALTER FUNCTION tocsin.pull_kept RENAME TO pull" # for the primary, and the next round
  wait $pull
  code=$?
  err=$(cat "$tmp/err")
}
broken_off --source "$replica_conn" --cache "$C"
fails 69 'broke off its answer: try again \(.*conflict with recovery' "a standby that has to go on breaks off in the middle, and the terminal is told to try again"
is "$(cache_records "$C")" "$before" "the cache is kept"
replica_at
run pull --source "$replica_conn" --cache "$C"
is "$code $(cache_records "$C")" "0 $(source_records public)" "the next round gets there"

# a daemon that would listen, which a hot standby refuses: it asks, and sources come in their order
conf "[sync]
account = nobody
every = 1
[source main]
conninfo = $main_conn
[source site]
conninfo = $replica_conn
role = replica
listen = yes"
folder_of_daemon "$tmp/daemon"
watch --config "$tmp/tocsin.conf" --cache "$tmp/daemon"
sql "UPDATE tocsin.entry SET room = '2' WHERE name = 'Service 5'"
until_ok '[ "$(cache_records "$tmp/daemon")" = "$(source_records public)" ]'
ok $? "a daemon follows the standby by asking"
has "$(sed -n 's/^source = //p' "$tmp/daemon/state")" "^local:$(echo "$replica_conn" | sed 's/.*port=\([0-9]*\).*/\1/')/dir" "a replica is asked before a primary"
end_watch

pg_use replica
as_boss dir -c "SELECT pg_wal_replay_pause()" >/dev/null
is "$(as_boss dir -c "SELECT tocsin.is_copy()")" t "a standby is a copy"
pg_use pg
for i in 1 2 3; do sql "UPDATE tocsin.entry SET room = 'p$i' WHERE name = 'Service 7'"; done
run pull --source "$main_conn" --cache "$C"
before=$(cache_records "$C")
run pull --source "$replica_conn" --cache "$C"
fails 75 'a replica that lags' "a standby that lags takes nothing back"
is "$(cache_records "$C")" "$before" "and the cache stays where it is"
is "$(sql "SELECT tocsin.is_copy()")" f "a primary is no copy"

# the primary is lost with what the standby never saw; the standby is promoted and goes its own way
pg_use replica
as_boss dir -c "SELECT pg_wal_replay_resume()" >/dev/null
pg_use pg
replica_at
pg_use replica
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
pg_use pg
for i in 1 2; do sql "UPDATE tocsin.entry SET room = 'lost$i' WHERE name = 'Service 8'"; done
run pull --source "$main_conn" --cache "$C"
is "$code" 0 "the cache is at a revision that only the primary has"
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m immediate -w stop >/dev/null 2>&1
pg_use replica
pg_up
as_server "$pg_bin/pg_ctl" -D "$pg_data" -w promote >/dev/null 2>&1
run pull --source "$replica_conn" --cache "$C"
fails 75 'behind' "a promoted standby that nobody has edited yet is behind"
sql "UPDATE tocsin.entry SET room = 'after' WHERE name = 'Service 9'"
run pull --source "$replica_conn" --cache "$C"
has "$code $out" '^0 .*source restored' "once it goes its own way it is another history"
is "$(cache_records "$C")" "$(source_records public)" "and is followed, to exactly what it holds"
done_testing
