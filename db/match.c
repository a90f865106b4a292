#include "db/match.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/fold.h"
#include "core/near.h"
#include "db/document.h"
#include "db_sql.h"

/* FTS5's longest prefix index, in letters; a longer prefix becomes the words that begin with it. */
enum { PREFIX_LETTERS = 6, EXPAND_MOST = 64, NEAR_MOST = 8, SITE_LETTERS = 3 };

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

void match_wrap(struct buffer *out, const char *expression, const struct query *q,
                const struct match_bounds *bounds, enum match_section section) {
  buffer_clear(out);
  buffer_printf(out, "(%s)", expression);
  for (size_t i = 0; i < q->filter_count; i++)
    buffer_printf(out, " AND %s", q->filters[i]);
  if (bounds->within.len)
    buffer_printf(out, " AND (%s)", buffer_text(&bounds->within));
  if (section == SECTION_HERE)
    buffer_printf(out, " AND %s", buffer_text(&bounds->mine));
  else if (section == SECTION_ELSEWHERE && bounds->mine.len)
    buffer_printf(out, " NOT %s", buffer_text(&bounds->mine));
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
  tc_status status;
};

static void alternative(struct clause *x, char sign, const char *text, size_t len, bool prefix) {
  buffer_add_text(x->out, x->alternatives++ ? " OR \"" : "(\"");
  if (sign)
    buffer_add_char(x->out, sign);
  buffer_add(x->out, text, len);
  buffer_add_text(x->out, prefix ? "\" *" : "\"");
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
  if (letters(t->text, t->len) + (sign ? 1 : 0) <= PREFIX_LETTERS) {
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

/* Sites whose code, name or other name the token is, or begins. */
static void of_sites(struct clause *x, const struct query_token *t, bool prefix) {
  char word[FOLD_WORD_MAX + 3];
  if (t->len > FOLD_WORD_MAX)
    return;
  snprintf(word, sizeof word, " %.*s ", (int)t->len, t->text);
  for (size_t i = 0; i < x->c->house.site_count; i++) {
    const struct site_words *s = &x->c->site_words[i];
    bool fits = strstr(s->code, word) || strstr(s->names, word);
    if (!fits && prefix && t->len >= SITE_LETTERS) {
      word[t->len + 1] = '\0';
      fits = strstr(s->names, word) != NULL;
      word[t->len + 1] = ' ';
    }
    if (fits)
      alternative(x, 0, s->marker, strlen(s->marker), false);
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

static bool has_letters(const struct query_token *t) {
  return !(t->text[0] >= '0' && t->text[0] <= '9');
}

static void alternative_term(struct clause *x, const struct term *t) {
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
      alternative_term(x, &(struct term){word, sqlite3_column_int(stmt, 1)});
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
    alternative_term(x, &words[i]);
}

/* Every way the token may be satisfied in a tier; each tier holds the ways of those before it. */
static void token_clause(struct clause *x, const struct query_token *t, enum match tier,
                         bool unknown) {
  x->alternatives = 0;
  of_kinds(x, t->kinds);
  of_sites(x, t, tier != MATCH_WORD);
  if (tier == MATCH_WORD)
    alternative(x, 0, t->text, t->len, false);
  else
    begins_with(x, 0, t);
  if (tier >= MATCH_ALIAS && x->status == TC_OK)
    begins_with(x, '~', t);
  if (tier == MATCH_SOUND && has_letters(t) && x->status == TC_OK)
    as_heard(x, t);
  if (tier == MATCH_TYPO && has_letters(t) && x->status == TC_OK)
    nearly(x, t, unknown);
  if (x->alternatives == 0) /* no word of the directory fits */
    alternative(x, '#', "none", 4, false);
  buffer_add_char(x->out, ')');
}

/* ---- tiers -------------------------------------------------------------------------------------
 */

static void number_clause(struct clause *x, const struct query *q, const char *digits, bool whole) {
  char forms[QUERY_FORMS][QUERY_DIGITS];
  size_t count = query_forms(forms, digits, q->plus, x->country, whole);
  x->alternatives = 0;
  for (size_t i = 0; i < count; i++)
    alternative(x, whole ? '^' : '+', forms[i], strlen(forms[i]), !whole);
  buffer_add_char(x->out, ')');
}

tc_status match_write(struct buffer *out, bool *any, struct cache *c, const struct query *q,
                      enum match tier, const char *country, struct arena *arena,
                      struct tc_error *err) {
  struct clause x = {.out = out, .c = c, .country = country, .arena = arena, .err = err};
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
      number_clause(&x, q, q->unshifted, true);
      buffer_add_text(out, " OR ");
      number_clause(&x, q, q->unshifted, false);
    }
    break;
  default:
    *any = q->token_count > 0;
    if (number && tier > MATCH_PREFIX) /* a number is not misheard */
      *any = false;
    for (size_t i = 0; i < q->token_count && *any && x.status == TC_OK; i++) {
      if (i)
        buffer_add_text(out, " AND ");
      token_clause(&x, &q->tokens[i], tier, unknown);
    }
    /* Only filters: everything that fits them. */
    if (q->token_count == 0 && q->filter_count && tier == MATCH_WORD) {
      *any = true;
      buffer_add_text(out, q->filters[0]);
    }
  }
  return x.status == TC_OK ? buffer_status(out, err) : x.status;
}
