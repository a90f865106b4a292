/* A checksum against accidents, not against people: torn writes, rot.  Against people: hash.h. */
#ifndef TC_BASE_CRC_H
#define TC_BASE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* CRC-64 of the polynomial of ECMA-182, reflected, as the xz format has it. */
uint64_t crc64(const void *bytes, size_t len);

#endif
