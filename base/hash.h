/* Hashes (libcrypto): what records are identified and checked by. */
#ifndef TC_BASE_HASH_H
#define TC_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_SHA256 = 32, DIGEST_BYTES = 16 };

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_SHA256]);

/* The same of bytes that come piece by piece.  hash_stream_end() frees it. */
struct hash_stream;
struct hash_stream *hash_stream_new(void); /* NULL: out of memory */
void hash_stream_add(struct hash_stream *h, const void *bytes, size_t len);
void hash_stream_end(struct hash_stream *h,
                     uint8_t out[HASH_SHA256]); /* NULL-safe; out may be NULL */

/* The digest of a set of records: the XOR of the first 16 bytes of each one's SHA-256, so that
 * adding a record and taking it out again are the same call and the order does not matter. */
struct digest {
  uint8_t b[DIGEST_BYTES];
};
void digest_toggle(struct digest *d, const void *record, size_t len);

#endif
