#!/bin/sh
# A terminal whose clock is ten years off: what it holds is right all the same, and only what is said
# of its age depends on the clock.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
command -v faketime >/dev/null || {
  echo "1..0 # SKIP faketime is missing: apt-get install faketime"
  exit 0
}
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..1"
  echo "ok 1 - (a clock that lies and a sanitizer do not go together)"
  exit 0
fi
pg_start
C=$tmp/scope
S=$(conn ward)
run source init --source "$(conn owner)"
run source enrol ward --audiences public --source "$(conn owner)"
cat >"$tmp/tocsin.conf" <<C
[sync]
terminal = $(printf '%s\n' "$out" | sed -n 's/^terminal = //p')
[source main]
conninfo = $S
C
at() { # years, command of tocsin-sync: with a clock that is so many years off
  years=$1
  shift
  FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f "$years" "$sync" "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 50) i"
for years in +10y -10y; do
  rm -rf "$C"
  at $years pull --source "$S" --cache "$C" --config "$tmp/tocsin.conf"
  has "$code $out" '^0 .*first time' "a clock $years off loads a directory"
  is "$(cache_records "$C")" "$(source_records public)" "and it is the source's"
  sql "UPDATE tocsin.entry SET room = '$years' WHERE name = 'Service 3'" "DELETE FROM tocsin.entry WHERE name = 'Service 4'" \
    "INSERT INTO tocsin.entry (name) VALUES ('Service 4')"
  at $years pull --source "$S" --cache "$C" --config "$tmp/tocsin.conf"
  is "$code" 0 "it takes a change"
  is "$(cache_records "$C")" "$(source_records public)" "and holds what the source does"
  run status --cache "$C"
  is "$code" 0 "by a right clock it is fresh, since the source's own time is kept"
  sql "UPDATE tocsin.entry SET room = 'right $years' WHERE name = 'Service 3'" "UPDATE tocsin.terminal SET seen = NULL"
  run pull --source "$S" --cache "$C" --config "$tmp/tocsin.conf"
  is "$code" 0 "once the clock is set right it goes on"
  is "$(cache_records "$C")" "$(source_records public)" "where it was"
  is "$(sql "SELECT count(seen) FROM tocsin.terminal")" 1 "and speaks to the source again"
done
at +10y status --cache "$C"
fails 75 'no source has confirmed this directory for 52[0-9]{5} minutes' "a clock that is ahead calls everything stale"
at -10y status --cache "$C"
fails 75 "this machine's clock is behind the source's" "one that is behind is told"
done_testing
