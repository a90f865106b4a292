#!/bin/sh
# An exercise at one terminal: every line says so, nothing real is written, the real answer is one
# option away, and anything that really fails ends it.
. "$TOCSIN_TOP/tests/cli/directory.sh"
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
ok "the sample group" exits 0
mkdir -p "$XDG_CONFIG_HOME/tocsin"
be() { printf '[terminal]\nname = %s\nsite = SAB\n' "$1" >"$XDG_CONFIG_HOME/tocsin/tocsin.conf"; }
every_line() {
  tr -d '\f' <"$work/out" | grep -v '^EXERCISE ' >"$work/unmarked"
  ! [ -s "$work/unmarked" ] || { head -3 "$work/unmarked" | sed 's/^/# unmarked: /'; false; }
}
be desk-1
t exercise
ok "none is known" exits 1
ok "and that is said" says "no exercise is known"
t exercise begin Blanc --domain pbx-nowhere
ok "a domain that is none is told" complains "there is no failure domain pbx-nowhere"
t exercise begin Blanc --domain pbx-sab --until 5h
ok "five hours are too long" complains "4 hours at most"
t exercise begin "Exercice blanc" --domain pbx-sab --terminals "desk-2, ward-7" --until 2h --initials MB
ok "it begins" exits 0
ok "not confirmed" says "written, not confirmed"
first=$(tail -1 "$work/out")
t exercise begin Another --domain pbx-sab
ok "one at a time" complains "an exercise is played here already: Exercice blanc"
t exercise
ok "it is listed" says "terminals: desk-1, desk-2, ward-7"
t exercise --json
ok "as JSON" json '$j->{exercises}[0]{state} eq "runs" && $j->{exercises}[0]{here} && $j->{terminal} eq "desk-1"'

t find rea chi --limit 3
ok "it is DOWN there" says "red phone"
ok "every line says EXERCISE" every_line
ok "and how the real answer is had" says "--real gives the real answer"
t find rea chi --limit 3 --real
ok "which is what it was" says "4 3603"
ok "without the word" keeps_quiet_of "EXERCISE"
t find rea chi --limit 1 --json
ok "JSON says so, and each row" json '$j->{exercise}{name} eq "Exercice blanc" && $j->{rows}[0]{exercise}'
t find rea chi --limit 1 --json --real
ok "or does not" json '!exists $j->{exercise} && !exists $j->{rows}[0]{exercise}'
t find rea chi --limit 1 --tsv
ok "so does each line of TSV" sh -c "tail -1 '$work/out' | cut -f23 | grep -qx 1 && head -1 '$work/out' | cut -f23 | grep -qx exercise"
entry=$(tail -1 "$work/out" | cut -f14)
for what in "show $entry" "number 2222" "oncall" "who interne" "incident what-if carrier-a" \
  "incident list" "incident show pbx-sab" "cascade" "cascade plan blanc" "round" "print --board --out -" "print --card $entry --out -" \
  "print --round --out -" "print --oncall --out -" "print --scenario pbx-sab --out -"; do
  # shellcheck disable=SC2086
  t $what
  ok "$what: every line" every_line
done
t incident list
ok "what is played is listed as played" says "EXERCISE pbx-sab  played, not failing: "
t incident list --json
ok "JSON says what it is of" json '$j->{exercise}{name} eq "Exercice blanc" && !@{$j->{incidents}}'
t incident show pbx-sab --json
ok "of one domain too" json '$j->{exercise} && @{$j->{steps}}'
t round --json
ok "so does a round" json '$j->{exercise}{name} eq "Exercice blanc"'
t incident show pbx-sab --real
ok "asked for what is real no line says it" keeps_quiet_of "EXERCISE"
t incident what-if mail-nord
ok "what-if counts on top of what is played" says "it would take: mail-nord"
ok "which it names apart" says "touched already, of another cause: bip-sab pbx-sab"
t find rea chi --limit 1 --at "mon 09:00"
ok "another time is the real one" says "NOT NOW"
ok "and says nothing of an exercise" keeps_quiet_of "EXERCISE"

# -- what is written
t note "$entry" "the lift is out"
ok "a note is refused" exits 65
ok "with what to do" complains "ask for the real answer first"
t round walk </dev/null
ok "a walk marks what it asks" every_line
t attempt "$entry" no-answer --initials MB
ok "how a call ended is noted" says "EXERCISE 7025: no answer"
t show "$entry"
ok "and shown there" says "no answer: 7025, MB"
t show "$entry" --real
ok "never with what is real" keeps_quiet_of "tried"
t show "$entry" --real --json
ok "nor in its JSON" json '!@{$j->{rows}[0]{attempts} // []}'
t log
ok "the shift log keeps quiet of it" keeps_quiet_of "no answer"
t note "$entry" "the lift is out" --real
ok "what is real is written as real" exits 0

# -- who takes part
be ward-9
t find rea chi --limit 3
ok "a terminal that it does not name plays none" says "4 3603"
be desk-2
t find rea chi --limit 3
ok "one that it names does" every_line
be desk-1

# -- its end
t exercise end
ok "it is ended" exits 0
t find rea chi --limit 3
ok "and the answers are real" keeps_quiet_of "EXERCISE"
t exercise
ok "that is said" says "Exercice blanc: Exercise ended"
t exercise end
ok "it ends once" complains "no exercise is played here"

# -- the numbered dialogue
t exercise begin "Par lignes" --domain pbx-sab
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" --scope "$scope" --plain <"$work/typed"
}
say 'rea chi' 1
ok "says by line that it is one" says "EXERCISE: Par lignes; t gives the real answer"
ok "on its rows" says "(EXERCISE on red phone)"
ok "and on the codes" says "EXERCISE 2222: "
say t 'rea chi'
ok "t gives the real answer" says "4 3603 (extension)"
say t t '' 'rea chi'
ok "and goes back into it" says "(EXERCISE on red phone)"
say 'rea chi' 1 r '' 1 xy t b
ok "a call of it" says "step 2 of"
ok "is not gone on with in what is real" says "No call is in work."
say 'rea chi' 1 r '' 1 xy t t '' b
ok "but in it" test "$(grep -c 'step 2 of' "$work/out")" -eq 2
say t 'rea chi' 1 r '' 1 xy t '' b
ok "nor is a real one in it" says "No call is in work."
t exercise end

# -- the report
t exercise report "$first"
ok "it is told afterwards" exits 0
ok "who took part" says "took part  desk-1, desk-2, ward-7"
ok "what was played" says "played DOWN  pbx-sab Autocom Saint-Aubin"
ok "that it was ended" says "Exercise ended"
ok "whom one tried" says "MB  SAB Réanimation chirurgicale: EXERCISE 7025: no answer"
ok "on every line" every_line
t exercise report "$first" --json
ok "as JSON" json '@{$j->{tried}} == 1 && $j->{tried}[0]{result} eq "no-answer" && $j->{left}[0] > 0 && $j->{exercise}{state} eq "ended"'
t exercise report "$first" --out -
ok "as a sheet" says "Exercise: Exercice blanc"
ok "whose every line says what it was" every_line
t exercise report 00000000-0000-0000-0000-000000000001
ok "of one that is none" exits 1

# -- a real incident
t incident report mail-nord
ok "something is reported before" exits 0
t exercise begin "Second" --domain pbx-sab
t find rea chi --limit 3
ok "an exercise may begin beside it" every_line
t incident list
ok "where what really fails is told apart" says "EXERCISE REAL: mail-nord  "
t incident report fax-nord --reason "smoke"
ok "what really fails is reported in it" exits 0
t find rea chi --limit 3
ok "that ends it at once" keeps_quiet_of "EXERCISE"
t exercise
ok "with a sentence" says "Second: Exercise ended: real incident"
t exercise --json
ok "also as JSON" json 'grep { $_->{name} eq "Second" && $_->{state} eq "broken" && $_->{real_incident} eq "fax-nord" } @{$j->{exercises}}'
t incident end fax-nord
t find rea chi --limit 3
ok "and it does not begin again when that is over" keeps_quiet_of "EXERCISE"

# -- a ward
scope=$work/ward
"$TOCSIN_BUILD/tocsin-sample" --audience clinical >"$work/sample"
run "$sync" import "$work/sample" --format records --cache "$scope"
t exercise begin Blanc --domain pbx-sab
ok "a ward begins none" complains "a switchboard begins and ends exercises"
t find rea chi --limit 3
ok "and plays none" keeps_quiet_of "EXERCISE"
finish
