#!/bin/sh
# Whatever ends the program, the terminal is left as it was found; every terminal and size starts.
. "$TOCSIN_TOP/tests/e2e/lib.sh"

pane 24 80
for signal in TERM HUP INT USR1; do
  start
  ok "it_starts_before_$signal" shows 'SAB Saint-Aubin, ward phone'
  end_with $signal
  ok "${signal}_leaves_the_terminal_as_found" as_found
done
for term in vt100 vt220 linux xterm-256color; do
  start_env="TERM=$term;"
  start
  ok "${term}_shows_the_first_screen" shows 'SAB Saint-Aubin, ward phone'
  typing 'rea chi'
  ok "${term}_shows_the_number" shows '7731'
  end_with TERM
  ok "${term}_is_left_as_found" as_found
done
start_env=
tm resize-window -t t -x 40 -y 10
start
typing 'rea chi'
ok "40x10_finds_and_shows_a_number" shows '7731'
end_with TERM
ok "40x10_is_left_as_found" as_found

tm resize-window -t t -x 80 -y 24
scope=$work/none
mkdir "$scope"
keys "scope=$scope" Enter
start
ok "no_directory_yet_says_what_to_run" shows 'tocsin-sync'
end_with TERM
ok "and_the_terminal_is_as_found" as_found
finish
