#!/bin/sh
# A kiosk in the hands of somebody who wants out: configured in /etc/tocsin alone, left by no key.
unset TMPDIR # /dev is another one for some of it: a folder in memory would be gone
. "$TOCSIN_TOP/tests/e2e/lib.sh"
own_etc
two_languages
printf '[terminal]\nsite = SAB\nscope = %s\ndesk = yes\n' "$scope" >"$work/etc/tocsin/tocsin.conf"
mkdir "$scope/journal"
cat >"$work/kiosk" <<'GO'
stty -a >"$work/before"
$unshare sh -c 'mount --bind "$work/etc" /etc && echo $$ >"$work/pid" && exec "$tocsin" --kiosk'
GO
kiosk() {
  rm -f "$work/after" "$work/pid"
  keys "clear; $1 . $work/kiosk" Enter
}
alive() { kill -0 "$(cat "$work/pid")" 2>/dev/null && shows 'SAB'; }
status_of() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$(cat "$work/pid")/status"; }

pane 24 80
kiosk 'export LC_ALL=C.UTF-8 LANG=C.UTF-8 LANGUAGE=fr TOCSIN_CONFIG=/nowhere COLORFGBG="0;15";'
ok "it_is_configured_by_etc_alone" shows 'SAB Saint-Aubin, ward phone'
ok "the_environment_changes_nothing_but_the_language_of_LANG" screen_has 'Find:'
ok "it_gains_no_privileges" is "$(status_of NoNewPrivs)" 1
ok "it_is_filtered" is "$(status_of Seccomp)" 2
typing 'rea chir'
ok "it_finds" shows '7731'
keys =
ok "a_key_gives_the_other_language" shows 'Chercher : rea chir'
keys =
ok "and_gives_it_back" shows 'Find: rea chir'
keys Enter
typing '+1'
ok "it opens a form" shows 'initials'
typing 'essai'
keys Enter Enter Enter
ok "locked in it writes its journal" shows 'essai'
keys C-n
typing 'rea chir'
keys C-c
keys C-z
keys 'C-\'
keys C-d
ok "no_signal_of_a_key_reaches_it" alive
keys C-s
keys C-n
typing 'inter'
ok "its_output_cannot_be_held" shows 'Find: inter'
keys C-x
ok "it_cannot_be_left" shows 'not on this terminal'
keys F12
ok "it_shows_no_status" shows 'not on this terminal'
keys F7
ok "without_a_printer_that_was_named_it_prints_nothing" shows 'not on this terminal'
keys C-n
for c in a b d e f g h i j k l m n o p q r s t u v w x y z; do keys "C-$c"; done
keys F1 F2 F3 F4 F5 F6 F8 F9 F11
keys Escape Escape Escape Escape Escape
ok "every_control_key_is_survived" alive
printf '\033]0;title\007\033P$q"p\033\\\033[6n\033[c\033[?1049l\033c!sh\r:!sh\r' >"$work/hostile"
tm load-buffer -b h "$work/hostile"
tm paste-buffer -d -r -b h -t t
ok "escape_sequences_are_survived" alive
tm resize-window -t t -x 2 -y 2
tm resize-window -t t -x 80 -y 24
keys C-n
ok "2x2_is_survived" alive
perl -e 'srand 20261127; print map { chr(1 + int rand 255) } 1 .. 4000' >"$work/noise"
tm load-buffer -b n "$work/noise"
tm paste-buffer -d -r -b n -t t
back_home() { keys Escape && { screen_has 'emergency codes here' || screen_has "codes d'urgence ici"; }; }
ok "its_way_back_is_esc" until_true back_home
typing 'rea chir' # behind the noise in the line: what shows it has read it all
found() { screen_has 'Find: rea chir' || screen_has 'Chercher : rea chir'; } # the noise may have = in it
ok "noise_is_survived" until_true found
ok "it_lives" alive
ok "no_path_is_shown" screen_lacks "$work"
memory() { [ -n "${TOCSIN_SANITIZED:-}" ] || [ "$(status_of VmRSS | tr -dc 0-9)" -lt 60000 ]; }
ok "its_memory_stays_small" memory
end_with TERM
ok "ended_from_outside_the_terminal_is_as_found" as_found

# an admin sets the PIN at a terminal
keys "clear; LANGUAGE=en $tocsin --scope $scope pin set" Enter
ok "the PIN is asked for" shows 'New PIN:'
typing '260727'
keys Enter
ok "twice" shows 'Once more:'
typing '260727'
keys Enter
ok "and set" shows 'a PIN is set'
ok "without an echo" screen_lacks '260727'

kiosk_with() { run $unshare sh -c 'mount --bind "$work/etc" /etc && exec "$tocsin" "$@"' sh "$@"; }
kiosk_with --kiosk find rea
ok "it_takes_no_command" is "$rc" 64
kiosk_with --kiosk --cache /tmp
ok "it_takes_no_option" is "$rc" 64
kiosk_with --cache /tmp --kiosk
ok "in_no_place" is "$rc" 64
ln -s "$tocsin" "$work/tocsin-kiosk"
run $unshare sh -c 'mount --bind "$work/etc" /etc && exec "$work/tocsin-kiosk" -c "cat /etc/passwd"'
ok "as_a_login_shell_it_runs_no_command" is "$rc" 64
ok "and_says_so" complains 'takes no other argument'
ok "without_a_path" sh -c "! grep -F etc '$work/err'"

# Faults of its configuration: a sentence without a path for the person, the rest in the log.
cat >"$work/logged" <<'PERL'
use IO::Socket::UNIX;
my $log = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => "$ENV{work}/devlog") or die;
$| = 1;
print "ready\n";
while (defined $log->recv(my $line, 4096)) { print "$line\n" }
PERL
perl "$work/logged" >"$work/syslog" 2>&1 &
logger=$!
until_true grep -q ready "$work/syslog"
mkdir "$work/dev"
cat >"$work/logs" <<'GO'
$unshare sh -c 'mount --bind "$work/etc" /etc && mount --rbind /dev "$work/dev" && mount -t tmpfs dev /dev &&
  ln -s "$work/dev/"* /dev && ln -sf "$work/devlog" /dev/log && echo $$ >"$work/pid" && exec "$tocsin" --kiosk'
GO
conf=$work/etc/tocsin/tocsin.conf
good=$(cat "$conf")
printf '%s\n[screen]\ntheme = pink\n' "$good" >"$conf"
kiosk 'export LANG=C.UTF-8;'
ok "a bad value is said in a sentence" shows 'this terminal is not configured as it should be'
ok "without a path, or a word of the file" sh -c "! { $(command -v tmux) -L tocsin capture-pane -p -t t | grep -E 'pink|tocsin.conf'; }"
keys Enter
ok "which stands until a key" shows 'ready>'
: >"$work/journal.log"
keys "clear; export JOURNAL_STREAM=$(stat -c %d:%i "$work/journal.log"); . $work/kiosk 2>>$work/journal.log" Enter
ok "the journal of its unit has the line of the file" until_true grep -q 'tocsin.conf:.*pink' "$work/journal.log"
ok "and its terminal the sentence" shows 'this terminal is not configured as it should be'
keys Enter
mv "$conf" "$work/kept.conf"
keys "clear; unset JOURNAL_STREAM; . $work/logs" Enter
ok "without a configuration it is the same sentence" shows 'this terminal is not configured as it should be'
ok "without a path" screen_lacks 'tocsin.conf'
ok "which is in the log of the system" until_true grep -q 'tocsin.*tocsin.conf' "$work/syslog"
keys Enter
# Locked in, it makes no socket: what goes wrong then is in the log all the same.
mv "$scope" "$scope.away"
printf '%s\naudience = public\n' "$good" >"$conf"
keys "clear; . $work/logs" Enter
ok "a kiosk without a directory waits for one" shows 'There is no directory on this terminal yet'
mv "$scope.away" "$scope"
ok "what it may not show of it is in the log of the system too" until_true grep -q 'tocsin.*holds parts for' "$work/syslog"
ok "and on the screen" shows 'holds parts for'
typing 'anim chirurg'
ok "it looks for what is typed" shows 'Find: anim chirurg'
end_with TERM
ok "until it is ended" shows 'ready>'
ok "nothing that was typed is in the log of the system" sh -c "! grep -iq 'anim' '$work/syslog'"
kill "$logger"

# An unknown terminal, a slow line: it says so in French, and is readable.
printf '%s\n' "$good" >"$conf"
kiosk 'export LANG=fr_FR.UTF-8 TERM=nosuchterminal SSH_TTY=/dev/pts/0;'
ok "an unknown terminal is said" shows 'terminal « nosuchterminal » inconnu ici'
ok "and no path" screen_lacks "$work"
typing 'rea chir'
ok "the directory is readable" shows '7731'
keys Enter
ok "its cards too" shows 'Échap Retour'
began=$(perl -MTime::HiRes=time -e 'print time')
keys Escape
ok "Esc goes back" shows 'Chercher : rea chir'
held() { perl -MTime::HiRes=time -e 'exit !(time - $ARGV[0] >= 0.5)' "$began"; }
ok "but is held as long as an arrow of a slow line may be split" held
end_with TERM
ok "and it ends as it was found" as_found
# Printers: those of the configuration, by a digit each.
printf '%s\n[print]\nprinter = ward-7, bloc_2\n' "$good" >"$conf"
mkdir "$work/usrbin"
cp "$(command -v sh)" "$work/usrbin/sh"
cp "$(command -v cat)" "$work/usrbin/cat"
printf '#!/bin/sh\n{ echo "$@"; cat; } >>"%s/printed"\n' "$work" >"$work/usrbin/lp"
chmod +x "$work/usrbin/lp"
cat >"$work/kiosk" <<'GO'
stty -a >"$work/before"
$unshare sh -c 'mount --bind "$work/etc" /etc && mount --bind "$work/usrbin" /usr/bin && echo $$ >"$work/pid" && exec "$tocsin" --kiosk'
GO
kiosk 'export LANG=C.UTF-8; unset TERM SSH_TTY;'
ok "a terminal that does not say what it is has the screen too" shows 'terminal type "not said" is not known here'
keys F7
ok "what can be printed is asked" shows 'code board'
keys Down Down Enter
ok "then on which of the printers" shows 'bloc_2'
ok "of which each has its digit" screen_has '1 printer'
ok "and no file" screen_lacks 'file'
keys 2
ok "it is said" shows 'sent to the printer'
ok "the one that was chosen has the sheet" until_true grep -q -- '-d bloc_2$' "$work/printed"
ok "and no other" sh -c "! grep -q ward-7 '$work/printed'"
# A printer that hangs: lp never comes back, and takes no notice of being asked to.
cat >"$work/usrbin/lp" <<LP
#!/bin/sh
echo "\$\$" >"$work/hung"
trap '' TERM HUP INT
while :; do read -r _ <"$work/never" || :; done
LP
mkfifo "$work/never"
: >"$work/printed"
keys Escape Escape
keys F7
ok "again" shows 'code board'
keys Down Down Enter
ok "a printer is asked for" shows 'bloc_2'
keys 2
ok "the printer that hangs is said" shows 'not printed: the printer does not take it'
ok "its lp was started" test -s "$work/hung"
keys C-n
typing 'rea chir'
ok "the next keys are answered" shows '7731'
ended() { ! kill -0 "$(cat "$work/hung")" 2>/dev/null; }
ok "the lp that hung was ended" until_true ended
keys C-n
keys F7
ok "it is tried again" shows 'code board'
keys Down Down Enter
ok "on the same printer" shows 'bloc_2'
keys 2
typing '7731'
ok "what is typed while it is waited for is answered" shows 'Find: 7731'
printf '#!/bin/sh\n{ echo "$@"; cat; } >>"%s/printed"\n' "$work" >"$work/usrbin/lp"
keys C-n
keys F7
ok "it is printed once more" shows 'code board'
keys Down Down Enter
ok "on the same printer" shows 'bloc_2'
keys 2
ok "which works" shows 'sent to the printer'
ok "and has the sheet" until_true grep -q -- '-d bloc_2$' "$work/printed"
end_with TERM
t --version --verbose
ok "it_says_what_holds" says 'no program run, no network (seccomp): yes'
finish
