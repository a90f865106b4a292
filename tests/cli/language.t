#!/bin/sh
# A language more is a file more, as INSTALL says: make finds it, the program speaks it and offers it,
# and the keys that it says lead back to English.
. "$TOCSIN_TOP/tests/cli/directory.sh"
unset LC_ALL LC_MESSAGES LC_CTYPE LANG MAKEFLAGS MAKELEVEL 2>/dev/null || true

# This tree with such a file.
top=$work/top
mkdir -p "$top/po" "$top/build"
for f in "$TOCSIN_TOP"/*; do
  case ${f##*/} in po | build*) ;; *) ln -s "$f" "$top/" ;; esac
done
cp "$TOCSIN_TOP/po/fr.po" "$TOCSIN_TOP/po/POTFILES" "$top/po/"
perl "$TOCSIN_TOP/tests/lib/another.pl" es Español <"$top/po/fr.po" >"$top/po/es.po"
run make -s --no-print-directory -C "$top" B=build locale
ok "make builds what is in po/" is "$rc" 0
ok "the new one too" test -s "$top/build/locale/es/LC_MESSAGES/tocsin.mo"
run make -n --no-print-directory -C "$top" B=build install DESTDIR="$work/dest"
ok "and would install it" says "for l in es fr; do"
cp "$tocsin" "$top/build/tocsin"
tocsin=$top/build/tocsin

spanish="es il n'y a pas de commande nulle"
run env LANG=es_MX.UTF-8 "$tocsin" nulle
ok "the locale chooses it" complains "$spanish"
run env LANG=C "$tocsin" --lang es nulle
ok "--lang does" complains "$spanish"
printf '[screen]\nlanguage = es\n' >"$work/es.conf"
run env LANG=C "$tocsin" find x --config "$work/es.conf" --scope "$work/none"
ok "the configuration does" complains "es pas encore d'annuaire"
run "$tocsin" --lang xx nulle
ok "it is among those that there are" complains "there are: en, es, fr"
ok "and what was typed is told from the sentence" complains '"xx" here;'

run env LANG=C "$tocsin" find rea --lang es --scope "$scope" --site SAB --at "dom 03:00"
ok "its words for days are read" is "$rc" 0
run "$tocsin" find rea --lang en --scope "$scope" --site SAB --at "dom 03:00"
ok "by who reads it alone" is "$rc" 64

# dialogue LANGUAGE LINE...: these lines typed into the dialogue of somebody who reads it
dialogue() {
  language=$1
  shift
  printf '%s\n' "$@" q >"$work/typed"
  run env LANG=C.UTF-8 LANGUAGE="$language" timeout 20 "$tocsin" --scope "$scope" --site SAB --plain <"$work/typed"
}
# heads: the languages that the heads of the dialogue name, one head a line
heads() { grep -E '^(English|Español|Français)' "$work/out"; }
dialogue en
ok "English names both others, each in itself" is "$(heads)" "Español: =  Français : =="
dialogue es =
ok "English comes first where another is spoken" is "$(heads)" "English: ==  Français : =
English: =  Español: =="
dialogue es ==
ok "the keys that are said of it lead to English" is "$(heads)" "English: ==  Français : =
Español: =  Français : =="
ok "which is spoken then" says "Type what you look for"
dialogue fr == =
ok "round they go" is "$(heads)" "English: =  Español: ==
English: ==  Français : =
English: =  Español: =="
finish
