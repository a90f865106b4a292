#!/bin/sh
# Files as people have them: whatever is not wrong is read, and a map to start from is suggested.
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

# takes "what" ENTRIES: in.csv is imported without a complaint
takes() {
  what=$1 entries=$2 said=${3:-}
  run "$sync" import "$work/in.csv" --map "$work/map" --origin o --cache "$c" --dry-run
  ok "$what: exit code 0" is "$rc" 0
  ok "$what: $entries entries" says "plan: $entries added, 0 changed, 0 removed, 0 unchanged; 0 lint, 0 repaired"
  [ -z "$said" ] || ok "$what: $said" says "$said"
}
rows='id;nom;tel\n1;Accueil;01 99 00 52 31\n2;R\303\251a;01 99 00 52 32\n'
printf "\357\273\277$rows" >"$work/in.csv"
takes "a byte order mark" 2
printf "sep=;\n$rows" >"$work/in.csv"
takes "a line that says the delimiter" 2
printf 'sep=,\nid,nom,tel\n1,a;b;c,01 99 00 52 31\n2,a;b;c,01 99 00 52 32\n' >"$work/in.csv"
takes "a delimiter that is said, and looks like another" 2
printf "$rows" | tr '\n' '\r' >"$work/in.csv"
takes "lines that end in CR alone" 2
printf "$rows\032" >"$work/in.csv"
takes "the end mark of an old program" 2
printf 'id;nom;tel\n\n;;\n1;Accueil;01 99 00 52 31\n \n; \302\240;\n2;Bloc;01 99 00 52 32\n;;\n' >"$work/in.csv"
takes "blank rows" 2
printf 'Annuaire du centre\nau 12 novembre\n\n%b' "$rows" >"$work/in.csv"
takes "a banner of three lines" 2
printf ' ID ; N\303\224M;T\303\251l \n1;Accueil;01 99 00 52 31\n' >"$work/in.csv"
takes "another case, accents and blanks in the header" 1
printf 'id;nom;tel\n1;"Accueil\nporte 2";"01 99 00 52 31\n01 99 00 52 32"\n' >"$work/in.csv"
takes "newlines in cells" 1 '2 ddi'
printf 'id;nom;tel;;;x;x\n1;A;01 99 00 52 31;;;y;z\n' >"$work/in.csv"
takes "empty and equal headers that the map does not use" 1
printf 'id;nom;tel\n1;A;="0199005231"\n' >"$work/in.csv"
takes "a formula that keeps a zero" 1 '1 ddi'
{ i=0; while [ $i -lt 997 ]; do printf 'c%s;' $i; i=$((i + 1)); done; echo 'id;nom;tel'
  i=0; while [ $i -lt 997 ]; do printf 'x;'; i=$((i + 1)); done; echo '1;A;01 99 00 52 31'; } >"$work/in.csv"
takes "a thousand columns" 1

printf "$rows;;\nTotal;2;\n" >"$work/in.csv"
run "$sync" import "$work/in.csv" --map "$work/map" --origin o --cache "$c" --dry-run
ok "a total is no entry" says 'in.csv:5:1: it is a total, not an entry'
printf "$rows" >"$work/in.csv"
run "$sync" import - --map "$work/map" --origin o --cache "$c" --dry-run <"$work/in.csv"
ok "a file from standard input" says 'plan: 2 added'
run sh -c 'cat "$1" | "$2" import - --map "$3" --origin o --cache "$4" --dry-run' sh "$work/in.csv" "$sync" "$work/map" "$c"
ok "and from a pipe" says 'plan: 2 added'
run "$sync" import - --map "$work/map" --origin o --cache "$c" </dev/null
ok "nothing from standard input: exit code 65" is "$rc" 65
ok "and it is said" complains 'stdin: the file is empty'
for magic in 'PK\003\004:a workbook' '\320\317\021\340:an old workbook' '%%PDF-1.4:a PDF file' '\037\213\010:compressed'; do
  printf "${magic%%:*}\nid;nom\n" >"$work/in.csv"
  run "$sync" import "$work/in.csv" --map "$work/map" --origin o --cache "$c"
  ok "${magic#*:}: exit code 65" is "$rc" 65
  ok "${magic#*:} is called what it is" complains "it is ${magic#*:}"
done

# a map to start from
cat >"$work/in.csv" <<'R'
Site;Matricule;Nom;Prénom;Service;Tél. bureau;Fax;Portable;DECT
SAB;A1;EXEMPLE;Nina;Réanimation;01 99 00 52 31;01 99 00 52 40;06 39 98 12 34;4321
SAB;A2;MODELE;Omar;Réanimation;01 99 00 52 32;;06 39 98 12 35;4322
RIV;A3;TYPE;Lou;Bloc;01 99 00 52 33;01 99 00 52 40;;4323
R
run "$sync" map "$work/in.csv"
ok "a map is suggested" is "$rc" 0
cp "$work/out" "$work/new.map"
for line in 'country = FR' 'columns = Matricule' 'type = person' 'name = {Nom} {Prénom}' 'unit = {Service}' \
  'number = {Fax}' 'kind = fax' 'number = {Portable}' 'audience = switchboard' 'kind = dect' 'number = {Tél. bureau}'; do
  ok "it says: $line" grep -qxF "$line" "$work/new.map"
done
ok "and shows every column" says '#1 Site: 3, SAB'
run "$sync" import "$work/in.csv" --map "$work/new.map" --origin o --cache "$c" --dry-run
ok "the file is imported by it" says 'plan: 3 added'
ok "number by number" says '3 direct-line, 3 dect, 2 mobile, 2 fax'
printf '1;Accueil;020 7946 0018\n2;Bloc;020 7946 0019\n' >"$work/in.csv"
run "$sync" map "$work/in.csv"
ok "without a header line, columns are positions" says 'number = {#3}'
ok "the country is that of the numbers" says 'country = GB'
run "$sync" map "$work"
ok "a folder: exit code 66" is "$rc" 66
: >"$work/in.csv"
run "$sync" map "$work/in.csv"
ok "an empty file: exit code 65" is "$rc" 65
run "$sync" map
ok "no file: exit code 64" is "$rc" 64
run "$sync" import "$work/in.csv" --origin o --cache "$c"
ok "no map: exit code 64, and how to get one" complains 'tocsin-sync map FILE suggests one'
if [ -w /dev/full ]; then
  printf "$rows" >"$work/in.csv"
  "$sync" map "$work/in.csv" >/dev/full 2>"$work/err"
  ok "a map that cannot be written is a fault" is "$?" 74
fi
if [ -n "${TOCSIN_REAL_DATA:-}" ]; then
  suggested() {
    run "$sync" map "$TOCSIN_REAL_DATA/csv/$1"
    cp "$work/out" "$work/new.map"
    run "$sync" import "$TOCSIN_REAL_DATA/csv/$1" --map "$work/new.map" --origin o --cache "$c" --dry-run
    ok "$1: its own map finds $2" says "$2"
  }
  suggested fr/idf_hospitals.csv '0 refused; 1131 direct-line, 802 fax'
  suggested nhs/Pharmacy_2019-04.csv '0 refused; 11296 direct-line, 8 mobile, 5480 fax'
  suggested us/ct_pharmacies.csv '0 refused; 600 direct-line'
  suggested us/hifld_hospitals.csv '0 refused; 7555 direct-line'
  suggested eu/eurostat_FR_2020.csv '0 refused; 4806 direct-line, 4 mobile'
fi
finish
