#include "core/phone.h"

#include <string.h>

#include "base/i18n.h"
#include "core/phone_plan.h"

/* Appends digits cut into groups ("2-2-2-2-2"), the first of them shortened by `skip` digits that
 * are not shown; what the groups do not cover follows as one. */
static void add_groups(struct buffer *out, const char *digits, const char *groups, size_t skip) {
  size_t left = strlen(digits), start = out->len;
  size_t known = (strlen(groups) + 1) / 2; /* each a digit and a hyphen */
  for (size_t i = 0; left; i++) {
    size_t n = i < known ? (size_t)(groups[i * 2] - '0') : left, hidden = n < skip ? n : skip;
    skip -= hidden;
    n = n - hidden < left ? n - hidden : left;
    if (n == 0)
      continue;
    if (out->len > start)
      buffer_add_char(out, ' ');
    buffer_add(out, digits, n);
    digits += n;
    left -= n;
  }
}

/* Groups of a digit string that no plan knows: pairs for an even count, a single one first for an
 * odd one ("4 5244" is four behind one, as extensions are spoken). */
static void add_plain_groups(struct buffer *out, const char *digits) {
  size_t len = strlen(digits), at = 0;
  if (len <= 4 || strspn(digits, "0123456789") < len) { /* * and # stand beside their digits */
    buffer_add_text(out, digits);
    return;
  }
  if (len == 5) {
    buffer_add(out, digits, 1);
    buffer_add_char(out, ' ');
    buffer_add(out, digits + 1, 4);
    return;
  }
  for (size_t n = len % 2 ? 1 : 2; at < len; n = 2) {
    if (at)
      buffer_add_char(out, ' ');
    buffer_add(out, digits + at, n);
    at += n;
  }
}

static void add_tail(struct buffer *out, const struct phone *p) {
  if (p->extension[0])
    buffer_printf(out, _(" ext. %s"), p->extension);
}

/* National form of a number of the home country, international of any other. */
static void format_public(struct buffer *out, const char *e164, const char *home) {
  const struct phone_length *code = phone_code_of(e164 + 1);
  if (!code) {
    buffer_add_text(out, e164);
    return;
  }
  const char *nsn = e164 + 1 + strlen(code->code);
  const struct phone_country *c = phone_country_find(phone_country_of(code->code, nsn, home));
  const struct phone_range *range = phone_range_find(code->code, nsn);
  bool nanp = strcmp(code->code, "1") == 0;
  const char *trunk = c && !nanp ? c->trunk : "";
  if (phone_is_national(e164, home)) {
    char digits[PHONE_DIGITS];
    size_t n = strlen(trunk);
    memcpy(digits, trunk, n);
    memcpy(digits + n, nsn, strlen(nsn) + 1);
    if (range)
      add_groups(out, digits, range->groups, 0);
    else
      buffer_add_text(out, digits);
    return;
  }
  buffer_add_char(out, '+');
  buffer_add_text(out, code->code);
  buffer_add_char(out, ' ');
  if (range)
    add_groups(out, nsn, range->groups, strlen(trunk));
  else
    buffer_add_text(out, nsn);
}

void phone_format(struct buffer *out, const struct phone *p, const char *home) {
  if (p->e164[0])
    format_public(out, p->e164, home);
  else
    add_plain_groups(out, p->digits);
  add_tail(out, p);
}

void phone_format_number(struct buffer *out, const char *number, const char *e164,
                         const char *home) {
  if (e164[0] == '+' && strlen(e164) < PHONE_E164 &&
      strspn(e164 + 1, "0123456789") == strlen(e164 + 1))
    format_public(out, e164, home);
  else if (*number && strspn(number, "0123456789") == strlen(number) &&
           strlen(number) < PHONE_DIGITS)
    add_plain_groups(out, number);
  else
    buffer_add_text(out, number);
}

/* What has signs in it that are no keys is not dialled, whatever its digits are. */
static bool is_seen(const char *number) {
  for (; *number; number++)
    if ((unsigned char)*number < 0x20 || (unsigned char)*number > 0x7E)
      return false;
  return true;
}

void phone_uri(struct buffer *out, const char *number, const char *e164, const char *context,
               const char *home) {
  struct phone p;
  phone_read_one(&p, number, strlen(number), home);
  if (*e164) {
    buffer_printf(out, "tel:%s", e164);
    if (p.extension[0])
      buffer_printf(out, ";ext=%s", p.extension);
  } else if (*context && p.digits[0] && is_seen(number) &&
             (p.form == PHONE_SHORT || p.form == PHONE_INTERNAL)) {
    buffer_printf(out, "tel:%s;phone-context=", p.digits);
    for (const char *c = context; *c; c++)
      buffer_printf(out,
                    (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
                            (*c >= 'a' && *c <= 'z') || *c == '-' || *c == '.'
                        ? "%c"
                        : "%%%02X",
                    (unsigned char)*c);
  }
}

const char *phone_reason_text(enum phone_reason reason) {
  switch (reason) {
  case PHONE_FINE:
    return "";
  case PHONE_EMPTY:
    return _("nothing is written");
  case PHONE_NO_DIGITS:
    return _("it has no digits");
  case PHONE_TOO_SHORT:
    return _("it is too short for a number");
  case PHONE_TOO_LONG:
    return _("it is too long for a number");
  case PHONE_UNKNOWN_COUNTRY:
    return _("no country has this code");
  case PHONE_NOT_IN_PLAN:
    return _("the numbering plan has no such number");
  case PHONE_LETTERS:
    return _("it has letters that are not understood");
  case PHONE_TOO_MANY:
    return _("there are too many numbers in one field");
  case PHONE_NO_COUNTRY:
    return _("its country is not known");
  case PHONE_BAD_TEXT:
    return _("its text is damaged");
  case PHONE_AMBIGUOUS:
    return _("it may be an extension or the end of another number");
  case PHONE_ROUNDED:
    return _("a spreadsheet has dropped some of its digits");
  case PHONE_STAR_HASH:
    return _("it has keys that only sets of a house have");
  case PHONE_REASON_COUNT:
    break;
  }
  return "";
}
