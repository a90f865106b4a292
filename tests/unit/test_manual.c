/* The manual says what the tables say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/file.h"
#include "core/record.h"
#include "sync/settings.h"
#include "tui/action.h"
#include "tui/commands.h"
#include "tui/plain.h"

/* Checks what stands between the two marker lines; with TOCSIN_GOLDEN=write puts it there. */
static void check_part(const char *page, const char *table, const struct buffer *is) {
  char path[1024], begin[128], end[128];
  const char *top = getenv("TOCSIN_TOP"), *mode = getenv("TOCSIN_GOLDEN"), *ci = getenv("CI");
  struct tc_error err = {.status = TC_OK};
  struct buffer file = BUFFER_INIT;
  snprintf(path, sizeof path, "%s/man/%s", top ? top : ".", page);
  snprintf(begin, sizeof begin, ".\\\" from the table of %s: begin\n", table);
  snprintf(end, sizeof end, ".\\\" from the table of %s: end\n", table);
  assert_int_equal(file_read(&file, path, 1 << 20, &err), TC_OK);
  const char *from = strstr(buffer_text(&file), begin);
  const char *to = strstr(buffer_text(&file), end);
  assert_non_null(from);
  assert_non_null(to);
  from += strlen(begin);
  if (mode && strcmp(mode, "write") == 0 && !(ci && *ci)) {
    struct buffer whole = BUFFER_INIT;
    buffer_add(&whole, buffer_text(&file), (size_t)(from - buffer_text(&file)));
    buffer_add(&whole, is->data, is->len);
    buffer_add_text(&whole, to);
    assert_int_equal(file_replace(path, whole.data, whole.len, 0644, &err), TC_OK);
    buffer_free(&whole);
  } else if (is->len != (size_t)(to - from) || memcmp(from, is->data, is->len) != 0) {
    fail_msg("man/%s does not say what the table of %s says: TOCSIN_GOLDEN=write makes it", page,
             table);
  }
  buffer_free(&file);
}

static void the_manual_says_every_command_and_option(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  commands_describe(&text);
  check_part("tocsin.1", "commands", &text);
  buffer_free(&text);
}

static void the_manual_says_every_key(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  buffer_add_text(&text, ".SH KEYS\n");
  keys_describe(&text);
  check_part("tocsin.1", "keys", &text);
  buffer_free(&text);
}

static void the_manual_says_every_letter_of_the_dialogue(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  plain_describe(&text);
  check_part("tocsin.1", "letters", &text);
  buffer_free(&text);
}

static void the_manual_says_every_setting(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  config_describe(&text);
  settings_describe(&text);
  check_part("tocsin.conf.5", "options", &text);
  buffer_free(&text);
}

static void the_manual_says_every_line_of_a_record(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  record_describe(&text);
  check_part("tocsin-record.5", "records", &text);
  buffer_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_manual_says_every_command_and_option),
      cmocka_unit_test(the_manual_says_every_key),
      cmocka_unit_test(the_manual_says_every_letter_of_the_dialogue),
      cmocka_unit_test(the_manual_says_every_setting),
      cmocka_unit_test(the_manual_says_every_line_of_a_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
