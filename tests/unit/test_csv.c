/* The CSV reader: bytes in, rows out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "sync/format.h"

struct file {
  char path[64];
};

static void make_file(struct file *f, const void *bytes, size_t len) {
  snprintf(f->path, sizeof f->path, "/tmp/tocsin-csv-XXXXXX");
  int fd = mkstemp(f->path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, bytes, len), (ssize_t)len);
  close(fd);
}

/* Rows as "number|cell|cell\n", with "!" behind a damaged cell. */
static tc_status read_all(const void *bytes, size_t len, const struct rows_hint *hint,
                          struct buffer *out, struct tc_error *err) {
  static const struct rows_hint none = {.encoding = ""};
  struct file f;
  make_file(&f, bytes, len);
  struct rows *rows;
  tc_status status = csv_open(&rows, f.path, hint ? hint : &none, err);
  if (status == TC_OK) {
    struct row row;
    while ((status = rows->next(rows, &row, err)) == TC_OK) {
      buffer_printf(out, "%ld", row.number);
      for (size_t i = 0; i < row.count; i++) {
        assert_int_equal(strlen(row.cells[i].text), row.cells[i].len);
        buffer_printf(out, "|%s%s", row.cells[i].text, row.cells[i].bad ? "!" : "");
      }
      buffer_add_text(out, "\n");
    }
    rows->close(rows);
  }
  unlink(f.path);
  return status == TC_DONE ? TC_OK : status;
}

static const struct {
  const char *what, *bytes, *rows;
} readings[] = {
    {"comma", "a,b\n1,2\n", "1|a|b\n2|1|2\n"},
    {"semicolon, commas in cells", "a;b\n1,5;2\n3,4;9\n", "1|a|b\n2|1,5|2\n3|3,4|9\n"},
    {"tab", "a\tb\n1\t2\n", "1|a|b\n2|1|2\n"},
    {"bar", "a|b\n1|2\n", "1|a|b\n2|1|2\n"},
    {"tilde", "a~b\n1~2\n", "1|a|b\n2|1|2\n"},
    {"byte AC and Windows-1252",
     "a\xAC"
     "b\nr\xE9"
     "a\xAC\x96\n",
     "1|a|b\n2|r\xC3\xA9"
     "a|\xE2\x80\x93\n"},
    {"the not sign written in UTF-8",
     "a\xC2\xAC"
     "b\nr\xC3\xA9"
     "a\xC2\xAC"
     "2\n",
     "1|a|b\n2|r\xC3\xA9"
     "a|2\n"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     "1|a|b\n2|1|2\n"},
    {"CRLF", "a,b\r\n1,2\r\n", "1|a|b\n2|1|2\n"},
    {"lone CR", "a,b\r1,2\r", "1|a|b\n2|1|2\n"},
    {"no line end at the end", "a,b\n1,2", "1|a|b\n2|1|2\n"},
    {"newline in quotes", "a,b\n\"x\ny\",2\n3,4\n", "1|a|b\n2|x\ny|2\n3|3|4\n"},
    {"doubled quotes", "a,b\n\"say \"\"x\"\"\",2\n", "1|a|b\n2|say \"x\"|2\n"},
    {"quotes in the middle of a cell", "a,b\nLE \"PETIT\" X,2\n", "1|a|b\n2|LE \"PETIT\" X|2\n"},
    {"blank lines count as a spreadsheet shows them", "a,b\r\n\r\n1,2\r\n", "1|a|b\n3|1|2\n"},
    {"blank line between LFs", "a,b\n\n1,2\n", "1|a|b\n3|1|2\n"},
    {"blanks are kept", "a, b\n 1 ,2\n", "1|a| b\n2| 1 |2\n"},
    {"one column", "name\nA, B\nC\n", "1|name\n2|A, B\n3|C\n"},
    {"ragged rows", "a,b,c\n1,2,3\n1\n1,2,3,4\n", "1|a|b|c\n2|1|2|3\n3|1\n4|1|2|3|4\n"},
    {"a banner of other width", "x;y\na;b;c\n1;2;3\n4;5;6\n", "1|x|y\n2|a|b|c\n3|1|2|3\n4|4|5|6\n"},
};

static void bytes_become_rows(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
    struct buffer out = BUFFER_INIT;
    struct tc_error err = {.status = TC_OK};
    tc_status status = read_all(readings[i].bytes, strlen(readings[i].bytes), NULL, &out, &err);
    if (status != TC_OK || strcmp(buffer_text(&out), readings[i].rows))
      fail_msg("%s: %d %s\n%s", readings[i].what, (int)status, err.text, buffer_text(&out));
    buffer_free(&out);
  }
}

#define BAD(what_, bytes_, status_, row_, column_)                                                 \
  { what_, bytes_, sizeof(bytes_) - 1, status_, row_, column_ }
static const struct {
  const char *what, *bytes;
  size_t len;
  tc_status status;
  long row, column;
} faults[] = {
    BAD("empty", "", TC_INVALID, 0, 0),
    BAD("a NUL in a cell", "a,b\n1,x\0y\n", TC_INVALID, 2, 2),
    BAD("UTF-16 with a mark",
        "\xFF\xFE"
        "a\0,\0",
        TC_INVALID, 0, 0),
    BAD("UTF-16 without a mark", "a\0,\0b\0\n\0", TC_INVALID, 0, 0),
    BAD("binary",
        "\x7F"
        "ELF\x02\x01\x01\x03\x04\x05",
        TC_INVALID, 0, 0),
    BAD("an open quote at the end", "a,b\n1,\"x\n", TC_INVALID, 2, 2),
    BAD("mixed encodings", "a,b\n\xC3\xA9,2\n\xE9,3\n", TC_INVALID, 3, 1),
};

static void what_is_no_csv_is_refused_with_its_place(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    struct buffer out = BUFFER_INIT;
    struct tc_error err = {.status = TC_OK};
    tc_status status = read_all(faults[i].bytes, faults[i].len, NULL, &out, &err);
    if (status != faults[i].status || err.row != faults[i].row || err.column != faults[i].column)
      fail_msg("%s: %d at %ld:%ld %s", faults[i].what, (int)status, err.row, err.column, err.text);
    buffer_free(&out);
  }
}

static void a_told_encoding_marks_the_damaged_cells(void **state) {
  (void)state;
  static const char bytes[] = "a,b\n\xC3\xA9,2\n\xE9,3\n";
  struct rows_hint hint = {.encoding = "utf-8"};
  struct buffer out = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(read_all(bytes, sizeof bytes - 1, &hint, &out, &err), TC_OK);
  assert_string_equal(buffer_text(&out), "1|a|b\n2|\xC3\xA9|2\n3|\xEF\xBF\xBD!|3\n");
  buffer_free(&out);
}

static void a_sequence_across_chunks_is_no_damage(void **state) {
  (void)state;
  /* é at every offset around the boundaries of both readings */
  for (size_t pad = 64 * 1024 - 8; pad < 64 * 1024 + 2; pad++) {
    struct buffer in = BUFFER_INIT, out = BUFFER_INIT;
    struct tc_error err = {.status = TC_OK};
    buffer_add_text(&in, "a;b\n");
    for (size_t i = in.len; i < pad; i++)
      buffer_add_char(&in, i % 1000 == 999 ? '\n' : i % 1000 == 500 ? ';' : 'x');
    buffer_add_text(&in, "\xC3\xA9;z\n");
    assert_int_equal(read_all(in.data, in.len, NULL, &out, &err), TC_OK);
    assert_non_null(strstr(buffer_text(&out), "\xC3\xA9|z\n"));
    buffer_free(&in);
    buffer_free(&out);
  }
}

static void a_thousand_columns_are_read(void **state) {
  (void)state;
  struct buffer in = BUFFER_INIT, out = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  for (int row = 0; row < 3; row++)
    for (int i = 1; i <= 1000; i++)
      buffer_printf(&in, "c%d%c", i, i == 1000 ? '\n' : ';');
  assert_int_equal(read_all(in.data, in.len, NULL, &out, &err), TC_OK);
  assert_non_null(strstr(buffer_text(&out), "|c999|c1000\n2|c1|"));
  buffer_free(&in);
  buffer_free(&out);
}

static void a_row_without_end_is_refused_in_bounded_memory(void **state) {
  (void)state;
  static const char *const starts[] = {"a,b\n1,", "a,b\n1,\""};
  for (size_t s = 0; s < 2; s++) {
    struct buffer in = BUFFER_INIT, out = BUFFER_INIT;
    struct tc_error err = {.status = TC_OK};
    buffer_add_text(&in, starts[s]);
    for (int i = 0; i < 3 * 1024 * 1024; i++)
      buffer_add_char(&in, 'x');
    assert_int_equal(read_all(in.data, in.len, NULL, &out, &err), TC_TOO_LONG);
    assert_int_equal(err.row, 2);
    assert_string_equal(buffer_text(&out), "1|a|b\n");
    buffer_free(&in);
    buffer_free(&out);
  }
}

static void a_folder_is_no_file(void **state) {
  (void)state;
  struct rows *rows;
  struct rows_hint hint = {.encoding = ""};
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(csv_open(&rows, "/tmp", &hint, &err), TC_NO_INPUT);
  tc_error_clear(&err);
  assert_int_equal(csv_open(&rows, "/tmp/there-is-no-such-file.csv", &hint, &err), TC_NO_INPUT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bytes_become_rows),
      cmocka_unit_test(what_is_no_csv_is_refused_with_its_place),
      cmocka_unit_test(a_told_encoding_marks_the_damaged_cells),
      cmocka_unit_test(a_sequence_across_chunks_is_no_damage),
      cmocka_unit_test(a_thousand_columns_are_read),
      cmocka_unit_test(a_row_without_end_is_refused_in_bounded_memory),
      cmocka_unit_test(a_folder_is_no_file),
  };
  return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
