-- A note that a failed test wrote says of which contact point it is and how the test ended, so that every
-- terminal can put a red phone that was not there behind one that nobody missed.  Both are in the act; a
-- source that was made anew from a cache has none, and its note is words.

-- (The function is that of 0090_absence, with what a note says of a test.)
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
               || attr('by', n.by) || attr('of', t.payload ->> 'contact')
               || attr('test', t.payload ->> 'result') || attr('until', n.until)
        FROM note n LEFT JOIN act t ON t.uuid = n.uuid AND t.kind = 'test'
       WHERE n.entry = e.uuid
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

-- The records of those that stand here already.
UPDATE note n SET text = n.text FROM act t WHERE t.uuid = n.uuid AND t.kind = 'test';
