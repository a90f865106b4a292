-- Every way.
SELECT id, needs FROM way ORDER BY id;
