/* Any bytes as a search index: what is asked of it gives less, and never reads past them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/bits.h"
#include "db/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const struct index *x, uint64_t *set) {
  static const char *const words[] = {"a", "rea", "reanimatoin", "dupond", "zz", "@sab", "!2!bloc"};
  static const char *const numbers[] = {"15", "0199005231", "5231", "33199005240", "2222"};
  struct index_near near;
  uint32_t terms[8], term;
  size_t place;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const char *word = words[i];
    size_t len = strlen(word);
    for (int use = INDEX_PLAIN; use <= INDEX_ALIAS; use++) {
      index_add_range(x, index_begin(x, word, len), use, set);
      if (index_term(x, word, len, &term))
        index_add(x, term, use, set);
    }
    index_near(x, word, len, i % 2, &near);
    index_sounds(x, word, len, terms, 8);
    index_before(x, word, len);
  }
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct run_pattern p;
    index_add_number(x, numbers[i], set);
    if (index_runs(x, numbers[i]) != SIZE_MAX)
      index_add_runs(x, numbers[i], set);
    run_pattern_set(&p, numbers[i]);
    for (size_t k = 0; k < 40; k++)
      index_has_run(x, k, &p);
  }
  for (int64_t id = 0; id < 20; id++)
    if (index_place(x, (id % 4) << 40 | id, &place))
      index_id(x, place);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct index *x;
  char *bytes = malloc(size + 1);
  if (!bytes)
    abort();
  memcpy(bytes, data, size);
  if (index_adopt(&x, bytes, size, NULL) == TC_OK) {
    uint64_t *set = calloc(bits_words(index_entries(x)) + 1, sizeof *set);
    if (set && index_entries(x) < 100000)
      ask(x, set);
    free(set);
    index_close(x);
  }
  return 0;
}
