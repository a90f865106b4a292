-- The id of every part of an entry.
SELECT part / 8 FROM record WHERE part < ?1 * 8 AND kind = 1 ORDER BY part;
