#!/bin/sh
# What was received is kept until it is published: a pull that is killed while it applies has it applied
# by the next one, with the source away.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..1"
  echo "ok 1 - (a sanitizer and a shim in front of libc do not go together)"
  exit 0
fi
pg_need
pg_start
W=$(conn ward)
away="host=$tmp/nowhere port=1 user=ward dbname=dir"
C=$tmp/scope
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward"
sql "INSERT INTO tocsin.entry (name, purpose) SELECT 'Service ' || i, repeat('avis ', 60) FROM generate_series(1, 900) i" \
  "INSERT INTO tocsin.contact (entry, number, audience) SELECT uuid, '06399802' || right(name, 2), 'clinical' FROM tocsin.entry WHERE name LIKE 'Service 8__'"
run pull --source "$W" --cache "$C"
old=$(cache_records "$C")
cp -a "$C" "$tmp/old"
again() { # a scope folder as it was
  rm -rf "$C"
  cp -a "$1" "$C"
}
none_left() { [ -z "$(find "$C" -name aside -o -name 'inbox*')" ]; }
# killed at the Nth change of a disk
killed() { perl "$top/tests/sync/step.pl" "$b/tests/sync/shim.so" "$1" "$tmp/stopped" true -- "$sync" pull --source "$W" --cache "$C"; }

# every kind of end, of a delta and of a first load: NAME FOLDER RECORDS_BEFORE LEFT: a folder as one was left
loop() {
  k=1
  taken=0
  wrong=
  while [ $k -lt 5000 ]; do
    again "$2"
    case $(killed $k) in
      ended*) break ;;
    esac
    there=$([ -e "$C/cache/inbox" ] && echo yes)
    rm -rf "$tmp/before"
    cp -a "$C" "$tmp/before"
    run pull --source "$away" --cache "$C"
    [ "$code" = 69 ] && none_left || wrong="$wrong $k:$code"
    has_now=$(cache_records "$C" 2>/dev/null)
    if [ "$has_now" = "$new" ]; then
      if [ -n "$there" ]; then
        taken=$((taken + 1))
        [ -e "$4" ] || mv "$tmp/before" "$4" # the first: none that had only its inbox left to remove
        rm -rf "$tmp/taken"
        cp -a "$C" "$tmp/taken"
      fi
    elif [ "$has_now" != "$3" ]; then
      wrong="$wrong $k:mixed"
    fi
    run pull --source "$W" --cache "$C"
    [ "$(cache_records "$C")" = "$new" ] || wrong="$wrong $k:after"
    k=$((k + 1 + k / 3))
  done
  is "$wrong" "" "$1 that is killed at its steps (up to $k) is applied whole or not at all, and left behind nowhere"
  [ $taken -gt 0 ]
  ok $? "where it was killed behind the last byte, it is applied with the source away ($taken times)"
}
sql "UPDATE tocsin.entry SET room = 'R1'" "DELETE FROM tocsin.entry WHERE name = 'Service 300'"
new=$(source_records public clinical)
loop "a change" "$tmp/old" "$old" "$tmp/sealed"
mkdir "$tmp/none"
loop "a first load" "$tmp/none" "" "$tmp/first"
again "$tmp/taken"
run check --cache "$C"
is "$code" 0 "its records are what was written"
run status --cache "$C"
has "$out" "^source +local:$pg_port/dir$" "it says whose they are"
run pull --source "$W" --cache "$C"
has "$out" 'nothing new' "and the source has nothing to add"
: >"$C/cache/$(cat "$C/cache/current")/aside" # as of one that was killed right behind its publication
run pull --source "$away" --cache "$C"
none_left
ok $? "the mark of how it was made goes with the next round, with the source away"

again "$tmp/sealed"
[ -s "$C/cache/inbox" ]
ok $? "there is an inbox"
# what was received before the machine was told to hold less is not applied
cp -a "$C" "$tmp/left"
before=$(cache_records "$C")
printf '[terminal]\naudience = public\n' >"$tmp/public.conf"
run pull --config "$tmp/public.conf" --source "$away" --cache "$C"
is "$(cache_records "$C")" "$before" "what is wider than the machine may hold is not applied from an inbox"
again "$tmp/left"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*an earlier round had received was applied; [0-9]+ records written, 1 removed' "with a source it is applied first, and said"
[ ! -e "$C/cache/inbox" ]
ok $? "and gone then"

# a machine that never lives long enough for all of it: LIVES CHANGES_OF_A_DISK_EACH
live() {
  wrong=
  lives=0
  while [ $lives -lt "$1" ]; do
    lives=$((lives + 1))
    case $(killed "$2") in
      ended*) break ;;
    esac
    [ "$(ls "$C/cache/1" | wc -l)" -le 2 ] || wrong="$wrong $lives:heap"
    has_now=$(cache_records "$C" 2>/dev/null)
    [ "$has_now" = "$old" ] || [ "$has_now" = "$new" ] || [ -z "$has_now$3" ] || wrong="$wrong $lives:mixed"
    [ "$has_now" != "$new" ] || break
  done
  run pull --source "$W" --cache "$C"
  [ "$(cache_records "$C")" = "$new" ] || wrong="$wrong after"
  is "$wrong" "" "$4: at every end it holds one revision"
  has "$code $out" 'nothing new' "it gets there in its own time (in $lives lives)"
  run check --cache "$C"
  is "$code $(find "$C" -name aside -o -name 'inbox*')" "0 " "its records are what was written, and nothing is left beside them"
  has "$("$b/tocsin" find --scope "$C" "Service 299" 2>&1)" 'Service 299' "and its index finds them"
}
again "$tmp/sealed"
live 60 500 x "a change on a machine that is killed again and again"
again "$tmp/first"
live 60 500 "" "a first load on such a machine"

# what is not whole, or not for this cache
bad() { # name, perl on the inbox's bytes
  again "$tmp/sealed"
  perl -0777 -pi -e "$2" "$C/cache/inbox"
  run pull --source "$away" --cache "$C"
  [ "$code" = 69 ] && [ "$(cache_records "$C")" = "$old" ] && [ ! -e "$C/cache/inbox" ]
  ok $? "$1 is dropped, and the directory stays"
}
bad "one with another byte" 's/avis avis/avis axis/'
bad "one that is cut off" '$_ = substr($_, 0, 50000)'
bad "an empty one" '$_ = ""'
bad "one of another kind" 's/tocsin-inbox 1/tocsin-inbox 2/'
bad "one whose first length is mad" 'substr($_, 15, 4) = "\xfe\xff\xff\xff"'
again "$tmp/taken"
sql "UPDATE tocsin.entry SET room = 'R2' WHERE name = 'Service 5'"
run pull --source "$W" --cache "$C"
cp "$tmp/sealed/cache/inbox" "$C/cache/inbox"
before=$(cache_records "$C")
run pull --source "$away" --cache "$C"
[ "$code" = 69 ] && [ "$(cache_records "$C")" = "$before" ] && [ ! -e "$C/cache/inbox" ]
ok $? "one for another revision is dropped"

# a grant that is lost meanwhile
again "$tmp/sealed"
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
run pull --source "$W" --cache "$C"
[ "$code" = 0 ] && [ "$(cache_records "$C")" = "$(source_records public)" ]
ok $? "with a grant lost since, it is what is granted now"
is "$(grep -la 06399802 -r "$C" | wc -l)" 0 "and no file holds anything of the other"

# one that is being received is nobody else's
again "$tmp/old"
as_boss dir -c "ALTER ROLE ward PASSWORD 'x'" -c "GRANT tocsin_clinical TO ward"
printf '127.0.0.1:*:*:ward:x\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
"$b/tests/sync/tool_proxy" "$tmp/port" "$pg_port" stall 200000 &
proxy=$!
until_there() { tries=0; while [ ! -s "$1" ] && [ $tries -lt 400 ]; do tries=$((tries + 1)); perl -e 'select undef, undef, undef, 0.02'; done; }
until_there "$tmp/port"
PGPASSFILE=$tmp/pgpass "$sync" pull --source "host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir sslmode=disable" --cache "$C" >/dev/null 2>&1 &
slow=$!
until_there "$C/cache/inbox.part"
run pull --source "$away" --cache "$C"
[ -s "$C/cache/inbox.part" ]
ok $? "what one pull is receiving another does not take for left behind"
run pull --source "$W" --cache "$C"
fails 75 'another tocsin-sync is writing' "which waits for its turn"
[ -s "$C/cache/inbox.part" ] && [ "$(cache_records "$C")" = "$old" ]
ok $? "and leaves it whole"
kill -KILL $slow $proxy
wait $slow 2>/dev/null
run pull --source "$away" --cache "$C"
none_left && [ "$(cache_records "$C")" = "$old" ]
ok $? "the half of a pull that was killed is taken away by the next"

# a grant that is lost while a terminal receives, which has part of it: killed then, or at work to the end
lost() { # name: after the next round
  run pull --source "$W" --cache "$C"
  is "$code $(cache_records "$C")" "0 $(source_records public)" "$1, the next round is at what is granted"
  is "$(grep -la 06399802 -r "$C" | wc -l)" 0 "and no file holds a byte of the rest"
  as_boss dir -c "GRANT tocsin_clinical TO ward"
}
k=1
stopped() { [ "$(sed 's/.*) \(.\).*/\1/' "/proc/$slow/stat")" = T ] || ! kill -0 $slow; }
receive() { # stopped where there is part of an inbox
  while :; do
    again "$tmp/old"
    LD_PRELOAD=$b/tests/sync/shim.so SHIM_AT=$k SHIM_DO=stop "$sync" pull --source "$W" --cache "$C" >"$tmp/out" 2>"$tmp/err" &
    slow=$!
    tries=0
    until stopped 2>/dev/null || [ $tries -gt 2000 ]; do tries=$((tries + 1)); perl -e 'select undef, undef, undef, 0.005'; done
    ! grep -qa 06399802 "$C/cache/inbox.part" 2>/dev/null || break
    [ $k -lt 100 ] || break
    kill -KILL $slow
    wait $slow 2>/dev/null
    k=$((k + 1))
  done
  grep -qa 06399802 "$C/cache/inbox.part"
  ok $? "a terminal has received part of a change, with numbers for clinicians"
  as_boss dir -c "REVOKE tocsin_clinical FROM ward"
}
sql "UPDATE tocsin.contact SET number = number || '1'"
receive
kill -KILL $slow
wait $slow 2>/dev/null
lost "killed half-way"
receive
kill -CONT $slow
wait $slow
lost "received to the end"

# a full disk
wrong=
told=
k=1
while [ -z "$told" ] && [ $k -lt 400 ]; do
  again "$tmp/old"
  LD_PRELOAD=$b/tests/sync/shim.so SHIM_AT=$k SHIM_DO=full "$sync" pull --source "$W" --cache "$C" >"$tmp/out" 2>"$tmp/err"
  code=$?
  [ $code != 0 ] || break
  [ $code = 74 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && none_left || wrong="$wrong $k:$code"
  ! grep -q 'cache/inbox.part: No space' "$tmp/err" || told=1
  k=$((k + 1))
done
is "$wrong $told" " 1" "a disk that is full is said in one line, that of the inbox too, and nothing is left on it"
done_testing
