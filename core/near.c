#include "core/near.h"

#include <string.h>

#include "base/utf8.h"
#include "core/fold.h"

static int smaller(int a, int b) {
  return a < b ? a : b;
}

/* The letters of a word as numbers 0..255: ASCII as it is, each other letter of the two words the
 * next free number, so that the bit vectors stay one table. */
struct letters {
  uint8_t at[FOLD_WORD_MAX];
  size_t count;
};

struct alphabet {
  uint32_t points[128];
  size_t count;
};

/* Fails (false) where a word is longer than a folded word can be. */
static bool letters_read(struct letters *out, struct alphabet *others, const char *word,
                         size_t len) {
  out->count = 0;
  for (size_t i = 0; i < len;) {
    uint32_t point;
    i += utf8_next(word + i, len - i, &point);
    if (out->count == FOLD_WORD_MAX)
      return false;
    if (point < 0x80) {
      out->at[out->count++] = (uint8_t)point;
      continue;
    }
    size_t k = 0;
    while (k < others->count && others->points[k] != point)
      k++;
    if (k == others->count)
      others->points[others->count++] = point; /* two words of 64 letters fill 128 at most */
    out->at[out->count++] = (uint8_t)(0x80 + k);
  }
  return true;
}

/* Optimal string alignment by bit vectors: H. Hyyrö, "A bit-vector algorithm for computing
 * Levenshtein and Damerau edit distances", 2003.  One column of the matrix a step, the pattern
 * (1..64 letters) in the bits of a word.  With prefix set, the least distance to any prefix of
 * text. */
static int bits_distance(const struct near_pattern *p, const uint8_t *text, size_t count, int most,
                         bool prefix) {
  const uint64_t last = 1ull << (p->count - 1);
  uint64_t vp = ~0ull, vn = 0, d0 = 0, before = 0;
  int dist = (int)p->count, best = dist;
  for (size_t i = 0; i < count; i++) {
    uint64_t match = p->match[text[i]];
    uint64_t swapped = ((~d0 & match) << 1) & before;
    d0 = (((match & vp) + vp) ^ vp) | match | vn | swapped;
    uint64_t hp = vn | ~(d0 | vp), hn = vp & d0;
    dist += (hp & last) != 0;
    dist -= (hn & last) != 0;
    best = smaller(best, dist);
    hp = hp << 1 | 1;
    hn <<= 1;
    vp = hn | ~(d0 | hp);
    vn = hp & d0;
    before = match;
    /* Each letter to come lowers it by one at most. */
    if (!prefix && dist - (int)(count - i - 1) > most)
      return most + 1;
  }
  return smaller(prefix ? best : dist, most + 1);
}

void near_pattern_set(struct near_pattern *p, const char *word, size_t len) {
  memset(p, 0, sizeof *p);
  p->word = word;
  p->len = len;
  p->mask = near_mask(word, len);
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)word[i] >= 0x80)
      return;
  if (len == 0 || len > FOLD_WORD_MAX)
    return;
  for (size_t i = 0; i < len; i++)
    p->match[(unsigned char)word[i]] |= 1ull << i;
  p->count = len;
}

/* Where a word is empty, too long, or not ASCII on both sides. */
static int slow_distance(const char *a, size_t alen, const char *b, size_t blen, int most,
                         bool prefix) {
  struct alphabet others = {.count = 0};
  struct letters la, lb;
  if (!letters_read(&la, &others, a, alen) || !letters_read(&lb, &others, b, blen))
    return alen == blen && memcmp(a, b, alen) == 0 ? 0 : most + 1;
  if (la.count == 0)
    return prefix ? 0 : smaller((int)lb.count, most + 1);
  struct near_pattern p;
  memset(&p, 0, sizeof p);
  p.count = la.count;
  for (size_t i = 0; i < la.count; i++)
    p.match[la.at[i]] |= 1ull << i;
  size_t reach = prefix && lb.count > la.count + (size_t)most ? la.count + (size_t)most : lb.count;
  return bits_distance(&p, lb.at, reach, most, prefix);
}

static bool all_ascii(const char *word, size_t len) {
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)word[i] >= 0x80)
      return false;
  return true;
}

int near_pattern_distance(const struct near_pattern *p, const char *word, size_t len, int most) {
  if (!p->count || len > FOLD_WORD_MAX || !all_ascii(word, len))
    return slow_distance(p->word, p->len, word, len, most, false);
  size_t gap = p->count > len ? p->count - len : len - p->count;
  if (gap > (size_t)most)
    return most + 1;
  return bits_distance(p, (const uint8_t *)word, len, most, false);
}

int near_pattern_prefix(const struct near_pattern *p, const char *word, size_t len, int most) {
  if (!p->count || len > FOLD_WORD_MAX || !all_ascii(word, len))
    return slow_distance(p->word, p->len, word, len, most, true);
  if (p->count > len + (size_t)most)
    return most + 1;
  size_t reach = len > p->count + (size_t)most ? p->count + (size_t)most : len;
  return bits_distance(p, (const uint8_t *)word, reach, most, true);
}

int near_distance(const char *a, size_t alen, const char *b, size_t blen, int most) {
  size_t gap = alen > blen ? alen - blen : blen - alen;
  if (gap > (size_t)most * UTF8_MAX)
    return most + 1;
  struct near_pattern p;
  near_pattern_set(&p, a, alen);
  return near_pattern_distance(&p, b, blen, most);
}

int near_prefix_distance(const char *query, size_t qlen, const char *word, size_t wlen, int most) {
  struct near_pattern p;
  near_pattern_set(&p, query, qlen);
  return near_pattern_prefix(&p, word, wlen, most);
}

int near_allowance(size_t letters) {
  return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

uint32_t near_mask(const char *word, size_t len) {
  uint32_t mask = 0;
  for (size_t i = 0; i < len;) {
    uint32_t point = (unsigned char)word[i];
    if (point >= 'a' && point <= 'z') {
      mask |= 1u << (point - 'a');
      i++;
      continue;
    }
    /* Digits and the letters of other scripts share the six bits that are left. */
    i += utf8_next(word + i, len - i, &point);
    mask |= 1u << (26 + point % 6);
  }
  return mask;
}
