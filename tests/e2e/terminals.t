#!/bin/sh
# The same screen on every terminal that is served, in the letters and colours each has.
. "$TOCSIN_TOP/tests/e2e/lib.sh"
export LC_ALL

# picture: what is on screen without the times, which go on.
picture() { screen | sed -E 's/[0-9]{2}:[0-9]{2}( \([^)]*\))?/hh:mm/g; s/  +/  /g'; }
same_picture() { picture >"$work/now" && diff "$work/picture" "$work/now" >"$work/differs"; }
pictured() { until_true same_picture || { sed 's/^/# /' "$work/differs"; false; }; }
coloured() { tm capture-pane -e -p -t t | perl -ne '$seen = 1 if /\e\[([0-9;]*;)?(3[0-8]|4[0-8])[;m]/; END { exit !$seen }'; }
no_colours() { ! coloured; }
has_terminfo() { infocmp "$1" >"$work/terminfo"; }
type_bytes() { printf "$1" >"$work/bytes" && tm load-buffer -b k "$work/bytes" && tm paste-buffer -d -r -b k -t t; }
only_ascii() { ! screen | LC_ALL=C grep -q '[^ -~]'; }

LC_ALL=C.UTF-8
pane 24 80
start_env='export TERM=xterm-256color;'
start
typing 'rea chir'
ok "xterm_256color_shows_the_number" shows '7731'
ok "and_the_row_of_another_site" shows 'RIV'
ok "it_has_colours" coloured
picture >"$work/picture"
keys C-x
shows 'Leave tocsin' >"$work/out"
keys Enter
ok "xterm_256color_is_as_found" as_found

# putty-absent: as putty is where its terminfo (Debian's ncurses-term) is not installed.
for term in vt100 vt220 linux xterm rxvt ansi tmux tmux-256color screen putty putty-256color putty-absent; do
  start_env="export TERM=$term;"
  start
  case $term in
    putty-absent) ok "putty_without_a_terminfo_of_its_own_is_no_fault" shows 'Type a name' ;;
    putty*) ok "${term}_has_a_terminfo" has_terminfo "$term" ;;
  esac
  typing 'rea chir'
  ok "${term}_shows_the_same" pictured
  keys Enter
  ok "${term}_opens_the_card" shows '01 99 00 52 60'
  case $term in
    putty*) # its own keys: F1, Esc, then / * - + of its keypad, of which the first keys of a VT send the like
      ok "${term}_has_colours" coloured
      type_bytes '\033[11~'
      ok "${term}_has_its_F1" shows 'this help'
      type_bytes '\033[4~'
      ok "${term}_has_its_End" hides 'this help'
      type_bytes '\033[1~'
      ok "${term}_has_its_Home" shows 'this help'
      keys Escape
      keys C-n
      type_bytes 'bloc\033OQ\033Ow\033OP'
      ok "${term}_has_the_keypad_of_a_PC" shows 'Find: bloc/7'
      keys C-n
      ;;
  esac
  keys C-x
  shows 'Leave tocsin' >"$work/out"
  keys Enter
  ok "${term}_is_as_found" as_found
done

start_env='export TERM=xterm-256color NO_COLOR=1;'
start
typing 'rea chir'
ok "without_colours_it_says_the_same" pictured
ok "NO_COLOR_is_obeyed" no_colours
keys C-x
shows 'Leave tocsin' >"$work/out"
keys Enter
ok "and_is_as_found" as_found

start_env='unset NO_COLOR; export LC_ALL=C;'
start
typing 'rea chir'
ok "a_C_locale_shows_the_number" shows '7731'
ok "in_ascii_alone" only_ascii
ok "with_twins_of_its_letters" shows 'Reanimation chirurgicale'
keys C-x
shows 'Leave tocsin' >"$work/out"
keys Enter
ok "a_C_locale_is_as_found" as_found

start_env='export TERM=xterm-256color LC_ALL=fr_FR.UTF-8;'
start
typing 'rea chir'
ok "a_locale_that_is_not_installed_speaks_its_language" shows 'Chercher : rea chir'
ok "in_its_letters" shows 'Réanimation chirurgicale'
keys C-x
shows 'Quitter' >"$work/out"
keys Enter
ok "and_ends_as_found" as_found

start_env='export TERM=dumb LC_ALL=C.UTF-8;'
start
ok "a_dumb_terminal_gets_the_dialogue" shows 'Find:'
ok "and_is_told_why" screen_has 'terminal type "dumb" holds no screen'
typing 'rea chir'
keys Enter
ok "which_finds_the_number" shows '7731'
keys q Enter
ok "a_dumb_terminal_is_as_found" as_found

start_env='export TERM=nosuchterminal LC_ALL=fr_FR.UTF-8;'
start
ok "an_unknown_terminal_is_said_in_the_language" shows 'terminal « nosuchterminal » inconnu ici'
typing 'rea chir'
ok "and_shows_the_number" shows '7731'
keys C-x
shows 'Quitter' >"$work/out"
keys Enter
ok "an_unknown_terminal_is_as_found" as_found
finish
