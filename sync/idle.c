#include "sync/idle.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/status.h"
#include "db/check.h"
#include "db/residue.h"
#include "db/tidy.h"
#include "db/writer.h"

/* Changed entries that are not worth a new index yet. */
enum { STEP_MS = 30, TIDY_LEAST = 500 };
static const int64_t check_every_us = INT64_C(3600) * 1000000;

struct idle {
  const char *scope_dir;
  bool merge;          /* there may be something to */
  struct tidy *tidy;   /* under way */
  struct check *check; /* under way */
  int64_t check_due;
};

struct idle *idle_open(const char *scope_dir) {
  struct idle *i = calloc(1, sizeof *i);
  if (i) {
    i->scope_dir = scope_dir;
    i->merge = true; /* what an earlier run left */
  }
  return i;
}

void idle_close(struct idle *i) {
  if (!i)
    return;
  check_close(i->check);
  tidy_close(i->tidy);
  free(i);
}

void idle_changed(struct idle *i) {
  if (i)
    i->merge = true;
}

bool idle_is_due(const struct idle *i) {
  return i && (i->merge || i->check || clock_monotonic_us() >= i->check_due);
}

static void end_check(struct idle *i) {
  check_close(i->check);
  i->check = NULL;
  i->check_due = clock_monotonic_us() + check_every_us;
  residue_try(i->scope_dir);
}

static enum idle_found check_on(struct idle *i) {
  bool more = false;
  tc_status status = i->check ? TC_OK : check_open(&i->check, i->scope_dir, NULL);
  if (status == TC_OK)
    status = check_step(i->check, STEP_MS, &more, NULL);
  bool spared = status == TC_DAMAGED && i->check && check_spares_records(i->check);
  if (status != TC_OK || !more)
    end_check(i);
  if (!spared)
    return status == TC_DAMAGED ? IDLE_RECORDS : IDLE_NOTHING;
  /* Rare, and worth a step that is longer: what stays damaged answers wrongly. */
  if (writer_rebuild(i->scope_dir, NULL, NULL, NULL) == TC_OK)
    return IDLE_INDEX;
  i->check_due = 0; /* another is at work: looked at again */
  return IDLE_NOTHING;
}

static void tidy_on(struct idle *i) {
  bool more = false;
  tc_status status = i->tidy ? TC_OK : tidy_open(&i->tidy, i->scope_dir, TIDY_LEAST, NULL);
  if (status == TC_OK)
    status = tidy_step(i->tidy, STEP_MS, &more, NULL);
  if (status == TC_OK && more)
    return;
  tidy_close(i->tidy);
  i->tidy = NULL;
  i->merge = false;
  residue_try(i->scope_dir);
}

enum idle_found idle_step(struct idle *i) {
  if (!i->merge)
    return check_on(i);
  tidy_on(i);
  return IDLE_NOTHING;
}
