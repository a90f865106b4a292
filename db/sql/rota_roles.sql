-- Each role that a rota is held of, out of the index.
SELECT DISTINCT substr(bytes, instr(bytes, x'0A726F6C6509') + 6, 22) FROM record
WHERE part >= ?1 AND kind = 7;
