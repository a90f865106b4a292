#include "core/fold.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/fold_table.h"

struct piece { /* a word being made, or made */
  size_t start, len;
  size_t offset, length;
  enum fold_glue glue;
};

/* One text being folded: words lie in text[] one space apart. */
struct folder {
  size_t used;
  size_t count;
  size_t replaced, cut;
  size_t at, took;        /* the input character in hand */
  enum fold_glue between; /* the strongest separator since the last word */
  bool separated;         /* there was one */
  bool in_word;           /* the last piece may grow */
  bool digits;            /* it is made of digits */
  bool overlong;          /* the rest of it is left out */
  bool full;              /* nothing more fits */
  struct piece pieces[FOLD_WORDS_MAX];
  char text[FOLD_MAX + 1];
};

static void folder_start(struct folder *f) {
  f->used = f->count = f->replaced = f->cut = f->at = f->took = 0;
  f->between = FOLD_SPACE;
  f->separated = true;
  f->in_word = f->digits = f->overlong = f->full = false;
}

static void separate(struct folder *f, enum fold_glue glue) {
  /* Of several, space says most, then the hyphen, the apostrophe, the dot. */
  if (!f->separated || glue < f->between)
    f->between = glue;
  f->separated = true;
  f->in_word = false;
}

static const struct {
  const char *written, *means;
} saints[] = {{"st", "saint"}, {"ste", "sainte"}, {"sts", "saints"}, {"stes", "saintes"}};

enum { SAINT_GROWS = 3 };

/* What the last word means now that another follows, or NULL. */
static const char *saint_of(const struct folder *f) {
  const struct piece *p = f->count ? &f->pieces[f->count - 1] : NULL;
  if (!p || p->len < 2 || p->len > 4)
    return NULL;
  for (size_t i = 0; i < sizeof saints / sizeof saints[0]; i++)
    if (strlen(saints[i].written) == p->len &&
        memcmp(saints[i].written, f->text + p->start, p->len) == 0)
      return saints[i].means;
  return NULL;
}

/* Begins a word whose first letter takes n bytes; false: no room. */
static bool open_word(struct folder *f, size_t n, bool digit) {
  enum fold_glue glue = f->separated ? f->between : FOLD_NOTHING;
  const char *saint = digit ? NULL : saint_of(f);
  size_t need = n + (f->count ? 1 : 0) + (saint ? SAINT_GROWS : 0);
  if (f->full || f->count == FOLD_WORDS_MAX || need > FOLD_MAX - f->used) {
    f->full = true;
    return false;
  }
  if (saint) {
    struct piece *last = &f->pieces[f->count - 1];
    last->len = strlen(saint);
    memcpy(f->text + last->start, saint, last->len);
    f->used = last->start + last->len;
  }
  if (f->count)
    f->text[f->used++] = ' ';
  f->pieces[f->count++] = (struct piece){.start = f->used, .offset = f->at, .glue = glue};
  return true;
}

/* Adds one letter or digit of n bytes. */
static void add_letter(struct folder *f, const char *bytes, size_t n, bool digit) {
  if (!f->in_word || f->digits != digit) {
    if (f->in_word) /* letters met digits */
      f->separated = false;
    bool opened = open_word(f, n, digit);
    f->in_word = true;
    f->digits = digit;
    f->overlong = !opened;
    f->cut += !opened;
    f->separated = false;
    if (!opened)
      return;
  } else if (f->overlong) {
    return;
  }
  struct piece *p = &f->pieces[f->count - 1];
  if (n > FOLD_WORD_MAX - p->len || n > FOLD_MAX - f->used) {
    f->overlong = true;
    f->cut++;
    return;
  }
  memcpy(f->text + f->used, bytes, n);
  f->used += n;
  p->len += n;
  p->length = f->at + f->took - p->offset;
}

/* What an ASCII character folds to: itself, its small letter, or a kind of separator. */
enum { SPACE = ' ', HYPHEN = '-', APOSTROPHE = '\'', DOT = '.' };
#define SEP8 ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '
static const char ascii_fold[128] = {
    SEP8, SEP8, SEP8, SEP8,                                                /* controls */
    ' ',  ' ',  ' ',  ' ',  ' ', ' ',  ' ', '\'',                          /*  !"#$%&' */
    ' ',  ' ',  ' ',  ' ',  ' ', '-',  '.', ' ',                           /* ()*+,-./ */
    '0',  '1',  '2',  '3',  '4', '5',  '6', '7',  '8', '9',                /* digits */
    ' ',  ' ',  ' ',  ' ',  ' ', ' ',  ' ',                                /* :;<=>?@ */
    'a',  'b',  'c',  'd',  'e', 'f',  'g', 'h',  'i', 'j', 'k', 'l', 'm', /* A-M */
    'n',  'o',  'p',  'q',  'r', 's',  't', 'u',  'v', 'w', 'x', 'y', 'z', /* N-Z */
    ' ',  ' ',  ' ',  ' ',  ' ', '\'',                                     /* [\]^_` */
    'a',  'b',  'c',  'd',  'e', 'f',  'g', 'h',  'i', 'j', 'k', 'l', 'm', /* a-m */
    'n',  'o',  'p',  'q',  'r', 's',  't', 'u',  'v', 'w', 'x', 'y', 'z', /* n-z */
    ' ',  ' ',  ' ',  ' ',  ' ',                                           /* {|}~ DEL */
};

/* Adds a folded ASCII character or a separator. */
static void add_ascii(struct folder *f, char c) {
  switch (c) {
  case SPACE:
    separate(f, FOLD_SPACE);
    break;
  case HYPHEN:
    separate(f, FOLD_HYPHEN);
    break;
  case APOSTROPHE:
    separate(f, FOLD_APOSTROPHE);
    break;
  case DOT:
    separate(f, FOLD_DOT);
    break;
  default:
    add_letter(f, &c, 1, c <= '9');
  }
}

static const struct fold_letter *letter_find(uint32_t point) {
  size_t low = 0, high = fold_letter_count;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (fold_letters[mid].point < point)
      low = mid + 1;
    else
      high = mid;
  }
  return low < fold_letter_count && fold_letters[low].point == point ? &fold_letters[low] : NULL;
}

static enum fold_glue glue_of(uint32_t point) {
  switch (point) {
  case 0x2018:
  case 0x2019:
  case 0x201B:
  case 0x2032:
  case 0x055A:
    return FOLD_APOSTROPHE;
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
  case 0x30A0:
    return FOLD_HYPHEN;
  default:
    return FOLD_SPACE;
  }
}

/* Adds one code point of a decomposition. */
static void add_point(struct folder *f, uint32_t point) {
  if (point < 0x80) {
    add_ascii(f, ascii_fold[point]);
    return;
  }
  const struct fold_letter *letter = letter_find(point);
  char bytes[UTF8_MAX];
  if (letter) {
    const char *t = letter->text;
    if ((unsigned char)*t >= 0x80)
      add_letter(f, t, strlen(t), false);
    else
      for (; *t; t++)
        add_ascii(f, *t);
    return;
  }
  int digit = utf8_digit(point);
  if (digit >= 0) {
    char c = (char)('0' + digit);
    add_letter(f, &c, 1, true);
    return;
  }
  switch (utf8proc_category((utf8proc_int32_t)point)) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_NL:
    add_letter(f, bytes, utf8_put(bytes, point), false);
    break;
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME:
    break;
  default:
    separate(f, glue_of(point));
  }
}

/* The longest decomposition of Unicode is 18 code points (U+FDFA); it is applied recursively. */
enum { DECOMPOSED_MAX = 64 };

static void add_other(struct folder *f, uint32_t point) {
  const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK;
  utf8proc_int32_t parts[DECOMPOSED_MAX];
  int bound = 0;
  if (letter_find(point)) {
    add_point(f, point);
    return;
  }
  utf8proc_ssize_t n =
      utf8proc_decompose_char((utf8proc_int32_t)point, parts, DECOMPOSED_MAX, how, &bound);
  if (n < 0 || n > DECOMPOSED_MAX) {
    separate(f, FOLD_SPACE);
    return;
  }
  for (utf8proc_ssize_t i = 0; i < n; i++)
    add_point(f, (uint32_t)parts[i]);
}

/* The common case in one step: a further ASCII letter of a word of letters. */
static bool add_more(struct folder *f, unsigned char c) {
  char folded = ascii_fold[c];
  if (folded < 'a' || !f->in_word || f->digits || f->overlong || f->used == FOLD_MAX)
    return false;
  struct piece *p = &f->pieces[f->count - 1];
  if (p->len == FOLD_WORD_MAX)
    return false;
  f->text[f->used++] = folded;
  p->len++;
  p->length = f->at + 1 - p->offset;
  return true;
}

static void folder_run(struct folder *f, const char *text, size_t len) {
  folder_start(f);
  if (len > FOLD_MAX) {
    f->cut++;
    len = FOLD_MAX;
    /* Not in the middle of a character: its first half would count as invalid. */
    for (int back = 0; back < 3 && len && ((unsigned char)text[len] & 0xC0) == 0x80; back++)
      len--;
  }
  for (f->at = 0; f->at < len; f->at += f->took) {
    unsigned char c = (unsigned char)text[f->at];
    f->took = 1;
    if (c < 0x80) {
      if (!add_more(f, c))
        add_ascii(f, ascii_fold[c]);
      continue;
    }
    uint32_t point;
    f->took = utf8_next(text + f->at, len - f->at, &point);
    if (point == UTF8_INVALID) {
      f->replaced++;
      separate(f, FOLD_SPACE);
    } else if (point >= 0xA0 && point <= 0xFF) {
      for (const char *t = fold_latin1[point - 0xA0]; *t; t++)
        add_ascii(f, *t);
    } else {
      add_other(f, point);
    }
  }
  f->text[f->used] = '\0';
}

void fold_text(struct buffer *out, const char *text, size_t len, struct fold_report *report) {
  struct folder f;
  folder_run(&f, text, len);
  buffer_add(out, f.text, f.used);
  if (report)
    *report = (struct fold_report){.replaced = f.replaced, .cut = f.cut};
}

static bool starts_with_vowel(const struct fold_word *w) {
  return strchr("aeiouyh", w->text[0]) != NULL;
}

static bool is_particle(const struct fold_word *w, const struct fold_word *next) {
  static const char particles[][4] = {"au",  "aux", "da", "das", "de", "del", "des", "di",
                                      "do",  "dos", "du", "et",  "la", "le",  "les", "of",
                                      "the", "and", "y",  "in",  "en", "sur", "for"};
  if (w->len == 1 && (w->text[0] == 'd' || w->text[0] == 'l'))
    return next && (next->glue == FOLD_APOSTROPHE ||
                    (next->glue != FOLD_NOTHING && starts_with_vowel(next)));
  if (w->len > 3)
    return false;
  for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++)
    if (strcmp(particles[i], w->text) == 0)
      return true;
  return false;
}

tc_status fold_split(struct fold_words *out, const char *text, size_t len, struct arena *arena,
                     struct tc_error *err) {
  struct folder f;
  folder_run(&f, text, len);
  *out = (struct fold_words){.report = {.replaced = f.replaced, .cut = f.cut}};
  if (f.count == 0)
    return TC_OK;
  struct fold_word *items = arena_alloc(arena, f.count * sizeof *items);
  char *copy = arena_copy(arena, f.text, f.used);
  if (!items || !copy)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < f.count; i++) {
    const struct piece *p = &f.pieces[i];
    items[i] = (struct fold_word){.text = copy + p->start,
                                  .len = p->len,
                                  .offset = p->offset,
                                  .length = p->length,
                                  .glue = p->glue};
    copy[p->start + p->len] = '\0';
  }
  for (size_t i = 0; i < f.count; i++) {
    struct fold_word *next = i + 1 < f.count ? &items[i + 1] : NULL;
    items[i].particle = is_particle(&items[i], next);
  }
  out->items = items;
  out->count = f.count;
  return TC_OK;
}

int fold_compare(const char *a, const char *b) {
  struct folder fa, fb;
  folder_run(&fa, a, strlen(a));
  folder_run(&fb, b, strlen(b));
  int order = strcmp(fa.text, fb.text);
  return order ? order : strcmp(a, b);
}
