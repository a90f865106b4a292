-- Enrolled terminals: who they are, and what each held when it last spoke.  Outside the feed: nothing
-- of this goes to terminals.

CREATE TABLE terminal (
  uuid key PRIMARY KEY DEFAULT gen_random_uuid(),
  role words NOT NULL UNIQUE, -- its login
  audiences text[] NOT NULL,  -- as it was enrolled; the grants decide
  enrolled timestamptz NOT NULL DEFAULT now(),
  revoked timestamptz,
  -- of the last heartbeat
  seen timestamptz,
  revision bigint,
  version text,
  queue int                   -- acts that it has not been able to hand over
);

-- A terminal may speak of itself alone, and once in four minutes is enough of it.  True: it was
-- written down.
CREATE FUNCTION heartbeat(terminal uuid, revision bigint, version text, queue int) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = tocsin, pg_temp BEGIN ATOMIC
  UPDATE terminal t
     SET seen = now(), revision = heartbeat.revision, version = left(heartbeat.version, 40),
         queue = heartbeat.queue
   WHERE t.uuid = heartbeat.terminal AND t.role = session_user AND t.revoked IS NULL
     AND (t.seen IS NULL OR t.seen < now() - interval '4 minutes' OR t.seen > now())
  RETURNING true;
END;
REVOKE ALL ON FUNCTION heartbeat(uuid, bigint, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION heartbeat(uuid, bigint, text, int)
  TO tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted;
GRANT SELECT ON terminal TO tocsin_admin;

-- What fleet shows, a terminal a line.
CREATE VIEW fleet AS
  SELECT t.role, t.uuid, t.revision, h.revision - t.revision AS behind, t.version, t.queue,
         extract(epoch FROM now() - t.seen)::bigint AS age,
         array_to_string(t.audiences, ',') AS audiences,
         CASE WHEN t.revoked IS NOT NULL THEN 'revoked' WHEN t.seen IS NULL THEN 'never'
              WHEN t.seen < now() - interval '1 hour' THEN 'silent' ELSE 'ok' END AS state
    FROM terminal t CROSS JOIN sync_head h;
GRANT SELECT ON fleet TO tocsin_admin;
