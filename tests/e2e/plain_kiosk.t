#!/bin/sh
# A kiosk of lines, for a braille display: answers, locked in, left by no key and no end of input.
unset TMPDIR
. "$TOCSIN_TOP/tests/e2e/lib.sh"
own_etc
conf=$work/etc/tocsin/tocsin.conf
printf '[terminal]\nsite = SAB\nscope = %s\n[screen]\nplain = yes\n' "$scope" >"$conf"
mkdir "$scope/journal"
cat >"$work/kiosk" <<'GO'
stty -a >"$work/before"
$unshare sh -c 'mount --bind "$work/etc" /etc && echo $$ >"$work/pid" && FORCED_OUT="$work/forced" LD_PRELOAD="$preload" exec "$tocsin" --kiosk'
GO
preload=
[ -n "${TOCSIN_SANITIZED:-}" ] || preload=$TOCSIN_BUILD/tests/e2e/forced.so
export preload
kiosk() {
  rm -f "$work/after" "$work/pid"
  keys "clear; $1 . $work/kiosk" Enter
}
alive() { kill -0 "$(cat "$work/pid")" 2>/dev/null; }
status_of() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$(cat "$work/pid")/status"; }
line() {
  typing "$1"
  keys Enter
}

pane 50 100
kiosk 'export LANG=C.UTF-8;'
ok "it says where one stands, and asks" shows 'Find:'
ok "it gains no privileges" is "$(status_of NoNewPrivs)" 1
ok "it is filtered" is "$(status_of Seccomp)" 2
if [ -n "$preload" ]; then
  ok "what nobody may was tried in it" until_true grep -q '^own tgkill' "$work/forced"
  answers() { grep -qx "$1" "$work/forced" || { sed 's/^/# /' "$work/forced"; false; }; }
  for what in execve fork 'socket inet' 'socket unix'; do
    ok "$what" answers "$what: EPERM"
  done
  if ! TOCSIN_CONFIG=/dev/null "$tocsin" --version --verbose | grep -q 'Landlock): NO'; then
    for what in 'open passwd' 'open proc' create; do
      ok "$what" answers "$what: EACCES"
    done
  fi
fi
line 'rea chi'
ok "it answers a look-up" shows '7731'
line 1
ok "and opens a card" shows '01 99 00 52 60'
line +
ok "a note is asked for" shows 'The note'
line essai
ok "until when" shows 'Until when'
keys Enter
ok "whose initials" shows 'Your initials'
line XY
ok "and is written, locked in" shows 'written, not confirmed'
line q
ok "q does not leave" shows 'Two letters or more search'
ok "and is not offered" screen_lacks 'q  leave'
line v
ok "nor is how the machine is" shows 'not on this terminal'
line n
ok "the lines are erased" hides 'not on this terminal'
line p
ok "without a printer that was named it prints nothing" shows 'not on this terminal'
keys C-c
keys C-z
keys 'C-\'
keys C-d
keys C-d
keys C-s
line 'introuvable'
ok "no key ends, suspends or holds it, nor the end of input" shows 'Nothing found.'
ok "it lives" alive
ok "no path is shown" screen_lacks "$work"
line 'rea chi'
line 1
line r
ok "which number was called is asked" shows 'Which number did you call'
keys Enter
ok "and how it ended" shows 'How did it end'
line 1
ok "and by whom" shows 'Your initials'
line XY
ok "a call is noted, and the chain goes on" shows 'next:'
line b
ok "it is in work" shows 'step '
line n
ok "a new caller finds the lines of the other gone" hides 'Nothing found.'
line b
ok "and no call of the other to bring back" shows 'No call is in work.'
line n
ok "and where the terminal stands" shows 'SAB Saint-Aubin'
line 'oeuvrard'
line 1
ok "a masked number is masked" shows 'u shows a masked number'
line u
ok "why it is looked at is asked" shows 'Why (none need be given'
keys Enter
ok "it is shown" shows '06 39 98 56 78'
keys Enter
ok "and erased with the next line" hides '06 39 98 56 78'
mv "$scope/journal" "$work/journal.kept"
: >"$scope/journal"
line 'rea chi'
ok "a row" shows '7731'
line 1
ok "a card" shows '01 99 00 52 60'
line +
line essai
keys Enter
line XY
ok "what cannot be saved is said" shows 'NOT SAVED: this terminal cannot write just now'
ok "without a path" screen_lacks "$work"
rm "$scope/journal"
mv "$work/journal.kept" "$scope/journal"
line n
ok "before the noise nothing of an answer stands there" hides '7731'
perl -e 'srand 20261129; print map { chr(1 + int rand 255) } 1 .. 4000' >"$work/noise"
tm load-buffer -b n "$work/noise"
tm paste-buffer -d -r -b n -t t
keys C-u Enter Enter
line 'rea chir'
ok "noise is survived" until_true screen_has '7731'
ok "it lives on" alive
end_with TERM
ok "ended from outside the terminal is as found, and wiped" as_found
ok "of what was said" screen_lacks '7731'

# Its PIN is asked for on the terminal, whatever its log is.
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
"$sync" import "$work/sample" --format records --cache "$work/group" >"$work/out" 2>&1
mkdir -p "$work/group/journal"
scope=$work/group
printf '[terminal]\nsite = SAB\nscope = %s\n[screen]\nplain = yes\n' "$scope" >"$conf"
printf '483920\n483920\n' | "$tocsin" --scope "$scope" pin set >"$work/out" 2>&1
preload=
export preload
: >"$work/log"
keys "clear; . $work/kiosk 2>$work/log" Enter
ok "it starts with a log" shows 'Find:'
line d
ok "the desk is offered" shows '1 open the switchboard tier'
line 1
ok "the PIN is asked for on the terminal" shows 'PIN of the switchboard tier:'
line 000000
ok "a wrong one is said" shows 'wrong PIN'
ok "without an echo" screen_lacks '000000'
line n
ok "a new caller" hides 'wrong PIN'
line d
ok "asks for the desk again" shows '1 open the switchboard tier'
line 1
ok "and for the PIN" shows 'PIN of the switchboard tier:'
line 483920
ok "the right one opens" shows 'The switchboard tier is open'
ok "nothing of it is in the log" sh -c "! grep -q PIN '$work/log'"

# A terminal that is gone is the end of it.
pid=$(cat "$work/pid")
tm kill-server
over() { ! kill -0 "$pid" 2>/dev/null; }
ok "it ends with its terminal" until_true over

# It prints on the printers that its admin named, and nowhere else.
printf '[print]\nprinter = ward-7, bloc_2\n' >>"$conf"
mkdir "$work/usrbin"
cp "$(command -v sh)" "$work/usrbin/sh"
cp "$(command -v cat)" "$work/usrbin/cat"
printf '#!/bin/sh\n{ echo "$@"; cat; } >>"%s/printed"\n' "$work" >"$work/usrbin/lp"
chmod +x "$work/usrbin/lp"
cat >"$work/kiosk" <<'GO'
$unshare sh -c 'mount --bind "$work/etc" /etc && mount --bind "$work/usrbin" /usr/bin && exec "$tocsin" --kiosk'
GO
pane 50 100
keys "clear; export LANG=C.UTF-8; . $work/kiosk" Enter
ok "a kiosk with printers" shows 'Find:'
line p
ok "asks what is printed" shows '1 code board: SAB'
line 1
ok "and where to" shows '2 printer bloc_2'
ok "of which none is a file" screen_lacks 'file'
line 2
ok "it is told" shows 'sent to the printer: code board'
ok "and the printer has it" until_true grep -q -- '-d bloc_2$' "$work/printed"

# Nobody is there: with a warning it is as a new caller finds it, by itself.  The clock runs fast.
lib=$(find /usr/lib -name libfaketime.so.1 2>/dev/null | head -n 1)
if [ -n "$lib" ] && [ -z "${TOCSIN_SANITIZED:-}" ]; then
  export lib
  printf '[terminal]\nsite = SAB\nscope = %s\n[screen]\nplain = yes\nidle_card_minutes = 600\n' "$work/scope" >"$conf"
  cat >"$work/kiosk" <<'GO'
$unshare sh -c 'mount --bind "$work/etc" /etc && FAKETIME="+0 x40" LD_PRELOAD="$lib" exec "$tocsin" --kiosk'
GO
  pane 50 100
  keys "clear; export LANG=C.UTF-8; . $work/kiosk" Enter
  ok "it starts anew" shows 'Find:'
  tm pipe-pane -t t "cat >>$work/lines"
  line 'rea chi'
  ok "it finds" until_true grep -q 'SAB Réanimation chirurgicale' "$work/lines"
  typing 'half a line'
  ok "left alone it warns" until_true grep -q 'in 15 s all of this is cleared; a line keeps it' "$work/lines"
  ok "then what was said is gone" hides 'Réanimation'
  ok "and what was half typed" hides 'half'
  ok "and it asks again" shows 'Find:'
  line =
  ok "neither is in the next line" shows 'Chercher :'
  line =
  line oeuvrard
  line 1
  line u
  keys Enter
  ok "a masked number is shown" until_true grep -q 'Enter: it is erased' "$work/lines"
  ok "and goes by itself" hides 'Enter: it is erased'
fi
finish
