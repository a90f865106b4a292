#include "tui/cover.h"

#include <string.h>

#include "core/act.h"

size_t cover_fitting(const struct setup *setup, const char *typed, const struct uuid *absent,
                     struct arena *arena, const struct entry **out, size_t most) {
  struct search_query query = {.text = typed,
                               .site = setup->from.site,
                               .only = "",
                               .country = setup->from.country,
                               .limit = most + 1};
  struct search_result found;
  size_t count = 0;
  if (!*typed || search_run(setup->cache, &query, arena, &found, NULL) != TC_OK)
    return 0;
  const struct search_row *rows = found.rows; /* the arena's */
  for (size_t i = 0; i < found.count && count < most; i++)
    if (!uuid_equal(&rows[i].entry.uuid, absent))
      out[count++] = &rows[i].entry;
  return count;
}

const char *cover_text(const struct entry *e, struct arena *arena) {
  bool titled =
      *e->title && e->type == ENTRY_PERSON && strncmp(e->name, e->title, strlen(e->title)) != 0;
  const char *what = *e->speciality ? e->speciality : e->unit;
  const char *text = arena_printf(arena, "%s %s%s%s%s%s", e->site, titled ? e->title : "",
                                  titled ? " " : "", e->name, *what ? ", " : "", what);
  return text ? text : "";
}

/* Is this the later word?  Then it is what is taken back. */
static void later(struct uuid *last, int64_t *at, const struct uuid *uuid, int64_t written) {
  if (uuid_is_nil(last) || written > *at || (written == *at && uuid_compare(uuid, last) < 0)) {
    *last = *uuid;
    *at = written;
  }
}

bool cover_ends(const struct entry *e, int64_t now, struct uuid *out, bool *fixed) {
  int64_t at = 0;
  *out = (struct uuid){{0}};
  *fixed = false;
  for (size_t i = 0; i < e->absence_count; i++) {
    const struct absence *a = &e->absences[i];
    if (a->until && a->until <= now)
      continue;
    if (uuid_is_nil(&a->uuid))
      *fixed = true;
    else
      later(out, &at, &a->uuid, a->at);
  }
  for (size_t i = 0; i < e->beside_count; i++) {
    const struct act_held *held = e->beside[i];
    if (act_kind_of(&held->act) == ACT_KIND_ABSENCE && act_get_int(&held->act, "until") > now &&
        (held->state == ACT_PENDING || held->state == ACT_WAITS))
      later(out, &at, &held->act.uuid, held->act.at);
  }
  return !uuid_is_nil(out);
}
