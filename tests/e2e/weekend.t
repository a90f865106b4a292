#!/bin/sh
# A weekend like the one of 3 August 2024, on the sample group with the real programs: a data centre is
# lost, mail and two sites' calls from outside with it, and the source.  Three terminals work through a
# night in which the clock goes back; the source returns from a backup that is two hours older than the
# loss.  Nothing is lost, nothing is there twice.  doc/tour.md tells it with these screens
# (TOCSIN_GOLDEN=write takes them anew).
. "${TOCSIN_TOP:-.}/tests/e2e/weekend.sh"
answers() { # what the three answer of one moment (who is on call changes), without the age of the data
  for where in ward sab riv; do
    site=SAB
    [ $where = riv ] && site=RIV
    for query in 'rea chir' 'fax radiologie' arret 'mail cardiologie' 'laboratoire' 'dupont'; do
      lied "$tocsin" find --scope "$tmp/$where" --site $site --at "2026-10-27 10:00" "$query" | sed '/^from: /d; /^! NOT NOW: as at /d'
    done
  done
}

# -- Saturday morning
clock "2026-10-24 09:00"
pg_start
S=$(conn owner)
kept "$sync" source init --source "$S"
"$b/tocsin-sample" --date 2026-10-24 >"$tmp/sample"
kept "$sync" import --format records --source "$S" "$tmp/sample"
is "$code" 0 "the sample group is in the source"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE sab LOGIN" -c "CREATE ROLE riv LOGIN" -c "GRANT tocsin_public, tocsin_clinical TO ward" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO sab, riv"
clock "2026-10-24 09:14"
as_server "$pg_bin/pg_dump" -h "$pg_sock" -p "$pg_port" -U boss -Fc -f "$pg_sock/backup" dir
clock "2026-10-24 11:05"
sql "UPDATE tocsin.entry SET room = '999' WHERE name = 'Radiologie' AND site = 'SAB'"
pull ward sab riv
is "$code" 0 "three terminals follow it"
clock "2026-10-24 11:10"
answers >"$tmp/before"
desk ward SAB en
desk sab SAB en
desk riv RIV fr
told sab "every day"
told ward "every day, a ward"
told riv "every day, Rivemont"

# -- 11:14: the data centre is lost, and the source with it
clock "2026-10-24 11:14"
pg_stop
pull sab
is "$code" 69 "no source answers"
keys ward F4
shows ward "report it: shown here at once" "a ward reports, without any network"
typing ward "+"
fills ward "pbx-sab"
keys ward Right Enter
fills ward "12h" "no call from outside"
typing ward "NE"
told ward "11:14, a ward writes its report"
keys ward Enter
saved ward
told ward "11:14, a ward has reported"
home ward
told ward "11:14, the ward"
clock "2026-10-24 11:16"
keys sab F4
shows sab "declare it: every terminal's answers change" "a switchboard declares"
typing sab "+"
fills sab "centre nord"
keys sab Enter
fills sab "12h" "power fault" "MB"
shows sab "Centre de données, Groupe Nord is DOWN" "it is DOWN at once"
clock "2026-10-24 11:17"
typing sab "+"
fills sab "pbx-sab"
keys sab Right Enter
fills sab "12h"
typing sab "trunks dark"
told sab "11:17, a switchboard declares"
keys sab Enter
saved sab
told sab "11:17, a switchboard has declared"
clock "2026-10-24 11:18"
keys riv F4
shows riv "le déclarer" "so does another, which knows nothing of the first"
typing riv "+"
fills riv "centre nord"
keys riv Enter
fills riv "12h" "centre de données perdu" "JD"
shows riv "Centre de données, Groupe Nord EN PANNE" "in its own language"
clock "2026-10-24 11:19"
typing riv "+"
fills riv "pbx-riv"
keys riv Right Enter
fills riv "12h" ""
saved riv
told riv "11:19, Rivemont has declared"
home riv
home sab
typing sab "fax radio"
told sab "a fax is wanted"
home sab
uuid_of sab "radiologie secretariat"
at sab print --card "$uuid" --site SAB --out -
is "$code" 0 "its card is printed"
printed=$out
has "$printed" '^! 2 incidents: Calls INTO Saint-Aubin fail since 11:17; inside and outgoing work' "with what fails"
has "$(printf '%s\n' "$printed" | grep -A 2 '^fax server')" 'DOWN when printed: Centre de données, Groupe Nord' "the fax through the server is DOWN there"
has "$(printf '%s\n' "$printed" | grep -A 2 '^direct line')" '^    ward phone        0 01 99 00 58 42' "and what is left stands without it"
at sab print --board --site SAB --out -
is "$code" 0 "and the board"
has "$out" '^! 2 incidents: Calls INTO Saint-Aubin fail since 11:17; inside and outgoing work' "it says the same"
has "$out" '^if dead:   red phone      7021 ' "and what to take where the code is dead"
is "$(printf '%s\n' "$printed" "$out" | grep -c EXERCISE)" 0 "what is real is never called an exercise"
typing riv "standard"
told riv "another site"
home riv
typing ward "fax radio"
told ward "11:19, a fax at the ward"
home ward

# -- the night
clock "2026-10-24 21:40"
told sab "21:40, nobody sat here"
typing sab "rea chir"
told sab "21:40, the surgical intensive care"
keys sab Enter
typing sab "+"
shows sab "temporary number" "what can be written of it"
typing sab "1"
fills sab "red phone first" "20h"
typing sab "MB"
told sab "21:40, a note is written"
keys sab Enter
saved sab
told sab "21:40, the note on the card"
home sab
typing sab "rea chir"
told sab "21:40, the note in the row"
clock "2026-10-24 21:41"
home sab
typing sab "standard"
shows sab "0 01 99 00 36 00" "the switchboard itself"
keys sab Enter
typing sab "+"
told sab "21:41, what can be written of the switchboard"
typing sab "2"
fills sab "06 39 98 00 77" "18h"
typing sab "diverted"
told sab "21:41, the switchboard is diverted"
keys sab Enter
saved sab
told sab "21:41, the switchboard's card"
home sab
told sab "21:41, the number for now"
clock "2026-10-24 21:42"
typing sab "rea chir"
shows sab "Find: rea chir" "a call for the surgical intensive care"
keys sab F8
told sab "21:42, F8"
typing sab "1"
told sab "21:42, nobody answers"
clock "2026-10-24 21:43"
keys sab F8
typing sab "2"
told sab "21:43, busy"
clock "2026-10-24 21:44"
keys sab F8
typing sab "3"
told sab "21:44, answered"
home sab
clock "2026-10-24 21:50"
told riv "21:50, nobody sat at Rivemont"
typing riv "rea chir saint-aubin"
shows riv "rea chir saint-aubin" "Rivemont wants it too"
keys riv F8
told riv "21:50, F8 at Rivemont"
typing riv "1"
fills riv "JD"
told riv "21:50, Rivemont calls Saint-Aubin"
home riv
told riv "21:50, Rivemont"

clock "2026-10-24 23:30"
told ward "23:30, the ward"
told sab "23:30, Saint-Aubin"
told riv "23:30, Rivemont"
typing sab "fax radio"
told sab "23:30, a fax is wanted"
home sab
keys sab F4
told sab "23:30, F4"
keys sab Enter
told sab "23:30, the data centre"
typing sab "1"
shows sab "It is still so" "it is extended"
keys sab Enter
fills sab "20h" "power fault"
typing sab "MB"
told sab "23:30, the data centre is still lost"
keys sab Enter
saved sab
told sab "23:30, one is still so"
clock "2026-10-24 23:31"
keys sab Down Enter
shows sab "what is known of it" "the other too"
typing sab "1"
keys sab Enter
fills sab "20h" "trunks dark"
saved sab
told sab "23:31, both are still so"
home sab
told sab "23:31, it is DOWN again"
clock "2026-10-24 23:32"
keys riv F4
shows riv "Appels ENTRANTS" "Rivemont's lines are back"
keys riv Down Enter
told riv "23:32, the lines of Rivemont"
typing riv "2"
fills riv "" "JD"
saved riv
told riv "23:32, they are back"
home riv
told riv "23:32, Rivemont without its own"

# -- the clock goes back: half past two, twice; then three
for hour in "CEST 15" "CET 16"; do
  clock "2026-10-25 02:30 ${hour% *}"
  typing sab "rea chirurgicale interne"
  told sab "02:30 ${hour% *}, who is on call"
  home sab
  told riv "02:30 ${hour% *}, Rivemont"
  told ward "02:30 ${hour% *}, the ward"
done
clock "2026-10-25 03:00"
typing ward "interne rea chir"
told ward "03:00, the ward wants the intern"
keys ward Enter
told ward "03:00, the intern's card"
home ward

clock "2026-10-25 09:00"
shows sab "Any key begins" "nobody sat here since: who signs is asked again"
typing sab "rea chir"
shows sab "Find: rea chir" "the day shift calls"
keys sab Enter
told sab "09:00, the card"
keys sab F8
typing sab "3"
fills sab "MB"
told sab "09:00, answered"
home sab
clock "2026-10-25 09:20"
shows sab "Any key begins" "the day shift has left again: who signs is forgotten"
typing ward "rea chir"
shows ward "Find: rea chir" "the ward writes too"
keys ward Enter
typing ward "+"
shows ward "temporary number" "what a ward can write"
typing ward "1"
fills ward "handed over at nine" "24h"
typing ward "NE"
told ward "09:20, the ward's note"
keys ward Enter
saved ward
told ward "09:20, the ward's card"
home ward
for where in ward sab riv; do
  keys $where F11
  told $where "09:20, what was written: $where"
  home $where
done
acts() { # the acts of the three, each as often as it is there
  for where in ward sab riv; do lied "$tocsin" acts --scope "$tmp/$where" --json; done | sed -n 's/.*"act": *"\([0-9a-f-]*\)".*/\1/p' | sort
}
is "$(acts | wc -l)" 16 "sixteen acts were written in the night"

# -- Sunday, 14:00: the source is back, as it was two hours before the loss
clock "2026-10-25 14:00"
pg_up
as_boss postgres -c "DROP DATABASE dir" -c "CREATE DATABASE dir OWNER owner"
as_server "$pg_bin/pg_restore" -h "$pg_sock" -p "$pg_port" -U boss -d dir "$pg_sock/backup" 2>"$tmp/err"
pull sab
has "$out" 'source restored' "the first contact says so"
told sab "14:00, the source is restored: Saint-Aubin"
told riv "14:00, Rivemont has not heard of it"
told ward "14:00, the ward has not heard of it"
pull riv
pull ward
pull sab
pull riv
for where in ward sab riv; do
  told $where "14:00, all is merged: $where"
  typing $where "rea chir saint-aubin"
  told $where "14:00, the note: $where"
  keys $where Enter
  told $where "14:00, the card: $where"
  home $where
  typing $where "standard saint-aubin"
  told $where "14:00, the switchboard: $where"
  keys $where Enter
  told $where "14:00, the switchboard's card: $where"
  home $where
  typing $where "fax radiologie saint-aubin"
  told $where "14:00, a fax: $where"
  home $where
  keys $where F4
  told $where "14:00, F4: $where"
  home $where
  keys $where F11
  told $where "14:00, what was written: $where"
  home $where
done
is "$(sql "SELECT domain || CASE WHEN declared THEN ' declared' ELSE ' reported' END || CASE WHEN ended IS NULL THEN '' ELSE ' ended' END
             FROM tocsin.incident ORDER BY 1" | xargs -d '\n' printf '%s; ')" "dc-nord declared; pbx-riv declared ended; pbx-sab declared; " \
  "what two declared is one, what a ward reported is heard, what ended has ended"
has "$(sql "SELECT reason FROM tocsin.incident WHERE domain = 'dc-nord'")" '^power fault; JD 2026-10-24 09:18 UTC: centre de données perdu$' "with the reasons of both"
acts >"$tmp/here"
sql "SELECT uuid FROM tocsin.act" | sort >"$tmp/there"
is "$(diff "$tmp/here" "$tmp/there"; wc -l <"$tmp/there")" 16 "every act of the night is at the source, once"
is "$(sql "SELECT count(*) FROM tocsin.note WHERE text IN ('red phone first', 'handed over at nine')")" 2 "the notes with them"
is "$(sql "SELECT count(*) FROM tocsin.override")" 1 "and the temporary number"
clock "2026-10-25 14:05"
for where in ward sab riv; do
  rm -f "$tmp/$where/acts"
  pull $where
done
is "$(sql "SELECT count(*) FROM tocsin.act" "SELECT count(*) FROM tocsin.note WHERE by IN ('NE', 'MB')" "SELECT count(*) FROM tocsin.incident" | xargs)" "16 2 3" \
  "journals that are pushed again change nothing"
is "$(lied "$tocsin" find --scope "$tmp/ward" --site SAB --json radiologie | grep -c 'Pav. Trousseau 3e 999')" 0 "what came after the backup is not the source's any more, nor a terminal's"

# -- it is over
clock "2026-10-25 16:30"
shows sab "Any key begins" "nobody sat here for two hours"
keys sab F4
told sab "16:30, F4 before the end"
keys sab Enter
shows sab "it is over: end it" "one is ended"
typing sab "2"
fills sab "" "MB"
shows sab "failing now" "the other is left"
keys sab Home Enter
shows sab "it is over: end it" "it is ended too"
typing sab "2"
fills sab ""
saved sab
told sab "16:30, F4 after the end"
home sab
typing sab "standard"
shows sab "Find: standard" "the switchboard is diverted no more"
keys sab Enter
typing sab "+"
shows sab "suggest a correction" "what was written is taken back"
keys sab End Enter
fills sab ""
saved sab
told sab "16:30, taken back"
home sab
pull sab riv ward
is "$(sql "SELECT count(*) FROM tocsin.incident WHERE ended IS NULL" "SELECT count(*) FROM tocsin.override" | xargs)" "0 0" "all of it has ended"
for where in ward sab riv; do told $where "16:30, it is over: $where"; done
sql "UPDATE tocsin.entry SET room = '999' WHERE name = 'Radiologie' AND site = 'SAB'"
pull ward sab riv
answers >"$tmp/after"
if cmp -s "$tmp/before" "$tmp/after"; then
  ok 0 "and every answer is what it was"
else
  diff "$tmp/before" "$tmp/after" | sed 's/^/# /'
  ok 1 "and every answer is what it was"
fi
kept "$sync" source check --source "$S"
is "$code" 0 "the feed is what the tables say"
done_testing
