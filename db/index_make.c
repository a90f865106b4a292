#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "core/near.h"
#include "db/bits.h"
#include "db/document.h"
#include "db/index.h"
#include "db/index_maker.h"

/* A list of places as LISTS has it, while it grows. */
struct list {
  unsigned char *bytes;
  uint32_t len, cap, count, last; /* last: the place, plus one; 0 none */
};

struct term {
  const char *text;
  uint32_t len;
  struct list lists[2];
};

struct index_maker {
  bool whole;
  struct arena arena; /* texts and small lists */
  struct term *terms;
  size_t count, cap;
  uint32_t *slots; /* hash table: number of a term, plus one */
  size_t slot_count;
  struct vector place, key_at, keys, digit_at, digits, pair;
  size_t entries, key_len;
  unsigned char key[INDEX_KEY_MAX]; /* the last one */
  bool ascending;
  bool failed;
};

/* ---- vectors and sinks -------------------------------------------------------------------------
 */

void *vector_reserve(struct vector *v, size_t len) {
  if (v->failed)
    return NULL;
  if (v->cap - v->len < len) {
    size_t cap = v->cap ? v->cap * 2 : 4096;
    while (cap - v->len < len)
      cap *= 2;
    char *data = realloc(v->data, cap);
    if (!data) {
      v->failed = true;
      return NULL;
    }
    v->data = data;
    v->cap = cap;
  }
  return v->data + v->len;
}

void vector_add(struct vector *v, const void *bytes, size_t len) {
  void *to = vector_reserve(v, len);
  if (to && bytes && len) {
    memcpy(to, bytes, len);
    v->len += len;
  }
}

void vector_free(struct vector *v) {
  free(v->data);
  *v = (struct vector){0};
}

enum { SINK_PIECE = 1024 * 1024 };

/* Writes what a file's sink holds, all but what is not a multiple of eight yet. */
static void sink_flush(struct sink *s, bool all) {
  size_t len = all ? s->out.len : s->out.len / 8 * 8;
  if (s->status != TC_OK)
    return;
  s->sum = index_sum(s->sum, s->out.data, len);
  s->status = file_write(s->fd, s->path, s->out.data, len, s->err);
  if (s->status != TC_OK)
    return;
  memmove(s->out.data, s->out.data + len, s->out.len - len);
  s->out.len -= len;
}

void sink_write(struct sink *s, const void *bytes, size_t len) {
  const char *from = bytes;
  while (len && s->status == TC_OK) {
    size_t piece = s->fd < 0 || len < SINK_PIECE ? len : SINK_PIECE;
    vector_add(&s->out, from, piece);
    if (s->out.failed)
      s->status = tc_fail(s->err, TC_NO_MEMORY, _("out of memory"));
    s->at += piece;
    from += piece;
    len -= piece;
    if (s->fd >= 0 && s->out.len >= SINK_PIECE)
      sink_flush(s, false);
  }
}

void sink_begin(struct sink *s, enum index_section section) {
  static const char zeros[8];
  sink_write(s, zeros, (8 - s->at % 8) % 8);
  s->header.at[section] = s->at;
}

void sink_end(struct sink *s, enum index_section section) {
  s->header.length[section] = s->at - s->header.at[section];
}

static void sink_section(struct sink *s, enum index_section section, const void *bytes,
                         size_t len) {
  sink_begin(s, section);
  sink_write(s, bytes, len);
  sink_end(s, section);
}

/* ---- adding ------------------------------------------------------------------------------------
 */

tc_status index_maker_new(struct index_maker **out, bool whole, struct tc_error *err) {
  struct index_maker *m = calloc(1, sizeof *m);
  *out = NULL;
  if (m) {
    m->whole = whole;
    m->ascending = true;
    m->slot_count = whole ? 65536 : 2048;
    m->slots = calloc(m->slot_count, sizeof *m->slots);
  }
  if (!m || !m->slots) {
    free(m);
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  *out = m;
  return TC_OK;
}

void index_maker_free(struct index_maker *m) {
  if (!m)
    return;
  for (size_t i = 0; i < m->count; i++)
    for (size_t k = 0; k < 2; k++)
      free(m->terms[i].lists[k].bytes);
  free(m->terms);
  free(m->slots);
  arena_free(&m->arena);
  struct vector *const vectors[] = {&m->place,    &m->key_at, &m->keys,
                                    &m->digit_at, &m->digits, &m->pair};
  for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
    vector_free(vectors[i]);
  free(m);
}

static size_t hash_of(const char *text, size_t len) {
  return (size_t)(index_sum(len, text, len) >> 7);
}

/* Twice the slots. */
static bool widen(struct index_maker *m) {
  size_t wider = m->slot_count * 2;
  uint32_t *slots = calloc(wider, sizeof *slots);
  if (!slots)
    return false;
  for (size_t i = 0; i < m->count; i++) {
    size_t at = hash_of(m->terms[i].text, m->terms[i].len) & (wider - 1);
    while (slots[at])
      at = (at + 1) & (wider - 1);
    slots[at] = (uint32_t)i + 1;
  }
  free(m->slots);
  m->slots = slots;
  m->slot_count = wider;
  return true;
}

/* The term of a text, made where it is new; NULL: no memory. */
static struct term *term_of(struct index_maker *m, const char *text, size_t len) {
  size_t at = hash_of(text, len) & (m->slot_count - 1);
  for (; m->slots[at]; at = (at + 1) & (m->slot_count - 1)) {
    struct term *t = &m->terms[m->slots[at] - 1];
    if (t->len == len && memcmp(t->text, text, len) == 0)
      return t;
  }
  if (m->count == m->cap) {
    size_t cap = m->cap ? m->cap * 2 : 1024;
    struct term *terms = realloc(m->terms, cap * sizeof *terms);
    if (!terms)
      return NULL;
    m->terms = terms;
    m->cap = cap;
  }
  const char *copy = arena_copy(&m->arena, text, len);
  if (!copy)
    return NULL;
  m->terms[m->count] = (struct term){.text = copy, .len = (uint32_t)len};
  m->slots[at] = (uint32_t)++m->count;
  if (m->count * 2 > m->slot_count && !widen(m)) {
    m->count--;
    m->slots[at] = 0;
    return NULL;
  }
  return &m->terms[m->count - 1];
}

static void list_add(struct index_maker *m, struct list *l, size_t place) {
  uint32_t step = (uint32_t)place - l->last;
  if (l->last == place + 1) /* a word that it holds twice */
    return;
  if (l->cap - l->len < 5) {
    uint32_t cap = l->cap ? l->cap * 2 : 8;
    unsigned char *bytes = realloc(l->bytes, cap);
    if (!bytes) {
      m->failed = true;
      return;
    }
    l->bytes = bytes;
    l->cap = cap;
  }
  for (; step >= 0x80; step >>= 7)
    l->bytes[l->len++] = (unsigned char)(step | 0x80);
  l->bytes[l->len++] = (unsigned char)step;
  l->last = (uint32_t)place + 1;
  l->count++;
}

static void add_number(struct index_maker *m, const char *digits, size_t len) {
  if (len >= INDEX_DIGITS)
    return;
  vector_add(&m->digits, digits, len);
  vector_add(&m->digits, "\n", 1);
  uint64_t *pair = m->pair.failed ? NULL : (uint64_t *)(void *)(m->pair.data + m->pair.len - 16);
  for (size_t i = 0; pair && i + 1 < len; i++) {
    unsigned bit = (unsigned)(digits[i] - '0') * 10 + (unsigned)(digits[i + 1] - '0');
    pair[bit / 64 & 1] |= UINT64_C(1) << bit % 64;
  }
}

static void add_word(struct index_maker *m, const char *word, size_t len) {
  if (*word == '+') {
    add_number(m, word + 1, len - 1);
    return;
  }
  int use = *word == '~' ? INDEX_ALIAS : INDEX_PLAIN;
  size_t skip = use == INDEX_ALIAS ? 1 : 0;
  if (len <= skip || len - skip > UINT8_MAX)
    return;
  struct term *t = term_of(m, word + skip, len - skip);
  if (t)
    list_add(m, &t->lists[use], m->entries);
  else
    m->failed = true;
}

static void add_key(struct index_maker *m, const unsigned char *key, size_t len) {
  size_t shared = 0;
  if (m->entries % INDEX_BLOCK == 0)
    vector_add_u32(&m->key_at, (uint32_t)m->keys.len);
  else
    while (shared < len && shared < m->key_len && shared < UINT8_MAX &&
           key[shared] == m->key[shared])
      shared++;
  size_t more = len - shared;
  const unsigned char head[3] = {(unsigned char)shared, (unsigned char)more,
                                 (unsigned char)(more >> 8)};
  vector_add(&m->keys, head, sizeof head);
  vector_add(&m->keys, key + shared, more);
  memcpy(m->key, key, len);
  m->key_len = len;
}

tc_status index_maker_add(struct index_maker *m, int64_t id, const char *key, size_t key_len,
                          const char *document, struct tc_error *err) {
  static const char none[16];
  uint64_t number = (uint64_t)id & ((UINT64_C(1) << 40) - 1);
  if (number >> 29 || m->entries >= UINT32_C(0x7fffffff) || m->digits.len > UINT32_MAX / 2 ||
      m->keys.len > UINT32_MAX / 2)
    return tc_fail(err, TC_TOO_LONG, _("the directory has more entries than can be indexed"));
  uint32_t place = (uint32_t)((uint64_t)id >> 40 << 29 | number), before;
  if (m->entries) {
    memcpy(&before, m->place.data + m->place.len - sizeof before, sizeof before);
    m->ascending = m->ascending && before < place;
  }
  vector_add_u32(&m->place, place);
  vector_add_u32(&m->digit_at, (uint32_t)m->digits.len);
  vector_add(&m->pair, none, sizeof none);
  add_key(m, (const unsigned char *)key, key_len < INDEX_KEY_MAX - 1 ? key_len : INDEX_KEY_MAX - 1);
  for (const char *end; (end = strchr(document, ' ')); document = end + 1)
    if (end > document)
      add_word(m, document, (size_t)(end - document));
  m->entries++;
  if (m->failed || arena_failed(&m->arena) || m->place.failed || m->digit_at.failed ||
      m->pair.failed || m->keys.failed || m->key_at.failed || m->digits.failed)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return TC_OK;
}

/* ---- finishing ---------------------------------------------------------------------------------
 */

static int by_text(const void *a, const void *b) {
  const struct term *x = a, *y = b;
  int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
  return order ? order : (x->len > y->len) - (x->len < y->len);
}

static int by_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void write_ids(struct sink *s, const struct index_maker *m) {
  const uint32_t *place = (const uint32_t *)(const void *)m->place.data;
  uint64_t *order = m->ascending ? NULL : malloc((m->entries + 1) * sizeof *order);
  sink_begin(s, INDEX_BY_ID);
  if (order) {
    for (size_t i = 0; i < m->entries; i++)
      order[i] = (uint64_t)place[i] << 32 | i;
    qsort(order, m->entries, sizeof *order, by_number);
    for (size_t i = 0; i < m->entries; i++) {
      uint32_t at = (uint32_t)order[i];
      sink_write(s, &at, sizeof at);
    }
    free(order);
  } else if (!m->ascending && s->status == TC_OK) {
    s->status = tc_fail(s->err, TC_NO_MEMORY, _("out of memory"));
  }
  sink_end(s, INDEX_BY_ID);
}

/* Adds a list's places to a set. */
static void list_or(const struct list *l, uint64_t *set) {
  const unsigned char *p = l->bytes;
  uint64_t place = UINT64_MAX;
  for (uint32_t i = 0; i < l->count; i++) {
    uint64_t step = 0;
    unsigned shift = 0;
    for (; *p & 0x80; shift += 7)
      step |= (uint64_t)(*p++ & 0x7f) << shift;
    step |= (uint64_t)*p++ << shift;
    place += step + 1;
    bits_add(set, place);
  }
}

/* What is being written of the lists. */
struct listing {
  struct sink *s;
  struct index_maker *m;
  uint64_t *set; /* scratch */
  size_t words;
  uint64_t from; /* where LISTS begins */
  struct vector at, count, ranges;
};

/* Where the next list begins, in units of eight. */
static uint32_t next_list(struct listing *x) {
  static const char zeros[8];
  sink_write(x->s, zeros, (8 - x->s->at % 8) % 8);
  uint64_t at = (x->s->at - x->from) / 8;
  if (at > UINT32_MAX && x->s->status == TC_OK)
    x->s->status =
        tc_fail(x->s->err, TC_TOO_LONG, _("the directory has more entries than can be indexed"));
  return (uint32_t)at;
}

/* A list so long that a bitmap is read faster.  Sites, types and kinds are asked of every query. */
static bool is_dense(const struct listing *x, const struct term *t, uint32_t count) {
  size_t share = strchr("@#=%", *t->text) ? 256 : 32;
  return x->m->whole && count > 64 && count > x->m->entries / share;
}

static void write_list(struct listing *x, const struct term *t, const struct list *l) {
  uint32_t at = 0, count = l->count;
  if (count && is_dense(x, t, count)) {
    bits_clear(x->set, x->words);
    list_or(l, x->set);
    at = next_list(x);
    sink_write(x->s, x->set, x->words * 8);
    count |= UINT32_C(1) << INDEX_BITMAP;
  } else if (count) {
    at = next_list(x);
    sink_write(x->s, l->bytes, l->len);
  }
  vector_add_u32(&x->at, at);
  vector_add_u32(&x->count, count);
}

/* The union of a range of terms, where reading them one by one would take long. */
static void write_range(struct listing *x, size_t first, size_t behind, int use) {
  uint64_t total = 0;
  for (size_t i = first; i < behind; i++)
    total += x->m->terms[i].lists[use].count;
  size_t n = x->m->entries;
  if (behind - first < 4 || (total < n / 64 && behind - first < 200) || total < 512)
    return;
  uint64_t count = 0;
  bits_clear(x->set, x->words);
  for (size_t i = first; i < behind; i++)
    list_or(&x->m->terms[i].lists[use], x->set);
  for (size_t i = 0; i < x->words; i++)
    count += (uint64_t)__builtin_popcountll(x->set[i]);
  struct index_range r = {.first = (uint32_t)first,
                          .behind = (uint32_t)behind,
                          .use = (uint32_t)use,
                          .at = next_list(x),
                          .count = (uint32_t)count};
  if (count > n / 64) {
    r.count |= UINT32_C(1) << INDEX_BITMAP;
    sink_write(x->s, x->set, x->words * 8);
  } else {
    struct list l = {0};
    for (size_t at = bits_next(x->set, x->words, 0, SIZE_MAX); at != SIZE_MAX;
         at = bits_next(x->set, x->words, at + 1, SIZE_MAX))
      list_add(x->m, &l, at);
    sink_write(x->s, l.bytes, l.len);
    free(l.bytes);
  }
  vector_add(&x->ranges, &r, sizeof r);
}

static int by_range(const void *a, const void *b) {
  const struct index_range *x = a, *y = b;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  if (x->behind != y->behind)
    return x->behind < y->behind ? -1 : 1;
  return (x->use > y->use) - (x->use < y->use);
}

/* Unions for prefixes of one to four bytes.  A prefix with the same terms as a longer one gives the
 * same range: it is written once. */
static void write_ranges(struct listing *x) {
  enum { PREFIX = 4 };
  const struct index_maker *m = x->m;
  for (size_t len = PREFIX; len >= 1 && m->whole; len--)
    for (size_t first = 0, behind; first < m->count; first = behind) {
      const struct term *t = &m->terms[first];
      for (behind = first + 1; behind < m->count && m->terms[behind].len >= len && t->len >= len &&
                               memcmp(m->terms[behind].text, t->text, len) == 0;)
        behind++;
      if (t->len < len || strchr(INDEX_MARKERS, *t->text))
        continue;
      bool known = len < PREFIX && m->terms[first].len > len && m->terms[behind - 1].len > len &&
                   m->terms[first].text[len] == m->terms[behind - 1].text[len];
      for (int use = 0; use < 2 && !known; use++)
        write_range(x, first, behind, use);
    }
  if (x->ranges.len)
    qsort(x->ranges.data, x->ranges.len / sizeof(struct index_range), sizeof(struct index_range),
          by_range);
}

static void write_lists(struct sink *s, struct index_maker *m) {
  struct listing x = {.s = s, .m = m, .words = bits_words(m->entries)};
  x.set = malloc((x.words + 1) * 8);
  sink_begin(s, INDEX_LISTS);
  x.from = s->at;
  for (size_t i = 0; x.set && i < m->count && s->status == TC_OK; i++)
    for (size_t use = 0; use < 2; use++)
      write_list(&x, &m->terms[i], &m->terms[i].lists[use]);
  if (x.set && s->status == TC_OK)
    write_ranges(&x);
  sink_end(s, INDEX_LISTS);
  if (s->status == TC_OK &&
      (!x.set || m->failed || x.at.failed || x.count.failed || x.ranges.failed))
    s->status = tc_fail(s->err, TC_NO_MEMORY, _("out of memory"));
  sink_section(s, INDEX_LIST_AT, x.at.data, x.at.len);
  sink_section(s, INDEX_LIST_COUNT, x.count.data, x.count.len);
  sink_section(s, INDEX_RANGE, x.ranges.data, x.ranges.len);
  free(x.set);
  vector_free(&x.at);
  vector_free(&x.count);
  vector_free(&x.ranges);
}

static void write_terms(struct sink *s, const struct index_maker *m) {
  uint32_t at = 0;
  sink_begin(s, INDEX_TERM_AT);
  for (size_t i = 0; i < m->count; at += m->terms[i++].len)
    sink_write(s, &at, sizeof at);
  sink_write(s, &at, sizeof at);
  sink_end(s, INDEX_TERM_AT);
  sink_begin(s, INDEX_TERMS);
  for (size_t i = 0; i < m->count; i++)
    sink_write(s, m->terms[i].text, m->terms[i].len);
  sink_end(s, INDEX_TERMS);
}

static int by_sound(const void *a, const void *b) {
  const uint32_t *x = a, *y = b;
  if (x[0] != y[0])
    return x[0] < y[0] ? -1 : 1;
  return (x[1] > y[1]) - (x[1] < y[1]);
}

static void write_sounds(struct sink *s, const struct index_maker *m) {
  struct vector sounds = {0};
  for (size_t i = 0; i < m->count; i++) {
    char sound[NEAR_SOUND_MAX];
    const struct term *t = &m->terms[i];
    if ((*t->text >= '0' && *t->text <= '9') || strchr(INDEX_MARKERS, *t->text))
      continue;
    near_sound(t->text, t->len, sound);
    if (*sound) {
      vector_add_u32(&sounds, (uint32_t)index_sum(0, sound, strlen(sound)));
      vector_add_u32(&sounds, (uint32_t)i);
    }
  }
  if (sounds.failed && s->status == TC_OK)
    s->status = tc_fail(s->err, TC_NO_MEMORY, _("out of memory"));
  if (sounds.len)
    qsort(sounds.data, sounds.len / 8, 8, by_sound);
  sink_section(s, INDEX_SOUND, sounds.data, sounds.len);
  vector_free(&sounds);
}

static void write_all(struct sink *s, struct index_maker *m) {
  static const char newlines[2 * INDEX_DIGITS + 1] =
      "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
      "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";
  s->at = sizeof s->header;
  vector_add_u32(&m->key_at, (uint32_t)m->keys.len);
  vector_add_u32(&m->digit_at, (uint32_t)m->digits.len);
  vector_add(&m->digits, newlines, 2 * INDEX_DIGITS);
  if ((m->key_at.failed || m->digit_at.failed || m->digits.failed) && s->status == TC_OK)
    s->status = tc_fail(s->err, TC_NO_MEMORY, _("out of memory"));
  if (m->count) {
    qsort(m->terms, m->count, sizeof *m->terms, by_text);
    memset(m->slots, 0, m->slot_count * sizeof *m->slots); /* their numbers have changed */
  }
  sink_section(s, INDEX_PLACE, m->place.data, m->place.len);
  write_ids(s, m);
  sink_section(s, INDEX_KEY_AT, m->key_at.data, m->key_at.len);
  sink_section(s, INDEX_KEYS, m->keys.data, m->keys.len);
  write_terms(s, m);
  write_lists(s, m);
  write_sounds(s, m);
  sink_section(s, INDEX_DIGIT_AT, m->digit_at.data, m->digit_at.len);
  sink_section(s, INDEX_DIGITS_TEXT, m->digits.data, m->digits.len);
  sink_section(s, INDEX_PAIR, m->pair.data, m->pair.len);
  if (s->status == TC_OK)
    index_runs_write(s, m->digits.data, m->digits.len,
                     (const uint32_t *)(const void *)m->digit_at.data, m->entries, m->whole);
  memcpy(s->header.magic, "tcwords\n", sizeof s->header.magic);
  s->header.version = INDEX_VERSION;
  s->header.order = 0x01020304;
  s->header.size = s->at;
  s->header.entries = (uint32_t)m->entries;
  s->header.terms = (uint32_t)m->count;
}

tc_status index_maker_finish(struct index_maker *m, struct index **out, struct tc_error *err) {
  struct sink s = {.fd = -1, .err = err};
  *out = NULL;
  vector_add(&s.out, &s.header, sizeof s.header);
  write_all(&s, m);
  if (s.status != TC_OK) {
    vector_free(&s.out);
    return s.status;
  }
  memcpy(s.out.data, &s.header, sizeof s.header);
  return index_adopt(out, s.out.data, s.out.len, err);
}

tc_status index_maker_write(struct index_maker *m, const char *path, struct tc_error *err) {
  struct sink s = {.path = path, .err = err};
  s.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (s.fd < 0)
    return tc_fail_errno(err, errno, "%s", path);
  if (lseek(s.fd, sizeof s.header, SEEK_SET) < 0) /* it comes last */
    s.status = tc_fail_errno(err, errno, "%s", path);
  write_all(&s, m);
  sink_flush(&s, true);
  s.header.sum = s.sum;
  if (s.status == TC_OK && pwrite(s.fd, &s.header, sizeof s.header, 0) != (ssize_t)sizeof s.header)
    s.status = tc_fail_errno(err, errno, "%s", path);
  if (s.status == TC_OK && fsync(s.fd) != 0)
    s.status = tc_fail_errno(err, errno, "%s", path);
  close(s.fd);
  vector_free(&s.out);
  if (s.status == TC_OK)
    s.status = file_sync_folder_of(path, err);
  if (s.status != TC_OK)
    unlink(path);
  return s.status;
}
