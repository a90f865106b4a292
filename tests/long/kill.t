#!/bin/sh
# A pull of each kind, at every one of its changes of the disk where STEP_ALL=1 says so (make soak): tests/lib/steps.sh.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/steps.sh"
pg_need
steps_begin
steps "a delta" "$tmp/base"
mkdir "$tmp/none"
steps "a first load" "$tmp/none"
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
steps "a grant lost" "$tmp/base"
as_boss dir -c "GRANT tocsin_clinical TO ward" -c "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
steps "a source restored" "$tmp/base"
done_testing
