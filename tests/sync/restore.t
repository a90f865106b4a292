#!/bin/sh
# A source made from records: what tocsin-sync export wrote, of a directory without a server or of a
# terminal whose source is lost, comes back byte for byte.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE top LOGIN" -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted TO top"
"$b/tocsin-sample" --entries 5000 >"$tmp/sample"
run import --format records --cache "$tmp/own" "$tmp/sample"
"$sync" export --cache "$tmp/own" >"$tmp/own.records"

# what is no directory leaves nothing
head -c 100000 "$tmp/sample" >"$tmp/cut"
run import --format records --source "$S" "$tmp/cut"
fails 65 'cut.*the file is cut off' "a stream that is cut off is refused"
: >"$tmp/nothing"
run import --format records --source "$S" "$tmp/nothing"
fails 65 'there is no record in it' "so is an empty one"
printf 'tocsin1\tthing\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\nname\tX\n' >"$tmp/thing"
{
  wc -c <"$tmp/thing"
  cat "$tmp/thing"
} >"$tmp/newer"
run import --format records --source "$S" "$tmp/newer"
fails 69 'newer:1.*a kind of record that this version does not know' "a kind that is not known is named, and not lost in silence"
printf 'tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\nname\tX\nsite\tNOWHERE\n' >"$tmp/thing"
{
  wc -c <"$tmp/thing"
  cat "$tmp/thing"
} >"$tmp/nowhere"
run import --format records --source "$S" "$tmp/nowhere"
fails 65 'it names what is not there' "so is a site that is not there"
printf 'tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\nfrom-tomorrow\ty\nname\tX\n' >"$tmp/thing"
{
  wc -c <"$tmp/thing"
  cat "$tmp/thing"
} >"$tmp/tomorrow"
run import --format records --source "$S" "$tmp/tomorrow"
fails 65 'cannot hold as they are.*entry 00000000-0000-0000-0000-000000000001' "a fact that the tables have no room for is not dropped"
run import --format records --source "$S" --dry-run "$tmp/sample"
has "$code $out" '^0 .*gives each of them back' "a dry run does it all"
is "$(sql "SELECT count(*) FROM tocsin.entry" "SELECT revision FROM tocsin.sync_head" | xargs)" "0 0" "and leaves nothing"

run import --format records --source "$S" "$tmp/sample"
has "$code $out" '^0 .* 9928 records, and the source gives each of them back' "a directory without a server moves to one"
run pull --source "$(conn top)" --cache "$tmp/top"
"$sync" export --cache "$tmp/top" >"$tmp/top.records"
cmp -s "$tmp/own.records" "$tmp/top.records"
ok $? "a terminal that holds all of it holds the same bytes"
run import --format records --source "$S" "$tmp/sample"
is "$code $(grep -c . "$tmp/out") $(tail -n 1 "$tmp/out")" "0 3 nothing to change" "once more, it changes nothing"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"

# what the sample has not: what people and terminals wrote; then the source is lost
sql <<'SQL'
INSERT INTO tocsin.incident (domain, directions, since, until, ended, reason, by, declared)
  SELECT code, '{inbound,inside}', '2026-10-24 11:14Z', '2026-10-25 11:14Z', NULL, E'dark:\ta "tab", a \\ and\na line', 'NE', true
    FROM tocsin.domain ORDER BY code LIMIT 1;
INSERT INTO tocsin.incident (domain, directions, ended, declared) SELECT code, '{outbound}', now(), false FROM tocsin.domain ORDER BY code LIMIT 1 OFFSET 1;
WITH x AS (INSERT INTO tocsin.exercise (name, since, until, by) VALUES ('Exercice blanc', now(), now() + '4 h', 'MB') RETURNING uuid),
     d AS (INSERT INTO tocsin.exercise_domain SELECT x.uuid, (SELECT min(code) FROM tocsin.domain) FROM x)
  INSERT INTO tocsin.exercise_terminal SELECT uuid, 'desk-1' FROM x;
WITH r AS (INSERT INTO tocsin.round (audience, name, type, every, call_group)
             SELECT audience, 'Ronde', 'red phones', 2592000, uuid FROM tocsin.call_group ORDER BY uuid LIMIT 1 RETURNING uuid)
  INSERT INTO tocsin.round_result (round, contact, at, result, by)
    SELECT r.uuid, c.uuid, now(), 'ok', 'JD' FROM r, (SELECT uuid FROM tocsin.contact ORDER BY uuid LIMIT 3) AS c;
INSERT INTO tocsin.print (what, place, by, until, revision) VALUES ('board SAB', 'poste 2', 'NE', now() + '7 d', 12);
INSERT INTO tocsin.override (entry, contact, number, e164, kind, until, by, reason, audience)
  SELECT entry, uuid, '06 39 98 00 01', '+33639980001', 'mobile', now() + '2 h', 'NE', 'switched', 'switchboard' FROM tocsin.contact ORDER BY uuid LIMIT 1;
INSERT INTO tocsin.note (entry, text, by, audience) SELECT uuid, E'line one\nline two', 'NE', 'restricted' FROM tocsin.entry ORDER BY uuid LIMIT 1;
INSERT INTO tocsin.absence (entry, at, by, since, until, covered_by, text)
  SELECT min(uuid::text)::uuid, now(), 'DM', now(), now() + '3 d', max(uuid::text)::uuid, 'leave' FROM tocsin.entry WHERE audience = 'public';
INSERT INTO tocsin.former_number (entry, audience, number, e164, until, now)
  SELECT uuid, 'clinical', '4 0001', '+33199000001', '2026-05-03', '4 4410' FROM tocsin.entry ORDER BY uuid LIMIT 1;
INSERT INTO tocsin.origin (system, key, entry) SELECT 'PABX', '12;\t3', uuid FROM tocsin.entry ORDER BY uuid LIMIT 1;
UPDATE tocsin.entry SET room = 'C-12', pinned = '{room,unit}' WHERE uuid = (SELECT uuid FROM tocsin.entry ORDER BY uuid LIMIT 1);
UPDATE tocsin.contact SET pinned = true WHERE uuid = (SELECT uuid FROM tocsin.contact ORDER BY uuid LIMIT 1);
SQL
for who in top ward; do run pull --source "$(conn $who)" --cache "$tmp/$who"; done
is "$code" 0 "terminals have followed it"
for who in top ward; do "$sync" export --cache "$tmp/$who" >"$tmp/$who.records"; done
as_boss postgres -c "DROP DATABASE dir" -c "CREATE DATABASE dir OWNER owner"
run source init --source "$S"
run import --format records --source "$S" "$tmp/top.records"
has "$code $out" '^0 .*gives each of them back' "a source that is lost is made again from a terminal"
run pull --source "$(conn top)" --cache "$tmp/again"
"$sync" export --cache "$tmp/again" >"$tmp/again.records"
cmp -s "$tmp/top.records" "$tmp/again.records"
ok $? "every record of every kind comes back byte for byte"
run pull --source "$(conn ward)" --cache "$tmp/ward"
has "$code $out" '^0 .*source restored' "the terminals are told that it is another one"
is "$(cache_records "$tmp/ward")" "$(source_records public)" "and hold what it holds"

# from a terminal that is granted less: what it held, and no more
as_boss postgres -c "DROP DATABASE dir" -c "CREATE DATABASE dir OWNER owner"
run source init --source "$S"
run import --format records --source "$S" "$tmp/ward.records"
has "$code $out" '^0 .*gives each of them back' "a public terminal gives back the public part"
is "$(sql "SELECT string_agg(DISTINCT audience, ' ') FROM tocsin.feed WHERE live")" public "and no more"
done_testing
