#!/bin/sh
# A number that is nobody's any more, read off a scrap of paper: whoever asks by it is told that it is
# dead, since when, what it is now as dialled from here, and who has it since, before anyone dials.
. "$TOCSIN_TOP/tests/cli/directory.sh"
scope=$work/former
cat "$TOCSIN_TOP/tests/cli/data/directory.txt" - <<'D' | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"

entry | clinical | @e50
type | service
name | Laboratoire
site | RIV
wasno | 5662 | plan=RIV | until=1768906800 | now=0199004762
wasno | 0199004799 | e=+33199004799 | until=1768906800
wasno | 0199004798 | e=+33199004798 | until=1768906800 | now=0199004763
c | 000 | @c50 | 0199004761 | kind=direct-line | e=+33199004761
c | 001 | @c51 | 0199004762 | kind=direct-line | e=+33199004762
c | 002 | @c52 | 0199004763 | kind=fax | e=+33199004763

entry | clinical | @e51
type | person
name | Pipette Luc
site | RIV
c | 000 | @c53 | 5662 | kind=extension | plan=RIV

entry | clinical | @e52
type | person
name | Eprouvette Max
site | RIV
c | 000 | @c54 | 5662 | kind=extension | plan=RIV

entry | clinical | @e53
type | person
name | Ailleurs Eve
site | SAB
c | 000 | @c55 | 5662 | kind=extension | plan=SAB

entry | clinical | @e54
type | person
name | Discrete Zita
site | RIV
c | 000 | @c56 | 0199004798 | kind=mobile | e=+33199004798 | mask
D
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "a directory with numbers that died" is "$rc" 0

dead='5662 is dead since 20 Jan, now 0 01 99 00 47 62; given to RIV Eprouvette Max and 1 more'
for asked in "number 5662" "find 5662" "find labo 5662"; do
  # shellcheck disable=SC2086 # words
  t $asked --site RIV
  ok "$asked: dead since when, what it is now, who has it" says "    ! $dead"
  ok "$asked: the row shows what replaced it" sh -c "grep '^RIV  Laboratoire' '$work/out' | grep -q '0 01 99 00 47 62'"
  ok "$asked: once, and nobody else is said to be dead" is "$(grep -c dead "$work/out")" 1
done
t number 5662 --site SAB
ok "at another site the plan it was of stands before it" says "! RIV $dead"
t number 5662 --site RIV --from outside
ok "from outside what replaced it has no prefix" says "now 01 99 00 47 62;"
t --lang fr number 5662 --site RIV
ok "in French" says "5662 hors service depuis le 20 janv, désormais 0 01 99 00 47 62 ; réattribué à RIV Eprouvette Max et 1 de plus"
t number 5662 --site SAB
ok "number: who has it at one's own site comes first" sh -c "head -1 '$work/out' | grep -q '^SAB  Ailleurs Eve'"
ok "and a rule parts the others" says "other sites"
t number 5662 --site RIV --json
ok "JSON says all of it" json '(grep { my $f = $_->{former_number}; $f && $f->{number} eq "5662" && $f->{plan} eq "RIV" &&
  $f->{dead_since} == 1768906800 && $f->{now} eq "0199004762" && $f->{given_to}{site} eq "RIV" &&
  $f->{given_to}{name} eq "Eprouvette Max" && $f->{given_to}{count} == 2 && $f->{text} =~ /dead since/ } @{$j->{rows}}) == 1'
t number 5662 --site RIV --tsv
ok "TSV says it in columns of its own" sh -c "head -1 '$work/out' | grep -q 'not_now	dead_number	dead_since	dead_text	' &&
  grep -q '	5662	2026-01-20	5662 is dead since' '$work/out'"
ok "empty for all others" is "$(grep -c '	0				' "$work/out")" 3

t number 0199004799 --site RIV
ok "nothing is known to have replaced it" says "! 0199004799 is dead since 20 Jan"
ok "and it was given to nobody" keeps_quiet_of "given to"
t number "+33 1 99 00 47 99" --site RIV
ok "in any form" says "! 0199004799 is dead since 20 Jan"
t number 0199004798 --site RIV
ok "the fax that replaced it is the one shown" sh -c "grep '^RIV  Laboratoire' '$work/out' | grep -q 'fax machine'"
ok "whose number is masked is not told by an old one" keeps_quiet_of "given to"
t find 566 --site RIV
ok "a part of it says so too" says "! $dead"
t number 0199004761 --site RIV
ok "a number that lives says nothing of dead ones" keeps_quiet_of dead

printf '5662\n1\nq\n' | "$tocsin" --scope "$scope" --site RIV --plain >"$work/out" 2>"$work/err"
ok "the numbered dialogue says it under the row" says "  ! $dead"
ok "and in the row" says "1 RIV Laboratoire, 5662 dead 20 Jan: 0 01 99 00 47 62"
ok "and on the card" says "old number: $dead"
# A former name that was only heard is said: the row's own name has nothing of it.
cat "$TOCSIN_TOP/tests/cli/data/directory.txt" - <<'D' | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"

entry | clinical | @e60
type | person
name | Hautelin Amandine
site | SAB
was | Kowalski | until=1784890800
c | 000 | @c60 | 7760 | kind=extension | plan=SAB
D
scope=$work/names
run "$sync" import "$work/stream" --format records --cache "$scope"
t find kovalski --site SAB
ok "a former name as heard is said" says "~Hautelin Amandine  formerly: Kowalski"
t find kowalsky --site SAB
ok "and one with a typo" says "~Hautelin Amandine  formerly: Kowalski"
t find "hautelin amendine" --site SAB
ok "a name of today that is nearly so says nothing" sh -c "grep -q '~Hautelin Amandine' '$work/out' && ! grep -q formerly '$work/out'"
finish
