-- A word of the directory, with its sound.
INSERT OR IGNORE INTO term (t, sound) VALUES (?1, ?2);
