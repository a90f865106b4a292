#!/bin/sh
# A source restored from a backup 1, 10, 100 and 300 revisions back, and then edited less, as much and more: it is
# noticed at first contact and followed, to exactly what it holds; one that nobody edited is only behind, where the
# cache remembers that revision as its own.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
pg_ward 300
edits() { # database, how many, what
  n_edits=$2
  while [ "$n_edits" -gt 0 ]; do
    echo "UPDATE tocsin.entry SET room = '$3$n_edits' WHERE name = 'Service $((n_edits % 40 + 1))';"
    n_edits=$((n_edits - 1))
  done | psql -qXAt -v ON_ERROR_STOP=1 -h "$pg_sock" -p "$pg_port" -U owner "$1"
}

for back in 300 100 10 1; do as_boss postgres -c "CREATE DATABASE back$back TEMPLATE dir OWNER owner" && edits dir $back "a$back."; done
run pull --source "$W" --cache "$C"
for back in 300 100 10 1; do
  far=$(($(sql "SELECT revision FROM tocsin.sync_head") - $(as_boss back$back -c "SELECT revision FROM tocsin.sync_head")))
  from="host=$pg_sock port=$pg_port user=ward dbname=fork"
  for much in 0 $((far / 2)) $far $((far + 5)); do
    [ "$much,$far" != 0,1 ] || [ -z "${once:-}" ] || continue
    [ "$far" != 1 ] || once=1
    as_boss postgres -c "DROP DATABASE IF EXISTS fork" -c "CREATE DATABASE fork TEMPLATE back$back OWNER owner" 2>/dev/null
    edits fork "$much" b
    rm -rf "$tmp/c"
    cp -a "$C" "$tmp/c"
    run pull --source "$from" --cache "$tmp/c"
    if [ "$much" = 0 ] && [ $far -lt 256 ]; then
      is "$code $(cache_records "$tmp/c")" "75 $(cache_records "$C")" "restored $far revisions back and not edited, it is behind, and nothing goes back"
    else
      theirs=$(as_boss fork -c "SELECT uuid || ' ' || audience || ' ' || encode(sha256(record), 'hex') FROM tocsin.feed WHERE live AND audience IN ('public', 'clinical')" | sort)
      is "$code $(cache_records "$tmp/c")" "0 $theirs" "restored $far revisions back and edited $much times, it is followed"
      has "$out" 'source restored' "and that is said"
      run pull --source "$from" --cache "$tmp/c"
      has "$code $out" '^0 .*nothing new' "the round after it finds nothing"
    fi
  done
done
# each of these pulls is a program of its own, as from cron: the word stands all the same, for ten minutes
says() { sed -n 's/^result = //p' "$tmp/c/state"; }
screen() { LANG=C TERM=vt100 timeout 20 "$b/tocsin" --scope "$tmp/c" --plain </dev/null 2>&1; }
is "$(says)" restored "the word stands after a round that found nothing"
has "$(screen)" 'SOURCE RESTORED' "and on the screen"
edits fork 2 c
run pull --source "$from" --cache "$tmp/c"
is "$code $(says)" "0 restored" "and after one that brought something"
sed -i "s/^loud = .*/loud = $(($(date +%s) - 601))/" "$tmp/c/state"
run pull --source "$from" --cache "$tmp/c"
is "$code $(says)" "0 same" "after ten minutes it does not"

as_boss fork -c "DELETE FROM tocsin.entry"
run pull --source "$from" --cache "$tmp/c"
fails 65 'held: the source offers 0 of 300' "a restored source that is then emptied is held"
done_testing
