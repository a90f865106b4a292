-- A way that was not there.
INSERT INTO way (needs) VALUES (?1);
