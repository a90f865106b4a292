#include "db/search.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/fold.h"
#include "core/near.h"
#include "core/phone.h"
#include "db/bits.h"
#include "db/document.h"
#include "db/fewer.h"
#include "db/handle.h"
#include "db/match.h"
#include "db/place.h"
#include "db/query.h"

/* Approximate tiers run only while the exact ones found fewer rows than this: with enough exact
 * answers on the screen a guess is noise. */
enum { ENOUGH = 8, LIMIT_MOST = 1000 };

struct found {
  int64_t id;
  enum match match;
  bool here, dialled;
};

/* Rows in the order of the screen: exact ones of my site, exact ones elsewhere, guesses of both. */
enum { LIST_EXACT, LIST_NEAR = 2, LISTS = 4 };

/* One query being answered. */
struct search {
  struct cache *c;
  const struct search_query *query;
  struct query q;
  struct query dialled; /* the number that is rung with it, where that is another; else empty */
  struct matcher matcher;
  struct arena *arena;
  struct found *found[LISTS]; /* each in order, with room for `most` */
  size_t count[LISTS], skip, most, counted_most;
  size_t doubted;                    /* entries that were looked at */
  struct arena doubts;               /* of the one at hand */
  const char *missing[QUERY_TOKENS]; /* words that no entry has, where nothing was found */
  size_t missing_count;
};

/* What is being counted. */
struct counting {
  struct search_result *out;
  size_t list; /* LIST_EXACT or LIST_NEAR */
};

static bool stands(struct search *s, const struct query *q, enum match tier, int64_t id);

/* Counts the rows of one section of a set, in their order, until it is full. */
static void add_rows(struct search *s, const struct query *q, struct counting *n,
                     const uint64_t *set, enum match tier, bool here) {
  struct matcher *m = &s->matcher;
  size_t *counted = here ? &n->out->here : &n->out->elsewhere;
  bool *more = here ? &n->out->more_here : &n->out->more_elsewhere;
  size_t list = n->list + (here ? 0 : 1);
  struct words_cursor cursor;
  int64_t id;
  if (*more || (here && !m->mine))
    return;
  words_begin_at(m->words, &cursor, set, m->mine, !here);
  while (words_next(m->words, &cursor, &id)) {
    if (m->doubtful && bits_has(m->doubtful, cursor.bit) && !stands(s, q, tier, id)) {
      bits_add(m->left, cursor.bit); /* another tier may find it */
      continue;
    }
    if (*counted >= s->counted_most) {
      *more = true;
      return;
    }
    ++*counted;
    if (s->count[list] < s->most)
      s->found[list][s->count[list]++] = (struct found){id, tier, here, q == &s->dialled};
  }
}

/* One tier of both sections. */
static void run_tier(struct search *s, const struct query *q, enum match tier, struct counting *n) {
  struct words *w = s->matcher.words;
  struct match_before before;
  if (n->out->more_elsewhere && (n->out->more_here || !s->matcher.mine))
    return;
  uint64_t *set = matcher_tier(&s->matcher, q, tier, s->counted_most + 1, &before);
  if (!set)
    return;
  uint64_t *const sets[] = {before.whole, before.named, set};
  for (size_t i = 0; i < 2; i++)
    if (sets[i]) {
      bits_and(sets[i], set, w->words);
      bits_and_not(set, sets[i], w->words);
    }
  for (int here = 1; here >= 0; here--)
    for (size_t i = 0; i < 3; i++)
      if (sets[i])
        add_rows(s, q, n, sets[i], tier, here == 1);
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

static void run_tiers(struct search *s, const struct query *q, const struct tier *tiers,
                      size_t count, struct counting *n) {
  for (size_t i = 0; i < count; i++)
    if (!tiers[i].only_under || n->out->here + n->out->elsewhere < tiers[i].only_under) {
      run_tier(s, q, tiers[i].tier, n);
      if (tiers[i].tier == MATCH_NUMBER && s->dialled.digits[0])
        run_tier(s, &s->dialled, MATCH_NUMBER, n);
    }
}
#define RUN_TIERS(s, q, tiers, n) run_tiers(s, q, tiers, sizeof(tiers) / sizeof *(tiers), n)

/* "du aub" may be Dupont at Saint-Aubin, "chef du service" may be written without its "du": where a
 * particle stands first, both readings are tried, the one with all words first; elsewhere it is
 * left out. */
static void run_exact(struct search *s, struct counting *n) {
  struct query fewer;
  bool two = query_without_particles(&fewer, &s->q);
  bool first = !two || s->q.tokens[0].particle;
  if (first)
    RUN_TIERS(s, &s->q, exact_tiers, n);
  if (two && (!first || n->out->here + n->out->elsewhere < ENOUGH))
    RUN_TIERS(s, &fewer, exact_tiers, n);
}

/* A site's code narrows; where its site has nothing of the rest it is a word like any other, before
 * anything is guessed. */
static void run_readings(struct search *s, struct search_result *out) {
  struct query fewer;
  struct counting n = {.out = out, .list = LIST_EXACT};
  run_exact(s, &n);
  if (out->here + out->elsewhere == 0 && match_narrows(&s->q)) {
    match_widen(&s->q);
    words_start(s->matcher.words);
    matcher_start(&s->matcher, s->c, s->query, &s->q);
    run_exact(s, &n);
  }
  n.list = LIST_NEAR;
  RUN_TIERS(s, query_without_particles(&fewer, &s->q) ? &fewer : &s->q, near_tiers, &n);
}

/* ---- rows --------------------------------------------------------------------------------------
 */

/* The ways to write what was typed. */
struct forms {
  char text[QUERY_FORMS][QUERY_DIGITS];
  size_t count;
};

static void forms_of(const struct search *s, struct forms *f, const struct query *q,
                     const char *typed, bool whole) {
  f->count = query_forms(f->text, typed, q->plus, s->query->country, whole);
}

static const struct query *query_of(const struct search *s, const struct search_row *row) {
  return row->dialled ? &s->dialled : &s->q;
}

/* Is a number of that plan looked for? */
static bool is_of_plan(const struct query *q, const char *plan) {
  return !q->plan || strcmp(q->plan, plan) == 0;
}

/* Is the number, written in one way or the other, one of the forms, or does one run through it? */
static bool is_number(const char *number, const char *e164, const struct forms *forms, bool part) {
  char digits[DOCUMENT_DIGITS];
  const char *const numbers[] = {number, e164};
  for (size_t n = 0; n < 2; n++) {
    if (document_digits(digits, numbers[n]) == 0)
      continue;
    for (size_t f = 0; f < forms->count; f++)
      if (strcmp(digits, forms->text[f]) == 0 || (part && strstr(digits, forms->text[f])))
        return true;
  }
  return false;
}

/* Is one of the forms the public number of an extension, by the ranges of its plan? */
static bool is_in_range(const struct search *s, const char *code, const char *number,
                        const struct forms *forms) {
  char ddi[PHONE_E164];
  const struct plan *plan = *code ? house_plan(&s->c->house, code) : NULL;
  if (!plan || !dial_ddi(ddi, plan, number))
    return false;
  for (size_t f = 0; f < forms->count; f++)
    if (strcmp(ddi + 1, forms->text[f]) == 0)
      return true;
  return false;
}

/* The contact point that the number is, or runs through. */
static const struct contact *contact_of_number(const struct search *s, const struct query *q,
                                               const struct entry *e, const struct forms *forms,
                                               bool whole) {
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    if (is_of_plan(q, c->plan) && is_number(c->number, c->e164, forms, !whole && !c->masked))
      return c;
  }
  for (size_t i = 0; whole && i < e->contact_count; i++)
    if (is_in_range(s, e->contacts[i].plan, e->contacts[i].number, forms))
      return &e->contacts[i];
  return NULL;
}

/* The number that was the entry's own and is the one typed, or that it runs through. */
static const struct former_number *former_of_number(const struct search *s, const struct query *q,
                                                    const struct entry *e,
                                                    const struct forms *forms, bool whole) {
  for (size_t i = 0; i < e->former_number_count; i++) {
    const struct former_number *f = &e->former_numbers[i];
    if (!is_of_plan(q, f->plan))
      continue;
    if (is_number(f->number, f->e164, forms, !whole) ||
        (whole && is_in_range(s, f->plan, f->number, forms)))
      return f;
  }
  return NULL;
}

/* The contact point with the number that replaced a former one. */
static const struct contact *contact_now(const struct entry *e, const struct former_number *was) {
  char now[DOCUMENT_DIGITS], digits[DOCUMENT_DIGITS];
  if (document_digits(now, was->now) == 0)
    return NULL;
  for (size_t i = 0; i < e->contact_count; i++)
    if (document_digits(digits, e->contacts[i].number) && strcmp(digits, now) == 0)
      return &e->contacts[i];
  return NULL;
}

/* What a row is found by: a contact point with the number, or else a former number.  Whether there
 * is one. */
static bool fill_number(const struct search *s, struct search_row *row, const char *typed,
                        bool whole) {
  const struct query *q = query_of(s, row);
  struct forms forms;
  forms_of(s, &forms, q, typed, whole);
  const struct contact *c = contact_of_number(s, q, &row->entry, &forms, whole);
  if (!c) {
    row->former = former_of_number(s, q, &row->entry, &forms, whole);
    if (!row->former)
      return false;
    row->former_whole = whole || is_number(row->former->number, row->former->e164, &forms, false);
    c = contact_now(&row->entry, row->former);
  }
  if (c)
    row->contact = c->uuid;
  return true;
}

static const struct contact *contact_of_kind(const struct entry *e, uint32_t kinds) {
  for (size_t i = 0; i < e->contact_count; i++)
    if (kinds & (UINT32_C(1) << e->contacts[i].kind))
      return &e->contacts[i];
  return NULL;
}

/* Does a word begin with the token; or, of a guess, sound like it or begin nearly so? */
static bool fits(const struct fold_word *word, const struct query_token *t, bool guess) {
  char heard[NEAR_SOUND_MAX], written[NEAR_SOUND_MAX];
  if (word->len >= t->len && memcmp(word->text, t->text, t->len) == 0)
    return true;
  if (!guess)
    return false;
  near_sound(t->text, t->len, heard);
  near_sound(word->text, word->len, written);
  int most = near_allowance(t->len);
  return (*heard && strcmp(heard, written) == 0) ||
         near_prefix_distance(t->text, t->len, word->text, word->len, most) <= most;
}

static bool has_word(const char *text, const struct query_token *t, bool guess,
                     struct arena *arena) {
  struct fold_words words;
  if (fold_split(&words, text, strlen(text), arena, NULL) != TC_OK)
    return false;
  for (size_t i = 0; i < words.count; i++)
    if (fits(&words.items[i], t, guess))
      return true;
  return false;
}

/* The alias or former name through which the row was found; "": through none. */
static const char *matched_name(const struct search *s, const struct entry *e, bool guess) {
  for (size_t t = 0; t < s->q.token_count; t++) {
    const struct query_token *token = &s->q.tokens[t];
    if (has_word(e->name, token, guess, s->arena))
      continue;
    for (size_t i = 0; i < e->aliases.count; i++)
      if (has_word(e->aliases.items[i], token, guess, s->arena))
        return e->aliases.items[i];
    for (size_t i = 0; i < e->former_name_count; i++)
      if (has_word(e->former_names[i].text, token, guess, s->arena))
        return e->former_names[i].text;
  }
  return "";
}

/* The same of the figures among words. */
static void fill_tokens(const struct search *s, struct search_row *row) {
  for (size_t i = 0; i < s->q.token_count; i++)
    if (match_is_run(&s->q.tokens[i]) && (fill_number(s, row, s->q.tokens[i].text, true) ||
                                          fill_number(s, row, s->q.tokens[i].text, false)))
      return;
}

/* Does a number that is shown beside the contact points run through what was typed? */
static bool beside_runs(const struct search *s, const struct query *q, const struct entry *e,
                        const char *typed) {
  char forms[QUERY_FORMS][QUERY_DIGITS], digits[DOCUMENT_DIGITS];
  size_t count = query_forms(forms, typed, q->plus, s->query->country, false);
  for (size_t f = 0; f < count; f++) {
    for (size_t i = 0; i < e->former_number_count; i++)
      if ((document_digits(digits, e->former_numbers[i].number) && strstr(digits, forms[f])) ||
          (document_digits(digits, e->former_numbers[i].e164) && strstr(digits, forms[f])))
        return true;
    for (size_t i = 0; i < e->override_count; i++)
      if ((document_digits(digits, e->overrides[i].number) && strstr(digits, forms[f])) ||
          (document_digits(digits, e->overrides[i].e164) && strstr(digits, forms[f])))
        return true;
  }
  return false;
}

/* Was it found through a number of a part that is hidden?  Then digits typed one after the other
 * would spell it. */
static bool found_by_hidden(const struct search *s, const struct search_row *row) {
  if (!s->c->hidden || !uuid_is_nil(&row->contact))
    return false;
  if (row->match == MATCH_KEYBOARD)
    return !beside_runs(s, &s->q, &row->entry, s->q.unshifted);
  const struct query *q = query_of(s, row);
  if (q->digits[0])
    return search_by_number(row->match) && !beside_runs(s, q, &row->entry, q->digits);
  if (row->match != MATCH_NUMBER_PART)
    return false;
  for (size_t i = 0; i < s->q.token_count; i++)
    if (match_is_run(&s->q.tokens[i]) && beside_runs(s, &s->q, &row->entry, s->q.tokens[i].text))
      return false;
  return true;
}

static void fill_row(const struct search *s, struct search_row *row, uint32_t kinds) {
  if (row->match == MATCH_NUMBER_PART && !s->q.digits[0]) {
    fill_tokens(s, row);
  } else if (row->match == MATCH_NUMBER || row->match == MATCH_NUMBER_PART) {
    (void)fill_number(s, row, query_of(s, row)->digits, row->match == MATCH_NUMBER);
  } else if (row->match == MATCH_KEYBOARD) {
    (void)fill_number(s, row, s->q.unshifted, false);
  } else if (kinds) {
    const struct contact *c = contact_of_kind(&row->entry, kinds);
    if (c)
      row->contact = c->uuid;
  }
  bool guess = row->match == MATCH_SOUND || row->match == MATCH_TYPO;
  row->matched = guess || row->match == MATCH_ALIAS ? matched_name(s, &row->entry, guess) : "";
}

/* Is an entry found by what it shows?  Figures of its words may be starred, since they are a masked
 * number of somebody else, and words and numbers be those of a part that is hidden: who typed one
 * of them after the other would spell what is not shown, and a count would tell of it. */
static bool stands(struct search *s, const struct query *q, enum match tier, int64_t id) {
  enum { DOUBTED_MOST = 4096 }; /* more are not there: nobody waits for so many to be read */
  struct search_row row = {.id = id, .match = tier, .dialled = q == &s->dialled};
  struct buffer document = BUFFER_INIT;
  bool by_number = search_by_number(tier) && (q->digits[0] || tier == MATCH_KEYBOARD);
  if (by_number && !s->c->hidden)
    return true;
  arena_reset(&s->doubts);
  if (s->doubted++ >= DOUBTED_MOST || cache_place(s->c, id, &s->doubts, &row.entry, NULL) != TC_OK)
    return false;
  if (by_number) {
    fill_row(s, &row, 0);
    return !found_by_hidden(s, &row);
  }
  bool fits = document_write(&document, &row.entry, &s->doubts, NULL) == TC_OK &&
              matcher_fits(&s->matcher, q, tier, buffer_text(&document));
  buffer_free(&document);
  return fits;
}

static bool is_called_alike(const struct search_row *a, const struct search_row *b) {
  return a->here && b->here && a->match == b->match && a->entry.rank == b->entry.rank &&
         a->entry.type == b->entry.type && strcmp(a->entry.name, b->entry.name) == 0;
}

/* Of rows that are called alike those of the site itself stand before those of others that serve
 * it: the first is taken for one's own. */
static void own_first(struct search_row *rows, size_t count, const char *site) {
  for (size_t i = 1; i < count; i++)
    for (size_t k = i;
         k && strcmp(rows[k].entry.site, site) == 0 && strcmp(rows[k - 1].entry.site, site) != 0 &&
         is_called_alike(&rows[k - 1], &rows[k]);
         k--) {
      struct search_row moved = rows[k];
      rows[k] = rows[k - 1];
      rows[k - 1] = moved;
    }
}

/* An extension was looked for that is of one plan: has the entry that one, or one beside? */
static bool is_elsewhere(const struct search *s, const struct search_row *row) {
  const struct query *q = query_of(s, row);
  char digits[DOCUMENT_DIGITS];
  if (!q->plan || !uuid_is_nil(&row->contact) || row->former)
    return false;
  for (size_t i = 0; i < row->entry.override_count; i++) {
    const struct override *o = &row->entry.overrides[i];
    if (is_of_plan(q, o->plan) && document_digits(digits, o->number) &&
        strcmp(digits, q->digits) == 0)
      return false;
  }
  return true;
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
      if (status == TC_DAMAGED) { /* no reason to hide the others, nor to leave it out in silence */
        struct search_lost *lost = f->here ? &out->lost_here : &out->lost_elsewhere;
        if (!lost->count++)
          lost->at = out->count;
        continue;
      }
      if (status != TC_OK && status != TC_NOT_FOUND)
        return status;
      row->id = f->id;
      row->match = f->match;
      row->here = f->here;
      row->dialled = f->dialled;
      if (status == TC_OK)
        fill_row(s, row, kinds);
      bool elsewhere = status == TC_OK && is_elsewhere(s, row);
      if (status == TC_OK && !elsewhere && !found_by_hidden(s, row))
        out->count++;
      else if (elsewhere || s->c->hidden) /* nor is it counted */
        --*(f->here ? &out->here : &out->elsewhere);
    }
  own_first(rows, out->count, s->query->site);
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

/* Does a document have the word, as its own or as an alias; or one that begins so? */
static bool document_has(const char *document, const char *word, size_t len, bool begins) {
  for (const char *at = document; *at; at += strcspn(at, " "), at += *at == ' ') {
    const char *own = at + (*at == '~');
    if (strncmp(own, word, len) == 0 && (begins || own[len] == ' '))
      return true;
  }
  return false;
}

/* While parts are hidden: does an entry that is shown have it in a part that is?  A word of the
 * others is nothing to be told; the first of a list are looked at. */
static bool is_shown(struct search *s, const char *word, size_t len, bool begins) {
  enum { LOOKED_AT = 16 };
  struct words *w = &s->c->words;
  struct words_cursor cursor;
  struct arena arena = ARENA_INIT;
  struct buffer document = BUFFER_INIT;
  bool shown = !s->c->hidden;
  uint64_t *set = shown ? NULL : words_set(w), *all = shown ? NULL : words_set(w);
  if (!set || !all)
    return shown;
  for (int use = INDEX_PLAIN; use <= INDEX_ALIAS; use++)
    (void)(begins ? words_add_begin(w, word, len, use, set) : words_add(w, word, len, use, set));
  words_all(w, all);
  words_begin_at(w, &cursor, set, all, false);
  int64_t id;
  for (int i = 0; i < LOOKED_AT && !shown && words_next(w, &cursor, &id); i++) {
    struct entry e;
    arena_reset(&arena);
    buffer_clear(&document);
    shown = place_entry(&s->c->store, id, s->c->hidden, &arena, &e, NULL) == TC_OK &&
            document_write(&document, &e, &arena, NULL) == TC_OK &&
            document_has(buffer_text(&document), word, len, begins);
  }
  buffer_free(&document);
  arena_free(&arena);
  return shown;
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
  const char *missing = NULL;
  for (size_t i = 0; !s->q.digits[0] && i < s->q.token_count; i++) {
    const struct query_token *t = &s->q.tokens[i];
    bool letters = t->text[0] < '0' || t->text[0] > '9';
    if (matcher_knows(&s->matcher, t) &&
        (t->site || t->kinds || !letters || is_shown(s, t->text, t->len, true)))
      continue; /* it is not what is wrong */
    size_t n = words_near(&s->c->words, t->text, t->len, true, near, NEAREST - out->nearest_count);
    const char *word = arena_copy(s->arena, t->text, t->len);
    missing = missing ? missing : word;
    if (word)
      s->missing[s->missing_count++] = word;
    for (size_t k = 0; k < n; k++)
      if (is_shown(s, near[k].text, near[k].len, false))
        nearest[out->nearest_count++] = arena_copy(s->arena, near[k].text, near[k].len);
  }
  if (missing && s->q.token_count > 1 && !*out->note)
    out->note = arena_printf(s->arena, _("no word begins with \"%s\""), missing);
  else if (!missing && !s->q.digits[0] && s->q.token_count > 1 && !*out->note)
    out->note = _("each word is known, but no entry has them all");
  out->tried = tried;
  out->nearest = nearest;
  return arena_failed(s->arena) ? tc_fail(err, TC_NO_MEMORY, _("out of memory")) : TC_OK;
}

static tc_status say(struct search *s, struct search_result *out, struct tc_error *err) {
  out->note = "";
  if (s->q.unknown)
    out->note = arena_printf(s->arena, _("\"%s\" is no kind or state; left out"), s->q.unknown);
  else if (s->q.digits[0] && s->q.digits[1] && !has_owner(out))
    out->note = range_note(s);
  if (out->here + out->elsewhere > 0 || s->query->alone)
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
  for (size_t i = 0; i < LISTS; i++)
    s->found[i] = arena_alloc(s->arena, (s->most + 1) * sizeof *s->found[i]);
  if (arena_failed(s->arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = query_read(&s->q, s->query->text, s->arena, err);
  match_mark_sites(&s->q, s->c);
  (void)query_dialled(&s->dialled, &s->q, s->query->text, &s->c->house, s->query->from);
  return status;
}

/* The first kind of a set, for saying what the list was narrowed to. */
static enum contact_kind first_kind(uint32_t kinds) {
  for (int k = 1; k < CONTACT_KIND_COUNT; k++)
    if (kinds & (UINT32_C(1) << k))
      return (enum contact_kind)k;
  return CONTACT_OTHER;
}

/* Rows and words for what was found. */
static tc_status search_finish(struct search *s, struct search_result *out, uint32_t kinds,
                               struct tc_error *err) {
  if (s->c->words.failed)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = words_check(&s->c->words, err);
  if (status == TC_OK)
    status = read_rows(s, out, kinds, err);
  if (status == TC_OK)
    status = say(s, out, err);
  return status == TC_OK ? words_check(&s->c->words, err) : status;
}

tc_status search_run(struct cache *c, const struct search_query *query, struct arena *arena,
                     struct search_result *out, struct tc_error *err) {
  struct search s = {.c = c, .query = query, .arena = arena};
  *out = (struct search_result){.note = "", .fewer = ""};
  tc_status status = search_start(&s, err);
  if (status != TC_OK || (s.q.token_count == 0 && s.q.filter_count == 0 && !s.q.unshifted[0]))
    return status;
  uint32_t kinds = s.q.kinds;
  for (size_t i = 0; i < s.q.token_count; i++)
    kinds |= s.q.tokens[i].kinds;
  out->kind = first_kind(kinds);
  status = cache_begin_words(c, WORDS_ALL, err);
  if (status != TC_OK)
    return status;
  matcher_start(&s.matcher, c, query, &s.q);
  run_readings(&s, out);
  status = search_finish(&s, out, kinds, err);
  cache_end(c);
  arena_free(&s.doubts);
  if (status == TC_OK && out->tried_count && !query->alone)
    status =
        fewer_say(c, query, &(struct fewer_words){s.missing, s.missing_count}, arena, out, err);
  return status;
}

void search_prove_later(struct cache *c) {
  c->proves_later = true;
}

tc_status search_prove(struct cache *c, bool *more, struct tc_error *err) {
  return words_prove(&c->words, more, err);
}

void search_warm(struct cache *c) {
  if (cache_begin_words(c, WORDS_ALL, NULL) == TC_OK)
    cache_end(c);
}

tc_status search_number(struct cache *c, const char *number, const char *site, const char *country,
                        const struct standpoint *from, struct arena *arena,
                        struct search_result *out, struct tc_error *err) {
  struct search_query query = {.text = number,
                               .site = site,
                               .only = "",
                               .country = country,
                               .from = from,
                               .limit = LIMIT_MOST};
  struct search s = {.c = c, .query = &query, .arena = arena};
  struct counting n = {.out = out, .list = LIST_EXACT};
  *out = (struct search_result){.note = "", .fewer = ""};
  tc_status status = search_start(&s, err);
  if (status != TC_OK || !s.q.digits[0])
    return status;
  status = cache_begin_words(c, WORDS_ALL, err);
  if (status != TC_OK)
    return status;
  matcher_start(&s.matcher, c, &query, &s.q);
  run_tier(&s, &s.q, MATCH_NUMBER, &n);
  if (s.dialled.digits[0])
    run_tier(&s, &s.dialled, MATCH_NUMBER, &n);
  status = search_finish(&s, out, 0, err);
  cache_end(c);
  arena_free(&s.doubts);
  return status;
}
