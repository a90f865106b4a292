-- Where a build keeps what it was given until the order of all is known.
CREATE TEMP TABLE stage (
  uuid     BLOB NOT NULL,
  audience INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  class    INTEGER NOT NULL,
  rank     INTEGER NOT NULL,
  sort     TEXT NOT NULL,
  bytes    BLOB NOT NULL,
  PRIMARY KEY (uuid, audience)
) WITHOUT ROWID;
