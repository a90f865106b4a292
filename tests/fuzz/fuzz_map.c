/* Any text as a map, and by it a few rows: no record that the codec does not take. */
#include <stdint.h>
#include <stdlib.h>

#include "base/ini.h"
#include "sync/map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static tc_status no_rows(struct rows *rows, struct row *out, struct tc_error *err) {
  (void)err;
  static const struct cell cells[] = {{"name", 4, false, false},
                                      {"phone", 5, false, false},
                                      {"", 0, false, false},
                                      {"caf\xC3\xA9 2 000", 12, false, true}};
  static long row;
  (void)rows;
  if (row >= 3) {
    row = 0;
    return TC_DONE;
  }
  *out = (struct row){.number = ++row, .cells = cells, .count = 4};
  return TC_OK;
}

static tc_status again(struct rows *rows, struct tc_error *err) {
  (void)rows;
  (void)err;
  return TC_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct map *m;
  struct tc_error err = {.status = TC_OK};
  tc_status status = map_read_text(&m, "fuzz", (const char *)data, size, &err);
  if (status != TC_OK) {
    if (err.status == TC_OK || !err.text[0])
      abort();
    return 0;
  }
  struct rows rows = {.file = "rows", .next = no_rows, .rewind = again};
  struct map_start start;
  tc_error_clear(&err);
  status = map_bind(m, &rows, &start, &err);
  if (status != TC_OK && err.status == TC_OK)
    abort();
  static const struct cell cells[] = {{"caf\xC3\xA9", 5, false, false},
                                      {" 01 \n 2 ", 8, true, true}};
  const struct row row = {.number = 2, .cells = cells, .count = 2};
  struct arena arena = ARENA_INIT;
  for (size_t i = 0; i < m->value_count; i++) {
    struct template_value value;
    if (template_apply(&m->values[i].value, &row, &arena, &value, &err) == TC_NO_MEMORY)
      break;
  }
  arena_free(&arena);
  map_free(m);
  return 0;
}
