-- Gives a UUID its id.
INSERT OR REPLACE INTO identity (uuid, id) VALUES (?1, ?2);
