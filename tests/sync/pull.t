#!/bin/sh
# A cache follows a source: every row of the decision table, and after each the cache is what the
# source holds for its audiences.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn owner)
W=$(conn ward)
C=$tmp/ward
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk"
sql <<'SQL'
INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin');
INSERT INTO tocsin.entry (uuid, name, site, audience)
  SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB',
         CASE WHEN i % 10 = 0 THEN 'clinical' ELSE 'public' END
    FROM generate_series(1, 300) i;
INSERT INTO tocsin.contact (entry, number, kind, audience)
  SELECT uuid, '06399' || lpad(row_number() OVER (ORDER BY uuid)::text, 5, '0'), 'mobile', 'switchboard' FROM tocsin.entry;
SQL
cache_is_source() { # name, cache, audiences ...
  name=$1
  dir=$2
  shift 2
  is "$(cache_records "$dir")" "$(source_records "$@")" "$name"
}
revision_of() { "$sync" status --cache "$1" | sed -n 's/^revision *//p'; }
state_of() { sed -n "s/^$2 = //p" "$1/state"; }

run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*loaded for the first time' "a first round loads everything"
cache_is_source "the cache is the source's, of its audiences alone" "$C" public clinical
is "$(grep -rc 06399 "$C" | grep -vc ':0$')" 0 "no byte of what is withheld is in any file"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*nothing new; 0 records' "a second round finds nothing new"
sql "UPDATE tocsin.entry SET name = 'Urgences' WHERE name = 'Service 7'" "DELETE FROM tocsin.entry WHERE name = 'Service 8'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*changed; 1 records written, 1 removed' "two changes are two records"
cache_is_source "after a delta too" "$C" public clinical
sql "UPDATE tocsin.entry SET audience = 'switchboard' WHERE name = 'Urgences'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*0 records written, 1 removed' "an entry that moves out of the grants leaves"
cache_is_source "and the cache agrees" "$C" public clinical
sql "INSERT INTO tocsin.entry (name) VALUES ('brief')" "DELETE FROM tocsin.entry WHERE name = 'brief'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*0 records written, 0 removed' "what came and went between two rounds is nothing"

# copies of the source as it is now, to go back to
for copy in lag less same_length more; do as_boss postgres -c "CREATE DATABASE $copy TEMPLATE dir OWNER owner"; done
at() { echo "host=$pg_sock port=$pg_port user=ward dbname=$1"; }
edit() { as_boss "$1" -c "UPDATE tocsin.entry SET room = '$3' WHERE name = 'Service $2'"; }
for i in 1 2 3 4 5; do sql "UPDATE tocsin.entry SET room = 'a$i' WHERE name = 'Service 1'"; done
run pull --source "$W" --cache "$C"
mine=$(revision_of "$C")
run pull --source "$(at lag)" --cache "$C"
fails 75 'behind the cache on the same history' "a replica that lags is left alone"
is "$(revision_of "$C")" "$mine" "and the cache does not go back"
edit less 2 x
for i in 1 2 3 4 5; do edit same_length 2 "x$i"; done
for i in 1 2 3 4 5 6 7 8; do edit more 2 "x$i"; done
for copy in less same_length more; do
  rm -rf "$tmp/c"
  cp -a "$C" "$tmp/c"
  run pull --source "$(at $copy)" --cache "$tmp/c"
  has "$code $out" '^0 .*source restored' "a source restored, then edited ($copy), is found at first contact"
  is "$(cache_records "$tmp/c")" "$(psql -qXAt -h "$pg_sock" -p "$pg_port" -U boss "$copy" -c "SELECT uuid || ' ' || audience || ' ' ||
    encode(sha256(record), 'hex') FROM tocsin.feed WHERE live AND audience IN ('public', 'clinical')" | sort)" "and followed ($copy)"
  is "$(state_of "$tmp/c" result)" restored "the state file says so ($copy)"
done
as_boss less -c "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
run pull --source "$(at less)" --cache "$tmp/c"
has "$code $out" '^0 .*source restored: it is another one' "another generation is another source"

# held
sql "DELETE FROM tocsin.entry WHERE name LIKE 'Service 1%'"
before=$(cache_records "$C")
run pull --source "$W" --cache "$C"
fails 65 'held: the source offers 18[0-9] of 29[0-9] entries' "a change that removes a third is held"
is "$(cache_records "$C")" "$before" "and the cache is kept"
has "$("$sync" status --cache "$C")" 'source offers [0-9]+ of [0-9]+' "status says what is offered"
rm -rf "$tmp/c"
cp -a "$C" "$tmp/c"
[ "$(grep -rl "Service 290" "$tmp/c" | wc -l)" -gt 0 ]
ok $? "a terminal holds an entry of clinicians"
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
run pull --source "$W" --cache "$tmp/c"
fails 65 'held: the source offers' "a grant that is lost while a change is held does not let the change through"
is "$(cache_records "$tmp/c")" "$(printf '%s\n' "$before" | grep ' public ')" "and takes away what was granted, at the revision that is here"
is "$(grep -rl "Service 290" "$tmp/c" | wc -l)" 0 "from every file"
run check --cache "$tmp/c"
is "$code" 0 "of what is left every record is as it was written"
run pull --source "$W" --cache "$tmp/c"
fails 65 'held: the source offers' "the rest is held as before"
as_boss dir -c "GRANT tocsin_clinical TO ward"
sql "UPDATE tocsin.entry SET room = 'later' WHERE name = 'Service 2'"
held=$(sql "SELECT revision - 1 FROM tocsin.sync_head")
run source approve "$held" --source "$S"
is "$code" 0 "an administrator approves"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*changed' "and the change goes through, with what came after it"
cache_is_source "whole" "$C" public clinical
is "$(state_of "$C" held)" 0 "the state file holds nothing any more"

# more than a delta is worth; tombstones forgotten; grants
sql "UPDATE tocsin.entry SET room = 'all'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*changed' "a few hundred changes are still a delta"
sql "INSERT INTO tocsin.entry (name) SELECT 'many ' || i FROM generate_series(1, 1200) i"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*loading anew is less work' "more than a thousand and a twelfth are loaded anew"
cache_is_source "whole" "$C" public clinical
sql "UPDATE tocsin.entry SET room = 'b' WHERE name = 'Service 2'" "DELETE FROM tocsin.entry WHERE name = 'Service 3'"
sql "SELECT tocsin.prune('0 s')" >/dev/null
sql "UPDATE tocsin.entry SET room = 'c' WHERE name = 'Service 2'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*forgotten what changed since' "a cursor below the floor loads anew"
cache_is_source "whole" "$C" public clinical
as_boss dir -c "GRANT tocsin_switchboard TO ward"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*grants changed' "a grant gained is noticed without a new revision"
cache_is_source "with the parts of the new audience" "$C" public clinical switchboard
[ "$(grep -rlc 06399 "$C" | wc -l)" -gt 0 ]
ok $? "its numbers are in the files"
for copy in stuck rotten old; do
  rm -rf "$tmp/$copy"
  cp -a "$C" "$tmp/$copy"
done
as_boss dir -c "REVOKE tocsin_switchboard FROM ward"
# what cannot be removed is owed
wide=$tmp/stuck/cache/$(cat "$tmp/stuck/cache/current")
mkdir "$wide/words.0"
run pull --source "$W" --cache "$tmp/stuck"
fails 74 'no longer granted is not all removed yet: .*words.0' "a removal that fails is said, whatever the round brought"
cache_is_source "which stands" "$tmp/stuck" public clinical
run pull --source "$W" --cache "$tmp/stuck"
fails 74 'not all removed yet' "the next round does not say that nothing is new"
run rebuild --cache "$tmp/stuck"
run pull --source "$W" --cache "$tmp/stuck"
fails 74 'not all removed yet' "and a generation made meanwhile owes it too"
printf x >"$wide/directory.db-journal"
rmdir "$wide/words.0"
run pull --source "host=$tmp/nowhere user=ward dbname=dir" --cache "$tmp/stuck"
is "$code $([ -e "$wide" ] && echo there)" "69 " "it is made as soon as it can be, with the source away too"
run pull --source "$W" --cache "$tmp/stuck"
has "$code $out" '^0 .*nothing new' "and is said no more"
# a cache that cannot say what it was granted
dd if=/dev/zero of="$tmp/rotten/cache/$(cat "$tmp/rotten/cache/current")/directory.db" bs=1 seek=100 count=3996 conv=notrunc 2>/dev/null
run pull --source "$W" --cache "$tmp/rotten"
has "$code $out" '^0 .*was loaded anew' "a grant lost to a cache that cannot be read"
cache_is_source "leaves what is granted" "$tmp/rotten" public clinical
is "$(grep -rl 06399 "$tmp/rotten" | wc -l)" 0 "and nothing else in any file"
# a source that speaks with this program no more
as_boss dir -c "UPDATE tocsin.sync_head SET oldest_client = 2"
run pull --source "$W" --cache "$tmp/old"
fails 69 'no longer speaks with a program as old' "a grant lost at a source that wants a newer program"
cache_is_source "is carried out all the same" "$tmp/old" public clinical
is "$(grep -rl 06399 "$tmp/old" | wc -l)" 0 "in every file"
as_boss dir -c "UPDATE tocsin.sync_head SET oldest_client = 1"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*grants changed' "a grant lost too"
cache_is_source "and its parts are gone" "$C" public clinical
is "$(grep -rl 06399 "$C" | wc -l)" 0 "from every file"
as_boss dir -c "REVOKE tocsin_public, tocsin_clinical FROM ward"
before=$(cache_records "$C")
run pull --source "$W" --cache "$C"
fails 77 'granted no audience' "a role that lost all grants is a fault"
is "$(cache_records "$C")" "$before" "and the cache is kept"
as_boss dir -c "GRANT tocsin_public, tocsin_clinical TO ward"

# a cache that does not agree
sql "UPDATE tocsin.entry SET room = 'd' WHERE name = 'Service 2'"
run pull --source "$W" --cache "$C"
as_boss dir -c "SET session_replication_role = replica" -c "DELETE FROM tocsin.feed WHERE uuid = (SELECT uuid FROM tocsin.entry WHERE name = 'Service 22')" \
  -c "UPDATE tocsin.revision SET records[1] = records[1] - 1, digests[1] = (SELECT bit_xor(hash) FROM tocsin.feed WHERE live AND audience = 'public')
       WHERE revision = (SELECT revision FROM tocsin.sync_head)"
sql "UPDATE tocsin.entry SET room = 'e' WHERE name = 'Service 2'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*did not agree with the source and was repaired' "a delta that does not add up is thrown away, and what differs is repaired"
cache_is_source "whole" "$C" public clinical
as_boss dir -c "UPDATE tocsin.revision SET records[1] = records[1] + 1 WHERE revision = (SELECT revision FROM tocsin.sync_head)"
before=$(cache_records "$C")
rm -rf "$tmp/c"
run pull --source "$W" --cache "$tmp/c"
fails 65 'is not what the source says' "a load that does not add up is thrown away"
[ ! -e "$tmp/c/cache/current" ]
ok $? "and publishes nothing"
as_boss dir -c "UPDATE tocsin.revision SET records[1] = records[1] - 1 WHERE revision = (SELECT revision FROM tocsin.sync_head)"

# an emptied source; records of a newer kind
as_boss dir -c "INSERT INTO tocsin.feed SELECT gen_random_uuid(), 'public', 'hologram', 0, true, tocsin.hash(r), r
  FROM (SELECT convert_to(E'tocsin1\thologram\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\naa\tb\n', 'UTF8') r) t" \
  -c "INSERT INTO tocsin.feed SELECT gen_random_uuid(), 'public', 'entry', 0, true, tocsin.hash(r), r
  FROM (SELECT convert_to(E'tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAg\nname\t\n', 'UTF8') r) t" \
  -c "UPDATE tocsin.revision SET records[1] = (SELECT count(*) FROM tocsin.feed WHERE live AND audience = 'public'),
        digests[1] = (SELECT bit_xor(hash) FROM tocsin.feed WHERE live AND audience = 'public')
       WHERE revision = (SELECT revision FROM tocsin.sync_head)"
rm -rf "$tmp/c"
run pull --source "$W" --cache "$tmp/c"
has "$code $out" '^1 record cannot be read here' "records that cannot be read do not stop a load, and are counted"
has "$("$sync" status --cache "$tmp/c")" '^unreadable +1$' "status counts them too"
run check --cache "$tmp/c"
has "$code $out" '^0 .*records, all as they were written' "a check finds them as they were written"
has "$out" '^entry 00000000-0000-0000-0000-000000000002 cannot be read: ' "names them"
has "$out" '^1 record cannot be read here' "and counts them"
sql "DELETE FROM tocsin.entry"
run pull --source "$W" --cache "$C"
fails 65 'held: the source offers 0 of ' "an emptied source is held"
is "$(cache_records "$C")" "$before" "and the cache is kept"
done_testing
