#include <string.h>

#include "core/near.h"

bool near_number(const char *a, const char *b) {
  size_t len = strlen(a), at = 0;
  if (len != strlen(b))
    return false;
  while (at < len && a[at] == b[at])
    at++;
  if (at == len) /* the same */
    return false;
  if (strcmp(a + at + 1, b + at + 1) == 0)
    return true;
  return at + 1 < len && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         strcmp(a + at + 2, b + at + 2) == 0;
}
