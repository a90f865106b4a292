# The real program in a tmux of its own (socket and folder), for tests that look at the screen.
. "$TOCSIN_TOP/tests/cli/directory.sh"
command -v tmux >/dev/null 2>&1 || {
  echo "1..0 # SKIP tmux is not installed"
  exit 0
}
unset TMUX TMUX_PANE NO_COLOR ESCDELAY SSH_TTY SSH_CONNECTION 2>/dev/null || true
TMUX_TMPDIR=$work
HOME=$work
export TMUX_TMPDIR HOME
tm() { tmux -L tocsin -f /dev/null "$@"; }
trap 'tm kill-server 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT

# until_true command...: polls for 20 seconds; not within itself.
until_true() {
  tries=0
  until "$@" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 400 ] || return 1
    perl -e 'select undef, undef, undef, 0.05'
  done
}
screen() { tm capture-pane -p -t t; }
screen_has() { screen | grep -qF -- "$1"; }
screen_lacks() { ! screen_has "$1"; }
explain() { screen | sed 's/^/# |/'; false; }
shows() { until_true screen_has "$1" || { echo "# not on screen: $1"; explain; }; }
hides() { until_true screen_lacks "$1" || { echo "# still on screen: $1"; explain; }; }
keys() { tm send-keys -t t "$@"; }
typing() { tm send-keys -t t -l "$1"; }

# The program with English and French alone, whatever else is in po/: for tests that step between them.
two_languages() {
  mkdir "$work/two" && cp "$tocsin" "$work/two/tocsin" && cp -r "$TOCSIN_BUILD/two" "$work/two/locale" &&
    tocsin=$work/two/tocsin
}

# pane ROWS COLS: a fresh pane with a plain shell, whose prompt is "$ ".
pane() {
  tm kill-server 2>/dev/null
  until_true no_server
  tm new-session -d -s t -x "$2" -y "$1" "env PS1='ready> ' ENV= sh" &&
    tm set -g status off && tm resize-window -t t -x "$2" -y "$1" && shows 'ready>'
}
no_server() { ! tm list-sessions >/dev/null 2>&1; }

# start [OPTION...]: tocsin in that pane, its process in $work/pid.  The line as it was: $work/before.
cat >"$work/go" <<'GO'
stty -a >"$work/before"
sh -c 'echo $$ >"$work/pid"; exec "$@"' sh "$tocsin" --scope "$scope" --site SAB "$@"
GO
export work tocsin scope
start_env=
start() {
  rm -f "$work/after" "$work/pid"
  keys "clear; $start_env set --; . $work/go $*" Enter
}
end_with() { kill "-$1" "$(cat "$work/pid")"; }
gone() { ! kill -0 "$(cat "$work/pid")"; }
# The program has ended and the line (but its size) is as it found it; the shell's own screen is back.
as_found() {
  until_true gone && shows 'ready>' || return 1
  { same_line || same_line || same_line; } && [ "$(tm display -p -t t '#{alternate_on}')" = 0 ] || explain
}
# Asked again where it is not so: what is typed while the shell takes its line back may be lost.
same_line() {
  rm -f "$work/after"
  keys "stty -a >$work/after.new; mv $work/after.new $work/after" Enter
  until_true test -s "$work/after" || return 1
  sed 1d "$work/before" >"$work/before.line"
  sed 1d "$work/after" | cmp -s "$work/before.line" -
}

# An /etc of our own for a kiosk alone, in $work/etc, and $unshare to bind it with; skips where that may not be.
own_etc() {
  unshare=
  for way in 'unshare -m' 'unshare -rm'; do
    $way true 2>/dev/null && unshare=$way && break
  done
  [ -n "$unshare" ] || {
    echo "1..0 # SKIP no mount namespace may be made here: /etc/tocsin cannot be set for the test"
    exit 0
  }
  export unshare
  mkdir -p "$work/etc/tocsin"
  for f in passwd group nsswitch.conf ld.so.cache localtime terminfo; do
    [ ! -e "/etc/$f" ] || cp -aL "/etc/$f" "$work/etc/$f" 2>/dev/null || true
  done
}
