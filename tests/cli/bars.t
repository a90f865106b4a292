#!/bin/sh
# The bars beside the figures that make bench and make bench-sync print.
top=${TOCSIN_TOP:-.}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export TOCSIN_TOP="$top"
n=0
is() { # got, wanted, name
  n=$((n + 1))
  if [ "$1" = "$2" ]; then
    echo "ok $n - $3"
  else
    printf 'not ok %d - %s\n#   got: %s\n#   wanted: %s\n' "$n" "$3" "$1" "$2"
  fi
}
bar() { printf '%s\n' "$1" | BENCH_N=${2:-100000} sh "$top/tests/bench/bars"; }

is "$(bar 'reach_50_us 31.2 us')" 'reach_50_us 31.2 us   bar 50: met' "a figure under its bar"
is "$(bar 'reach_50_us 50 us')" 'reach_50_us 50 us   bar 50: met' "and one that is at it"
is "$(bar 'reach_50_us 50.1 us')" 'reach_50_us 50.1 us   bar 50: MISSED' "one over it is said"
is "$(bar 'reach_50_us 500 us' 10000)" 'reach_50_us 500 us' "a bar for one size is not held against another"
is "$(bar 'herd_5000_pooled_refused 1 terminals')" 'herd_5000_pooled_refused 1 terminals   bar 0: MISSED' "none is none"
is "$(bar 'reach_50_us 0.1 ms')" 'reach_50_us 0.1 ms   bar 50: is in us' "another unit is not compared"
is "$(bar 'idle_wakeups_per_s 0.017 1/s')" 'idle_wakeups_per_s 0.017 1/s   bar 0.02: met' "one tick of the clock in a minute"
is "$(bar 'idle_wakeups_per_s 0.033 1/s')" 'idle_wakeups_per_s 0.033 1/s   bar 0.02: MISSED' "a wake beside it"
is "$(bar 'bytes_per_key_80x24 1921 bytes')" 'bytes_per_key_80x24 1921 bytes   bar 1920: MISSED' "more than the whole screen"
bare=
for name in $(grep -o 'printf("[a-z0-9_]*_\(ms\|s\|percent\|80x24\) ' "$top/tests/bench/bench_shared.c" | sed 's/printf("//'); do
  grep -q "^$name	" "$top/tests/bench/bars.tsv" || bare="$bare $name"
done
is "$bare" " users20_p50_ms" "what a shared terminal costs has a bar, but for the middle of what has one"
is "$(bar 'keystrokes 12 n')" 'keystrokes 12 n' "a figure without a bar stands alone"
is "$(bar '# missed x: a for b')" '# missed x: a for b' "and so does what is no figure"
is "$(awk -F '\t' 'NF != 6 || (NR > 1 && ($4 !~ /^(less|more)$/ || $2 !~ /^[0-9.]+$/))' "$top/tests/bench/bars.tsv")" "" "the table is as it should be"
names=
for name in $(awk -F '\t' 'NR > 1 { print $1 }' "$top/tests/bench/bars.tsv" | sed 's/100k/%s/; s/_[0-9][0-9]*_/_/' | sort -u); do
  # a name is put together from its parts in some: its first word must be printed somewhere
  grep -rqF "${name%%_*}_" "$top/tests/bench" "$top/tests/bench-sync" --include='*.c' --include='*.sh' || names="$names $name"
done
is "$names" "" "what has a bar is measured"
echo "1..$n"
