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
