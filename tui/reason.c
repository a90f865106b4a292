#include "tui/reason.h"

#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "core/civil.h"
#include "tui/when.h"

enum { STAMP = 16 }; /* bytes of "2026-11-22 14:02" */

/* What sync/sql says of an incident in the place of a person. */
static const char *const said[] = {N_("ended, but it was extended"), N_("still down")};

/* Is there a time of the source, "2026-11-22 14:02 UTC: "?  Then its instant, and where the words
 * behind it begin. */
static const char *read_stamp(const char *text, int64_t *at) {
  static const char utc[] = " UTC: ";
  char wall[STAMP + 1] = "";
  size_t len = strnlen(text, STAMP);
  if (len < STAMP || strncmp(text + STAMP, utc, strlen(utc)) != 0)
    return NULL;
  memcpy(wall, text, STAMP);
  return civil_read_wall(wall, at) ? text + STAMP + strlen(utc) : NULL;
}

/* The sentence at the beginning of a text, where the source says it: its bytes; else 0. */
static size_t add_said(struct buffer *out, const char *text) {
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    size_t len = strlen(said[i]);
    if (strncmp(text, said[i], len) == 0 && (!text[len] || strncmp(text + len, "; ", 2) == 0)) {
      buffer_add_text(out, _(said[i]));
      return len;
    }
  }
  return 0;
}

const char *reason_shown(const struct incident *n, const struct house *house, int64_t now,
                         struct arena *arena) {
  const struct domain *d = house_domain(house, n->domain);
  const struct site *site = d ? house_site(house, d->site) : NULL;
  const struct zone *zone = site ? house_zone(house, site) : NULL;
  struct buffer out = {.limit = 8192};
  char when[2 * WHEN_TEXT];
  for (const char *p = n->reason; *p;) {
    int64_t at;
    bool begins = p == n->reason || p[-1] == ' ';
    const char *words = begins ? read_stamp(p, &at) : NULL;
    if (!words) {
      buffer_add_char(&out, *p++);
      continue;
    }
    buffer_printf(&out, "%s%s", when_there(at, now, zone, site ? site->code : "", when), _(": "));
    p = words + add_said(&out, words);
  }
  const char *shown = arena_strdup(arena, buffer_text(&out));
  bool whole = buffer_status(&out, NULL) == TC_OK;
  buffer_free(&out);
  return whole && shown ? shown : n->reason;
}

const char *reason_by(const struct incident *n) {
  size_t len = strlen(n->by);
  return len && strncmp(n->reason, n->by, len) == 0 && n->reason[len] == ':' ? "" : n->by;
}
