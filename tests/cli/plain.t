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
ok "a row has its number, whole on the next line where it has no room" sh -c "grep -A1 '1 SAB Réanimation chirurgicale.*:\$' \"$work/out\" | grep -q '^  7731 '"
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
say u
ok "with no card open there is nothing to show" says "Open a row first."
say 'rea chi' 1 u
ok "nor on one without a masked number" says "No number of it is masked."
say "$masked" 1
ok "a card says how its masked number is shown" says "u shows a masked number."
ok "and has it starred" keeps_quiet_of "06 39 98 56 78"
say "$masked" 1 u q
ok "q takes the question back" keeps_quiet_of "06 39 98 56 78"
say "$masked" 1 u
ok "so does the end of input" keeps_quiet_of "06 39 98 56 78"
ok "and nothing was written" reveals "" 0
say "$masked" 1 u 3 1
ok "a reason shows it" says "mobile: 0 06 39 98 56 78"
ok "once: the next card has it starred" is "$(grep -c '06 39 98 56 78' "$work/out")" 1
ok "the reason is in the journal" reveals on-call 1
say "$masked" 1 u ''
ok "none need be given" says "mobile: 0 06 39 98 56 78"
ok "and that is in the journal" reveals "" 1
mv "$scope/journal" "$work/journal.kept"
: >"$scope/journal"
say "$masked" 1 u ''
ok "where it cannot be written it is shown all the same" says "mobile: 0 06 39 98 56 78"
ok "and that it was not saved is said" says "NOT SAVED: "
rm "$scope/journal"
mv "$work/journal.kept" "$scope/journal"

# What the machine's configuration has wrong is said, and the directory is read without it.
printf '[terminal]\nsite = NIX\nscope = %s\n[screen]\nlanguage = xx\n' "$scope" >"$work/wrong.conf"
run "$tocsin" --config "$work/wrong.conf" find rea
ok "a command fails where the configuration is wrong" is "$rc" 78
printf 'rea chi\nq\n' >"$work/typed"
run timeout 20 "$tocsin" --config "$work/wrong.conf" --plain <"$work/typed"
ok "the dialogue says that its site is none" says "there is no site NIX in this directory"
ok "and its language" says "there is no language xx here; there are: $(languages)"
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

# The rest of what the screen does, by line, on the sample group.
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
ok "the sample group" exits 0
say h
ok "h lists what a letter does" says "k  incidents: what fails, what is cut off, what if; report, extend or end one"
say ¿
ok "a letter that is none says them too" says "r  how a call to the open card ended"
say 9
ok "one digit with no list to pick from is a number" says "SAB Standard"
say 'visc senior' 1 a 2
ok "a number is read aloud, with what it is of" says "SAB Chirurgie viscérale, senior de garde, mobile from ward phone at SAB: 0 06 39 98 31 23"
ok "in groups, the prefix apart" says "read: 0, 06, 39, 98, 31, 23"
say 'fax radio' 1 f 5695
ok "a fax that was keyed in right" says "They are right."
say 'fax radio' 1 f 9999
ok "and one that was not" says "STOP: they are not of this fax"
say 'fax radio' 1 f 5690
ok "look-alikes are named, without their digits" says "another fax looks like this one: SAB Laboratoire de biologie, the last digit"
say y 3 'visc senior'
ok "calling from a mobile" says "Numbers are as dialled from: mobile"
ok "changes what is pressed" says "01 99 00 39 14"
say e 2 'rea chi'
ok "one's own site alone is searched" keeps_quiet_of "-- other sites"
say e 5 riv
ok "and one stands at another" says "You are at RIV; searched: all sites"
say t 'sun 03:00' 'visc senior' + t
ok "another time is said on the rows" says "NOT NOW"
say t 'sun 03:00' 'visc senior' 1 r
ok "and nothing is written in it" says "another time is looked at: nothing can be written"
say o
ok "who is on call, gaps first" says "NOBODY LISTED"
say 'visc senior' 1 + 'en salle 4' 2h XY d
ok "a note is written, signed" says "XY  SAB Chirurgie viscérale, senior de garde, note: en salle 4"
t acts --json
ok "and in the journal" json '$j->{acts}[0]{type} eq "note" && $j->{acts}[0]{payload}{text} eq "en salle 4"'
say 'visc senior'
ok "a row says where it is and what is noted, before the number" says "senior de garde +, Pav. Alma 6e, note? "
say 'visc senior' 1 - 3d '' 'fax radio' 1 leave XY 'visc senior'
ok "so is who is absent, and who covers" sh -c "grep -q '^Find: 1 SAB .* !, Pav. Alma 6e, absent until .*?, covered by Radiologie; note?' '$work/out'"
t acts --json
ok "and is in the journal" json 'grep { $_->{type} eq "absence" && $_->{payload}{text} eq "leave" && $_->{payload}{cover} } @{$j->{acts}}'
say 'visc senior' 1 - 1 XY
ok "back again is written" says "written, not confirmed"
say 'visc senior' 1
ok "and it is gone" keeps_quiet_of "absent until "
say 'fax radio' 1 -
ok "a fax is not absent" says "only a person, or whoever holds a role, can be absent"
say "rea interne" m 1
ok "the rows behind the ninth are had with m" says "10 to "
ok "and are opened by their digit" says "(from ward phone at SAB)"
say "visc senior" m
ok "until there are none" says "There are no more rows."
say m
ok "nor are there without a search" says "There are no more rows."
say v
ok "how the directory is" says "program: tocsin"

# A chain, with another caller in between: the entry's own numbers, its steps, the switchboard.
say 'visc senior' 1 r 1 1 XY r 2 1 n 'fax radio' b r 3 1 XY r 3 2 d
ok "its own further number comes first" says "next: 0 06 39 98 31 23 mobile, of the same"
ok "then the first step of the chain, and after how long" says "step 2 of 3: Cadre de nuit"
ok "after two minutes" says "  after 2 min without an answer"
t acts --json
ok "each try is in the journal" json '4 == grep { $_->{type} eq "attempt" } @{$j->{acts}}'
say 'visc senior' 1 r 1 5 XY
ok "a wrong number is also a suggestion" sh -c "'$tocsin' --scope '$scope' acts | grep -q 'wrong number'"
say 'visc senior' 1 r 1 '' b
ok "a result that is not given begins no call" says "No call is in work."
say 'anapath interne' 1 r 1 1 XY r 2 1 r 3 2 r 3 1 'fax radio' 1 b r
ok "back at the call, it is of whom the call is" says ", for Anapath, interne de garde"
printf '%s\n' 'visc senior' 1 r 1 1 >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "where the input ends at the initials nothing is written" says "Nothing was written."
say 'visc senior' 1 r 1 1 'way too long for initials' XY
ok "initials that are none are asked again" says "Initials are at most 12 letters."
say t 'sun 03:00' 'visc senior' 1 a 1
ok "another time stands before the number" says "NOT NOW SAB Chirurgie viscérale, senior de garde"
say e 5 riv n
ok "a new caller stands where the terminal stands" is "$(grep -c 'You are at SAB Saint-Aubin' "$work/out")" 2
say r
ok "without a card there is no call" says "Open a row first."
say b
ok "nor one to go back to" says "No call is in work."

# What fails is said, and changes what is said next; then it is over.
say k + 2 'autocom saint-aubin' 1 3 'no tone' 2h XY 'visc senior'
ok "a report is shown at once" says "! Reported, not declared: Calls inside and INTO Saint-Aubin fail"
say k 1 2 'wrong' XY k
ok "and taken back by whoever made it" says "No incident is known."
say k + 1 'autocom saint-aubin' 1 2 'dead' '' XY 'visc senior'
ok "a declaration is said before the next answer" says "Calls INTO Saint-Aubin fail since"
say k 1 2 'repaired' XY k
ok "and ended" says "No incident is known."
ok "which is said too" says "Nothing is known to fail any more."

say k + 2 'autocom saint-aubin' 1 6 'no tone' 2h XY k + 2 'autocom saint-aubin' 1 6 'smoke' 2h XY k
ok "what is reported twice is added to the first" says "by XY (no tone): this is added to it"
ok "of which there is one" sh -c "grep -q 'no tone; smoke, XY' '$work/out' && ! grep -q '^2 Reported' '$work/out'"
rm -rf "$scope/journal"/*

# A directory that holds more than the configuration allows: the rest is shown, and it is said.
printf '[terminal]\nsite = SAB\nscope = %s\naudience = public\n' "$scope" >"$work/public.conf"
printf '%s\n' 'visc senior' 1 >"$work/typed"
run timeout 20 "$tocsin" --config "$work/public.conf" --plain <"$work/typed"
ok "what is held and may not be shown is said" says "holds parts for switchboard, and the configuration allows public here"
ok "and not shown" keeps_quiet_of "06 39 98 31 23"
ok "but that there is more, is" says "1 more at the switchboard"
run "$tocsin" --config "$work/public.conf" find "visc senior"
ok "a command says it too" complains "the configuration allows public here: they are not shown"
ok "and answers" exits 0
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "without that word it is there" says "06 39 98 31 23"

# The tier of the switchboard: a PIN closes it, its letter opens it, a new caller closes it.
printf '483920\n483920\n' | "$tocsin" --scope "$scope" pin set >"$work/out" 2>&1
say 'visc senior' k + 1 'autocom saint-aubin' 1 2 '' '' XY 000000
ok "a declaration wants the PIN" says "wrong PIN"
t incident list
ok "and is not made with a wrong one" exits 1
say k + 2 'autocom saint-aubin' 1 6 'no tone' 2h XY k + 2 'autocom saint-aubin' 1 6 'smoke' 2h XY k
ok "a report needs none, nor the second, which it would need to be added" says "2 Reported"
rm -rf "$scope/journal"/*
say d 1 483920 n d
ok "it is opened, and closed by the next caller" is "$(grep -c '1 open the switchboard tier' "$work/out")" 2
# What a Latin-1 keyboard types is read as the screen reads it.
latin() { # LOCALE
  printf 'rea chi\n1\n+\nligne coup\351e %s\n\nq\n' "$1" >"$work/typed"
  LC_ALL=$1 LANGUAGE=en run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
  t acts --json
}
latin fr_FR.ISO-8859-1
ok "a note that was typed in Latin-1 is kept as what it says" says 'ligne coup\u00E9e fr_FR.ISO-8859-1"'
latin C
ok "also where the locale says nothing" says 'ligne coup\u00E9e C"'
latin C.UTF-8
ok "and in UTF-8 what is no letter is left out" says 'ligne coupe C.UTF-8"'
finish
