#!/bin/sh
# What the commands write, whole: one file of golden/ for each case.  TOCSIN_GOLDEN=write writes
# them anew; CI never does.  The times of the import and of now stand as signs.
. "$TOCSIN_TOP/tests/cli/directory.sh"
golden=$TOCSIN_TOP/tests/cli/golden
TZ=UTC
export TZ

# stamps: what differs from run to run, as signs of the same length
stamps() {
  sed -E -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}/YYYY-MM-DD hh:mm/g' \
    -e 's/("generation"): "[^"]*"/\1: "G"/; s/("now"|"source_time"): [0-9]+/\1: T/g' \
    -e "s#[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}#JJ/MM/AAAA hh:mm#g" \
    -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}/YYYY-MM-DD/g'
}

# golden NAME ARGUMENT...: both languages of a text, the one form of JSON and TSV
golden() {
  name=$1
  shift
  for lang in en fr; do
    case "$*" in *--json* | *--tsv*) [ $lang = en ] || continue ;; esac
    t --lang $lang "$@"
    { echo "\$ tocsin $* -> $rc"; stamps <"$work/out"; stamps <"$work/err"; } >"$work/now"
    if [ "${TOCSIN_GOLDEN:-}" = write ] && [ -z "${CI:-}" ]; then
      cp "$work/now" "$golden/$name-$lang.txt"
    fi
    ok "$name-$lang" diff -u "$golden/$name-$lang.txt" "$work/now"
  done
}

golden find find rea chir --site SAB
golden find-nowhere find rea chir
golden find-near find reanimtion --site SAB
golden find-alias find micu --site SAB
golden find-masked find zoe --site SAB
golden find-outside find rea chir --site SAB --from outside
golden find-nothing find quelquechosedintrouvable --site SAB
golden find-json find rea chir --site SAB --json
golden find-tsv find rea chir --site SAB --tsv
golden show show 65000000-0000-0000-0000-000000000001 --site SAB
golden show-nothing show 65000000-0000-0000-0000-00000000ffff --site SAB
golden show-tsv show 65000000-0000-0000-0000-000000000001 --site SAB --tsv
golden number number 0199005260 --site SAB
golden number-tsv number 0199005260 --site SAB --tsv
golden who who interne garde --site SAB
golden who-json who interne garde --site SAB --json
golden board print --board --site SAB --out -
golden list print --list --site SAB --out -
golden unit print --unit 'Pôle A' --site SAB --out -
golden no-option find --nonsense
golden no-site find x --site NIX
finish
