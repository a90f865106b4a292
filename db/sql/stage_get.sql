-- What a key holds in the stage, to take it out of the sum again.
SELECT bytes FROM stage WHERE uuid = ?1 AND audience = ?2;
