-- A header says whether this is a copy of another server: one that is none and is behind a terminal was
-- restored, however far back.  And how many entries went that nobody has approved yet, for a terminal
-- that does not learn it from a delta: what was approved goes through there too, whatever came after.

-- A copy by streaming or by subscription may lag.
CREATE FUNCTION is_copy() RETURNS boolean
LANGUAGE sql STABLE SET search_path = tocsin, pg_temp
  RETURN pg_is_in_recovery()
         OR EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = 'tocsin.feed'::regclass);

-- Entries of a scope that are gone since the revision that was approved last.  NULL: nothing was, or
-- not all that went since is known still, or it is so long ago that counting is too much work.
CREATE FUNCTION unapproved(of_scope text[]) RETURNS bigint
LANGUAGE sql STABLE SET search_path = tocsin, pg_temp BEGIN ATOMIC
  SELECT CASE WHEN h.approved > 0 AND h.floor <= h.approved AND h.revision - h.approved <= 10000 THEN
           (SELECT count(DISTINCT p.uuid)
              FROM revision r
                   CROSS JOIN LATERAL (SELECT f.uuid FROM feed f
                                        WHERE f.change = r.change AND NOT f.live AND f.kind = 'entry'
                                          AND f.audience = ANY (of_scope) OFFSET 0) AS p
             WHERE r.revision > h.approved
               AND NOT EXISTS (SELECT FROM feed o WHERE o.uuid = p.uuid AND o.live
                                  AND o.audience = ANY (of_scope) OFFSET 0)) END
    FROM sync_head h;
END;

CREATE OR REPLACE FUNCTION pull_header(f record, send text, changes bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
BEGIN
  RETURN convert_to(concat_ws(' ',
    'Hprotocol=1', 'oldest=' || f.oldest_client, 'generation=' || f.generation,
    'revision=' || f.revision, 'chain=' || encode(f.chain, 'hex'),
    'at=' || secs(f.at), 'now=' || secs(clock_timestamp()), 'floor=' || f.floor,
    'approved=' || f.approved, 'chain_at=' || encode(f.chain_at, 'hex'),
    'scope=' || array_to_string(f.scope, ','), 'records=' || coalesce(f.records, 0),
    'digest=' || coalesce(encode(f.digest, 'hex'), repeat('0', 32)), 'send=' || send,
    'changes=' || changes, 'copy=' || is_copy()::int,
    CASE WHEN send <> 'delta' THEN concat('unapproved=' || unapproved(f.scope), ' approved_at='
      || secs((SELECT r.at FROM revision r WHERE r.revision = f.approved))) END), 'UTF8');
END $$;

REVOKE ALL ON FUNCTION is_copy(), unapproved(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_copy(), unapproved(text[]) TO tocsin_reader;
