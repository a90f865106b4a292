-- The cache of one scope at one revision.  Only record holds facts; all else is derived from it and
-- can be made again with no network.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID;

-- One part.  part = id * 8 + audience, so that the parts of one entry lie side by side.
CREATE TABLE record (
  part     INTEGER PRIMARY KEY,
  kind     INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  uuid     BLOB NOT NULL,
  bytes    BLOB NOT NULL
);

-- Whose id is it.  Ids are private to this file: class * 2^40 + place, dense by (class, rank, sort
-- key) at build, later ones at their class's tail.
CREATE TABLE identity (
  uuid BLOB PRIMARY KEY,
  id   INTEGER NOT NULL
) WITHOUT ROWID;

-- The search index: folded words and markers of each entry (db/document.h), by id.
CREATE VIRTUAL TABLE word USING fts5(
  w, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4 5 6',
  tokenize = "ascii tokenchars '~=@#^+!'"
);

-- Every distinct folded word, for prefixes longer than the index's, sounds and typos.  uses: 1 it
-- stands in the index plain, 2 behind "~".
CREATE TABLE term (
  t     TEXT PRIMARY KEY,
  sound TEXT NOT NULL,
  uses  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX term_sound ON term (sound) WHERE sound <> '';

-- Unit paths of each site, and who is in them, for browsing.
CREATE TABLE unit (
  id   INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  path TEXT NOT NULL,
  UNIQUE (site, path)
);
CREATE TABLE member (
  unit INTEGER NOT NULL REFERENCES unit (id),
  id   INTEGER NOT NULL,
  PRIMARY KEY (unit, id)
) WITHOUT ROWID;
