/* The order in which the points of an entry are offered, over the sample directory: it hangs on
 * what they are and not on how an entry lists them, and what incidents took comes back with their
 * end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/cutoff.h"
#include "db/on_call.h"
#include "tests/lib/folder.h"
#include "tests/lib/prop.h"
#include "tests/lib/sample.h"

enum { NOW = 1795680840, INCIDENTS = 24, ORDERS = 3, OVERRIDES = 3 };

struct fixture {
  char folder[FOLDER_PATH];
  struct sample sample;
  struct cache *cache;
};

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  struct tc_error err = {.status = TC_OK};
  if (!f || folder_make(f->folder) != 0 || sample_read(&f->sample, "--entries 5000") != 0)
    return -1;
  sample_thin(&f->sample, 8);
  if (sample_build(f->sample.records, f->sample.count, f->folder, 1) != 0)
    return -1;
  *state = f;
  return cache_open(&f->cache, f->folder, &err) == TC_OK ? 0 : -1;
}

static int stop(void **state) {
  struct fixture *f = *state;
  cache_close(f->cache);
  folder_remove(f->folder);
  sample_free(&f->sample);
  free(f);
  return 0;
}

/* ---- worlds ------------------------------------------------------------------------------------
 */

static struct incident *any_incidents(const struct house *house, size_t *count,
                                      struct arena *arena) {
  struct incident *all = arena_zalloc(arena, INCIDENTS, sizeof *all);
  assert_non_null(all);
  *count = 1 + rnd(INCIDENTS);
  for (size_t i = 0; i < *count; i++)
    all[i] = (struct incident){.domain = house->domains[rnd((uint32_t)house->domain_count)].code,
                               .directions = rnd(8),
                               .since = NOW - 1 - (int64_t)rnd(100),
                               .until = rnd(4) ? 0 : NOW - 50 + (int64_t)rnd(100),
                               .declared = rnd(5) > 0,
                               .reason = "",
                               .by = ""};
  return all;
}

/* A run over every entry. */
struct run {
  struct cache *cache;
  struct standpoint from;
  struct reach_world world, ended; /* with incidents, and with all of them ended */
  size_t touched, moved;           /* so that it is known that something was tried */
};

static void begin(struct run *r, struct cache *cache, struct arena *arena) {
  const struct house *house = cache_house(cache);
  const struct site *site = &house->sites[rnd((uint32_t)house->site_count)];
  size_t count;
  struct incident *incidents = any_incidents(house, &count, arena);
  *r = (struct run){.cache = cache};
  r->from = (struct standpoint){.set = rnd(4) ? SET_WARD : SET_MOBILE,
                                .plan = site->plan,
                                .site = site->code,
                                .country = site->country};
  if (r->from.set == SET_MOBILE)
    r->from.plan = "";
  r->world = (struct reach_world){
      .house = house, .from = &r->from, .now = NOW, .clock_trusted = rnd(8) > 0};
  r->ended = r->world;
  r->world.outage = outage_make(house, incidents, count, NOW, r->world.clock_trusted, arena);
  for (size_t i = 0; i < count; i++)
    incidents[i].ended = NOW - (int64_t)rnd(2);
  r->ended.outage = outage_make(house, incidents, count, NOW, r->world.clock_trusted, arena);
}

/* Each is over every entry: a run is some thousand cases. */
static int runs(void) {
  enum { MOST = 400 };
  int wanted = prop_runs(6);
  return wanted < MOST ? wanted : MOST;
}

static void over_every_entry(struct fixture *f, bool (*each)(const struct entry *, void *),
                             int times) {
  struct tc_error err = {.status = TC_OK};
  size_t touched = 0, moved = 0;
  for (int i = 0; i < times; i++) {
    struct arena arena = ARENA_INIT;
    struct run r;
    begin(&r, f->cache, &arena);
    assert_int_equal(cache_each_entry(f->cache, each, &r, &err), TC_OK);
    touched += r.touched;
    moved += r.moved;
    arena_free(&arena);
  }
  assert_true(touched > 0 && moved > 0);
}

static bool same_text(const char *a, const char *b) {
  return strcmp(a ? a : "", b ? b : "") == 0;
}

/* By what is in them: the lists of which they are may be others. */
static bool same_channel(const struct channel *a, const struct channel *b) {
  if (!uuid_equal(&a->contact->uuid, &b->contact->uuid) ||
      !same_text(a->contact->number, b->contact->number) || !a->stands_in != !b->stands_in ||
      (a->stands_in && !uuid_equal(&a->stands_in->uuid, &b->stands_in->uuid)))
    return false;
  return a->state == b->state && a->doubt == b->doubt && a->when == b->when && a->set == b->set &&
         a->holder == b->holder && a->outage.level == b->outage.level &&
         a->dial.form == b->dial.form && same_text(a->dial.shown, b->dial.shown) &&
         same_text(a->replaced_by, b->replaced_by);
}

static bool same_order(const struct entry *x, const struct reach_holders *hx, const struct entry *y,
                       const struct reach_holders *hy, const struct reach_world *wx,
                       const struct reach_world *wy, struct arena *arena) {
  size_t count = 0, other = 0;
  struct channel best, best_other;
  struct channel *a = reach_order(x, hx, wx, arena, &count);
  struct channel *b = reach_order(y, hy, wy, arena, &other);
  if (count != other)
    return false;
  for (size_t i = 0; i < count; i++)
    if (!same_channel(&a[i], &b[i]))
      return false;
  bool found = reach_best(&best, x, hx, wx, CONTACT_OTHER);
  return found == reach_best(&best_other, y, hy, wy, CONTACT_OTHER) &&
         (!found || same_channel(&best, &best_other));
}

/* ---- the end of all incidents ------------------------------------------------------------------
 */

static bool comes_back(const struct entry *entry, void *data) {
  struct run *r = data;
  struct arena arena = ARENA_INIT;
  struct on_call held;
  struct reach_world before = r->world;
  before.outage = NULL;
  assert_int_equal(on_call_of(&held, r->cache, entry, &before, &arena, NULL), TC_OK);
  const struct reach_holders *h = &held.holders;
  if (!same_order(entry, h, entry, h, &before, &r->ended, &arena))
    fail_msg("%s: not as before all incidents ended", entry->name);
  assert_int_equal(reach_live(entry, h, &before), reach_live(entry, h, &r->ended));
  r->touched++;
  r->moved += !same_order(entry, h, entry, h, &before, &r->world, &arena);
  arena_free(&arena);
  return true;
}

static void ending_all_incidents_gives_the_first_answer_back(void **state) {
  over_every_entry(*state, comes_back, runs());
}

/* ---- the order is of what they are -------------------------------------------------------------
 */

#define SHUFFLE(items, count)                                                                      \
  for (size_t at = (count); at > 1; at--) {                                                        \
    size_t with = rnd((uint32_t)at);                                                               \
    memcpy(&swap, &(items)[at - 1], sizeof swap);                                                  \
    memcpy(&(items)[at - 1], &(items)[with], sizeof swap);                                         \
    memcpy(&(items)[with], &swap, sizeof swap);                                                    \
  }

/* The same entry with points that agree in their order, with replacements of each other and
 * temporary numbers; then listed otherwise. */
static void stir(struct entry *out, const struct entry *from, struct arena *arena) {
  size_t n = from->contact_count;
  struct contact *contacts = arena_zalloc(arena, n + 1, sizeof *contacts);
  struct override *overrides = arena_zalloc(arena, OVERRIDES, sizeof *overrides);
  assert_true(contacts && overrides);
  *out = *from;
  for (size_t i = 0; i < n; i++) {
    contacts[i] = from->contacts[i];
    contacts[i].order = (int64_t)rnd(ORDERS);
    if (rnd(8) == 0)
      contacts[i].replaces_uuid = from->contacts[rnd((uint32_t)n)].uuid;
  }
  size_t over = n && rnd(3) == 0 ? 1 + rnd(OVERRIDES) : 0;
  for (size_t i = 0; i < over; i++) {
    overrides[i] = (struct override){.number = i ? "4400" : "4500",
                                     .plan = "SAB",
                                     .e164 = "",
                                     .at = NOW - 60 - (int64_t)rnd(2),
                                     .by = "",
                                     .reason = ""};
    overrides[i].uuid.b[0] = (uint8_t)(1 + i);
    if (rnd(2))
      overrides[i].contact = contacts[rnd((uint32_t)n)].uuid;
  }
  out->contacts = contacts;
  out->overrides = overrides;
  out->override_count = over;
}

static void list_otherwise(struct entry *out, const struct entry *from, struct arena *arena) {
  size_t n = from->contact_count, over = from->override_count;
  struct contact *contacts = arena_zalloc(arena, n + 1, sizeof *contacts);
  struct override *overrides = arena_zalloc(arena, over + 1, sizeof *overrides);
  assert_true(contacts && overrides);
  if (n)
    memcpy(contacts, from->contacts, n * sizeof *contacts);
  if (over)
    memcpy(overrides, from->overrides, over * sizeof *overrides);
  {
    struct contact swap;
    SHUFFLE(contacts, n)
  }
  {
    struct override swap;
    SHUFFLE(overrides, over)
  }
  *out = *from;
  out->contacts = contacts;
  out->overrides = overrides;
}

static bool is_of_content(const struct entry *entry, void *data) {
  struct run *r = data;
  struct arena arena = ARENA_INIT;
  struct entry one, other, holder, holder_too;
  const struct entry *persons[1] = {&holder}, *persons_too[1] = {&holder_too};
  struct reach_holders held = {persons, 1, 0}, held_too = {persons_too, 1, 0};
  stir(&one, entry, &arena);
  list_otherwise(&other, &one, &arena);
  stir(&holder, entry, &arena);
  list_otherwise(&holder_too, &holder, &arena);
  bool is_held = rnd(2);
  if (!same_order(&one, is_held ? &held : NULL, &other, is_held ? &held_too : NULL, &r->world,
                  &r->world, &arena))
    fail_msg("%s: listed otherwise it is offered otherwise", entry->name);
  r->touched++;
  r->moved += one.contact_count > 1 && !uuid_equal(&one.contacts[0].uuid, &other.contacts[0].uuid);
  arena_free(&arena);
  return true;
}

static void the_order_is_of_what_they_are_and_not_of_how_they_are_listed(void **state) {
  over_every_entry(*state, is_of_content, runs());
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ending_all_incidents_gives_the_first_answer_back),
      cmocka_unit_test(the_order_is_of_what_they_are_and_not_of_how_they_are_listed),
  };
  prop_start(NULL);
  return cmocka_run_group_tests(tests, start, stop);
}
