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
finish
