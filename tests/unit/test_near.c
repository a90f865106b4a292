/* Nearness: typos and sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/fold.h"
#include "core/near.h"

static void typos_are_counted_as_people_make_them(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    int distance;
  } cases[] = {
      {"dupont", "dupont", 0},  {"dupont", "dupond", 1},
      {"dupont", "dpuont", 1},  {"dupont", "dupnt", 1},
      {"dupont", "dupoont", 1}, {"dupont", "durand", 3},
      {"ca", "abc", 3},         {"", "abc", 3},
      {"abc", "", 3},           {"", "", 0},
      {"kitten", "sitting", 3}, {"a", "b", 1},
      {"елка", "елкы", 1},      {"елка", "лека", 1},
      {"北京", "北", 1},        {"cafe", "café", 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const char *a = cases[i].a, *b = cases[i].b;
    int d = near_distance(a, strlen(a), b, strlen(b), 9);
    int back = near_distance(b, strlen(b), a, strlen(a), 9);
    if (d != cases[i].distance || back != d)
      fail_msg("%s, %s: %d, %d, not %d", a, b, d, back, cases[i].distance);
  }
}

static void counting_stops_past_the_most(void **state) {
  (void)state;
  assert_int_equal(near_distance("abcdef", 6, "uvwxyz", 6, 2), 3);
  assert_int_equal(near_distance("abcdef", 6, "abcdefghijk", 11, 2), 3);
  assert_int_equal(near_distance("abcdef", 6, "abcdxx", 6, 2), 2);
  assert_int_equal(near_distance("a", 1, "b", 1, 0), 1);
}

static void a_word_in_typing_is_near_its_best_prefix(void **state) {
  (void)state;
  static const struct {
    const char *query, *word;
    int distance;
  } cases[] = {
      {"cradi", "cardiologie", 1},   {"cardi", "cardiologie", 0},
      {"ardio", "cardiologie", 1},   {"cardo", "cardiologie", 1},
      {"cardiologies", "cardio", 3}, {"", "cardio", 0},
      {"xyz", "cardio", 3},          {"елк", "елка", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const char *q = cases[i].query, *w = cases[i].word;
    int d = near_prefix_distance(q, strlen(q), w, strlen(w), 2);
    if (d != cases[i].distance)
      fail_msg("%s, %s: %d, not %d", q, w, d, cases[i].distance);
  }
}

static void longer_words_may_have_more_typos(void **state) {
  (void)state;
  static const int most[] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2};
  for (size_t n = 0; n < sizeof most / sizeof most[0]; n++)
    assert_int_equal(near_allowance(n), most[n]);
}

static void check_sound(const char *a, const char *b) {
  char ka[NEAR_SOUND_MAX], kb[NEAR_SOUND_MAX];
  near_sound(a, strlen(a), ka);
  near_sound(b, strlen(b), kb);
  if (!ka[0] || strcmp(ka, kb) != 0)
    fail_msg("%s sounds \"%s\", %s \"%s\"", a, ka, b, kb);
}

static void words_that_sound_alike_share_a_key(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"dupont", "dupond"},        {"thibault", "tibo"},      {"renault", "reno"},
      {"lefebvre", "lefevre"},     {"pharmacie", "farmacie"}, {"khaled", "kaled"},
      {"schmitt", "schmidt"},      {"chloe", "cloe"},         {"guillaume", "guiaume"},
      {"psychiatrie", "sikiatri"}, {"nguyen", "nguien"},      {"accueil", "akeuil"},
      {"wagner", "vagner"},        {"ouattara", "wattara"},   {"champ", "chan"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
    check_sound(pairs[i][0], pairs[i][1]);
}

/* Calls take with the fields of each line of a list in tests/data. */
static void each_line(const char *name, void (*take)(char *fields[3])) {
  const char *top = getenv("TOCSIN_TOP");
  char path[4096], *save = NULL;
  struct buffer text = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/tests/data/%s", top ? top : ".", name);
  if (file_read(&text, path, 1 << 20, &err) != TC_OK)
    fail_msg("%s", err.text);
  for (char *line = strtok_r(text.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
    char *fields[3] = {NULL, NULL, NULL}, *inner = NULL;
    if (line[0] == '#')
      continue;
    fields[0] = strtok_r(line, "\t", &inner);
    fields[1] = strtok_r(NULL, "\t", &inner);
    fields[2] = strtok_r(NULL, "\t", &inner);
    take(fields);
  }
  buffer_free(&text);
}

static void refuse_sound(char *fields[3]) {
  char ka[NEAR_SOUND_MAX], kb[NEAR_SOUND_MAX];
  if (strcmp(fields[0], "sound") != 0)
    return;
  near_sound(fields[1], strlen(fields[1]), ka);
  near_sound(fields[2], strlen(fields[2]), kb);
  if (strcmp(ka, kb) == 0)
    fail_msg("%s and %s sound alike (%s)", fields[1], fields[2], ka);
}

static void different_names_sound_different(void **state) {
  (void)state;
  each_line("variants_not.tsv", refuse_sound);
}

static int typed, found;

static void count_found(char *fields[3]) {
  int most = near_allowance(strlen(fields[0]));
  typed++;
  found += near_distance(fields[0], strlen(fields[0]), fields[1], strlen(fields[1]), most) <= most;
}

/* Words of three letters allow no typo: the list has a few. */
static void nearly_all_typos_are_within_the_allowance(void **state) {
  (void)state;
  typed = found = 0;
  each_line("variants_typo.tsv", count_found);
  assert_true(typed >= 200);
  assert_true(found * 100 >= typed * 98);
}

static void count_heard(char *fields[3]) {
  struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
  char ka[NEAR_SOUND_MAX], kb[NEAR_SOUND_MAX];
  fold_text(&a, fields[0], strlen(fields[0]), NULL);
  fold_text(&b, fields[1], strlen(fields[1]), NULL);
  near_sound(buffer_text(&a), a.len, ka);
  near_sound(buffer_text(&b), b.len, kb);
  typed++;
  found += ka[0] && strcmp(ka, kb) == 0;
  buffer_free(&a);
  buffer_free(&b);
}

static void most_names_of_many_origins_are_heard(void **state) {
  (void)state;
  static const char *const lists[] = {"variants_sound_check.tsv", "variants_sound_origins.tsv",
                                      "variants_sound_unseen.tsv"};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    typed = found = 0;
    each_line(lists[i], count_heard);
    assert_true(typed >= 90);
    if (found * 100 < typed * 79)
      fail_msg("%s: %d of %d are heard", lists[i], found, typed);
  }
}

static void words_without_sound_have_no_key(void **state) {
  (void)state;
  static const char *const words[] = {"", "12", "b2", "a", "больница", "北京", "Dupont"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    char key[NEAR_SOUND_MAX] = "x";
    near_sound(words[i], strlen(words[i]), key);
    assert_string_equal(key, "");
  }
}

static void a_key_has_a_bound(void **state) {
  (void)state;
  char word[200], key[NEAR_SOUND_MAX];
  for (size_t i = 0; i < sizeof word; i++)
    word[i] = i % 2 ? 'a' : 'b';
  near_sound(word, sizeof word, key);
  assert_int_equal(strlen(key), NEAR_SOUND_MAX - 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(typos_are_counted_as_people_make_them),
      cmocka_unit_test(counting_stops_past_the_most),
      cmocka_unit_test(a_word_in_typing_is_near_its_best_prefix),
      cmocka_unit_test(longer_words_may_have_more_typos),
      cmocka_unit_test(words_that_sound_alike_share_a_key),
      cmocka_unit_test(different_names_sound_different),
      cmocka_unit_test(nearly_all_typos_are_within_the_allowance),
      cmocka_unit_test(most_names_of_many_origins_are_heard),
      cmocka_unit_test(words_without_sound_have_no_key),
      cmocka_unit_test(a_key_has_a_bound),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
