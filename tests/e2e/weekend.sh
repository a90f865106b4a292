# The terminals of tests/e2e/weekend.t, one clock for all that works there, and the screens that are pinned:
# those of doc/tour.md, and in tests/e2e/weekend/ those that the tour does not tell.  TOCSIN_GOLDEN=write takes
# them anew: look at each before it is committed.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
for need in tmux faketime; do
  command -v $need >/dev/null || {
    echo "1..0 # SKIP $need is missing: apt-get install $need"
    exit 0
  }
done
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..1"
  echo "ok 1 - (a clock that lies and a sanitizer do not go together)"
  exit 0
fi
# With English and French alone, whatever else is in po/: a home screen names what there is.
mkdir "$tmp/two" && cp "$b/tocsin" "$tmp/two/tocsin" && cp -r "$b/two" "$tmp/two/locale"
tocsin=$tmp/two/tocsin
tour=$top/doc/tour.md
rest=$top/tests/e2e/weekend
unset TMUX TMUX_PANE NO_COLOR ESCDELAY

golden_tries=
[ "${TOCSIN_GOLDEN:-}" = write ] && [ -z "${CI:-}" ] && golden_tries=40

# -- the clock: one for all, that goes on from where it is set ------------------------------------------
lie=$(faketime -f +0 sh -c 'echo "$LD_PRELOAD"')
TZ=Europe/Paris
# Without the last a wait on a condition is over at once, and each act "is not saved yet".
export TZ FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_TIMESTAMP_FILE="$tmp/clock" FAKETIME_FORCE_MONOTONIC_FIX=0
clock() { # time at the sites
  perl -e 'printf "%+d\n", $ARGV[0] - time' "$(date -d "$1" +%s)" >"$tmp/clock.new"
  chmod 644 "$tmp/clock.new"
  mv "$tmp/clock.new" "$tmp/clock"
  # No timer sees it leap: a screen looks at the time where a file comes into its folder.
  for where in $desks; do
    : >"$tmp/$where/leap"
    rm "$tmp/$where/leap"
  done
}
lied() { env LD_PRELOAD="$lie" "$@"; }
if [ "$(id -u)" = 0 ]; then
  as_server() { (cd / && setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups -- env LD_PRELOAD="$lie" "$@"); }
else
  as_server() { (cd / && lied "$@"); }
fi

# -- commands -------------------------------------------------------------------------------------------
kept() { # command ...: its code, output and errors
  lied "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
at() { # terminal, arguments of tocsin
  where=$1
  shift
  kept "$tocsin" --scope "$tmp/$where" "$@"
}
pull() { for where; do kept "$sync" pull --source "$(conn "$where")" --cache "$tmp/$where"; done; }
uuid_of() { # terminal, query: of the first row
  at "$1" find --site SAB --json "$2"
  uuid=$(printf '%s' "$out" | perl -MJSON::PP -e 'local $/; print JSON::PP->new->utf8->decode(<STDIN>)->{rows}[0]{uuid}')
}

# -- the screens ----------------------------------------------------------------------------------------
desks=
tm() { TMUX_TMPDIR=$tmp tmux -L tour -f /dev/null "$@"; }
# Who is killed under a clock that lies leaves what it shared of it.
shared_end() {
  for left in /dev/shm/faketime_shm_*; do
    pid=${left##*_}
    [ ! -e "$left" ] || [ -d "/proc/$pid" ] || rm -f "$left" "/dev/shm/sem.faketime_sem_$pid"
  done
}
trap 'tm kill-server 2>/dev/null; pg_end; shared_end' EXIT
screen() { tm capture-pane -p -t "$1"; }
desk() { # terminal, site, language
  tm new-session -d -s "$1" -x 80 -y 24 env LC_ALL=C.UTF-8 TERM=xterm-256color LD_PRELOAD="$lie" \
    "$tocsin" --scope "$tmp/$1" --site "$2" --lang "$3"
  desks="$desks $1"
}
keys() { # terminal, key ...
  where=$1
  shift
  tm send-keys -t "$where" "$@"
}
typing() { tm send-keys -t "$1" -l "$2"; }
fills() { # terminal, text ...: the fields of a form, one after the other, from where one is
  where=$1
  shift
  for text; do
    keys "$where" C-u
    [ -z "$text" ] || typing "$where" "$text"
    keys "$where" Enter
  done
}
soon() { # command ...: within 30 s
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || return 1
    perl -e 'select undef, undef, undef, 0.05'
  done
}
on_screen() { screen "$1" | grep -qF -- "$2"; }
shows() { # terminal, words, name
  if soon on_screen "$1" "$2"; then
    ok 0 "$3"
  else
    screen "$1" | sed 's/^/# |/'
    ok 1 "$3"
  fi
}
at_home() { screen "$1" | grep -qE '^ (Find:|Chercher :) +(Français : =|English: =)$'; }
home() { # terminal: a new caller; what F10 says is on the screen before the next key, which takes it away
  keys "$1" F10
  soon at_home "$1"
}
said_saved() { screen "$1" | grep -qE '^── (written, not confirmed|what was written is saved now|écrit, non confirmé|ce qui a été écrit est maintenant enregistré) '; }
saved() { # terminal: an act is, also where the disk is slow; what says so is read
  soon said_saved "$1"
  keys "$1" C-l
}
# A screen without the minutes of its top line and the seconds of a wait: they go on while a slow machine works.
same_screen() { # file, file
  for file in "$1" "$2"; do
    sed -E '1s/([0-2][0-9]):[0-5][0-9]/\1:--/g; 2s/[0-9]+:[0-5][0-9] (of|sur) ([0-9]+ min)$/-:-- \1 \2/' "$file" >"$file.hours"
  done
  cmp -s "$1.hours" "$2.hours"
}
told() { # terminal, name of a pinned screen: it is the same there, within 30 s
  book='' words="the tour shows it: $2"
  grep -qxF "<!-- screen: $2 -->" "$tour" && book=$tour
  if [ -n "$book" ]; then
    perl -e 'my ($n) = shift; local $/; $_ = <>; print $1 if /<!-- screen: \Q$n\E -->\n```\n(.*?)```\n/s' "$2" "$book" >"$tmp/told"
  else
    page=$rest/$(printf '%s' "$2" | tr -d "':," | tr ' ' '-').txt words="$1: $2"
    cat "$page" >"$tmp/told" 2>/dev/null
  fi
  tries=0
  screen "$1" >"$tmp/screen"
  until same_screen "$tmp/told" "$tmp/screen" || [ "$tries" -ge "${golden_tries:-600}" ]; do
    tries=$((tries + 1))
    perl -e 'select undef, undef, undef, 0.05'
    screen "$1" >"$tmp/screen"
  done
  same_screen "$tmp/told" "$tmp/screen"
  same=$?
  [ $same -eq 0 ] || diff "$tmp/told" "$tmp/screen" | sed 's/^/# /'
  if [ $same -ne 0 ] && [ -n "$golden_tries" ]; then
    if [ -n "$book" ]; then
      perl -i -e 'my ($n, $f) = splice @ARGV, 0, 2; local $/; open my $s, "<", $f or die; my $t = <$s>;
        while (<>) { s/(<!-- screen: \Q$n\E -->\n```\n).*?(```\n)/$1$t$2/s; print }' "$2" "$tmp/screen" "$book"
    else
      cp "$tmp/screen" "$page"
    fi
    same=0
  fi
  ok $same "$words"
}
