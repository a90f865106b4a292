#!/bin/sh
# An incident that is declared while 100,000 entries are being imported in one transaction is on a terminal within 2 s.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
pg_ward 1000
sql "INSERT INTO tocsin.domain (code, name) VALUES ('voice', 'Telephony')"
folder_of_daemon "$C"
conf "[sync]
account = nobody
every = 600
[source main]
conninfo = $W
listen = yes"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok '"$sync" status --cache "$C" >/dev/null'
sql "INSERT INTO tocsin.entry (name, room) SELECT 'Import ' || i, 'B' || i % 997 FROM generate_series(1, 100000) i" &
import=$!
running() { [ "$(as_boss dir -c "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%Import%' AND state = 'active' AND pid <> pg_backend_pid()")" = 1 ]; }
until_ok running
ok $? "an import of 100,000 entries is under way"
count=0
longest=0
while [ $count -lt 5 ] && running; do
  count=$((count + 1))
  began=$(now_ms)
  sql "INSERT INTO tocsin.incident (domain, directions, reason) VALUES ('voice', '{inbound}', 'during $count')"
  until_ok '"$b/tocsin" --scope "$C" incident list --json | grep -q "during $count"' || ok 1 "incident $count comes"
  took=$(($(now_ms) - began))
  [ $took -le $longest ] || longest=$took
done
[ $count -gt 0 ]
ok $? "$count incidents were declared meanwhile"
[ $longest -le 2000 ]
ok $? "each is on the terminal within 2 s ($longest ms at most)"
wait $import
ok $? "the import ends"
until_ok '[ "$(cache_records "$C")" = "$(source_records public clinical)" ]'
ok $? "and the terminal gets there"
done_testing
