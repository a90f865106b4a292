/* Search against a plain scan: the same entries, in the same order, for thousands of queries over
 * ten thousand entries, as built, after thousands of changes, and after these were tidied away.
 * PROP_RUNS asks more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/fold.h"
#include "core/record.h"
#include "db/cache.h"
#include "db/search.h"
#include "db/tidy.h"
#include "db/writer.h"
#include "tests/lib/folder.h"
#include "tests/lib/sample.h"
#include "tests/lib/scan.h"

enum { ROWS = 400, QUERIES = 3000, BAD_MOST = 10 };

struct fixture {
  char folder[FOLDER_PATH];
  struct sample sample;
  struct scan scan;
  struct cache *cache;
  struct arena arena;
  struct scan_answer *answers;
  uint64_t seed;
  size_t bad, rows;
};

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  struct tc_error err = {.status = TC_OK};
  if (!f || folder_make(f->folder) != 0 || sample_read(&f->sample, "--entries 10000") != 0 ||
      sample_build(f->sample.records, f->sample.count, f->folder, 1) != 0 ||
      scan_read(&f->scan, f->sample.records, f->sample.count) != 0)
    return -1;
  if (cache_open(&f->cache, f->folder, &err) != TC_OK) {
    print_error("%s\n", err.text);
    return -1;
  }
  f->answers = calloc(f->scan.count + 1, sizeof *f->answers);
  *state = f;
  return f->answers ? 0 : -1;
}

static int stop(void **state) {
  struct fixture *f = *state;
  cache_close(f->cache);
  folder_remove(f->folder);
  scan_free(&f->scan);
  sample_free(&f->sample);
  arena_free(&f->arena);
  free(f->answers);
  free(f);
  return 0;
}

/* How a query is asked of search: filters are typed. */
struct asked {
  char text[SEARCH_TEXT_MAX];
  struct scan_query scan;
  struct search_query search;
};

static const enum match tiers[SCAN_TIERS] = {MATCH_NUMBER, MATCH_WORD, MATCH_PREFIX,
                                             MATCH_NUMBER_PART, MATCH_ALIAS};

static void say(struct fixture *f, const struct asked *a, size_t i, const struct scan_answer *want,
                const struct search_row *got) {
  if (f->bad++ < BAD_MOST)
    print_error("\"%s\" at \"%s\" scope %d \"%s\", row %zu: scan says %s (tier %d, %s), search %s "
                "(match %d, %s)\n",
                a->text, a->search.site, (int)a->search.scope, a->search.only, i,
                want ? want->entry->entry.name : "none", want ? (int)tiers[want->tier] : -1,
                want && want->here ? "here" : "elsewhere", got ? got->entry.name : "none",
                got ? (int)got->match : -1, got && got->here ? "here" : "elsewhere");
}

static void compare(struct fixture *f, struct asked *a) {
  struct search_result result;
  struct tc_error err = {.status = TC_OK};
  a->search.text = a->text;
  a->search.country = a->scan.country = "FR";
  a->search.limit = ROWS;
  size_t want = scan_run(&f->scan, &a->scan, f->answers), got = 0;
  tc_status status = search_run(f->cache, &a->search, &f->arena, &result, &err);
  if (status != TC_OK)
    print_error("\"%s\": %s\n", a->text, err.text);
  assert_int_equal(status, TC_OK);
  while (got < result.count && result.rows[got].match <= MATCH_ALIAS)
    got++;
  want = want < ROWS ? want : ROWS;
  scan_own_first(f->answers, want, a->scan.site);
  f->rows += want;
  for (size_t i = 0; i < want || i < got; i++) {
    const struct scan_answer *w = i < want ? &f->answers[i] : NULL;
    const struct search_row *r = i < got ? &result.rows[i] : NULL;
    if (!w || !r || !uuid_equal(&w->entry->entry.uuid, &r->entry.uuid) ||
        tiers[w->tier] != r->match || w->here != r->here) {
      say(f, a, i, w, r);
      break;
    }
  }
  arena_reset(&f->arena);
}

/* ---- what is typed -----------------------------------------------------------------------------
 */

static size_t pick(struct fixture *f, size_t under) {
  return sample_random(&f->seed, under);
}

/* Appends a word of the text as written there (accents and all) or a beginning of its fold. */
static void type_word(struct fixture *f, char *to, const char *text, bool whole) {
  struct fold_words words;
  size_t at = strlen(to);
  if (fold_split(&words, text, strlen(text), &f->arena, NULL) != TC_OK || words.count == 0)
    return;
  const struct fold_word *w = &words.items[pick(f, words.count)];
  int len = (int)w->len;
  if (!whole) {
    len = 1 + (int)pick(f, w->len);
    while (len < (int)w->len && ((unsigned char)w->text[len] & 0xC0) == 0x80)
      len++;
  }
  if (whole && pick(f, 3) == 0)
    snprintf(to + at, SEARCH_TEXT_MAX - at, "%s%.*s", at ? " " : "", (int)w->length,
             text + w->offset);
  else
    snprintf(to + at, SEARCH_TEXT_MAX - at, "%s%.*s", at ? " " : "", len, w->text);
}

static void type_text(char *to, const char *text) {
  size_t at = strlen(to);
  snprintf(to + at, SEARCH_TEXT_MAX - at, "%s%s", at ? " " : "", text);
}

/* A number of the entry: whole, international, with 00, spaced, or any run of it. */
static void type_number(struct fixture *f, char *to, const struct entry *e) {
  if (e->contact_count == 0)
    return;
  const struct contact *c = &e->contacts[pick(f, e->contact_count)];
  const char *number = strchr(c->number, '@') ? "4521" : c->number;
  size_t len = strlen(number), from;
  switch (pick(f, 5)) {
  case 0:
    type_text(to, c->e164[0] ? c->e164 : number);
    break;
  case 1:
    snprintf(to, SEARCH_TEXT_MAX, "00%s", c->e164[0] ? c->e164 + 1 : number);
    break;
  case 2:
    for (size_t i = 0; number[i]; i++)
      snprintf(to + strlen(to), 8, "%c%s", number[i], i % 2 ? " " : "");
    break;
  case 3:
    type_text(to, number);
    break;
  default:
    from = pick(f, len > 2 ? len - 2 : 1);
    snprintf(to, SEARCH_TEXT_MAX, "%.*s", 2 + (int)pick(f, len), number + from);
  }
}

/* A site: my own half of the time. */
static void set_place(struct fixture *f, struct asked *a) {
  const struct site *site = &f->scan.sites[pick(f, f->scan.site_count)];
  a->search.site = a->scan.site = pick(f, 5) == 0 ? "" : site->code;
  a->search.only = a->scan.within = a->scan.group = "";
  switch (pick(f, 8)) {
  case 0:
    a->search.scope = SEARCH_MINE;
    a->scan.within = a->scan.site;
    break;
  case 1:
    a->search.scope = SEARCH_ONE;
    a->search.only = a->scan.within = f->scan.sites[pick(f, f->scan.site_count)].code;
    break;
  case 2:
    a->search.scope = SEARCH_GROUP;
    a->search.only = a->scan.group = site->group;
    break;
  default:
    break;
  }
}

static void no_filter(struct asked *a) {
  a->scan.text = a->text;
}

static void ask(struct fixture *f, size_t form) {
  static const char *const kinds[] = {"fax", "dect", "bip", "portable", "poste", "mail", "radio"};
  static const char *const particles[] = {"de", "du", "la", "d'", "le", "st", "et"};
  static const char *const digit_words[] = {"bloc 2", "pav 4", "2", "bloc", "niveau 1", "a3"};
  const struct scan_entry *x = &f->scan.entries[pick(f, f->scan.count)];
  const struct entry *e = &x->entry;
  const struct site *site = &f->scan.sites[pick(f, f->scan.site_count)];
  char *typed;
  struct asked a = {.text = ""};
  set_place(f, &a);
  no_filter(&a);
  switch (form) {
  case 0:
    type_word(f, a.text, e->name, true);
    break;
  case 1:
    if (pick(f, 2))
      type_text(a.text, e->name);
    else
      type_word(f, a.text, e->name, false);
    break;
  case 2:
    type_word(f, a.text, e->name, pick(f, 2));
    type_word(f, a.text, e->name, pick(f, 2));
    break;
  case 3:
    type_word(f, a.text, e->unit, pick(f, 2));
    type_word(f, a.text, e->name, pick(f, 2));
    type_word(f, a.text, site->name, pick(f, 2));
    break;
  case 4:
    type_text(a.text, e->site);
    type_word(f, a.text, e->name, false);
    break;
  case 5:
    type_text(a.text, kinds[pick(f, sizeof kinds / sizeof *kinds)]);
    type_word(f, a.text, e->name, false);
    break;
  case 6:
  case 7:
    type_number(f, a.text, e);
    break;
  case 8:
    type_word(f, a.text, e->aliases.count ? e->aliases.items[0] : e->speciality, pick(f, 2));
    break;
  case 9:
    type_text(a.text, particles[pick(f, sizeof particles / sizeof *particles)]);
    type_word(f, a.text, e->name, false);
    break;
  case 10:
    type_word(f, a.text, e->name, pick(f, 2));
    type_text(a.text, particles[pick(f, sizeof particles / sizeof *particles)]);
    type_word(f, a.text, site->name, false);
    if (pick(f, 2))
      type_text(a.text, ""); /* a blank behind the last word */
    break;
  case 11:
    type_text(a.text, digit_words[pick(f, sizeof digit_words / sizeof *digit_words)]);
    type_word(f, a.text, e->building, true);
    break;
  case 12: /* a filter in front: the scan is told what it means */
    if (a.search.scope != SEARCH_ALL)
      a.search.scope = SEARCH_ALL, a.search.only = a.scan.group = "";
    snprintf(a.text, sizeof a.text, "site:%s", site->code);
    a.scan.within = site->code;
    typed = a.text + strlen(a.text);
    a.scan.text = typed;
    if (pick(f, 4))
      type_word(f, a.text, pick(f, 4) ? e->name : "45 52 31 15", false);
    break;
  case 13:
    snprintf(a.text, sizeof a.text, "kind:fax");
    a.scan.kinds = (UINT32_C(1) << CONTACT_FAX) | (UINT32_C(1) << CONTACT_FAX_SERVER);
    a.scan.text = a.text + strlen(a.text);
    type_word(f, a.text, e->name, false);
    break;
  case 14: /* figures among words */
    type_word(f, a.text, pick(f, 2) ? e->name : e->unit, pick(f, 2));
    if (pick(f, 3) == 0)
      type_text(a.text, e->site);
    if (e->contact_count) {
      const char *number = e->contacts[pick(f, e->contact_count)].number;
      size_t len = strspn(number, "0123456789"), from = pick(f, len > 3 ? len - 2 : 1);
      if (len) /* an address has none */
        snprintf(a.text + strlen(a.text), 40, " %.*s", 3 + (int)pick(f, len), number + from);
    }
    break;
  default:
    snprintf(a.text, sizeof a.text, "is:person");
    a.scan.type = ENTRY_PERSON;
    a.scan.text = a.text + strlen(a.text);
    type_word(f, a.text, e->name, false);
  }
  if (a.text[0])
    compare(f, &a);
}

/* Asks so many queries, of all forms. */
static void ask_many(struct fixture *f, size_t queries) {
  const char *runs = getenv("PROP_RUNS");
  size_t wanted = runs ? strtoul(runs, NULL, 10) : 0;
  size_t count = queries * (wanted > QUERIES ? wanted / QUERIES : 1);
  if (getenv("TOCSIN_SANITIZED"))
    count /= 4;
  f->rows = 0;
  for (size_t i = 0; i < count && f->bad < BAD_MOST; i++)
    ask(f, i % 16);
  print_message("# %zu queries, %zu rows compared\n", count, f->rows);
  assert_true(f->rows > count); /* it compared something */
  assert_int_equal(f->bad, 0);
}

static void search_answers_what_a_scan_of_all_records_answers(void **state) {
  struct fixture *f = *state;
  f->seed = 20261124;
  ask_many(f, QUERIES);
}

/* ---- growing old -------------------------------------------------------------------------------
 */

/* The records as they now stand: those of the sample, or bytes of our own; len 0: gone. */
struct aging {
  struct sample_record *records;
  struct buffer *own;
  size_t count;
  int64_t revision;
  uint64_t seed;
};

static struct record_head head_of(const struct sample_record *r) {
  struct record_head head;
  assert_int_equal(record_head(&head, r->bytes, r->len, NULL), TC_OK);
  return head;
}

/* Another record of the sample that can be read and is of an entry with a name. */
static const struct entry *another(struct fixture *f, struct aging *a, struct record *out) {
  for (;;) {
    const struct sample_record *r = &f->sample.records[sample_random(&a->seed, f->sample.count)];
    if (record_decode(out, r->bytes, r->len, &f->arena, NULL) == TC_OK &&
        out->head.kind == RECORD_ENTRY && out->entry.name[0])
      return &out->entry;
  }
}

/* Something of the entry becomes what another entry has. */
static void alter(struct fixture *f, struct aging *a, struct entry *e) {
  struct record other;
  const struct entry *x = another(f, a, &other);
  switch (sample_random(&a->seed, 8)) {
  case 0:
    e->name = x->name;
    break;
  case 1: /* it moves to another class */
    e->type = x->type;
    e->name = x->name;
    break;
  case 2:
    e->site = x->site;
    break;
  case 3:
    e->rank = (int64_t)sample_random(&a->seed, 1000);
    break;
  case 4:
    e->aliases = x->aliases;
    break;
  case 5:
    e->unit = x->unit;
    e->building = x->building;
    e->floor = x->floor;
    e->room = x->room;
    break;
  case 6:
    e->contacts = x->contacts;
    e->contact_count = x->contact_count;
    break;
  default: /* it is written anew as it was */
    break;
  }
}

/* One change of a change set: a record altered, taken out, or put back. */
static void change_one(struct fixture *f, struct aging *a, struct writer *w) {
  size_t at = sample_random(&a->seed, a->count);
  struct sample_record *now = &a->records[at];
  const struct sample_record *first = &f->sample.records[at];
  struct record r;
  struct tc_error err = {.status = TC_OK};
  arena_reset(&f->arena);
  if (head_of(first).kind != RECORD_ENTRY)
    return;
  if (now->len == 0) {
    *now = *first;
  } else if (sample_random(&a->seed, 5) == 0) {
    struct record_head head = head_of(now);
    assert_int_equal(writer_delete(w, &head.uuid, head.audience, &err), TC_OK);
    now->len = 0;
    return;
  } else if (record_decode(&r, first->bytes, first->len, &f->arena, NULL) == TC_OK &&
             r.entry.name[0]) {
    alter(f, a, &r.entry);
    buffer_clear(&a->own[at]);
    if (record_encode(&r, &a->own[at], NULL) != TC_OK) {
      *now = *first;
    } else {
      *now = (struct sample_record){a->own[at].data, a->own[at].len};
    }
  }
  assert_int_equal(writer_put(w, now->bytes, now->len, &err), TC_OK);
}

static void change_set(struct fixture *f, struct aging *a, size_t changes) {
  struct writer *w;
  struct tc_error err = {.status = TC_OK};
  struct writer_head head = {.revision = ++a->revision,
                             .source_time = 1795680840,
                             .source = "sample",
                             .audience = AUDIENCE_RESTRICTED};
  head.generation.b[0] = 7;
  assert_int_equal(writer_delta(&w, f->folder, &err), TC_OK);
  for (size_t i = 0; i < changes; i++)
    change_one(f, a, w);
  tc_status status = writer_commit(w, &head, &err);
  if (status != TC_OK)
    print_error("%s\n", err.text);
  assert_int_equal(status, TC_OK);
}

/* The scan of what there is now. */
static void scan_again(struct fixture *f, const struct aging *a) {
  struct sample_record *live = calloc(a->count, sizeof *live);
  size_t count = 0;
  assert_non_null(live);
  for (size_t i = 0; i < a->count; i++)
    if (a->records[i].len)
      live[count++] = a->records[i];
  scan_free(&f->scan);
  assert_int_equal(scan_read(&f->scan, live, count), 0);
  free(live);
}

/* The open one looks once, whatever it says. */
static void follow(struct fixture *f) {
  struct search_query query = {
      .text = "du", .site = "SAB", .only = "", .country = "FR", .limit = 20};
  struct search_result result;
  arena_reset(&f->arena);
  assert_int_equal(search_run(f->cache, &query, &f->arena, &result, NULL), TC_OK);
}

/* What a site offers, as its query says it, the first rows of it. */
static void assert_offered(struct fixture *f, struct cache *c, const char *site, const char *type,
                           const struct entry *offered, size_t count) {
  struct search_query query = {.text = arena_printf(&f->arena, "site:%s type:%s", site, type),
                               .site = site,
                               .only = "",
                               .country = "FR",
                               .limit = count + 1};
  struct search_result result;
  assert_int_equal(search_run(c, &query, &f->arena, &result, NULL), TC_OK);
  assert_true(result.count >= count);
  for (size_t i = 0; i < count; i++)
    assert_memory_equal(&result.rows[i].entry.uuid, &offered[i].uuid, sizeof(struct uuid));
}

/* The first screen follows less than a query does, and shows the same. */
static void offers_what_a_query_finds(struct fixture *f) {
  struct cache *c, *asked;
  struct arena arena = ARENA_INIT;
  assert_int_equal(cache_open(&c, f->folder, NULL), TC_OK);
  assert_int_equal(cache_open(&asked, f->folder, NULL), TC_OK);
  const struct house *house = cache_house(c);
  for (size_t i = 0; i < house->site_count; i++) {
    const char *site = house->sites[i].code;
    const struct entry *codes, *services, *again;
    size_t code_count, service_count, count;
    arena_reset(&f->arena);
    arena_reset(&arena);
    assert_int_equal(cache_codes(c, site, &arena, &codes, &code_count, NULL), TC_OK);
    assert_int_equal(cache_services(c, site, 12, &arena, &services, &service_count, NULL), TC_OK);
    assert_int_equal(service_count, 12);
    assert_offered(f, asked, site, "code", codes, code_count);
    if (i == house->site_count / 2)
      search_warm(c); /* from here on it has followed all */
    assert_int_equal(cache_services(c, site, 12, &arena, &again, &count, NULL), TC_OK);
    assert_int_equal(count, service_count);
    for (size_t k = 0; k < count; k++)
      assert_memory_equal(&again[k].uuid, &services[k].uuid, sizeof(struct uuid));
  }
  arena_free(&arena);
  cache_close(asked);
  cache_close(c);
}

static void compare_both(struct fixture *f, size_t queries) {
  struct cache *fresh, *old = f->cache;
  offers_what_a_query_finds(f);
  ask_many(f, queries); /* the one that has followed all along */
  assert_int_equal(cache_open(&fresh, f->folder, NULL), TC_OK);
  f->cache = fresh;
  ask_many(f, queries); /* one that was opened now */
  cache_close(fresh);
  f->cache = old;
}

/* A new index is made in steps, and the directory changes between them. */
static void tidy_amid_changes(struct fixture *f, struct aging *a) {
  struct tidy *t;
  bool more;
  assert_int_equal(tidy_open(&t, f->folder, 0, NULL), TC_OK);
  assert_int_equal(tidy_step(t, 1, &more, NULL), TC_OK);
  assert_true(more);
  change_set(f, a, 40);
  follow(f);
  change_set(f, a, 40);
  assert_int_equal(tidy_step(t, 0, &more, NULL), TC_OK);
  assert_false(more);
  tidy_close(t);
  scan_again(f, a);
}

static void the_same_after_thousands_of_changes_and_after_tidying(void **state) {
  struct fixture *f = *state;
  struct aging a = {.count = f->sample.count, .revision = 1, .seed = 12};
  a.records = malloc(a.count * sizeof *a.records);
  a.own = calloc(a.count, sizeof *a.own);
  assert_true(a.records && a.own);
  memcpy(a.records, f->sample.records, a.count * sizeof *a.records);
  f->seed = 20261125;
  for (size_t round = 0; round < 3; round++) {
    for (size_t i = 0; i < 12; i++) { /* large and small ones; the reader follows some of them */
      change_set(f, &a, i % 4 ? 1 + sample_random(&a.seed, 60) : 300);
      if (i % 3 == 0)
        follow(f);
    }
    scan_again(f, &a);
    compare_both(f, QUERIES / 20);
    if (round == 1) {
      tidy_amid_changes(f, &a);
      compare_both(f, QUERIES / 20);
    }
  }
  for (size_t i = 0; i < a.count; i++)
    buffer_free(&a.own[i]);
  free(a.own);
  free(a.records);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(search_answers_what_a_scan_of_all_records_answers, start,
                                      stop),
      cmocka_unit_test_setup_teardown(the_same_after_thousands_of_changes_and_after_tidying, start,
                                      stop),
  };
  return cmocka_run_group_tests_name("oracle", tests, NULL, NULL);
}
