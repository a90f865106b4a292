-- Whose an act is, and what it may stand for, is read from the field of its kind alone; and a UUID that
-- a row of another origin has makes no act of it.
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

-- What is taken back is what the act made: nothing where it waits, nor a row of another kind.
-- (The function is that of 0020_acts, under the name that 0050_attempts gave it.)
CREATE OR REPLACE FUNCTION settle_other_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  what uuid := uuid_of(a.payload ->> 'act');
  found_any boolean := false;
BEGIN
  DELETE FROM note n WHERE n.uuid = what AND n.entry = a.subject
     AND NOT EXISTS (SELECT FROM act o
                      WHERE o.uuid = what AND (o.kind <> 'note' OR o.outcome = 'waits'));
  found_any := FOUND;
  DELETE FROM override v WHERE v.uuid = what AND v.entry = a.subject
     AND NOT EXISTS (SELECT FROM act o
                      WHERE o.uuid = what AND (o.kind <> 'override' OR o.outcome = 'waits'));
  found_any := found_any OR FOUND;
  UPDATE act o SET outcome = 'refused', reason = 'taken back'
   WHERE o.uuid = what AND o.outcome = 'waits';
  RETURN ARRAY[CASE WHEN found_any OR FOUND THEN 'applied' ELSE 'done' END, ''];
END $$;
