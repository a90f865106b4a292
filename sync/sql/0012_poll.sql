-- The question that thousands of terminals ask every few seconds: is there anything new?  What pull()
-- would answer with S, for a tenth of its work: one row of head and revision, roles asked for by
-- name and no array built.

CREATE FUNCTION poll(protocol int, my_generation uuid, my_revision bigint, my_chain bytea,
                     my_scope text)
RETURNS bigint -- the time; NULL: there is something, ask pull()
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
BEGIN
  PERFORM FROM sync_head h JOIN revision r ON r.revision = h.revision
    WHERE h.generation = my_generation AND h.revision = my_revision AND r.chain = my_chain
      AND h.oldest_client <= protocol;
  IF FOUND AND my_scope = concat_ws(',',
       CASE WHEN pg_has_role(session_user, 'tocsin_public', 'MEMBER') THEN 'public' END,
       CASE WHEN pg_has_role(session_user, 'tocsin_clinical', 'MEMBER') THEN 'clinical' END,
       CASE WHEN pg_has_role(session_user, 'tocsin_switchboard', 'MEMBER') THEN 'switchboard' END,
       CASE WHEN pg_has_role(session_user, 'tocsin_restricted', 'MEMBER') THEN 'restricted' END) THEN
    RETURN secs(clock_timestamp());
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION poll(int, uuid, bigint, bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION poll(int, uuid, bigint, bytea, text)
  TO tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted;
GRANT CREATE ON SCHEMA tocsin TO tocsin_reader;
ALTER FUNCTION poll(int, uuid, bigint, bytea, text) OWNER TO tocsin_reader;
REVOKE CREATE ON SCHEMA tocsin FROM tocsin_reader;
