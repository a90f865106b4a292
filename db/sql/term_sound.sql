-- Words that sound alike, and their uses.
SELECT t, uses FROM term WHERE sound = ?1 AND sound <> '' LIMIT ?2;
