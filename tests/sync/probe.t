#!/bin/sh
# Probes: what does not answer is reported and nothing more, by one that waits for nobody.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
trap daemons_end EXIT
pg_start
tocsin=$b/tocsin
C=$tmp/scope
folder_of_daemon "$C"
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE desk LOGIN" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk"
sql "INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin')" \
  "INSERT INTO tocsin.domain (code, name, kind, site) VALUES ('pbx-sab', 'PBX Saint-Aubin', 'pbx', 'SAB'), ('trunk', 'Trunk', 'trunk', 'SAB')" \
  "INSERT INTO tocsin.entry (name, site) VALUES ('Urgences', 'SAB')"

# a PBX: listens on a port of its own until it is told otherwise; "deaf" lets nobody in any more
pbx() { # name, port ("" any), deaf
  perl -MSocket -MIO::Socket::INET -e '
    my ($file, $port, $deaf) = @ARGV;
    socket(my $s, PF_INET, SOCK_STREAM, 0) or die; setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
    bind($s, sockaddr_in($port || 0, INADDR_LOOPBACK)) or die; listen($s, $deaf ? 0 : 64) or die;
    my ($p) = sockaddr_in(getsockname($s));
    my @full = $deaf ? map { IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $p, Blocking => 0) } 1 .. 4 : ();
    open my $f, ">", "$file.new" or die; print $f $p; close $f; rename "$file.new", $file;
    alarm 120; while (1) { if ($deaf) { sleep 1 } else { accept(my $c, $s) or last; close $c } }' "$tmp/$1" "${2:-}" "${3:-}" 2>/dev/null &
  listener=$!
  daemons="${daemons:-} $listener"
  until_ok '[ -s "$tmp/'"$1"'" ]'
}
hang_up() { kill "$1"; wait "$1" 2>/dev/null; }
rows() { sql "SELECT string_agg(domain || CASE WHEN declared THEN ' declared' ELSE ' reported' END || CASE WHEN ended IS NULL THEN '' ELSE ' ended' END, ', ' ORDER BY since, domain) FROM tocsin.incident"; }
pbx pbx
pbx=$listener port=$(cat "$tmp/pbx")
pbx trunk
trunk=$listener
base="[sync]
account = nobody
every = 1
most_wait = 1
[source main]
conninfo = $(conn desk)"
probes="[probe pbx-sab]
connect = 127.0.0.1:$port
directions = inside,inbound
every = 1
patience = 1
fails = 2
answers = 2
[probe trunk]
connect = 127.0.0.1:$(cat "$tmp/trunk")
every = 1
patience = 1
fails = 2
answers = 2"

conf "$base
[probe pbx-sab]
connect = pbx.example:5060"
run watch --config "$tmp/tocsin.conf" --cache "$C"
fails 78 'probe pbx-sab.*numeric address' "a probe that names its PBX by a name is refused"
conf "$base
[probe pbx-sab]
connect = 127.0.0.1:5060
directions = up"
run watch --config "$tmp/tocsin.conf" --cache "$C"
fails 78 'directions are of inside' "so are directions that are none"

conf "$base
$probes"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok 'grep -q "probe pbx-sab: it answers" "$tmp/log" && grep -q "probe trunk: it answers" "$tmp/log"'
ok $? "what answers is told once"
is "$(rows)" "" "and makes no report"
hang_up "$pbx"
until_ok '[ "$(rows)" = "pbx-sab reported" ]'
ok $? "a PBX that does not answer is reported to the switchboards, and not declared"
is "$(sql "SELECT by || ' ' || array_to_string(directions, '+') FROM tocsin.incident")" "probe inside+inbound" "by a probe, in the directions that were asked"
has "$("$tocsin" --scope "$C" incident list)" 'pbx-sab.*reported, not declared.*probe: no answer' "the machine itself shows it"
pbx pbx "$port"
pbx=$listener
until_ok '[ "$(rows)" = "pbx-sab reported ended" ]'
ok $? "it answers again: the report is taken back"

# what a person declared is a person's to end; a probe that never answers
kill -HUP "$daemon" # begins anew: no silence from before
until_ok 'grep -q "read again" "$tmp/log"'
hang_up "$pbx"
pbx pbx "$port" deaf
pbx=$listener
until_ok '[ "$(rows)" = "pbx-sab reported ended, pbx-sab reported" ]'
ok $? "a PBX that takes no connection and refuses none is given up in time"
sql "UPDATE tocsin.incident SET declared = true WHERE ended IS NULL"
until_ok '"$tocsin" --scope "$C" incident list | grep -q "DOWN"'
said=$(wc -l <"$tmp/log")
hang_up "$pbx"
pbx pbx "$port"
pbx=$listener
until_ok 'tail -n +$((said + 1)) "$tmp/log" | grep -q "probe pbx-sab: it answers"'
ok $? "it answers again"
is "$(rows)" "pbx-sab reported ended, pbx-sab declared" "and what a person declared is not ended"
hex=$(sql "SELECT encode(convert_to(replace(replace(convert_from(record, 'UTF8'), tocsin.short(uuid), tocsin.short(gen_random_uuid())),
    payload ->> 'incident', (SELECT tocsin.short(i.uuid) FROM tocsin.incident i WHERE i.declared)), 'UTF8'), 'hex') FROM tocsin.act WHERE kind = 'incident-end'")
has "$(sql_as desk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^done.*a person ends it' "neither by one that had not heard of it"
is "$(rows)" "pbx-sab reported ended, pbx-sab declared" "it is down still"

# nothing answers any more: it may be this machine
sql "UPDATE tocsin.incident SET ended = now() WHERE ended IS NULL"
until_ok '"$tocsin" --scope "$C" incident list | grep -q "no incident is known"'
as_boss postgres -c "ALTER DATABASE dir WITH ALLOW_CONNECTIONS false" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'dir'" >/dev/null
until_ok '[ "$(sed -n "s/^result = //p" "$C/state")" = failed ]'
hang_up "$pbx"
hang_up "$trunk"
until_ok 'grep -q "probe trunk: no answer, nor from a source" "$tmp/log" && grep -q "probe pbx-sab: no answer, nor" "$tmp/log"'
ok $? "where nothing at all answers, the log says that this machine may be cut off"
has "$("$tocsin" --scope "$C" incident list)" '^no incident is known' "and nothing is reported"
is "$(grep -cE "127\.0\.0\.1:$port|06[0-9]{6}" "$tmp/log")" 0 "the log holds no address and no number"
end_watch
is "$code" 0 "it ends"
[ "$took" -lt 2000 ]
ok $? "at once"
done_testing
