#!/bin/sh
# The numbered dialogue that somebody left, and the next person's question.
. "$TOCSIN_TOP/tests/cli/directory.sh"
[ -z "${TOCSIN_SANITIZED:-}" ] || {
  echo "1..1"
  echo "ok 1 - a clock that lies and a sanitizer do not go together"
  exit 0
}
lib=$(find /usr/lib -name libfaketime.so.1 2>/dev/null | head -n 1)
[ -n "$lib" ] || {
  echo "1..0 # SKIP faketime is not installed"
  exit 0
}
mkfifo "$work/in"
clock="$work/clock"
until_said() {
  tries=0
  until grep -qF -- "$1" "$work/said"; do
    tries=$((tries + 1))
    [ "$tries" -lt 400 ] || { echo "# not said: $1"; sed 's/^/# /' "$work/said"; echo; return 1; }
    perl -e 'select undef, undef, undef, 0.05'
  done
}
never_said() { ! grep -qF -- "$1" "$work/said"; }
# begin [CONFIG LINE]: a dialogue that waits for a line; later N: N seconds after the last of them
begin() {
  printf '[screen]\n%s\n' "${1:-}" >"$work/screen.conf"
  echo '+0' >"$clock"
  : >"$work/said"
  LD_PRELOAD=$lib FAKETIME_TIMESTAMP_FILE=$clock FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 timeout 60 "$tocsin" \
    --config "$work/screen.conf" --scope "$scope" --site SAB --plain <"$work/in" >"$work/said" 2>&1 &
  exec 3>"$work/in"
}
typed() { printf '%s\n' "$@" >&3; }
later() { echo "+$1" >"$clock"; }
leave() {
  typed q
  exec 3>&-
  wait
}

begin
typed 'rea chi' 1
until_said '01 99 00 52 60'
later 240
typed v
ok "a card that is read stays for five minutes" until_said 'program: tocsin'
ok "and nobody is new" never_said 'a new caller'
later 600
typed 1
ok "then whoever types is a new caller" until_said 'left alone for 6 min: a new caller'
ok "for whom the list of the other has no rows" until_said 'Nothing found.'
leave

begin
typed t 'sun 03:00'
until_said 'NOT NOW'
later 130
typed 'rea chi'
ok "after two minutes where no card is open" until_said 'left alone for 2 min: a new caller'
leave

begin
later 600
typed v
ok "where nothing is left there is nothing to say" until_said 'program: tocsin'
ok "nor is it said" never_said 'a new caller'
leave

begin 'idle_minutes = 0'
typed 'rea chi' 1
until_said '01 99 00 52 60'
later 500
typed 1
leave
ok "off for a braille desk" never_said 'a new caller'
finish
