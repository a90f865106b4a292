-- Stores a record's bytes.
INSERT OR REPLACE INTO record (part, kind, revision, uuid, bytes, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
