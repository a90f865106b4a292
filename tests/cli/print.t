#!/bin/sh
# Sheets: heads, both ways to dial, files and printers.
. "$TOCSIN_TOP/tests/cli/directory.sh"

t print --site SAB --list --out -
ok "a site list is printed" exits 0
ok "it says its site and what it is" says "SAB Saint-Aubin   Directory of the site"
ok "it says until when it holds" says "VALID UNTIL "
ok "it says for whom" says "audience: clinical"
ok "it says of which revision" says "revision "
ok "it numbers its pages" says "page 1/"
ok "units are headings" says "Pôle A / Réanimation"
ok "what to press on a ward phone" says "0 01 99 00 52 60"
ok "what to press from outside" sh -c "grep -q '0 01 99 00 52 60  *01 99 00 52 60' '$work/out'"
ok "red phones are there" says 7700
ok "masked numbers are not on paper" keeps_quiet_of "56 78"
ok "no line is over 80 columns" sh -c "! grep -q '.\{81\}' '$work/out'"
ok "no control character is in it but line ends" sh -c "! LC_ALL=C tr -d '\n\f' <'$work/out' | LC_ALL=C grep -q '[[:cntrl:]]'"

t print --site SAB --board --out -
ok "a board is printed" exits 0
ok "its number is big" says "######  ######  ######  ######"
ok "and says what to do when it is dead" sh -c "grep -q 'if dead: .*7700' '$work/out'"

t print --card 65000000-0000-0000-0000-000000000001 --out -
ok "a card needs no site" says "SAB Saint-Aubin   Réanimation chirurgicale"
ok "it has the chain" says "cadre de nuit"
t print --site SAB --unit "Pôle B" --out -
ok "a unit has what is below it" says "Pôle B / Cardiologie"
ok "and nothing else" keeps_quiet_of "Pôle A"

t print --scenario pbx-sab --out -
ok "a scenario card is printed, for its domain's site" says "SAB Saint-Aubin   Autocom perdu"
ok "it says when" says "When this fails: Autocom de Saint-Aubin (pbx-sab)"
ok "its steps are in order" sh -c "grep -n '^[123]\. ' '$work/out' | cut -d: -f2 | cut -c1-2 | tr -d '\n' | grep -qx '1\.2\.3\.'"
ok "whom to call is there with all numbers" says "0 01 99 00 52 60"
ok "what is not held says so" says "whom to call is not held here"
ok "and nothing of an incident while there is none" keeps_quiet_of "fail since"
t print --scenario mail --site SAB --out -
ok "a domain without a card exits 1" exits 1
ok "and says so" complains "no scenario card is written for mail"
t incident show pbx-sab
ok "a domain is shown with what to do first" says "what to do first: Autocom perdu"
ok "in order, and whom to call" says "2. Prévenir la réanimation.  Réanimation chirurgicale"
t incident show pbx-sab --json
ok "in JSON too" sh -c "perl -MJSON::PP -0777 -ne '\$j = decode_json(\$_); exit(!(@{\$j->{incidents}} == 0 && @{\$j->{steps}} == 3 && \$j->{steps}[0]{text} =~ /^1/))' '$work/out'"
t incident show moon
ok "a domain that is not there is a fault of usage" exits 64
t print --scenario moon --out -
ok "a domain that is not there is a fault of usage" exits 64

t print --site SAB --list --out "$work/sheet.txt"
ok "a file is written" sh -c "[ $rc -eq 0 ] && grep -q 'Saint-Aubin' '$work/sheet.txt'"
ok "nothing is left beside it" is "$(ls "$work" | grep -c sheet)" 1
t print --site SAB --list --out "$work/none/sheet.txt"
ok "a folder that is not there is a fault" sh -c "[ $rc -ne 0 ]"
LC_ALL=C t print --site SAB --list --out -
ok "a C locale prints ASCII" sh -c "! LC_ALL=C grep -q '[^ -~]' '$work/out' && grep -q OEuvrard '$work/out'"

# A printer that notes what it is told.
mkdir "$work/bin"
cat >"$work/bin/lp" <<L
#!/bin/sh
echo "\$@" >"$work/told"
cat >"$work/printed"
L
chmod +x "$work/bin/lp"
PATH=$work/bin:$PATH
export PATH
t print --site SAB --board --printer 'desk; rm -rf x'
ok "lp takes the sheet" sh -c "[ $rc -eq 0 ] && grep -q 'Emergency codes' '$work/printed'"
ok "the printer's name reaches it as it is, through no shell" grep -qF -- "-d desk; rm -rf x" "$work/told"
printf '#!/bin/sh\necho "lp: no such printer" >&2\nexit 1\n' >"$work/bin/lp"
t print --site SAB --board --printer nowhere
ok "a refusal exits 69" exits 69
ok "and says what lp said" complains "no such printer"
# What fails is on the sheet, and another time is said on each of its pages.
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/data/downtime.txt" >"$work/night" &&
  "$sync" import "$work/night" --format records --cache "$work/night-scope" >/dev/null
n() { run "$tocsin" --scope "$work/night-scope" print --site SAB --out - "$@"; }
n --list
ok "the head says what fails" says "! 2 incidents: Calls inside and INTO Saint-Aubin fail since"
ok "a number that is DOWN says so" sh -c "grep -A1 'Surgery laboratory' '$work/out' | grep -qF '! DOWN when printed: PBX Saint-Aubin'"
ok "and the others do not" sh -c "! grep -A1 ' red phone *7731' '$work/out' | grep -q DOWN"
n --board --at "2026-11-22 04:00"
ok "a board of another time is printed" exits 0
ok "and says NOT NOW, and of when" says "NOT NOW, as at 2026-11-22"
ok "with what is down then" says "! DOWN then: PBX Saint-Aubin"
ok "and that it does not hold now" says "NOT VALID NOW"
n --oncall --at "2026-11-22 04:00"
ok "as a list of another time does" says "NOT VALID NOW"
ok "whose title is not of now" says "On call then"
n --cut-off --at "2026-11-22 04:00"
ok "nor is that of what is cut off" says "Cut off then"
run "$tocsin" --scope "$work/night-scope" find surgery --site SAB --at "2037-11-22 04:00"
ok "a time that is years away is told with its hour" says "NOT NOW: as at 2037-11-22 04:00"
if [ -z "${TOCSIN_SANITIZED:-}" ]; then # a clock that lies and a sanitizer do not go together
  for what in --board --oncall --chase --cut-off; do
    run faketime -f "@2026-11-01 00:00:00" "$tocsin" --scope "$work/night-scope" print --site SAB --out - $what
    ok "$what: a clock that is wrong is said" says "the clock of this machine is wrong"
    ok "$what: and no date until which it holds" says "valid until: not told, the clock is wrong"
  done
fi
n --board --at "2026-11-20 04:00"
ok "before it failed nothing is" sh -c "grep -q 'NOT NOW' '$work/out' && ! grep -q 'DOWN' '$work/out'"
n --board
ok "the switchboard below the codes is DOWN too" sh -c "tail -8 '$work/out' | grep -qF '! DOWN when printed: PBX Saint-Aubin'"
n --card 65000000-0000-0000-0000-000000000006
ok "and where it is the next of a chain" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -qF 'Switchboard 9 ! DOWN when printed: PBX Saint-Aubin'"
# A diverted switchboard whose exchange fails, or is reported; the number it is diverted to fails too.
diverted() { # what it does to the directory, incidents
  rm -rf "$work/diverted-scope"
  {
    sed '/^incident | public/,/^$/d' <"$TOCSIN_TOP/tests/data/downtime.txt" | perl -0pe "$1"
    printf '\nentry | public | @e90\ntype | role\nname | Duty without a number\nsite | SAB\n%s\n' "$2"
  } | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/diverted" &&
    "$sync" import "$work/diverted" --format records --cache "$work/diverted-scope" >/dev/null
}
d() { run "$tocsin" --scope "$work/diverted-scope" print --site SAB --out - "$@"; }
over='s/(name \| Switchboard\nsite \| SAB\n)(.*?)(c \| 000 \| (\@c\d+) \| 9 )/$1$2over | \@o9 | 0639981277 | by=S | e=+33639981277 | kind=mobile | of=$4 | until=4102444800\n$3/s'
fails() { printf '\nincident | public | @i9%s\nby | S\n%sdirs | %s\ndomain | %s\nsince | 1795256040\n' "$1" "$2" "$3" "$4"; }
diverted "$over" "$(fails 1 'declared
' inside,inbound pbx-sab)
$(fails 2 'declared
' inbound carrier-a)"
d --board
ok "a diverted switchboard says its temporary number, whatever failed" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -q '! replaced: 0 06 39 98 12 77 until'"
ok "and that this one is DOWN" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -q '12 77 until [^(]*([^)]*), DOWN when printed: Mobile carrier A'"
diverted "$over" "$(fails 1 '' inside pbx-sab)"
d --board
ok "where its exchange is only reported too" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -q '! replaced: 0 06 39 98 12 77 until'"
diverted '' "$(fails 1 'declared
' inside pbx-sab)"
d --scenario pbx-sab
ok "the switchboard that a scenario card ends with is said to be DOWN" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -q 'In doubt: the switchboard of Saint-Aubin, 9 ! DOWN when printed: PBX Saint-Aubin'"
d --card 65000000-0000-0000-0000-00000000005a
ok "and the one that a card says to ask" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -q 'who is on call: 9 ! DOWN when printed'"
diverted '' "$(fails 1 'declared
' inside,inbound,outbound pbx-sab)"
d --board
ok "what only another phone reaches says from which" sh -c "tr -s ' \n' ' ' <'$work/out' | grep -q '! ward phone: when printed only from a mobile: 18' && ! grep -q 'only from a red phone: 7700' '$work/out'"
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  ok "(a clock that lies and a sanitizer do not go together)" true
else
  run faketime -f -3d "$tocsin" --scope "$work/diverted-scope" print --site SAB --board --out -
  ok "a sheet of a clock that is behind the directory says so" says "! the clock of this machine is wrong"
fi
n --board --at sometime
ok "a time that is none is a usage error" exits 64
n --scenario pbx-sab
ok "a scenario card is printed with its incident" says "fail since"
ok "and what to do" says "Take the red phone."
finish
