-- A failure domain is reported, declared, played and answered for only by those who may see it; to others
-- it is not there.  And a note or an override that has the UUID of another is refused.

-- Of an incident that is named the domain counts, since a report is in the switchboards' audience.
CREATE FUNCTION names_unseen_domain(a act, mine text[]) RETURNS boolean LANGUAGE sql STABLE
SET search_path = tocsin, pg_temp
  RETURN EXISTS (SELECT FROM domain d
                  WHERE d.audience <> ALL (mine)
                    AND (d.code = a.payload ->> 'domain'
                         OR d.code IN (SELECT words_of(a.payload ->> 'domains'))
                         OR d.code IN (SELECT i.domain FROM incident i WHERE i.uuid = incident_of(a))));
REVOKE ALL ON FUNCTION names_unseen_domain(act, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION names_unseen_domain(act, text[]), audience_number(text) TO tocsin_writer;

CREATE OR REPLACE FUNCTION decide(a act) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  rule text;
  held incident;
  mine text[] := granted();
BEGIN
  SELECT r.course INTO rule FROM act_rule r WHERE r.kind = a.kind AND r.tier = a.tier;
  IF a.audience <> ALL (mine)
     OR EXISTS (SELECT FROM entry e WHERE e.uuid = a.subject AND e.audience <> ALL (mine))
     OR EXISTS (SELECT FROM contact c WHERE c.uuid = uuid_of(a.payload ->> 'contact')
                                        AND c.audience <> ALL (mine)) THEN
    RETURN ARRAY['refused', 'not an audience of this terminal'];
  ELSIF names_unseen_domain(a, mine) THEN -- in the words for one that is not there
    RETURN ARRAY['aside', 'the failure domain is gone'];
  ELSIF rule = 'refused' THEN
    RETURN ARRAY['refused', 'not at a terminal of this kind'];
  ELSIF rule = 'own' AND NOT is_kept(a) AND NOT EXISTS (
          SELECT FROM act o
           WHERE o.uuid = uuid_of(a.payload ->> CASE a.kind WHEN 'withdrawal' THEN 'act'
                                                            ELSE 'incident' END)
             AND o.terminal = session_user) THEN
    RETURN ARRAY['refused', 'another terminal wrote it'];
  END IF;
  -- An incident that is there without its act: the source was made anew from records, or it is another's.
  SELECT * INTO held FROM incident i WHERE i.uuid = a.uuid;
  IF FOUND AND a.kind IN ('incident-report', 'incident-declare') THEN
    IF held.domain IS DISTINCT FROM a.payload ->> 'domain' THEN
      RETURN ARRAY['refused', 'another incident has this UUID'];
    ELSIF a.kind = 'incident-report' THEN
      RETURN ARRAY[CASE WHEN held.declared THEN 'applied' ELSE 'waits' END, ''];
    END IF;
  END IF;
  IF rule = 'suggested' THEN
    IF a.kind <> 'withdrawal' AND is_withdrawn(a) THEN
      RETURN ARRAY['done', 'taken back'];
    ELSIF NOT EXISTS (SELECT FROM entry e WHERE e.uuid = a.subject) THEN
      RETURN ARRAY['aside', 'the entry is gone'];
    END IF;
    RETURN ARRAY['waits', ''];
  END IF;
  RETURN settle(a, false);
END $$;

-- A report is never seen by more than its domain is.
CREATE OR REPLACE FUNCTION settle_incident(a act, declares boolean) RETURNS text[] LANGUAGE plpgsql AS $$
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
      VALUES (a.uuid,
              CASE WHEN audience_number(d.audience) > audience_number('switchboard') THEN d.audience
                   ELSE 'switchboard' END,
              d.code, ways(a), begun, act_instant(a, 'until'), a.payload ->> 'reason', a.initials,
              false) ON CONFLICT (uuid) DO NOTHING;
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

CREATE OR REPLACE FUNCTION settle_note(a act, home text) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO note (uuid, entry, audience, at, until, by, text)
    VALUES (a.uuid, a.subject, audience_beside(home, a.audience), a.at, act_instant(a, 'until'),
            a.initials, a.payload ->> 'text')
    ON CONFLICT (uuid) DO NOTHING;
  IF NOT FOUND AND NOT EXISTS (
       SELECT FROM note n WHERE n.uuid = a.uuid AND n.entry = a.subject AND n.at = a.at
                            AND n.text = a.payload ->> 'text') THEN
    RETURN ARRAY['refused', 'another note has this UUID'];
  END IF;
  RETURN ARRAY['applied', ''];
END $$;

CREATE OR REPLACE FUNCTION settle_override(a act, home text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  of_contact uuid := uuid_of(a.payload ->> 'contact');
BEGIN
  IF of_contact IS NOT NULL
     AND NOT EXISTS (SELECT FROM contact c WHERE c.uuid = of_contact AND c.entry = a.subject) THEN
    RETURN ARRAY['aside', 'the contact point is gone'];
  END IF;
  IF a.payload ? 'plan'
     AND NOT EXISTS (SELECT FROM plan p WHERE p.code = a.payload ->> 'plan') THEN
    RETURN ARRAY['aside', 'the numbering plan is gone'];
  END IF;
  INSERT INTO override (uuid, entry, audience, contact, number, plan, e164, kind, at, until, by, reason)
    VALUES (a.uuid, a.subject, audience_beside(home, a.audience), of_contact,
            a.payload ->> 'number', a.payload ->> 'plan', a.payload ->> 'e164',
            a.payload ->> 'kind', a.at, act_instant(a, 'until'), a.initials,
            a.payload ->> 'reason')
    ON CONFLICT (uuid) DO NOTHING;
  IF NOT FOUND AND NOT EXISTS (
       SELECT FROM override v WHERE v.uuid = a.uuid AND v.entry = a.subject AND v.at = a.at
                                AND v.number = a.payload ->> 'number') THEN
    RETURN ARRAY['refused', 'another override has this UUID'];
  END IF;
  RETURN ARRAY['applied', ''];
END $$;

-- What is taken back is what the act made: nothing where it was not applied, nor a row of another kind.
-- (The function is that of 0020_acts, under the name that 0050_attempts gave it.)
CREATE OR REPLACE FUNCTION settle_other_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  what uuid := uuid_of(a.payload ->> 'act');
  found_any boolean := false;
BEGIN
  DELETE FROM note n WHERE n.uuid = what AND n.entry = a.subject
     AND NOT EXISTS (SELECT FROM act o
                      WHERE o.uuid = what AND (o.kind <> 'note' OR o.outcome <> 'applied'));
  found_any := FOUND;
  DELETE FROM override v WHERE v.uuid = what AND v.entry = a.subject
     AND NOT EXISTS (SELECT FROM act o
                      WHERE o.uuid = what AND (o.kind <> 'override' OR o.outcome <> 'applied'));
  found_any := found_any OR FOUND;
  UPDATE act o SET outcome = 'refused', reason = 'taken back'
   WHERE o.uuid = what AND o.outcome = 'waits';
  RETURN ARRAY[CASE WHEN found_any OR FOUND THEN 'applied' ELSE 'done' END, ''];
END $$;
