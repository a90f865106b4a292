-- Every word, for typos.
SELECT t FROM term ORDER BY t;
