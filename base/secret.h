/* What a person knows and no file shall say: hashed so that guessing is dear (libsodium, Argon2id
 * of RFC 9106). */
#ifndef TC_BASE_SECRET_H
#define TC_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum { SECRET_HASH = 128 };

/* The hash as text, with its salt and its cost: 64 MB and about a tenth of a second. TC_NO_MEMORY,
 * TC_UNAVAILABLE (no random numbers). */
TC_MUST_CHECK tc_status secret_hash(char out[SECRET_HASH], const char *secret,
                                    struct tc_error *err);

/* Is it a hash that secret_hash() makes, in its form and its cost?  One of another cost is none: a
 * file does not say how much memory is taken. */
bool secret_is_hash(const char *hash);

/* *right: the secret is the hashed one.  TC_INVALID: secret_is_hash() does not hold; TC_NO_MEMORY.
 */
TC_MUST_CHECK tc_status secret_check(bool *right, const char *hash, const char *secret,
                                     struct tc_error *err);

/* Overwrites it, whatever the compiler thinks of that. */
void secret_forget(void *secret, size_t len);

#endif
