#!/bin/sh
# An incident that a desk declares and hands over while tocsin-sync imports 100,000 entries into the source is on another
# terminal within 2 s.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
pg_ward 1000
sql "INSERT INTO tocsin.site (code) VALUES ('SAB')" "INSERT INTO tocsin.domain (code, name) VALUES ('voice', 'Telephony')"
as_boss dir -c "CREATE ROLE desk LOGIN" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk" -c "CREATE ROLE editor LOGIN" -c "GRANT tocsin_admin TO editor"
run pull --source "$(conn desk)" --cache "$tmp/desk"
is "$code" 0 "a desk has its directory"
printf '%s\n' '[map]' 'country = FR' '[key]' 'columns = id' '[fields]' 'name = {name}' 'site = SAB' 'type = service' 'room = {room}' >"$tmp/map"
perl -e 'print "id;name;room\n"; print "$_;Import $_;B", $_ % 997, "\n" for 1 .. 100_000' >"$tmp/in.csv"
folder_of_daemon "$C"
conf "[sync]
account = nobody
every = 600
[source main]
conninfo = $W
listen = yes"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok '"$sync" status --cache "$C" >/dev/null'
"$sync" import "$tmp/in.csv" --map "$tmp/map" --origin house --source "$(conn editor)" >"$tmp/import" 2>&1 &
import=$!
running() { [ "$(as_boss dir -c "SELECT count(*) FROM pg_stat_activity WHERE usename = 'editor' AND backend_xid IS NOT NULL")" = 1 ]; }
until_ok running
ok $? "an import of 100,000 entries is under way"
count=0
longest=0
while [ $count -lt 5 ] && running; do
  count=$((count + 1))
  began=$(now_ms)
  "$b/tocsin" --scope "$tmp/desk" incident declare voice --direction inbound --until 4h --reason "during $count" >"$tmp/out" 2>"$tmp/err" || ok 1 "incident $count is declared"
  run pull --source "$(conn desk)" --cache "$tmp/desk"
  until_ok '"$b/tocsin" --scope "$C" incident list --json | grep -q "during $count"' || ok 1 "incident $count comes"
  took=$(($(now_ms) - began))
  [ $took -le $longest ] || longest=$took
done
[ $count -gt 0 ]
ok $? "$count incidents were declared meanwhile"
[ $longest -le 2000 ]
ok $? "each is on the terminal within 2 s ($longest ms at most)"
wait $import
ok $? "the import ends: $(tail -n 1 "$tmp/import")"
is "$(sql "SELECT count(*) FROM tocsin.entry WHERE name LIKE 'Import %'")" 100000 "with all of it"
until_ok '[ "$(cache_records "$C")" = "$(source_records public clinical)" ]'
ok $? "and the terminal gets there"
done_testing
