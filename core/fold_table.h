/* What folding gives for characters that Unicode's decomposition leaves whole.  For core/fold.c. */
#ifndef TC_CORE_FOLD_TABLE_H
#define TC_CORE_FOLD_TABLE_H

#include <stdint.h>

struct fold_letter {
  uint16_t point;
  char text[5];
};

/* Sorted by code point.  The folded form may not be in the table itself. */
extern const struct fold_letter fold_letters[];
extern const unsigned fold_letter_count;

/* The folded form of U+00A0..U+00FF: "" drops it, " " separates words, and the apostrophe, hyphen
 * and dot stand for their kind of separator. */
extern const char fold_latin1[96][4];

#endif
