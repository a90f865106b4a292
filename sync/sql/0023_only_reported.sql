-- A probe that took fright takes its own report back: one that nobody has declared meanwhile.
ALTER FUNCTION settle_end(act) RENAME TO settle_any_end;

CREATE FUNCTION settle_end(a act) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  IF a.payload ->> 'only' = 'reported' THEN
    PERFORM FROM incident i WHERE i.uuid = incident_of(a) AND NOT i.declared FOR UPDATE;
    IF NOT FOUND THEN
      RETURN ARRAY['done', 'it is no report any more: a person ends it'];
    END IF;
  END IF;
  RETURN settle_any_end(a);
END $$;
REVOKE ALL ON FUNCTION settle_end(act) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_end(act) TO tocsin_writer;
