-- Indexes an entry's document.
INSERT INTO word (rowid, w) VALUES (?1, ?2);
