-- Exercises (doc/exercise.md): begun and ended by acts of a switchboard, and ended by whatever really
-- fails, whether a terminal reports it or somebody writes it here.

-- The real incidents that are open: an exercise that begins now begins beside them.  "?" before one that
-- is only reported, since its being declared would be news.
CREATE FUNCTION open_incidents() RETURNS text[] LANGUAGE sql STABLE
  RETURN (SELECT coalesce(array_agg(CASE WHEN i.declared THEN '' ELSE '?' END || short(i.uuid)
                                    ORDER BY i.uuid), '{}')
            FROM incident i -- records count whole seconds
           WHERE i.since <= now() AND (i.ended IS NULL OR i.ended > now() - interval '1 second'));

ALTER TABLE exercise
  ADD COLUMN known text[] NOT NULL DEFAULT '{}', -- such as open_incidents() gives
  ADD COLUMN broken text,                        -- code of the domain whose real incident ended it
  ALTER COLUMN audience SET DEFAULT 'switchboard';
ALTER TABLE exercise ALTER COLUMN known SET DEFAULT open_incidents();

CREATE OR REPLACE FUNCTION exercise_line(of uuid) RETURNS TABLE (audience text, line text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT x.audience::text, v.tag || E'\t' || esc(v.value)
    FROM exercise x
         CROSS JOIN LATERAL (VALUES
           ('broken', x.broken), ('by', x.by), ('ended', secs(x.ended)), ('from', secs(x.since)),
           ('name', x.name), ('until', secs(x.until))
         ) AS v (tag, value)
   WHERE x.uuid = of AND v.value <> ''
  UNION ALL
  SELECT x.audience, E'domain\t' || esc(d.domain)
    FROM exercise x JOIN exercise_domain d ON d.exercise = x.uuid WHERE x.uuid = of
  UNION ALL
  SELECT x.audience, E'known\t' || esc(k) FROM exercise x, unnest(x.known) AS k WHERE x.uuid = of
  UNION ALL
  SELECT x.audience, E'terminal\t' || esc(t.terminal)
    FROM exercise x JOIN exercise_terminal t ON t.exercise = x.uuid WHERE x.uuid = of;
END;

-- The latest that it is played, whatever its row says.
CREATE FUNCTION latest(x exercise) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN least(x.until, x.since + interval '4 hours');

-- Ends the exercises that something really breaks in on, as core/exercise.c sees it at a terminal.
CREATE FUNCTION break_exercises() RETURNS void LANGUAGE sql
SET search_path = tocsin, pg_temp BEGIN ATOMIC
  UPDATE exercise x SET ended = b.at, broken = b.domain
    FROM exercise o
         CROSS JOIN LATERAL (
           SELECT greatest(i.since, o.since) AS at, i.domain
             FROM incident i
            WHERE i.since <= now() AND i.since < latest(o) AND (i.ended IS NULL OR i.ended >= o.since)
              AND short(i.uuid) <> ALL (o.known)
              AND (i.declared OR '?' || short(i.uuid) <> ALL (o.known))
            ORDER BY 1, i.uuid LIMIT 1) AS b
   WHERE o.uuid = x.uuid AND o.since <= now() AND o.broken IS NULL
     AND (o.ended IS NULL OR o.ended > b.at);
END;

CREATE FUNCTION break_in() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
BEGIN
  PERFORM break_exercises();
  RETURN NULL;
END $$;
CREATE TRIGGER break_in AFTER INSERT OR UPDATE ON incident FOR EACH STATEMENT EXECUTE FUNCTION break_in();
CREATE TRIGGER break_in AFTER INSERT ON exercise FOR EACH STATEMENT EXECUTE FUNCTION break_in();

-- "a, b" as rows, each once.
CREATE FUNCTION words_of(list text) RETURNS SETOF text LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  SELECT DISTINCT btrim(w) FROM unnest(string_to_array(list, ',')) AS w WHERE btrim(w) <> '';
END;

CREATE FUNCTION settle_exercise(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  till timestamptz := least(act_instant(a, 'until'), a.at + interval '4 hours');
BEGIN
  IF a.kind = 'exercise-end' THEN
    UPDATE exercise x SET ended = greatest(least(a.at, now()), x.since)
     WHERE x.uuid = uuid_of(a.payload ->> 'exercise') AND (x.ended IS NULL OR x.ended > a.at);
    IF FOUND THEN
      RETURN ARRAY['applied', ''];
    ELSIF EXISTS (SELECT FROM exercise x WHERE x.uuid = uuid_of(a.payload ->> 'exercise')) THEN
      RETURN ARRAY['done', 'it has ended'];
    END IF;
    RETURN ARRAY['aside', 'the exercise is gone'];
  ELSIF EXISTS (SELECT FROM words_of(a.payload ->> 'domains') AS w (code)
                 WHERE NOT EXISTS (SELECT FROM domain d WHERE d.code = w.code)) THEN
    RETURN ARRAY['aside', 'the failure domain is gone'];
  END IF;
  INSERT INTO exercise (uuid, audience, name, since, until, by, known)
    VALUES (a.uuid, a.audience, a.payload ->> 'name', least(a.at, now()), till, a.initials,
            coalesce(string_to_array(a.payload ->> 'known', ','), '{}'))
    ON CONFLICT (uuid) DO NOTHING;
  INSERT INTO exercise_domain SELECT a.uuid, w FROM words_of(a.payload ->> 'domains') AS w
    ON CONFLICT DO NOTHING;
  INSERT INTO exercise_terminal SELECT a.uuid, w FROM words_of(a.payload ->> 'terminals') AS w
    ON CONFLICT DO NOTHING;
  RETURN CASE WHEN till <= now() THEN ARRAY['done', 'it was over'] ELSE ARRAY['applied', ''] END;
END $$;

ALTER FUNCTION settle(act, boolean) RENAME TO settle_but_exercises;
CREATE FUNCTION settle(a act, anyway boolean) RETURNS text[]
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF a.kind IN ('exercise-begin', 'exercise-end') THEN
    RETURN settle_exercise(a);
  END IF;
  RETURN settle_but_exercises(a, anyway);
END $$;

-- What a restored record says of it.
ALTER FUNCTION restore_work() RENAME TO restore_but_exercises;
CREATE FUNCTION restore_work() RETURNS void LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
BEGIN
  PERFORM restore_but_exercises();
  UPDATE exercise x
     SET broken = o.v ->> 'broken', ended = to_timestamp((o.v ->> 'ended')::bigint),
         known = (SELECT coalesce(array_agg(field_text(f.f[2]) ORDER BY f.f[2]), '{}')
                    FROM put_facts('exercise', 'known') AS f WHERE f.uuid = o.uuid)
    FROM put_objects('exercise') AS o WHERE o.uuid = x.uuid;
END $$;

UPDATE exercise SET known = known; -- its record anew

REVOKE ALL ON FUNCTION open_incidents(), latest(exercise), break_exercises(), break_in(), words_of(text),
  settle_exercise(act), settle(act, boolean), restore_work() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_incidents(), words_of(text), settle_exercise(act), settle(act, boolean)
  TO tocsin_writer;
GRANT SELECT, INSERT, UPDATE ON exercise TO tocsin_writer;
GRANT SELECT, INSERT ON exercise_domain, exercise_terminal TO tocsin_writer;
GRANT EXECUTE ON FUNCTION open_incidents(), restore_work() TO tocsin_admin;
