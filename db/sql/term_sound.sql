-- Words that sound alike.
SELECT t FROM term WHERE sound = ?1 AND sound <> '' LIMIT ?2;
