#!/bin/sh
# Whoever is named as whom to call, next, instead, for another, in a cascade or on a scenario card: what a
# row of theirs says before the number is said there too, and who is not there stands behind who is.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
t() { run "$tocsin" --scope "$scope" --site SAB "$@"; }
matches() { grep -q -- "$1" "$work/out" || { echo "# no such line: $1"; false; }; }
no_line() { ! grep -q -- "$1" "$work/out" || { echo "# such a line: $1"; false; }; }
json() {
  perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
    exit(eval(shift) ? 0 : 1)' "$work/out" "$1"
}
now=$(date +%s)
TZ=Europe/Paris
export TZ
# Hours that are over, whatever time it is.
closed=$(date -d "@$((now - 7200))" +%a | tr A-Z a-z | cut -c1-2)\ 00:00-00:01
{
  cat <<X
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
plan | SAB
swb | @e1
swbno | 9
zone | Europe/Paris

plan | public | @p1
code | SAB
country | FR
domain | pbx-sab
name | Saint-Aubin
out | 0
range | 4000 | 4999 | ddi=+33199004000

domain | public | @d1
code | pbx-sab
kind | pbx
name | PBX Saint-Aubin
site | SAB

domain | public | @d2
code | carrier-a
kind | carrier
name | Mobile carrier A

domain | public | @d3
code | copper
kind | carrier
name | Copper lines

rule | public | @u1
domains | carrier-a
kind | mobile
order | 1

incident | public | @i1
by | network
declared
dirs | inside,inbound,outbound
domain | copper
reason | works
since | $((now - 7200))

entry | public | @e1
type | service
name | Switchboard
site | SAB
c | 000 | @c1 | 9 | kind=extension | plan=SAB
c | 001 | @c2 | 0199003600 | kind=direct-line | e=+33199003600

entry | public | @e2
type | service
name | Burns unit
site | SAB
c | 000 | @c3 | 4560 | kind=extension | plan=SAB

entry | public | @e3
type | person
name | A. Fictif
site | SAB
away | at=$((now - 3600)) | by=dm | from=$((now - 7200)) | until=$((now + 86400)) | to=@e2
c | 000 | @c4 | 0639981234 | kind=mobile | e=+33639981234

entry | public | @e4
type | service
name | Night supervisor
site | SAB
not-if | it is about beds: call the bed manager
away | at=$((now - 3600)) | by=dm | from=$((now - 7200)) | until=$((now + 90000)) | to=@e2
c | 000 | @c5 | 4503 | kind=extension | plan=SAB

entry | public | @e5
type | person
name | B. Fictif
site | SAB
away | at=$((now - 3600)) | by=dm | from=$((now - 7200)) | until=$((now + 86400)) | to=@e4
c | 000 | @c6 | 0639981235 | kind=mobile | e=+33639981235

entry | public | @e6
type | role
name | Quiet role
site | SAB
next | 001 | to=@e3 | wait=60

rota | public | @r6
made | $((now - 3600))
role | @e6
source | internes
week | [WEEK]
shift | [FROM] | [PAST] | line=1 | text=F. Trois
shift | [SOON] | [UNTIL] | line=1 | text=G. Quatre

entry | public | @e7
type | service
name | Quiet ward
site | SAB
next | 001 | to=@e3 | wait=60
next | 002 | to=@e8 | wait=120
next | 003 | to=@e9 | wait=60
next | 004 | to=@e13 | wait=30
c | 000 | @c7 | 0199007607 | kind=direct-line | e=+33199007607 | dom=copper

entry | public | @e8
type | role
name | Intern on call
site | SAB
not-if | the patient is a child: call paediatrics
next | 001 | to=@e6 | wait=60
c | 000 | @c8 | 4600 | kind=extension | plan=SAB | h=$closed

rota | public | @r8
made | $((now - 3600))
role | @e8
source | internes
week | [WEEK]
shift | [FROM] | [PAST] | line=1 | text=F. Trois
shift | [SOON] | [UNTIL] | line=1 | text=G. Quatre

entry | public | @e9
type | role
name | Registrar on call
site | SAB
next | 001 | to=@e8 | wait=60

rota | public | @r9
made | $((now - 3600))
role | @e9
source | internes
week | [WEEK]
shift | [FROM] | [PAST] | line=1 | text=F. Trois
shift | [SOON] | [UNTIL] | line=1 | text=G. Quatre

entry | public | @e13
type | person
name | H. Expire
site | SAB
c | 000 | @c13 | 4620 | kind=extension | plan=SAB | until=$((now - 86400))
c | 001 | @c14 | 4621 | kind=extension | plan=SAB | from=$((now + 86400))

entry | public | @e14
type | service
name | Regional laboratory
c | 000 | @c15 | 0199007615 | kind=direct-line | e=+33199007615 | dom=copper

site | public | @s2
code | RIV
country | FR
name | Rivemont
zone | Europe/Paris

entry | public | @e15
type | service
name | City desk
site | RIV
next | 001 | to=@e16 | wait=60
c | 000 | @c16 | 0199007613 | kind=direct-line | e=+33199007613 | dom=copper

entry | public | @e16
type | service
name | City office
site | RIV
c | 000 | @c17 | 0199007614 | kind=direct-line | e=+33199007614

entry | public | @e10
type | role
name | Vascular senior
site | SAB
next | 001 | to=@e3 | wait=60

entry | public | @e11
type | person
name | Carla Modele
site | SAB
c | 000 | @c11 | 0199007611 | kind=direct-line | e=+33199007611 | dom=copper

rota | public | @r10
made | $((now - 3600))
role | @e10
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | line=1 | text=C. Modele | who=@e11

entry | public | @e12
type | role
name | Hand surgeon
site | SAB
c | 000 | @c12 | 4605 | kind=extension | plan=SAB

rota | public | @r12
made | $((now - 3600))
role | @e12
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | line=1 | text=C. Modele | who=@e11 | c=@c99

group | public | @g1
name | Test cascade
site | SAB
type | cascade
m | 001 | to=@e4
m | 002 | to=@e8
m | 003 | to=@e5

scenario | public | @o1
domain | pbx-sab
name | PBX card
step | 001 | Call the engineer | to=@e3
step | 002 | Tell the registrar | to=@e9
X
} >"$work/text"
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/text" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the directory of the test is made" is "$rc" 0
uuid() { perl -MJSON::PP -e 'local $/; print JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out"; }
card() { t find "$@" --json; id=$(uuid); t show "$id"; }
away='ABSENT until .*, covered by Burns unit  4560'

t find quiet role
ok "where nobody is listed who is there is called before who is absent" matches "NOBODY LISTED .*: call switchboard 9$"
card quiet ward
ok "a step of a chain says who is absent and who covers, before the number" matches "1 min: A\\. Fictif ($away)  0 06 39 98 12 34"
ok "of a role that nobody is listed, and when not to call" matches "2 min: Intern on call (NOBODY LISTED .*; do NOT call if the patient is a child: call paediatrics)  4600 closed now"
ok "of a role without a number too" matches "1 min: Registrar on call (NOBODY LISTED .*)$"
t find registrar
ok "a closed number is not called before one that answers" matches "NOBODY LISTED .*: call switchboard 9$"
t find intern
ok "nor are the role's own numbers named where they are closed" no_line "the role's own numbers"
t find b. fictif
ok "who covers and is absent too is so before the number" matches "absent until .*: covered by Night supervisor (ABSENT until .*, covered by Burns unit; do NOT call if it is about beds.*)  4503"
t cascade "test cascade"
ok "a cascade says so before the number" matches "^  ! B\\. Fictif (ABSENT until .*, covered by Night supervisor (ABSENT until .*)  4503)  0 06 39 98 12 35, mobile"
ok "and when not to call" matches "^  ! Night supervisor (ABSENT .*; do NOT call if it is about beds.*)  4503, extension"
t cascade "test cascade" --json
ok "in JSON too" json '(grep { $_->{name} eq "B. Fictif" && $_->{warning} =~ /^ABSENT until .*covered by Night supervisor/ } @{$j->{rows}}) == 1'
t incident show pbx-sab
ok "a scenario card says so" matches "1\\. Call the engineer  A\\. Fictif ($away)  0 06 39 98 12 34"
t incident show pbx-sab --json
ok "in JSON too" json '$j->{steps}[0]{whom} =~ /^A\. Fictif \(ABSENT until .*, covered by Burns unit  4560\)  0 06/'
t find quiet ward
ok "whoever is absent is not the first to be called instead" matches "! instead, switchboard: 9  Switchboard, "
t find quiet ward --json
ok "but behind who is there, as absent" json '$j->{rows}[0]{instead}[1]{name} eq "A. Fictif" && $j->{rows}[0]{instead}[1]{warning} =~ /^ABSENT/ && $j->{rows}[0]{instead}[1]{text} =~ /^A\. Fictif \(ABSENT/'
t find regional laboratory
ok "where an entry has no switchboard of its own one's own is the last" says "! instead, switchboard of SAB: 9  Switchboard, no fault known"
t find city desk
ok "of another site after those of its chain" says "! instead: 0 01 99 00 76 14  City office, "
flat() { tr -s ' \n' ' ' <"$work/out" >"$work/flat" && mv "$work/flat" "$work/out"; }
t find quiet ward --json
t print --card "$(uuid)" --out -
flat
ok "a sheet says of a step who is absent" matches "1 min: A\. Fictif (absent: from .* until .*, covered by Burns unit .*) 0 06 39 98 12 34 no answer 2 min"
ok "that nobody is listed, and when not to call" matches "2 min: Intern on call (NOBODY LISTED when printed; do not call if: the patient is a child: call paediatrics) 4600"
ok "of a role without a number too" matches "1 min: Registrar on call (NOBODY LISTED when printed)"
ok "and what is not yet valid" matches "30 s: H\. Expire 4621 ! not yet valid; only from "
t print --scenario pbx-sab --out -
ok "so does a scenario" matches "^   ! NOBODY LISTED when printed"
t oncall
ok "who is on call says whom to call where nobody is listed" matches "^! SAB  Registrar on call: NOBODY LISTED .*: call switchboard 9$"
ok "and whom no number reaches, and whom to call instead" matches "^! SAB  Vascular senior: CUT OFF: Carla Modele, until .*, on site.*; instead: Switchboard 9$"
t oncall --json
ok "in JSON too" json '(grep { $_->{role} eq "Vascular senior" && $_->{holders}[0]{cut_off} && $_->{text} =~ /^CUT OFF: Carla Modele/ } @{$j->{rows}}) == 1 && (grep { $_->{role} eq "Registrar on call" && $_->{fault} =~ /: call switchboard 9$/ } @{$j->{rows}}) == 1'
t print --oncall --out -
tr -s ' \n' ' ' <"$work/out" >"$work/flat" && mv "$work/flat" "$work/out"
ok "on paper too" matches "! Registrar on call -; NOBODY LISTED [^;]*: call switchboard 9 "
ok "with whom to call instead, once" matches "! Vascular senior 0 01 99 00 76 11 DOWN direct line; instead: Switchboard 9; CUT OFF: Carla Modele, until [^;]*$"
t find hand surgeon
ok "a shift whose number is not held here says so, and whom to ask" matches "^    ! Carla Modele: their number is not held here: switchboard 9$"
t oncall
ok "so does who is on call" matches "^! SAB  Hand surgeon: Carla Modele: their number is not held here: switchboard 9"
t oncall --chase
ok "it is to be chased" matches "Hand surgeon: Carla Modele, .*: their number is not held here$"

# All of the exchange is lost.
{
  cat "$work/text"
  printf '\nincident | public | @i2\nby | network\ndeclared\ndomain | pbx-sab\nsince | %d\n' $((now - 600))
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
scope=$work/lost
run "$sync" import "$work/stream" --format records --cache "$scope"
t print --scenario pbx-sab --out -
flat
ok "a sheet names what is left of the switchboard, and the set that it is called from" matches "In doubt: the switchboard of Saint-Aubin, 9 ! DOWN when printed: PBX Saint-Aubin; direct line 01 99 00 36 00 ! when printed only from a mobile"
finish
