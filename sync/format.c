#include "sync/format.h"

#include <string.h>

#include "base/i18n.h"

const struct format formats[] = {
    {"csv", csv_open, N_("rows of cells; delimiter, encoding and header line are found out")},
    {"records", NULL,
     N_("the record stream of `tocsin-sync export`: each record behind its length in bytes, in "
        "decimal, and a newline; - is standard input. With --source they make a source that holds "
        "nothing yet the same directory, and are refused unless it gives each of them back")},
};
const size_t format_count = sizeof formats / sizeof *formats;

const struct format *format_find(const char *name) {
  for (size_t i = 0; i < format_count; i++)
    if (!strcmp(formats[i].name, name))
      return &formats[i];
  return NULL;
}
