-- The record of a part, byte for byte as core/record.h says: one line a fact, sorted by bytes, none
-- twice, nothing empty.  A tag or an attribute here is a row of core/record_table.c.

-- Text in a field: backslash, tab and newline are written \\ \t \n.
CREATE FUNCTION esc(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN replace(replace(replace(value, E'\\', E'\\\\'), E'\t', E'\\t'), E'\n', E'\\n');

-- A UUID in 22 characters: base64url without padding (RFC 4648).
CREATE FUNCTION short(value uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN translate(encode(uuid_send(value), 'base64'), '+/=', '-_');

-- The functions below are PL/pgSQL where the planner could not put a SQL function in line (stable
-- ones behind, or an argument that is dear): called as they are, those cost a plan each.

-- Seconds since the epoch.
CREATE FUNCTION secs(value timestamptz) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN floor(extract(epoch FROM value))::bigint::text; END $$;

CREATE FUNCTION wall(value timestamp) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN to_char(value, 'YYYY-MM-DD"T"HH24:MI'); END $$;

-- An attribute of a line; nothing for what is not said.
CREATE FUNCTION attr(name text, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN CASE WHEN value <> '' THEN E'\t' || name || '=' || tocsin.esc(value) ELSE '' END; END $$;
CREATE FUNCTION attr(name text, value uuid) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN coalesce(E'\t' || name || '=' || tocsin.short(value), ''); END $$;
CREATE FUNCTION attr(name text, value timestamptz) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN coalesce(E'\t' || name || '=' || floor(extract(epoch FROM value))::bigint, ''); END $$;
CREATE FUNCTION attr(name text, value bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN CASE WHEN value <> 0 THEN E'\t' || name || '=' || value ELSE '' END; END $$;
CREATE FUNCTION attr(name text, value boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN RETURN CASE WHEN value THEN E'\t' || name || '=1' ELSE '' END; END $$;

-- An order is always three digits.
CREATE FUNCTION ord(value int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lpad(value::text, 3, '0');

-- Sets, in the order of the words and not of the array.
CREATE FUNCTION set_list(words text[], value text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF cardinality(value) > 0 THEN
    RETURN (SELECT string_agg(w, ',' ORDER BY n) FROM unnest(words) WITH ORDINALITY AS t (w, n)
             WHERE w = ANY (value));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION to_record(kind text, audience text, of uuid, lines text[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN convert_to(
    concat(E'tocsin1	', kind, E'	', audience, E'	', tocsin.short(of), E'
',
           (SELECT string_agg(l, E'
' ORDER BY l) || E'
'
              FROM (SELECT DISTINCT l COLLATE "C" AS l FROM unnest(lines) AS l
                     WHERE l IS NOT NULL) AS t)), 'UTF8');
END $$;

-- The lines of one object, each with the audience of its part.

CREATE FUNCTION entry_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT coalesce(l.audience, e.audience::text), l.line
    FROM entry e CROSS JOIN LATERAL (
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
               || attr('dom', (SELECT string_agg(d.domain, ',' ORDER BY d.domain COLLATE "C")
                                 FROM contact_domain d WHERE d.contact = c.uuid))
               || attr('e', c.e164)
               || attr('for', set_list(ARRAY['any', 'urgent', 'routine', 'results',
                                             'prescriptions', 'admissions'], c.purposes))
               || attr('from', c.since) || attr('h', c.hours) || attr('how', c.how)
               || attr('kind', c.kind) || attr('label', c.label) || attr('mask', c.masked)
               || attr('means', c.verified_how) || attr('pin', c.pinned)
               || attr('place', c.place) || attr('plan', c.plan)
               || attr('raw', nullif(c.raw, c.number)) || attr('rep', c.replaces)
               || attr('repno', c.replaces_number) || attr('seen', c.verified)
               || attr('until', c.until) || attr('via', c.via) || attr('why', c.reason)
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
      SELECT NULL, 'away' || attr('from', a.since) || attr('text', a.text)
               || attr('to', a.covered_by) || attr('until', a.until)
        FROM absence a WHERE a.entry = e.uuid
    ) AS l
   WHERE e.uuid = of;
END;

CREATE FUNCTION site_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT s.audience::text, v.tag || E'\t' || esc(v.value)
    FROM site s
         CROSS JOIN LATERAL (VALUES
           ('addr', s.address), ('code', s.code), ('country', s.country), ('group', s.site_group),
           ('name', s.name), ('plan', s.plan), ('rank', nullif(s.rank, 500)::text),
           ('region', s.region), ('swb', short(s.switchboard)), ('swbno', s.switchboard_number),
           ('zone', s.zone)
         ) AS v (tag, value)
   WHERE s.uuid = of AND v.value <> ''
  UNION ALL
  SELECT s.audience, E'alias\t' || esc(a.alias)
    FROM site s JOIN site_alias a ON a.site = s.uuid WHERE s.uuid = of;
END;

CREATE FUNCTION plan_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT p.audience::text, v.tag || E'\t' || esc(v.value)
    FROM plan p
         CROSS JOIN LATERAL (VALUES
           ('code', p.code), ('country', p.country), ('domain', p.domain), ('name', p.name),
           ('out', p.outside_prefix)
         ) AS v (tag, value)
   WHERE p.uuid = of AND v.value <> ''
  UNION ALL
  SELECT p.audience, 'red' FROM plan p WHERE p.uuid = of AND p.red
  UNION ALL
  SELECT p.audience, E'range\t' || esc(r.low) || E'\t' || esc(r.high) || attr('ddi', r.ddi)
           || attr('kind', r.kind) || attr('label', r.label)
    FROM plan p JOIN plan_range r ON r.plan = p.uuid WHERE p.uuid = of
  UNION ALL
  SELECT p.audience, E'tie\t' || esc(t.to_plan) || E'\t' || esc(t.prefix)
           || attr('dom', (SELECT string_agg(d.domain, ',' ORDER BY d.domain COLLATE "C")
                             FROM tie_domain d WHERE d.tie = t.id))
    FROM plan p JOIN tie t ON t.plan = p.uuid WHERE p.uuid = of;
END;

CREATE FUNCTION domain_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT d.audience::text, v.tag || E'\t' || esc(v.value)
    FROM domain d
         CROSS JOIN LATERAL (VALUES
           ('code', d.code), ('kind', d.kind), ('name', d.name), ('probe', d.probe),
           ('site', d.site)
         ) AS v (tag, value)
   WHERE d.uuid = of AND v.value <> ''
  UNION ALL
  SELECT d.audience, E'needs\t' || esc(n.needs)
    FROM domain d JOIN domain_needs n ON n.domain = d.uuid WHERE d.uuid = of;
END;

CREATE FUNCTION rule_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT r.audience::text, v.tag || E'\t' || esc(v.value)
    FROM rule r
         CROSS JOIN LATERAL (VALUES
           ('domains', (SELECT string_agg(d.domain, ',' ORDER BY d.domain COLLATE "C")
                          FROM rule_domain d WHERE d.rule = r.uuid)),
           ('high', r.high), ('kind', r.kind), ('low', r.low),
           ('order', nullif(r.position, 0)::text), ('plan', r.plan), ('site', r.site)
         ) AS v (tag, value)
   WHERE r.uuid = of AND v.value <> ''
  UNION ALL -- a rule that says nothing yet is a record all the same
  SELECT r.audience, NULL FROM rule r WHERE r.uuid = of;
END;

CREATE FUNCTION calendar_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT c.audience::text, v.tag || E'\t' || esc(v.value)
    FROM calendar c
         CROSS JOIN LATERAL (VALUES
           ('code', c.code), ('country', c.country), ('name', c.name), ('region', c.region)
         ) AS v (tag, value)
   WHERE c.uuid = of AND v.value <> ''
  UNION ALL
  SELECT c.audience, E'day\t' || to_char(d.day, 'YYYY-MM-DD') || attr('h', d.hours)
           || attr('text', d.text)
    FROM calendar c JOIN calendar_day d ON d.calendar = c.uuid WHERE c.uuid = of;
END;

CREATE FUNCTION rota_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT r.audience::text, v.tag || E'\t' || esc(v.value)
    FROM rota r
         CROSS JOIN LATERAL (VALUES
           ('made', secs(r.made)), ('role', short(r.role)), ('source', r.source), ('week', r.week)
         ) AS v (tag, value)
   WHERE r.uuid = of AND v.value <> ''
  UNION ALL
  SELECT r.audience, E'shift\t' || wall(s.since) || E'\t' || wall(s.until)
           || attr('c', s.contact) || attr('e', s.e164) || attr('home', s.at_home)
           || attr('line', s.line) || attr('no', s.number) || attr('plan', s.plan)
           || attr('text', s.text) || attr('travel', s.travel)
           || attr('who', s.holder)
    FROM rota r JOIN shift s ON s.rota = r.uuid WHERE r.uuid = of;
END;

CREATE FUNCTION incident_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT i.audience::text, v.tag || E'\t' || esc(v.value)
    FROM incident i
         CROSS JOIN LATERAL (VALUES
           ('by', i.by), ('dirs', set_list(ARRAY['inside', 'inbound', 'outbound'], i.directions)), ('domain', i.domain),
           ('ended', secs(i.ended)), ('reason', i.reason), ('since', secs(i.since)),
           ('until', secs(i.until))
         ) AS v (tag, value)
   WHERE i.uuid = of AND v.value <> ''
  UNION ALL
  SELECT i.audience, 'declared' FROM incident i WHERE i.uuid = of AND i.declared;
END;

CREATE FUNCTION call_group_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT g.audience::text, v.tag || E'\t' || esc(v.value)
    FROM call_group g
         CROSS JOIN LATERAL (VALUES ('name', g.name), ('site', g.site), ('type', g.type))
           AS v (tag, value)
   WHERE g.uuid = of AND v.value <> ''
  UNION ALL
  SELECT g.audience, E'm\t' || ord(m.position) || attr('text', m.text) || attr('to', m.entry)
    FROM call_group g JOIN member m ON m.call_group = g.uuid WHERE g.uuid = of;
END;

CREATE FUNCTION scenario_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT s.audience::text, v.tag || E'\t' || esc(v.value)
    FROM scenario s
         CROSS JOIN LATERAL (VALUES ('domain', s.domain), ('name', s.name)) AS v (tag, value)
   WHERE s.uuid = of AND v.value <> ''
  UNION ALL
  SELECT s.audience, E'step\t' || ord(t.position) || E'\t' || esc(t.text)
           || attr('to', t.entry)
    FROM scenario s JOIN scenario_step t ON t.scenario = s.uuid WHERE s.uuid = of;
END;

CREATE FUNCTION exercise_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT x.audience::text, v.tag || E'\t' || esc(v.value)
    FROM exercise x
         CROSS JOIN LATERAL (VALUES
           ('by', x.by), ('ended', secs(x.ended)), ('from', secs(x.since)), ('name', x.name),
           ('until', secs(x.until))
         ) AS v (tag, value)
   WHERE x.uuid = of AND v.value <> ''
  UNION ALL
  SELECT x.audience, E'domain\t' || esc(d.domain)
    FROM exercise x JOIN exercise_domain d ON d.exercise = x.uuid WHERE x.uuid = of
  UNION ALL
  SELECT x.audience, E'terminal\t' || esc(t.terminal)
    FROM exercise x JOIN exercise_terminal t ON t.exercise = x.uuid WHERE x.uuid = of;
END;

CREATE FUNCTION round_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT r.audience::text, v.tag || E'\t' || esc(v.value)
    FROM round r
         CROSS JOIN LATERAL (VALUES
           ('every', nullif(r.every, 0)::text), ('from', secs(r.since)),
           ('group', short(r.call_group)), ('name', r.name), ('site', r.site), ('type', r.type),
           ('until', secs(r.until))
         ) AS v (tag, value)
   WHERE r.uuid = of AND v.value <> ''
  UNION ALL
  SELECT r.audience, E'res\t' || short(x.contact) || E'\t' || secs(x.at) || attr('by', x.by)
           || attr('is', x.result)
    FROM round r JOIN round_result x ON x.round = r.uuid WHERE r.uuid = of;
END;

CREATE FUNCTION print_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT p.audience::text, v.tag || E'\t' || esc(v.value)
    FROM print p
         CROSS JOIN LATERAL (VALUES
           ('at', secs(p.at)), ('by', p.by), ('rev', nullif(p.revision, 0)::text),
           ('until', secs(p.until)), ('what', p.what), ('where', p.place)
         ) AS v (tag, value)
   WHERE p.uuid = of AND v.value <> '';
END;

-- Every part of one object: none when it is gone.  Entries are most of what changes, and have a plan
-- that is kept.
CREATE FUNCTION parts(kind text, of uuid) RETURNS TABLE (audience text, record bytea)
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp
SET jit = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  IF kind = 'entry' THEN
    RETURN QUERY SELECT l.audience, to_record('entry', l.audience, of, array_agg(l.line))
      FROM entry_line(of) AS l GROUP BY l.audience;
  ELSE
    RETURN QUERY EXECUTE format(
      'SELECT l.audience, to_record($1, l.audience, $2, array_agg(l.line)) '
      'FROM %I($2) AS l GROUP BY l.audience',
      CASE kind WHEN 'group' THEN 'call_group' ELSE kind END || '_line') USING kind, of;
  END IF;
END $$;
