-- Removes a part.
DELETE FROM record WHERE part = ?1;
