/* Sets of places as bitmaps: bit p of word p / 64 stands for place p.  Private to db/. */
#ifndef TC_DB_BITS_H
#define TC_DB_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Words of a set over n places. */
static inline size_t bits_words(size_t n) {
  return (n + 63) / 64;
}

static inline void bits_clear(uint64_t *set, size_t words) {
  memset(set, 0, words * sizeof *set);
}

static inline void bits_copy(uint64_t *set, const uint64_t *from, size_t words) {
  memcpy(set, from, words * sizeof *set);
}

static inline void bits_add(uint64_t *set, size_t at) {
  set[at / 64] |= UINT64_C(1) << (at % 64);
}

static inline bool bits_has(const uint64_t *set, size_t at) {
  return set[at / 64] >> (at % 64) & 1;
}

static inline void bits_or(uint64_t *set, const uint64_t *other, size_t words) {
  for (size_t i = 0; i < words; i++)
    set[i] |= other[i];
}

static inline void bits_and(uint64_t *set, const uint64_t *other, size_t words) {
  for (size_t i = 0; i < words; i++)
    set[i] &= other[i];
}

static inline void bits_and_not(uint64_t *set, const uint64_t *other, size_t words) {
  for (size_t i = 0; i < words; i++)
    set[i] &= ~other[i];
}

static inline size_t bits_count(const uint64_t *set, size_t words) {
  size_t count = 0;
  for (size_t i = 0; i < words; i++)
    count += (size_t)__builtin_popcountll(set[i]);
  return count;
}

/* All of n places. */
static inline void bits_fill(uint64_t *set, size_t n) {
  size_t words = bits_words(n);
  memset(set, 0xff, words * sizeof *set);
  if (n % 64)
    set[words - 1] = (UINT64_C(1) << (n % 64)) - 1;
}

static inline bool bits_any(const uint64_t *set, size_t words) {
  for (size_t i = 0; i < words; i++)
    if (set[i])
      return true;
  return false;
}

/* The first place from `from` on that is in the set; `none` where there is none below words * 64.
 */
static inline size_t bits_next(const uint64_t *set, size_t words, size_t from, size_t none) {
  size_t i = from / 64;
  if (i >= words)
    return none;
  uint64_t word = set[i] & (UINT64_MAX << (from % 64));
  while (!word) {
    if (++i == words)
      return none;
    word = set[i];
  }
  return i * 64 + (size_t)__builtin_ctzll(word);
}

#endif
