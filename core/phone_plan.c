#include "core/phone_plan.h"

#include <string.h>

static bool begins_with(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

const struct phone_country *phone_country_find(const char *iso) {
  for (const struct phone_country *c = phone_countries; *iso && c->iso; c++)
    if (strcmp(c->iso, iso) == 0)
      return c;
  return NULL;
}

const struct phone_length *phone_code_of(const char *digits) {
  const struct phone_length *best = NULL;
  for (const struct phone_length *l = phone_lengths; l->code; l++)
    if (begins_with(digits, l->code) && (!best || strlen(l->code) > strlen(best->code)))
      best = l;
  return best;
}

static bool has_ranges(const char *code) {
  for (const struct phone_range *r = phone_ranges; r->code; r++)
    if (strcmp(r->code, code) == 0)
      return true;
  return false;
}

const struct phone_range *phone_range_find(const char *code, const char *nsn) {
  const struct phone_range *best = NULL;
  size_t len = strlen(nsn);
  for (const struct phone_range *r = phone_ranges; r->code; r++)
    if (strcmp(r->code, code) == 0 && (size_t)r->length == len && begins_with(nsn, r->prefix) &&
        (!best || strlen(r->prefix) > strlen(best->prefix)))
      best = r;
  return best;
}

bool phone_nsn_fits(const struct phone_length *code, const char *nsn) {
  size_t len = strlen(nsn);
  if (has_ranges(code->code))
    return phone_range_find(code->code, nsn) != NULL;
  return len >= (size_t)code->shortest && len <= (size_t)code->longest;
}

const char *phone_country_of(const char *code, const char *nsn, const char *home) {
  const struct phone_area *best = NULL;
  for (const struct phone_area *a = phone_areas; a->code; a++)
    if (strcmp(a->code, code) == 0 && begins_with(nsn, a->prefix) &&
        (!best || strlen(a->prefix) > strlen(best->prefix)))
      best = a;
  if (best)
    return best->iso;
  const struct phone_country *own = phone_country_find(home);
  if (own && strcmp(own->code, code) == 0 && strcmp(code, "1") != 0 && strcmp(code, "44") != 0)
    return own->iso;
  for (const struct phone_country *c = phone_countries; c->iso; c++)
    if (strcmp(c->code, code) == 0)
      return strlen(c->iso) == 2 ? c->iso : "";
  return "";
}

bool phone_is_short(const char *digits, const char *iso) {
  size_t len = strlen(digits);
  for (const struct phone_short *s = phone_shorts; s->iso; s++) {
    if ((*s->iso && strcmp(s->iso, iso) != 0) || strlen(s->digits) != len)
      continue;
    size_t i = 0;
    while (i < len && (s->digits[i] == 'x' || s->digits[i] == digits[i]))
      i++;
    if (i == len)
      return true;
  }
  return false;
}
