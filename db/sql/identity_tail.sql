-- The last id of a class (?1 .. ?2).
SELECT max(part) / 8 FROM record WHERE part >= ?1 * 8 AND part < ?2 * 8;
