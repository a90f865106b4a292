-- A whole directory from records: what tocsin-sync export writes becomes the rows of a source that
-- holds nothing yet.  Parts are handed over as those of an import are (put_begin, put_parts); then
-- restore_end() makes rows of all of them, and restore_proof() says which records the rows would not
-- give back as they came.

-- The attributes of a line from its nth field on.
CREATE FUNCTION line_pairs(f text[], n int) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(tocsin.field_pairs(f[n:]), '{}');

-- The objects of a kind that have one part, with their single facts.
CREATE FUNCTION put_objects(of_kind text) RETURNS TABLE (uuid uuid, audience text, v jsonb)
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT p.uuid, p.audience, jsonb_object_agg(l.tag, coalesce(field_text(l.f[2]), '')) FILTER (WHERE l.tag IS NOT NULL)
    FROM pg_temp.put_part p LEFT JOIN pg_temp.put_line l USING (uuid, audience)
   WHERE p.kind = of_kind GROUP BY p.uuid, p.audience;
END $$;

-- The lines of a tag of the objects of a kind.
CREATE FUNCTION put_facts(of_kind text, of_tag text) RETURNS TABLE (uuid uuid, audience text, f text[])
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT l.uuid, l.audience, l.f FROM pg_temp.put_part p JOIN pg_temp.put_line l USING (uuid, audience)
   WHERE p.kind = of_kind AND l.tag = of_tag;
END $$;

CREATE FUNCTION restore_house() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  INSERT INTO plan (uuid, audience, code, name, country, outside_prefix, domain, red)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'country', v->>'out', v->>'domain', v ? 'red'
      FROM put_objects('plan');
  INSERT INTO site (uuid, audience, code, name, site_group, zone, country, region, plan, address,
                    switchboard, switchboard_number, rank)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'group', v->>'zone', v->>'country', v->>'region',
           v->>'plan', v->>'addr', uuid_of(v->>'swb'), v->>'swbno', coalesce((v->>'rank')::int, 500)
      FROM put_objects('site');
  INSERT INTO site_alias SELECT uuid, field_text(f[2]) FROM put_facts('site', 'alias');
  INSERT INTO domain (uuid, audience, code, name, kind, site, probe)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'kind', v->>'site', v->>'probe'
      FROM put_objects('domain');
  INSERT INTO domain_needs SELECT uuid, field_text(f[2]) FROM put_facts('domain', 'needs');
  INSERT INTO plan_range (plan, low, high, ddi, label, kind)
    SELECT uuid, field_text(f[2]), field_text(f[3]), a->>'ddi', a->>'label', a->>'kind'
      FROM put_facts('plan', 'range'), line_pairs(f, 4) AS a;
  INSERT INTO tie (plan, to_plan, prefix)
    SELECT uuid, field_text(f[2]), field_text(f[3]) FROM put_facts('plan', 'tie');
  INSERT INTO tie_domain
    SELECT t.id, d FROM put_facts('plan', 'tie') AS l
           JOIN tie t ON t.plan = l.uuid AND t.to_plan = field_text(l.f[2]) AND t.prefix = field_text(l.f[3])
           CROSS JOIN LATERAL string_to_table(line_pairs(l.f, 4)->>'dom', ',') AS d;
  INSERT INTO rule (uuid, audience, site, plan, kind, low, high, position)
    SELECT uuid, audience, v->>'site', v->>'plan', v->>'kind', v->>'low', v->>'high',
           coalesce((v->>'order')::bigint, 0) FROM put_objects('rule');
  INSERT INTO rule_domain
    SELECT uuid, d FROM put_objects('rule'), string_to_table(v->>'domains', ',') AS d;
  INSERT INTO calendar (uuid, audience, code, name, country, region)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'country', v->>'region' FROM put_objects('calendar');
  INSERT INTO calendar_day
    SELECT uuid, f[2]::date, a->>'h', a->>'text' FROM put_facts('calendar', 'day'), line_pairs(f, 3) AS a;
END $$;

-- What put_entries() leaves to people.
CREATE FUNCTION restore_entries() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  PERFORM put_entries();
  UPDATE entry e SET pinned = p.fields
    FROM (SELECT uuid, array_agg(field_text(f[2]) ORDER BY f[2]) AS fields FROM put_facts('entry', 'pin') GROUP BY uuid) AS p
   WHERE e.uuid = p.uuid;
  INSERT INTO former_name (entry, name, until)
    SELECT uuid, field_text(f[2]), to_timestamp((a->>'until')::bigint)
      FROM put_facts('entry', 'was'), line_pairs(f, 3) AS a;
  INSERT INTO former_number (entry, audience, number, plan, e164, until, now)
    SELECT l.uuid, nullif(l.audience, e.audience), field_text(l.f[2]), a->>'plan', a->>'e',
           to_timestamp((a->>'until')::bigint), a->>'now'
      FROM put_facts('entry', 'wasno') AS l JOIN entry e USING (uuid), line_pairs(l.f, 3) AS a;
  INSERT INTO chain_step (entry, position, wait, next, text)
    SELECT uuid, f[2]::int, coalesce((a->>'wait')::bigint, 0), uuid_of(a->>'to'), a->>'text'
      FROM put_facts('entry', 'next'), line_pairs(f, 3) AS a;
  INSERT INTO note (uuid, entry, audience, at, until, by, text)
    SELECT uuid_of(l.f[2]), l.uuid, nullif(l.audience, e.audience), to_timestamp((a->>'at')::bigint),
           to_timestamp((a->>'until')::bigint), a->>'by', field_text(l.f[3])
      FROM put_facts('entry', 'note') AS l JOIN entry e USING (uuid), line_pairs(l.f, 4) AS a;
  INSERT INTO override (uuid, entry, audience, contact, number, plan, e164, kind, at, until, by, reason)
    SELECT uuid_of(l.f[2]), l.uuid, nullif(l.audience, e.audience), uuid_of(a->>'of'), field_text(l.f[3]),
           a->>'plan', a->>'e', a->>'kind', to_timestamp((a->>'at')::bigint),
           to_timestamp((a->>'until')::bigint), a->>'by', a->>'why'
      FROM put_facts('entry', 'over') AS l JOIN entry e USING (uuid), line_pairs(l.f, 4) AS a;
  INSERT INTO absence (entry, since, until, covered_by, text)
    SELECT uuid, to_timestamp((a->>'from')::bigint), to_timestamp((a->>'until')::bigint), uuid_of(a->>'to'), a->>'text'
      FROM put_facts('entry', 'away'), line_pairs(f, 2) AS a;
END $$;

-- What names entries and their contact points.
CREATE FUNCTION restore_work() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  PERFORM put_rotas();
  INSERT INTO incident (uuid, audience, domain, directions, since, until, ended, reason, by, declared)
    SELECT uuid, audience, v->>'domain', string_to_array(v->>'dirs', ','), to_timestamp((v->>'since')::bigint),
           to_timestamp((v->>'until')::bigint), to_timestamp((v->>'ended')::bigint), v->>'reason', v->>'by', v ? 'declared'
      FROM put_objects('incident');
  INSERT INTO call_group (uuid, audience, name, site, type)
    SELECT uuid, audience, v->>'name', v->>'site', v->>'type' FROM put_objects('group');
  INSERT INTO member (call_group, position, entry, text)
    SELECT uuid, f[2]::int, uuid_of(a->>'to'), a->>'text' FROM put_facts('group', 'm'), line_pairs(f, 3) AS a;
  INSERT INTO scenario (uuid, audience, domain, name)
    SELECT uuid, audience, v->>'domain', v->>'name' FROM put_objects('scenario');
  INSERT INTO scenario_step (scenario, position, text, entry)
    SELECT uuid, f[2]::int, field_text(f[3]), uuid_of(line_pairs(f, 4)->>'to') FROM put_facts('scenario', 'step');
  INSERT INTO exercise (uuid, audience, name, since, until, ended, by)
    SELECT uuid, audience, v->>'name', to_timestamp((v->>'from')::bigint), to_timestamp((v->>'until')::bigint),
           to_timestamp((v->>'ended')::bigint), v->>'by' FROM put_objects('exercise');
  INSERT INTO exercise_domain SELECT uuid, field_text(f[2]) FROM put_facts('exercise', 'domain');
  INSERT INTO exercise_terminal SELECT uuid, field_text(f[2]) FROM put_facts('exercise', 'terminal');
  INSERT INTO round (uuid, audience, name, type, site, since, until, every, call_group)
    SELECT uuid, audience, v->>'name', v->>'type', v->>'site', to_timestamp((v->>'from')::bigint),
           to_timestamp((v->>'until')::bigint), coalesce((v->>'every')::bigint, 0), uuid_of(v->>'group')
      FROM put_objects('round');
  INSERT INTO round_result (round, contact, at, result, by)
    SELECT uuid, uuid_of(f[2]), to_timestamp(f[3]::bigint), a->>'is', a->>'by'
      FROM put_facts('round', 'res'), line_pairs(f, 4) AS a;
  INSERT INTO print (uuid, audience, what, place, by, at, until, revision)
    SELECT uuid, audience, v->>'what', v->>'where', v->>'by', to_timestamp((v->>'at')::bigint),
           to_timestamp((v->>'until')::bigint), coalesce((v->>'rev')::bigint, 0) FROM put_objects('print');
END $$;

CREATE FUNCTION restore_end() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM feed WHERE live) THEN
    RAISE EXCEPTION 'the source holds a directory already' USING ERRCODE = 'data_exception';
  END IF;
  PERFORM set_config('tocsin.importing', pg_current_xact_id()::text, true);
  ANALYZE pg_temp.put_part;
  PERFORM put_lines();
  PERFORM restore_house();
  PERFORM restore_entries();
  PERFORM restore_work();
END $$;

-- How many of the records would not come back, and one of them; none, NULL.  What is said of parts
-- that a terminal did not hold ("held") cannot be known, and is left out.
CREATE FUNCTION restore_proof(OUT lost bigint, OUT first text)
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
BEGIN
  SELECT count(*), min(p.kind || ' ' || p.uuid || ' ' || p.audience) INTO lost, first
    FROM pg_temp.put_part p LEFT JOIN (
      SELECT k.kind, r.uuid, r.audience, r.record
        FROM (SELECT q.kind, array_agg(DISTINCT q.uuid) AS uuids FROM pg_temp.put_part q GROUP BY q.kind) AS k
             CROSS JOIN LATERAL parts_of(k.kind, k.uuids) AS r) AS r USING (kind, uuid, audience)
   WHERE regexp_replace(convert_from(r.record, 'UTF8'), E'\nheld\t[^\n]*', '', 'g')
         IS DISTINCT FROM regexp_replace(p.record, E'\nheld\t[^\n]*', '', 'g');
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tocsin FROM PUBLIC;
GRANT EXECUTE ON FUNCTION line_pairs(text[], int), put_objects(text), put_facts(text, text), restore_house(),
  restore_entries(), restore_work(), restore_end(), restore_proof() TO tocsin_admin;
