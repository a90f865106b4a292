#!/bin/sh
# Every message of the sources is said in every language of po/, and a person's settings choose it.
. "$TOCSIN_TOP/tests/cli/lib.sh"
cd "$TOCSIN_TOP" || exit 1
unset LANGUAGE LC_ALL LC_MESSAGES LC_CTYPE LANG TOCSIN_CONFIG MAKEFLAGS MAKELEVEL 2>/dev/null || true
export XDG_CONFIG_HOME="$work/config"
pot=$work/tocsin.pot

# complete PO: it says every message of the sources; else they are named
complete() {
  msgmerge --quiet --no-fuzzy-matching -o "$work/merged.po" "$1" "$pot" 2>"$work/err" || return 1
  for state in --untranslated --only-fuzzy; do
    msgattrib $state --no-obsolete --no-wrap "$work/merged.po" | grep '^msgid ".' | sed "s/^/# $state /"
  done >"$work/lacking"
  cat "$work/lacking"
  [ ! -s "$work/lacking" ]
}
formats() { msgfmt --check-format -o "$work/x.mo" "$1" 2>"$work/err"; }
not() { ! "$@" >"$work/said"; }
# speaks WORDS SETTING... -- COMMAND...: it says the words under these settings alone
speaks() {
  words=$1
  shift
  settings=
  while [ "$1" != -- ]; do
    settings="$settings $1"
    shift
  done
  shift
  # shellcheck disable=SC2086 # a list of settings
  run env $settings "$@"
  cat "$work/err" >>"$work/out"
  says "$words"
}

run make -s --no-print-directory pot POTFILES="$work/POTFILES" POT="$pot"
ok "the messages of the sources are gathered" is "$rc" 0
# two branches that each add a line merge in any order
ok "po/POTFILES lists the sources with messages (make po-update)" is "$(LC_ALL=C sort -u po/POTFILES)" "$(LC_ALL=C sort -u "$work/POTFILES")"
for po in po/*.po; do
  ok "$po says every message, none of them fuzzy (make po-update)" complete "$po"
  ok "$po has the formats of its messages" formats "$po"
done

# What the source itself answers to an act is a message too, though it stands in SQL.
unsaid() {
  grep -ohE "(ARRAY\['(done|aside|refused|waits)', |reason = )'[a-z][^']+'" sync/sql/*.sql | sed "s/'$//; s/.*'//" | sort -u |
    while IFS= read -r answer; do
      case $answer in *' ') continue ;; esac # the beginning of one that says a kind of act
      grep -qF "N_(\"$answer\")" tui/write.c || echo "# $answer"
    done
}
ok "what the source answers is in tui/write.c" is "$(unsaid)" ""

# The checks see what they are for.
sed '/^msgid "out of memory"/,/^$/s/^msgstr .*/msgstr ""/' po/fr.po >"$work/bad.po"
ok "a message without words is seen" not complete "$work/bad.po"
awk '/^msgid "out of memory"/ { print "#, fuzzy" } { print }' po/fr.po >"$work/bad.po"
ok "a fuzzy one is seen" not complete "$work/bad.po"
sed 's/^msgstr "le chemin %s est trop long"/msgstr "le chemin %d est trop long"/' po/fr.po >"$work/bad.po"
ok "a format that differs is seen" not formats "$work/bad.po"

tocsin=$TOCSIN_BUILD/tocsin
french="il n'y a pas de commande nulle"
english="there is no command nulle"
for set in LANG=fr_FR.UTF-8 LANG=fr LC_ALL=fr_FR.ISO-8859-1 LC_MESSAGES=fr_BE.UTF-8 LANG=fr_CH@euro \
  'LANG=C.UTF-8 LANGUAGE=fr' 'LANG=fr_FR.UTF-8 LANGUAGE='; do
  ok "$set speaks French" speaks "$french" $set -- "$tocsin" nulle
  ok "$set has tocsin-sync speak French" speaks "n'est pas une commande" $set -- "$sync" nulle
done
for set in LANG=C LANG=en_GB.UTF-8 LC_ALL=POSIX 'LANG=fr_FR.UTF-8 LC_ALL=C' LANG=xx_YY; do
  ok "$set speaks English" speaks "$english" $set -- "$tocsin" nulle
done
ok "--lang goes before the environment" speaks "Usage : tocsin" LANG=C -- "$tocsin" --lang fr --help
ok "--lang en too" speaks "Usage: tocsin" LANG=fr_FR.UTF-8 -- "$tocsin" --lang en --help
ok "--lang of a command too" speaks "Partout :" LANG=C -- "$tocsin" find --lang fr --help
printf '[screen]\nlanguage = fr\n' >"$work/fr.conf"
ok "the configuration's language is spoken, before there is a directory too" \
  speaks "pas encore d'annuaire" LANG=C -- "$tocsin" find x --config "$work/fr.conf" --scope "$work/none"
ok "--lang goes before the configuration's" \
  speaks "there is no directory" LANG=C -- "$tocsin" find x --lang en --config "$work/fr.conf" --scope "$work/none"
run env LC_ALL=fr_FR.ISO-8859-1 "$tocsin" --help
ok "letters other than UTF-8 that are not installed are ASCII" not grep -q '[^ -~]' "$work/out"
ok "and still French" says "telephone et fax"
finish
