-- Stores a record's bytes.
INSERT OR REPLACE INTO record (part, kind, revision, uuid, bytes) VALUES (?1, ?2, ?3, ?4, ?5);
