-- The same of the ids from ?2 up to ?3 alone, in the order of the table: they are few.
SELECT id, was, before, key, document FROM fresh
 WHERE id >= ?2 AND id < ?3 AND +change > ?1 ORDER BY +change, id;
