-- Incidents as acts.  Whoever sees that something is down reports it: a row that the switchboards
-- see, and that waits until a person or a switchboard declares it.  A switchboard declares, and every
-- terminal's answers change.  Two that were declared of one domain are one incident.  Where an end and
-- a change disagree, down wins and the row says both.

-- Acts that are part of another incident now.
CREATE TABLE incident_same (
  act key PRIMARY KEY,
  incident key NOT NULL REFERENCES incident ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX ON incident_same (incident);

CREATE FUNCTION incident_of(a act) RETURNS uuid LANGUAGE sql STABLE
  RETURN (SELECT coalesce((SELECT s.incident FROM incident_same s WHERE s.act = w.uuid), w.uuid)
            FROM (SELECT uuid_of(a.payload ->> 'incident')) AS w (uuid));

CREATE FUNCTION ways(a act) RETURNS text[] LANGUAGE sql STABLE
  RETURN coalesce(string_to_array(a.payload ->> 'directions', ','),
                  ARRAY['inside', 'inbound', 'outbound']);

-- "works; NE 14:02: ended"
CREATE FUNCTION both_said(reason text, a act, said text) RETURNS text LANGUAGE sql STABLE
  RETURN left(concat_ws('; ', nullif(reason, ''),
                        concat_ws(' ', nullif(a.initials, ''), to_char(a.at, 'YYYY-MM-DD HH24:MI'),
                                  'UTC: ' || said)), 500);

CREATE FUNCTION settle_incident(a act, declares boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  d domain;
  other incident;
  begun timestamptz := least(coalesce(act_instant(a, 'since'), a.at), now());
BEGIN
  SELECT * INTO d FROM domain o WHERE o.code = a.payload ->> 'domain';
  IF NOT FOUND THEN
    RETURN ARRAY['aside', 'the failure domain is gone'];
  END IF;
  IF NOT declares THEN
    INSERT INTO incident (uuid, audience, domain, directions, since, until, reason, by, declared)
      VALUES (a.uuid, 'switchboard', d.code, ways(a), begun, act_instant(a, 'until'),
              a.payload ->> 'reason', a.initials, false) ON CONFLICT (uuid) DO NOTHING;
    RETURN ARRAY['waits', ''];
  END IF;
  -- what was only reported of it has been heard
  UPDATE act r SET outcome = 'applied' WHERE r.kind = 'incident-report' AND r.outcome = 'waits'
     AND r.uuid <> a.uuid AND r.payload ->> 'domain' = d.code;
  DELETE FROM incident i WHERE i.domain = d.code AND NOT i.declared AND i.uuid <> a.uuid;
  SELECT * INTO other FROM incident i
   WHERE i.domain = d.code AND i.declared AND i.uuid <> a.uuid
     AND (i.ended IS NULL OR i.ended > now()) AND (i.until IS NULL OR i.until >= begun)
   ORDER BY i.since LIMIT 1 FOR UPDATE;
  IF FOUND THEN
    UPDATE incident i
       SET since = least(i.since, begun),
           until = nullif(greatest(coalesce(i.until, 'infinity'), act_instant(a, 'until')), 'infinity'),
           directions = (SELECT array_agg(DISTINCT w)
                           FROM unnest(i.directions::text[] || ways(a)) AS w),
           reason = CASE WHEN a.payload ? 'reason' AND i.reason IS DISTINCT FROM a.payload ->> 'reason'
                         THEN both_said(i.reason, a, a.payload ->> 'reason') ELSE i.reason END
     WHERE i.uuid = other.uuid;
    DELETE FROM incident i WHERE i.uuid = a.uuid; -- its own report
    INSERT INTO incident_same (act, incident) VALUES (a.uuid, other.uuid) ON CONFLICT DO NOTHING;
    RETURN ARRAY['applied', ''];
  END IF;
  INSERT INTO incident AS i (uuid, audience, domain, directions, since, until, reason, by, declared)
    VALUES (a.uuid, d.audience, d.code, ways(a), begun, act_instant(a, 'until'),
            a.payload ->> 'reason', a.initials, true)
    ON CONFLICT (uuid) DO UPDATE SET declared = true, audience = EXCLUDED.audience;
  RETURN ARRAY['applied', ''];
END $$;

CREATE FUNCTION settle_end(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  i incident;
BEGIN
  SELECT * INTO i FROM incident o WHERE o.uuid = incident_of(a) FOR UPDATE;
  IF NOT FOUND THEN
    RETURN ARRAY['aside', 'the incident is gone'];
  ELSIF i.ended IS NOT NULL THEN
    RETURN ARRAY['done', ''];
  ELSIF coalesce(secs(i.until), '') <> coalesce(a.payload ->> 'was', '') THEN
    UPDATE incident o SET reason = both_said(o.reason, a, 'ended, but it was extended')
     WHERE o.uuid = i.uuid;
    RETURN ARRAY['refused', 'it was extended since: down wins'];
  END IF;
  UPDATE incident o
     SET ended = greatest(least(a.at, now()), o.since + interval '1 second'),
         reason = CASE WHEN a.payload ? 'reason' THEN both_said(o.reason, a, a.payload ->> 'reason')
                       ELSE o.reason END
   WHERE o.uuid = i.uuid;
  UPDATE act r SET outcome = 'done', reason = 'it has ended'
   WHERE r.uuid = i.uuid AND r.kind = 'incident-report' AND r.outcome = 'waits';
  RETURN ARRAY['applied', ''];
END $$;

CREATE FUNCTION settle_change(a act) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  UPDATE incident o
     SET until = CASE WHEN a.payload ? 'until' THEN act_instant(a, 'until') ELSE o.until END,
         directions = CASE WHEN a.payload ? 'directions' THEN ways(a) ELSE o.directions END,
         reason = CASE WHEN o.ended IS NOT NULL THEN both_said(o.reason, a, 'still down')
                       WHEN a.payload ? 'reason' THEN a.payload ->> 'reason' ELSE o.reason END,
         ended = NULL
   WHERE o.uuid = incident_of(a);
  IF NOT FOUND THEN
    RETURN ARRAY['aside', 'the incident is gone'];
  END IF;
  RETURN ARRAY['applied', ''];
END $$;

-- A report that is refused is shown no longer.
CREATE OR REPLACE FUNCTION refuse_act(of uuid, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  a act;
BEGIN
  SELECT * INTO a FROM act o WHERE o.uuid = of FOR UPDATE;
  IF NOT FOUND THEN
    RETURN E'unknown\t';
  ELSIF a.outcome = 'waits' THEN
    UPDATE act o SET outcome = 'refused', reason = left(why, 200), decided_by = session_user
     WHERE o.uuid = of RETURNING * INTO a;
    DELETE FROM incident i WHERE i.uuid = of AND NOT i.declared;
  END IF;
  RETURN a.outcome || E'\t' || a.reason;
END $$;

DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'tocsin'::regnamespace
              AND p.proname IN ('incident_of', 'ways', 'both_said', 'settle_incident', 'settle_end',
                                'settle_change')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tocsin_writer', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION secs(timestamptz) TO tocsin_writer;
GRANT SELECT ON domain TO tocsin_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON incident TO tocsin_writer;
GRANT SELECT, INSERT ON incident_same TO tocsin_writer;
GRANT SELECT ON incident_same TO tocsin_admin;
