# A herd of terminals comes back after an outage, with jitter, directly, through pgbouncer in
# transaction mode and, 1,000 of them, to a hot standby; each keeps its connection.  HERDS: how many;
# HERD_SECONDS: over how long; HERD_WAYS: of direct, pooled, standby.
. "${TOCSIN_TOP:-.}/tests/bench-sync/lib.sh"
. "$top/tests/lib/pooler.sh"
ways=${HERD_WAYS:-direct pooled standby}
[ -n "$pool_bin" ] || [ "${ways#*pooled}" = "$ways" ] || {
  echo "pgbouncer is missing: apt-get install pgbouncer" >&2
  exit 1
}
bench_source 10000
as_boss dir -c "ALTER SYSTEM SET max_connections = 1100"
must as_server "$pg_bin/pg_ctl" -D "$pg_data" -m fast -w stop
pg_up
# each terminal comes back with one change to take
must sql "UPDATE tocsin.entry SET room = '1' WHERE name = 'Service 1'"
statement=$(psql -qXAt -h "$pg_sock" -p "$pg_port" -U owner dir -c "SELECT format(
  'SELECT tocsin.pull(1, %L::uuid, %s, %L::bytea, ''public'', 1000)', h.generation, r.revision, r.chain)
  FROM tocsin.sync_head h JOIN tocsin.revision r ON r.revision = h.revision - 1")
ticks=$(getconf CLK_TCK)
# seconds of CPU of a process, of its children that live and of those that ended
cpu_of() {
  for pid in "$1" $(ps -o pid= --ppid "$1"); do
    sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null
  done | awk -v t="$ticks" '{ s += $12 + $13 } NR == 1 { s += $14 + $15 } END { printf "%.2f", s / t }'
}
herd() { # name count connection string ...: figures, with the CPU of the server and of the pooler
  name=$1
  count=$2
  shift 2
  server=$(head -n 1 "$pg_data/postmaster.pid")
  s0=$(cpu_of "$server")
  p0=$(cpu_of "${pool_pid:-$server}")
  "$b/tests/bench-sync/bench_herd" "$name" "$count" "${HERD_SECONDS:-60}" "$statement" "$@" || exit 1
  echo "$name $(cpu_of "$server") $s0" | awk '{ printf "%s_server_cpu_s %.2f s\n", $1, $2 - $3 }'
  [ -z "${pool_pid:-}" ] ||
    echo "$name $(cpu_of "$pool_pid") $p0" | awk '{ printf "%s_pooler_cpu_s %.2f s\n", $1, $2 - $3 }'
}
for way in $ways; do
  case $way in
  direct)
    for count in ${HERDS:-1000 5000}; do
      herd "herd_${count}_direct" "$count" "$(conn ward)"
    done
    ;;
  pooled)
    pooler_start "dir = host=$pg_sock port=$pg_port dbname=dir pool_size=20"
    for count in ${HERDS:-1000 5000}; do
      herd "herd_${count}_pooled" "$count" "host=$pool_sock port=$pool_port user=ward dbname=dir"
    done
    pooler_stop
    pool_pid=
    ;;
  standby)
    primary=${pg_sock##*/}
    pg_standby replica
    pg_use replica
    herd herd_1000_standby 1000 "$(conn ward)"
    pg_use "$primary"
    ;;
  esac
done
