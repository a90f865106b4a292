#include "core/phone_plan.h"

#include <string.h>

static bool begins_with(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

const struct phone_country *phone_country_find(const char *iso) {
  if (iso[0] < 'A' || iso[0] > 'Z' || iso[1] < 'A' || iso[1] > 'Z' || iso[2])
    return NULL;
  int row = phone_iso_index[(iso[0] - 'A') * 26 + iso[1] - 'A'];
  return row ? &phone_countries[row - 1] : NULL;
}

const struct phone_length *phone_code_of(const char *digits) {
  int first = 0;
  for (int i = 0; i < 3; i++) { /* missing digits count as 0: "33" is within 330..339 */
    char c = *digits ? *digits++ : '0';
    if (c < '0' || c > '9')
      return NULL;
    first = first * 10 + (c - '0');
  }
  int row = phone_code_index[first];
  return row ? &phone_lengths[row - 1] : NULL;
}

const struct phone_range *phone_range_find(const char *code, const char *nsn) {
  const struct phone_length *l = phone_code_of(code);
  const struct phone_range *best = NULL;
  size_t len = strlen(nsn);
  for (int i = 0; l && i < l->range_count; i++) {
    const struct phone_range *r = &phone_ranges[l->ranges + i];
    if ((size_t)r->length == len && begins_with(nsn, r->prefix) &&
        (!best || strlen(r->prefix) > strlen(best->prefix)))
      best = r;
  }
  return best;
}

bool phone_nsn_fits(const struct phone_length *code, const char *nsn) {
  size_t len = strlen(nsn);
  if (code->range_count)
    return phone_range_find(code->code, nsn) != NULL;
  return len >= (size_t)code->shortest && len <= (size_t)code->longest;
}

const char *phone_country_of(const char *code, const char *nsn, const char *home) {
  const struct phone_area *best = NULL;
  const struct phone_length *l = phone_code_of(code);
  for (int i = 0; l && i < l->area_count; i++) {
    const struct phone_area *a = &phone_areas[l->areas + i];
    if (begins_with(nsn, a->prefix) && (!best || strlen(a->prefix) > strlen(best->prefix)))
      best = a;
  }
  if (best)
    return best->iso;
  const struct phone_country *own = phone_country_find(home);
  if (own && strcmp(own->code, code) == 0 && strcmp(code, "1") != 0 && strcmp(code, "44") != 0)
    return own->iso;
  return l ? l->iso : "";
}

bool phone_is_short(const char *digits, const char *iso, bool house) {
  size_t len = strlen(digits);
  for (const struct phone_short *s = phone_shorts; s->iso; s++) {
    if ((*s->iso && strcmp(s->iso, iso) != 0) || strlen(s->digits) != len ||
        (house && !s->emergency))
      continue;
    size_t i = 0;
    while (i < len && (s->digits[i] == 'x' || s->digits[i] == digits[i]))
      i++;
    if (i == len)
      return true;
  }
  return false;
}
