-- The rotas of a role.
SELECT bytes, "sum" FROM record
WHERE part >= ?1 AND kind = 7 AND substr(bytes, instr(bytes, x'0A726F6C6509') + 6, 22) = ?2
ORDER BY part;
