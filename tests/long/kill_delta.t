#!/bin/sh
# A delta at every one of its changes of the disk: tests/lib/steps.sh.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/steps.sh"
STEP_ALL=${STEP_ALL:-beside,alone,eio,full}
pg_need
steps_begin
steps "a delta" "$tmp/base"
steps_before_a_connection
done_testing
