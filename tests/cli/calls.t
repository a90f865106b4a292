#!/bin/sh
# attempt and log: how calls ended, shown where they were made for a shift, and listed by time.
. "$TOCSIN_TOP/tests/cli/directory.sh"
icu=$(t find rea chir --site SAB --mine --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{uuid}' <"$work/out")

t log
ok "an empty log says so" says "nothing was written here in that time"
ok "by its exit code too" exits 1
t attempt "$icu" no-answer --initials NE --site SAB
ok "a call that was not answered is noted" exits 0
ok "with the number that a person may answer" says "7731: no answer"
ok "not confirmed" says "written, not confirmed"
t attempt "$icu" busy --of 0199005260
ok "another number is named" says "0199005260: busy"
t attempt "$icu" perhaps
ok "what is no result is a usage error" exits 64
ok "that says which there are" complains "wrong-person"
t attempt "$icu" busy --of 9999
ok "a number that is not there is refused" exits 64
t attempt "$icu"
ok "a missing result is a usage error" exits 64
t show "$icu" --site SAB
ok "what was tried stands on the entry" sh -c "grep -q 'tried .* no answer: 7731, NE' '$work/out'"
ok "and is no reachability" sh -c "grep '7731 .*extension' '$work/out' | grep -qE 'no fault known|not known'"
t show "$icu" --json
ok "JSON has both" json '@{$j->{rows}[0]{attempts}} == 2 && (grep { $_->{result} eq "no-answer" && !$_->{confirmed} } @{$j->{rows}[0]{attempts}}) == 1'
t find rea chir --site SAB --mine --json
ok "it orders nothing" json '$j->{rows}[0]{channels}[0]{number} eq "7731"'
t attempt "$icu" wrong-number --initials NE --site SAB
ok "a wrong number is noted" says "7731: wrong number"
ok "and suggested" says "number: (nothing) instead of 7731, called: wrong number"
t note "$icu" "ring twice"

t log
ok "the log has all of it" exits 0
ok "line by line" [ "$(wc -l <"$work/out")" -eq 5 ]
ok "who signed did" sh -c "grep -q 'NE  SAB Réanimation chirurgicale, call: 7731: no answer (not confirmed)' '$work/out'"
ok "who did not sign did not" sh -c "grep -q 'unsigned  SAB Réanimation chirurgicale, call: 0199005260: busy (not confirmed)' '$work/out'"
ok "notes stand there too" says "note: ring twice"
t log --json
ok "as JSON" json '$j->{command} eq "log" && @{$j->{acts}} == 5 && !grep { $j->{acts}[$_]{at} > $j->{acts}[$_ + 1]{at} } 0 .. 3'
t log --since 2100-01-01
ok "a time to come is refused" exits 64
ok "and told" complains "is still to come"
t log --since 90d
ok "far back is no fault" exits 0
t log --since sometime
ok "what is no time is a usage error" exits 64
t log one
ok "it takes no word" complains "log takes no further word"
t log --lang fr
ok "in French" says "appel: 7731: sans réponse (non confirmé)"

act=$(t log --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print((grep { ($_->{payload}{result} || "") eq "no-answer" } @{$j->{acts}})[0]{act})' <"$work/out")
t withdraw "$icu" "$act"
ok "what was noted in error is taken back" exits 0
t show "$icu"
ok "and gone from the entry" keeps_quiet_of "no answer: 7731"
t log
ok "but not from the log" says "7731: no answer"
finish
