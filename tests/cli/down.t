#!/bin/sh
# What every answer names when all else fails, the switchboard, is named by a number that is not known
# to be out of order; and what was written of an incident names what it is of.
. "$TOCSIN_TOP/tests/cli/directory.sh"
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
scope=$work/group
run "$sync" import "$work/sample" --format records --cache "$scope"
ok "the sample group" exits 0
nowhere() { t find "zzqqyyxx 4444" --site SAB; }
nowhere
ok "the short number, as long as nothing is known" says "ask the switchboard: 9"
t incident report pbx-sab --direction inside,inbound --reason "no tone"
ok "the exchange is reported" exits 0
t incident report pbx-sab --direction inside,inbound --reason "hum on the line"
ok "said again it is told" sh -c "grep -q '^tocsin: already reported .* (no tone): this is added to it\$' '$work/err'"
t incident list
ok "and added to what there is" sh -c "[ \$(grep -c '^pbx-sab' '$work/out') = 1 ] && grep -q 'no tone; hum on the line' '$work/out'"
nowhere
ok "then the direct line, which no exchange carries" says "ask the switchboard: 0 01 99 00 36 00"
t acts
ok "what was written names the domain" says "Autocom Saint-Aubin  reported: pbx-sab"
t log
ok "in the log too" says "Autocom Saint-Aubin, reported: pbx-sab"
t number 2222 --site RIV --from red
t find 2222 --site RIV --from red
ok "a code found by its number is given as the set in hand presses it" sh -c "head -n 1 '$work/out' | grep -q 'RIV  Arrêt cardiaque .*7001 .*red phone'"
t incident declare pbx-sab --direction inside,inbound --reason "no tone"
ok "the exchange is declared" exits 0
declared=$(tail -1 "$work/out")
t find 2222 --site SAB
ok "a code that is DOWN says what is left of it, as the strip does" sh -c "head -n 2 '$work/out' | tr -s ' \n' ' ' | grep -q 'SAB Arrêt cardiaque 2222 DOWN: direct line 0 01 99 00 36 01 '"
t find 2222 --site SAB --tsv
ok "what a program dials is what is left" sh -c "sed -n 2p '$work/out' | cut -f 5 | grep -qx '0 01 99 00 36 01'"
t find 2222 --site SAB --json
ok "the best of the answer too" sh -c "perl -MJSON::PP -e 'local \$/; my \$r = JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]; exit(\$r->{channels}[\$r->{best}]{shown} ne q(0 01 99 00 36 01))' <'$work/out'"
t incident end "$declared" --initials XY

# The trunk takes no calls: what is behind the exchange is not called from outside, by its public number either.
t incident declare trunk-sab --direction inbound --reason "nobody gets through"
ok "the trunk is declared" exits 0
trunk=$(tail -1 "$work/out")
t find rea chi --site SAB --mine --from outside --json
ok "every DDI of the site dies with the trunk that brings it in" json '(grep { $_->{state} eq "down" && $_->{incident_domain} eq "trunk-sab" } @{$j->{rows}[0]{channels}}) && !grep { $_->{kind} =~ /^(extension|ddi|dect)$/ && $_->{state} eq "no-fault-known" } map { @{$_->{channels}} } @{$j->{rows}}'
t find rea chi --site SAB --mine --json
ok "inside the house they ring" json 'grep { $_->{kind} eq "extension" && $_->{state} ne "down" && ($_->{incident_domain} // "") ne "trunk-sab" } @{$j->{rows}[0]{channels}}'
t incident end "$trunk" --initials XY

# What would be taken on top of that, and changing what was declared.
t incident declare pbx-sab --until 6h --reason "no tone"
ok "it is declared" exits 0
one=$(tail -1 "$work/out")
t incident what-if pbx-sab
ok "what is DOWN already is not taken again" says "it would take: nothing more"
ok "it is named apart" says "touched already, of another cause: bip-sab pbx-sab"
t incident what-if mail-nord
ok "another takes itself alone" sh -c "head -1 '$work/out' | grep -q 'it would take: mail-nord\$'"
t incident what-if mail-nord --json
ok "in JSON all that would be touched, and what is so already" json '"@{$j->{domains}}" eq "bip-sab mail-nord pbx-sab" && "@{$j->{touched_already}}" eq "bip-sab pbx-sab"'
t incident extend "$one" --until 2h
ok "what would hold shorter is no extension" exits 65
ok "one line says old and new" sh -c "[ \$(wc -l <'$work/err') = 1 ] && grep -q 'holds until .*, .* is earlier: nothing is written; say correct' '$work/err'"
t incident list
ok "and nothing was written" says "DOWN, inside, inbound, outbound since"
t incident extend "$one" --until 8h
ok "a longer one is" exits 0
t incident correct "$one" --until 7h
ok "correct shortens" exits 0

# A night with the exchange down: entries of which nothing may be tried, a gap, somebody who is away.
now=$(date +%s)
{
  cat "$TOCSIN_TOP/tests/data/downtime.txt"
  cat <<X

incident | public | @i3
by | network
declared
domain | rouge
since | $((now + 86400))

entry | public | @e50
name | Anne A.
site | SAB
type | person
away | at=$((now - 3600)) | by=dm | from=$((now - 7200)) | until=$((now + 86400)) | to=@e51
c | 000 | @c50 | 0639981250 | kind=other

entry | public | @e51
name | Basile B.
site | SAB
title | Dr
type | person
c | 000 | @c51 | 0199007051 | e=+33199007051 | kind=direct-line

entry | public | @e52
name | Astreinte alpha
site | SAB
type | role
c | 000 | @c52 | 0199007052 | e=+33199007052 | kind=direct-line

entry | public | @e55
name | Chirurgie delta
site | SAB
type | role
c | 000 | @c55 | 0199007055 | e=+33199007055 | kind=direct-line

rota | public | @r55
made | $((now - 3600))
role | @e55
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | c=@c51 | line=1 | text=B. Basile | who=@e51
shift | [FROM] | [UNTIL] | c=@c50 | line=2 | text=A. Anne | who=@e50

entry | public | @e53
name | Astreinte beta
site | SAB
type | role
not-if | it can wait
next | 001 | to=@e51 | wait=60

rota | public | @r52
made | $((now - 3600))
role | @e52
source | surgery
week | [WEEK]
shift | [FROM] | [UNTIL] | c=@c50 | line=1 | text=A. Anne | who=@e50

rota | public | @r53
made | $((now - 3600))
role | @e53
source | surgery
week | [WEEK]
shift | [FROM] | [PAST] | line=1 | text=B. Basile
shift | [SOON] | [UNTIL] | line=1 | text=B. Basile
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
scope=$work/night
TZ=Europe/Paris
export TZ
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the night is imported" exits 0
n() { t "$@" --site SAB; }
matches() { grep -q -- "$1" "$work/out" || { echo "# no such line: $1"; false; }; }
n find surgery laboratory
ok "of an entry that is all DOWN find says whom to call" says "! instead, red phone above: 7731  Surgical ICU, "
n find surgery laboratory --json
ok "in JSON too" json '$j->{rows}[0]{instead}[0]{as} eq "red-phone-above" && $j->{rows}[0]{instead}[0]{shown} eq "7731" && $j->{rows}[0]{instead}[0]{name} eq "Surgical ICU"'
lab=$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")
n show "$lab"
ok "and the card" says "! instead, red phone above: 7731  Surgical ICU, "
n show "$lab" --json
ok "the card in JSON" json '@{$j->{rows}[0]{instead}} == 1'
n find surgery laboratory --tsv
ok "TSV names its column" sh -c "head -1 '$work/out' | cut -f25 | grep -qx instead && tail -1 '$work/out' | cut -f25 | grep -q '^7731  Surgical ICU'"
n find night supervisor
ok "where nobody is left that is said" says "! instead: no other number without a known fault: go there, or a radio"
n find night supervisor --json
ok "in JSON by an empty list" json '$j->{rows}[0]{instead} && !@{$j->{rows}[0]{instead}}'
n find surgical icu --json
ok "an entry that can be called has none" json '!exists $j->{rows}[0]{instead}'
n find surgery laboratory --at "$(date -d '+2 hours' '+%F %H:%M')"
ok "of another time it says so on that line too" matches "instead.*NOT NOW"

n find astreinte beta
ok "a role in a gap says so in its row" matches "SAB  Astreinte beta  NOBODY LISTED.*no number"
ok "between when, and whom to call" matches "! NOBODY LISTED .*-.*: call Dr Basile B. 0 01 99 00 70 51"
ok "and when not to" says "! do NOT call if it can wait"
ok "the chain, since it has no number" matches "! instead: 0 01 99 00 70 51  Dr Basile B., "
n find astreinte beta --at "$(date -d '+1 hour' '+%F %H:%M')"
ok "NOT NOW stands on a row without a number" matches "Astreinte beta .*no number, NOT NOW"
n find astreinte beta --json
ok "JSON has the gap" json '$j->{rows}[0]{rota} eq "gap" && $j->{rows}[0]{rota_fault} =~ /NOBODY LISTED/ && $j->{rows}[0]{instead}[0]{as} eq "chain"'
beta=$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")
n show "$beta"
ok "so has the card" matches "! NOBODY LISTED .*: call Dr Basile B."
n print --card "$beta" --out -
ok "its sheet is not empty below the rule" says "no number is held here: ask the switchboard who is on call"

n find anne a.
ok "a row says that a person is away" matches "SAB  Anne A\.  absent until .*  0 06 39 98 12 50"
ok "and who covers, with the number" matches "! absent until .*: covered by Dr Basile B\.  0 01 99 00 70 51 (dm "
n find anne a. --tsv
ok "TSV too" sh -c "tail -1 '$work/out' | cut -f24 | grep -q '^absent until .*covered by Dr Basile B'"
away="ABSENT until .*: covered by Dr Basile B\.  0 01 99 00 70 51 (dm .*; listed: Anne A\., on site, until .*(rota of .*, surgery)"
n find astreinte alpha
ok "a role says so of who holds it" matches "! $away"
ok "before the number" matches "SAB  Astreinte alpha  ABSENT until.* 0 01 99 00 70 52"
n find astreinte alpha --json
ok "JSON has the holder, with the source of the rota" json '$j->{rows}[0]{rota} eq "listed" && $j->{rows}[0]{holders}[0]{absent} && $j->{rows}[0]{holders}[0]{source} eq "surgery" && $j->{rows}[0]{holders}[0]{text} =~ /^ABSENT/'
alpha=$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")
n show "$alpha"
ok "so does the card, before the numbers" sh -c "grep -n 'ABSENT until' '$work/out' | head -1 | cut -d: -f1 >'$work/a'; grep -n '0 01 99 00 70 52 ' '$work/out' | cut -d: -f1 >'$work/b'; [ \$(cat '$work/a') -lt \$(cat '$work/b') ]"
n oncall
ok "so does who is on call, marked" matches "^! SAB  Astreinte alpha: ABSENT until .*: covered by Dr Basile B\\.  0 01 99 00 70 51 (dm .*; listed: Anne A\\., until .*, on site (rota of .*, surgery)"
n who astreinte alpha
ok "and who, once" [ "$(grep -c "ABSENT until" "$work/out")" = 1 ]
n oncall
ok "of two the one who is away is told first" matches "^! SAB  Chirurgie delta: ABSENT until .*; listed: Anne A\\., until .*, on site, line 2 .*; Dr Basile B\\., until .*, on site"
printf 'delta\nalpha\n\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "the row of a screen says it of the one holder" matches "Astreinte alpha.*holder absent until .*, covered by Dr Basile B\\."
ok "and by name of one of two" matches "Chirurgie delta.*Anne A\\. absent until .*, covered by Dr Basile B\\."
n find surgical intern --at "2026-11-22 03:14"
ok "at another time who is listed then" says "! NOT NOW: ABSENT until"

n incident list
ok "an incident of the future is not DOWN" matches "^rouge .*: announced, not begun, .* from "
ok "the others are" matches "^pbx-sab .*: DOWN, inside, inbound since"
n incident list --json
ok "in JSON by its level" json '(grep { $_->{domain} eq "rouge" && $_->{level} eq "none" } @{$j->{incidents}}) && (grep { $_->{level} eq "down" } @{$j->{incidents}})'

# A clock behind the directory's own time.
n find anne --at "wed 03:00"
ok "a clock that may be right is not doubted" keeps_quiet_of "clock is behind"
for what in "find anne" oncall; do
  if [ -n "${TOCSIN_SANITIZED:-}" ]; then
    ok "$what: (a clock that lies and a sanitizer do not go together)" true
    continue
  fi
  # shellcheck disable=SC2086
  run faketime -f -3d "$tocsin" --scope "$scope" $what --site SAB --at "wed 03:00"
  ok "$what: what a wrong clock made of an hour without a date is doubted" says "! this machine's clock is behind the directory: a day or an hour"
done
# A site whose time zone is not known here: nobody is told to be on call, and the card says why.
sed 's,^zone | Europe/Paris$,zone | Mars/Olympus,' "$TOCSIN_TOP/tests/data/downtime.txt" |
  perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
scope=$work/zone
run "$sync" import "$work/stream" --format records --cache "$scope"
n find surgical intern --json
ok "JSON says that the zone is not known" json '$j->{rows}[0]{rota} eq "no-zone" && $j->{rows}[0]{rota_fault}'
n show "$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")"
ok "the card says so before the numbers" says "! who is on call is not told: the site's time zone is not known here"
ok "and names nobody" keeps_quiet_of "now: "
# What was said to fail holds also where the clock is some minutes behind that of whoever said it.
scope=$work/behind
if [ -z "${TOCSIN_SANITIZED:-}" ]; then
  run faketime -f -1h "$sync" import "$work/sample" --format records --cache "$scope"
  t incident declare pbx-sab --direction inside,inbound --initials NE
  ok "one declares it by the right clock" exits 0
  run faketime -f -5m "$tocsin" --scope "$scope" find laboratoire biologie --site SAB --json
  ok "a clock that is five minutes behind has it DOWN" json 'grep { ($_->{state} // "") eq "down" } map { @{$_->{channels}} } @{$j->{rows}}'
  run faketime -f -5m "$tocsin" --scope "$scope" incident list
  ok "and does not call it announced" matches "^pbx-sab .*: DOWN, inside, inbound since"
  t find rea chir --site SAB --mine --json
  icu=$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")
  t override "$icu" "06 39 98 00 01" --until 2h --initials NE
  run faketime -f -5m "$tocsin" --scope "$scope" show "$icu" --site SAB
  ok "nor hides a temporary number" matches "replaced by .*06 39 98 00 01"
  t find laboratoire biologie --site SAB --json --at "$(date -d '-2 hours' '+%F %H:%M')"
  ok "of a moment before, it is not" json '!grep { ($_->{state} // "") eq "down" } map { @{$_->{channels}} } @{$j->{rows}}'
fi

# A code that is diverted: whoever types it reads the number in its place, and the strip says "for now".
scope=$work/diverted
run "$sync" import "$work/sample" --format records --cache "$scope"
t find 2222 --site SAB --json
code=$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")
t override "$code" "06 39 98 12 77" --until 2h --initials NE
printf '2222\n\n' >"$work/typed"
run timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
ok "a number that is replaced has the one to dial beside it" says "2222 (replaced: 0 06 39 98 12 77 not confirmed)"
ok "the strip says that it is not for ever" matches "0 06 39 98 12 77.*not confirmed"
t find 2222 --site SAB --tsv
ok "its kind is that of the number to dial" matches "	mobile	0 06 39 98 12 77	"
t find 2222 --site SAB --json
ok "and so is what dials it" json 'grep { $_->{kind} eq "mobile" && $_->{tel} eq "tel:+33639981277" && $_->{e164} eq "+33639981277" } @{$j->{rows}[0]{channels}}'
finish
