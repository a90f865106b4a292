#!/bin/sh
# Programs and sources of different versions beside each other: a cache of a newer program is refused
# whole and left as it is, and what was written at a terminal while its source was older, newer or
# away is there once when both have been upgraded.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
tocsin=$b/tocsin
newest=$(ls "$top"/sync/sql/*.sql | wc -l)
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" \
  -c "GRANT pg_read_all_data TO owner" >/dev/null
of() { echo "host=$pg_sock port=$pg_port user=$1 dbname=dir"; }
schema_of() { # name of a migration: its number
  ls "$top"/sync/sql/*.sql | grep -n "/$1" | head -n 1 | cut -d: -f1
}
anew() { # schema: another dir
  as_boss postgres -c "DROP DATABASE IF EXISTS dir" -c "CREATE DATABASE dir OWNER owner"
  pg_old dir "$1" || echo "Bail out! schema $1"
  as_boss dir -c "GRANT tocsin_public, tocsin_clinical TO ward" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk" 2>/dev/null
  sql "INSERT INTO tocsin.plan (code, country, outside_prefix) VALUES ('SAB', 'FR', '0')" \
    "INSERT INTO tocsin.site (code, name, plan, country) VALUES ('SAB', 'Saint-Aubin', 'SAB', 'FR')" \
    "INSERT INTO tocsin.domain (code, name, kind, site) VALUES ('sab-pbx', 'PBX', 'pbx', 'SAB')" \
    "INSERT INTO tocsin.entry (uuid, name, site, floor) SELECT ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB', '2' FROM generate_series(1, 9) i" \
    "INSERT INTO tocsin.contact (uuid, entry, number, kind, plan) SELECT ('63000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid,
       ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, '773' || i, 'extension', 'SAB' FROM generate_series(1, 9) i"
}
at() { # terminal, command ...: tocsin there
  who=$1
  shift
  "$tocsin" --scope "$tmp/$who" "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
pull() { for w in "$@"; do run pull --source "$(of "$w")" --cache "$tmp/$w"; done; }
e() { printf '65000000-0000-0000-0000-%012d' "$1"; }
states() { # terminal: how many acts are in which state
  "$tocsin" --scope "$tmp/$1" acts --json |
    perl -MJSON::PP -e 'local $/; my %n; $n{$_->{state}}++ for @{JSON::PP->new->decode(<STDIN>)->{acts}}; print join " ", map { "$n{$_} $_" } sort keys %n'
}
write_all() { # what is written at both while nobody hears it
  at ward note "$(e 1)" "ring twice" --initials NE
  at ward suggest "$(e 2)" floor 3 --initials NE
  at ward incident report sab-pbx --reason "dead line"
  at desk override "$(e 3)" "06 39 98 00 04" --until 2h --of 7733
  at desk attempt "$(e 4)" no-answer --initials XYZ
  at desk incident declare sab-pbx --until 4h --reason "PBX down"
}
# what the source and the terminals must hold in the end, whatever the way
once() { # what happened
  pull ward desk
  pull ward desk
  is "$(states ward) / $(states desk)" "2 applied 1 waits / 3 applied" "$1: every act was answered"
  is "$(sql "SELECT count(*) FROM tocsin.act" "SELECT count(*) FROM tocsin.note WHERE text = 'ring twice'" "SELECT count(*) FROM tocsin.override" \
    "SELECT count(*) FROM tocsin.incident WHERE declared" "SELECT count(*) FROM tocsin.attempt" | xargs)" "6 1 1 1 1" "$1: each is there once, and does what it does"
  before=$(sql "SELECT revision FROM tocsin.sync_head")
  rm -f "$tmp/ward/acts" "$tmp/desk/acts"
  pull ward desk
  is "$(sql "SELECT revision FROM tocsin.sync_head" "SELECT count(*) FROM tocsin.act" | xargs)" "$before 6" "$1: sent once more they change nothing"
  is "$(cache_records "$tmp/ward")" "$(source_records public clinical)" "$1: the ward holds what the source grants it"
  is "$(cache_records "$tmp/desk")" "$(source_records public clinical switchboard)" "$1: so does the desk"
}
upgrade() {
  run source upgrade --source "$(of owner)"
  is "$code" 0 "$1: the source is upgraded"
}

# -- an older source, while acts wait; the kinds that it knows are those of its time
pg_old_rules() { # kinds
  for k in "$@"; do
    for t in public clinical switchboard restricted admin; do
      c=applied
      case $k.$t in *.public | suggestion.* | override.clinical) c=suggested ;; esac
      sql "INSERT INTO tocsin.act_rule VALUES ('$k', '$t', '$c')"
    done
  done
}
for old in "0012" "0022 note override suggestion withdrawal incident-report incident-declare incident-end incident-change" \
  "0040 note override suggestion withdrawal incident-report incident-declare incident-end incident-change attempt reveal test"; do
  name=${old%% *}
  n_old=$(schema_of "$name")
  rm -rf "$tmp/ward" "$tmp/desk"
  anew "$n_old"
  [ "$name" = 0012 ] || pg_old_rules ${old#* }
  pull ward desk
  is "$code" 0 "schema $n_old: terminals of this version follow it"
  write_all
  for i in 1 2 3 4 5 6; do pull ward desk; done
  is "$code" 0 "schema $n_old: and go on while acts wait"
  is "$("$tocsin" --scope "$tmp/ward" acts --json | grep -c '"aside"')$("$tocsin" --scope "$tmp/desk" acts --json | grep -c '"aside"')" 00 \
    "schema $n_old: what it does not know yet is not set aside"
  at ward show "$(e 1)"
  has "$out" 'ring twice' "schema $n_old: the ward shows its note"
  [ "$name" != 0040 ] || as_boss postgres -c "CREATE DATABASE kept TEMPLATE dir OWNER owner"
  upgrade "schema $n_old"
  if [ "$name" = 0040 ]; then # what came before it was upgraded was of its time: nobody was sent it
    at desk attempt "$(e 5)" busy --initials NXT
    pull desk ward desk
    is "$(sql "SELECT count(*) FROM tocsin.attempt") $(states ward) / $(states desk)" "1 2 applied 1 waits / 4 applied" "schema $n_old: what comes after it is sent to others"
  else
    once "schema $n_old"
  fi
done

# -- and back: the source is what it was before its upgrade
as_boss postgres -c "DROP DATABASE dir" -c "ALTER DATABASE kept RENAME TO dir"
sql "UPDATE tocsin.entry SET room = 'r' WHERE uuid = '$(e 6)'" "UPDATE tocsin.entry SET room = 's' WHERE uuid = '$(e 6)'" "UPDATE tocsin.entry SET room = 't' WHERE uuid = '$(e 6)'"
pull desk ward
is "$code" 0 "a source that is older again is followed"
is "$(cache_records "$tmp/desk")" "$(source_records public clinical switchboard)" "down to what it holds"
is "$(sql "SELECT count(*) FROM tocsin.act WHERE initials = 'NXT'") $(sql "SELECT count(*) FROM tocsin.note")" "1 1" "and is given again what it has lost, and nothing twice"
upgrade "older again"
pull desk ward
is "$(sql "SELECT count(*) FROM tocsin.act")" 7 "upgraded again, it holds each once"

# -- a source that is newer than the program
rm -rf "$tmp/ward" "$tmp/desk"
anew "$newest"
run source upgrade --source "$(of owner)"
pull ward desk
write_all
sql "INSERT INTO tocsin.migration (number, name) VALUES ($((newest + 1)), 'later')"
run source upgrade --source "$(of owner)"
fails 69 "schema $((newest + 1)) is newer than this program" "a newer source is not upgraded by an older program"
sql "UPDATE tocsin.migration SET name = '0003_another' WHERE number = 3" "DELETE FROM tocsin.migration WHERE number > $newest"
run source upgrade --source "$(of owner)"
fails 65 "schema $newest is not that of any version" "nor one that has taken another way"
sql "UPDATE tocsin.migration SET name = '0003_feed' WHERE number = 3"
run source upgrade --source "$(of owner)"
is "$code" 0 "a source of this version is as it is"
sql "UPDATE tocsin.sync_head SET oldest_client = 2"
before=$(cache_records "$tmp/ward")
for i in 1 2 3 4 5 6; do pull ward desk; done
has "$code $(wc -l <"$tmp/err")" '^[1-9][0-9]* 1$' "a source that does not speak with this version any more says so in a line"
is "$(cache_records "$tmp/ward")" "$before" "the cache is left"
at ward show "$(e 1)"
has "$out" 'ring twice' "and served, with what was written here"
is "$(states ward | grep -c aside)" 0 "nothing is set aside"
sql "UPDATE tocsin.sync_head SET oldest_client = 1"
once "a newer source"

# -- a cache of a newer program
files() { (cd "$tmp/ward/cache" && find . -type f ! -name lock -exec sha256sum {} + | sort); }
at ward find service --json
served=$(printf '%s' "$out" | grep -vE '"(age|now)"')
printf '2/1\n' >"$tmp/ward/cache/current"
before=$(files)
refused() { # what
  is "$(printf '%s' "$err" | grep -c 'was written by a newer tocsin-sync (format 2; this program reads up to 1); install the same version here')$(wc -l <"$tmp/err") $code" "11 69" "$1 refuses a cache of a newer format, in one sentence"
}
at ward find service
refused "tocsin"
pull ward
refused "pull"
run rebuild --cache "$tmp/ward"
refused "rebuild"
run tidy --cache "$tmp/ward"
refused "tidy"
run export --cache "$tmp/ward"
refused "export"
run check --cache "$tmp/ward"
refused "check"
"$sync" export --cache "$tmp/desk" >"$tmp/records"
run import --format records --cache "$tmp/ward" "$tmp/records"
refused "import"
run import --format records --cache "$tmp/ward" --whole "$tmp/records"
refused "import --whole"
is "$(files)" "$before" "no byte of it has changed"
printf '1/1\n' >"$tmp/ward/cache/current"
at ward find service --json
is "$(printf '%s' "$out" | grep -vE '"(age|now)"')" "$served" "so that the program that made it serves it as before"
done_testing
