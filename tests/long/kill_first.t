#!/bin/sh
# A first load at every one of its changes of the disk: tests/lib/steps.sh.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/steps.sh"
STEP_ALL=${STEP_ALL:-beside,alone,eio,full}
pg_need
steps_begin
steps_none
steps "a first load" "$tmp/none"
done_testing
