#include "tests/lib/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/fold.h"
#include "core/phone.h"
#include "core/record.h"

enum { WORDS = 512, NUMBERS = 128, TOKENS = 16, FEW = 8, SITE_LETTERS = 3 };

static bool at_site(const struct entry *e, const char *code) {
  if (strcasecmp(e->site, code) == 0)
    return true;
  for (size_t i = 0; i < e->serves.count; i++)
    if (strcasecmp(e->serves.items[i], code) == 0)
      return true;
  return false;
}

/* ---- reading the records -----------------------------------------------------------------------
 */

static int by_text(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The folded words of one entry while they are gathered. */
struct words {
  const char *items[WORDS];
  size_t count;
};

static void gather(struct words *w, const char *text, unsigned extras, struct arena *arena) {
  struct fold_words folded;
  struct fold_extra *more;
  size_t count;
  if (fold_split(&folded, text, strlen(text), arena, NULL) != TC_OK ||
      fold_extras(&more, &count, &folded, extras, arena, NULL) != TC_OK)
    return;
  for (size_t i = 0; i < folded.count && w->count < WORDS; i++)
    w->items[w->count++] = folded.items[i].text;
  for (size_t i = 0; i < count && w->count < WORDS; i++)
    w->items[w->count++] = arena_copy(arena, more[i].text, more[i].len);
}

static const char *digits_of(const char *number, struct arena *arena) {
  char digits[64];
  size_t n = 0;
  if (strchr(number, '@'))
    return NULL;
  for (; *number && n < sizeof digits; number++)
    if (*number >= '0' && *number <= '9')
      digits[n++] = *number;
  return n && n < 33 ? arena_copy(arena, digits, n) : NULL;
}

static void gather_number(struct words *w, const char *number, const char *e164,
                          struct arena *arena) {
  const char *const both[] = {number, e164};
  for (size_t i = 0; i < 2; i++) {
    const char *digits = digits_of(both[i], arena);
    if (digits && w->count < NUMBERS)
      w->items[w->count++] = digits;
  }
}

static const char **kept(const struct words *w, struct arena *arena) {
  const char **copy = arena_alloc(arena, (w->count + 1) * sizeof *copy);
  if (copy)
    memcpy(copy, w->items, w->count * sizeof *copy);
  return copy;
}

/* The words of an entry, still as text; the vocabulary is made of all of them later. */
struct texts {
  const char **plain, **alias;
};

static void read_entry(struct scan_entry *x, struct texts *t, struct arena *arena) {
  const struct entry *e = &x->entry;
  struct words plain = {.count = 0}, alias = {.count = 0}, open = {.count = 0},
               masked = {.count = 0};
  unsigned extras = e->type == ENTRY_PERSON ? FOLD_PERSON : FOLD_INITIALS;
  const char *const others[] = {e->unit, e->building, e->floor,      e->room,
                                e->area, e->purpose,  e->speciality, e->title};
  struct buffer fold = BUFFER_INIT;
  gather(&plain, e->name, extras, arena);
  x->name_count = plain.count;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    gather(&plain, others[i], 0, arena);
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    gather(&plain, c->label, 0, arena);
    gather_number(c->masked ? &masked : &open, c->number, c->e164, arena);
  }
  for (size_t i = 0; i < e->former_number_count; i++)
    gather_number(&open, e->former_numbers[i].number, e->former_numbers[i].e164, arena);
  for (size_t i = 0; i < e->override_count; i++)
    gather_number(&open, e->overrides[i].number, e->overrides[i].e164, arena);
  for (size_t i = 0; i < e->aliases.count; i++)
    gather(&alias, e->aliases.items[i], extras, arena);
  for (size_t i = 0; i < e->former_name_count; i++)
    gather(&alias, e->former_names[i].text, extras, arena);
  fold_text(&fold, e->name, strlen(e->name), NULL);
  x->fold = arena_strdup(arena, buffer_text(&fold));
  buffer_free(&fold);
  x->class = e->type == ENTRY_CODE                               ? 0
             : e->type == ENTRY_SERVICE || e->type == ENTRY_ROLE ? 1
             : e->type == ENTRY_PERSON                           ? 3
                                                                 : 2;
  x->rank = e->rank;
  if (!e->name[0]) {
    x->class = 4;
    x->rank = 1000;
  }
  t->plain = kept(&plain, arena);
  t->alias = kept(&alias, arena);
  x->word_count = plain.count;
  x->alias_count = alias.count;
  x->open = kept(&open, arena);
  x->open_count = open.count;
  x->masked = kept(&masked, arena);
  x->masked_count = masked.count;
}

/* The public number behind an extension, digits only; NULL for none. */
static const char *ddi_of(const struct plan *p, const char *extension, struct arena *arena) {
  for (size_t i = 0; i < p->range_count; i++) {
    const struct plan_range *r = &p->ranges[i];
    if (strlen(extension) != strlen(r->low) || strcmp(extension, r->low) < 0 ||
        strcmp(extension, r->high) > 0)
      continue;
    unsigned long long behind = strtoull(extension, NULL, 10) - strtoull(r->low, NULL, 10);
    return r->ddi[0] != '+' ? NULL
                            : arena_printf(arena, "%llu", strtoull(r->ddi + 1, NULL, 10) + behind);
  }
  return NULL;
}

/* Extensions are found, like masked numbers, by the whole public number that reaches them. */
static void add_ddis(struct scan *s, struct scan_entry *x) {
  struct words whole = {.count = 0};
  for (size_t i = 0; i < x->masked_count; i++)
    whole.items[whole.count++] = x->masked[i];
  for (size_t i = 0; i < x->entry.contact_count; i++)
    for (size_t k = 0; k < s->plan_count; k++) {
      const struct contact *c = &x->entry.contacts[i];
      const char *ddi = strcmp(c->plan, s->plans[k].code) == 0
                            ? ddi_of(&s->plans[k], c->number, &s->arena)
                            : NULL;
      if (ddi && whole.count < NUMBERS)
        whole.items[whole.count++] = ddi;
    }
  x->masked = kept(&whole, &s->arena);
  x->masked_count = whole.count;
}

static size_t *numbered(const struct scan *s, const char **words, size_t count,
                        struct arena *arena) {
  size_t *out = arena_alloc(arena, (count + 1) * sizeof *out);
  for (size_t i = 0; out && i < count; i++) {
    const char **at =
        bsearch(&words[i], s->vocabulary, s->vocabulary_count, sizeof *s->vocabulary, by_text);
    out[i] = (size_t)(at - s->vocabulary);
  }
  return out;
}

static int make_vocabulary(struct scan *s, const struct texts *texts) {
  size_t total = 0, n = 0;
  for (size_t i = 0; i < s->count; i++)
    total += s->entries[i].word_count + s->entries[i].alias_count;
  const char **all = calloc(total + 1, sizeof *all);
  if (!all)
    return -1;
  for (size_t i = 0; i < s->count; i++) {
    for (size_t k = 0; k < s->entries[i].word_count; k++)
      all[n++] = texts[i].plain[k];
    for (size_t k = 0; k < s->entries[i].alias_count; k++)
      all[n++] = texts[i].alias[k];
  }
  qsort(all, n, sizeof *all, by_text);
  for (size_t i = 0; i < n; i++)
    if (s->vocabulary_count == 0 || strcmp(all[s->vocabulary_count - 1], all[i]) != 0)
      all[s->vocabulary_count++] = all[i];
  s->vocabulary = all;
  for (size_t i = 0; i < s->count; i++) {
    struct scan_entry *x = &s->entries[i];
    x->words = numbered(s, texts[i].plain, x->word_count, &s->arena);
    x->aliases = numbered(s, texts[i].alias, x->alias_count, &s->arena);
  }
  return arena_failed(&s->arena) ? -1 : 0;
}

/* Codes, then services, others, persons; a static rank; the folded name, the name, the site. */
static int by_order(const void *a, const void *b) {
  const struct scan_entry *x = a, *y = b;
  if (x->class != y->class)
    return x->class < y->class ? -1 : 1;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  int order = strcmp(x->fold, y->fold);
  if (order == 0)
    order = strcmp(x->entry.name, y->entry.name);
  if (order == 0 && x->class < 4)
    order = strcmp(x->entry.site, y->entry.site);
  return order ? order : memcmp(x->entry.uuid.b, y->entry.uuid.b, sizeof x->entry.uuid.b);
}

static int by_uuid(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  return memcmp(x->uuid.b, y->uuid.b, sizeof x->uuid.b);
}

int scan_read(struct scan *s, const struct sample_record *records, size_t count) {
  memset(s, 0, sizeof *s);
  struct entry *parts = calloc(count + 1, sizeof *parts);
  struct texts *texts = calloc(count + 1, sizeof *texts);
  s->entries = calloc(count + 1, sizeof *s->entries);
  s->sites = calloc(count + 1, sizeof *s->sites);
  s->plans = calloc(count + 1, sizeof *s->plans);
  size_t part_count = 0;
  int result = parts && texts && s->entries && s->sites && s->plans ? 0 : -1;
  for (size_t i = 0; result == 0 && i < count; i++) {
    struct record r;
    if (record_decode(&r, records[i].bytes, records[i].len, &s->arena, NULL) != TC_OK)
      continue;
    if (r.head.kind == RECORD_ENTRY)
      parts[part_count++] = r.entry;
    else if (r.head.kind == RECORD_SITE)
      s->sites[s->site_count++] = r.site;
    else if (r.head.kind == RECORD_PLAN)
      s->plans[s->plan_count++] = r.plan;
  }
  if (result == 0)
    qsort(parts, part_count, sizeof *parts, by_uuid);
  for (size_t i = 0, n; result == 0 && i < part_count; i += n) {
    for (n = 1; i + n < part_count && by_uuid(&parts[i], &parts[i + n]) == 0;)
      n++;
    struct scan_entry *x = &s->entries[s->count];
    if (entry_merge(&x->entry, &parts[i], n, &s->arena, NULL) != TC_OK)
      result = -1;
    else
      read_entry(x, &texts[s->count++], &s->arena);
  }
  for (size_t i = 0; result == 0 && i < s->count; i++)
    add_ddis(s, &s->entries[i]);
  for (size_t i = 0; i < s->count; i++)
    for (size_t k = 0; k < s->site_count && k < 64; k++)
      if (at_site(&s->entries[i].entry, s->sites[k].code))
        s->entries[i].at |= UINT64_C(1) << k;
  if (result == 0)
    result = make_vocabulary(s, texts);
  if (result == 0)
    qsort(s->entries, s->count, sizeof *s->entries, by_order);
  free(parts);
  free(texts);
  return result;
}

void scan_free(struct scan *s) {
  free(s->entries);
  free(s->sites);
  free(s->plans);
  free(s->vocabulary);
  arena_free(&s->arena);
}

/* ---- answering ---------------------------------------------------------------------------------
 */

#define K(kind) (UINT32_C(1) << CONTACT_##kind)
static const struct {
  const char *words; /* between spaces */
  uint32_t kinds;
} kind_words[] = {
    {" fax telecopie telecopieur ", K(FAX) | K(FAX_SERVER)},
    {" bip bipeur beeper pager ", K(PAGER)},
    {" dect ", K(DECT)},
    {" portable ", K(MOBILE) | K(DECT)},
    {" mobile gsm cell ", K(MOBILE)},
    {" poste ext extension ", K(EXTENSION)},
    {" sda ddi ", K(DDI)},
    {" direct directe ", K(DIRECT_LINE)},
    {" rouge red ", K(RED_PHONE)},
    {" radio ", K(RADIO)},
    {" satellite satellitaire ", K(SATELLITE)},
    {" mail mel email courriel ", K(MAIL) | K(SECURE_MAIL)},
};

static uint32_t kinds_of(const char *word) {
  char spaced[FOLD_WORD_MAX + 3];
  snprintf(spaced, sizeof spaced, " %s ", word);
  for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
    if (strstr(kind_words[i].words, spaced))
      return kind_words[i].kinds;
  return 0;
}

/* One token: for every word of the vocabulary and every site, whether it is that, or begins so. */
struct token {
  const char *text;
  bool particle, last, lone; /* lone: a letter among other words is no alias */
  bool small;                /* a particle, or typed before */
  bool code, narrow;         /* a site's code; among other words it begins no other word */
  uint32_t kinds;
  size_t first, behind;             /* the words that begin with it */
  bool whole;                       /* the first of them is the token itself */
  uint64_t site_whole, site_begins; /* sets */
};

enum { IS = 2, BEGINS = 1 };
enum { ELSEWHERE = 1, HERE = 2 };

static int site_fits(const struct site *site, const char *token, struct arena *arena) {
  struct words w = {.count = 0}, code = {.count = 0};
  int best = 0;
  gather(&code, site->code, FOLD_INITIALS, arena);
  gather(&w, site->name, FOLD_INITIALS, arena);
  for (size_t i = 0; i < site->aliases.count; i++)
    gather(&w, site->aliases.items[i], FOLD_INITIALS, arena);
  for (size_t i = 0; i < code.count; i++)
    if (strcmp(code.items[i], token) == 0)
      best = IS;
  for (size_t i = 0; i < w.count && strlen(token) >= SITE_LETTERS; i++)
    if (strcmp(w.items[i], token) == 0)
      best = IS;
    else if (best == 0 && strncmp(w.items[i], token, strlen(token)) == 0)
      best = BEGINS;
  return best;
}

static void read_token(const struct scan *s, struct token *t, struct arena *arena) {
  size_t len = strlen(t->text), low = 0, high = s->vocabulary_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (strcmp(s->vocabulary[middle], t->text) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  t->first = t->behind = low;
  while (t->behind < s->vocabulary_count && strncmp(s->vocabulary[t->behind], t->text, len) == 0)
    t->behind++;
  t->whole = low < s->vocabulary_count && strcmp(s->vocabulary[low], t->text) == 0;
  t->kinds = kinds_of(t->text);
  for (size_t i = 0; i < s->site_count; i++) {
    int fits = t->particle ? 0 : site_fits(&s->sites[i], t->text, arena); /* "les" is no site */
    t->site_whole |= (uint64_t)(fits == IS) << i;
    t->site_begins |= (uint64_t)(fits >= BEGINS) << i;
    t->code = t->code || (!t->particle && strcasecmp(s->sites[i].code, t->text) == 0);
  }
}

static bool has_kind(const struct entry *e, uint32_t kinds) {
  for (size_t i = 0; i < e->contact_count; i++)
    if (kinds & (UINT32_C(1) << e->contacts[i].kind))
      return true;
  return false;
}

/* Does one of the first words of the entry fit? */
static bool words_fit(const struct scan_entry *x, size_t words, const struct token *t,
                      enum scan_tier tier) {
  size_t behind = tier == SCAN_WORD || t->narrow ? t->first + (t->whole ? 1 : 0) : t->behind;
  for (size_t i = 0; i < words; i++)
    if (x->words[i] >= t->first && x->words[i] < behind)
      return true;
  return false;
}

static bool site_or_kind_fits(const struct scan_entry *x, const struct token *t,
                              enum scan_tier tier) {
  if (t->kinds && has_kind(&x->entry, t->kinds))
    return true;
  return (x->at & (tier == SCAN_WORD || t->narrow ? t->site_whole : t->site_begins)) != 0;
}

static bool token_fits(const struct scan_entry *x, const struct token *t, enum scan_tier tier) {
  if (words_fit(x, x->word_count, t, tier))
    return true;
  for (size_t i = 0; tier == SCAN_ALIAS && !t->lone && !t->narrow && i < x->alias_count; i++)
    if (x->aliases[i] >= t->first && x->aliases[i] < t->behind)
      return true;
  return site_or_kind_fits(x, t, tier);
}

/* Every word is in the name, or says a site or a kind. */
static bool is_named_so(const struct scan_entry *x, const struct token *tokens, size_t count,
                        enum scan_tier tier) {
  for (size_t i = 0; i < count; i++)
    if (!words_fit(x, x->name_count, &tokens[i], tier) && !site_or_kind_fits(x, &tokens[i], tier))
      return false;
  return count > 0;
}

/* The words of a name but its particles, each once; with tokens, those of them that were typed. */
static size_t name_words(const struct scan_entry *x, const struct token *tokens, size_t count,
                         struct arena *arena) {
  struct fold_words w;
  size_t n = 0;
  if (fold_split(&w, x->entry.name, strlen(x->entry.name), arena, NULL) != TC_OK)
    abort();
  for (size_t i = 0; i < w.count; i++) {
    bool counts = !w.items[i].particle, typed = !tokens;
    for (size_t k = 0; k < i; k++)
      counts = counts && strcmp(w.items[i].text, w.items[k].text) != 0;
    for (size_t k = 0; k < count && tokens; k++)
      typed = typed || strcmp(w.items[i].text, tokens[k].text) == 0;
    n += counts && typed;
  }
  return n;
}

/* Its whole name was typed, and nothing else but what says a site or a kind; all that is a name
 * first, if every word is in one.  A code is never behind what is called so. */
static bool is_just_called(const struct scan *s, const struct scan_entry *x,
                           const struct token *tokens, size_t count, struct arena *arena) {
  bool strict = true;
  size_t sure = 0;
  if (!is_named_so(x, tokens, count, SCAN_WORD))
    return false;
  if (x->class == 0)
    return true;
  size_t all = name_words(x, NULL, 0, arena);
  if (name_words(x, tokens, count, arena) != all || all == 0)
    return false;
  for (size_t i = 0; i < count; i++) {
    bool says = tokens[i].site_whole != 0;
    for (size_t k = 0; k < s->count && tokens[i].kinds && !says; k++)
      says = has_kind(&s->entries[k].entry, tokens[i].kinds);
    strict = strict && words_fit(x, x->name_count, &tokens[i], SCAN_WORD);
    sure += !says && !tokens[i].small;
  }
  return strict || sure == all;
}

/* The number typed, in the ways it may be held. */
struct number {
  bool any;
  char typed[64], world[64], run[64];
};

static void read_number(struct number *n, const char *text, const char *country) {
  size_t len = 0;
  memset(n, 0, sizeof *n);
  text += strspn(text, " ");
  bool plus = text[0] == '+';
  for (const char *p = text; *p; p++) {
    if (*p >= '0' && *p <= '9' && len < 32)
      n->typed[len++] = *p;
    else if (!strchr(" .-()/", *p) && !(plus && p == text))
      return;
  }
  n->any = len >= 1;
  if (plus)
    return;
  if (len > 3 && strncmp(n->typed, "00", 2) == 0) {
    memcpy(n->world, n->typed + 2, len - 1);
    memcpy(n->run, n->typed + 2, len - 1);
  } else if (len > 3 && n->typed[0] == '0') {
    memcpy(n->run, n->typed + 1, len);
  }
  if (!n->world[0] && *country) {
    struct phone p;
    phone_read_one(&p, n->typed, len, country);
    if (p.e164[0])
      memcpy(n->world, p.e164 + 1, strlen(p.e164));
  }
}

static bool number_is(const struct number *n, const char *const *numbers, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(numbers[i], n->typed) == 0 || strcmp(numbers[i], n->world) == 0)
      return true;
  return false;
}

/* One digit is a number, and no run of one. */
static bool number_runs(const struct number *n, const char *const *numbers, size_t count) {
  if (!n->typed[1])
    return false;
  for (size_t i = 0; i < count; i++)
    if (strstr(numbers[i], n->typed) || (n->run[0] && strstr(numbers[i], n->run)))
      return true;
  return false;
}

/* Words, and three figures or more among them that are in a number. */
static bool with_number(const struct scan_entry *x, const struct token *tokens, size_t count) {
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    bool figures =
        strlen(tokens[i].text) >= 3 && tokens[i].text[strspn(tokens[i].text, "0123456789")] == '\0';
    bool fits = token_fits(x, &tokens[i], SCAN_PREFIX);
    for (size_t k = 0; figures && !fits && k < x->open_count; k++)
      fits = strstr(x->open[k], tokens[i].text) != NULL;
    for (size_t k = 0; figures && !fits && k < x->masked_count; k++)
      fits = strcmp(x->masked[k], tokens[i].text) == 0;
    any = any || figures;
    if (!fits)
      return false;
  }
  return any;
}

static bool fits(const struct scan_query *q, const struct scan_entry *x, const struct token *tokens,
                 size_t count, const struct number *number, enum scan_tier tier) {
  switch (tier) {
  case SCAN_NUMBER:
    return number->any && (number_is(number, x->open, x->open_count) ||
                           number_is(number, x->masked, x->masked_count));
  case SCAN_NUMBER_PART:
    if (number->any)
      return number_runs(number, x->open, x->open_count);
    return with_number(x, tokens, count);
  default:
    if (number->any && tier == SCAN_ALIAS)
      return false;
    if (count == 0) /* filters alone */
      return tier == SCAN_WORD && (*q->within || q->type || q->kinds);
    for (size_t i = 0; i < count; i++)
      if (!token_fits(x, &tokens[i], tier))
        return false;
    return true;
  }
}

static bool in_scope(const struct scan *s, const struct scan_query *q, const struct entry *e) {
  if (*q->within && !at_site(e, q->within))
    return false;
  if (q->type && (int)e->type != q->type)
    return false;
  if (q->kinds && !has_kind(e, q->kinds))
    return false;
  if (!*q->group)
    return true;
  for (size_t i = 0; i < s->site_count; i++)
    if (strcmp(s->sites[i].group, q->group) == 0 && at_site(e, s->sites[i].code))
      return true;
  return false;
}

static bool is_number(const char *word) {
  return *word >= '0' && *word <= '9';
}

/* Do a word and the number behind it stand so in the text? */
static bool text_has_pair(const char *text, const struct token *word, const struct token *number,
                          bool whole, struct arena *arena) {
  struct fold_words w;
  if (fold_split(&w, text, strlen(text), arena, NULL) != TC_OK)
    return false;
  for (size_t i = 0; i + 1 < w.count; i++)
    if (strcmp(w.items[i + 1].text, number->text) == 0 &&
        (whole ? strcmp(w.items[i].text, word->text) == 0
               : strncmp(w.items[i].text, word->text, strlen(word->text)) == 0))
      return true;
  return false;
}

/* "bloc 2": what is called so, in its name or its place, comes before what has both words apart. */
static bool is_called_so(const struct entry *e, const struct token *tokens, size_t count,
                         bool whole, struct arena *arena) {
  const char *const texts[] = {e->name, e->building, e->floor, e->room};
  bool any = false;
  for (size_t i = 0; i + 1 < count; i++) {
    bool found = false;
    if (is_number(tokens[i].text) || !is_number(tokens[i + 1].text))
      continue;
    for (size_t k = 0; k < 4 && !found; k++)
      found = text_has_pair(texts[k], &tokens[i], &tokens[i + 1], whole, arena);
    if (!found)
      return false;
    any = true;
  }
  return any;
}

/* All tiers of one reading, behind the answers there are. */
static size_t answer(const struct scan *s, const struct scan_query *q, const struct token *tokens,
                     size_t token_count, const struct number *number, const char *place,
                     struct scan_answer *out, size_t count, char *taken) {
  struct arena arena = ARENA_INIT;
  bool pairs = false;
  for (size_t i = 0; i + 1 < token_count; i++)
    pairs = pairs || (!is_number(tokens[i].text) && is_number(tokens[i + 1].text));
  for (int tier = 0; tier < SCAN_TIERS; tier++)
    for (int called = tier == SCAN_WORD ? 2 : tier == SCAN_PREFIX; called >= 0; called--)
      for (size_t i = 0; i < s->count; i++) {
        const struct scan_entry *x = &s->entries[i];
        if (!place[i] || taken[i] || !fits(q, x, tokens, token_count, number, (enum scan_tier)tier))
          continue;
        arena_reset(&arena);
        if (called == 2 && !is_just_called(s, x, tokens, token_count, &arena))
          continue;
        if (called == 1 &&
            !(pairs ? is_called_so(&x->entry, tokens, token_count, tier == SCAN_WORD, &arena)
                    : is_named_so(x, tokens, token_count, (enum scan_tier)tier)))
          continue;
        taken[i] = 1;
        out[count++] = (struct scan_answer){x, (enum scan_tier)tier, place[i] == HERE};
      }
  arena_free(&arena);
  return count;
}

/* My site's answers before all others. */
static void part_sections(struct scan_answer *out, size_t count) {
  struct scan_answer *copy = calloc(count + 1, sizeof *copy);
  size_t n = 0;
  if (!copy)
    abort();
  for (int here = 1; here >= 0; here--)
    for (size_t i = 0; i < count; i++)
      if (out[i].here == (here == 1))
        copy[n++] = out[i];
  memcpy(out, copy, count * sizeof *copy);
  free(copy);
}

/* Where each entry is: out of scope, elsewhere, here. */
static void read_places(const struct scan *s, const struct scan_query *q, char *place) {
  for (size_t i = 0; i < s->count; i++)
    if (in_scope(s, q, &s->entries[i].entry))
      place[i] = *q->site && at_site(&s->entries[i].entry, q->site) ? HERE : ELSEWHERE;
}

/* A particle may be the beginning of a name where it stands first; elsewhere it is left out. */
static size_t answer_all(const struct scan *s, const struct scan_query *q,
                         const struct token *tokens, size_t token_count, const struct token *fewer,
                         size_t fewer_count, const struct number *number, const char *place,
                         struct scan_answer *out, char *taken) {
  bool two = fewer_count > 0;
  size_t count = 0;
  if (!two || tokens[0].particle)
    count = answer(s, q, tokens, token_count, number, place, out, count, taken);
  if (two && (!tokens[0].particle || count < FEW))
    count = answer(s, q, fewer, fewer_count, number, place, out, count, taken);
  return count;
}

size_t scan_run(const struct scan *s, const struct scan_query *q, struct scan_answer *out) {
  struct arena arena = ARENA_INIT;
  struct fold_words words;
  struct token tokens[TOKENS] = {0}, fewer[TOKENS] = {0};
  size_t token_count = 0, fewer_count = 0, len = strlen(q->text), count = 0;
  struct number number;
  char *taken = calloc(s->count + 1, 1), *place = calloc(s->count + 1, 1);
  if (!taken || !place || fold_split(&words, q->text, len, &arena, NULL) != TC_OK)
    abort();
  read_number(&number, q->text, q->country);
  read_places(s, q, place);
  for (size_t i = 0; i < words.count && i < TOKENS; i++) {
    struct token *t = &tokens[token_count++];
    *t = (struct token){.text = words.items[i].text,
                        .particle = words.items[i].particle,
                        .small = words.items[i].particle,
                        .last = i + 1 == words.count && q->text[len - 1] != ' '};
    for (size_t k = 0; k + 1 < token_count; k++)
      t->small = t->small || strcmp(tokens[k].text, t->text) == 0;
    read_token(s, t, &arena);
    if (!t->particle || t->last)
      fewer[fewer_count++] = *t;
  }
  for (size_t i = 0; i < token_count; i++)
    tokens[i].lone = token_count > 1 && strlen(tokens[i].text) == 1;
  for (size_t i = 0; i < fewer_count; i++)
    fewer[i].lone = fewer_count > 1 && strlen(fewer[i].text) == 1;
  bool codes = false;
  for (size_t i = 0; i < token_count; i++)
    codes |= tokens[i].narrow = tokens[i].code && token_count > 1;
  for (size_t i = 0; i < fewer_count; i++)
    fewer[i].narrow = fewer[i].code && token_count > 1;
  bool two = fewer_count > 0 && fewer_count < token_count;
  count = answer_all(s, q, tokens, token_count, fewer, two ? fewer_count : 0, &number, place, out,
                     taken);
  if (codes && count == 0) { /* then a word like any other */
    for (size_t i = 0; i < token_count; i++)
      tokens[i].narrow = false;
    for (size_t i = 0; i < fewer_count; i++)
      fewer[i].narrow = false;
    count = answer_all(s, q, tokens, token_count, fewer, two ? fewer_count : 0, &number, place, out,
                       taken);
  }
  part_sections(out, count);
  free(taken);
  free(place);
  arena_free(&arena);
  return count;
}

void scan_own_first(struct scan_answer *shown, size_t count, const char *site) {
  for (size_t i = 0, n; i < count; i += n) {
    const struct entry *e = &shown[i].entry->entry;
    for (n = 1; i + n < count; n++) {
      const struct entry *next = &shown[i + n].entry->entry;
      if (!shown[i].here || !shown[i + n].here || shown[i + n].tier != shown[i].tier ||
          next->type != e->type || next->rank != e->rank || strcmp(next->name, e->name) != 0)
        break;
    }
    for (size_t k = i, own = i; k < i + n; k++)
      if (strcmp(shown[k].entry->entry.site, site) == 0) {
        struct scan_answer moved = shown[k];
        memmove(&shown[own + 1], &shown[own], (k - own) * sizeof moved);
        shown[own++] = moved;
      }
  }
}
