#!/bin/sh
# A directory whose files are not what was written: said in one line with what to do, never answered
# from in silence, and healed by what the line says.
. "$TOCSIN_TOP/tests/cli/directory.sh"
index=$(ls -d "$scope/cache/1/1"/words.*)
base=$scope/cache/1/1/directory.db
keep() { rm -rf "$work/kept" && cp -a "$scope" "$work/kept"; }
again() { rm -rf "$scope" && cp -a "$work/kept" "$scope"; }
keep
t round --site SAB
cp "$work/out" "$work/walk"
ok "a walk has somewhere to go" [ "$(wc -l <"$work/walk")" -ge 1 ]

# one byte anywhere in the index may hide an entry or show a wrong one
size=$(wc -c <"$index")
silent=0 lost=0
for at in 0 7 200 $((size / 4)) $((size / 2)) $((size * 3 / 4)) $((size - 1)); do
  again
  perl -e 'open my $f, "+<", $ARGV[0] or die; seek $f, $ARGV[1], 0; read $f, my $b, 1; seek $f, $ARGV[1], 0;
    print $f chr(ord($b) ^ 0x41)' "$index" "$at"
  t find rea --site SAB
  [ "$rc" = 65 ] || silent=$((silent + 1))
  t round --site SAB
  [ "$rc" = 65 ] || cmp -s "$work/out" "$work/walk" || lost=$((lost + 1))
done
ok "a byte that changed in the search index is never answered from" [ $silent = 0 ]
ok "nor does it take a red phone off the walk" [ $lost = 0 ]
t find rea --site SAB
ok "one line" one_line
ok "says what heals it" complains "words.1 is damaged; tocsin-sync rebuild makes it again"
run "$sync" rebuild --cache "$scope"
t find rea chir --site SAB
ok "and that does" says "Réanimation chirurgicale"
again
: >"$index"
t find rea --site SAB
ok "an index that is empty is told the same" complains "words.1 is damaged; tocsin-sync rebuild makes it again"
ok "by its exit code too" exits 65
t oncall --site SAB
ok "by what asks no query as well" exits 65

again
head -c 9000 "$base" >"$base.short"
mv "$base.short" "$base"
t find rea --site SAB
ok "a database that is cut off" exits 65
ok "says what to do" complains "without a source, move the folder cache away and import again"
again
rm "$base"
t find rea --site SAB
ok "one that is missing is not called forbidden" exits 65
ok "but missing" complains "directory.db is missing"
mv "$scope/cache" "$scope/cache.away"
run "$sync" import "$work/stream" --format records --cache "$scope"
ok "what the line says can be done" exits 0
t find rea chir --site SAB
ok "and heals it" says "Réanimation chirurgicale"
finish
