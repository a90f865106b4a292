-- An entry is in a unit.
INSERT OR IGNORE INTO member (unit, id) VALUES (?1, ?2);
