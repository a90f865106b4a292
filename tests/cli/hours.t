#!/bin/sh
# Hours in an import: kept as typed where they cannot be read or contradict themselves, said in the plan with row,
# column and place, and on the line where the operator looks.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
c=$scope
perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream" <<'X'
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
zone | Europe/Paris
X
run "$sync" import "$work/stream" --format records --cache "$c"
ok "a site is imported" is "$rc" 0
cat >"$work/map" <<'M'
[map]
country = FR
[key]
columns = id
[fields]
name = {nom}
site = {site}
[contact phone]
number = {tel}
kind = ddi
hours = {heures}
M
cat >"$work/hours.csv" <<'C'
id;nom;site;tel;heures
1;Accueil;SAB;01 99 00 52 31;mo-fr 08:00-18:00
2;Bloc;SAB;01 99 00 52 32;lun-ven 8h-18h
3;Urgences;SAB;01 99 00 52 33;mo-fr 08:00-12:00; mo-fr 14:00-18:00
4;Pharmacie;SAB;01 99 00 52 34;
C
sed -i 's/mo-fr 08:00-12:00; mo-fr 14:00-18:00/"&"/' "$work/hours.csv"
run "$sync" import "$work/hours.csv" --map "$work/map" --origin h --cache "$c" --dry-run
ok "hours that cannot be read are said, with where and why" says "hours.csv:3:5: hours “lun-ven 8h-18h” cannot be read at character 1: "
ok "and hours of which one part never counts" says "hours.csv:4:5: hours “mo-fr 08:00-12:00; mo-fr 14:00-18:00”: what begins at character 1 never counts, later rules replace it"
ok "nothing else" says "; 2 lint"
run "$sync" import "$work/hours.csv" --map "$work/map" --origin h --cache "$c"
ok "they are imported as typed" is "$rc" 0
card() { # name: what its card says on an ordinary Tuesday
  run "$tocsin" find --scope "$c" --site SAB --json "$1"
  uuid=$(sed -n 's/.*"uuid": "\([0-9a-f-]*\)".*/\1/p' "$work/out" | head -n 1)
  run "$tocsin" show --scope "$c" --site SAB --at "2026-11-24 10:00" "$uuid"
}
card bloc
ok "what cannot be read is shown as typed" says 'its hours cannot be read: “lun-ven 8h-18h”'
card urgences
ok "what contradicts itself says so where the number stands" says 'its hours contradict themselves: “mo-fr 08:00-12:00; mo-fr 14:00-18:00”'
card accueil
ok "others say nothing of the kind" says 'open until 18:00'
ok "of any kind" sh -c "! grep -q 'its hours' '$work/out'"

# In the zone of the site, not of TZ: the night that shows an hour twice says which, on paper too.
paper() { run env -u TZ "$tocsin" print --card "$uuid" --scope "$c" --site SAB --at "$1" --out - "$2" "$3"; }
paper "2026-10-25 02:30 winter" --lang en
ok "paper says which of the two hours it is of" says "2026-10-25 02:30 winter"
paper "2026-10-25 02:30 summer" --lang fr
ok "in French too" says "25/10/2026 02:30 été"
finish
