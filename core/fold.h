/* Text folding: one function for index and query (search.md, doc/folding.md).
 *
 * fold("Réanimation  d'Hépato—Gastro") = "reanimation d hepato gastro".  Unicode: NFKD with marks
 * dropped and case folded by utf8proc, then a small table for what that leaves (œ æ ø ł đ ß ı ...).
 * Hyphens, apostrophes and other punctuation separate words, and so does the border between
 * letters and digits: "Bloc2", "bloc-2" and "BLOC 2" are the same two words.  Invisible characters
 * (soft hyphen, joiners) are dropped.  Invalid UTF-8 is replaced, counted, and separates words too.
 * Folding what is folded changes nothing. */
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

/* What stood before a word. */
enum fold_glue {
  FOLD_SPACE, /* the start, space, other punctuation */
  FOLD_HYPHEN,
  FOLD_APOSTROPHE,
  FOLD_DOT,
  FOLD_NOTHING /* letters met digits */
};

/* A folded word of [a-z0-9] and letters that have no ASCII form, at offset..offset+length of the
 * input (bytes), with a NUL behind it.  particle: d', de, la, le, les, du, des, l', et, and, of,
 * the ...: a query may leave it out, and may hold one too many; the last word of a query that is
 * still being typed is never one for sure ("le" may become "legrand").  A lone d or l is one before
 * an apostrophe or a vowel only: in "bloc d" it is the name of the block. */
struct fold_word {
  const char *text;
  size_t len;
  size_t offset, length;
  enum fold_glue glue;
  bool particle;
};

struct fold_words {
  const struct fold_word *items;
  size_t count;
  struct fold_report report;
};

/* Appends the folded text to out, words separated by one space, particles kept. */
void fold_text(struct buffer *out, const char *text, size_t len, struct fold_report *report);

/* Splits into folded words; memory from the arena.  Before another word "St", "Ste", "Sts" give
 * "saint", "sainte", "saints": alone, or last, "st" may still become "stomatologie".  fold_text()
 * gives the same words. */
TC_MUST_CHECK tc_status fold_split(struct fold_words *out, const char *text, size_t len,
                                   struct arena *arena, struct tc_error *err);

/* What else a name is found by, beside its own words: index these as words too.  Each is distinct
 * from the words and from the others; memory from the arena.  Always:
 *   dotted letters joined   "S.A.U." gives sau, "J.-P. Dupont" gives jp
 *   the short saint         "Saint-Aubin" gives st, "Ste Anne" gives ste
 * FOLD_INITIALS: of 2 to 8 words without particles
 *                           "Service d'Accueil des Urgences" gives sau
 * FOLD_PERSON: initials in both orders of a name, without a title, and its parts joined
 *                           "Dr Jean-Pierre Dupont" gives jpd (and dupont jean-pierre, too),
 *                           "N'Diaye" ndiaye, "Le Goff" legoff, "El-Khatib" elkhatib */
enum { FOLD_INITIALS = 1, FOLD_PERSON = 2, FOLD_EXTRAS_MAX = 16 };
struct fold_extra {
  const char *text;
  size_t len;
};
TC_MUST_CHECK tc_status fold_extras(struct fold_extra **out, size_t *count,
                                    const struct fold_words *words, unsigned want,
                                    struct arena *arena, struct tc_error *err);

/* Order of names: by fold, then by the original bytes; the same on every machine. */
int fold_compare(const char *a, const char *b);

#endif
