#!/bin/sh
# How doc/source.md says to back up a source and to restore it: dumped by its owner, brought back by a superuser on
# a server that knows nothing of it, and followed by the terminals that were there.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
pg_ward 100
S=$(conn owner)
tcp() { echo "host=127.0.0.1 port=$pg_port user=desk dbname=dir sslmode=disable"; }
run source enrol desk --audiences switchboard,public --source "$S"
printf '%s\n' "$out" | sed -n 's/^#.*:\(dir:desk:.*\)/127.0.0.1:*:\1/p' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
PGPASSFILE=$tmp/pgpass
export PGPASSFILE
run pull --source "$W" --cache "$C"
run pull --source "$(tcp)" --cache "$tmp/desk"
is "$code" 0 "(two terminals follow)"
before=$(cache_records "$C")

# by the owner: the database; by a superuser: the roles, with their passwords
"$pg_bin/pg_dump" -h "$pg_sock" -p "$pg_port" -U owner -Fc --exclude-table-data='tocsin.snapshot*' dir >"$tmp/dir.dump" 2>"$tmp/err"
is "$? $(cat "$tmp/err")" "0 " "its owner dumps it whole"
"$pg_bin/pg_dumpall" -h "$pg_sock" -p "$pg_port" -U boss --roles-only >"$tmp/roles.sql" 2>"$tmp/err"
is "$?" 0 "a superuser dumps the roles"
sql "UPDATE tocsin.entry SET room = 'lost' WHERE name = 'Service 1'"
run pull --source "$W" --cache "$C"
pg_stop

# a new server
pg_start new
psql -qX -h "$pg_sock" -p "$pg_port" -U boss -f "$tmp/roles.sql" postgres >"$tmp/out" 2>&1
"$pg_bin/pg_restore" -h "$pg_sock" -p "$pg_port" -U boss -d dir "$tmp/dir.dump" >"$tmp/out" 2>"$tmp/err"
is "$? $(cat "$tmp/err")" "0 " "a superuser restores it without a word"
S=$(conn owner)
W=$(conn ward)
run source check --source "$S"
has "$code $out" '^0 .*all as the tables say' "it is whole"
run pull --source "$(tcp)" --cache "$tmp/desk"
has "$code $out" '^0 .*nothing new' "a terminal logs in as before, and finds nothing new"
sql "UPDATE tocsin.entry SET room = 'new' WHERE name = 'Service 2'"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*source restored' "one that had come further sees that the source was restored, once something is written there"
is "$(cache_records "$C")" "$(source_records public clinical)" "and holds what it holds"
run source enrol late --audiences public --source "$S"
is "$code" 0 "and its owner enrols there"

# what the owner alone cannot
as_boss postgres -c "CREATE DATABASE alone OWNER owner"
"$pg_bin/pg_restore" -h "$pg_sock" -p "$pg_port" -U owner -d alone "$tmp/dir.dump" >"$tmp/out" 2>"$tmp/err"
has "$(cat "$tmp/err")" 'permission denied for schema tocsin' "its owner does not bring it back: functions that belong to others are refused"
done_testing
