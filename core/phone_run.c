#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/phone_plan.h"
#include "core/phone_reading.h"

/* Lets the item reach over the tokens from..to-1. */
void reading_cover(const struct reading *r, struct phone *p, size_t from, size_t to) {
  if (from >= to)
    return;
  size_t start = reading_token(r, from)->offset;
  size_t end = reading_token(r, to - 1)->offset + reading_token(r, to - 1)->length;
  if (p->length == 0) {
    p->offset = start;
    p->length = end - start;
    return;
  }
  size_t own = p->offset + p->length;
  p->offset = start < p->offset ? start : p->offset;
  p->length = (end > own ? end : own) - p->offset;
}

size_t reading_digits(const struct reading *r, size_t from, size_t to) {
  size_t n = 0;
  for (size_t i = from; i < to; i++)
    n += reading_token(r, i)->kind == TOKEN_DIGITS ? reading_token(r, i)->count : 0;
  return n;
}

static size_t groups_in(const struct reading *r, size_t from, size_t to) {
  size_t n = 0;
  for (size_t i = from; i < to; i++)
    n += reading_token(r, i)->kind == TOKEN_DIGITS;
  return n;
}

/* Is it a number whatever words stand beside it?  Not where anything was mended, nor a bare run of
 * digits in a plan without a trunk prefix. */
bool reading_is_certain(const struct reading *r, const struct phone *p, size_t from, size_t to) {
  const struct phone_country *c = phone_country_find(r->home);
  if (!phone_is_public(p) ||
      (p->repairs & (PHONE_ZERO_RESTORED | PHONE_CODE_RESTORED | PHONE_DECIMAL_DROPPED)))
    return false;
  return groups_in(r, from, to) > 1 || reading_is(r, from, TOKEN_PLUS) ||
         strncmp(reading_token(r, from)->text, "00", 2) == 0 ||
         (c && *c->trunk && strcmp(c->code, "1") != 0);
}

/* A new item; NULL when there are too many: then the last one says so, and reaches over the rest.
 */
struct phone *reading_add(struct reading *r, const struct phone *p, size_t from, size_t to) {
  if (r->out->count == PHONE_PER_CELL) {
    struct phone *full = reading_last(r);
    phone_refuse(full, PHONE_TOO_MANY);
    full->extension[0] = full->after[0] = '\0';
    reading_cover(r, full, from, to);
    r->end = to;
    return NULL;
  }
  struct phone *item = &r->out->items[r->out->count++];
  *item = *p;
  r->worded = false;
  if (r->cell.mapped)
    item->repairs |= PHONE_DIGITS_MAPPED;
  reading_cover(r, item, from, to);
  r->end = to;
  r->items[r->out->count - 1].certain = reading_is_certain(r, p, from, to);
  r->items[r->out->count - 1].unknown = false;
  return item;
}

static void add_refused(struct reading *r, enum phone_reason reason, size_t from, size_t to) {
  struct phone p = {.form = PHONE_UNREADABLE, .reason = reason};
  reading_add(r, &p, from, to);
}

/* ---- one number --------------------------------------------------------------------------------
 */

/* Appends digits; false when they do not fit. */
bool reading_put(char *out, const char *digits, size_t count) {
  size_t n = strlen(out);
  if (n + count >= PHONE_DIGITS)
    return false;
  memcpy(out + n, digits, count);
  out[n + count] = '\0';
  return true;
}

/* "8452862559.0", as spreadsheets write a number: the tokens that are left. */
static size_t without_decimal(const struct reading *r, size_t from, size_t to) {
  if (to - from != 3 || !reading_is(r, from, TOKEN_DIGITS) || reading_token(r, from)->count < 5 ||
      !phone_token_is(reading_token(r, from + 1), ".") ||
      !phone_tokens_touch(reading_token(r, from), reading_token(r, from + 1)) ||
      !phone_tokens_touch(reading_token(r, from + 1), reading_token(r, from + 2)))
    return to;
  const struct token *end = reading_token(r, from + 2);
  return phone_token_is(end, "0") || phone_token_is(end, "00") ? from + 1 : to;
}

/* Reads the tokens as one number, as far as a plan has it. */
void reading_one(const struct reading *r, size_t from, size_t to, struct phone *out) {
  struct phone_parts parts = {.main = ""};
  size_t end = without_decimal(r, from, to);
  *out = (struct phone){.form = PHONE_UNREADABLE};
  if (end != to)
    out->repairs |= PHONE_DECIMAL_DROPPED;
  for (size_t i = from; i < end; i++) {
    const struct token *t = reading_token(r, i);
    if (t->kind == TOKEN_PLUS) {
      if (parts.main[0] || parts.plus) {
        phone_refuse(out, PHONE_LETTERS);
        return;
      }
      parts.plus = true;
    } else if (t->kind == TOKEN_DIGITS) {
      /* "+33 (0)1": the zero is for callers inside the country. */
      if (parts.main[0] && phone_token_is(t, "0") && reading_is(r, i - 1, TOKEN_OPEN) &&
          reading_is(r, i + 1, TOKEN_CLOSE)) {
        parts.zero = true;
      } else if (!reading_put(parts.main, t->text, t->count)) {
        phone_refuse(out, PHONE_TOO_LONG);
        return;
      }
    }
  }
  phone_number_read(out, &parts, r->home, r->internal);
}

void reading_copy_digits(const struct reading *r, size_t from, size_t to, char out[PHONE_DIGITS]) {
  out[0] = '\0';
  for (size_t i = from; i < to; i++)
    if (reading_token(r, i)->kind == TOKEN_DIGITS &&
        !reading_put(out, reading_token(r, i)->text, reading_token(r, i)->count))
      return;
}

/* ---- what continues the number before ----------------------------------------------------------
 */

/* The number before with its last digits replaced, if that is a number that comes after it and by
 * less than a hundred. */
static bool replace_ending(const struct reading *r, const struct phone *before, const char *ending,
                           struct phone *out) {
  size_t len = strlen(ending), all = strlen(before->digits);
  if (len == 0 || len > 4 || all < len + (before->form == PHONE_E164_FORM ? 3 : 0))
    return false;
  long old = strtol(before->digits + all - len, NULL, 10), new = strtol(ending, NULL, 10);
  if (new <= old || new - old >= 100)
    return false;
  struct phone_parts parts = {.main = "", .plus = before->form == PHONE_E164_FORM};
  const char *whole = parts.plus ? before->e164 + 1 : before->digits;
  reading_put(parts.main, whole, strlen(whole) - len);
  reading_put(parts.main, ending, len);
  *out = (struct phone){.form = PHONE_UNREADABLE, .called = before->called};
  phone_number_read(out, &parts, r->home, r->internal);
  out->repairs = PHONE_ENDING_REPLACED;
  return out->form == before->form;
}

/* A range is written out; a longer one than fits stays as typed. */
static void add_range(struct reading *r, const struct phone *before, const char *ending,
                      size_t from, size_t to) {
  const struct phone first = *before;
  size_t base = first.offset, all = strlen(first.digits), len = strlen(ending);
  struct phone end;
  if (!replace_ending(r, &first, ending, &end)) {
    add_refused(r, PHONE_AMBIGUOUS, from, to);
    return;
  }
  long low = strtol(first.digits + all - len, NULL, 10), high = strtol(ending, NULL, 10);
  if (high - low > (long)(PHONE_PER_CELL - r->out->count)) {
    add_refused(r, PHONE_TOO_MANY, from, to);
    return;
  }
  for (long n = low + 1; n <= high; n++) {
    char text[24];
    snprintf(text, sizeof text, "%0*ld", (int)len, n);
    struct phone p;
    if (!replace_ending(r, &first, text, &p))
      continue;
    struct phone *item = reading_add(r, &p, from, to);
    if (item) { /* it is made of both */
      item->length += item->offset - base;
      item->offset = base;
    }
  }
}

/* Few digits behind a number: an extension of it, its last digits again, a code, or not to be
 * said. False: a number of its own. */
static bool read_continuation(struct reading *r, size_t from, size_t to, enum parting parting) {
  struct phone *before = reading_last(r), p;
  char digits[PHONE_DIGITS];
  size_t len = reading_digits(r, from, to);
  if (!before || parting == PART_NONE || len == 0 || len > 6 || r->unknown_text ||
      reading_is(r, from, TOKEN_PLUS) || before->form == PHONE_UNREADABLE)
    return false;
  reading_copy_digits(r, from, to, digits);
  bool public = before->form == PHONE_E164_FORM;
  if (parting == PART_RANGE && (public || before->form == PHONE_INTERNAL)) {
    add_range(r, before, digits, from, to);
    return true;
  }
  if (!public) { /* "poste 4321 ou 4322" */
    if (!r->worded || r->internal || before->form != PHONE_INTERNAL || parting == PART_BRACKET)
      return false;
    p = (struct phone){.form = PHONE_INTERNAL, .repairs = PHONE_EXTENSION_ASSUMED};
    reading_put(p.digits, digits, len);
    reading_add(r, &p, from, to);
    r->worded = true;
    return true;
  }
  if (before->extension[0]) { /* "... poste 4321 / 4322" */
    if (strlen(before->extension) != len) {
      add_refused(r, PHONE_AMBIGUOUS, from, to);
      return true;
    }
    p = *before;
    p.repairs |= PHONE_EXTENSION_ASSUMED;
    p.note[0] = p.after[0] = '\0';
    p.length = 0;
    memcpy(p.extension, digits, len + 1);
    reading_add(r, &p, from, to);
    return true;
  }
  bool code = phone_is_short(digits, r->home, true);
  bool ending = replace_ending(r, before, digits, &p);
  size_t base = before->offset;
  if (code && !ending && parting >= PART_COMMA)
    return false;
  if (ending && !code && (len <= 2 || parting != PART_BRACKET)) {
    struct phone *item = reading_add(r, &p, from, to);
    if (item) {
      item->length += item->offset - base;
      item->offset = base;
    }
  } else if (!ending && len >= 3 && (parting == PART_COMMA || parting == PART_BRACKET)) {
    memcpy(before->extension, digits, len + 1);
    before->repairs |= PHONE_EXTENSION_ASSUMED;
    reading_cover(r, before, from, to);
    r->end = to;
  } else if (!ending && len >= 3 && r->internal && parting >= PART_SLASH &&
             groups_in(r, from, to) == 1) {
    p = (struct phone){.form = PHONE_INTERNAL, .repairs = PHONE_EXTENSION_ASSUMED};
    reading_put(p.digits, digits, len);
    reading_add(r, &p, from, to);
  } else {
    add_refused(r, PHONE_AMBIGUOUS, from, to);
  }
  return true;
}

/* ---- a run of digits ---------------------------------------------------------------------------
 */

enum { CUTS_MAX = 4 };

/* All ways to cut the groups of a run into numbers, as far as the second. */
struct cutting {
  size_t ends[CUTS_MAX], found[CUTS_MAX], found_count;
  int ways;
  bool mended; /* lost zeros are allowed */
};

bool reading_group_begins(const struct reading *r, size_t i) {
  return reading_is(r, i, TOKEN_DIGITS) || reading_is(r, i, TOKEN_PLUS) ||
         reading_is(r, i, TOKEN_OPEN);
}

static void cut(const struct reading *r, size_t from, size_t to, size_t depth,
                struct cutting *found) {
  if (from >= to) {
    if (found->ways++ == 0) {
      memcpy(found->found, found->ends, sizeof found->ends);
      found->found_count = depth;
    }
    return;
  }
  if (depth == CUTS_MAX)
    return;
  for (size_t end = from + 1; end <= to && found->ways < 2; end++) {
    struct phone p;
    if (end < to && (!reading_group_begins(r, end) || reading_is(r, end - 1, TOKEN_OPEN) ||
                     reading_is(r, end - 1, TOKEN_PLUS)))
      continue;
    size_t digits = reading_digits(r, from, end);
    if (digits > 16)
      return;
    if (digits < (r->internal ? 3 : 7))
      continue;
    reading_one(r, from, end, &p);
    bool house = p.form == PHONE_INTERNAL && end == from + 1;
    if (!house && (!phone_is_public(&p) || (p.repairs & PHONE_CODE_RESTORED) ||
                   (!found->mended && (p.repairs & PHONE_ZERO_RESTORED))))
      continue;
    found->ends[depth] = end;
    size_t next = end;
    while (next < to && !reading_group_begins(r, next)) /* a dash between them */
      next++;
    cut(r, next, to, depth + 1, found);
  }
}

/* "01 99 00 52 31 01 99 00 52 32": two numbers, where there is one way only to cut them. */
static bool read_cut(struct reading *r, size_t from, size_t to) {
  struct cutting found = {.mended = false};
  cut(r, from, to, 0, &found);
  if (found.ways == 0) {
    found = (struct cutting){.mended = true};
    cut(r, from, to, 0, &found);
  }
  if (found.ways != 1 || found.found_count < 2)
    return false;
  for (size_t i = 0; i < found.found_count; i++) {
    struct phone p;
    reading_one(r, from, found.found[i], &p);
    reading_add(r, &p, from, found.found[i]);
    from = found.found[i];
    while (from < to && !reading_group_begins(r, from))
      from++;
  }
  return true;
}

static void read_part(struct reading *r, size_t from, size_t to, enum parting parting);

/* "01 99 00 52 31-32", "... (4321)": a number, and what continues it. */
static bool read_with_tail(struct reading *r, size_t from, size_t to) {
  for (size_t i = from + 1; i + 1 < to; i++) {
    bool dash = reading_is(r, i, TOKEN_DASH), open = reading_is(r, i, TOKEN_OPEN);
    struct phone p;
    if (!dash && !open)
      continue;
    reading_one(r, from, i, &p);
    if (!phone_is_public(&p) && !(p.form == PHONE_INTERNAL && reading_digits(r, from, i) >= 3))
      continue;
    if (reading_digits(r, i, to) > 6 && phone_is_public(&p))
      continue;
    reading_add(r, &p, from, i);
    read_part(r, i + 1, to, dash ? PART_DASH : PART_BRACKET);
    return true;
  }
  return false;
}

/* Reads a run without a slash. */
static void read_part(struct reading *r, size_t from, size_t to, enum parting parting) {
  struct phone p;
  while (from < to && !reading_group_begins(r, from))
    from++;
  while (to > from && !reading_is(r, to - 1, TOKEN_DIGITS) && !reading_is(r, to - 1, TOKEN_CLOSE))
    to--;
  size_t digits = reading_digits(r, from, to);
  if (digits == 0)
    return;
  reading_one(r, from, to, &p);
  if (phone_is_public(&p) && digits >= 5) {
    const struct phone *before = reading_last(r);
    size_t all = strlen(p.digits);
    if (parting == PART_RANGE && before && all > 4 && strlen(before->digits) == all &&
        memcmp(before->digits, p.digits, all - 2) == 0 && !r->unknown_text)
      add_range(r, before, p.digits + all - 2, from, to);
    else
      reading_add(r, &p, from, to);
    return;
  }
  if (read_continuation(r, from, to, parting))
    return;
  if (p.form == PHONE_UNREADABLE && (read_with_tail(r, from, to) || read_cut(r, from, to)))
    return;
  reading_add(r, &p, from, to);
}

/* "05/06/07 08 09", "02/555.12.34": slashes that group one number, where no part is one by itself.
 */
static bool slashes_group(const struct reading *r, size_t from, size_t to) {
  struct phone p;
  reading_one(r, from, to, &p);
  if (!phone_is_public(&p))
    return false;
  for (size_t start = from, i = from; i <= to; i++)
    if (i == to || reading_is(r, i, TOKEN_SLASH)) {
      if (i > start)
        reading_one(r, start, i, &p);
      if (i > start && (phone_is_public(&p) || p.form == PHONE_INTERNAL) &&
          !(p.repairs & PHONE_ZERO_RESTORED) && reading_digits(r, start, i) > 3)
        return false;
      start = i + 1;
    }
  return true;
}

/* Is any part between slashes a number?  "01/02/2024" is one thing, whatever it is. */
static bool some_part_stands(const struct reading *r, size_t from, size_t to) {
  for (size_t start = from, i = from; i <= to; i++)
    if (i == to || reading_is(r, i, TOKEN_SLASH)) {
      struct phone p = {.form = PHONE_UNREADABLE};
      if (i > start)
        reading_one(r, start, i, &p);
      if (p.form != PHONE_UNREADABLE || reading_digits(r, start, i) >= 7)
        return true;
      start = i + 1;
    }
  return reading_last(r) != NULL;
}

void reading_run(struct reading *r, size_t from, size_t to, enum parting parting) {
  bool slash = false;
  for (size_t i = from; i < to; i++)
    slash = slash || reading_is(r, i, TOKEN_SLASH);
  if (!slash || slashes_group(r, from, to)) {
    read_part(r, from, to, parting);
    return;
  }
  if (!some_part_stands(r, from, to)) {
    struct phone p;
    reading_one(r, from, to, &p);
    reading_add(r, &p, from, to);
    return;
  }
  for (size_t start = from, i = from; i <= to; i++)
    if (i == to || reading_is(r, i, TOKEN_SLASH)) {
      if (i > start) {
        read_part(r, start, i, parting);
        parting = PART_SLASH;
      }
      start = i + 1;
    }
}
