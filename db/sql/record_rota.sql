-- All rotas, which stand among what is no entry.
SELECT bytes FROM record WHERE part >= ?1 AND kind = 7 ORDER BY part;
