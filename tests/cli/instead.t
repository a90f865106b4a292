#!/bin/sh
# Whom to call instead: only what somebody speaks into or calls back from, a pager by its name, and the
# red phone of the nearest entry above however many entries stand beside it.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
t() { run "$tocsin" --scope "$scope" "$@"; }
exits() { is "$rc" "$1"; }
keeps_quiet_of() { ! grep -qF -- "$1" "$work/out" || { echo "# said: $1"; false; }; }
json() {
  perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
    exit(eval(shift) ? 0 : 1)' "$work/out" "$1"
}
now=$(date +%s)
{
  cat "$TOCSIN_TOP/tests/data/downtime.txt"
  for i in $(seq 100 170); do # all before the ICU, in its unit
    printf '\nentry | public | @e%d\ntype | service\nname | Bay %d\nsite | SAB\nunit | Surgery / ICU\n' "$i" "$i"
    printf 'c | 000 | @c%d | 2%d | kind=extension | plan=SAB\n' "$i" "$i"
  done
  cat <<X

domain | public | @d9
code | copper
name | Copper lines

entry | public | @e60
type | service
name | Surgery secretariat
site | SAB
c | 000 | @c60 | 0199005691 | e=+33199005691 | kind=fax
c | 001 | @c61 | surgery@sab.example | kind=mail

entry | public | @e61
type | service
name | Bed manager
site | SAB
c | 000 | @c62 | 0199007610 | e=+33199007610 | kind=pager

entry | public | @e62
type | service
name | Ward desk
site | SAB
next | 001 | to=@e60 | wait=120
next | 002 | to=@e61 | wait=60
c | 000 | @c63 | 2902 | kind=extension | plan=SAB

entry | public | @e63
type | service
name | Archive
site | SAB
next | 001 | to=@e60 | wait=120
c | 000 | @c64 | 2903 | kind=extension | plan=SAB

entry | public | @e64
type | role
name | Ward doctor
site | SAB
next | 001 | to=@e60 | wait=120
next | 002 | to=@e61 | wait=60

entry | public | @e65
type | person
name | Anne A.
site | SAB
c | 000 | @c65 | 0199007651 | e=+33199007651 | kind=direct-line | dom=copper

entry | public | @e69
type | service
name | Twin ward
site | SAB
next | 001 | to=@e70 | wait=60
next | 002 | to=@e71 | wait=60
next | 003 | to=@e70 | wait=60
c | 000 | @c71 | 2904 | kind=extension | plan=SAB

entry | public | @e70
type | service
name | Bed office
site | SAB
c | 000 | @c72 | 0199007669 | e=+33199007669 | kind=direct-line

entry | public | @e71
type | service
name | Bed desk
site | SAB
c | 000 | @c73 | 0199007669 | e=+33199007669 | kind=direct-line

rota | public | @r64
made | $((now - 3600))
role | @e64
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | c=@c65 | line=1 | text=A. Anne | who=@e65

entry | public | @e68
type | code
for | evacuation
name | Evacuation
site | SAB
c | 000 | @c68 | 2223 | kind=extension | plan=SAB
c | 001 | @c69 | 7705 | kind=red-phone | plan=SAB-R
c | 002 | @c70 | 0199007068 | kind=direct-line | e=+33199007068

entry | clinical | @e67
type | service
name | Surgery desk
site | SAB
unit | Surgery
c | 000 | @c67 | 7740 | kind=red-phone | plan=SAB-R

entry | public | @e66
type | role
name | Ward nurse
site | SAB
next | 001 | to=@e60 | wait=120
next | 002 | to=@e61 | wait=60

rota | public | @r66
made | $((now - 3600))
role | @e66
source | surgery
week | [WEEK]
shift | [FROM] | [PAST] | line=1 | text=B. Basile
shift | [SOON] | [UNTIL] | line=1 | text=B. Basile
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
TZ=Europe/Paris
export TZ
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the directory of the test is made" exits 0
n() { t "$@" --site SAB; }
matches() { grep -q -- "$1" "$work/out" || { echo "# no such line: $1"; false; }; }
uuid() { perl -MJSON::PP -e 'local $/; print JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out"; }

n find surgery laboratory
ok "the red phone above is found behind seventy entries of its unit" says "! instead, red phone above: 7731  Surgical ICU, "

n find ward desk
ok "a fax is nobody to call: the pager behind it is, by its name" says "! instead: pager 0 01 99 00 76 10  Bed manager, "
n find ward desk --json
ok "in JSON it is not listed at all" json '@{$j->{rows}[0]{instead}} == 1 && $j->{rows}[0]{instead}[0]{kind} eq "pager" && $j->{rows}[0]{instead}[0]{name} eq "Bed manager"'
n show "$(uuid)"
ok "the step of the chain says that its number is a fax" matches "2 min: Surgery secretariat  fax machine 0 01 99 00 56 91"
ok "and the next that its is a pager" matches "1 min: Bed manager  pager 0 01 99 00 76 10"
ok "whom to call instead is not the fax" sh -c "! grep 'instead' '$work/out' | grep -q '56 91'"
n find twin ward --json
ok "a number that is instead by three ways is said once" json '@{$j->{rows}[0]{instead}} == 1 && $j->{rows}[0]{instead}[0]{name} eq "Bed office"'
n find archive
ok "where a fax alone is left there is nobody to call" says "! instead: no other number without a known fault: go there, or a radio"
printf 'ward desk\n\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "no fax is named where a screen says whom to call" keeps_quiet_of "instead: 0 01 99 00 56 91"

n incident what-if copper
ok "who is on call and cut off has the pager as the next, by its name" matches "on call and cut off: SAB Ward doctor: Anne A.; next: Bed manager pager 0 01 99 00 76 10"
n print --what-if copper --out -
ok "on paper too" matches "Bed manager pager 0 01 99 00 76 10"
n find ward nurse
ok "where nobody is listed the fax is passed over too" matches "NOBODY LISTED .*: call Bed manager pager 0 01 99 00 76 10"
n print --oncall --out -
ok "no sheet of who is on call names it" keeps_quiet_of "56 91"
n attempt "Bed manager" paged --initials NE
ok "a page that was sent is noted" says "0199007610: page sent"
n find bed manager --json
ok "it stands on the entry" json '$j->{rows}[0]{attempts}[0]{result} eq "paged"'
n attempt "Surgery laboratory" paged
ok "no page is sent to a phone" exits 64
n oncall --chase
ok "a page that nobody answered is on the chase list" matches "Bed manager.*never answered, 1 try"
printf 'ward desk\n\nbed manager\n1\nr\n1\nNE\n\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "the numbered dialogue has the words of a pager" says "1 page sent, no call back yet"
ok "and waits for the call back" says "page sent: r when it is answered, or when nobody calls back"
n print --card "$(n find ward desk --json; uuid)" --out -
ok "a sheet says of the step that its number is a fax" matches "2 min: Surgery secretariat  fax machine 0 01 99 00 56 91"
# A test round finds three red phones gone: they are still named, with what was found, behind those that nobody missed.
walk() {
  printf "$1" | "$tocsin" --scope "$scope" round walk --site SAB --initials NE >"$work/out" 2>"$work/err"
  rc=$?
}
walk '1\n3\n3\n\n3\n'
ok "three are not there" sh -c "[ \$(grep -c 'tested: not there' '$work/out') = 3 ]"
n find cardiac arrest
ok "what is left of the code says what the test found" matches "DOWN: red phone 7700 not there$"
n show "$(n find cardiac arrest --json; uuid)"
ok "the card says when, and who tested it" matches "7700 .*not there, tested .* by NE"
n find cardiac arrest --json
ok "JSON too" json '(grep { $_->{number} eq "7700" && $_->{doubt} eq "test" && $_->{test} eq "gone" && $_->{tested} && $_->{tested_by} eq "NE" } @{$j->{rows}[0]{channels}}) == 1'
printf '\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "so does the strip" matches "^2222: arrest, inside, DOWN: red phone 7700 not there$"
n find surgery laboratory
ok "the red phone above is the next one, of which no test failed" says "! instead, red phone above: 7740  Surgery desk, "
n print --board --out -
ok "the board has it below the number" sh -c "grep -A 1 'if dead: .*7700' '$work/out' | grep -q '! not there when tested'"
ok "behind what was not tested so" sh -c "grep 'if dead:' '$work/out' | grep '70 68\|7705' | tail -1 | grep -q 7705"
walk '\n1\n\n3\n'
n find cardiac arrest
ok "one that works again has no mark" sh -c "grep -q '2222  DOWN: red phone 7700$' '$work/out' && ! grep -q 'not there' '$work/out'"
n find surgery laboratory
ok "where all of them failed the nearest is named, with what was found" matches "! instead, red phone above: 7731  Surgical ICU, .*not there, tested"
finish
