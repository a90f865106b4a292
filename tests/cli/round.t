#!/bin/sh
# round: the red phones and pagers of a site, in the order of a walk; what is found, as acts.
. "$TOCSIN_TOP/tests/cli/directory.sh"
{
  cat "$TOCSIN_TOP/tests/cli/data/directory.txt"
  cat <<'X'

entry | clinical | @e60
type | service
name | Bloc
site | SAB
bldg | Pav. Alma
floor | 1er
c | 000 | @c60 | 7701 | kind=red-phone | plan=SAB-R | seen=4070908800
c | 001 | @c61 | 441 | kind=pager | place=couloir

entry | clinical | @e61
type | service
name | Laboratoire
site | RIV
c | 000 | @c62 | 442 | kind=pager
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
"$sync" import "$work/stream" --format records --cache "$scope" >"$work/out" 2>"$work/err" || sed 's/^/# /' "$work/err"
bloc=$(t find bloc --site SAB --mine --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{uuid}' <"$work/out")

t round --site SAB
ok "the list has the red phones and pagers of the site" exits 0
ok "and no others" [ "$(wc -l <"$work/out")" -eq 3 ]
ok "in the order of a walk" sh -c "sed -n 1p '$work/out' | grep -q Arrêt && sed -n 2p '$work/out' | grep -q 'Alma 1er Bloc  pager 441, couloir'"
ok "what nobody tested is overdue" says "pager 441, couloir  OVERDUE, never tested"
ok "what was tested is not" sh -c "grep '7701' '$work/out' | grep -q '^  SAB.*tested'"
t round overdue --site SAB
ok "the overdue list leaves it out" keeps_quiet_of 7701
ok "and has the rest" [ "$(wc -l <"$work/out")" -eq 2 ]
t round
ok "without a site it asks for one" exits 64
t round --site SAB --days 0
ok "days are at least one" exits 64
t round sideways --site SAB
ok "another word is a usage error" complains "overdue or walk"
t print --round --site SAB --out -
ok "the list is printed" exits 0
ok "with boxes" says "[ ] works [ ] silent [ ] gone"
ok "and what is overdue" says "OVERDUE: never tested"
ok "and its date" says "revision"

printf '1\nperhaps\n2\n\n' | "$tocsin" --scope "$scope" round walk --site SAB --initials NE >"$work/out" 2>"$work/err"
rc=$?
ok "a walk asks of each" exits 0
ok "how far it is" says "3/3"
ok "one digit a phone" says "1 works  2 silent  3 not there"
ok "what works is noted" says "SAB Arrêt cardiaque: test: works in this test"
ok "what does not too" says "SAB Bloc: test: pager 441: tested: silent"
ok "not confirmed" says "written, not confirmed"
ok "what is no answer is asked again" [ "$(grep -c '^2/3' "$work/out")" -eq 2 ]
t round --site SAB
ok "the list has heard of it" sh -c "grep '7700' '$work/out' | grep -q '^  SAB.*tested'"
ok "and that one is silent" sh -c "grep '441' '$work/out' | grep -q '^! SAB.*silent, .*(not confirmed)'"
t show "$bloc"
ok "a note says so on the entry" says "pager 441: tested: silent"
t log
ok "the shift log has both" [ "$(wc -l <"$work/out")" -eq 2 ]
ok "signed" says "NE  SAB Bloc, test: pager 441: tested: silent (not confirmed)"
printf '0\n' | "$tocsin" --scope "$scope" round walk --site SAB >"$work/out" 2>"$work/err"
ok "0 ends it" [ "$(grep -c '/3' "$work/out")" -eq 1 ]
"$tocsin" --scope "$scope" round walk --site SAB </dev/null >"$work/out" 2>"$work/err"
ok "so does the end of the input" [ "$(grep -c '/3' "$work/out")" -eq 1 ]
printf '\n1\n0\n' | "$tocsin" --scope "$scope" round walk --site SAB >"$work/out" 2>"$work/err"
t show "$bloc"
ok "one that works again has no note any more" keeps_quiet_of "tested: silent"
t round overdue --site SAB
ok "nothing is overdue" says "nothing is overdue"
ok "by its exit code too" exits 1
t round --site RIV --json
ok "as JSON" json '$j->{command} eq "round" && @{$j->{rows}} == 1 && $j->{rows}[0]{number} eq "442" && $j->{rows}[0]{overdue}'
t round --site SAB --lang fr
ok "in French" says "tél. rouge 7701  essayé le"

# A longer one is grouped as its card groups it, by line and on paper; a program has its digits.
printf '\nentry | clinical | @e62\ntype | service\nname | Brancardage\nsite | SAB\nc | 000 | @c63 | 66251 | kind=pager | plan=SAB\n' |
  cat "$TOCSIN_TOP/tests/cli/data/directory.txt" - | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
"$sync" import "$work/stream" --format records --cache "$scope" >"$work/out" 2>"$work/err" || sed 's/^/# /' "$work/err"
t find brancardage --site SAB
ok "its row" says "6 6251"
t round --site SAB
ok "the round" says "Brancardage  pager 6 6251"
t print --round --site SAB --out -
ok "the sheet" says "6 6251 "
t round --site SAB --json
ok "not JSON" json 'grep { $_->{number} eq "66251" } @{$j->{rows}}'
finish
