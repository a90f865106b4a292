#include "db/match.h"

#include <stdio.h>
#include <string.h>

#include "core/dial.h"
#include "core/fold.h"
#include "db/bits.h"
#include "db/document.h"

enum { SITE_LETTERS = 3, SITES_TOLD = 6, RUN_LEAST = 3 };

/* ---- where -------------------------------------------------------------------------------------
 */

static bool add_site(const struct words *w, const char *code, uint64_t *set) {
  struct buffer marker = BUFFER_INIT;
  document_marker(&marker, '@', code);
  bool any = marker.status == TC_OK && words_add(w, marker.data, marker.len - 1, INDEX_PLAIN, set);
  buffer_free(&marker);
  return any;
}

/* Narrows what is left to the scope of the query. */
static void read_scope(struct matcher *m) {
  const struct search_query *query = m->query;
  const struct house *house = &m->c->house;
  if (query->site && *query->site) {
    m->mine = words_set(m->words);
    if (m->mine)
      add_site(m->words, query->site, m->mine);
  }
  if (query->scope == SEARCH_MINE && m->mine)
    bits_and(m->left, m->mine, m->words->words);
  if ((query->scope != SEARCH_ONE && query->scope != SEARCH_GROUP) || !query->only)
    return;
  uint64_t *within = words_set(m->words);
  bool any = false;
  if (within && query->scope == SEARCH_ONE && *query->only) {
    add_site(m->words, query->only, within);
    any = true;
  }
  for (size_t i = 0; within && query->scope == SEARCH_GROUP && i < house->site_count; i++)
    if (strcmp(house->sites[i].group, query->only) == 0) {
      add_site(m->words, house->sites[i].code, within);
      any = true;
    }
  if (any)
    bits_and(m->left, within, m->words->words);
}

/* Words that begin with a digit are neither misheard nor mistyped. */
static bool has_letters(const struct query_token *t) {
  return !(t->text[0] >= '0' && t->text[0] <= '9');
}

/* Adds what holds any of these markers, a blank behind each. */
static void add_markers(const struct words *w, const char *markers, uint64_t *set) {
  for (const char *end; (end = strchr(markers, ' ')); markers = end + 1)
    words_add(w, markers, (size_t)(end - markers), INDEX_PLAIN, set);
}

/* Leaves out what is hidden whole, and marks what is doubtful. */
static void read_doubts(struct matcher *m, const struct query *q) {
  const struct words *w = m->words;
  bool spells = words_has(w, "#spells", 7), figures = false;
  for (size_t i = 0; i < q->token_count; i++)
    figures |= !has_letters(&q->tokens[i]);
  figures = figures && words_begin(w, "$", 1);
  uint64_t *doubtful = spells || figures || m->c->hidden ? words_set(m->words) : NULL;
  if (!doubtful)
    return;
  if (m->c->hidden) {
    uint64_t *only = words_set(m->words);
    if (!only)
      return;
    words_add_hidden(w, m->c->hidden, only, doubtful);
    bits_and_not(m->left, only, w->words);
    m->words->set_count--;
  }
  if (spells)
    add_markers(w, "#spells ", doubtful);
  if (figures)
    add_markers(w, "#figures ", doubtful);
  m->doubtful = doubtful;
}

void matcher_start(struct matcher *m, struct cache *c, const struct search_query *query,
                   const struct query *q) {
  memset(m, 0, sizeof *m);
  m->c = c;
  m->words = &c->words;
  m->query = query;
  m->left = words_set(m->words);
  if (!m->left)
    return;
  words_all(m->words, m->left);
  read_scope(m);
  for (size_t i = 0; i < q->filter_count; i++) {
    uint64_t *set = words_set(m->words);
    if (!set)
      return;
    add_markers(m->words, q->filters[i], set);
    bits_and(m->left, set, m->words->words);
  }
  read_doubts(m, q);
}

/* ---- ways of one token -------------------------------------------------------------------------
 */

/* Is the token a site's code, or does it stand in its names, whole or as a beginning? */
static bool fits_site(const struct site_words *s, const struct query_token *t, bool prefix) {
  char word[FOLD_WORD_MAX + 3];
  snprintf(word, sizeof word, " %.*s ", (int)t->len, t->text);
  if (strstr(s->code, word))
    return true;
  if (t->len < SITE_LETTERS) /* "ch" and "st" are in too many names to say which */
    return false;
  if (prefix)
    word[t->len + 1] = '\0';
  return strstr(s->names, word) != NULL;
}

bool match_narrows(const struct query *q) {
  for (size_t i = 0; i < q->token_count; i++)
    if (q->tokens[i].site)
      return true;
  return false;
}

void match_widen(struct query *q) {
  for (size_t i = 0; i < q->token_count; i++)
    q->tokens[i].site = false;
}

static bool is_code(const struct site_words *s, const struct query_token *t) {
  return strlen(s->code) == t->len + 2 && memcmp(s->code + 1, t->text, t->len) == 0;
}

void match_mark_sites(struct query *q, const struct cache *c) {
  for (size_t i = 0; i < q->token_count; i++) {
    size_t fits = 0;
    for (size_t k = 0; k < c->house.site_count && q->token_count > 1; k++)
      if (!q->tokens[i].particle && is_code(&c->site_words[k], &q->tokens[i]))
        q->tokens[i].site = true;
    for (size_t k = 0; k < c->house.site_count && q->tokens[i].len <= FOLD_WORD_MAX; k++)
      fits += fits_site(&c->site_words[k], &q->tokens[i], true);
    if (fits > SITES_TOLD)
      q->tokens[i].particle = true;
  }
}

/* Entries of the sites that the token names, and of the kinds. */
static bool add_sites_and_kinds(const struct matcher *m, const struct query_token *t, bool prefix,
                                uint64_t *set) {
  struct buffer marker = BUFFER_INIT;
  bool any = false;
  for (int k = 1; k < CONTACT_KIND_COUNT; k++)
    if (t->kinds & (UINT32_C(1) << k)) {
      buffer_clear(&marker);
      document_marker(&marker, '=', contact_kind_word((enum contact_kind)k));
      any |= marker.status == TC_OK &&
             words_add(m->words, marker.data, marker.len - 1, INDEX_PLAIN, set);
    }
  buffer_free(&marker);
  for (size_t i = 0; i < m->c->house.site_count && t->len <= FOLD_WORD_MAX && !t->particle; i++) {
    const struct site_words *s = &m->c->site_words[i];
    if (fits_site(s, t, prefix))
      any |= words_add(m->words, s->marker, strlen(s->marker), INDEX_PLAIN, set);
  }
  return any;
}

/* Entries that hold one of these words, which the token does not begin. */
static bool add_terms(const struct matcher *m, const struct query_token *t,
                      const struct near_terms *near, uint64_t *set) {
  const struct term *terms = near->terms;
  bool any = false;
  for (size_t i = 0; i < near->count; i++) {
    if (terms[i].len >= t->len && memcmp(terms[i].text, t->text, t->len) == 0)
      continue; /* found already */
    any |= words_add(m->words, terms[i].text, terms[i].len, INDEX_PLAIN, set);
    any |= words_add(m->words, terms[i].text, terms[i].len, INDEX_ALIAS, set);
  }
  return any;
}

static const struct near_terms *sounds_of(struct matcher *m, const struct query_token *t) {
  struct near_terms *n = &m->sounds[t->index];
  if (!n->asked)
    n->count = words_sounds(m->words, t->text, t->len, n->terms, NEAR_MOST);
  n->asked = true;
  return n;
}

static const struct near_terms *typos_of(struct matcher *m, const struct query_token *t) {
  struct near_terms *n = &m->typos[t->index];
  if (!n->asked)
    n->count = words_near(m->words, t->text, t->len, t->last, n->terms, NEAR_MOST);
  n->asked = true;
  return n;
}

static bool add_way(struct matcher *m, const struct query_token *t, enum match_way way,
                    uint64_t *set) {
  bool any = false;
  if (t->site && way == WAY_BEGIN)
    way = WAY_WORD;
  else if (t->site && way != WAY_WORD)
    return false;
  switch (way) {
  case WAY_WORD:
    any = words_add(m->words, t->text, t->len, INDEX_PLAIN, set);
    return add_sites_and_kinds(m, t, false, set) || any;
  case WAY_BEGIN:
    any = words_add_begin(m->words, t->text, t->len, INDEX_PLAIN, set);
    return add_sites_and_kinds(m, t, true, set) || any;
  case WAY_ALIAS:
    return words_add_begin(m->words, t->text, t->len, INDEX_ALIAS, set);
  case WAY_SOUND:
    return add_terms(m, t, sounds_of(m, t), set);
  default:
    return add_terms(m, t, typos_of(m, t), set);
  }
}

/* The set of a way; NULL: empty. */
static uint64_t *way_of(struct matcher *m, const struct query_token *t, enum match_way way) {
  if (!m->asked[t->index][way]) {
    m->asked[t->index][way] = true;
    uint64_t *set = words_set(m->words);
    if (set && add_way(m, t, way, set))
      m->ways[t->index][way] = set;
    else if (set)
      m->words->set_count--; /* it was the last that was taken */
  }
  return m->ways[t->index][way];
}

/* A word that no word of the directory begins with was probably mistyped; where there is one, the
 * others are taken as they stand. */
static bool has_unknown(const struct matcher *m, const struct query *q) {
  for (size_t i = 0; i < q->token_count; i++)
    if (!words_begin(m->words, q->tokens[i].text, q->tokens[i].len))
      return true;
  return false;
}

/* ---- tiers -------------------------------------------------------------------------------------
 */

/* The ways that a token has in a tier; *is_new: one of them is this tier's own. */
static size_t ways_of(struct matcher *m, const struct query *q, const struct query_token *t,
                      enum match tier, bool unknown, const uint64_t *out[WAY_COUNT], bool *is_new) {
  size_t count = 0;
  const uint64_t *set = way_of(m, t, tier == MATCH_WORD ? WAY_WORD : WAY_BEGIN);
  if (set)
    out[count++] = set;
  *is_new |= tier <= MATCH_PREFIX;
  /* A lone letter among others is not taken for the beginning of an alias. */
  if (tier >= MATCH_ALIAS && (t->len >= 2 || q->token_count == 1) &&
      (set = way_of(m, t, WAY_ALIAS))) {
    out[count++] = set;
    *is_new |= tier == MATCH_ALIAS;
  }
  bool may = tier == MATCH_SOUND ||
             (tier == MATCH_TYPO && !(unknown && words_begin(m->words, t->text, t->len)));
  if (may && has_letters(t) && (set = way_of(m, t, tier == MATCH_SOUND ? WAY_SOUND : WAY_TYPO))) {
    out[count++] = set;
    *is_new = true;
  }
  return count;
}

bool matcher_knows(struct matcher *m, const struct query_token *t) {
  return t->site || t->kinds || !has_letters(t) || way_of(m, t, WAY_BEGIN) ||
         way_of(m, t, WAY_ALIAS);
}

/* Narrows to the union of a token's ways. */
static void narrow(uint64_t *set, const uint64_t *const *ways, size_t count, size_t words) {
  switch (count) {
  case 1:
    bits_and(set, ways[0], words);
    break;
  case 2:
    for (size_t i = 0; i < words; i++)
      set[i] &= ways[0][i] | ways[1][i];
    break;
  case 3:
    for (size_t i = 0; i < words; i++)
      set[i] &= ways[0][i] | ways[1][i] | ways[2][i];
    break;
  default: /* no token has more, and one without any has no tier */
    break;
  }
}

/* What holds every token in one of its ways. */
static uint64_t *words_tier(struct matcher *m, const struct query *q, enum match tier) {
  const uint64_t *ways[WAY_COUNT];
  bool unknown = tier == MATCH_TYPO && has_unknown(m, q), is_new = false;
  for (size_t i = 0; i < q->token_count; i++) {
    if (ways_of(m, q, &q->tokens[i], tier, unknown, ways, &is_new) == 0)
      return NULL;
  }
  uint64_t *set = is_new ? words_set(m->words) : NULL;
  if (!set)
    return NULL;
  bits_copy(set, m->left, m->words->words);
  for (size_t i = 0; i < q->token_count; i++) {
    size_t count = ways_of(m, q, &q->tokens[i], tier, unknown, ways, &is_new);
    narrow(set, ways, count, m->words->words);
  }
  return set;
}

/* "bloc 2" is first what is called so, then a block on the second floor. */
static uint64_t *pairs_of(struct matcher *m, const struct query *q, enum match tier) {
  uint64_t *all = NULL;
  for (size_t i = 0; i + 1 < q->token_count; i++) {
    const struct query_token *word = &q->tokens[i], *number = &q->tokens[i + 1];
    char pair[2 * FOLD_WORD_MAX + 4];
    if (!has_letters(word) || has_letters(number))
      continue;
    int len = snprintf(pair, sizeof pair, "!%s!%s", number->text, word->text);
    uint64_t *set = words_set(m->words);
    if (!set || len < 0 || (size_t)len >= sizeof pair)
      return NULL;
    if (tier == MATCH_WORD)
      words_add(m->words, pair, (size_t)len, INDEX_PLAIN, set);
    else
      words_add_begin(m->words, pair, (size_t)len, INDEX_PLAIN, set);
    if (all)
      bits_and(all, set, m->words->words);
    else
      all = set;
  }
  return all;
}

static void add_named_term(const struct matcher *m, const char *text, size_t len, bool begins,
                           uint64_t *set) {
  char named[FOLD_WORD_MAX + 4];
  int named_len = snprintf(named, sizeof named, "!!%.*s", (int)len, text);
  if (named_len < 0 || (size_t)named_len >= sizeof named)
    return;
  if (begins)
    words_add_begin(m->words, named, (size_t)named_len, INDEX_PLAIN, set);
  else
    words_add(m->words, named, (size_t)named_len, INDEX_PLAIN, set);
}

/* The entries that a way of a tier finds by a word of their name. */
static void add_named(struct matcher *m, const struct query_token *t, enum match tier,
                      uint64_t *set) {
  add_named_term(m, t->text, t->len, tier != MATCH_WORD, set);
  const struct near_terms *near = tier == MATCH_SOUND  ? sounds_of(m, t)
                                  : tier == MATCH_TYPO ? typos_of(m, t)
                                                       : NULL;
  for (size_t i = 0; near && i < near->count; i++)
    add_named_term(m, near->terms[i].text, near->terms[i].len, false, set);
}

/* "urgences" is first what is called so, then what lies in a unit of that name: of a tier's entries
 * those of which every word is in the name, or says a site or a kind; before them, of whole words,
 * those whose name has no other word, and the codes.  NULL: none are. */
struct named {
  uint64_t *all;    /* every word is in the name, or says a site or a kind */
  uint64_t *strict; /* of whole words: every one is in the name */
  size_t words;     /* that were typed, particles aside and each once */
  size_t sure;      /* of those, the ones that say no site and no kind */
};

static bool read_named(struct matcher *m, const struct query *q, enum match tier,
                       const uint64_t *tier_set, struct named *out) {
  size_t words = m->words->words;
  *out = (struct named){.words = 0};
  if (!bits_any(tier_set, words) || !(out->all = words_set(m->words)))
    return false;
  bits_copy(out->all, tier_set, words);
  if (tier == MATCH_WORD && !(out->strict = words_set(m->words)))
    return false;
  if (out->strict)
    bits_copy(out->strict, tier_set, words);
  for (size_t i = 0; i < q->token_count; i++) {
    uint64_t *set = words_set(m->words);
    if (!set)
      return false;
    const struct query_token *t = &q->tokens[i];
    enum match own = t->site ? MATCH_WORD : tier;
    add_named(m, t, own, set);
    if (out->strict)
      bits_and(out->strict, set, words);
    bool says = add_sites_and_kinds(m, t, own != MATCH_WORD, set);
    bits_and(out->all, set, words);
    m->words->set_count--;
    out->words += t->names;
    out->sure += t->names && !says;
    if (!bits_any(out->all, words))
      return false;
  }
  return true;
}

/* Adds those of a set whose name has so many words. */
static void add_of_length(struct matcher *m, const uint64_t *set, size_t length, uint64_t *out) {
  char marker[DOCUMENT_NAME];
  uint64_t *named = length ? words_set(m->words) : NULL;
  if (!named)
    return;
  words_add(m->words, marker, document_name_marker(marker, length), INDEX_PLAIN, named);
  bits_and(named, set, m->words->words);
  bits_or(out, named, m->words->words);
  m->words->set_count--;
}

/* "interne de garde" is first what is called just so.  What a code says is not put behind it. */
static uint64_t *whole_of(struct matcher *m, const struct named *n) {
  struct buffer code = BUFFER_INIT;
  uint64_t *whole = words_set(m->words), *codes = words_set(m->words);
  if (!whole || !codes)
    return NULL;
  add_of_length(m, n->strict, n->words, whole);
  if (n->sure < n->words)
    add_of_length(m, n->all, n->sure, whole);
  document_marker(&code, '#', entry_type_word(ENTRY_CODE));
  if (code.status == TC_OK)
    words_add(m->words, code.data, code.len - 1, INDEX_PLAIN, codes);
  buffer_free(&code);
  bits_and(codes, n->all, m->words->words);
  bits_or(whole, codes, m->words->words);
  m->words->set_count--;
  return whole;
}

/* The extension that a public number reaches through a plan's range, of those that have a number in
 * that plan: records hold the extension alone. */
static void add_ranges(const struct matcher *m, const char *digits, uint64_t *set) {
  char e164[QUERY_DIGITS + 1], extension[DIAL_MAX];
  const struct house *house = &m->c->house;
  struct buffer marker = BUFFER_INIT;
  snprintf(e164, sizeof e164, "+%.*s", QUERY_DIGITS - 1, digits);
  for (size_t i = 0; i < house->plan_count; i++) {
    if (!dial_extension(extension, &house->plans[i], e164))
      continue;
    uint64_t *owners = words_set(m->words), *there = words_set(m->words);
    buffer_clear(&marker);
    document_marker(&marker, '%', house->plans[i].code);
    if (!owners || !there || marker.status != TC_OK)
      break;
    words_add_number(m->words, extension, owners);
    words_add(m->words, marker.data, marker.len - 1, INDEX_PLAIN, there);
    bits_and(owners, there, m->words->words);
    bits_or(set, owners, m->words->words);
    m->words->set_count -= 2;
  }
  buffer_free(&marker);
}

static void add_whole(const struct matcher *m, const struct query *q, const char *digits,
                      uint64_t *set) {
  char forms[QUERY_FORMS][QUERY_DIGITS];
  size_t count = query_forms(forms, digits, q->plus, m->query->country, true);
  for (size_t i = 0; i < count; i++) {
    words_add_number(m->words, forms[i], set);
    add_ranges(m, forms[i], set);
  }
}

/* A temporary number that was written here and is not in the index yet finds its entry too. */
static void add_written(const struct matcher *m, const struct query *q, uint64_t *set) {
  char forms[QUERY_FORMS][QUERY_DIGITS], digits[DOCUMENT_DIGITS];
  size_t count = query_forms(forms, q->digits, q->plus, m->query->country, true), acts;
  const struct act_held *held = cache_written(m->c, &acts);
  for (size_t i = 0; i < acts; i++) {
    if (act_kind_of(&held[i].act) != ACT_KIND_OVERRIDE ||
        act_is_over(&held[i], m->c->info.revision))
      continue;
    const char *const numbers[] = {act_get(&held[i].act, "number"), act_get(&held[i].act, "e164")};
    bool hit = false;
    for (size_t k = 0; k < 2; k++)
      for (size_t f = 0; document_digits(digits, numbers[k]) && f < count; f++)
        hit = hit || strcmp(digits, forms[f]) == 0;
    int64_t id = -1;
    if (hit && store_identity(&m->c->store, &held[i].act.subject, &id, NULL) == TC_OK)
      words_add_id(m->words, id, set);
  }
}

static void add_runs(const struct matcher *m, const struct query *q, const char *digits,
                     size_t most, uint64_t *set) {
  char forms[QUERY_FORMS][QUERY_DIGITS];
  struct run_pattern patterns[QUERY_FORMS];
  size_t count = query_forms(forms, digits, q->plus, m->query->country, false);
  for (size_t i = 0; i < count; i++)
    run_pattern_set(&patterns[i], forms[i]);
  words_add_runs(m->words, patterns, count, m->left, m->mine, most, set);
}

/* An extension of one plan: those that have it, and a number in that plan. */
static void add_in_plan(const struct matcher *m, const struct query *q, uint64_t *set) {
  struct buffer marker = BUFFER_INIT;
  uint64_t *there = words_set(m->words);
  document_marker(&marker, '%', q->plan);
  if (there && marker.status == TC_OK) {
    words_add_number(m->words, q->digits, set);
    words_add(m->words, marker.data, marker.len - 1, INDEX_PLAIN, there);
    bits_and(set, there, m->words->words);
  }
  m->words->set_count -= there != NULL;
  buffer_free(&marker);
}

static uint64_t *number_tier(struct matcher *m, const struct query *q, enum match tier,
                             size_t most) {
  const char *digits = tier == MATCH_KEYBOARD ? q->unshifted : q->digits;
  size_t least = tier == MATCH_NUMBER ? 1 : 2; /* one digit runs through nearly every number */
  uint64_t *set = strlen(digits) >= least ? words_set(m->words) : NULL;
  if (!set)
    return NULL;
  if (tier != MATCH_NUMBER)
    add_runs(m, q, digits, most, set);
  if (q->plan)
    add_in_plan(m, q, set);
  else if (tier != MATCH_NUMBER_PART)
    add_whole(m, q, digits, set);
  if (tier == MATCH_NUMBER)
    add_written(m, q, set);
  bits_and(set, m->left, m->words->words);
  return set;
}

bool match_is_run(const struct query_token *t) {
  return t->len >= RUN_LEAST && t->len < QUERY_DIGITS && strspn(t->text, "0123456789") == t->len;
}

/* "dupont 5240", "SAB 2222": figures among words may be a number, or run through one. */
static uint64_t *mixed_tier(struct matcher *m, const struct query *q) {
  const uint64_t *ways[WAY_COUNT];
  bool any = false, is_new = false;
  uint64_t *set = words_set(m->words);
  if (!set)
    return NULL;
  bits_copy(set, m->left, m->words->words);
  for (size_t i = 0; i < q->token_count; i++) {
    size_t count = match_is_run(&q->tokens[i])
                       ? 0
                       : ways_of(m, q, &q->tokens[i], MATCH_PREFIX, false, ways, &is_new);
    any = any || match_is_run(&q->tokens[i]);
    if (count == 0 && !match_is_run(&q->tokens[i]))
      return NULL;
    if (count)
      narrow(set, ways, count, m->words->words);
  }
  for (size_t i = 0; any && i < q->token_count; i++) {
    const struct query_token *t = &q->tokens[i];
    uint64_t *owners = match_is_run(t) ? words_set(m->words) : NULL;
    struct run_pattern pattern;
    if (!match_is_run(t))
      continue;
    if (!owners)
      return NULL;
    run_pattern_set(&pattern, t->text);
    words_add_runs(m->words, &pattern, 1, set, m->mine, SIZE_MAX, owners);
    words_add_number(m->words, t->text, owners);
    if (ways_of(m, q, t, MATCH_PREFIX, false, ways, &is_new))
      bits_or(owners, ways[0], m->words->words);
    bits_and(set, owners, m->words->words);
    m->words->set_count--;
  }
  return any ? set : NULL;
}

/* What comes first of a tier of words. */
static void read_before(struct matcher *m, const struct query *q, enum match tier,
                        const uint64_t *set, struct match_before *out) {
  struct named named;
  if (tier <= MATCH_PREFIX)
    out->named = pairs_of(m, q, tier);
  if (tier == MATCH_ALIAS || (out->named && tier != MATCH_WORD) ||
      !read_named(m, q, tier, set, &named))
    return;
  if (tier == MATCH_WORD)
    out->whole = whole_of(m, &named);
  if (!out->named)
    out->named = named.all;
}

uint64_t *matcher_tier(struct matcher *m, const struct query *q, enum match tier, size_t most,
                       struct match_before *before) {
  uint64_t *set = NULL;
  *before = (struct match_before){.whole = NULL};
  if (!m->left)
    return NULL;
  if (tier == MATCH_NUMBER_PART && !q->digits[0]) {
    set = mixed_tier(m, q);
  } else if (tier == MATCH_NUMBER || tier == MATCH_NUMBER_PART || tier == MATCH_KEYBOARD) {
    set = number_tier(m, q, tier, most);
  } else if (q->token_count == 0) { /* only filters: everything that fits them */
    if (tier == MATCH_WORD && q->filter_count && (set = words_set(m->words)))
      bits_copy(set, m->left, m->words->words);
  } else if (!q->digits[0] || tier <= MATCH_PREFIX) { /* a number is not misheard */
    set = words_tier(m, q, tier);
    if (set)
      read_before(m, q, tier, set, before);
  }
  if (set)
    bits_and_not(m->left, set, m->words->words);
  return set;
}

/* ---- by what one entry shows -------------------------------------------------------------------
 */

static bool is_among(const struct near_terms *near, const char *word, size_t len) {
  for (size_t i = 0; near && i < near->count; i++)
    if (near->terms[i].len == len && memcmp(near->terms[i].text, word, len) == 0)
      return true;
  return false;
}

/* Does a marker say the site that the token names, or the kind? */
static bool is_said(const struct matcher *m, const struct query_token *t, const char *word,
                    size_t len, bool prefix) {
  for (int k = 1; *word == '=' && k < CONTACT_KIND_COUNT; k++) {
    const char *kind = contact_kind_word((enum contact_kind)k);
    if (t->kinds & (UINT32_C(1) << k) && strlen(kind) + 1 == len &&
        memcmp(kind, word + 1, len - 1) == 0)
      return true;
  }
  for (size_t i = 0; *word == '@' && i < m->c->house.site_count && t->len <= FOLD_WORD_MAX; i++) {
    const struct site_words *s = &m->c->site_words[i];
    if (!t->particle && strlen(s->marker) == len && memcmp(s->marker, word, len) == 0 &&
        fits_site(s, t, prefix))
      return true;
  }
  return false;
}

/* Do figures among words run through a number; or are they a masked one? */
static bool is_in_number(const struct query_token *t, const char *word, size_t len) {
  if (*word == '^')
    return len - 1 == t->len && memcmp(word + 1, t->text, t->len) == 0;
  return *word == '+' && memmem(word + 1, len - 1, t->text, t->len);
}

static bool fits_token(struct matcher *m, const struct query *q, const struct query_token *t,
                       enum match tier, const char *document) {
  bool run = tier == MATCH_NUMBER_PART && match_is_run(t);
  bool whole = tier == MATCH_WORD || t->site;
  bool alias = tier >= MATCH_ALIAS && !t->site && (t->len >= 2 || q->token_count == 1);
  const struct near_terms *near = t->site               ? NULL
                                  : tier == MATCH_SOUND ? sounds_of(m, t)
                                  : tier == MATCH_TYPO  ? typos_of(m, t)
                                                        : NULL;
  for (const char *word = document, *end; (end = strchr(word, ' ')); word = end + 1) {
    const char *own = word + (*word == '~');
    size_t len = (size_t)(end - own);
    if (!len)
      continue;
    bool begins = len >= t->len && memcmp(own, t->text, t->len) == 0 && (len == t->len || !whole);
    if ((begins && (own == word || alias)) || is_among(near, own, len) ||
        is_said(m, t, own, len, !whole) || (run && is_in_number(t, own, len)))
      return true;
  }
  return false;
}

/* One of the markers of a filter, a blank behind each. */
static bool fits_filter(const char *markers, const char *document) {
  for (const char *end; (end = strchr(markers, ' ')); markers = end + 1)
    for (const char *word = document, *behind; (behind = strchr(word, ' ')); word = behind + 1)
      if (behind - word == end - markers && memcmp(word, markers, (size_t)(end - markers)) == 0)
        return true;
  return false;
}

bool matcher_fits(struct matcher *m, const struct query *q, enum match tier, const char *document) {
  for (size_t i = 0; i < q->filter_count; i++)
    if (!fits_filter(q->filters[i], document))
      return false;
  for (size_t i = 0; i < q->token_count; i++)
    if (!fits_token(m, q, &q->tokens[i], tier, document))
      return false;
  return true;
}
