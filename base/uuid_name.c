/* Apart from the other identifiers.  SHA-1 is here by hand, as RFC 3174 has it, because it serves
 * names alone, and loading libcrypto for it would cost every start more than the first frame. */
#include <string.h>

#include "base/uuid.h"

enum { BLOCK = 64, WORDS = 5, STEPS = 80 };

struct sha1 {
  uint32_t h[WORDS];
  uint8_t block[BLOCK];
  size_t held;    /* bytes in block */
  uint64_t total; /* bytes in all */
};

static uint32_t turn(uint32_t x, int by) {
  return x << by | x >> (32 - by);
}

/* f and K of step t. */
static uint32_t mix(int t, uint32_t b, uint32_t c, uint32_t d) {
  if (t < 20)
    return ((b & c) | (~b & d)) + 0x5A827999u;
  if (t < 40)
    return (b ^ c ^ d) + 0x6ED9EBA1u;
  if (t < 60)
    return ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCu;
  return (b ^ c ^ d) + 0xCA62C1D6u;
}

static void take_block(struct sha1 *s) {
  uint32_t w[STEPS] = {0}, v[WORDS];
  for (int t = 0; t < STEPS; t++)
    w[t] = t < 16 ? (uint32_t)s->block[4 * t] << 24 | (uint32_t)s->block[4 * t + 1] << 16 |
                        (uint32_t)s->block[4 * t + 2] << 8 | s->block[4 * t + 3]
                  : turn(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  memcpy(v, s->h, sizeof v);
  for (int t = 0; t < STEPS; t++) {
    uint32_t next = turn(v[0], 5) + mix(t, v[1], v[2], v[3]) + v[4] + w[t];
    v[4] = v[3];
    v[3] = v[2];
    v[2] = turn(v[1], 30);
    v[1] = v[0];
    v[0] = next;
  }
  for (int i = 0; i < WORDS; i++)
    s->h[i] += v[i];
  s->held = 0;
}

static void take(struct sha1 *s, const void *bytes, size_t len) {
  const uint8_t *p = bytes;
  s->total += len;
  for (size_t i = 0; i < len; i++) {
    s->block[s->held++] = p[i];
    if (s->held == BLOCK)
      take_block(s);
  }
}

static void finish(struct sha1 *s, uint8_t out[4 * WORDS]) {
  static const uint8_t one = 0x80, none = 0;
  uint64_t bits = s->total * 8;
  take(s, &one, 1);
  while (s->held != BLOCK - 8)
    take(s, &none, 1);
  for (int i = 7; i >= 0; i--) {
    uint8_t byte = (uint8_t)(bits >> (8 * i));
    take(s, &byte, 1);
  }
  for (int i = 0; i < 4 * WORDS; i++)
    out[i] = (uint8_t)(s->h[i / 4] >> (8 * (3 - i % 4)));
}

struct uuid uuid_from_name(const struct uuid *space, const void *name, size_t len) {
  struct sha1 s = {.h = {0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u}};
  uint8_t sum[4 * WORDS];
  struct uuid u;
  take(&s, space->b, sizeof space->b);
  take(&s, name, len);
  finish(&s, sum);
  memcpy(u.b, sum, sizeof u.b);
  u.b[6] = (uint8_t)((u.b[6] & 0x0f) | 0x50);
  u.b[8] = (uint8_t)((u.b[8] & 0x3f) | 0x80);
  return u;
}
