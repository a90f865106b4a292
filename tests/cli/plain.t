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
