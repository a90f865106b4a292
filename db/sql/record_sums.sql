-- Every record's bytes and their sum, as they lie in the file, for proving.
SELECT bytes, "sum" FROM record ORDER BY part;
