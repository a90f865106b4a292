#include <string.h>

#include "base/i18n.h"
#include "core/fold.h"

/* The extra words of one name as they are found. */
struct extras {
  const struct fold_words *words;
  struct arena *arena;
  struct fold_extra *items;
  size_t count;
};

static void extra_add(struct extras *x, const char *text, size_t len) {
  if (len < 2 || len > FOLD_WORD_MAX || x->count == FOLD_EXTRAS_MAX)
    return;
  for (size_t i = 0; i < x->words->count; i++)
    if (x->words->items[i].len == len && memcmp(x->words->items[i].text, text, len) == 0)
      return;
  for (size_t i = 0; i < x->count; i++)
    if (x->items[i].len == len && memcmp(x->items[i].text, text, len) == 0)
      return;
  char *copy = arena_copy(x->arena, text, len);
  if (copy)
    x->items[x->count++] = (struct fold_extra){.text = copy, .len = len};
}

/* Bytes of the first letter of a word. */
static size_t first_letter(const struct fold_word *w) {
  size_t n = 1;
  while (n < w->len && ((unsigned char)w->text[n] & 0xC0) == 0x80)
    n++;
  return n;
}

static bool one_letter(const struct fold_word *w) {
  return first_letter(w) == w->len && !(w->text[0] >= '0' && w->text[0] <= '9');
}

static bool word_in(const struct fold_word *w, const char *const *list) {
  for (; *list; list++)
    if (strcmp(*list, w->text) == 0)
      return true;
  return false;
}

/* Letters with dots (and hyphens: "J.-P.") between them. */
static void add_dotted(struct extras *x) {
  const struct fold_word *w = x->words->items;
  for (size_t i = 0; i < x->words->count;) {
    char text[FOLD_WORD_MAX];
    size_t len = 0, k = i;
    for (; k < x->words->count && one_letter(&w[k]) && len + w[k].len <= sizeof text; k++) {
      if (k > i && w[k].glue != FOLD_DOT && w[k].glue != FOLD_HYPHEN)
        break;
      memcpy(text + len, w[k].text, w[k].len);
      len += w[k].len;
    }
    if (k > i + 1)
      extra_add(x, text, len);
    i = k > i ? k : i + 1;
  }
}

static void add_saint(struct extras *x) {
  for (size_t i = 0; i < x->words->count; i++) {
    if (strcmp(x->words->items[i].text, "saint") == 0)
      extra_add(x, "st", 2);
    else if (strcmp(x->words->items[i].text, "sainte") == 0)
      extra_add(x, "ste", 3);
  }
}

static const char *const titles[] = {"dr",     "pr", "prof", "docteur", "professeur",
                                     "doctor", "m",  "mme",  "mlle",    "mr",
                                     "mrs",    "ms", "me",   NULL};

enum { INITIALS_MIN = 2, INITIALS_MAX = 8 };

static void add_initials(struct extras *x, bool person) {
  char text[INITIALS_MAX * 4];
  size_t len = 0, letters = 0, first = 0;
  for (size_t i = 0; i < x->words->count; i++) {
    const struct fold_word *w = &x->words->items[i];
    if (w->particle || (w->text[0] >= '0' && w->text[0] <= '9'))
      continue;
    if (person && letters == 0 && x->words->count > 2 && word_in(w, titles))
      continue;
    size_t n = first_letter(w);
    if (letters == INITIALS_MAX || n > 4)
      return;
    memcpy(text + len, w->text, n);
    len += n;
    first = letters == 0 ? n : first;
    letters++;
  }
  if (letters < INITIALS_MIN)
    return;
  extra_add(x, text, len);
  if (!person)
    return;
  /* Family name first: its letter goes last. */
  char turned[sizeof text];
  memcpy(turned, text + first, len - first);
  memcpy(turned + len - first, text, first);
  extra_add(x, turned, len);
}

/* Words that begin a family name and are often written in one with it. */
static const char *const openers[] = {
    "abd", "abdel", "abdul", "abou", "abu",   "ait", "al",  "ap",  "bel", "ben", "bin",
    "bou", "d",     "da",    "dal",  "de",    "del", "den", "der", "des", "di",  "dos",
    "du",  "el",    "et",    "fitz", "l",     "la",  "le",  "les", "lo",  "m",   "mac",
    "mc",  "n",     "o",     "ould", "saint", "san", "ter", "van", "von", "zu",  NULL};

static void add_joined(struct extras *x) {
  const struct fold_word *w = x->words->items;
  for (size_t i = 0; i + 1 < x->words->count;) {
    char text[FOLD_WORD_MAX];
    size_t len = 0, k = i;
    while (k + 1 < x->words->count && word_in(&w[k], openers) && len + w[k].len <= sizeof text) {
      memcpy(text + len, w[k].text, w[k].len);
      len += w[k].len;
      k++;
    }
    if (k > i && len + w[k].len <= sizeof text) {
      memcpy(text + len, w[k].text, w[k].len);
      extra_add(x, text, len + w[k].len);
    }
    i = k + 1;
  }
}

tc_status fold_extras(struct fold_extra **out, size_t *count, const struct fold_words *words,
                      unsigned want, struct arena *arena, struct tc_error *err) {
  struct fold_extra found[FOLD_EXTRAS_MAX];
  struct extras x = {.words = words, .arena = arena, .items = found};
  *out = NULL;
  *count = 0;
  add_dotted(&x);
  add_saint(&x);
  if (want & (FOLD_INITIALS | FOLD_PERSON))
    add_initials(&x, (want & FOLD_PERSON) != 0);
  if (want & FOLD_PERSON)
    add_joined(&x);
  if (x.count) {
    *out = arena_alloc(arena, x.count * sizeof **out);
    if (*out)
      memcpy(*out, x.items, x.count * sizeof **out);
  }
  if (arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *count = x.count;
  return TC_OK;
}
