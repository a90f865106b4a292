-- Takes an entry's document out again: FTS5 needs its exact text.
INSERT INTO word (word, rowid, w) VALUES ('delete', ?1, ?2);
