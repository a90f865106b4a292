#!/bin/sh
# The plan and what comes of it: added, changed, removed, left, refused.
. "$TOCSIN_TOP/tests/cli/lib.sh"
c=$work/scope
imp() { run "$sync" import "$work/in.csv" --map "$work/map" --origin house --cache "$c" "$@"; }
exported() { "$sync" export --cache "$c" --output "$work/$1"; }

cat >"$work/map" <<'M'
[map]
country = FR
[key]
columns = id
[fields]
name = {nom}
unit = {pole} / {service}
building = {batiment}
type = service
critical = {critique}
[contact phone]
number = {tel}
kind = ddi
[contact fax]
number = {fax}
kind = fax
[contact night]
number = {nuit}
kind = mobile
audience = switchboard
M
head='id;nom;pole;service;batiment;critique;tel;fax;nuit'
cat >"$work/in.csv" <<R
$head
1;Réanimation;Pôle A;Réa;Alma;oui;01 99 00 52 31;01 99 00 52 40;06 39 98 12 34
2;Cardiologie;Pôle A;;Alma;;01 99 00 52 32 / 01 99 00 52 33;Néant;
3;Pneumologie;;Pneumo;;;199005234;;
4;Radiologie;Pôle B;;;;01.99.00.52.35;;
5;Laboratoire;Pôle B;;;;+33 1 99 00 52 36;xxx;
6;Pharmacie;;;;;01 99 00 52 37;;
R
imp --dry-run
ok "a dry run succeeds without a directory" is "$rc" 0
ok "and makes none" test ! -e "$c/cache/current"
imp
ok "the import succeeds" is "$rc" 0
ok "it adds six entries" says 'plan: 6 added, 0 changed, 0 removed, 0 unchanged; 2 lint, 1 repaired, 0 left'
ok "placeholders are lint, with their place" says 'in.csv:3:8: “Néant” is no number: left out'
ok "a lost zero is restored and said" says 'in.csv:4:7: “199005234”: its leading zero was lost, read as 0199005234'
exported one
ok "an empty cell leaves no separator in a unit path" grep -q "^unit	Pneumo$" "$work/one"
ok "two cells are joined by theirs" grep -q "^unit	Pôle A / Réa$" "$work/one"
ok "a number for another audience is a part of its own" \
  is "$(grep -c '^tocsin1	entry	switchboard	' "$work/one")" 1
ok "the public part says what it does not hold" grep -q "^held	switchboard	1$" "$work/one"
ok "each entry says where it came from, once" is "$(grep -c '^from	house	' "$work/one")" 6
ok "two numbers in a cell are two contact points" \
  is "$(grep -c 'e=+3319900523[23]	kind=ddi' "$work/one")" 2
imp
ok "the second run changes nothing" says 'nothing to change'
exported two
ok "no byte of it" cmp -s "$work/one" "$work/two"

# a number and a name change: the contact point keeps its UUID
before=$(grep '+33199005235' "$work/one" | cut -f3)
sed -i 's/Radiologie/Imagerie/; s/01.99.00.52.35/01 99 00 52 99/' "$work/in.csv"
imp --dry-run
cp "$work/out" "$work/dry"
ok "a changed name is said field by field" says 'changed   Imagerie [4]: name: “Radiologie” -> “Imagerie”'
ok "so is a changed number" says 'changed   Imagerie [4]: ddi: “0199005235” -> “0199005299”'
exported two
ok "a dry run writes nothing" cmp -s "$work/one" "$work/two"
imp
ok "the real run does exactly that" sh -c "grep -v '^revision' '$work/out' >'$work/r'; grep -v '^dry run' '$work/dry' | cmp -s - '$work/r'"
exported two
ok "the contact point keeps its UUID" is "$(grep '+33199005299' "$work/two" | cut -f3)" "$before"
ok "one revision further" says 'revision 2 is published'

# removal
cp "$work/in.csv" "$work/all.csv"
sed -i '/^6;/d' "$work/in.csv"
imp
ok "one of six may go" is "$rc" 0
ok "and is named" says 'removed   Pharmacie [6], 1 contact point'
sed -i '/^[45];/d' "$work/in.csv"
exported one
imp
ok "two of five are refused" is "$rc" 65
ok "in so many words" complains 'it would remove 2 of the 5 entries of origin house, more than a fifth: if that is meant, say --allow-removals 2'
exported two
ok "and the directory is as it was" cmp -s "$work/one" "$work/two"
imp --dry-run
ok "the dry run says so too" is "$rc" 65
imp --allow-removals 1
ok "fewer than there are is not enough" is "$rc" 65
imp --allow-removals 2
ok "told, it removes" is "$rc" 0
cp "$work/all.csv" "$work/in.csv"
imp
ok "they come back with the same bytes" is "$rc" 0

# critical
sed -i 's/01 99 00 52 31/01 99 00 52 30/' "$work/in.csv"
imp
ok "a critical entry is not renumbered" is "$rc" 65
ok "without a second word" complains 'say --allow-critical'
imp --allow-critical
ok "with it, it is" is "$rc" 0
exported one
sed -i '/^1;/d' "$work/in.csv"
imp
ok "nor removed" is "$rc" 65
imp --allow-removals all
ok "not even when removals are allowed" is "$rc" 65
exported two
ok "the directory is as it was" cmp -s "$work/one" "$work/two"
cp "$work/all.csv" "$work/in.csv"
imp --allow-critical

# what a person set
exported one
perl -0pe 's/(kind=ddi)(\traw=01 99 00 52 99)/$1\tpin=1$2/; s/(name\tImagerie\n)/${1}pin\tname\n/' \
  "$work/one" >"$work/edit"
perl -e 'local $/; open F, "<", $ARGV[0]; $_ = <F>; my $o = "";
  for my $r (split /(?=^\d+\ntocsin1\t)/m) { $r =~ s/^\d+\n//; $o .= length($r) . "\n" . $r }
  print $o' "$work/edit" >"$work/edit2"
run "$sync" import "$work/edit2" --format records --cache "$c"
ok "a person pins a number and a name" is "$rc" 0
sed -i 's/Imagerie/Radio/; s/01 99 00 52 99/01 99 00 52 98/' "$work/in.csv"
imp
ok "the import leaves both" says '0 added, 0 changed, 0 removed, 6 unchanged; 2 lint, 1 repaired, 2 left'
ok "and says how the file differs" says '“0199005299” was set by a person, the file says “0199005298”'
exported two
ok "byte for byte" cmp -s "$work/edit2" "$work/two"
sed -i '/^4;/d' "$work/in.csv"
imp
ok "nor does it remove an entry with what a person set" says 'it is not in the file any more, but holds what a person set'
exported two
ok "byte for byte too" cmp -s "$work/edit2" "$work/two"

# two origins
printf '%s\n1;Réanimation;;;;;01 99 00 52 31;;\n' "$head" >"$work/in.csv"
run "$sync" import "$work/in.csv" --map "$work/map" --origin other --cache "$c"
ok "the same key at another origin is another entry" says 'plan: 1 added, 0 changed, 0 removed, 0 unchanged'

# rows that are refused
cp "$work/all.csv" "$work/in.csv"
exported one
sed -i 's/^2;Cardiologie/2;/; s/^3;/;/; s/^5;/5;x;/' "$work/in.csv"
imp --dry-run
ok "a row without a name is refused with its place" says 'refused   '"$work"'/in.csv:3:2: it has no name'
ok "so is one without a key" says 'in.csv:4:1: its key is empty'
ok "and one with too many cells" says 'in.csv:6:10: 10 cells where others have 9'

# a natural key
sed 's/^columns = id/natural = name, building/' "$work/map" >"$work/natural"
cat >"$work/in.csv" <<R
$head
1;Accueil;;;Alma;;01 99 00 52 41;;
2;Accueil;;;Bercy;;01 99 00 52 42;;
3;ACCUEIL;;;alma;;01 99 00 52 43;;
4;Bloc;;;Alma;;01 99 00 52 44;;
4;Bloc;;;Alma;;01 99 00 52 44;;
R
run "$sync" import "$work/in.csv" --map "$work/natural" --origin nat --cache "$work/n"
ok "rows that a natural key cannot tell apart are refused" is "$rc" 0
ok "the first of them" says 'in.csv:2:'
ok "and the second" says 'in.csv:4:'
ok "the others are added" says 'plan: 2 added'
ok "a row that is there twice is one" says 'row       '"$work"'/in.csv:6: the same as row 5'

# sites
cat >"$work/sites.map" <<'M'
[map]
record = site
country = FR
zone = Europe/Paris
[fields]
code = {code}
name = {nom}
group = {groupe}
M
printf 'code,nom,groupe\nSAB,Saint-Aubin,Nord\nRIV,Rives,Nord\n' >"$work/sites.csv"
run "$sync" import "$work/sites.csv" --map "$work/sites.map" --origin sites --cache "$c"
ok "sites come from a spreadsheet" says 'plan: 2 added'
run "$sync" import "$work/sites.csv" --map "$work/sites.map" --origin sites --cache "$c"
ok "twice changes nothing" says 'nothing to change'
sed '$a region = {region}' "$work/sites.map" >"$work/regions.map"
printf 'code,nom,groupe,region\nSAB,Saint-Aubin,Nord,AM\nRIV,Rives,Nord,alsace-moselle\n' >"$work/regions.csv"
run "$sync" import "$work/regions.csv" --map "$work/regions.map" --origin sites --cache "$c" --dry-run
ok "a region that no holiday is known of is complained of, by row" says 'regions.csv:2:4: site SAB: no public holidays of a region “AM” are known, and hours with ph are not told there on days that may be one: write one of metropole, alsace-moselle, mayotte'
ok "one that is known is not" sh -c "! grep -q 'regions.csv:3' '$work/out'"
sed -e '/^critical/a site = {site}' -e '$a [translate site]\nHôpital des Rives = RIV' "$work/map" >"$work/s.map"
printf 'site;%s\nSAB;1;A;;;;;;;\nhopital des rives;2;B;;;;;;;\nNOP;3;C;;;;;;;\n;4;D;;;;;;;\n' "$head" >"$work/in.csv"
run "$sync" import "$work/in.csv" --map "$work/s.map" --origin s --cache "$c" --dry-run
ok "a site that is not there is refused" says 'in.csv:4:1: there is no site “NOP”'
ok "one that is translated is not" says 'plan: 3 added'
run "$sync" import "$work/in.csv" --map "$work/s.map" --origin s --cache "$c" --site NEW
ok "--site is where no row says one, and is made" says 'added     NEW [NEW]'
"$sync" export --cache "$c" --output "$work/two"
ok "the entry has it" grep -q '^site	NEW$' "$work/two"

# what is imported is found
printf 'id;nom;tel\n1;CLINIQUE DU SACRÉ CŒUR;01 99 00 52 71\n' >"$work/in.csv"
printf '[map]\ncountry = FR\n[key]\ncolumns = id\n[fields]\nname = {nom}\n[contact p]\nnumber = {tel}\nkind = ddi\n' >"$work/oe.map"
run "$sync" import "$work/in.csv" --map "$work/oe.map" --origin oe --cache "$work/oe"
run "$TOCSIN_BUILD/tocsin" --scope "$work/oe" find coeur --tsv
ok "coeur finds CŒUR" says 'CLINIQUE DU SACRÉ CŒUR'

# the record stream
run "$sync" import "$work/two" --format records --cache "$work/copy"
ok "an export is imported" is "$rc" 0
"$sync" export --cache "$work/copy" --output "$work/three"
ok "to the same bytes" cmp -s "$work/two" "$work/three"
run "$sync" import - --format records --cache "$work/copy" <"$work/two"
ok "from standard input, twice changes nothing" says 'nothing to change'
run "$sync" status --cache "$work/copy" --json
ok "status says the revision" says '"revision": 1,'
run "$sync" import "$work/one" --format records --whole --cache "$work/copy"
ok "a whole directory takes its place" is "$rc" 0
"$sync" export --cache "$work/copy" --output "$work/three"
ok "and nothing else is left" cmp -s "$work/one" "$work/three"

# An entry of no site, and an extension of no plan.
printf '[map]\ncountry = FR\n[key]\ncolumns = id\n[fields]\nname = {nom}\n[contact a]\nnumber = {tel}\nkind = ddi\n' >"$work/plain.map"
printf 'id;nom;tel\n1;Ambulances;01 99 00 52 31\n2;Accueil;poste 4521\n' >"$work/plain.csv"
run "$sync" import "$work/plain.csv" --map "$work/plain.map" --origin o --cache "$work/plain"
ok "an extension without a numbering plan is lint" says 'plain.csv:3:3: “poste 4521” is kept as typed: its numbering plan is not known'
id=$("$TOCSIN_BUILD/tocsin" --cache "$work/plain" find ambulances --tsv | tail -n 1 | cut -f 14)
run "$TOCSIN_BUILD/tocsin" --cache "$work/plain" print --card "$id" --out -
ok "the card of a body outside the house is printed" is "$rc" 0
ok "with its number" says '01 99 00 52 31'
ok "and no ward phone, whose outside prefix is not known" sh -c "! grep -q 'ward phone' '$work/out'"

# what a cell says beside its number
cat >"$work/said.csv" <<'R'
id;nom;tel
1;Réa;Tél : 01 99 00 52 31 (secrétariat) Fax : 01 99 00 52 40
2;Bloc;01 99 00 52 32/33
3;Garde;01 99 00 52 34, 4321
4;Labo;01 99 00 52 35 / 4321
5;Pharmacie;1.99E+08
R
run "$sync" import "$work/said.csv" --map "$work/plain.map" --origin said --cache "$work/said"
ok "a fax among telephones is kept as a fax, and said" says 'said.csv:2:3: “Fax : 01 99 00 52 40” says what it is: kept as fax machine'
ok "digits that replace others are said" says 'said.csv:3:3: “01 99 00 52 32/33”: the last digits alone, read as 0199005233'
ok "an extension that no word announces is said" says 'said.csv:4:3: “01 99 00 52 34, 4321”: 4321 is taken for an extension'
ok "what may be two things is kept as typed" says 'said.csv:5:3: “4321” is kept as typed: an extension, or the end of another number'
ok "and so is what a spreadsheet has rounded" says 'said.csv:6:3: “1.99E+08” is kept as typed: a spreadsheet has dropped some of its digits'
"$sync" export --cache "$work/said" --output "$work/said.out"
ok "the note is the label of its number" grep -q 'e=+33199005231.*label=secrétariat' "$work/said.out"
ok "the fax is one in the record" grep -q 'e=+33199005240.*kind=fax' "$work/said.out"
ok "what was written stays beside it" grep -q 'raw=01 99 00 52 32/33' "$work/said.out"

rm "$work/plain/cache/lock"
ln -s "$work/victim" "$work/plain/cache/lock"
run "$sync" import "$work/plain.csv" --map "$work/plain.map" --origin o --cache "$work/plain"
ok "a link in place of the lock is not followed" sh -c "[ $rc -ne 0 ] && [ ! -e '$work/victim' ]"
ok "and is told in one line" one_line


# An origin whose name was mistyped would begin a second directory beside the first: the plan says that it is new.
c2=$work/origins
printf '[map]\ncountry = FR\n[key]\ncolumns = id\n[fields]\nname = {nom}\n' >"$work/o.map"
printf 'id;nom\n1;Accueil\n2;Bloc\n' >"$work/o.csv"
run "$sync" import "$work/o.csv" --map "$work/o.map" --origin finess --cache "$c2"
ok "the first origin is told nothing" sh -c "! grep -q 'is new in this directory' '$work/out'"
run "$sync" import "$work/o.csv" --map "$work/o.map" --origin finess --cache "$c2"
ok "nor is one that is known" sh -c "! grep -q 'is new in this directory' '$work/out'"
run "$sync" import "$work/o.csv" --map "$work/o.map" --origin finss --cache "$c2" --dry-run
ok "a new name beside it is" says "origin “finss” is new in this directory, whose entries are of: finess"

# What is said where there is no directory yet is what makes one, and README says which commands want to be told the folder.
run "$tocsin" --cache "$work/first" find accueil
told=$(sed -n 's/.*tocsin-sync import with \(--cache .*\)$/\1/p' "$work/err")
# shellcheck disable=SC2086
run "$sync" import "$work/o.csv" --map "$work/o.map" --origin finess $told
ok "the first directory is made by what the sentence says: $told" is $rc 0
run "$tocsin" --cache "$work/first" find accueil
ok "and is there" says Accueil
for command in import check rebuild tidy export; do
  run "$sync" "$command" "$work/o.csv"
  ok "README says that $command wants --cache" sh -c "[ $rc = 64 ] && grep -q '\`$command\`.* want to be told it' '$TOCSIN_TOP/README.md'"
done
finish
