#!/bin/sh
# A file with a line of one gigabyte: one clear line with its row, in bounded memory, and nothing lost.
. "$TOCSIN_TOP/tests/cli/lib.sh"
c=$work/scope
free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
if [ "$free" -lt 1600000 ]; then
  echo "1..0 # SKIP a gigabyte and a half of free space is needed in ${TMPDIR:-/tmp}"
  exit 0
fi
printf '[map]\ncountry = FR\n[key]\ncolumns = id\n[fields]\nname = {nom}\n[contact phone]\nnumber = {tel}\nkind = ddi\n' >"$work/map"
printf 'id;nom;tel\n1;Accueil;01 99 00 52 31\n' >"$work/good.csv"
run "$sync" import "$work/good.csv" --map "$work/map" --origin o --cache "$c"
ok "a good file is imported" is "$rc" 0
"$sync" export --cache "$c" --output "$work/before"

# In half a gigabyte of address space: the file is not taken into memory whole.
gigabyte() { head -c 1073741824 /dev/zero | tr '\0' "$1"; }
refused() { # what, complaint, arguments of the import
  what=$1 complaint=$2
  shift 2
  (
    ulimit -v 524288
    exec "$sync" import "$@" --cache "$c"
  ) >"$work/out" 2>"$work/err"
  rc=$?
  ok "$what: exit code 65" is "$rc" 65
  ok "$what: one line" one_line
  ok "$what: $complaint" complains "$complaint"
  "$sync" export --cache "$c" --output "$work/after"
  ok "$what: the directory is as it was" cmp -s "$work/before" "$work/after"
}
{ printf 'id;nom;tel\n2;'; gigabyte x; printf ';01 99 00 52 32\n'; } >"$work/big.csv"
refused "a cell of a gigabyte" "big.csv:2:2: the row is over a million bytes long" "$work/big.csv" --map "$work/map" --origin o
{ printf '1073741824\n'; gigabyte x; } >"$work/big.records"
refused "a record of a gigabyte" "big.records" "$work/big.records" --format records
gigabyte x >"$work/big.map"
refused "a map with a line of a gigabyte" "big.map has 1073741824 bytes; at most 1048576 are read" "$work/good.csv" --map "$work/big.map" --origin o
finish
