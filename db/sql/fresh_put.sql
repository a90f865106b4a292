-- An entry was changed.
INSERT OR REPLACE INTO fresh (id, change, was, before, key, document) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
