/* Tables of cases: files of tab-separated columns that a person can read.  # begins a comment, "-"
 * is an empty column, and \n \t \xNN \uNNNN stand for what cannot be typed. */
#ifndef TC_TESTS_CASES_H
#define TC_TESTS_CASES_H

#include <stddef.h>

enum { CASE_COLUMNS = 16, CASE_TEXT = 1024 };

struct case_row {
  int line;
  size_t count; /* columns; the others are "" */
  char columns[CASE_COLUMNS][CASE_TEXT];
};

/* Calls each() for every row of tests/data/NAME.  Returns how many there were; stops the test where
 * the file cannot be read. */
size_t cases_run(const char *name, void (*each)(const struct case_row *row, void *data),
                 void *data);

/* Undoes the escapes in place; returns the length. */
size_t case_unescape(char *text);

#endif
