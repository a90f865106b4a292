-- The id of a UUID.
SELECT id FROM identity WHERE uuid = ?1;
