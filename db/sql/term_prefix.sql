-- Words of a use that begin with a prefix (?2: the first text behind all of them).
SELECT t FROM term WHERE t >= ?1 AND t < ?2 AND uses & ?4 ORDER BY t LIMIT ?3;
