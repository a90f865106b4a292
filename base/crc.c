#include "base/crc.h"

/* Four bits at a time: the remainders of 0..15 by the reflected polynomial. */
static uint64_t remainder_of(uint64_t four) {
  static const uint64_t polynomial = UINT64_C(0xC96C5795D7870F42);
  for (int bit = 0; bit < 4; bit++)
    four = four & 1 ? four >> 1 ^ polynomial : four >> 1;
  return four;
}

uint64_t crc64(const void *bytes, size_t len) {
  const uint8_t *p = bytes;
  uint64_t table[16], crc = ~UINT64_C(0);
  for (uint64_t i = 0; i < 16; i++)
    table[i] = remainder_of(i);
  for (size_t i = 0; i < len; i++) {
    crc ^= p[i];
    crc = crc >> 4 ^ table[crc & 15];
    crc = crc >> 4 ^ table[crc & 15];
  }
  return ~crc;
}
