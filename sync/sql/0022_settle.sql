-- Acts that are kept and change nothing: a try to reach somebody, a masked number that was looked at.
CREATE FUNCTION is_kept(a act) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN a.kind IN ('attempt', 'reveal');

-- What works is verified by it.  What does not is a note, until it works.
CREATE FUNCTION settle_test(a act, home text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  c contact;
BEGIN
  SELECT * INTO c FROM contact o
   WHERE o.uuid = uuid_of(a.payload ->> 'contact') AND o.entry = a.subject FOR UPDATE;
  IF NOT FOUND THEN
    RETURN ARRAY['aside', 'the contact point is gone'];
  ELSIF a.payload ->> 'result' = 'works' THEN
    UPDATE contact o SET verified = a.at, verified_by = nullif(a.initials, ''), verified_how = 'test'
     WHERE o.uuid = c.uuid AND (o.verified IS NULL OR o.verified < a.at);
    DELETE FROM note n USING act t
     WHERE n.uuid = t.uuid AND t.kind = 'test' AND t.at <= a.at
       AND t.payload ->> 'contact' = a.payload ->> 'contact';
    RETURN ARRAY['applied', ''];
  ELSIF c.verified >= a.at THEN
    RETURN ARRAY['done', 'it worked since'];
  END IF;
  RETURN settle_note(a, home);
END $$;
REVOKE ALL ON FUNCTION settle_test(act, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_test(act, text) TO tocsin_writer;

-- Does what an act asks for, or says why not: outcome and reason.  anyway: a person has decided.
-- A declaration whose time was over when it arrived is taken all the same: nobody said that it had
-- ended, it may have been extended since, and past its time it is unknown, not up.
CREATE FUNCTION settle(a act, anyway boolean) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  home text;
BEGIN
  IF a.kind IN ('incident-report', 'incident-declare') THEN
    IF a.kind = 'incident-report' AND act_instant(a, 'until') <= now() THEN
      RETURN ARRAY['done', 'it was over'];
    END IF;
    -- a report that is settled a second time is one that a person accepts
    RETURN settle_incident(a, a.kind = 'incident-declare'
                              OR EXISTS (SELECT FROM incident i WHERE i.uuid = a.uuid));
  ELSIF a.kind = 'incident-end' THEN
    RETURN settle_end(a);
  ELSIF a.kind = 'incident-change' THEN
    RETURN settle_change(a);
  ELSIF a.kind <> 'withdrawal' AND is_withdrawn(a) THEN
    RETURN ARRAY['done', 'taken back'];
  ELSIF is_kept(a) THEN
    RETURN ARRAY['applied', ''];
  END IF;
  SELECT e.audience INTO home FROM entry e WHERE e.uuid = a.subject FOR SHARE;
  IF home IS NULL THEN
    RETURN ARRAY['aside', 'the entry is gone'];
  ELSIF act_instant(a, 'until') <= now() THEN
    RETURN ARRAY['done', 'it was over'];
  END IF;
  RETURN CASE a.kind WHEN 'note' THEN settle_note(a, home)
                     WHEN 'override' THEN settle_override(a, home)
                     WHEN 'test' THEN settle_test(a, home)
                     WHEN 'suggestion' THEN settle_suggestion(a, anyway)
                     WHEN 'withdrawal' THEN settle_withdrawal(a) END;
END $$;

-- By the table.  Who may not read an entry or a contact point may not write about it.
CREATE FUNCTION decide(a act) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  rule text;
  mine text[] := granted();
BEGIN
  SELECT r.course INTO rule FROM act_rule r WHERE r.kind = a.kind AND r.tier = a.tier;
  IF a.audience <> ALL (mine)
     OR EXISTS (SELECT FROM entry e WHERE e.uuid = a.subject AND e.audience <> ALL (mine))
     OR EXISTS (SELECT FROM contact c WHERE c.uuid = uuid_of(a.payload ->> 'contact')
                                        AND c.audience <> ALL (mine)) THEN
    RETURN ARRAY['refused', 'not an audience of this terminal'];
  ELSIF rule = 'refused' THEN
    RETURN ARRAY['refused', 'not at a terminal of this kind'];
  ELSIF rule = 'own' AND NOT is_kept(a) AND NOT EXISTS (
          SELECT FROM act o
           WHERE o.uuid = uuid_of(coalesce(a.payload ->> 'act', a.payload ->> 'incident'))
             AND o.terminal = session_user) THEN
    RETURN ARRAY['refused', 'another terminal wrote it'];
  ELSIF rule = 'suggested' THEN
    IF a.kind <> 'withdrawal' AND is_withdrawn(a) THEN
      RETURN ARRAY['done', 'taken back'];
    ELSIF NOT EXISTS (SELECT FROM entry e WHERE e.uuid = a.subject) THEN
      RETURN ARRAY['aside', 'the entry is gone'];
    END IF;
    RETURN ARRAY['waits', ''];
  END IF;
  RETURN settle(a, false);
END $$;

REVOKE ALL ON FUNCTION is_kept(act), settle(act, boolean), decide(act) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_kept(act), settle(act, boolean), decide(act) TO tocsin_writer;
