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

# Numbers of who holds a role now, of the rota alone, and temporary ones.
scope=$work/held
mkdir "$scope"
perl "$TOCSIN_TOP/tests/cli/make-stream" <<'X' >"$work/stream"
site | public | @s1
code | SAB
country | FR
name | Saint-Aubin
plan | SAB
zone | Europe/Paris

plan | public | @p1
code | SAB
country | FR
name | Saint-Aubin
out | 0

entry | public | @e1
c | 000 | @c1 | 43603 | kind=extension | plan=SAB | seen=1780000000
name | Astreinte téléphonie
over | @v1 | 43999 | at=1780000000 | kind=extension | of=@c1 | plan=SAB | until=4000000000
site | SAB
type | role

entry | public | @e2
c | 000 | @c2 | 45043 | kind=extension | plan=SAB
c | 001 | @c3 | 0199007044 | kind=fax | e=+33199007044
name | Exemple Noé
site | SAB
bldg | Bât. N
type | person

entry | public | @e3
name | Astreinte biomédicale
site | SAB
type | role

entry | public | @e4
name | Astreinte thermique
site | SAB
type | role

rota | public | @r1
role | @e1
week | [WEEK]
source | garde
shift | [FROM] | [UNTIL] | line=1 | text=N. Exemple | who=@e2

rota | public | @r2
role | @e3
week | [WEEK]
source | garde
shift | [FROM] | [UNTIL] | line=1 | text=N. Exemple | who=@e2

rota | public | @r3
role | @e4
week | [WEEK]
source | garde
shift | [FROM] | [UNTIL] | line=1 | text=A. Fictif | no=45099 | plan=SAB
X
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "a directory with who is on call" is "$rc" 0
t attempt --site SAB "Astreinte telephonie" busy --of 45043
ok "a number of who holds the role is one of its numbers" exits 0
ok "and the try is theirs" says "SAB Exemple Noé: call: 45043: busy"
t attempt --site SAB "Astreinte biomedicale" wrong-number
ok "a role without a number is called by its holder's" says "SAB Exemple Noé: call: 45043: wrong number"
ok "of which the correction is" says "SAB Exemple Noé: suggestion: number: (nothing) instead of 45043"
t attempt --site SAB "Astreinte thermique" wrong-number
ok "a number that the rota alone has is noted" says "SAB Astreinte thermique: call: 45099: wrong number"
ok "and nothing suggested" keeps_quiet_of "suggestion"
ok "but said whose it is" complains "the number 4 5099 is the rota's: tell whoever keeps it"
role=$(t find "Astreinte telephonie" --json; perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); print $j->{rows}[0]{uuid}' <"$work/out")
t attempt --site SAB "Astreinte telephonie" wrong-number
ok "a temporary number is the one that was dialled" says "call: 43999: wrong number"
ok "and nothing is suggested against the other" keeps_quiet_of "43603"
ok "how it is taken back is said" complains "the temporary number SAB 4 3999 is wrong; to take it back: tocsin withdraw"
t attempt --site SAB "Astreinte telephonie" no-answer --of 43999
ok "it can be named" says "call: 43999: no answer"
t show "$role"
ok "the entry says which was tried" says "wrong number: 43999"
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
}
say 'astreinte bio' 1 r 1 1 XY
ok "in the dialogue a holder's number is tried once" says "step 2 of 2: switchboard of SAB"
say 'astreinte bio' 1 f 7044
ok "and its fax checked" says "They are right."
ok "where its holder is" says "stands in: Bât. N"
t show "$role"
ok "it has no verification of the other's" [ "$(grep -c 'verified: ' "$work/out")" -eq 1 ]
finish
