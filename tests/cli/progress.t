#!/bin/sh
# How far long work is: on a terminal, and nowhere else.
. "$TOCSIN_TOP/tests/cli/directory.sh"
command -v script >/dev/null || {
  echo "1..0 # SKIP script is missing: apt-get install bsdutils"
  exit 0
}
mkfifo "$work/slow"
# a file that comes slowly: its first half, nothing for longer than work is kept quiet about, the rest
feed() {
  perl -e 'local $/; open my $f, "<", shift; my $s = <$f>; open my $o, ">", shift; $o->autoflush(1); my $h = int(length($s) / 2);
    print $o substr($s, 0, $h); select undef, undef, undef, 1.2; print $o substr($s, $h)' "$work/stream" "$work/slow" &
}
shown() { tr '\r' '\n' <"$work/terminal" | grep -Eq "$1"; }
not_shown() { ! shown "$1"; }
on_terminal() { # command: what it shows there in $work/terminal
  feed
  script -qec "$1" /dev/null >"$work/terminal" </dev/null
  wait
}
on_terminal "$sync import $work/slow --format records --cache $work/one"
ok "a slow import says how far it is" shown '^[0-9]+ records, [0-9.]+ MB'
ok "and what it came to" shown 'revision 1 is published'
ok "on a line that is taken away" sh -c "tr '\\r' '\\n' <'$work/terminal' | grep -q '^.\\[Krevision\\|^.\\[K.*records; the directory'"
on_terminal "$sync import $work/slow --format records --cache $work/two --quiet"
ok "--quiet: no progress" not_shown '^[0-9]+ records, '
ok "but the result" shown 'revision 1 is published'
feed
run "$sync" import "$work/slow" --format records --cache "$work/three"
wait
ok "no terminal, no progress" is "$(wc -c <"$work/err")" 0
finish
