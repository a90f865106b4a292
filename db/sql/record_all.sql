-- Every record by (UUID, audience).
SELECT r.bytes, "sum" FROM identity AS i
JOIN record AS r ON r.part >= i.id * 8 AND r.part < i.id * 8 + 8
ORDER BY i.uuid, r.part;
