/* What files hold that were not written as UTF-8. */
#ifndef TC_BASE_CHARSET_H
#define TC_BASE_CHARSET_H

#include <stddef.h>

#include "base/buffer.h"

enum charset {
  CHARSET_UTF8,         /* valid to the end */
  CHARSET_WINDOWS_1252, /* anything else: what spreadsheets of western Europe write */
  CHARSET_UTF16         /* it begins with U+FEFF in UTF-16: not read here */
};

/* Looks at all of the bytes. */
enum charset charset_detect(const char *bytes, size_t len);

/* Length of the byte order mark it begins with (UTF-8: 3, UTF-16: 2), 0 for none. */
size_t charset_bom(const char *bytes, size_t len);

/* Appends Windows-1252 bytes as UTF-8 (WHATWG's table without its C1 fallback).  The five bytes
 * that mean nothing there (81 8D 8F 90 9D) become U+FFFD; returns how many.  *first (may be NULL)
 * is the offset of the first. */
size_t charset_from_1252(struct buffer *out, const char *bytes, size_t len, size_t *first);

#endif
