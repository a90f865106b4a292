#!/bin/sh
# A logical subscriber: sends terminals away while it is being filled, then answers as the primary
# does; one that lags takes nothing back; one that listens is told there too.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
C=$tmp/scope
folder_of_daemon "$C"
run source init --source "$(conn owner)"
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 200) i"
# what doc/scaling.md says for the primary
as_boss dir -c "ALTER SYSTEM SET wal_level = logical"
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
pg_up
sql "CREATE PUBLICATION tocsin_feed FOR TABLE tocsin.feed, tocsin.revision, tocsin.sync_head"
as_boss dir -c "CREATE ROLE tocsin_site LOGIN REPLICATION BYPASSRLS" -c "GRANT USAGE ON SCHEMA tocsin TO tocsin_site" \
  -c "GRANT SELECT ON tocsin.feed, tocsin.revision, tocsin.sync_head TO tocsin_site" -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward"
main_conn=$(conn ward)
to_main="host=$pg_sock port=$pg_port user=tocsin_site dbname=dir"
pg_start site
run source init --subscriber --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward"
site_conn=$(conn ward)
run pull --source "$site_conn" --cache "$C"
fails 69 'source' "a subscriber that holds nothing yet answers nobody"
[ ! -e "$C/cache/current" ]
ok $? "and nothing is published"

# filled, with the copy of the feed held up
as_boss dir -c "BEGIN; LOCK TABLE tocsin.feed IN SHARE MODE; SELECT pg_sleep(60)" >/dev/null 2>&1 &
until_ok '[ "$(as_boss dir -c "SELECT count(*) FROM pg_locks WHERE mode = '"'ShareLock'"' AND relation = '"'tocsin.feed'::regclass"'")" = 1 ]'
as_boss dir -c "CREATE SUBSCRIPTION tocsin_feed CONNECTION '$to_main' PUBLICATION tocsin_feed"
states() { as_boss dir -c "SELECT string_agg(srsubstate::text, '' ORDER BY srrelid::regclass::text) FROM pg_subscription_rel"; }
until_ok '[ "$(states)" = drr ]'
is "$(states)" drr "the head is there and the feed is not"
run pull --source "$site_conn" --cache "$C"
fails 75 'not ready yet.*first copy' "a subscriber that is being filled sends terminals away"
run pull --source "$main_conn" --cache "$C"
run pull --source "$site_conn" --cache "$C"
fails 75 'not ready yet' "also one that holds the directory already"
pg_use pg
is "$(cache_records "$C")" "$(source_records public)" "which is kept"
conf "[sync]
account = nobody
[source site]
conninfo = $site_conn
role = replica
[source main]
conninfo = $main_conn"
[ "$(id -u)" != 0 ] || chown -R nobody "$C"
run pull --config "$tmp/tocsin.conf" --cache "$C"
has "$code $out" '^0 .*nothing new' "and the primary is asked instead"
pg_use site
as_boss dir -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()" >/dev/null
until_ok '[ "$(states)" = rrr ]'
is "$(states)" rrr "the copy ends"
pg_use pg
site_at() { # waits until the subscriber is at the primary's revision
  want=$(sql "SELECT revision FROM tocsin.sync_head")
  pg_use site
  until_ok '[ "$(as_boss dir -c "SELECT revision FROM tocsin.sync_head")" = "$want" ]'
  pg_use pg
}
run pull --source "$site_conn" --cache "$tmp/fresh"
has "$code $out" '^0 .*first time' "a complete one loads a cache"
is "$(cache_records "$tmp/fresh")" "$(source_records public)" "that is the primary's"
sql "UPDATE tocsin.entry SET room = '1' WHERE name = 'Service 5'" "DELETE FROM tocsin.entry WHERE name = 'Service 6'" \
  "UPDATE tocsin.entry SET audience = 'restricted' WHERE name = 'Service 7'"
site_at
run pull --source "$site_conn" --cache "$tmp/fresh"
has "$code $out" '^0 .*changed; 1 records written, 2 removed' "it sends deltas"
is "$(cache_records "$tmp/fresh")" "$(source_records public)" "that are the primary's"

# one that lags
pg_use site
as_boss dir -c "ALTER SUBSCRIPTION tocsin_feed DISABLE"
pg_use pg
sql "UPDATE tocsin.entry SET room = '2' WHERE name = 'Service 5'"
run pull --source "$main_conn" --cache "$tmp/fresh"
before=$(cache_records "$tmp/fresh")
run pull --source "$site_conn" --cache "$tmp/fresh"
fails 75 'a replica that lags' "one that lags takes nothing back"
is "$(cache_records "$tmp/fresh")" "$before" "and the cache stays"
pg_use site
is "$(as_boss dir -c "SELECT tocsin.is_copy()")" t "a subscriber says that it is a copy, which may lag"
as_boss dir -c "ALTER SUBSCRIPTION tocsin_feed ENABLE"
pg_use pg
site_at

# listening at the site
conf "[sync]
account = nobody
every = 600
most_wait = 1
[source site]
conninfo = $site_conn
role = replica
listen = yes"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok '[ "$(cache_records "$C")" = "$(source_records public)" ]'
ok $? "a daemon follows a site's subscriber"
sql "UPDATE tocsin.entry SET room = 'told' WHERE name = 'Service 9'"
until_ok '[ "$(cache_records "$C")" = "$(source_records public)" ]'
ok $? "and is told there of what was committed at the primary"
end_watch
pg_use site
as_boss dir -c "ALTER SUBSCRIPTION tocsin_feed DISABLE" -c "ALTER SUBSCRIPTION tocsin_feed SET (slot_name = NONE)" -c "DROP SUBSCRIPTION tocsin_feed"
done_testing
