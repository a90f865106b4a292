#!/bin/sh
# The real files, each by its shipped map: counts, and what a second import does.
. "$TOCSIN_TOP/tests/cli/lib.sh"
need_real_data

# check FILE MAP ROWS COUNTS...: dry run, real run, again
check() {
  file=$csv/$1 map=$maps/$2.map rows=$3
  shift 3
  name=$(basename "$file")
  cache=$work/$name.d
  run "$sync" import "$file" --map "$map" --origin real --cache "$cache" --dry-run
  ok "$name: the dry run succeeds" is "$rc" 0
  grep -v '^dry run' "$work/out" >"$work/dry"
  ok "$name: the dry run makes no directory" test ! -e "$cache/cache/current"
  run "$sync" import "$file" --map "$map" --origin real --cache "$cache"
  ok "$name: the import succeeds" is "$rc" 0
  grep -v '^revision' "$work/out" >"$work/real"
  ok "$name: it does what the dry run said" cmp -s "$work/dry" "$work/real"
  ok "$name: $rows rows" says "csv: $rows rows, 0 left out by filters, 0 refused"
  ok "$name: $rows entries are added" says "plan: $rows added, 0 changed, 0 removed, 0 unchanged"
  for part in "$@"; do
    ok "$name: $part" says "$part"
  done
  run "$sync" export --cache "$cache" --output "$work/one"
  run "$sync" status --cache "$cache" --json
  ok "$name: revision 1 holds them all" says "\"entries\": $rows,"
  run "$sync" import "$file" --map "$map" --origin real --cache "$cache"
  ok "$name: a second import changes nothing" \
    says "plan: 0 added, 0 changed, 0 removed, $rows unchanged"
  run "$sync" export --cache "$cache" --output "$work/two"
  ok "$name: no byte of it" cmp -s "$work/one" "$work/two"
  run "$sync" status --cache "$cache" --json
  ok "$name: nor the revision" says '"revision": 1,'
}

check fr/idf_hospitals.csv idf_hospitals 1223 "1131 direct-line, 802 fax" 
check fr/finess_cs1100502_15lines.csv finess_cs1100502 14
check nhs/Pharmacy_2019-04.csv nhs_organisations 11354 "11296 direct-line, 8 mobile, 5480 fax"
check nhs/Hospital_2018-02.csv nhs_organisations 1234
check us/ct_pharmacies.csv ct_pharmacies 609
check us/ny_health_facilities_2019.csv ny_health_facilities 3735
check eu/eurostat_FR_2020.csv eurostat_FR 5368
check us/hifld_hospitals.csv hifld_hospitals 8013 "7555 direct-line"
run "$sync" import "$csv/us/hifld_hospitals.csv" --map "$maps/hifld_hospitals.map" --origin again \
  --cache "$work/h" --dry-run
ok "hifld_hospitals.csv: NOT AVAILABLE is lint 458 times" \
  is "$(grep -c '^lint.*“NOT AVAILABLE” is no number' "$work/out")" 458
check fr/finess_2021_phone.csv finess_phone 95333
scope=$work/finess_2021_phone.csv.d
run "$TOCSIN_BUILD/tocsin" --scope "$scope" number 0476960327 --tsv
ok "finess_2021_phone.csv: all 129 owners of 0476960327 are listed" \
  is "$(grep -c '+33476960327' "$work/out")" 129
# the register writes COEUR; the ligature itself is looked for among fixtures
run "$TOCSIN_BUILD/tocsin" --scope "$scope" find 'sacré cœur' --tsv
ok "finess_2021_phone.csv: a ligature finds SACRE COEUR" says 'SACRE COEUR'
finish
