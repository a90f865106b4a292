#!/bin/sh
# Records into a source that holds a directory: calendars, failure domains, groups, exercises, whatever
# a record can say, with a plan, a dry run and a word against losses; the rest stays.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
pg_need
pg_start
S=$(conn owner)
run source init --source "$S"
as_boss dir -c "CREATE ROLE top LOGIN" -c "CREATE ROLE head LOGIN" -c "GRANT tocsin_admin TO head" \
  -c "GRANT tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted TO top"
"$b/tocsin-sample" --entries 5000 >"$tmp/sample"
run import --format records --source "$S" "$tmp/sample"
is "$code" 0 "a source holds a directory"
add() { run import --format records --source "$S" "$@"; }
rev() { sql "SELECT revision FROM tocsin.sync_head"; }
record() { printf '%s\n' "$@" >"$tmp/one" && { wc -c <"$tmp/one" && cat "$tmp/one"; } >>"$tmp/records"; }
begin() { : >"$tmp/records"; }
export_top() { run pull --source "$(conn top)" --cache "$tmp/top" && "$sync" export --cache "$tmp/top"; }
T=$(printf '\t')

# -- calendars, as they are shipped
before=$(rev)
n_days=$(sql "SELECT count(*) FROM tocsin.calendar_day")
add --dry-run "$top/dist/calendars/gb.records"
has "$code $out" '^0 added +calendar .*\[GB-' "a dry run says what would come"
has "$out" '^plan: 3 added, 0 changed, 0 removed, 0 unchanged' "how much"
has "$out" 'dry run: nothing was written' "and writes nothing"
is "$(rev) $(sql "SELECT count(*) FROM tocsin.calendar_day")" "$before $n_days" "indeed"
for f in "$top"/dist/calendars/*.records; do
  add "$f"
  has "$code $(tail -n 1 "$tmp/out")" '^0 revision [0-9]* is published' "${f##*/} is taken"
done
is "$(rev)" $((before + 5)) "a revision each"
export_top >"$tmp/all"
is "$(perl -0777 -ne 'for (split /(?=tocsin1\t)/) { next unless /^code\tBE$/m; print join(" ", /^day\t2027-(\d\d-\d\d)/mg) }' "$tmp/all")" \
  "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25" "terminals have the days"
add "$top/dist/calendars/be.records"
has "$code $(tail -n 1 "$tmp/out")" '^0 nothing to change' "taken twice, it changes nothing"
is "$(rev)" $((before + 5)) "and is no revision"
sed 's/^day\t2027-05-06.*/day\t2027-05-06\ttext=Hemelvaart/' "$top/dist/calendars/be.records" >"$tmp/be"
perl -e 'local $/; open F, "<", shift; my $s = <F>; my @r = map { "tocsin1$_" } grep { length } split /^\d*\n?tocsin1/m, $s; s/\n\d+\n\z/\n/ for @r; print length($_), "\n", $_ for @r' "$tmp/be" >"$tmp/be.records"
add "$tmp/be.records"
has "$out" '^changed +calendar .*\[BE\]: - day 2027-05-06' "a calendar that changes is planned line by line"
has "$out" '^changed +calendar .*\[BE\]: \+ day 2027-05-06 text=Hemelvaart' "with what comes"
is "$(sql "SELECT text FROM tocsin.calendar_day d JOIN tocsin.calendar c ON c.uuid = d.calendar WHERE c.code = 'BE' AND day = '2027-05-06'")" Hemelvaart "and changed"

# -- one of every kind beside what is there, then each of them changed
site=$(sql "SELECT min(code) FROM tocsin.site")
dom=$(sql "SELECT min(code) FROM tocsin.domain")
plan=$(sql "SELECT min(code) FROM tocsin.plan")
who=$(sql "SELECT tocsin.short(min(uuid::text)::uuid) FROM tocsin.entry WHERE audience = 'public'")
con=$(sql "SELECT tocsin.short(min(c.uuid::text)::uuid) FROM tocsin.contact c JOIN tocsin.entry e ON e.uuid = c.entry WHERE coalesce(c.audience, e.audience) = 'public'")
kinds() { # word: everything of it, saying this word
  begin
  record "tocsin1${T}plan${T}public${T}AAAAAAAAAAAAAAAAAAAAaA" "code${T}NEW" "name${T}$1" "range${T}6000${T}6999${T}label=$1" "tie${T}$plan${T}8${T}dom=$dom"
  record "tocsin1${T}site${T}public${T}AAAAAAAAAAAAAAAAAAAAbA" "alias${T}$1" "code${T}NEW" "country${T}FR" "name${T}New" "plan${T}NEW" "swb${T}$who"
  record "tocsin1${T}domain${T}public${T}AAAAAAAAAAAAAAAAAAAAcA" "code${T}new-pbx" "kind${T}pbx" "name${T}$1" "needs${T}$dom" "site${T}NEW"
  record "tocsin1${T}rule${T}public${T}AAAAAAAAAAAAAAAAAAAAdA" "domains${T}new-pbx" "high${T}6999" "low${T}6$(printf %s "$1" | wc -c)00" "plan${T}NEW" "site${T}NEW"
  record "tocsin1${T}calendar${T}public${T}AAAAAAAAAAAAAAAAAAAAeA" "code${T}NEW" "day${T}2027-01-01${T}text=$1" "name${T}New"
  record "tocsin1${T}incident${T}public${T}AAAAAAAAAAAAAAAAAAAAfA" "declared" "dirs${T}inbound" "domain${T}new-pbx" "reason${T}$1" "since${T}1790000000" "until${T}1790003600"
  record "tocsin1${T}group${T}public${T}AAAAAAAAAAAAAAAAAAAAgA" "m${T}000${T}to=$who" "m${T}001${T}text=$1" "name${T}New group" "site${T}NEW"
  record "tocsin1${T}scenario${T}public${T}AAAAAAAAAAAAAAAAAAAAhA" "domain${T}new-pbx" "name${T}New scenario" "step${T}000${T}$1${T}to=$who"
  record "tocsin1${T}exercise${T}public${T}AAAAAAAAAAAAAAAAAAAAiA" "domain${T}new-pbx" "from${T}1790000000" "name${T}$1" "terminal${T}desk-1" "until${T}1790003600"
  record "tocsin1${T}round${T}public${T}AAAAAAAAAAAAAAAAAAAAjA" "every${T}2592000" "group${T}AAAAAAAAAAAAAAAAAAAAgA" "name${T}$1" "res${T}$con${T}1790000000${T}is=works"
  record "tocsin1${T}print${T}public${T}AAAAAAAAAAAAAAAAAAAAkA" "at${T}1790000000" "what${T}board $1"
  record "tocsin1${T}rota${T}public${T}AAAAAAAAAAAAAAAAAAAAlA" "role${T}$who" "shift${T}2026-11-23T08:00${T}2026-11-23T20:00${T}text=$1" "source${T}new" "week${T}2026-W48"
  record "tocsin1${T}entry${T}public${T}AAAAAAAAAAAAAAAAAAAAmA" "alias${T}$1" "away${T}text=$1" "c${T}000${T}AAAAAAAAAAAAAAAAAAAAnA${T}6001${T}dom=new-pbx${T}kind=extension${T}plan=NEW" \
    "critical" "name${T}New service" "next${T}000${T}to=$who${T}wait=120" "note${T}AAAAAAAAAAAAAAAAAAAAoA${T}$1${T}at=1790000000" \
    "over${T}AAAAAAAAAAAAAAAAAAAApA${T}6002${T}at=1790000000${T}of=AAAAAAAAAAAAAAAAAAAAnA${T}until=1790003600" "pin${T}room" "site${T}NEW" "type${T}service" "was${T}Old $1" "wasno${T}6009"
}
kinds one
count=$(grep -c '^tocsin1' "$tmp/records")
rest() { sql "SELECT md5(string_agg(uuid || audience || encode(hash::text::bytea, 'hex'), '' ORDER BY uuid, audience)) FROM tocsin.feed WHERE live AND uuid::text NOT LIKE '00000000-0000-0000-0000-00000000____'"; }
others=$(rest)
add "$tmp/records"
has "$code $out" "plan: $count added, 0 changed, 0 removed, 0 unchanged" "one of every kind is added"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"
held() { export_top >"$tmp/all" && perl -0777 -e 'my ($all, @want) = map { open my $f, "<", $_; local $/; [split /^\d+\n(?=tocsin1\t)/m, <$f>] } @ARGV; my %h = map { $_ => 1 } @$all; print scalar(grep { !/^$/ && !$h{$_} } @{$want[0]})' "$tmp/all" "$tmp/records"; }
is "$(held)" 0 "a terminal has each as the file has it, byte for byte"
is "$(rest)" "$others" "and everything else as it was"
add "$tmp/records"
has "$out" "plan: 0 added, 0 changed, 0 removed, $count unchanged" "again, nothing"
kinds other
add "$tmp/records"
has "$code $(grep plan: "$tmp/out")" "^0 plan: 0 added, $count changed, 0 removed, 0 unchanged" "each of them changes"
is "$(held)" 0 "byte for byte"
is "$(rest)" "$others" "the rest stays"
run source check --source "$S"
is "$code" 0 "the feed is what the tables say"
before=$(rev)
kinds one
run import --format records --source "$(conn head)" "$tmp/records"
has "$code $(grep plan: "$tmp/out")" "^0 plan: .*$count changed" "an administrator's login may do it"

# -- what it would take away
before=$(rev)
sed -i "s/${T}6001${T}/${T}6003${T}/" "$tmp/records"
add "$tmp/records"
fails 65 'remove or renumber 1 critical entry.*--allow-critical' "a critical entry is not renumbered in passing"
is "$(rev)" "$before" "nothing of the file is written"
add --allow-critical "$tmp/records"
is "$code $(sql "SELECT number FROM tocsin.contact WHERE uuid = tocsin.uuid_of('AAAAAAAAAAAAAAAAAAAAnA')")" "0 6003" "unless it is meant"
sql "DELETE FROM tocsin.entry WHERE uuid = tocsin.uuid_of('AAAAAAAAAAAAAAAAAAAAmA')" \
  "INSERT INTO tocsin.entry (uuid, name) VALUES ('00000000-0000-0000-0000-00000000beef', 'Many')" \
  "INSERT INTO tocsin.contact (entry, position, number) SELECT '00000000-0000-0000-0000-00000000beef', i, '60' || i FROM generate_series(10, 40) i"
begin
record "tocsin1${T}entry${T}public${T}AAAAAAAAAAAAAAAAAAC-7w" "name${T}Many"
add "$tmp/records"
fails 65 'remove 31 of the 31 contact points.*--allow-removals 31' "nor are many numbers lost"
add --allow-removals 31 "$tmp/records"
is "$code" 0 "unless it is meant"
sql "INSERT INTO tocsin.origin (system, key, entry) VALUES ('x', '1', '00000000-0000-0000-0000-00000000beef')" \
  "DELETE FROM tocsin.entry WHERE uuid = '00000000-0000-0000-0000-00000000beef'"
add "$tmp/records"
has "$code $out" '^0 left .*Many .*stays deleted' "what a person deleted stays deleted"
add --allow-deleted "$tmp/records"
has "$code $out" '^0 added +entry Many' "unless it is meant"

# -- what cannot be
begin
record "tocsin1${T}calendar${T}public${T}AAAAAAAAAAAAAAAAAAAAzA" "code${T}BE" "name${T}Another"
before=$(rev)
add "$tmp/records"
fails 65 'has another of this code: calendar BE' "a code that another calendar has is refused, and named"
begin
record "tocsin1${T}group${T}public${T}AAAAAAAAAAAAAAAAAAAAzA" "m${T}000${T}to=AAAAAAAAAAAAAAAAAAD_zA" "name${T}G"
add "$tmp/records"
fails 65 'it names what is not there' "so is what names nobody"
begin
record "tocsin1${T}group${T}public${T}AAAAAAAAAAAAAAAAAAAAgA" "from-tomorrow${T}y" "name${T}New group"
add "$tmp/records"
fails 65 'cannot hold as they are.*group' "and a fact that the tables have no room for"
begin
record "tocsin1${T}group${T}public${T}AAAAAAAAAAAAAAAAAAAAzA" "name${T}G"
record "tocsin1${T}group${T}public${T}AAAAAAAAAAAAAAAAAAAAzA" "name${T}H"
add "$tmp/records"
fails 65 'the file holds a record twice' "and a record that is there twice"
add --whole "$tmp/records"
fails 64 'whole is for a cache' "a source is not replaced by a file"
add --origin x "$tmp/records"
fails 64 'takes no --origin' "nor asked for an origin"
is "$(rev)" "$before" "none of it wrote anything"
done_testing
