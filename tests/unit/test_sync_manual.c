/* The manual pages say what the tables say.  TOCSIN_WRITE_MANUAL=1 writes them anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "base/buffer.h"
#include "base/file.h"
#include "sync/command.h"
#include "sync/map.h"

static const char *top(void) {
  const char *t = getenv("TOCSIN_TOP");
  return t ? t : ".";
}

static void describe_maps(struct buffer *out) {
  char pattern[512];
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/dist/maps/*.map", top());
  assert_int_equal(glob(pattern, 0, NULL, &found), 0);
  for (size_t i = 0; i < found.gl_pathc; i++) {
    struct map *m;
    struct tc_error err = {.status = TC_OK};
    if (map_read(&m, found.gl_pathv[i], &err) != TC_OK)
      fail_msg("%s: %s", found.gl_pathv[i], err.text);
    if (!*m->about)
      fail_msg("%s: does not say what it is about", found.gl_pathv[i]);
    buffer_printf(out, ".TP\n.B %s\n%s.\n", strrchr(found.gl_pathv[i], '/') + 1, m->about);
    map_free(m);
  }
  globfree(&found);
}

static void section_is(const char *page, const char *name, void (*describe)(struct buffer *)) {
  char path[512], begin[80], end[80];
  struct buffer text = BUFFER_INIT, want = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/man/%s", top(), page);
  snprintf(begin, sizeof begin, ".\\\" from the %s: begin\n", name);
  snprintf(end, sizeof end, ".\\\" from the %s: end\n", name);
  assert_int_equal(file_read(&text, path, 1 << 20, &err), TC_OK);
  describe(&want);
  char *from = strstr(text.data, begin), *to = strstr(text.data, end);
  assert_non_null(from);
  assert_non_null(to);
  from += strlen(begin);
  bool same = (size_t)(to - from) == want.len && !memcmp(from, buffer_text(&want), want.len);
  if (!same && getenv("TOCSIN_WRITE_MANUAL") && !getenv("CI")) {
    struct buffer page_text = BUFFER_INIT;
    buffer_add(&page_text, text.data, (size_t)(from - text.data));
    buffer_add(&page_text, want.data, want.len);
    buffer_add_text(&page_text, to);
    assert_int_equal(file_replace(path, page_text.data, page_text.len, 0644, &err), TC_OK);
    buffer_free(&page_text);
  } else if (!same) {
    fail_msg("%s: not what the table says; TOCSIN_WRITE_MANUAL=1 writes it anew", page);
  }
  buffer_free(&text);
  buffer_free(&want);
}

static void tocsin_sync_1_lists_every_command_and_option(void **state) {
  (void)state;
  section_is("tocsin-sync.1", "table of commands", command_describe);
}

static void tocsin_map_5_lists_every_setting_and_field(void **state) {
  (void)state;
  section_is("tocsin-map.5", "table of fields", map_describe);
}

static void tocsin_map_5_lists_every_map_that_is_shipped(void **state) {
  (void)state;
  section_is("tocsin-map.5", "maps", describe_maps);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tocsin_sync_1_lists_every_command_and_option),
      cmocka_unit_test(tocsin_map_5_lists_every_setting_and_field),
      cmocka_unit_test(tocsin_map_5_lists_every_map_that_is_shipped),
  };
  return cmocka_run_group_tests_name("sync manual", tests, NULL, NULL);
}
