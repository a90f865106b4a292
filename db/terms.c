#include "db/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/near.h"
#include "db_sql.h"

struct terms {
  struct arena arena;
  const char **words;
  uint32_t *masks;
  uint8_t *lens, *uses;
  size_t count, cap;
};

static bool grow(struct terms *t) {
  size_t cap = t->cap ? t->cap * 2 : 4096;
  const char **words = realloc(t->words, cap * sizeof *words);
  if (words)
    t->words = words;
  uint32_t *masks = realloc(t->masks, cap * sizeof *masks);
  if (masks)
    t->masks = masks;
  uint8_t *lens = realloc(t->lens, cap * sizeof *lens);
  if (lens)
    t->lens = lens;
  uint8_t *uses = realloc(t->uses, cap * sizeof *uses);
  if (uses)
    t->uses = uses;
  if (!words || !masks || !lens || !uses)
    return false;
  t->cap = cap;
  return true;
}

tc_status terms_read(struct terms **out, struct store *s, struct tc_error *err) {
  struct terms *t = calloc(1, sizeof *t);
  sqlite3_stmt *stmt = store_statement(s, sql_term_all, err);
  tc_status status = TC_DAMAGED;
  *out = NULL;
  if (!t)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  while (stmt && (status = store_step(s, stmt, err)) == TC_OK) {
    const char *word = (const char *)sqlite3_column_text(stmt, 0);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 0);
    if (!word || len == 0 || len > UINT8_MAX)
      continue;
    char *copy = t->count < t->cap || grow(t) ? arena_copy(&t->arena, word, len) : NULL;
    if (!copy) {
      sqlite3_reset(stmt);
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
      break;
    }
    t->words[t->count] = copy;
    t->masks[t->count] = near_mask(word, len);
    t->uses[t->count] = (uint8_t)sqlite3_column_int(stmt, 1);
    t->lens[t->count++] = (uint8_t)len;
  }
  if (status != TC_DONE) {
    terms_free(t);
    return status;
  }
  *out = t;
  return TC_OK;
}

void terms_free(struct terms *t) {
  if (!t)
    return;
  arena_free(&t->arena);
  free(t->words);
  free(t->masks);
  free(t->lens);
  free(t->uses);
  free(t);
}

bool terms_begin(const struct terms *t, const char *prefix, size_t len) {
  size_t low = 0, high = t->count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (strncmp(t->words[mid], prefix, len) < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return low < t->count && strncmp(t->words[low], prefix, len) == 0;
}

/* Has the set at most `most` members? */
static bool at_most(uint32_t set, int most) {
  for (; set && most > 0; most--)
    set &= set - 1;
  return set == 0;
}

enum { DISTANCES = 3, NEAR_KEPT = 16 };

size_t terms_near(const struct terms *t, const char *word, size_t len, bool beginning,
                  struct term *out, size_t most) {
  struct near_pattern pattern;
  size_t kept[DISTANCES][NEAR_KEPT] = {{0}}, counts[DISTANCES] = {0}, count = 0;
  int allowed = near_allowance(utf8_count(word, len));
  if (allowed == 0 || allowed >= DISTANCES)
    return 0;
  near_pattern_set(&pattern, word, len);
  size_t slack = (size_t)allowed * UTF8_MAX;
  for (size_t i = 0; i < t->count; i++) {
    if (!at_most(pattern.mask & ~t->masks[i], allowed))
      continue;
    if (!beginning && (t->lens[i] + slack < len || len + slack < t->lens[i]))
      continue;
    int d = beginning ? near_pattern_prefix(&pattern, t->words[i], t->lens[i], allowed)
                      : near_pattern_distance(&pattern, t->words[i], t->lens[i], allowed);
    if (d <= allowed && counts[d] < NEAR_KEPT)
      kept[d][counts[d]++] = i;
  }
  for (int d = 0; d <= allowed; d++)
    for (size_t k = 0; k < counts[d] && count < most; k++)
      out[count++] = (struct term){t->words[kept[d][k]], t->uses[kept[d][k]]};
  return count;
}
