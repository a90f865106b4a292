/* Our numbering plans against the example numbers and short codes of TOCSIN_REAL_DATA: what is left
 * unread is named here, with its reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/phone.h"

static const char *const codes[] = {"1",  "262", "32",  "33",  "352", "377", "41",  "44",
                                    "49", "508", "590", "594", "596", "681", "687", "689"};

/* A local number of seven digits, which cannot be told from one that lacks its area code. */
static const char *const left_out[] = {"+13101234"};

/* Reads a table of the real data, "a ; b ; c" a line behind a heading; false where it is not there.
 * Fields are cut out of line, without spaces and quotes. */
static bool read_table(const char *code, const char *name, struct buffer *out) {
  const char *data = getenv("TOCSIN_REAL_DATA");
  char path[4096];
  if (!data)
    return false;
  snprintf(path, sizeof path, "%s/phone/libphonenumber/%s/%s", data, code, name);
  return file_read(out, path, 1 << 20, NULL) == TC_OK;
}

static int cut(char *line, char **fields, int most) {
  int n = 0;
  char *to = line;
  fields[n++] = line;
  for (char *c = line; *c; c++) {
    if (*c == ' ' || *c == '"')
      continue;
    *to = *c == ';' ? '\0' : *c;
    to++;
    if (*c == ';' && n < most)
      fields[n++] = to;
  }
  *to = '\0';
  return n;
}

static int wrong;

static void check_example(const char *code, char *line) {
  char *f[8], e164[64], national[64];
  struct phone p;
  struct buffer b = BUFFER_INIT;
  if (cut(line, f, 8) < 3 || !f[2][0])
    return;
  snprintf(e164, sizeof e164, "+%s%s", code, f[2]);
  for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
    if (strcmp(left_out[i], e164) == 0)
      return;
  phone_read_one(&p, e164, strlen(e164), f[0]);
  if (strcmp(p.e164, e164) != 0) {
    print_error("%s %s: read as \"%s\" (%s)\n", f[0], e164, p.e164, phone_reason_text(p.reason));
    wrong++;
  }
  phone_format(&b, &p, f[0]);
  snprintf(national, sizeof national, "%s", buffer_text(&b));
  phone_read_one(&p, national, strlen(national), f[0]);
  if (strcmp(p.e164, e164) != 0) {
    print_error("%s %s: written \"%s\", read as \"%s\"\n", f[0], e164, national, p.e164);
    wrong++;
  }
  buffer_free(&b);
}

static void check_short_code(const char *code, char *line) {
  char *f[8];
  struct phones all;
  (void)code;
  /* Prefix and length; a prefix with a class of digits is left to the others of its table. */
  if (cut(line, f, 8) < 4 || strspn(f[1], "0123456789") != strlen(f[1]) ||
      strtol(f[2], NULL, 10) != (long)strlen(f[1]) || strncmp(f[3], "EMERGENCY", 9) != 0)
    return;
  phone_read(&all, f[1], strlen(f[1]), f[0], false);
  if (all.count != 1 || all.items[0].e164[0] || strcmp(all.items[0].digits, f[1]) != 0) {
    print_error("%s %s: not a short code\n", f[0], f[1]);
    wrong++;
  }
}

/* What our plan calls a mobile is one there, and the other way round; pagers, personal and fixed
 * numbers are none. North America has no blocks of mobiles; a mobile's mail box is its carrier's.
 */
static void check_mobile(const char *code, char *line) {
  char *f[8], e164[64];
  if (cut(line, f, 8) < 3 || !f[2][0] || strcmp(code, "1") == 0 ||
      strcmp(f[1], "FIXED_LINE_OR_MOBILE") == 0 || strcmp(f[1], "VOICEMAIL") == 0)
    return;
  snprintf(e164, sizeof e164, "+%s%s", code, f[2]);
  if (phone_is_mobile(e164) != (strcmp(f[1], "MOBILE") == 0)) {
    print_error("%s %s: %s\n", f[0], e164, f[1]);
    wrong++;
  }
}

/* Every line of a table in every country's folder. */
static int check_tables(const char *name, void (*check)(const char *code, char *line)) {
  int lines = 0;
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    struct buffer text = BUFFER_INIT;
    char *save = NULL;
    if (read_table(codes[i], name, &text)) {
      char *line = strtok_r(text.data, "\r\n", &save);
      while (line && (line = strtok_r(NULL, "\r\n", &save))) {
        lines++;
        check(codes[i], line);
      }
    }
    buffer_free(&text);
  }
  return lines;
}

static void every_example_is_read_and_written(void **state) {
  (void)state;
  wrong = 0;
  assert_true(check_tables("examples.csv", check_example) > 200);
  assert_int_equal(wrong, 0);
}

static void mobiles_are_told_from_the_rest(void **state) {
  (void)state;
  wrong = 0;
  assert_true(check_tables("examples.csv", check_mobile) > 200);
  assert_int_equal(wrong, 0);
}

static void emergency_numbers_are_never_internationalised(void **state) {
  (void)state;
  wrong = 0;
  assert_true(check_tables("shortcodes.csv", check_short_code) > 50);
  assert_int_equal(wrong, 0);
}

int main(void) {
  if (!getenv("TOCSIN_REAL_DATA")) {
    puts("1..0 # SKIP TOCSIN_REAL_DATA is not set: no examples to read");
    return 0;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_example_is_read_and_written),
      cmocka_unit_test(mobiles_are_told_from_the_rest),
      cmocka_unit_test(emergency_numbers_are_never_internationalised),
  };
  return cmocka_run_group_tests_name("phone facts", tests, NULL, NULL);
}
