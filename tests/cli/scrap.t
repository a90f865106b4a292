#!/bin/sh
# A number on a scrap of paper is found as tocsin shows it where one stands: with what is pressed before it.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
{
  cat "$TOCSIN_TOP/tests/data/downtime.txt" "$TOCSIN_TOP/tests/data/lines.txt"
  cat <<'X'

entry | switchboard | @e90
type | service
name | Of no plan
site | SAB
c | 000 | @c90 | 815101 | kind=extension

entry | public | @e91
type | service
name | The same digits at home
site | SAB
c | 000 | @c91 | 5101 | kind=extension | plan=SAB

entry | public | @e92
type | service
name | Two plans
site | SAB
c | 000 | @c92 | 5101 | kind=extension | plan=SAB
c | 001 | @c93 | 5199 | kind=extension | plan=RIV

entry | public | @e93
type | outside
name | Ambulances
c | 000 | @c94 | 15 | kind=direct-line
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "two sites with a tie line" is "$rc" 0
n() { run "$tocsin" --scope "$scope" "$@" --json; }
# names NAME,NAME...: the rows, in their order
names() {
  is "$(perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print join ",", map { $_->{name} } @{$j->{rows}}' <"$work/out")" "$1"
}
for how in find number; do
  n $how "0 06 39 98 12 40" --site SAB
  ok "$how: behind the outside prefix" names "Surgical ICU"
  n $how "00639981240" --site SAB
  ok "$how: without spaces" names "Surgical ICU"
  n $how "0 01 99 00 47 31" --site RIV
  ok "$how: an extension by its public number, from another site" names "Surgical ICU"
  n $how "81 5102" --site SAB
  ok "$how: behind the tie line" names "Tie theatre"
  n $how "81 5101" --site SAB
  ok "$how: what has the very number comes first; of other plans nothing" names "Of no plan,Tie theatre"
  n $how "81 5102" --site RIV
  ok "$how: where nobody dials so it is none" names ""
  n $how "81 5102" --site SAB --from mobile
  ok "$how: nor with another set" names ""
  n $how "0 15" --site SAB
  ok "$how: a short code as it is shown" names "Ambulances"
done
n find "015" --site SAB
ok "of a number that is being typed it is none" sh -c "! grep -q Ambulances '$work/out'"
n find "06 39 98 12 40" --site SAB
ok "as anybody writes it it is found once" names "Surgical ICU"
n override 65000000-0000-0000-0000-000000000003 "81 5150" --of 4731 --until 2h --site SAB
n number "81 5150" --site SAB
ok "so is a temporary number" names "Surgical ICU"
printf '81 5102\n\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "line by line too" sh -c "grep -q 'Tie theatre' '$work/out'"
finish
