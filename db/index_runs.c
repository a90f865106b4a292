/* The sorted runs of all numbers: a suffix array whose suffixes end with their number. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/index_maker.h"

/* A suffix: its first sixteen digits, four bits each, 0 behind the end. */
struct suffix {
  uint64_t key;
  uint32_t at;
};

/* Bucket of a suffix: its first three digits, each 0 behind the end. */
enum { PACKED = 16, BUCKETS = 11 * 11 * 11 };

static unsigned bucket_of(const char *digits) {
  unsigned bucket = 0;
  bool ended = false;
  for (size_t i = 0; i < 3; i++) {
    ended = ended || digits[i] == '\n';
    bucket = bucket * 11 + (ended ? 0 : (unsigned)(digits[i] - '0') + 1);
  }
  return bucket;
}

static uint64_t key_of(const char *digits) {
  uint64_t key = 0;
  size_t i = 0;
  for (; i < PACKED && digits[i] != '\n'; i++)
    key = key << 4 | (uint64_t)(digits[i] - '0' + 1);
  return i > 0 && i < PACKED ? key << 4 * (PACKED - i) : key; /* none: nothing to shift */
}

/* Calls take() for the suffixes of all numbers that are wanted: whole numbers (starts), or the
 * others of two digits and more that do not end another number of the same entry alike. */
typedef void take_suffix(void *context, uint32_t at);
static void each_suffix(const char *digits, const uint32_t *digit_at, size_t n, bool starts,
                        take_suffix *take, void *context) {
  for (size_t e = 0; e < n; e++) {
    const char *before = NULL;
    size_t before_len = 0;
    for (size_t at = digit_at[e]; at < digit_at[e + 1];) {
      const char *number = digits + at;
      size_t len = (size_t)((const char *)memchr(number, '\n', digit_at[e + 1] - at) - number);
      size_t same = 0;
      while (same < len && same < before_len &&
             number[len - 1 - same] == before[before_len - 1 - same])
        same++;
      if (starts)
        take(context, (uint32_t)at);
      else
        for (size_t i = 1; i + 2 <= len && len - i > same; i++)
          take(context, (uint32_t)(at + i));
      before = number;
      before_len = len;
      at += len + 1;
    }
  }
}

struct filling {
  const char *digits;
  size_t *bucket; /* where each begins, while counting: how many */
  uint32_t *runs;
};

static void count_suffix(void *context, uint32_t at) {
  struct filling *f = context;
  f->bucket[bucket_of(f->digits + at)]++;
}
static void place_suffix(void *context, uint32_t at) {
  struct filling *f = context;
  f->runs[f->bucket[bucket_of(f->digits + at)]++] = at;
}

/* Sorts by key and leaves equal keys in their order.  spare has room for as many; returns which of
 * the two holds the result. */
static struct suffix *sort_suffixes(struct suffix *items, struct suffix *spare, size_t n) {
  if (n < 64) {
    for (size_t i = 1; i < n; i++) {
      struct suffix x = items[i];
      size_t k = i;
      for (; k > 0 && items[k - 1].key > x.key; k--)
        items[k] = items[k - 1];
      items[k] = x;
    }
    return items;
  }
  for (unsigned shift = 0; shift < 64; shift += 8) {
    size_t counts[257] = {0};
    for (size_t i = 0; i < n; i++)
      counts[(items[i].key >> shift & 0xff) + 1]++;
    if (counts[(items[0].key >> shift & 0xff) + 1] == n)
      continue;
    for (size_t i = 1; i < 257; i++)
      counts[i] += counts[i - 1];
    for (size_t i = 0; i < n; i++)
      spare[counts[items[i].key >> shift & 0xff]++] = items[i];
    struct suffix *swap = items;
    items = spare;
    spare = swap;
  }
  return items;
}

static size_t digits_left(const char *digits) {
  return (size_t)((const char *)memchr(digits, '\n', INDEX_DIGITS) - digits);
}

/* Runs of more than sixteen digits that are equal so far: few, by insertion, stable. */
static void sort_long(struct suffix *items, size_t n, const char *digits) {
  for (size_t i = 1; i < n; i++) {
    struct suffix x = items[i];
    size_t k = i, len = digits_left(digits + x.at) + 1;
    if (len <= PACKED)
      continue;
    for (; k > 0 && items[k - 1].key == x.key &&
           memcmp(digits + items[k - 1].at, digits + x.at, len) > 0;
         k--)
      items[k] = items[k - 1];
    items[k] = x;
  }
}

static bool sort_bucket(uint32_t *runs, size_t n, const char *digits, struct vector *scratch) {
  if (n < 2)
    return true;
  scratch->len = 0;
  struct suffix *items = vector_reserve(scratch, 2 * n * sizeof *items);
  if (!items)
    return false;
  for (size_t i = 0; i < n; i++)
    items[i] = (struct suffix){key_of(digits + runs[i]), runs[i]};
  items = sort_suffixes(items, items + n, n);
  sort_long(items, n, digits);
  for (size_t i = 0; i < n; i++)
    runs[i] = items[i].at;
  return true;
}

static void write_runs(struct sink *s, const char *digits, const uint32_t *digit_at, size_t n) {
  size_t bucket[BUCKETS + 1] = {0}, behind[BUCKETS];
  struct filling f = {.digits = digits, .bucket = bucket + 1};
  struct vector scratch = {0};
  each_suffix(digits, digit_at, n, true, count_suffix, &f);
  each_suffix(digits, digit_at, n, false, count_suffix, &f);
  for (size_t i = 1; i <= BUCKETS; i++)
    bucket[i] += bucket[i - 1];
  size_t total = bucket[BUCKETS];
  memcpy(behind, bucket, sizeof behind);
  f.runs = malloc((total + 1) * sizeof *f.runs);
  f.bucket = behind;
  bool ok = f.runs != NULL;
  if (ok) { /* whole numbers first, which the sort leaves so among equals */
    each_suffix(digits, digit_at, n, true, place_suffix, &f);
    each_suffix(digits, digit_at, n, false, place_suffix, &f);
  }
  for (size_t i = 0; ok && i < BUCKETS; i++)
    ok = sort_bucket(f.runs + bucket[i], bucket[i + 1] - bucket[i], digits, &scratch);
  if (ok)
    sink_write(s, f.runs, total * sizeof *f.runs);
  else if (s->status == TC_OK)
    s->status = tc_fail(s->err, TC_NO_MEMORY, _("out of memory"));
  free(f.runs);
  vector_free(&scratch);
}

void index_runs_write(struct sink *s, const char *digits, size_t len, const uint32_t *digit_at,
                      size_t n, bool whole) {
  sink_begin(s, INDEX_RUN);
  if (whole && s->status == TC_OK)
    write_runs(s, digits, digit_at, n);
  sink_end(s, INDEX_RUN);
  sink_begin(s, INDEX_RUN_PLACE);
  size_t place = 0;
  for (size_t at = 0; at <= len; at += 64) {
    while (place + 1 < n && digit_at[place + 1] <= at)
      place++;
    uint32_t value = (uint32_t)place;
    sink_write(s, &value, sizeof value);
  }
  sink_end(s, INDEX_RUN_PLACE);
}
