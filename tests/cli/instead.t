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

rota | public | @r64
made | $((now - 3600))
role | @e64
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | c=@c65 | line=1 | text=A. Anne | who=@e65

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
finish
