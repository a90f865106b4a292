# A tocsin-sync watch of a test's own.  Sourced behind tests/lib/pg.sh.
#
#   watch ARGUMENT...   starts one: its pid in $daemon, what it says in $tmp/log; as nobody where the
#                       test is root
#   until_ok COMMAND    polls a shell command to a deadline of 20 s; its exit code
#   end_watch           TERM, waits; exit code in $code, milliseconds in $took
#   conf TEXT           writes $tmp/tocsin.conf, readable for whoever runs the daemon
daemon=
conf() {
  printf '%s\n' "$1" >"$tmp/tocsin.conf.new"
  chmod 644 "$tmp/tocsin.conf.new"
  mv "$tmp/tocsin.conf.new" "$tmp/tocsin.conf"
}

until_ok() {
  tries=0
  until eval "$1" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 400 ] || return 1
    perl -e 'select undef, undef, undef, 0.05'
  done
}

# The account of a daemon: root is refused, so nobody owns its folder.
folder_of_daemon() {
  mkdir -p "$1"
  [ "$(id -u)" != 0 ] || chown nobody "$1"
}

watch() {
  HOME=$tmp XDG_CONFIG_HOME=$tmp/none "$sync" watch "$@" 2>"$tmp/log" &
  daemon=$!
  daemons="${daemons:-} $daemon"
}

now_ms() { perl -MTime::HiRes=time -e 'printf "%d", time * 1000'; }

end_watch() {
  began=$(now_ms)
  kill -TERM "$daemon"
  wait "$daemon"
  code=$?
  took=$(($(now_ms) - began))
}

daemons_end() {
  for pid in ${daemons:-}; do kill -KILL "$pid" 2>/dev/null; done
  pg_end
}
