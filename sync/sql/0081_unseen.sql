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

ALTER FUNCTION decide(act) RENAME TO decide_what_is_seen;
CREATE FUNCTION decide(a act) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF names_unseen_domain(a, granted()) THEN -- in the words for one that is not there
    RETURN ARRAY['aside', 'the failure domain is gone'];
  END IF;
  RETURN decide_what_is_seen(a);
END $$;

-- An incident is never seen by more than its domain is, whoever writes it.
CREATE FUNCTION seen_as_its_domain() RETURNS trigger LANGUAGE plpgsql
SET search_path = tocsin, pg_temp AS $$
DECLARE
  least text := (SELECT d.audience FROM domain d WHERE d.code = NEW.domain);
BEGIN
  IF audience_number(least) > audience_number(NEW.audience) THEN
    NEW.audience := least;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seen_as_its_domain BEFORE INSERT OR UPDATE OF audience, domain ON incident
  FOR EACH ROW EXECUTE FUNCTION seen_as_its_domain();

-- Is the row with this UUID another's?  What the act made itself, or a source that was made anew kept of
-- it, says the same.
CREATE FUNCTION is_of_another(a act) RETURNS boolean LANGUAGE sql STABLE
SET search_path = tocsin, pg_temp
  RETURN (a.kind = 'note' AND EXISTS (
            SELECT FROM note n WHERE n.uuid = a.uuid
               AND (n.entry <> a.subject OR n.at <> a.at OR n.text <> a.payload ->> 'text')))
      OR (a.kind = 'override' AND EXISTS (
            SELECT FROM override v WHERE v.uuid = a.uuid
               AND (v.entry <> a.subject OR v.at <> a.at OR v.number <> a.payload ->> 'number')));

ALTER FUNCTION settle(act, boolean) RENAME TO settle_what_is_own;
CREATE FUNCTION settle(a act, anyway boolean) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF is_of_another(a) THEN
    RETURN ARRAY['refused', 'another ' || a.kind || ' has this UUID'];
  END IF;
  RETURN settle_what_is_own(a, anyway);
END $$;

-- What was never applied made no row: one with its UUID is another's.
ALTER FUNCTION settle_other_withdrawal(act) RENAME TO settle_row_withdrawal;
CREATE FUNCTION settle_other_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM act o WHERE o.uuid = uuid_of(a.payload ->> 'act')
                AND o.outcome NOT IN ('applied', 'waits')) THEN
    RETURN ARRAY['done', ''];
  END IF;
  RETURN settle_row_withdrawal(a);
END $$;

REVOKE ALL ON FUNCTION names_unseen_domain(act, text[]), is_of_another(act), decide(act),
  settle(act, boolean), settle_other_withdrawal(act) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION names_unseen_domain(act, text[]), is_of_another(act), decide(act),
  settle(act, boolean), settle_other_withdrawal(act), audience_number(text) TO tocsin_writer;
