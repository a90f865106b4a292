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
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" coverage --cache "$scope"
ok "no directory is said" is "$rc" 69
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the directory is made" is "$rc" 0
run "$sync" coverage --cache "$scope"
ok "some hang: the exit code says it" is "$rc" 1
ok "on one line" one_line
ok "the PBX alone takes two" says "pbx-sab  PBX Saint-Aubin: entries that hang on it: 2"
ok "so does what it lives in" says "dc-nord  Data centre North: entries that hang on it: 2"
ok "the nearest comes first" says "SAB  Alone  pbx-sab,dc-nord"
ok "what is over is no second way" says "SAB  The other is over  pbx-sab,dc-nord"
ok "who has two is not listed" sh -c "! grep -q 'Two legs' '$work/out'"
ok "the sum says what is not recorded" says "4 entries can be called; 2 hang on a single failure domain, 1 others"
run "$sync" coverage --cache "$scope" --tsv
ok "lines with tabs have a head" is "$(head -1 "$work/out")" "$(printf 'site\tname\tunit\ttype\tnumbers\tdomains\tuuid')"
ok "and one line an entry" is "$(wc -l <"$work/out")" 3
run "$sync" coverage --cache "$scope" --json
ok "JSON has it all" perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
  exit(!($j->{hanging} == 2 && $j->{not_recorded} == 1 && $j->{can_be_called} == 4 && @{$j->{entries}} == 2
    && $j->{entries}[0]{domains}[0] eq "pbx-sab" && $j->{domains}[0]{entries} == 2))' "$work/out"
run "$sync" coverage --cache "$scope" --site RIV
ok "another site has none, and all is well" is "$rc" 0
run "$sync" coverage --cache "$scope" --site XXX
ok "no such site is a usage error" is "$rc" 64
run "$sync" coverage --cache "$scope" --json --tsv
ok "two forms at once are a usage error" is "$rc" 64
finish
