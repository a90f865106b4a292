#!/bin/sh
# import of a rota: shifts become weeks, holders are found by name, number or key, and what contradicts or
# cannot be is refused with its row, its column and the reason.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream" <<'X'
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
plan | SAB
zone | Europe/Paris

site | public | @s2
code | FDF
country | MQ
name | Fort-de-France
zone | America/Martinique

plan | public | @p1
code | SAB
country | FR
name | Saint-Aubin
out | 0

entry | public | @e1
c | 000 | @c1 | 4100 | kind=extension | plan=SAB
name | Interne de garde
site | SAB
type | role
unit | Pole A / Chirurgie

entry | public | @e2
c | 000 | @c2 | 4101 | kind=extension | plan=SAB
name | Interne de garde
site | SAB
type | role
unit | Pole B / Médecine

entry | public | @e3
name | Interne de garde
site | FDF
type | role
unit | Pole C

entry | clinical | @e11
c | 000 | @c11 | 0639981234 | e=+33639981234 | kind=mobile
from | rh | 4711
name | Martin Jeanne
site | SAB
type | person

entry | clinical | @e12
c | 000 | @c12 | 0639981299 | e=+33639981299 | kind=mobile
name | Martin Jeanne
site | SAB
title | Dr
type | person

entry | clinical | @e13
c | 000 | @c13 | 4300 | kind=dect | plan=SAB
name | Exemple Noé
site | SAB
type | person
X
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the directory is there" is "$rc" 0
cat >"$work/rota.map" <<'X'
[map]
record = rota
country = FR
audience = clinical
plan = SAB

[fields]
role = {role}
site = {site}
unit = {unite}
line = {ligne}
from = {jour} {de}
until = {a}
holder = {qui}
holder-id = {id}
number = {tel}
at-home = {lieu}

[translate at-home]
astreinte = yes
garde = no
X
head='role;site;unite;ligne;jour;de;a;qui;id;tel;lieu'
# take ROW...: these rows, read as a file of a fixed age
take() {
  {
    echo "$head"
    for row in "$@"; do echo "$row"; done
  } >"$work/rota.csv"
  touch -d '2026-11-20 18:02:00 UTC' "$work/rota.csv"
  run "$sync" import "$work/rota.csv" --map "$work/rota.map" --origin "tableau" --cache "$scope" $more
}
more=--dry-run
r='Interne de garde;SAB;chirurgie'
one="$r;1;23/11/2026;18:30;08:30;NOE EXEMPLE;;43 00;garde"
two="$r;1;24/11/2026;18h30;25/11/2026 8h;Dr Jeanne MARTIN;;06 39 98 12 99;garde"
three="$r;2;23/11/2026;18:30;08:30;;rh:4711;;astreinte"
four="$r;1;30/11/2026;18:30;08:30;Remplaçant Inconnu;;06 39 98 00 11;garde"
take "$one" "$two" "$three" "$four"
ok "a dry run plans it" is "$rc" 0
ok "a week is one record" says "added     Interne de garde [2026-W48], 3 shifts"
ok "so is the next" says "added     Interne de garde [2026-W49], 1 shift"
ok "a name that nobody has stands as it is, and is said" says "rota.csv:5:8: nobody in the directory is called “Remplaçant Inconnu”"
ok "and writes nothing" says "dry run: nothing was written"
more=
take "$one" "$two" "$three" "$four"
ok "then it is written" says "revision 2 is published"
take "$one" "$two" "$three" "$four"
ok "twice changes nothing" says "nothing to change"
oncall() { run "$tocsin" --scope "$scope" oncall --site SAB --at "$1"; }
run "$tocsin" --scope "$scope" who "interne de garde" --site SAB --at "2026-11-24 03:00" --json
ok "who holds it is told by name and shift" sh -c "grep -q '\"Exemple No' '$work/out' && grep -q 'Martin Jeanne' '$work/out'"
ok "with where it comes from and how old it is" sh -c "grep -q '\"made\": 1795197720' '$work/out'"
run "$sync" export --cache "$scope"
ok "a holder's own number is their contact point" sh -c "grep -q 'T18:30	2026-11-24T08:30	c=' '$work/out'"
ok "one of two of a name is found by number" sh -c "grep '2026-11-24T18:30' '$work/out' | grep -q 'c=.*who='"
ok "from the key of another import" sh -c "grep 'home=1' '$work/out' | grep -q 'who='"
ok "what nobody has is a number for that shift" sh -c "grep '2026-11-30T18:30' '$work/out' | grep -q 'e=+33639980011.*no=0639980011.*text=Rempla'"

more=--dry-run
refuses() { # "what" where+reason ROW...
  what=$1 why=$2
  shift 2
  take "$@"
  ok "$what" says "refused   $work/rota.csv:$why"
}
refuses "two in one line at one time are both refused" "2:5: two in line 1 of Interne de garde at one time: row 3 has Autre" \
  "$r;1;01/12/2026;18:30;08:30;Un;;;" "$r;1;02/12/2026;07:00;18:00;Autre;;;"
ok "the other one too" says "rota.csv:3:5: two in line 1"
ok "and nothing of them is left" is "$rc" 65
refuses "an end before the beginning" "2:7: it ends at “30/11/2026 08:00”, before it begins" "$r;1;01/12/2026;18:30;30/11/2026 08:00;Un;;;"
refuses "a day that is none" "2:5: “31/11/2026 18:30” is no day and time" "$r;1;31/11/2026;18:30;08:30;Un;;;"
refuses "a year of two digits" "2:5: “01/12/26 18:30” is no day" "$r;1;01/12/26;18:30;08:30;Un;;;"
refuses "a time that the night skips" "2:5: “28/03/2027 02:30” does not exist" "$r;1;28/03/2027;02:30;08:30;Un;;;"
take "Interne de garde;FDF;;1;28/03/2027;02:30;08:30;Un;;;"
ok "does exist where no clock is put forward" is "$rc" 0
take "$r;1;25/10/2026;02:30;08:30;Un;;;"
ok "one that the night has twice is taken, and said" says "rota.csv:2:5: “25/10/2026 02:30” comes twice that night: it is the first of the two"
refuses "a role that nobody has" "2:1: there is no entry “Veilleur”" "Veilleur;SAB;;1;01/12/2026;18:30;08:30;Un;;;"
refuses "a role that two have" "2:1: several entries are called “Interne de garde”" "Interne de garde;SAB;;1;01/12/2026;18:30;08:30;Un;;;"
refuses "a key that nobody has" "2:9: there is no entry “rh:9”" "$r;1;01/12/2026;18:30;08:30;;rh:9;;"
refuses "nobody" "2:8: nobody is in it" "$r;1;01/12/2026;18:30;08:30;;;;"
refuses "two numbers" "2:10: “0639981234 / 0639981299” holds several numbers" "$r;1;01/12/2026;18:30;08:30;Un;;0639981234 / 0639981299;"
refuses "a number that is none" "2:10: “bip” cannot be read" "$r;1;01/12/2026;18:30;08:30;Un;;bip;"
refuses "a line that is none" "2:4: line “9” is none of: 1..7" "$r;9;01/12/2026;18:30;08:30;Un;;;"
refuses "a shift of months" "2:7: it would last over a month" "$r;1;01/12/2026;18:30;01/03/2027 08:30;Un;;;"
take "$r;1;01/12/2026;18:30;08:30;Martin Jeanne;;;"
ok "two of a name and no number is no guess" says "several are called “Martin Jeanne” and no number tells which"
take "$r;1;01/12/2026;18:30;08:30;Un;;;" "$r;1;01/12/2026;18:30;08:30;Un;;;"
ok "a row twice counts once" says "rota.csv:3: the same as row 2"

more=
take "$one" "$r;1;24/11/2026;18h30;bad;Autre;;;" "$three" "$four"
ok "a week with a refused row stays as it is" says "Interne de garde [2026-W48]: a row of it was refused, so the week stays as it is"
ok "whole" says "nothing to change"
take "$r;1;23/11/2026;18:30;08:30;Un Autre;;06 39 98 00 12;garde" "$two" "$three" "$four"
ok "what changes is told shift by shift" says "changed   Interne de garde [2026-W48]: new: 2026-11-23T18:30 - 2026-11-24T08:30, 1: Un Autre 0639980012"
ok "what goes too" says "changed   Interne de garde [2026-W48]: not any more: 2026-11-23T18:30 - 2026-11-24T08:30, 1: NOE EXEMPLE"
m="Interne de garde;SAB;medecine"
take "$one" "$m;1;24/11/2026;18:30;08:30;Un;;;" "$m;1;30/11/2026;18:30;08:30;Un;;;"
ok "a week that is not in the file any more is more than a fifth" complains "it would remove 1 of the 2 weeks of rota of origin tableau"
more=--allow-removals=1
take "$one" "$m;1;24/11/2026;18:30;08:30;Un;;;" "$m;1;30/11/2026;18:30;08:30;Un;;;"
ok "and goes when that is said" says "removed   Interne de garde [2026-W49], 1 shift"
# A week that is new has no hole where the planning has somebody.
more=
take "$r;1;14/12/2026;18:30;08:30;Un;;;" "$r;1;15/12/2026;18:30;08:30;Deux;;4611 ou 4612;"
ok "a row whose number is refused is told" says "refused   $work/rota.csv:3:10: “4611 ou 4612” holds several numbers"
ok "in a new week it stands without it" says "rota.csv:3: Interne de garde [2026-W51]: the week is new, so the row stands as far as it can be read"
ok "and is counted" says "added     Interne de garde [2026-W51], 2 shifts"
oncall "2026-12-16 03:00"
ok "so nobody is told that nobody is listed" says "Interne de garde: Deux, until 08:30"
take "$r;1;14/12/2026;18:30;08:30;Un;;;" "$r;1;15/12/2026;18:30;08:30;Deux;;4611 et 4612;"
ok "the next time the week is held, and stays" says "a row of it was refused, so the week stays as it is"
take "$r;1;21/12/2026;18:30;08:30;Un;;;" "$r;1;22/12/2026;07:00;18:00;Autre;;;" "$r;1;23/12/2026;18:30;08:30;Trois;;;"
ok "two in one line of a new week both stand" says "added     Interne de garde [2026-W52], 3 shifts"
take "$r;1;28/12/2026;18:30;bad;Un;;;" "$r;1;29/12/2026;18:30;08:30;;;;" "$r;1;30/12/2026;18:30;08:30;Trois;;;"
ok "a row without its times is none, and what that does is told" says "rota.csv:2: Interne de garde [2026-W53]: the week is new, and terminals say that nobody is listed then"
ok "what the planning leaves empty is a gap" says "added     Interne de garde [2026-W53], 1 shift"
printf '[map]\nrecord = rota\n[key]\ncolumns = id\n[fields]\nrole = {r}\nfrom = {f}\nuntil = {u}\nholder = {h}\n' >"$work/bad.map"
run "$sync" import "$work/rota.csv" --map "$work/bad.map" --origin x --cache "$scope"
ok "a rota's map has no key" complains "record = rota has no [key]"

# On the list the names are in the order of people, not of bytes.
scope=$work/names
perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream" <<'X'
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
zone | Europe/Paris

entry | public | @e1
name | Urologue de garde
site | SAB
type | role

entry | public | @e2
name | Échographiste de garde
site | SAB
type | role

entry | public | @e3
name | endoscopie, garde
site | SAB
type | role

rota | public | @r1
made | 1795280520
role | @e1
source | a
week | 2026-W48

rota | public | @r2
made | 1795280520
role | @e2
source | b
week | 2026-W48

rota | public | @r3
made | 1795280520
role | @e3
source | c
week | 2026-W48
X
run "$sync" import "$work/stream" --format records --cache "$scope"
oncall "2026-11-24 10:00"
ok "the list is in the order of names" is "$(grep -o 'chographiste\|endoscopie\|Urologue' "$work/out" | xargs)" "chographiste endoscopie Urologue"
finish
