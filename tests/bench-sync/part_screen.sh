# From a commit at the source to changed cells of a running tocsin, through a daemon that listens.
. "${TOCSIN_TOP:-.}/tests/bench-sync/lib.sh"
bench_source "${BENCH_N:-100000}"
E=00000000-0000-0000-0001-000000000001
must sql "INSERT INTO tocsin.entry (uuid, name) VALUES ('$E', 'Zzyzx aaaaaaaaaaaa')"
C=$tmp/scope
folder_of_daemon "$C"
conf "[sync]
account = nobody
every = 600
[source main]
conninfo = $(conn ward)
listen = yes"
watch --config "$tmp/tocsin.conf" --cache "$C"
until_ok '"$sync" status --cache "$C" >/dev/null'
XDG_CONFIG_HOME=$tmp/none
export XDG_CONFIG_HOME
"$b/tests/bench-sync/bench_screen" "$(conn owner)" "$C" "$E" || {
  cat "$tmp/log" >&2
  exit 1
}
