-- The feed: what terminals are sent.  State, not events: one row a part, live or a tombstone, with
-- the change that touched it last.  A change gets its revision at commit and under the one lock
-- (sync_head); the work before that is done without it, so that a long import holds up nobody.

CREATE SEQUENCE change_number;

CREATE TABLE revision (
  revision bigint PRIMARY KEY,
  change bigint NOT NULL UNIQUE,
  at timestamptz NOT NULL,
  chain bytea NOT NULL,        -- of every change up to here: 16 bytes
  differs bit(128) NOT NULL,   -- what this change did, whatever its order
  records bigint[] NOT NULL,   -- live parts, by audience in the order of audience_number()
  digests bit(128)[] NOT NULL  -- the XOR of their hashes
);

CREATE TABLE sync_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  generation uuid NOT NULL,
  revision bigint NOT NULL REFERENCES revision,
  floor bigint NOT NULL DEFAULT 0,         -- tombstones at or below it are gone
  approved bigint NOT NULL DEFAULT 0,      -- removals up to it are meant
  oldest_client int NOT NULL DEFAULT 1     -- the oldest protocol that is still understood
);

CREATE TABLE feed (
  uuid uuid NOT NULL,
  audience text NOT NULL,
  kind text NOT NULL,
  change bigint NOT NULL,
  live boolean NOT NULL,
  hash bit(128) NOT NULL,  -- of a tombstone: of the record that was
  record bytea,            -- nothing is left of it in a tombstone
  PRIMARY KEY (uuid, audience),
  CHECK (live = (record IS NOT NULL)),
  CONSTRAINT record_of_1_mib CHECK (octet_length(record) <= 1048576)
);
CREATE INDEX ON feed (change);
ALTER TABLE feed ALTER COLUMN record SET STORAGE MAIN;

-- What this transaction touched and has not published.  Never seen by another: rows are gone before
-- it commits.  A rolled-back savepoint takes its own rows with it.
CREATE UNLOGGED TABLE touched (
  tx xid8 NOT NULL,
  kind text NOT NULL,
  uuid uuid NOT NULL,
  PRIMARY KEY (tx, kind, uuid)
);
CREATE UNLOGGED TABLE pending (tx xid8 PRIMARY KEY);

CREATE FUNCTION audience_number(audience text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN array_position(ARRAY['public', 'clinical', 'switchboard', 'restricted'], audience);

-- The first 16 bytes of SHA-256.
CREATE FUNCTION hash(bytes bytea) RETURNS bit(128) LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('x' || encode(substr(sha256(bytes), 1, 16), 'hex'))::bit(128);
CREATE FUNCTION hash_bytes(value bit) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN substr(bit_send(value), 5);

INSERT INTO revision (revision, change, at, chain, differs, records, digests)
  SELECT 0, 0, now(), hash_bytes(hash(uuid_send(gen_random_uuid()))), 0::bit(128), '{0,0,0,0}',
         array_fill(0::bit(128), ARRAY[4]);
INSERT INTO sync_head (generation, revision) VALUES (gen_random_uuid(), 0);

-- Notes whose records a statement changes.  Arguments: kind, column that names the object, and where
-- that column names something in between: its table, its key, its own column that names the object.
CREATE FUNCTION touch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  source text;
  rows bigint;
  total bigint := 0;
BEGIN
  FOREACH source IN ARRAY CASE tg_op WHEN 'INSERT' THEN ARRAY['new_rows']
                                     WHEN 'DELETE' THEN ARRAY['old_rows']
                                     ELSE ARRAY['old_rows', 'new_rows'] END LOOP
    IF tg_nargs = 2 THEN
      EXECUTE format('INSERT INTO touched SELECT DISTINCT pg_current_xact_id(), %L, r.%I::uuid '
                     'FROM %I AS r ON CONFLICT DO NOTHING', tg_argv[0], tg_argv[1], source);
    ELSE -- an object in between that is gone was touched by its own table
      EXECUTE format('INSERT INTO touched SELECT DISTINCT pg_current_xact_id(), %L, b.%I::uuid '
                     'FROM %I AS r JOIN %I AS b ON b.%I = r.%I ON CONFLICT DO NOTHING',
                     tg_argv[0], tg_argv[4], source, tg_argv[2], tg_argv[3], tg_argv[1]);
    END IF;
    GET DIAGNOSTICS rows = ROW_COUNT;
    total := total + rows;
  END LOOP;
  IF total > 0 THEN
    INSERT INTO pending VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE would not reach the terminals: use DELETE FROM tocsin.%', tg_table_name;
END $$;

-- Publishes what was touched: builds the records, compares, and gives what differs its revision.
-- It runs at commit (and again where constraints were made immediate before).
CREATE FUNCTION publish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp
SET jit = off SET plan_cache_mode = force_generic_plan AS $$
<<work>>
DECLARE
  me xid8 := pg_current_xact_id();
  mine text := current_setting('tocsin.published', true); -- 'transaction:change', of this one alone
  number bigint;
  lane record;
  part record;
  differs bit(128) := 0::bit(128);
  records bigint[] := '{0,0,0,0}';
  digests bit(128)[] := array_fill(0::bit(128), ARRAY[4]);
  changed bigint := 0;
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

  FOR part IN
    WITH mine AS (SELECT t.kind, t.uuid FROM touched t WHERE t.tx = me),
         built AS (SELECT m.kind, m.uuid, p.audience, p.record, hash(p.record) AS hash
                     FROM mine m CROSS JOIN LATERAL parts(m.kind, m.uuid) AS p),
         known AS (SELECT f.kind, f.uuid, f.audience, f.hash
                     FROM mine m JOIN feed f ON f.uuid = m.uuid AND f.kind = m.kind WHERE f.live),
         diff AS (SELECT coalesce(b.kind, k.kind) AS kind, coalesce(b.uuid, k.uuid) AS uuid,
                         coalesce(b.audience, k.audience) AS audience, b.record,
                         b.hash AS new_hash, k.hash AS old_hash
                    FROM built b FULL JOIN known k
                         ON k.uuid = b.uuid AND k.audience = b.audience AND k.kind = b.kind
                   WHERE b.hash IS DISTINCT FROM k.hash),
         put AS (INSERT INTO feed AS f (uuid, audience, kind, change, live, hash, record)
                   SELECT d.uuid, d.audience, d.kind, number, d.record IS NOT NULL,
                          coalesce(d.new_hash, d.old_hash), d.record
                     FROM diff d
                   ON CONFLICT (uuid, audience) DO UPDATE
                     SET kind = excluded.kind, change = excluded.change, live = excluded.live,
                         hash = excluded.hash, record = excluded.record
                     WHERE f.kind = excluded.kind OR NOT f.live
                   RETURNING f.uuid, f.audience)
    SELECT d.audience, count(*) AS changed, count(p.uuid) AS written,
           count(d.new_hash) - count(d.old_hash) AS more,
           bit_xor(coalesce(d.old_hash, 0::bit(128)) # coalesce(d.new_hash, 0::bit(128))) AS digest,
           bit_xor(hash(uuid_send(d.uuid) || convert_to(d.audience, 'UTF8')
                        || coalesce(hash_bytes(d.new_hash), ''))) AS differs
      FROM diff d LEFT JOIN put p ON p.uuid = d.uuid AND p.audience = d.audience
     GROUP BY d.audience
  LOOP
    IF part.written <> part.changed THEN
      RAISE EXCEPTION 'a UUID names two objects of different kinds';
    END IF;
    changed := changed + part.changed;
    differs := differs # part.differs;
    records[audience_number(part.audience)] := part.more;
    digests[audience_number(part.audience)] := part.digest;
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

CREATE CONSTRAINT TRIGGER publish AFTER INSERT ON pending
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION publish();

CREATE PROCEDURE follow(on_table text, VARIADIC arguments text[])
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  list text := (SELECT string_agg(quote_literal(a), ', ' ORDER BY n)
                  FROM unnest(arguments) WITH ORDINALITY AS t (a, n));
BEGIN
  EXECUTE format('CREATE TRIGGER touch_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows '
                 'FOR EACH STATEMENT EXECUTE FUNCTION touch(%s)', on_table, list);
  EXECUTE format('CREATE TRIGGER touch_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows '
                 'NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION touch(%s)',
                 on_table, list);
  EXECUTE format('CREATE TRIGGER touch_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows '
                 'FOR EACH STATEMENT EXECUTE FUNCTION touch(%s)', on_table, list);
  EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I '
                 'FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()', on_table);
END $$;

CALL follow('site', 'site', 'uuid');
CALL follow('site_alias', 'site', 'site');
CALL follow('plan', 'plan', 'uuid');
CALL follow('plan_range', 'plan', 'plan');
CALL follow('tie', 'plan', 'plan');
CALL follow('tie_domain', 'plan', 'tie', 'tie', 'id', 'plan');
CALL follow('domain', 'domain', 'uuid');
CALL follow('domain_needs', 'domain', 'domain');
CALL follow('rule', 'rule', 'uuid');
CALL follow('rule_domain', 'rule', 'rule');
CALL follow('calendar', 'calendar', 'uuid');
CALL follow('calendar_day', 'calendar', 'calendar');
CALL follow('entry', 'entry', 'uuid');
CALL follow('entry_alias', 'entry', 'entry');
CALL follow('entry_serves', 'entry', 'entry');
CALL follow('former_name', 'entry', 'entry');
CALL follow('former_number', 'entry', 'entry');
CALL follow('origin', 'entry', 'entry');
CALL follow('contact', 'entry', 'entry');
CALL follow('contact_domain', 'entry', 'contact', 'contact', 'uuid', 'entry');
CALL follow('chain_step', 'entry', 'entry');
CALL follow('note', 'entry', 'entry');
CALL follow('override', 'entry', 'entry');
CALL follow('absence', 'entry', 'entry');
CALL follow('rota', 'rota', 'uuid');
CALL follow('shift', 'rota', 'rota');
CALL follow('incident', 'incident', 'uuid');
CALL follow('call_group', 'group', 'uuid');
CALL follow('member', 'group', 'call_group');
CALL follow('scenario', 'scenario', 'uuid');
CALL follow('scenario_step', 'scenario', 'scenario');
CALL follow('exercise', 'exercise', 'uuid');
CALL follow('exercise_terminal', 'exercise', 'exercise');
CALL follow('exercise_domain', 'exercise', 'exercise');
CALL follow('round', 'round', 'uuid');
CALL follow('round_result', 'round', 'round');
CALL follow('print', 'print', 'uuid');

-- What is wrong with the feed, a sentence a row; none when all is well.  Slow: it builds every
-- record again.
CREATE FUNCTION complaints() RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH objects AS (
      SELECT 'site' AS kind, uuid FROM site UNION ALL SELECT 'plan', uuid FROM plan
      UNION ALL SELECT 'domain', uuid FROM domain UNION ALL SELECT 'rule', uuid FROM rule
      UNION ALL SELECT 'calendar', uuid FROM calendar UNION ALL SELECT 'entry', uuid FROM entry
      UNION ALL SELECT 'rota', uuid FROM rota UNION ALL SELECT 'incident', uuid FROM incident
      UNION ALL SELECT 'group', uuid FROM call_group UNION ALL SELECT 'scenario', uuid FROM scenario
      UNION ALL SELECT 'exercise', uuid FROM exercise UNION ALL SELECT 'round', uuid FROM round
      UNION ALL SELECT 'print', uuid FROM print),
    built AS (SELECT o.uuid, p.audience, p.record
                FROM objects o CROSS JOIN LATERAL parts(o.kind, o.uuid) AS p),
    live AS (SELECT f.uuid, f.audience, f.record FROM feed f WHERE f.live)
    SELECT format('the %s part of %s in the feed is not what the tables say',
                  coalesce(b.audience, l.audience), coalesce(b.uuid, l.uuid))
      FROM built b FULL JOIN live l ON l.uuid = b.uuid AND l.audience = b.audience
     WHERE b.record IS DISTINCT FROM l.record LIMIT 20;
  RETURN QUERY
    SELECT format('the hash of the %s part of %s is not that of its record', f.audience, f.uuid)
      FROM feed f WHERE f.live AND f.hash <> hash(f.record) LIMIT 20;
  RETURN QUERY
    SELECT format('the count or the digest of the audience %s is wrong', a.audience)
      FROM unnest(ARRAY['public', 'clinical', 'switchboard', 'restricted']) WITH ORDINALITY
             AS a (audience, n)
           CROSS JOIN sync_head h JOIN revision r ON r.revision = h.revision
           LEFT JOIN (SELECT f.audience, count(*) AS records, bit_xor(f.hash) AS digest
                        FROM feed f WHERE f.live GROUP BY f.audience) s ON s.audience = a.audience
     WHERE r.records[a.n] <> coalesce(s.records, 0)
        OR r.digests[a.n] <> coalesce(s.digest, 0::bit(128));
END $$;
