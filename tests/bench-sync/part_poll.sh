# A question without news, over TCP on loopback, without TLS.
. "${TOCSIN_TOP:-.}/tests/bench-sync/lib.sh"
bench_source 10000
must "$sync" pull --source "$ward_tcp" --cache "$tmp/scope"
"$b/tests/bench-sync/bench_poll" "$ward_tcp" "$tmp/scope"
