#!/bin/sh
# What a number without a kind of its own rings (of a rota, a temporary number, a spreadsheet): a cordless phone or
# a pager where its range says so, with what such sets ride on.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
{
  cat "$TOCSIN_TOP/tests/data/downtime.txt"
  cat <<X

plan | public | @p8
code | SAB2
country | FR
domain | pbx-b
name | Pavilion B
out | 0
range | 61000 | 61999 | kind=dect
range | 2400 | 2499 | kind=pager

domain | public | @d7
code | pbx-b
kind | pbx
name | PBX Pavilion B
site | SAB

domain | public | @d8
code | dect-sab
kind | network
name | DECT bases
site | SAB

domain | public | @d9
code | bip-sab
kind | network
name | Pager transmitter
site | SAB

rule | public | @u8
domains | dect-sab
kind | dect
site | SAB
order | 8

rule | public | @u9
domains | bip-sab
kind | pager
site | SAB
order | 9

entry | switchboard | @e80
type | service
name | Maternity theatre
site | SAB
c | 000 | @c80 | 61123 | kind=dect | plan=SAB2
c | 001 | @c81 | 61124 | kind=extension | plan=SAB2

entry | switchboard | @e81
type | role
name | Midwife on call
site | SAB

rota | public | @r8
made | $(($(date +%s) - 3600))
role | @e81
source | maternity
week | $(date -d "last monday" +%F)
shift | $(date -d "-1 day" +%FT00:00) | $(date -d "+1 day" +%FT00:00) | line=1 | text=B. Fictif | no=61200 | plan=SAB2
shift | $(date -d "-1 day" +%FT00:00) | $(date -d "+1 day" +%FT00:00) | line=2 | text=C. Fictif | no=2450 | plan=SAB2
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "a site with cordless phones and pagers" is "$rc" 0
t() { run "$tocsin" --scope "$scope" "$@" --site SAB; }
matches() { grep -q -- "$1" "$work/out" || { echo "# not said: $1"; false; }; }
json() {
  perl -MJSON::PP -e 'local $/; open my $f, "<", shift or die; my $j = JSON::PP->new->utf8->decode(<$f>);
    exit(eval(shift) ? 0 : 1)' "$work/out" "$1"
}
t who "midwife on call" --plan SAB2
ok "the number of a shift is a cordless phone by its range" matches "6 1200  *DECT"
ok "or a pager" matches "2450  *pager"
t incident declare dect-sab --direction inside,inbound --initials NE
ok "the bases fail" is "$rc" 0
t incident declare bip-sab --direction inside,inbound --initials NE
t who "midwife on call" --plan SAB2
ok "the cordless phone with them" matches "6 1200  *DECT, DOWN DECT bases"
ok "the pager with its transmitter" matches "2450  *pager, DOWN Pager transmitter"
t show 65000000-0000-0000-0000-000000000050 --plan SAB2
ok "what a spreadsheet calls an extension too" matches "6 1124  *extension, DOWN DECT bases"
t override "maternity theatre" 61150 --of 61123 --until 2h --initials NE --plan SAB2
ok "a temporary number" is "$rc" 0
t show 65000000-0000-0000-0000-000000000050 --plan SAB2
ok "is a cordless phone by its range" matches "6 1150  DECT, .*DOWN DECT bases"
t override "maternity theatre" 2451 --of 61124 --until 2h --initials NE --plan SAB2
t show 65000000-0000-0000-0000-000000000050 --plan SAB2
ok "or a pager" matches "2451  *pager, .*DOWN Pager transmitter"
finish
