-- The stage in the order of ids: the head part of each entry decides, its other parts follow it.
SELECT s.uuid, s.audience, s.kind, s.bytes, h.class
FROM (SELECT uuid, min(class) AS class, min(rank) AS rank, max(sort) AS sort
      FROM stage GROUP BY uuid) AS h
JOIN stage AS s USING (uuid)
ORDER BY h.class, h.rank, h.sort, h.uuid, s.audience;
