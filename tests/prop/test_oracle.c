/* Search against a plain scan: the same entries, in the same order, for thousands of queries over
 * ten thousand entries.  PROP_RUNS asks more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/fold.h"
#include "db/cache.h"
#include "db/search.h"
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
  default:
    snprintf(a.text, sizeof a.text, "is:person");
    a.scan.type = ENTRY_PERSON;
    a.scan.text = a.text + strlen(a.text);
    type_word(f, a.text, e->name, false);
  }
  if (a.text[0])
    compare(f, &a);
}

static void search_answers_what_a_scan_of_all_records_answers(void **state) {
  struct fixture *f = *state;
  const char *runs = getenv("PROP_RUNS");
  size_t wanted = runs ? strtoul(runs, NULL, 10) : 0;
  size_t count = wanted > QUERIES ? wanted : QUERIES;
  if (getenv("TOCSIN_SANITIZED"))
    count /= 4;
  f->seed = 20261124;
  for (size_t i = 0; i < count && f->bad < BAD_MOST; i++)
    ask(f, i % 15);
  print_message("# %zu queries, %zu rows compared\n", count, f->rows);
  assert_true(f->rows > count); /* it compared something */
  assert_int_equal(f->bad, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(search_answers_what_a_scan_of_all_records_answers, start,
                                      stop),
  };
  return cmocka_run_group_tests_name("oracle", tests, NULL, NULL);
}
