#!/bin/sh
# What one switchboard tried is shown at the other while it is worth something, once, and then it is
# gone from every file; what a ward tried stays on the ward.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
tocsin=$b/tocsin
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" -c "CREATE ROLE night LOGIN" -c "CREATE ROLE chief LOGIN" \
  -c "GRANT tocsin_public, tocsin_clinical TO ward" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk, night" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted TO chief"
sql <<'SQL'
INSERT INTO tocsin.plan (code, country, outside_prefix) VALUES ('SAB', 'FR', '0');
INSERT INTO tocsin.site (code, name, plan, country) VALUES ('SAB', 'Saint-Aubin', 'SAB', 'FR');
INSERT INTO tocsin.entry (uuid, name, site, floor)
  SELECT ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB', '2'
    FROM generate_series(1, 9) i;
INSERT INTO tocsin.contact (uuid, entry, number, kind, plan)
  SELECT ('63000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid,
         ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, '773' || i, 'extension', 'SAB'
    FROM generate_series(1, 9) i;
INSERT INTO tocsin.contact (uuid, entry, position, number, kind, audience, masked) VALUES
  ('63000000-0000-0000-0001-000000000001', '65000000-0000-0000-0000-000000000001', 1, '0639980011', 'mobile', 'restricted', false),
  ('63000000-0000-0000-0001-000000000002', '65000000-0000-0000-0000-000000000002', 1, '0639980012', 'mobile', 'switchboard', true);
SQL
at() { # terminal, command ...: tocsin there
  who=$1
  shift
  "$tocsin" --scope "$tmp/$who" "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
pull() { for w in "$@"; do run pull --source "$(conn "$w")" --cache "$tmp/$w"; done; }
e() { printf '65000000-0000-0000-0000-%012d' "$1"; }
tries() { # terminal, entry: what is said there of tries
  at "$1" show "$(e "$2")"
  printf '%s\n' "$out" | sed -n 's/^ *tried [^ ]* *[^ ]* \(no\|busy\|wrong\|answered\)/\1/p'
}
revision() { sql "SELECT revision FROM tocsin.sync_head"; }
pull ward desk night chief

at desk attempt "$(e 1)" no-answer --initials XYZ
is "$code" 0 "a switchboard notes a call"
is "$(tries desk 1)" "no answer: 7731, XYZ, not confirmed" "and sees it at once"
before=$(revision)
pull desk
is "$(revision)" $((before + 1)) "sent, it is one revision"
pull night ward
is "$(tries night 1)" "no answer: 7731, XYZ" "the other switchboard shows the same"
is "$(tries desk 1)" "no answer: 7731, XYZ" "where it was written it stands there once"
is "$(tries ward 1)" "" "a ward shows nothing of it"
is "$(cache_records "$tmp/ward")" "$(source_records public clinical)" "and holds nothing of it"
is "$(cache_records "$tmp/night")" "$(source_records public clinical switchboard)" "each holds what the source grants it"
at night find service 1 --site SAB --json
has "$out" '"attempts"' "in a list too"
at night log
has "$out" 'nothing was written here' "the log tells what was written at this machine"
has "$("$sync" export --cache "$tmp/night")" 'p	result=no-answer' "the record says how it ended"
is "$("$sync" export --cache "$tmp/night" | grep -c '^account')" 0 "and not of which account"
for i in 1 2; do
  rm -f "$tmp/desk/acts"
  pull desk night
done
is "$(revision) $(tries desk 1) $(tries night 1)" "$((before + 1)) no answer: 7731, XYZ no answer: 7731, XYZ" "a journal that is pushed again changes nothing"

at ward attempt "$(e 2)" busy --initials WRD
pull ward night
is "$(revision)" $((before + 1)) "what a ward tried makes no revision"
is "$(tries ward 2) / $(tries night 2)" "busy: 7732, WRD / " "and stays on the ward"

# both tried the same one
at night attempt "$(e 1)" busy --initials NGT
pull night desk
is "$(tries desk 1 | sort | xargs) / $(tries night 1 | sort | xargs)" "busy: 7731, NGT no answer: 7731, XYZ / busy: 7731, NGT no answer: 7731, XYZ" "both switchboards show both"

# what not every switchboard may know
at chief attempt "$(e 1)" answered --of 0639980011 --initials CHF
pull chief night
is "$(tries night 1 | grep -c CHF)$(grep -rlc 0639980011 "$tmp/night/cache" | wc -l)" 00 "a try of a restricted number is for those who hold it"
pull chief
is "$(tries chief 1 | grep CHF)" "answered: 0639980011, CHF" "who shows it"
at desk attempt "$(e 2)" no-answer --of 0639980012 --initials MSK
hex=$(sql "SELECT encode(convert_to(replace(replace(convert_from(record, 'UTF8'), E'initials\tXYZ', E'initials\tHOS'), tocsin.short(uuid), tocsin.short(gen_random_uuid()))
  || E'p\tzz=1\n', 'UTF8'), 'hex') FROM tocsin.act WHERE initials = 'XYZ'")
sql "UPDATE tocsin.contact SET masked = true WHERE number = '7731'" >/dev/null
has "$(sql_as desk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^applied' "a terminal that sends a masked number all the same"
is "$(sql "SELECT count(*) FROM tocsin.attempt WHERE array_to_string(lines, ' ') LIKE '%HOS%' AND array_to_string(lines, ' ') NOT LIKE '%7731%'")" 1 "has it taken out"
sql "UPDATE tocsin.contact SET masked = false WHERE number = '7731'" "DELETE FROM tocsin.attempt WHERE array_to_string(lines, ' ') LIKE '%HOS%'"
pull desk night
is "$(tries night 2)" "no answer, MSK" "a try of a masked number says none"

# of an exercise: shown in it alone
hex=$(sql "SELECT encode(convert_to(replace(replace(convert_from(record, 'UTF8'), E'initials\tXYZ', E'initials\tPLY'), tocsin.short(uuid), tocsin.short(gen_random_uuid()))
  || '', 'UTF8'), 'hex') FROM tocsin.act WHERE initials = 'XYZ'")
hex=$(printf '%s' "$hex" | sed 's/0a7009726573756c74/0a700965786572636973653d41414141414141414141414141414141414141415a510a7009726573756c74/')
has "$(sql_as desk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^applied' "a try of an exercise is taken"
pull night
has "$("$sync" export --cache "$tmp/night")" '^initials	PLY' "the others hold it"
is "$(tries night 1 | grep -c PLY) $("$sync" status --cache "$tmp/night" | grep unreadable)" "0 unreadable  0" "and show nothing of it where none is played"
sql "DELETE FROM tocsin.attempt WHERE array_to_string(lines, ' ') LIKE '%PLY%'"

# taken back where it was written; the entry moves, or goes
act=$(sql "SELECT uuid FROM tocsin.attempt WHERE array_to_string(lines, ' ') LIKE '%MSK%'")
at desk withdraw "$(e 2)" "$act"
pull desk night
is "$(tries desk 2) / $(tries night 2)" " / " "what is taken back is gone at both"
at desk attempt "$(e 7)" busy --initials WDR
pull desk night chief
act=$(sql "SELECT uuid FROM tocsin.attempt WHERE array_to_string(lines, ' ') LIKE '%WDR%'")
at night withdraw "$(e 7)" "$act"
is "$code $(tries night 7)" "0 " "a switchboard takes back what another one tried"
pull night desk chief
is "$(tries desk 7) / $(tries night 7) / $(tries chief 7)" " /  / " "it is gone at all of them, and where it was written"
at desk log
has "$out" 'WDR .*busy' "the log of that desk has it still"
at desk attempt "$(e 3)" busy --initials MOV
at desk attempt "$(e 4)" busy --initials DEL
pull desk night chief
is "$(tries night 3) $(tries night 4)" "busy: 7733, MOV busy: 7734, DEL" "two more"
sql "UPDATE tocsin.entry SET audience = 'restricted' WHERE uuid = '$(e 3)'" "DELETE FROM tocsin.entry WHERE uuid = '$(e 4)'"
pull night chief
is "$(tries chief 3) $(grep -rlE 'MOV|DEL' "$tmp/night/cache" | wc -l)" "busy: 7733, MOV 0" "a try goes where its entry goes"
is "$(cache_records "$tmp/night")" "$(source_records public clinical switchboard)" "nothing is left of it elsewhere"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"

# -- the source is cut, and back
pg_stop
at desk attempt "$(e 5)" wrong-person --initials CUT
pull desk
is "$code" 69 "the source is away"
pull night
is "$(tries desk 5) / $(tries night 5) / $(tries night 1 | grep -c .)" "wrong person: 7735, CUT, not confirmed /  / 2" "each shows what it knows"
pg_up
pull desk night
is "$(tries desk 5) / $(tries night 5)" "wrong person: 7735, CUT / wrong person: 7735, CUT" "then both the same"

# -- a source that is lost is made again with what is shown
pull chief
"$sync" export --cache "$tmp/chief" >"$tmp/chief.records"
as_boss postgres -c "CREATE DATABASE again OWNER owner"
A="host=$pg_sock port=$pg_port user=owner dbname=again"
run source init --source "$A"
run import --format records --source "$A" "$tmp/chief.records"
has "$code $out" '^0 .*gives each of them back' "a terminal that holds tries gives them back too"

# -- the shift is over
age() { sql "UPDATE tocsin.attempt SET until = now() - interval '$1'"; }
beat() { sql_as desk "SELECT tocsin.heartbeat(gen_random_uuid(), 1, 'x', 0)"; }
before=$(revision)
n_tries=$(sql "SELECT count(*) FROM tocsin.attempt")
age '30 minutes'
beat
is "$(revision) $(sql "SELECT count(*) FROM tocsin.attempt")" "$before $n_tries" "what is over is kept for an hour"
age '61 minutes'
beat
is "$(revision) $(sql "SELECT count(*) FROM tocsin.attempt")" "$((before + 1)) 0" "then a heartbeat of anybody takes all of it out, in one revision"
is "$(sql "SELECT count(*) FROM tocsin.feed WHERE kind = 'act' AND (live OR record IS NOT NULL)")" 0 "the feed holds nothing of it"
left() { find "$tmp/$1/cache" -type f -exec grep -lE 'XYZ|NGT|CUT|no-answer' {} +; }
has "$(left night)" directory.db "before the pull the cache has it"
pull night
pull desk
is "$(left night)$(left desk)" "" "after it no file of the cache has a byte of it"
is "$(tries night 1)" "busy: 7731, NGT" "and what was written here alone is shown, from here"
is "$(cache_records "$tmp/night")" "$(source_records public clinical switchboard)" "the cache is the source's"

# -- a generation of before is no hiding place
at desk attempt "$(e 6)" busy --initials LTE
pull desk night
run rebuild --cache "$tmp/night"
holds() { find "$tmp/night/cache" -name 'directory.db*' -exec grep -l LTE {} + | wc -l; }
is "$(holds)" 2 "a generation of before keeps what is still shown"
sql "UPDATE tocsin.attempt SET lines = array_replace(lines, (SELECT l FROM unnest(lines) l WHERE l LIKE E'at\\t%'), E'at\\t' || extract(epoch FROM now() - interval '9 hours')::bigint)"
pull night
run rebuild --cache "$tmp/night"
is "$(holds)" 1 "and goes once it holds what is over"
age '61 minutes'
beat
pull night
is "$(holds)" 0 "so that nothing is left of it"
# a tick of a cascade is such a try: the other switchboard has it in the same run
sql "INSERT INTO tocsin.call_group (uuid, name, site, type, audience) VALUES ('67000000-0000-0000-0000-000000000001', 'Cascade', 'SAB', 'cascade', 'clinical')" \
  "INSERT INTO tocsin.member (call_group, position, entry) SELECT '67000000-0000-0000-0000-000000000001', i, ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid FROM generate_series(8, 9) i"
hex=$(sql "SELECT encode(convert_to(replace(replace(replace(replace(replace(convert_from(record, 'UTF8'), tocsin.short(uuid), tocsin.short('64000000-0000-0000-0000-000000000001')),
  tocsin.short('$(e 1)'), tocsin.short('$(e 8)')), tocsin.short('63000000-0000-0000-0000-000000000001'), tocsin.short('63000000-0000-0000-0000-000000000008')),
  E'p\tnumber=', E'p\tgroup=' || tocsin.short('67000000-0000-0000-0000-000000000001') || E'\np\tnumber='),
  E'p\tresult=no-answer', E'p\tresult=answered\np\trun=' || extract(epoch FROM date_trunc('second', now() - interval '10 minutes'))::bigint), 'UTF8'), 'hex')
  FROM tocsin.act WHERE kind = 'attempt' AND terminal = 'desk' AND subject = '$(e 1)' ORDER BY received LIMIT 1")
has "$(sql_as desk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^applied' "a tick is taken"
pull night ward
at night cascade --json cascade
has "$out" '"reached": 1' "the other switchboard has the tick, in its run"
at ward cascade cascade
has "$out" '2 to call, not begun' "a ward has not"
done_testing
