-- The entries of a site from a unit path on (?2 .. ?3; ?1 NULL: every site), in unit order, ?5 rows
-- behind the first ?4.
SELECT m.id FROM unit AS u JOIN member AS m ON m.unit = u.id
WHERE (?1 IS NULL OR u.site = ?1) AND u.path >= ?2 AND u.path < ?3
ORDER BY u.site, u.path, m.id LIMIT ?5 OFFSET ?4;
