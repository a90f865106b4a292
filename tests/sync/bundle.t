#!/bin/sh
# A bundle: the directory in a signed file, for a terminal that no network reaches.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/daemon.sh"
pg_need
pg_start
S=$(conn owner) W=$(conn ward)
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward"
sql "INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin')" \
  "INSERT INTO tocsin.entry (name, site, audience) SELECT 'Service ' || i, 'SAB', CASE WHEN i % 4 = 0 THEN 'clinical' ELSE 'public' END
     FROM generate_series(1, 400) i"
C=$tmp/usb
head_of() { as_boss dir -c "SELECT revision FROM tocsin.sync_head"; }
make() { # name, option ...
  name=$1
  shift
  run bundle make --source "$S" --audiences public,clinical --key "$tmp/key" --output "$tmp/$name" --quiet "$@"
}
load() { run bundle load "$tmp/$1" --cache "$C" --config "$tmp/tocsin.conf"; }
copies() { cache_records "$C" | sha256sum; }
source_now() { source_records public clinical | sha256sum; }

# -- keys
run bundle key --output "$tmp/key"
is "$code $(stat -c %a "$tmp/key")" "0 600" "a key is made for its owner alone"
printf '%s\n' "$out" >"$tmp/tocsin.conf"
cp "$tmp/key" "$tmp/key.was"
run bundle key --output "$tmp/key"
fails 65 'is there already' "and none is overwritten"
cmp -s "$tmp/key" "$tmp/key.was"
ok $? "it is as it was"
run bundle key --output "$tmp/other"
make all.bundle
is "$code" 0 "a bundle of everything is made"
base=$(head_of)

# -- a first load
load all.bundle
is "$code" 0 "it is taken in where nothing is"
has "$out" 'loaded out of a bundle' "which is said"
is "$(copies)" "$(source_now)" "and is what the source holds"
load all.bundle
has "$code $out" '^0 .*nothing new' "again it is nothing new"

# -- what has changed
sql "UPDATE tocsin.entry SET room = 'a' WHERE name LIKE 'Service 1_'" "DELETE FROM tocsin.entry WHERE name = 'Service 5'" \
  "INSERT INTO tocsin.entry (name, site) VALUES ('new', 'SAB')"
make delta.bundle --since "$base"
is "$code" 0 "a bundle of what has changed is made"
[ "$(wc -c <"$tmp/delta.bundle")" -lt "$(($(wc -c <"$tmp/all.bundle") / 2))" ]
ok $? "which is a small part of it"
cp -a "$C" "$tmp/before"
load delta.bundle
has "$code $out" '^0 .*changed by a bundle' "it is taken in"
is "$(copies)" "$(source_now)" "and is what the source holds"
load all.bundle
fails 65 'revision [0-9]+ is here: the cache is kept' "an older one is not gone back to"
load delta.bundle
has "$code $out" '^0 .*nothing new' "nor is one taken twice"
rm -rf "$C"
cp -a "$tmp/before" "$C"
run pull --source "$W" --cache "$C"
sql "UPDATE tocsin.entry SET room = 'b' WHERE name = 'Service 7'"
make delta.bundle --since "$base"
load delta.bundle
is "$code $(copies)" "0 $(source_now)" "a terminal that is somewhere behind its beginning takes what is left"
run pull --source "$W" --cache "$C"
has "$out" 'nothing new' "and a source finds nothing to add"
make late.bundle --since "$(head_of)"
rm -rf "$C"
cp -a "$tmp/before" "$C"
load late.bundle
fails 65 'does not follow on what is here' "changes that begin later are refused"
rm -rf "$tmp/none"
run bundle load "$tmp/delta.bundle" --cache "$tmp/none" --config "$tmp/tocsin.conf"
fails 65 'a bundle of everything is needed' "and changes of nothing"
[ ! -e "$tmp/none/cache/current" ]
ok $? "which leaves nothing behind"

# -- whom it is from, and for whom
before=$(copies)
run bundle make --source "$S" --audiences public,clinical --key "$tmp/other" --output "$tmp/foreign.bundle" --quiet
load foreign.bundle
fails 77 'a key that bundle_keys of tocsin.conf does not name' "another key is not believed"
run bundle make --source "$S" --audiences public,clinical,switchboard --key "$tmp/key" --output "$tmp/wide.bundle" --quiet
load wide.bundle
fails 65 'is for terminals that hold public,clinical,switchboard, and this one holds public,clinical' "nor one for wider audiences taken"
cp "$tmp/tocsin.conf" "$tmp/narrow.conf"
printf '[terminal]\naudience = public\n' >>"$tmp/narrow.conf"
run bundle load "$tmp/all.bundle" --cache "$tmp/none" --config "$tmp/narrow.conf"
fails 78 'allows public on this machine' "nor what may not be on this machine"
: >"$tmp/empty.conf"
run bundle load "$tmp/all.bundle" --cache "$C" --config "$tmp/empty.conf"
fails 78 'names no bundle_keys' "without a key none is believed"
chmod 644 "$tmp/key"
make x.bundle
fails 77 'chmod 600' "a key that others read signs nothing"
chmod 600 "$tmp/key"
[ ! -e "$tmp/x.bundle" ] && [ ! -e "$tmp/x.bundle.new" ]
ok $? "and nothing is left of it"

# -- not as it was signed: every part of it
size=$(wc -c <"$tmp/all.bundle")
bad=
for at in 3 20 $((size / 2)) $((size - 500)) $((size - 70)) $((size - 30)) $((size - 2)); do
  cp "$tmp/all.bundle" "$tmp/torn.bundle"
  perl -e 'open my $f, "+<", $ARGV[0]; seek $f, $ARGV[1], 0; read $f, my $b, 1; seek $f, $ARGV[1], 0; print $f chr(ord($b) ^ 1)' "$tmp/torn.bundle" "$at"
  rm -rf "$tmp/none"
  run bundle load "$tmp/torn.bundle" --cache "$tmp/none" --config "$tmp/tocsin.conf"
  case $code in 65 | 77) ;; *) bad="$bad $at:$code" ;; esac # of the key itself: signed by another
  [ "$(wc -l <"$tmp/err")" = 1 ] && [ ! -e "$tmp/none/cache/current" ] || bad="$bad $at"
done
for keep in 0 10 100 $((size / 2)) $((size - 1)); do
  head -c "$keep" "$tmp/all.bundle" >"$tmp/torn.bundle"
  load torn.bundle
  [ "$code" = 65 ] && [ "$(wc -l <"$tmp/err")" = 1 ] || bad="$bad cut$keep:$code"
done
is "$bad" "" "a byte that is another, or the end missing: nothing of it is taken"
is "$(copies)" "$before" "and what was here is as it was"
printf 'no bundle\n' >"$tmp/torn.bundle"
load torn.bundle
fails 65 'is no bundle' "what is none is said"
load nothing.bundle
fails 66 'No such file' "and what is not there"

# -- much gone, another source
sql "DELETE FROM tocsin.entry WHERE substr(name, 9) ~ '^[23]'"
make gone.bundle
load gone.bundle
fails 65 'held: the source offers' "what would remove a fifth is held"
run source approve "$(head_of)" --source "$S"
make gone.bundle
load gone.bundle
is "$code $(copies)" "0 $(source_now)" "until it is approved at the source"
second=$(date +%s)
until_ok '[ "$(date +%s)" -gt "$second" ]' # times are whole seconds
sql "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
sql "UPDATE tocsin.entry SET room = 'c' WHERE name = 'Service 7'"
make another.bundle
load another.bundle
is "$code $(copies)" "0 $(source_now)" "a bundle of another history takes the place of what was here"
load gone.bundle
fails 65 'is here: the cache is kept' "and one of the history before does not come back"
mkfifo "$tmp/pipe.bundle"
load pipe.bundle
fails 65 'is no bundle' "a pipe is none, and holds nobody up"
make pipe.bundle
fails 65 'is no file: it is not replaced' "nor is one replaced"
printf '[terminal]\naudience = public\n' >"$tmp/narrow.conf"
cat "$tmp/tocsin.conf" >>"$tmp/narrow.conf"
run bundle load "$tmp/another.bundle" --cache "$C" --config "$tmp/narrow.conf"
fails 78 'allows public on this machine' "what may not be here is said also where it is here already"
run bundle make --source "$S" --audiences public --key "$tmp/key" --output "$tmp/y.bundle" --since 999999
fails 65 'is not known here' "changes since a revision that is not there"
run bundle make --source "$W" --audiences public --key "$tmp/key" --output "$tmp/y.bundle"
fails 77 '' "a terminal makes no bundles"
run bundle make --source "$S"
fails 64 'bundle make needs --audiences LIST' "what is missing is said"
run bundle load
fails 64 'bundle load needs a file' "a file"
run bundle
fails 64 'say bundle key, make or load' "and a verb"
done_testing
