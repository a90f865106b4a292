-- It no longer is.
DELETE FROM member WHERE unit = ?1 AND id = ?2;
