-- Forgets a UUID.
DELETE FROM identity WHERE uuid = ?1;
