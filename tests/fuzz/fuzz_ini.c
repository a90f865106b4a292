/* Any bytes as an INI file: settings are UTF-8 and bounded, or one fault names its line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static tc_status take(void *context, const char *section, const char *name, const char *value,
                      long line, struct tc_error *err) {
  long *last = context;
  (void)err;
  if (line <= *last || strlen(section) > INI_SECTION_LONGEST * 3 || !*name ||
      !utf8_valid(value, strlen(value)) || !utf8_valid(section, strlen(section)))
    abort();
  *last = line;
  return TC_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct tc_error err = {.status = TC_OK};
  long last = 0;
  tc_status status = ini_read_text("f", (const char *)data, size, take, &last, &err);
  if ((status == TC_OK) != (err.status == TC_OK) || (status != TC_OK && !err.text[0]))
    abort();
  return 0;
}
