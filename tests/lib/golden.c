#include "tests/lib/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"

static void grid_text_of(const struct grid *g, struct buffer *out) {
  for (int row = 0; row < g->rows; row++) {
    grid_row_text(g, row, out);
    buffer_add_char(out, '\n');
  }
  buffer_printf(out, "cursor %d,%d\n", g->cursor_row, g->cursor_col);
}

static void write_golden(const char *path, const struct buffer *text) {
  const char *ci = getenv("CI");
  if (ci && *ci)
    fail_msg("golden files are not written in CI: run it by hand and read the difference");
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_int_equal(fwrite(text->data, 1, text->len, f), text->len);
  assert_int_equal(fclose(f), 0);
}

void golden_check(const struct grid *g, const char *name) {
  char path[1024];
  const char *top = getenv("TOCSIN_TOP"), *mode = getenv("TOCSIN_GOLDEN");
  snprintf(path, sizeof path, "%s/tests/screen/golden/%s.txt", top ? top : ".", name);
  struct buffer now = BUFFER_INIT;
  grid_text_of(g, &now);
  if (mode && strcmp(mode, "write") == 0) {
    write_golden(path, &now);
    buffer_free(&now);
    return;
  }
  struct buffer was = BUFFER_INIT;
  FILE *f = fopen(path, "r");
  if (!f)
    fail_msg("%s is missing: TOCSIN_GOLDEN=write makes it", path);
  char bytes[4096];
  for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
    buffer_add(&was, bytes, n);
  fclose(f);
  if (strcmp(buffer_text(&now), buffer_text(&was)) != 0)
    fail_msg("%s differs; expected:\n%s\nit is now:\n%s", name, buffer_text(&was),
             buffer_text(&now));
  buffer_free(&now);
  buffer_free(&was);
}
