-- The index was made anew: where a changed entry stood in it, and what it sorts before.
UPDATE fresh SET was = ?2, before = ?3 WHERE id = ?1;
