#!/bin/sh
# Incidents as acts: reported at a ward, declared by a switchboard, merged, ended, extended; and where
# two disagree, down wins and both are said.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
tocsin=$b/tocsin
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" -c "CREATE ROLE night LOGIN" -c "CREATE ROLE head LOGIN" \
  -c "ALTER DATABASE dir SET timezone = 'Asia/Tokyo'" -c "GRANT tocsin_public, tocsin_clinical TO ward" -c "GRANT tocsin_admin TO head" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk, night"
sql <<'SQL'
INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin');
INSERT INTO tocsin.domain (code, name, kind, site) VALUES ('pbx-sab', 'PBX Saint-Aubin', 'pbx', 'SAB'), ('mail', 'Mail', 'mail', NULL);
INSERT INTO tocsin.entry (name, site) VALUES ('Urgences', 'SAB');
SQL
for who in ward desk night; do "$sync" pull --source "$(conn $who)" --cache "$tmp/$who" >/dev/null 2>&1; done
at() { # terminal, command ...
  who=$1
  shift
  "$tocsin" --scope "$tmp/$who" incident "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
pull() { for who; do run pull --source "$(conn "$who")" --cache "$tmp/$who"; done; }
rows() { sql "SELECT domain || ' ' || (SELECT string_agg(w, '+' ORDER BY w) FROM unnest(directions::text[]) AS w) || CASE WHEN declared THEN ' declared' ELSE ' reported' END || CASE WHEN ended IS NULL THEN '' ELSE ' ended' END FROM tocsin.incident ORDER BY 1"; }

at ward list
has "$code $out" '^1 no incident is known' "nothing is down"
at ward report pbx-sab --direction inside,inbound --reason "no tone" --initials NE
has "$code $out" '^0 PBX Saint-Aubin: reported: pbx-sab inside[+]inbound until' "a ward reports, without any network"
at ward list
has "$out" '^pbx-sab  PBX Saint-Aubin: reported, not declared, inside, inbound since .*no tone  NE  \(not confirmed\)' "and sees it at once, not confirmed"
at ward declare pbx-sab
has "$code $err" '^65 .*report it' "a ward does not declare"
at ward report pbx-nowhere
has "$code $err" '^64 .*there are mail, pbx-sab' "a domain that is none is told, with those there are"
at ward report pbx-sab --direction up
has "$code $err" '^64 .*inside, inbound and outbound' "so is a direction"
pull ward
is "$(rows)" "pbx-sab inbound+inside reported" "it travels"
at ward list
has "$out" 'reported, not declared.*no tone  NE  [0-9a-f]' "the ward still sees what it reported"
pull desk
at desk list
has "$out" 'reported, not declared.*no tone  NE' "the switchboard sees it"
run suggestions --source "$(conn head)"
has "$out" 'incident-report .*no tone' "and a person at the source"

# -- two declare the same without knowing of each other
at desk declare pbx-sab --direction inside --reason "PBX dark" --initials MB
at desk list
has "$out" 'pbx-sab  PBX Saint-Aubin: DOWN, inside since .*PBX dark  MB  \(not confirmed\)' "declared without any network: it is DOWN there"
at night declare pbx-sab --direction inbound --reason "called the technician" --until 20h
pull desk night
is "$(rows)" "pbx-sab inbound+inside declared" "the two are one incident, with the directions of both, and the report is heard"
has "$(sql "SELECT reason FROM tocsin.incident")" 'PBX dark; .*called the technician' "and both reasons are said"
pull ward desk
at ward list
has "$out" '^pbx-sab  PBX Saint-Aubin: DOWN, inside, inbound since .*PBX dark' "every terminal has it"
is "$(printf '%s\n' "$out" | grep -c pbx-sab)" 1 "once"
at ward end pbx-sab
pull ward
is "$(rows)" "pbx-sab inbound+inside declared" "a ward does not end what others declared"
pull ward
at ward list
has "$out" DOWN "and sees that it has not"

# -- ended and extended without knowing of each other
pull night
at desk extend pbx-sab --until 30h --initials MB
at night end pbx-sab --initials JD
pull desk night
is "$(rows)" "pbx-sab inbound+inside declared" "extended by one, ended by another: down wins"
has "$(sql "SELECT reason FROM tocsin.incident")" 'JD .*UTC: ended, but it was extended' "and both are said"
is "$(sql "SELECT count(*) FROM tocsin.act a, tocsin.incident i WHERE a.kind = 'incident-end' AND a.outcome = 'refused' AND a.initials = 'JD'
             AND i.reason LIKE '%JD ' || to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC: ended%'")" 1 "in UTC, as it says, wherever the server stands"
pull night
at night list
has "$out" 'DOWN.*ended, but it was extended' "at every terminal"
at night end pbx-sab --initials JD
at night list
has "$code $out" '^1 no incident' "who has heard of it ends it, at once"
pull night
is "$(rows)" "pbx-sab inbound+inside declared ended" "for all"
at desk correct pbx-sab --direction outbound --initials MB
pull desk
is "$(rows)" "pbx-sab outbound declared" "one who had not heard that it has ended says it is still down: down wins again"
has "$(sql "SELECT reason FROM tocsin.incident")" 'MB .*UTC: still down' "and that is said"
pull desk
at desk end pbx-sab
pull desk
at desk extend pbx-sab --until 3h
has "$code $err" '^1 .*no incident of pbx-sab' "what is known to have ended is not extended, but declared anew"

# -- a report is accepted at the source, or ended where it was made
at ward report mail --reason "no mail since ten"
pull ward
id=$(sql "SELECT uuid FROM tocsin.incident WHERE domain = 'mail'")
run suggestions accept "$id" --source "$(conn head)"
is "$code $(sql "SELECT declared FROM tocsin.incident WHERE domain = 'mail'")" "0 t" "a person declares what was reported"
at ward report pbx-sab
pull ward
at ward end pbx-sab
pull ward
is "$(sql "SELECT ended IS NOT NULL FROM tocsin.incident WHERE domain = 'pbx-sab' AND NOT declared")" t "a ward ends what it reported itself"
for i in 1 2; do
  rm -f "$tmp/ward/acts" "$tmp/desk/acts"
  before=$(rows)
  pull ward desk
  is "$(rows)" "$before" "journals that are pushed again change nothing ($i)"
done
# -- a ward that writes its own records: what it names beside gives it nothing that is another's
at desk declare pbx-sab --reason "dark again" --initials MB
pull desk
desks=$(sql "SELECT tocsin.short(uuid) FROM tocsin.incident WHERE domain = 'pbx-sab' AND declared AND ended IS NULL")
own=$(sql "SELECT tocsin.short(uuid) FROM tocsin.act WHERE kind = 'incident-report' AND terminal = 'ward' LIMIT 1")
sql "SELECT convert_from(record, 'UTF8') FROM tocsin.act WHERE kind = 'incident-end' AND terminal = 'ward' LIMIT 1" | sed '/^$/d' >"$tmp/end"
sql "SELECT convert_from(record, 'UTF8') FROM tocsin.act WHERE kind = 'incident-report' AND terminal = 'ward' AND payload ->> 'domain' = 'mail'" | sed '/^$/d' >"$tmp/report"
forged() { # record, UUID of the act, sed script: what the source answers the ward
  { sed "1s/[^	]*\$/$2/; $3" "$1"; } >"$tmp/forged"
  sql_as ward "SELECT * FROM tocsin.push_acts(1, ARRAY[convert_to(\$x\$$(cat "$tmp/forged")
\$x\$, 'UTF8')])"
}
is "$(forged "$tmp/end" "BAAAAAAAAAAAAAAAAAAAAA" "s/incident=.*/incident=$desks/")" "refused	another terminal wrote it" "a ward does not end what a switchboard declared"
is "$(forged "$tmp/end" "CAAAAAAAAAAAAAAAAAAAAA" "s/^p	incident=.*/p	act=$own\\np	incident=$desks/")" "refused	another terminal wrote it" "nor by naming an act of its own beside it"
sql "DELETE FROM tocsin.act WHERE uuid = tocsin.uuid_of('$desks')" # a source made anew from records has no acts
is "$(forged "$tmp/report" "$desks" "")" "refused	another incident has this UUID" "nor by a report that has its UUID"
sql "DELETE FROM tocsin.act WHERE uuid = tocsin.uuid_of('$desks')"
is "$(forged "$tmp/report" "$desks" "s/domain=mail/domain=pbx-sab/")" "applied	" "one of the same is what is there"
is "$(rows | grep -c 'pbx-sab inbound+inside+outbound declared$')" 1 "and the incident is as it was declared"
# -- a failure domain that a terminal may not see is not there
sql "INSERT INTO tocsin.domain (code, name, kind, audience) VALUES ('vault', 'Vault', 'power', 'restricted')"
gone=$(forged "$tmp/report" "DAAAAAAAAAAAAAAAAAAAAA" "s/domain=mail/domain=nowhere/")
has "$gone" '^aside.the failure domain is gone' "one that is not there is set aside"
is "$(forged "$tmp/report" "EAAAAAAAAAAAAAAAAAAAAA" "s/domain=mail/domain=vault/")" "$gone" "one that the terminal may not see gets the very same answer"
is "$(rows | grep -c vault)" 0 "and is not down"
as_boss dir -c "CREATE ROLE vault LOGIN" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted TO vault"
sql_as vault "SELECT * FROM tocsin.push_acts(1, ARRAY[convert_to(\$x\$$(sed '1s/[^	]*$/FAAAAAAAAAAAAAAAAAAAAA/; s/domain=mail/domain=vault/' "$tmp/report")
\$x\$, 'UTF8')])" >/dev/null
is "$(sql "SELECT audience || ' ' || declared FROM tocsin.incident WHERE domain = 'vault'")" "restricted false" "reported by whoever may see it, it is told to no more than may"
secret=$(sql "SELECT tocsin.short(uuid) FROM tocsin.incident WHERE domain = 'vault'")
has "$(forged "$tmp/end" "GAAAAAAAAAAAAAAAAAAAAA" "s/incident=.*/incident=$secret/")" '^aside.the failure domain is gone' "nor does another end it"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"
done_testing
