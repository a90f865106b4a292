#!/bin/sh
# What is written on a machine whose clock is known to be wrong is not over for everybody else.
. "$TOCSIN_TOP/tests/cli/directory.sh"
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..1"
  echo "ok 1 - (a clock that lies and a sanitizer do not go together)"
  exit 0
fi
matches() { grep -q -- "$1" "$work/out" || { echo "# not said: $1"; false; }; }
icu=$(t find rea chir --site SAB --mine --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{uuid}' <"$work/out")
wrong() { run faketime -f -3d "$tocsin" --scope "$scope" --site SAB "$@" --initials NE; }
now=$(date +%s)
# ends HOURS: the act in JSON ends so many hours from now, more or less a quarter
ends() { json "abs(\$j->{until} - $now - $1 * 3600) < 900 && abs(\$j->{at} - $now) < 900 && \$j->{clock_wrong}"; }

wrong incident report pbx-sab --direction inbound --reason "no tone" --json
ok "a report is written by a clock three days behind" exits 0
ok "its twelve hours begin where the directory's time ends" ends 12
wrong note "$icu" "ring twice" --until 2h --json
ok "so does the span of a note" ends 2
wrong override "$icu" "06 39 98 00 01" --of 7731 --until 2h --json
ok "and of a temporary number" ends 2
wrong note "$icu" "until an hour" --until "$(date -d '+3 hours' +%H:%M)" --json
ok "a time of day is the next one of the newest time known" ends 3
wrong note "$icu" "until a day of the wrong clock" --until "$(date -d '-1 day' +%F)"
ok "a day that is over for everybody else is refused" exits 64
wrong note "$icu" "again" --until 2h
ok "a person reads that the clock is wrong" says "! CLOCK WRONG on this machine: it holds until"
ok "with the day of the end" says "until $(LC_ALL=C date -d "@$((now + 7200))" '+%a %-d %b')"
ok "and what else to do" says "have it said at another terminal too"
printf 'rea chir\n1\n+\nring long\n2h\nNE\n\n' >"$work/typed"
run timeout 20 faketime -f -3d "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "so does who asks line by line" says "! CLOCK WRONG on this machine: it holds until"

t incident list
ok "by the right clock it is reported, not over" matches "^pbx-sab .*: reported, not declared, inbound since"
t show "$icu"
ok "the note stands" says "ring twice"
ok "and the temporary number" says "temporary number: 06 39 98 00 01 until"

# An act of some clock far ahead is nobody's newest time.
run faketime -f +400d "$tocsin" --scope "$scope" note "$icu" "of next year" --until 2h --site SAB
ok "a clock that is ahead says nothing of itself" exits 0
wrong note "$icu" "once more" --until 2h --json
ok "and is not counted from" ends 2
t note "$icu" "by the right clock" --until 2h --json
ok "a clock that may be right is not doubted" json '!$j->{clock_wrong}'
finish
