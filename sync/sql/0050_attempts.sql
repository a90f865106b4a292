-- What a switchboard tried, for the other switchboards: records of the kind act, while the try is
-- shown (eight hours: ATTEMPT_SHOWN_S of core/act.h).  What the act itself says, and of whom, stays
-- in act; what a ward tried stays on the ward.

CREATE TABLE attempt (
  uuid key PRIMARY KEY,       -- the act's own, so that it comes back to who wrote it as theirs
  entry key NOT NULL REFERENCES entry ON UPDATE CASCADE ON DELETE CASCADE,
  contact key REFERENCES contact ON UPDATE CASCADE ON DELETE CASCADE,
  audience audience NOT NULL, -- for which it was written
  until instant NOT NULL,     -- shown
  lines text[] NOT NULL       -- of its record, but for the subject
);
CREATE INDEX ON attempt (entry);
CREATE INDEX ON attempt (contact);
CREATE INDEX ON attempt (until);

CREATE FUNCTION act_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT CASE WHEN 'restricted' IN (a.audience::text, e.audience::text, coalesce(c.audience, e.audience)::text)
              THEN 'restricted' ELSE 'switchboard' END, l.line
    FROM attempt a JOIN entry e ON e.uuid = a.entry LEFT JOIN contact c ON c.uuid = a.contact
         CROSS JOIN LATERAL (
           SELECT u.line FROM unnest(a.lines) AS u (line)
           UNION ALL SELECT E'subject\t' || short(a.entry)) AS l
   WHERE a.uuid = of;
END;

CALL follow('attempt', 'act', 'uuid');
-- Where the entry or the contact point goes to another audience, what was tried of it goes along.
CREATE TRIGGER touch_attempt AFTER UPDATE ON entry REFERENCING OLD TABLE AS old_rows
  NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION touch('act', 'uuid', 'attempt', 'entry', 'uuid');
CREATE TRIGGER touch_attempt AFTER UPDATE ON contact REFERENCING OLD TABLE AS old_rows
  NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION touch('act', 'uuid', 'attempt', 'contact', 'uuid');

-- The lines of an act that the others need: not the account, not what a wrong clock said, and of a
-- masked contact point no number, whatever the terminal sent.
CREATE FUNCTION attempt_lines(record text, masked boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = tocsin, pg_temp AS $$
  SELECT array_agg(l ORDER BY l COLLATE "C") FROM unnest((string_to_array(record, E'\n'))[2:]) AS l
   WHERE l <> '' AND split_part(l, E'\t', 1) <> ALL ('{account,clock,subject}')
     AND NOT (masked AND l LIKE E'p\tnumber=%');
$$;

-- Takes out what is not shown any more: all of it once the oldest has been over for an hour, so that
-- a busy house makes a revision an hour of it.
CREATE FUNCTION forget_attempts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM attempt a WHERE a.until < now() - interval '1 hour') THEN
    DELETE FROM attempt a
     USING (SELECT o.uuid FROM attempt o WHERE o.until < now() FOR UPDATE SKIP LOCKED) AS d
     WHERE a.uuid = d.uuid;
  END IF;
END $$;

CREATE FUNCTION settle_attempt(a act) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  shown timestamptz := least(a.at, now()) + interval '8 hours';
BEGIN
  PERFORM forget_attempts();
  IF shown > now() AND EXISTS (SELECT FROM act_rule r WHERE r.kind = a.kind AND r.tier = a.tier
                                                        AND r.course = 'applied') THEN
    INSERT INTO attempt (uuid, entry, contact, audience, until, lines)
      SELECT a.uuid, e.uuid, c.uuid, a.audience, shown,
             attempt_lines(convert_from(a.record, 'UTF8'), coalesce(c.masked, false))
        FROM entry e LEFT JOIN contact c ON c.uuid = uuid_of(a.payload ->> 'contact')
       WHERE e.uuid = a.subject AND (c.uuid IS NOT NULL OR NOT a.payload ? 'contact')
      ON CONFLICT (uuid) DO NOTHING;
  END IF;
  RETURN ARRAY['applied', ''];
END $$;

ALTER FUNCTION settle(act, boolean) RENAME TO settle_other;
CREATE FUNCTION settle(a act, anyway boolean) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF a.kind = 'attempt' AND NOT is_withdrawn(a) THEN
    RETURN settle_attempt(a);
  END IF;
  RETURN settle_other(a, anyway);
END $$;

ALTER FUNCTION settle_withdrawal(act) RENAME TO settle_other_withdrawal;
CREATE FUNCTION settle_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM attempt t WHERE t.uuid = uuid_of(a.payload ->> 'act') AND t.entry = a.subject;
  IF FOUND THEN
    RETURN ARRAY['applied', ''];
  END IF;
  RETURN settle_other_withdrawal(a);
END $$;

-- Whoever speaks, day and night, has the house kept.
CREATE OR REPLACE FUNCTION heartbeat(terminal uuid, revision bigint, version text, queue int) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = tocsin, pg_temp BEGIN ATOMIC
  SELECT forget_attempts();
  UPDATE terminal t
     SET seen = now(), revision = heartbeat.revision, version = left(heartbeat.version, 40),
         queue = heartbeat.queue
   WHERE t.uuid = heartbeat.terminal AND t.role = session_user AND t.revoked IS NULL
     AND (t.seen IS NULL OR t.seen < now() - interval '4 minutes' OR t.seen > now())
  RETURNING true;
END;

CREATE OR REPLACE FUNCTION complaints() RETURNS SETOF text
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
      UNION ALL SELECT 'print', uuid FROM print UNION ALL SELECT 'act', uuid FROM attempt),
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

-- A source that is made again from a terminal has them too, for as long as they are shown.
CREATE FUNCTION restore_attempts() RETURNS void
LANGUAGE plpgsql SET search_path = tocsin, pg_temp SET jit = off AS $$
BEGIN
  INSERT INTO attempt (uuid, entry, contact, audience, until, lines)
    SELECT o.uuid, uuid_of(o.v->>'subject'),
           (SELECT uuid_of(substr(f.f[2], 9)) FROM put_facts('act', 'p') AS f
             WHERE f.uuid = o.uuid AND f.f[2] LIKE 'contact=%'),
           o.audience, least(to_timestamp((o.v->>'at')::bigint), now()) + interval '8 hours',
           attempt_lines(p.record, false)
      FROM put_objects('act') AS o JOIN pg_temp.put_part p ON p.uuid = o.uuid AND p.kind = 'act'
     WHERE o.v->>'type' = 'attempt';
END $$;
ALTER FUNCTION restore_work() RENAME TO restore_other_work;
CREATE FUNCTION restore_work() RETURNS void LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  PERFORM restore_other_work();
  PERFORM restore_attempts();
END $$;

REVOKE ALL ON FUNCTION act_line(uuid), attempt_lines(text, boolean), forget_attempts(),
  settle_attempt(act), settle(act, boolean), settle_withdrawal(act), restore_attempts(),
  restore_work() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION attempt_lines(text, boolean), forget_attempts(), settle_attempt(act),
  settle(act, boolean), settle_withdrawal(act) TO tocsin_writer;
GRANT SELECT, INSERT, DELETE ON attempt TO tocsin_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON attempt TO tocsin_admin;
GRANT EXECUTE ON FUNCTION attempt_lines(text, boolean), act_line(uuid), restore_attempts(), restore_work()
  TO tocsin_admin;
