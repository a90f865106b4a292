#!/bin/sh
# A pull that is stopped, killed, runs out of disk or of power: some of its steps.  All of them: tests/long/kill_*.t.
. "${TOCSIN_TOP:-.}/tests/lib/pg.sh"
. "$top/tests/lib/steps.sh"
pg_need
steps_begin
steps "a delta" "$tmp/base"
done_testing
