/* Randomness that is the same everywhere: SplitMix64 (Steele, Lea, Flood 2014), integers only. */
#ifndef TC_SAMPLE_RNG_H
#define TC_SAMPLE_RNG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/uuid.h"

struct rng {
  uint64_t state;
};

/* A generator of its own for what `space` and `index` name, so that no record depends on the order
 * or the number of the others. */
struct rng rng_of(uint64_t seed, uint64_t space, uint64_t index);

uint64_t rng_next(struct rng *r);
unsigned rng_below(struct rng *r, uint64_t n);         /* 0 .. n-1; n is 1 to 2^31 */
bool rng_chance(struct rng *r, unsigned per_thousand); /* true so often in a thousand */

/* A UUID (version 8, RFC 9562) that the same three numbers always give. */
struct uuid rng_uuid(uint64_t seed, uint64_t space, uint64_t index);

#endif
