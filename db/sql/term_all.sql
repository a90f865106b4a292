-- Every word and its uses, for typos.
SELECT t, uses FROM term ORDER BY t;
