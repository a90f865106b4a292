#!/bin/sh
# Somebody who wants out of a kiosk, or into what it does not show: through sshd and tmux, with every
# key, sequence, size, signal, a full disk and a broken directory.  HOSTILE_KEYS of them (make soak: a
# million), HOSTILE_SEED begins them.
. "$TOCSIN_TOP/tests/e2e/lib.sh"
. "$TOCSIN_TOP/tests/e2e/sshd.sh"
command -v infocmp >/dev/null 2>&1 || skip "infocmp is not installed"
KEYS=${HOSTILE_KEYS:-10000} SEED=${HOSTILE_SEED:-20261127} STEP=2000
echo "# HOSTILE_SEED=$SEED HOSTILE_KEYS=$KEYS"

# A directory that holds more than may be shown, and a PIN before it.
rm -rf "$scope"
sed 's/^entry | clinical | @e4$/entry | switchboard | @e4/' <"$TOCSIN_TOP/tests/cli/data/directory.txt" >"$work/desk.txt"
cat >>"$work/desk.txt" <<'D'

entry | switchboard | @e1
note | @n1 | lechefestaubloc
c | 009 | @c90 | 0639987766 | kind=mobile | e=+33639987766
D
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/desk.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
printf '260727\n260727\n' | "$tocsin" --scope "$scope" pin set >/dev/null
mkdir "$scope/journal"
chgrp -R "$ACCOUNT" "$scope"
inside() { nsenter -t "$(cat "$work/sshd.pid")" -m "$@"; }
inside mount -t tmpfs -o "size=256k,mode=0700,uid=$ACCOUNT" tmpfs "$scope/journal"

keys_of() { perl "$TOCSIN_TOP/tests/e2e/hostile-keys" "$@" >"$work/typed"; }
type_them() { tm load-buffer -b h "$work/typed" && tm paste-buffer -d -r -b h -t t; }
connect() { keys "clear; ssh -e none -F $work/ssh_config -tt tocsin-kiosk; echo left \$?" Enter; }
rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status"; }
alive() { kill -0 "$pid" 2>/dev/null && [ "$(theirs)" = "$pid" ]; }
no_other() { ! pgrep -u "$ACCOUNT" -l . | grep -Ev ' (sshd|tocsin|tocsin-kiosk)$' | grep .; }
# What may never be on it: the tier's, a path, another program's words, the shell that is behind.
clean() {
  screen | perl -CSD -ne 'if (/lechefestaubloc|uvrard|root:.:|uid=[0-9]|ready>|\/tmp\/|left [0-9]/) { print "# $_"; $bad = 1 }
    s/[^0-9]//g; if (/39987766|39985678/) { print "# digits: $_\n"; $bad = 1 } END { exit $bad }'
}
# Its way back is Esc, whatever was left open (a paste, half a sequence); then it still finds.  Keys
# of before may be on their way yet: then once more.
found() { screen | grep -Eq '(Find|Chercher ?): rea chir' && screen_has 'animation chirurgicale'; } # wherever one stands now
# The same of every byte that it writes, not only of what stands there when one looks: what was met is
# in a file, once each.  A name that may be shown says that it looks.
cat >"$work/watch" <<'PERL'
my ($text, %met) = ('');
$| = 1;
while (sysread STDIN, $text, 65536, length $text) {
  (my $plain = $text) =~ s/\e\[[0-?]*[ -\/]*[@-~]|\e[()].|\e[^[]/\n/g;
  $met{$1}++ or print "$1\n"
    while $plain =~ /(lechefestaubloc|uvrard|root:.:|uid=[0-9]|\/tmp\/|260727|39.?98.?77.?66|39.?98.?56.?78|animation chirurgicale)/g;
  $text = substr $text, -400 if length $text > 400;
}
PERL
met() { LC_ALL=C sort "$work/met" | tr '\n' ' '; }
home() { screen_has 'Type a name' || screen_has 'Taper un nom'; } # in whatever language = was left
looks_up() {
  keys Escape && keys Escape && home && typing 'rea chir' || return 1
  for look in 1 2 3 4 5 6 7 8 9 10; do
    found && return
    perl -e 'select undef, undef, undef, 0.05'
  done
  return 1
}
answers() { until_true looks_up || explain; }
still() {
  ok "$1: it lives, and nothing beside it" lives
  ok "$1: it answers" answers
  ok "$1: nothing is shown that may not be" clean
}
lives() { alive && no_other; }

small() { screen_has 'is too small' || screen_has 'est trop petit'; }

pane 24 80
connect
ok "the kiosk is there" shows 'SAB Saint-Aubin, ward phone'
pid=$(theirs)
tm pipe-pane -t t "exec perl $work/watch >$work/met"
keys F11 Home Enter
ok "locked in it asks for the PIN" shows 'PIN:'
typing 260727
keys Enter
ok "and looks at it" shows 'tier is open'
keys Home Enter
ok "and closes again" shows 'Type a name'
keys_of "$SEED" "$STEP"
type_them
still "the first keys"
before=$(rss)

for code in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31; do
  printf "\\$(printf %03o $code)"
done >"$work/typed"
type_them
still "every control key"
keys_of 0 0 sequences
type_them
still "every sequence of terminfo and xterm"

done=$STEP good=true
while [ "$done" -lt "$KEYS" ]; do
  keys_of "$((SEED + done))" "$STEP"
  type_them
  done=$((done + STEP))
  clean && lives || { good=false; break; }
  [ $((done % 20000)) -ne 0 ] || answers || { good=false; break; }
done
ok "$done keys: nothing is shown that may not be, and it lives" $good
still "$done keys"

perl -e 'print "\e[200~", "rea chir :!sh\r\n\cC\cZ" x 80000, "\e[201~"' >"$work/typed"
type_them
still "a pasted megabyte"
perl -e 'print "\e[200~", "x" x 300000' >"$work/typed"
type_them
still "a paste that does not end"

for size in '1 1' '1 80' '24 1' '200 500' '2 2' '24 80'; do
  tm resize-window -t t -y "${size% *}" -x "${size#* }"
  [ "$size" != '1 80' ] || ok "a window of one row is seen" until_true small
  keys_of "$SEED" 50
  type_them
done
still "a window of one cell, and of many"

for signal in INT QUIT TSTP TTIN TTOU WINCH CONT URG PIPE; do kill -"$signal" "$pid"; done
still "signals that mean nothing"
kill -STOP "$pid"
kill -CONT "$pid"
still "stopped from outside and let go"
other=$((ACCOUNT + 5000)) refused=true
for signal in TERM HUP KILL USR1 ALRM; do
  setpriv --reuid "$other" --regid "$other" --clear-groups kill -"$signal" "$pid" 2>/dev/null && refused=false
done
ok "another account signals it in vain" $refused
still "signals of another account"

inside sh -c 'cat /dev/zero >"$1/fill" 2>/dev/null' sh "$scope/journal"
keys_of "$((SEED + 1))" 500
type_them
still "a full disk"
inside rm "$scope/journal/fill"

# Whoever fills the directory is killed: the daemon, and a write at several of its moments.
chown -R nobody "$scope/cache" "$scope"/*.lock 2>/dev/null
chown nobody "$scope"
printf '[sync]\naccount = nobody\nevery = 1\nmost_wait = 1\n[source gone]\nconninfo = host=%s dbname=none\n' "$work" >"$work/sync.conf"
chmod 644 "$work/sync.conf"
HOME=$work "$sync" watch --config "$work/sync.conf" --cache "$scope" 2>"$work/watch.log" &
daemon=$!
ok "the daemon says that its source is gone" until_true grep -qs "^result = failed" "$scope/state"
kill -KILL "$daemon"
wait "$daemon" 2>/dev/null
type_them
still "a killed daemon"
chown -R root "$scope/cache" "$scope"/*.lock "$scope" 2>/dev/null
ended=true
for moment in 1 2 3 4 5 6; do
  sed "s/7799/77$moment$moment/" "$work/desk.txt" | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/next"
  "$sync" import "$work/next" --format records --cache "$scope" >/dev/null 2>&1 &
  writer=$!
  perl -e 'select undef, undef, undef, $ARGV[0] * 0.008' "$moment" # wherever it is by then
  kill -KILL "$writer" 2>/dev/null
  wait "$writer" 2>/dev/null
  clean && lives || ended=false
done
ok "a write killed at six of its moments" $ended
still "killed writers"
run "$sync" import "$work/next" --format records --cache "$scope"
ok "the next write goes through" is "$rc" 0

printf 'nonsense' >"$scope/cache/current"
rm -f "$scope/state"
keys_of "$((SEED + 2))" 200
type_them
still "a directory that was broken behind its back"

if [ -z "${TOCSIN_SANITIZED:-}" ]; then
  after=$(rss)
  echo "# memory: $before kB after $STEP keys, $after kB at the end"
  ok "memory is flat" sh -c "[ $after -le $((before + 8192)) ]"
fi
ok "in all that was written to the terminal nothing was that may not be" is "$(met)" 'animation chirurgicale '
kill "$pid"
ok "ended from outside, the connection ends" shows 'left '
ok "and the terminal is as it was found" is "$(tm display -p -t t '#{alternate_on}')" 0
keys 'clear; echo it is' Enter
ok "the shell behind it is usable" shows 'it is'
ok "nothing that was typed is in sshd's log" sh -c "! grep -Eq 'rea chir|260727|7766' '$work/sshd.log'"
finish
