-- A bundle of what has changed since a revision, for a terminal without a network: as a pull sends it
-- to one that holds these audiences.  The chains begin with that revision's own, so that any terminal
-- behind it on this history can tell that it is meant.
CREATE FUNCTION bundle_since(of_scope text[], since bigint) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off AS $$
DECLARE
  f record;
BEGIN
  SELECT s.generation, s.revision, s.floor, s.approved, s.oldest_client, s.at, s.chain,
         b.chain AS chain_at, s.scope, s.records, s.digest
    INTO STRICT f FROM scope_facts(NULL, of_scope) AS s LEFT JOIN revision b ON b.revision = since;
  IF f.chain_at IS NULL OR since < f.floor THEN
    RAISE EXCEPTION 'what changed since revision % is not known here: it may be of % to %',
      since, f.floor, f.revision USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN NEXT pull_header(f, 'delta', 0);
  RETURN NEXT pull_history(since - 1);
  RETURN QUERY
    SELECT CASE WHEN p.live THEN convert_to('R', 'UTF8') || p.record
                ELSE convert_to('D', 'UTF8') || uuid_send(p.uuid)
                     || set_byte('\x00', 0, audience_number(p.audience))
                     || set_byte('\x00', 0, CASE WHEN p.kind = 'entry' AND r.revision > f.approved
                          AND NOT EXISTS (SELECT FROM feed o WHERE o.uuid = p.uuid AND o.live
                                             AND o.audience = ANY (of_scope) OFFSET 0)
                          THEN 1 ELSE 0 END) END
      FROM revision r
           CROSS JOIN LATERAL (SELECT p.* FROM feed p
                                WHERE p.change = r.change AND p.audience = ANY (of_scope)
                               OFFSET 0) AS p
     WHERE r.revision > since;
END $$;

REVOKE ALL ON FUNCTION bundle_since(text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bundle_since(text[], bigint) TO tocsin_admin;
