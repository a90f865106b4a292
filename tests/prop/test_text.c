/* Properties of folding and nearness on random text.  The seed is printed; PROP_SEED and PROP_RUNS
 * set it and the number of runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/charset.h"
#include "base/translit.h"
#include "base/utf8.h"
#include "core/fold.h"
#include "core/mask.h"
#include "core/near.h"

static uint64_t seed;
static int runs = 3000;

static uint32_t pick(uint32_t below) {
  seed ^= seed >> 12;
  seed ^= seed << 25;
  seed ^= seed >> 27;
  return (uint32_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

static int setup(void **state) {
  (void)state;
  const char *text = getenv("PROP_SEED"), *count = getenv("PROP_RUNS");
  seed = text ? strtoull(text, NULL, 10) : (uint64_t)time(NULL) * 2654435761u + 1;
  if (!seed)
    seed = 1;
  if (count)
    runs = (int)strtol(count, NULL, 10);
  printf("# PROP_SEED=%llu\n", (unsigned long long)seed);
  return 0;
}

/* Text of plain words, letters of all scripts, and bytes that are no text. */
static size_t random_text(char *out, size_t cap) {
  static const char *const bits[] = {
      "st", "ste ", "Saint-", "l'", "d\xE2\x80\x99", "é",    "œ",        "ﷺ",         "2", " ",
      ".",  "-",    "ß",      "İ",  "xyz",           "\xFF", "\xE2\x82", "e\xCC\x81", "ﬁ", "St "};
  size_t len = 0, want = pick(6) ? pick(120) : pick((uint32_t)cap);
  while (len < want) {
    char bytes[16];
    size_t n;
    if (pick(3)) {
      const char *bit = bits[pick(sizeof bits / sizeof bits[0])];
      n = strlen(bit);
      memcpy(bytes, bit, n);
    } else if (pick(2)) {
      n = utf8_put(bytes, pick(4) ? pick(0x3000) : pick(0x110000));
    } else {
      n = 1;
      bytes[0] = (char)(pick(4) ? 'a' + (int)pick(26) : (int)pick(256));
    }
    if (len + n > cap)
      break;
    memcpy(out + len, bytes, n);
    len += n;
  }
  return len;
}

static void check_folded(const char *text, size_t len) {
  struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
  fold_text(&once, text, len, NULL);
  fold_text(&twice, buffer_text(&once), once.len, NULL);
  if (once.len != twice.len || strcmp(buffer_text(&once), buffer_text(&twice)) != 0)
    fail_msg("\"%.*s\" folds to \"%s\", that to \"%s\"", (int)len, text, buffer_text(&once),
             buffer_text(&twice));
  assert_true(utf8_valid(buffer_text(&once), once.len));
  assert_true(once.len <= FOLD_MAX);
  buffer_free(&once);
  buffer_free(&twice);
}

static void folding_what_is_folded_changes_nothing(void **state) {
  (void)state;
  static char text[3 * FOLD_MAX];
  for (int i = 0; i < runs; i++)
    check_folded(text, random_text(text, sizeof text));
}

static void every_code_point_folds_to_what_stays(void **state) {
  (void)state;
  for (uint32_t point = 0; point <= 0x10FFFF; point++) {
    char text[UTF8_MAX + 2] = {'a'};
    size_t n = utf8_put(text + 1, point);
    text[n + 1] = 'b';
    check_folded(text, n + 2);
  }
}

static void words_are_the_folded_text(void **state) {
  (void)state;
  static char text[3 * FOLD_MAX];
  struct arena arena = ARENA_INIT;
  for (int i = 0; i < runs; i++) {
    size_t len = random_text(text, sizeof text);
    struct buffer whole = BUFFER_INIT, joined = BUFFER_INIT;
    struct fold_words words;
    struct fold_extra *extras;
    size_t extra_count;
    arena_reset(&arena);
    fold_text(&whole, text, len, NULL);
    assert_int_equal(fold_split(&words, text, len, &arena, NULL), TC_OK);
    assert_int_equal(fold_extras(&extras, &extra_count, &words, FOLD_PERSON, &arena, NULL), TC_OK);
    assert_true(extra_count <= FOLD_EXTRAS_MAX && words.count <= FOLD_WORDS_MAX);
    for (size_t k = 0; k < words.count; k++) {
      const struct fold_word *w = &words.items[k];
      assert_true(w->len > 0 && w->len <= FOLD_WORD_MAX && w->offset + w->length <= len);
      buffer_add_text(&joined, k ? " " : "");
      buffer_add(&joined, w->text, w->len);
    }
    assert_string_equal(buffer_text(&joined), buffer_text(&whole));
    buffer_free(&whole);
    buffer_free(&joined);
  }
  arena_free(&arena);
}

static void case_never_counts(void **state) {
  (void)state;
  for (int i = 0; i < runs; i++) {
    char low[40], high[40];
    size_t len = pick(sizeof low);
    for (size_t k = 0; k < len; k++) {
      low[k] = "abcdefghijklmnopqrstuvwxyz -'.0"[pick(31)];
      high[k] = (char)(low[k] >= 'a' && low[k] <= 'z' ? low[k] - 32 : low[k]);
    }
    struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
    fold_text(&a, low, len, NULL);
    fold_text(&b, high, len, NULL);
    assert_string_equal(buffer_text(&a), buffer_text(&b));
    buffer_free(&a);
    buffer_free(&b);
  }
}

/* The textbook matrix, over bytes. */
static int matrix_distance(const char *a, size_t n, const char *b, size_t m) {
  static int d[70][70];
  for (size_t i = 0; i <= n; i++)
    for (size_t k = 0; k <= m; k++) {
      if (i == 0 || k == 0) {
        d[i][k] = (int)(i + k);
        continue;
      }
      int best = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
      if (d[i - 1][k] + 1 < best)
        best = d[i - 1][k] + 1;
      if (d[i][k - 1] + 1 < best)
        best = d[i][k - 1] + 1;
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
          d[i - 2][k - 2] + 1 < best)
        best = d[i - 2][k - 2] + 1;
      d[i][k] = best;
    }
  return d[n][m];
}

static size_t random_word(char *out, size_t most) {
  size_t len = pick((uint32_t)most + 1);
  for (size_t i = 0; i < len; i++)
    out[i] = (char)('a' + pick(pick(2) ? 3 : 26));
  return len;
}

static void the_bits_count_as_the_matrix_does(void **state) {
  (void)state;
  for (int i = 0; i < runs * 5; i++) {
    char a[FOLD_WORD_MAX], b[FOLD_WORD_MAX];
    size_t most_letters = pick(8) ? 10 : FOLD_WORD_MAX;
    size_t n = random_word(a, most_letters), m = random_word(b, most_letters);
    int most = (int)pick(5), whole = matrix_distance(a, n, b, m), best = 99;
    for (size_t k = 0; k <= m; k++) {
      int d = matrix_distance(a, n, b, k);
      best = d < best ? d : best;
    }
    assert_int_equal(near_distance(a, n, b, m, most), whole < most   ? whole
                                                      : whole > most ? most + 1
                                                                     : most);
    assert_int_equal(near_prefix_distance(a, n, b, m, most), best > most ? most + 1 : best);
    uint32_t ma = near_mask(a, n), mb = near_mask(b, m);
    assert_true(__builtin_popcount(ma ^ mb) <= 2 * whole);
    assert_true(__builtin_popcount(ma & ~mb) <= best);
  }
}

static void letters_of_other_scripts_count_as_letters(void **state) {
  (void)state;
  for (int i = 0; i < runs; i++) {
    char a[12], b[12], wide_a[32], wide_b[32];
    size_t n = random_word(a, 10), m = random_word(b, 10), wn = 0, wm = 0;
    /* The same words in the Cyrillic block. */
    for (size_t k = 0; k < n; k++)
      wn += utf8_put(wide_a + wn, 0x430 + (uint32_t)(a[k] - 'a'));
    for (size_t k = 0; k < m; k++)
      wm += utf8_put(wide_b + wm, 0x430 + (uint32_t)(b[k] - 'a'));
    assert_int_equal(near_distance(wide_a, wn, wide_b, wm, 3), near_distance(a, n, b, m, 3));
    assert_int_equal(near_prefix_distance(wide_a, wn, wide_b, wm, 3),
                     near_prefix_distance(a, n, b, m, 3));
  }
}

static void any_bytes_have_a_distance_and_a_sound(void **state) {
  (void)state;
  for (int i = 0; i < runs; i++) {
    char a[200], b[200], key[NEAR_SOUND_MAX];
    size_t n = random_text(a, sizeof a), m = random_text(b, sizeof b);
    int d = near_distance(a, n, b, m, 2);
    assert_in_range(d, 0, 3);
    assert_int_equal(near_distance(a, n, a, n, 2), 0);
    assert_in_range(near_prefix_distance(a, n, b, m, 2), 0, 3);
    near_sound(a, n, key);
    assert_true(memchr(key, '\0', sizeof key) != NULL);
  }
}

static void what_is_shown_is_harmless(void **state) {
  (void)state;
  static char text[2000];
  for (int i = 0; i < runs; i++) {
    struct buffer out = BUFFER_INIT, ascii = BUFFER_INIT;
    size_t len = random_text(text, sizeof text);
    utf8_display(&out, text, len, false);
    for (size_t k = 0; k < out.len;) {
      uint32_t point;
      k += utf8_next(out.data + k, out.len - k, &point);
      assert_true(point != UTF8_INVALID && !utf8_is_control(point) && !utf8_is_bidi(point));
    }
    translit_text(&ascii, buffer_text(&out), out.len, TRANSLIT_ASCII);
    for (size_t k = 0; k < ascii.len; k++)
      assert_in_range(ascii.data[k], ' ', '~');
    buffer_free(&out);
    buffer_free(&ascii);
  }
}

static void characters_cover_the_text(void **state) {
  (void)state;
  char text[300];
  for (int i = 0; i < runs; i++) {
    size_t len = random_text(text, sizeof text), at = 0;
    while (at < len) {
      size_t n = utf8_grapheme(text + at, len - at);
      assert_in_range(n, 1, len - at);
      at += n;
    }
  }
}

static void any_bytes_become_text(void **state) {
  (void)state;
  char text[300];
  for (int i = 0; i < runs; i++) {
    struct buffer out = BUFFER_INIT;
    size_t len = random_text(text, sizeof text);
    charset_from_1252(&out, text, len, NULL);
    assert_true(utf8_valid(buffer_text(&out), out.len));
    assert_int_equal(utf8_count(buffer_text(&out), out.len), len);
    buffer_clear(&out);
    size_t replaced = utf8_sanitize(&out, text, len);
    assert_true(utf8_valid(buffer_text(&out), out.len));
    assert_int_equal(replaced == 0, utf8_valid(text, len));
    assert_int_equal(utf8_count(buffer_text(&out), out.len), utf8_count(text, len));
    buffer_free(&out);
  }
}

/* The digits of a text, whatever stands between them. */
static void bare_digits(char *out, size_t cap, const char *text, size_t len) {
  size_t n = 0;
  for (size_t at = 0, step; at < len; at += step) {
    uint32_t point;
    step = utf8_next(text + at, len - at, &point);
    int value = point == UTF8_INVALID ? -1 : utf8_digit(point);
    if (value >= 0 && n + 1 < cap)
      out[n++] = (char)('0' + value);
  }
  out[n] = '\0';
}

/* A number as a hand writes it into words: behind a prefix, in any groups, with signs between. */
static void spell(struct buffer *out, const char *own) {
  static const char
      *const before[] = {"0", "+33", "0033", "+33 (0)", "00", "33 ", "0 0"},
             *const between[] = {
                 " ",   ".", "-",           "/", "\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\xAE",
                 " - ", "_", "\xE2\x80\x91"};
  buffer_add_text(out, before[pick(sizeof before / sizeof *before)]);
  for (; *own; own++) {
    char bytes[UTF8_MAX];
    if (pick(3) == 0)
      buffer_add_text(out, between[pick(sizeof between / sizeof *between)]);
    buffer_add(out, bytes, utf8_put(bytes, (uint32_t)(*own - '0') + (pick(9) ? '0' : 0xFF10)));
  }
}

/* What French and English call two digits. */
static void say_pair(struct buffer *out, unsigned pair, bool french) {
  static const char *const small[2][20] = {
      {"zero",     "one",     "two",     "three",     "four",     "five",    "six",
       "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
       "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"},
      {"z\xC3\xA9ro", "un",     "deux",  "trois",    "quatre",   "cinq",    "six",
       "sept",        "huit",   "neuf",  "dix",      "onze",     "douze",   "treize",
       "quatorze",    "quinze", "seize", "dix-sept", "dix huit", "dix-neuf"}};
  static const char *const tens[2][10] = {
      {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"},
      {"", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt",
       "quatre vingt"}};
  if (pair < 10)
    buffer_printf(out, "%s ", small[french][0]);
  unsigned ten = pair / 10, one = pair % 10 + (french && (ten == 7 || ten == 9) ? 10 : 0);
  if (pair < 20)
    buffer_add_text(out, small[french][pair]);
  else if (!one)
    buffer_add_text(out, tens[french][ten]);
  else
    buffer_printf(out, "%s%s%s", tens[french][ten],
                  french && pick(2) && (pair % 10 == 1) ? " et "
                  : pick(2)                             ? "-"
                                                        : " ",
                  small[french][one]);
}

static void nor_where_it_is_spelled_in_letters(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  for (int i = 0; i < runs; i++) {
    unsigned pairs[5] = {pick(5) + 1};
    char number[16] = "";
    bool french = pick(2);
    struct buffer said = BUFFER_INIT;
    struct contact c = contact_empty;
    struct entry e = {.contacts = &c, .contact_count = 1};
    buffer_add_text(&said, french ? "appeler le " : "call ");
    for (int k = 0; k < 5; k++) {
      if (k)
        pairs[k] = pick(100);
      snprintf(number + 2 * k, sizeof number - 2 * (size_t)k, "%02u", pairs[k]);
      say_pair(&said, pairs[k], french);
      /* "quarante quatre vingt" is 40 80 or 44 20: who speaks so makes a pause */
      buffer_add_text(&said, k == 4 ? "" : french || pick(2) ? ", " : " ");
    }
    c.number = number;
    c.e164 = "";
    c.masked = true;
    const char *shown = mask_in_text(&e, buffer_text(&said), &arena);
    if (!strchr(shown, '*'))
      fail_msg("%s is read in \"%s\"", number, shown);
    number[4] = number[4] == '9' ? '8' : (char)(number[4] + 1); /* another number's words stay */
    if (mask_in_text(&e, buffer_text(&said), &arena) != said.data)
      fail_msg("%s is not in \"%s\"", number, said.data);
    buffer_free(&said);
    arena_reset(&arena);
  }
  arena_free(&arena);
}

static void no_digits_of_a_masked_number_are_left_in_words(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  for (int i = 0; i < runs; i++) {
    char own[10], number[12], e164[16], left[512], text[64];
    struct buffer said = BUFFER_INIT;
    struct contact c = contact_empty;
    struct entry e = {.contacts = &c, .contact_count = 1};
    /* not to end in 98: what is shown of two, one behind the other, would spell the middle of one
     */
    snprintf(own, sizeof own, "63998%02u%02u", pick(100), pick(90));
    snprintf(number, sizeof number, "0%s", own);
    snprintf(e164, sizeof e164, "+33%s", own);
    c.number = pick(2) ? number : e164;
    c.e164 = pick(2) || c.number == e164 ? e164 : "";
    c.masked = true;
    for (uint32_t k = pick(3) + 1; k; k--) {
      size_t len = random_text(text, sizeof text);
      utf8_sanitize(&said, text, len);
      spell(&said, own);
      buffer_add_text(&said, pick(2) ? " " : "/12");
    }
    for (char *at = said.data; (at = memchr(at, '\0', said.len - (size_t)(at - said.data)));)
      *at = ' ';
    const char *shown = mask_in_text(&e, buffer_text(&said), &arena);
    bare_digits(left, sizeof left, shown, strlen(shown));
    if (strstr(left, own) || strstr(left, own + 3))
      fail_msg("of %s \"%s\" leaves \"%s\"", own, buffer_text(&said), shown);
    buffer_free(&said);
    arena_reset(&arena);
  }
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_digits_of_a_masked_number_are_left_in_words),
      cmocka_unit_test(nor_where_it_is_spelled_in_letters),
      cmocka_unit_test(folding_what_is_folded_changes_nothing),
      cmocka_unit_test(every_code_point_folds_to_what_stays),
      cmocka_unit_test(words_are_the_folded_text),
      cmocka_unit_test(case_never_counts),
      cmocka_unit_test(the_bits_count_as_the_matrix_does),
      cmocka_unit_test(letters_of_other_scripts_count_as_letters),
      cmocka_unit_test(any_bytes_have_a_distance_and_a_sound),
      cmocka_unit_test(what_is_shown_is_harmless),
      cmocka_unit_test(characters_cover_the_text),
      cmocka_unit_test(any_bytes_become_text),
  };
  return cmocka_run_group_tests(tests, setup, NULL);
}
