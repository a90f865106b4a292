-- A setting of the index; they stay in the file, so a build sets them back.
INSERT INTO word (word, rank) VALUES (?1, ?2);
