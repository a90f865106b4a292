-- The same where parts of the audience ?4 and narrower are hidden: of the members that have another.
SELECT u.path, count(*) FROM unit AS u JOIN member AS m ON m.unit = u.id
WHERE u.site = ?1 AND u.path >= ?2 AND u.path < ?3
  AND EXISTS (SELECT 1 FROM record AS r WHERE r.part >= m.id * 8 AND r.part < m.id * 8 + ?4)
GROUP BY u.path ORDER BY u.path;
