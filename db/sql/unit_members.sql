-- The same, member by member.
SELECT u.path, m.id FROM unit AS u JOIN member AS m ON m.unit = u.id
WHERE u.site = ?1 AND u.path >= ?2 AND u.path < ?3 ORDER BY u.path;
