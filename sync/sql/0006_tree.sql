-- The digest tree: how a cache that does not agree with the source finds out where, and fetches that
-- alone.  A part's place is 24 bits of the hash of its UUID, so that whatever UUIDs people give, the
-- parts of an object lie together and objects lie evenly.  A node of depth d is the first 6 * d bits;
-- it has 64 children.  Its digest is the XOR of the hashes of the live parts below it that the caller
-- may see.  Nothing is kept for it but an index: writers pay one entry of it.

CREATE FUNCTION place(value uuid) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('x' || encode(substr(sha256(uuid_send(value)), 1, 3), 'hex'))::bit(24)::int;

ALTER TABLE feed ADD COLUMN place int GENERATED ALWAYS AS (tocsin.place(uuid)) STORED;
CREATE INDEX feed_place ON feed (place) INCLUDE (audience, hash) WHERE live;

-- The header (send=tree), and where they are asked for the chains behind it.
CREATE FUNCTION tree_head(protocol int, with_chains boolean) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp BEGIN ATOMIC
  SELECT pull_header(f, 'tree', 0) FROM pull_facts(NULL) AS f
  UNION ALL
  SELECT pull_history(-1) WHERE with_chains;
END;

-- For each of these nodes of one depth, in this order: the first 8 bytes of the digest of each of
-- its 64 children, one behind the other.
CREATE FUNCTION tree_digests(depth int, nodes int[]) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  scope text[] := granted();
  node int;
  below int := 24 - 6 * depth; -- bits
BEGIN
  FOREACH node IN ARRAY nodes LOOP
    RETURN QUERY
      SELECT string_agg(coalesce(substr(hash_bytes(s.digest), 1, 8), '\x0000000000000000'), ''::bytea
                        ORDER BY c.child)
        FROM generate_series(0, 63) AS c (child)
             LEFT JOIN (SELECT (f.place >> (below - 6)) & 63 AS child, bit_xor(f.hash) AS digest
                          FROM feed f
                         WHERE f.live AND f.audience = ANY (scope)
                           AND f.place BETWEEN node << below AND (node << below) + (1 << below) - 1
                         GROUP BY 1) AS s USING (child);
  END LOOP;
END $$;

-- For each of these nodes of one depth, in this order: its live parts, 25 bytes each: UUID, number
-- of the audience, the first 8 bytes of the hash.
CREATE FUNCTION tree_leaves(depth int, nodes int[]) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  scope text[] := granted();
  node int;
  below int := 24 - 6 * depth;
BEGIN
  FOREACH node IN ARRAY nodes LOOP
    RETURN QUERY
      SELECT coalesce(string_agg(uuid_send(f.uuid) || set_byte('\x00', 0, audience_number(f.audience))
                                 || substr(hash_bytes(f.hash), 1, 8), ''::bytea), ''::bytea)
        FROM feed f
       WHERE f.live AND f.audience = ANY (scope)
         AND f.place BETWEEN node << below AND (node << below) + (1 << below) - 1;
  END LOOP;
END $$;

-- These parts, as pull() sends them; nothing for one that is not there.
CREATE FUNCTION tree_records(uuids uuid[], audiences int[]) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY
    SELECT convert_to('R', 'UTF8') || f.record
      FROM unnest(uuids, audiences) AS w (uuid, audience)
           CROSS JOIN LATERAL (SELECT p.record FROM feed p
                                WHERE p.uuid = w.uuid AND p.live
                                  AND audience_number(p.audience) = w.audience OFFSET 0) AS f;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tocsin FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tree_head(int, boolean), tree_digests(int, int[]), tree_leaves(int, int[]),
  tree_records(uuid[], int[])
  TO tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted;
GRANT CREATE ON SCHEMA tocsin TO tocsin_reader;
ALTER FUNCTION tree_head(int, boolean) OWNER TO tocsin_reader;
ALTER FUNCTION tree_digests(int, int[]) OWNER TO tocsin_reader;
ALTER FUNCTION tree_leaves(int, int[]) OWNER TO tocsin_reader;
ALTER FUNCTION tree_records(uuid[], int[]) OWNER TO tocsin_reader;
REVOKE CREATE ON SCHEMA tocsin FROM tocsin_reader;
