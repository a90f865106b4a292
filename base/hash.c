#include "base/hash.h"

#include <openssl/evp.h>
#include <stdlib.h>

/* EVP fails only where the algorithm is missing from libcrypto or memory is gone: neither leaves a
 * hash that may be used, so the program ends there rather than go on with a wrong one. */
static void must(int ok) {
  if (!ok)
    abort();
}

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_SHA256]) {
  must(EVP_Digest(bytes, len, out, NULL, EVP_sha256(), NULL));
}

void digest_toggle(struct digest *d, const void *record, size_t len) {
  uint8_t sum[HASH_SHA256];
  hash_sha256(record, len, sum);
  for (size_t i = 0; i < DIGEST_BYTES; i++)
    d->b[i] ^= sum[i];
}
