#!/bin/sh
# A column of telephones as spreadsheets have it: what a number is, is told by the number.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/data/downtime.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "a house with a numbering plan" is "$rc" 0
cat >"$work/map" <<'M'
[map]
country = FR
plan = SAB
[key]
columns = service
[fields]
type = service
name = {service}
site = SAB
[contact phone]
number = {tel}
kind = extension
plan = SAB
[contact line]
number = {direct}
kind = direct-line
[contact fax]
number = {fax}
kind = fax
M
cat >"$work/list.csv" <<'C'
service;tel;direct;fax
Kinds A;4520/4521;;
Kinds B;01 99 00 45 22;;
Kinds C;06 39 98 12 00;;06 39 98 12 01
Kinds D;01 99 00 75 50;07 00 00 12 34;
Kinds E;(0)4525;;
Kinds F;DECT 4526;;
Kinds G;0696 12 34 56;+44 7640 123456;
C
run "$sync" import "$work/list.csv" --map "$work/map" --origin list --cache "$scope"
ok "the list is imported" is "$rc" 0
ok "what was read without its brackets is said" says "“(0)4525”: without its (0), read as 4525"
ok "the plan counts them as what they are" says "3 extension, 1 ddi, 2 direct-line, 1 dect, 3 mobile, 1 fax"
# kinds LETTER KIND:NUMBER...: the contact points of that entry
kinds() {
  run "$tocsin" --scope "$scope" find "kinds $1" --site SAB --json
  is "$(perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>);
    print join " ", sort map { "$_->{kind}:$_->{number}" } @{$j->{rows}[0]{channels}}' <"$work/out")" "$2"
}
ok "extensions" kinds A "extension:4520 extension:4521"
ok "a public number of the plan is its DDI" kinds B "ddi:0199004522"
ok "a mobile is a mobile, a fax a fax" kinds C "fax:0639981201 mobile:0639981200"
ok "another public number is a direct line, a mobile is none" kinds D "direct-line:0199007550 mobile:0700001234"
ok "the public line's prefix is no digit of an extension" kinds E "extension:4525"
ok "what a cell says of itself stands" kinds F "dect:4526"
ok "mobiles overseas; a pager abroad is none" kinds G "direct-line:07640123456 mobile:0696123456"
run "$sync" import "$work/list.csv" --map "$work/map" --origin list --cache "$scope"
ok "a second import changes nothing" says "nothing to change"
run "$tocsin" --scope "$scope" find kinds c --site SAB --json
ok "a mobile is DOWN with its carrier" says '"incident_domain": "carrier-a"'
finish
