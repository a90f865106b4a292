-- Records of many objects at once: one statement reads the lines of all entries of a set, sorts them
-- once and joins them, so that an import of a hundred thousand entries is published in one pass.
-- One entry takes the same way: an array of one.
-- A plan made while the tables are empty must do when they are full a second later, in the same
-- transaction: OFFSET 0 keeps the planner on the way from the objects to their rows by the index.

-- Small functions in plain SQL that the planner puts in line.
CREATE OR REPLACE FUNCTION attr(name text, value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value <> '' THEN E'\t' || name || '=' || tocsin.esc(value) ELSE '' END;
CREATE OR REPLACE FUNCTION attr(name text, value uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(E'\t' || name || '=' || tocsin.short(value), '');
CREATE OR REPLACE FUNCTION attr(name text, value bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value <> 0 THEN E'\t' || name || '=' || value::text ELSE '' END;
CREATE OR REPLACE FUNCTION attr(name text, value boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value THEN E'\t' || name || '=1' ELSE '' END;

-- Lines of a set of entries, each with its entry and the audience of its part.
CREATE FUNCTION entry_lines(of uuid[]) RETURNS TABLE (uuid uuid, audience text, line text)
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
      SELECT NULL, 'away' || attr('from', a.since) || attr('text', a.text)
               || attr('to', a.covered_by) || attr('until', a.until)
        FROM absence a WHERE a.entry = e.uuid
    ) AS l;
END;

-- Every part of a set of objects of one kind: none of those that are gone.  Lines are sorted once,
-- under the settings of the function, and joined in that order.
CREATE FUNCTION parts_of(kind text, of uuid[])
RETURNS TABLE (uuid uuid, audience text, record bytea)
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_hashagg = off SET work_mem = '64MB' AS $$
#variable_conflict use_column
BEGIN
  IF kind = 'entry' THEN
    RETURN QUERY
      SELECT s.uuid, s.audience,
             convert_to(concat(E'tocsin1\tentry\t', s.audience, E'\t', short(s.uuid), E'\n',
                               string_agg(s.line || E'\n', '')), 'UTF8')
        FROM (SELECT DISTINCT l.uuid, l.audience COLLATE "C" AS audience, l.line COLLATE "C" AS line
                FROM entry_lines(of) AS l
               ORDER BY l.uuid, l.audience COLLATE "C", l.line COLLATE "C") AS s
       GROUP BY s.uuid, s.audience;
  ELSE
    RETURN QUERY EXECUTE format(
      'SELECT o.uuid, l.audience, to_record($1, l.audience, o.uuid, array_agg(l.line)) '
      'FROM unnest($2) AS o (uuid) CROSS JOIN LATERAL %I(o.uuid) AS l GROUP BY o.uuid, l.audience',
      CASE kind WHEN 'group' THEN 'call_group' ELSE kind END || '_line') USING kind, of;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION parts(kind text, of uuid) RETURNS TABLE (audience text, record bytea)
LANGUAGE sql STABLE SET search_path = tocsin, pg_temp
  AS $$ SELECT p.audience, p.record FROM parts_of(kind, ARRAY[of]) AS p $$;

-- Publishes what was touched: builds the records in steps of some thousand objects, compares, and
-- gives what differs its revision.  It runs at commit (and again where constraints were made
-- immediate before).
CREATE OR REPLACE FUNCTION publish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan
SET work_mem = '64MB' AS $$
<<work>>
DECLARE
  me xid8 := pg_current_xact_id();
  mine text := current_setting('tocsin.published', true); -- 'transaction:change', of this one alone
  number bigint;
  lane record;
  step record;
  part record;
  differs bit(128) := 0::bit(128);
  records bigint[] := '{0,0,0,0}';
  digests bit(128)[] := array_fill(0::bit(128), ARRAY[4]);
  changed bigint := 0;
  a int;
  head sync_head;
  last revision;
BEGIN
  DELETE FROM pending WHERE tx = me;

  -- Two transactions that touch one object build it one after the other, so that the second sees
  -- what the first did.  In one order everywhere, and after all row locks: they cannot deadlock.
  FOR lane IN SELECT DISTINCT hashtext('tocsin.' || kind) AS kind, hashtext(uuid::text) & 31 AS lane
                FROM touched WHERE tx = me ORDER BY 1, 2 LOOP
    PERFORM pg_advisory_xact_lock(lane.kind, lane.lane);
  END LOOP;

  IF split_part(mine, ':', 1) = me::text THEN
    number := split_part(mine, ':', 2)::bigint;
  ELSE
    mine := NULL;
    number := nextval('change_number');
  END IF;

  FOR step IN
    SELECT t.kind, array_agg(t.uuid) AS of
      FROM (SELECT o.kind, o.uuid, (row_number() OVER (PARTITION BY o.kind ORDER BY o.uuid) - 1) / 10000 AS n
              FROM touched o WHERE o.tx = me) AS t
     GROUP BY t.kind, t.n
  LOOP
    FOR part IN
      WITH built AS (SELECT p.uuid, p.audience, p.record, hash(p.record) AS hash
                       FROM parts_of(step.kind, step.of) AS p),
           known AS (SELECT f.uuid, f.audience, f.hash
                       FROM unnest(step.of) AS o (uuid)
                            CROSS JOIN LATERAL (SELECT n.uuid, n.audience, n.hash FROM feed n
                                                 WHERE n.uuid = o.uuid AND n.kind = step.kind
                                                   AND n.live OFFSET 0) AS f),
           diff AS (SELECT coalesce(b.uuid, k.uuid) AS uuid,
                           coalesce(b.audience, k.audience) AS audience, b.record,
                           b.hash AS new_hash, k.hash AS old_hash
                      FROM built b FULL JOIN known k ON k.uuid = b.uuid AND k.audience = b.audience
                     WHERE b.hash IS DISTINCT FROM k.hash),
           put AS (INSERT INTO feed AS f (uuid, audience, kind, change, live, hash, record)
                     SELECT d.uuid, d.audience, step.kind, number, d.record IS NOT NULL,
                            coalesce(d.new_hash, d.old_hash), d.record
                       FROM diff d
                     ON CONFLICT (uuid, audience) DO UPDATE
                       SET kind = excluded.kind, change = excluded.change, live = excluded.live,
                           hash = excluded.hash, record = excluded.record
                       WHERE f.kind = excluded.kind OR NOT f.live
                     RETURNING 1)
      SELECT d.audience, count(*) AS changed, (SELECT count(*) FROM put) AS written,
             count(d.new_hash) - count(d.old_hash) AS more,
             bit_xor(coalesce(d.old_hash, 0::bit(128)) # coalesce(d.new_hash, 0::bit(128))) AS digest,
             bit_xor(hash(uuid_send(d.uuid) || convert_to(d.audience, 'UTF8')
                          || coalesce(hash_bytes(d.new_hash), ''))) AS differs
        FROM diff d GROUP BY ROLLUP (d.audience)
    LOOP
      IF part.audience IS NULL THEN -- all audiences
        IF part.written <> part.changed THEN
          RAISE EXCEPTION 'a UUID names two objects of different kinds';
        END IF;
        changed := changed + part.changed;
        CONTINUE;
      END IF;
      a := audience_number(part.audience);
      differs := differs # part.differs;
      records[a] := records[a] + part.more;
      digests[a] := digests[a] # part.digest;
    END LOOP;
  END LOOP;
  DELETE FROM touched WHERE tx = me;
  IF changed = 0 THEN
    RETURN NULL;
  END IF;

  -- From here on one at a time, and not for long.
  SELECT * INTO head FROM sync_head FOR UPDATE;
  SELECT * INTO last FROM revision r WHERE r.revision = head.revision;
  FOR i IN 1 .. 4 LOOP
    records[i] := records[i] + last.records[i];
    digests[i] := digests[i] # last.digests[i];
  END LOOP;
  IF mine IS NULL THEN
    INSERT INTO revision VALUES (
      head.revision + 1, number, clock_timestamp(),
      hash_bytes(hash(last.chain || int8send(head.revision + 1) || hash_bytes(differs))),
      differs, records, digests);
    UPDATE sync_head SET revision = head.revision + 1;
    PERFORM set_config('tocsin.published', me || ':' || number, true);
  ELSE
    differs := differs # last.differs;
    UPDATE revision r
       SET differs = work.differs, records = work.records, digests = work.digests,
           chain = (SELECT hash_bytes(hash(b.chain || int8send(r.revision)
                                           || hash_bytes(work.differs)))
                      FROM revision b WHERE b.revision = r.revision - 1)
     WHERE r.change = number;
  END IF;
  RETURN NULL;
END $$;
