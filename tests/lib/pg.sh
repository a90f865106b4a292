# A PostgreSQL of a test's own, and TAP in shell.  Sourced by tests/sync/*.t (sh).
#
#   pg_need            ends the test with a skip where the server programs are missing
#   pg_start [NAME]    makes and starts a cluster, a copy of pg_template's: socket in $pg_sock, TCP on 127.0.0.1:$pg_port,
#                      superuser boss, database dir owned by owner (CREATEROLE, no superuser)
#   pg_standby NAME    a hot standby of the one in $pg_sock; pg_use NAME points the rest at either
#   pg_old DB SCHEMA   the source's schema as an older program made it
#   pg_stop            stops them; gone when the test ends
#   sql / sql_as USER  runs its arguments (or standard input) in dir, as owner / USER: rows only
#   conn USER [HOST]   the connection string of a user
#
# Nothing of the machine's own service is used: a private folder, a private socket, a port that was
# free, loopback only, as an account that is not root.
set -u
top=${TOCSIN_TOP:-$(pwd)}
b=${TOCSIN_BUILD:-$top/build}
sync=$b/tocsin-sync
unset PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGSSLMODE PGOPTIONS PGPASSFILE
pg_bin=
pg_data=
n=0

pg_need() {
  for d in ${TOCSIN_PG_BIN:-} /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
    /usr/local/bin /usr/bin; do
    if [ -x "$d/initdb" ] && [ -x "$d/pg_ctl" ]; then
      pg_bin=$d
      break
    fi
  done
  if [ -z "$pg_bin" ] || ! command -v psql >/dev/null; then
    echo "1..0 # SKIP PostgreSQL's server programs are missing: apt-get install postgresql-15"
    exit 0
  fi
  if [ "$(id -u)" = 0 ]; then
    if ! command -v setpriv >/dev/null || ! id nobody >/dev/null 2>&1; then
      echo "1..0 # SKIP a PostgreSQL server does not run as root, and there is no setpriv or nobody"
      exit 0
    fi
    as_server() { (cd / && setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups -- "$@"); }
  else
    as_server() { (cd / && "$@"); }
  fi
  tmp=$(mktemp -d "${TMPDIR:-/tmp}/tocsin-pg.XXXXXX")
  chmod 755 "$tmp"
  trap pg_end EXIT
  trap 'exit 130' HUP INT TERM PIPE
}

pg_end() {
  pg_stop
  rm -rf "$tmp"
}

free_port() {
  perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# A cluster with the roles and the database, stopped, made once in the build folder: each test takes a copy,
# which is a third of the time.
pg_template() {
  pg_made=$b/pg-$("$pg_bin/initdb" --version | tr -cd 0-9)
  [ ! -d "$pg_made" ] || return 0
  (
    flock 9
    [ ! -d "$pg_made" ] || exit 0
    pg_data=$tmp/template/data
    mkdir "$tmp/template"
    [ "$(id -u)" = 0 ] && chown nobody "$tmp/template"
    as_server "$pg_bin/initdb" -D "$pg_data" -U boss -A trust --no-sync --wal-segsize=4 -E UTF8 --locale=C.UTF-8 \
      >"$tmp/initdb.log" 2>&1 || {
      sed 's/^/# /' "$tmp/initdb.log"
      echo "Bail out! initdb failed"
      exit 1
    }
    printf '%s\n' "CREATE ROLE owner LOGIN CREATEROLE" "CREATE DATABASE dir OWNER owner" | while read -r line; do
      echo "$line" | as_server "$pg_bin/postgres" --single -D "$pg_data" postgres >>"$tmp/initdb.log" 2>&1
    done
    rm -rf "$pg_made.new"
    cp -a "$pg_data" "$pg_made.new"
    mv "$pg_made.new" "$pg_made"
    rm -rf "$tmp/template"
  ) 9>"$pg_made.lock" || exit 1
}

pg_start() {
  pg_sock=$tmp/${1:-pg}
  pg_data=$pg_sock/data
  pg_template
  mkdir -p "$pg_sock"
  [ "$(id -u)" = 0 ] && chown nobody "$pg_sock"
  cp -a "$pg_made" "$pg_data"
  pg_port=$(free_port)
  {
    echo "listen_addresses = '127.0.0.1'"
    echo "port = $pg_port"
    echo "unix_socket_directories = '$pg_sock'"
    echo "fsync = off"
    echo "max_connections = 50"
    echo "shared_buffers = 32MB"
    echo "log_min_messages = warning"
  } >>"$pg_data/postgresql.conf"
  # trust on the socket; a password over TCP
  printf 'local all all trust\nlocal replication all trust\nhost all all 127.0.0.1/32 scram-sha-256\n' >"$pg_data/pg_hba.conf"
  pg_up
}

# A source that a ward may follow: its connection in $W, its scope folder in $C; with a number, so many
# services, every third for clinicians alone.
pg_ward() {
  W=$(conn ward)
  C=$tmp/scope
  run source init --source "$(conn owner)"
  as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward"
  [ -z "${1:-}" ] || sql "INSERT INTO tocsin.entry (uuid, name, audience) SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i,
    CASE i % 3 WHEN 0 THEN 'clinical' ELSE 'public' END FROM generate_series(1, $1) i"
}

pg_old() { # database, schema: of an older program, into an empty database of the owner
  {
    echo "BEGIN; CREATE SCHEMA tocsin;"
    i=0
    for f in "$top"/sync/sql/*.sql; do
      i=$((i + 1))
      [ $i -le "$2" ] || break
      echo "SET LOCAL search_path = tocsin, pg_temp;"
      cat "$f"
      echo "INSERT INTO tocsin.migration (number, name) VALUES ($i, '$(basename "$f" .sql)');"
    done
    echo "COMMIT;"
  } >"$tmp/old.sql"
  psql -qXAt -v ON_ERROR_STOP=1 -h "$pg_sock" -p "$pg_port" -U owner -f "$tmp/old.sql" "$1" >"$tmp/out" 2>"$tmp/err"
}

pg_up() {
  as_server "$pg_bin/pg_ctl" -D "$pg_data" -l "$pg_sock/log" -w -t 60 start >/dev/null 2>&1 || {
    sed 's/^/# /' "$pg_sock/log"
    echo "Bail out! the server does not start"
    exit 1
  }
}

pg_stop() { # every cluster of this test
  for pid in "$tmp"/*/data/postmaster.pid; do
    [ -f "$pid" ] && as_server "$pg_bin/pg_ctl" -D "${pid%/*}" -m immediate -w stop >/dev/null 2>&1
  done
  return 0
}

pg_standby() { # name
  main=$pg_sock
  mkdir -p "$tmp/$1"
  [ "$(id -u)" = 0 ] && chown nobody "$tmp/$1"
  as_server "$pg_bin/pg_basebackup" -h "$pg_sock" -p "$pg_port" -U boss -D "$tmp/$1/data" -R -c fast --no-sync >"$tmp/out" 2>&1 || {
    sed 's/^/# /' "$tmp/out"
    echo "Bail out! pg_basebackup failed"
    exit 1
  }
  pg_sock=$tmp/$1
  pg_data=$pg_sock/data
  pg_port=$(free_port)
  printf "port = %s\nunix_socket_directories = '%s'\n" "$pg_port" "$pg_sock" >>"$pg_data/postgresql.conf"
  pg_up
  pg_use "${main##*/}"
}

pg_use() { # name
  pg_sock=$tmp/$1
  pg_data=$pg_sock/data
  pg_port=$(sed -n 's/^port = //p' "$pg_data/postgresql.conf" | tail -n 1)
}

as_boss() { # database, psql's arguments
  db=$1
  shift
  PGOPTIONS="-c client_min_messages=warning" psql -qXAt -v ON_ERROR_STOP=1 -h "$pg_sock" -p "$pg_port" -U boss "$@" "$db"
}

sql_as() { # user, statement ...: a transaction each; or standard input
  u=$1
  shift
  for s in "$@"; do
    set -- "$@" -c "$s"
    shift
  done
  psql -qXAt -v ON_ERROR_STOP=1 -h "$pg_sock" -p "$pg_port" -U "$u" "$@" dir 2>&1
}

sql() {
  sql_as owner "$@"
}

conn() { # user [host]
  echo "host=${2:-$pg_sock} port=$pg_port user=$1 dbname=dir"
}

# -- TAP ----------------------------------------------------------------------------------------------

ok() { # code, name
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $n - $2"
  else
    echo "not ok $n - $2"
    [ -f "$tmp/out" ] && sed 's/^/#   out: /' "$tmp/out"
    [ -f "$tmp/err" ] && sed 's/^/#   err: /' "$tmp/err"
  fi
}

is() { # got, wanted, name
  if [ "$1" = "$2" ]; then
    ok 0 "$3"
  else
    ok 1 "$3"
    printf '%s\n' "$1" | sed 's/^/#   got: /'
    printf '%s\n' "$2" | sed 's/^/#   wanted: /'
  fi
}

has() { # text, pattern (grep -E), name
  printf '%s\n' "$1" | grep -Eq -- "$2"
  code=$?
  ok $code "$3"
  [ $code -eq 0 ] || printf '%s\n' "$1" | sed 's/^/#   in: /'
}

done_testing() {
  echo "1..$n"
}

# Runs tocsin-sync: exit code in $code, output in $out, errors in $err.
run() {
  "$sync" "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}

# A failure of tocsin-sync: this exit code, one line, these words.
fails() { # code, pattern, name
  if [ "$code" != "$1" ] || [ "$(wc -l <"$tmp/err")" != 1 ] || ! printf '%s' "$err" | grep -Eq -- "$2"; then
    ok 1 "$3 (exit $code, wanted $1)"
  else
    ok 0 "$3"
  fi
}

# What a cache holds, and what the source holds of these audiences: "uuid audience sha256", sorted.
cache_records() { # scope folder
  "$b/tests/sync/tool_records" "$1" | sort
}
source_records() { # audience ...
  list=$(printf "'%s'," "$@")
  sql "SELECT uuid || ' ' || audience || ' ' || encode(sha256(record), 'hex') FROM tocsin.feed
        WHERE live AND audience IN (${list%,})" | sort
}
