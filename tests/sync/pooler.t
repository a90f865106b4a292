#!/bin/sh
# pgbouncer in transaction mode between terminals and the source: everything works as without.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
. "$top/tests/lib/pooler.sh"
pg_need
pooler_need
trap daemons_end EXIT
pg_start
C=$tmp/scope
folder_of_daemon "$C"
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" -c "GRANT tocsin_public TO ward" -c "GRANT tocsin_public, tocsin_switchboard TO desk"
sql "INSERT INTO tocsin.entry (name, audience) SELECT 'Service ' || i, CASE WHEN i % 4 = 0 THEN 'switchboard' ELSE 'public' END FROM generate_series(1, 200) i"
pooler_start "dir = host=$pg_sock port=$pg_port dbname=dir pool_size=3"
P="host=$pool_sock port=$pool_port dbname=dir"
run pull --source "$P user=ward" --cache "$C"
is "$code" 0 "a first load through the pooler"
is "$(cache_records "$C")" "$(source_records public)" "is the source's"
# two terminals of different grants share the pooler, a statement each in turn
run pull --source "$P user=desk" --cache "$tmp/desk"
for i in 1 2 3 4 5 6; do
  sql "UPDATE tocsin.entry SET room = '$i' WHERE name IN ('Service 4', 'Service 5')"
  "$sync" pull --source "$P user=ward" --cache "$C" >"$tmp/out" 2>&1 &
  one=$!
  run pull --source "$P user=desk" --cache "$tmp/desk"
  wait $one
done
is "$(cache_records "$C")" "$(source_records public)" "two terminals follow through it,"
is "$(cache_records "$tmp/desk")" "$(source_records public switchboard)" "each what it was granted"
# more terminals than the pooler has servers, all at once
i=0
pids=
while [ $i -lt 12 ]; do
  "$sync" pull --source "$P user=ward" --cache "$tmp/many.$i" --quiet >"$tmp/many.$i.out" 2>&1 &
  pids="$pids $!"
  i=$((i + 1))
done
bad=0
for pid in $pids; do wait "$pid" || bad=$((bad + 1)); done
is "$bad" 0 "twelve at once on three connections"
is "$(sql "SELECT count(*) <= 3 FROM pg_stat_activity WHERE usename = 'ward'")" t "and no more than three"
is "$(cache_records "$tmp/many.11")" "$(source_records public)" "each is whole"
# the daemon
chmod -R a+rwX "$C"
[ "$(id -u)" != 0 ] || chown -R nobody "$C"
conf "[sync]
account = nobody
every = 1
most_wait = 1
[source pool]
conninfo = $P user=ward"
watch --config "$tmp/tocsin.conf" --cache "$C"
sql "UPDATE tocsin.entry SET room = 'daemon'"
until_ok '[ "$(cache_records "$C")" = "$(source_records public)" ]'
ok $? "a daemon follows through it"
pooler_stop
until_ok 'grep -Eq "cannot be reached|broke|ended" "$tmp/log"'
ok $? "a pooler that is gone is told"
pooler_start "dir = host=$pg_sock port=$pg_port dbname=dir pool_size=3"
sql "UPDATE tocsin.entry SET room = 'again'"
until_ok '[ "$(cache_records "$C")" = "$(source_records public)" ]'
ok $? "and come back to"
end_watch
# one login at the server for all terminals of a set of audiences, as doc/scaling.md has it
pooler_stop
as_boss dir -c "CREATE ROLE pool_public LOGIN" -c "GRANT tocsin_public TO pool_public"
pooler_start "dir = host=$pg_sock port=$pg_port dbname=dir user=pool_public pool_size=3"
run pull --source "$P user=desk" --cache "$tmp/forced"
is "$(cache_records "$tmp/forced")" "$(source_records public)" "with a login of the pooler's, terminals get what that one was granted"
# refused where it has no room
pooler_stop
pooler_start "dir = host=$pg_sock port=1 dbname=dir" "query_wait_timeout = 1" "server_login_retry = 1" "server_connect_timeout = 1"
run pull --source "$P user=ward" --cache "$C"
fails 69 'source' "a pooler whose server is gone is one line"
done_testing
