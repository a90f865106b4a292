#include "tests/lib/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

size_t case_unescape(char *text) {
  char *out = text;
  for (const char *in = text; *in;) {
    if (in[0] == '\\' && (in[1] == 'n' || in[1] == 't')) {
      *out++ = in[1] == 'n' ? '\n' : '\t';
      in += 2;
    } else if (in[0] == '\\' && (in[1] == 'x' || in[1] == 'u')) {
      size_t width = in[1] == 'x' ? 2 : 4;
      char digits[5] = "";
      strncpy(digits, in + 2, width);
      assert_int_equal(strlen(digits), width);
      unsigned long point = strtoul(digits, NULL, 16);
      if (width == 2)
        *out++ = (char)point;
      else
        out += utf8_put(out, (uint32_t)point);
      in += 2 + width;
    } else {
      *out++ = *in++;
    }
  }
  *out = '\0';
  return (size_t)(out - text);
}

size_t cases_run(const char *name, void (*each)(const struct case_row *row, void *data),
                 void *data) {
  const char *top = getenv("TOCSIN_TOP");
  char path[4096], text[8192];
  static struct case_row row;
  size_t rows = 0;
  int line = 0;
  snprintf(path, sizeof path, "%s/tests/data/%s", top ? top : ".", name);
  FILE *f = fopen(path, "r");
  if (!f)
    fail_msg("%s cannot be read", path);
  while (f && fgets(text, sizeof text, f)) {
    char *at = text, *column;
    line++;
    text[strcspn(text, "\n")] = '\0';
    if (text[0] == '#' || text[0] == '\0')
      continue;
    memset(&row, 0, sizeof row);
    row.line = line;
    while ((column = strsep(&at, "\t")) != NULL) {
      if (row.count == CASE_COLUMNS || strlen(column) >= CASE_TEXT)
        fail_msg("%s:%d: more than a row holds", path, line);
      snprintf(row.columns[row.count++], CASE_TEXT, "%s", strcmp(column, "-") == 0 ? "" : column);
    }
    each(&row, data);
    rows++;
  }
  if (f)
    fclose(f);
  return rows;
}
