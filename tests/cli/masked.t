#!/bin/sh
# A masked number is in no output, in no form, whatever it is asked by and wherever it is recorded
# besides: as an old number, as what replaced another, in a temporary number, in what was written.
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
next | 001 | to=@e42 | wait=60
away | from=1700000000 | to=@e42
c | 000 | @c47 | 7750 | kind=extension | plan=SAB

entry | clinical | @e42
type | person
name | Bistouri Ana
site | SAB
unit | Pôle C / Bloc
c | 000 | @c48 | 0639982888 | kind=mobile | e=+33639982888 | mask

rota | clinical | @r40
role | @e41
week | [WEEK]
source | garde
shift | [FROM] | [UNTIL] | line=1 | to=@e42
D
run "$sync" import "$work/stream" --format records --cache "$wide"
ok "a directory that has masked numbers everywhere" is "$rc" 0
scope=$wide
u() { printf '65000000-0000-0000-0000-%012x' "$1"; }
c() { printf '63000000-0000-0000-0000-%012x' "$1"; }

# No six digits of them stand beside one another on a line, whatever stands between; nor the address.
hides() {
  perl -CSD -ne 's/\\u[0-9a-f]{4}|[0-9a-f]{8}-[0-9a-f-]{27}//gi; $m ||= $_ if /bloc\.nord@/; s/[^0-9]//g;
    $m ||= $_ if /981999|984444|981777|982888|985678/; END { print "# $m\n" if $m; exit($m ? 1 : 0) }' \
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
ok "find, a kind" none find "bloc mobile"
ok "find, of a person" none find bistouri
ok "find, from outside" none find bloc --from outside
for entry in 4 40 41 42; do ok "show $entry" none show "$(u $entry)"; done
ok "who" none who chirurgien
ok "oncall" none oncall --site SAB
ok "number, of another of its points" none number 0199005250
for part in 1999 981999 39981999 0639981998 0639981989; do
  ok "a part of it, or a look-alike, finds nothing: $part" sh -c '"$1" --scope "$2" find "$3" --site SAB >"$4/out"; ! grep -q "Bloc nord" "$4/out"' sh \
    "$tocsin" "$scope" "$part" "$work"
done
t find 0639981999
ok "whole it finds whose it is" says "Bloc nord"
t number 0639981999
ok "so does number" says "06 ** ** ** 99"
for sheet in "--list" "--board" "--unit Pôle --" "--card $(u 40)" "--card $(u 41)" "--card $(u 42)" "--scenario pbx-sab"; do
  # shellcheck disable=SC2086 # words
  t print --site SAB --out - ${sheet% --}
  ok "print $sheet" hides
done

# what is written
t override "$(u 40)" "06 39 98 44 44" --of "$(c 40)" --until 2h
ok "a temporary number of a masked one is written" exits 0
ok "and not said again" hides
t suggest "$(u 40)" number "06 39 98 44 44" --of "$(c 40)"
ok "nor a correction" hides
t attempt "$(u 40)" busy --of "$(c 40)"
ok "nor a call" hides
ok "acts" none acts
ok "log" none log
ok "show, with what was written" none show "$(u 40)"
ok "find, with what was written" none find bloc
printf '%s\n1\nbistouri\n1\n0639981999\n1\nq\n' "bloc nord" | "$tocsin" --scope "$scope" --site SAB --plain >"$work/out" 2>"$work/err"
ok "the numbered dialogue shows the card" says "06 ** ** ** 99"
ok "and nothing of them" hides
finish
