/* Any cell: reading ends, stays inside it and leaves no digit of it out, and a number that was read
 * is read again from its own writing. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Nothing that a person may have to dial gets lost between the numbers. */
static void check_covered(const struct phones *all, const uint8_t *text, size_t size) {
  for (size_t at = 0; at < size; at++) {
    bool covered = text[at] < '0' || text[at] > '9';
    for (size_t i = 0; i < all->count && !covered; i++)
      covered = at >= all->items[i].offset && at < all->items[i].offset + all->items[i].length;
    if (!covered)
      abort();
  }
}

/* An extension or a code reads as itself where the house is the same. */
static void check_house(const struct phone *p, const char *home) {
  struct buffer b = BUFFER_INIT;
  struct phones again;
  phone_format(&b, p, home);
  phone_read(&again, buffer_text(&b), b.len, home, true);
  if (again.count == 1 && again.items[0].form == PHONE_PLACEHOLDER)
    ; /* 0, 99999 */
  else if (again.count != 1 || strcmp(again.items[0].digits, p->digits) != 0)
    abort(); /* the form may differ: "x15" is set 15, "15" the ambulance */
  buffer_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const homes[] = {"FR", "GB", "US", "BE", "CH", "LU", "RE", ""};
  if (size == 0)
    return 0;
  const char *home = homes[data[0] % 8];
  struct phones all;
  phone_read(&all, (const char *)data + 1, size - 1, home, (data[0] & 8) != 0);
  check_covered(&all, data + 1, size - 1);
  for (size_t i = 0; i < all.count; i++) {
    const struct phone *p = &all.items[i];
    struct buffer b = BUFFER_INIT;
    struct phones again;
    if (p->offset + p->length > size - 1)
      abort();
    phone_uri(&b, p->digits, p->e164, "x", "FR");
    buffer_clear(&b);
    phone_format(&b, p, home);
    if (p->form == PHONE_E164_FORM) {
      phone_read(&again, buffer_text(&b), b.len, home, false);
      if (again.count == 1 && again.items[0].form == PHONE_PLACEHOLDER)
        ; /* 7777777777: alone in a cell it says nothing */
      else if (again.count != 1 || strcmp(again.items[0].e164, p->e164) != 0 ||
               strcmp(again.items[0].extension, p->extension) != 0)
        abort();
    }
    if ((p->form == PHONE_SHORT || p->form == PHONE_INTERNAL) && (data[0] & 8) &&
        strlen(p->digits) <= 6)
      check_house(p, home);
    buffer_free(&b);
  }
  return 0;
}
