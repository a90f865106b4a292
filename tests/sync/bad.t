#!/bin/sh
# Bad input: one clear sentence, the exit code of sysexits, the cache as it was and still served.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn owner)
W=$(conn ward)
C=$tmp/ward
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN PASSWORD 'open sesame'" -c "GRANT tocsin_public TO ward" -c "CREATE ROLE bare LOGIN"
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 5) i"
run pull --source "$W" --cache "$C"
is "$code" 0 "a cache to begin with"
before=$(cache_records "$C")
kept() { is "$(cache_records "$C")" "$before" "  the cache is kept: $1"; }
tcp="host=127.0.0.1 port=$pg_port user=ward dbname=dir"

# a state file that nobody can read
run status --cache "$C"
is "$code" 0 "what was just confirmed is fresh"
cp -p "$C/state" "$tmp/state"
printf 'nothing = of the kind\n[' >"$C/state"
run status --cache "$C"
fails 75 'stale: the file that tells of the last round cannot be read .*section' "of what nobody can tell it is not said that it is fresh"
rm "$C/state"
run status --cache "$C"
fails 75 'stale: the file that tells of the last round is not there' "nor where that file is gone"
LANG=C TERM=vt100 timeout 20 "$b/tocsin" --scope "$C" --plain </dev/null >"$tmp/out" 2>&1
has "$(cat "$tmp/out")" 'STALE' "which a screen says too"
cp -p "$tmp/state" "$C/state"
run status --cache "$C"
is "$code" 0 "with it, it is fresh again"

# passwords
run pull --source "$tcp sslmode=disable" --cache "$C"
fails 77 'asks for a password and there is none' "no password"
printf '127.0.0.1:*:*:ward:wrong\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
export PGPASSFILE="$tmp/pgpass"
run pull --source "$tcp sslmode=disable" --cache "$C"
fails 77 'does not accept the password: .*; put the right one into ~/.pgpass, or enrol' "a wrong password"
is "$(grep -c wrong "$tmp/err" "$C/state" | cut -d: -f2 | tr '\n' ' ')" "0 0 " "is not printed, nor kept"
printf '127.0.0.1:*:*:ward:open sesame\n' >"$tmp/pgpass"
run pull --source "$tcp sslmode=disable" --cache "$C"
is "$code" 0 "the right one in .pgpass is taken"
# whoever has the right password, and is not let in all the same, is not told to look for another
shut() { # exit code, words, name, what makes it so, what ends it
  [ -z "$4" ] || as_boss postgres -c "$4"
  run pull --source "$tcp sslmode=disable" --cache "$C"
  fails "$1" "$2" "$3"
  is "$(grep -c 'password\|pgpass\|: *[0-9][0-9A-Z]\{4\}:' "$tmp/err")" 0 "  and nothing of the password is said: $3"
  [ -z "$5" ] || as_boss postgres -c "$5"
}
shut 69 'no connection left for us: .*; nothing is wrong here: there look at max_connections' "a role with all its connections" \
  "ALTER ROLE ward CONNECTION LIMIT 0" "ALTER ROLE ward CONNECTION LIMIT -1"
shut 77 'does not let this role in: .*; the role wants CONNECT' "no right to connect" "REVOKE CONNECT ON DATABASE dir FROM public" "GRANT CONNECT ON DATABASE dir TO public"
shut 77 'does not let this role in: .*the role .LOGIN.' "a role that may not log in" "ALTER ROLE ward NOLOGIN" "ALTER ROLE ward LOGIN"
right=$tcp
tcp=$(echo "$tcp" | sed 's/dbname=dir/dbname=nix/')
shut 69 'does not let us in: .*nix.*; look at user and dbname' "no such database" "" ""
tcp=$right
cp "$pg_data/postgresql.conf" "$tmp/postgresql.conf"
printf '%s\n' "max_connections = 5" "max_wal_senders = 0" "superuser_reserved_connections = 4" >>"$pg_data/postgresql.conf"
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
pg_up
takes_the_last() { # again, where whoever looked still had it
  psql -qXAt -h "$pg_sock" -p "$pg_port" -U owner -c "SELECT pg_sleep(60)" dir >/dev/null 2>&1 &
  sleeper=$!
}
takes_the_last
tries=0
until [ "$(as_boss dir -c "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND pid <> pg_backend_pid()")" = 1 ]; do
  tries=$((tries + 1))
  [ $tries -lt 400 ] || break
  kill -0 $sleeper 2>/dev/null || takes_the_last
done
shut 69 'no connection left for us' "a server that is full" "" ""
cat "$tmp/postgresql.conf" >"$pg_data/postgresql.conf"
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m immediate -w stop >/dev/null 2>&1
wait $sleeper
pg_up
run pull --source "$tcp sslmode=disable" --cache "$C"
is "$code" 0 "once there is room, it is let in"
unset PGPASSFILE
run pull --source "$tcp sslmode=disable password=opensesame" --cache "$C"
fails 64 'put it into ~/.pgpass' "a password in the connection string is refused"
is "$(grep -c opensesame "$tmp/err")" 0 "and not printed"
run pull --source "postgresql://ward:opensesame@127.0.0.1/dir" --cache "$C"
fails 64 'put it into ~/.pgpass' "nor in an address"
run pull --source "host=x password=open sesame" --cache "$C"
fails 64 'connection string cannot be read' "a malformed connection string"
is "$(grep -c sesame "$tmp/err")" 0 "is not printed either"
run pull --source "$tcp" --cache "$C"
fails 69 'SSL' "a host that is no socket must prove who it is, unless the string says otherwise"
kept passwords

# a machine that may hold less than the role is granted
as_boss dir -c "GRANT tocsin_clinical TO ward"
printf '[terminal]\naudience = public\n' >"$tmp/public.conf"
run pull --config "$tmp/public.conf" --source "$W" --cache "$C"
fails 78 'grants parts for clinical, and tocsin.conf allows public on this machine: nothing is taken' "a wider grant than the machine may hold"
kept "a wider grant"
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
run pull --config "$tmp/public.conf" --source "$W" --cache "$C"
is "$code" 0 "what it may hold is taken"

# not there, not ready, not ours
run pull --source "host=127.0.0.1 port=$(free_port) user=ward dbname=dir sslmode=disable" --cache "$C"
fails 69 'the source cannot be reached: .*refused.*; look at host and port .*, and whether PostgreSQL runs there' "nobody listens"
run pull --source "host=$tmp/nowhere user=ward dbname=dir" --cache "$C"
fails 69 'the source cannot be reached' "no such socket"
run pull --source "$(echo "$W" | sed 's/dbname=dir/dbname=nix/')" --cache "$C"
fails 69 'does not let us in: .*nix.*; look at user and dbname .*the role and pg_hba.conf' "no such database"
run pull --source "$(echo "$W" | sed 's/dbname=dir/dbname=postgres/')" --cache "$C"
fails 69 'schema tocsin is not there: run tocsin-sync source init' "no schema"
run pull --source "$(conn bare)" --cache "$C"
fails 77 'granted no audience' "a role without grants"
kept "not there"
is "$(sed -n 's/^result = //p' "$C/state")" no-grant "the state file says why"
is "$(sed -n 's/^confirmed = //p' "$C/state" | grep -c '^[1-9]')" 1 "and still when it was last confirmed"
run pull --source "$(conn bare)" --cache "$tmp/never"
[ ! -e "$tmp/never" ]
ok $? "a first round that fails leaves no folder"

# ways to it: a service file, and hosts of which the first are dead
printf '[ward]\nhost=%s\nport=%s\nuser=ward\ndbname=dir\n' "$pg_sock" "$pg_port" >"$tmp/services"
PGSERVICEFILE=$tmp/services
export PGSERVICEFILE
run pull --source service=ward --cache "$tmp/served"
is "$code $(cache_records "$tmp/served" | cksum)" "0 $(source_records public | cksum)" "a service file leads to the source"
sed -i "s|^host=.*|host=$tmp/nowhere,127.0.0.1,$pg_sock|; s|^port=.*|port=$pg_port,$(free_port),$pg_port|" "$tmp/services"
printf 'sslmode=disable\n' >>"$tmp/services"
sql "UPDATE tocsin.entry SET room = 'x' WHERE name = 'Service 1'"
run pull --source service=ward --cache "$tmp/served"
is "$code $(cache_records "$tmp/served" | cksum)" "0 $(source_records public | cksum)" "also past two hosts that are dead"
unset PGSERVICEFILE
run pull --source service=ward --cache "$tmp/served"
fails 69 'look at host and port|service' "a service that is in no file is said: $err"
sql "UPDATE tocsin.entry SET room = 'y' WHERE name = 'Service 1'"
run pull --source "host=$tmp/nowhere,127.0.0.1,$pg_sock port=$pg_port,$(free_port),$pg_port user=ward dbname=dir sslmode=disable" --cache "$tmp/served"
is "$code $(cache_records "$tmp/served" | cksum)" "0 $(source_records public | cksum)" "so it is with a connection string"

serve() { # mode: starts server.pl, its connection string in $fake
  rm -f "$tmp/port"
  perl "$top/tests/sync/server.pl" "$1" "$tmp/port" &
  servers="${servers:-} $!"
  tries=0
  while [ ! -s "$tmp/port" ] && [ $tries -lt 200 ]; do
    tries=$((tries + 1))
    perl -e 'select undef, undef, undef, 0.05'
  done
  fake="host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir sslmode=disable"
}
for mode in http close; do
  serve $mode
  run pull --source "$fake" --cache "$C"
  fails 69 'no PostgreSQL we can talk to.*; look at host, port and sslmode' "a server that is not PostgreSQL ($mode)"
done
serve mute
run pull --source "$fake connect_timeout=1" --cache "$C"
fails 69 'did not answer within 1 seconds: is it PostgreSQL' "a server that never says a word"
serve garbage
run pull --source "$fake" --cache "$C"
fails 65 "the source's answer cannot be read" "an answer that is noise"
serve stall
"$b/tests/sync/tool_stall" "$fake" >"$tmp/out" 2>"$tmp/err"
code=$?
err=$(cat "$tmp/err")
fails 69 'has sent nothing for' "a server that stops in mid-answer"
serve drip
timeout 20 "$b/tests/sync/tool_stall" "$fake" >"$tmp/out" 2>"$tmp/err"
code=$?
err=$(cat "$tmp/err")
fails 69 'is too slow: [0-9]+ bytes in' "a server that goes on a byte at a time"
serve spell
run pull --source "$fake" --cache "$C"
fails 69 'left .*0199 .*right' "a server whose words are a spell"
is "$(printf '%s' "$err" | perl -0777 -ne 'print /[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae|\xff/ ? "loose" : utf8::decode($_) ? "bound" : "broken"')" bound "moves no cursor, turns nothing, and is UTF-8 on the terminal"
is "$(perl -0777 -ne 'print /[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae|\xff/ ? "loose" : "bound"' "$C/state")" bound "nor in the state file, that every screen reads"
kept "not PostgreSQL"
for pid in $servers; do kill "$pid" 2>/dev/null; done

# an older and a newer schema, a protocol that is no longer spoken
as_boss dir -c "UPDATE tocsin.sync_head SET oldest_client = 2"
sql "INSERT INTO tocsin.entry (name) VALUES ('news')"
run pull --source "$W" --cache "$C"
fails 69 'upgrade tocsin-sync' "a source that no longer speaks with this program"
kept "too old"
as_boss dir -c "UPDATE tocsin.sync_head SET oldest_client = 1" -c "ALTER FUNCTION tocsin.pull_all(int) RENAME TO other"
run pull --source "$W" --cache "$tmp/c"
fails 69 'not there, or is older than this program' "a source without a function we need"
as_boss dir -c "ALTER FUNCTION tocsin.other(int) RENAME TO pull_all"

# the cache's side
mkdir "$tmp/file" && rmdir "$tmp/file" && : >"$tmp/file"
run pull --source "$W" --cache "$tmp/file"
[ "$code" != 0 ] && [ "$(wc -l <"$tmp/err")" = 1 ]
ok $? "a file where the folder should be is one line: $err"
exec 8>"$C/cache/lock"
flock -n 8
run pull --source "$W" --cache "$C"
fails 75 'another tocsin-sync is writing' "two writers: the second says so"
exec 8>&-
kept "two writers"
run pull --source "$W" --cache "$C"
is "$code" 0 "and the next round is well"

db=$(find "$C/cache" -name directory.db | sort | tail -n 1)
perl -e 'open my $f, "+<", shift or die; seek $f, 100, 0; print $f "\xff" x 3000' "$db"
rm -f "$db-wal" "$db-shm"
run pull --source "$W" --cache "$C"
has "$code $out" '^0 .*was loaded anew' "a cache whose file is damaged is loaded anew"
is "$(cache_records "$C")" "$(source_records public)" "and is the source's again"

# a source that only reads
for verb in 'enrol late --audiences public' 'approve 1' 'revoke ward'; do
  PGOPTIONS='-c default_transaction_read_only=on' "$sync" source $verb --source "$S" >"$tmp/out" 2>"$tmp/err"
  code=$? err=$(cat "$tmp/err")
  fails 69 'only reads, as a standby does: name the primary' "source ${verb%% *} at a standby"
done

# nothing there
run suggestions list --source "$S"
is "$code $out$err" "0 nothing waits" "suggestions of which there are none are no fault"
run suggestions list --json --source "$S"
is "$code $out$err" "0 " "nor for a program"
for verb in accept refuse; do
  run suggestions $verb 65000000-0000-0000-0000-00000000ffff --source "$S"
  fails 1 'there is no such suggestion' "suggestions $verb of one that is not there"
done
run source revoke nobody-3 --source "$S"
fails 1 'no terminal is called .nobody-3' "source revoke of one that is not there"

# usage
run pull --cache "$C"
fails 64 'needs --source' "no source"
run source --source "$S"
fails 64 'say source init' "no verb"
run source drop --source "$S"
fails 64 'say source init' "a verb that is none"
run source approve --source "$S"
fails 64 'needs a revision' "approve without a revision"
run source approve x1 --source "$S"
fails 64 'a revision is a number' "approve with a word"
run source approve 999 --source "$S"
fails 65 'not there yet' "approve of a revision to come"
done_testing
