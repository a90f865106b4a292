#!/bin/sh
# The house stands as CONTRIBUTING.md draws it.
cd "$TOCSIN_TOP" || exit 1
echo 1..4
n=0
ok() { # code, name
  n=$((n + 1))
  [ "$1" -eq 0 ] || printf 'not '
  echo "ok $n - $2"
}

said=$(B=$TOCSIN_BUILD sh tools/check-layers)
code=$?
printf '%s\n' "$said" | sed '/^$/d; s/^/# /'
ok $code "arrows point down only, and each library has one home"

# The check itself sees what it is for.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/core" "$dir/db" "$dir/tui"
printf '#include "db/cache.h"\n#include <unistd.h>\n' >"$dir/core/a.c"
printf '#include <sqlite3.h>\n' >"$dir/tui/b.c"
said=$(cd "$dir" && TOCSIN_TOP=. B=none sh "$TOCSIN_TOP/tools/check-layers")
case $said in *"core/ must not include db/cache.h"*) r=0 ;; *) r=1 ;; esac
ok $r "an arrow that points up is named"
case $said in *"b.c: <sqlite3.h> has another home"*) r=0 ;; *) r=1 ;; esac
ok $r "a library outside its home is named"
case $said in *"core/ is pure, and <unistd.h> is not"*) r=0 ;; *) r=1 ;; esac
ok $r "core that knows the system is named"
