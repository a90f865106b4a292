-- What a person deleted of what an import had made: the next import of its file leaves it deleted, and
-- says so, until it is told otherwise or somebody makes it anew.
CREATE TABLE dismissed (
  uuid key PRIMARY KEY, -- of an entry, or of a contact point
  name text,            -- what it was called, or its number
  at timestamptz NOT NULL DEFAULT now(),
  by text NOT NULL DEFAULT session_user
);

-- Arguments: the column that names the entry, and the one that names what goes.
CREATE FUNCTION dismiss() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
DECLARE
  gone jsonb := to_jsonb(OLD);
BEGIN
  IF current_setting('tocsin.importing', true) IS DISTINCT FROM pg_current_xact_id()::text
     AND EXISTS (SELECT FROM origin o WHERE o.entry = (gone ->> tg_argv[0])::uuid) THEN
    INSERT INTO dismissed (uuid, name) VALUES (OLD.uuid, gone ->> tg_argv[1]) ON CONFLICT DO NOTHING;
  END IF;
  RETURN OLD;
END $$;
CREATE FUNCTION welcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = tocsin, pg_temp AS $$
BEGIN
  DELETE FROM dismissed d USING new_rows n WHERE d.uuid = n.uuid;
  RETURN NULL;
END $$;

-- What goes with its entry is not deleted by anybody.
CREATE TRIGGER dismiss BEFORE DELETE ON entry FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION dismiss('uuid', 'name');
CREATE TRIGGER dismiss BEFORE DELETE ON contact FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION dismiss('entry', 'number');
CREATE TRIGGER welcome AFTER INSERT ON entry REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION welcome();
CREATE TRIGGER welcome AFTER INSERT ON contact REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION welcome();

REVOKE ALL ON FUNCTION dismiss(), welcome() FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON dismissed TO tocsin_admin;
