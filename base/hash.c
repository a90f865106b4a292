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

void hash_sha1_two(const void *a, size_t alen, const void *b, size_t blen, uint8_t out[HASH_SHA1]) {
  EVP_MD_CTX *ctx = EVP_MD_CTX_new();
  must(ctx != NULL);
  must(EVP_DigestInit_ex(ctx, EVP_sha1(), NULL));
  must(EVP_DigestUpdate(ctx, a, alen));
  must(EVP_DigestUpdate(ctx, b, blen));
  must(EVP_DigestFinal_ex(ctx, out, NULL));
  EVP_MD_CTX_free(ctx);
}

void digest_toggle(struct digest *d, const void *record, size_t len) {
  uint8_t sum[HASH_SHA256];
  hash_sha256(record, len, sum);
  for (size_t i = 0; i < DIGEST_BYTES; i++)
    d->b[i] ^= sum[i];
}
