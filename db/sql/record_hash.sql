-- Every record's bytes as they lie in the file, for hashing.
SELECT bytes FROM record ORDER BY part;
