-- The ids from ?1 up to ?2 that have records, in order.
SELECT DISTINCT part / 8 FROM record WHERE part >= ?1 * 8 AND part < ?2 * 8 ORDER BY 1;
