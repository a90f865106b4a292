-- Snapshots: a ready made cache of one set of audiences at one revision, compressed, so that a new
-- terminal need not build its own.  One that asks for everything is sent the files, checks them
-- against the revision they are of, and takes the changes since like any other.

CREATE TABLE snapshot (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope text[] NOT NULL CHECK (cardinality(scope) > 0),
  format int NOT NULL,      -- of the files, and the versions of what is derived in them
  derived bigint NOT NULL,
  generation uuid NOT NULL, -- of the history, and where on it
  revision bigint NOT NULL,
  chain bytea NOT NULL,
  bytes bigint NOT NULL,    -- compressed
  unpacked bigint NOT NULL,
  sha256 bytea NOT NULL,    -- of the compressed bytes
  made timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON snapshot (scope, format, derived);

-- The bytes of the newest one of its kind; of those before, which may still be somewhere as a file,
-- the row above alone is left.
CREATE TABLE snapshot_chunk (
  snapshot bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  n int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (snapshot, n)
);
ALTER TABLE snapshot_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The facts of pull_facts() for a given scope; and that one in its words.
CREATE FUNCTION scope_facts(at_revision bigint, of_scope text[]) RETURNS TABLE (
  generation uuid, revision bigint, floor bigint, approved bigint, oldest_client int,
  at timestamptz, chain bytea, chain_at bytea, scope text[], records bigint, digest bytea)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT h.generation, r.revision, h.floor, h.approved, h.oldest_client, r.at, r.chain,
         NULL::bytea, of_scope,
         (SELECT sum(r.records[audience_number(a)]) FROM unnest(of_scope) AS a)::bigint,
         hash_bytes((SELECT bit_xor(r.digests[audience_number(a)]) FROM unnest(of_scope) AS a))
    FROM sync_head h JOIN revision r ON r.revision = coalesce(at_revision, h.revision);
END;

-- What there is for the caller: the header of the snapshot's revision (changes: parts that have
-- changed since, counted up to where a delta is no longer sent), and what it is.  No row: nothing.
-- my_sha256: of a file that the caller has; NULL: what can be sent from here.
CREATE FUNCTION snapshot_head(my_format int, my_derived bigint, my_sha256 bytea)
RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off BEGIN ATOMIC
  SELECT pull_header(f, 'none',
           (SELECT count(*)
              FROM (SELECT FROM revision r
                           CROSS JOIN LATERAL (SELECT FROM feed p
                                                WHERE p.change = r.change AND p.audience = ANY (f.scope)
                                               OFFSET 0) AS p
                     WHERE r.revision > s.revision LIMIT greatest(1000, f.records / 12) + 1) AS t))
         || convert_to(concat(' id=', s.id, ' format=', s.format, ' derived=', s.derived,
                              ' bytes=', s.bytes, ' unpacked=', s.unpacked,
                              ' sha256=', encode(s.sha256, 'hex')), 'UTF8')
    FROM snapshot s CROSS JOIN LATERAL scope_facts(s.revision, s.scope) AS f
   WHERE s.scope = granted() AND s.generation = f.generation AND s.chain = f.chain
     AND CASE WHEN my_sha256 IS NULL
              THEN EXISTS (SELECT FROM snapshot_chunk c WHERE c.snapshot = s.id)
              ELSE s.sha256 = my_sha256 END
   ORDER BY s.format = my_format AND s.derived = my_derived DESC, s.id DESC LIMIT 1;
END;

CREATE FUNCTION snapshot_bytes(of_id bigint) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off BEGIN ATOMIC
  SELECT c.bytes FROM snapshot_chunk c WHERE c.snapshot = of_id ORDER BY c.n;
END;

-- For whoever makes one: everything of these audiences at one revision, as pull_all() sends it to a
-- terminal.
CREATE FUNCTION snapshot_all(of_scope text[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp BEGIN ATOMIC
  SELECT pull_header(f, 'all', 0) FROM scope_facts(NULL, of_scope) AS f
  UNION ALL
  SELECT pull_history(-1)
  UNION ALL
  SELECT convert_to('R', 'UTF8') || p.record FROM feed p
   WHERE p.live AND p.audience = ANY (of_scope);
END;

-- A terminal is sent what it is granted, by the functions and by these.
ALTER TABLE snapshot ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_caller ON snapshot FOR SELECT TO tocsin_reader
  USING (scope <@ (SELECT granted()));
CREATE POLICY all_for_admins ON snapshot TO tocsin_admin USING (true);
ALTER TABLE snapshot_chunk ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_caller ON snapshot_chunk FOR SELECT TO tocsin_reader
  USING (EXISTS (SELECT FROM snapshot s WHERE s.id = snapshot_chunk.snapshot));
CREATE POLICY all_for_admins ON snapshot_chunk TO tocsin_admin USING (true);

REVOKE ALL ON FUNCTION scope_facts(bigint, text[]), snapshot_head(int, bigint, bytea),
  snapshot_bytes(bigint), snapshot_all(text[]) FROM PUBLIC;
GRANT SELECT ON snapshot, snapshot_chunk TO tocsin_reader;
GRANT SELECT, INSERT, DELETE ON snapshot, snapshot_chunk TO tocsin_admin;
GRANT EXECUTE ON FUNCTION scope_facts(bigint, text[]) TO tocsin_reader;
GRANT EXECUTE ON FUNCTION snapshot_head(int, bigint, bytea), snapshot_bytes(bigint)
  TO tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted;
GRANT EXECUTE ON FUNCTION snapshot_all(text[]) TO tocsin_admin;
GRANT CREATE ON SCHEMA tocsin TO tocsin_reader;
ALTER FUNCTION snapshot_head(int, bigint, bytea) OWNER TO tocsin_reader;
ALTER FUNCTION snapshot_bytes(bigint) OWNER TO tocsin_reader;
REVOKE CREATE ON SCHEMA tocsin FROM tocsin_reader;
