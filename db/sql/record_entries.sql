-- Every part of every entry, those of one entry side by side.
SELECT part, bytes, "sum" FROM record WHERE part < ?1 * 8 AND kind = ?2 ORDER BY part;
