#include "tui/key.h"

int key_digit(uint32_t point) {
  static const uint32_t french[] = {0xE0, '&', 0xE9, '"', '\'', '(', '-', 0xE8, '_', 0xE7};
  if (point >= '0' && point <= '9')
    return (int)(point - '0');
  for (int i = 0; i < 10; i++)
    if (french[i] == point)
      return i;
  return -1;
}
