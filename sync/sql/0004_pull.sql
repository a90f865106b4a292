-- What terminals may do.  They hold EXECUTE on two functions and nothing else; these run as
-- tocsin_reader, to whom row security shows the parts of the caller's audiences alone.

DO $$
DECLARE
  r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['public', 'clinical', 'switchboard', 'restricted', 'admin', 'reader'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', 'tocsin_' || r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- of another directory in this cluster
    END;
  END LOOP;
  IF NOT pg_has_role(current_user, 'tocsin_reader', 'MEMBER') THEN
    EXECUTE format('GRANT tocsin_reader TO %I', current_user);
  END IF;
END $$;

-- Whoever logged in, whatever functions run as now.
CREATE FUNCTION granted() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN ARRAY(SELECT a FROM unnest(ARRAY['public', 'clinical', 'switchboard', 'restricted'])
                        WITH ORDINALITY AS t (a, n)
                WHERE pg_has_role(session_user, 'tocsin_' || a, 'MEMBER') ORDER BY n);

-- The facts a pull is decided by.  chain_at is the chain at the caller's revision, if known here.
CREATE FUNCTION pull_facts(at_revision bigint) RETURNS TABLE (
  generation uuid, revision bigint, floor bigint, approved bigint, oldest_client int,
  at timestamptz, chain bytea, chain_at bytea, scope text[], records bigint, digest bytea)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT h.generation, h.revision, h.floor, h.approved, h.oldest_client, r.at, r.chain,
         (SELECT b.chain FROM revision b WHERE b.revision = at_revision), g.scope,
         (SELECT sum(r.records[audience_number(a)]) FROM unnest(g.scope) AS a)::bigint,
         hash_bytes((SELECT bit_xor(r.digests[audience_number(a)]) FROM unnest(g.scope) AS a))
    FROM sync_head h JOIN revision r ON r.revision = h.revision
         CROSS JOIN (SELECT granted() AS scope) AS g;
END;

CREATE FUNCTION pull_header(f record, send text, changes bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
BEGIN
  RETURN convert_to(concat_ws(' ',
    'Hprotocol=1', 'oldest=' || f.oldest_client, 'generation=' || f.generation,
    'revision=' || f.revision, 'chain=' || encode(f.chain, 'hex'),
    'at=' || secs(f.at), 'now=' || secs(clock_timestamp()), 'floor=' || f.floor,
    'approved=' || f.approved, 'chain_at=' || encode(f.chain_at, 'hex'),
    'scope=' || array_to_string(f.scope, ','), 'records=' || coalesce(f.records, 0),
    'digest=' || coalesce(encode(f.digest, 'hex'), repeat('0', 32)), 'send=' || send,
    'changes=' || changes), 'UTF8');
END $$;

-- The chains of the last revisions up to the head, 8 bytes each, behind one that is known.
CREATE FUNCTION pull_history(behind bigint) RETURNS bytea
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT convert_to('K', 'UTF8') || coalesce(string_agg(substr(r.chain, 1, 8), ''::bytea
                                                        ORDER BY r.revision), '')
    FROM sync_head h JOIN revision r
         ON r.revision > greatest(behind, h.revision - 256) AND r.revision <= h.revision;
END;

-- One round of a terminal that holds generation, revision, chain and scope.  Rows begin with a
-- letter: S, nothing new (and the time); H, the header; then, where it says send=delta: K, chains;
-- R, a record; D, a tombstone: UUID, number of the audience, 1 where an entry is gone and nobody has
-- approved that yet.
-- most: send no delta of more parts than this.
-- OFFSET 0 keeps the planner on the way from the few new revisions to their parts by the index,
-- whatever one import of everything makes it believe: the cost of a delta follows the delta.
CREATE FUNCTION pull(protocol int, my_generation uuid, my_revision bigint, my_chain bytea,
                     my_scope text, most bigint)
RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  f record;
  changes bigint := 0;
BEGIN
  SELECT * INTO STRICT f FROM pull_facts(my_revision);
  IF f.generation = my_generation AND f.revision = my_revision AND f.chain = my_chain
     AND array_to_string(f.scope, ',') = my_scope AND protocol >= f.oldest_client THEN
    RETURN NEXT convert_to('S' || secs(clock_timestamp()), 'UTF8');
    RETURN;
  END IF;
  IF f.generation = my_generation AND f.chain_at = my_chain AND f.revision > my_revision
     AND my_revision >= f.floor AND array_to_string(f.scope, ',') = my_scope
     AND protocol >= f.oldest_client THEN
    SELECT count(*) INTO changes
      FROM (SELECT FROM revision r
                   CROSS JOIN LATERAL (SELECT FROM feed p
                                        WHERE p.change = r.change AND p.audience = ANY (f.scope)
                                       OFFSET 0) AS p
             WHERE r.revision > my_revision LIMIT most + 1) AS t;
  ELSE
    most := -1;
  END IF;
  RETURN NEXT pull_header(f, CASE WHEN changes <= most THEN 'delta' ELSE 'none' END, changes);
  IF changes <= most THEN
    RETURN NEXT pull_history(my_revision);
    RETURN QUERY
      SELECT CASE WHEN p.live THEN convert_to('R', 'UTF8') || p.record
                  ELSE convert_to('D', 'UTF8') || uuid_send(p.uuid)
                       || set_byte('\x00', 0, audience_number(p.audience))
                       || set_byte('\x00', 0, CASE WHEN p.kind = 'entry' AND r.revision > f.approved AND NOT EXISTS (
                            SELECT FROM feed o WHERE o.uuid = p.uuid AND o.live
                                AND o.audience = ANY (f.scope) OFFSET 0) THEN 1 ELSE 0 END)
             END
        FROM revision r
             CROSS JOIN LATERAL (SELECT p.* FROM feed p
                                  WHERE p.change = r.change AND p.audience = ANY (f.scope)
                                 OFFSET 0) AS p
       WHERE r.revision > my_revision;
  END IF;
END $$;

-- Everything of the caller's audiences at one revision: header, chains, records.  In plain SQL, so
-- that rows leave as they are read, however many there are.
CREATE FUNCTION pull_all(protocol int) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp BEGIN ATOMIC
  SELECT pull_header(f, 'all', 0) FROM pull_facts(NULL) AS f
  UNION ALL
  SELECT pull_history(-1)
  UNION ALL
  SELECT convert_to('R', 'UTF8') || p.record FROM feed p
   WHERE p.live AND p.audience = ANY ((SELECT granted())::text[]);
END;

-- An administrator's word that what vanishes up to a revision is meant to.
CREATE FUNCTION approve(up_to bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  now_at bigint;
BEGIN
  SELECT h.revision INTO now_at FROM sync_head h FOR UPDATE;
  IF up_to > now_at OR up_to < 1 THEN
    RAISE EXCEPTION 'revision % is not there yet: the source is at %', up_to, now_at
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  UPDATE sync_head SET approved = greatest(approved, up_to);
  RETURN up_to;
END $$;

-- Forgets tombstones and revisions older than this.  Terminals that were away for longer load anew.
CREATE FUNCTION prune(older_than interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  new_floor bigint;
BEGIN
  SELECT max(r.revision) INTO new_floor FROM revision r WHERE r.at < now() - older_than;
  IF new_floor IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE sync_head SET floor = greatest(floor, new_floor) RETURNING floor INTO new_floor;
  DELETE FROM feed f USING revision r
   WHERE f.change = r.change AND NOT f.live AND r.revision <= new_floor;
  DELETE FROM revision WHERE revision < new_floor; -- the floor's own says whose history it is
  RETURN new_floor;
END $$;

ALTER TABLE feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_caller ON feed FOR SELECT TO tocsin_reader
  USING (audience = ANY ((SELECT granted())::text[])); -- once a statement, not once a row
CREATE POLICY all_for_admins ON feed FOR SELECT TO tocsin_admin USING (true);

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tocsin FROM PUBLIC;
REVOKE ALL ON ALL PROCEDURES IN SCHEMA tocsin FROM PUBLIC;
GRANT USAGE ON SCHEMA tocsin TO tocsin_public, tocsin_clinical, tocsin_switchboard,
  tocsin_restricted, tocsin_admin, tocsin_reader;
GRANT SELECT ON feed, revision, sync_head TO tocsin_reader, tocsin_admin;
GRANT EXECUTE ON FUNCTION granted(), audience_number(text), hash_bytes(bit), secs(timestamptz),
  pull_facts(bigint), pull_header(record, text, bigint), pull_history(bigint) TO tocsin_reader;
GRANT EXECUTE ON FUNCTION pull(int, uuid, bigint, bytea, text, bigint), pull_all(int)
  TO tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted;
GRANT EXECUTE ON FUNCTION approve(bigint), prune(interval) TO tocsin_admin;
DO $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'tocsin'::regnamespace AND c.relkind = 'r'
              AND c.relname NOT IN ('feed', 'revision', 'sync_head', 'touched', 'pending', 'migration')
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tocsin_admin', t);
  END LOOP;
END $$;
-- The functions that terminals call belong to the reader; owning needs CREATE for a moment.
GRANT CREATE ON SCHEMA tocsin TO tocsin_reader;
ALTER FUNCTION pull(int, uuid, bigint, bytea, text, bigint) OWNER TO tocsin_reader;
ALTER FUNCTION pull_all(int) OWNER TO tocsin_reader;
REVOKE CREATE ON SCHEMA tocsin FROM tocsin_reader;
