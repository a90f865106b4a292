-- A test that was noted of the wrong set is taken back: what it verified is as it was before.
ALTER FUNCTION settle_withdrawal(act) RENAME TO settle_any_withdrawal;

CREATE FUNCTION settle_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  UPDATE contact c SET verified = act_instant(t, 'was'), verified_by = NULL, verified_how = NULL
    FROM act t
   WHERE t.uuid = uuid_of(a.payload ->> 'act') AND t.kind = 'test' AND t.subject = a.subject
     AND c.uuid = uuid_of(t.payload ->> 'contact') AND c.entry = a.subject
     AND c.verified_how = 'test' AND c.verified = t.at;
  IF FOUND THEN
    RETURN ARRAY['applied', ''];
  END IF;
  RETURN settle_any_withdrawal(a);
END $$;
REVOKE ALL ON FUNCTION settle_withdrawal(act) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_withdrawal(act) TO tocsin_writer;
