#!/bin/sh
# A pull is stopped at each of its changes of the disk: a reader answers with exactly the revision before or the
# one after; killed there, the next pull gets to the source's.  A disk that fails or is full from there on too.
# STEP_ALL=1 (make soak) takes every step; else some of each run, and only two of the four runs.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..0 # SKIP a sanitizer and a shim in front of libc do not go together"
  exit 0
fi
pg_start
W=$(conn ward)
run source init --source "$(conn owner)"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward"
sql <<'SQL'
INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin');
INSERT INTO tocsin.entry (uuid, name, site, audience)
  SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB',
         CASE WHEN i % 4 = 0 THEN 'clinical' ELSE 'public' END FROM generate_series(1, 120) i;
SQL
shim=$b/tests/sync/shim.so
records() { "$b/tests/sync/tool_records" "$1" 2>/dev/null | sort | sha256sum; }
# A screen that has the cache open, as on every terminal: its writer never begins with a recovery.
hold() {
  [ -e "$1/cache/current" ] || return 0
  rm -f "$tmp/fifo"
  mkfifo "$tmp/fifo"
  "$b/tests/sync/tool_records" "$1" hold <"$tmp/fifo" >"$tmp/held" 2>/dev/null &
  holder=$!
  exec 3>"$tmp/fifo"
  j=0
  while [ ! -s "$tmp/held" ] && [ $j -lt 400 ]; do
    j=$((j + 1))
    perl -e 'select undef, undef, undef, 0.01'
  done
}
release() {
  [ -n "$holder" ] || return 0
  exec 3>&-
  wait "$holder"
  holder=
}
holder=
# name, folder before: every step of one pull from there
steps() {
  name=$1
  from=$2
  before=$(records "$from")
  rm -rf "$tmp/to"
  cp -a "$from" "$tmp/to"
  run pull --source "$W" --cache "$tmp/to"
  after=$(records "$tmp/to")
  i=0
  taken=0
  old=0
  new=0
  bad=
  while :; do
    i=$((i + 1))
    rm -rf "$tmp/at"
    cp -a "$from" "$tmp/at"
    hold "$tmp/at"
    said=$(perl "$top/tests/sync/step.pl" "$shim" $i "$tmp/read" "$b/tests/sync/tool_records" "$tmp/at" -- "$sync" pull --source "$W" --cache "$tmp/at" 3>&-)
    release
    case $said in
    ended*) break ;;
    esac
    taken=$((taken + 1))
    seen=$(sort "$tmp/read" | sha256sum)
    case "$seen" in
    "$before") old=$((old + 1)) ;;
    "$after") new=$((new + 1)) ;;
    *) bad="$bad $i:reader" ;;
    esac
    case "$(records "$tmp/at")" in
    "$before" | "$after") ;;
    *) bad="$bad $i:killed" ;;
    esac
    run pull --source "$W" --cache "$tmp/at"
    [ "$code" = 0 ] && [ "$(records "$tmp/at")" = "$after" ] || bad="$bad $i:next($code)"
    [ -n "${STEP_ALL:-}" ] || i=$((i + 1 + i / 3))
  done
  is "$said$bad" "ended 0" "$name: $taken steps; a reader saw the old revision at $old and the new one at $new"
  # from each step on the disk fails, or is full
  for what in eio full; do
    i=0
    bad=
    failed=0
    while :; do
      i=$((i + 1))
      rm -rf "$tmp/at"
      cp -a "$from" "$tmp/at"
      LD_PRELOAD=$shim SHIM_AT=$i SHIM_DO=$what "$sync" pull --source "$W" --cache "$tmp/at" >"$tmp/out" 2>"$tmp/err"
      code=$?
      [ "$code" = 0 ] && break
      failed=$((failed + 1))
      [ "$(wc -l <"$tmp/err")" = 1 ] || bad="$bad $i:words"
      case "$(records "$tmp/at")" in
      "$before" | "$after") ;;
      *) bad="$bad $i:reader" ;;
      esac
      run pull --source "$W" --cache "$tmp/at"
      [ "$code" = 0 ] && [ "$(records "$tmp/at")" = "$after" ] || bad="$bad $i:next($code)"
      [ -n "${STEP_ALL:-}" ] || i=$((i * 2))
    done
    is "$bad" "" "$name: the disk $what from $failed steps on: the cache is one revision, and the next pull gets there"
  done
}

run pull --source "$W" --cache "$tmp/base"
sql "UPDATE tocsin.entry SET room = 'a' WHERE rank = 500 AND name LIKE 'Service 1%'" "DELETE FROM tocsin.entry WHERE name = 'Service 5'" \
  "INSERT INTO tocsin.entry (name, site) VALUES ('new', 'SAB')"
steps "a delta" "$tmp/base"
if [ -n "${STEP_ALL:-}" ]; then
  mkdir "$tmp/none"
  steps "a first load" "$tmp/none"
fi
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
steps "a grant lost" "$tmp/base"
if [ -n "${STEP_ALL:-}" ]; then
  as_boss dir -c "GRANT tocsin_clinical TO ward" -c "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
  steps "a source restored" "$tmp/base"
fi
done_testing
