/* Any cell: reading ends, stays inside it, and a number that was read is read again from its own
 * writing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const homes[] = {"FR", "GB", "US", "BE", "CH", "LU", "RE", ""};
  if (size == 0)
    return 0;
  const char *home = homes[data[0] % 8];
  struct phones all;
  phone_read(&all, (const char *)data + 1, size - 1, home, (data[0] & 8) != 0);
  for (size_t i = 0; i < all.count; i++) {
    const struct phone *p = &all.items[i];
    struct buffer b = BUFFER_INIT;
    struct phones again;
    if (p->offset + p->length > size - 1)
      abort();
    phone_uri(&b, p, "x");
    buffer_clear(&b);
    phone_format(&b, p, home);
    if (p->form == PHONE_E164_FORM) {
      phone_read(&again, buffer_text(&b), b.len, home, false);
      if (again.count == 1 && again.items[0].form == PHONE_PLACEHOLDER)
        ; /* 7777777777: alone in a cell it says nothing */
      else if (again.count != 1 || strcmp(again.items[0].e164, p->e164) != 0)
        abort();
    }
    buffer_free(&b);
  }
  return 0;
}
