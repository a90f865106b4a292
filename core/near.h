/* Nearness: what was probably meant.  Words are folded (fold.h). */
#ifndef TC_CORE_NEAR_H
#define TC_CORE_NEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Damerau-Levenshtein distance (optimal string alignment), in letters, of two folded words; stops
 * at most + 1.  Words of more than FOLD_WORD_MAX letters, which folding never gives, are near only
 * where they are equal. */
int near_distance(const char *a, size_t alen, const char *b, size_t blen, int most);

/* The same of query against the best prefix of word: for a word that is still being typed. */
int near_prefix_distance(const char *query, size_t qlen, const char *word, size_t wlen, int most);

/* A query's word made ready to be compared with many.  word is borrowed. */
struct near_pattern {
  const char *word;
  size_t len;
  uint32_t mask;       /* near_mask() of it */
  size_t count;        /* its letters where it is ASCII, else 0 */
  uint64_t match[256]; /* for each letter the set of its places */
};
void near_pattern_set(struct near_pattern *p, const char *word, size_t len);
int near_pattern_distance(const struct near_pattern *p, const char *word, size_t len, int most);
int near_pattern_prefix(const struct near_pattern *p, const char *word, size_t len, int most);

/* How many typos a word of that many letters may have: 0 under four letters, 1 from four, 2 from
 * eight. */
int near_allowance(size_t letters);

/* A set of the letters in a folded word: (mask(a) ^ mask(b)) with more than 2 * most bits set
 * cannot be within most typos; (mask(query) & ~mask(word)) with more than most cannot begin word
 * within most.  For filtering before near_distance() and near_prefix_distance(). */
uint32_t near_mask(const char *word, size_t len);

enum { NEAR_SOUND_MAX = 24, NEAR_SOUND_VERSION = 2 };

/* The phonetic key of a folded word, for French and for the names of a mixed staff
 * (doc/nearness.md);
 * "" for one that has no sound (digits, other scripts) or too little of it.  Equal keys sound
 * alike.  NEAR_SOUND_VERSION is raised whenever the key of any word changes: the index follows. */
void near_sound(const char *word, size_t len, char out[NEAR_SOUND_MAX]);

/* Two numbers (digits only, same meaning of the first digit) that a hand or an eye confuses: one
 * digit replaced, or two neighbours swapped, at equal length. */
bool near_number(const char *a, const char *b);

#endif
