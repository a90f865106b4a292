#!/bin/sh
# A real file in the source, changed by SQL and by import; three terminals with different grants follow, and
# after each change every cache is compared with the source record by record.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
real=${TOCSIN_REAL_DATA:-}/csv/nhs/Pharmacy_2019-04.csv
if [ ! -f "$real" ]; then
  echo "1..0 # SKIP TOCSIN_REAL_DATA names no folder with csv/nhs/Pharmacy_2019-04.csv"
  exit 0
fi
pg_need
pg_start
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE nurse LOGIN" -c "CREATE ROLE desk LOGIN" -c "GRANT tocsin_public TO ward" \
  -c "GRANT tocsin_public, tocsin_clinical TO nurse" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk"
imp() { run import "$1" --map "$top/dist/maps/nhs_organisations.map" --origin nhs --source "$S" --allow-removals all; }
all_agree() { # what they followed
  for who in ward:public nurse:public:clinical desk:public:clinical:switchboard; do
    name=${who%%:*}
    run pull --source "$(conn "$name")" --cache "$tmp/$name"
    [ "$code" = 0 ] || ok 1 "$name pulls: $1"
    cache_records "$tmp/$name" >"$tmp/mine"
    # shellcheck disable=SC2046
    source_records $(echo "${who#*:}" | tr : ' ') >"$tmp/theirs"
    cmp -s "$tmp/mine" "$tmp/theirs"
    ok $? "$1: $name holds the source's $(wc -l <"$tmp/theirs") records, each of them"
  done
}
imp "$real"
has "$code $out" 'revision [0-9]+ is published' "the file is imported into the source"
all_agree "the import"
imp "$real"
is "$(echo "$out" | tail -n 1)" 'nothing to change' "a second import changes nothing"
sql "UPDATE tocsin.contact SET audience = 'clinical' WHERE uuid::text < '4'" \
  "UPDATE tocsin.contact SET audience = 'switchboard' WHERE uuid::text > 'e'" "UPDATE tocsin.entry SET audience = 'clinical' WHERE uuid::text LIKE '7%'"
all_agree "a third moved between audiences"
sql "DELETE FROM tocsin.entry WHERE uuid::text LIKE 'a1%'" "UPDATE tocsin.entry SET name = upper(name), room = '2' WHERE uuid::text LIKE 'b2%'" \
  "INSERT INTO tocsin.note (entry, audience, text) SELECT uuid, 'clinical', 'fermé' FROM tocsin.entry WHERE uuid::text LIKE 'c3%'" \
  "UPDATE tocsin.contact SET number = '01999' || right(number, 3), e164 = NULL WHERE uuid::text LIKE 'd4%'"
all_agree "changes and deletions by SQL"
sql "CREATE TABLE moved AS SELECT uuid FROM tocsin.contact WHERE audience = 'switchboard'"
sed -e '100,160d' -e '200,300s/Pharmacy/Chemist/g' "$real" >"$tmp/next.csv"
imp "$tmp/next.csv"
has "$out" 'was set by a person' "the next import leaves what was changed by SQL and says so"
is "$(sql "SELECT count(*) FROM moved JOIN tocsin.contact AS c USING (uuid) WHERE c.audience IS DISTINCT FROM 'switchboard'")" 0 \
  "and what was taken from the public is not given back"
all_agree "the next import"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"
done_testing
