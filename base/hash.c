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

struct hash_stream {
  EVP_MD_CTX *ctx;
};

struct hash_stream *hash_stream_new(void) {
  struct hash_stream *h = calloc(1, sizeof *h);
  if (h)
    h->ctx = EVP_MD_CTX_new();
  if (!h || !h->ctx) {
    free(h);
    return NULL;
  }
  must(EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL));
  return h;
}

void hash_stream_add(struct hash_stream *h, const void *bytes, size_t len) {
  must(EVP_DigestUpdate(h->ctx, bytes, len));
}

void hash_stream_end(struct hash_stream *h, uint8_t out[HASH_SHA256]) {
  if (!h)
    return;
  if (out)
    must(EVP_DigestFinal_ex(h->ctx, out, NULL));
  EVP_MD_CTX_free(h->ctx);
  free(h);
}
