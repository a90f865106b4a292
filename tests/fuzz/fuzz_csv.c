/* Any bytes as a CSV file: every row is bounded UTF-8, or there is one clear error. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "sync/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const encodings[] = {"", "utf-8", "windows-1252"};
  static const char delimiters[] = {0, ',', ';', (char)0xAC};
  if (!size)
    return 0;
  int fd = memfd_create("csv", MFD_CLOEXEC);
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  if (fd < 0 || write(fd, data + 1, size - 1) != (ssize_t)(size - 1))
    abort();
  struct rows_hint hint = {.delimiter = delimiters[data[0] & 3],
                           .encoding = encodings[(data[0] >> 2) % 3]};
  struct rows *rows;
  struct tc_error err = {.status = TC_OK};
  if (csv_open(&rows, path, &hint, &err) == TC_OK) {
    struct row row;
    long last = 0;
    tc_status status;
    while ((status = rows->next(rows, &row, &err)) == TC_OK) {
      if (row.number <= last || row.count > ROWS_COLUMNS_MAX)
        abort();
      last = row.number;
      for (size_t i = 0; i < row.count; i++)
        if (strlen(row.cells[i].text) != row.cells[i].len ||
            !utf8_valid(row.cells[i].text, row.cells[i].len))
          abort();
    }
    rows->close(rows);
    if (status != TC_DONE && err.status == TC_OK)
      abort();
  } else if (err.status == TC_OK || !err.text[0]) {
    abort();
  }
  close(fd);
  return 0;
}
