#include "db/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/fold.h"
#include "core/near.h"
#include "core/phone.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/match.h"
#include "db/query.h"
#include "db_sql.h"

/* Approximate tiers run only while the exact ones found fewer rows than this: with enough exact
 * answers on the screen a guess is noise. */
enum { ENOUGH = 8, LIMIT_MOST = 1000, ONE_RUN = 160 };

struct found {
  int64_t id;
  enum match match;
  bool here;
};

/* Rows in the order of the screen: exact ones of my site, exact ones elsewhere, guesses of both. */
enum { LIST_EXACT, LIST_NEAR = 2, LISTS = 4 };

/* One query being answered. */
struct search {
  struct cache *c;
  const struct search_query *query;
  struct query q;
  struct match_bounds bounds;
  struct arena *arena;
  struct tc_error *err;
  struct buffer wrapped;
  struct found *found[LISTS]; /* each in order, with room for `most` */
  size_t count[LISTS], skip, most, counted_most;
  int64_t *seen; /* every id taken so far, an open hash table of `slots` */
  size_t slots;
  bool is_broad; /* a run over the whole directory would not end early */
};

/* Marks an id as taken; false when it was. */
static bool take(struct search *s, int64_t id) {
  size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (s->slots - 1);
  while (s->seen[at]) {
    if (s->seen[at] == id)
      return false;
    at = (at + 1) & (s->slots - 1);
  }
  s->seen[at] = id;
  return true;
}

/* One reading of what was typed, with its expressions: written when a tier is first asked. */
struct reading {
  struct query q;
  struct buffer expressions[MATCH_COUNT];
  bool written[MATCH_COUNT], any[MATCH_COUNT];
};

static void reading_free(struct reading *r) {
  for (size_t i = 0; i < MATCH_COUNT; i++)
    buffer_free(&r->expressions[i]);
}

/* What is being counted. */
struct counting {
  struct search_result *out;
  size_t list; /* LIST_EXACT or LIST_NEAR */
};

static bool is_full(const struct counting *n, bool here) {
  return here ? n->out->more_here : n->out->more_elsewhere;
}

/* Counts one row, once. */
static void add_row(struct search *s, struct counting *n, int64_t id, enum match tier, bool here) {
  size_t *counted = here ? &n->out->here : &n->out->elsewhere;
  bool *more = here ? &n->out->more_here : &n->out->more_elsewhere;
  size_t list = n->list + (here ? 0 : 1);
  if (*counted >= s->counted_most)
    *more = true;
  else if (take(s, id)) {
    ++*counted;
    if (s->count[list] < s->most)
      s->found[list][s->count[list]++] = (struct found){id, tier, here};
  }
}

/* Starts the index on a reading's expression within bounds and section; NULL with err set. */
static sqlite3_stmt *start_tier(struct search *s, struct reading *r, enum match tier,
                                enum match_section section, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&s->c->store, sql_word_find, err);
  match_wrap(&s->wrapped, buffer_text(&r->expressions[tier]), &r->q, &s->bounds, section);
  if (!stmt || buffer_status(&s->wrapped, err) != TC_OK)
    return NULL;
  sqlite3_bind_text(stmt, 1, buffer_text(&s->wrapped), (int)s->wrapped.len, SQLITE_STATIC);
  return stmt;
}

/* One section alone, until it is full. */
static tc_status run_section(struct search *s, struct reading *r, enum match tier,
                             enum match_section section, struct counting *n, struct tc_error *err) {
  bool here = section == SECTION_HERE;
  sqlite3_stmt *stmt = is_full(n, here) ? NULL : start_tier(s, r, tier, section, err);
  tc_status status = TC_DONE;
  if (!stmt)
    return is_full(n, here) ? TC_OK : TC_DAMAGED;
  while (!is_full(n, here) && (status = store_step(&s->c->store, stmt, err)) == TC_OK)
    add_row(s, n, sqlite3_column_int64(stmt, 0), tier, here);
  sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

/* The ids of my site, read once a revision. */
static tc_status read_mine(struct search *s, struct tc_error *err) {
  struct site_ids *mine = &s->c->mine;
  const char *code = s->query->site;
  size_t cap = 0;
  tc_status status;
  if (mine->code && strcmp(mine->code, code) == 0)
    return TC_OK;
  site_ids_free(mine);
  sqlite3_stmt *stmt = store_statement(&s->c->store, sql_word_find, err);
  if (!stmt)
    return TC_DAMAGED;
  sqlite3_bind_text(stmt, 1, buffer_text(&s->bounds.mine), -1, SQLITE_STATIC);
  while ((status = store_step(&s->c->store, stmt, err)) == TC_OK) {
    if (mine->count == cap) {
      cap = cap ? cap * 2 : 1024;
      int64_t *ids = realloc(mine->ids, cap * sizeof *ids);
      if (!ids)
        break;
      mine->ids = ids;
    }
    mine->ids[mine->count++] = sqlite3_column_int64(stmt, 0);
  }
  sqlite3_reset(stmt);
  mine->code = status == TC_DONE ? strdup(code) : NULL;
  if (mine->code)
    return TC_OK;
  site_ids_free(mine);
  return status == TC_OK || status == TC_DONE ? tc_fail(err, TC_NO_MEMORY, _("out of memory"))
                                              : status;
}

static int id_compare(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static bool is_mine(const struct search *s, int64_t id) {
  const struct site_ids *mine = &s->c->mine;
  return mine->count && bsearch(&id, mine->ids, mine->count, sizeof id, id_compare) != NULL;
}

/* Both sections in one run: *all is false where there were too many rows for one; only rows
 * elsewhere were counted then. */
static tc_status run_both(struct search *s, struct reading *r, enum match tier, struct counting *n,
                          bool *all, struct tc_error *err) {
  int64_t ids[ONE_RUN];
  size_t count = 0;
  tc_status status = read_mine(s, err);
  sqlite3_stmt *stmt = status == TC_OK ? start_tier(s, r, tier, SECTION_ALL, err) : NULL;
  *all = false;
  if (!stmt)
    return status == TC_OK ? TC_DAMAGED : status;
  while (count < ONE_RUN && (status = store_step(&s->c->store, stmt, err)) == TC_OK)
    ids[count++] = sqlite3_column_int64(stmt, 0);
  sqlite3_reset(stmt);
  *all = status == TC_DONE;
  for (size_t i = 0; i < count; i++) {
    bool here = is_mine(s, ids[i]);
    if (*all || !here) /* the first rows elsewhere are right in any case */
      add_row(s, n, ids[i], tier, here);
  }
  return status == TC_DONE ? TC_OK : status;
}

/* A temporary number that was written here and is not in the index yet finds its entry too. */
static tc_status run_written(struct search *s, const struct reading *r, struct counting *n,
                             struct tc_error *err) {
  char forms[QUERY_FORMS][QUERY_DIGITS], digits[DOCUMENT_DIGITS];
  size_t count = query_forms(forms, r->q.digits, r->q.plus, s->query->country, true), acts;
  const struct act_held *held = cache_written(s->c, &acts);
  bool sections = s->bounds.mine.len > 0;
  tc_status status = acts && sections ? read_mine(s, err) : TC_OK;
  for (size_t i = 0; i < acts && status == TC_OK; i++) {
    if (act_kind_of(&held[i].act) != ACT_KIND_OVERRIDE ||
        act_is_over(&held[i], s->c->info.revision))
      continue;
    const char *const numbers[] = {act_get(&held[i].act, "number"), act_get(&held[i].act, "e164")};
    bool hit = false;
    for (size_t k = 0; k < 2; k++)
      for (size_t f = 0; document_digits(digits, numbers[k]) && f < count; f++)
        hit = hit || strcmp(digits, forms[f]) == 0;
    int64_t id = -1;
    if (hit)
      status = store_identity(&s->c->store, &held[i].act.subject, &id, err);
    bool here = sections && is_mine(s, id);
    if (status == TC_OK && id >= 0 && id < CLASS_ID(CLASS_HOUSE) &&
        (here || s->query->scope == SEARCH_ALL))
      add_row(s, n, id, MATCH_NUMBER, here);
  }
  return status;
}

/* One tier of both sections.  A query that finds little is run once and its rows are told apart; a
 * broad one is run for each section, where each run ends early. */
static tc_status run_tier(struct search *s, struct reading *r, enum match tier, struct counting *n,
                          struct tc_error *err) {
  tc_status status = TC_OK;
  bool all = false;
  if (!r->written[tier]) {
    status = match_write(&r->expressions[tier], &r->any[tier], s->c, &r->q, tier, s->query->country,
                         s->arena, err);
    r->written[tier] = true;
  }
  if (status == TC_OK && tier == MATCH_NUMBER && r->q.digits[0])
    status = run_written(s, r, n, err);
  if (status != TC_OK || !r->any[tier])
    return status;
  if (s->bounds.mine.len == 0)
    return run_section(s, r, tier, SECTION_ALL, n, err);
  if (!s->is_broad && !is_full(n, true) && !is_full(n, false))
    status = run_both(s, r, tier, n, &all, err);
  if (status != TC_OK || all)
    return status;
  s->is_broad = true;
  status = run_section(s, r, tier, SECTION_HERE, n, err);
  return status == TC_OK ? run_section(s, r, tier, SECTION_ELSEWHERE, n, err) : status;
}

/* The tiers in order.  Approximate ones are asked only where little was found, after all exact ones
 * of both sections: a guess never stands ahead of an exact hit.  The keyboard reading is asked
 * where nothing was found at all. */
static const struct tier {
  enum match tier;
  size_t only_under; /* asked while fewer rows than this were found; 0: always */
} exact_tiers[] = {{MATCH_NUMBER, 0},
                   {MATCH_WORD, 0},
                   {MATCH_PREFIX, 0},
                   {MATCH_NUMBER_PART, 0},
                   {MATCH_ALIAS, 0}},
  near_tiers[] = {{MATCH_SOUND, ENOUGH}, {MATCH_TYPO, ENOUGH}, {MATCH_KEYBOARD, 1}};

static tc_status run_tiers(struct search *s, struct reading *r, const struct tier *tiers,
                           size_t count, struct counting *n, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < count && status == TC_OK; i++)
    if (!tiers[i].only_under || n->out->here + n->out->elsewhere < tiers[i].only_under)
      status = run_tier(s, r, tiers[i].tier, n, err);
  return status;
}
#define RUN_TIERS(s, r, tiers, n, err)                                                             \
  run_tiers(s, r, tiers, sizeof(tiers) / sizeof *(tiers), n, err)

/* "du aub" may be Dupont at Saint-Aubin, "chef du service" may be written without its "du": where a
 * particle stands first, both readings are tried, the one with all words first; elsewhere it is
 * left out. */
static tc_status run_readings(struct search *s, struct search_result *out, struct tc_error *err) {
  struct reading whole = {.q = s->q}, fewer = {.q = s->q};
  struct counting n = {.out = out, .list = LIST_EXACT};
  bool two = query_without_particles(&fewer.q, &s->q);
  bool first = !two || s->q.tokens[0].particle;
  tc_status status = TC_OK;
  if (first)
    status = RUN_TIERS(s, &whole, exact_tiers, &n, err);
  if (status == TC_OK && two && (!first || out->here + out->elsewhere < ENOUGH))
    status = RUN_TIERS(s, &fewer, exact_tiers, &n, err);
  n.list = LIST_NEAR;
  if (status == TC_OK)
    status = RUN_TIERS(s, two ? &fewer : &whole, near_tiers, &n, err);
  reading_free(&whole);
  reading_free(&fewer);
  return status;
}

/* ---- rows --------------------------------------------------------------------------------------
 */

/* The extension that the number reaches through a range of its plan. */
static const struct contact *contact_of_range(const struct search *s, const struct entry *e,
                                              char forms[QUERY_FORMS][QUERY_DIGITS], size_t count) {
  char ddi[PHONE_E164];
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    const struct plan *plan = c->plan[0] ? house_plan(&s->c->house, c->plan) : NULL;
    if (!plan || !dial_ddi(ddi, plan, c->number))
      continue;
    for (size_t f = 0; f < count; f++)
      if (strcmp(ddi + 1, forms[f]) == 0)
        return c;
  }
  return NULL;
}

/* The contact point that the number is, or runs through. */
static const struct contact *contact_of_number(const struct search *s, const struct entry *e,
                                               const char *typed, bool whole) {
  char forms[QUERY_FORMS][QUERY_DIGITS], digits[DOCUMENT_DIGITS];
  size_t count = query_forms(forms, typed, s->q.plus, s->query->country, whole);
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    const char *const numbers[] = {c->number, c->e164};
    for (size_t n = 0; n < 2; n++) {
      if (document_digits(digits, numbers[n]) == 0)
        continue;
      for (size_t f = 0; f < count; f++)
        if (strcmp(digits, forms[f]) == 0 || (!whole && !c->masked && strstr(digits, forms[f])))
          return c;
    }
  }
  return whole ? contact_of_range(s, e, forms, count) : NULL;
}

static const struct contact *contact_of_kind(const struct entry *e, uint32_t kinds) {
  for (size_t i = 0; i < e->contact_count; i++)
    if (kinds & (UINT32_C(1) << e->contacts[i].kind))
      return &e->contacts[i];
  return NULL;
}

/* Does a word of the text begin with the token? */
static bool begins(const char *text, const struct query_token *t, struct arena *arena) {
  struct fold_words words;
  if (fold_split(&words, text, strlen(text), arena, NULL) != TC_OK)
    return false;
  for (size_t i = 0; i < words.count; i++)
    if (words.items[i].len >= t->len && memcmp(words.items[i].text, t->text, t->len) == 0)
      return true;
  return false;
}

/* The alias or former name through which the row was found. */
static const char *matched_name(const struct search *s, const struct entry *e) {
  for (size_t t = 0; t < s->q.token_count; t++) {
    if (begins(e->name, &s->q.tokens[t], s->arena))
      continue;
    for (size_t i = 0; i < e->aliases.count; i++)
      if (begins(e->aliases.items[i], &s->q.tokens[t], s->arena))
        return e->aliases.items[i];
    for (size_t i = 0; i < e->former_name_count; i++)
      if (begins(e->former_names[i].text, &s->q.tokens[t], s->arena))
        return e->former_names[i].text;
  }
  return "";
}

static void fill_row(const struct search *s, struct search_row *row, uint32_t kinds) {
  const struct contact *c = NULL;
  if (row->match == MATCH_NUMBER || row->match == MATCH_NUMBER_PART)
    c = contact_of_number(s, &row->entry, s->q.digits, row->match == MATCH_NUMBER);
  else if (row->match == MATCH_KEYBOARD)
    c = contact_of_number(s, &row->entry, s->q.unshifted, false);
  else if (kinds)
    c = contact_of_kind(&row->entry, kinds);
  if (c)
    row->contact = c->uuid;
  row->matched = row->match == MATCH_ALIAS ? matched_name(s, &row->entry) : "";
}

static tc_status read_rows(struct search *s, struct search_result *out, uint32_t kinds,
                           struct tc_error *err) {
  size_t skip = s->skip, wanted = s->most - skip;
  struct search_row *rows = arena_zalloc(s->arena, wanted + 1, sizeof *rows);
  if (!rows)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t list = 0; list < LISTS; list++)
    for (size_t i = 0; i < s->count[list] && out->count < wanted; i++) {
      const struct found *f = &s->found[list][i];
      struct search_row *row = &rows[out->count];
      if (skip > 0) {
        skip--;
        continue;
      }
      tc_status status = cache_place(s->c, f->id, s->arena, &row->entry, err);
      if (status == TC_NOT_FOUND)
        continue;
      if (status != TC_OK)
        return status;
      row->id = f->id;
      row->match = f->match;
      row->here = f->here;
      fill_row(s, row, kinds);
      out->count++;
    }
  out->rows = rows;
  return TC_OK;
}

/* ---- what is said beside the rows --------------------------------------------------------------
 */

bool search_by_number(enum match match) {
  return match == MATCH_NUMBER || match == MATCH_NUMBER_PART || match == MATCH_KEYBOARD;
}

/* A range that holds the number as an extension, or as a public number. */
static const struct plan_range *range_of(const struct search *s, const struct plan *plan) {
  char forms[QUERY_FORMS][QUERY_DIGITS], e164[QUERY_DIGITS + 1], extension[DIAL_MAX];
  const struct plan_range *range = dial_range(plan, s->q.digits);
  size_t count = query_forms(forms, s->q.digits, s->q.plus, s->query->country, true);
  for (size_t i = 0; i < count && !range; i++) {
    snprintf(e164, sizeof e164, "+%.*s", QUERY_DIGITS - 1, forms[i]);
    if (dial_extension(extension, plan, e164))
      range = dial_range(plan, extension);
  }
  return range;
}

/* A number inside a plan's range that nobody owns.  An extension that several other plans have is
 * none of theirs in particular. */
static const char *range_note(const struct search *s) {
  const struct house *house = &s->c->house;
  const struct site *mine = house_site(house, s->query->site ? s->query->site : "");
  const struct plan *plan = mine ? house_plan(house, mine->plan) : NULL;
  const struct plan_range *range = plan ? range_of(s, plan) : NULL;
  size_t others = 0;
  for (size_t i = 0; i < house->plan_count && !range && others < 2; i++)
    if (range_of(s, &house->plans[i])) {
      plan = &house->plans[i];
      others++;
    }
  if (others == 1)
    range = range_of(s, plan);
  if (!range)
    return "";
  struct buffer shown = BUFFER_INIT;
  phone_format_number(&shown, s->q.digits, "", s->query->country);
  const char *note = range->label[0] ? arena_printf(s->arena, _("%s not listed; %s range, %s"),
                                                    buffer_text(&shown), plan->code, range->label)
                                     : arena_printf(s->arena, _("%s not listed; %s range"),
                                                    buffer_text(&shown), plan->code);
  buffer_free(&shown);
  return note ? note : "";
}

static bool has_owner(const struct search_result *out) {
  for (size_t i = 0; i < out->count; i++)
    if (out->rows[i].match == MATCH_NUMBER)
      return true;
  return false;
}

static tc_status say_nearest(struct search *s, struct search_result *out, struct tc_error *err) {
  enum { NEAREST = 5, TRIED = 4 };
  const char **tried = arena_zalloc(s->arena, TRIED, sizeof *tried);
  const char **nearest = arena_zalloc(s->arena, NEAREST, sizeof *nearest);
  struct term near[NEAREST];
  if (!tried || !nearest)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (s->q.digits[0]) {
    tried[out->tried_count++] = _("numbers that contain these digits");
  } else if (s->q.token_count) {
    tried[out->tried_count++] = _("words that begin so");
    tried[out->tried_count++] = _("other and former names");
    tried[out->tried_count++] = _("as heard");
    tried[out->tried_count++] = _("one or two typos");
  }
  if (!s->q.digits[0] && s->c->terms)
    for (size_t i = 0; i < s->q.token_count && out->nearest_count < NEAREST; i++) {
      size_t n = terms_near(s->c->terms, s->q.tokens[i].text, s->q.tokens[i].len, true, near,
                            NEAREST - out->nearest_count);
      /* Copied: the words belong to the cache's own list, which a refresh throws away. */
      for (size_t k = 0; k < n; k++)
        nearest[out->nearest_count++] = arena_strdup(s->arena, near[k].text);
    }
  out->tried = tried;
  out->nearest = nearest;
  return arena_failed(s->arena) ? tc_fail(err, TC_NO_MEMORY, _("out of memory")) : TC_OK;
}

static tc_status say(struct search *s, struct search_result *out, struct tc_error *err) {
  out->note = "";
  if (s->q.unknown)
    out->note = arena_printf(s->arena, _("\"%s\" is no kind or state; left out"), s->q.unknown);
  else if (s->q.digits[0] && !has_owner(out))
    out->note = range_note(s);
  if (out->here + out->elsewhere > 0)
    return TC_OK;
  if (s->q.token_count == 1 && s->q.tokens[0].len == 1 && s->q.tokens[0].text[0] >= '0' &&
      s->q.tokens[0].text[0] <= '9') { /* a number is being typed */
    out->note = _("a number is looked up from its second digit on");
    return TC_OK;
  }
  return say_nearest(s, out, err);
}

/* ---- running -----------------------------------------------------------------------------------
 */

static tc_status search_start(struct search *s, struct tc_error *err) {
  size_t limit = s->query->limit < LIMIT_MOST ? s->query->limit : LIMIT_MOST;
  size_t offset = s->query->offset < 100000 ? s->query->offset : 100000;
  s->skip = offset;
  s->most = limit + offset;
  s->counted_most = s->most > SEARCH_COUNT_MAX ? s->most : SEARCH_COUNT_MAX;
  for (s->slots = 1024; s->slots < s->counted_most * 4;)
    s->slots *= 2;
  for (size_t i = 0; i < LISTS; i++)
    s->found[i] = arena_alloc(s->arena, (s->most + 1) * sizeof *s->found[i]);
  s->seen = arena_zalloc(s->arena, s->slots, sizeof *s->seen);
  if (arena_failed(s->arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = query_read(&s->q, s->query->text, s->arena, err);
  match_mark_common(&s->q, s->c);
  s->is_broad = true;
  for (size_t i = 0; i < s->q.token_count; i++)
    if (s->q.tokens[i].len > 2)
      s->is_broad = false;
  return status;
}

/* The first kind of a set, for saying what the list was narrowed to. */
static enum contact_kind first_kind(uint32_t kinds) {
  for (int k = 1; k < CONTACT_KIND_COUNT; k++)
    if (kinds & (UINT32_C(1) << k))
      return (enum contact_kind)k;
  return CONTACT_OTHER;
}

tc_status search_run(struct cache *c, const struct search_query *query, struct arena *arena,
                     struct search_result *out, struct tc_error *err) {
  struct search s = {.c = c, .query = query, .arena = arena};
  *out = (struct search_result){.note = ""};
  tc_status status = search_start(&s, err);
  if (status != TC_OK || (s.q.token_count == 0 && s.q.filter_count == 0 && !s.q.unshifted[0]))
    return status;
  uint32_t kinds = s.q.kinds;
  for (size_t i = 0; i < s.q.token_count; i++)
    kinds |= s.q.tokens[i].kinds;
  out->kind = first_kind(kinds);
  match_bounds_read(&s.bounds, &c->house, query);
  status = cache_begin(c, err);
  if (status == TC_OK) {
    status = run_readings(&s, out, err);
    if (status == TC_OK)
      status = read_rows(&s, out, kinds, err);
    if (status == TC_OK)
      status = say(&s, out, err);
    cache_end(c);
  }
  match_bounds_free(&s.bounds);
  buffer_free(&s.wrapped);
  return status;
}

tc_status search_number(struct cache *c, const char *number, const char *country,
                        struct arena *arena, struct search_result *out, struct tc_error *err) {
  struct search_query query = {
      .text = number, .site = "", .only = "", .country = country, .limit = LIMIT_MOST};
  struct search s = {.c = c, .query = &query, .arena = arena};
  struct reading reading = {.written = {false}};
  *out = (struct search_result){.note = ""};
  tc_status status = search_start(&s, err);
  if (status != TC_OK || !s.q.digits[0])
    return status;
  match_bounds_read(&s.bounds, &c->house, &query);
  status = cache_begin(c, err);
  if (status == TC_OK) {
    reading.q = s.q;
    struct counting n = {.out = out, .list = LIST_EXACT};
    status = run_tier(&s, &reading, MATCH_NUMBER, &n, err);
    if (status == TC_OK)
      status = read_rows(&s, out, 0, err);
    if (status == TC_OK)
      status = say(&s, out, err);
    cache_end(c);
  }
  match_bounds_free(&s.bounds);
  reading_free(&reading);
  buffer_free(&s.wrapped);
  return status;
}
