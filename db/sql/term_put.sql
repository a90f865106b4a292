-- A word of the directory, with its sound and how it is used.
INSERT INTO term (t, sound, uses) VALUES (?1, ?2, ?3)
ON CONFLICT (t) DO UPDATE SET uses = uses | ?3 WHERE uses & ?3 = 0;
