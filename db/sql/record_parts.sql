-- The parts of one id.
SELECT part, kind, bytes FROM record WHERE part >= ?1 * 8 AND part < ?1 * 8 + 8;
