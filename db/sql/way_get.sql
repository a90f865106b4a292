-- The way of some needs.
SELECT id FROM way WHERE needs = ?1;
