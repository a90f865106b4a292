#include "tui/not_now.h"

#include <stdbool.h>
#include <string.h>

#include "base/date.h"
#include "base/emit.h"
#include "base/i18n.h"
#include "tui/when.h"

void not_now_text(struct buffer *out, const struct setup *setup, int64_t at) {
  char when[WHEN_TEXT], date[DATE_TEXT];
  int64_t now = clock_now(&setup->clock);
  if (!setup->at)
    return;
  /* So far away that when_seen() leaves the time out. */
  bool timed = strchr(when_seen(at, now, when), ':') != NULL;
  buffer_printf(out, _("! NOT NOW: as at %s"), timed ? when : date_text(at, date));
  buffer_add_char(out, '\n');
  if (now < cache_info(setup->cache)->source_time)
    buffer_printf(out, "! %s\n",
                  _("this machine's clock is behind the directory: a day or an hour without a date "
                    "was counted from it"));
}
