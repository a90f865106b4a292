/* From digits to a number of a numbering plan. */
#include <string.h>

#include "core/phone_cell.h"
#include "core/phone_plan.h"

void phone_refuse(struct phone *out, enum phone_reason reason) {
  out->form = PHONE_UNREADABLE;
  out->reason = reason;
  out->digits[0] = out->e164[0] = out->country[0] = '\0';
}

/* Sets a public number from country code and national significant number. */
static void set_public(struct phone *out, const char *code, const char *nsn, const char *home) {
  const char *iso = phone_country_of(code, nsn, home);
  const struct phone_country *c = phone_country_find(iso);
  const char *trunk = c && strcmp(code, "1") != 0 ? c->trunk : "";
  size_t trunk_len = strlen(trunk), nsn_len = strlen(nsn), code_len = strlen(code);
  if (code_len + nsn_len > 15) {
    phone_refuse(out, PHONE_TOO_LONG);
    return;
  }
  out->form = PHONE_E164_FORM;
  out->reason = PHONE_FINE;
  out->e164[0] = '+';
  memcpy(out->e164 + 1, code, code_len);
  memcpy(out->e164 + 1 + code_len, nsn, nsn_len + 1);
  memcpy(out->digits, trunk, trunk_len);
  memcpy(out->digits + trunk_len, nsn, nsn_len + 1);
  memcpy(out->country, iso, strlen(iso) + 1);
}

/* A national number that belongs behind another country code: the overseas departments. */
static bool read_overseas(struct phone *out, const char *nsn, const char *home) {
  for (const struct phone_overseas *o = phone_overseas; o->iso; o++) {
    size_t skip = strlen(o->prefix);
    if (strcmp(o->iso, home) != 0 || strncmp(nsn, o->prefix, skip) != 0 || strlen(nsn) != 9)
      continue;
    const struct phone_length *code = phone_code_of(o->code);
    const char *rest = o->keep ? nsn : nsn + skip;
    if (code && phone_nsn_fits(code, rest)) {
      set_public(out, code->code, rest, home);
      return true;
    }
  }
  return false;
}

/* Digits behind + or an international prefix. */
static void read_international(struct phone *out, const struct phone_parts *parts,
                               const char *digits, const char *home) {
  const struct phone_length *code = phone_code_of(digits);
  if (!code) {
    phone_refuse(out, *digits ? PHONE_UNKNOWN_COUNTRY : PHONE_NO_DIGITS);
    return;
  }
  const char *nsn = digits + strlen(code->code);
  const struct phone_country *c = phone_country_find(phone_country_of(code->code, nsn, home));
  const char *trunk = c ? c->trunk : "";
  size_t trunk_len = strlen(trunk);
  if (parts->zero)
    out->repairs |= PHONE_TRUNK_DROPPED;
  if (!phone_nsn_fits(code, nsn) && trunk_len && strncmp(nsn, trunk, trunk_len) == 0 &&
      phone_nsn_fits(code, nsn + trunk_len)) {
    nsn += trunk_len; /* "+33 01 99 ..." */
    out->repairs |= PHONE_TRUNK_DROPPED;
  }
  if (c && read_overseas(out, nsn, c->iso)) { /* "+33 590 ...", which is +590 590 */
    out->repairs |= PHONE_CODE_RESTORED;
    return;
  }
  if (phone_nsn_fits(code, nsn)) {
    set_public(out, code->code, nsn, home);
    return;
  }
  size_t len = strlen(nsn);
  phone_refuse(out, len < (size_t)code->shortest  ? PHONE_TOO_SHORT
                    : len > (size_t)code->longest ? PHONE_TOO_LONG
                                                  : PHONE_NOT_IN_PLAN);
}

/* The country code of an E.164 text; NULL: it is none. */
static const struct phone_length *code_of_e164(const char *e164) {
  size_t len = strlen(e164);
  if (e164[0] != '+' || len >= PHONE_E164 || strspn(e164 + 1, "0123456789") != len - 1)
    return NULL;
  return phone_code_of(e164 + 1);
}

bool phone_e164_fits(const char *e164) {
  const struct phone_length *code = code_of_e164(e164);
  return code && phone_nsn_fits(code, e164 + 1 + strlen(code->code));
}

bool phone_of_e164(struct phone *out, const char *e164, const char *home) {
  const struct phone_length *code = code_of_e164(e164);
  *out = (struct phone){.form = PHONE_UNREADABLE, .reason = PHONE_UNKNOWN_COUNTRY};
  if (!code)
    return false;
  out->length = strlen(e164);
  if (phone_nsn_fits(code, e164 + 1 + strlen(code->code)))
    set_public(out, code->code, e164 + 1 + strlen(code->code), home);
  else
    out->reason = PHONE_NOT_IN_PLAN;
  return out->form == PHONE_E164_FORM;
}

/* Do the departments behind this code dial mainland France without a prefix? */
static bool shares_french_plan(const char *code) {
  for (const struct phone_overseas *o = phone_overseas; o->iso; o++)
    if (o->keep && *o->code == *code && strcmp(o->code, code) == 0)
      return true;
  return false;
}

static void read_national(struct phone *out, const char *digits, const char *home) {
  const struct phone_country *c = phone_country_find(home);
  if (!c) {
    phone_refuse(out, PHONE_NO_COUNTRY);
    return;
  }
  const struct phone_length *code = phone_code_of(c->code);
  size_t trunk_len = strlen(c->trunk), len = strlen(digits);
  bool trunk = trunk_len && strncmp(digits, c->trunk, trunk_len) == 0;
  const char *nsn = trunk ? digits + trunk_len : digits;
  bool nanp = strcmp(c->code, "1") == 0;
  if (!phone_nsn_fits(code, nsn) && shares_french_plan(c->code)) {
    read_national(out, digits, "FR");
    return;
  }
  if (read_overseas(out, nsn, home)) {
    /* nothing more to find */
  } else if (phone_nsn_fits(code, nsn)) {
    set_public(out, c->code, nsn, home);
  } else if (trunk && c->trunk[0] != '0' && phone_nsn_fits(code, digits)) {
    set_public(out, c->code, digits, home);
    return;
  } else {
    size_t extra = trunk && !nanp ? trunk_len : 0; /* one may leave it out there */
    phone_refuse(out, len < (size_t)code->shortest + extra  ? PHONE_TOO_SHORT
                      : len > (size_t)code->longest + extra ? PHONE_TOO_LONG
                                                            : PHONE_NOT_IN_PLAN);
    return;
  }
  if (trunk_len && !trunk && !nanp)
    out->repairs |= PHONE_ZERO_RESTORED;
}

/* Digits that begin with the international prefix of home, or 00 where home is not known; NULL. */
static const char *behind_international(const char *digits, const char *home) {
  const struct phone_country *c = phone_country_find(home);
  const char *prefix = c && *c->international ? c->international : "00";
  size_t n = strlen(prefix);
  if (strncmp(digits, prefix, n) == 0 && strlen(digits) >= n + 5)
    return digits + n;
  return strncmp(digits, "00", 2) == 0 && strlen(digits) >= 9 ? digits + 2 : NULL;
}

enum { INTERNAL_LONGEST = 6 };

void phone_set_digits(struct phone *out, enum phone_form form, const char *digits,
                      const char *country) {
  out->form = form;
  out->reason = PHONE_FINE;
  memcpy(out->digits, digits, strlen(digits) + 1);
  memcpy(out->country, country, strlen(country) + 1);
}

/* A whole national number where these have as few digits as an extension (New Caledonia). */
static bool is_short_national(const char *digits, const char *home) {
  const struct phone_country *c = phone_country_find(home);
  const struct phone_length *code = c && !*c->trunk ? phone_code_of(c->code) : NULL;
  return code && code->longest <= 9 && phone_range_find(c->code, digits) != NULL;
}

/* "33199005231": the + was lost.  Read where the digits cannot be a national number, and only
 * behind the country's own code or one whose ranges leave no doubt. */
static bool read_without_plus(struct phone *out, const struct phone_parts *parts,
                              const char *home) {
  static const char *const certain[] = {"33", "32", "41", "44", "377", "262", "590", "594", "596"};
  const struct phone_country *own = phone_country_find(home);
  const struct phone_length *code = phone_code_of(parts->main);
  bool known = code && own && strcmp(own->code, code->code) == 0;
  struct phone found = *out;
  for (size_t i = 0; code && i < sizeof certain / sizeof *certain; i++)
    known = known || strcmp(certain[i], code->code) == 0;
  if (!own || !known || strlen(parts->main) < 10)
    return false;
  read_international(&found, parts, parts->main, home);
  if (found.form != PHONE_E164_FORM)
    return false;
  *out = found;
  out->repairs |= PHONE_CODE_RESTORED;
  return true;
}

void phone_number_read(struct phone *out, const struct phone_parts *parts, const char *home,
                       bool internal) {
  const char *digits = parts->main, *world;
  size_t len = strlen(digits);
  out->form = PHONE_UNREADABLE;
  if (len == 0) {
    phone_refuse(out, PHONE_NO_DIGITS);
  } else if (parts->plus && strncmp(digits, "00", 2) == 0) { /* written twice: "+0033 ..." */
    out->repairs |= PHONE_CODE_RESTORED;
    read_international(out, parts, digits + 2, home);
  } else if (parts->plus) {
    read_international(out, parts, digits, home);
  } else if (phone_is_short(digits, home, internal)) {
    phone_set_digits(out, PHONE_SHORT, digits, phone_country_find(home) ? home : "");
  } else if (internal && len <= INTERNAL_LONGEST && !is_short_national(digits, home)) {
    phone_set_digits(out, PHONE_INTERNAL, digits, "");
  } else if ((world = behind_international(digits, home))) {
    read_international(out, parts, world, home);
  } else if (parts->zero) { /* "33 (0)1 ..." is no national form */
    if (!read_without_plus(out, parts, home))
      phone_refuse(out, PHONE_NOT_IN_PLAN);
  } else {
    unsigned repairs = out->repairs;
    read_national(out, digits, home);
    enum phone_reason reason = out->reason;
    if (out->form != PHONE_E164_FORM) {
      out->repairs = repairs;
      if (!read_without_plus(out, parts, home))
        phone_refuse(out, reason);
    }
  }
}

bool phone_is_national(const char *e164, const char *home) {
  const struct phone_length *code = phone_code_of(e164 + 1);
  const struct phone_country *own = phone_country_find(home);
  struct phone_parts parts = {.main = "0"};
  struct phone p = {.form = PHONE_UNREADABLE};
  if (!code || !own || strcmp(own->code, code->code) == 0)
    return code && own;
  bool france = strcmp(code->code, "33") == 0, here = strcmp(own->code, "33") == 0;
  if (!(france || shares_french_plan(code->code)) || !(here || shares_french_plan(own->code)))
    return false;
  const char *nsn = e164 + 1 + strlen(code->code);
  memcpy(parts.main + 1, nsn, strlen(nsn) + 1);
  phone_number_read(&p, &parts, home, false);
  return strcmp(p.e164, e164) == 0;
}

bool phone_is_mobile(const char *e164) {
  const struct phone_length *code = *e164 == '+' ? phone_code_of(e164 + 1) : NULL;
  const char *nsn = code ? e164 + 1 + strlen(code->code) : "";
  for (int i = 0; code && i < code->mobile_count; i++) {
    const char *begins = phone_mobiles[code->mobiles + i];
    if (strncmp(nsn, begins, strlen(begins)) == 0)
      return true;
  }
  return false;
}
