-- Acts: what terminals write (core/act.h).  They come as records, each is taken once by its UUID, and
-- what becomes of it is decided here, by the kind and by what the terminal's login may hold.  The rows
-- of act_rule and act_property are those of core/act.c: source init and upgrade put them here.

DO $$
BEGIN
  BEGIN
    CREATE ROLE tocsin_writer NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- of another directory in this cluster
  END;
  IF NOT pg_has_role(current_user, 'tocsin_writer', 'MEMBER') THEN
    EXECUTE format('GRANT tocsin_writer TO %I', current_user);
  END IF;
END $$;

CREATE TABLE act_rule (
  kind words NOT NULL,
  tier words NOT NULL,
  course text NOT NULL CHECK (course IN ('refused', 'suggested', 'own', 'applied')),
  PRIMARY KEY (kind, tier)
);
CREATE TABLE act_property (
  name words PRIMARY KEY,
  of_contact boolean NOT NULL
);

CREATE TABLE act (
  uuid key PRIMARY KEY,
  record bytea NOT NULL CHECK (octet_length(record) <= 65536), -- as it came
  kind words NOT NULL,
  audience audience NOT NULL,
  subject uuid,
  payload jsonb NOT NULL,
  at instant NOT NULL,       -- by the terminal's clock
  initials text NOT NULL,
  account text NOT NULL,
  terminal words NOT NULL,   -- the login that brought it
  tier words NOT NULL,
  received timestamptz NOT NULL DEFAULT now(),
  outcome text NOT NULL CHECK (outcome IN ('waits', 'applied', 'done', 'refused', 'aside')),
  reason text NOT NULL,
  decided_by text            -- the person, where one decided
);
CREATE INDEX ON act (received) WHERE outcome = 'waits';
CREATE INDEX ON act ((payload ->> 'act')) WHERE kind = 'withdrawal';

-- The highest of what a login may hold.
CREATE FUNCTION tier() RETURNS text LANGUAGE sql STABLE
  RETURN (SELECT t FROM unnest(ARRAY['admin', 'restricted', 'switchboard', 'clinical', 'public'])
                          WITH ORDINALITY AS w (t, n)
           WHERE pg_has_role(session_user, 'tocsin_' || t, 'MEMBER') ORDER BY n LIMIT 1);

-- What a record says; an exception where it says nothing.
CREATE FUNCTION read_act(bytes bytea) RETURNS act
LANGUAGE plpgsql IMMUTABLE SET search_path = tocsin, pg_temp AS $$
DECLARE
  a act;
  line text;
  tag text;
  value text;
  first boolean := true;
BEGIN
  a.record := bytes;
  a.payload := '{}';
  a.initials := '';
  a.account := '';
  FOREACH line IN ARRAY string_to_array(convert_from(bytes, 'UTF8'), E'\n') LOOP
    IF first THEN
      IF split_part(line, E'\t', 1) <> 'tocsin1' OR split_part(line, E'\t', 2) <> 'act' THEN
        RAISE EXCEPTION 'no act' USING ERRCODE = 'invalid_parameter_value';
      END IF;
      a.audience := split_part(line, E'\t', 3);
      a.uuid := uuid_of(split_part(line, E'\t', 4));
      first := false;
      CONTINUE;
    END IF;
    tag := split_part(line, E'\t', 1);
    value := field_text(split_part(line, E'\t', 2));
    CASE tag
      WHEN 'account' THEN a.account := value;
      WHEN 'at' THEN a.at := to_timestamp(value::bigint);
      WHEN 'initials' THEN a.initials := value;
      WHEN 'subject' THEN a.subject := uuid_of(value);
      WHEN 'type' THEN a.kind := value;
      WHEN 'p' THEN
        a.payload := a.payload || jsonb_build_object(
          split_part(value, '=', 1), substr(value, length(split_part(value, '=', 1)) + 2));
      ELSE NULL; -- of a newer version
    END CASE;
  END LOOP;
  IF a.kind IS NULL OR a.at IS NULL THEN
    RAISE EXCEPTION 'no act' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN a;
END $$;

CREATE FUNCTION act_instant(a act, field text) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN to_timestamp((a.payload ->> field)::bigint);

-- A part has its entry's audience unless it has one of its own.
CREATE FUNCTION audience_beside(of text, mine text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN nullif(mine, of);

-- Was it taken back before it came, by its own terminal or by whoever may?
CREATE FUNCTION is_withdrawn(a act) RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM act w
                  WHERE w.kind = 'withdrawal' AND w.payload ->> 'act' = short(a.uuid)
                    AND (w.terminal = a.terminal OR w.outcome = 'applied'));

CREATE FUNCTION settle_note(a act, home text) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO note (uuid, entry, audience, at, until, by, text)
    VALUES (a.uuid, a.subject, audience_beside(home, a.audience), a.at, act_instant(a, 'until'),
            a.initials, a.payload ->> 'text')
    ON CONFLICT (uuid) DO NOTHING;
  RETURN ARRAY['applied', ''];
END $$;

CREATE FUNCTION settle_override(a act, home text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  of_contact uuid := uuid_of(a.payload ->> 'contact');
BEGIN
  IF of_contact IS NOT NULL
     AND NOT EXISTS (SELECT FROM contact c WHERE c.uuid = of_contact AND c.entry = a.subject) THEN
    RETURN ARRAY['aside', 'the contact point is gone'];
  END IF;
  IF a.payload ? 'plan'
     AND NOT EXISTS (SELECT FROM plan p WHERE p.code = a.payload ->> 'plan') THEN
    RETURN ARRAY['aside', 'the numbering plan is gone'];
  END IF;
  INSERT INTO override (uuid, entry, audience, contact, number, plan, e164, kind, at, until, by, reason)
    VALUES (a.uuid, a.subject, audience_beside(home, a.audience), of_contact,
            a.payload ->> 'number', a.payload ->> 'plan', a.payload ->> 'e164',
            a.payload ->> 'kind', a.at, act_instant(a, 'until'), a.initials,
            a.payload ->> 'reason')
    ON CONFLICT (uuid) DO NOTHING;
  RETURN ARRAY['applied', ''];
END $$;

-- Unchanged at the source: applied and pinned.  The same value: done.  Else a person decides, unless
-- one has.  A number changes whole: its plan and its E.164 with it.
CREATE FUNCTION settle_suggestion(a act, anyway boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  field text := a.payload ->> 'field';
  wanted text := coalesce(a.payload ->> 'now', '');
  rule act_property;
  target uuid;
  says text;
BEGIN
  SELECT * INTO rule FROM act_property p WHERE p.name = field;
  IF NOT FOUND THEN
    RETURN ARRAY['aside', 'there is no such field'];
  END IF;
  target := CASE WHEN rule.of_contact THEN uuid_of(a.payload ->> 'contact') ELSE a.subject END;
  EXECUTE format('SELECT coalesce(%I, '''') FROM %I WHERE uuid = $1 AND %I = $2 FOR UPDATE',
                 replace(field, '-', '_'), CASE WHEN rule.of_contact THEN 'contact' ELSE 'entry' END,
                 CASE WHEN rule.of_contact THEN 'entry' ELSE 'uuid' END)
    INTO says USING target, a.subject;
  IF says IS NULL THEN
    RETURN ARRAY['aside', 'the contact point is gone'];
  ELSIF says = wanted THEN
    RETURN ARRAY['done', ''];
  ELSIF says <> coalesce(a.payload ->> 'was', '') AND NOT anyway THEN
    RETURN ARRAY['waits', 'it was changed since'];
  ELSIF wanted = '' AND field IN ('name', 'number') THEN
    RETURN ARRAY['waits', 'what is right is not said'];
  ELSIF field = 'number' AND a.payload ? 'plan'
     AND NOT EXISTS (SELECT FROM plan p WHERE p.code = a.payload ->> 'plan') THEN
    RETURN ARRAY['aside', 'the numbering plan is gone'];
  END IF;
  IF field = 'number' THEN
    UPDATE contact c SET number = wanted, plan = a.payload ->> 'plan', e164 = a.payload ->> 'e164',
           raw = NULL, reason = NULL, replaces_number = says, pinned = true
     WHERE c.uuid = target;
  ELSIF rule.of_contact THEN
    EXECUTE format('UPDATE contact SET %I = $1, pinned = true WHERE uuid = $2',
                   replace(field, '-', '_')) USING nullif(wanted, ''), target;
  ELSE
    EXECUTE format('UPDATE entry SET %I = $1, pinned = array_append(array_remove(pinned, $2), $2) '
                   'WHERE uuid = $3', replace(field, '-', '_'))
      USING nullif(wanted, ''), field, target;
  END IF;
  RETURN ARRAY['applied', ''];
END $$;

CREATE FUNCTION settle_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  what uuid := uuid_of(a.payload ->> 'act');
  gone bigint;
  found_any boolean := false;
BEGIN
  DELETE FROM note n WHERE n.uuid = what AND n.entry = a.subject;
  found_any := FOUND;
  DELETE FROM override o WHERE o.uuid = what AND o.entry = a.subject;
  found_any := found_any OR FOUND;
  UPDATE act o SET outcome = 'refused', reason = 'taken back'
   WHERE o.uuid = what AND o.outcome = 'waits';
  RETURN ARRAY[CASE WHEN found_any OR FOUND THEN 'applied' ELSE 'done' END, ''];
END $$;

-- Takes one act, once: the answer to the same one is always what became of it.
CREATE FUNCTION take_act(bytes bytea) RETURNS text
LANGUAGE plpgsql SET search_path = tocsin, pg_temp AS $$
DECLARE
  a act := read_act(bytes);
  old act;
  decided text[];
BEGIN
  IF NOT EXISTS (SELECT FROM act_rule r WHERE r.kind = a.kind) THEN
    RETURN E'later\t'; -- of a newer version: kept there until this one is upgraded
  END IF;
  a.terminal := session_user;
  a.tier := tier();
  INSERT INTO act (uuid, record, kind, audience, subject, payload, at, initials, account, terminal,
                   tier, outcome, reason)
    VALUES (a.uuid, a.record, a.kind, a.audience, a.subject, a.payload, a.at, a.initials, a.account,
            a.terminal, a.tier, 'waits', '')
    ON CONFLICT (uuid) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO old FROM act o WHERE o.uuid = a.uuid;
    IF old.record IS DISTINCT FROM a.record THEN -- not to be seen, or not the same
      RETURN E'refused\tanother act has this UUID';
    END IF;
    RETURN old.outcome || E'\t' || old.reason;
  END IF;
  decided := decide(a);
  UPDATE act o SET outcome = decided[1], reason = decided[2] WHERE o.uuid = a.uuid;
  RETURN decided[1] || E'\t' || decided[2];
END $$;

-- What a terminal wrote, oldest first: one line each, "outcome TAB reason".  An act that fails takes
-- nothing with it; a fault of the server's own ends the round.
CREATE FUNCTION push_acts(protocol int, records bytea[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  bytes bytea;
BEGIN
  FOREACH bytes IN ARRAY records LOOP
    BEGIN
      RETURN NEXT take_act(bytes);
    EXCEPTION WHEN data_exception OR integrity_constraint_violation OR raise_exception
                OR syntax_error_or_access_rule_violation THEN
      RETURN NEXT E'failed\t' || 'the source cannot take it (' || SQLSTATE || ')';
    END;
  END LOOP;
END $$;

-- Where the source is, and the chain at a revision that a terminal knows: "generation revision chain
-- chain_at", the last '-' where that revision is not known here.
CREATE FUNCTION push_facts(at_revision bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tocsin, pg_temp BEGIN ATOMIC
  SELECT concat_ws(' ', h.generation, h.revision, encode(r.chain, 'hex'),
                   coalesce((SELECT encode(b.chain, 'hex') FROM revision b
                              WHERE b.revision = at_revision), '-'), h.floor)
    FROM sync_head h JOIN revision r ON r.revision = h.revision;
END;

-- ---- what waits for a person --------------------------------------------------------------------

CREATE VIEW waiting AS
  SELECT a.uuid, a.kind, a.terminal, a.account, a.initials, a.at, a.reason, a.payload,
         a.subject, e.site, e.name
    FROM act a LEFT JOIN entry e ON e.uuid = a.subject
   WHERE a.outcome = 'waits' ORDER BY a.received, a.at;

CREATE FUNCTION accept_act(of uuid, anyway boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  a act;
  decided text[];
BEGIN
  SELECT * INTO a FROM act o WHERE o.uuid = of FOR UPDATE;
  IF NOT FOUND THEN
    RETURN E'unknown\t';
  ELSIF a.outcome <> 'waits' THEN
    RETURN a.outcome || E'\t' || a.reason;
  END IF;
  decided := settle(a, anyway);
  UPDATE act o SET outcome = decided[1], reason = decided[2], decided_by = session_user
   WHERE o.uuid = of;
  RETURN decided[1] || E'\t' || decided[2];
END $$;

CREATE FUNCTION refuse_act(of uuid, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  a act;
BEGIN
  SELECT * INTO a FROM act o WHERE o.uuid = of FOR UPDATE;
  IF NOT FOUND THEN
    RETURN E'unknown\t';
  ELSIF a.outcome = 'waits' THEN
    UPDATE act o SET outcome = 'refused', reason = left(why, 200), decided_by = session_user
     WHERE o.uuid = of RETURNING * INTO a;
  END IF;
  RETURN a.outcome || E'\t' || a.reason;
END $$;

-- The second wall: whatever the functions above did, a login sees and writes its own acts; a
-- switchboard sees those of others too, to take them back.
ALTER TABLE act ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON act FOR SELECT TO tocsin_writer
  USING (terminal = session_user OR (SELECT tier()) IN ('switchboard', 'restricted', 'admin'));
CREATE POLICY own ON act FOR INSERT TO tocsin_writer WITH CHECK (terminal = session_user);
CREATE POLICY settled ON act FOR UPDATE TO tocsin_writer
  USING (terminal = session_user OR (SELECT tier()) IN ('switchboard', 'restricted', 'admin'));
CREATE POLICY all_for_admins ON act FOR SELECT TO tocsin_admin USING (true);

DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'tocsin'::regnamespace
              AND p.proname IN ('tier', 'read_act', 'act_instant',
                'audience_beside', 'is_withdrawn', 'settle_note', 'settle_override',
                'settle_suggestion', 'settle_withdrawal', 'take_act',
                'push_acts', 'push_facts', 'accept_act', 'refuse_act')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    IF f::text !~ '(push_acts|push_facts|accept_act|refuse_act)' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tocsin_writer', f);
    END IF;
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA tocsin TO tocsin_writer;
GRANT EXECUTE ON FUNCTION granted(), short(uuid), esc(text), uuid_of(text), field_text(text) TO tocsin_writer;
GRANT SELECT ON entry, contact, plan, act_rule, act_property TO tocsin_writer;
GRANT UPDATE ON entry, contact TO tocsin_writer; -- FOR UPDATE, and an administrator's own correction
GRANT SELECT, INSERT, DELETE ON note, override TO tocsin_writer;
GRANT SELECT, INSERT, UPDATE (outcome, reason) ON act TO tocsin_writer;
GRANT SELECT ON act, waiting, act_rule, act_property TO tocsin_admin;
GRANT EXECUTE ON FUNCTION accept_act(uuid, boolean), refuse_act(uuid, text) TO tocsin_admin;
GRANT EXECUTE ON FUNCTION push_acts(int, bytea[]), push_facts(bigint)
  TO tocsin_public, tocsin_clinical, tocsin_switchboard, tocsin_restricted, tocsin_admin;
-- Owning needs CREATE for a moment.
GRANT CREATE ON SCHEMA tocsin TO tocsin_writer, tocsin_reader;
ALTER FUNCTION push_acts(int, bytea[]) OWNER TO tocsin_writer;
ALTER FUNCTION push_facts(bigint) OWNER TO tocsin_reader;
REVOKE CREATE ON SCHEMA tocsin FROM tocsin_writer, tocsin_reader;
