#!/bin/sh
# Bad input: one clear line with its place, the right exit code, the directory as it was before.
. "$TOCSIN_TOP/tests/cli/lib.sh"
c=$work/scope

cat >"$work/map" <<'M'
[map]
country = FR
[key]
columns = id
[fields]
name = {nom}
[contact phone]
number = {tel}
kind = ddi
M
printf 'id;nom;tel\n1;Accueil;01 99 00 52 31\n2;Bloc;01 99 00 52 32\n3;Urgences;01 99 00 52 33\n' >"$work/good.csv"
run "$sync" import "$work/good.csv" --map "$work/map" --origin o --cache "$c"
ok "a good file is imported" is "$rc" 0
"$sync" export --cache "$c" --output "$work/before"

# Where nothing was, nothing is left; what was there before stays.
printf 'id;nom;tel\n' >"$work/bad.csv"
run "$sync" import "$work/bad.csv" --map "$work/map" --origin o --cache "$work/none"
ok "a first import that is refused: exit code 65" is "$rc" 65
ok "it leaves no folder" test ! -e "$work/none"
mkdir "$work/none"
run "$sync" import "$work/bad.csv" --map "$work/map" --origin o --cache "$work/none"
ok "a folder that was there stays" is "$(find "$work/none")" "$work/none"
run "$sync" import "$work/good.csv" --map "$work/map" --origin o --cache "$work/none"
ok "and takes an import" is "$rc" 0

# refused "what" CODE "complaint" [FILE [MAP]]: by a real run
refused() {
  what=$1 code=$2 complaint=$3 file=${4:-$work/bad.csv} map=${5:-$work/map}
  run "$sync" import "$file" --map "$map" --origin o --cache "$c"
  ok "$what: exit code $code" is "$rc" "$code"
  ok "$what: one line" one_line
  ok "$what: $complaint" complains "$complaint"
  "$sync" export --cache "$c" --output "$work/after"
  ok "$what: the directory is as it was" cmp -s "$work/before" "$work/after"
}

refused "a file that is not there" 66 "nowhere.csv" "$work/nowhere.csv"
refused "a folder" 66 "it is a folder, not a file" "$work"
: >"$work/bad.csv"
refused "an empty file" 65 "bad.csv: the file is empty"
printf 'id;nom;tel\n' >"$work/bad.csv"
refused "a header alone" 65 "bad.csv: there is no row of data in it"
printf 'id;nom;tel\n1;Accueil;01 99 00 52 31\n2;Bl' >"$work/bad.csv"
refused "a file cut in a row" 65 "bad.csv:3:2: the file is cut off: its last row has 2 of 3 cells"
printf 'id;nom;tel\n1;Accueil;01 99 00 52 31\n2;"Bloc;01' >"$work/bad.csv"
refused "a file cut in quotes" 65 "bad.csv:3:2: the file ends inside a quoted cell"
head -c 3000 "$sync" >"$work/bad.csv"
refused "a program" 65 "no text: save it as CSV in UTF-8"
gzip -c "$work/good.csv" >"$work/bad.csv"
refused "a compressed file" 65 "bad.csv"
printf '\377\376i\000d\000;\000n\000' >"$work/bad.csv"
refused "UTF-16" 65 "bad.csv: it is UTF-16: save it as CSV in UTF-8"
printf 'id;nom;tel\n1;Acc\000ueil;01 99 00 52 31\n2;Bloc;01 99 00 52 32\n' >"$work/bad.csv"
refused "a NUL byte" 65 "bad.csv:2:2: a NUL byte"
printf 'id;nom;tel\n1;Entr\303\251e;01 99 00 52 31\n2;Entr\351e;01 99 00 52 32\n' >"$work/bad.csv"
refused "mixed encodings" 65 "bad.csv:3:2: mixed encodings: not UTF-8 here"
printf 'id;nom;tel\n1;Accueil;01 99 00 52 31\n1;Bloc;01 99 00 52 32\n' >"$work/bad.csv"
refused "a key twice" 65 "bad.csv:3:1: key “1” stands in row 2 already"
printf 'id;nom\n1;Accueil\n' >"$work/bad.csv"
refused "a column that the map names is missing" 78 'map:8: column “tel” is not in'
ok "and the columns that are there are listed" complains "its row 1 has: id, nom"
printf 'id;nom;tel;Tel\n1;Accueil;01;02\n' >"$work/bad.csv"
refused "a column that stands twice" 78 'map:8: column “tel” stands twice'
printf 'id;nom;tel\n1;;01 99 00 52 31\n;x;\n' >"$work/bad.csv"
refused "no row that can be read" 65 "none of its 2 rows could be read"

# a line that does not end: refused at once, in bounded memory (the file has no blocks on disk)
printf 'id;nom;tel\n1;Accueil;"' >"$work/bad.csv"
yes 'x' | tr -d '\n' | head -c 50000000 >>"$work/bad.csv"
[ -n "${ASAN_OPTIONS:-}" ] || ulimit -v 400000 2>/dev/null
refused "a line of 50 million bytes" 65 "bad.csv:2:3: the row is over a million bytes long"
ulimit -v unlimited 2>/dev/null

if [ "$(id -u)" -ne 0 ]; then
  cp "$work/good.csv" "$work/locked.csv"
  chmod 000 "$work/locked.csv"
  refused "a file that may not be read" 77 "locked.csv" "$work/locked.csv"
fi

# maps
bad_map() {
  what=$1 complaint=$2
  refused "a map with $what" 78 "$complaint" "$work/good.csv" "$work/bad.map"
}
cp "$work/good.csv" "$work/bad.csv"
refused "a map that is not there" 66 "nomap" "$work/good.csv" "$work/nomap"
refused "a folder as a map" 66 "" "$work/good.csv" "$work"
printf '[map]\ncuntry = FR\n' >"$work/bad.map"
bad_map "an unknown setting" 'bad.map:2: “cuntry” is no setting of [map]'
printf '[mapp]\ncountry = FR\n' >"$work/bad.map"
bad_map "an unknown section" 'bad.map:2: [mapp] is no section'
printf '[fields]\nname = {nom\n[key]\ncolumns = id\n' >"$work/bad.map"
bad_map "an open brace" 'bad.map:2: “{nom”: the brace is not closed'
printf '[fields]\nnom = {nom}\n[key]\ncolumns = id\n' >"$work/bad.map"
bad_map "an unknown field" 'bad.map:2: “nom” is no field; there are name, type'
printf '[fields]\nname = {nom}\n' >"$work/bad.map"
bad_map "no key" 'bad.map: no key'
printf '[fields]\nname = {nom}\n[key]\ncolumns = id\n[contact x]\nnumber = {tel}\n' >"$work/bad.map"
bad_map "a contact without a kind" '[contact x]: kind is missing'
printf '[fields]\nname = {nom}\n[key]\ncolumns = id\n[contact x]\nnumber = {tel}\nkind = telephone\n' >"$work/bad.map"
bad_map "a kind that is none" 'bad.map:7: kind = telephone: write extension, ddi'
printf '[fields]\nname = {#9}\n[key]\ncolumns = id\n' >"$work/bad.map"
bad_map "a position beyond the row" 'bad.map:2: column #9 is not in'

# the command line
run "$sync" import "$work/good.csv" --map "$work/map" --cache "$c"
ok "no origin: exit code 64" is "$rc" 64
run "$sync" import "$work/good.csv" --map "$work/map" --origin o
ok "no cache: exit code 64" is "$rc" 64
run "$sync" import "$work/good.csv" --map "$work/map" --origin o --cache "$c" --dryrun
ok "an unknown option: exit code 64" is "$rc" 64
run "$sync" frobnicate
ok "an unknown command: exit code 64" is "$rc" 64
if [ -w /dev/full ]; then
  "$sync" import "$work/good.csv" --map "$work/map" --origin o --cache "$c" --dry-run >/dev/full 2>"$work/err"
  ok "a plan that cannot be printed is a fault" is "$?" 74
fi

# the record stream
stream() {
  what=$1 code=$2 complaint=$3
  run "$sync" import "$work/bad.rec" --format records --cache "$c"
  ok "$what: exit code $code" is "$rc" "$code"
  ok "$what: $complaint" complains "$complaint"
  "$sync" export --cache "$c" --output "$work/after"
  ok "$what: the directory is as it was" cmp -s "$work/before" "$work/after"
}
head -c 200 "$work/before" >"$work/bad.rec"
stream "a record stream that is cut" 65 "the file is cut off"
printf 'hello\n' >"$work/bad.rec"
stream "no record stream" 65 "bad.rec:1: no length of a record"
printf '99999999\n' >"$work/bad.rec"
stream "a record that is too long" 65 "bad.rec:1:"
printf '5\nhello' >"$work/bad.rec"
stream "no record" 65 "bad.rec:1: "
: >"$work/bad.rec"
stream "an empty record stream" 65 "there is no record in it"
# A record that cannot be read is refused by itself, with its place; what is there of it stays, and the rest is taken.
sheet() { # SINCE NUMBER: an incident and two numbers
  perl "$TOCSIN_TOP/tests/cli/make-stream" <<X
site | public | @s1
code | SAB
name | Saint-Aubin

domain | public | @d1
code | pbx-sab
kind | pbx
name | PBX

incident | public | @i1
declared
domain | pbx-sab
since | $1

entry | public | @e1
type | service
name | Surgery
site | SAB
c | $2 | @c1 | 4642

entry | public | @e2
type | service
name | $3
site | SAB
X
}
sheet 1795256040 000 Burns >"$work/was.rec"
sheet 2026-11-29T01:00 0 "Burns unit" >"$work/now.rec"
r=$work/records
run "$sync" import "$work/was.rec" --format records --cache "$r"
ok "records that can be read" grep -q "5 records; the directory has 5" "$work/out"
"$sync" export --cache "$r" --output "$work/records.was"
run "$sync" import "$work/now.rec" --format records --cache "$r" --whole
ok "--whole takes none where some cannot be read" is "$rc" 65
ok "and says which" grep -q "now.rec:3:4: incident 69000000-.*a number cannot be read" "$work/out"
"$sync" export --cache "$r" --output "$work/records.is"
ok "it changes nothing" cmp "$work/records.was" "$work/records.is"
run "$sync" import "$work/now.rec" --format records --cache "$r"
ok "without it they are refused" is "$rc" 0
ok "one with its record and line" grep -q "^refused .*now.rec:3:4: incident" "$work/out"
ok "and the other" grep -q "^refused .*now.rec:4:2: entry 65000000-0000-0000-0000-000000000001" "$work/out"
ok "and counted" grep -q "3 records, 2 refused; the directory has 5" "$work/out"
run "$tocsin" --scope "$r" find surgery --json
ok "what was there of them stays" grep -q '"number": "4642"' "$work/out"
run "$tocsin" --scope "$r" incident list
ok "an incident too" grep -q "^pbx-sab .*DOWN" "$work/out"
run "$tocsin" --scope "$r" find burns unit
ok "the rest is taken" grep -q "Burns unit" "$work/out"
run "$sync" check --cache "$r"
ok "all there is can be read" sh -c "! grep -q 'cannot be read' '$work/out'"
# A limit of the file size is told like a full disk.
run sh -c 'ulimit -f 1; exec "$@"' sh "$sync" import "$work/good.csv" --map "$work/map" --origin o --cache "$work/small"
ok "over a limit of the file size: exit code 74" is "$rc" 74
ok "over a limit of the file size: one line" one_line

finish
