#!/bin/sh
# A public terminal and a desk on one machine: two scopes, two groups, two accounts.  Neither reads a
# byte of the other's, and none writes a directory.
. "$TOCSIN_TOP/tests/cli/directory.sh"
skip() {
  echo "1..0 # SKIP $1"
  exit 0
}
[ "$(id -u)" = 0 ] || skip "accounts of the test's own need root"
command -v setpriv >/dev/null 2>&1 || skip "setpriv is not installed"
PUBLIC=$((60000 + $$ % 2000)) DESK=$((62000 + $$ % 2000)) DAEMON=$((64000 + $$ % 1000))
as() { # account groups command...: unprivileged, in these groups alone
  who=$1 groups=$2
  shift 2
  run setpriv --reuid "$who" --regid "${groups%%,*}" --groups "$groups" --inh-caps=-all --no-new-privs "$@"
}
chmod 755 "$work"
cp "$tocsin" "$sync" "$work/"
base=$work/base
mkdir -m 755 "$base"
for scope in public desk; do
  group=$([ $scope = public ] && echo "$PUBLIC" || echo "$DESK")
  level=$([ $scope = public ] && echo public || echo switchboard)
  mkdir "$base/$scope"
  chown "$DAEMON:$group" "$base/$scope"
  chmod 2750 "$base/$scope"
  sed "s/| clinical |/| $level |/" <"$TOCSIN_TOP/tests/cli/data/directory.txt" | perl "$TOCSIN_TOP/tests/cli/make-stream" >"$work/stream"
  chmod 644 "$work/stream"
  as "$DAEMON" "$DAEMON,$PUBLIC,$DESK" sh -c 'umask 027; exec "$@"' sh "$work/tocsin-sync" import "$work/stream" --format records --cache "$base/$scope"
  ok "the daemon's account loads the $scope directory" is "$rc" 0
  mkdir "$base/$scope/journal"
  chown "$DAEMON:$group" "$base/$scope/journal"
  chmod 3770 "$base/$scope/journal"
done
export HOME=/nonexistent
ask() { # account group scope word...
  a=$1 g=$2 s=$3
  shift 3
  as "$a" "$g" "$work/tocsin" --scope "$base/$s" --site SAB "$@"
}
ask "$PUBLIC" "$PUBLIC" public find rea chir
ok "the public account looks things up" says 7731
ask "$DESK" "$DESK" desk find rea chir
ok "so does the desk's" says 7731
ask "$PUBLIC" "$PUBLIC" desk find rea chir
ok "the public account opens no directory of the desk" is "$rc" 77
ok "one line says so" one_line
ok "and shows nothing of it" silent out
ask "$DESK" "$DESK" public find rea chir
ok "nor does the desk's open the public one, where it is not of its group" is "$rc" 77

readable() { # account group folder: what it can read or list there
  as "$1" "$2" find "$3" \( -type f -o -type d \) -readable
  ! grep -q . "$work/out"
}
writable() {
  as "$1" "$2" find "$3" -path "$3/journal" -prune -o -writable -print
  ! grep -q . "$work/out"
}
ok "the public account can read no byte below the desk's folder" readable "$PUBLIC" "$PUBLIC" "$base/desk"
ok "nor the desk's account one of the public's" readable "$DESK" "$DESK" "$base/public"
none_can_be_named() {
  for f in $(cd "$base/desk" && find . -type f); do
    as "$PUBLIC" "$PUBLIC" cat "$base/desk/$f"
    [ "$rc" != 0 ] && silent out || { echo "# read: $f"; return 1; }
  done
}
ok "nor by a name that it knows" none_can_be_named
ok "the public account writes no directory" writable "$PUBLIC" "$PUBLIC" "$base/public"
ok "nor does the desk's" writable "$DESK" "$DESK" "$base/desk"
ask "$PUBLIC" "$PUBLIC" public note 65000000-0000-0000-0000-000000000001 "of the public"
ok "it writes its own journal" is "$rc" 0
ask "$DESK" "$DESK" desk note 65000000-0000-0000-0000-000000000001 "of the desk"
ok "so does the desk" is "$rc" 0
ask "$PUBLIC" "$PUBLIC" public acts
ok "each sees what was written in its own scope" says "of the public"
ok "and nothing else" keeps_quiet_of "of the desk"
as "$PUBLIC" "$PUBLIC" cat "$base/desk/journal/$DESK"
ok "the desk's journal is no public one" silent out
as "$((PUBLIC + 1))" "$PUBLIC" sh -c 'echo x >>"$1"' sh "$base/public/journal/$PUBLIC"
ok "another account of the same group writes in no journal but its own" sh -c "[ $rc != 0 ]"
as "$((PUBLIC + 1))" "$PUBLIC" rm -f "$base/public/journal/$PUBLIC"
ok "nor removes it" test -s "$base/public/journal/$PUBLIC"

# ... but it can take a name before its account does, and hold a lock.
taken=$((PUBLIC + 2)) alone=$((PUBLIC + 3))
for name in "$taken" "lock-$taken.1"; do
  as "$((PUBLIC + 1))" "$PUBLIC" mkfifo -m 666 "$base/public/journal/$name"
done
ask "$taken" "$PUBLIC" public note 65000000-0000-0000-0000-000000000001 "of whose name was taken"
ok "what others have put under its names keeps nobody from writing" is "$rc" 0
ok "under the next" test -f "$base/public/journal/$taken.2"
ask "$taken" "$PUBLIC" public acts
ok "and reading it" says "of whose name was taken"
ok "without a word of theirs" keeps_quiet_of "no journal"
chmod 3730 "$base/public/journal"
ask "$alone" "$PUBLIC" public note 65000000-0000-0000-0000-000000000001 "of a folder that is not listed"
ok "in a folder that may not be listed a note is saved" is "$rc" 0
ask "$alone" "$PUBLIC" public acts
ok "once" sh -c "[ \$(grep -c 'of a folder' '$work/out') = 1 ]"
chmod 3770 "$base/public/journal"

# Twenty people of one group at once, each logged in as somebody else, while the daemon writes.
MANY=$((10000 + $$ % 40000))
sed 's/| clinical |/| public |/' <"$TOCSIN_TOP/tests/cli/data/directory.txt" >"$work/old.txt"
sed 's/7731/7741/; s/4731/4741/g' <"$work/old.txt" >"$work/new.txt"
for which in old new; do
  perl "$TOCSIN_TOP/tests/cli/make-stream" <"$work/$which.txt" >"$work/$which"
  chmod 644 "$work/$which"
done
cat >"$work/load" <<'L'
umask 027
exec setpriv --reuid "$1" --regid "$1" --groups "$1,$2" --inh-caps=-all "$3/tocsin-sync" import "$3/$4" --format records --cache "$3/base/public"
L
run perl "$TOCSIN_TOP/tests/cli/twenty" "$work/tocsin" "$base/public" "$PUBLIC" "$MANY" sh "$work/load" "$DAEMON" "$PUBLIC" "$work"
ok "twenty terminals on one directory are each answered from one revision of it, while others are written" sh -c "grep -q '^answers [0-9]' '$work/out' && ! grep -qv '^answers ' '$work/out'"
ok "each of them many times" sh -c "[ \"\$(sed -n 's/^answers //p' '$work/out')\" -ge 100 ]"
journals() { is "$(find "$base/public/journal" -maxdepth 1 -type f -name "[0-9]*" -uid +$((MANY - 1)) -uid -$((MANY + 20)) | wc -l)" 20; }
ok "each has a journal of its own account" journals
ask "$MANY" "$PUBLIC" public acts
ok "in which it reads what it wrote" says "of terminal 0."
ok "and nothing of the others" keeps_quiet_of "of terminal 1."
finish
