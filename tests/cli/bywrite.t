#!/bin/sh
# The numbered dialogue: a temporary number, a correction, and what is taken back, of the open card.
. "$TOCSIN_TOP/tests/cli/directory.sh"
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
ok "the sample group" exits 0
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
}
acts() { t acts --json && json "$1"; }

say 'visc senior' 1 + ''
ok "an empty line writes nothing" says "Nothing was written."
say 'visc senior' 1 + 1 ''
ok "nor does it where the number is chosen" says "Nothing was written."
say 'visc senior' 1 + 1 1 ''
ok "or where it is given" says "Nothing was written."
say 'visc senior' 1 + 1 1 43999 ''
ok "or until when" says "Nothing was written."
ok "of which no more is asked" keeps_quiet_of "Why (none"
say 'visc senior' 1 + 1 1 43999 'no time' XY
ok "what is no time is said" keeps_quiet_of "not confirmed"
t acts
ok "and nothing was" exits 1
say 'visc senior' 1 + 1 1 43999 2h broken XY 'visc senior' 1
ok "a temporary number says how it was read" says "SAB 4 3999: written, not confirmed"
ok "stands on the card" says "extension 4 3999: not confirmed: for now until "
ok "in place of the other" says "extension 4 3914: ! replaced by 4 3999"
ok "and is in the journal, signed" acts '1 == grep { $_->{type} eq "override" && $_->{initials} eq "XY" && $_->{payload}{reason} eq "broken" } @{$j->{acts}}'
say 'visc senior' 1 + 3 1 works XY 'visc senior' 1
ok "it is taken back" acts '1 == grep { $_->{type} eq "withdrawal" } @{$j->{acts}}'
say 'visc senior' 1 + 3
ok "then there is nothing to take back" says "There is nothing to take back."

say 'visc senior' 1 + 2 2 0639983199 typo XY 'visc senior' 1
ok "a correction says what stands there now" says "number now: 0639983123"
ok "waits as a suggestion" says "written as a suggestion, not confirmed"
ok "and is on the card" says "number: 0639983199 instead of 0639983123, typo (XY)"
say 'visc senior' 1 + 2 2 '' + 2 m 3 'Bloc B' '' XY
ok "so is one of the entry's own words, beyond the ninth" acts '1 == grep { $_->{type} eq "suggestion" && $_->{payload}{field} eq "area" && $_->{payload}{now} eq "Bloc B" } @{$j->{acts}}'
say 'visc senior' 1 + 2 5 - gone XY
ok "a sign says that nothing should stand there" acts '1 == grep { $_->{type} eq "suggestion" && $_->{payload}{field} eq "unit" && ($_->{payload}{now} // "") eq "" } @{$j->{acts}}'
say t 'sun 03:00' 'visc senior' 1 +
ok "at another time nothing is written" says "nothing can be written"
say +
ok "nor without a card" says "Open a row first."

# Behind the PIN a starred number is not said to whoever puts it right, and not taken for words.
scope=$work/scope
say 'œuvrard' 1 + 2 1 0639980000 x XY
ok "a masked number is not said" keeps_quiet_of "0639985678"
ok "but corrected" says "written as a suggestion"
finish
