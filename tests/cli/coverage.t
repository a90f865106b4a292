#!/bin/sh
# coverage: who hangs on a single failure domain, on a directory where each entry is one case.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
{
  cat <<'X'
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
plan | SAB
zone | Europe/Paris

site | public | @s2
code | RIV
country | FR
name | Rivemont
zone | Europe/Paris

plan | public | @p1
code | SAB
country | FR
domain | pbx-sab
name | Saint-Aubin
out | 0

domain | public | @d1
code | pbx-sab
kind | pbx
name | PBX Saint-Aubin
needs | dc-nord
site | SAB

domain | public | @d2
code | dc-nord
kind | data-centre
name | Data centre North

domain | public | @d3
code | bip
kind | paging
name | Pagers

entry | public | @e1
c | 000 | @c1 | 4001 | kind=extension | plan=SAB
name | Alone
site | SAB
type | service
unit | Pole A

entry | public | @e2
c | 000 | @c2 | 4002 | kind=extension | plan=SAB
c | 001 | @c3 | 0199005240 | dom=bip | e=+33199005240 | kind=direct-line
name | Two legs
site | SAB
type | service

entry | public | @e3
c | 000 | @c4 | 4003 | kind=extension | plan=SAB
c | 001 | @c5 | 0199005241 | e=+33199005241 | kind=direct-line
name | One leg not recorded
site | SAB
type | service

entry | public | @e4
c | 000 | @c6 | 4004 | dom=bip | kind=extension | plan=SAB | until=1000000000
c | 001 | @c7 | 4005 | kind=extension | plan=SAB
name | The other is over
site | SAB
type | person

entry | public | @e5
name | No number
site | SAB
type | room

entry | public | @e6
c | 000 | @c8 | 4006 | kind=extension | plan=SAB
name | Night surgeon
site | SAB
type | role

entry | public | @e7
c | 000 | @c9 | 0639981234 | dom=carrier | e=+33639981234 | kind=mobile
name | Fictif Anne
site | SAB
type | person

entry | public | @e8
c | 000 | @c10 | 4008 | kind=extension | plan=SAB
next | 001 | to=@e6 | wait=120
name | Night intern
site | SAB
type | role

domain | public | @d4
code | carrier
kind | carrier
name | Carrier A

domain | public | @d5
code | ring-a
kind | other
name | Ring A
needs | ring-b

domain | public | @d6
code | ring-b
kind | other
name | Ring B
needs | ring-a

rota | public | @r1
made | 1795280520
role | @e6
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | line=1 | text=A. Fictif | who=@e7

rota | public | @r2
made | 1795280520
role | @e8
source | interns
week | [WEEK]
shift | [FROM] | [UNTIL] | line=1 | text=B. Fictif
shift | [FROM] | [UNTIL] | line=1 | text=C. Fictif
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" coverage --cache "$scope"
ok "no directory is said" is "$rc" 69
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the directory is made" is "$rc" 0
at() { TZ=Europe/Paris run "$sync" coverage --cache "$scope" "$@"; }
at
ok "some hang: the exit code says it" is "$rc" 1
ok "on one line" one_line
ok "the PBX alone takes three" says "pbx-sab  PBX Saint-Aubin: entries that hang on it: 3"
ok "so does what it lives in" says "dc-nord  Data centre North: entries that hang on it: 3"
ok "the nearest comes first" says "SAB  Alone  pbx-sab,dc-nord"
ok "what is over is no second way" says "SAB  The other is over  pbx-sab,dc-nord"
ok "who has two is not listed" sh -c "! grep -q 'Two legs' '$work/out'"
ok "a role is also reached through who holds it, on another carrier" sh -c "! grep -q 'Night surgeon' '$work/out'"
ok "one that nobody holds with a number of his own is not" says "SAB  Night intern  pbx-sab,dc-nord"
ok "a person hangs on the carrier" says "SAB  Fictif Anne  carrier"
ok "the sum says what is not recorded" says "7 entries can be called; 4 hang on a single failure domain, 1 others"
run "$sync" coverage --cache "$scope" --tsv
ok "lines with tabs have a head" is "$(head -1 "$work/out")" "$(printf 'site\tname\tunit\ttype\tnumbers\tdomains\tuuid')"
ok "and one line an entry" is "$(wc -l <"$work/out")" 5
run "$sync" coverage --cache "$scope" --json
ok "JSON has it all" perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
  exit(!($j->{hanging} == 4 && $j->{not_recorded} == 1 && $j->{can_be_called} == 7 && @{$j->{entries}} == 4
    && $j->{entries}[0]{domains}[0] eq "pbx-sab" && (grep { $_->{domain} eq "pbx-sab" && $_->{entries} == 3 } @{$j->{domains}})))' "$work/out"
run "$sync" coverage --cache "$scope" --site RIV
ok "another site has none, and all is well" is "$rc" 0
run "$sync" coverage --cache "$scope" --site XXX
ok "no such site is a usage error" is "$rc" 64
cat >"$work/typo.txt" <<'X'
entry | public | @e30
c | 000 | @c30 | 4630 | kind=extension | plan=SAB | dom=pbx-sba
c | 001 | @c31 | 4631 | kind=extension | plan=SAB | dom=pbx-sba,pbx-sab
name | Typo ward
site | SAB
type | service

entry | public | @e31
c | 000 | @c32 | 4632 | kind=extension | plan=SAB | dom=pbx-sba
name | Typo lab
site | SAB
type | service

rule | public | @u30
domains | iridum
kind | satellite
order | 9
X
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/typo.txt" >"$work/typo.stream"
unknown='there is no failure domain “pbx-sba”, and whether what rides on it can be reached is not known: entries that name it: 2; rules, plans and domains: 0'
mkdir "$work/typo" && cp -r "$scope/." "$work/typo/"
run "$sync" import "$work/typo.stream" --format records --cache "$work/typo"
ok "an import says which failure domain is none, and how many ride on it" says "$unknown"
ok "and refuses nothing" says "is published"
ok "what is held is no such" sh -c "! grep -q '“pbx-sab”' '$work/out'"
run "$sync" check --cache "$work/typo"
ok "so does a check" says "$unknown"
ok "of a rule too" says "“iridum”, and whether what rides on it can be reached is not known: entries that name it: 0; rules, plans and domains: 1"
run "$sync" coverage --cache "$work/typo"
ok "and coverage" says "$unknown"
run "$sync" coverage --cache "$work/typo" --json
ok "in JSON too" says '"domain": "pbx-sba",'
run "$tocsin" find "typo lab" --cache "$work/typo" --site SAB --json
ok "it is not said to be without a fault" sh -c "grep -q '\"doubt\": \"rides-on\"' '$work/out'"
run "$sync" coverage --cache "$scope" --json --tsv
ok "two forms at once are a usage error" is "$rc" 64

# The same entries, asked the other way: what one domain takes, and whom to call then.
t() { TZ=Europe/Paris run "$tocsin" "$@" --cache "$scope" --site SAB; }
t incident what-if pbx-sab
ok "what-if counts as coverage does" says "of 7 entries, numbers left: none 3, one 4, two 0, more 0"
ok "and names whom to call, through who holds the next role" says \
  "on call and cut off: SAB Night intern: B. Fictif; next: Night surgeon 06 39 98 12 34 on a mobile"
t incident what-if pbx-sab --json
ok "in JSON too" perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
  exit(!($j->{command} eq "incident what-if" && $j->{domain} eq "pbx-sab" && "@{$j->{domains}}" eq "pbx-sab"
    && $j->{entries} == 7 && "@{$j->{left}}" eq "3 4 0 0" && @{$j->{none_left}} == 3 && $j->{none_left_more} == 0
    && @{$j->{on_call_lost}} == 1 && $j->{on_call_lost}[0]{next} eq "Night surgeon 06 39 98 12 34 on a mobile"))' "$work/out"
t incident what-if moon
ok "of no domain of this directory nothing is counted" complains 'there is no failure domain "moon"'
t who "night surgeon"
ok "the role keeps its number while all is well" says "4006              extension, no fault known"
ok "and the holder's own number behind it, which no column cuts" says "0 06 39 98 12 34  mobile"
t who "night intern"
ok "two holders of one line are said" says "two are listed for one line"
t incident report pbx-sab --reason "no tone" --initials xy
ok "the exchange is reported" is "$rc" 0
t find "night surgeon"
ok "a role is found on its own number while that is only reported" says "4006  extension, reported DOWN"
finish
