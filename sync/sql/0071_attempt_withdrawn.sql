-- A switchboard takes back what another one tried: the desk that wrote it has its own act to show, and
-- hears of it by the record.  What a machine takes back of its own goes at once.
-- (The function is that of 0050_attempts, under the name that 0050_test_taken_back gave it.)
CREATE OR REPLACE FUNCTION settle_any_withdrawal(a act) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  what uuid := uuid_of(a.payload ->> 'act');
  machine text := (SELECT l FROM string_to_table(convert_from(a.record, 'UTF8'), E'\n') AS l
                    WHERE l LIKE E'terminal\t%' LIMIT 1);
BEGIN
  DELETE FROM attempt t WHERE t.uuid = what AND t.entry = a.subject AND machine = ANY (t.lines)
     AND EXISTS (SELECT FROM act o WHERE o.uuid = what AND o.terminal = a.terminal);
  IF NOT FOUND THEN
    UPDATE attempt t SET lines = array_append(t.lines, E'p\twithdrawn=yes')
     WHERE t.uuid = what AND t.entry = a.subject AND E'p\twithdrawn=yes' <> ALL (t.lines);
  END IF;
  IF FOUND THEN
    RETURN ARRAY['applied', ''];
  END IF;
  RETURN settle_other_withdrawal(a);
END $$;
GRANT UPDATE (lines) ON attempt TO tocsin_writer;
