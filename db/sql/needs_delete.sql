-- An entry is gone, or has another id.
DELETE FROM needs WHERE id = ?1;
