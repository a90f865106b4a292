#!/bin/sh
# The calendars that are shipped: read whole, with the days of 2027 as published, and used for hours.
. "$TOCSIN_TOP/tests/cli/lib.sh"
scope=$work/scope
XDG_CONFIG_HOME=$work/config
export XDG_CONFIG_HOME
unset TOCSIN_CONFIG LANGUAGE COLUMNS 2>/dev/null || true
perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream" <<'X'
site | public | @s1
code | LDN
country | GB
name | London
region | england-and-wales
zone | Europe/London

site | public | @s2
code | EDI
country | GB
name | Edinburgh
region | scotland
zone | Europe/London

entry | public | @e1
c | 000 | @c1 | 02079460018 | e=+442079460018 | h=mo-fr 08:00-18:00; ph off | kind=direct-line
name | Pharmacy South
site | LDN
type | service

entry | public | @e2
c | 000 | @c2 | 01314960018 | e=+441314960018 | h=mo-fr 08:00-18:00; ph off | kind=direct-line
name | Pharmacy North
site | EDI
type | service
X
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "a directory is there" is "$rc" 0
n_files=0
for f in "$TOCSIN_TOP"/dist/calendars/*.records; do
  run "$sync" import "$f" --format records --cache "$scope"
  ok "${f##*/} is taken" is "$rc" 0
  n_files=$((n_files + 1))
done
ok "there are five" is "$n_files" 5
run "$sync" status --cache "$scope" --json
ok "every record can be read" says '"unreadable": 0'
"$sync" export --cache "$scope" >"$work/all"
# days CODE: those of 2027 in the calendar, MM-DD joined by blanks
days() { perl -0777 -ne 'for (split /(?=tocsin1\t)/) { next unless /^code\t'"$1"'$/m; print join(" ", /^day\t2027-(\d\d-\d\d)/mg) }' "$work/all"; }
same() { is "$(days "$1")" "$2"; }
ok "Belgium, 2027" same BE "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25"
ok "Luxembourg, 2027" same LU "01-01 03-29 05-01 05-06 05-09 05-17 06-23 08-15 11-01 12-25 12-26"
ok "Switzerland, 2027: what every canton has" same CH "01-01 05-06 08-01 12-25"
ok "England and Wales, 2027" same GB-england-and-wales "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"
ok "Scotland, 2027" same GB-scotland "01-01 01-02 01-04 03-26 05-03 05-31 08-02 11-30 12-25 12-26 12-27 12-28"
ok "Northern Ireland, 2027" same GB-northern-ireland "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-25 12-26 12-27 12-28"
ok "United States, 2027, with what is observed" same US "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"
at() { run "$TOCSIN_BUILD/tocsin" --scope "$scope" --site "$1" find pharmacy --mine --at "$2"; }
at LDN "2027-08-30 10:00"
ok "a holiday closes" says "closed now"
at EDI "2027-08-30 10:00"
ok "not where it is none" sh -c "! grep -q 'closed now' '$work/out'"
at EDI "2027-08-02 10:00"
ok "which has its own" says "closed now"

# A region of which nobody knows the holidays: said when it comes, and where the hours are read.
put() { # country region zone
  perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/odd" <<X
site | public | @s3
code | STG
country | $1
name | Elsewhere
region | $2
zone | $3

entry | public | @e3
c | 000 | @c3 | 0199005231 | e=+33199005231 | h=mo-sa 08:00-18:00; ph off | kind=direct-line
name | Pharmacy East
site | STG
type | service
X
  run "$sync" import "$work/odd" --format records --cache "$scope"
}
put FR AM Europe/Paris
ok "a region of France that nobody knows is imported" is "$rc" 0
ok "and said, with the record" says "odd:1: site STG: no public holidays of a region “AM” are known, and hours with ph are not told there on days that may be one: write one of metropole, alsace-moselle"
run "$sync" check --cache "$scope"
ok "so it is when the directory is checked" says "site STG: no public holidays of a region “AM” are known"
at STG "2026-12-26 10:00"
ok "on a day that is one in some region such hours are not told" says "hours?"
east() { run "$TOCSIN_BUILD/tocsin" --scope "$scope" --site STG find pharmacy east --at "2026-12-26 10:00" --json --lang "$1"; }
east en
ok "the sentence says why" says "hours not told: the public holidays of “AM” are not known here"
ok "and a word" says '"hours_state": "no-holidays"'
east fr
ok "in French too" says "horaires non évalués : les jours fériés de « AM » ne sont pas connus ici"
at STG "2026-12-24 10:00"
ok "on another day they are" sh -c "! grep -q 'hours?' '$work/out'"
put GB wales Europe/London
ok "elsewhere a region is known where a calendar is of it" says "odd:1: site STG: no calendar is of a region “wales” of “GB”, and hours with ph are not told there: import one, or write the region as its calendar does"
at STG "2027-03-17 10:00"
ok "what is one in another region is not told" says "hours?"
put GB scotland Europe/London
ok "a calendar that is held counts" sh -c "! grep -q 'no calendar' '$work/out'"
run "$sync" check --cache "$scope"
ok "and there is nothing to say" sh -c "! grep -q 'site STG' '$work/out'"
put FR metropole Europe/Pari
ok "a time zone that is none is said likewise" says "odd:1: site STG: the time zone “Europe/Pari” is not known on this machine, and neither hours nor rotas are told there: write a name as Europe/Paris"
cat >"$work/map" <<'M'
[map]
record = site
[fields]
code = {code}
name = {nom}
region = {region}
country = {pays}
M
printf 'code;nom;region;pays\nCDF;Cardiff;wales;GB\nEDB;Leith;scotland;GB\nAMX;Metz;AM;FR\n' >"$work/sites.csv"
run "$sync" import "$work/sites.csv" --map "$work/map" --origin s --cache "$scope" --dry-run
ok "in a table by row and column" says "sites.csv:2:3: site CDF: no calendar is of a region “wales” of “GB”"
ok "both kinds" says "sites.csv:4:3: site AMX: no public holidays of a region “AM” are known"
ok "and no other" says "; 2 lint"
finish
