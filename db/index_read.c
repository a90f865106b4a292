#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "core/near.h"
#include "db/bits.h"
#include "db/document.h"
#include "db/guard.h"
#include "db/index.h"

struct index {
  const char *bytes;
  size_t size;
  bool mapped;
  size_t entries, terms, ranges, sounds, digits, runs, words; /* words: of a set */
  bool by_id;
  const uint32_t *place, *ids, *key_at, *term_at, *list_at, *list_count, *sound, *digit_at, *run,
      *run_place;
  const struct index_range *range;
  const char *keys, *term_text, *lists, *digit_text;
  const uint64_t *pair;
  size_t keys_len, term_len, lists_len;
};

/* A sum for telling rot, not for telling who wrote it: multiply and mix, eight bytes a time. */
uint64_t index_sum(uint64_t sum, const void *bytes, size_t len) {
  const char *at = bytes;
  while (len) {
    uint64_t word = 0;
    size_t n = len < sizeof word ? len : sizeof word;
    memcpy(&word, at, n);
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    sum ^= sum >> 29;
    at += n;
    len -= n;
  }
  return sum;
}

/* ---- opening -----------------------------------------------------------------------------------
 */

tc_status index_is_damaged(const char *path, struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("%s is damaged; tocsin-sync rebuild makes it again"), path);
}

/* Are the sections inside the bytes, and of the sizes that the counts say? */
static bool fits(const struct index_header *h, size_t size) {
  const uint64_t n = h->entries, t = h->terms, none = UINT64_MAX;
  const uint64_t blocks = (n + INDEX_BLOCK - 1) / INDEX_BLOCK;
  const uint64_t want[INDEX_SECTIONS] = {
      [INDEX_PLACE] = 4 * n,
      [INDEX_BY_ID] = h->length[INDEX_BY_ID] ? 4 * n : 0,
      [INDEX_KEY_AT] = 4 * (blocks + 1),
      [INDEX_KEYS] = none,
      [INDEX_TERM_AT] = 4 * (t + 1),
      [INDEX_TERMS] = none,
      [INDEX_LIST_AT] = 8 * t,
      [INDEX_LIST_COUNT] = 8 * t,
      [INDEX_LISTS] = none,
      [INDEX_RANGE] = none,
      [INDEX_SOUND] = none,
      [INDEX_DIGIT_AT] = 4 * (n + 1),
      [INDEX_DIGITS_TEXT] = none,
      [INDEX_PAIR] = 16 * n,
      [INDEX_RUN] = none,
      [INDEX_RUN_PLACE] = 4 * (h->length[INDEX_DIGITS_TEXT] / 64 + 1),
  };
  for (size_t i = 0; i < INDEX_SECTIONS; i++)
    if (h->at[i] % 8 || h->at[i] > size || h->length[i] > size - h->at[i] ||
        (want[i] != none && h->length[i] != want[i]))
      return false;
  return h->length[INDEX_DIGITS_TEXT] >= 2 * INDEX_DIGITS &&
         h->length[INDEX_DIGITS_TEXT] < UINT32_MAX;
}

static const void *section(const struct index *x, const struct index_header *h,
                           enum index_section which) {
  return x->bytes + h->at[which];
}

/* Checks the header and points at the sections. */
static tc_status read_header(struct index *x, const char *path, struct tc_error *err) {
  struct index_header h;
  if (x->size < sizeof h)
    return index_is_damaged(path, err);
  memcpy(&h, x->bytes, sizeof h);
  if (memcmp(h.magic, "tcwords\n", sizeof h.magic) != 0 || h.version != INDEX_VERSION ||
      h.order != 0x01020304 || h.size != x->size || !fits(&h, x->size))
    return index_is_damaged(path, err);
  x->entries = h.entries;
  x->terms = h.terms;
  x->words = bits_words(x->entries);
  x->ranges = h.length[INDEX_RANGE] / sizeof(struct index_range);
  x->sounds = h.length[INDEX_SOUND] / 8;
  x->digits = h.length[INDEX_DIGITS_TEXT];
  x->runs = h.length[INDEX_RUN] / 4;
  x->by_id = h.length[INDEX_BY_ID] > 0;
  x->place = section(x, &h, INDEX_PLACE);
  x->ids = section(x, &h, INDEX_BY_ID);
  x->key_at = section(x, &h, INDEX_KEY_AT);
  x->keys = section(x, &h, INDEX_KEYS);
  x->keys_len = h.length[INDEX_KEYS];
  x->term_at = section(x, &h, INDEX_TERM_AT);
  x->term_text = section(x, &h, INDEX_TERMS);
  x->term_len = h.length[INDEX_TERMS];
  x->list_at = section(x, &h, INDEX_LIST_AT);
  x->list_count = section(x, &h, INDEX_LIST_COUNT);
  x->lists = section(x, &h, INDEX_LISTS);
  x->lists_len = h.length[INDEX_LISTS];
  x->range = section(x, &h, INDEX_RANGE);
  x->sound = section(x, &h, INDEX_SOUND);
  x->digit_at = section(x, &h, INDEX_DIGIT_AT);
  x->digit_text = section(x, &h, INDEX_DIGITS_TEXT);
  x->pair = section(x, &h, INDEX_PAIR);
  x->run = section(x, &h, INDEX_RUN);
  x->run_place = section(x, &h, INDEX_RUN_PLACE);
  return TC_OK;
}

/* Maps a whole file; *size 0 and NULL on failure. */
static tc_status map_file(const char *path, void **bytes, size_t *size, struct tc_error *err) {
  struct stat st;
  tc_status status = TC_OK;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  *bytes = NULL;
  *size = 0;
  if (fd < 0)
    return tc_fail_errno(err, errno, "%s", path);
  if (fstat(fd, &st) != 0)
    status = tc_fail_errno(err, errno, "%s", path);
  else if (!S_ISREG(st.st_mode) || st.st_size < (off_t)sizeof(struct index_header))
    status = index_is_damaged(path, err);
  if (status == TC_OK) {
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) {
      status = tc_fail_errno(err, errno, "%s", path);
    } else {
      *bytes = at;
      *size = (size_t)st.st_size;
    }
  }
  close(fd);
  return status;
}

static tc_status new_index(struct index **out, void *bytes, size_t len, bool mapped,
                           const char *path, struct tc_error *err) {
  struct index *x = calloc(1, sizeof *x);
  *out = NULL;
  if (!x) {
    if (mapped)
      munmap(bytes, len);
    else
      free(bytes);
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  x->bytes = bytes;
  x->size = len;
  x->mapped = mapped;
  if (mapped)
    guard_add(bytes, len);
  tc_status status = read_header(x, path, err);
  if (status == TC_OK)
    *out = x;
  else
    index_close(x);
  return status;
}

tc_status index_open(struct index **out, const char *path, struct tc_error *err) {
  void *bytes;
  size_t size;
  tc_status status = map_file(path, &bytes, &size, err);
  *out = NULL;
  return status == TC_OK ? new_index(out, bytes, size, true, path, err) : status;
}

tc_status index_adopt(struct index **out, void *bytes, size_t len, struct tc_error *err) {
  return new_index(out, bytes, len, false, _("the index in memory"), err);
}

void index_close(struct index *x) {
  if (!x)
    return;
  if (x->mapped) {
    munmap((void *)(uintptr_t)x->bytes, x->size);
    guard_remove(x->bytes);
  } else
    free((void *)(uintptr_t)x->bytes);
  free(x);
}

bool index_failed(const struct index *x) {
  return x->mapped && guard_was_hit(x->bytes);
}

/* ---- entries -----------------------------------------------------------------------------------
 */

size_t index_entries(const struct index *x) {
  return x->entries;
}

int64_t index_id(const struct index *x, size_t place) {
  if (place >= x->entries)
    return -1;
  return CLASS_ID(x->place[place] >> 29) + (x->place[place] & 0x1fffffff);
}

bool index_place(const struct index *x, int64_t id, size_t *place) {
  size_t low = 0, high = x->entries;
  while (low < high) {
    size_t middle = low + (high - low) / 2, at = x->by_id ? x->ids[middle] : middle;
    int64_t here = index_id(x, at);
    if (here == id) {
      *place = at;
      return true;
    }
    if (here < id)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

/* One block of keys, read from its head on. */
struct key_cursor {
  size_t at, end, len;
  unsigned char key[INDEX_KEY_MAX];
};

static bool key_next(const struct index *x, struct key_cursor *k) {
  if (k->end - k->at < 3)
    return false;
  const unsigned char *p = (const unsigned char *)x->keys + k->at;
  size_t shared = p[0], more = p[1] | (size_t)p[2] << 8;
  if (shared > k->len || more > k->end - k->at - 3 || shared + more > sizeof k->key)
    return false;
  memcpy(k->key + shared, p + 3, more);
  k->len = shared + more;
  k->at += 3 + more;
  return true;
}

static bool block_start(const struct index *x, size_t block, struct key_cursor *k) {
  k->at = x->key_at[block];
  k->end = x->key_at[block + 1];
  k->len = 0;
  if (k->at > k->end || k->end > x->keys_len)
    k->at = k->end = 0;
  return key_next(x, k);
}

static int key_compare(const struct key_cursor *k, const char *key, size_t len) {
  size_t n = k->len < len ? k->len : len;
  int order = memcmp(k->key, key, n);
  return order ? order : (k->len > len) - (k->len < len);
}

size_t index_before(const struct index *x, const char *key, size_t len) {
  size_t blocks = (x->entries + INDEX_BLOCK - 1) / INDEX_BLOCK, low = 0, high = blocks;
  struct key_cursor *k = malloc(sizeof *k);
  size_t before = 0;
  if (len > INDEX_KEY_MAX)
    len = INDEX_KEY_MAX;
  if (!k)
    return x->entries;
  while (low < high) { /* the first block whose head is not before the key */
    size_t middle = low + (high - low) / 2;
    if (block_start(x, middle, k) && key_compare(k, key, len) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0) { /* it falls into the block before */
    before = (low - 1) * INDEX_BLOCK;
    size_t end = low * INDEX_BLOCK < x->entries ? low * INDEX_BLOCK : x->entries;
    for (bool any = block_start(x, low - 1, k); before < end && any && key_compare(k, key, len) < 0;
         any = key_next(x, k))
      before++;
  }
  free(k);
  return before;
}

/* ---- terms -------------------------------------------------------------------------------------
 */

const char *index_term_text(const struct index *x, uint32_t term, size_t *len) {
  *len = 0;
  if (term >= x->terms)
    return "";
  size_t at = x->term_at[term], end = x->term_at[term + 1];
  if (at > end || end > x->term_len || end - at > UINT8_MAX)
    return "";
  *len = end - at;
  return x->term_text + at;
}

/* The first term that is not before text: as a whole, or (prefix) that does not begin before it;
 * behind: the first behind all that begin so. */
static uint32_t lower_bound(const struct index *x, const char *text, size_t len, bool behind) {
  uint32_t low = 0, high = (uint32_t)x->terms;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    size_t n;
    const char *term = index_term_text(x, middle, &n);
    int order = memcmp(term, text, n < len ? n : len);
    if (order < 0 || (order == 0 && (n < len || behind)))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

struct term_range index_begin(const struct index *x, const char *prefix, size_t len) {
  return (struct term_range){lower_bound(x, prefix, len, false), lower_bound(x, prefix, len, true)};
}

bool index_term(const struct index *x, const char *text, size_t len, uint32_t *term) {
  size_t n;
  *term = lower_bound(x, text, len, false);
  const char *there = index_term_text(x, *term, &n);
  return n == len && n > 0 && memcmp(there, text, len) == 0;
}

static bool add_list(const struct index *x, uint32_t at, uint32_t count, uint64_t *set) {
  size_t from = (size_t)at * 8;
  if (count == 0 || from >= x->lists_len)
    return false;
  if (count >> INDEX_BITMAP) {
    if (x->lists_len - from < x->words * 8)
      return false;
    bits_or(set, (const uint64_t *)(const void *)(x->lists + from), x->words);
    return true;
  }
  const unsigned char *p = (const unsigned char *)x->lists + from,
                      *end = (const unsigned char *)x->lists + x->lists_len;
  uint64_t place = UINT64_MAX;
  for (; count; count--) {
    uint64_t step = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (p == end || shift > 28)
        return true;
      step |= (uint64_t)(*p & 0x7f) << shift;
      if (!(*p++ & 0x80))
        break;
    }
    place += step + 1;
    if (place >= x->entries)
      return true;
    bits_add(set, place);
  }
  return true;
}

bool index_add(const struct index *x, uint32_t term, int use, uint64_t *set) {
  if (term >= x->terms)
    return false;
  size_t i = 2 * (size_t)term + (size_t)use;
  return add_list(x, x->list_at[i], x->list_count[i], set);
}

static int range_compare(const struct index_range *r, struct term_range want, int use) {
  if (r->first != want.first)
    return r->first < want.first ? -1 : 1;
  if (r->behind != want.behind)
    return r->behind < want.behind ? -1 : 1;
  return r->use == (uint32_t)use ? 0 : r->use < (uint32_t)use ? -1 : 1;
}

bool index_add_range(const struct index *x, struct term_range range, int use, uint64_t *set) {
  size_t low = 0, high = x->ranges;
  bool any = false;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = range_compare(&x->range[middle], range, use);
    if (order == 0)
      return add_list(x, x->range[middle].at, x->range[middle].count, set);
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (uint32_t term = range.first; term < range.behind; term++)
    any |= index_add(x, term, use, set);
  return any;
}

/* ---- as heard ----------------------------------------------------------------------------------
 */

uint32_t index_terms(const struct index *x) {
  return (uint32_t)x->terms;
}

size_t index_sounds(const struct index *x, const char *word, size_t len, uint32_t *terms,
                    size_t most) {
  char sound[NEAR_SOUND_MAX], other[NEAR_SOUND_MAX];
  size_t low = 0, high = x->sounds, count = 0;
  near_sound(word, len, sound);
  if (!*sound)
    return 0;
  uint32_t hash = (uint32_t)index_sum(0, sound, strlen(sound));
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (x->sound[2 * middle] < hash)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < x->sounds && x->sound[2 * low] == hash && count < most; low++) {
    size_t n;
    const char *text = index_term_text(x, x->sound[2 * low + 1], &n);
    near_sound(text, n, other);
    if (strcmp(sound, other) == 0)
      terms[count++] = x->sound[2 * low + 1];
  }
  return count;
}

/* ---- numbers -----------------------------------------------------------------------------------
 */

/* The bytes of DIGITS from a run on: the newlines at its end make INDEX_DIGITS of them readable. */
static const char *run_text(const struct index *x, size_t run, size_t *at) {
  *at = x->run[run];
  if (*at > x->digits - 2 * INDEX_DIGITS)
    *at = x->digits - 2 * INDEX_DIGITS;
  return x->digit_text + *at;
}

/* The first run from low on that is not before the digits; behind: that does not begin with them.
 */
static size_t run_bound(const struct index *x, const char *digits, size_t len, size_t low,
                        bool behind) {
  size_t high = x->runs;
  while (low < high) {
    size_t middle = low + (high - low) / 2, at;
    int order = memcmp(run_text(x, middle, &at), digits, len);
    if (order < 0 || (behind && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The entry whose numbers hold a byte of DIGITS. */
static size_t place_of(const struct index *x, size_t at) {
  size_t low = x->run_place[at / 64], high = x->run_place[at / 64 + 1];
  if (high >= x->entries || high < low)
    high = x->entries ? x->entries - 1 : 0;
  if (low >= x->entries)
    return x->entries;
  while (low < high) { /* the last entry that begins at or before it */
    size_t middle = high - (high - low) / 2;
    if (x->digit_at[middle] <= at)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

static void add_place(const struct index *x, size_t at, uint64_t *set) {
  size_t place = place_of(x, at);
  if (place < x->entries)
    bits_add(set, place);
}

static bool begins_number(const struct index *x, size_t at) {
  return at == 0 || x->digit_text[at - 1] == '\n';
}

/* The numbers of one entry. */
static const char *numbers_of(const struct index *x, size_t place, size_t *len) {
  size_t at = x->digit_at[place], end = x->digit_at[place + 1];
  *len = 0;
  if (at > end || end > x->digits)
    return "";
  *len = end - at;
  return x->digit_text + at;
}

bool index_add_number(const struct index *x, const char *digits, uint64_t *set) {
  char line[INDEX_DIGITS + 2] = "\n";
  size_t len = strlen(digits), at;
  bool any = false;
  if (len == 0 || len >= INDEX_DIGITS)
    return false;
  memcpy(line + 1, digits, len);
  line[len + 1] = '\n';
  if (x->runs) {
    for (size_t i = run_bound(x, line + 1, len + 1, 0, false); i < x->runs; i++) {
      const char *text = run_text(x, i, &at);
      if (memcmp(text, line + 1, len + 1) != 0 || !begins_number(x, at))
        break; /* whole numbers come first */
      add_place(x, at, set);
      any = true;
    }
    return any;
  }
  struct run_pattern p;
  run_pattern_set(&p, digits);
  for (size_t i = 0; i < x->entries; i++) {
    size_t n;
    if ((x->pair[2 * i] & p.pairs[0]) != p.pairs[0] ||
        (x->pair[2 * i + 1] & p.pairs[1]) != p.pairs[1])
      continue;
    const char *text = numbers_of(x, i, &n);
    if ((n > len && memcmp(text, line + 1, len + 1) == 0) || memmem(text, n, line, len + 2)) {
      bits_add(set, i);
      any = true;
    }
  }
  return any;
}

size_t index_runs(const struct index *x, const char *digits) {
  size_t len = strlen(digits);
  if (x->runs == 0 || len < 2 || len >= INDEX_DIGITS)
    return SIZE_MAX;
  size_t first = run_bound(x, digits, len, 0, false);
  return run_bound(x, digits, len, first, true) - first;
}

void index_add_runs(const struct index *x, const char *digits, uint64_t *set) {
  size_t len = strlen(digits), at;
  if (len < 2 || len >= INDEX_DIGITS)
    return;
  size_t first = run_bound(x, digits, len, 0, false),
         behind = run_bound(x, digits, len, first, true);
  for (size_t i = first; i < behind; i++) {
    run_text(x, i, &at);
    add_place(x, at, set);
  }
}

void run_pattern_set(struct run_pattern *p, const char *digits) {
  memset(p, 0, sizeof *p);
  p->len = strnlen(digits, INDEX_DIGITS - 1);
  memcpy(p->digits, digits, p->len);
  for (size_t i = 0; i + 1 < p->len; i++) {
    unsigned bit = (unsigned)(digits[i] - '0') * 10 + (unsigned)(digits[i + 1] - '0');
    p->pairs[bit / 64 & 1] |= UINT64_C(1) << bit % 64;
  }
}

bool index_has_run(const struct index *x, size_t place, const struct run_pattern *p) {
  size_t len;
  if (place >= x->entries || (x->pair[2 * place] & p->pairs[0]) != p->pairs[0] ||
      (x->pair[2 * place + 1] & p->pairs[1]) != p->pairs[1])
    return false;
  const char *text = numbers_of(x, place, &len);
  return p->len == 2 ? len > 0 : memmem(text, len, p->digits, p->len) != NULL;
}
