-- One record into the stage; the later one of a key stays.
INSERT OR REPLACE INTO stage (uuid, audience, kind, class, rank, sort, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
