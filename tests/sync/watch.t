#!/bin/sh
# The daemon: follows, survives its source, reloads, ends at once, says little and nothing of the
# directory.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
C=$tmp/scope
folder_of_daemon "$C"
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public TO ward"
sql "INSERT INTO tocsin.entry (name) SELECT 'Zzyzx ' || i FROM generate_series(1, 30) i" \
  "INSERT INTO tocsin.contact (entry, number, kind) SELECT uuid, '06399' || lpad(row_number() OVER ()::text, 5, '0'), 'mobile' FROM tocsin.entry"
sync_section="[sync]
account = nobody
every = 1
most_wait = 1"
conf "[sync]
account = nobody
every = 600
most_wait = 1
[source main]
conninfo = $(conn ward)
listen = yes"
state_of() { sed -n "s/^$1 = //p" "$C/state"; }
follows() { [ "$(cache_records "$C")" = "$(source_records public)" ]; }

if [ "$(id -u)" = 0 ]; then
  printf '[source main]\nconninfo = %s\n' "$(conn ward)" >"$tmp/root.conf"
  run watch --config "$tmp/root.conf" --cache "$tmp/root"
  fails 65 'does not work as root' "root is refused unless an account is named"
  [ ! -e "$tmp/root" ]
  ok $? "and has made nothing"
  printf '[sync]\naccount = root\n' >"$tmp/root.conf"
  run watch --config "$tmp/root.conf" --cache "$tmp/root"
  fails 78 'no account .*root.* other than root' "nor is root an account"
fi

# the service manager's socket: what it is told is in $tmp/told
perl -MIO::Socket::UNIX -MSocket -e 'my ($p, $o) = @ARGV; my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $p) or die $!;
  chmod 0777, $p; open my $f, ">", $o or die; $f->autoflush(1); alarm 120; while (defined recv($s, my $m, 4096, 0)) { print $f "$m\n" }' \
  "$tmp/notify" "$tmp/told" &
daemons="${daemons:-} $!"
until_ok '[ -S "$tmp/notify" ]'
managed_watch() {
  NOTIFY_SOCKET=$tmp/notify WATCHDOG_USEC=400000
  export NOTIFY_SOCKET WATCHDOG_USEC
  watch --config "$tmp/tocsin.conf" --cache "$C"
  unset NOTIFY_SOCKET WATCHDOG_USEC
}
managed_watch
until_ok follows
ok $? "the daemon loads the directory"
until_ok 'grep -q READY=1 "$tmp/told" && grep -q "STATUS=revision" "$tmp/told" && [ "$(grep -c WATCHDOG=1 "$tmp/told")" -gt 2 ]'
ok $? "the service manager is told that it is ready, how it is, and that it lives"
if [ "$(id -u)" = 0 ]; then
  is "$(stat -c %U "$C/state") $(ps -o user= -p "$daemon")" "nobody nobody" "it works as the account that is named"
  is "$(sed -n 's/^Groups:[[:space:]]*//p' "/proc/$daemon/status" | grep -cw 0)" 0 "without root's groups"
fi
is "$(stat -c %a "$C/state" "$C/watch.lock" | tr '\n' ' ')" "640 600 " "what it writes is not for everybody, and its lock is nobody else's to hold"
run watch --config "$tmp/tocsin.conf" --cache "$C"
fails 75 'another tocsin-sync watch follows' "a second one on the folder says so and ends"
run watch --quiet --config "$tmp/tocsin.conf" --cache "$C"
is "$code [$out$err]" "75 []" "with --quiet it says nothing"

# news: at once, by LISTEN, since the next question is ten minutes away
sql "UPDATE tocsin.entry SET room = 'here' WHERE name = 'Zzyzx 1'"
until_ok follows
ok $? "a change is told and arrives"
until_ok '[ "$(state_of result)" = same ] && [ "$(state_of revision)" = "$(sql "SELECT revision FROM tocsin.sync_head")" ]' || true
has "$("$sync" status --cache "$C"; echo "exit $?")" 'exit 0' "status says fresh"

# reload
conf "$sync_section
nonsense = 1"
kill -HUP "$daemon"
until_ok 'grep -q "all stays as it was" "$tmp/log"'
ok $? "a wrong configuration is one line, and the old one stays"
is "$(grep -c 'no option' "$tmp/log")" 1 "that says what is wrong"
sql "UPDATE tocsin.entry SET room = 'still' WHERE name = 'Zzyzx 2'"
until_ok follows
ok $? "it follows as before"
conf "$sync_section
[source other]
conninfo = $(conn ward)"
kill -HUP "$daemon"
until_ok 'grep -q "was read again" "$tmp/log"'
ok $? "a right one is taken"
sql "UPDATE tocsin.entry SET room = 'asked' WHERE name = 'Zzyzx 3'"
until_ok follows
ok $? "and followed, by asking now"

# the source goes away and comes back
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
until_ok 'grep -q "cannot be reached" "$tmp/log"'
ok $? "a source that is lost is told"
before=$(cache_records "$C")
until_ok '[ "$(state_of result)" = failed ]'
ok $? "the state says so"
is "$(cache_records "$C")" "$before" "the directory is there"
pg_up
sql "UPDATE tocsin.entry SET room = 'back' WHERE name = 'Zzyzx 4'"
until_ok follows
ok $? "it comes back by itself"
kill -STOP "$daemon"
is "$(cache_records "$C")" "$(source_records public)" "a reader answers while the writer is stopped"
kill -CONT "$daemon"

cp "$tmp/log" "$tmp/log.first"
# rot: the daemon hashes what is stored when it starts, and heals it
end_watch
db=$(find "$C/cache" -name directory.db | sort | tail -n 1)
perl -0777 -pi -e 's/Zzyzx 1\d/Zzyzq 77/' "$db"
rm -f "$db-wal" "$db-shm"
[ "$(cache_records "$C")" != "$(source_records public)" ]
ok $? "(a record is rotten)"
watch -v --config "$tmp/tocsin.conf" --cache "$C"
until_ok 'grep -q "is not what was written" "$tmp/log"'
ok $? "rot is found in idle time"
until_ok follows
ok $? "and healed"
is "$(state_of result)" repaired "and told"
end_watch
index=$(ls -d "$C/cache/$(cat "$C/cache/current")"/words.*)
perl -e 'open my $f, "+<", $ARGV[0] or die; seek $f, -3, 2; print $f "\xa5\x5a\xa5"' "$index"
watch -v --config "$tmp/tocsin.conf" --cache "$C"
until_ok 'grep -q "it was made again from the records" "$tmp/log"'
ok $? "a search index that rotted is made again, and told"
until_ok 'grep -q "asked local" "$tmp/log"'
ok $? "-v tells each source that is asked"

end_watch
is "$code" 0 "TERM ends it well"
[ "$took" -lt 2500 ]
ok $? "within a second ($took ms)"
grep -q STOPPING=1 "$tmp/told"
ok $? "and the service manager is told"
is "$(cat "$tmp/log" "$tmp/log.first" | grep -ciE 'zzyzx|06399|password')" 0 "the log names nothing of the directory"
is "$(grep -c 'cannot be reached' "$tmp/log.first")" 1 "and says a thing once"

# a black hole: TERM is heard while the source is waited for
perl "$top/tests/sync/server.pl" mute "$tmp/port" &
daemons="$daemons $!"
until_ok '[ -s "$tmp/port" ]'
conf "$sync_section
[source hole]
conninfo = host=127.0.0.1 port=$(cat "$tmp/port") user=ward dbname=dir
insecure_plaintext_to = 127.0.0.1"
managed_watch
until_ok 'grep -q "following" "$tmp/log"'
petted=$(grep -c WATCHDOG=1 "$tmp/told")
until_ok '[ "$(grep -c WATCHDOG=1 "$tmp/told")" -gt $((petted + 2)) ]' && ! grep -q "did not answer" "$tmp/log"
ok $? "the service manager is told that it lives while it waits for one that takes the connection and says nothing"
end_watch
is "$code" 0 "TERM ends it while it connects to a black hole"
[ "$took" -lt 2500 ]
ok $? "within a second ($took ms)"

# without systemd: the line of the manual, with no more of an environment than cron gives; where make
# install puts the program, the one that was built stands in for it
line=$(sed -n 's,.*[*]/5 [*] [*] [*] [*] \([a-z/]*tocsin-sync [a-z -]*\);.*,\1,p' "$top/man/tocsin-sync.1")
is "$(sed -n 's,^ *[*]/5 [*] [*] [*] [*] \([a-z/]*tocsin-sync [a-z -]*\)$,\1,p' "$top/INSTALL")" "$line" "INSTALL has the line of the manual"
line=$(echo "$line" | sed "s,^/usr/local/bin/,$b/,")
mkdir -p "$tmp/home/.config/tocsin"
folder_of_daemon "$tmp/cron"
printf '%s\n' "[terminal]" "scope = $tmp/cron" "$sync_section" "[source main]" "conninfo = $(conn ward)" >"$tmp/home/.config/tocsin/tocsin.conf"
cron="env -i HOME=$tmp/home LOGNAME=nobody SHELL=/bin/sh PATH=/usr/bin:/bin sh -c"
$cron "exec $line" >"$tmp/mail" 2>&1 &
daemon=$!
daemons="$daemons $daemon"
until_ok '[ "$(cache_records "$tmp/cron")" = "$(source_records public)" ]'
ok $? "a line of a crontab follows: $line"
$cron "exec $line" >"$tmp/mail.next" 2>&1
is "$? $(cat "$tmp/mail.next")" "75 " "the next one, five minutes later, says nothing"
end_watch
is "$code $(cat "$tmp/mail")" "0 " "nor did the first one, all being well"

# where it may not write
mkdir "$tmp/closed"
chmod 555 "$tmp/closed"
conf "$sync_section
[source main]
conninfo = $(conn ward)"
run watch --config "$tmp/tocsin.conf" --cache "$tmp/closed/scope"
fails 77 'must be writable for the account' "a folder that it may not write is said"
if [ "$(id -u)" = 0 ]; then
  sql "UPDATE tocsin.entry SET room = 'closed' WHERE name = 'Zzyzx 5'"
  before=$(cache_records "$C")
  cp -a "$C" "$tmp/frozen"
  find "$tmp/frozen" -type d -exec chmod 555 {} +
  find "$tmp/frozen" -type f -exec chmod 444 {} +
  run pull --config "$tmp/tocsin.conf" --cache "$tmp/frozen"
  fails 77 'frozen' "a directory that has become read-only is said"
  is "$(cache_records "$tmp/frozen")" "$before" "and served as it is"
fi
run pull --config "$tmp/nowhere.conf" --cache "$C"
fails 66 'nowhere.conf' "a configuration that is not there is said"
printf '[sync]\nevery = 5\n' >"$tmp/shut.conf"
chmod 000 "$tmp/shut.conf"
as_server "$sync" pull --config "$tmp/shut.conf" --cache "$tmp/none" >"$tmp/out" 2>"$tmp/err"
code=$? err=$(cat "$tmp/err")
fails 77 'shut.conf.*: .*denied.*: it must be readable' "one that may not be read is said, and what to do"
printf 'sync\nevery = 5\n' >"$tmp/broken.conf"
chmod 644 "$tmp/broken.conf"
run pull --config "$tmp/broken.conf" --cache "$C"
fails 78 'broken.conf:1: neither' "one that is none too, with its line"
printf '[sync]\naccount = nobody\n[source a]\nconninfo = host=x password=opensesame\n' >"$tmp/broken.conf"
run watch --config "$tmp/broken.conf" --cache "$C"
fails 78 'source a.: a password in a connection string' "a password in it is refused"
is "$(grep -c opensesame "$tmp/err")" 0 "and not printed"
conf "$sync_section"
run watch --config "$tmp/tocsin.conf" --cache "$C"
fails 64 'needs --source' "no source is said"

# the source is down when the machine starts
as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
conf "$sync_section
[source main]
conninfo = $(conn ward)"
folder_of_daemon "$tmp/late"
watch --config "$tmp/tocsin.conf" --cache "$tmp/late"
until_ok 'grep -q "cannot be reached" "$tmp/log"'
ok $? "a source that is down at the start is told"
run status --cache "$tmp/late"
fails 69 'no directory' "there is no directory yet"
pg_up
until_ok '[ "$(cache_records "$tmp/late")" = "$(source_records public)" ]'
ok $? "and it comes once the source does"
end_watch
run pull --source "$(conn ward)" --cache "$C"
is "$(cache_records "$C")" "$(source_records public)" "the first directory is there after all this"

# a record that this program cannot read: it is stored as it came, and told with what brought it
as_boss dir -c "INSERT INTO tocsin.feed SELECT gen_random_uuid(), 'public', 'entry', 0, true, tocsin.hash(r), r
  FROM (SELECT convert_to(E'tocsin1\\tentry\\tpublic\\tAAAAAAAAAAAAAAAAAAAAAg\\nname\\t\\n', 'UTF8') r) t" \
  -c "UPDATE tocsin.revision SET records[1] = (SELECT count(*) FROM tocsin.feed WHERE live AND audience = 'public'),
        digests[1] = (SELECT bit_xor(hash) FROM tocsin.feed WHERE live AND audience = 'public')
       WHERE revision = (SELECT revision FROM tocsin.sync_head)"
folder_of_daemon "$tmp/odd"
watch --config "$tmp/tocsin.conf" --cache "$tmp/odd"
until_ok 'grep -q "1 record cannot be read here" "$tmp/log"'
ok $? "a record that cannot be read is one line of the log"
end_watch
done_testing
