/* How many columns text takes, by the C library's wcwidth() in the locale that is set. */
#ifndef TC_BASE_WIDTH_H
#define TC_BASE_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/* Columns of one code point: 0, 1 or 2; what the locale cannot print counts 1, for the mark that
 * will stand for it. */
int point_width(uint32_t point);

/* Columns of a text. */
size_t utf8_width(const char *text, size_t len);

/* Bytes of the longest beginning of a text that fits into columns, never parting a user-perceived
 * character.  *used (may be NULL): the columns it takes. */
size_t utf8_fit(const char *text, size_t len, size_t columns, size_t *used);

#endif
