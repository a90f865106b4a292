#include "db/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/bits.h"
#include "db/document.h"
#include "db/guard.h"
#include "db_sql.h"

/* As many changes are made anew with each further one; more go into the part of earlier ones. */
enum { LAST_MOST = 200 };

void words_path(char out[WORDS_PATH], const char *folder, int64_t number) {
  snprintf(out, WORDS_PATH, "%s/words.%lld", folder, (long long)number);
}

void words_init(struct words *w, const char *folder) {
  memset(w, 0, sizeof *w);
  snprintf(w->folder, sizeof w->folder, "%s", folder);
  w->stamp = -1;
}

static void part_free(struct words_part *p) {
  index_close(p->index);
  free(p->rows);
  memset(p, 0, sizeof *p);
}

/* Takes away what was laid over the file. */
static void uncover(struct words *w) {
  for (size_t i = 1; i < WORDS_PARTS; i++)
    part_free(&w->parts[i]);
  free(w->dead);
  w->dead = NULL;
  free(w->rows);
  w->rows = NULL;
  w->row_count = w->row_cap = w->last_count = 0;
  arena_free(&w->arena);
  w->whole = false;
}

/* Closes all, keeps the folder and the memory of sets. */
static void close_all(struct words *w) {
  uncover(w);
  index_proof_close(w->proof);
  w->proof = NULL;
  w->proved = w->rotten = false;
  part_free(&w->parts[0]);
  w->stamp = -1;
}

void words_free(struct words *w) {
  close_all(w);
  for (size_t i = 0; i < WORDS_SETS; i++)
    free(w->sets[i]);
  memset(w->sets, 0, sizeof w->sets);
}

/* Where the bits of each part begin. */
static void lay_out(struct words *w) {
  w->words = 0;
  for (size_t i = 0; i < WORDS_PARTS; i++) {
    struct words_part *p = &w->parts[i];
    p->entries = p->index ? index_entries(p->index) : 0;
    p->first = w->words;
    w->words += bits_words(p->entries);
  }
}

tc_status words_open(struct words *w, int64_t stamp, struct tc_error *err) {
  char path[WORDS_PATH];
  if (w->stamp >= 0 && stamp_number(w->stamp) == stamp_number(stamp))
    return TC_OK;
  close_all(w);
  words_path(path, w->folder, stamp_number(stamp));
  tc_status status = index_open(&w->parts[0].index, path, err);
  if (status == TC_OK) {
    w->stamp = words_stamp(stamp_number(stamp), 0);
    lay_out(w);
  }
  return status;
}

static tc_status say_rotten(const struct words *w, struct tc_error *err) {
  char path[WORDS_PATH];
  words_path(path, w->folder, stamp_number(w->stamp));
  return index_is_damaged(path, err);
}

tc_status words_prove(struct words *w, bool *more, struct tc_error *err) {
  char path[WORDS_PATH];
  tc_status status = TC_OK;
  *more = false;
  if (w->stamp < 0 || w->proved)
    return TC_OK;
  if (w->rotten)
    return say_rotten(w, err);
  words_path(path, w->folder, stamp_number(w->stamp));
  struct tc_error why = {.status = TC_OK};
  if (!w->proof)
    status = index_proof_open(&w->proof, path, &why);
  if (status == TC_OK)
    status = index_proof_step(w->proof, more, &why);
  if (status == TC_OK && *more)
    return TC_OK;
  index_proof_close(w->proof);
  w->proof = NULL;
  *more = false;
  /* Gone: another has taken its place, and is followed with the next query. */
  w->proved = status == TC_OK || status == TC_NO_INPUT;
  w->rotten = status == TC_DAMAGED;
  return w->proved ? TC_OK : tc_fail(err, status, "%s", why.text);
}

/* ---- what was changed since --------------------------------------------------------------------
 */

static size_t row_at(const struct words *w, int64_t id) {
  size_t low = 0, high = w->row_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (w->rows[middle]->id < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Takes an entry out of the answers. */
static void bury(struct words *w, size_t part, size_t place) {
  const struct words_part *p = &w->parts[part];
  if (place < p->entries)
    bits_add(w->dead + p->first, place);
}

/* Enters a row in the place of an older one of its id. */
static bool take_row(struct words *w, struct fresh_row *row) {
  size_t at = row_at(w, row->id);
  if (at < w->row_count && w->rows[at]->id == row->id) {
    const struct fresh_row *old = w->rows[at];
    if (old->part == 1)
      bury(w, 1, old->place);
    w->last_count -= old->part == 2;
    w->rows[at] = row;
    return true;
  }
  if (w->row_count == w->row_cap) {
    size_t cap = w->row_cap ? w->row_cap * 2 : 256;
    struct fresh_row **rows = realloc(w->rows, cap * sizeof(struct fresh_row *));
    if (!rows)
      return false;
    w->rows = rows;
    w->row_cap = cap;
  }
  memmove(w->rows + at + 1, w->rows + at, (w->row_count - at) * sizeof *w->rows);
  w->rows[at] = row;
  w->row_count++;
  return true;
}

static int by_order(const void *a, const void *b) {
  const struct fresh_row *x = *(const struct fresh_row *const *)a,
                         *y = *(const struct fresh_row *const *)b;
  if (x->before != y->before)
    return x->before < y->before ? -1 : 1;
  int order = memcmp(x->key, y->key, x->key_len < y->key_len ? x->key_len : y->key_len);
  return order ? order : (x->key_len > y->key_len) - (x->key_len < y->key_len);
}

/* Makes a part of the rows that belong to it. */
static tc_status make_part(struct words *w, size_t part, struct tc_error *err) {
  struct words_part *p = &w->parts[part];
  struct index_maker *m = NULL;
  size_t count = 0;
  part_free(p);
  struct fresh_row **rows = malloc((w->row_count + 1) * sizeof(struct fresh_row *));
  if (!rows)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < w->row_count; i++)
    if (w->rows[i]->part == part)
      rows[count++] = w->rows[i];
  qsort(rows, count, sizeof *rows, by_order);
  tc_status status = count ? index_maker_new(&m, false, err) : TC_OK;
  for (size_t i = 0; i < count && status == TC_OK; i++) {
    struct fresh_row *r = rows[i];
    r->place = i;
    status = index_maker_add(m, r->id, r->key, r->key_len, r->document, err);
  }
  if (count && status == TC_OK)
    status = index_maker_finish(m, &p->index, err);
  index_maker_free(m);
  if (status == TC_OK)
    p->rows = rows;
  else
    free(rows);
  return status;
}

/* Makes the parts of the rows and lays out the dead again: their bits have moved. */
static tc_status make_parts(struct words *w, size_t added, struct tc_error *err) {
  tc_status status = TC_OK;
  bool all = w->last_count + added > LAST_MOST;
  const uint64_t *dead_before = w->dead;
  size_t first = w->parts[1].first, words = bits_words(w->parts[1].entries);
  for (size_t i = 0; i < w->row_count; i++) {
    struct fresh_row *r = w->rows[i];
    if (r->document && (r->part == 0 || all))
      r->part = all ? 1 : 2;
  }
  w->last_count = all ? 0 : w->last_count + added;
  if (all) {
    part_free(&w->parts[2]);
    status = make_part(w, 1, err);
  } else {
    status = make_part(w, 2, err);
  }
  lay_out(w);
  uint64_t *dead = calloc(w->words + 1, sizeof *dead);
  if (!dead)
    return status == TC_OK ? tc_fail(err, TC_NO_MEMORY, _("out of memory")) : status;
  if (!all)
    bits_copy(dead + w->parts[1].first, dead_before + first, words);
  bits_copy(dead, dead_before, bits_words(w->parts[0].entries));
  free(w->dead);
  w->dead = dead;
  return status;
}

static tc_status read_row(struct words *w, sqlite3_stmt *stmt, size_t *added,
                          struct tc_error *err) {
  struct fresh_row *row = arena_zalloc(&w->arena, 1, sizeof *row);
  const void *key = sqlite3_column_blob(stmt, 3);
  const void *document = sqlite3_column_text(stmt, 4);
  int64_t was = sqlite3_column_int64(stmt, 1), before = sqlite3_column_int64(stmt, 2);
  if (row) {
    row->id = sqlite3_column_int64(stmt, 0);
    row->before = before > 0 ? (size_t)before : 0;
    row->key_len = (size_t)sqlite3_column_bytes(stmt, 3);
    row->key = arena_copy(&w->arena, key ? key : "", row->key_len);
    if (document)
      row->document = arena_strdup(&w->arena, document);
  }
  if (was >= 0)
    bury(w, 0, (size_t)was);
  if (!row || arena_failed(&w->arena) || !take_row(w, row))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *added += document != NULL;
  return TC_OK;
}

/* Lays what was changed since over the file. */
static tc_status cover(struct words *w, struct store *s, struct tc_error *err) {
  size_t added = 0, rows = 0;
  tc_status status = TC_OK;
  if (!w->dead && !(w->dead = calloc(w->words + 1, sizeof *w->dead)))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  sqlite3_stmt *stmt = store_statement(s, w->whole ? sql_fresh_since : sql_fresh_first_since, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 1, stamp_change(w->stamp));
  if (!w->whole) {
    sqlite3_bind_int64(stmt, 2, CLASS_ID(CLASS_CODE));
    sqlite3_bind_int64(stmt, 3, CLASS_ID(CLASS_SERVICE + 1));
  }
  while (status == TC_OK && (status = store_step(s, stmt, err)) == TC_OK) {
    status = read_row(w, stmt, &added, err);
    rows++;
  }
  sqlite3_reset(stmt);
  if (status == TC_DONE)
    status = rows ? make_parts(w, added, err) : TC_OK;
  return status;
}

tc_status words_follow(struct words *w, struct store *s, enum words_reach reach,
                       struct tc_error *err) {
  int64_t stamp;
  guard_arm();
  if (w->parts[0].index && index_failed(w->parts[0].index))
    close_all(w);
  tc_status status = store_meta_int(s, "index", &stamp, err);
  if (status != TC_OK || (stamp == w->stamp && !w->rotten && (w->whole || reach == WORDS_FIRST)))
    return status;
  status = words_open(w, stamp, err);
  if (status != TC_OK)
    return status;
  if (w->rotten)
    return say_rotten(w, err);
  if (reach == WORDS_ALL && !w->whole) { /* from the file on, once more */
    uncover(w);
    lay_out(w);
    w->stamp = words_stamp(stamp_number(stamp), 0);
    w->whole = true;
  }
  if (stamp != w->stamp)
    status = cover(w, s, err);
  if (status == TC_OK)
    w->stamp = stamp;
  else
    close_all(w); /* half of it is not kept */
  return status;
}

tc_status words_check(const struct words *w, struct tc_error *err) {
  char path[WORDS_PATH];
  if (!w->parts[0].index || !index_failed(w->parts[0].index))
    return TC_OK;
  words_path(path, w->folder, stamp_number(w->stamp));
  return tc_fail_errno(err, EIO, "%s", path);
}

/* ---- sets --------------------------------------------------------------------------------------
 */

void words_start(struct words *w) {
  w->set_count = 0;
  w->failed = false;
}

uint64_t *words_set(struct words *w) {
  if (w->set_count == WORDS_SETS) {
    w->failed = true;
    return NULL;
  }
  size_t i = w->set_count;
  if (!w->sets[i] || w->set_words[i] < w->words) {
    free(w->sets[i]);
    w->sets[i] = malloc((w->words + 1) * sizeof **w->sets);
    w->set_words[i] = w->words;
    if (!w->sets[i]) {
      w->failed = true;
      return NULL;
    }
  }
  w->set_count++;
  bits_clear(w->sets[i], w->words);
  return w->sets[i];
}

void words_all(const struct words *w, uint64_t *set) {
  for (size_t i = 0; i < WORDS_PARTS; i++)
    if (w->parts[i].entries)
      bits_fill(set + w->parts[i].first, w->parts[i].entries);
  if (w->dead)
    bits_and_not(set, w->dead, w->words);
}

#define EACH_PART(w, p)                                                                            \
  for (const struct words_part *p = (w)->parts; p < (w)->parts + WORDS_PARTS; p++)                 \
    if (p->index)

bool words_add(const struct words *w, const char *text, size_t len, int use, uint64_t *set) {
  bool any = false;
  uint32_t term;
  EACH_PART(w, p)
  if (index_term(p->index, text, len, &term))
    any |= index_add(p->index, term, use, set + p->first);
  return any;
}

bool words_add_begin(const struct words *w, const char *prefix, size_t len, int use,
                     uint64_t *set) {
  bool any = false;
  EACH_PART(w, p)
  any |= index_add_range(p->index, index_begin(p->index, prefix, len), use, set + p->first);
  return any;
}

bool words_has(const struct words *w, const char *text, size_t len) {
  uint32_t term;
  EACH_PART(w, p)
  if (index_term(p->index, text, len, &term))
    return true;
  return false;
}

bool words_begin(const struct words *w, const char *prefix, size_t len) {
  EACH_PART(w, p) {
    struct term_range r = index_begin(p->index, prefix, len);
    if (r.first < r.behind)
      return true;
  }
  return false;
}

bool words_add_number(const struct words *w, const char *digits, uint64_t *set) {
  char masked[INDEX_DIGITS + 1];
  int len = snprintf(masked, sizeof masked, "^%s", digits);
  bool any =
      len > 0 && (size_t)len < sizeof masked && words_add(w, masked, (size_t)len, INDEX_PLAIN, set);
  EACH_PART(w, p) any |= index_add_number(p->index, digits, set + p->first);
  return any;
}

bool words_masks(const struct words *w, const char *digits) {
  char masked[INDEX_DIGITS + 1];
  int len = snprintf(masked, sizeof masked, "^%s", digits);
  return len > 0 && (size_t)len < sizeof masked && words_has(w, masked, (size_t)len);
}

void words_add_hidden(const struct words *w, enum audience hidden, uint64_t *only, uint64_t *with) {
  char marker[DOCUMENT_AUDIENCE];
  for (int a = (int)hidden; hidden && a < AUDIENCE_COUNT; a++) {
    document_only_marker(marker, (enum audience)a);
    words_add(w, marker, strlen(marker) - 1, INDEX_PLAIN, only);
    document_with_marker(marker, (enum audience)a);
    words_add(w, marker, strlen(marker) - 1, INDEX_PLAIN, with);
  }
}

void words_add_id(const struct words *w, int64_t id, uint64_t *set) {
  size_t at = row_at(w, id), place;
  if (at < w->row_count && w->rows[at]->id == id) {
    if (w->rows[at]->part)
      bits_add(set + w->parts[w->rows[at]->part].first, w->rows[at]->place);
  } else if (w->parts[0].index && index_place(w->parts[0].index, id, &place)) {
    bits_add(set, place);
  }
}

/* A number of hits that are read one by one, from the sorted runs, rather than sought in the order
 * of entries, of which one in this many has a hit then. */
enum { RUN_SHARE = 80 };

static bool has_any_run(const struct index *x, size_t place, const struct run_pattern *patterns,
                        size_t count) {
  for (size_t i = 0; i < count; i++)
    if (index_has_run(x, place, &patterns[i]))
      return true;
  return false;
}

/* The first `most` of the entries in from, and in mine or not. */
static void seek_runs(const struct words_part *p, const struct run_pattern *patterns, size_t count,
                      const uint64_t *from, const uint64_t *mine, bool outside, size_t most,
                      uint64_t *set) {
  size_t words = bits_words(p->entries), found = 0;
  for (size_t i = 0; i < words && found < most; i++) {
    uint64_t word = from[i] & (!mine ? UINT64_MAX : outside ? ~mine[i] : mine[i]);
    for (; word && found < most; word &= word - 1) {
      size_t place = i * 64 + (size_t)__builtin_ctzll(word);
      if (has_any_run(p->index, place, patterns, count)) {
        bits_add(set, place);
        found++;
      }
    }
  }
}

void words_add_runs(struct words *w, const struct run_pattern *patterns, size_t count,
                    const uint64_t *from, const uint64_t *mine, size_t most, uint64_t *set) {
  EACH_PART(w, p) {
    size_t total = 0;
    for (size_t i = 0; i < count && total != SIZE_MAX; i++) {
      size_t runs = index_runs(p->index, patterns[i].digits);
      total = runs == SIZE_MAX ? runs : total + runs;
    }
    if (total != SIZE_MAX && (total < 4096 || total < p->entries / RUN_SHARE)) {
      for (size_t i = 0; i < count; i++)
        index_add_runs(p->index, patterns[i].digits, set + p->first);
      continue;
    }
    const uint64_t *part_mine = mine ? mine + p->first : NULL;
    if (mine)
      seek_runs(p, patterns, count, from + p->first, part_mine, false, most, set + p->first);
    seek_runs(p, patterns, count, from + p->first, part_mine, true, most, set + p->first);
  }
  bits_and(set, from, w->words);
}

/* ---- what was probably meant -------------------------------------------------------------------
 */

static bool is_among(const struct term *terms, size_t count, const char *text, size_t len) {
  for (size_t i = 0; i < count; i++)
    if (terms[i].len == len && memcmp(terms[i].text, text, len) == 0)
      return true;
  return false;
}

static void add_term(const struct index *x, uint32_t number, struct term *out, size_t *count,
                     size_t most) {
  size_t len;
  const char *text = index_term_text(x, number, &len);
  if (len && *count < most && !is_among(out, *count, text, len))
    out[(*count)++] = (struct term){text, len};
}

size_t words_sounds(const struct words *w, const char *word, size_t len, struct term *out,
                    size_t most) {
  uint32_t terms[INDEX_NEAR];
  size_t count = 0;
  EACH_PART(w, p) {
    size_t n = index_sounds(p->index, word, len, terms, most < INDEX_NEAR ? most : INDEX_NEAR);
    for (size_t i = 0; i < n; i++)
      add_term(p->index, terms[i], out, &count, most);
  }
  return count;
}

static int by_text(const void *a, const void *b) {
  const struct term *x = a, *y = b;
  int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
  return order ? order : (x->len > y->len) - (x->len < y->len);
}

size_t words_near(const struct words *w, const char *word, size_t len, bool beginning,
                  struct term *out, size_t most) {
  struct index_near near[WORDS_PARTS];
  size_t count = 0;
  memset(near, 0, sizeof near);
  EACH_PART(w, p) index_near(p->index, word, len, beginning, &near[p - w->parts]);
  for (size_t d = 0; d < INDEX_DISTANCES && count < most; d++) {
    struct term same[WORDS_PARTS * INDEX_NEAR];
    size_t n = 0;
    EACH_PART(w, p)
    for (size_t i = 0; i < near[p - w->parts].counts[d]; i++)
      add_term(p->index, near[p - w->parts].terms[d][i], same, &n, sizeof same / sizeof *same);
    if (n > 1)
      qsort(same, n, sizeof *same, by_text);
    for (size_t i = 0; i < n && count < most; i++)
      if (!is_among(out, count, same[i].text, same[i].len))
        out[count++] = same[i];
  }
  return count;
}

/* ---- in order ----------------------------------------------------------------------------------
 */

/* The next place of a part from `from` on; its number of entries at the end. */
static size_t next_in(const struct words_part *p, const struct words_cursor *c, size_t from) {
  const uint64_t *set = c->set + p->first, *mask = c->mask ? c->mask + p->first : NULL;
  size_t words = bits_words(p->entries);
  for (size_t i = from / 64; i < words; i++) {
    uint64_t word = set[i] & (!mask ? UINT64_MAX : c->outside ? ~mask[i] : mask[i]);
    if (i == from / 64)
      word &= UINT64_MAX << from % 64;
    if (word)
      return i * 64 + (size_t)__builtin_ctzll(word);
  }
  return p->entries;
}

void words_begin_at(const struct words *w, struct words_cursor *c, const uint64_t *set,
                    const uint64_t *mask, bool outside) {
  *c = (struct words_cursor){.set = set, .mask = mask, .outside = outside};
  for (size_t i = 0; i < WORDS_PARTS; i++)
    c->at[i] = next_in(&w->parts[i], c, 0);
}

/* Does what stands at cursor in part a come before what stands in part b? */
static bool is_before(const struct words *w, const struct words_cursor *c, size_t a, size_t b) {
  const struct fresh_row *x = a ? w->parts[a].rows[c->at[a]] : NULL,
                         *y = b ? w->parts[b].rows[c->at[b]] : NULL;
  if (x && y)
    return by_order(&x, &y) < 0;
  return x ? x->before <= c->at[b] : y && y->before > c->at[a];
}

bool words_next(const struct words *w, struct words_cursor *c, int64_t *id) {
  size_t best = WORDS_PARTS;
  for (size_t i = 0; i < WORDS_PARTS; i++)
    if (c->at[i] < w->parts[i].entries && (best == WORDS_PARTS || is_before(w, c, i, best)))
      best = i;
  if (best == WORDS_PARTS)
    return false;
  const struct words_part *p = &w->parts[best];
  *id = best ? p->rows[c->at[best]]->id : index_id(p->index, c->at[best]);
  c->bit = p->first * 64 + c->at[best];
  c->at[best] = next_in(p, c, c->at[best] + 1);
  return true;
}
