#!/bin/sh
# The numbered dialogue at a desk: cascades and crisis cells, the test round, an exercise.
. "$TOCSIN_TOP/tests/cli/directory.sh"
TZ=Europe/Paris
export TZ
scope=$work/night
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/data/downtime.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the night is imported" exits 0
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
}
acts() { t acts --json && json "$1"; }

# A cascade: whoever is not reached, one after the other.
say d ''
ok "the desk offers what there is to do" says "2 cascades and crisis cells: 2"
ok "an empty line goes back" keeps_quiet_of "Which one"
say d 2 2 q
ok "a cascade says how far it is" says "SAB White plan, cascade: 4 to call, not begun"
matches() { grep -q -- "$1" "$work/out" || { echo "# no such line: $1"; false; }; }
warned='Surgical intern on call (NOBODY LISTED: the rota held here ended .*; do NOT call if the patient is a child: call paediatrics)'
ok "and the first of them, with what is to be read before the number to call" matches "^1/4 $warned: 4244, ! DOWN extension"
t acts
ok "to look at it writes nothing" exits 1
say d 2 2 1 XY '' 3 q d 2 2 l q
ok "one digit notes how it ended, and the next is said" says "2/4 N. Exemple: 0 06 39 98 12 34"
ok "Enter passes one by" says "3/4 Pharmacy: 0 01 99 00 70 01"
ok "initials are asked for once" is "$(grep -c 'Your initials' "$work/out")" 1
ok "the next time it begins with whoever is not reached" says "White plan, cascade: 3 left of 4"
ok "l says all of them, with what was noted" says "3/4 x Pharmacy: 0 01 99 00 70 01, ! hours?, direct line; answered"
ok "two acts are in the journal, signed" acts '2 == grep { $_->{type} eq "attempt" && $_->{initials} eq "XY" && $_->{payload}{group} } @{$j->{acts}}'
say d 2 2 '' '' '<' '<' '<' - XY q
ok "< goes back to one that is reached" says "3/4 x Pharmacy"
say d 2 2 '' '<' - XY l q
ok "and - takes its result back" matches "^1/4 $warned: 4244, ! DOWN extension, begins$"
say d 2 2 '' 2 XY q
ok "behind a result the next is who is not reached" sh -c "! grep -q '3/4' '$work/out' && grep -q '^4/4' '$work/out'"
say d 2 2 0 3 XY q d 2 2 q
ok "0 begins a new run with the first result" says "cascade: 3 left of 4, run of "
say d 2 2 c
ok "c opens the card" says "SAB Saint-Aubin: "
say d 2 2 '' '' '' ''
ok "behind the last one it says how far it is" sh -c "grep -A1 'That was the last one' '$work/out' | grep -q 'cascade: '"
say t 'sun 03:00' d 2 2 1
ok "at another time nothing is noted" says "nothing can be written"

# The roll-call of a crisis cell: by which way.
say d 2 1 3 XY 9 4 q d 2 1 l q
ok "a cell says who is missing in this period" sh -c "grep -q 'Crisis cell: 3 missing of 3, .*, every 2 h' '$work/out'"
ok "a digit says by which way" matches "1/3 x Night supervisor (NOBODY LISTED.*): 4300, ! DOWN extension; by mail "
ok "a digit that is none writes nothing" acts '1 == grep { ($_->{payload}{way} // "") eq "mail" } @{$j->{acts}}'
say d 2 1 0 q
ok "a new period begins by itself" keeps_quiet_of "A new run begins"

# The test round: those that are overdue first, one digit for each result.
rm -rf "$scope/journal"/*
say d 1 q
ok "the round says the first of them" sh -c "grep -q '^Which of them.*: 1/2 ! SAB .* OVERDUE' '$work/out'"
say d 1 2 XY '<' '' '' d 1 q
ok "a digit notes the result" says "! SAB Cardiac arrest  red phone 7700  silent, "
ok "and it goes on where it was left" sh -c "grep -q 'Which of them (Enter: back): 2/2 ' '$work/out'"
ok "the last one is said" says "That was the last one."
ok "the act is in the journal" acts '1 == grep { $_->{type} eq "test" && $_->{payload}{result} eq "silent" } @{$j->{acts}}'
say d 1 '<' - XY q
ok "- takes it back" acts '1 == grep { $_->{type} eq "withdrawal" } @{$j->{acts}}'
say d 1 c
ok "c opens its card" says "(from ward phone at SAB)"
printf '%s\n' d 1 1 >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "where the input ends at the initials nothing is written" says "Nothing was written."

# An exercise is begun, left, entered and ended.
rm -rf "$scope/journal"/*
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
say d 3 ''
ok "without a domain no exercise begins" says "Nothing was written."
t acts
ok "and none was written" exits 1
say 'visc senior' d 3 'autocom saint-aubin' 1 '' '' '' 'drill' XY 'rea chi' d 3 'rea chi' d 3 d 4 1 'over' 'rea chi'
ok "it is begun, and whoever began it takes part" says "EXERCISE: drill; t gives the real answer"
ok "whatever was open before" keeps_quiet_of "The answers here stay real"
ok "its answers say so" says "(EXERCISE on red phone)"
ok "the desk leads out of it" says "3 the real answer, out of: drill"
ok "and in again" says "3 take part: drill"
ok "it is ended" says "Exercise ended"
ok "both are written" acts '1 == grep({ $_->{type} eq "exercise-begin" } @{$j->{acts}}) && 1 == grep { $_->{type} eq "exercise-end" } @{$j->{acts}}'
say d 3 'autocom saint-aubin' 1 'courant saint-aubin' 1 '' 'ward-2' '' '' XY d 4 ''
ok "an empty line does not end it" says "Nothing was written."
ok "more than one domain is played, on the terminals that are named" acts 'grep { $_->{type} eq "exercise-begin" && $_->{payload}{domains} =~ /pbx-sab,power-sab/ && $_->{payload}{terminals} =~ /,ward-2$/ } @{$j->{acts}}'
printf '[terminal]\nsite = SAB\nscope = %s\naudience = public\n' "$scope" >"$work/public.conf"
printf '%s\n' d >"$work/typed"
run timeout 20 "$tocsin" --config "$work/public.conf" --plain <"$work/typed"
ok "a terminal that may not begin one is not asked to" keeps_quiet_of "begin an exercise"
finish
