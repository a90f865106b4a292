#include "core/phone.h"

#include <string.h>

#include "base/utf8.h"
#include "core/fold.h"
#include "core/phone_plan.h"

/* ---- signs -------------------------------------------------------------------------------------
 */

/* A cell as signs: digits are ASCII, every space is ' ', every dash '-', letters are small and
 * without accents as far as words are compared; each sign remembers where it stood. */
struct sign {
  char c; /* a digit, + ( ) . - / ; , # | ' ' '\n', a small letter, '?' for anything else */
  size_t offset, length;
};

enum { SIGNS_MAX = PHONE_RAW_MAX };

struct cell {
  struct sign signs[SIGNS_MAX];
  size_t count;
  bool mapped; /* a digit was no ASCII digit */
  bool bad;    /* not UTF-8 */
  bool cut;    /* longer than is read */
};

static char letter_of(uint32_t point) {
  char bytes[UTF8_MAX], folded[8] = "";
  struct buffer b = BUFFER_INIT;
  size_t n = utf8_put(bytes, point);
  fold_text(&b, bytes, n, NULL);
  if (b.len == 1)
    folded[0] = b.data[0];
  buffer_free(&b);
  return folded[0] >= 'a' && folded[0] <= 'z' ? folded[0] : '?';
}

static char sign_of(uint32_t point) {
  if (point < 0x80) {
    char c = (char)point;
    if (c >= 'A' && c <= 'Z')
      return (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || strchr("+().-/;,#|:&*", c))
      return c ? c : '?';
    if (c == '\n' || c == '\r')
      return '\n';
    return c == ' ' || c == '\t' ? ' ' : '?';
  }
  switch (point) {
  case 0xA0:
  case 0x2000:
  case 0x2001:
  case 0x2002:
  case 0x2003:
  case 0x2004:
  case 0x2005:
  case 0x2006:
  case 0x2007:
  case 0x2008:
  case 0x2009:
  case 0x200A:
  case 0x202F:
  case 0x205F:
  case 0x3000:
    return ' ';
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2212:
    return '-';
  case 0xFF0B:
    return '+';
  case 0xFF08:
    return '(';
  case 0xFF09:
    return ')';
  case 0xB7:
  case 0x2022:
    return '.';
  default:
    return letter_of(point);
  }
}

static void cell_read(struct cell *cell, const char *text, size_t len) {
  cell->count = 0;
  cell->mapped = cell->cut = false;
  cell->bad = !utf8_valid(text, len);
  for (size_t at = 0; at < len;) {
    uint32_t point;
    size_t n = utf8_next(text + at, len - at, &point);
    int digit = utf8_digit(point);
    if (cell->count == SIGNS_MAX) {
      cell->cut = true;
      return;
    }
    if (utf8_is_zero_width(point) || utf8_is_bidi(point)) {
      at += n; /* invisible: spreadsheets wrap numbers in direction marks */
      continue;
    }
    char c = digit >= 0 ? (char)('0' + digit) : sign_of(point);
    cell->mapped = cell->mapped || (digit >= 0 && point > 0x7F);
    cell->signs[cell->count++] = (struct sign){c, at, n};
    at += n;
  }
}

/* ---- placeholders ------------------------------------------------------------------------------
 */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
static bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/* What people write where there is no number, letters only, without spaces. */
static const char *const nothings[] = {
    "na",
    "none",
    "neant",
    "aucun",
    "aucune",
    "null",
    "nil",
    "nc",
    "nr",
    "unknown",
    "inconnu",
    "nonrenseigne",
    "tba",
    "tbc",
    "sans",
    "notavailable",
    "unavailable",
    "notapplicable",
    "vide",
    "empty",
    "so",
    "pasde",
    "noncommunique",
    "nonconnu",
    "nodata",
    "nophone",
    "nofax",
    "pasdetelephone",
    "pasdefax",
    "sansobjet",
    "indisponible",
    "nonapplicable",
    "nondisponible",
    "notknown",
    "nonumber",
    "notgiven",
};

/* "xxx", "0", "Néant", "NOT AVAILABLE", "999999", "--": something stands there that says nothing.
 */
static bool is_placeholder(const struct cell *cell) {
  char letters[32];
  size_t n = 0, digits = 0, others = 0;
  char first = 0;
  bool same = true;
  for (size_t i = 0; i < cell->count; i++) {
    char c = cell->signs[i].c;
    if (is_letter(c)) {
      if (n + 1 == sizeof letters)
        return false;
      letters[n++] = c;
    } else if (is_digit(c)) {
      same = same && (!first || first == c);
      first = c;
      digits++;
    } else {
      others += c != ' ' && c != '\n';
    }
  }
  letters[n] = '\0';
  if (digits && n == 0) /* 000000, 99999; but 999 and 9 may be dialled */
    return same && (first == '0' ? true : digits >= 5 && (first == '9' || digits >= 8));
  if (digits)
    return false;
  if (n == 0)
    return others > 0;
  if (strspn(letters, "x") == n)
    return true;
  for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++)
    if (strcmp(nothings[i], letters) == 0)
      return true;
  return false;
}

/* ---- one number --------------------------------------------------------------------------------
 */

/* A run of signs that should be one number. */
struct piece {
  const struct sign *signs;
  size_t count;
};

/* What the signs of a piece say before any plan is asked. */
struct parts {
  char main[PHONE_DIGITS]; /* digits of the number; "" for an extension alone */
  char extension[PHONE_DIGITS];
  char after[PHONE_DIGITS];
  bool plus;    /* begins with + */
  bool zero;    /* "(0)" stood behind the country code */
  bool decimal; /* ".0" stood at the end */
  bool overflow, letters;
};

/* Words that may stand before a number and mean nothing for it. */
static const char *const labels[] = {
    "tel",      "telephone", "phone", "fax", "telecopie", "mobile", "port",
    "portable", "standard",  "t",     "f",   "m",         "bureau", "secretariat",
    "direct",   "n",         "no",    "num", "numero",    "ligne",  "appel",
    "office",   "cell",      "gsm",   "bip", "dect"};
/* Words that announce an extension. */
static const char *const extension_words[] = {"poste", "ext", "extension", "x",
                                              "p",     "int", "interne",   "extn"};

static bool in_list(const char *word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(list[i], word) == 0)
      return true;
  return false;
}
#define IN(word, list) in_list(word, list, sizeof(list) / sizeof *(list))

/* Appends a digit; false when it does not fit. */
static bool put_digit(char *out, char c) {
  size_t n = strlen(out);
  if (n + 1 >= PHONE_DIGITS)
    return false;
  out[n] = c;
  out[n + 1] = '\0';
  return true;
}

/* Takes a word of letters from *at on; longer ones are cut, and match nothing then. */
static void take_word(const struct piece *p, size_t *at, char out[16]) {
  size_t n = 0;
  while (*at < p->count && is_letter(p->signs[*at].c)) {
    if (n < 15)
      out[n++] = p->signs[*at].c;
    ++*at;
  }
  out[n] = '\0';
}

static bool digit_follows(const struct piece *p, size_t at) {
  while (at < p->count && strchr(" .:-#(", p->signs[at].c))
    at++;
  return at < p->count && is_digit(p->signs[at].c);
}

/* Reads what a word means; false: a letter that belongs to no number. */
static bool read_word(const struct piece *p, size_t *at, struct parts *out, char **into) {
  char word[16];
  take_word(p, at, word);
  size_t digits = strlen(out->main);
  /* A pause right behind the digits: "0199005231p12", "…w5". */
  if (digits >= 3 &&
      (strcmp(word, "p") == 0 || strcmp(word, "w") == 0 || strcmp(word, "pp") == 0 ||
       strcmp(word, "ww") == 0) &&
      *at < p->count && is_digit(p->signs[*at].c) && *at > strlen(word) &&
      is_digit(p->signs[*at - strlen(word) - 1].c)) {
    *into = out->after;
    for (const char *c = word; *c; c++)
      if (!put_digit(out->after, *c))
        return false;
    return true;
  }
  if (IN(word, extension_words) && digit_follows(p, *at) && !out->extension[0]) {
    *into = out->extension;
    return true;
  }
  return digits == 0 && !out->plus && IN(word, labels);
}

static void parts_read(const struct piece *p, struct parts *out) {
  char *into = out->main;
  *out = (struct parts){.main = ""};
  for (size_t at = 0; at < p->count;) {
    char c = p->signs[at].c;
    if (is_letter(c)) {
      if (!read_word(p, &at, out, &into)) {
        out->letters = true;
        return;
      }
      continue;
    }
    at++;
    if (is_digit(c)) {
      /* "+33 (0)1": the zero is for callers inside the country. */
      bool alone = at >= 2 && at < p->count && p->signs[at - 2].c == '(' && p->signs[at].c == ')';
      if (into == out->main && c == '0' && alone && out->main[0]) {
        out->zero = true;
        continue;
      }
      if (!put_digit(into, c)) {
        out->overflow = true;
        return;
      }
    } else if (c == '+') {
      if (out->main[0] || out->plus) {
        out->letters = true;
        return;
      }
      out->plus = true;
    } else if (c == '#' && out->main[0] && digit_follows(p, at) && !out->extension[0]) {
      into = out->extension;
    } else if (c == ',' && out->main[0]) {
      into = out->after;
      out->overflow = out->overflow || !put_digit(out->after, 'p');
    } else if (!strchr(" ().-/:\n,", c)) {
      out->letters = true;
      return;
    }
  }
}

/* "8452862559.0", as spreadsheets write a number: drops the end. */
static bool drop_decimal(struct piece *p) {
  size_t end = p->count, zeros = 0, digits = 0;
  while (end && p->signs[end - 1].c == ' ')
    end--;
  while (end && p->signs[end - 1].c == '0') {
    end--;
    zeros++;
  }
  if (zeros == 0 || zeros > 2 || end == 0 || p->signs[end - 1].c != '.')
    return false;
  for (size_t i = 0; i + 1 < end; i++) {
    if (!is_digit(p->signs[i].c))
      return false;
    digits++;
  }
  if (digits < 5)
    return false;
  p->count = end - 1;
  return true;
}

static void refuse(struct phone *out, enum phone_reason reason) {
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
    refuse(out, PHONE_TOO_LONG);
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

/* Digits behind + or an international prefix. */
static void read_international(struct phone *out, const struct parts *parts, const char *digits,
                               const char *home) {
  const struct phone_length *code = phone_code_of(digits);
  if (!code) {
    refuse(out, *digits ? PHONE_UNKNOWN_COUNTRY : PHONE_NO_DIGITS);
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
  if (phone_nsn_fits(code, nsn)) {
    set_public(out, code->code, nsn, home);
    return;
  }
  size_t len = strlen(nsn);
  refuse(out, len < (size_t)code->shortest  ? PHONE_TOO_SHORT
              : len > (size_t)code->longest ? PHONE_TOO_LONG
                                            : PHONE_NOT_IN_PLAN);
}

bool phone_of_e164(struct phone *out, const char *e164, const char *home) {
  const struct phone_length *code;
  *out = (struct phone){.form = PHONE_UNREADABLE, .reason = PHONE_UNKNOWN_COUNTRY};
  if (e164[0] != '+' || strlen(e164) >= PHONE_E164 ||
      strspn(e164 + 1, "0123456789") != strlen(e164 + 1) || !(code = phone_code_of(e164 + 1)))
    return false;
  out->length = strlen(e164);
  if (phone_nsn_fits(code, e164 + 1 + strlen(code->code)))
    set_public(out, code->code, e164 + 1 + strlen(code->code), home);
  else
    out->reason = PHONE_NOT_IN_PLAN;
  return out->form == PHONE_E164_FORM;
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

/* Do the departments behind this code dial mainland France without a prefix? */
static bool shares_french_plan(const char *code) {
  for (const struct phone_overseas *o = phone_overseas; o->iso; o++)
    if (o->keep && strcmp(o->code, code) == 0)
      return true;
  return false;
}

static void read_national(struct phone *out, const char *digits, const char *home) {
  const struct phone_country *c = phone_country_find(home);
  if (!c) {
    refuse(out, PHONE_NO_COUNTRY);
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
  } else if (trunk && phone_nsn_fits(code, digits)) {
    set_public(out, c->code, digits, home);
    return;
  } else {
    size_t extra = trunk && !nanp ? trunk_len : 0; /* one may leave it out there */
    refuse(out, len < (size_t)code->shortest + extra  ? PHONE_TOO_SHORT
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

static void set_digits(struct phone *out, enum phone_form form, const char *digits,
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

static void piece_read(struct phone *out, struct piece p, const char *home, bool internal) {
  struct parts parts;
  const char *world;
  bool decimal = drop_decimal(&p);
  *out = (struct phone){.form = PHONE_UNREADABLE};
  parts_read(&p, &parts);
  if (decimal)
    out->repairs |= PHONE_DECIMAL_DROPPED;
  memcpy(out->extension, parts.extension, sizeof out->extension);
  memcpy(out->after, parts.after, sizeof out->after);
  size_t len = strlen(parts.main);
  if (parts.letters)
    refuse(out, PHONE_LETTERS);
  else if (parts.overflow)
    refuse(out, PHONE_TOO_LONG);
  else if (len == 0 && parts.extension[0] && !parts.plus) { /* "poste 4321" */
    set_digits(out, PHONE_INTERNAL, parts.extension, "");
    out->extension[0] = '\0';
  } else if (len == 0)
    refuse(out, PHONE_NO_DIGITS);
  else if (parts.plus)
    read_international(out, &parts, parts.main, home);
  else if (phone_is_short(parts.main, home))
    set_digits(out, PHONE_SHORT, parts.main, phone_country_find(home) ? home : "");
  else if (internal && len <= INTERNAL_LONGEST && !is_short_national(parts.main, home))
    set_digits(out, PHONE_INTERNAL, parts.main, "");
  else if ((world = behind_international(parts.main, home)))
    read_international(out, &parts, world, home);
  else
    read_national(out, parts.main, home);
}

/* ---- a cell ------------------------------------------------------------------------------------
 */

/* How many signs at `at` separate two numbers; 0: none does. */
static size_t separator(const struct cell *cell, size_t at) {
  static const char *const words[] = {"ou", "or", "et", "and", "puis", "then"};
  const struct sign *s = cell->signs + at;
  if (strchr("/;|\n&", s->c))
    return 1;
  if (s->c == ',') { /* a list; ",12" and ",," are pauses, but no pause is as long as a number */
    size_t digits = 0;
    while (at + 1 + digits < cell->count && is_digit(s[1 + digits].c))
      digits++;
    return digits >= 9 || (at + 1 < cell->count && s[1].c == ' ') ? 1 : 0;
  }
  if (!is_letter(s->c) || (at > 0 && is_letter(cell->signs[at - 1].c)))
    return 0;
  for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
    size_t n = strlen(words[w]), i = 0;
    while (i < n && at + i < cell->count && s[i].c == words[w][i])
      i++;
    if (i == n && (at + n == cell->count || !is_letter(s[n].c)))
      return n;
  }
  return 0;
}

/* Does the piece hold any digit, or letters that are more than a label? */
static bool has_content(const struct piece *p) {
  for (size_t i = 0; i < p->count; i++)
    if (!strchr(" ().-:\n,", p->signs[i].c))
      return true;
  return false;
}

static size_t digit_count(const struct piece *p) {
  size_t n = 0;
  for (size_t i = 0; i < p->count; i++)
    n += is_digit(p->signs[i].c);
  return n;
}

/* "05/06/07 08 09": French numbers grouped by slashes are one number, not many. */
static bool slashes_group(const struct cell *cell) {
  size_t groups = 0, digits = 0, total = 0;
  for (size_t i = 0; i <= cell->count; i++) {
    char c = i < cell->count ? cell->signs[i].c : '/';
    if (is_digit(c)) {
      digits++;
      total++;
    } else if (c == '/' || c == ' ' || c == '.' || c == '-') {
      if (c == '/' && (digits == 0 || digits > 3))
        return false;
      groups += digits > 0;
      digits = 0;
    } else {
      return false;
    }
  }
  return groups >= 3 && total >= 9 && total <= 11;
}

static void add_piece(struct phones *out, const struct cell *cell, size_t from, size_t to,
                      const char *home, bool internal) {
  while (from < to && strchr(" \n", cell->signs[from].c))
    from++;
  while (to > from && strchr(" \n", cell->signs[to - 1].c))
    to--;
  struct piece p = {cell->signs + from, to - from};
  if (!has_content(&p))
    return;
  if (out->count == PHONE_PER_CELL) {
    refuse(&out->items[PHONE_PER_CELL - 1], PHONE_TOO_MANY);
    return;
  }
  struct phone *item = &out->items[out->count++];
  piece_read(item, p, home, internal);
  const struct phone *first = &out->items[0];
  /* "01 99 00 52 31 / 32": what stands for the rest of the number is not guessed. */
  if (out->count > 1 && first->form == PHONE_E164_FORM && digit_count(&p) < 5 &&
      (item->form == PHONE_INTERNAL || item->form == PHONE_SHORT))
    refuse(item, PHONE_TOO_SHORT);
  if (cell->mapped)
    item->repairs |= PHONE_DIGITS_MAPPED;
  item->offset = p.signs[0].offset;
  item->length = p.signs[p.count - 1].offset + p.signs[p.count - 1].length - item->offset;
}

static void set_whole(struct phones *out, size_t len, enum phone_form form,
                      enum phone_reason reason) {
  out->count = 1;
  out->items[0] = (struct phone){.form = form, .reason = reason, .length = len};
}

void phone_read(struct phones *out, const char *text, size_t len, const char *country,
                bool internal) {
  struct cell cell;
  size_t from = 0;
  out->count = 0;
  cell_read(&cell, text, len);
  if (cell.bad) {
    set_whole(out, len, PHONE_UNREADABLE, PHONE_BAD_TEXT);
    return;
  }
  if (cell.cut) {
    set_whole(out, len, PHONE_UNREADABLE, PHONE_TOO_LONG);
    return;
  }
  if (is_placeholder(&cell)) {
    set_whole(out, len, PHONE_PLACEHOLDER, PHONE_FINE);
    return;
  }
  if (slashes_group(&cell)) {
    add_piece(out, &cell, 0, cell.count, country, internal);
    return;
  }
  for (size_t at = 0; at < cell.count;) {
    size_t n = separator(&cell, at);
    if (n == 0) {
      at++;
      continue;
    }
    add_piece(out, &cell, from, at, country, internal);
    at += n;
    from = at;
  }
  add_piece(out, &cell, from, cell.count, country, internal);
}

void phone_read_one(struct phone *out, const char *text, size_t len, const char *country) {
  struct phones all;
  phone_read(&all, text, len, country, true);
  if (all.count)
    *out = all.items[0];
  else
    *out = (struct phone){.form = PHONE_UNREADABLE, .reason = PHONE_EMPTY};
}

size_t phone_digits(char *out, size_t cap, const char *text, size_t len) {
  size_t count = 0;
  for (size_t at = 0; at < len;) {
    uint32_t point;
    at += utf8_next(text + at, len - at, &point);
    int digit = utf8_digit(point);
    if (digit < 0)
      continue;
    if (count + 1 < cap)
      out[count] = (char)('0' + digit);
    count++;
  }
  if (cap)
    out[count < cap ? count : cap - 1] = '\0';
  return count;
}
