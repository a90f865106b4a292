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

# the page that holds the record of a code: what the index and the units know of is not there
blank() { # TEXT: no record of that page is found any more
  perl -e 'open my $f, "+<:raw", $ARGV[0] or die; local $/; my $b = <$f>; my $n = unpack("n", substr $b, 16, 2); my $hit = 0;
    for (my $at = $n; $at < length $b; $at += $n) {
      my $p = substr $b, $at, $n;
      next unless ord($p) == 0x0D && index($p, $ARGV[1]) >= 0;
      my $cells = unpack("n", substr $p, 3, 2);
      substr $b, $at + 8, 2 * $cells, "\0" x (2 * $cells);
      $hit++;
    }
    seek $f, 0, 0; print $f $b; exit !$hit' "$base" "$1"
}
plain() { printf '%b' "$1" | "$tocsin" --plain --scope "$scope" --site SAB >"$work/out" 2>"$work/err"; rc=$?; }
again
plain 'q\n'
ok "the code is there" says "2222"
ok "and nothing is damaged" keeps_quiet_of "DAMAGED"
ok "a page of records is blanked" blank "Arrêt cardiaque"
plain '2222\n1\nq\n'
ok "line by line: the head never says that all is there" says "DAMAGED: some of this directory cannot be read"
ok "the codes are said not to be all" says "codes can"
ok "the row of one's own site is first, and says so" says "1 SAB 1 entry cannot be read: 9 (DAMAGED: ask the switchboard)"
ok "opened, it says whom to ask" says "It cannot be read here: ask the switchboard."
ok "never that nothing is found" keeps_quiet_of "Nothing found"
t find 2222 --site SAB
ok "find" exits 65
ok "says it" complains "directory.db is damaged"
ok "and not that nothing is found" keeps_quiet_of "Nothing found"
t find 2222 --site SAB --json
ok "likewise for programs" exits 65
t number 2222 --site SAB
ok "number" exits 65
t print --board --site SAB --out "$work/board"
ok "no board is printed" exits 65
ok "nor made" [ ! -e "$work/board" ]
t print --list --site SAB --out "$work/list"
ok "no list" exits 65
ok "of it either" [ ! -e "$work/list" ]

# what neither reads: no incident and no rota may stand on such a page
t oncall --site SAB
ok "who is on call is not said to be all either" exits 65
ok "in one line" [ "$(wc -l <"$work/err")" = 1 ]
t incident list --site SAB
ok "nor what fails" exits 65
ok "with what heals it" complains "directory.db is damaged"
ok "in one line too" [ "$(wc -l <"$work/err")" = 1 ]

# the roles and the people on call
again
t incident list --site SAB
ok "a whole directory is not called damaged" [ "$rc" != 65 ]
t oncall --site SAB
ok "somebody is on call" exits 0
role=$(sed -n 's/^[! ] SAB  \([^:]*\):.*/\1/p' "$work/out" | sed -n 1p)
ok "as \"$role\"" [ -n "$role" ]
ok "the page of the role is blanked" blank "$role"
t oncall --site SAB
ok "on call" exits 65
ok "says it" complains "directory.db is damaged"
ok "and not that there is no rota" keeps_quiet_of "No rota is held"
plain 'o\nq\n'
ok "line by line too" says "DAMAGED"

# one byte of a record: no wrong number is told
flip() { # FROM TO
  perl -e 'open my $f, "+<:raw", $ARGV[0] or die; local $/; my $b = <$f>; my $n = $b =~ s/\Q$ARGV[1]\E/$ARGV[2]/g;
    seek $f, 0, 0; print $f $b; exit !$n' "$base" "$1" "$2"
}
again
ok "a digit of the code changes on the disk" flip 2222 2223
for what in 'find 2222' 'find arret' 'who arret' 'number 2222'; do
  t $what --site SAB
  ok "$what" exits 65
  ok "$what: gives no wrong number" keeps_quiet_of 2223
done
plain 'arret\nq\n'
ok "line by line neither" keeps_quiet_of 2223
ok "and it is said" says "DAMAGED"
ok "the other codes are there" says "18"
t print --board --site SAB --out "$work/board"
ok "no board is printed with it" exits 65
run "$sync" rebuild --cache "$scope"
ok "nothing is made again from it" exits 65
again
rm -f "$work/walk"
ok "a site changes on the disk" flip Saint-Aubin Saint-Aubix
plain 'q\n'
ok "which is told" says "DAMAGED"
t incident list --site SAB
ok "also with the incidents" exits 65
ok "and never that none is known" keeps_quiet_of "no incident is known"
finish
