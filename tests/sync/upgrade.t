#!/bin/sh
# A source of each older schema is upgraded where it stands: nothing is sent again, nothing is lost.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
newest=$(ls "$top"/sync/sql/*.sql | wc -l)
OLDEST=4 # the first that terminals followed

as_boss dir -c "CREATE ROLE ward LOGIN"
of() { echo "host=$pg_sock port=$pg_port user=$1 dbname=$2"; }
on() { # database, statement ...
  d=$1
  shift
  psql -qXAt -v ON_ERROR_STOP=1 -h "$pg_sock" -p "$pg_port" -U owner "$@" "$d"
}
old=$OLDEST
while [ "$old" -lt "$newest" ]; do
  base=old$old
  as_boss postgres -c "CREATE DATABASE $base OWNER owner"
  pg_old $base "$old"
  is $? 0 "schema $old installs"
  as_boss $base -c "GRANT tocsin_public, tocsin_clinical TO ward"
  on $base -c "INSERT INTO tocsin.site (code) VALUES ('SAB')" -c "INSERT INTO tocsin.entry (name, site, audience)
      SELECT 'Service ' || i, 'SAB', CASE i % 3 WHEN 0 THEN 'clinical' ELSE 'public' END FROM generate_series(1, 50) i" \
    -c "INSERT INTO tocsin.contact (entry, number, audience, purposes, via, since, raw) SELECT uuid, '0199000001', 'restricted', '{urgent,any}', NULL,
      '2020-01-01', '01 99 00 00 01' FROM tocsin.entry" -c "DELETE FROM tocsin.entry WHERE name = 'Service 7'"
  was=$(on $base -c "SELECT string_agg(h::text, ' ') FROM tocsin.sync_head h" -c "SELECT md5(string_agg(f.uuid || f.audience || f.change || f.live ||
      coalesce(f.record::text, ''), '' ORDER BY f.uuid, f.audience)) FROM tocsin.feed f")
  run source upgrade --source "$(of owner $base)"
  is "$code $out" "0 schema $old is now schema $newest" "schema $old is upgraded"
  is "$(on $base -c "SELECT string_agg(h::text, ' ') FROM tocsin.sync_head h" -c "SELECT md5(string_agg(f.uuid || f.audience || f.change || f.live ||
      coalesce(f.record::text, ''), '' ORDER BY f.uuid, f.audience)) FROM tocsin.feed f")" "$was" "the feed and its revision are what they were"
  run source check --source "$(of owner $base)"
  is "$code" 0 "and what the tables say, read by the new functions"
  on $base -c "UPDATE tocsin.entry SET room = '2' WHERE name = 'Service 3'" -c "UPDATE tocsin.entry SET rank = rank"
  is "$(on $base -c "SELECT count(*) FROM tocsin.revision WHERE revision > $(echo "$was" | sed -n '1s/^([^,]*,[^,]*,\([0-9]*\),.*/\1/p')")" 1 \
    "a change after it is one revision, and setting every row to what it was is none"
  run pull --source "$(of ward $base)" --cache "$tmp/c$old"
  is "$code" 0 "a terminal pulls from it"
  old=$((old + 1))
done
done_testing
