#!/bin/sh
# Many writers at once, with savepoints rolled back: nothing missed, nothing torn, no deadlock.
# WRITERS: how many (32); EACH: transactions of each (25).
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn owner)
WRITERS=${WRITERS:-32}
EACH=${EACH:-25}
if [ "$WRITERS" -gt 40 ]; then
  echo "max_connections = $((WRITERS + 10))" >>"$pg_data/postgresql.conf"
  as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
  pg_up
fi
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_switchboard TO ward"
sql "INSERT INTO tocsin.entry (uuid, name) SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'e' || i
       FROM generate_series(1, 20) i"
cat >"$tmp/writer.sql" <<'SQL'
\set e random(1, 20)
\set f random(1, 20)
\set away random(0, 3)
BEGIN;
INSERT INTO tocsin.note (entry, audience, text)
  VALUES (('00000000-0000-0000-0001-' || lpad(:e::text, 12, '0'))::uuid,
          CASE WHEN :away = 0 THEN 'switchboard' END, 'by ' || :client_id);
SAVEPOINT s;
INSERT INTO tocsin.note (entry, text)
  VALUES (('00000000-0000-0000-0001-' || lpad(:f::text, 12, '0'))::uuid, 'never there');
UPDATE tocsin.entry SET floor = 'never there'
 WHERE uuid = ('00000000-0000-0000-0001-' || lpad(:e::text, 12, '0'))::uuid;
ROLLBACK TO s;
-- rows of their own in one entry: only some transactions lock the entry's row
INSERT INTO tocsin.contact (entry, number)
  VALUES (('00000000-0000-0000-0001-' || lpad(:f::text, 12, '0'))::uuid, :client_id || '00');
UPDATE tocsin.entry SET room = ':client_id' || clock_timestamp()
 WHERE :away = 1 AND uuid = ('00000000-0000-0000-0001-' || lpad(:e::text, 12, '0'))::uuid;
COMMIT;
SQL
r0=$(sql "SELECT revision FROM tocsin.sync_head")
# a terminal follows meanwhile; what it holds at each revision must be what the source held then
"$pg_bin/pgbench" -n -h "$pg_sock" -p "$pg_port" -U owner -c $WRITERS -j 2 -t $EACH -f "$tmp/writer.sql" dir \
  >"$tmp/bench.log" 2>&1 &
bench=$!
rounds=0
bad=0
while kill -0 $bench 2>/dev/null; do
  run pull --source "$(conn ward)" --cache "$tmp/ward"
  [ "$code" = 0 ] || bad=$((bad + 1))
  rounds=$((rounds + 1))
done
wait $bench
# PostgreSQL 15 itself now and then refuses an update beside a savepoint taken back ("new multixact has more than
# one updating member", seen on two tables with a foreign key and no trigger): that transaction is no revision.
is "$(grep ERROR "$tmp/bench.log" | grep -vc 'more than one updating member')" 0 "$WRITERS writers end without an error of ours"
done=$(sed -n 's|^number of transactions actually processed: \([0-9]*\).*|\1|p' "$tmp/bench.log")
[ "$done" -gt $((WRITERS * EACH / 2)) ]
ok $? "$done of $((WRITERS * EACH)) transactions were committed"
is "$(grep -c -i deadlock "$tmp/bench.log" "$pg_sock/log" | cut -d: -f2 | tr '\n' ' ')" "0 0 " "without a deadlock"
[ "$rounds" -gt 0 ] && [ $bad -eq 0 ]
ok $? "a terminal pulled $rounds times meanwhile, and count and digest agreed each time"
want=$((r0 + done))
is "$(sql "SELECT revision FROM tocsin.sync_head")" $want "each transaction is one revision"
is "$(sql "SELECT count(*) || ' ' || min(revision) || ' ' || max(revision) FROM tocsin.revision")" "$((want + 1)) 0 $want" \
  "and there is no gap"
is "$(sql "SELECT count(*) FROM tocsin.note")" "$done" "every note is there"
is "$(sql "SELECT count(*) FROM tocsin.feed WHERE record LIKE '%never there%'::bytea")" 0 "nothing of a savepoint taken back is"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"
run pull --source "$(conn ward)" --cache "$tmp/ward"
is "$code" 0 "the terminal pulls once more"
is "$(cache_records "$tmp/ward")" "$(source_records public switchboard)" "and holds record by record what the source does"
done_testing
