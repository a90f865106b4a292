#!/bin/sh
# An exercise that one switchboard begins: the terminals that it names play it, and no other one; a ward
# neither holds it nor begins one; whatever really fails anywhere ends it for all of them.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
tocsin=$b/tocsin
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" -c "CREATE ROLE night LOGIN" -c "CREATE ROLE other LOGIN" \
  -c "GRANT tocsin_public, tocsin_clinical TO ward" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk, night, other"
sql <<'SQL'
INSERT INTO tocsin.plan (code) VALUES ('SAB');
INSERT INTO tocsin.domain (code, name, kind) VALUES ('pbx-sab', 'PBX Saint-Aubin', 'pbx'), ('mail', 'Mail', 'data-centre'), ('fax', 'Fax', 'data-centre');
INSERT INTO tocsin.site (code, name, plan) VALUES ('SAB', 'Saint-Aubin', 'SAB');
UPDATE tocsin.plan SET domain = 'pbx-sab' WHERE code = 'SAB';
WITH e AS (INSERT INTO tocsin.entry (name, site) VALUES ('Urgences', 'SAB') RETURNING uuid)
  INSERT INTO tocsin.contact (entry, kind, number, plan) SELECT uuid, 'extension', '4100', 'SAB' FROM e;
SQL
for who in ward desk night other; do
  mkdir -p "$tmp/conf/$who/tocsin"
  printf '[terminal]\nname = %s\nsite = SAB\nscope = %s\n' "$who" "$tmp/$who" >"$tmp/conf/$who/tocsin/tocsin.conf"
done
at() { # terminal, command ...
  who=$1
  shift
  XDG_CONFIG_HOME=$tmp/conf/$who "$tocsin" "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
pull() { for who; do run pull --source "$(conn "$who")" --cache "$tmp/$who"; done; }
plays() { # terminal: "plays" or "real"
  at "$1" find urgences
  case $out in *EXERCISE*DOWN*) echo plays ;; *EXERCISE*) echo half ;; *) echo real ;; esac
}
pull ward desk night other

at ward exercise begin Blanc --domain pbx-sab
has "$code $err" '^65 .*a switchboard begins and ends' "a ward begins none"
at desk exercise begin "Exercice blanc" --domain pbx-sab --terminals night,ward --until 2h --initials MB
is "$(plays desk) $(plays night)" "plays real" "begun at the desk: it is played there, without any network"
pull desk night other ward
has "$(sql "SELECT name || ' ' || audience || ' ' || (SELECT string_agg(terminal, '+' ORDER BY terminal) FROM tocsin.exercise_terminal) FROM tocsin.exercise")" \
  '^Exercice blanc switchboard desk\+night\+ward$' "it travels, for the switchboards alone"
is "$(plays desk) $(plays night) $(plays other)" "plays plays real" "the terminals that it names play it, and no other"
is "$(plays ward)" real "a ward is not in it for being named"
at ward exercise
has "$code $out" '^1 no exercise' "nor does it hold it"
at other exercise
has "$out" 'Exercice blanc: EXERCISE until' "another switchboard sees that it is on"

# -- what is tried in it
entry=$(sql "SELECT uuid FROM tocsin.entry")
at night attempt "$entry" no-answer --initials JD
pull night desk other
at desk show "$entry"
has "$out" 'no answer' "what one desk tried in it, the other sees in it"
at desk show "$entry" --real
is "$(printf '%s' "$out" | grep -c 'no answer')" 0 "and not among what is real"
at other show "$entry"
is "$(printf '%s' "$out" | grep -c 'no answer')" 0 "nor does anybody else"

# -- ended by a person, from another desk
at other exercise end "$(sql "SELECT uuid FROM tocsin.exercise")" --initials NE
pull other desk night
is "$(plays desk) $(plays night)" "real real" "a switchboard that is not in it ends it for all"
at night exercise
has "$out" 'Exercice blanc: Exercise ended' "and that is said"

# -- what really fails
sql "INSERT INTO tocsin.incident (domain, directions, since, declared) VALUES ('mail', '{inside}', now() - interval '2 h', true)"
pull desk night ward
at desk exercise begin Second --domain pbx-sab --terminals night
pull desk night
is "$(plays desk) $(plays night)" "plays plays" "an exercise is begun beside what fails already"
at ward incident report fax --reason "smoke in the server room"
pull ward
has "$(sql "SELECT broken FROM tocsin.exercise WHERE name = 'Second'")" '^fax$' "a ward reports what really fails: the source ends it"
pull desk night
is "$(plays desk) $(plays night)" "real real" "at every terminal"
at night exercise
has "$out" 'Second: Exercise ended: real incident Fax' "with a sentence"
at ward incident end fax
pull ward desk night
is "$(plays desk) $(plays night)" "real real" "it does not begin again when that is over"

at desk exercise begin Third --domain pbx-sab --terminals night
pull desk night
is "$(plays night)" plays "a third one"
sql "INSERT INTO tocsin.incident (domain, directions, since, declared) VALUES ('fax', '{inside}', now() - interval '3 h', true)"
pull night
is "$(plays night)" real "an incident that is written down with an earlier beginning ends it too"

# -- a report from before is declared in it
at other incident report pbx-sab
pull other desk
at desk exercise begin Fourth --domain pbx-sab --terminals night
pull desk night
is "$(plays night)" plays "begun beside a report"
sql "UPDATE tocsin.incident SET declared = true WHERE NOT declared"
pull night
is "$(plays night)" real "whose being declared ends it"

# -- begun where nobody could hear of what fails
sql "UPDATE tocsin.incident SET ended = now() WHERE ended IS NULL"
pull desk night
sql "INSERT INTO tocsin.incident (domain, directions, declared) VALUES ('mail', '{inside}', true)"
at desk exercise begin Fifth --domain pbx-sab --terminals night
is "$(plays desk)" plays "begun where the source could not be reached"
pull desk night
is "$(plays desk) $(plays night)" "real real" "what it had not heard of ends it when it does"

# -- by hand, and a ward that is meant
sql "UPDATE tocsin.incident SET ended = now() WHERE ended IS NULL"
sql "WITH x AS (INSERT INTO tocsin.exercise (name, audience, since, until) VALUES ('By hand', 'public', now(), now() + interval '9 h') RETURNING uuid),
          d AS (INSERT INTO tocsin.exercise_domain SELECT uuid, 'pbx-sab' FROM x)
     INSERT INTO tocsin.exercise_terminal SELECT uuid, 'ward' FROM x"
pull ward desk
is "$(plays ward) $(plays desk)" "plays real" "a ward takes part where it is named and the audience is a ward's"
at ward exercise --json
has "$out" '"until": [0-9]+' "until when"
is "$(perl -MJSON::PP -e 'local $/; my $x = decode_json(<STDIN>)->{exercises}[0]; print $x->{until} - $x->{from}' <"$tmp/out")" 14400 "four hours at most, whatever was written"

rm -f "$tmp/desk/acts" "$tmp/night/acts"
before=$(sql "SELECT count(*), count(ended), count(broken) FROM tocsin.exercise")
pull desk night
is "$(sql "SELECT count(*), count(ended), count(broken) FROM tocsin.exercise")" "$before" "journals that are pushed again change nothing"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"
done_testing
