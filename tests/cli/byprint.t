#!/bin/sh
# The numbered dialogue: what is at hand, on a printer or into a file.
. "$TOCSIN_TOP/tests/cli/directory.sh"
TZ=Europe/Paris
export TZ
scope=$work/night
perl "$TOCSIN_TOP/tests/cli/make-stream" <"$TOCSIN_TOP/tests/data/downtime.txt" >"$work/stream"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "the night is imported" exits 0
mkdir "$work/home" "$work/bin"
HOME=$work/home
PATH=$work/bin:$PATH
export HOME PATH
printf '#!/bin/sh\n{ echo "$@"; cat; } >>"%s/printed"\n' "$work" >"$work/bin/lp"
chmod +x "$work/bin/lp"
printf '[print]\nprinter = ward-7, bloc_2\n' >"$work/print.conf"
config=
say() {
  printf '%s\n' "$@" >"$work/typed"
  run timeout 20 "$tocsin" ${config:+--config "$config"} --scope "$scope" --site SAB --plain <"$work/typed"
}
file_has() { grep -qF -- "$2" "$HOME/$1" || { echo "# not in $1: $2"; false; }; }

say p ''
ok "without a card the board is offered" says "code board: SAB"
ok "an empty line prints nothing" keeps_quiet_of "Where to"
board=1
say p "$board" ''
ok "nor does one where it is asked where to" sh -c "! ls '$HOME' | grep ."
say p "$board" 2
ok "a file is written and named" says "written: $HOME/tocsin-board-SAB.txt"
ok "and is the board" file_has tocsin-board-SAB.txt 'Emergency codes'
say pharmacy 1 p 1 2
ok "of an open card it is the first" file_has tocsin-card.txt Pharmacy
say p 7 2 2
ok "of the cascades one is asked for" says "2 SAB White plan, cascade"
ok "and printed" file_has tocsin-cascade.txt "White plan, cascade"
say p 8 '*' 1 2 p 8 '*' 2
ok "so is a scenario card" says "written: $HOME/tocsin-scenario.txt"
ok "of which not every domain has one" says "No scenario card is written for it."
say k '?' pbx 1 p 6 2
ok "what would be cut off is what was asked last" sh -c "grep -q 'what is cut off: What if ' '$work/out'"
ok "and so it is printed" file_has tocsin-cut-off.txt "What if "
config=$work/print.conf
say p "$board" 2
ok "on which printer is asked" says "2 printer bloc_2"
ok "and told" says "sent to the printer: code board"
ok "it has the sheet" sh -c "grep -q -- '-d bloc_2' '$work/printed' && grep -q 'Emergency codes' '$work/printed' && ! grep -q ward-7 '$work/printed'"
printf '#!/bin/sh\necho no paper >&2\nexit 1\n' >"$work/bin/lp"
say p "$board" 1
ok "a printer that refuses is told" says "not printed: "
finish
