#!/bin/sh
# Behind its PIN a switchboard's directory says no more than the directory of a terminal that was not
# granted it: every answer about the sample group is the same, to the byte, but for what is held.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
for audience in switchboard clinical public; do
  "$TOCSIN_BUILD/tocsin-sample" --date 2026-11-22 --audience $audience >"$work/sample"
  run "$sync" import "$work/sample" --format records --cache "$work/$audience"
  ok "a directory of the $audience" is "$rc" 0
done
printf '260727\n260727\n' | "$tocsin" --scope "$work/switchboard" pin set >"$work/out" 2>"$work/err"
ok "the tier of the first is closed" says "a PIN is set"
mkdir -p "$work/config-public/tocsin"
printf '[terminal]\naudience = public\n' >"$work/config-public/tocsin/tocsin.conf"
# said AUDIENCE ARGUMENT...: without what the directory is and when it was asked
said() {
  of=$1
  shift
  "$tocsin" --scope "$work/$of" "$@" 2>&1 | sed '/"generation"/d; /"now"/d; /source_time/d; /"audience": "\(switchboard\|clinical\|public\)"/d
    /the configuration allows/d; /directory of/d; /^data of/d; /VALID UNTIL/d'
}
# same ARGUMENT...: where the tier is closed, and where it is not held
same() {
  said switchboard "$@" >"$work/out"
  said clinical "$@" >"$work/err"
  alike
}
# A configuration that allows less than what is held is such a door too.
same_for_all() {
  XDG_CONFIG_HOME=$work/config-public said switchboard "$@" >"$work/out"
  said public "$@" >"$work/err"
  alike
}
alike() {
  [ -s "$work/out" ] && diff "$work/out" "$work/err" | head -5 | sed 's/^/# /'
  cmp -s "$work/out" "$work/err"
}
while IFS= read -r line; do
  eval "set -- $line"
  ok "$line" same "$@"
  [ $((n % 3)) != 0 ] || ok "of what is for all: $line" same_for_all "$@"
done <<'D'
find a --site SAB --json
find 01 --site SAB
find 06 --site SAB --json
find 998 --limit 100
find 20 --site SAB
find martin --limit 100 --tsv
find "kind:mobile" --site SAB --json
find "kind:pager bloc" --site SAB
find "is:masked" --json
find "is:critical" --site SAB
find garde --site RIV
find securite
find derection
find admnistrateur --json
find zzzyx
who interne
who "administrateur de garde"
number 2222
number 9 --site SAB --json
oncall --json
incident what-if pbx-sab --json
incident what-if carrier-a
cascade
round --site SAB
print --oncall --site SAB --out -
print --board --site SAB --out -
print --scenario pbx-sab --out -
D
printf '%s\n' garde 1 "" "bloc 2" 1 "" 2222 "" q >"$work/keys"
for audience in switchboard clinical; do
  "$tocsin" --scope "$work/$audience" --site SAB --plain <"$work/keys" 2>&1 | grep -v 'directory of\|PIN\|imported' >"$work/plain-$audience"
done
ok "by line" cmp "$work/plain-switchboard" "$work/plain-clinical"
finish
