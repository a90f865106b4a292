#!/bin/sh
# A site with two PBX: what is said at a phone of the one that is not the usual.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
cat >"$work/text" <<'X'
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
plan | SAB
swb | @e9
zone | Europe/Paris

plan | public | @p1
code | SAB
country | FR
domain | pbx-sab
name | Saint-Aubin
out | 0
range | 4000 | 4999 | ddi=+33199004000

plan | public | @p2
code | SAB2
country | FR
domain | pbx-sab2
name | Pavilion B
out | 0
range | 60000 | 60999 | ddi=+33199006000

domain | public | @d1
code | pbx-sab
kind | pbx
name | PBX Saint-Aubin
site | SAB

domain | public | @d2
code | pbx-sab2
kind | pbx
name | PBX Pavilion B
site | SAB

entry | public | @e1
c | 000 | @c1 | 2222 | kind=extension | plan=SAB
for | arrest
name | Cardiac arrest
rank | 10
site | SAB
type | code

entry | public | @e2
c | 000 | @c2 | 60222 | kind=extension | plan=SAB2
for | fire
name | Fire alarm
rank | 20
site | SAB
type | code

entry | public | @e9
c | 000 | @c9 | 4000 | kind=extension | plan=SAB
name | Switchboard
site | SAB
type | service
X
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/text" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the directory is made" is "$rc" 0
line() { printf 'q\n' | run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain "$@"; }
line --plan SAB2
ok "a code that this phone cannot dial keeps its number, and says so" says "2222: arrest, not from here"
ok "one that it can is beside it" says "6 0222: fire, inside"
ok "which phone it is, is said where it is not the usual one" says "ward phone SAB2"
line
ok "at a usual phone the other code is called by its public number" says "0 01 99 00 62 22: fire"
ok "and nothing is said of its plan" says "ward phone; "
run "$tocsin" --scope "$scope" --site SAB --plan SAB2 find 2222
ok "the answer says from which phone" says "from: ward phone SAB2, SAB; "
ok "whose phone it needs is said" says "only from a phone of the other PBX of this site"
run "$tocsin" --scope "$scope" --site SAB --from outside find 2222
ok "from outside it is not to be had" says "only from its own site: it has no outside number"
finish
