-- The time in what both said is UTC, as it says, in whatever time zone the server runs.
CREATE OR REPLACE FUNCTION both_said(reason text, a act, said text) RETURNS text LANGUAGE sql STABLE
  RETURN left(concat_ws('; ', nullif(reason, ''),
                        concat_ws(' ', nullif(a.initials, ''),
                                  to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
                                  'UTC: ' || said)), 500);
