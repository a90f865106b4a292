# A pull, and what may happen at each of its changes of the disk.  Sourced behind tests/lib/pg.sh.
#
#   steps_begin         a source with 40 entries that a role ward follows ($W), and $tmp/base: a cache of
#                       an older revision, part of it in the log, as a power failure leaves it, and what was
#                       written there: an act that the source has, one in the queue, four in the journal
#   steps_none          $tmp/none: of $tmp/base what was written there, and no cache
#   steps NAME FOLDER   one pull from the cache in FOLDER, again and again:
#                       stopped at a step (a reader answers with exactly the revision before or the one
#                       after, within 3 s) and killed there; the disk fails, or is full, from a step on;
#                       the power fails there, and what was not synced is lost, torn, in any order;
#                       memory is refused from an allocation on, or once.
#                       After each the cache is one of the two, and the next pull gets to the source's,
#                       which then has each act once.  Each begins from the same source.
#
# STEP_ALL names the parts of which every step is taken, with commas (1: all of them); of the rest it is some of
# them.  With power, all: STEP_SEEDS (4) times at each.  Then it says each part and every hundredth step on standard
# error; one that was ended goes on with STEP_PARTS="a first load/full,a first load/power" and STEP_FROM=N, the first
# step of the first of them; STEP_SEED says how the power fails.
if [ -n "${TOCSIN_SANITIZED:-}" ]; then
  echo "1..1"
  echo "ok 1 - (a sanitizer and a shim in front of libc do not go together)"
  exit 0
fi
shim=$b/tests/sync/shim.so
records() { "$b/tests/sync/tool_records" "$1" 2>/dev/null | sort | sha256sum; }
# One line from the source, over a connection that is kept: a step asks several times.
ask() {
  echo "$1;" >&6
  said=
  read -r said <&7
}
here() { "$b/tocsin" --scope "$tmp/base" "$@" >"$tmp/out" 2>"$tmp/err" || ok 1 "$1 is written"; }
entry() { printf '00000000-0000-0000-0001-%012d' "$1"; }
# A screen that has the cache open, as on most terminals: its writer never begins with a recovery.
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

# Is this part wanted?  Then i stands before its first step.
part() { # its word
  part=$name/$1
  case ",${STEP_PARTS:-$part}," in
  *",$part,"*) ;;
  *) return 1 ;;
  esac
  whole=
  case ",${STEP_ALL:-}," in
  *,1,* | *",$1,"*) whole=1 ;;
  esac
  i=$((${STEP_FROM:-1} - 1))
  STEP_FROM=
  bad=
  [ -z "$whole" ] || echo "# $part: from step $((i + 1)) on" >&2
}
so_far() {
  [ $((i % 100)) != 0 ] || [ -z "$whole" ] || echo "# $part: step $i$bad" >&2
}

steps_begin() {
  pg_start
  W=$(conn ward)
  run source init --source "$(conn owner)"
  as_boss dir -c "CREATE ROLE ward LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward"
  sql "INSERT INTO tocsin.site (code, name) VALUES ('SAB', 'Saint-Aubin')" "INSERT INTO tocsin.entry (uuid, name, site, audience)
    SELECT ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB',
           CASE WHEN i % 4 = 0 THEN 'clinical' ELSE 'public' END FROM generate_series(1, 40) i" \
    "INSERT INTO tocsin.contact (entry, number, kind, audience)
    SELECT uuid, '0639990' || right(uuid::text, 3), 'mobile', 'clinical' FROM tocsin.entry WHERE audience = 'clinical'"
  run pull --source "$W" --cache "$tmp/first"
  "$b/tocsin" --scope "$tmp/first" note "$(entry 7)" "an old one" --initials NE >/dev/null
  run pull --source "$W" --cache "$tmp/first"
  hold "$tmp/first" # what a screen beside it leaves in the log
  sql "UPDATE tocsin.entry SET room = 'log' WHERE name LIKE 'Service 2%'"
  run pull --source "$W" --cache "$tmp/first"
  cp -a "$tmp/first" "$tmp/base"
  release
  here suggest "$(entry 3)" room R7 --initials NE
  run pull --source "host=$tmp/nowhere" --cache "$tmp/base" # into the queue, and no further
  here note "$(entry 1)" "ring twice" --initials NE
  here note "$(entry 4)" "0639990999, not granted for ever" --initials NE
  here override "$(entry 2)" "06 39 98 00 03" --until 2h
  here attempt "$(entry 6)" busy
  [ -n "$(find "$tmp/base" -name directory.db-wal -size +8k)" ] && grep -aq '^pending' "$tmp/base/acts" && ! grep -q 'ring twice' "$tmp/base/acts"
  ok $? "a cache whose log holds a revision, acts in its queue and in its journal"
  sql "UPDATE tocsin.entry SET room = 'a' WHERE name LIKE 'Service 1%'" "DELETE FROM tocsin.entry WHERE name = 'Service 5'" \
    "INSERT INTO tocsin.entry (name, site) VALUES ('new', 'SAB')"
  granted="'public', 'clinical'"
  # What a push changes at the source, put back behind the triggers.
  as_boss dir <<'SQL' >"$tmp/out" 2>"$tmp/err" || ok 1 "the source can be put back"
SET client_min_messages = warning;
CREATE SCHEMA kept;
CREATE FUNCTION kept.keep() RETURNS text LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['act', 'note', 'override', 'attempt', 'feed', 'revision', 'sync_head'] LOOP
    EXECUTE format('DROP TABLE IF EXISTS kept.%1$I; CREATE TABLE kept.%1$I AS SELECT * FROM tocsin.%1$I', t);
  END LOOP;
  RETURN 'kept';
END $$;
CREATE FUNCTION kept.put_back() RETURNS text LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE t text; columns text;
BEGIN
  FOREACH t IN ARRAY ARRAY['act', 'note', 'override', 'attempt', 'feed', 'revision', 'sync_head'] LOOP
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
     WHERE attrelid = ('tocsin.' || t)::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped;
    EXECUTE format('DELETE FROM tocsin.%1$I AS t WHERE NOT EXISTS (SELECT FROM kept.%1$I AS k WHERE (k.*) = (t.*))', t);
    EXECUTE format('INSERT INTO tocsin.%1$I (%2$s) SELECT %2$s FROM kept.%1$I AS k
      WHERE NOT EXISTS (SELECT FROM tocsin.%1$I AS t WHERE (k.*) = (t.*))', t, columns);
  END LOOP;
  RETURN 'put back';
END $$;
CREATE FUNCTION kept.records(granted text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(string_agg(line, '' ORDER BY line COLLATE "C"), 'UTF8')), 'hex')
    FROM (SELECT concat(uuid, ' ', audience, ' ', encode(sha256(record), 'hex'), E'\n') AS line
            FROM tocsin.feed WHERE live AND audience = ANY (granted)) AS f
$$;
CREATE FUNCTION kept.acts() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(' ', (SELECT string_agg(uuid || ':' || outcome, ' ' ORDER BY uuid) FROM tocsin.act),
    (SELECT count(*) FROM tocsin.note), (SELECT count(*) FROM tocsin.override), (SELECT count(*) FROM tocsin.attempt))
$$;
SQL
  mkfifo "$tmp/asked" "$tmp/said"
  as_boss dir <"$tmp/asked" >"$tmp/said" 2>"$tmp/asking" 3>&- &
  exec 6>"$tmp/asked" 7<"$tmp/said"
}
steps_none() {
  mkdir "$tmp/none"
  cp -a "$tmp/base/acts" "$tmp/base/journal" "$tmp/none"
}

# Afresh in $tmp/at.
again() {
  rm -rf "$tmp/at" "$tmp/keep"
  cp -a "$from" "$tmp/at"
  ask "SELECT kept.put_back()"
  [ "$said" = 'put back' ] || bad="$bad $i:source"
}
# What the source has now, of what is granted: as records() says it.
source_now() {
  ask "SELECT kept.records(ARRAY[$granted])"
  now="$said  -"
}
# It is one of the two revisions (what was written here may be in the later one, or not yet), and the next pull gets
# there.  Of a lost grant a round that comes to nothing may have taken out what is no longer granted: then it is the
# revision before without that.
survives() { # word for a fault
  has_now=$(records "$tmp/at")
  source_now
  case "$has_now" in
  "$before" | "$now" | "$narrowed") ;;
  *) bad="$bad $i:$1" ;;
  esac
  "$sync" pull --source "$W" --cache "$tmp/at" >"$tmp/next" 2>&1
  code=$?
  source_now
  [ $code = 0 ] && [ "$(records "$tmp/at")" = "$now" ] || bad="$bad $i:$1:next($code)"
  ask "SELECT kept.acts()"
  [ "$said" = "$acts" ] || bad="$bad $i:$1:acts($said)"
  ! grep -aq '^pending' "$tmp/at/acts" || bad="$bad $i:$1:unanswered"
  [ "$name" != "a grant lost" ] || ! grep -rq 0639990 "$tmp/at" || bad="$bad $i:$1:bytes"
}

steps_stopped() { # held: yes or no
  part "$2" || return 0
  taken=0
  old=0
  new=0
  slow=0
  while :; do
    i=$((i + 1))
    so_far
    again
    [ "$1" = no ] || hold "$tmp/at"
    ended=$(perl "$top/tests/sync/step.pl" "$shim" $i "$tmp/read" "$b/tests/sync/tool_records" "$tmp/at" -- "$sync" pull --source "$W" --cache "$tmp/at" 3>&-)
    release
    case $ended in
    ended*) break ;;
    esac
    taken=$((taken + 1))
    took=${ended##* }
    [ "$took" -le "$slow" ] || slow=$took
    source_now
    case "$(sort "$tmp/read" | sha256sum)" in
    "$before") old=$((old + 1)) ;;
    "$now") new=$((new + 1)) ;;
    *) bad="$bad $i:reader" ;;
    esac
    survives killed
    [ -n "$whole" ] || i=$((i + 2 + i / 2))
  done
  with="beside a screen"
  [ "$1" = yes ] || with="with nobody beside"
  is "${ended% *}$bad" "ended 0" "$name, $with: stopped at $taken steps, a reader saw the old revision at $old and the new one at $new"
  [ "$slow" -le 3000 ]
  ok $? "and had its answer in $slow ms at most"
}

steps_failing() { # eio or full
  part "$1" || return 0
  failed=0
  while :; do
    i=$((i + 1))
    so_far
    again
    LD_PRELOAD=$shim SHIM_AT=$i SHIM_DO=$1 "$sync" pull --source "$W" --cache "$tmp/at" >"$tmp/out" 2>"$tmp/err"
    code=$?
    [ "$code" = 0 ] && break
    failed=$((failed + 1))
    [ "$(wc -l <"$tmp/err")" = 1 ] || bad="$bad $i:words"
    survives reader
    [ -n "$whole" ] || i=$((i * 2 + 1))
  done
  is "$bad" "" "$name: the disk $1 from $failed steps on: the cache is one revision, and the next pull gets there"
}

# No memory from an allocation on (nomem), or at that one alone (nomem-once): who cannot go on says so in one line, and
# ends with 71 (no memory) or 69 (libpq had none, and says so in its words); nothing is taken for a damage of the cache.  The
# linker's own are not counted: they come before the shim.
steps_without_memory() { # nomem or nomem-once
  part "$1" || return 0
  failed=0
  fine=0
  while [ $fine -lt 200 ]; do
    i=$((i + 1))
    so_far
    again
    LD_PRELOAD=$shim SHIM_AT=$i SHIM_DO=$1 "$sync" pull --source "$W" --cache "$tmp/at" >"$tmp/out" 2>"$tmp/err"
    code=$?
    case $code in
    0)
      # what can be done without is done without; the end is where it is none of these
      source_now
      [ "$(records "$tmp/at")" = "$now" ] || bad="$bad $i:untrue"
      # (of the first hundreds, which are libpq's reading of the connection string, none may be needed)
      [ $i -le 600 ] || fine=$((fine + 1))
      [ -n "$whole" ] || [ $i -le 600 ] || fine=$((fine + 66))
      ;;
    69 | 71)
      failed=$((failed + 1))
      fine=0
      [ "$(wc -l <"$tmp/err")" = 1 ] && ! grep -q ': ;\|: *$' "$tmp/err" || bad="$bad $i:words"
      survives reader
      ;;
    *) bad="$bad $i:ended($code)" ;;
    esac
    [ -n "$whole" ] || i=$((i > 500 ? i + i / 2 : 3 * i))
  done
  is "$bad" "" "$name: $1 at $failed allocations: it says so, the cache is one revision, and the next pull gets there"
}

# The same at every allocation before there is a connection.
steps_before_a_connection() {
  failed=0
  bad=
  for fault in nomem nomem-once; do
    i=0
    fine=0
    while [ $fine -lt 100 ] && [ $i -lt 3000 ]; do
      i=$((i + 1))
      LD_PRELOAD=$shim SHIM_AT=$i SHIM_DO=$fault "$sync" pull --source "host=$tmp/nowhere user=ward dbname=dir" --cache "$tmp/base" >"$tmp/out" 2>"$tmp/err"
      code=$?
      read -r said <"$tmp/err"
      case "$code $said" in
      "71 tocsin-sync: "?* | "69 tocsin-sync: "*"out of memory"*) failed=$((failed + 1)) fine=0 ;;
      "69 tocsin-sync: the source cannot be reached: "[!\;]*) fine=$((fine + 1)) ;; # as if there had been memory
      *) bad="$bad $i:$fault($code $said)" ;;
      esac
    done
  done
  is "$bad" "" "without a source: memory is refused at $failed allocations, one after the other, and each time it says so"
}

steps_without_power() {
  part power || return 0
  seeds=1
  [ -z "$whole" ] || seeds=${STEP_SEEDS:-4}
  failed=0
  while :; do
    i=$((i + 1))
    so_far
    seed=0
    while [ $seed -lt $seeds ]; do
      seed=$((seed + 1))
      again
      mkdir "$tmp/keep"
      code=$(
        LD_PRELOAD=$shim SHIM_AT=$i SHIM_DO=lose SHIM_SEED=$((seed + ${STEP_SEED:-1} * 1000 + i)) SHIM_KEEP=$tmp/keep \
          "$sync" pull --source "$W" --cache "$tmp/at" >"$tmp/out" 2>"$tmp/err"
        echo $?
      ) 2>/dev/null
      [ "$code" = 0 ] && break 2
      failed=$((failed + 1))
      [ "$code" = 137 ] || bad="$bad $i:ended($code)"
      survives "power:$seed"
    done
    [ -n "$whole" ] || i=$((i + 1 + i / 3))
  done
  is "$bad" "" "$name: the power failed $failed times, of what was not synced some is lost and torn: the cache is one revision"
}

steps() { # name, folder before
  name=$1
  from=$2
  before=$(records "$from")
  narrowed=$before
  [ "$name" != "a grant lost" ] || narrowed=$("$b/tests/sync/tool_records" "$from" | grep ' public ' | sort | sha256sum)
  i=0
  bad=
  [ "$name" != "a grant lost" ] || granted="'public'"
  ask "SELECT kept.keep()"
  again
  run pull --source "$W" --cache "$tmp/at"
  source_now
  ask "SELECT kept.acts()"
  acts=$said
  is "$code $(records "$tmp/at") $(echo "$acts" | tr ' ' '\n' | sed -n 's/:.*//p')" \
    "0 $now $("$b/tocsin" --scope "$tmp/base" acts --json | perl -ne 'print "$1\n" if /"act": "([0-9a-f-]{36})"/' | sort)" \
    "$name: the source has each of the acts that were written here, once"
  [ ! -e "$from/cache/current" ] || steps_stopped yes beside # else there is nothing that a screen could hold
  steps_stopped no alone
  steps_failing eio
  steps_failing full
  steps_without_memory nomem
  steps_without_memory nomem-once
  steps_without_power
}
