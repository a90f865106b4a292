#!/bin/sh
# A source that lies: whatever it sends, the cache is one revision that the source was at, never an
# older one, what is said is one line, and an honest answer is taken the next time.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
pg_ward
sql "INSERT INTO tocsin.site (code) VALUES ('SAB')" "INSERT INTO tocsin.entry (uuid, name, site, audience)
  SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB', CASE i % 3 WHEN 0 THEN 'clinical' ELSE 'public' END
    FROM generate_series(1, 90) i"
run pull --source "$W" --cache "$tmp/base"
sql "UPDATE tocsin.entry SET room = 'a' WHERE name LIKE 'Service 1%'" "DELETE FROM tocsin.entry WHERE name = 'Service 5'"
before=$(cache_records "$tmp/base")
after=$(source_records public clinical)

# what is sent stands in a table: at first what an honest source would send
as_boss dir -c "CREATE TABLE tocsin.sent (n bigint PRIMARY KEY, row bytea)" -c "CREATE TABLE tocsin.honest (mode text, n bigint, row bytea)" -c "GRANT SELECT ON tocsin.sent TO tocsin_reader, ward" -c "GRANT USAGE ON SCHEMA tocsin TO ward" \
  -c "ALTER FUNCTION tocsin.pull(int, uuid, bigint, bytea, text, bigint) RENAME TO honest_pull" -c "ALTER FUNCTION tocsin.pull_all(int) RENAME TO honest_pull_all"
at=$(($(sql "SELECT revision FROM tocsin.sync_head") - 2))
honest() { # mode: what an honest source would send
  case $1 in
  all) from="tocsin.honest_pull_all(1) AS p (row)" ;;
  delta) from="tocsin.revision r CROSS JOIN tocsin.sync_head h CROSS JOIN LATERAL
    tocsin.honest_pull(1, h.generation, r.revision, r.chain, 'public,clinical', 1000) AS p (row) WHERE r.revision = $at" ;;
  esac
  sql_as ward "COPY (SELECT '$1', row_number() OVER (), p.row FROM $from) TO STDOUT" >"$tmp/rows"
  as_boss dir -c "\\copy tocsin.honest FROM '$tmp/rows'"
}
as_boss dir -c "GRANT EXECUTE ON FUNCTION tocsin.honest_pull(int, uuid, bigint, bytea, text, bigint), tocsin.honest_pull_all(int) TO ward" \
  -c "GRANT SELECT ON tocsin.revision, tocsin.sync_head TO ward" -c "CREATE POLICY test ON tocsin.revision TO ward USING (true)" -c "CREATE POLICY test ON tocsin.sync_head TO ward USING (true)" 2>/dev/null
as_boss dir <<'SQL'
CREATE FUNCTION tocsin.pull(int, uuid, bigint, bytea, text, bigint) RETURNS SETOF bytea LANGUAGE sql AS 'SELECT row FROM tocsin.sent ORDER BY n';
CREATE FUNCTION tocsin.pull_all(int) RETURNS SETOF bytea LANGUAGE sql AS 'SELECT row FROM tocsin.sent ORDER BY n';
SQL
head_says() { # field, value: in the header
  echo "UPDATE tocsin.sent SET row = convert_to(regexp_replace(convert_from(row, 'UTF8'), ' $1=[^ ]*', ' $1=$2'), 'UTF8') WHERE n = 1"
}
lie() { # delta or all, what is wrong, statement
  how=$1
  what=$2
  shift 2
  as_boss dir -c "DELETE FROM tocsin.sent; INSERT INTO tocsin.sent SELECT n, row FROM tocsin.honest WHERE mode = '$how'; $1" || ok 1 "$what: $1"
  rm -rf "$tmp/c"
  [ "$how" = all ] && mkdir "$tmp/c" || cp -a "$tmp/base" "$tmp/c"
  run pull --source "$W" --cache "$tmp/c"
  now=$(cache_records "$tmp/c" 2>/dev/null)
  good=1
  case $code in
  0) [ "$now" = "$after" ] && good=0 ;;
  *) { [ "$now" = "$before" ] || [ "$now" = "$after" ] || { [ "$how" = all ] && [ -z "$now" ]; }; } && [ "$(wc -l <"$tmp/err")" = 1 ] && [ "$code" -lt 100 ] && good=0 ;;
  esac
  ok $good "$how: $what (exit $code)"
}
honest all
honest delta
is "$(as_boss dir -c "SELECT string_agg(mode, ' ' ORDER BY mode) FROM (SELECT mode FROM tocsin.honest GROUP BY mode HAVING count(*) > 10) t")" "all delta" \
  "honest answers are there to be spoilt"
lie delta "nothing wrong" ""
is "$code $now" "0 $after" "an honest one is taken"
R="n = (SELECT min(n) FROM tocsin.sent WHERE substr(row, 1, 1) = 'R')"
D="n = (SELECT min(n) FROM tocsin.sent WHERE substr(row, 1, 1) = 'D')"
LAST="SELECT max(n) + 1"
for how in delta all; do
  lie $how "a record with another digest" "UPDATE tocsin.sent SET row = set_byte(row, octet_length(row) - 2, 98) WHERE $R"
  lie $how "a record is missing" "DELETE FROM tocsin.sent WHERE $R"
  lie $how "a record comes twice" "INSERT INTO tocsin.sent $LAST, (SELECT row FROM tocsin.sent WHERE $R) FROM tocsin.sent"
  lie $how "a record of an audience that was not granted" "INSERT INTO tocsin.sent $LAST,
    convert_to(E'Rtocsin1\tentry\trestricted\tAAAAAAAAAAAAAAAAAAAAAQ\nname\tX\n', 'UTF8') FROM tocsin.sent"
  lie $how "an entry under the UUID of a site" "INSERT INTO tocsin.sent $LAST, convert_to(E'Rtocsin1\tentry\tpublic\t' ||
    (SELECT tocsin.short(uuid) FROM tocsin.site) || E'\nname\tX\n', 'UTF8') FROM tocsin.sent"
  lie $how "a nil UUID" "INSERT INTO tocsin.sent $LAST, convert_to(E'Rtocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAA\nname\tX\n', 'UTF8') FROM tocsin.sent"
  lie $how "NUL, no UTF-8, no line end" "UPDATE tocsin.sent SET row = substr(row, 1, 40) || '\\x00ff1b5b324a' WHERE $R"
  lie $how "a record that is no record" "UPDATE tocsin.sent SET row = '\\x52000102' WHERE $R"
  [ $how = all ] || lie $how "a record of 64 MB" "UPDATE tocsin.sent SET row = row || convert_to(repeat('note' || E'\tx\n', 10000000), 'UTF8') WHERE $R"
  [ $how = all ] || lie $how "a line of 64 MB" "UPDATE tocsin.sent SET row = row || convert_to(E'room\t' || repeat('x', 64000000) || E'\n', 'UTF8') WHERE $R"
  lie $how "an unknown operation" "UPDATE tocsin.sent SET row = '\\x58' || row WHERE $R"
  lie $how "an empty row" "UPDATE tocsin.sent SET row = '' WHERE $R"
  lie $how "no row at all" "UPDATE tocsin.sent SET row = NULL WHERE $R"
  lie $how "a good header and nothing behind it" "DELETE FROM tocsin.sent WHERE n > 1"
  lie $how "an empty answer" "DELETE FROM tocsin.sent"
  lie $how "the header is not the first" "UPDATE tocsin.sent SET n = 100000 WHERE n = 1"
  lie $how "two headers" "INSERT INTO tocsin.sent $LAST, (SELECT row FROM tocsin.sent WHERE n = 1) FROM tocsin.sent"
  lie $how "half a header" "UPDATE tocsin.sent SET row = substr(row, 1, octet_length(row) / 2) WHERE n = 1"
  lie $how "a revision that is no number" "$(head_says revision 1x)"
  lie $how "an enormous revision" "$(head_says revision 99999999999999999999)"
  lie $how "a negative count" "$(head_says records -1)"
  lie $how "another digest" "$(head_says digest 000102030405060708090a0b0c0d0e0f)"
  lie $how "a time that is none" "$(head_says at x)"
  lie $how "no audience" "$(head_says scope '')"
  lie $how "more audiences than there are" "$(head_says scope public,clinical,switchboard,restricted,secret)"
  lie $how "a newer protocol" "$(head_says oldest 99)"
  lie $how "half a chain" "UPDATE tocsin.sent SET row = row || '\\x01' WHERE substr(row, 1, 1) = 'K'"
done
lie delta "a tombstone of no audience" "UPDATE tocsin.sent SET row = set_byte(row, 17, 0) WHERE $D"
lie delta "a tombstone of an audience that is none" "UPDATE tocsin.sent SET row = set_byte(row, 17, 9) WHERE $D"
lie delta "half a tombstone" "UPDATE tocsin.sent SET row = substr(row, 1, 9) WHERE $D"
lie delta "an earlier revision, with a delta" "$(head_says revision 1)"
lie delta "the tombstones of everything" "INSERT INTO tocsin.sent SELECT 10000 + row_number() OVER (), 'D'::bytea || uuid_send(uuid) || '\\x0101' FROM tocsin.entry"
as_boss dir -c "DELETE FROM tocsin.sent WHERE n > 1" -c "UPDATE tocsin.sent SET row = 'S12345'"
rm -rf "$tmp/c"
cp -a "$tmp/base" "$tmp/c"
run pull --source "$W" --cache "$tmp/c"
is "$code $(cache_records "$tmp/c")" "0 $before" "a source that says there is nothing new is believed, and the cache is what it was"
as_boss dir -c "DROP FUNCTION tocsin.pull(int, uuid, bigint, bytea, text, bigint)" -c "DROP FUNCTION tocsin.pull_all(int)" \
  -c "ALTER FUNCTION tocsin.honest_pull(int, uuid, bigint, bytea, text, bigint) RENAME TO pull" -c "ALTER FUNCTION tocsin.honest_pull_all(int) RENAME TO pull_all"
run pull --source "$W" --cache "$tmp/c"
is "$code $(cache_records "$tmp/c")" "0 $after" "an honest source is followed again"

# one that is asked first and lies is passed over, whatever it lies about; alone, it is told of
as_boss postgres -c "CREATE DATABASE spoilt TEMPLATE dir OWNER owner"
sql "UPDATE tocsin.entry SET room = 'b' WHERE name = 'Service 2'"
spoilt="$(echo "$W" | sed 's/dbname=dir/dbname=spoilt/')"
{
  [ "$(id -u)" != 0 ] || printf '[sync]\naccount = nobody\n'
  printf '[source site]\nrole = replica\nconninfo = %s\n' "$spoilt"
} >"$tmp/alone.conf"
{
  cat "$tmp/alone.conf"
  printf '[source main]\nconninfo = %s\n' "$W"
} >"$tmp/both.conf"
passed_over() { # what is wrong, exit code alone, statement
  as_boss spoilt -c "$3" >/dev/null
  rm -rf "$tmp/c"
  cp -a "$tmp/base" "$tmp/c"
  [ "$(id -u)" != 0 ] || chown -R nobody "$tmp/c"
  run pull --config "$tmp/alone.conf" --cache "$tmp/c"
  alone=$code
  run pull --config "$tmp/both.conf" --cache "$tmp/c"
  is "$alone $code $(cache_records "$tmp/c" | cksum)" "$2 0 $(source_records public clinical | cksum)" "the next is asked where the first $1"
}
passed_over "speaks with newer programs alone" 69 "UPDATE tocsin.sync_head SET oldest_client = 99"
passed_over "sends what does not add up" 65 "UPDATE tocsin.sync_head SET oldest_client = 1; SET session_replication_role = replica;
  UPDATE tocsin.revision SET digests = array_fill(1::bit(128), ARRAY[4]) WHERE revision = (SELECT revision FROM tocsin.sync_head)"
refuse() { echo "CREATE OR REPLACE FUNCTION tocsin.pull(int, uuid, bigint, bytea, text, bigint) RETURNS SETOF bytea LANGUAGE plpgsql AS '$1'"; }
passed_over "sends noise" 65 "DROP FUNCTION tocsin.pull(int, uuid, bigint, bytea, text, bigint); $(refuse "BEGIN RETURN NEXT ''\xff00''::bytea; END")"
passed_over "cannot read its own rows" 65 "$(refuse "BEGIN RAISE invalid_text_representation; END")"

# text that would move a cursor or turn a line about is shown as what it is
sql "INSERT INTO tocsin.entry (uuid, name, site) VALUES ('00000000-0000-0000-0002-000000000001', E'Zyx\\x1b[2J\\x07 \\u202Eevil\\u202C \\u009b2J end', 'SAB')"
run pull --source "$W" --cache "$tmp/c"
is "$code $(cache_records "$tmp/c")" "0 $(source_records public clinical)" "control and bidi characters are carried"
for command in "find zyx" "show 00000000-0000-0000-0002-000000000001" "find --json zyx" "find --tsv zyx"; do
  "$b/tocsin" --scope "$tmp/c" $command >"$tmp/out" 2>"$tmp/err"
  has "$(cat "$tmp/out")" 'end' "tocsin $command shows the entry"
  is "$(LC_ALL=C grep -c "$(printf '[\001-\010\033\007]\|\302\233\|\342\200\256')" "$tmp/out")" 0 "without a byte that moves a cursor"
done
done_testing
