#!/bin/sh
# Times are of the site one stands at, whatever zone the computer is set to, unless TZ says another.
. "$TOCSIN_TOP/tests/cli/lib.sh"
private_scope
awk '/^code \| /{riv = $3 == "RIV"} riv && /^zone \|/{$0 = "zone | America/Guadeloupe"} {print}' \
  "$TOCSIN_TOP/tests/cli/data/directory.txt" | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "a group with a site overseas" is "$rc" 0
day=$(date -u -d '+10 days' +%F)
uuid=65000000-0000-0000-0000-000000000003
# noted ZONE|- SITE: a note written there, until 08:30 of that day; the journal holds it alone
noted() {
  rm -rf "$scope/journal"/*
  zone=-uTZ
  [ "$1" = - ] || zone=TZ=$1
  run env "$zone" "$tocsin" --scope "$scope" --site "$2" note "$uuid" "essai" --until "$day 08:30" --initials XY
  run env "$zone" "$tocsin" --scope "$scope" --site "$2" acts --json
}
ends() { says "\"until\": \"$(TZ=$1 date -d "$day 08:30" +%s)\""; }
noted - RIV
ok "a time is read in the zone of the site" ends America/Guadeloupe
ok "which is not that of the next" is "$(ends Europe/Paris >"$work/ignored" && echo same)" ""
run env -u TZ "$tocsin" --scope "$scope" --site RIV log
ok "and shown in it" says "08:30"
run env -u TZ "$tocsin" --scope "$scope" --site SAB log
ok "from another site as the clock there has it" says "$(TZ=Europe/Paris date -d "@$(TZ=America/Guadeloupe date -d "$day 08:30" +%s)" +%H:%M)"
noted - SAB
ok "so at that site" ends Europe/Paris
noted Asia/Tokyo RIV
ok "a zone of the environment was meant" ends Asia/Tokyo
# A time that is looked at is read and shown by one clock.
at() { run env "$1" "$tocsin" --scope "$scope" --site RIV find icu --at "$day 08:30" "$2"; }
at TZ=Asia/Tokyo --json
ok "another time is read in it too" says "\"now\": $(TZ=Asia/Tokyo date -d "$day 08:30" +%s)"
at TZ=Asia/Tokyo --lang=en
ok "and shown in it" sh -c "head -n 1 '$work/out' | grep -q 'NOT NOW: as at .*08:30$'"
at -uTZ --json
ok "else in that of the site" says "\"now\": $(TZ=America/Guadeloupe date -d "$day 08:30" +%s)"
at -uTZ --lang=en
ok "in which it is shown" sh -c "head -n 1 '$work/out' | grep -q 'NOT NOW: as at .*08:30$'"
finish
