/* UTF-8 (RFC 3629): reading it without trusting it, and making it harmless to show. */
#ifndef TC_BASE_UTF8_H
#define TC_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
  UTF8_MAX = 4,              /* bytes of one code point */
  UTF8_REPLACEMENT = 0xFFFD, /* what stands for an invalid sequence */
};

/* The code point of bytes that are not UTF-8: overlong forms, surrogates, stray or missing
 * continuation bytes, anything above U+10FFFF. */
#define UTF8_INVALID UINT32_MAX

/* Reads one code point of text[0..len), len > 0, and returns how many bytes it took (1..4).  For an
 * invalid sequence *point is UTF8_INVALID and the bytes are the longest run that could have begun a
 * character, so that the next call starts where Unicode's U+FFFD practice (3.9) says. */
size_t utf8_next(const char *text, size_t len, uint32_t *point);

/* Writes a code point (a scalar value, else U+FFFD is written) and returns its bytes. */
size_t utf8_put(char out[UTF8_MAX], uint32_t point);

bool utf8_valid(const char *text, size_t len);
size_t utf8_count(const char *text, size_t len); /* code points; an invalid sequence is one */

/* Appends text with each invalid sequence replaced by U+FFFD; returns how many there were. */
size_t utf8_sanitize(struct buffer *out, const char *text, size_t len);

/* C0, DEL, C1, and the line and paragraph separators. */
bool utf8_is_control(uint32_t point);
/* Marks, embeddings, overrides and isolates that change the direction of what follows. */
bool utf8_is_bidi(uint32_t point);
/* What nobody sees: those, and zero-width spaces, soft hyphens, fillers, tags and the like.  Two
 * names or numbers that look alike may differ in it, so where a text is shown it has a mark.  Not
 * the joiners and variation selectors that a script needs. */
bool utf8_is_unseen(uint32_t point);
/* Takes no room by itself: joiners, zero-width spaces, marks, variation selectors. */
bool utf8_is_zero_width(uint32_t point);

/* The value of a decimal digit of any script, or -1. */
int utf8_digit(uint32_t point);

/* Writes what a character is made of without its marks and its form (NFKD): é e, ﬁ f i, ２ 2.
 * Returns the count, 0 where that is more than UTF8_PLAIN_MAX or nothing. */
enum { UTF8_PLAIN_MAX = 8 };
size_t utf8_plain(uint32_t out[UTF8_PLAIN_MAX], uint32_t point);

/* Bytes of the first user-perceived character (extended grapheme cluster, UAX 29) of text[0..len),
 * len > 0.  An invalid sequence is one by itself. */
size_t utf8_grapheme(const char *text, size_t len);

/* Appends text so that nothing in it can move a cursor, change a colour or turn the direction of
 * what is around it: controls and what nobody sees become visible marks (U+2400 pictures;
 * where ascii is set "^[" and "?"), invalid sequences U+FFFD ("?").  Everything else is as it
 * was.  Returns how many were replaced. */
size_t utf8_display(struct buffer *out, const char *text, size_t len, bool ascii);

#endif
