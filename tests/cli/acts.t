#!/bin/sh
# note, override, suggest, withdraw and acts: what is written here is shown here at once, as not
# confirmed, and never lost in silence.
. "$TOCSIN_TOP/tests/cli/directory.sh"
matches() { grep -q -- "$1" "$work/out" || { echo "# not said: $1"; false; }; }
icu=$(t find rea chir --site SAB --mine --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{uuid}' <"$work/out")

t note "$icu" "call the red phone first" --initials NE
ok "a note is written" exits 0
ok "it says that the source has not heard of it" says "written, not confirmed"
ok "and on what" says "SAB Réanimation chirurgicale"
t show "$icu"
ok "the card has it at once, with who wrote it, when and until when" matches "note: not confirmed: call the red phone first (NE [0-9:]*, until .*)"
t print --card "$icu" --out -
tr -s ' \n' ' ' <"$work/out" >"$work/sheet"
ok "so does its sheet" grep -q "note: call the red phone first (NE [-0-9]* [0-9:]*, until [-0-9]* [0-9:]*, not confirmed)" "$work/sheet"
t note "$icu" "again"
ok "an unsigned note says so" says "unsigned"

t note "pneumo rives nulle part" "x"
ok "a query that nothing fits is refused" exits 1
t note "rea" "x"
ok "a query that fits two entries is no guess" exits 65
ok "they are listed" says RIV
ok "and the sentence says how to name one" complains "say its UUID"
t note "$icu" ""
ok "an empty note is refused" exits 65
t note "$icu" "$(printf 'a\nb')"
ok "a note is one line" exits 65
t note "$icu"
ok "a missing sentence is a usage error" exits 64
t note "$icu" "x" --until yesterday
ok "a time that is none is a usage error" exits 64
ok "and shows what can be said" complains "sun 08:30"
t note "$icu" "x" --until 90d
ok "too far ahead is refused" exits 64

t override "$icu" "06 39 98 00 01" --until 2h
ok "a ward proposes a temporary number" says "written as a suggestion"
t show "$icu"
ok "which stands beside, and is nobody's number yet" says "temporary number: 06 39 98 00 01 until"
ok "and says so" says "(suggested, not confirmed)"
ok "it is not the one for now" keeps_quiet_of "for now"

# a switchboard sets it
desk=$work/desk
sed 's/| clinical |/| switchboard |/' <"$TOCSIN_TOP/tests/cli/data/directory.txt" | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$desk"
ok "a directory of a switchboard" exits 0
ward=$scope
scope=$desk
t override "$icu" "06 39 98 00 01" --of 7731 --until 2h --reason "works" --initials NE --json
ok "a temporary number is written" exits 0
ok "JSON says what it becomes" json '$j->{type} ? 0 : $j->{becomes} eq "applied" && $j->{state} eq "pending"'
t number 0639980001
ok "the look-up of a number finds it, confirmed or not" says "SAB  Réanimation"
t find 06 39 98 00 01
ok "so does Find" says "SAB  Réanimation"
ok "its row says that the number is not confirmed" says "mobile, not confirmed"
t show "$icu"
ok "the card says for now, and not confirmed" says "for now: 06 39 98 00 01 until"
ok "in that line" sh -c "grep 'for now' '$work/out' | grep -q 'works, NE, not confirmed'"
t print --card "$icu" --site SAB --out -
ok "paper says so, and who set it" matches "! replaced: 0 06 39 98 00 01 until [^(]*(NE, not confirmed)"
t show "$icu" --json
ok "JSON says that it is not confirmed" json '$j->{rows}[0]{overrides}[0]{number} eq "0639980001" && !$j->{rows}[0]{overrides}[0]{confirmed}'
t override "$icu" 5299 --until 2h
ok "an extension means nothing where no phone of the house is in hand" exits 65
ok "and why is said" complains "is an extension"
t override "$icu" 5299 --until 2h --site SAB
ok "it is one of where one stands" says "temporary number: SAB 5299"
t show "$icu" --json
ok "in one piece" json 'grep { $_->{number} eq "5299" && $_->{plan} eq "SAB" && !$_->{e164} } @{$j->{rows}[0]{overrides}}'
t override "$icu" 5033 --of 0199005260 --until 2h --site RIV
ok "not of what it is written about, and that is said" says "temporary number: RIV 5033"
t show "$icu" --json
ok "so it is kept" json 'grep { $_->{number} eq "5033" && $_->{plan} eq "RIV" } @{$j->{rows}[0]{overrides}}'
t show "$icu" --site RIV
ok "and shown" says "for now: RIV 5033 until"
ok "by whom too" says ", unsigned, not confirmed"
ok "with each of its numbers" says "(RIV 5033, unsigned)"
t print --card "$icu" --site SAB --out -
tr -s ' \n' ' ' <"$work/out" >"$work/sheet"
ok "on paper too, by whom and that nobody confirmed it" grep -q "! replaced: RIV 5033 until [^(]*(unsigned, not confirmed)" "$work/sheet"
t override "$icu" "0 06 39 98 00 77" --until 2h --site SAB
ok "what a screen shows is dialled back" says "temporary number: 06 39 98 00 77"
t suggest "$icu" number "0 06 39 98 00 77" --of 7731 --site SAB
ok "so is what is suggested" says "0639980077"
t suggest "$icu" number 5033 --of 7731 --site RIV
ok "and an extension is of where one stands" says "RIV 5033 instead of 7731"
t print --card "$icu" --out -
ok "a sheet holds no longer than what stands in for a number" sh -c "[ \$(date -d \"\$(sed -n 's/^VALID UNTIL \([-0-9]* [0-9:]*\) .*/\1/p' '$work/out' | head -1)\" +%s) -le $(($(date +%s) + 7260)) ]"
ok "it says until when" matches "! replaced.*: .* until 20"
t override "$icu" 5299
ok "a temporary number needs its end" exits 64
t override "$icu" "ask Jo" --until 2h
ok "what is no number is refused" exits 65
t override "$icu" 5299 --until 2h --of 9999
ok "a contact point that is not there is refused" exits 64


# absent until, covered by; and back again
person=$(t find oeuvrard --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{uuid}' <"$work/out")
t absence "$person" --cover "$icu" --reason "leave" --initials DM
ok "an absence needs its end" exits 64
t absence "$icu" --until 3d
ok "a service is not absent" exits 65
t absence "$person" --until 3d --cover "$person"
ok "nobody stands in for themselves" exits 65
t absence "$person" --until 3d --cover rea
ok "who covers is no guess" exits 65
t absence "$person" --until 3d --cover "$icu" --reason "leave" --initials DM
ok "an absence is written" exits 0
ok "with who covers" says "covered by Réanimation chirurgicale: leave"
t show "$person"
ok "it is said before the numbers, as not confirmed" matches "! absent until .*: not confirmed: covered by Réanimation chirurgicale.*: leave (DM"
t show "$person" --json
ok "JSON says so" json '$j->{rows}[0]{absences}[0]{text} eq "leave" && !$j->{rows}[0]{absences}[0]{confirmed} && $j->{rows}[0]{absences}[0]{covered_by}'
t print --card "$person" --out -
tr -s ' \n' ' ' <"$work/out" >"$work/sheet"
ok "so does the card on paper" grep -q "absent: from .* until .*, covered by Réanimation chirurgicale: leave (DM .*, not confirmed)" "$work/sheet"
site=$(t show "$person" --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{site}' <"$work/out")
t print --list --site "$site" --out -
tr -s ' \n' ' ' <"$work/out" >"$work/sheet"
ok "and the list that hangs for days" grep -q "! absent: from .* until .*, covered by Réanimation chirurgicale: leave (DM .*, not confirmed)" "$work/sheet"
t absence "$person" --until 5d --begin 4d
ok "one that is to come" exits 0
t show "$person" --lang fr
ok "in French; of two the one that holds now" matches "! absent jusqu'à .*: non confirmé : remplacé par Réanimation"
t absence "$person" back
ok "what was said last is taken back first" exits 0
t absence "$person" back --initials DM
ok "and again: back" exits 0
t show "$person"
ok "nobody is absent any more" keeps_quiet_of "absent until"
t absence "$person" back
ok "who is not absent cannot come back" exits 1

scope=$ward
t absence "$person" --until 2h
ok "a ward proposes an absence" says "written as a suggestion"
t show "$person"
ok "which stands beside" matches "absence: until .*(suggested, not confirmed)"
t absence "$person" back
ok "and takes its own word back" exits 0
t show "$person"
ok "which is gone" keeps_quiet_of "absence: "
t suggest "$icu" floor 3e --reason "moved"
ok "a correction is proposed" exits 0
ok "as a suggestion" says "written as a suggestion"
t show "$icu"
ok "it stands beside, and changes nothing" says "2e"
ok "with what it would say" says "suggestion: floor: 3e instead of 2e, moved"
t suggest "$icu" colour red
ok "a field that is none is a usage error" exits 64
ok "which lists those there are" complains "speciality"
t suggest "$icu" hours "mo-fr 08:00-18:00"
ok "which contact point is meant has to be said" exits 64
t suggest "$icu" floor 2e
ok "what it says already is no suggestion" exits 65

t acts --json
ok "the list has all of it" json '@{$j->{acts}} == 6'
act=$(perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print((grep { ($_->{payload}{text} || "") =~ /red phone/ } @{$j->{acts}})[0]{act})' <"$work/out")
t withdraw "$icu" "$act"
ok "a note is taken back" exits 0
t show "$icu"
ok "and gone at once" keeps_quiet_of "red phone first"
t acts
ok "its line stays in the list" says "call the red phone first"
ok "with where it is" says "not confirmed"

# French
t show "$icu" --lang fr
ok "in French too" says "non confirmé"

# what goes wrong with the journal is said
me=$(id -u)
cp "$scope/journal/$me" "$work/journal"
printf '= 99 torn' >>"$scope/journal/$me"
t note "$icu" "behind the tear"
ok "a torn journal is written on" exits 0
t show "$icu"
ok "nothing behind the tear is lost" says "behind the tear"
t acts
ok "the damage is told" says "are damaged; the rest is kept"
t find icu
ok "with an answer too, aside" complains "are damaged; the rest is kept"
t incident list
ok "with what fails, which may lack one" complains "are damaged; the rest is kept"
printf 's\nq\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --plain <"$work/typed"
ok "and in the head of the screen by line" says "DAMAGED: some of what was written here cannot be read"
t find icu --lang fr
ok "in French" complains "octets"
rm -rf "$scope/journal"
: >"$scope/journal"
t note "$icu" "x"
ok "a journal that cannot be written is an error" [ "$rc" -ge 64 ]
ok "that says NOT SAVED" complains "NOT SAVED"
ok "in one line" one_line
t show "$icu"
ok "and the directory is shown all the same" exits 0
finish
