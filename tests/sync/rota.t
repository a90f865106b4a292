#!/bin/sh
# A rota into the source: what a cache of the same files holds, byte for byte; a second run changes nothing; what
# goes from the file goes from the source.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn editor)
as_boss dir -c "CREATE ROLE editor LOGIN"
run source init --source "$(conn owner)"
as_boss dir -c "GRANT tocsin_admin TO editor"
cat >"$tmp/people.map" <<'M'
[map]
country = FR
plan = SAB
new-sites = make
zone = Europe/Paris
[key]
columns = id
[fields]
name = {nom}
site = {site}
type = {type}
[contact tel]
number = {tel}
kind = extension
[contact mobile]
number = {mobile}
kind = mobile
M
printf '[map]\nrecord = plan\n[fields]\ncode = {code}\nname = {code}\ncountry = FR\n' >"$tmp/plan.map"
printf 'code\nSAB\n' >"$tmp/plan.csv"
cat >"$tmp/people.csv" <<'R'
id;nom;site;type;tel;mobile
1;Interne de garde;SAB;role;4100;
2;Exemple Noé;SAB;person;4300;0639981234
R
cat >"$tmp/rota.map" <<'M'
[map]
record = rota
country = FR
plan = SAB
[fields]
role = {role}
line = {ligne}
from = {de}
until = {a}
holder = {qui}
number = {tel}
at-home = {chez}
travel = {trajet}
M
head='role;ligne;de;a;qui;tel;chez;trajet'
cat >"$tmp/rota.csv" <<R
$head
Interne de garde;1;23/11/2026 18:30;08:30;Noé Exemple;06 39 98 12 34;;
Interne de garde;2;23/11/2026 18:30;08:30;Noé Exemple;4399;oui;20
Interne de garde;1;30/11/2026 18:30;08:30;Un "A" \\t B;06 39 98 12 99;;
R
touch -d '2026-11-20 18:02:00 UTC' "$tmp/rota.csv"
both() { # both FILE MAP ORIGIN: into the source and into a cache
  run import "$tmp/$1" --map "$tmp/$2" --origin "$3" --cache "$tmp/cache"
  run import "$tmp/$1" --map "$tmp/$2" --origin "$3" --source "$S"
}
agrees() {
  "$b/tests/sync/tool_records" "$tmp/cache" | sort >"$tmp/mine"
  sql "SELECT uuid || ' ' || audience || ' ' || encode(sha256(record), 'hex') FROM tocsin.feed WHERE live" | sort >"$tmp/theirs"
  is "$(cat "$tmp/theirs")" "$(cat "$tmp/mine")" "$1"
}
both plan.csv plan.map plans
both people.csv people.map people
both rota.csv rota.map tableau
has "$code $out" '^0 .*added     Interne de garde \[2026-W48\], 2 shifts' "two weeks are added"
agrees "the source holds what a cache of the same files holds"
is "$(sql "SELECT count(*) FROM tocsin.shift s JOIN tocsin.contact c ON c.uuid = s.contact")" 1 "the holder's own number is their contact point"
run import "$tmp/rota.csv" --map "$tmp/rota.map" --origin tableau --source "$S"
has "$code $out" 'nothing to change$' "twice changes nothing"
run source check --source "$(conn owner)"
is "$code" 0 "the feed is what the tables say"
cat >"$tmp/rota.csv" <<R
$head
Interne de garde;1;23/11/2026 18:30;08:30;Autre;0639981235;;
R
touch -d '2026-11-21 18:02:00 UTC' "$tmp/rota.csv"
both rota.csv rota.map tableau
agrees "a change too: the week that the file does not reach stays"
cat >"$tmp/rota.csv" <<R
$head
Interne de garde;1;30/11/2026 18:30;08:30;Autre;0639981235;;
Interne de garde;1;16/11/2026 18:30;08:30;Autre;0639981235;;
R
touch -d '2026-11-21 18:03:00 UTC' "$tmp/rota.csv"
run import "$tmp/rota.csv" --map "$tmp/rota.map" --origin tableau --source "$S" --allow-removals all
has "$code $out" 'removed   Interne de garde \[2026-W48\]' "a week that is gone between two goes"
is "$(sql "SELECT string_agg(week, ' ' ORDER BY week) FROM tocsin.rota")" "2026-W47 2026-W49" "from the tables"
as_boss dir -c "UPDATE tocsin.shift SET text = 'Une autre'" >/dev/null
run import "$tmp/rota.csv" --map "$tmp/rota.map" --origin tableau --source "$S" --dry-run
has "$code $out" 'not any more: .*Une autre' "what a person changed there is what the plan starts from"
done_testing
