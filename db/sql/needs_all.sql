-- What every entry needs.
SELECT id, type, ways FROM needs ORDER BY id;
