#!/bin/sh
# What does not agree is found by a tree of digests, and that alone is fetched.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
W=$(conn ward)
C=$tmp/ward
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward"
sql <<'SQL'
INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin');
INSERT INTO tocsin.entry (uuid, name, site)
  SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB' FROM generate_series(1, 4500) i;
INSERT INTO tocsin.contact (entry, number, kind, audience)
  SELECT uuid, '06399' || lpad(row_number() OVER (ORDER BY uuid)::text, 5, '0'), 'mobile', 'clinical' FROM tocsin.entry WHERE uuid::text < '00000000-0000-0000-0001-000000000400';
SQL
agrees() { is "$(cache_records "$1")" "$(source_records public clinical)" "$2"; }
run pull --source "$W" --cache "$C"
as_boss postgres -c "CREATE DATABASE before TEMPLATE dir OWNER owner"

# a restored source: two edits on one side, two on the other
sql "UPDATE tocsin.entry SET room = 'lost' WHERE name IN ('Service 5', 'Service 6')" "INSERT INTO tocsin.entry (name) VALUES ('lost')"
run pull --source "$W" --cache "$C"
as_boss postgres -c "ALTER DATABASE dir RENAME TO lost" -c "ALTER DATABASE before RENAME TO dir"
sql "UPDATE tocsin.entry SET room = 'new' WHERE name = 'Service 6'" "DELETE FROM tocsin.entry WHERE name = 'Service 7'" "UPDATE tocsin.entry SET room = 'more' WHERE name = 'Service 8'"
perl "$top/tests/sync/count.pl" "$pg_sock" "$pg_port" "$tmp/count" &
proxy=$!
trap 'kill $proxy 2>/dev/null; pg_end' EXIT
until_there() { i=0; while [ ! -e "$1" ] && [ $i -lt 200 ]; do i=$((i + 1)); perl -e 'select undef, undef, undef, 0.05'; done; }
until_there "$tmp/count.ready"
counted() { until_there "$tmp/count"; read -r bytes turns <"$tmp/count"; rm -f "$tmp/count"; }
run pull --source "host=$tmp/count.d port=$pg_port user=ward dbname=dir" --cache "$C"
counted
has "$code $out" '^0 .*source restored: its history is not the cache.s; 3 records written, 3 removed' "of a restored source only what differs is fetched"
agrees "$C" "and the cache is what it holds"
[ "$bytes" -gt 1000 ] && [ "$bytes" -lt 16000 ]
ok $? "in $bytes bytes and $turns turns"
run pull --source "$W" --cache "$C"
has "$out" 'nothing new' "the next round finds nothing"
sql "UPDATE tocsin.entry SET room = 'next' WHERE name = 'Service 9'"
run pull --source "$W" --cache "$C"
has "$out" 'changed; 1 records written' "and the one after it is a delta"

# a restored source that lost a fifth: held, then approved
as_boss postgres -c "CREATE DATABASE fork TEMPLATE dir OWNER owner"
sql "UPDATE tocsin.entry SET room = 'x' WHERE name = 'Service 1'"
run pull --source "$W" --cache "$C"
before=$(cache_records "$C")
F="host=$pg_sock port=$pg_port user=ward dbname=fork"
as_boss fork -c "DELETE FROM tocsin.entry WHERE name LIKE 'Service 1%' OR name LIKE 'Service 2%'"
run pull --source "$F" --cache "$C"
fails 65 'held: the source offers [0-9]+ of 4499 entries' "a repair that would remove a fifth is held"
is "$(cache_records "$C")" "$before" "and the cache is kept"
rm -rf "$tmp/c"
cp -a "$C" "$tmp/c"
"$sync" source approve "$(as_boss fork -c "SELECT revision FROM tocsin.sync_head")" --source "host=$pg_sock port=$pg_port user=owner dbname=fork" >/dev/null
run pull --source "$F" --cache "$tmp/c"
has "$code $out" '^0 .*source restored' "approved, it goes through"
is "$(cache_records "$tmp/c" | wc -l)" "$(as_boss fork -c "SELECT count(*) FROM tocsin.feed WHERE live AND audience IN ('public', 'clinical')")" "to exactly what the source has"

# tombstones forgotten
sql "DELETE FROM tocsin.entry WHERE name = 'Service 3'" "UPDATE tocsin.entry SET audience = 'clinical' WHERE name = 'Service 4'" "SELECT tocsin.prune('0 s')" \
  "UPDATE tocsin.entry SET room = 'y' WHERE name = 'Service 1'" >/dev/null
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*forgotten what changed since; 2 records written, 3 removed' "below the floor the tree finds what is gone"
agrees "$C" "and the cache is what the source holds"

# rot: bytes of a record change on the disk
db() { echo "$1/cache/$(cat "$1/cache/current")/directory.db"; }
rot() { perl -0777 -pi -e "s/\\Q$2\\E/$3/" "$(db "$1")"; }
settle() { run rebuild --cache "$1"; } # all of it in the file, none in the WAL
settle "$C"
run check --cache "$C"
has "$code $out" '^0 [0-9]+ records, all as they were written' "a sound cache is found so"
rot "$C" "Service 4021
" "Service 4022
"
run check --cache "$C"
fails 65 'are not what was written' "a byte that changed on the disk is found"
run pull --source "$W" --cache "$C"
has "$out" 'nothing new' "an ordinary round does not look for it"
rm -f "$tmp/count"
run check --cache "$C" --source "host=$tmp/count.d port=$pg_port user=ward dbname=dir"
counted
has "$code $out" '1 records written, 0 removed' "with a source it is fetched anew"
[ "$bytes" -lt 8192 ]
ok $? "in $bytes bytes"
agrees "$C" "and the cache is whole"
run check --cache "$C"
is "$code" 0 "as a check finds"
rot "$C" "tocsin1	entry	public	AAAAAAAAAAAAAQAAAAAAIQ" "tocsin1	entry	public	AAAAAAAAAAAAAQAAAAAAZZ"
run check --cache "$C" --source "$W"
is "$code" 0 "a header that rotted is healed"
agrees "$C" "and the cache is whole"
# rot of the search index alone: what it is made of is there, no network is asked
words() { ls -d "${1%/*}"/words.*; }
settle "$C"
flip() { perl -e 'open my $f, "+<", $ARGV[0] or die; seek $f, -3, 2; print $f "\xa5\x5a\xa5"' "$(words "$(db "$1")")"; }
flip "$C"
run check --cache "$C"
has "$code $out" '^0 .*the search index is not: it is made again' "an index that rotted is made again from the records"
run check --cache "$C"
has "$code $out" '^0 [0-9]+ records, all as they were written' "and is sound"
before=$(cache_records "$C")
rot "$C" "Service 4021
" "Service 4022
"
run check --cache "$C" --source "host=$tmp/nowhere port=1 user=ward dbname=dir"
is "$code" 69 "with no source there, the rotten cache is kept and served"

# so much differs that all is loaded
as_boss dir -c "DELETE FROM tocsin.revision WHERE revision < (SELECT revision FROM tocsin.sync_head)" -c "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
sql "UPDATE tocsin.entry SET floor = rank::text || name"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*source restored: it is another one.* [0-9]{4} records written, 0 removed' "another source altogether is loaded whole"
agrees "$C" "and the cache is what it holds"
done_testing
