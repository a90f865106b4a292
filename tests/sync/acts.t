#!/bin/sh
# What terminals write reaches the source once, whatever happens on the way, and what becomes of it
# reaches the terminals.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
tocsin=$b/tocsin
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE kiosk LOGIN" -c "CREATE ROLE ward LOGIN" -c "CREATE ROLE desk LOGIN" -c "CREATE ROLE head LOGIN" \
  -c "GRANT tocsin_public TO kiosk" -c "GRANT tocsin_public, tocsin_clinical TO ward" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard TO desk" -c "GRANT tocsin_admin TO head"
sql <<'SQL'
INSERT INTO tocsin.plan (code, country, outside_prefix) VALUES ('SAB', 'FR', '0');
INSERT INTO tocsin.site (code, name, plan, country) VALUES ('SAB', 'Saint-Aubin', 'SAB', 'FR');
INSERT INTO tocsin.entry (uuid, name, site, floor)
  SELECT ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'Service ' || i, 'SAB', '2'
    FROM generate_series(1, 9) i;
INSERT INTO tocsin.contact (uuid, entry, number, kind, plan)
  SELECT ('63000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid,
         ('65000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, '773' || i, 'extension', 'SAB'
    FROM generate_series(1, 9) i;
SQL
for who in kiosk ward desk; do "$sync" pull --source "$(conn $who)" --cache "$tmp/$who" >/dev/null 2>&1; done
at() { # terminal, command ...: tocsin there
  who=$1
  shift
  "$tocsin" --scope "$tmp/$who" "$@" >"$tmp/out" 2>"$tmp/err"
  code=$?
  out=$(cat "$tmp/out")
  err=$(cat "$tmp/err")
}
pull() { run pull --source "$(conn "$1")" --cache "$tmp/$1"; }
e() { printf '65000000-0000-0000-0000-%012d' "$1"; }
state() { # terminal, text in it: the state of an act
  "$tocsin" --scope "$tmp/$1" acts --json |
    perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->decode(<STDIN>); my $t = shift;
      print join " ", map { $_->{state} . ($_->{reason} ? " ($_->{reason})" : "") } grep { JSON::PP->new->canonical->encode($_->{payload}) =~ /$t/ } @{$j->{acts}}' -- "$2"
}

# -- a note, its way there and back
at ward note "$(e 1)" "ring twice" --initials NE
pull ward
has "$code $out" '^0 .*1 answered' "a pull sends what was written"
is "$(sql "SELECT entry || ' ' || text || ' ' || by FROM tocsin.note")" "$(e 1) ring twice NE" "the note is a row of the source"
is "$(state ward 'ring twice')" applied "the terminal knows that it is applied"
at ward show "$(e 1)"
has "$out" 'note: ring twice \(NE [^()]*, until [^()]*\)$' "the same pull brought it back, confirmed"
is "$(printf '%s\n' "$out" | grep -c 'ring twice')" 1 "and it stands there once"
pull desk
at desk show "$(e 1)"
has "$out" 'note: ring twice \(NE [^()]*, until [^()]*\)$' "another terminal has it"

# -- by tier
at kiosk override "$(e 2)" "06 39 98 00 02" --until 2h
at ward override "$(e 2)" "06 39 98 00 03" --until 2h
at desk override "$(e 2)" "06 39 98 00 04" --until 2h --of 7732
for who in kiosk ward desk; do pull $who; done
is "$(sql "SELECT number FROM tocsin.override")" 0639980004 "a switchboard sets a temporary number, nobody else does"
is "$(state kiosk 998000) $(state ward 998000)" "waits waits" "what a ward proposes waits for a person"
at ward show "$(e 2)"
pull ward
at ward show "$(e 2)"
has "$out" 'for now: 06 39 98 00 04 until' "and the ward has the switchboard's"
# absent until, covered by: proposed by a ward, set by a switchboard, and back again
sql "UPDATE tocsin.entry SET type = 'person' WHERE uuid = '$(e 4)'"
for who in kiosk ward; do pull $who; done
away() { sql "SELECT coalesce(string_agg(text || ' ' || by || ' ' || covered_by, ', '), 'none') FROM tocsin.absence"; }
pull desk
at desk absence "$(e 4)" --until 3d --cover "$(e 5)" --reason leave --initials DM
at ward absence "$(e 4)" --until 2d --reason gone
for who in desk ward; do pull $who; done
is "$(away)" "leave DM $(e 5)" "a switchboard says who is absent and who covers"
is "$(state desk leave) $(state ward gone)" "applied waits" "a ward proposes it"
at ward show "$(e 4)"
has "$out" '! absent until .*: covered by Service 5.*: leave \(DM' "another terminal says so before the number, as confirmed"
absence=$(sql "SELECT uuid FROM tocsin.absence")
at ward withdraw "$(e 4)" "$absence"
at kiosk absence "$(e 4)" --until 2d --reason kiosk
for who in ward kiosk; do pull $who; done
is "$(state ward "$(sql "SELECT tocsin.short('$absence')")") $(state kiosk kiosk)" "refused (another terminal wrote it) waits" "a ward that takes it back is refused"
hex=$(sql "SELECT encode(convert_to(replace(convert_from(record, 'UTF8'), tocsin.short(uuid), tocsin.short(gen_random_uuid())), 'UTF8'), 'hex') FROM tocsin.act WHERE kind = 'absence' AND terminal = 'desk'")
sql "UPDATE tocsin.entry SET audience = 'switchboard' WHERE uuid = '$(e 5)'"
has "$(sql_as ward "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^aside.the entry that stands in is gone' "who covers is somebody whom the terminal may read"
sql "UPDATE tocsin.entry SET audience = 'public' WHERE uuid = '$(e 5)'"
hex=$(sql "SELECT encode(convert_to(replace(convert_from(record, 'UTF8'), tocsin.short(uuid), tocsin.short(gen_random_uuid())), 'UTF8'), 'hex') FROM tocsin.act WHERE kind = 'absence' AND terminal = 'desk'")
has "$(sql_as ward "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^waits' "whoever sends a switchboard's act, it is a proposal"
has "$(sql_as head "SELECT tocsin.accept_act(uuid, false) FROM tocsin.act WHERE kind = 'absence' AND terminal = 'ward' AND payload ? 'cover' AND outcome = 'waits'")" '^applied' "which a person accepts"
sql "DELETE FROM tocsin.absence WHERE uuid <> '$absence'"
for who in ward desk; do pull $who; done
at desk absence "$(e 4)" back
pull desk
is "$(away)" none "back again: it is gone"
sql "INSERT INTO tocsin.absence (entry, until, text) VALUES ('$(e 4)', now() + interval '1 day', 'by hand')"
pull desk
at desk absence "$(e 4)" back
pull desk
is "$(away)" none "so is one that was written at the source"
# what is kept and changes nothing: a try, a masked number that was looked at
at ward attempt "$(e 3)" busy
at kiosk attempt "$(e 3)" no-answer
for who in kiosk ward; do pull $who; done
is "$(state ward busy) $(state kiosk no-answer)" "applied applied" "a try to reach somebody is kept"
hex=$(sql "SELECT encode(convert_to(replace(replace(convert_from(record, 'UTF8'), E'type\tattempt', E'type\treveal'),
  tocsin.short(uuid), tocsin.short(gen_random_uuid())), 'UTF8'), 'hex') FROM tocsin.act WHERE kind = 'attempt' AND terminal = 'kiosk'")
has "$(sql_as kiosk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^applied' "so is that a masked number was looked at"
# red phones and pagers: what works is verified, what does not is a note until it works
sql "INSERT INTO tocsin.site (code, name, plan, country) VALUES ('TST', 'Test', 'SAB', 'FR')" \
  "INSERT INTO tocsin.entry (name, site, floor) VALUES ('Round', 'TST', '1')" \
  "INSERT INTO tocsin.contact (entry, number, kind, plan) SELECT uuid, n, 'red-phone', 'SAB' FROM tocsin.entry, unnest(ARRAY['7790', '7791']) AS n WHERE name = 'Round'"
pull ward
round() { # terminal, answers: of the walk
  printf "$2" | "$tocsin" --scope "$tmp/$1" round walk --site TST --initials NE >/dev/null 2>&1
}
noted() { sql "SELECT coalesce(string_agg(text, ', '), 'none') FROM tocsin.note WHERE text LIKE '%779%'"; }
round ward '1\n2\n'
pull ward
is "$(sql "SELECT string_agg(number || ' ' || coalesce(verified_by || ' ' || verified_how, 'never'), ', ' ORDER BY number) FROM tocsin.contact WHERE number LIKE '779%'")" \
  "7790 NE test, 7791 never" "a red phone that works is verified"
is "$(noted)" "red phone 7791: tested: silent" "one that does not is a note"
pull desk
has "$("$tocsin" --scope "$tmp/desk" find Round --site TST --json | tr -d ' \n')" '"number":"7791".*"doubt":"test".*"test":"silent".*"tested_by":"NE"' "which every terminal knows the red phone by"
pull kiosk
round kiosk '\n3\n'
pull kiosk
is "$(noted) $(sql "SELECT outcome FROM tocsin.act WHERE kind = 'test' AND terminal = 'kiosk'")" "red phone 7791: tested: silent waits" "what a kiosk finds waits for a person"
pull desk
round desk '\n1\n'
pull desk
is "$(noted)" none "it works: the note is gone"
run suggestions accept "$(sql "SELECT uuid FROM tocsin.act WHERE kind = 'test' AND terminal = 'kiosk'")" --source "$(conn head)"
is "$code $(noted)" "0 none" "what was found before that says nothing any more"
at desk withdraw "$(sql "SELECT uuid FROM tocsin.entry WHERE name = 'Round'")" "$(sql "SELECT uuid FROM tocsin.act WHERE kind = 'test' AND terminal = 'desk'")"
pull desk
is "$(sql "SELECT coalesce(verified::text, 'never') FROM tocsin.contact WHERE number = '7791'")" never "a test of the wrong set is taken back"
# the table of core/act.c holds at the source also for a terminal that does not keep to it
hex=$(sql "SELECT encode(record, 'hex') FROM tocsin.act WHERE kind = 'override' AND terminal = 'desk'")
sql "DELETE FROM tocsin.override" "DELETE FROM tocsin.act WHERE terminal = 'desk'"
has "$(sql_as kiosk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^waits' "a kiosk that sends a switchboard's act proposes it"
has "$(sql_as desk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^waits' "the same act has one fate"
has "$(sql_as kiosk "SELECT * FROM tocsin.act")" 'permission denied' "a terminal cannot read the acts"
has "$(sql_as kiosk "INSERT INTO tocsin.note (entry, text) VALUES ('$(e 1)', 'x')")" 'permission denied' "nor write past the function"
as_boss dir -c "GRANT tocsin_writer TO kiosk"
is "$(sql_as kiosk "SELECT count(*) FROM tocsin.act WHERE terminal <> 'kiosk'")" 0 "behind the first wall, row security shows it its own alone"
as_boss dir -c "REVOKE tocsin_writer FROM kiosk"
is "$(sql "SELECT string_agg(course, ',' ORDER BY array_position(ARRAY['public','clinical','switchboard','restricted','admin'], tier::text)) FROM tocsin.act_rule WHERE kind = 'note'")" \
  suggested,applied,applied,applied,applied "the source has the table of the program"

# -- what is not for this terminal
sql "UPDATE tocsin.entry SET audience = 'clinical' WHERE uuid = '$(e 3)'"
pull ward
at ward note "$(e 3)" "behind the wall"
hexes=$(od -An -v -tx1 "$tmp/ward/journal/"* | tr -d ' \n')
at ward note "$(e 4)" "for clinicians" --audience clinical
pull ward
is "$(sql "SELECT audience FROM tocsin.note WHERE text = 'for clinicians'")" clinical "a note for one audience is that audience's part"
pull kiosk
at kiosk show "$(e 4)"
is "$(printf '%s\n' "$out" | grep -c 'for clinicians')" 0 "and no other's"
hex=$(sql "SELECT encode(record, 'hex') FROM tocsin.act WHERE payload ->> 'text' = 'behind the wall'")
sql "DELETE FROM tocsin.act WHERE payload ->> 'text' = 'behind the wall'" "DELETE FROM tocsin.note WHERE text = 'behind the wall'"
has "$(sql_as kiosk "SELECT * FROM tocsin.push_acts(1, ARRAY['\\x$hex'::bytea])")" '^refused.not an audience' "nobody writes about what they may not read"

# -- three times, and cut off in between
acts() { sql "SELECT count(*) || ' ' || (SELECT count(*) FROM tocsin.note) || ' ' || (SELECT count(*) FROM tocsin.override) FROM tocsin.act"; }
before=$(acts)
rev=$(sql "SELECT revision FROM tocsin.sync_head")
for i in 1 2 3; do
  rm -f "$tmp/ward/acts"
  pull ward
done
is "$(acts)" "$before" "a whole journal that is pushed three times changes nothing"
is "$(sql "SELECT revision FROM tocsin.sync_head")" "$rev" "and makes no revision"
is "$(state ward 'ring twice')" applied "each time it is answered the same"
at ward note "$(e 5)" "reply lost"
cp "$tmp/ward/acts" "$tmp/acts.before"
pull ward
cp "$tmp/acts.before" "$tmp/ward/acts" # as if it had been killed between the answer and the file
pull ward
is "$(sql "SELECT count(*) FROM tocsin.note WHERE text = 'reply lost'")" 1 "a lost reply doubles nothing"
is "$(state ward 'reply lost')" applied "and is answered the next time"

# -- suggestions
at ward suggest "$(e 6)" floor 3 --reason moved --initials NE
at ward suggest "$(e 6)" number 7799 --site SAB
at ward suggest "$(e 7)" floor 4
pull ward
H=$(conn head)
run suggestions --source "$H"
has "$code $out" 'suggestion  SAB Service 6  \(ward, NE\)  floor: "3" instead of "2", moved' "a person sees what waits"
pick() { "$sync" suggestions list --json --source "$H" | perl -MJSON::PP -ne 'BEGIN { $t = shift } my $j = decode_json($_); print $j->{act} if JSON::PP->new->canonical->encode($j) =~ /$t/' -- "$1"; }
run suggestions accept "$(pick '"now":"3"')" --source "$H"
has "$code $out" '^0 accepted' "accepts one"
is "$(sql "SELECT floor || ' ' || pinned::text FROM tocsin.entry WHERE uuid = '$(e 6)'")" '3 {floor}' "which is then so, and pinned"
run suggestions accept "$(pick '"now":"7799"')" --source "$H"
is "$(sql "SELECT number || ' ' || plan || ' ' || pinned || ' ' || replaces_number FROM tocsin.contact WHERE entry = '$(e 6)'")" '7799 SAB true 7736' \
  "a number is replaced whole"
sql "UPDATE tocsin.entry SET floor = '5' WHERE uuid = '$(e 7)'"
run suggestions accept "$(pick '"now":"4"')" --source "$H"
fails 65 'changed since' "a field that was changed since is not overwritten"
run suggestions accept "$(pick '"now":"4"')" --anyway --source "$H"
is "$code $(sql "SELECT floor FROM tocsin.entry WHERE uuid = '$(e 7)'")" "0 4" "unless a person says so"
run suggestions refuse "$(pick 9980002)" --source "$H"
has "$code $out" '^0 refused' "or refuses one"
run suggestions accept 65000000-0000-0000-0000-00000000ffff --source "$H"
fails 1 'no such' "one that is not there"
run suggestions list --source "$(conn ward)"
fails 77 'does not let this role' "a terminal accepts nothing"
pull kiosk
is "$(state kiosk 9980002)" refused "the terminal that wrote it hears of it"
pull ward
at ward show "$(e 6)"
is "$(printf '%s\n' "$out" | grep -c 'suggestion')" 0 "what was accepted stands beside no longer"
at ward suggest "$(e 8)" floor 9
sql "UPDATE tocsin.entry SET floor = '9' WHERE uuid = '$(e 8)'"
pull ward
id=$(pick '"now":"9"')
run suggestions accept "$id" --source "$H"
is "$code $(sql "SELECT outcome FROM tocsin.act WHERE uuid = '$id'")" "0 done" "the same value is done"

# -- what can never succeed
at ward note "$(e 9)" "too late"
sql "DELETE FROM tocsin.entry WHERE uuid = '$(e 9)'"
at ward note "$(e 5)" "goes on"
pull ward
is "$(state ward 'too late')" "aside (the entry is gone)" "a note on an entry that is gone is set aside, with a word"
is "$(state ward 'goes on')" applied "and the rest goes on"
is "$(sql "SELECT count(*) FROM tocsin.entry WHERE uuid = '$(e 9)'")" 0 "no act brings an entry back"
at ward note "$(e 5)" "breaks the source"
sql "ALTER TABLE tocsin.note ADD CONSTRAINT test_breaks CHECK (text <> 'breaks the source')"
at ward note "$(e 5)" "behind it"
for i in 1 2 3 4 5; do pull ward; done
is "$(state ward 'breaks the source')" "aside (the source cannot take it (23514))" "an act that can never succeed is set aside after five tries"
is "$(state ward 'behind it')" applied "and did not hold up what came behind it"
sql "ALTER TABLE tocsin.note DROP CONSTRAINT test_breaks"

# -- another program is about it
at ward note "$(e 5)" "one at a time"
before=$(cat "$tmp/ward/acts" | sha256sum)
exec 8>"$tmp/ward/acts.lock"
flock -n 8
pull ward
is "$code $(sql "SELECT count(*) FROM tocsin.note WHERE text = 'one at a time'") $(cat "$tmp/ward/acts" | sha256sum)" "0 0 $before" "what another program is sending is left to it"
exec 8>&-
pull ward
is "$(sql "SELECT count(*) FROM tocsin.note WHERE text = 'one at a time'")" 1 "and goes the next time"

# -- taken back
at desk note "$(e 5)" "desk's own"
pull desk
id=$(sql "SELECT uuid FROM tocsin.note WHERE text = 'desk''s own'")
pull ward
at ward withdraw "$(e 5)" "$id"
pull ward
is "$(sql "SELECT count(*) FROM tocsin.note WHERE uuid = '$id'")" 1 "a ward takes back nothing of others"
at desk note "$(e 5)" "desk's second"
pull desk
id=$(sql "SELECT uuid FROM tocsin.note WHERE text = 'desk''s second'")
pull ward
sql "DELETE FROM tocsin.act WHERE uuid = '$id'" # as in a source made anew from records
forged=$(sql "SELECT convert_from(record, 'UTF8') FROM tocsin.act WHERE kind = 'note' AND terminal = 'ward' AND outcome = 'applied' LIMIT 1" | sed "/^\$/d; 1s/[^	]*\$/$(sql "SELECT tocsin.short('$id')")/; s/text=.*/text=mine/")
has "$(sql_as ward "SELECT * FROM tocsin.push_acts(1, ARRAY[convert_to(\$x\$$forged
\$x\$, 'UTF8')])")" '^refused.another note has this UUID' "nor takes the place of one by its UUID"
at ward withdraw "$(e 5)" "$id"
pull ward
is "$(sql "SELECT text FROM tocsin.note WHERE uuid = '$id'")" "desk's second" "and so takes nothing back either"
own=$(sql "SELECT uuid FROM tocsin.note WHERE text = 'goes on'")
at ward withdraw "$(e 5)" "$own"
pull ward
is "$(sql "SELECT count(*) FROM tocsin.note WHERE uuid = '$own'")" 0 "but its own"
at desk withdraw "$(e 5)" "$(sql "SELECT uuid FROM tocsin.note WHERE text = 'reply lost'")"
pull desk
is "$(sql "SELECT count(*) FROM tocsin.note WHERE text = 'reply lost'")" 0 "and a switchboard whatever it was"
for i in 1 2; do
  rm -f "$tmp/ward/acts"
  pull ward
done
is "$(sql "SELECT count(*) FROM tocsin.note WHERE uuid = '$own' OR text = 'reply lost'")" 0 "what was taken back does not return with a journal that is pushed again"

# -- a restored source
as_boss postgres -c "CREATE DATABASE backup TEMPLATE dir OWNER owner"
at ward note "$(e 1)" "after the backup"
pull ward
is "$(state ward 'after the backup')" applied "applied"
as_boss postgres -c "ALTER DATABASE dir RENAME TO lost" -c "ALTER DATABASE backup RENAME TO dir"
sql "UPDATE tocsin.entry SET room = 'r' WHERE uuid = '$(e 2)'" "UPDATE tocsin.entry SET room = 's' WHERE uuid = '$(e 2)'"
pull ward
has "$out" 'offered again, since the source was restored' "a restored source is offered all of it again"
is "$(sql "SELECT count(*) FROM tocsin.note WHERE text = 'after the backup'")" 1 "and has what it had lost"
is "$(sql "SELECT count(*) FROM tocsin.note WHERE text = 'ring twice'")" 1 "and nothing twice"
at ward show "$(e 1)"
has "$out" 'note: after the backup \(unsigned [^()]*\)$' "which the terminal has, confirmed"

is "$(state ward 'after the backup')" applied "by the pull that repaired to it"

# -- nobody there
at ward note "$(e 1)" "while it is down"
run pull --source "host=$tmp user=ward dbname=dir" --cache "$tmp/ward"
is "$(state ward 'while it is down')" pending "with no source it waits"
has "$out" '1 wait' "which is said"
run status --cache "$tmp/ward"
has "$out" 'queue +1 not confirmed' "status counts it"
at ward show "$(e 1)"
has "$out" 'note: not confirmed: while it is down \(unsigned ' "and is shown"
pull ward
is "$(state ward 'while it is down')" applied "until there is one"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"

# -- a grant lost: what was written about what is no longer there goes too, once the source has answered
sql "INSERT INTO tocsin.entry (uuid, name, site, audience, floor) VALUES ('$(e 10)', 'Soins', 'SAB', 'clinical', 'MARK-was')"
pull ward
at ward note "$(e 10)" MARK-note
at ward suggest "$(e 10)" floor 3 --reason MARK-why
at ward note "$(e 1)" "of what stays"
pull ward
is "$(state ward MARK-note) $(state ward MARK-was)" "applied waits" "a terminal has written about clinicians, and knows what became of it"
at ward note "$(e 10)" MARK-late
# of another account too, whose journal is no one's but its own to write
other=nobody
if [ "$(id -u)" = 0 ]; then
  cp "$tocsin" "$tmp/tocsin"
  (cd / && setpriv --reuid="$other" --regid="$(stat -c %g "$tmp/ward/journal")" --clear-groups "$tmp/tocsin" --scope "$tmp/ward" note "$(e 10)" MARK-other) >"$tmp/out" 2>&1
  [ "$(find "$tmp/ward/journal" -user "$other" -name '[0-9]*' -size +0 | wc -l)" = 1 ]
  ok $? "another account has written about them too"
  late=pending
else
  late=
fi
for left in acts state cache/current; do echo MARK-left >"$tmp/ward/$left.aB3dEf"; done
touch -d '2 hours ago' "$tmp/ward/state.aB3dEf"
as_boss dir -c "REVOKE tocsin_clinical FROM ward" -c "ALTER FUNCTION tocsin.push_acts(int, bytea[]) RENAME TO push_kept"
pull ward
is "$(state ward MARK-late) $(state ward MARK-note)" "pending " "the grant lost, what the source does not know is kept, and nothing else of it"
is "$(state ward MARK-other)" "$late" "nor is what the other account wrote lost"
is "$(cd "$tmp/ward" && grep -rlE 'MARK-(note|w|left)' .)" "" "in no file"
is "$(cd "$tmp/ward" && grep -rlE 'MARK-' .)" ./acts "and what waits for its answer is in the queue alone"
as_boss dir -c "ALTER FUNCTION tocsin.push_kept(int, bytea[]) RENAME TO push_acts"
pull ward
is "$(cd "$tmp/ward" && grep -rl MARK .)$(state ward MARK-late)" "" "and once it is answered that goes too"
is "$(state ward 'of what stays')" applied "what is about the rest stays"
done_testing
