#!/bin/sh
# find, number, show and who: what the screen would say, in text, JSON and TSV.
. "$TOCSIN_TOP/tests/cli/directory.sh"

t find rea chir --site SAB
ok "what is found exits 0" exits 0
ok "nothing is said on standard error" silent err
ok "the own site comes first" sh -c "head -1 '$work/out' | grep -q '^SAB  Réanimation chirurgicale'"
ok "the number is what a ward phone of the site presses" says " 7731 "
ok "a rule parts other sites" says "other sites"
ok "the bare extension of another plan is not given" keeps_quiet_of " 4731"
ok "its public number is, with the outside prefix" says "0 01 99 00 47 31"
ok "here and elsewhere are counted" says "1 here, 1 elsewhere"
ok "it says from which phone" says "from: ward phone, SAB"
ok "it says of when the directory is" says "revision "

t --site sab find chir rea
ok "global options stand before the command too, and a site's code in any case" says "SAB  Réanimation"
t find rea chir --site SAB --mine
ok "--mine leaves other sites out" keeps_quiet_of RIV
t find rea chir --group Vallée
ok "--group keeps to the sites of a group" says RIV
t find rea chir --site SAB --from outside
ok "from outside no prefix is dialled" says "  01 99 00 47 31"
t find rea chir --site SAB --limit 1
ok "what is left out is said" says "the first 1 are shown"

t find quelquechosedintrouvable --site SAB
ok "nothing found exits 1" exits 1
ok "nothing found is said on standard output" says "Nothing found"
ok "and whom to ask" says "9"
ok "and nothing on standard error" silent err

t find zoe --site SAB
ok "a masked number is starred" says "**"
ok "and not shown" keeps_quiet_of "56 78"
t find zoe --json
ok "nor in JSON" keeps_quiet_of 5678
t find zoe --tsv
ok "nor in TSV" keeps_quiet_of 5678

t find reanimtion --json
ok "an approximate match says so in JSON" json '$j->{rows}[0]{approximate} && $j->{rows}[0]{match} eq "typo"'
t find reanimtion
ok "and with ~ in text" says "~R"

t find pharmacie
ok "control characters reach no terminal" sh -c "! grep -q '$(printf '\033')' '$work/out'"
t find pharmacie --json
ok "nor in JSON" sh -c "! LC_ALL=C grep -q '$(printf '\033')\|$(printf '\342\200\256')\|$(printf '\342\200\213')' '$work/out'"
ok "where the text is kept" json '$j->{rows}[0]{name} eq "Pharmacie\e[2J\x{202e}\x{200b} centrale"'
t find pharmacie --tsv
ok "nor in TSV" sh -c "! grep -q '$(printf '\033')' '$work/out'"

t find rea chir --site SAB --json
ok "JSON says its version, the question and the counts" \
  json '$j->{tocsin} == 1 && $j->{asked} eq "rea chir" && $j->{here} == 1 && $j->{elsewhere} == 1'
ok "and every contact point with what to press" \
  json '$j->{rows}[0]{site} eq "SAB" && @{$j->{rows}[0]{channels}} == 3 && (grep { ($_->{press} // "") eq "7731" } @{$j->{rows}[0]{channels}})'
ok "and where one stands" json '$j->{from}{site} eq "SAB" && $j->{from}{set} eq "ward" && $j->{from}{plan} eq "SAB"'
t find rea chir --site SAB --tsv
ok "TSV has one header line and one line an entry" is "$(wc -l <"$work/out")" 3
ok "and as many fields in each" is "$(awk -F'\t' '{ print NF }' "$work/out" | sort -u)" 25

t number 0199005260
ok "a number gives its owner" says "Réanimation chirurgicale"
t number "+33 1 99 00 52 60" --json
ok "in any form, and says which contact point it is" \
  json '$j->{rows}[0]{channels}[$j->{rows}[0]{best}]{matched} && $j->{rows}[0]{channels}[$j->{rows}[0]{best}]{e164} eq "+33199005260"'
t number 0199009999
ok "a number without an owner exits 1" exits 1

t show 65000000-0000-0000-0000-000000000001 --site SAB
ok "show says all of an entry" says "un patient se dégrade"
ok "its chain" says "cadre de nuit"
ok "and what is not held here" says "1 more, not held here (switchboard)"
t show 65000000-0000-0000-0000-00000000ffff
ok "an entry that is not held exits 1" exits 1

t who cadre de nuit --site SAB
ok "who says who is on call" says "N. Exemple"
t who interne garde rea --site SAB
ok "without a rota it says so" says "no rota held here"
ok "and gives the numbers of the role itself" says "06 39 98 12 34"
t who cadre de nuit --json
ok "JSON has the holders" json '$j->{rows}[0]{rota} eq "listed" && $j->{rows}[0]{holders}[0]{name} eq "N. Exemple"'

LC_ALL=C t find zoe --site SAB
ok "a C locale gets likenesses in ASCII" says "OEuvrard Zoe"
ok "and nothing else" sh -c "! LC_ALL=C grep -q '[^ -~]' '$work/out'"
LC_ALL=C t find zoe --json
ok "JSON is UTF-8 even there" json '$j->{rows}[0]{name} eq "\x{152}uvrard Zo\x{e9}"'

# What keeps a query from finding is named, and nothing is proposed for a word that is known.
t find reanimation zzqq --site SAB
ok "the word that no entry has is named" says 'no word begins with "zzqq"'
ok "the known one is not put in doubt" sh -c "! grep -q nearest '$work/out'"
ok "and what there is without it" says 'without "zzqq" there is: SAB Interne de garde réanimation, SAB Réanimation chirurgicale'
t find zzqq rea cihr --site SAB --json
ok "also where another word is misspelt, in JSON too" json '$j->{fewer} =~ /^without "zzqq" there is: SAB R\x{e9}animation chir/'
t find zzqq zzqr rea --site SAB
ok "and where two are of no entry" says 'without "zzqq zzqr" there is: SAB Interne de garde'
t find zzqq zzqr --site SAB
ok "of nothing that is known there is nothing to say" sh -c "! grep -q without '$work/out'"
t find 0199005299 --site SAB
ok "of a number without its last digits likewise" says '"01990052" is in a number of: SAB '
t find riv zzqq --site SAB
ok "a site's code is no such word" says 'no word begins with "zzqq"'
t find reanimation pharmacie --site RIV
ok "with what there is without one of them" says 'without "pharmacie" there is: '
ok "words that no entry has together are told so" sh -c "grep -q 'each word is known, but no entry has them all' '$work/out'"
finish
