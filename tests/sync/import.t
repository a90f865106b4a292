#!/bin/sh
# An import into the source: the plan of a cache, one transaction, and what people set is left.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn editor)
as_boss dir -c "CREATE ROLE editor LOGIN" -c "CREATE ROLE ward LOGIN"
run source init --source "$(conn owner)"
as_boss dir -c "GRANT tocsin_admin TO editor" -c "GRANT tocsin_public TO ward"
cat >"$tmp/map" <<'M'
[map]
country = FR
new-sites = make
[key]
columns = id
[fields]
name = {nom}
site = {site}
unit = {pole} / {service}
building = {batiment}
type = service
critical = {critique}
alias = {dit}
[contact phone]
number = {tel}
kind = ddi
label = {pole}
[contact fax]
number = {fax}
kind = fax
check-number = 4410
[contact night]
number = {nuit}
kind = mobile
audience = switchboard
M
head='id;nom;site;pole;service;batiment;critique;dit;tel;fax;nuit'
cat >"$tmp/in.csv" <<R
$head
1;Réanimation;SAB;Pôle A;Réa;Alma;oui;réa;01 99 00 52 31;01 99 00 52 40;06 39 98 12 34
2;Cardiologie \\t "C";SAB;Pôle A;;Alma;;;01 99 00 52 32 / 01 99 00 52 33;Néant;
3;Pneumologie;RIV;;Pneumo;;;;199005234;;
4;Radiologie;RIV;Pôle B;;;;;01.99.00.52.35;;
5;Laboratoire;RIV;Pôle B;;;;;+33 1 99 00 52 36;xxx;06 39 98 12 35
6;Pharmacie;RIV;;;;;;01 99 00 52 37;;
R
imp() { run import "$tmp/in.csv" --map "$tmp/map" --origin house "$@"; }
rev() { sql "SELECT revision FROM tocsin.sync_head"; }
agrees() { # what the source and a cache of the same file hold, without what SQL gives of itself
  "$sync" export --cache "$tmp/cache" --output "$tmp/stream" && sql "SELECT encode(record, 'hex') FROM tocsin.feed WHERE live" | sort >"$tmp/theirs"
  "$b/tests/sync/tool_records" "$tmp/cache" | sort >"$tmp/mine"
  sql "SELECT uuid || ' ' || audience || ' ' || encode(sha256(record), 'hex') FROM tocsin.feed WHERE live" | sort >"$tmp/theirs"
  is "$(cat "$tmp/theirs")" "$(cat "$tmp/mine")" "$1"
}

run import "$tmp/in.csv" --map "$tmp/map" --origin house
fails 64 'import needs --cache PATH or --source CONNINFO' "one of the two is needed"
r0=$(rev)
imp --source "$S" --dry-run
has "$code $out" '^0 ' "a dry run"
has "$out" '^plan: 8 added' "plans six entries and two sites"
is "$(rev)" "$r0" "and writes nothing"
imp --source "$S"
has "$code $out" '^0 ' "the import succeeds"
has "$out" '^revision [0-9]+ is published' "and says its revision"
is "$(rev)" $((r0 + 1)) "one revision for all of it"
imp --cache "$tmp/cache"
agrees "the source holds byte for byte what a cache of the same file holds"
imp --source "$S"
has "$out" 'nothing to change' "a second run changes nothing"
is "$(rev)" $((r0 + 1)) "and is no revision"

sed -i 's/01 99 00 52 37/01 99 00 52 38/; s/;Pôle B;;;;;01.99/;Pôle C;;;;;01.99/; /^3;/d; s/;réa;/;soins;/' "$tmp/in.csv"
imp --source "$S" --allow-removals all
has "$out" '^plan: 0 added, 3 changed, 1 removed' "changes and a removal are planned field by field"
is "$(rev)" $((r0 + 2)) "and are one revision"
imp --cache "$tmp/cache" --allow-removals all
agrees "the source is again what a cache would be"

# what a person sets stays
sql "UPDATE tocsin.entry SET building = 'Iéna' WHERE name = 'Laboratoire'" \
  "UPDATE tocsin.contact SET number = '0199005299', e164 = '+33199005299' WHERE number = '0199005238'" \
  "INSERT INTO tocsin.note (entry, text) SELECT uuid, 'porte 3' FROM tocsin.entry WHERE name = 'Radiologie'" \
  "INSERT INTO tocsin.contact (entry, number, kind) SELECT uuid, '4411', 'extension' FROM tocsin.entry WHERE name = 'Radiologie'" \
  "UPDATE tocsin.site SET code = 'RIW' WHERE code = 'RIV'" "UPDATE tocsin.site SET code = 'RIV' WHERE code = 'RIW'"
sed -i 's/^5;Laboratoire;RIV;Pôle B;;;/5;Laboratoire;RIV;Pôle B;;Wagram;/; s/01 99 00 52 38/01 99 00 52 39/' "$tmp/in.csv"
imp --source "$S"
has "$out" 'Laboratoire .*building “Iéna” was set by a person, the file says “Wagram”' "a field that a person changed by SQL is pinned, and the difference told"
has "$out" 'Pharmacie .*“0199005299” was set by a person' "so is a number"
is "$(sql "SELECT building FROM tocsin.entry WHERE name = 'Laboratoire'" "SELECT count(*) FROM tocsin.contact WHERE number = '0199005299'")" "Iéna
1" "and both are left"
is "$(sql "SELECT count(*) FROM tocsin.entry WHERE 'site' = ANY (pinned)")" 0 "a code that was renamed pins nothing"
is "$(sql "SELECT count(*) FROM tocsin.note" "SELECT count(*) FROM tocsin.contact WHERE number = '4411'")" "1
1" "what people added is left too"

sql "UPDATE tocsin.entry SET audience = 'clinical' WHERE name = 'Radiologie'" "UPDATE tocsin.contact SET audience = 'restricted' WHERE number = '0199005240'"
imp --source "$S"
is "$(sql "SELECT audience FROM tocsin.entry WHERE name = 'Radiologie'" "SELECT audience FROM tocsin.contact WHERE number = '0199005240'" \
  "SELECT count(*) FROM tocsin.feed WHERE live AND audience = 'public' AND (record LIKE '%0199005235%'::bytea OR record LIKE '%0199005240%'::bytea)")" \
  "clinical
restricted
0" "what a person took from the public stays away from it, numbers and all"

sql "UPDATE tocsin.contact SET audience = NULL, pinned = false WHERE number = '0199005240'"

# what a person deleted stays deleted, until it is told otherwise or somebody makes it anew
sql "DELETE FROM tocsin.entry WHERE name = 'Laboratoire'" "DELETE FROM tocsin.contact WHERE number = '0199005240'"
before=$(rev)
imp --source "$S" --dry-run
has "$out" '^left .*Laboratoire \[5\]: a person deleted it at the source: it stays deleted; --allow-deleted' "what a person deleted is left deleted, and the plan says so"
has "$out" '^left .*fax “0199005240”: a person deleted it' "so is a number"
has "$out" '^plan: 0 added, 0 changed, 0 removed' "and nothing else would change"
imp --source "$S"
is "$code $(rev) $(sql "SELECT count(*) FROM tocsin.entry WHERE name = 'Laboratoire'")" "0 $before 0" "an import does not bring it back"
sed 's/^5;Laboratoire;/5;Laboratoires;/' "$tmp/in.csv" >"$tmp/renamed.csv"
run import "$tmp/renamed.csv" --map "$tmp/map" --origin house --source "$S"
is "$(sql "SELECT count(*) FROM tocsin.entry WHERE name LIKE 'Labo%'")" 0 "nor under another name"
imp --source "$S" --allow-deleted
has "$out" '^plan: 1 added, 1 changed' "told so it does"
is "$(sql "SELECT count(*) FROM tocsin.entry WHERE name = 'Laboratoire'" "SELECT count(*) FROM tocsin.contact WHERE number = '0199005240'" \
  "SELECT count(*) FROM tocsin.dismissed")" "1
1
0" "both are there, and forgotten is that they were deleted"
imp --source "$S"
has "$out" 'nothing to change' "and they stay"

# what is named elsewhere cannot go
sql "INSERT INTO tocsin.chain_step (entry, position, next) SELECT a.uuid, 1, b.uuid FROM tocsin.entry a, tocsin.entry b
      WHERE a.name = 'Radiologie' AND b.name LIKE 'Cardio%'"
sed -i '/^6;/d; /^2;/d' "$tmp/in.csv"
imp --source "$S" --allow-removals all
has "$out" 'Pharmacie .*holds what a person set' "what is not in the file stays where a person set something"
has "$out" 'Cardiologie .*a chain, a group or a scenario names it' "and where a chain names it"
imp --source "$S"
is "$code" 0 "a run after it"
sed -i '/^1;/d' "$tmp/in.csv"
imp --source "$S"
fails 65 'critical entry' "a run that would remove a critical entry is refused"
cat >"$tmp/plan.map" <<'M'
[map]
country = FR
[key]
columns = id
[fields]
name = {nom}
type = service
[contact phone]
number = {tel}
kind = extension
plan = NOPLAN
M
printf '%s\n9;Scanner;;;;;;;4412;;\n' "$head" >"$tmp/plan.csv"
before=$(rev)
run import "$tmp/plan.csv" --map "$tmp/plan.map" --origin other --source "$S"
fails 65 'names what is not there' "a number of a plan that is not there is refused as a whole"
is "$(rev)" "$before" "and nothing changed"
before=$(rev)
run import "$tmp/in.csv" --map "$tmp/map" --origin house --source "$(conn ward)"
fails 77 'does not let this role' "a terminal may not import"
is "$(rev)" "$before" "and nothing changed"
sql "UPDATE tocsin.site SET country = 'FR', region = 'AM' WHERE code = 'SAB'"
run source check --source "$(conn owner)"
is "$code" 0 "the feed is what the tables say"
has "$out" 'site SAB: no public holidays of a region .AM. are known' "a region whose holidays nobody knows is said"
sql "UPDATE tocsin.site SET region = NULL WHERE code = 'SAB'"
run pull --source "$(conn ward)" --cache "$tmp/ward"
is "$(cache_records "$tmp/ward")" "$(source_records public)" "a terminal holds what the imports left"
done_testing
