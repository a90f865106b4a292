# A pgbouncer of a test's own, in transaction mode.  Sourced behind tests/lib/pg.sh.
#
#   pooler_need                    ends the test with a skip where pgbouncer is missing
#   pooler_start DATABASE [LINE]   starts it: socket in $pool_sock, port $pool_port; further lines of
#                                  its settings
#   pooler_stop                    stops it
pool_bin=$(PATH=$PATH:/usr/sbin command -v pgbouncer || true)
pool_sock=
pool_port=
pool_pid=

pooler_need() {
  [ -n "$pool_bin" ] || {
    echo "1..0 # SKIP pgbouncer is missing: apt-get install pgbouncer"
    exit 0
  }
}

pooler_start() { # database, further settings
  pool_sock=$tmp/pool
  pool_port=${pool_port:-$(free_port)}
  mkdir -p "$pool_sock"
  [ "$(id -u)" != 0 ] || chown nobody "$pool_sock"
  {
    printf '[databases]\n%s\n[pgbouncer]\n' "$1"
    shift
    printf 'listen_addr = 127.0.0.1\nlisten_port = %s\nunix_socket_dir = %s\n' "$pool_port" "$pool_sock"
    printf 'auth_type = trust\nauth_file = %s/users\npool_mode = transaction\nmax_client_conn = 6000\nlogfile = %s/log\npidfile = %s/pid\n' "$pool_sock" "$pool_sock" "$pool_sock"
    printf 'admin_users = boss\nignore_startup_parameters = extra_float_digits\n'
    [ $# -eq 0 ] || printf '%s\n' "$@"
  } >"$tmp/pooler.ini"
  as_boss dir -c "SELECT format('\"%s\" \"\"', rolname) FROM pg_roles WHERE rolcanlogin" >"$pool_sock/users"
  chmod 644 "$tmp/pooler.ini" "$pool_sock/users"
  as_server "$pool_bin" -q -d "$tmp/pooler.ini" >"$tmp/out" 2>&1
  tries=0
  until [ -S "$pool_sock/.s.PGSQL.$pool_port" ] && [ -s "$pool_sock/pid" ] && psql -qXAt -h "$pool_sock" -p "$pool_port" -U boss pgbouncer -c 'SHOW VERSION' >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || {
      echo "Bail out! pgbouncer does not start"
      sed 's/^/# /' "$tmp/out" "$pool_sock/log"
      exit 1
    }
    perl -e 'select undef, undef, undef, 0.05'
  done
  pool_pid=$(cat "$pool_sock/pid")
  daemons="${daemons:-} $pool_pid"
}

pooler_stop() {
  kill -TERM "$pool_pid" 2>/dev/null
  tries=0
  while kill -0 "$pool_pid" 2>/dev/null && [ $tries -lt 200 ]; do
    tries=$((tries + 1))
    [ $tries -ne 100 ] || kill -KILL "$pool_pid" 2>/dev/null
    perl -e 'select undef, undef, undef, 0.05'
  done
  rm -f "$pool_sock/pid" "$pool_sock"/.s.PGSQL.*
}
