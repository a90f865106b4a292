#!/bin/sh
# A masked number is in no output, in no form, whatever it is asked by and wherever it is recorded
# besides: as an old number, as what replaced another, in a temporary number, in what was written,
# and in words.
. "$TOCSIN_TOP/tests/cli/directory.sh"
wide=$work/wide
cat "$TOCSIN_TOP/tests/cli/data/directory.txt" - <<'D' | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"

entry | clinical | @e40
type | service
name | Bloc nord
site | SAB
unit | Pôle C / Bloc
wasno | 0639984444 | until=1700000000 | now=06 39 98 19 99
c | 000 | @c40 | 0639981999 | kind=mobile | e=+33639981999 | mask
c | 001 | @c41 | 0199005250 | kind=fax | e=+33199005250 | check=06.39.98.19.99
c | 002 | @c42 | 0199005253 | kind=direct-line | e=+33199005253 | repno=0639981999
c | 003 | @c43 | 0639981999 | kind=pager | mask | raw=06 39 98 19 99 bip | why=words
c | 004 | @c44 | bloc.nord@example.org | kind=mail | mask
c | 005 | @c45 | 0199005254 | kind=direct-line | e=+33199005254
c | 006 | @c46 | 0639981777 | kind=mobile | e=+33639981777 | rep=@c45 | mask

entry | clinical | @e41
type | role
name | Chirurgien du bloc
site | SAB
unit | Pôle C / Bloc
next | 001 | to=@e42 | wait=60 | text=06 39 98 28 88, puis le cadre
away | from=1700000000 | to=@e42
c | 000 | @c47 | 7750 | kind=extension | plan=SAB

entry | clinical | @e42
type | person
name | Bistouri Ana
site | SAB
unit | Pôle C / Bloc
c | 000 | @c48 | 0639982888 | kind=mobile | e=+33639982888 | mask

entry | clinical | @e43
type | service
name | Dialyse 06.39.98.31.11
site | SAB
unit | Pôle D / Dialyse
bldg | Pav. Ravel, +33 6 39 98 31 11
alias | astreinte 06 39 98 31 11
alias | REIN
was | Rein artificiel (0033639983111)
call-if | une fistule saigne : 0639983111, poste 7766
not-if | +33 (0)6-39-98-31-11 ne répond pas
next | 001 | text=06/39/98/31/11 | wait=30
note | @n43 | rappeler le 06 39 98 31 11 ou dialyse.nuit@example.org | by=AB
away | from=1700000000 | text=au 06 39 98 31 11
over | @o43 | 0199005258 | of=@c51 | at=1700000000 | until=4102444800 | why=le 06 39 98 31 11 est muet
c | 000 | @c51 | 7766 | kind=extension | plan=SAB | label=le 06 39983111 sinon | place=0639983111 | how=81, 06 39 98 31 11 | raw=7766 / 06 39 98 31 11 | means=appel du 0639983111
c | 001 | @c52 | 0639983111 | kind=mobile | e=+33639983111 | mask
c | 002 | @c53 | dialyse.nuit@example.org | kind=mail | mask

entry | clinical | @e44
type | service
name | Cellule de crise
site | SAB
unit | Pôle D / Cellule, 06.39.98.28.88
alias | Dr Bistouri 0639982888
note | @n44 | appeler Ana au +33 (0)6 39 98 28 88 ou zéro six trente-neuf quatre-vingt-dix-huit trente et un onze | by=AB
next | 001 | text=Ana au 06 39 98 28 88 | wait=30
c | 000 | @c54 | 7767 | kind=extension | plan=SAB

rota | clinical | @r40
role | @e41
week | [WEEK]
source | garde
shift | [FROM] | [UNTIL] | line=1 | who=@e42 | text=Ana, 06 39 98 28 88
shift | [FROM] | [UNTIL] | line=2 | text=Remplaçant au 06 39 98 28 88 | no=0639983111 | e=+33639983111
shift | [FROM] | [UNTIL] | line=3 | who=@e42 | no=06 39 98 28 88

group | clinical | @k40
type | cascade
name | Plan blanc
site | SAB
m | 001 | text=Ana Bistouri, 06 39 98 28 88
m | 002 | to=@e42 | text=ou au 0639982888

entry | clinical | @e45
type | service
name | Bloc sud
site | SAB
unit | Pôle E / Sud
c | 000 | @c55 | 4417 | kind=extension | plan=SAB | mask
c | 001 | @c56 | 7751 | kind=extension | plan=SAB

entry | clinical | @e46
type | service
name | Brancardage, sinon 4417
site | SAB
unit | Pôle E / Poste 4417
alias | Régulation 44 17
note | @n46 | le 4417, pas le 44170 ni le 7750, depuis 2017 | by=AB
next | 001 | text=4417 | wait=30
c | 000 | @c57 | 7768 | kind=extension | plan=SAB | label=sinon 4417

entry | clinical | @e47
type | service
name | Annexe du 4417
site | RIV
unit | Pôle R
c | 000 | @c58 | 4417 | kind=extension | plan=RIV

entry | clinical | @e48
type | service
room | 4417
name | Accueil zéro six trente-neuf quatre-vingt-dix-huit vingt-huit quatre-vingt-huit
site | SAB
unit | Pôle E
c | 000 | @c59 | 7769 | kind=extension | plan=SAB

group | clinical | @k41
type | crisis cell
name | Cellule 06 39 98 28 88
site | SAB
m | 001 | to=@e40

site | clinical | @s9
code | ANX
country | FR
name | Annexe (06 39 98 28 88)
alias | Annexe du 0639982888
group | Vallée 06 39 98 19 99
plan | ANX
address | 3 rue Haute, 06.39.98.31.11
zone | Europe/Paris

plan | clinical | @p9
code | ANX
country | FR
name | Annexe, 06 39 98 28 88
out | 0
range | 7000 | 7999 | ddi=+33199007000 | label=à la place du 06 39 98 28 88

domain | public | @d9
code | relay
name | Relais, sinon 06 39 98 28 88
kind | pbx
site | SAB

scenario | public | @z9
domain | relay
name | Relais perdu : 06 39 98 28 88
step | 000 | Appeler.

exercise | public | @x9
name | Blanc, 06 39 98 28 88
by | Ana 0639982888
domain | relay
from | 1700000000
until | 4102444800
D
run "$sync" import "$work/stream" --format records --cache "$wide"
ok "a directory that has masked numbers everywhere" is "$rc" 0
scope=$wide
u() { printf '65000000-0000-0000-0000-%012x' "$1"; }
c() { printf '63000000-0000-0000-0000-%012x' "$1"; }

# No six digits of them stand beside one another on a line, whatever stands between; nor the address.
hides() {
  perl -CSD -ne 's/\\u[0-9a-f]{4}|[0-9a-f]{8}-[0-9a-f-]{27}//gi; $m ||= $_ if /bloc\.nord@|dialyse\.nuit@/; s/[^0-9]//g;
    $m ||= $_ if /981999|984444|981777|982888|985678|983111|984545/; END { print "# $m\n" if $m; exit($m ? 1 : 0) }' \
    "$work/out" "$work/err"
}
# none ARGUMENT...: in text, JSON and TSV
none() {
  for form in '' --json --tsv; do
    t "$@" $form
    [ "$rc" -ne 64 ] || [ -n "$form" ] || return 1
    hides || { echo "# of: $* $form"; return 1; }
  done
}
t show "$(u 40)"
ok "they are said to be there" says "06 ** ** ** 99"
ok "an address too" sh -c "! grep -q bloc '$work/out' && grep -q '\*\*\*\*\*\*\*' '$work/out'"
ok "find" none find bloc
ok "find, of one that is written in words" none find rein
ok "find, by the words around it" none find "astreinte rein"
ok "find, by its name" none find dialyse
t show "$(u 43)"
ok "the words are there, and its other numbers" sh -c "grep -q 'une fistule saigne : 06' '$work/out' && grep -q 'poste 7766' '$work/out'"
for part in 06399831 639983 98311 "06 39 98 31" "39 98" "31 1" +336399 983; do
  ok "no word of it confirms its digits: $part" sh -c '"$1" --scope "$2" find "$3" --site SAB >"$4/out"; ! grep -q Dialyse "$4/out"' sh \
    "$tocsin" "$scope" "$part" "$work"
done
t find 06.39.98.31.11
ok "but whole it does" says Dialyse

# Nor do the words of somebody else: the row comes to who types what is shown of it.
for part in 0639 06399 0639982888 "06 39 98 28" "dr 0639" "bistouri 39" "39 98" "28 88" "cellule 39" "dr bistou 063998288"; do
  t find "$part" --site SAB --json
  ok "nor words of another entry: $part" json '!(grep { $_->{name} =~ /Cellule/ } @{$j->{rows}})'
  ok "nor does a count: $part" json '$j->{here} + $j->{elsewhere} == @{$j->{rows}}'
done
t find "cellule 06" --site SAB
ok "what is shown of it finds" says "Cellule de crise"
# What there is without a word says nothing of that word: it is the same for one that no number has.
finds_no() { ! grep -v '^ *without "' "$work/out" | grep -q "$1"; }
same_as() { # what was found, but for the word: as with another one
  sed "s/$1/$2/g" "$work/out" >"$work/this"
  t find "$3 $2" --site SAB
  cmp -s "$work/this" "$work/out"
}
for part in "trente neuf" "accueil trente" "acueil trente" "accueil dix" "dix"; do
  t find "$part" --site SAB
  ok "nor by words for figures: $part" finds_no Accueil
done
t find accueil --site SAB
ok "but by its name" says "Accueil"

# Short numbers: of the same site, where they are a word of their own.
t show "$(u 46)"
ok "a short number that is masked is starred in words of its site" sh -c '! grep -q "4417[^0]\|44 17" "$1/out"' sh "$work"
ok "not where it is part of another, nor one that nobody masks, nor a year" says "pas le 44170 ni le 7750, depuis 2017"
t show "$(u 47)"
ok "at another site it is another number" says "Annexe du 4417"
t find brancardage --site SAB
ok "rows too" sh -c 'grep -q "Brancardage, sinon \*\*\*\*" "$1/out"' sh "$work"
for part in "brancardage 44" "brancardage 4417" "regulation 44" "regulation 17" "sinon 441"; do
  t find "$part" --site SAB
  ok "nor is it spelled by what finds it: $part" finds_no "Brancardage\|Régulation"
done
t find "brancardage 4417" --site SAB
ok "nor by what is said of the other word" same_as 4417 5528 brancardage
t find 4417 --site SAB
ok "whole it finds whose it is" says "Bloc sud"
ok "at another site, too" says "Annexe du 4417"
ok "and the room of that number" says Accueil
t find 441 --site SAB
ok "a part of it does not" keeps_quiet_of "Bloc sud"
t print --site SAB --unit "Pôle E / Poste ****" --out -
ok "the unit is asked for by what is shown" says Brancardage
t incident report pbx-sab --reason "le 4417 et le 7751 depuis 1830" --initials AB
ok "a reason of that site" says "le **** et le 7751 depuis 1830"
t incident end pbx-sab --reason "vu"

ok "find, a kind" none find "bloc mobile"
ok "find, of a person" none find bistouri
ok "find, from outside" none find bloc --from outside
ok "find, by a word beside another's number" none find "cellule crise"
ok "find, by its unit" none find "cellule pole"
for entry in 4 40 41 42 43 44; do ok "show $entry" none show "$(u $entry)"; done
ok "who" none who chirurgien
ok "oncall" none oncall --site SAB
t who chirurgien
ok "a shift's own number, where it is masked of anybody" says "06 ** ** ** 11"
ok "cascade" none cascade plan blanc --site SAB
ok "number, of another of its points" none number 0199005250
for part in 1999 981999 39981999 0639981998 0639981989; do
  ok "a part of it, or a look-alike, finds nothing: $part" sh -c '"$1" --scope "$2" find "$3" --site SAB >"$4/out"; ! grep -q "Bloc nord" "$4/out"' sh \
    "$tocsin" "$scope" "$part" "$work"
done
t find 0639981999
ok "whole it finds whose it is" says "Bloc nord"
t number 0639981999
ok "so does number" says "06 ** ** ** 99"
for sheet in "--list" "--board" "--unit Pôle --" "--card $(u 40)" "--card $(u 41)" "--card $(u 42)" "--card $(u 43)" "--card $(u 44)" "--scenario pbx-sab"; do
  # shellcheck disable=SC2086 # words
  t print --site SAB --out - ${sheet% --}
  ok "print $sheet" hides
done

# the path of a unit: shown with stars, and gone down by what is shown
t show "$(u 44)"
path='Pôle D / Cellule, 06.**.**.**.88'
ok "a unit's path is starred" says "$path"
t print --site SAB --unit "$path" --out -
ok "its sheet is asked for by what is shown" says "Cellule de crise"
ok "and hides too" hides

# what is written
t incident report pbx-sab --reason "Bloc : appeler le 06 39 98 19 99 ou le 01 99 00 77 00" --initials AB
ok "an incident is reported with a masked number and another" exits 0
ok "which is not said again" hides
for words in "incident list" "incident show pbx-sab" "find bloc" "oncall --site RIV" "log" "acts"; do
  # shellcheck disable=SC2086 # words
  ok "nor by $words" none $words
done
t incident list
ok "the other number is there" says "01 99 00 77 00"
for words in "incident show relay" "incident what-if relay" "exercise" "cascade" "cascade cellule --site SAB" "find annexe" "find --site ANX bloc" "number 7750 --site ANX" "incident list --real"; do
  # shellcheck disable=SC2086 # words
  ok "nor the names of the house, by $words" none $words
done
t exercise
ok "an exercise is named, in stars" says "Blanc, 06 ** ** ** 88"
t cascade
ok "a cell too" says "Cellule 06 ** ** ** 88"
t print --scenario relay --site ANX --out -
ok "nor on paper" hides
t incident report pbx-sab --reason "et le central" --initials AB
ok "what is added to it" hides
ok "is added to its own words" sh -c 'grep -aq "06 39 98 19 99 ou le 01 99 00 77 00; et le central" "$1"/journal/*' sh "$scope"
t override "$(u 40)" "06 39 98 44 44" --of "$(c 40)" --until 2h
ok "a temporary number of a masked one is written" exits 0
ok "and not said again" hides
t suggest "$(u 40)" number "06 39 98 44 44" --of "$(c 40)"
ok "nor a correction" hides
t attempt "$(u 40)" busy --of "$(c 40)"
ok "nor a call" hides
t note "$(u 43)" "de jour 06 39 98 31 11"
ok "nor a note" hides
t suggest "$(u 43)" call-if "0639983111 suffit" --reason "dit le 06 39 98 31 11"
ok "nor words for words" sh -c 'exit "$1"' sh "$rc"
ok "which are not said" hides
t absence "$(u 42)" --until 2h --reason "au 06 39 98 28 88"
ok "nor the words of an absence" hides
ok "acts" none acts
ok "log" none log
for entry in 40 43; do ok "show, with what was written $entry" none show "$(u $entry)"; done
ok "find, with what was written" none find bloc
printf '%s\n1\nrein\n1\nbistouri\n1\n0639981999\n1\nq\n' "bloc nord" | "$tocsin" --scope "$scope" --site SAB --plain >"$work/out" 2>"$work/err"
ok "the numbered dialogue shows the card" says "06 ** ** ** 99"
ok "and nothing of them" hides

# What becomes masked is so at once in the words of others, which have not changed.
late=$work/late
{ cat "$TOCSIN_TOP/tests/cli/data/directory.txt" && printf '\nentry | clinical | @e50\ntype | person\nname | Tardif Eve\nsite | SAB\nc | 000 | @c70 | 0639984545 | kind=mobile | e=+33639984545\nc | 001 | @c71 | 4545 | kind=extension | plan=SAB\n' &&
  printf '\nentry | clinical | @e51\ntype | service\nname | Accueil\nsite | SAB\nunit | Pôle T\nalias | Eve 06 39 98 45 45\nalias | poste 4545\nc | 000 | @c72 | 7781 | kind=extension | plan=SAB\n'; } >"$work/late.txt"
lately() {
  perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/late.txt" >"$work/stream"
  run "$sync" import "$work/stream" --format records --cache "$late"
}
lately
scope=$late
for words in "eve 39 98" "poste 454"; do
  t find "$words" --site SAB
  ok "an alias with a number finds: $words" says Accueil
done
sed -i 's/4545 | kind=mobile.*/& | mask/; s/| 4545 | kind=extension | plan=SAB/& | mask/' "$work/late.txt"
lately
for words in "eve 39 98" "poste 454"; do
  t find "$words" --site SAB
  ok "not once it is masked: $words" finds_no Accueil
done
ok "nor is the number said" none find accueil
t show "$(u 51)"
ok "a short one neither" says "poste ****"
finish
