#!/bin/sh
# pin: what opens the switchboard tier of a shared terminal, and what the commands do without it.
. "$TOCSIN_TOP/tests/cli/directory.sh"
given() { # PIN...: as many lines on standard input of what follows --
  lines=
  while [ "$1" != -- ]; do
    lines="$lines$1
"
    shift
  done
  shift
  printf '%s' "$lines" | "$tocsin" --scope "$scope" "$@" >"$work/out" 2>"$work/err"
  rc=$?
}
t pin
ok "no PIN is set: exit code 1" exits 1
ok "and it says so" says "no PIN is set"
ok "and that it would open nothing" says "no switchboard tier is held here"

desk=$work/desk
sed 's/^entry | clinical | @e4$/entry | switchboard | @e4/' <"$TOCSIN_TOP/tests/cli/data/directory.txt" >"$work/desk.txt"
cat >>"$work/desk.txt" <<'D'

entry | switchboard | @e1
note | @n1 | le chef est au bloc
c | 009 | @c90 | 0639987766 | kind=mobile | e=+33639987766 | label=Xylophone
c | 010 | @c91 | 0639987767 | kind=satellite | e=+33639987767 | mask
D
i=100
while [ "$i" -lt 160 ]; do
  printf '\nentry | %s | @e%d\ntype | person\nname | Quidam K%02d\nsite | SAB\nunit | Pôle Z\nc | 000 | @c%d | 01990055%02d | kind=direct-line | e=+331990055%02d\n' \
    "$([ $((i % 3)) = 0 ] && echo clinical || echo switchboard)" "$i" "$i" "$((i + 900))" "$((i - 100))" "$((i - 100))"
  i=$((i + 1))
done >>"$work/desk.txt"
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/desk.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$desk"
ok "a directory of a switchboard" is "$rc" 0
scope=$desk
icu=65000000-0000-0000-0000-000000000001
t show "$icu"
ok "without a PIN a desk shows all it holds" says "06 39 98 77 66"
for bad in 12345 111111 123456 26072a; do
  given $bad $bad -- pin set
  ok "$bad is no PIN" exits 65
  ok "and one line says why" one_line
done
given 260727 260728 -- pin set
ok "two that differ set nothing" exits 65
given -- pin set
ok "nor does nothing" exits 66
given 260727 260727 -- pin set
ok "a PIN is set" exits 0
ok "and that is said" says "a PIN is set"
ok "it is in no output" sh -c '! grep -rq 260727 "$1" "$2" "$3/pin"' sh "$work/out" "$work/err" "$desk"
ok "its file is the group's of the folder" is "$(stat -c '%a %g' "$desk/pin")" "640 $(stat -c %g "$desk")"
t pin
ok "then pin exits 0" exits 0

t show "$icu"
ok "now the number is not shown" keeps_quiet_of "77 66"
ok "nor the note" keeps_quiet_of "bloc"
t find 7766
ok "nor is it found" exits 1
t find zoe
ok "nor an entry that is all the switchboard's" exits 1
t find "rea xylo"
sed 's/xylo/zzqq/g' "$work/out" >"$work/hidden"
t find "rea zzqq"
ok "of a word that is not shown is said what is said of one that nobody has" cmp -s "$work/out" "$work/hidden"
for typed in xylophone xylofone "rea kind:satellite" "is:masked rea"; do
  t find "$typed"
  ok "nor is what is shown found by what is not: $typed" keeps_quiet_of "Réanimation chirurgicale"
done
for typed in quidam qui "quidam kind:direct-line" 019900 "quidam 0199"; do
  t find "$typed" --limit 1 --json
  ok "a count is of what is shown: $typed" json '$j->{here} + $j->{elsewhere} < 30 && !$j->{more}' 
done
t find quidam --limit 1 --json
ok "of all of it" json '$j->{here} + $j->{elsewhere} == 20'
for typed in ouvrard oeuvrarb zoi "zoe rea" "dr oeuvra"; do
  t find "$typed"
  ok "nor is it what is nearest: $typed" keeps_quiet_of "nearest: oeuvrard"
  ok "by no word of its name" keeps_quiet_of "nearest: zoe"
done
t find "zoe rea"
ok "a word of its name is unknown like any other" says 'no word begins with "zoe"'
t find reanimatoin
ok "what is shown is the nearest as before" says "animation"
t find rea chir --site SAB
ok "the rest is" says 7731
t print --card "$icu" --out -
ok "nor is it printed" keeps_quiet_of "77 66"
t incident what-if pbx-sab
ok "nor counted" exits 0

given 260728 -- incident declare pbx-sab --reason test
ok "declaring with a wrong PIN is refused" exits 77
ok "in one line" one_line
ok "and nothing is declared" sh -c '"$1" --scope "$2" incident list >/dev/null; [ $? = 1 ]' sh "$tocsin" "$scope"
given -- incident declare pbx-sab
ok "without one too" exits 66
given 260727 -- incident declare pbx-sab --reason test
ok "with it an incident is declared" exits 0
t incident list
ok "and is" says pbx-sab
given 'é-àèéè' -- incident end pbx-sab --reason test
ok "it may be typed on a French keyboard without shift" exits 0
given 'é-àèé_' -- incident declare pbx-sab --reason test
ok "where that types another PIN it is a wrong one" exits 77
given 260727 -- override "$icu" "06 39 98 00 01" --of 7731 --until 2h
ok "so is a temporary number set" exits 0
t note "$icu" "anybody may write one"
ok "a note needs none" exits 0
t incident report mail
ok "nor does a report" exits 0
for i in 1 2 3 4 5; do given 999111 -- incident declare mail; done
ok "the fifth wrong one in a row is the last" complains "wrong PIN"
given 260727 -- incident declare mail
ok "the right one is not looked at then" exits 77
ok "and it says how long" complains "5 wrong PINs: the next is looked at in"
t find rea chir
ok "the directory is open meanwhile" says "SAB  R"

printf 'x' >"$desk/pin"
t find rea chir
ok "a damaged PIN leaves the directory open" says "SAB  R"
t show "$icu"
ok "and the tier closed" keeps_quiet_of "77 66"
t pin
ok "it says that it is damaged" says "must be set again"
given 260727 -- incident declare mail
ok "and opens nothing" exits 65
ok "in one line" one_line
given 260727 260727 -- pin set
ok "it can be set again" exits 0
t pin remove
ok "and removed" exits 0
t show "$icu"
ok "then all is shown again" says "77 66"
t pin remove
ok "what is not there cannot be removed: exit code 1" exits 1
cat >>"$work/desk.txt" <<'D'

incident | switchboard | @i1
by | chef
declared
domain | pbx-sab
reason | travaux chez Ravel
since | 1700000000
D
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/desk.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$desk"
t incident list
ok "why something fails that is the switchboard's" says "travaux chez Ravel"
given 260727 260727 -- pin set
t incident list
ok "is not said behind its PIN" keeps_quiet_of Ravel
ok "nor by whom" keeps_quiet_of chef
ok "but that it fails is" says pbx-sab
t incident list --json
ok "nor in JSON" keeps_quiet_of Ravel
t pin remove
t pin nonsense
ok "another verb is a usage error" exits 64
finish
