/* Numbers that are spelled in letters: "zéro six douze", "oh six thirty-nine".  Pure. */
#ifndef TC_CORE_SPOKEN_H
#define TC_CORE_SPOKEN_H

#include <stdbool.h>
#include <stddef.h>

/* The digits of one such number ("soixante et onze" 71, "ninety-eight" 98, "double six" 66) that
 * the text begins with, a whole word or several: how many bytes it is long; 0 where it is none. */
enum { SPOKEN_DIGITS = 2 };
size_t spoken_read(const char *text, size_t len, char digits[SPOKEN_DIGITS], size_t *count);

/* How many bytes of letters the text begins with. */
size_t spoken_word(const char *text, size_t len);

#endif
