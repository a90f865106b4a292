# What a directory of 10,000, 100,000 and 1,000,000 entries costs a terminal: the first load, streamed
# and out of a snapshot, beside psql \copy piped into the sqlite3 shell; changes of 1, 100 and 10,000 records; a repair of one.
# BENCH_SIZES: which sizes, the smallest first; the last is the one that is meant where a figure's name
# says none.
. "${TOCSIN_TOP:-.}/tests/bench-sync/lib.sh"

seconds_of() { # command ...: how long it took
  began=$(now_ms)
  must "$@"
  echo "$(($(now_ms) - began))" | awk '{ printf "%.2f", $1 / 1000 }'
}

# The same records in a table with the same key, and the same texts in an index that finds the
# beginnings of words, as one does it by hand.
by_psql() { # file
  rm -f "$1"
  psql -qX -h "$pg_sock" -p "$pg_port" -U owner dir -c "\\copy (
      SELECT f.uuid, f.audience, encode(f.record, 'escape'), e.name, concat_ws(' ', e.unit, e.building,
             e.floor, e.room, e.speciality, e.purpose), c.e164
        FROM tocsin.feed f JOIN tocsin.entry e USING (uuid) JOIN tocsin.contact c ON c.entry = e.uuid
       WHERE f.live AND f.audience = 'public') TO STDOUT (FORMAT csv)" |
    sqlite3 "$1" "PRAGMA journal_mode = OFF" "PRAGMA synchronous = OFF" \
      "CREATE TABLE record (uuid, audience, bytes, name, rest, e164, PRIMARY KEY (uuid, audience)) WITHOUT ROWID" \
      ".import --csv /dev/stdin record" \
      "CREATE INDEX number ON record (e164)" \
      "CREATE VIRTUAL TABLE words USING fts5 (name, rest, e164, content = '', prefix = '1 2 3')" \
      "INSERT INTO words (rowid, name, rest, e164) SELECT row_number() OVER (), name, rest, e164 FROM record" &&
    sync "$1"
}

# figures NAME ROUNDS STATEMENT, of the scope folder
take() {
  "$b/tests/bench-sync/bench_round" "$1" "$2" "$ward_tcp" "$(conn owner)" "$tmp/scope" "$3" || exit 1
}
change() { # how many
  echo "UPDATE tocsin.entry SET room = 'R%d' WHERE uuid IN (
          SELECT md5('bench ' || i)::uuid FROM generate_series(1, $1) AS i)"
}

sizes=${BENCH_SIZES:-10000 100000 1000000}
had=0
for size in $sizes; do
  name=$(bench_name "$size")
  of=_of_$name
  [ "$size" != "${sizes##* }" ] || of=
  if [ $had = 0 ]; then bench_source "$size"; else bench_grow $had "$size"; fi
  had=$size
  rm -rf "$tmp/scope"
  cold=$(seconds_of "$sync" pull --quiet --source "$ward_tcp" --cache "$tmp/scope")
  echo "cold_${name}_s $cold s"
  echo "snapshot_make_${name}_s $(seconds_of "$sync" snapshot make --quiet --source "$(conn owner)" --audiences public) s"
  rm -rf "$tmp/scope"
  echo "cold_${name}_prebuilt_s $(seconds_of "$sync" pull --quiet --source "$ward_tcp" --cache "$tmp/scope") s"
  hand=$(seconds_of by_psql "$tmp/hand.db")
  rm -f "$tmp/hand.db"
  echo "psql_import_${name}_s $hand s"
  echo "$cold $hand" | awk -v of="$of" '{ printf "vs_psql_import%s %.2f x\n", of, $1 / $2 }'
  take "delta_1$of" 50 "$(change 1)"
  take "delta_100$of" 20 "$(change 100)"
  [ "$size" -lt 200000 ] || take "delta_10k$of" 3 "$(change 10000)"
  # another history, with one record that differs: nothing but the records can say which
  take "repair_1_of_$name" 3 "$(change 1); UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
done
