/* Folding: what index and query agree on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/fold.h"

static void check_fold(const char *text, const char *want) {
  struct buffer out = BUFFER_INIT;
  fold_text(&out, text, strlen(text), NULL);
  if (strcmp(buffer_text(&out), want) != 0)
    fail_msg("fold(\"%s\") = \"%s\", not \"%s\"", text, buffer_text(&out), want);
  buffer_free(&out);
}

struct pair {
  const char *text, *folded;
};

static void check_all(const struct pair *pairs, size_t count) {
  for (size_t i = 0; i < count; i++)
    check_fold(pairs[i].text, pairs[i].folded);
}
#define CHECK_ALL(pairs) check_all((pairs), sizeof(pairs) / sizeof((pairs)[0]))

static void case_accents_and_spaces_do_not_count(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"", ""},
      {"   ", ""},
      {"Réanimation  d'Hépato—Gastro", "reanimation d hepato gastro"},
      {"ÉÈÊËÀÂÄÙÛÜÎÏÔÖÇÑÝ", "eeeeaaauuuiioocny"},
      {"e\xCC\x81tage", "etage"}, /* decomposed */
      {"Ǻ ṩ ệ Ỹ", "a s e y"},
      {"\tURGENCES\r\n", "urgences"},
  };
  CHECK_ALL(pairs);
}

static void letters_without_decomposition_have_their_usual_spelling(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"CŒUR cœur coeur", "coeur coeur coeur"},
      {"Ægir æ", "aegir ae"},
      {"Søren Ødegård", "soren odegard"},
      {"Łukasz Wałęsa", "lukasz walesa"},
      {"Đặng Đorđević", "dang dordevic"},
      {"Straße GROẞ", "strasse gross"},
      {"Işık İzmir ılık", "isik izmir ilik"},
      {"Þór Ðað", "thor dad"},
      {"Ŋaba ŋ", "ngaba ng"},
      {"Ħamrun Ŧ", "hamrun t"},
      {"Məmmədov Ɔkɔ", "memmedov oko"},
  };
  CHECK_ALL(pairs);
}

static void compatibility_forms_fold_to_plain_ones(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"ﬁbro ﬂux", "fibro flux"},
      {"ＣＡＲＤＩＯ１２", "cardio 12"},
      {"m² 1ᵉʳ 5ª n°3", "m 2 1 er 5 a n 3"},
      {"½ Ⅳ ㎏", "1 2 iv kg"},
      {"٤٥٢ ४", "452 4"},
      {"car\xC2\xAD"
       "dio\xE2\x80\x8Blogie",
       "cardiologie"},
      {"infirmier·e·s", "infirmieres"},
  };
  CHECK_ALL(pairs);
}

static void hyphens_and_apostrophes_of_every_kind_separate(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"l'hôpital", "l hopital"},
      {"l\xE2\x80\x99hôpital", "l hopital"}, /* U+2019 */
      {"l\xCA\xBChôpital", "l hopital"},     /* U+02BC */
      {"l\xC2\xB4hôpital", "l hopital"},     /* U+00B4 */
      {"l`hôpital", "l hopital"},
      {"Hépato\xE2\x80\x90gastro", "hepato gastro"},
      {"Hépato\xE2\x80\x93gastro", "hepato gastro"},
      {"J.-P. S.A.U.", "j p s a u"},
      {"a/b,c;d(e)[f]{g}+h_i", "a b c d e f g h i"},
      {"nom@exemple.fr", "nom exemple fr"},
  };
  CHECK_ALL(pairs);
}

static void letters_and_digits_part(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"Bloc2", "bloc 2"}, {"Bloc 2", "bloc 2"}, {"bloc-2", "bloc 2"},      {"B12b", "b 12 b"},
      {"2e", "2 e"},       {"H1N1", "h 1 n 1"},  {"Pav.4/3e", "pav 4 3 e"},
  };
  CHECK_ALL(pairs);
}

static void saint_is_written_out_before_another_word(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"St-Aubin", "saint aubin"},
      {"Ste Anne", "sainte anne"},
      {"CH St. Aubin", "ch saint aubin"},
      {"Saint-Aubin", "saint aubin"},
      {"st", "st"},
      {"aubin st", "aubin st"},
      {"ST 2", "st 2"},
      {"st2", "st 2"},
      {"St St x", "saint saint x"},
  };
  CHECK_ALL(pairs);
}

static void other_scripts_stay_words(void **state) {
  (void)state;
  static const struct pair pairs[] = {
      {"Больница №5", "больница no 5"},
      {"Ёлка Йод", "елка иод"},
      {"Καρδιολογία ΠΌΝΟΣ", "καρδιολογια πονοσ"},
      {"北京 醫院", "北京 醫院"},
      {"مُسْتَشْفَى", "مستشفي"},
      {"カアー", "カアー"},
  };
  CHECK_ALL(pairs);
}

static void invalid_bytes_separate_and_are_counted(void **state) {
  (void)state;
  static const struct {
    const char *text, *folded;
    size_t replaced;
  } cases[] = {
      {"caf\xE9 noir", "caf noir", 1},
      {"a\xFF\xFE"
       "b",
       "a b", 2},
      {"\xC0\xAF", "", 2},
      {"x\xED\xA0\x80y", "x y", 3},
      {"\xE2\x82", "", 1},
      {"ok", "ok", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct buffer out = BUFFER_INIT;
    struct fold_report report;
    fold_text(&out, cases[i].text, strlen(cases[i].text), &report);
    assert_string_equal(buffer_text(&out), cases[i].folded);
    assert_int_equal(report.replaced, cases[i].replaced);
    assert_int_equal(report.cut, 0);
    buffer_free(&out);
  }
}

static void bounds_cut_and_say_so(void **state) {
  (void)state;
  struct buffer in = BUFFER_INIT, out = BUFFER_INIT;
  struct fold_report report;

  for (int i = 0; i < 100; i++)
    buffer_add_char(&in, 'x');
  fold_text(&out, buffer_text(&in), in.len, &report);
  assert_int_equal(out.len, FOLD_WORD_MAX);
  assert_int_equal(report.cut, 1);

  buffer_clear(&in);
  buffer_clear(&out);
  for (int i = 0; i < 70; i++)
    buffer_add_text(&in, "ab ");
  fold_text(&out, buffer_text(&in), in.len, &report);
  assert_int_equal(out.len, FOLD_WORDS_MAX * 3 - 1);
  assert_int_equal(report.cut, 6);

  buffer_clear(&in);
  buffer_clear(&out);
  buffer_add_text(&in, "a");
  while (in.len < FOLD_MAX + 100)
    buffer_add_text(&in, "\xC3\xA9"); /* the limit falls inside an é */
  fold_text(&out, buffer_text(&in), in.len, &report);
  assert_int_equal(report.replaced, 0);
  assert_int_equal(report.cut, 2); /* the text, and the word */

  /* Syllables that unfold to three times their bytes: 64 words of 64 bytes, and the spaces. */
  buffer_clear(&in);
  buffer_clear(&out);
  for (int i = 0; i < FOLD_WORDS_MAX; i++)
    buffer_add_text(&in, "각각각각각각각x ");
  fold_text(&out, buffer_text(&in), in.len, &report);
  assert_int_equal(out.len, 63 * 65 - 1); /* the last finds no room */
  assert_int_equal(report.cut, 1);
  struct buffer again = BUFFER_INIT;
  fold_text(&again, buffer_text(&out), out.len, &report);
  assert_string_equal(buffer_text(&again), buffer_text(&out));
  buffer_free(&again);
  buffer_free(&in);
  buffer_free(&out);
}

static void words_know_where_they_came_from(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct fold_words words;
  const char *text = "Œuvre d'Été, bloc2-B";
  assert_int_equal(fold_split(&words, text, strlen(text), &arena, NULL), TC_OK);
  static const struct {
    const char *word, *input;
    enum fold_glue glue;
  } want[] = {
      {"oeuvre", "Œuvre", FOLD_SPACE}, {"d", "d", FOLD_SPACE},   {"ete", "Été", FOLD_APOSTROPHE},
      {"bloc", "bloc", FOLD_SPACE},    {"2", "2", FOLD_NOTHING}, {"b", "B", FOLD_HYPHEN},
  };
  assert_int_equal(words.count, 6);
  for (size_t i = 0; i < words.count; i++) {
    const struct fold_word *w = &words.items[i];
    assert_string_equal(w->text, want[i].word);
    assert_int_equal(w->len, strlen(want[i].word));
    assert_int_equal(w->length, strlen(want[i].input));
    assert_memory_equal(text + w->offset, want[i].input, w->length);
    assert_int_equal(w->glue, want[i].glue);
  }
  arena_free(&arena);
}

static void particles_are_marked(void **state) {
  (void)state;
  static const struct {
    const char *text, *marks; /* one letter a word: p or w */
  } cases[] = {
      {"Service d'accueil des urgences", "wpwpw"},
      {"bloc d", "ww"},
      {"bloc D 2", "www"},
      {"bâtiment L", "ww"},
      {"hopital d aubin", "wpw"},
      {"l'hôpital de la Croix", "pwppw"},
      {"Rock and Roll of the sea", "wpwppw"},
      {"pôle A", "ww"},
      {"legrand", "w"},
  };
  struct arena arena = ARENA_INIT;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct fold_words words;
    char marks[FOLD_WORDS_MAX + 1] = {0};
    assert_int_equal(fold_split(&words, cases[i].text, strlen(cases[i].text), &arena, NULL), TC_OK);
    for (size_t k = 0; k < words.count; k++)
      marks[k] = words.items[k].particle ? 'p' : 'w';
    assert_string_equal(marks, cases[i].marks);
  }
  arena_free(&arena);
}

static void extras_are_what_else_a_name_is_typed_as(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned want;
    const char *extras;
  } cases[] = {
      {"S.A.U. adultes", 0, "sau"},
      {"Urgences", 0, ""},
      {"Saint-Aubin", 0, "st"},
      {"CHU Ste Anne", 0, "ste"},
      {"Service d'Accueil des Urgences", FOLD_INITIALS, "sau"},
      {"Jean-Pierre Dupont", FOLD_PERSON, "jpd pdj"},
      {"Dr Jean-Pierre DUPONT", FOLD_PERSON, "jpd pdj"},
      {"DUPONT Jean-Pierre", FOLD_PERSON, "djp jpd"},
      {"J.-P. Dupont", FOLD_PERSON, "jp jpd pdj"},
      {"Awa N'Diaye", FOLD_PERSON, "and nda ndiaye"},
      {"Le Goff", FOLD_PERSON, "legoff"},
      {"El-Khatib Samir", FOLD_PERSON, "eks kse elkhatib"},
      {"Anna Van der Berg", FOLD_PERSON, "avdb vdba vanderberg"},
      {"", FOLD_PERSON, ""},
      {"2 3", FOLD_PERSON, ""},
  };
  struct arena arena = ARENA_INIT;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct fold_words words;
    struct fold_extra *extras;
    size_t count;
    struct buffer got = BUFFER_INIT;
    assert_int_equal(fold_split(&words, cases[i].text, strlen(cases[i].text), &arena, NULL), TC_OK);
    assert_int_equal(fold_extras(&extras, &count, &words, cases[i].want, &arena, NULL), TC_OK);
    for (size_t k = 0; k < count; k++)
      buffer_printf(&got, "%s%s", k ? " " : "", extras[k].text);
    assert_string_equal(buffer_text(&got), cases[i].extras);
    buffer_free(&got);
  }
  arena_free(&arena);
}

static void names_sort_by_fold_then_as_written(void **state) {
  (void)state;
  assert_true(fold_compare("Éa", "eb") < 0);
  assert_true(fold_compare("eb", "Éa") > 0);
  assert_true(fold_compare("Zoé", "zoe") != 0);
  assert_true(fold_compare("Zoé", "Zoé") == 0);
  assert_true(fold_compare("de La Tour", "De La Tour") > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(case_accents_and_spaces_do_not_count),
      cmocka_unit_test(letters_without_decomposition_have_their_usual_spelling),
      cmocka_unit_test(compatibility_forms_fold_to_plain_ones),
      cmocka_unit_test(hyphens_and_apostrophes_of_every_kind_separate),
      cmocka_unit_test(letters_and_digits_part),
      cmocka_unit_test(saint_is_written_out_before_another_word),
      cmocka_unit_test(other_scripts_stay_words),
      cmocka_unit_test(invalid_bytes_separate_and_are_counted),
      cmocka_unit_test(bounds_cut_and_say_so),
      cmocka_unit_test(words_know_where_they_came_from),
      cmocka_unit_test(particles_are_marked),
      cmocka_unit_test(extras_are_what_else_a_name_is_typed_as),
      cmocka_unit_test(names_sort_by_fold_then_as_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
