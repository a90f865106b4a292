/* UUIDs (RFC 9562): the identity of every record. */
#ifndef TC_BASE_UUID_H
#define TC_BASE_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct uuid {
  uint8_t b[16]; /* in network order; all zero: the nil UUID, "there is none" */
};

enum {
  UUID_TEXT = 37,  /* bytes of "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" with its NUL */
  UUID_SHORT = 23, /* bytes of the 22-character form with its NUL */
};

bool uuid_is_nil(const struct uuid *u);
bool uuid_equal(const struct uuid *a, const struct uuid *b);
bool uuid_among(const struct uuid *which, const struct uuid *all, size_t count);
int uuid_compare(const struct uuid *a, const struct uuid *b); /* by bytes */

/* The long form is RFC 9562's, lower case; upper case is read too. */
void uuid_format(const struct uuid *u, char out[UUID_TEXT]);
bool uuid_parse(struct uuid *out, const char *text, size_t len);

/* The short form is base64url without padding (RFC 4648 section 5): 22 characters in a record. Only
 * the canonical spelling is read (the four unused bits are zero). */
void uuid_format_short(const struct uuid *u, char out[UUID_SHORT]);
bool uuid_parse_short(struct uuid *out, const char *text, size_t len);

/* Version 5 (SHA-1 of the namespace and the name): the same key gives the same UUID for ever. */
struct uuid uuid_from_name(const struct uuid *space, const void *name, size_t len);

/* Version 4 from getrandom(2). */
TC_MUST_CHECK tc_status uuid_random(struct uuid *out, struct tc_error *err);

#endif
