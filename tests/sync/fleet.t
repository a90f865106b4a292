#!/bin/sh
# Terminals are enrolled, seen and revoked, by an owner of the database who is no superuser.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
S="host=127.0.0.1 port=$pg_port user=owner dbname=dir sslmode=disable"
as_boss dir -c "ALTER ROLE owner PASSWORD 'o'" -c "ALTER SYSTEM SET log_statement = 'all'" -c "SELECT pg_reload_conf()" >/dev/null
printf '127.0.0.1:*:*:owner:o\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
PGPASSFILE=$tmp/pgpass
export PGPASSFILE
run source init --source "$S"
sql "INSERT INTO tocsin.entry (name, audience) VALUES ('a', 'public'), ('b', 'clinical'), ('c', 'switchboard')"

run source enrol ward-3 --audiences public,clinical --source "$S"
is "$code" 0 "a terminal is enrolled"
uuid=$(printf '%s\n' "$out" | sed -n 's/^terminal = //p')
password=$(printf '%s\n' "$out" | sed -n 's/^#127.0.0.1:[0-9]*:dir:ward-3://p')
is "$(sql "SELECT uuid FROM tocsin.terminal WHERE role = 'ward-3'")" "$uuid" "its UUID is printed"
is "${#password}" 24 "and its password"
is "$(grep -c -F -e "$password" "$pg_sock/log")" 0 "that the server never saw"
is "$(sql "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles r WHERE pg_has_role('ward-3', r.oid, 'MEMBER')")" \
  "tocsin_clinical tocsin_public ward-3" "it holds its audiences and nothing else"
printf '127.0.0.1:*:*:ward-3:%s\n' "$password" >>"$tmp/pgpass"

# what was printed is a configuration
printf '%s\n' "$out" >"$tmp/printed.conf"
printf 'insecure_plaintext_to = 127.0.0.1\n' >>"$tmp/printed.conf"
sed -i 's/^\[sync\]/[sync]\nevery = 1/' "$tmp/printed.conf"
if [ "$(id -u)" = 0 ]; then
  sed -i 's/^\[sync\]/[sync]\naccount = nobody/' "$tmp/printed.conf"
  chown nobody "$tmp/pgpass"
fi
chmod 644 "$tmp/printed.conf"
C=$tmp/scope
folder_of_daemon "$C"
run pull --config "$tmp/printed.conf" --cache "$C"
is "$code" 0 "the configuration that was printed is one to pull with"
is "$(cache_records "$C")" "$(source_records public clinical)" "and brings what was granted"
fleet() { "$sync" source fleet --source "$(conn owner)" 2>&1; }
has "$(fleet)" "^ward-3	$uuid	[0-9]+	0	[0-9.]+	0	[0-9]+	public,clinical	ok\$" "fleet shows it, with what it holds"
seen=$(sql "SELECT seen FROM tocsin.terminal WHERE role = 'ward-3'")
sql "UPDATE tocsin.entry SET room = '1'"
run pull --config "$tmp/printed.conf" --cache "$C"
is "$(sql "SELECT seen FROM tocsin.terminal WHERE role = 'ward-3'")" "$seen" "it does not speak again within five minutes"
has "$(fleet)" "^ward-3	$uuid	[0-9]+	1	" "so that it seems one revision behind"
is "$(sql_as ward-3 "SELECT coalesce(tocsin.heartbeat('$uuid', 9, 'x', 0)::text, 'no')")" no "nor would the source write it down"
sql "UPDATE tocsin.terminal SET seen = now() - interval '10 minutes'"
is "$(sql_as ward-3 "SELECT tocsin.heartbeat('$uuid', 9, 'x', 0)")" t "but after five it does"
sql "UPDATE tocsin.terminal SET seen = NULL"
sql_as ward-3 "SELECT tocsin.heartbeat('$uuid', 9, E'\x1b[2J\u009b5n\u202e\tx\nfake\t1', 0)" >/dev/null
fleet >"$tmp/out"
is "$(wc -l <"$tmp/out") $(awk -F '\t' '{ print NF }' "$tmp/out")" "1 9" "what a terminal calls its version makes no line and no column"
is "$(perl -0777 -ne 'print /[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae/ ? "loose" : "bound"' "$tmp/out")" bound "and moves no cursor"
script -qec "'$sync' source fleet --source '$(conn owner)'" /dev/null </dev/null >"$tmp/out"
has "$(sed -n 1p "$tmp/out")" '^name	UUID	revision	behind	version	queue	age	audiences	state' "a person is told what the columns are"
run source enrol desk --audiences switchboard --certificate --source "$S"
has "$out" 'CN of its certificate is desk' "one with a certificate has no password"
is "$(as_boss dir -c "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'desk'")" t "at the server neither"
sql "UPDATE tocsin.terminal SET seen = NULL"
is "$(sql_as desk "SELECT coalesce(tocsin.heartbeat('$uuid', 9, 'x', 0)::text, 'no')")" no "a terminal cannot speak for another"
has "$(sql_as desk "SELECT * FROM tocsin.terminal")" 'permission denied' "nor read of others"
has "$(fleet)" '^desk	.*	switchboard	never$' "one that never spoke is said"
is "$(sql "SELECT count(*) FROM tocsin.feed WHERE kind = 'terminal'")" 0 "nothing of the fleet is in the feed"

# a daemon beats too
sql "UPDATE tocsin.terminal SET seen = NULL"
sed -i 's/^beat = .*/beat = 0/' "$C/state"
watch --config "$tmp/printed.conf" --cache "$C"
until_ok '[ -n "$(sql "SELECT seen FROM tocsin.terminal WHERE role = '"'ward-3'"'")" ]'
ok $? "a daemon speaks as well"
# so does one that holds a change back
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 60) i"
until_ok '[ "$(cache_records "$C")" = "$(source_records public clinical)" ]'
ok $? "(60 entries come)"
end_watch
spoke() { [ -n "$(sql "SELECT seen FROM tocsin.terminal WHERE role = 'ward-3'")" ]; }
silent() {
  sql "UPDATE tocsin.terminal SET seen = NULL"
  sed -i 's/^beat = .*/beat = 0/' "$C/state"
}
silent
sql "DELETE FROM tocsin.entry WHERE name LIKE 'Service %'"
run pull --config "$tmp/printed.conf" --cache "$C"
fails 65 'held: the source offers' "(and go, which is held)"
spoke
ok $? "a terminal that holds a change back speaks"
silent
sed -i 's/^every = 1/every = 1\nmost_wait = 600/' "$tmp/printed.conf"
watch -v --config "$tmp/printed.conf" --cache "$C"
until_ok spoke
ok $? "and so does its daemon"
has "$(fleet)" "^ward-3	$uuid	[0-9]+	1	.*	ok\$" "with the revision that it stays at"
for i in 1 2 3; do
  sql "INSERT INTO tocsin.entry (name) VALUES ('edited $i')"
  until_ok 'grep -q "at revision $(sql "SELECT revision FROM tocsin.sync_head");" "$C/state"'
done
until_ok '[ "$(grep -c "asked in vain: held" "$tmp/log")" -ge 8 ]'
ok $? "it goes on asking at its usual pace, so that an approval arrives"
is "$(grep 'held:' "$tmp/log" | grep -vc 'asked in vain')" 1 "and says once that it holds, whatever else is edited"
hint=$(sed -n 's/^text = held: .*tocsin-sync \(source approve [0-9]* --source\) CONNINFO$/\1/p' "$C/state")
run $hint "$S"
is "$code" 0 "what it says to type can be typed"
until_ok '[ "$(cache_records "$C")" = "$(source_records public clinical)" ]'
ok $? "approved, it goes on"
run source revoke ward-3 --source "$S"
is "$code" 0 "a terminal is revoked"
before=$(cache_records "$C")
until_ok 'grep -Eq "no-grant|failed" "$C/state"'
ok $? "its open connection gets nothing any more"
is "$(cache_records "$C")" "$before" "its directory is kept"
end_watch
run pull --config "$tmp/printed.conf" --cache "$C"
fails 77 'does not accept the password' "it may not log in"
has "$(fleet)" '^ward-3	.*	revoked$' "fleet says so"
run source revoke ward-3 --source "$S"
fails 1 'no terminal is called' "revoked is revoked"
run source enrol ward-3 --audiences public --source "$S"
is "$code" 0 "the name is free for a new terminal"
[ "$(printf '%s\n' "$out" | sed -n 's/^terminal = //p')" != "$uuid" ]
ok $? "with a UUID of its own"
run source enrol ward-3 --audiences public --source "$S"
fails 65 'there is a role .*ward-3.* already' "a name is taken once"
run source enrol owner --audiences public --source "$S"
fails 65 'there is a role .*owner.* already' "nor is the role of a person"
for name in 'Ward' 'a b' 'pg_x' "x'" tocsin_admin; do
  run source enrol "$name" --audiences public --source "$S"
  fails 64 "a terminal's name is" "no name: $name"
done
run source enrol ward-4 --audiences public,admin --source "$S"
fails 64 'audiences are public' "no audience: admin"
run source enrol ward-4 --source "$S"
fails 64 'needs --audiences' "none at all"
run source fleet --audiences public --source "$S"
fails 64 'takes no --audiences' "an option that means nothing there"
run source enrol ward-5 --audiences public --source "host=127.0.0.1 port=$pg_port user=desk dbname=dir sslmode=disable"
fails 77 'password' "who has no password does not get in"
run source enrol ward-5 --audiences public --source "$(conn desk)"
fails 77 'does not let this role' "a terminal may not enrol another"
done_testing
