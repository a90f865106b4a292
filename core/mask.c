#include "core/mask.h"

#include <string.h>

#include "core/phone.h"

enum { DIGITS_MAX = 64, SUBSCRIBER = 8, NATIONAL = 10, SHORTEST = 5, TAIL = 2 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* A letter of an address, or any other sign that is not of a number. */
static bool is_address(const char *shown) {
  for (; *shown; shown++)
    if (!is_digit(*shown) && !strchr(" +*#.-/()", *shown))
      return true;
  return false;
}

bool mask_stars(size_t i, size_t digits) {
  size_t head = digits >= NATIONAL ? digits - SUBSCRIBER : 0, tail = digits < SHORTEST ? 0 : TAIL;
  return i >= head && i + tail < digits;
}

void mask_number(struct buffer *out, const char *shown) {
  bool address = is_address(shown);
  size_t digits = 0, seen = 0;
  for (const char *p = shown; *p; p++)
    digits += is_digit(*p);
  for (const char *p = shown; *p; p++) {
    if (address && ((unsigned char)*p & 0xC0) == 0x80)
      continue; /* a letter of several bytes is one star */
    bool hidden = address ? *p != ' ' : is_digit(*p);
    if (hidden && !address)
      hidden = mask_stars(seen++, digits);
    buffer_add_char(out, hidden ? '*' : *p);
  }
}

bool mask_covers(const struct entry *entry, const struct uuid *contact) {
  if (uuid_is_nil(contact))
    return entry->contact_count && entry->contacts[0].masked;
  for (size_t i = 0; i < entry->contact_count; i++)
    if (uuid_equal(&entry->contacts[i].uuid, contact))
      return entry->contacts[i].masked;
  return true;
}

static bool same_digits(const char *digits, size_t len, const char *number) {
  char own[DIGITS_MAX];
  return len && phone_digits(own, sizeof own, number, strlen(number)) == len &&
         memcmp(own, digits, len) == 0;
}

/* The same number behind "+33", "0033" or "0": what is the subscriber's own is the same. */
static bool same_subscriber(const char *digits, size_t len, const char *e164) {
  char own[DIGITS_MAX];
  size_t n = phone_digits(own, sizeof own, e164, strlen(e164));
  return len > SUBSCRIBER && n > SUBSCRIBER && n < sizeof own &&
         memcmp(own + n - SUBSCRIBER - 1, digits + len - SUBSCRIBER - 1, SUBSCRIBER + 1) == 0;
}

bool mask_hides(const struct entry *entry, const char *number) {
  char digits[DIGITS_MAX];
  size_t len = phone_digits(digits, sizeof digits, number, strlen(number));
  if (len >= sizeof digits || !*number)
    return false;
  for (size_t i = 0; i < entry->contact_count; i++) {
    const struct contact *c = &entry->contacts[i];
    if (c->masked && (strcmp(c->number, number) == 0 || same_digits(digits, len, c->number) ||
                      same_subscriber(digits, len, *c->e164 ? c->e164 : c->number)))
      return true;
  }
  return false;
}

const char *mask_beside(const struct entry *entry, const char *number, struct arena *arena) {
  if (!mask_hides(entry, number))
    return number;
  struct buffer stars = BUFFER_INIT;
  mask_number(&stars, number);
  const char *text = stars.status == TC_OK ? arena_strdup(arena, buffer_text(&stars)) : NULL;
  buffer_free(&stars);
  return text;
}
