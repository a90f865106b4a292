#!/bin/sh
# A pull that finds a grant lost at every one of its changes of the disk: tests/lib/steps.sh.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/steps.sh"
STEP_ALL=${STEP_ALL:-alone,eio,full}
pg_need
steps_begin
as_boss dir -c "REVOKE tocsin_clinical FROM ward"
steps "a grant lost" "$tmp/base"
done_testing
