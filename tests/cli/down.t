#!/bin/sh
# What every answer names when all else fails, the switchboard, is named by a number that is not known
# to be out of order; and what was written of an incident names what it is of.
. "$TOCSIN_TOP/tests/cli/directory.sh"
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
ok "the sample group" exits 0
nowhere() { t find "zzqqyyxx 4444" --site SAB; }
nowhere
ok "the short number, as long as nothing is known" says "ask the switchboard: 9"
t incident report pbx-sab --direction inside,inbound --reason "no tone"
ok "the exchange is reported" exits 0
nowhere
ok "then the direct line, which no exchange carries" says "ask the switchboard: 0 01 99 00 36 00"
t acts
ok "what was written names the domain" says "Autocom Saint-Aubin  reported: pbx-sab"
t log
ok "in the log too" says "Autocom Saint-Aubin, reported: pbx-sab"
t number 2222 --site RIV --from red
t find 2222 --site RIV --from red
ok "a code found by its number is given as the set in hand presses it" sh -c "head -n 1 '$work/out' | grep -q 'RIV  Arrêt cardiaque .*7001 .*red phone'"
finish
