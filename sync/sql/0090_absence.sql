-- "Absent until, covered by": an act of a terminal, which its own terminal or a switchboard takes back
-- when whoever it was is there again.  What is written here with SQL gets an identity as well, so that a
-- switchboard can take it back; what was here before has none, and its records stay as they were.

ALTER TABLE absence
  ADD COLUMN uuid key UNIQUE,
  ADD COLUMN at instant,  -- when it was written at a terminal
  ADD COLUMN by text;
ALTER TABLE absence ALTER COLUMN uuid SET DEFAULT gen_random_uuid();

-- (The function is that of 0005_sets, with all that an absence says.)
CREATE OR REPLACE FUNCTION entry_lines(of uuid[]) RETURNS TABLE (uuid uuid, audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT e.uuid::uuid, coalesce(l.audience, e.audience)::text, l.line
    FROM unnest(of) AS o (uuid)
         CROSS JOIN LATERAL (SELECT n.* FROM entry n WHERE n.uuid = o.uuid OFFSET 0) AS e
         CROSS JOIN LATERAL (
      SELECT NULL::text AS audience, v.tag || E'\t' || esc(v.value) AS line
        FROM (VALUES
           ('area', e.area), ('bldg', e.building), ('call-if', e.call_if), ('floor', e.floor),
           ('for', e.purpose), ('name', e.name), ('not-if', e.do_not_call_if),
           ('rank', nullif(e.rank, 500)::text), ('room', e.room), ('site', e.site),
           ('spec', e.speciality), ('title', e.title), ('type', e.type), ('unit', e.unit)
         ) AS v (tag, value)
       WHERE v.value <> ''
      UNION ALL
      SELECT NULL, 'critical' WHERE e.critical
      UNION ALL
      SELECT NULL, E'pin\t' || esc(p) FROM unnest(e.pinned) AS p WHERE p <> ''
      UNION ALL
      SELECT NULL, E'alias\t' || esc(a.alias) FROM entry_alias a WHERE a.entry = e.uuid
      UNION ALL
      SELECT NULL, E'serves\t' || esc(s.site) FROM entry_serves s WHERE s.entry = e.uuid
      UNION ALL
      SELECT NULL, E'was\t' || esc(f.name) || attr('until', f.until)
        FROM former_name f WHERE f.entry = e.uuid
      UNION ALL
      SELECT f.audience, E'wasno\t' || esc(f.number) || attr('e', f.e164) || attr('now', f.now)
               || attr('plan', f.plan) || attr('until', f.until)
        FROM former_number f WHERE f.entry = e.uuid
      UNION ALL
      SELECT NULL, E'from\t' || esc(o.system) || E'\t' || esc(o.key)
        FROM origin o WHERE o.entry = e.uuid
      UNION ALL
      SELECT c.audience,
             E'c\t' || ord(c.position) || E'\t' || short(c.uuid) || E'\t' || esc(c.number)
               || attr('by', c.verified_by) || attr('check', c.check_number)
               || coalesce(E'\tdom=' || (SELECT string_agg(esc(d.domain), ',' ORDER BY d.domain COLLATE "C")
                                          FROM contact_domain d WHERE d.contact = c.uuid), '')
               || attr('e', c.e164)
               || CASE WHEN c.purposes IS NULL THEN '' ELSE coalesce(E'\tfor=' ||
                    set_list(ARRAY['any', 'urgent', 'routine', 'results',
                                   'prescriptions', 'admissions'], c.purposes), '') END
               || CASE WHEN c.since IS NULL THEN '' ELSE attr('from', c.since) END
               || attr('h', c.hours) || attr('how', c.how)
               || attr('kind', c.kind) || attr('label', c.label) || attr('mask', c.masked)
               || attr('means', c.verified_how) || attr('pin', c.pinned)
               || attr('place', c.place) || attr('plan', c.plan)
               || attr('raw', c.raw) || attr('rep', c.replaces)
               || attr('repno', c.replaces_number)
               || CASE WHEN c.verified IS NULL THEN '' ELSE attr('seen', c.verified) END
               || CASE WHEN c.until IS NULL THEN '' ELSE attr('until', c.until) END
               || attr('via', c.via) || attr('why', c.reason)
        FROM contact c WHERE c.entry = e.uuid
      UNION ALL
      SELECT NULL, E'held\t' || c.audience || E'\t' || count(*)
        FROM contact c WHERE c.entry = e.uuid AND c.audience <> e.audience
       GROUP BY c.audience
      UNION ALL
      SELECT NULL, E'next\t' || ord(s.position) || attr('text', s.text) || attr('to', s.next)
               || attr('wait', s.wait)
        FROM chain_step s WHERE s.entry = e.uuid
      UNION ALL
      SELECT n.audience, E'note\t' || short(n.uuid) || E'\t' || esc(n.text) || attr('at', n.at)
               || attr('by', n.by) || attr('until', n.until)
        FROM note n WHERE n.entry = e.uuid
      UNION ALL
      SELECT o.audience, E'over\t' || short(o.uuid) || E'\t' || esc(o.number) || attr('at', o.at)
               || attr('by', o.by) || attr('e', o.e164) || attr('kind', o.kind)
               || attr('of', o.contact) || attr('plan', o.plan) || attr('until', o.until)
               || attr('why', o.reason)
        FROM override o WHERE o.entry = e.uuid
      UNION ALL
      SELECT NULL, 'away' || attr('at', a.at) || attr('by', a.by) || attr('from', a.since)
               || attr('id', a.uuid) || attr('text', a.text) || attr('to', a.covered_by)
               || attr('until', a.until)
        FROM absence a WHERE a.entry = e.uuid
    ) AS l;
END;

-- It is of the audience of its entry.
CREATE FUNCTION settle_absence(a act) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  home text;
  cover uuid := uuid_of(a.payload ->> 'cover');
BEGIN
  SELECT e.audience INTO home FROM entry e WHERE e.uuid = a.subject FOR SHARE;
  IF home IS NULL THEN
    RETURN ARRAY['aside', 'the entry is gone'];
  ELSIF home <> a.audience THEN
    RETURN ARRAY['refused', 'an absence is for whoever may see the entry'];
  ELSIF act_instant(a, 'until') <= now() THEN
    RETURN ARRAY['done', 'it was over'];
  ELSIF cover IS NOT NULL
     AND NOT EXISTS (SELECT FROM entry e WHERE e.uuid = cover) THEN
    RETURN ARRAY['aside', 'the entry that stands in is gone'];
  END IF;
  INSERT INTO absence (uuid, entry, at, by, since, until, covered_by, text)
    VALUES (a.uuid, a.subject, a.at, nullif(a.initials, ''), coalesce(act_instant(a, 'since'), a.at),
            act_instant(a, 'until'), cover, a.payload ->> 'text')
    ON CONFLICT (uuid) DO NOTHING;
  IF NOT FOUND AND NOT EXISTS (
       SELECT FROM absence b WHERE b.uuid = a.uuid AND b.entry = a.subject AND b.at = a.at
                               AND b.until = act_instant(a, 'until')) THEN
    RETURN ARRAY['refused', 'another absence has this UUID'];
  END IF;
  RETURN ARRAY['applied', ''];
END $$;

-- Who stands in is somebody whom the terminal may read: to others that entry is not there.
ALTER FUNCTION decide(act) RENAME TO decide_but_covers;
CREATE FUNCTION decide(a act) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM entry e WHERE e.uuid = uuid_of(a.payload ->> 'cover')
                                   AND e.audience <> ALL (granted())) THEN
    RETURN ARRAY['aside', 'the entry that stands in is gone'];
  END IF;
  RETURN decide_but_covers(a);
END $$;

ALTER FUNCTION settle(act, boolean) RENAME TO settle_but_absences;
CREATE FUNCTION settle(a act, anyway boolean) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF a.kind = 'absence' AND NOT is_withdrawn(a) THEN
    RETURN settle_absence(a);
  END IF;
  RETURN settle_but_absences(a, anyway);
END $$;

ALTER FUNCTION settle_withdrawal(act) RENAME TO settle_but_absent_withdrawal;
CREATE FUNCTION settle_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  what uuid := uuid_of(a.payload ->> 'act');
BEGIN
  DELETE FROM absence b WHERE b.uuid = what AND b.entry = a.subject
     AND NOT EXISTS (SELECT FROM act o
                      WHERE o.uuid = what AND (o.kind <> 'absence' OR o.outcome <> 'applied'));
  IF FOUND THEN
    RETURN ARRAY['applied', ''];
  END IF;
  RETURN settle_but_absent_withdrawal(a);
END $$;

-- A source that is made again from records has them as they were.
ALTER FUNCTION restore_entries() RENAME TO restore_but_absences;
CREATE FUNCTION restore_entries() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  PERFORM restore_but_absences();
  DELETE FROM absence a USING pg_temp.put_head h WHERE a.entry = h.uuid;
  INSERT INTO absence (uuid, entry, at, by, since, until, covered_by, text)
    SELECT uuid_of(a->>'id'), l.uuid, to_timestamp((a->>'at')::bigint), a->>'by', to_timestamp((a->>'from')::bigint),
           to_timestamp((a->>'until')::bigint), uuid_of(a->>'to'), a->>'text'
      FROM put_facts('entry', 'away') AS l, line_pairs(l.f, 2) AS a;
END $$;

REVOKE ALL ON FUNCTION settle_absence(act), decide(act), settle(act, boolean), settle_withdrawal(act),
  restore_entries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_absence(act), decide(act), settle(act, boolean), settle_withdrawal(act)
  TO tocsin_writer;
GRANT EXECUTE ON FUNCTION restore_entries() TO tocsin_admin;
GRANT SELECT, INSERT, DELETE ON absence TO tocsin_writer;
