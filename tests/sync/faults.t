#!/bin/sh
# What may befall a terminal and its source: a grant lost in mid-pull, replies that never came, two daemons, a
# black hole, a folder that may not be written.  After each the cache is one revision of the source.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
pg_ward 300
cache_is_source() { is "$(cache_records "$1")" "$(source_records public clinical)" "$2"; }
# -- a grant lost while the answer is on its way: the first question was answered with it, the second without
sql "INSERT INTO tocsin.contact (entry, number, kind, audience) SELECT uuid, '0639990' || lpad(row_number() OVER ()::text, 3, '0'), 'mobile', 'clinical' FROM tocsin.entry WHERE audience = 'public'"
run pull --source "$W" --cache "$C"
[ "$(grep -rl 0639990 "$C" | wc -l)" -gt 0 ]
ok $? "a terminal holds numbers of clinicians"
rm -f "$tmp/port"
"$b/tests/sync/tool_proxy" "$tmp/port" "$pg_port" slow 2500 &
daemons="${daemons:-} $!"
as_boss dir -c "ALTER ROLE ward PASSWORD 'x'"
printf '127.0.0.1:*:*:ward:x\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
until_ok '[ -s "$tmp/port" ]'
sql "UPDATE tocsin.entry SET room = repeat('r', 20) WHERE name LIKE 'Service 1%'"
PGPASSFILE=$tmp/pgpass "$sync" pull --source "host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir sslmode=disable" --cache "$C" >"$tmp/out" 2>"$tmp/err" &
slow=$!
until_ok '[ "$(as_boss dir -c "SELECT count(*) FROM pg_stat_activity WHERE usename = '"'ward'"' AND query LIKE '"'%tocsin.pull%'"'")" -ge 1 ]'
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
kill -KILL $slow # cut off in the middle
wait $slow 2>/dev/null
run pull --source "$W" --cache "$C"
is "$code" 0 "a grant lost in the middle of a pull is noticed by the next"
is "$(cache_records "$C")" "$(source_records public)" "the cache is what is still granted"
is "$(grep -rl 0639990 "$C" | wc -l)" 0 "and no file of the scope holds a byte of the rest, the inbox neither"
as_boss dir -c "GRANT tocsin_clinical TO ward"
run pull --source "$W" --cache "$C"
cache_is_source "$C" "granted again, it is all there"

# -- a grant lost between two questions of a repair, which waits at the source meanwhile
as_boss dir -c "ALTER FUNCTION tocsin.tree_records(uuid[], int[]) RENAME TO tree_records_kept" \
  -c "CREATE FUNCTION tocsin.tree_records(a uuid[], b int[]) RETURNS SETOF bytea LANGUAGE sql AS 'SELECT pg_advisory_xact_lock_shared(7); SELECT tocsin.tree_records_kept(a, b)'" \
  -c "GRANT EXECUTE ON FUNCTION tocsin.tree_records(uuid[], int[]), tocsin.tree_records_kept(uuid[], int[]) TO ward" -c "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
sql "UPDATE tocsin.entry SET room = 'between' WHERE name LIKE 'Service 2%'"
before=$(cache_records "$C")
mkfifo "$tmp/fifo"
as_boss dir <"$tmp/fifo" >/dev/null &
holder=$!
exec 3>"$tmp/fifo"
echo "SELECT pg_advisory_lock(7);" >&3
until_ok '[ "$(as_boss dir -c "SELECT count(*) FROM pg_locks WHERE locktype = '"'advisory'"' AND granted")" = 1 ]'
"$sync" pull --source "$W" --cache "$C" >"$tmp/out" 2>"$tmp/err" 3>&- &
repair=$!
until_ok '[ "$(as_boss dir -c "SELECT count(*) FROM pg_locks WHERE locktype = '"'advisory'"' AND NOT granted")" = 1 ]'
ok $? "a repair waits in the middle of its questions"
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
exec 3>&-
wait $holder
wait $repair
code=$?
now=$(cache_records "$C")
{ [ "$now" = "$before" ] && [ $code != 0 ]; } || { [ "$now" = "$(source_records public)" ] && [ $code = 0 ]; }
ok $? "a grant lost between two questions of a repair: one revision of what is granted, or the one before (exit $code)"
run pull --source "$W" --cache "$C"
is "$code $(cache_records "$C")" "0 $(source_records public)" "the next pull is at what is still granted"
is "$(grep -rl 0639990 "$C" | wc -l)" 0 "and no file of the scope holds a byte of the rest"
as_boss dir -c "DROP FUNCTION tocsin.tree_records(uuid[], int[])" -c "ALTER FUNCTION tocsin.tree_records_kept(uuid[], int[]) RENAME TO tree_records" -c "GRANT tocsin_clinical TO ward"
run pull --source "$W" --cache "$C"
cache_is_source "$C" "granted again, it is all there again"

# -- a reader that stands in the middle of its reading while pulls go on
before=$(cache_records "$C")
"$b/tests/sync/tool_records" "$C" slow <"$tmp/fifo" >"$tmp/read" 2>&1 &
reader=$!
exec 3>"$tmp/fifo"
until_ok '[ -s "$tmp/read" ]'
bad=
for i in 1 2 3 4 5 6 7 8 9 10; do
  sql "UPDATE tocsin.entry SET room = 'reader$i' WHERE name = 'Service $i'"
  "$sync" pull --source "$W" --cache "$C" >"$tmp/out" 2>"$tmp/err" 3>&- || bad="$bad $i:$?"
done
is "$bad" "" "ten pulls beside a reader that holds a snapshot"
log=$(find "$C" -name directory.db-wal -printf '%s\n' | sort -n | tail -1)
[ "$log" -lt $((10 * 150000)) ]
ok $? "the log grows by what they write ($log bytes)"
exec 3>&-
wait $reader
is "$(sort "$tmp/read")" "$before" "its answer is of the one revision that it began with"
cache_is_source "$C" "the cache is the source's"
sql "UPDATE tocsin.entry SET room = 'after' WHERE name = 'Service 1'"
run pull --source "$W" --cache "$C"
cache_is_source "$C" "the next pull too"
log=$(find "$C" -name directory.db-wal -printf '%s\n' | sort -n | tail -1)
[ "$log" -le 4194304 ]
ok $? "and the log is no longer than it may stay ($log bytes)"

# -- replies lost: the source commits what was written here, and the answer never comes
e=00000000-0000-0000-0001-000000000001
"$b/tocsin" --scope "$C" note $e "reply lost" --initials NE >"$tmp/out" 2>"$tmp/err"
lost() { sql "SELECT count(*) FROM tocsin.note WHERE text = 'reply lost'"; }
for i in 1 2 3; do
  cp -a "$C" "$tmp/c"
  run pull --source "$W" --cache "$C" # committed
  rm -rf "$C"
  mv "$tmp/c" "$C" # and nothing of the answer got here
done
is "$(lost)" 1 "what was sent three times, each time without an answer, is there once"
run pull --source "$W" --cache "$C"
is "$(lost) $("$b/tocsin" --scope "$C" acts --json | grep -c '"applied"')" "1 1" "and is answered the fourth time"
cache_is_source "$C" "and the cache is the source's"

# -- two daemons, and a pull beside one
if [ "$(id -u)" = 0 ]; then
  folder_of_daemon "$C"
  chown -R nobody "$C"
fi
conf "[sync]
account = nobody
every = 1
most_wait = 1
[source main]
conninfo = $W"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok 'grep -q "following" "$tmp/log"'
run watch --config "$tmp/tocsin.conf" --cache "$C"
fails 75 'another tocsin-sync watch follows' "a second daemon of a scope says so and ends"
bad=
for i in 1 2 3 4 5 6; do
  sql "UPDATE tocsin.entry SET room = 'two$i' WHERE name LIKE 'Service 2%'"
  run pull --config "$tmp/tocsin.conf" --cache "$C"
  [ "$code" = 0 ] || [ "$code" = 75 ] || bad="$bad $i:$code"
done
is "$bad" "" "a pull beside a daemon does its work or waits for another time"
until_ok '[ "$(cache_records "$C")" = "$(source_records public clinical)" ]'
ok $? "and the cache is the source's"
# -- a repair that fails here, with its questions at the source half asked
as_boss dir -c "ALTER FUNCTION tocsin.tree_records(uuid[], int[]) RENAME TO tree_records_kept" \
  -c "CREATE FUNCTION tocsin.tree_records(uuid[], int[]) RETURNS SETOF bytea LANGUAGE sql AS \$\$ SELECT '\x52ff'::bytea \$\$" \
  -c "GRANT EXECUTE ON FUNCTION tocsin.tree_records(uuid[], int[]) TO ward" \
  -c "UPDATE tocsin.entry SET room = 'repaired' WHERE name LIKE 'Service 2%'; UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
until_ok 'grep -q "cannot be read" "$tmp/log"'
ok $? "a repair that cannot be carried on is told"
# A round that is at work asks on at once; what one left open lasts until the next.
open=0
looked=0 # for longer than some rounds take
left_open() {
  as_boss dir -c "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ward'
    AND state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > interval '0.3 s'"
}
until_ok 'open=$((open + $(left_open))); looked=$((looked + 1)); [ $looked -ge 60 ]'
[ $? = 0 ] && [ $open -le 2 ] # as one that is slow may be seen
ok $? "and leaves no transaction open at the source"
as_boss dir -c "DROP FUNCTION tocsin.tree_records(uuid[], int[])" -c "ALTER FUNCTION tocsin.tree_records_kept(uuid[], int[]) RENAME TO tree_records"
until_ok '[ "$(cache_records "$C")" = "$(source_records public clinical)" ]'
ok $? "and goes through when it can"
end_watch

# -- a black hole: the connection is there, and from then on nothing comes nor goes
for at in 0 700; do
  rm -f "$tmp/port"
  "$b/tests/sync/tool_proxy" "$tmp/port" "$pg_port" hole $at &
  daemons="$daemons $!"
  until_ok '[ -s "$tmp/port" ]'
  conf "[sync]
account = nobody
patience = 1
[source hole]
conninfo = host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir passfile=$tmp/pgpass
insecure_plaintext_to = 127.0.0.1
[source main]
conninfo = $W"
  chown nobody "$tmp/pgpass" 2>/dev/null
  sql "UPDATE tocsin.entry SET room = 'hole$at' WHERE name LIKE 'Service 3%'"
  began=$(now_ms)
  run pull --config "$tmp/tocsin.conf" --cache "$C"
  took=$(($(now_ms) - began))
  is "$code" 0 "a source that swallows everything after $at bytes is left for another"
  [ $took -lt 10000 ]
  ok $? "soon ($took ms)"
  cache_is_source "$C" "which is followed"
done

# -- a folder that may not be written
if [ "$(id -u)" != 0 ] || setpriv --reuid=nobody --clear-groups true 2>/dev/null; then
  conf "[sync]
account = nobody
[source main]
conninfo = $W"
  sql "UPDATE tocsin.entry SET room = 'locked' WHERE name LIKE 'Service 4%'"
  before=$(cache_records "$C")
  [ "$(id -u)" != 0 ] || chown -R root "$C"
  chmod -R a-w,a+rX "$C"
  run pull --config "$tmp/tocsin.conf" --cache "$C"
  fails 77 'may not|denied|writable' "a folder that may not be written is said"
  is "$(cache_records "$C")" "$before" "and what it holds is served"
  chmod -R u+w "$C"
fi
done_testing
