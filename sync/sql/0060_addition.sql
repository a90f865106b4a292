-- Records into a source that holds a directory: what the file says is added, or takes the place of
-- the part it names; nothing else goes.  The parts are handed over as those of an import are;
-- addition_plan() says what would change, addition_end() makes rows of it, and restore_proof() which
-- records the rows would not give back.  restore_end() takes the same way with an empty source.

-- A record without what it says of parts that its reader may not hold.
CREATE FUNCTION bare(record text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace(record, E'\nheld\t[^\n]*', '', 'g');

-- First a row "act, kind, critical, lost, had, has, name, key" (tabs between) for each part that changes:
-- lost, had and has are contact points; then a row for each line that comes (+) or goes (-).  In the end one
-- row with = and how many stay as they are.  What stays is forgotten here.
CREATE FUNCTION addition_plan(deleted_too boolean) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
DECLARE
  twice text;
  p record;
  same bigint;
BEGIN
  SELECT q.kind || ' ' || q.uuid INTO twice FROM pg_temp.put_part q
   GROUP BY q.kind, q.uuid, q.audience HAVING count(*) > 1 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the file holds a record twice: %', twice USING ERRCODE = 'data_exception';
  END IF;
  SELECT h.kind || ' ' || h.code INTO twice
    FROM pg_temp.put_part q
         CROSS JOIN LATERAL string_to_table(q.record, E'\n') AS l (line)
         JOIN (SELECT 'plan' AS kind, uuid, code FROM plan UNION ALL SELECT 'site', uuid, code FROM site
               UNION ALL SELECT 'domain', uuid, code FROM domain
               UNION ALL SELECT 'calendar', uuid, code FROM calendar) AS h
              ON h.kind = q.kind AND l.line = E'code\t' || esc(h.code) AND h.uuid <> q.uuid
   WHERE q.kind = ANY ('{plan,site,domain,calendar}') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the source has another of this code: %', twice USING ERRCODE = 'data_exception';
  END IF;
  DELETE FROM pg_temp.put_part q WHERE q.kind = 'act'; -- of its shift, and not of the directory
  IF NOT deleted_too THEN
    FOR p IN WITH gone AS (DELETE FROM pg_temp.put_part q USING dismissed d
                            WHERE q.kind = 'entry' AND d.uuid = q.uuid RETURNING q.uuid, d.name)
             SELECT DISTINCT g.uuid, g.name FROM gone g ORDER BY 1 LOOP
      RETURN NEXT concat_ws(E'\t', 'left', 'entry', '0', '0', '0', '0', esc(p.name), short(p.uuid));
    END LOOP;
  END IF;
  UPDATE pg_temp.put_part q SET was = hash_bytes(f.hash) FROM feed f
   WHERE f.uuid = q.uuid AND f.audience = q.audience AND f.live;
  WITH gone AS (DELETE FROM pg_temp.put_part q USING feed f
                 WHERE f.uuid = q.uuid AND f.audience = q.audience AND f.live AND f.kind = q.kind
                   AND bare(convert_from(f.record, 'UTF8')) = bare(q.record) RETURNING 1)
    SELECT count(*) INTO same FROM gone;
  FOR p IN
    SELECT q.kind, q.uuid, q.was IS NOT NULL AS known, n.lines AS now, o.lines AS before,
           (SELECT split_part(l, E'\t', 2) FROM unnest(n.lines) AS l
             WHERE split_part(l, E'\t', 1) = ANY ('{name,code,week,what,domain}')
             ORDER BY array_position('{name,code,week,what,domain}', split_part(l, E'\t', 1)) LIMIT 1) AS name,
           (SELECT split_part(l, E'\t', 2) FROM unnest(n.lines) AS l WHERE l LIKE E'code\t%') AS code
      FROM pg_temp.put_part q LEFT JOIN feed f ON f.uuid = q.uuid AND f.audience = q.audience AND f.live
           CROSS JOIN LATERAL (SELECT array_remove((string_to_array(bare(q.record), E'\n'))[2:], '')) AS n (lines)
           CROSS JOIN LATERAL (SELECT coalesce(array_remove((string_to_array(bare(convert_from(f.record, 'UTF8')), E'\n'))[2:], ''), '{}')) AS o (lines)
     ORDER BY 1, 6, 2
  LOOP
    RETURN NEXT (
      SELECT concat_ws(E'\t', CASE WHEN p.known THEN 'changed' ELSE 'added' END, p.kind,
               (('critical' = ANY (p.before) AND count(*) FILTER (WHERE c.was AND NOT c.stays) > 0)::int),
               count(*) FILTER (WHERE c.was AND NOT c.kept), count(*) FILTER (WHERE c.was),
               (SELECT count(*) FROM unnest(p.now) AS m WHERE p.kind = 'entry' AND m LIKE E'c\t%'),
               coalesce(p.name, p.kind), coalesce(p.code, short(p.uuid)))
        FROM (SELECT true AS was, -- with its number, and at all
                     EXISTS (SELECT FROM unnest(p.now) AS m
                              WHERE m LIKE E'c\t%' AND split_part(m, E'\t', 3) = split_part(l, E'\t', 3)
                                AND split_part(m, E'\t', 4) = split_part(l, E'\t', 4)) AS stays,
                     EXISTS (SELECT FROM unnest(p.now) AS m
                              WHERE m LIKE E'c\t%' AND split_part(m, E'\t', 3) = split_part(l, E'\t', 3)) AS kept
                FROM unnest(p.before) AS l WHERE p.kind = 'entry' AND l LIKE E'c\t%') AS c);
    IF p.known THEN
      RETURN QUERY
        SELECT '-' || translate(l, E'\t', ' ') FROM unnest(p.before) AS l WHERE l <> ALL (p.now);
      RETURN QUERY
        SELECT '+' || translate(l, E'\t', ' ') FROM unnest(p.now) AS l WHERE l <> ALL (p.before);
    END IF;
  END LOOP;
  RETURN NEXT '=' || same;
END $$;

CREATE OR REPLACE FUNCTION restore_house() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  INSERT INTO plan (uuid, audience, code, name, country, outside_prefix, domain, red)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'country', v->>'out', v->>'domain', v ? 'red'
      FROM put_objects('plan')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, code = excluded.code, name = excluded.name, country = excluded.country,
      outside_prefix = excluded.outside_prefix, domain = excluded.domain, red = excluded.red;
  INSERT INTO site (uuid, audience, code, name, site_group, zone, country, region, plan, address,
                    switchboard, switchboard_number, rank)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'group', v->>'zone', v->>'country', v->>'region',
           v->>'plan', v->>'addr', uuid_of(v->>'swb'), v->>'swbno', coalesce((v->>'rank')::int, 500)
      FROM put_objects('site')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, code = excluded.code, name = excluded.name,
      site_group = excluded.site_group, zone = excluded.zone, country = excluded.country,
      region = excluded.region, plan = excluded.plan, address = excluded.address,
      switchboard = excluded.switchboard, switchboard_number = excluded.switchboard_number,
      rank = excluded.rank;
  DELETE FROM site_alias a USING pg_temp.put_part p WHERE p.kind = 'site' AND a.site = p.uuid;
  INSERT INTO site_alias SELECT uuid, field_text(f[2]) FROM put_facts('site', 'alias');
  INSERT INTO domain (uuid, audience, code, name, kind, site, probe)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'kind', v->>'site', v->>'probe'
      FROM put_objects('domain')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, code = excluded.code, name = excluded.name, kind = excluded.kind,
      site = excluded.site, probe = excluded.probe;
  DELETE FROM domain_needs n USING pg_temp.put_part p WHERE p.kind = 'domain' AND n.domain = p.uuid;
  INSERT INTO domain_needs SELECT uuid, field_text(f[2]) FROM put_facts('domain', 'needs');
  DELETE FROM plan_range r USING pg_temp.put_part p WHERE p.kind = 'plan' AND r.plan = p.uuid;
  INSERT INTO plan_range (plan, low, high, ddi, label, kind)
    SELECT uuid, field_text(f[2]), field_text(f[3]), a->>'ddi', a->>'label', a->>'kind'
      FROM put_facts('plan', 'range'), line_pairs(f, 4) AS a;
  DELETE FROM tie t USING pg_temp.put_part p WHERE p.kind = 'plan' AND t.plan = p.uuid;
  INSERT INTO tie (plan, to_plan, prefix)
    SELECT uuid, field_text(f[2]), field_text(f[3]) FROM put_facts('plan', 'tie');
  INSERT INTO tie_domain
    SELECT t.id, d FROM put_facts('plan', 'tie') AS l
           JOIN tie t ON t.plan = l.uuid AND t.to_plan = field_text(l.f[2]) AND t.prefix = field_text(l.f[3])
           CROSS JOIN LATERAL string_to_table(line_pairs(l.f, 4)->>'dom', ',') AS d;
  INSERT INTO rule (uuid, audience, site, plan, kind, low, high, position)
    SELECT uuid, audience, v->>'site', v->>'plan', v->>'kind', v->>'low', v->>'high',
           coalesce((v->>'order')::bigint, 0) FROM put_objects('rule')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, site = excluded.site, plan = excluded.plan, kind = excluded.kind,
      low = excluded.low, high = excluded.high, position = excluded.position;
  DELETE FROM rule_domain r USING pg_temp.put_part p WHERE p.kind = 'rule' AND r.rule = p.uuid;
  INSERT INTO rule_domain
    SELECT uuid, d FROM put_objects('rule'), string_to_table(v->>'domains', ',') AS d;
  INSERT INTO calendar (uuid, audience, code, name, country, region)
    SELECT uuid, audience, v->>'code', v->>'name', v->>'country', v->>'region' FROM put_objects('calendar')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, code = excluded.code, name = excluded.name,
      country = excluded.country, region = excluded.region;
  DELETE FROM calendar_day d USING pg_temp.put_part p WHERE p.kind = 'calendar' AND d.calendar = p.uuid;
  INSERT INTO calendar_day
    SELECT uuid, f[2]::date, a->>'h', a->>'text' FROM put_facts('calendar', 'day'), line_pairs(f, 3) AS a;
END $$;

-- What put_entries() leaves to people: of the parts that the file names.
CREATE OR REPLACE FUNCTION restore_entries() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  PERFORM put_entries();
  UPDATE entry e SET pinned = coalesce((SELECT array_agg(field_text(l.f[2]) ORDER BY l.f[2]) FROM pg_temp.put_line l
                                         WHERE l.uuid = h.uuid AND l.tag = 'pin'), '{}')
    FROM pg_temp.put_head h WHERE e.uuid = h.uuid;
  DELETE FROM former_name f USING pg_temp.put_head h WHERE f.entry = h.uuid;
  INSERT INTO former_name (entry, name, until)
    SELECT uuid, field_text(f[2]), to_timestamp((a->>'until')::bigint)
      FROM put_facts('entry', 'was'), line_pairs(f, 3) AS a;
  DELETE FROM former_number f USING pg_temp.put_part p, entry e
   WHERE p.kind = 'entry' AND f.entry = p.uuid AND e.uuid = p.uuid AND coalesce(f.audience, e.audience) = p.audience;
  INSERT INTO former_number (entry, audience, number, plan, e164, until, now)
    SELECT l.uuid, nullif(l.audience, e.audience), field_text(l.f[2]), a->>'plan', a->>'e',
           to_timestamp((a->>'until')::bigint), a->>'now'
      FROM put_facts('entry', 'wasno') AS l JOIN entry e USING (uuid), line_pairs(l.f, 3) AS a;
  DELETE FROM chain_step s USING pg_temp.put_head h WHERE s.entry = h.uuid;
  INSERT INTO chain_step (entry, position, wait, next, text)
    SELECT uuid, f[2]::int, coalesce((a->>'wait')::bigint, 0), uuid_of(a->>'to'), a->>'text'
      FROM put_facts('entry', 'next'), line_pairs(f, 3) AS a;
  DELETE FROM note n USING pg_temp.put_part p, entry e
   WHERE p.kind = 'entry' AND n.entry = p.uuid AND e.uuid = p.uuid AND coalesce(n.audience, e.audience) = p.audience;
  INSERT INTO note (uuid, entry, audience, at, until, by, text)
    SELECT uuid_of(l.f[2]), l.uuid, nullif(l.audience, e.audience), to_timestamp((a->>'at')::bigint),
           to_timestamp((a->>'until')::bigint), a->>'by', field_text(l.f[3])
      FROM put_facts('entry', 'note') AS l JOIN entry e USING (uuid), line_pairs(l.f, 4) AS a;
  DELETE FROM override o USING pg_temp.put_part p, entry e
   WHERE p.kind = 'entry' AND o.entry = p.uuid AND e.uuid = p.uuid AND coalesce(o.audience, e.audience) = p.audience;
  INSERT INTO override (uuid, entry, audience, contact, number, plan, e164, kind, at, until, by, reason)
    SELECT uuid_of(l.f[2]), l.uuid, nullif(l.audience, e.audience), uuid_of(a->>'of'), field_text(l.f[3]),
           a->>'plan', a->>'e', a->>'kind', to_timestamp((a->>'at')::bigint),
           to_timestamp((a->>'until')::bigint), a->>'by', a->>'why'
      FROM put_facts('entry', 'over') AS l JOIN entry e USING (uuid), line_pairs(l.f, 4) AS a;
  DELETE FROM absence a USING pg_temp.put_head h WHERE a.entry = h.uuid;
  INSERT INTO absence (entry, since, until, covered_by, text)
    SELECT uuid, to_timestamp((a->>'from')::bigint), to_timestamp((a->>'until')::bigint), uuid_of(a->>'to'), a->>'text'
      FROM put_facts('entry', 'away'), line_pairs(f, 2) AS a;
END $$;

-- What names entries and their contact points.
CREATE OR REPLACE FUNCTION restore_other_work() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  PERFORM put_rotas();
  INSERT INTO incident (uuid, audience, domain, directions, since, until, ended, reason, by, declared)
    SELECT uuid, audience, v->>'domain', string_to_array(v->>'dirs', ','), to_timestamp((v->>'since')::bigint),
           to_timestamp((v->>'until')::bigint), to_timestamp((v->>'ended')::bigint), v->>'reason', v->>'by', v ? 'declared'
      FROM put_objects('incident')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, domain = excluded.domain, directions = excluded.directions,
      since = excluded.since, until = excluded.until, ended = excluded.ended, reason = excluded.reason,
      by = excluded.by, declared = excluded.declared;
  INSERT INTO call_group (uuid, audience, name, site, type)
    SELECT uuid, audience, v->>'name', v->>'site', v->>'type' FROM put_objects('group')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, name = excluded.name, site = excluded.site, type = excluded.type;
  DELETE FROM member m USING pg_temp.put_part p WHERE p.kind = 'group' AND m.call_group = p.uuid;
  INSERT INTO member (call_group, position, entry, text)
    SELECT uuid, f[2]::int, uuid_of(a->>'to'), a->>'text' FROM put_facts('group', 'm'), line_pairs(f, 3) AS a;
  INSERT INTO scenario (uuid, audience, domain, name)
    SELECT uuid, audience, v->>'domain', v->>'name' FROM put_objects('scenario')
    ON CONFLICT (uuid) DO UPDATE SET audience = excluded.audience, domain = excluded.domain, name = excluded.name;
  DELETE FROM scenario_step s USING pg_temp.put_part p WHERE p.kind = 'scenario' AND s.scenario = p.uuid;
  INSERT INTO scenario_step (scenario, position, text, entry)
    SELECT uuid, f[2]::int, field_text(f[3]), uuid_of(line_pairs(f, 4)->>'to') FROM put_facts('scenario', 'step');
  INSERT INTO exercise (uuid, audience, name, since, until, ended, by)
    SELECT uuid, audience, v->>'name', to_timestamp((v->>'from')::bigint), to_timestamp((v->>'until')::bigint),
           to_timestamp((v->>'ended')::bigint), v->>'by' FROM put_objects('exercise')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, name = excluded.name, since = excluded.since, until = excluded.until,
      ended = excluded.ended, by = excluded.by;
  DELETE FROM exercise_domain d USING pg_temp.put_part p WHERE p.kind = 'exercise' AND d.exercise = p.uuid;
  DELETE FROM exercise_terminal t USING pg_temp.put_part p WHERE p.kind = 'exercise' AND t.exercise = p.uuid;
  INSERT INTO exercise_domain SELECT uuid, field_text(f[2]) FROM put_facts('exercise', 'domain');
  INSERT INTO exercise_terminal SELECT uuid, field_text(f[2]) FROM put_facts('exercise', 'terminal');
  INSERT INTO round (uuid, audience, name, type, site, since, until, every, call_group)
    SELECT uuid, audience, v->>'name', v->>'type', v->>'site', to_timestamp((v->>'from')::bigint),
           to_timestamp((v->>'until')::bigint), coalesce((v->>'every')::bigint, 0), uuid_of(v->>'group')
      FROM put_objects('round')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, name = excluded.name, type = excluded.type, site = excluded.site,
      since = excluded.since, until = excluded.until, every = excluded.every, call_group = excluded.call_group;
  DELETE FROM round_result r USING pg_temp.put_part p WHERE p.kind = 'round' AND r.round = p.uuid;
  INSERT INTO round_result (round, contact, at, result, by)
    SELECT uuid, uuid_of(f[2]), to_timestamp(f[3]::bigint), a->>'is', a->>'by'
      FROM put_facts('round', 'res'), line_pairs(f, 4) AS a;
  INSERT INTO print (uuid, audience, what, place, by, at, until, revision)
    SELECT uuid, audience, v->>'what', v->>'where', v->>'by', to_timestamp((v->>'at')::bigint),
           to_timestamp((v->>'until')::bigint), coalesce((v->>'rev')::bigint, 0) FROM put_objects('print')
    ON CONFLICT (uuid) DO UPDATE SET
      audience = excluded.audience, what = excluded.what, place = excluded.place, by = excluded.by,
      at = excluded.at, until = excluded.until, revision = excluded.revision;
END $$;

CREATE FUNCTION addition_end() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
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
  PERFORM restore_house();
  PERFORM restore_entries();
  PERFORM restore_work();
END $$;

REVOKE ALL ON FUNCTION bare(text), addition_plan(boolean), addition_end() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bare(text), addition_plan(boolean), addition_end() TO tocsin_admin;
-- The proof builds records, for whoever may import.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'tocsin'::regnamespace
              AND (p.proname ~ '_lines?$' OR p.proname IN ('parts_of', 'to_record', 'attr', 'esc', 'short', 'secs',
                                                           'wall', 'ord', 'set_list', 'hash', 'restore_other_work'))
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tocsin_admin', f);
  END LOOP;
END $$;
