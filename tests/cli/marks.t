#!/bin/sh
# A number that may be dead never stands unmarked: on paper, in answers, on the line at the end of a list.
. "$TOCSIN_TOP/tests/cli/directory.sh"
"$TOCSIN_BUILD/tocsin-sample" --audience switchboard >"$work/sample"
new() { # NAME: the sample group anew
  scope=$work/$1
  run "$sync" import "$work/sample" --format records --cache "$scope"
  t find "rea chi" --site SAB --json
  icu=$(perl -MJSON::PP -e 'local $/; print JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]{uuid}' <"$work/out")
}
follows() { # A B: a line with A, and below it one with B
  grep -F -A1 -- "$1" "$work/out" | grep -qF -- "$2" || { echo "# not below \"$1\": $2"; false; }
}
matches() { grep -q -- "$1" "$work/out" || { echo "# no such line: $1"; false; }; }
when() { [ -n "${TOCSIN_SANITIZED:-}" ] || ok "$@"; }

# Calls INTO the site fail: the number from outside is dead, that of a ward phone is not.
new into
t incident declare pbx-sab --direction inbound --reason "no tone" --initials XY
t print --card "$icu" --site SAB --out -
ok "a card says which of two numbers is DOWN" says "! from outside: DOWN when printed: Autocom Saint-Aubin"
ok "and nothing of the other" keeps_quiet_of "! DOWN"
t print --site SAB --list --out -
ok "so does a list" matches "^ *! from outside: DOWN when printed: Autocom Saint-Aubin"
t print --scenario pbx-sab --out -
ok "and a scenario card" matches "! from outside: DOWN when printed: Autocom Saint-Aubin"

# Inside calls alone fail.
new inside
t incident declare pbx-sab --direction inside --initials XY
t print --card "$icu" --site SAB --out -
ok "the other way round too: what a ward phone dials is another number" says "! ward phone: when printed only as 0 01 99 00 36 03, via DDI"
ok "so is the number that confirms a fax" says "confirm arrival with: 0 01 99 00 36 03, via DDI"
t print --site SAB --list --out -
ok "a list says so too" says "! ward phone: when printed only as 0 01 99 00 36 03, via DDI"

# Inside and outgoing calls fail: no ward phone gets there.
new outward
t incident declare pbx-sab --direction inside,outbound --initials XY
t print --card "$icu" --site SAB --out -
ok "the other way round too" says "! ward phone: when printed only from a red phone: 0 01 99 00 36 03"
ok "so is the number that confirms a fax" matches "confirm arrival with: 0 01 99 00 36 03.* ! when printed only from a"
t incident declare pbx-sab --initials XY
t print --card "$icu" --site SAB --out -
ok "or all that it has" says "  ! DOWN when printed: Autocom Saint-Aubin"
ok "the number that confirms a fax is DOWN then" says "confirm arrival with: 4 3603 ! DOWN when printed: Autocom"

# The set in hand is dead, the red phones are reported to be: one's own mobile has no fault known.
t incident report rouge --initials XY
t find "visc senior" --site SAB --json
ok "of other sets the one without a known fault is named" json '$j->{rows}[0]{channels}[0]{other_set} eq "mobile" && !$j->{rows}[0]{channels}[0]{doubt}'

# A code with a number of its own from outside.
scope=$work/night
{
  perl -00 -ne 'print unless /^incident/m' "$TOCSIN_TOP/tests/data/downtime.txt"
  cat <<X

entry | public | @e70
type | service
name | Neurology
site | SAB
c | 000 | @c70 | 4732 | kind=extension | plan=SAB
wasno | 4841 | now=4732 | plan=SAB | until=1793700000
X
} | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
t incident report rouge --initials XY
t print --board --site SAB --out -
ok "a red phone that is reported DOWN is so on the board" follows "red phone      7700" "! reported DOWN when printed"
t round --site SAB
ok "and on the list of a test round" matches "red phone 7731  reported DOWN  "
t round --site SAB --json
ok "in JSON too" json 'grep { $_->{state_text} eq "reported DOWN" } @{$j->{rows}}'
t print --round --site SAB --out -
ok "and on its sheet" says "! reported DOWN when printed"
t incident report pbx-sab --initials XY
t find 4841 --site SAB
ok "what a dead number is now has its mark" matches "4841 is dead since .*, now 4732 reported DOWN"

# Reported by a terminal, and nobody has confirmed it since.
new said
t incident report pbx-sab --direction inside,inbound --reason "no tone" --until 2h --initials XY
t show "$icu" --site SAB
ok "a card says what is reported" matches "4 3603 .*extension, reported DOWN, not declared: "
ok "of the number that confirms a fax too" says "confirm arrival with: 4 3603, reported DOWN"
t print --card "$icu" --site SAB --out -
ok "so does its sheet" says "confirm arrival with: 4 3603 ! reported DOWN when printed: Autocom"
t find 2222 --site SAB
ok "a code that is reported DOWN says what is left of it" sh -c "head -n 2 '$work/out' | tr -s ' \n' ' ' | grep -q '2222 reported DOWN: direct line 0 01 99 00 36 01 '"
t find 2222 --site RIV --from mobile --json
ok "JSON has the doubt" json 'grep { ($_->{doubt} // "") eq "reported" } map { @{$_->{channels}} } @{$j->{rows}}'
later() { [ -n "${TOCSIN_SANITIZED:-}" ] || run faketime -f +3h "$tocsin" --scope "$scope" "$@"; }
later find "rea chi" --site SAB
when "past its time a row says since when nobody knows" follows "4 3603" "extension, not confirmed since "
when "and no more that it is reported" keeps_quiet_of "reported DOWN"
later find "rea chi" --site SAB --tsv
when "TSV too" sh -c "grep '4 3603' '$work/out' | cut -f18 | grep -q '^not confirmed since [0-9].*Autocom Saint-Aubin'"
later find "rea chi" --site SAB --json
when "JSON by its doubt" json 'grep { ($_->{doubt} // "") eq "unconfirmed" } map { @{$_->{channels}} } @{$j->{rows}}'
later show "$icu" --site SAB
when "a card" matches "4 3603 .*extension, not confirmed since .*: Autocom Saint-Aubin"
when "the number that confirms a fax" matches "confirm arrival with: 4 3603, not confirmed since "
later print --card "$icu" --site SAB --out -
when "a sheet" says "! was reported DOWN, not confirmed since "
later incident list
when "the list of incidents" matches "^pbx-sab .*: not confirmed since [0-9].*, inside, inbound since"
later incident list --json
when "and in JSON" json '$j->{incidents}[0]{level} eq "unconfirmed" && !$j->{incidents}[0]{declared}'
printf 'rea chi\n4\n\n\n' >"$work/typed"
[ -n "${TOCSIN_SANITIZED:-}" ] || run timeout 20 faketime -f +3h "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
when "a line at a time" matches "4 3603 (not confirmed since [0-9]"
finish
