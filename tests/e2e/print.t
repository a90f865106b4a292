#!/bin/sh
# F7 with a printer that takes the sheet, and one that never ends; rows that are only near.
. "$TOCSIN_TOP/tests/e2e/lib.sh"
mkdir "$work/bin"
printf '#!/bin/sh\ncat >"%s/printed"\n' "$work" >"$work/bin/lp"
chmod +x "$work/bin/lp"
PATH=$work/bin:$PATH
export PATH

pane 24 80
start
typing 'reanimatoin'
ok "near_rows_stand_under_their_own_rule" shows '── nearly, at any site'
keys F10
typing 'rea chi'
shows 7731 >/dev/null
keys F7
ok "what_can_be_printed_is_asked" shows 'code board'
keys 1
keys Enter
ok "the_card_reaches_the_printer" until_true grep -q 'chirurgicale' "$work/printed"
ok "the_screen_says_so" shows 'sent to the printer'
printf '#!/bin/sh\nexec sleep 60\n' >"$work/bin/lp"
keys F10
typing 'rea chi'
shows 7731 >/dev/null
keys F7
shows 'code board' >/dev/null
keys 1
keys Enter Down
ok "a_printer_that_hangs_gives_the_screen_back_whatever_was_typed_meanwhile" shows 'within 2 seconds'
end_with TERM
ok "the_terminal_is_as_found" as_found
finish
