#!/bin/sh
# The chase list: what a night left and what the day to come lacks.
. "$TOCSIN_TOP/tests/cli/directory.sh"
TZ=Europe/Paris
export TZ
scope=$work/night
tells() { grep -q -- "$1" "$work/out" || { echo "# not told: $1"; false; }; }
sed 's/ | public | / | clinical | /; s/^\(site\|plan\|domain\|rule\) | clinical/\1 | public/' "$TOCSIN_TOP/tests/data/downtime.txt" |
  perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the night is imported" exits 0
chase() { t oncall --chase --site SAB --at "2026-11-22 03:14" "$@"; }

chase
ok "it is told" exits 0
ok "of which moment" says "NOT NOW: as at"
ok "who is missing now" tells "  SAB  Night supervisor: .*00:00-.*08:30: NOBODY LISTED"
ok "who was missing" sh -c "sed -n '/nobody was listed in the past night/,\$p' '$work/out' | grep -q 'Night supervisor: until .*18:30: NOBODY LISTED'"
ok "until when a rota is held" tells "Surgical intern on call: from .*00:00: no rota is held"
t oncall --chase --site SAB --at "2026-12-05 12:00"
ok "of one that ended long before, no beginning is made up" tells "Surgical intern on call: no rota is held"
chase
ok "who has no number that may be tried" tells "Night supervisor: B. Fictif, .*08:30-.*18:30: no number may be tried"
ok "a rota of the day before is not stale" keeps_quiet_of "rota \"surgery\""
t oncall --chase --site SAB --at "2026-11-22 03:14" --lang fr
ok "in French" says "PERSONNE D'INSCRIT"
t oncall --chase --site RIV --at "2026-11-22 03:14"
ok "another site has nothing to chase" says "there is nothing to chase"
ok "by its exit code too" exits 1
chase --json
ok "as JSON" json '$j->{command} eq "oncall" && $j->{not_now} && (grep { $_->{part} eq "gap" && $_->{of} eq "Night supervisor" && $_->{site} eq "SAB" && $_->{text} =~ /NOBODY LISTED/ } @{$j->{chase}}) && (grep { $_->{part} eq "holder" } @{$j->{chase}})'
t print --chase --site SAB --at "2026-11-22 03:14" --out -
ok "on paper" exits 0
ok "with boxes" tells "\[ \]  SAB     Night supervisor"
ok "which say of which time they are" says "NOT NOW, as at 2026-11-22 03:14: Chase list"
paper() { t print --site SAB --at "2026-11-22 03:14" --out - "$@"; }
paper --oncall
ok "who is on call is printed" exits 0
ok "not now" says "NOT NOW, as at 2026-11-22 03:14: On call then"
ok "the gap first, with its number and whom to call instead" tells "^!  *Night supervisor  *4300 DOWN extension; instead: nobody"
ok "a holder who is away as such, before the number" tells "^!  *Surgical intern on call  *ABSENT until "
ok "which stands behind" tells "^  *(rota of .*, surgery); 0 06 39 98 12 34\$"
paper --oncall --lang fr
ok "in French" tells "PAS MAINTENANT, état au 22/11/2026 03:14 : De"
paper --cut-off
ok "so is what is cut off" tells "NOT NOW, as at 2026-11-22 03:14: Cut off then"
ok "how many of which have no number left" says "2 services have no number left"
ok "and which" tells "^SAB  *Surgery laboratory"
paper --what-if carrier-a --lang fr
ok "and what would be: whom to call instead of who is on call" tells "^SAB  *Surgical intern on  *.*"
ok "in French" tells "si carrier-a"
paper --what-if nothing
ok "of no domain that there is" exits 1
paper --oncall --cut-off
ok "one sheet at a time" exits 64
t print --oncall --site RIV --out -
ok "a site without a rota has no sheet" exits 1
t oncall SAB --chase
ok "a word is a usage error" exits 64

# what was written now
t attempt "surgical intern" no-answer --site SAB --initials NE
t attempt pharmacy wrong-number --site SAB --initials NE
printf '2\n0\n' | "$tocsin" --scope "$scope" round walk --site SAB --initials NE >"$work/out" 2>"$work/err"
t oncall --chase --site SAB
ok "a call that nobody answered" tells "SAB Surgical intern on call: never answered, 1 try, .*, NE"
ok "a number that rings elsewhere" tells "SAB Pharmacy: 0199007001: wrong number, .*, NE"
ok "a test that failed" tells "SAB Cardiac arrest: red phone 7700: tested: silent, .*, NE"
ok "and how much no source has confirmed" says "4 are not confirmed by a source"
t attempt "surgical intern" answered --site SAB --initials NE
t oncall --chase --site SAB
ok "what was answered later is no longer chased" keeps_quiet_of "never answered"
if [ -z "${TOCSIN_SANITIZED:-}" ]; then # a clock that lies and a sanitizer do not go together
  run faketime -f +2m "$tocsin" --scope "$scope" attempt "surgical intern" busy --site SAB --initials NE
  t oncall --chase --site SAB
  ok "another call after that is" tells "SAB Surgical intern on call: never answered, 1 try, .*, NE"
fi
finish
