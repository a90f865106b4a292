-- The cache of one scope at one revision.  Only record holds facts; all else is derived from it and
-- can be made again with no network.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID;

-- One part.  part = id * 8 + audience, so that the parts of one entry lie side by side.  sum is of
-- its bytes (store_sum()), for telling rot; a file of an earlier version has none.
CREATE TABLE record (
  part     INTEGER PRIMARY KEY,
  kind     INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  uuid     BLOB NOT NULL,
  bytes    BLOB NOT NULL,
  sum      INTEGER NOT NULL
);

-- What is neither an entry (1) nor a rota (7) is few and small, and is read at every start: sites,
-- plans, domains, rules, calendars, incidents.  The index holds them whole.
CREATE INDEX record_house ON record (kind, bytes, sum) WHERE kind <> 1 AND kind <> 7;

-- A rota by the role it is for: the 22 characters behind the field's name (core/record_table.c).  A
-- card asks for those of one role among megabytes.
CREATE INDEX record_rota ON record (substr(bytes, instr(bytes, x'0A726F6C6509') + 6, 22))
  WHERE kind = 7;

-- Whose id is it.  Ids are private to this file: class * 2^40 + place, dense by (class, rank, sort
-- key) at build, later ones at their class's tail.
CREATE TABLE identity (
  uuid BLOB PRIMARY KEY,
  id   INTEGER NOT NULL
) WITHOUT ROWID;

-- Entries that were changed since the file of the search index was made (db/words.h): where each
-- stood in it (was; -1: nowhere), before which of its entries it now sorts, by what key, and its
-- document (db/document.h); NULL: it is gone.  change counts change sets; meta's "index" holds the
-- number of the file and of the last change.
CREATE TABLE fresh (
  id       INTEGER PRIMARY KEY,
  change   INTEGER NOT NULL,
  was      INTEGER NOT NULL,
  before   INTEGER NOT NULL,
  key      BLOB NOT NULL,
  document TEXT
);
CREATE INDEX fresh_change ON fresh (change);

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

-- What the contact points of entries need to be reached from a ward phone of their site (core/way.h,
-- db/needs.h), for counting what an outage takes without decoding every record.  Points of one way
-- fail together.  ways: of each point of an entry the way's id, in groups of seven bits; NULL: it
-- depends on more than outages, and is to be looked at itself.
CREATE TABLE way (
  id    INTEGER PRIMARY KEY,
  needs BLOB NOT NULL UNIQUE
);
CREATE TABLE needs (
  id   INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  ways BLOB
);
