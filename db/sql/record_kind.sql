-- The records of a kind of the house, out of the index that holds them whole.
SELECT bytes, "sum" FROM record WHERE kind = ?1 AND kind <> 1 AND kind <> 7;
