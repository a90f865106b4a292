-- What is asked for by its name is chosen by the caller's audiences as well, like all that is asked for in
-- bulk: until here row security alone stood before these two.
CREATE OR REPLACE FUNCTION tree_records(uuids uuid[], audiences int[]) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  scope text[] := granted();
BEGIN
  RETURN QUERY
    SELECT convert_to('R', 'UTF8') || f.record
      FROM unnest(uuids, audiences) AS w (uuid, audience)
           CROSS JOIN LATERAL (SELECT p.record FROM feed p
                                WHERE p.uuid = w.uuid AND p.live AND p.audience = ANY (scope)
                                  AND audience_number(p.audience) = w.audience OFFSET 0) AS f;
END $$;

CREATE OR REPLACE FUNCTION snapshot_bytes(of_id bigint) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off BEGIN ATOMIC
  SELECT c.bytes FROM snapshot_chunk c JOIN snapshot s ON s.id = c.snapshot
   WHERE c.snapshot = of_id AND s.scope = granted() ORDER BY c.n;
END;
