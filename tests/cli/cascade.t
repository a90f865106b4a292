#!/bin/sh
# cascade: the groups that are held, and one of them as it is called from here.
. "$TOCSIN_TOP/tests/cli/directory.sh"
t cascade
ok "where none is held it says so" says "No cascade and no crisis cell is held here."
ok "by its exit code too" exits 1
TZ=Europe/Paris
export TZ
scope=$work/night
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/data/downtime.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the night is imported" exits 0
t cascade --site SAB
ok "groups are listed" says "SAB  White plan, cascade  cascade"
ok "crisis cells too" says "SAB  Crisis cell  crisis cell"
t cascade --json
ok "as JSON" json '@{$j->{groups}} == 2 && $j->{groups}[1]{members} == 4'
t cascade white plan --site SAB
ok "words of the name will do" says "SAB  White plan, cascade: 4 to call, not begun"
ok "each member has its best contact point" says "0 01 99 00 70 01  Pharmacy"
ok "in the order of the cascade" sh -c "sed -n 2p '$work/out' | grep -q 'Surgical intern' && sed -n 5p '$work/out' | grep -q -- '- *Medical director'"
t cascade crisis --site SAB
ok "a crisis cell has its period" sh -c "grep -q 'Crisis cell: 3 missing of 3, .*, every 2 h' '$work/out'"
ok "and says who is missing" sh -c "grep -q 'Pharmacy.*: missing' '$work/out'"
t cascade e --site SAB
ok "what fits two is asked again" exits 64
ok "with both" complains "say more"
t cascade nothing
ok "what is not there is said" exits 1
t cascade white --json --site SAB
ok "one as JSON" json '$j->{group}{name} eq "White plan, cascade" && @{$j->{rows}} == 4 && $j->{reached} == 0 && $j->{rows}[3]{uuid} eq "" && !$j->{rows}[0]{reached}'
t cascade crisis --lang fr
ok "in French" says "3 manquent sur 3"
finish
