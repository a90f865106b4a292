#include "tools/sample/rng.h"

uint64_t rng_next(struct rng *r) {
  uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

struct rng rng_of(uint64_t seed, uint64_t space, uint64_t index) {
  struct rng r = {seed};
  r.state = rng_next(&r) ^ (space * UINT64_C(0xD1342543DE82EF95));
  r.state = rng_next(&r) ^ (index * UINT64_C(0xA0761D6478BD642F));
  return r;
}

unsigned rng_below(struct rng *r, uint64_t n) {
  return (unsigned)((rng_next(r) >> 33) % n);
}

bool rng_chance(struct rng *r, unsigned per_thousand) {
  return rng_below(r, 1000) < per_thousand;
}

struct uuid rng_uuid(uint64_t seed, uint64_t space, uint64_t index) {
  struct rng r = rng_of(seed, space, index);
  struct uuid u;
  for (int half = 0; half < 2; half++) {
    uint64_t bits = rng_next(&r);
    for (int i = 0; i < 8; i++)
      u.b[half * 8 + i] = (uint8_t)(bits >> (56 - 8 * i));
  }
  u.b[6] = (uint8_t)((u.b[6] & 0x0F) | 0x80);
  u.b[8] = (uint8_t)((u.b[8] & 0x3F) | 0x80);
  return u;
}
