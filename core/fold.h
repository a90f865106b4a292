/* Text folding: one function for index and query (search.md).
 *
 * fold("Réanimation  d'Hépato—Gastro") = "reanimation hepato gastro".  Unicode: NFKD with marks
 * dropped and case folded by utf8proc, then a small table for what that leaves (œ æ ø ł đ ß ı ...).
 * Hyphens, apostrophes and other punctuation separate words.  Invalid UTF-8 becomes U+FFFD,
 * counted, and separates words too. */
#ifndef TC_CORE_FOLD_H
#define TC_CORE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"

enum {
  FOLD_VERSION = 1,   /* raised whenever the result of any input changes: the index follows */
  FOLD_MAX = 4096,    /* bytes of input looked at; the rest is reported, not searched */
  FOLD_WORD_MAX = 64, /* bytes of one folded word; a longer one is cut there */
  FOLD_WORDS_MAX = 64 /* words of one text; further ones are reported */
};

struct fold_report {
  size_t replaced; /* invalid sequences replaced */
  size_t cut;      /* bytes, words or parts of words left out */
};

/* A folded word of [a-z0-9] and letters that have no ASCII form, at offset..offset+length of the
 * input (bytes).  particle: d', de, la, le, les, du, des, l', and: a query may leave it out. */
struct fold_word {
  const char *text;
  size_t len;
  size_t offset, length;
  bool particle;
};

struct fold_words {
  const struct fold_word *items;
  size_t count;
  struct fold_report report;
};

/* Appends the folded text to out, words separated by one space, particles kept. */
void fold_text(struct buffer *out, const char *text, size_t len, struct fold_report *report);

/* Splits into folded words; memory from the arena.  "St", "Ste" give "saint", "sainte". */
TC_MUST_CHECK tc_status fold_split(struct fold_words *out, const char *text, size_t len,
                                   struct arena *arena, struct tc_error *err);

/* Order of names: by fold, then by the original bytes; the same on every machine. */
int fold_compare(const char *a, const char *b);

#endif
