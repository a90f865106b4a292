#include "db/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

enum { PAGE = 500, SECONDS_A_DAY = 86400 };

struct walk {
  struct cache *cache;
  struct walk_row *rows;
  size_t count, room;
  int64_t now, oldest;
  struct arena *arena;
};

static bool is_tested(const struct contact *c, int64_t now) {
  return (c->kind == CONTACT_RED_PHONE || c->kind == CONTACT_PAGER) &&
         (!c->from || c->from <= now) && (!c->until || c->until > now);
}

static const struct act_held *failed_since(const struct cache *cache, const struct contact *c) {
  size_t count;
  const struct act_held *acts = cache_written(cache, &count), *last = NULL;
  for (size_t i = 0; i < count; i++) {
    const struct act *act = &acts[i].act;
    if (act_kind_of(act) != ACT_KIND_TEST || acts[i].state == ACT_REFUSED)
      continue;
    struct uuid contact = act_get_uuid(act, "contact");
    if (uuid_equal(&contact, &c->uuid) && act->at > c->verified &&
        test_result_from_word(act_get(act, "result")) != TEST_WORKS &&
        (!last || act->at >= last->act.at) && !act_is_withdrawn(acts, count, &act->uuid))
      last = &acts[i];
  }
  return last;
}

static bool add(struct walk *w, const struct entry *entry, const struct contact *c) {
  if (w->count == w->room) {
    size_t room = w->room ? w->room * 2 : 64;
    struct walk_row *grown = arena_zalloc(w->arena, room, sizeof *grown);
    if (!grown)
      return false;
    if (w->count)
      memcpy(grown, w->rows, w->count * sizeof *grown);
    w->rows = grown;
    w->room = room;
  }
  w->rows[w->count++] = (struct walk_row){.entry = entry,
                                          .contact = c,
                                          .failed = failed_since(w->cache, c),
                                          .overdue = c->verified <= w->oldest};
  return true;
}

static bool any_tested(const struct walk *w, const struct entry *entry) {
  for (size_t i = 0; i < entry->contact_count; i++)
    if (is_tested(&entry->contacts[i], w->now))
      return true;
  return false;
}

static tc_status take(struct walk *w, const struct entry *entry, struct tc_error *err) {
  for (size_t i = 0; i < entry->contact_count; i++)
    if (is_tested(&entry->contacts[i], w->now) && !add(w, entry, &entry->contacts[i]))
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return TC_OK;
}

/* By the index, which knows who has such a set: not every entry of the site is read. */
static tc_status take_indexed(struct walk *w, const char *site) {
  static const enum contact_kind tested[] = {CONTACT_RED_PHONE, CONTACT_PAGER};
  const struct entry *entries;
  size_t count;
  tc_status status = cache_of_kinds(w->cache, site, tested, sizeof tested / sizeof *tested,
                                    w->arena, &entries, &count, NULL);
  for (size_t i = 0; status == TC_OK && i < count; i++)
    if (strcmp(entries[i].site, site) == 0) /* and not one that serves it */
      status = take(w, &entries[i], NULL);
  return status;
}

/* From the records, where the index is not what was written. */
static tc_status take_all(struct walk *w, const char *site, struct tc_error *err) {
  int64_t after = 0;
  tc_status status = TC_OK;
  do {
    struct arena page = ARENA_INIT;
    struct browse_row *rows;
    size_t found;
    status = cache_browse(w->cache, site, "", after, PAGE, &page, &rows, &found, &after, err);
    for (size_t i = 0; status == TC_OK && i < found; i++) {
      struct entry *entry;
      if (!any_tested(w, &rows[i].entry))
        continue;
      if ((entry = arena_zalloc(w->arena, 1, sizeof *entry)) == NULL)
        status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
      else
        status = cache_entry(w->cache, &rows[i].entry.uuid, w->arena, entry, err);
      if (status == TC_OK)
        status = take(w, entry, err);
    }
    arena_free(&page);
  } while (status == TC_OK && after);
  return status;
}

static int by_place(const void *a, const void *b) {
  const struct walk_row *x = a, *y = b;
  const char *const mine[] = {x->entry->building, x->entry->floor, x->entry->room, x->entry->name,
                              x->contact->number};
  const char *const other[] = {y->entry->building, y->entry->floor, y->entry->room, y->entry->name,
                               y->contact->number};
  for (size_t i = 0; i < sizeof mine / sizeof *mine; i++) {
    int order = strcmp(mine[i], other[i]);
    if (order)
      return order;
  }
  return uuid_compare(&x->contact->uuid, &y->contact->uuid);
}

tc_status walk_read(struct cache *cache, const char *site, int64_t now, int days,
                    struct arena *arena, struct walk_row **out, size_t *count,
                    struct tc_error *err) {
  struct walk w = {
      .cache = cache, .now = now, .oldest = now - (int64_t)days * SECONDS_A_DAY, .arena = arena};
  if (!*site || !house_site(cache_house(cache), site))
    return tc_fail(err, TC_USAGE, _("say which site: --site CODE"));
  tc_status status = take_indexed(&w, site);
  if (status != TC_OK) {
    w.count = 0;
    status = take_all(&w, site, err);
  }
  if (status == TC_OK && w.count)
    qsort(w.rows, w.count, sizeof *w.rows, by_place);
  *out = w.rows;
  *count = w.count;
  return status;
}

bool walk_is_due(const struct walk_row *row) {
  return row->overdue || row->failed;
}
