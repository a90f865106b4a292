#!/bin/sh
# A connection that fails in the middle: cut after each of many byte counts, stalled, slow.  The cache
# is at one revision of the source every time, never an older one, and what is said is one line.
#
# CUTS=N: N cuts in each loop instead of a few.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
CUTS=${CUTS:-14}
C=$tmp/scope
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN PASSWORD 'x'" -c "GRANT tocsin_public TO ward"
printf '127.0.0.1:*:*:ward:x\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
PGPASSFILE=$tmp/pgpass
export PGPASSFILE
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 200) i"
proxy() { # fault from step: its settings in $tmp/tocsin.conf
  rm -f "$tmp/port"
  "$b/tests/sync/tool_proxy" "$tmp/port" "$pg_port" "$@" &
  proxy=$!
  daemons="${daemons:-} $proxy"
  until_ok '[ -s "$tmp/port" ]'
  conf "[sync]
patience = 1
[source proxied]
conninfo = host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir
insecure_plaintext_to = 127.0.0.1"
}
pull_it() { # cache: one round through the proxy
  "$sync" pull --source "host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir sslmode=disable" --cache "$1" >"$tmp/out" 2>"$tmp/err"
  code=$?
}

# the answer to a first round is some 20,000 bytes, the log-in before it some 500
proxy cut 0 $((24000 / CUTS))
i=0
wrong=
while [ $i -lt "$CUTS" ]; do
  rm -rf "$tmp/c"
  pull_it "$tmp/c"
  case $code in
    0) [ "$(cache_records "$tmp/c")" = "$(source_records public)" ] || wrong="$wrong $i" ;;
    69) [ ! -e "$tmp/c/cache/current" ] && [ "$(wc -l <"$tmp/err")" = 1 ] || wrong="$wrong $i" ;;
    *) wrong="$wrong $i:$code" ;;
  esac
  i=$((i + 1))
done
is "$wrong" "" "a first load that is cut, $CUTS times, is whole or nothing"
kill "$proxy"

"$sync" pull --source "$(conn ward)" --cache "$C" >"$tmp/out"
before=$(cache_records "$C")
sql "UPDATE tocsin.entry SET room = repeat('r', 40) WHERE name LIKE 'Service 1%'"
proxy cut 0 $((16000 / CUTS))
i=0
wrong=
done_at=
while [ $i -lt "$CUTS" ]; do
  pull_it "$C"
  now=$(cache_records "$C")
  case $code in
    0) [ "$now" = "$(source_records public)" ] || wrong="$wrong $i" ; done_at=${done_at:-$i} ;;
    69) [ "$now" = "$before" ] || [ -n "$done_at" ] || wrong="$wrong $i" ;;
    *) wrong="$wrong $i:$code" ;;
  esac
  i=$((i + 1))
done
is "$wrong" "" "a delta that is cut, $CUTS times, is applied whole or not at all"
[ -n "$done_at" ] && [ "$done_at" -gt 0 ]
ok $? "and was, once it came through (cut ${done_at:-never})"
kill "$proxy"
is "$(cache_records "$C")" "$(source_records public)" "the cache is the source's"

sql "UPDATE tocsin.entry SET room = repeat('s', 40) WHERE name LIKE 'Service 1%'"
before=$(cache_records "$C")
for from in 0 300 900 3000; do
  proxy stall $from
  if [ "$(id -u)" = 0 ]; then
    folder_of_daemon "$C"
    chown -R nobody "$C"
    chown nobody "$tmp/pgpass"
    sed -i 's/^patience/account = nobody\npatience/' "$tmp/tocsin.conf"
  fi
  began=$(now_ms)
  run pull --config "$tmp/tocsin.conf" --cache "$C"
  took=$(($(now_ms) - began))
  fails 69 'did not answer within 1 seconds|sent nothing for 1 seconds|cannot be reached' "a source that stalls after $from bytes is given up"
  [ $took -lt 8000 ]
  ok $? "soon ($took ms)"
  kill "$proxy"
done
is "$(cache_records "$C")" "$before" "the cache is kept"
# on a terminal, behind the log-in and the header
proxy slow 3000
script -qec "'$sync' pull --source 'host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir sslmode=disable' --cache '$tmp/slow'" /dev/null >"$tmp/terminal" 2>/dev/null </dev/null &
slow=$!
until_ok 'tr "\r" "\n" <"$tmp/terminal" | grep -Eq "^[0-9]+ of 200 records, [0-9]+\.[0-9] MB, [0-9]+ s left"'
ok $? "a pull on a terminal says how many records of how many, how much and how long"
kill -0 $slow
ok $? "a source of a hundred bytes a second is waited for"
kill $slow "$proxy" 2>/dev/null
wait $slow 2>/dev/null
as_boss dir -c "ALTER ROLE owner PASSWORD 'x'"
echo '127.0.0.1:*:*:owner:x' >>"$tmp/pgpass"
proxy slow 4000
script -qec "'$sync' snapshot make --source 'host=127.0.0.1 port=$(cat "$tmp/port") user=owner dbname=dir sslmode=disable' --audiences public --output '$tmp/made'" /dev/null >"$tmp/making" 2>/dev/null </dev/null &
slow=$!
until_ok 'tr "\r" "\n" <"$tmp/making" | grep -Eq "^[0-9]+ of 200 records, [0-9]+\.[0-9] MB, [0-9]+ s left"'
ok $? "so does a snapshot that is made"
kill $slow "$proxy" 2>/dev/null
wait $slow 2>/dev/null
done_testing
