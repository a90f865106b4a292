-- Who edits the incidents with plain SQL, or takes them in from a file, is an administrator as well as the
-- writer of acts: the rule that an incident is seen as its domain is (0081) runs as them too.
GRANT EXECUTE ON FUNCTION audience_number(text) TO tocsin_admin;
