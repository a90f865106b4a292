#!/bin/sh
# A change that is held: what was written here stays in force meanwhile, and who approves it lets it through whatever
# is edited afterwards, by a delta, a load of everything or a repair.  An approval that came with a backup counts for nothing.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
tocsin=$b/tocsin
S=$(conn owner) W=$(conn desk) C=$tmp/desk
run source init --source "$S"
as_boss dir -c "CREATE ROLE desk LOGIN" -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk"
sql "INSERT INTO tocsin.plan (code, country, outside_prefix) VALUES ('SAB', 'FR', '0')" \
  "INSERT INTO tocsin.site (code, name, plan, country) VALUES ('SAB', 'Saint-Aubin', 'SAB', 'FR')" \
  "INSERT INTO tocsin.domain (code, name, kind, site) VALUES ('sab-pbx', 'PBX', 'pbx', 'SAB')" \
  "INSERT INTO tocsin.entry (name, site) SELECT 'Service ' || i, 'SAB' FROM generate_series(1, 3000) i"
head_of() { as_boss "$1" -c "SELECT revision FROM tocsin.sync_head"; }
entries() { cache_records "$C" | grep -c .; }
pull() { run pull --source "$W" --cache "$C"; }
next_second() { # in which times of the source are whole
  now=$(date +%s)
  until [ "$(date +%s)" != "$now" ]; do :; done
}
restore() { # database that takes the place of dir
  next_second
  as_boss postgres -c "ALTER DATABASE dir RENAME TO lost$1" -c "ALTER DATABASE $1 RENAME TO dir"
}
pull
is "$code" 0 "a terminal has everything"

# -- a load of everything
sql "DELETE FROM tocsin.entry WHERE substr(name, 9)::int > 1000"
pull
fails 65 'held: the source offers 1000 of 3000' "two thirds are gone: held"
run source approve "$(head_of dir)" --source "$S"
sql "UPDATE tocsin.entry SET room = 'x' WHERE name = 'Service 1'"
pull
is "$code $(entries)" "0 1003" "approved, it is taken, though the source went on since"
sql "DELETE FROM tocsin.entry WHERE substr(name, 9)::int > 200"
pull
fails 65 'held: the source offers 200 of 1000' "what goes afterwards is held anew"
run source approve "$(head_of dir)" --source "$S"
pull
is "$code $(entries)" "0 203" "until that is approved"

# -- a restored source, with an approval in its backup
as_boss postgres -c "CREATE DATABASE older TEMPLATE dir OWNER owner"
next_second
sql "INSERT INTO tocsin.entry (name, site) SELECT 'Later ' || i, 'SAB' FROM generate_series(1, 100) i"
for i in 1 2 3 4 5 6 7 8 9 10; do sql "UPDATE tocsin.entry SET room = '$i' WHERE name = 'Service 3'"; done
pull
is "$code $(entries)" "0 303" "a hundred more, and ten revisions"
restore older
sql "UPDATE tocsin.entry SET room = 'y' WHERE name = 'Service 1'" "UPDATE tocsin.entry SET room = 'z' WHERE name = 'Service 1'"
"$tocsin" --scope "$C" incident declare sab-pbx --until 4h --reason "no tone" --initials NE >/dev/null 2>&1
"$tocsin" --scope "$C" note "$(sql "SELECT uuid FROM tocsin.entry WHERE name = 'Service 7'")" "by hand" --initials NE >/dev/null 2>&1
pull
fails 65 'held: the source offers 200 of 300' "a source that was restored to before them is held: what was approved in its backup was approved before"
is "$(sql "SELECT count(*) FROM tocsin.incident WHERE declared")" 1 "what was declared here reached it all the same"
has "$("$tocsin" --scope "$C" incident list 2>&1)" 'DOWN' "and stands here while the change is held"
has "$("$tocsin" --scope "$C" acts)" 'not confirmed' "not confirmed, as it is"
pull
has "$("$tocsin" --scope "$C" incident list 2>&1)" 'DOWN' "at each round"
is "$(sql "SELECT count(*) FROM tocsin.incident") $(sql "SELECT count(*) FROM tocsin.note")" "1 1" "which is sent again, and is there once"
run source approve "$(head_of dir)" --source "$S"
sql "UPDATE tocsin.entry SET room = 'w' WHERE name = 'Service 2'"
pull
is "$code" 0 "approved, it is repaired to, though the source went on since"
has "$out" 'source restored' "with a word of why"
is "$("$tocsin" --scope "$C" incident list 2>&1 | grep -c DOWN)" 1 "with what was declared here, once"
pull
is "$("$tocsin" --scope "$C" acts | grep -c confirmed) $("$tocsin" --scope "$C" acts | grep -c 'not confirmed')" "2 0" "and confirmed"
done_testing
