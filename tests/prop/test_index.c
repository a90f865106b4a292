/* The search index against what is said of it: words of a sample directory and of our own, each
 * found where it was put, near ones as a comparison with every word finds them, runs of digits as
 * strstr() does, keys in their order.  Bytes changed at random are no crash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/near.h"
#include "db/bits.h"
#include "db/index.h"
#include "tests/lib/folder.h"
#include "tests/lib/sample.h"

enum { ENTRIES = 3000, ASKED = 4000 };

struct fixture {
  char folder[FOLDER_PATH], path[FOLDER_PATH + 16];
  struct index *file, *memory;
  char (*names)[40]; /* two words and a number of each entry */
  char (*numbers)[16];
  uint64_t seed;
  uint64_t *set;
};

static const char *const parts[] = {"ma",  "ri",  "to",  "dur",  "and", "el",  "os",
                                    "phi", "lip", "pou", "gnon", "ch",  "ard", "y"};

static void make_word(struct fixture *f, char out[16]) {
  size_t count = 1 + sample_random(&f->seed, 3);
  int len = 0;
  for (size_t i = 0; i < count; i++)
    len += snprintf(out + len, (size_t)(12 - len), "%s",
                    parts[sample_random(&f->seed, sizeof parts / sizeof *parts)]);
}

static void fill(struct fixture *f, struct index_maker *m) {
  for (size_t i = 0; i < ENTRIES; i++) {
    char key[32], document[96];
    int len = snprintf(key, sizeof key, "%08zu", i * 3);
    snprintf(document, sizeof document, "%s #code +%s +33%s ^%zu ", f->names[i], f->numbers[i],
             f->numbers[i] + 1, 900000 + i);
    assert_int_equal(index_maker_add(m, (int64_t)(i / 1000) << 40 | (int64_t)(ENTRIES - i), key,
                                     (size_t)len, document, NULL),
                     TC_OK);
  }
}

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  struct index_maker *m;
  if (!f || folder_make(f->folder) != 0)
    return -1;
  f->seed = 7;
  f->names = calloc(ENTRIES, sizeof *f->names);
  f->numbers = calloc(ENTRIES, sizeof *f->numbers);
  f->set = calloc(bits_words(ENTRIES), sizeof *f->set);
  for (size_t i = 0; i < ENTRIES; i++) {
    char first[16], second[16];
    make_word(f, first);
    make_word(f, second);
    snprintf(f->names[i], sizeof f->names[i], "%s ~%s", first, second);
    snprintf(f->numbers[i], sizeof f->numbers[i], "0%zu", 1990000 + sample_random(&f->seed, 9000));
  }
  snprintf(f->path, sizeof f->path, "%s/words.1", f->folder);
  assert_int_equal(index_maker_new(&m, true, NULL), TC_OK);
  fill(f, m);
  assert_int_equal(index_maker_write(m, f->path, NULL), TC_OK);
  index_maker_free(m);
  assert_int_equal(index_maker_new(&m, false, NULL), TC_OK);
  fill(f, m);
  assert_int_equal(index_maker_finish(m, &f->memory, NULL), TC_OK);
  index_maker_free(m);
  assert_int_equal(index_open(&f->file, f->path, NULL), TC_OK);
  *state = f;
  return 0;
}

static int stop(void **state) {
  struct fixture *f = *state;
  index_close(f->file);
  index_close(f->memory);
  folder_remove(f->folder);
  free(f->names);
  free(f->numbers);
  free(f->set);
  free(f);
  return 0;
}

static void only(struct fixture *f, bool (*is_in)(struct fixture *, size_t, const char *),
                 const char *text) {
  for (size_t i = 0; i < ENTRIES; i++)
    if (bits_has(f->set, i) != is_in(f, i, text)) {
      print_error("\"%s\": entry %zu (%s, %s)\n", text, i, f->names[i], f->numbers[i]);
      fail();
    }
  bits_clear(f->set, bits_words(ENTRIES));
}

static bool begins_plain(struct fixture *f, size_t i, const char *text) {
  return strncmp(f->names[i], text, strlen(text)) == 0;
}
static bool begins_alias(struct fixture *f, size_t i, const char *text) {
  return strncmp(strchr(f->names[i], '~') + 1, text, strlen(text)) == 0;
}
static bool is_plain(struct fixture *f, size_t i, const char *text) {
  return begins_plain(f, i, text) && f->names[i][strlen(text)] == ' ';
}
static bool runs_through(struct fixture *f, size_t i, const char *text) {
  char world[24];
  snprintf(world, sizeof world, "33%s", f->numbers[i] + 1);
  return strstr(f->numbers[i], text) || strstr(world, text);
}
static bool is_number(struct fixture *f, size_t i, const char *text) {
  char world[24];
  snprintf(world, sizeof world, "33%s", f->numbers[i] + 1);
  return strcmp(f->numbers[i], text) == 0 || strcmp(world, text) == 0;
}

static void words_are_found_whole_and_begun_in_a_file_and_in_memory(void **state) {
  struct fixture *f = *state;
  const struct index *const both[] = {f->file, f->memory};
  for (size_t i = 0; i < 2 * ASKED / 8; i++) {
    const struct index *x = both[i % 2];
    char word[16];
    uint32_t term;
    make_word(f, word);
    word[1 + sample_random(&f->seed, strlen(word))] = '\0';
    struct term_range r = index_begin(x, word, strlen(word));
    index_add_range(x, r, INDEX_PLAIN, f->set);
    only(f, begins_plain, word);
    index_add_range(x, r, INDEX_ALIAS, f->set);
    only(f, begins_alias, word);
    if (index_term(x, word, strlen(word), &term))
      index_add(x, term, INDEX_PLAIN, f->set);
    only(f, is_plain, word);
  }
}

static void numbers_are_found_whole_and_by_any_run(void **state) {
  struct fixture *f = *state;
  for (size_t i = 0; i < ASKED / 8; i++) {
    char digits[16];
    struct run_pattern p;
    const char *number = f->numbers[sample_random(&f->seed, ENTRIES)];
    size_t from = sample_random(&f->seed, strlen(number) - 1);
    snprintf(digits, sizeof digits, "%.*s", 2 + (int)sample_random(&f->seed, 7), number + from);
    if (i % 5 == 0)
      snprintf(digits, sizeof digits, "33%s", number + 1);
    assert_true(index_runs(f->file, digits) != SIZE_MAX);
    index_add_runs(f->file, digits, f->set);
    only(f, runs_through, digits);
    run_pattern_set(&p, digits);
    for (size_t e = 0; e < ENTRIES; e++)
      if (index_has_run(f->memory, e, &p))
        bits_add(f->set, e);
    only(f, runs_through, digits);
    index_add_number(f->file, digits, f->set);
    only(f, is_number, digits);
    index_add_number(f->memory, digits, f->set);
    only(f, is_number, digits);
  }
}

/* What index_near() must say, by asking every word. */
static void near_by_all(const struct index *x, const char *word, bool beginning,
                        struct index_near *out) {
  struct near_pattern p;
  size_t len = strlen(word);
  int allowed = near_allowance(len);
  memset(out, 0, sizeof *out);
  near_pattern_set(&p, word, len);
  for (uint32_t i = 0; allowed && i < index_terms(x); i++) {
    size_t n;
    const char *text = index_term_text(x, i, &n);
    if (*text < 'a' || *text > 'z')
      continue;
    int d = beginning ? near_pattern_prefix(&p, text, n, allowed)
                      : near_pattern_distance(&p, text, n, allowed);
    if (d <= allowed && out->counts[d] < INDEX_NEAR)
      out->terms[d][out->counts[d]++] = i;
  }
}

static void near_words_are_those_that_a_comparison_with_all_finds(void **state) {
  struct fixture *f = *state;
  size_t found = 0;
  for (size_t i = 0; i < ASKED; i++) {
    struct index_near want, got;
    char word[16];
    make_word(f, word);
    size_t len = strlen(word), at = sample_random(&f->seed, len);
    switch (sample_random(&f->seed, 4)) {
    case 0:
      word[at] = (char)('a' + sample_random(&f->seed, 26));
      break;
    case 1:
      memmove(word + at, word + at + 1, len - at);
      break;
    case 2:
      memmove(word + at + 1, word + at, len - at + 1);
      word[at] = 'x';
      break;
    default:
      if (at > 0) {
        char c = word[at];
        word[at] = word[at - 1];
        word[at - 1] = c;
      }
    }
    for (int beginning = 0; beginning < 2; beginning++) {
      near_by_all(f->file, word, beginning, &want);
      index_near(f->file, word, strlen(word), beginning, &got);
      for (size_t d = 0; d < INDEX_DISTANCES; d++) {
        if (want.counts[d] != got.counts[d] ||
            memcmp(want.terms[d], got.terms[d], want.counts[d] * sizeof **want.terms) != 0)
          print_error("\"%s\"%s at distance %zu: %zu words, %zu found\n", word,
                      beginning ? " begun" : "", d, want.counts[d], got.counts[d]);
        assert_int_equal(want.counts[d], got.counts[d]);
        assert_memory_equal(want.terms[d], got.terms[d], want.counts[d] * sizeof **want.terms);
        found += want.counts[d];
      }
    }
  }
  assert_true(found > ASKED);
}

static void keys_and_ids_lead_to_places(void **state) {
  struct fixture *f = *state;
  for (size_t i = 0; i < ENTRIES; i++) {
    char key[32];
    size_t place;
    for (size_t k = 0; k < 2; k++) { /* that key, and one behind it */
      int len = snprintf(key, sizeof key, "%08zu", i * 3 + k);
      assert_int_equal(index_before(f->file, key, (size_t)len), i + k);
    }
    int64_t id = index_id(f->file, i);
    assert_int_equal(id, (int64_t)(i / 1000) << 40 | (int64_t)(ENTRIES - i));
    assert_true(index_place(f->file, id, &place));
    assert_int_equal(place, i);
  }
  size_t place;
  assert_false(index_place(f->file, 77777, &place));
  assert_int_equal(index_id(f->file, ENTRIES), -1);
}

/* Asks everything there is to ask. */
static void ask_all(struct fixture *f, const struct index *x) {
  struct index_near near;
  uint32_t terms[16];
  size_t n = bits_words(index_entries(x)) + 1, place;
  uint64_t *set = calloc(n, sizeof *set);
  struct run_pattern p;
  assert_non_null(set);
  run_pattern_set(&p, "0199");
  for (size_t i = 0; i < 20; i++) {
    char word[16];
    make_word(f, word);
    index_add_range(x, index_begin(x, word, 2), INDEX_PLAIN, set);
    index_add_range(x, index_begin(x, word, 1), INDEX_ALIAS, set);
    index_near(x, word, strlen(word), i % 2, &near);
    index_sounds(x, word, strlen(word), terms, 16);
    index_add_number(x, f->numbers[i], set);
    if (index_runs(x, f->numbers[i] + 3) != SIZE_MAX)
      index_add_runs(x, f->numbers[i] + 3, set);
    index_has_run(x, i * 7, &p);
    index_before(x, word, strlen(word));
    index_place(x, (int64_t)i, &place);
    index_id(x, i);
  }
  free(set);
}

static void changed_bytes_give_less_and_no_crash(void **state) {
  struct fixture *f = *state;
  struct buffer whole = BUFFER_INIT;
  size_t refused = 0;
  assert_int_equal(file_read(&whole, f->path, 16 << 20, NULL), TC_OK);
  for (size_t i = 0; i < 300; i++) {
    struct index *x;
    size_t len = i % 10 ? whole.len : sample_random(&f->seed, whole.len);
    char *bytes = malloc(len + 1);
    assert_non_null(bytes);
    memcpy(bytes, whole.data, len);
    for (size_t k = 0; len && k < 1 + i % 60; k++) /* every third in the header */
      bytes[sample_random(&f->seed, i % 3 || len < 300 ? len : 300)] =
          (char)sample_random(&f->seed, 256);
    if (index_adopt(&x, bytes, len, NULL) == TC_OK)
      ask_all(f, x);
    else
      refused++;
    index_close(x);
  }
  assert_true(refused > 30);
  buffer_free(&whole);
}

static tc_status prove(const char *path, struct tc_error *err) {
  struct index_proof *p;
  bool more = true;
  tc_status status = index_proof_open(&p, path, err);
  while (status == TC_OK && more)
    status = index_proof_step(p, &more, err);
  index_proof_close(p);
  return status;
}

static void rot_is_found_by_the_sum(void **state) {
  struct fixture *f = *state;
  struct buffer whole = BUFFER_INIT;
  assert_int_equal(prove(f->path, NULL), TC_OK);
  assert_int_equal(file_read(&whole, f->path, 16 << 20, NULL), TC_OK);
  for (size_t i = 0; i < 20; i++) {
    size_t at = 320 + sample_random(&f->seed, whole.len - 320);
    struct tc_error err = {.status = TC_OK};
    whole.data[at] = (char)(whole.data[at] ^ 4);
    assert_int_equal(file_replace(f->path, whole.data, whole.len, 0640, NULL), TC_OK);
    assert_int_equal(prove(f->path, &err), TC_DAMAGED);
    assert_true(err.text[0]);
    whole.data[at] = (char)(whole.data[at] ^ 4);
  }
  buffer_free(&whole);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
  const struct CMUnitTest tests[] = {
      T(words_are_found_whole_and_begun_in_a_file_and_in_memory),
      T(numbers_are_found_whole_and_by_any_run),
      T(near_words_are_those_that_a_comparison_with_all_finds),
      T(keys_and_ids_lead_to_places),
      T(changed_bytes_give_less_and_no_crash),
      T(rot_is_found_by_the_sum),
  };
  return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
