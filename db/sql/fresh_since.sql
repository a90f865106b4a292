-- What was changed behind the change ?1, the older first.
SELECT id, was, before, key, document, change FROM fresh WHERE change > ?1 ORDER BY change, id;
