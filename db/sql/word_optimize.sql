-- All segments into one, at the end of a build.
INSERT INTO word (word) VALUES ('optimize');
