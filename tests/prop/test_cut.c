/* What outages take, from the table of needs: what looking at every entry gives, after a build and
 * after change sets that touch entries, plans, sites and rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/record.h"
#include "db/cut.h"
#include "db/hang.h"
#include "db/journal.h"
#include "db/on_call.h"
#include "db/writer.h"
#include "tests/lib/folder.h"
#include "tests/lib/prop.h"
#include "tests/lib/sample.h"

enum { NOW = 1795680840, CHANGES = 60, INCIDENTS = 24, WHEN = 100 };

struct fixture {
  char folder[FOLDER_PATH];
  struct sample sample;
};

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  if (!f || folder_make(f->folder) != 0 || sample_read(&f->sample, "--entries 5000") != 0)
    return -1;
  sample_thin(&f->sample, 8); /* every one is looked at for each comparison */
  *state = f;
  return sample_build(f->sample.records, f->sample.count, f->folder, 1);
}

static int stop(void **state) {
  struct fixture *f = *state;
  folder_remove(f->folder);
  sample_free(&f->sample);
  free(f);
  return 0;
}

/* ---- the two ways to count ---------------------------------------------------------------------
 */

struct count {
  struct cache *cache;
  struct cutoff cut;
  const struct reach_world *before, *after;
  struct arena arena;
};

static size_t held; /* numbers of who holds a role */

static bool add(const struct entry *entry, void *data) {
  struct count *c = data;
  struct on_call on_call;
  assert_int_equal(on_call_of(&on_call, c->cache, entry, c->after, &c->arena, NULL), TC_OK);
  for (size_t i = 0; i < on_call.holders.count; i++)
    held += on_call.holders.persons[i]->contact_count;
  cutoff_add(&c->cut, entry, &on_call.holders, c->before, c->after, &c->arena);
  return true;
}

static void assert_same(const struct cutoff *a, const struct cutoff *b) {
  assert_int_equal(a->entries, b->entries);
  for (int i = 0; i < CUTOFF_CHANNELS; i++)
    assert_int_equal(a->left[i], b->left[i]);
  for (int i = 0; i < ENTRY_TYPE_COUNT; i++)
    assert_int_equal(a->lost[i], b->lost[i]);
  assert_int_equal(a->listed_count, b->listed_count);
  for (size_t i = 0; i < a->listed_count; i++) {
    assert_true(uuid_equal(&a->listed[i].uuid, &b->listed[i].uuid));
    assert_string_equal(a->listed[i].name, b->listed[i].name);
  }
}

static const struct outage *any_outage(const struct house *house, struct arena *arena) {
  struct incident *incidents = arena_alloc(arena, INCIDENTS * sizeof *incidents);
  assert_non_null(incidents);
  size_t count = rnd(INCIDENTS + 1);
  for (size_t i = 0; i < count; i++)
    incidents[i] =
        (struct incident){.domain = house->domains[rnd((uint32_t)house->domain_count)].code,
                          .directions = rnd(8),
                          .since = NOW - 1 - (int64_t)rnd(WHEN),
                          .until = rnd(4) ? 0 : NOW - 50 + (int64_t)rnd(WHEN),
                          .declared = rnd(5) > 0,
                          .reason = "",
                          .by = ""};
  return outage_make(house, incidents, count, NOW, true, arena);
}

static size_t compare(struct cache *c, struct arena *arena) {
  static struct count slow;
  static struct cutoff quick;
  struct tc_error err = {.status = TC_OK};
  const struct house *house = cache_house(c);
  struct standpoint from = {.set = SET_WARD, .plan = "", .site = "", .country = ""};
  struct reach_world before = {
      .house = house, .from = &from, .now = NOW, .clock_trusted = rnd(8) > 0};
  struct reach_world after = before;
  if (rnd(2))
    before.outage = any_outage(house, arena);
  after.outage = any_outage(house, arena);
  memset(&slow, 0, sizeof slow);
  slow.cache = c;
  slow.before = &before;
  slow.after = &after;
  assert_int_equal(cache_each_entry(c, add, &slow, &err), TC_OK);
  tc_status status = cache_cutoff(c, &before, &after, &quick, arena, &err);
  if (status != TC_OK)
    print_error("%s\n", err.text);
  assert_int_equal(status, TC_OK);
  assert_same(&quick, &slow.cut);
  arena_free(&slow.arena);
  return quick.left[0];
}

struct hanging {
  size_t on[512]; /* entries on each domain */
};

static bool add_hanging(const struct entry *entry, const struct domain_set *on, void *data) {
  struct hanging *h = data;
  assert_non_null(entry->site);
  for (size_t i = 0; i < sizeof h->on / sizeof *h->on / 2; i++)
    h->on[i] += domain_set_has(on, i);
  return true;
}

/* Who hangs on a domain is who is cut off when it alone is down. */
static void compare_hanging(struct cache *c, int times, struct arena *arena) {
  static struct cutoff cut;
  struct hanging h = {{0}};
  struct hang_counts counts;
  struct tc_error err = {.status = TC_OK};
  const struct house *house = cache_house(c);
  struct standpoint from = {.set = SET_WARD, .plan = "", .site = "", .country = ""};
  assert_true(house->domain_count > 128 && house->domain_count < 256);
  assert_int_equal(cache_hanging(c, NOW, add_hanging, &h, &counts, &err), TC_OK);
  for (int i = 0; i < times; i++) {
    size_t place = rnd((uint32_t)house->domain_count);
    const struct incident down = {
        .domain = house->domains[place].code, .declared = true, .reason = "", .by = ""};
    struct reach_world before = {.house = house, .from = &from, .now = NOW, .clock_trusted = true};
    struct reach_world after = before;
    after.outage = outage_make(house, &down, 1, NOW, true, arena);
    assert_int_equal(cache_cutoff(c, &before, &after, &cut, arena, &err), TC_OK);
    assert_int_equal(cut.left[0], h.on[place]);
    assert_int_equal(cut.entries, counts.entries);
  }
}

/* Each of them reads every entry twice, ten times over: more than so many take a quarter of an
 * hour. */
enum { RUNS_MOST = 500 };

static void compare_often(const char *folder, int runs) {
  struct tc_error err = {.status = TC_OK};
  struct arena arena = ARENA_INIT;
  struct cache *c;
  size_t lost = 0;
  runs = runs < RUNS_MOST ? runs : RUNS_MOST;
  assert_int_equal(cache_open(&c, folder, &err), TC_OK);
  for (int i = 0; i < runs; i++)
    lost += compare(c, &arena);
  assert_true(lost > 0 && held > 0); /* or nothing was tried */
  compare_hanging(c, runs * 4, &arena);
  cache_close(c);
  arena_free(&arena);
}

static void a_build_counts_as_every_entry_does(void **state) {
  struct fixture *f = *state;
  compare_often(f->folder, prop_runs(40));
}

/* ---- change sets -------------------------------------------------------------------------------
 */

static void change_contacts(struct entry *e, struct arena *arena) {
  struct contact *contacts = arena_zalloc(arena, e->contact_count + 1, sizeof *contacts);
  static const char *const codes[] = {"", "pbx-sab", "pbx-riv,carrier-a", "nowhere"};
  assert_non_null(contacts);
  if (!e->contact_count)
    return;
  memcpy(contacts, e->contacts, e->contact_count * sizeof *contacts);
  e->contacts = contacts;
  struct contact *c = &contacts[rnd((uint32_t)e->contact_count)];
  switch (rnd(6)) {
  case 0:
    c->until = NOW - 50 + (int64_t)rnd(WHEN);
    break;
  case 1:
    c->from = NOW - 50 + (int64_t)rnd(WHEN);
    break;
  case 2:
    c->replaces_uuid = contacts[0].uuid;
    break;
  case 3:
    c->kind = (enum contact_kind)rnd(CONTACT_KIND_COUNT);
    break;
  case 4:
    c->domains = codes[rnd(4)];
    break;
  default:
    e->contact_count = rnd((uint32_t)e->contact_count);
  }
}

static void change_entry(struct entry *e, struct arena *arena) {
  static const struct override over = {.uuid = {{9}},
                                       .number = "4400",
                                       .plan = "SAB",
                                       .e164 = "",
                                       .at = NOW - 60,
                                       .by = "xx",
                                       .reason = ""};
  change_contacts(e, arena);
  if (*e->name && rnd(4) == 0)
    e->site = rnd(2) ? "SAB" : "RIV";
  if (*e->name && rnd(4) == 0) /* it moves to another class */
    e->type = (enum entry_type)(1 + rnd(ENTRY_TYPE_COUNT - 1));
  if (rnd(6) == 0) {
    e->overrides = &over;
    e->override_count = 1;
  }
}

static void change(struct writer *w, const struct sample_record *from) {
  struct arena arena = ARENA_INIT;
  struct buffer bytes = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  struct record r;
  assert_int_equal(record_decode(&r, from->bytes, from->len, &arena, &err), TC_OK);
  if (rnd(8) == 0) {
    tc_status gone = writer_delete(w, &r.head.uuid, r.head.audience, &err);
    assert_true(gone == TC_OK || gone == TC_NOT_FOUND);
  } else {
    if (r.head.kind == RECORD_ENTRY)
      change_entry(&r.entry, &arena);
    else if (r.head.kind == RECORD_RULE)
      r.rule.domains = rnd(2) ? "pbx-sab" : "carrier-b";
    else if (r.head.kind == RECORD_PLAN)
      r.plan.outside_prefix = rnd(2) ? "" : "9";
    else if (r.head.kind == RECORD_SITE)
      r.site.plan = rnd(2) ? "SAB" : "";
    assert_int_equal(record_encode(&r, &bytes, &err), TC_OK);
    assert_int_equal(writer_put(w, bytes.data, bytes.len, &err), TC_OK);
  }
  buffer_free(&bytes);
  arena_free(&arena);
}

static void change_set(struct fixture *f, int64_t revision, bool house) {
  struct tc_error err = {.status = TC_OK};
  struct writer_head head = {.revision = revision,
                             .source_time = NOW,
                             .source = "sample",
                             .audience = AUDIENCE_RESTRICTED};
  struct writer *w;
  head.generation.b[0] = 7;
  assert_int_equal(writer_delta(&w, f->folder, &err), TC_OK);
  for (int i = 0; i < CHANGES;) {
    const struct sample_record *r = &f->sample.records[rnd((uint32_t)f->sample.count)];
    struct record_head h;
    assert_int_equal(record_head(&h, r->bytes, r->len, &err), TC_OK);
    if (h.kind != RECORD_ENTRY && !house)
      continue;
    change(w, r);
    i++;
  }
  assert_int_equal(writer_commit(w, &head, &err), TC_OK);
}

static void change_sets_count_as_every_entry_does(void **state) {
  struct fixture *f = *state;
  for (int64_t i = 0; i < 8; i++) {
    change_set(f, 2 + i, i % 2 == 1);
    compare_often(f->folder, prop_runs(10));
  }
}

static void what_was_written_here_counts(void **state) {
  struct fixture *f = *state;
  struct tc_error err = {.status = TC_OK};
  for (int i = 0; i < 20; i++) {
    struct arena arena = ARENA_INIT;
    struct buffer bytes = BUFFER_INIT;
    struct act act = {.type = "override", .account = "", .initials = "xx", .at = NOW - 60};
    const struct sample_record *r;
    struct record_head h;
    do {
      r = &f->sample.records[rnd((uint32_t)f->sample.count)];
      assert_int_equal(record_head(&h, r->bytes, r->len, &err), TC_OK);
    } while (h.kind != RECORD_ENTRY);
    act.audience = h.audience;
    act.subject = h.uuid;
    act.uuid.b[0] = (uint8_t)(1 + i);
    act.terminal.b[0] = 1;
    act_put_int(&act, &arena, "until", NOW + 3600);
    act_put(&act, &arena, "number", "4400");
    act_put(&act, &arena, "plan", "SAB");
    tc_status status = act_encode(&act, &bytes, &err);
    if (status != TC_OK)
      print_error("%s\n", err.text);
    assert_int_equal(status, TC_OK);
    assert_int_equal(journal_append(f->folder, bytes.data, bytes.len, &err), TC_OK);
    buffer_free(&bytes);
    arena_free(&arena);
  }
  compare_often(f->folder, prop_runs(20));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_build_counts_as_every_entry_does, start, stop),
      cmocka_unit_test_setup_teardown(change_sets_count_as_every_entry_does, start, stop),
      cmocka_unit_test_setup_teardown(what_was_written_here_counts, start, stop),
  };
  return cmocka_run_group_tests(tests, prop_start, NULL);
}
