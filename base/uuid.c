#include "base/uuid.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base/i18n.h"

bool uuid_is_nil(const struct uuid *u) {
  static const struct uuid nil = {{0}};
  return uuid_equal(u, &nil);
}

bool uuid_equal(const struct uuid *a, const struct uuid *b) {
  return uuid_compare(a, b) == 0;
}

bool uuid_among(const struct uuid *which, const struct uuid *all, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&all[i], which))
      return true;
  return false;
}

int uuid_compare(const struct uuid *a, const struct uuid *b) {
  return memcmp(a->b, b->b, sizeof a->b);
}

void uuid_format(const struct uuid *u, char out[UUID_TEXT]) {
  static const char hex[] = "0123456789abcdef";
  char *p = out;
  for (size_t i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *p++ = '-';
    *p++ = hex[u->b[i] >> 4];
    *p++ = hex[u->b[i] & 15];
  }
  *p = '\0';
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

bool uuid_parse(struct uuid *out, const char *text, size_t len) {
  if (len != UUID_TEXT - 1)
    return false;
  size_t at = 0;
  for (size_t i = 0; i < 16; i++) {
    if ((i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
      return false;
    int high = hex_digit(text[at]), low = hex_digit(text[at + 1]);
    if (high < 0 || low < 0)
      return false;
    out->b[i] = (uint8_t)(high * 16 + low);
    at += 2;
  }
  return true;
}

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static int base64url_digit(char c) {
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '-')
    return 62;
  if (c == '_')
    return 63;
  return -1;
}

void uuid_format_short(const struct uuid *u, char out[UUID_SHORT]) {
  uint32_t bits = 0;
  int held = 0;
  char *p = out;
  for (size_t i = 0; i < 16; i++) {
    bits = (bits << 8) | u->b[i];
    held += 8;
    while (held >= 6) {
      held -= 6;
      *p++ = base64url[(bits >> held) & 63];
    }
  }
  *p++ = base64url[(bits << (6 - held)) & 63];
  *p = '\0';
}

bool uuid_parse_short(struct uuid *out, const char *text, size_t len) {
  if (len != UUID_SHORT - 1)
    return false;
  uint32_t bits = 0;
  int held = 0;
  size_t n = 0;
  for (size_t i = 0; i < len; i++) {
    int digit = base64url_digit(text[i]);
    if (digit < 0)
      return false;
    bits = (bits << 6) | (uint32_t)digit;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out->b[n++] = (uint8_t)(bits >> held);
    }
  }
  return (bits & 15) == 0;
}

tc_status uuid_random(struct uuid *out, struct tc_error *err) {
  if (getrandom(out->b, sizeof out->b, 0) != (ssize_t)sizeof out->b)
    return tc_fail_errno(err, errno, _("no random numbers from the system"));
  out->b[6] = (uint8_t)((out->b[6] & 0x0f) | 0x40);
  out->b[8] = (uint8_t)((out->b[8] & 0x3f) | 0x80);
  return TC_OK;
}
