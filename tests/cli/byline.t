#!/bin/sh
# The numbered dialogue: lists of which a digit opens a row, nine at a time.
. "$TOCSIN_TOP/tests/cli/directory.sh"
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
ok "the sample group" exits 0
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
}

say s
ok "s lists the services here" says "-- services here"
ok "those of the highest rank first" says "1 SAB Standard"
ok "nine at a time" sh -c "[ \"\$(grep -c '^[0-9] SAB ' '$work/out')\" -eq 9 ]"
say s m
tenth=$(sed -n 's/.*1 SAB \([^,]*\), .*/\1/p' "$work/out" | tail -n 1)
say s m 1
ok "m has the next nine, and a digit opens one" says "SAB Saint-Aubin: ${tenth:?}"
say s m m m m m m m m
ok "after the last it says how the others are had" says "The others are found by their names, or browsing"
ok "and that there are no more" says "There are no more rows."

say e 6 riv
ok "a site is browsed by unit, with the count of each" says "1 Pôle Administration: 63"
say e 6 riv 1 1 3
ok "a digit goes into a unit, then opens a card" says "RIV Rivemont: Kowalski Christophe"
say e 6 riv 1 1 3 '<' '<'
ok "back from a card is the unit" is "$(grep -c 'RIV > Pôle Administration / Bureau des entrées$' "$work/out")" 2
ok "and from there one level up" is "$(grep -c 'RIV > Pôle Administration$' "$work/out")" 2
say e 6 riv m 1
ok "m has the next units" sh -c "grep -q '^10 to 16 of 16$' '$work/out'"
say e 6 nix
ok "a site that is none is said" says "There is no site nix."
say e 6 ''
ok "an empty line goes back" keeps_quiet_of "-- units"
say '<'
ok "up is only where one browses" says "No site is browsed: e, then 6."

say o
ok "who is on call, mine first" sh -c "grep -q -- '^Find: -- Saint-Aubin' '$work/out'"
ok "says how the chase list is had" says "o again: the chase list for the morning."
say o 1
ok "a digit opens the card of a role" says "SAB Saint-Aubin: Équipe de sécurité"
say o 1 o
ok "o after a card is who is on call again" keeps_quiet_of "nobody listed, now or in the day to come"
say o o
ok "o twice is the chase list" says "nobody listed, now or in the day to come"
say o o 2
ok "whose digit opens a card" says "SAB Saint-Aubin: Endocrinologie, interne de garde"

# What is cut off, or would be: nothing is declared by asking.
say k '?' 'autocom saint-aubin' 1
ok "what if is asked" says "What if pbx-sab were DOWN"
ok "without declaring it" says "nothing is declared by asking"
ok "it says what it would take" says "it would take: bip-sab pbx-sab"
ok "it counts what is left" says "numbers left: none "
ok "who is on call and cut off comes first" says "on call and cut off: whom to call instead"
say k '?' 'autocom saint-aubin' 1 1
ok "a digit opens the card" says "(from ward phone at SAB)"
t incident list
ok "and nothing was declared" exits 1
say k '?' ''
ok "an empty line is what is cut off now" says "Cut off now"
say k '?' 'xyzzy'
ok "words of no domain are said" says "no failure domain has these words"
ok "and nothing is counted" keeps_quiet_of "numbers left"
say k '?' '*' ''
ok "all domains are listed, nine at a time" says "1 to 9 of "
ok "and none chosen asks nothing" keeps_quiet_of "numbers left"
say k '?' '*' m m 1
ok "those beyond the ninth are chosen too" says "What if bip-mlh were DOWN"

# More incidents than nine.
for d in bip-adr bip-aig bip-arg bip-bel bip-bzs bip-chx bip-dxs bip-gar bip-grv bip-hgl; do
  "$tocsin" --scope "$scope" --site SAB incident report "$d" --reason "n $d" --initials XY >"$work/out" 2>&1
done
say k
ok "nine incidents are said, and how many there are" says "1 to 9 of 10"
say k m
tenth=$(sed -n 's/^    \(n bip-[a-z]*\),.*/\1/p' "$work/out" | tail -n 1)
say k m 1 2 'over' XY k
ok "the tenth is had with m, and ended" sh -c "[ \"\$(grep -c 'written, not confirmed' '$work/out')\" -eq 1 ]"
say k
ok "then there are nine" keeps_quiet_of " of 10"
ok "and the tenth is the one that ended" keeps_quiet_of "$tenth"
say k 1 3
ok "what is cut off is offered beside an incident" says "Cut off now"
say t 'sun 03:00' k 1 1
ok "at another time it is what is cut off then" says "Cut off then"
ok "and nothing is offered to be written" keeps_quiet_of "it is over: end it"

# A tier that the terminal holds and that is closed says the letter that opens it.
printf '483920\n483920\n' | "$tocsin" --scope "$scope" pin set >"$work/out" 2>&1
say 'morel catherine' 2
ok "what the PIN opens is said with the letter of the dialogue" says "with the PIN of this terminal: d"
ok "and with no key of the screen" keeps_quiet_of "F11"

# An entry with more numbers than nine: each is read aloud.
perl -e 'printf "\nentry | clinical | \@e90\ntype | service\nname | Standardiste\nsite | SAB\n"; printf "c | %03d | \@c9%02d | 78%02d | kind=extension | plan=SAB\n", $_, $_, 10 + $_ for 0 .. 10' |
  cat "$TOCSIN_TOP/tests/cli/data/directory.txt" - | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/more"
scope=$work/more.scope
run "$sync" import "$work/more" --format records --cache "$scope"
say standardiste 1 a m 2
ok "a number beyond the ninth is read aloud" says "extension from ward phone at SAB: 7820"
finish
