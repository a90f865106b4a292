-- Gives the parts of an entry another id (its class changed).
UPDATE record SET part = ?2 * 8 + part % 8 WHERE part >= ?1 * 8 AND part < ?1 * 8 + 8;
