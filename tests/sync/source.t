#!/bin/sh
# The source: installed, refused, filled by plain SQL, read back.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn owner)
newest=$(ls "$top"/sync/sql/*.sql | wc -l)

run source check --source "$S"
fails 69 'schema tocsin is not there: run tocsin-sync source init' "check says what to run where there is nothing"
run source upgrade --source "$S"
fails 65 'nothing to upgrade' "upgrade of nothing is refused"

run source init --source "$S"
is "$code $out" "0 schema $newest installed" "init installs, as an owner who is no superuser"
before=$(sql "SELECT generation, revision FROM tocsin.sync_head")
run source init --source "$S"
is "$code $out" "0 schema $newest was there already" "init done again is not a fault"
is "$(sql "SELECT generation, revision FROM tocsin.sync_head")" "$before" "and changes nothing"
run source upgrade --source "$S"
is "$code" 0 "upgrade of the newest does nothing"
is "$(as_boss dir -c "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'tocsin%'")" \
  "tocsin_admin tocsin_clinical tocsin_public tocsin_reader tocsin_restricted tocsin_switchboard tocsin_writer" "the roles are there"

as_boss postgres -c "CREATE DATABASE two OWNER owner"
run source init --source "host=$pg_sock port=$pg_port user=owner dbname=two"
is "$code" 0 "a second directory of one server finds the roles and uses them"

# newer, foreign, unfit
sql "INSERT INTO tocsin.migration VALUES (99, '0099_tomorrow')"
for verb in init upgrade check; do
  run source $verb --source "$S"
  fails 69 'schema 99 is newer than this program' "$verb refuses a newer schema"
done
sql "DELETE FROM tocsin.migration WHERE number = 99"
as_boss postgres -c "CREATE DATABASE latin OWNER owner ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
run source init --source "host=$pg_sock port=$pg_port user=owner dbname=latin"
fails 65 "encoding must be UTF8" "a database that is not UTF-8 is refused"
as_boss postgres -c "CREATE DATABASE foreign_one OWNER owner"
as_boss foreign_one -c "CREATE SCHEMA tocsin"
run source init --source "host=$pg_sock port=$pg_port user=owner dbname=foreign_one"
fails 65 'a schema tocsin that is not of this program' "a schema of somebody else is left alone"
as_boss postgres -c "CREATE ROLE weak LOGIN" -c "CREATE DATABASE weak OWNER weak"
run source init --source "host=$pg_sock port=$pg_port user=weak dbname=weak"
fails 77 'does not let this role do that' "an owner without CREATEROLE is told so"
is "$(as_boss weak -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'tocsin'")" 0 "and nothing is left behind"
run source init --source "host=$pg_sock port=$pg_port user=nobody_here dbname=dir"
fails 77 'does not let this role in' "a role that is not there is said"

# every golden record, byte for byte
psql -qXAt -v ON_ERROR_STOP=1 -h "$pg_sock" -p "$pg_port" -U owner dir -c BEGIN \
  -f "$top/tests/sync/golden.sql" -c ROLLBACK >"$tmp/golden" 2>"$tmp/err"
same=0
different=
while read -r name hex; do
  [ -n "$name" ] || continue
  if [ "$hex" = "$(od -An -v -tx1 "$top/tests/data/records/$name" | tr -d ' \n')" ]; then
    same=$((same + 1))
  else
    different="$different $name"
  fi
done <"$tmp/golden"
is "$same$different" 16 "the source writes every kind of golden record byte for byte"

# plain SQL reaches the feed
E=00000000-0000-0000-0001-000000000001
rev() { sql "SELECT revision FROM tocsin.sync_head"; }
rec() { sql "SELECT convert_from(record, 'UTF8') FROM tocsin.feed WHERE uuid = '$1' AND audience = '${2:-public}' AND live"; }
r0=$(rev)
sql "INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin')" \
  "INSERT INTO tocsin.entry (uuid, name, site) VALUES ('$E', 'Accueil', 'SAB')"
is "$(rev)" $((r0 + 2)) "each transaction that changes something is one revision"
sql "UPDATE tocsin.entry SET rank = rank" "UPDATE tocsin.entry SET name = 'x' WHERE name = 'nobody'"
is "$(rev)" $((r0 + 2)) "a transaction that changes nothing is none"
sql "BEGIN; INSERT INTO tocsin.contact (entry, number, kind) VALUES ('$E', '4410', 'extension');
     INSERT INTO tocsin.contact (entry, number, kind, audience) VALUES ('$E', '0639980003', 'mobile', 'switchboard');
     INSERT INTO tocsin.note (entry, text) VALUES ('$E', 'porte 3'); COMMIT"
is "$(rev)" $((r0 + 3)) "many statements of one transaction are one revision"
is "$(sql "SELECT count(DISTINCT change) FROM tocsin.feed WHERE uuid = '$E'")" 1 "all parts of an entry change in one"
has "$(rec $E)" '^held	switchboard	1$' "the public part counts what it withholds"
is "$(rec $E | grep -c 0639980003)" 0 "and does not hold it"
has "$(rec $E switchboard)" '0639980003' "the switchboard's part does"
sql "UPDATE tocsin.contact SET audience = NULL WHERE number = '0639980003'"
is "$(rev) $(sql "SELECT live, record IS NULL FROM tocsin.feed WHERE uuid = '$E' AND audience = 'switchboard'")" \
  "$((r0 + 4)) f|t" "a move between audiences is one revision, and leaves a tombstone without the record"
sql "UPDATE tocsin.site SET code = 'STA'"
has "$(rec $E)" '^site	STA$' "a site's new code reaches its entries"
is "$(rev)" $((r0 + 5)) "in one revision"
sql "BEGIN; UPDATE tocsin.entry SET floor = '1'; SET CONSTRAINTS ALL IMMEDIATE; UPDATE tocsin.entry SET floor = '2'; COMMIT"
is "$(rev) $(rec $E | grep floor)" "$((r0 + 6)) floor	2" "constraints made immediate in between: still one revision, and the last word"
sql "BEGIN; SAVEPOINT a; UPDATE tocsin.entry SET floor = '9'; ROLLBACK TO a; COMMIT"
is "$(rev)" $((r0 + 6)) "what a savepoint took back is no change"
sql "BEGIN; SAVEPOINT a; UPDATE tocsin.entry SET floor = '8'; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO a; UPDATE tocsin.entry SET floor = '3'; COMMIT"
is "$(rev) $(rec $E | grep floor)" "$((r0 + 7)) floor	3" "a savepoint takes back what was published within it, and its revision"
out=$(sql "TRUNCATE tocsin.note")
has "$out" 'use DELETE FROM tocsin.note' "TRUNCATE, which would pass by the feed, is refused"
sql "BEGIN; DELETE FROM tocsin.entry WHERE uuid = '$E'; COMMIT"
is "$(sql "SELECT count(*) FROM tocsin.feed WHERE uuid = '$E' AND live")" 0 "deleting an entry leaves tombstones"
out=$(sql "INSERT INTO tocsin.rule (uuid) SELECT uuid FROM tocsin.site")
has "$out" 'a UUID names two objects' "a UUID of one kind is not taken by another"
for bad in "site (code) VALUES ('')" "entry (name, rank) VALUES ('x', 1000)" "entry (name, site) VALUES ('x', 'NIX')" \
  "incident (domain, directions) VALUES ('nix', '{inside}')" "plan (code, audience) VALUES ('x', 'secret')" \
  "entry (uuid, name) VALUES ('00000000-0000-0000-0000-000000000000', 'x')" "entry (name, type) VALUES ('x', 'ward')" \
  "print (what, at) VALUES ('x', 'infinity')" "print (what, at) VALUES ('x', '1969-01-01')"; do
  out=$(sql "INSERT INTO tocsin.$bad")
  has "$out" 'violates' "the tables refuse: $bad"
done
# text of every kind: what the codec must escape, sort or leave alone
sql <<'SQL'
INSERT INTO tocsin.entry (name, unit, call_if, pinned, room)
  SELECT t, repeat(t, 3), t || E'\n' || t, ARRAY[t, 'name', ''], ''
    FROM unnest(ARRAY[E'tab\there', E'two\nlines', E'back\\slash', E'\\t is no tab', E'\u0001\u007f\u0085', U&'\202E bidi \2028', ' ', 'name=value',
                      U&'\+01F6D1\0301', E'c\r', repeat('long ', 20000), U&'\FFFF', 'Z', 'a', 'É']) t;
INSERT INTO tocsin.entry_alias SELECT e.uuid, a FROM tocsin.entry e, unnest(ARRAY['b', 'B', 'é', E'a\tb', 'a', 'a b', 'ab', '-']) a WHERE e.name = 'Z';
INSERT INTO tocsin.contact (entry, number, label, how, purposes, e164, raw, since)
  SELECT uuid, name, name, name, '{results,any,urgent,any}', '', '', '1970-01-01 00:00:01.9Z' FROM tocsin.entry WHERE length(name) < 100;
INSERT INTO tocsin.rule (position) VALUES (3);
SQL
out=$(sql "INSERT INTO tocsin.note (entry, text) SELECT uuid, repeat('x', 1100000) FROM tocsin.entry WHERE name = 'Z'")
has "$out" 'record_of_1_mib' "a record that no terminal could read is refused"
run source check --source "$S"
has "$out" "^schema $newest, revision [0-9]+, [0-9]+ records, all as the tables say\$" "check finds the feed as the tables say"

# check sees what went past the triggers
sql "INSERT INTO tocsin.print (what) VALUES ('board')"
as_boss dir -c "SET session_replication_role = replica" -c "UPDATE tocsin.print SET what = 'other'"
run source check --source "$S"
is "$code" 65 "check fails where the feed is not what the tables say"
has "$out" 'is not what the tables say' "and names the part"

# who may do what
as_boss dir -c "CREATE ROLE editor LOGIN" -c "GRANT tocsin_admin TO editor" -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward"
is "$(sql_as editor "INSERT INTO tocsin.entry (name) VALUES ('by an editor')" "SELECT count(*) FROM tocsin.entry WHERE name = 'by an editor'")" 1 \
  "an administrator edits the tables"
has "$(sql_as editor "UPDATE tocsin.feed SET live = false")" 'permission denied' "and not the feed"
for what in "SELECT * FROM tocsin.feed" "SELECT * FROM tocsin.entry" "SELECT tocsin.approve(1)" "SELECT * FROM tocsin.revision" \
  "INSERT INTO tocsin.entry (name) VALUES ('x')" "SELECT tocsin.parts('entry', '$E')" "SET ROLE tocsin_reader"; do
  has "$(sql_as ward "$what")" 'permission denied' "a terminal may not: $what"
done
is "$(sql_as ward "SELECT count(*) > 1 FROM tocsin.pull_all(1)")" t "a terminal may pull"
sql "INSERT INTO tocsin.entry (name, audience) VALUES ('apart', 'restricted'), ('desk', 'switchboard')"
as_boss dir -c "GRANT tocsin_reader TO ward" # as if the functions' own condition had a hole
is "$(sql_as ward "SELECT string_agg(DISTINCT audience, ' ') FROM tocsin.feed")" public "row security is a second wall"
as_boss dir -c "REVOKE tocsin_reader FROM ward" -c "ALTER TABLE tocsin.feed DISABLE ROW LEVEL SECURITY" # as if that had one
is "$(sql_as ward "SELECT DISTINCT split_part(convert_from(r, 'UTF8'), E'\t', 3) FROM tocsin.tree_records(
    '$(sql "SELECT array_agg(uuid) FROM tocsin.feed WHERE live")'::uuid[],
    '$(sql "SELECT array_agg(tocsin.audience_number(audience)) FROM tocsin.feed WHERE live")'::int[]) AS r")" public "and what is asked for by its UUID has a first one"
done_testing
