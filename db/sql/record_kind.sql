-- The records of the kinds that are no entries (their class is the last).
SELECT bytes FROM record WHERE part >= ?1 * 8 AND kind = ?2 ORDER BY part;
