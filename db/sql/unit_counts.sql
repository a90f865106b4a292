-- The unit paths of a site below a path (?2 .. ?3), with their members.
SELECT u.path, count(*) FROM unit AS u JOIN member AS m ON m.unit = u.id
WHERE u.site = ?1 AND u.path >= ?2 AND u.path < ?3 GROUP BY u.path ORDER BY u.path;
