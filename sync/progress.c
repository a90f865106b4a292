#include "sync/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/emit.h"
#include "base/i18n.h"

enum { FIRST_US = 1000000, EVERY_US = 200000 };

void progress_begin(struct progress *p, bool quiet, const int64_t *expected,
                    const int64_t *expected_bytes) {
  *p = (struct progress){.on = !quiet && isatty(STDERR_FILENO) == 1,
                         .began_us = clock_monotonic_us(),
                         .expected = expected,
                         .expected_bytes = expected_bytes};
  p->next_us = p->began_us + FIRST_US;
}

static void show(const char *text, size_t len) {
  if (emit_text(stderr, text, len, NULL) == TC_OK)
    fflush(stderr);
}

static void add_time_left(struct buffer *b, int64_t spent_us, int64_t done, int64_t all) {
  if (all > done && done > 0)
    buffer_printf(b, _(", %" PRId64 " s left"),
                  (int64_t)((double)spent_us / (double)done * (double)(all - done) / 1e6) + 1);
}

static void add_records(struct buffer *b, int64_t spent_us, int64_t records, int64_t all,
                        int64_t bytes) {
  if (all > 0)
    buffer_printf(b, _("%" PRId64 " of %" PRId64 " records"), records, all);
  else
    buffer_printf(b, _("%" PRId64 " records"), records);
  if (bytes > 0)
    buffer_printf(b, _(", %.1f MB"), (double)bytes / 1e6);
  add_time_left(b, spent_us, records, all);
}

void progress_step(struct progress *p, int64_t records, int64_t bytes) {
  if (!p || !p->on)
    return;
  int64_t now = clock_monotonic_us();
  if (now < p->next_us)
    return;
  struct buffer b = BUFFER_INIT;
  int64_t spent = now - p->began_us;
  p->next_us = now + EVERY_US;
  p->shown = true;
  buffer_add_text(&b, "\r");
  if (p->expected_bytes && *p->expected_bytes > 0) {
    buffer_printf(&b, _("snapshot: %.1f of %.1f MB"), (double)bytes / 1e6,
                  (double)*p->expected_bytes / 1e6);
    add_time_left(&b, spent, bytes, *p->expected_bytes);
  } else {
    add_records(&b, spent, records, p->expected ? *p->expected : 0, bytes);
  }
  buffer_add_text(&b, "\033[K");
  if (b.status == TC_OK)
    show(buffer_text(&b), b.len);
  buffer_free(&b);
}

void progress_came(void *progress, int64_t records, int64_t bytes) {
  progress_step(progress, records, bytes);
}

void progress_end(struct progress *p) {
  static const char gone[] = "\r\033[K";
  if (p && p->shown)
    show(gone, sizeof gone - 1);
  if (p)
    p->shown = false;
}
