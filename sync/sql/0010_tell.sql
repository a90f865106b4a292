-- Terminals that wait are told at once, and one that asks a copy which is still being filled is sent
-- away.

-- Also at a subscriber: there rows come by replication, which fires only what is always fired.
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tocsin', '');
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE ON sync_head FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tell();
ALTER TABLE sync_head ENABLE ALWAYS TRIGGER tell;

-- The first copy of a subscription brings each table by itself: until all have caught up, a head
-- speaks of a revision whose parts are not there.
CREATE FUNCTION is_filled() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = tocsin, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_subscription_rel s
              WHERE s.srsubstate <> 'r'
                AND s.srrelid IN ('tocsin.feed'::regclass, 'tocsin.revision'::regclass,
                                  'tocsin.sync_head'::regclass)) THEN
    RAISE EXCEPTION 'the first copy of the subscription is under way'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION is_filled(), tell() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_filled() TO tocsin_reader;
ALTER TABLE sync_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY filled ON sync_head FOR SELECT TO tocsin_reader USING (is_filled());
CREATE POLICY all_for_admins ON sync_head FOR SELECT TO tocsin_admin USING (true);
