#!/bin/sh
# TLS with an authority of the test's own: who proves itself is talked to, nobody else.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
command -v openssl >/dev/null || {
  echo "1..0 # SKIP openssl is missing: apt-get install openssl"
  exit 0
}
trap daemons_end EXIT
pg_start
C=$tmp/scope
T=$tmp/tls
mkdir "$T"
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN PASSWORD 'x'" -c "GRANT tocsin_public TO ward"
sql "INSERT INTO tocsin.entry (name) SELECT 'Service ' || i FROM generate_series(1, 5) i"

authority() { # name
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -days 2 -keyout "$T/$1.key" -out "$T/$1.crt" 2>/dev/null
}
certificate() { # name subject days authority extension
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" -keyout "$T/$1.key" -out "$T/$1.csr" 2>/dev/null
  printf '%s\n' "${5:-basicConstraints=CA:FALSE}" >"$T/ext"
  openssl x509 -req -in "$T/$1.csr" -CA "$T/$4.crt" -CAkey "$T/$4.key" -CAcreateserial -days "$3" -extfile "$T/ext" -out "$T/$1.crt" 2>"$T/log" ||
    sed 's/^/# /' "$T/log"
  chmod 600 "$T/$1.key"
}
authority ours
authority other
certificate right localhost 2 ours 'subjectAltName=DNS:localhost'
certificate wrong db.example 2 ours 'subjectAltName=DNS:db.example'
certificate expired localhost -1 ours 'subjectAltName=DNS:localhost'
certificate foreign localhost 2 other 'subjectAltName=DNS:localhost'
certificate ward-9 ward-9 2 ours

serve_with() { # certificate, or "off"
  if [ "$1" = off ]; then
    echo "ssl = off" >"$pg_data/tls.conf"
  else
    cp "$T/$1.crt" "$pg_data/server.crt"
    cp "$T/$1.key" "$pg_data/server.key"
    [ "$(id -u)" != 0 ] || chown nobody "$pg_data/server.key" "$pg_data/server.crt"
    printf "ssl = on\nssl_ca_file = '%s'\n" "$T/ours.crt" >"$pg_data/tls.conf"
  fi
  grep -q tls.conf "$pg_data/postgresql.conf" || echo "include 'tls.conf'" >>"$pg_data/postgresql.conf"
  as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop >/dev/null 2>&1
  pg_up
}
printf 'local all all trust\nhostssl all ward-9 127.0.0.1/32 cert\nhost all all 127.0.0.1/32 scram-sha-256\n' >"$pg_data/pg_hba.conf"
chmod 755 "$T"
chmod 644 "$T"/*.crt
printf 'localhost:*:*:ward:x\n' >"$tmp/pgpass"
chmod 600 "$tmp/pgpass"
PGPASSFILE=$tmp/pgpass
export PGPASSFILE
where="host=localhost hostaddr=127.0.0.1 port=$pg_port dbname=dir sslrootcert=$T/ours.crt"
from_file() { # conninfo [insecure_plaintext_to]: settings, as a terminal has them
  conf "[source main]
conninfo = $1
insecure_plaintext_to = $2"
}
# root keeps its rights in this test: only the connection is looked at
pull_file() {
  if [ "$(id -u)" = 0 ]; then
    sed -i '1i [sync]\naccount = nobody' "$tmp/tocsin.conf"
    folder_of_daemon "$C"
    chown nobody "$tmp/pgpass"
    [ -f "$T/ward-9.key" ] && chown nobody "$T/ward-9.key"
  fi
  run pull --config "$tmp/tocsin.conf" --cache "$C"
}

serve_with right
from_file "$where user=ward" ""
pull_file
is "$code" 0 "the right host with the right certificate is talked to, without a word about sslmode"
is "$(sql "SELECT count(*) FROM pg_stat_ssl WHERE ssl")" 0 "(nobody else is)"
before=$(cache_records "$C")
from_file "$where user=ward sslmode=require" ""
pull_file
fails 78 'with sslmode=require the host localhost need not prove who it is' "a weaker sslmode is refused"
from_file "$where user=ward sslmode=require" "elsewhere localhost"
pull_file
is "$code" 0 "unless the file names the host in words"
from_file "host=localhost hostaddr=127.0.0.1 port=$pg_port dbname=dir user=ward sslrootcert=$T/other.crt" ""
pull_file
fails 69 'certificate verify failed' "an authority that is not ours"
from_file "host=localhost hostaddr=127.0.0.1 port=$pg_port dbname=dir user=ward sslrootcert=$T/none.crt" ""
pull_file
fails 69 'root certificate file .* does not exist' "no authority at all"
from_file "host=localhost hostaddr=127.0.0.1 port=$pg_port dbname=dir user=ward" ""
PGSSLROOTCERT=$T/ours.crt
export PGSSLROOTCERT
pull_file
fails 69 'root certificate file .* does not exist' "an authority is named by the file, not by the environment"
unset PGSSLROOTCERT
from_file "$where user=ward passfile=$tmp/none" ""
PGPASSWORD=x
export PGPASSWORD
pull_file
is "$code" 0 "a password of the environment is taken"
unset PGPASSWORD
from_file "$(echo "$where" | sed 's/localhost/127.0.0.1/') user=ward" ""
pull_file
fails 69 'does not match host name|doesn.t match|no alternative|server certificate' "an address that the certificate does not name"
from_file "$where user=ward-9 sslcert=$T/ward-9.crt sslkey=$T/ward-9.key" ""
run source enrol ward-9 --audiences public --certificate --source "$(conn owner)"
pull_file
is "$code" 0 "a terminal logs in by its certificate"
from_file "$where user=ward-9" ""
pull_file
fails 77 'does not let this role in: .*certificate' "and not without it"
for bad in wrong expired foreign; do
  serve_with $bad
  from_file "$where user=ward" ""
  pull_file
  fails 69 'certificate' "a server whose certificate is $bad"
done
serve_with off
from_file "$where user=ward" ""
pull_file
fails 69 'does not support SSL' "a server without TLS on that port"
from_file "$where user=ward" ""
export PGSSLMODE=disable PGREQUIRESSL=0
pull_file
fails 69 'does not support SSL' "whatever the environment says of sslmode"
run pull --source "$where user=ward" --cache "$C"
fails 69 'does not support SSL' "also where the source is typed"
unset PGSSLMODE PGREQUIRESSL
from_file "$where user=ward sslmode=disable" ""
pull_file
fails 78 'insecure_plaintext_to = localhost' "plaintext is refused, with the words that would allow it"
from_file "$where user=ward sslmode=disable" "localhost"
pull_file
is "$code" 0 "and with these words it is talked to"
is "$(cache_records "$C")" "$before" "the cache is what it was, all the time"
from_file "host=$pg_sock,localhost port=$pg_port user=ward dbname=dir sslmode=disable" ""
pull_file
is "$code" 0 "a local socket needs no proof, also before a host that does"
done_testing
