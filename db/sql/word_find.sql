-- Ids that match, in the order of ids: the order of rank.
SELECT rowid FROM word WHERE word MATCH ?1 ORDER BY rowid;
