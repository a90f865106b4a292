#!/bin/sh
# What an operator does, in a real terminal.
. "$TOCSIN_TOP/tests/e2e/lib.sh"

pane 24 80
start
ok "the_first_screen_says_where_one_stands" shows 'SAB Saint-Aubin, ward phone'
typing 'rea chi'
ok "the_right_number_is_on_the_screen" shows '7731'
keys Enter
ok "enter_opens_the_card" shows '01 99 00 52 60'
keys Down 2
ok "a_digit_shows_that_number_in_big_digits" shows 'read: 0, 01, 99, 00, 52, 60'
keys Escape
ok "escape_goes_back_to_the_card" hides 'read: 0'
ok "the_card_is_there_again" shows '01 99 00 52 60'
keys F10
ok "new_caller_clears_the_query" hides 'rea chi'
keys F10
ok "new_caller_again_brings_it_back" shows 'Réanimation chirurgicale'
keys F10
tm set-buffer -b p 'interne
garde'
tm paste-buffer -p -d -r -b p -t t
ok "a_pasted_newline_is_not_enter" shows 'Find: interne garde'
ok "what_was_pasted_is_found" shows '06 39 98 12 34'

keys F10
ok "an_empty_find_again" hides 'interne garde'
typing 're'
tm resize-window -t t -x 40 -y 10
typing 'a'
ok "typing_while_resized_is_not_lost" shows 'Find: rea'
ok "40_columns_show_the_number" shows '7731'
tm resize-window -t t -x 120 -y 40
typing ' chir'
ok "grown_again_it_draws_all" shows 'Find: rea chir'

# A stop that falls into the drawing after a resize is asked for once more, as a person would.
stops() {
  end_with TSTP
  shows 'ready>' || { end_with TSTP && shows 'ready>'; }
}
ok "a_stop_leaves_the_screen" stops
keys 'fg' Enter
ok "resumed_it_draws_itself_again" shows 'Find: rea chir'

perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/cli/data/directory.txt" |
  sed 's/7731/7741/' >"$work/stream2"
tm resize-window -t t -x 80 -y 24
keys Down
ok "the_second_row_is_selected" shows '>RIV'
run "$sync" import "$work/stream2" --format records --cache "$scope"
ok "a_new_revision_is_published" is "$rc" 0
ok "its_cells_change_in_place" shows '7741'
ok "the_selection_stays" shows '>RIV'

# At home nothing but a file that changed wakes it before the minute is over.
keys F10
ok "a_new_caller_finds_it_at_home" hides 'Find: rea'
sed 's/7799/7798/' "$work/stream2" >"$work/stream3"
run "$sync" import "$work/stream3" --format records --cache "$scope"
ok "at_home_it_shows_a_new_revision" shows '7798'
run "$tocsin" --scope "$scope" incident report mail --reason "no mail" --initials ZZ
ok "and_what_another_program_wrote" shows 'Reported, not declared'

keys C-x
ok "leaving_is_asked" shows '?'
keys Enter
ok "left_by_its_key_the_terminal_is_as_found" as_found
finish
