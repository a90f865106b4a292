#include "db/red_phones.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/handle.h"

struct red_phones_site {
  struct red_phones_site *next;
  const char *site;
  struct red_phone *all; /* by unit, then in the order of all answers */
  size_t count, room;
};

enum { PAGE = 500 };

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

void red_phones_free(struct red_phones *r) {
  arena_free(&r->arena);
  r->sites = NULL;
}

/* ---- reading a site ----------------------------------------------------------------------------
 */

static bool has_red_phone(const struct entry *e) {
  for (size_t i = 0; i < e->contact_count; i++)
    if (e->contacts[i].kind == CONTACT_RED_PHONE)
      return true;
  return false;
}

/* Where that entry is at the site, and not one that serves it; false: no memory. */
static bool take(struct red_phones *r, struct red_phones_site *s, const struct entry *e) {
  if (strcmp(e->site, s->site) != 0 || !has_red_phone(e))
    return true;
  if (s->count == s->room) {
    size_t room = s->room ? s->room * 2 : 16;
    struct red_phone *grown = arena_zalloc(&r->arena, room, sizeof *grown);
    if (!grown)
      return false;
    if (s->count)
      memcpy(grown, s->all, s->count * sizeof *grown);
    s->all = grown;
    s->room = room;
  }
  const char *unit = arena_strdup(&r->arena, e->unit);
  s->all[s->count] = (struct red_phone){.unit = unit, .entry = e->uuid, .order = s->count};
  s->count++;
  return unit != NULL;
}

static tc_status take_indexed(struct cache *c, struct red_phones_site *s, struct tc_error *err) {
  static const enum contact_kind red = CONTACT_RED_PHONE;
  struct arena arena = ARENA_INIT;
  const struct entry *entries;
  size_t count;
  tc_status status = cache_of_kinds(c, s->site, &red, 1, &arena, &entries, &count, NULL);
  for (size_t i = 0; status == TC_OK && i < count; i++)
    if (!take(&c->red_phones, s, &entries[i]))
      status = no_memory(err);
  arena_free(&arena);
  return status;
}

/* From the records, where the index is not what was written. */
static tc_status take_all(struct cache *c, struct red_phones_site *s, struct tc_error *err) {
  int64_t after = 0;
  tc_status status = TC_OK;
  s->count = 0;
  do {
    struct arena page = ARENA_INIT;
    struct browse_row *rows;
    size_t found;
    status = cache_browse(c, s->site, "", after, PAGE, &page, &rows, &found, &after, err);
    if (status == TC_DAMAGED) /* those that can be read: cache_whole() says that they are not all */
      status = TC_OK;
    for (size_t i = 0; status == TC_OK && i < found; i++)
      if (!take(&c->red_phones, s, &rows[i].entry))
        status = no_memory(err);
    arena_free(&page);
  } while (status == TC_OK && after);
  return status;
}

static int by_unit(const void *a, const void *b) {
  const struct red_phone *x = a, *y = b;
  int order = strcmp(x->unit, y->unit);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static tc_status read_site(struct cache *c, const char *site, struct red_phones_site **out,
                           struct tc_error *err) {
  struct red_phones *r = &c->red_phones;
  struct red_phones_site *s = arena_zalloc(&r->arena, 1, sizeof *s);
  if (!s || !(s->site = arena_strdup(&r->arena, site)))
    return no_memory(err);
  tc_status status = take_indexed(c, s, err);
  if (status != TC_OK && status != TC_NO_MEMORY)
    status = take_all(c, s, err);
  if (status != TC_OK)
    return status;
  if (s->count)
    qsort(s->all, s->count, sizeof *s->all, by_unit);
  s->next = r->sites;
  r->sites = s;
  *out = s;
  return TC_OK;
}

/* ---- asking ------------------------------------------------------------------------------------
 */

/* What was found of another revision, or while more was hidden, is not of this one. */
static void follow(struct cache *c) {
  struct red_phones *r = &c->red_phones;
  if (r->revision == c->info.revision && r->data_version == c->data_version &&
      r->stamp == c->stamp && r->hidden == c->hidden)
    return;
  red_phones_free(r);
  r->revision = c->info.revision;
  r->data_version = c->data_version;
  r->stamp = c->stamp;
  r->hidden = c->hidden;
}

tc_status cache_red_phones(struct cache *c, const char *site, const char *unit,
                           const struct red_phone **out, size_t *count, struct tc_error *err) {
  *out = NULL;
  *count = 0;
  follow(c);
  struct red_phones_site *s = c->red_phones.sites;
  while (s && strcmp(s->site, site) != 0)
    s = s->next;
  tc_status status = s ? TC_OK : read_site(c, site, &s, err);
  if (status != TC_OK)
    return status;
  size_t low = 0, high = s->count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (strcmp(s->all[mid].unit, unit) < 0)
      low = mid + 1;
    else
      high = mid;
  }
  while (low + *count < s->count && strcmp(s->all[low + *count].unit, unit) == 0)
    ++*count;
  *out = *count ? &s->all[low] : NULL;
  return TC_OK;
}
