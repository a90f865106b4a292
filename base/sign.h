/* Signatures (Ed25519, RFC 8032; libcrypto): that a file comes from whom it says. */
#ifndef TC_BASE_SIGN_H
#define TC_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { SIGN_KEY = 32, SIGN_BYTES = 64 };

/* A new pair.  TC_UNAVAILABLE: no random numbers can be had. */
TC_MUST_CHECK tc_status sign_make(uint8_t secret[SIGN_KEY], uint8_t public_key[SIGN_KEY],
                                  struct tc_error *err);
TC_MUST_CHECK tc_status sign_public(const uint8_t secret[SIGN_KEY], uint8_t public_key[SIGN_KEY],
                                    struct tc_error *err);
TC_MUST_CHECK tc_status sign_bytes(const uint8_t secret[SIGN_KEY], const void *bytes, size_t len,
                                   uint8_t out[SIGN_BYTES], struct tc_error *err);
void sign_forget(uint8_t secret[SIGN_KEY]); /* nothing of it stays in memory */
/* false: it is not by that key, or not of these bytes, or that cannot be told. */
bool sign_check(const uint8_t public_key[SIGN_KEY], const void *bytes, size_t len,
                const uint8_t signature[SIGN_BYTES]);

#endif
