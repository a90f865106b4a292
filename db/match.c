#include "db/match.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/fold.h"
#include "core/near.h"
#include "db/document.h"
#include "db_sql.h"

/* FTS5's longest prefix index, in letters; a longer prefix becomes the words that begin with it. */
enum { PREFIX_LETTERS = 6, EXPAND_MOST = 64, NEAR_MOST = 8, SITE_LETTERS = 3, SITES_TOLD = 6 };

void match_bounds_read(struct match_bounds *b, const struct house *house,
                       const struct search_query *query) {
  *b = (struct match_bounds){.within = BUFFER_INIT, .mine = BUFFER_INIT};
  if (query->site && *query->site) {
    buffer_add_char(&b->mine, '"');
    document_marker(&b->mine, '@', query->site);
    buffer_add_char(&b->mine, '"');
  }
  if (query->scope == SEARCH_MINE)
    buffer_add(&b->within, buffer_text(&b->mine), b->mine.len);
  if (query->scope == SEARCH_ONE && query->only && *query->only) {
    buffer_add_char(&b->within, '"');
    document_marker(&b->within, '@', query->only);
    buffer_add_char(&b->within, '"');
  }
  if (query->scope == SEARCH_GROUP && query->only)
    for (size_t i = 0; i < house->site_count; i++)
      if (strcmp(house->sites[i].group, query->only) == 0) {
        buffer_add_text(&b->within, b->within.len ? " OR \"" : "\"");
        document_marker(&b->within, '@', house->sites[i].code);
        buffer_add_char(&b->within, '"');
      }
}

void match_bounds_free(struct match_bounds *b) {
  buffer_free(&b->within);
  buffer_free(&b->mine);
}

/* Narrows what is in out by another clause.  FTS5 moves every child of one AND along together, a
 * common word as often as a rare one; behind an OR it moves the common one only where all that
 * stands before it has met ("#none" is in no document; an AND within an AND would be made one). */
static void narrow(struct buffer *out, const char *clause, size_t len) {
  static const char open[] = "((", close[] = ") OR \"#none\") AND ";
  char *room = buffer_reserve(out, sizeof open - 1);
  if (!room)
    return;
  memmove(out->data + sizeof open - 1, out->data, out->len + 1);
  memcpy(out->data, open, sizeof open - 1);
  out->len += sizeof open - 1;
  buffer_add_text(out, close);
  buffer_add(out, clause, len);
}

/* The first two clauses meet, each further one narrows. */
static void join(struct buffer *out, size_t *count, const char *clause, size_t len) {
  if (*count < 2) {
    buffer_add_text(out, *count ? " AND " : "");
    buffer_add(out, clause, len);
  } else {
    narrow(out, clause, len);
  }
  ++*count;
}

void match_wrap(struct buffer *out, const char *clauses, const struct query *q,
                const struct match_bounds *bounds, enum match_section section) {
  size_t count = 0;
  buffer_clear(out);
  while (*clauses) {
    size_t len = strcspn(clauses, "\n");
    join(out, &count, clauses, len);
    clauses += len + (clauses[len] == '\n');
    /* One site of many: rarer than most words. */
    if (count == 1 && section == SECTION_HERE)
      join(out, &count, buffer_text(&bounds->mine), bounds->mine.len);
  }
  for (size_t i = 0; i < q->filter_count; i++)
    join(out, &count, q->filters[i], strlen(q->filters[i]));
  if (bounds->within.len) {
    struct buffer within = BUFFER_INIT;
    buffer_printf(&within, "(%s)", buffer_text(&bounds->within));
    join(out, &count, buffer_text(&within), within.len);
    buffer_free(&within);
  }
  if (section == SECTION_ELSEWHERE && bounds->mine.len) {
    struct buffer all = BUFFER_INIT;
    buffer_printf(&all, "(%s) NOT %s", buffer_text(out), buffer_text(&bounds->mine));
    buffer_clear(out);
    buffer_add(out, buffer_text(&all), all.len);
    buffer_free(&all);
  }
}

/* ---- clauses of one token ----------------------------------------------------------------------
 */

struct clause {
  struct buffer *out;
  struct cache *c;
  const char *country;
  struct arena *arena;
  struct tc_error *err;
  size_t alternatives; /* of the token in hand */
  size_t tokens;
  tc_status status;
};

static void alternative(struct clause *x, char sign, const char *text, size_t len, bool prefix) {
  buffer_add_text(x->out, x->alternatives++ ? " OR \"" : "(\"");
  if (sign)
    buffer_add_char(x->out, sign);
  buffer_add(x->out, text, len);
  buffer_add_text(x->out, prefix ? "\" *" : "\"");
}

/* Words that begin with a digit are not among the terms. */
static bool has_letters(const struct query_token *t) {
  return !(t->text[0] >= '0' && t->text[0] <= '9');
}

/* Letters of a folded word. */
static size_t letters(const char *text, size_t len) {
  size_t n = 0;
  for (size_t i = 0; i < len; i++)
    n += ((unsigned char)text[i] & 0xC0) != 0x80;
  return n;
}

/* Words that begin with the token, by sign.  Short ones by the prefix index; long ones as the words
 * there are, or as FTS5's own slow prefix where these are too many. */
static void begins_with(struct clause *x, char sign, const struct query_token *t) {
  if (!has_letters(t) || letters(t->text, t->len) + (sign ? 1 : 0) <= PREFIX_LETTERS) {
    alternative(x, sign, t->text, t->len, true);
    return;
  }
  char *end = arena_printf(x->arena, "%s\xff", t->text);
  sqlite3_stmt *stmt = store_statement(&x->c->store, sql_term_prefix, x->err);
  size_t found = 0, start = x->out->len, had = x->alternatives;
  if (!end || !stmt) {
    x->status = end ? TC_DAMAGED : tc_fail(x->err, TC_NO_MEMORY, _("out of memory"));
    return;
  }
  sqlite3_bind_text(stmt, 1, t->text, (int)t->len, SQLITE_STATIC);
  sqlite3_bind_text(stmt, 2, end, -1, SQLITE_STATIC);
  sqlite3_bind_int(stmt, 3, EXPAND_MOST + 1);
  sqlite3_bind_int(stmt, 4, sign ? USE_ALIAS : USE_PLAIN);
  while ((x->status = store_step(&x->c->store, stmt, x->err)) == TC_OK) {
    if (++found > EXPAND_MOST)
      break;
    alternative(x, sign, (const char *)sqlite3_column_text(stmt, 0),
                (size_t)sqlite3_column_bytes(stmt, 0), false);
  }
  sqlite3_reset(stmt);
  if (x->status == TC_DONE)
    x->status = TC_OK;
  if (found > EXPAND_MOST && x->out->data) {
    x->out->len = start;
    x->out->data[start] = '\0';
    x->alternatives = had;
    alternative(x, sign, t->text, t->len, true);
  }
}

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

/* Sites that the token names. */
static void of_sites(struct clause *x, const struct query_token *t, bool prefix) {
  if (t->len > FOLD_WORD_MAX || t->particle)
    return;
  for (size_t i = 0; i < x->c->house.site_count; i++) {
    const struct site_words *s = &x->c->site_words[i];
    if (fits_site(s, t, prefix))
      alternative(x, 0, s->marker, strlen(s->marker), false);
  }
}

void match_mark_common(struct query *q, const struct cache *c) {
  for (size_t i = 0; i < q->token_count; i++) {
    size_t fits = 0;
    for (size_t k = 0; k < c->house.site_count && q->tokens[i].len <= FOLD_WORD_MAX; k++)
      fits += fits_site(&c->site_words[k], &q->tokens[i], true);
    if (fits > SITES_TOLD)
      q->tokens[i].particle = true;
  }
}

static void of_kinds(struct clause *x, uint32_t kinds) {
  struct buffer marker = BUFFER_INIT;
  for (int k = 1; k < CONTACT_KIND_COUNT; k++)
    if (kinds & (UINT32_C(1) << k)) {
      buffer_clear(&marker);
      document_marker(&marker, '=', contact_kind_word((enum contact_kind)k));
      if (marker.status == TC_OK)
        alternative(x, 0, marker.data, marker.len - 1, false);
    }
  buffer_free(&marker);
}

/* Is there a word of a use from the token up to, and without, `end`? */
static bool any_term(struct clause *x, const struct query_token *t, const char *end, int use) {
  sqlite3_stmt *stmt = store_statement(&x->c->store, sql_term_prefix, x->err);
  if (!end || !stmt)
    return false;
  sqlite3_bind_text(stmt, 1, t->text, (int)t->len, SQLITE_STATIC);
  sqlite3_bind_text(stmt, 2, end, -1, SQLITE_STATIC);
  sqlite3_bind_int(stmt, 3, 1);
  sqlite3_bind_int(stmt, 4, use);
  bool any = store_step(&x->c->store, stmt, NULL) == TC_OK;
  sqlite3_reset(stmt);
  return any;
}

/* Does any alias begin with the token?  A lone letter among others is not taken for one. */
static bool alias_begins(struct clause *x, const struct query_token *t) {
  return (t->len >= 2 || x->tokens == 1) &&
         (!has_letters(t) || any_term(x, t, arena_printf(x->arena, "%s\xff", t->text), USE_ALIAS));
}

/* Is the token a word of the directory, not of its aliases alone? */
static bool term_exists(struct clause *x, const struct query_token *t) {
  return any_term(x, t, arena_printf(x->arena, "%s\x01", t->text), USE_PLAIN);
}

static void alternative_term(struct clause *x, const struct query_token *token,
                             const struct term *t) {
  if (strlen(t->text) >= token->len && memcmp(t->text, token->text, token->len) == 0)
    return; /* the token begins it: found already */
  if (t->uses & USE_PLAIN)
    alternative(x, 0, t->text, strlen(t->text), false);
  if (t->uses & USE_ALIAS)
    alternative(x, '~', t->text, strlen(t->text), false);
}

static void as_heard(struct clause *x, const struct query_token *t) {
  char sound[NEAR_SOUND_MAX];
  near_sound(t->text, t->len, sound);
  sqlite3_stmt *stmt = *sound ? store_statement(&x->c->store, sql_term_sound, x->err) : NULL;
  if (!stmt)
    return;
  sqlite3_bind_text(stmt, 1, sound, -1, SQLITE_STATIC);
  sqlite3_bind_int(stmt, 2, NEAR_MOST);
  while ((x->status = store_step(&x->c->store, stmt, x->err)) == TC_OK) {
    const char *word = (const char *)sqlite3_column_text(stmt, 0);
    if (word)
      alternative_term(x, t, &(struct term){word, sqlite3_column_int(stmt, 1)});
  }
  if (x->status == TC_DONE)
    x->status = TC_OK;
}

/* A word that no word of the directory begins with was probably mistyped; where there is one, the
 * others are taken as they stand. */
static void nearly(struct clause *x, const struct query_token *t, bool others_unknown) {
  struct term words[NEAR_MOST];
  if (others_unknown && terms_begin(x->c->terms, t->text, t->len))
    return;
  size_t count = terms_near(x->c->terms, t->text, t->len, t->last, words, NEAR_MOST);
  for (size_t i = 0; i < count; i++)
    alternative_term(x, t, &words[i]);
}

static void close_clause(struct clause *x) {
  if (x->alternatives == 0) /* no word of the directory fits */
    alternative(x, '#', "none", 4, false);
  buffer_add_char(x->out, ')');
}

/* The ways that only this tier has to satisfy a token, none for the exact tiers. */
static void new_ways(struct clause *x, const struct query_token *t, enum match tier, bool unknown) {
  if (x->status != TC_OK)
    return;
  if (tier == MATCH_ALIAS && alias_begins(x, t))
    begins_with(x, '~', t);
  else if (tier == MATCH_SOUND && has_letters(t))
    as_heard(x, t);
  else if (tier == MATCH_TYPO && has_letters(t))
    nearly(x, t, unknown);
}

/* Every way to satisfy a token up to a tier. */
static void all_ways(struct clause *x, const struct query_token *t, enum match tier, bool unknown) {
  x->alternatives = 0;
  of_kinds(x, t->kinds);
  of_sites(x, t, tier != MATCH_WORD);
  if (tier == MATCH_WORD)
    alternative(x, 0, t->text, t->len, false);
  else
    begins_with(x, 0, t);
  if (tier >= MATCH_ALIAS && x->status == TC_OK && alias_begins(x, t))
    begins_with(x, '~', t);
  if (tier > MATCH_ALIAS)
    new_ways(x, t, tier, unknown);
  close_clause(x);
}

/* ---- tiers -------------------------------------------------------------------------------------
 */

/* The extension that a public number reaches through a plan's range, at the sites of that plan:
 * records hold the extension alone. */
static void of_ranges(struct clause *x, const char *digits) {
  char e164[QUERY_DIGITS + 1], extension[DIAL_MAX];
  snprintf(e164, sizeof e164, "+%.*s", QUERY_DIGITS - 1, digits);
  const struct house *house = &x->c->house;
  for (size_t i = 0; i < house->plan_count; i++) {
    if (!dial_extension(extension, &house->plans[i], e164))
      continue;
    for (size_t k = 0; k < house->site_count; k++)
      if (strcmp(house->sites[k].plan, house->plans[i].code) == 0)
        buffer_printf(x->out, " OR (\"^%s\" AND \"%s\")", extension, x->c->site_words[k].marker);
  }
}

static void number_clause(struct clause *x, const struct query *q, const char *digits, bool whole) {
  char forms[QUERY_FORMS][QUERY_DIGITS];
  size_t count = query_forms(forms, digits, q->plus, x->country, whole);
  x->alternatives = 0;
  for (size_t i = 0; i < count; i++)
    alternative(x, whole ? '^' : '+', forms[i], strlen(forms[i]), !whole);
  for (size_t i = 0; i < count && whole; i++)
    of_ranges(x, forms[i]);
  buffer_add_char(x->out, ')');
}

/* Is a rarer than b, as far as can be told from the words themselves? */
static bool is_rarer(const struct query_token *a, const struct query_token *b) {
  if (a->particle != b->particle)
    return !a->particle;
  return a->len > b->len;
}

/* The tokens, the rarest first. */
static void sort_tokens(const struct query_token **order, const struct query *q) {
  for (size_t i = 0; i < q->token_count; i++) {
    size_t at = i;
    for (; at > 0 && is_rarer(&q->tokens[i], order[at - 1]); at--)
      order[at] = order[at - 1];
    order[at] = &q->tokens[i];
  }
}

/* An exact tier: every token in its ways, a newline between two. */
static void exact_clauses(struct clause *x, const struct query *q, enum match tier) {
  const struct query_token *order[QUERY_TOKENS];
  sort_tokens(order, q);
  for (size_t i = 0; i < q->token_count && x->status == TC_OK; i++) {
    if (i)
      buffer_add_char(x->out, '\n');
    all_ways(x, order[i], tier, false);
  }
}

/* A later tier: at least one token in a way that is new, which few entries have, the others in any
 * way: one term of a disjunction for each token that has new ways.  Returns how many. */
static size_t new_clauses(struct clause *x, const struct query *q, enum match tier, bool unknown) {
  const struct query_token *order[QUERY_TOKENS];
  struct buffer term = BUFFER_INIT, clause = BUFFER_INIT, *whole = x->out;
  size_t terms = 0;
  sort_tokens(order, q);
  for (size_t i = 0; i < q->token_count && x->status == TC_OK; i++) {
    size_t joined = 0;
    buffer_clear(&term);
    buffer_clear(&clause);
    /* cppcheck-suppress autoVariables ; the caller's comes back below */
    x->out = &clause;
    x->alternatives = 0;
    new_ways(x, order[i], tier, unknown);
    if (x->alternatives == 0)
      continue;
    close_clause(x);
    join(&term, &joined, buffer_text(&clause), clause.len);
    for (size_t k = 0; k < q->token_count && x->status == TC_OK; k++)
      if (k != i) {
        buffer_clear(&clause);
        all_ways(x, order[k], tier, unknown);
        join(&term, &joined, buffer_text(&clause), clause.len);
      }
    buffer_printf(whole, "%s(%s)", terms++ ? " OR " : "(", buffer_text(&term));
  }
  x->out = whole;
  if (terms)
    buffer_add_char(whole, ')');
  if (x->status == TC_OK)
    x->status = buffer_status(&term, x->err);
  if (x->status == TC_OK)
    x->status = buffer_status(&clause, x->err);
  buffer_free(&term);
  buffer_free(&clause);
  return terms;
}

/* Can every token be a whole word?  Else the tier of whole words has nothing to say. */
static bool all_words(struct clause *x, const struct query *q) {
  struct buffer *out = x->out, ways = BUFFER_INIT;
  bool all = true;
  x->out = &ways;
  for (size_t i = 0; i < q->token_count && all; i++) {
    const struct query_token *t = &q->tokens[i];
    x->alternatives = 0;
    of_kinds(x, t->kinds);
    of_sites(x, t, false);
    all = x->alternatives > 0 || !has_letters(t) || term_exists(x, t);
  }
  x->out = out;
  buffer_free(&ways);
  return all;
}

tc_status match_write(struct buffer *out, bool *any, struct cache *c, const struct query *q,
                      enum match tier, const char *country, struct arena *arena,
                      struct tc_error *err) {
  struct clause x = {
      .out = out, .c = c, .country = country, .arena = arena, .err = err, .tokens = q->token_count};
  bool number = q->digits[0] != '\0';
  bool unknown = false; /* is there a word that no word of the directory begins with? */
  buffer_clear(out);
  *any = true;
  if (tier == MATCH_TYPO && !c->terms) {
    tc_status status = terms_read(&c->terms, &c->store, err);
    if (status != TC_OK)
      return status;
  }
  for (size_t i = 0; tier == MATCH_TYPO && i < q->token_count; i++)
    unknown = unknown || !terms_begin(c->terms, q->tokens[i].text, q->tokens[i].len);
  switch (tier) {
  case MATCH_NUMBER:
  case MATCH_NUMBER_PART:
    *any = number;
    if (number)
      number_clause(&x, q, q->digits, tier == MATCH_NUMBER);
    break;
  case MATCH_KEYBOARD:
    *any = q->unshifted[0] != '\0';
    if (*any) {
      buffer_add_char(out, '(');
      number_clause(&x, q, q->unshifted, true);
      buffer_add_text(out, " OR ");
      number_clause(&x, q, q->unshifted, false);
      buffer_add_char(out, ')');
    }
    break;
  default:
    *any = q->token_count > 0;
    if (number && tier > MATCH_PREFIX) /* a number is not misheard */
      *any = false;
    if (*any && tier == MATCH_WORD)
      *any = all_words(&x, q);
    if (*any && tier >= MATCH_ALIAS)
      *any = new_clauses(&x, q, tier, unknown) > 0;
    else if (*any)
      exact_clauses(&x, q, tier);
    /* Only filters: everything that fits them. */
    if (q->token_count == 0 && q->filter_count && tier == MATCH_WORD) {
      *any = true;
      buffer_add_text(out, q->filters[0]);
    }
  }
  return x.status == TC_OK ? buffer_status(out, err) : x.status;
}
