#!/bin/sh
# The numbered dialogue for terminals that cannot hold a screen.
. "$TOCSIN_TOP/tests/cli/directory.sh"

# say LINE...: the dialogue with these lines typed, then the end of input
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
}
rows() { grep -c '^\(Find: \)*[0-9][0-9]* [A-Z][A-Z][A-Z] ' "$work/out"; }

say 'rea chi'
ok "the end of input ends it" exits 0
ok "it says where one stands" says "SAB Saint-Aubin"
ok "it says the codes first" says "2222: "
ok "a row has its number" says "1 SAB Réanimation chirurgicale, Pav. Alma 2e: 7731"
ok "other sites are under their own line" says "-- other sites"
say 'rea chi' 1
ok "one digit opens the row" says "01 99 00 52 60"
say 'rea chi' 9
ok "a row that is not there is said" says "There is no such row."
say 4731
ok "more digits search a number" says "01 99 00 47 31"
say 77
ok "two digits search and do not pick" keeps_quiet_of "There is no such row."
ok "and find by their number" says "7731"
say introuvablequoi
ok "nothing found says whom to ask" says "Ask the switchboard: 9"
say 2222
ok "a row without a place leaves it out" says "1 SAB Arrêt cardiaque: 2222"
say q 'rea chi'
ok "q leaves" keeps_quiet_of "Réanimation"

# A masked number is said after a reason, or none, and written down.
reveals() { t acts --json && json "(grep { \$_->{type} eq 'reveal' && \$_->{payload}{reason} eq '$1' } @{\$j->{acts}}) == $2"; }
masked='œuvrard'
say r
ok "with no card open there is nothing to show" says "Open a row first."
say 'rea chi' 1 r
ok "nor on one without a masked number" says "No number of it is masked."
say "$masked" 1
ok "a card says how its masked number is shown" says "r shows a masked number."
ok "and has it starred" keeps_quiet_of "06 39 98 56 78"
say "$masked" 1 r q
ok "q takes the question back" keeps_quiet_of "06 39 98 56 78"
say "$masked" 1 r
ok "so does the end of input" keeps_quiet_of "06 39 98 56 78"
ok "and nothing was written" reveals "" 0
say "$masked" 1 r 3 1
ok "a reason shows it" says "mobile: 0 06 39 98 56 78"
ok "once: the next card has it starred" is "$(grep -c '06 39 98 56 78' "$work/out")" 1
ok "the reason is in the journal" reveals on-call 1
say "$masked" 1 r ''
ok "none need be given" says "mobile: 0 06 39 98 56 78"
ok "and that is in the journal" reveals "" 1
mv "$scope/journal" "$work/journal.kept"
: >"$scope/journal"
say "$masked" 1 r ''
ok "where it cannot be written it is shown all the same" says "mobile: 0 06 39 98 56 78"
ok "and that it was not saved is said" says "NOT SAVED: "
rm "$scope/journal"
mv "$work/journal.kept" "$scope/journal"

# What the machine's configuration has wrong is said, and the directory is read without it.
printf '[terminal]\nsite = NIX\nscope = %s\n[screen]\nlanguage = de\n' "$scope" >"$work/wrong.conf"
run "$tocsin" --config "$work/wrong.conf" find rea
ok "a command fails where the configuration is wrong" is "$rc" 78
printf 'rea chi\nq\n' >"$work/typed"
run timeout 20 "$tocsin" --config "$work/wrong.conf" --plain <"$work/typed"
ok "the dialogue says that its site is none" says "there is no site NIX in this directory"
ok "and its language" says "there is no language de here; there are: en, fr"
printf 'mode = dark\n' >>"$work/wrong.conf"
run timeout 20 "$tocsin" --config "$work/wrong.conf" --plain <"$work/typed"
ok "and that an option of it is none" says "1 option of the configuration is none of this version"
printf '[terminal]\nsiet = SAB\nscope = %s\n' "$scope" >"$work/mistyped.conf"
run "$tocsin" --config "$work/mistyped.conf" find "rea chi"
ok "a command says which, and answers" complains "mistyped.conf:2: [terminal] siet is not an option of this version; it is left out"
ok "and finds all the same" says "Réanimation chirurgicale"
TERM=dumb run timeout 20 "$tocsin" --scope "$scope" --site SAB </dev/null
ok "a dumb terminal has the dialogue by itself" says "Find: "

# Twelve of one name: nine rows are shown, and how many there are.
perl -e 'for (1..12) { printf "\nentry | clinical | \@e%d\ntype | service\nname | Consultation %d\nsite | SAB\n" .
  "c | 000 | \@c%d | 77%02d | kind=extension | plan=SAB\n", 100 + $_, $_, 100 + $_, 50 + $_ }' |
  cat "$TOCSIN_TOP/tests/cli/data/directory.txt" - | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/more"
run "$sync" import "$work/more" --format records --cache "$scope"
ok "a longer directory is published" exits 0
say consultation
ok "at most nine rows are shown" is "$(rows)" 9
ok "and how many there are" says "9 of 12"
finish
