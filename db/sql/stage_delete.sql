-- Takes a record out of the stage.
DELETE FROM stage WHERE uuid = ?1 AND audience = ?2;
