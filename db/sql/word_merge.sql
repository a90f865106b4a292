-- One step of merging the index's segments; ?1 pages of work.
INSERT INTO word (word, rank) VALUES ('merge', ?1);
