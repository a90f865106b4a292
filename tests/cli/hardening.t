#!/bin/sh
# The programs are built hardened: what readelf says of them.
set -u
b=$TOCSIN_BUILD
programs=
for p in tocsin tocsin-sync; do
  [ -f "$b/$p" ] && programs="$programs $p"
done
if [ -z "$programs" ]; then
  echo "1..0 # SKIP no program is built"
  exit
fi
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..1"
  echo "ok 1 - a sanitizer build is not hardened the same way, and is not installed"
  exit
fi
n=0
ok() { # code, name
  n=$((n + 1))
  [ "$1" -eq 0 ] || printf 'not '
  echo "ok $n - $2"
}
has() { # pattern: in standard input
  grep -Eq "$1"
}
for p in $programs; do
  f=$b/$p
  readelf -h "$f" | has 'Type: +DYN'
  ok $? "$p is position-independent"
  readelf -d "$f" | has 'BIND_NOW|Flags:.*NOW'
  ok $? "$p binds its symbols at start"
  readelf -lW "$f" | has 'GNU_RELRO'
  ok $? "$p has its relocations read-only"
  readelf -lW "$f" | grep 'GNU_STACK' | grep -vq 'RWE'
  ok $? "$p has a stack that cannot be executed"
  readelf -sW --dyn-syms "$f" | has '__stack_chk_fail'
  ok $? "$p guards its stack frames"
  readelf -sW --dyn-syms "$f" | has '__(mem|str|v?sn?|v?f?)[a-z]*_chk'
  ok $? "$p has its calls fortified"
  case $(uname -m) in
    x86_64)
      # Debian's own start files have no such mark, so the linker drops it: each of ours has it.
      case $p in tocsin) o=$b/obj/tui/main.o ;; *) o=$b/obj/sync/main.o ;; esac
      readelf -nW "$o" | has 'IBT.*SHSTK'
      ok $? "$p is compiled for indirect branch tracking and shadow stacks"
      ;;
  esac
done
# While it runs: neither a core dump nor another process of the account has its memory
# (tests/unit/test_lock.c says that one comes with the other).
w=$(mktemp -d)
mkfifo "$w/in"
dumps_no_core() { # command... : waits for what it reads from the fifo
  "$@" <>"$w/in" >/dev/null 2>&1 &
  pid=$!
  for try in $(seq 250); do
    ! grep -q "^Max core file size *0 *0 " "/proc/$pid/limits" 2>/dev/null || break
    perl -e 'select undef, undef, undef, 0.02'
  done
  grep -q "^Max core file size *0 *0 " "/proc/$pid/limits"
  ok $? "${1##*/} dumps no core"
  kill "$pid"
  wait "$pid" 2>/dev/null
}
dumps_no_core "$b/tocsin" --scope "$w" pin set
dumps_no_core "$b/tocsin-sync" import "$w/in" --format records --cache "$w/none"
rm -rf "$w"
echo "1..$n"
