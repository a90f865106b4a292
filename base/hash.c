/* The interface of OpenSSL 1.1: its SHA-256 works in a structure of the caller's, so that no hash
 * can fail for want of memory, half way through a change of the cache.  EVP allocates in each call.
 */
#define OPENSSL_API_COMPAT 0x10100000L
#include "base/hash.h"

#include <openssl/sha.h>
#include <stdlib.h>

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_SHA256]) {
  SHA256_CTX ctx;
  SHA256_Init(&ctx);
  SHA256_Update(&ctx, bytes, len);
  SHA256_Final(out, &ctx);
}

void digest_toggle(struct digest *d, const void *record, size_t len) {
  uint8_t sum[HASH_SHA256];
  hash_sha256(record, len, sum);
  for (size_t i = 0; i < DIGEST_BYTES; i++)
    d->b[i] ^= sum[i];
}

struct hash_stream {
  SHA256_CTX ctx;
};

struct hash_stream *hash_stream_new(void) {
  struct hash_stream *h = calloc(1, sizeof *h);
  if (h)
    SHA256_Init(&h->ctx);
  return h;
}

void hash_stream_add(struct hash_stream *h, const void *bytes, size_t len) {
  SHA256_Update(&h->ctx, bytes, len);
}

void hash_stream_end(struct hash_stream *h, uint8_t out[HASH_SHA256]) {
  if (h && out)
    SHA256_Final(out, &h->ctx);
  free(h);
}
