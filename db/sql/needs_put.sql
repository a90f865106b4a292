-- What an entry needs.
INSERT OR REPLACE INTO needs (id, type, ways) VALUES (?1, ?2, ?3);
