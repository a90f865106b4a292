-- An import into the source.  The program that imports decides with records, as with a cache, and hands
-- over the parts that change (put_begin, put_parts); put_end() turns them into rows: what a map can fill is
-- written, what only people write (notes, overrides, chains, absences, former names) is left alone.

-- Text of a field: the reverse of esc().
CREATE FUNCTION field_text(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF position(E'\\' IN value) = 0 THEN
    RETURN value;
  END IF;
  RETURN (SELECT string_agg(replace(replace(p, E'\\t', E'\t'), E'\\n', E'\n'), E'\\' ORDER BY n)
            FROM string_to_table(value, E'\\\\') WITH ORDINALITY AS t (p, n));
END $$;

-- The reverse of short().
CREATE FUNCTION uuid_of(value text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN encode(decode(translate(value, '-_', '+/') || '==', 'base64'), 'hex')::uuid;

CREATE FUNCTION field_pairs(fields text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT jsonb_object_agg(split_part(f, '=', 1), tocsin.field_text(substr(f, position('=' IN f) + 1)))
            FROM unnest(fields) AS f);

-- Temporary tables of the session: the parts, and the lines in them.
CREATE FUNCTION put_begin() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tocsin import')); -- one import at a time
  CREATE TEMP TABLE put_part (
    kind text, uuid uuid, audience text, was bytea, gone boolean, record text) ON COMMIT DROP;
  CREATE TEMP TABLE put_line (uuid uuid, audience text, tag text, f text[], a jsonb) ON COMMIT DROP;
END $$;

-- was: the first 16 bytes of the hash of the part that was read, NULL for none.  gone: the whole
-- object goes.  record NULL: this part goes.
CREATE FUNCTION put_parts(kinds text[], uuids uuid[], audiences text[], was bytea[], gone boolean[],
                          records text[]) RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  INSERT INTO pg_temp.put_part SELECT * FROM unnest(kinds, uuids, audiences, was, gone, records);
END $$;

-- The lines of what was handed over.
CREATE FUNCTION put_lines() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  INSERT INTO pg_temp.put_line
    SELECT q.uuid, q.audience, s.f[1], s.f, CASE WHEN s.f[1] = 'c' THEN field_pairs(s.f[5:]) END
      FROM pg_temp.put_part q
           CROSS JOIN LATERAL string_to_table(q.record, E'\n') WITH ORDINALITY AS l (line, n)
           CROSS JOIN LATERAL (SELECT string_to_array(l.line, E'\t') AS f) AS s
     WHERE l.n > 1 AND l.line <> '';
  CREATE INDEX ON pg_temp.put_line (uuid);
  CREATE INDEX ON pg_temp.put_line (uuid_of(f[3])) WHERE tag = 'c';
  ANALYZE pg_temp.put_line;
END $$;

CREATE FUNCTION put_entries() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off SET work_mem = '64MB' AS $$
BEGIN
  DELETE FROM entry e USING pg_temp.put_part p
   WHERE e.uuid = p.uuid AND p.kind = 'entry' AND p.gone;
  DELETE FROM contact c USING pg_temp.put_part p, entry e
   WHERE p.kind = 'entry' AND NOT p.gone AND c.entry = p.uuid AND e.uuid = p.uuid
     AND coalesce(c.audience, e.audience) = p.audience
     AND NOT EXISTS (SELECT FROM pg_temp.put_line l WHERE l.tag = 'c' AND uuid_of(l.f[3]) = c.uuid);
  INSERT INTO entry (uuid, audience, type, name, site, unit, building, floor, room, rank, critical,
                     call_if, do_not_call_if, purpose, area, title, speciality)
    SELECT h.uuid, h.audience, h.v->>'type', h.v->>'name', h.v->>'site', h.v->>'unit', h.v->>'bldg',
           h.v->>'floor', h.v->>'room', coalesce((h.v->>'rank')::int, 500), h.v ? 'critical',
           h.v->>'call-if', h.v->>'not-if', h.v->>'for', h.v->>'area', h.v->>'title', h.v->>'spec'
      FROM (SELECT l.uuid, l.audience, jsonb_object_agg(l.tag, coalesce(field_text(l.f[2]), '')) AS v
              FROM pg_temp.put_line l JOIN pg_temp.put_part p USING (uuid, audience)
             WHERE p.kind = 'entry' AND l.tag = ANY ('{type,name,site,unit,bldg,floor,room,rank,critical,call-if,not-if,for,area,title,spec}')
             GROUP BY l.uuid, l.audience) AS h
     WHERE h.v ? 'name'
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, type = excluded.type, name = excluded.name,
      site = excluded.site, unit = excluded.unit, building = excluded.building,
      floor = excluded.floor, room = excluded.room, rank = excluded.rank,
      critical = excluded.critical, call_if = excluded.call_if,
      do_not_call_if = excluded.do_not_call_if, purpose = excluded.purpose, area = excluded.area,
      title = excluded.title, speciality = excluded.speciality;
  CREATE TEMP TABLE put_head ON COMMIT DROP AS
    SELECT l.uuid FROM pg_temp.put_line l JOIN pg_temp.put_part p USING (uuid, audience)
     WHERE p.kind = 'entry' AND l.tag = 'name';

  DELETE FROM entry_alias t USING pg_temp.put_head h
   WHERE t.entry = h.uuid AND NOT EXISTS (
     SELECT FROM pg_temp.put_line l WHERE l.uuid = h.uuid AND l.tag = 'alias' AND field_text(l.f[2]) = t.alias);
  INSERT INTO entry_alias
    SELECT h.uuid, field_text(l.f[2]) FROM pg_temp.put_head h JOIN pg_temp.put_line l USING (uuid)
     WHERE l.tag = 'alias' ON CONFLICT DO NOTHING;
  DELETE FROM entry_serves t USING pg_temp.put_head h
   WHERE t.entry = h.uuid AND NOT EXISTS (
     SELECT FROM pg_temp.put_line l WHERE l.uuid = h.uuid AND l.tag = 'serves' AND field_text(l.f[2]) = t.site);
  INSERT INTO entry_serves
    SELECT h.uuid, field_text(l.f[2]) FROM pg_temp.put_head h JOIN pg_temp.put_line l USING (uuid)
     WHERE l.tag = 'serves' ON CONFLICT DO NOTHING;
  DELETE FROM origin t USING pg_temp.put_head h
   WHERE t.entry = h.uuid AND NOT EXISTS (
     SELECT FROM pg_temp.put_line l
      WHERE l.uuid = h.uuid AND l.tag = 'from' AND field_text(l.f[2]) = t.system AND field_text(l.f[3]) = t.key);
  INSERT INTO origin (system, key, entry)
    SELECT field_text(l.f[2]), field_text(l.f[3]), h.uuid
      FROM pg_temp.put_head h JOIN pg_temp.put_line l USING (uuid) WHERE l.tag = 'from'
    ON CONFLICT (system, key) DO UPDATE SET entry = excluded.entry WHERE origin.entry <> excluded.entry;

  INSERT INTO contact (uuid, entry, audience, position, kind, number, plan, e164, raw, reason, purposes,
                       label, hours, place, how, via, replaces, replaces_number, verified, verified_by,
                       verified_how, since, until, check_number, masked, pinned)
    SELECT uuid_of(l.f[3]), l.uuid, nullif(l.audience, e.audience), l.f[2]::int, l.a->>'kind', field_text(l.f[4]),
           l.a->>'plan', l.a->>'e', l.a->>'raw', l.a->>'why', string_to_array(l.a->>'for', ','),
           l.a->>'label', l.a->>'h', l.a->>'place', l.a->>'how', uuid_of(l.a->>'via'), uuid_of(l.a->>'rep'),
           l.a->>'repno', to_timestamp((l.a->>'seen')::bigint), l.a->>'by', l.a->>'means',
           to_timestamp((l.a->>'from')::bigint), to_timestamp((l.a->>'until')::bigint), l.a->>'check',
           coalesce(l.a ? 'mask', false), coalesce(l.a ? 'pin', false)
      FROM pg_temp.put_line l JOIN entry e ON e.uuid = l.uuid WHERE l.tag = 'c'
    ON CONFLICT (uuid) DO UPDATE SET
      entry = excluded.entry, audience = excluded.audience, position = excluded.position,
      kind = excluded.kind, number = excluded.number, plan = excluded.plan, e164 = excluded.e164,
      raw = excluded.raw, reason = excluded.reason, purposes = excluded.purposes,
      label = excluded.label, hours = excluded.hours, place = excluded.place, how = excluded.how,
      via = excluded.via, replaces = excluded.replaces, replaces_number = excluded.replaces_number,
      verified = excluded.verified, verified_by = excluded.verified_by,
      verified_how = excluded.verified_how, since = excluded.since, until = excluded.until,
      check_number = excluded.check_number, masked = excluded.masked, pinned = excluded.pinned;
  DELETE FROM contact_domain t USING pg_temp.put_line l
   WHERE l.tag = 'c' AND t.contact = uuid_of(l.f[3])
     AND t.domain <> ALL (coalesce(string_to_array(l.a->>'dom', ','), '{}'));
  INSERT INTO contact_domain
    SELECT uuid_of(l.f[3]), d FROM pg_temp.put_line l, string_to_table(l.a->>'dom', ',') AS d
     WHERE l.tag = 'c' ON CONFLICT DO NOTHING;
END $$;

-- Sites, plans, domains and rules: few, so one after the other.
CREATE FUNCTION put_other(of_kind text, of uuid, of_audience text) RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  v jsonb := (SELECT jsonb_object_agg(l.tag, coalesce(field_text(l.f[2]), '')) FROM pg_temp.put_line l
               WHERE l.uuid = of AND l.audience = of_audience);
BEGIN
  CASE of_kind
  WHEN 'site' THEN
    INSERT INTO site (uuid, audience, code, name, site_group, zone, country, region, plan, address,
                      switchboard_number, rank)
      VALUES (of, of_audience, v->>'code', v->>'name', v->>'group', v->>'zone', v->>'country',
              v->>'region', v->>'plan', v->>'addr', v->>'swbno', coalesce((v->>'rank')::int, 500))
      ON CONFLICT (uuid) DO UPDATE SET
        audience = excluded.audience, code = excluded.code, name = excluded.name,
        site_group = excluded.site_group, zone = excluded.zone, country = excluded.country,
        region = excluded.region, plan = excluded.plan, address = excluded.address,
        switchboard_number = excluded.switchboard_number, rank = excluded.rank;
    DELETE FROM site_alias a WHERE a.site = of AND NOT EXISTS (
      SELECT FROM pg_temp.put_line l WHERE l.uuid = of AND l.tag = 'alias' AND field_text(l.f[2]) = a.alias);
    INSERT INTO site_alias SELECT of, field_text(l.f[2]) FROM pg_temp.put_line l
      WHERE l.uuid = of AND l.tag = 'alias' ON CONFLICT DO NOTHING;
  WHEN 'plan' THEN
    INSERT INTO plan (uuid, audience, code, name, country, outside_prefix, domain, red)
      VALUES (of, of_audience, v->>'code', v->>'name', v->>'country', v->>'out', v->>'domain', v ? 'red')
      ON CONFLICT (uuid) DO UPDATE SET
        audience = excluded.audience, code = excluded.code, name = excluded.name,
        country = excluded.country, outside_prefix = excluded.outside_prefix,
        domain = excluded.domain, red = excluded.red;
  WHEN 'domain' THEN
    INSERT INTO domain (uuid, audience, code, name, kind, site, probe)
      VALUES (of, of_audience, v->>'code', v->>'name', v->>'kind', v->>'site', v->>'probe')
      ON CONFLICT (uuid) DO UPDATE SET
        audience = excluded.audience, code = excluded.code, name = excluded.name,
        kind = excluded.kind, site = excluded.site, probe = excluded.probe;
    DELETE FROM domain_needs n WHERE n.domain = of AND NOT EXISTS (
      SELECT FROM pg_temp.put_line l WHERE l.uuid = of AND l.tag = 'needs' AND field_text(l.f[2]) = n.needs);
    INSERT INTO domain_needs SELECT of, field_text(l.f[2]) FROM pg_temp.put_line l
      WHERE l.uuid = of AND l.tag = 'needs' ON CONFLICT DO NOTHING;
  WHEN 'rule' THEN
    INSERT INTO rule (uuid, audience, site, plan, kind, low, high, position)
      VALUES (of, of_audience, v->>'site', v->>'plan', v->>'kind', v->>'low', v->>'high',
              coalesce((v->>'order')::bigint, 0))
      ON CONFLICT (uuid) DO UPDATE SET
        audience = excluded.audience, site = excluded.site, plan = excluded.plan,
        kind = excluded.kind, low = excluded.low, high = excluded.high, position = excluded.position;
    DELETE FROM rule_domain d
     WHERE d.rule = of AND d.domain <> ALL (coalesce(string_to_array(v->>'domains', ','), '{}'));
    INSERT INTO rule_domain SELECT of, d FROM string_to_table(v->>'domains', ',') AS d
      ON CONFLICT DO NOTHING;
  END CASE;
END $$;

-- Weeks of rota: each with all of its shifts.
CREATE FUNCTION put_rotas() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  DELETE FROM rota r USING pg_temp.put_part p WHERE r.uuid = p.uuid AND p.kind = 'rota' AND p.gone;
  INSERT INTO rota (uuid, audience, role, week, source, made)
    SELECT r.uuid, r.audience, uuid_of(r.v->>'role'), r.v->>'week', r.v->>'source',
           to_timestamp((r.v->>'made')::bigint)
      FROM (SELECT l.uuid, l.audience, jsonb_object_agg(l.tag, field_text(l.f[2])) AS v
              FROM pg_temp.put_line l JOIN pg_temp.put_part p USING (uuid, audience)
             WHERE p.kind = 'rota' AND l.tag <> 'shift' GROUP BY l.uuid, l.audience) AS r
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, role = excluded.role, week = excluded.week,
      source = excluded.source, made = excluded.made;
  DELETE FROM shift s USING pg_temp.put_part p WHERE s.rota = p.uuid AND p.kind = 'rota';
  INSERT INTO shift (rota, since, until, line, holder, text, contact, number, plan, e164, at_home, travel)
    SELECT l.uuid, l.f[2]::timestamp, l.f[3]::timestamp, coalesce((t.a->>'line')::bigint, 0), uuid_of(t.a->>'who'),
           t.a->>'text', uuid_of(t.a->>'c'), t.a->>'no', t.a->>'plan', t.a->>'e',
           coalesce(t.a ? 'home', false), coalesce((t.a->>'travel')::bigint, 0)
      FROM pg_temp.put_line l JOIN pg_temp.put_part p USING (uuid, audience)
           CROSS JOIN LATERAL (SELECT field_pairs(l.f[4:])) AS t (a)
     WHERE p.kind = 'rota' AND l.tag = 'shift';
END $$;

CREATE FUNCTION put_end() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
DECLARE
  p record;
BEGIN
  PERFORM set_config('tocsin.importing', pg_current_xact_id()::text, true);
  ANALYZE pg_temp.put_part;
  PERFORM FROM entry e WHERE e.uuid IN (SELECT q.uuid FROM pg_temp.put_part q) ORDER BY e.uuid FOR UPDATE;
  IF EXISTS (SELECT FROM pg_temp.put_part q LEFT JOIN feed f
                      ON f.uuid = q.uuid AND f.audience = q.audience AND f.live
              WHERE hash_bytes(f.hash) IS DISTINCT FROM q.was) THEN
    RAISE EXCEPTION 'somebody changed meanwhile what this import changes'
      USING ERRCODE = 'serialization_failure';
  END IF;
  PERFORM put_lines();
  FOR p IN SELECT q.kind, q.uuid, q.audience FROM pg_temp.put_part q
            WHERE q.kind NOT IN ('entry', 'rota') AND q.record IS NOT NULL
            ORDER BY array_position('{plan,site,domain,rule}', q.kind) LOOP
    PERFORM put_other(p.kind, p.uuid, p.audience);
  END LOOP;
  PERFORM put_entries();
  PERFORM put_rotas();
END $$;

-- Entries that a chain, a group or a scenario names: they cannot go.
CREATE FUNCTION named_entries() RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = tocsin, pg_temp AS $$
  SELECT s.next::uuid FROM chain_step s WHERE s.next IS NOT NULL
  UNION SELECT m.entry FROM member m WHERE m.entry IS NOT NULL
  UNION SELECT t.entry FROM scenario_step t WHERE t.entry IS NOT NULL;
$$;

-- What a person changes of an imported entry stays as it is: the field is pinned, and the next
-- import says what the file would have.  A code that is renamed elsewhere (depth > 0) pins nothing.
CREATE FUNCTION pin_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  field record;
BEGIN
  IF current_setting('tocsin.importing', true) = pg_current_xact_id()::text
     OR OLD.pinned IS DISTINCT FROM NEW.pinned
     OR NOT EXISTS (SELECT FROM origin o WHERE o.entry = NEW.uuid) THEN
    RETURN NEW;
  END IF;
  FOR field IN
    SELECT * FROM (VALUES
      ('name', OLD.name, NEW.name), ('type', OLD.type, NEW.type), ('site', OLD.site, NEW.site),
      ('unit', OLD.unit, NEW.unit), ('building', OLD.building, NEW.building),
      ('floor', OLD.floor, NEW.floor), ('room', OLD.room, NEW.room),
      ('rank', OLD.rank::text, NEW.rank::text), ('critical', OLD.critical::text, NEW.critical::text),
      ('call-if', OLD.call_if, NEW.call_if), ('do-not-call-if', OLD.do_not_call_if, NEW.do_not_call_if),
      ('purpose', OLD.purpose, NEW.purpose), ('area', OLD.area, NEW.area),
      ('title', OLD.title, NEW.title), ('speciality', OLD.speciality, NEW.speciality),
      ('audience', OLD.audience, NEW.audience)
    ) AS v (name, was, now)
     WHERE coalesce(v.was, '') <> coalesce(v.now, '') AND v.name <> ALL (NEW.pinned)
  LOOP
    NEW.pinned := NEW.pinned || field.name;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER pin BEFORE UPDATE ON entry FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION pin_entry();

CREATE FUNCTION pin_contact() RETURNS trigger
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF NEW.pinned = OLD.pinned
     AND current_setting('tocsin.importing', true) IS DISTINCT FROM pg_current_xact_id()::text
     AND EXISTS (SELECT FROM origin o WHERE o.entry = NEW.entry) THEN
    NEW.pinned := true;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pin BEFORE UPDATE ON contact FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND (OLD.number <> NEW.number OR OLD.e164 IS DISTINCT FROM NEW.e164
        OR OLD.plan IS DISTINCT FROM NEW.plan OR OLD.kind IS DISTINCT FROM NEW.kind
        OR OLD.audience IS DISTINCT FROM NEW.audience))
  EXECUTE FUNCTION pin_contact();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tocsin FROM PUBLIC;
GRANT EXECUTE ON FUNCTION field_text(text), uuid_of(text), field_pairs(text[]), put_begin(), put_lines(), put_entries(), put_rotas(),
  put_parts(text[], uuid[], text[], bytea[], boolean[], text[]), put_other(text, uuid, text),
  put_end(), named_entries(), hash_bytes(bit) TO tocsin_admin;
