#!/bin/sh
# Exit codes and faults: one line each, sysexits(3).
. "$TOCSIN_TOP/tests/cli/directory.sh"

fault() { # code, what is complained of, arguments...
  code=$1 about=$2
  shift 2
  t "$@"
  ok "tocsin $* exits $code with one line" sh -c "[ $rc -eq $code ] && [ \$(wc -l <'$work/err') -eq 1 ]"
  ok "that says \"$about\"" complains "$about"
}
fault 64 "say what to find" find
fault 64 "say what to find" find "  "
fault 64 "no command blah" blah
fault 64 "--nonsense" find x --nonsense
fault 64 "--limit" find x --limit
fault 64 "must be a number from 1 to 1000" find x --limit 0
fault 64 "must be a number from 1 to 1000" find x --limit 1x
fault 64 "must be ward, red, mobile or outside" find x --from moon
fault 64 "there is no site XYZ" find x --site XYZ
fault 64 "no numbering plan XYZ" find x --plan XYZ
fault 64 "there is no language \"xx\" here; there are: $(languages)" --lang xx find x
fault 64 "there is no language \"../x\" here" --lang ../x find x
fault 64 "no group of sites" find x --group Nulle
fault 64 "--mine needs a site" find x --mine
fault 64 "one of --all, --mine and --group" find x --all --mine
fault 64 "not both" find rea --json --tsv
fault 64 "is no UUID" show 12
fault 64 "say one UUID" show
fault 64 "a time is written as in" who interne --at "sometime"
fault 64 "say one of --board" print
fault 64 "say one of --board" print --board --list
fault 64 "say which site" print --board
fault 64 "must be a number from 1 to 366" print --board --site SAB --valid-days 0
fault 1 "no emergency code" print --board --site CAP --out -
fault 74 "could not be written" print --list --site SAB --out /dev/full
fault 66 "conf" --config "$work/none.conf" find x

run "$tocsin" --scope "$work/nothing" find x
ok "without a directory it exits 69" exits 69
ok "and says what to run" complains "tocsin-sync"

for form in "" --json --tsv; do
  # shellcheck disable=SC2086
  "$tocsin" --scope "$scope" find rea $form >/dev/full 2>"$work/err"
  rc=$?
  ok "a full standard output is a fault (find $form)" exits 74
done
"$tocsin" --help >/dev/full 2>/dev/null
rc=$?
ok "of --help too" exits 74

t --help
ok "--help exits 0" exits 0
ok "and names the commands" says "who"
t find --help
ok "a command has its own help" says "--limit N"
t --version
ok "--version says one line" is "$(wc -l <"$work/out")" 1

# A reader that goes away ends it without a word.
{ "$tocsin" --scope "$scope" print --list --site SAB --out - 2>"$work/err"; } | head -c 1 >/dev/null
ok "a closed pipe is no complaint" silent err

# No memory from an allocation on: one line, and no half an answer.  (A sanitizer and a shim in front of libc do not go
# together.)
shim=$TOCSIN_BUILD/tests/sync/shim.so
if [ -z "${TOCSIN_SANITIZED:-}" ]; then
  wrong='' at=1 tried=0
  while :; do
    LD_PRELOAD=$shim SHIM_AT=$at SHIM_DO=nomem "$tocsin" --scope "$scope" find rea --json >"$work/out" 2>"$work/err"
    rc=$?
    [ $rc -ne 0 ] || break
    tried=$((tried + 1))
    [ $rc -eq 71 ] && one_line && [ ! -s "$work/out" ] || wrong="$wrong $at:$rc"
    at=$((at + 10 + at / 8))
  done
  ok "no memory from $tried allocations on is said in one line" is "$wrong" ""
  ok "which were many" [ $tried -gt 20 ]
fi

t find -- --limit
ok "behind -- words are words" exits 1
finish
