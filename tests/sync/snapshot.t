#!/bin/sh
# A first load out of a ready made directory: used where it is of this terminal's audiences, recent and
# whole; anything else costs one line, and everything is sent as usual.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
O=$(conn owner)
W=$(conn ward)
C=$tmp/scope
F=$tmp/public.snapshot
run source init --source "$O"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward" -c "CREATE ROLE desk LOGIN" \
  -c "GRANT tocsin_public, tocsin_clinical TO desk" -c "CREATE ROLE maker LOGIN" -c "GRANT tocsin_admin TO maker"
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 1200) i" \
  "INSERT INTO tocsin.contact (entry, number, audience) SELECT uuid, '0639980' || right(name, 3), 'clinical' FROM tocsin.entry WHERE name LIKE 'Service 12__'"
used='^0 .*out of its snapshot;'
streamed='^0 .*loaded for the first time from this source; 1200 records'
first() { # option ...: a first load of the ward
  rm -rf "$C"
  run pull --source "$W" --cache "$C" "$@"
}
agrees() { is "$(cache_records "$C")" "$(source_records public)" "$1"; }

# -- making it ----------------------------------------------------------------------------------------
first
has "$code $out" "$streamed" "without one everything is sent"
TMPDIR=$tmp/made
export TMPDIR
mkdir "$TMPDIR"
run snapshot make --source "$(conn maker)" --audiences public --output "$F"
has "$code $out" '^0 snapshot of public: revision 2, 1200 records, [0-9.]+ MB' "an administrator makes one"
is "$(ls -A "$TMPDIR")" "" "and nothing is left where it was built"
run snapshot make --source "$W" --audiences public
fails 77 'permission denied' "a terminal makes none"
run snapshot make --source "$O" --audiences everybody
fails 64 'audiences are public' "audiences that are none are refused"
run snapshot make --source "$O" --audiences public --output "$tmp/nowhere/file"
fails 66 'nowhere/file' "a file that cannot be written is said"
run snapshot --source "$O" --audiences public
fails 64 'say snapshot make' "the verb is asked for"
is "$(ls -A "$TMPDIR")" "" "and nothing is left of those"
unset TMPDIR

# -- using it -----------------------------------------------------------------------------------------
first
has "$code $out" "$used 1200 records written" "a first load uses it"
agrees "and holds what the source holds"
run check --cache "$C"
is "$code" 0 "its records hash to what it says"
has "$("$b/tocsin" find --scope "$C" "Service 77" 2>&1)" 'Service 77' "its index finds them"
run status --cache "$C"
has "$out" "^source +local:$pg_port/dir" "it says where it came from"
run pull --source "$W" --cache "$C"
has "$out" 'nothing new' "the next round finds nothing"
sql "UPDATE tocsin.entry SET room = '7' WHERE name = 'Service 7'" "DELETE FROM tocsin.entry WHERE name = 'Service 8'"
first
has "$code $out" "$used 1201 records written, 1 removed" "what has changed since follows"
agrees "and it is what the source holds now"
sql "INSERT INTO tocsin.entry (name) VALUES ('Service 8')"
run pull --source "$W" --cache "$C"
has "$out" 'changed; 1 records written' "and the next change is a delta"
first --snapshot "$F"
has "$code $out" "$used" "a file is as good"
agrees "and holds what the source holds"
run pull --source "$W" --cache "$C" --snapshot "$F"
has "$code $out" 'not used: there is a directory in' "a directory that is there is not replaced"
rm -rf "$C"
folder_of_daemon "$C"
conf "[sync]
account = nobody
[source main]
conninfo = $W"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok 'grep -q "out of its snapshot" "$tmp/log"'
ok $? "the daemon uses it"
end_watch

# -- who is given it ----------------------------------------------------------------------------------
rm -rf "$tmp/desk"
run pull --source "$(conn desk)" --cache "$tmp/desk"
has "$code $out" '^0 .*from this source; [0-9]+ records' "one of other audiences is not used"
run snapshot make --source "$O" --audiences clinical,public
rm -rf "$tmp/desk"
run pull --source "$(conn desk)" --cache "$tmp/desk"
has "$code $out" "$used" "one of just these is"
is "$(cache_records "$tmp/desk")" "$(source_records public clinical)" "and holds both"
first
has "$code $out" "$used" "whoever holds less still gets the other"
is "$(grep -la 06399 -r "$C" | wc -l) $("$b/tests/sync/tool_pack" -d <"$F" | grep -ca 06399)" "0 0" "in which no number of others is"
has "$(sql_as ward "SELECT id FROM tocsin.snapshot")" 'permission denied' "nobody reads the table"
as_boss dir -c "GRANT tocsin_reader TO ward"
is "$(sql_as ward "SELECT DISTINCT s.scope FROM tocsin.snapshot s" "SELECT count(DISTINCT snapshot) FROM tocsin.snapshot_chunk")" "{public}
1" "row security is a second wall"
as_boss dir -c "REVOKE tocsin_reader FROM ward" -c "ALTER TABLE tocsin.snapshot DISABLE ROW LEVEL SECURITY" -c "ALTER TABLE tocsin.snapshot_chunk DISABLE ROW LEVEL SECURITY"
ids=$(sql "SELECT array_agg(snapshot) FROM tocsin.snapshot_chunk")
sizes() { sql_as ward "SELECT count(*) FROM unnest('$ids'::bigint[]) AS i CROSS JOIN LATERAL tocsin.snapshot_bytes(i)"; }
is "$(sizes)" "$(sql "SELECT count(*) FROM tocsin.snapshot_chunk c JOIN tocsin.snapshot s ON s.id = c.snapshot WHERE s.scope = '{public}'")" "and an id has a first one"
as_boss dir -c "ALTER TABLE tocsin.snapshot ENABLE ROW LEVEL SECURITY" -c "ALTER TABLE tocsin.snapshot_chunk ENABLE ROW LEVEL SECURITY"
is "$(sql_as ward "SELECT octet_length(tocsin.snapshot_bytes((SELECT max(0) FROM generate_series(1, 1))))" | wc -l)" 0 "no number that is guessed gives bytes"
is "$(sql "SELECT count(*) || ' ' || count(*) FILTER (WHERE EXISTS (SELECT FROM tocsin.snapshot_chunk c WHERE c.snapshot = s.id)) FROM tocsin.snapshot s")" "2 2" "there is one of each"
run snapshot make --source "$O" --audiences public --quiet
is "$out $(sql "SELECT count(*) || ' ' || count(*) FILTER (WHERE EXISTS (SELECT FROM tocsin.snapshot_chunk c WHERE c.snapshot = s.id)) FROM tocsin.snapshot s")" " 3 2" "a new one takes the place of the old, whose hash stays"
first --snapshot "$F"
has "$code $out" "$used" "so that an older file is still known"

# -- what is not used ---------------------------------------------------------------------------------
sql "TRUNCATE tocsin.snapshot_chunk"
unused() { # pattern, name, option ...
  pattern=$1
  what=$2
  shift 2
  first "$@"
  has "$code $(printf '%s\n' "$out" | wc -l) $out" "^0 2 .*from this source; 1200 records" "$what is not used"
  has "$out" "not used: .*$pattern" "and said"
  [ "$(cache_records "$C")" = "$(source_records public)" ] && [ "$(ls "$C/cache/1" | wc -l)" = 1 ]
  ok $? "and the directory is whole, with nothing beside it"
}
head -c 1000 "$F" >"$tmp/bad"
unused 'or not whole' "a file that is cut off" --snapshot "$tmp/bad"
: >"$tmp/bad"
unused 'or not whole' "an empty file" --snapshot "$tmp/bad"
unused 'No such file' "a file that is not there" --snapshot "$tmp/nowhere"
unused 'cannot be read: Is a dir' "a folder" --snapshot "$tmp"

# what the source itself says wrongly: offer FILE UNPACKED [CHANGE]
offer() {
  {
    echo "DELETE FROM tocsin.snapshot;"
    echo "WITH b AS (SELECT decode('$(od -An -v -tx1 "$1" | tr -d ' \n')', 'hex') AS b),
      s AS (INSERT INTO tocsin.snapshot (scope, format, derived, generation, revision, chain, bytes, unpacked, sha256)
            SELECT '{public}', $format, $derived, h.generation, r.revision, r.chain, octet_length(b), $2, sha256(b)
              FROM b, tocsin.sync_head h JOIN tocsin.revision r USING (revision) RETURNING id)
      INSERT INTO tocsin.snapshot_chunk SELECT id, 0, b FROM s, b;"
    echo "${3:-}"
  } | sql
}
read -r format derived <<END
$(sql "SELECT format, derived FROM tocsin.snapshot LIMIT 1" | tr '|' ' ')
END
run snapshot make --source "$O" --audiences public --output "$F"
"$b/tests/sync/tool_pack" -d <"$F" >"$tmp/plain"
size() { wc -c <"$1" | tr -d ' '; }
whole=$(size "$tmp/plain")
offer "$F" "$whole"
first
has "$code $out" "$used" "what is offered by hand is used, where it is right"
offer "$F" "$whole" "UPDATE tocsin.snapshot_chunk SET bytes = set_byte(bytes, 5000, 255 - get_byte(bytes, 5000))"
unused 'cannot be read|not those that' "one with another byte"
offer "$F" "$whole" "UPDATE tocsin.snapshot_chunk SET bytes = substr(bytes, 1, 5000)"
unused 'not those that' "one that is cut off"
offer "$F" "$whole" "INSERT INTO tocsin.snapshot_chunk SELECT snapshot, 1, bytes FROM tocsin.snapshot_chunk"
unused 'not those that' "one with more behind it"
offer "$F" "$whole" "UPDATE tocsin.snapshot SET derived = derived + 1"
unused 'another version' "one of another version"
offer "$F" "$whole" "UPDATE tocsin.snapshot SET format = format + 1"
unused 'newer tocsin-sync' "one of a newer format"
offer "$F" 1000
unused 'not those that' "one that unpacks to more than is said"
packed() { # standard input: as a snapshot that hashes rightly
  cat >"$tmp/evil"
  "$b/tests/sync/tool_pack" <"$tmp/evil" >"$tmp/bad"
  offer "$tmp/bad" "$(size "$tmp/evil")"
}
head -c 5000 /dev/zero | packed
unused 'no snapshot of tocsin-sync' "what is no snapshot"
sed '1s/snapshot 1/snapshot 2/' "$tmp/plain" | packed
unused 'newer tocsin-sync' "a snapshot of a newer layout"
head -c $((whole - 1)) "$tmp/plain" | packed
unused 'not those that' "one that is short inside"
sed 's/Service 99/Service 98/' "$tmp/plain" | packed
unused 'does not hold what the source says' "one with another record"
perl -0pe 's/SQLite format 3/SQLite format 4/' "$tmp/plain" | packed
unused 'not a tocsin cache' "one whose database is none"
perl -0pe 's/tcwords\n/tcwirds\n/' "$tmp/plain" | packed
unused 'words.1' "one whose index is none"
head -c 3000 "$F" >"$tmp/bad"
offer "$tmp/bad" "$whole"
unused 'cannot be read' "one whose frame does not end"
offer "$F" "$whole" "UPDATE tocsin.snapshot SET chain = '\\x00'"
first
has "$code $(printf '%s\n' "$out" | wc -l) $out" "^0 1 .*from this source; 1200 records" "one of another history is not offered"
offer "$F" "$whole"
first
sql "UPDATE tocsin.entry SET room = '9'"
run pull --source "$W" --cache "$C"
has "$code $out $(cat "$C/cache/current")" '^0 .*so much changed that loading anew is less work; 1200 records written.* 1/2$' "of a directory where so much has changed a new one is built aside"
agrees "and it is what the source holds"
unused 'too old' "a snapshot since which everything has changed"
run snapshot make --source "$O" --audiences public --output "$F"
first
has "$code $out" "$used" "made anew, it is used again"

# -- what happens meanwhile ---------------------------------------------------------------------------
if [ -z "${TOCSIN_SANITIZED:-}" ]; then # a sanitizer and a shim in front of libc do not go together
  rm -rf "$C"
  left=
  k=1
  while [ $k -le 400 ]; do
    LD_PRELOAD=$b/tests/sync/shim.so SHIM_AT=$k SHIM_DO=full "$sync" pull --source "$W" --cache "$C" >"$tmp/out" 2>"$tmp/err"
    code=$?
    [ "$code" != 0 ] || break
    if [ -e "$C/cache/current" ]; then
      [ "$(cache_records "$C")" = "$(source_records public)" ] || left="$left $k:half"
      rm -rf "$C"
    fi
    [ "$code" = 74 ] && [ "$(wc -l <"$tmp/err")" = 1 ] || left="$left $k:$code"
    k=$((k + 1 + k / 4))
  done
  is "$left" "" "a disk that is full at any of its steps (up to $k) leaves nothing or all, and says so"
  run pull --source "$W" --cache "$C"
  [ "$(cache_records "$C")" = "$(source_records public)" ] && [ "$(ls "$C/cache/1" | wc -l)" = 1 ]
  ok $? "and the next round is whole, with nothing left beside it"
  left=
  for k in 8 13 20 30; do
    rm -rf "$C"
    said=$(perl "$top/tests/sync/step.pl" "$b/tests/sync/shim.so" $k "$tmp/stopped" true -- "$sync" pull --source "$W" --cache "$C")
    [ ! -e "$C/cache/current" ] || [ "$(cache_records "$C")" = "$(source_records public)" ] || left="$left $k:half"
    run pull --source "$W" --cache "$C"
    [ "$code" = 0 ] && [ "$(cache_records "$C")" = "$(source_records public)" ] || left="$left $k:$code:$said"
  done
  is "$left" "" "killed at some of its steps, the next round has all"
fi

# -- from a site's copy -------------------------------------------------------------------------------
pg_standby site
pg_use site
W=$(conn ward)
first
has "$code $out" "$used" "a hot standby sends it too"
agrees "and it is what is there"
pg_use pg
W=$(conn ward)
as_boss dir -c "DROP FUNCTION tocsin.snapshot_head"
first
has "$code $(printf '%s\n' "$out" | wc -l) $out" "^0 1 .*from this source; 1200 records" "a source that is too old for it sends everything"
done_testing
