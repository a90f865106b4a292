-- How many entries were changed since the index was made.
SELECT count(*) FROM fresh;
