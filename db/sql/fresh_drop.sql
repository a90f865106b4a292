-- The index holds what was changed up to ?1.
DELETE FROM fresh WHERE change <= ?1;
