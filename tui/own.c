#include "tui/own.h"

void own_add(struct own_acts *own, const struct uuid *act) {
  own->acts[own->count++ % OWN_ACTS] = *act;
}

bool own_has(const struct own_acts *own, const struct uuid *act) {
  for (size_t i = 0; i < own->count && i < OWN_ACTS; i++)
    if (uuid_equal(&own->acts[i], act))
      return true;
  return false;
}
