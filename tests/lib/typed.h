/* What a benchmark of the search types: names, services, two and three words, digits, accents,
 * typos, as heard, kinds, one letter; taken from the directory itself, the same every time. */
#ifndef TC_TESTS_LIB_TYPED_H
#define TC_TESTS_LIB_TYPED_H

#include <stddef.h>
#include <stdint.h>

enum { TYPED_QUERIES = 560, TYPED_MAX = 64 };

struct typed {
  char queries[TYPED_QUERIES][TYPED_MAX];
  size_t count;
};

/* Chooses them from the records of a scope folder; ends the program with a message where it cannot
 * be read. */
void typed_choose(struct typed *t, const char *scope_dir, int64_t records);

#endif
