#!/bin/sh
# A pull from a source that was restored at every one of its changes of the disk: tests/lib/steps.sh.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/steps.sh"
STEP_ALL=${STEP_ALL:-beside,alone,eio,full}
pg_need
steps_begin
as_boss dir -c "UPDATE tocsin.sync_head SET generation = gen_random_uuid()"
steps "a source restored" "$tmp/base"
done_testing
