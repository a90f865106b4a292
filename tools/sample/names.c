#include <stdlib.h>

#include "tools/sample/sample.h"

/* Zipf's law: the name of rank n is borne by 1/n as many as the first.  Beyond the list, names are
 * put together, so that a larger directory has more of them. */
bool names_init(struct sample *s) {
  s->name_count = family_name_count + (size_t)s->entries / 8;
  s->name_weights = malloc(s->name_count * sizeof *s->name_weights);
  if (!s->name_weights)
    return false;
  uint32_t sum = 0;
  for (size_t rank = 0; rank < s->name_count; rank++) {
    sum += (uint32_t)(20000000 / (rank + 8));
    s->name_weights[rank] = sum;
  }
  return true;
}

static size_t name_rank(const struct sample *s, struct rng *r) {
  uint32_t at = rng_below(r, s->name_weights[s->name_count - 1]);
  size_t low = 0, high = s->name_count - 1;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (s->name_weights[middle] > at)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

const char *family_name(struct sample *s, struct rng *r) {
  size_t rank = name_rank(s, r);
  if (rank < family_name_count)
    return family_names[rank];
  size_t n = (rank - family_name_count) * 7919; /* neighbours in rank do not look alike */
  const char *first = syllables_first[n % syllable_first_count];
  n /= syllable_first_count;
  const char *last = syllables_last[n % syllable_last_count];
  n /= syllable_last_count;
  return say(s, "%s%s%s", first, syllables_middle[n % syllable_middle_count], last);
}

const char *full_name(struct sample *s, struct rng *r) {
  const char *family = family_name(s, r);
  const char *first = first_names[rng_below(r, rng_below(r, first_name_count) + 1)];
  return say(s, "%s %s", family, first);
}
