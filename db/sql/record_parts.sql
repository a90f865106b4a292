-- The parts of one id.  Quoted: where there is no such column it is a word, and no sum.
SELECT part, kind, bytes, "sum" FROM record WHERE part >= ?1 * 8 AND part < ?1 * 8 + 8;
