#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/phone_plan.h"
#include "core/phone_reading.h"

/* ---- extensions, keys, letters -----------------------------------------------------------------
 */

/* The run behind a word for extension: "4321", "43 21", "4321 / 4322".  False where it is longer
 * than any extension. */
static bool read_extensions(struct reading *r, size_t word, size_t from, size_t to,
                            enum parting parting) {
  size_t end = from;
  while (end < to && !reading_is(r, end, TOKEN_SLASH) &&
         !(reading_is(r, end, TOKEN_DASH) && reading_digits(r, from, end) >= 3))
    end++;
  size_t len = reading_digits(r, from, end);
  struct phone *before = reading_last(r), p = {.form = PHONE_INTERNAL};
  char digits[PHONE_DIGITS];
  bool behind = before && before->form == PHONE_E164_FORM && !before->extension[0];
  bool said = behind && reading_token(r, word)->count >= 3 &&
              memcmp(reading_token(r, word)->text, "ext", 3) == 0;
  if (len == 0 || len > (said ? 15 : 8) || reading_is(r, from, TOKEN_PLUS))
    return false;
  reading_copy_digits(r, from, end, digits);
  if (said && len > 8 && strstr(before->digits, digits)) { /* the number once more */
    reading_cover(r, before, word, end);
    r->end = end;
    return true;
  }
  if (behind && !(r->internal && parting >= PART_SLASH)) {
    memcpy(before->extension, digits, len + 1);
    reading_cover(r, before, word, end);
    r->end = end;
  } else {
    reading_put(p.digits, digits, len);
    if (reading_add(r, &p, word, end))
      r->items[r->out->count - 1].certain = true;
    r->worded = true;
  }
  if (end < to)
    reading_run(r, end + 1, to, PART_SLASH);
  return true;
}

/* Keys to press after the answer: "p12", ",,12", "w5#".  Returns the token behind them. */
static size_t read_after(struct reading *r, size_t at) {
  struct phone *p = reading_last(r);
  while (p && p->form == PHONE_E164_FORM && at < r->cell.count) {
    char keys[PHONE_DIGITS] = "";
    size_t end = at, pauses = 0;
    const struct token *t = reading_token(r, at);
    if (reading_is(r, at, TOKEN_COMMA)) {
      while (reading_is(r, end, TOKEN_COMMA)) {
        pauses += reading_put(keys, "p", 1);
        end++;
      }
      bool touches = pauses > 0 && end < r->cell.count && at > 0 &&
                     phone_tokens_touch(reading_token(r, at - 1), t) &&
                     phone_tokens_touch(reading_token(r, end - 1), reading_token(r, end));
      if (!reading_is(r, end, TOKEN_DIGITS) || reading_token(r, end)->count > 8 ||
          (pauses < 2 && !touches))
        return at;
    } else if (at > 0 && t->text[0] && strspn(t->text, "pw") >= t->count &&
               phone_tokens_touch(reading_token(r, at - 1), t)) {
      end++;
      if (!reading_is(r, end, TOKEN_DIGITS) || !phone_tokens_touch(t, reading_token(r, end)) ||
          !reading_put(keys, t->text, t->count))
        return at;
    } else {
      return at;
    }
    bool fits = true;
    do {
      fits = fits && reading_put(keys, reading_token(r, end)->text, reading_token(r, end)->count);
      end++;
    } while (end < r->cell.count &&
             (reading_is(r, end, TOKEN_DIGITS) || reading_is(r, end, TOKEN_KEYS)) &&
             phone_tokens_touch(reading_token(r, end - 1), reading_token(r, end)));
    if (!fits || !reading_put(p->after, keys, strlen(keys)))
      return at;
    reading_cover(r, p, at, end);
    r->end = end;
    at = end;
  }
  return at;
}

/* Letters of the keys, in the North American plan (ITU-T E.161): "1-800-FLOWERS".  Returns the
 * token behind the number, or from. */
static size_t read_letters(struct reading *r, size_t from, size_t to) {
  static const char keys[] = "22233344455566677778889999";
  const struct phone_country *c = phone_country_find(r->home);
  struct phone_parts parts = {.main = ""};
  size_t end = to, words = 0;
  while (end < r->cell.count && (reading_is(r, end, TOKEN_TEXT) || reading_is(r, end, TOKEN_DASH)))
    end++;
  for (size_t i = from; i < end; i++) {
    const struct token *t = reading_token(r, i);
    parts.plus = parts.plus || t->kind == TOKEN_PLUS;
    if (t->kind == TOKEN_DIGITS && !reading_put(parts.main, t->text, t->count))
      return from;
    if (t->kind != TOKEN_TEXT)
      continue;
    if (t->bracket || t->wrong || t->count < 2 || t->text[0] < 'a')
      return from;
    words++;
    for (size_t k = 0; k < t->count; k++)
      if (!reading_put(parts.main, &keys[t->text[k] - 'a'], 1))
        return from;
  }
  bool one = parts.main[0] == '1';
  if (words == 0 || strlen(parts.main) != (one ? 11 : 10) ||
      !(parts.plus ? one : c && strcmp(c->code, "1") == 0))
    return from;
  struct phone p = {.repairs = PHONE_LETTERS_MAPPED};
  phone_number_read(&p, &parts, r->home, false);
  if (!phone_is_public(&p))
    return from;
  reading_add(r, &p, from, end);
  r->items[r->out->count - 1].certain = true;
  return end;
}

/* ---- words between numbers ---------------------------------------------------------------------
 */

static void add_note(struct phone *p, const char *text, size_t len) {
  size_t used = strlen(p->note), room = PHONE_NOTE - 1 - used;
  const char *join = used ? "; " : "";
  while (len && strchr(" .:-,;/'\"", text[len - 1]))
    len--;
  while (len && strchr(" .:-,;/'\"", *text)) {
    text++;
    len--;
  }
  if (len == 0 || strlen(join) + 4 > room)
    return;
  size_t fits = room - strlen(join);
  bool whole = len <= fits;
  if (!whole) {
    len = fits - 3;
    while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
      len--;
  }
  snprintf(p->note + used, PHONE_NOTE - used, "%s%.*s%s", join, (int)len, text, whole ? "" : "...");
}

static bool has_words(const struct reading *r, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    if (reading_token(r, i)->kind == TOKEN_TEXT || reading_token(r, i)->kind == TOKEN_KNOWN)
      return true;
  return false;
}

static bool has_unknown(const struct reading *r, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    if (reading_token(r, i)->kind == TOKEN_TEXT && reading_token(r, i)->unknown &&
        !reading_token(r, i)->bracket)
      return true;
  return false;
}

static bool is_note(const struct token *t) {
  return t->kind == TOKEN_TEXT || t->kind == TOKEN_KNOWN || t->kind == TOKEN_DIGITS;
}

/* Gives an item the words of the tokens: what it is called, and the rest as its note. */
static void give(struct reading *r, struct phone *p, size_t from, size_t to) {
  size_t first = to, last = from;
  unsigned called = 0;
  if (from >= to)
    return;
  for (size_t i = from; i < to; i++) {
    const struct token *t = reading_token(r, i);
    if (is_note(t)) {
      first = first == to ? i : first;
      last = i + 1;
    } else if (t->kind == TOKEN_EXTENSION && first < i) {
      last = i + 1; /* "Dr X" */
    }
    if (t->kind == TOKEN_CAPTION && t->called) {
      called |= 1U << t->called;
      p->called = t->called;
    }
  }
  if (called & (called - 1)) { /* "Tél/Fax": it is both */
    p->called = PHONE_CALLED_NOTHING;
    first = from;
    last = to;
  }
  reading_cover(r, p, from, to);
  r->items[p - r->out->items].unknown |= has_unknown(r, from, to);
  /* Brackets stay out of notes of their own. */
  for (size_t i = first; i < last;) {
    size_t end = i + 1;
    bool bracket = reading_token(r, i)->bracket;
    while (!bracket && end < last && !reading_token(r, end)->bracket)
      end++;
    const struct token *a = reading_token(r, i), *b = reading_token(r, end - 1);
    size_t start = a->offset + bracket, stop = b->offset + b->length - bracket;
    add_note(p, r->text + start, stop > start ? stop - start : 0);
    i = end;
  }
}

static enum parting parting_of(const struct token *t) {
  switch (t->kind) {
  case TOKEN_HARD:
    return PART_HARD;
  case TOKEN_SLASH:
    return PART_SLASH;
  case TOKEN_COMMA:
    return PART_COMMA;
  case TOKEN_DASH:
    return PART_DASH;
  case TOKEN_RANGE:
    return PART_RANGE;
  default:
    return PART_NONE;
  }
}

/* Where the words between two numbers part: those before it belong to the first. */
static size_t parting_point(const struct reading *r, size_t from, size_t to) {
  size_t at = from, brackets = from;
  enum parting strongest = PART_DASH;
  while (brackets < to && reading_token(r, brackets)->bracket)
    brackets++;
  for (size_t i = from; i < to; i++)
    if (parting_of(reading_token(r, i)) > strongest && reading_token(r, i)->kind != TOKEN_RANGE) {
      strongest = parting_of(reading_token(r, i));
      at = i;
    }
  if (strongest > PART_DASH)
    return at;
  /* "01 ... jour 06 ... nuit" names each behind it, "jour 01 ... nuit 06 ..." before. */
  if (!r->text_first && r->text_last && has_words(r, from, to)) {
    size_t end = to;
    while (end > from && reading_token(r, end - 1)->kind != TOKEN_TEXT &&
           reading_token(r, end - 1)->kind != TOKEN_KNOWN)
      end--;
    return end;
  }
  return brackets;
}

/* The strongest sign that parts two numbers, of the words between them. */
static enum parting strongest_parting(const struct reading *r, size_t from, size_t to) {
  enum parting found = PART_NONE;
  for (size_t i = from; i < to; i++) {
    enum parting one = parting_of(reading_token(r, i));
    found = one > found && (one != PART_RANGE || (i + 1 == to && found < PART_HARD)) ? one : found;
  }
  return found;
}

/* ---- a cell ------------------------------------------------------------------------------------
 */

static bool is_run(const struct reading *r, size_t i) {
  if (reading_is(r, i, TOKEN_DIGITS))
    return true;
  if (r->out->count && reading_is(r, i, TOKEN_PLUS) && reading_is(r, i + 1, TOKEN_DIGITS) &&
      reading_token(r, i + 1)->spaced && reading_token(r, i + 1)->text[0] == '0')
    return false; /* "... + 01 99": and */
  while (reading_is(r, i, TOKEN_PLUS) || reading_is(r, i, TOKEN_OPEN))
    i++;
  return reading_is(r, i, TOKEN_DIGITS);
}

static size_t run_end(const struct reading *r, size_t from) {
  size_t end = from, digits_end = from;
  bool some = false;
  for (; end < r->cell.count; end++) {
    const struct token *t = reading_token(r, end);
    if (t->kind == TOKEN_DIGITS) {
      digits_end = end + 1;
      some = true;
    } else if (t->kind == TOKEN_CLOSE && digits_end == end) {
      digits_end = end + 1;
    } else if (t->kind == TOKEN_PLUS && some && reading_digits(r, from, end) >= 7) {
      break; /* the next number */
    } else if (t->kind == TOKEN_SOFT &&
               (phone_token_is(t, "=") || phone_token_is(t, "\"") || phone_token_is(t, "_"))) {
      if (some)
        break;
    } else if (t->kind > TOKEN_DIGITS && t->kind != TOKEN_SLASH && t->kind != TOKEN_PLUS) {
      break;
    }
  }
  return digits_end;
}

/* Tokens before `to` that are a word for an extension and what may stand behind it; to: none. */
static size_t extension_word(const struct reading *r, size_t from, size_t to) {
  size_t i = to;
  while (i > from) {
    const struct token *t = reading_token(r, i - 1);
    bool between = t->kind == TOKEN_SOFT || (t->kind == TOKEN_CAPTION && !t->bracket) ||
                   t->kind == TOKEN_DASH || t->kind == TOKEN_OPEN || t->kind == TOKEN_RANGE;
    if (t->kind == TOKEN_EXTENSION) {
      if (t->count == 1 && has_unknown(r, from, i))
        return to; /* "Dr X 4321" */
      while (i - 1 > from && reading_is(r, i - 2, TOKEN_EXTENSION))
        i--; /* "poste interne" */
      return i - 1;
    }
    if (!between)
      return to;
    i--;
  }
  return to;
}

/* "n° court 4321", "DECT 4321": digits of the house, by what they are called. */
static bool called_internal(const struct reading *r, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    const struct token *t = reading_token(r, i);
    if (t->kind == TOKEN_CAPTION &&
        (t->called == PHONE_CALLED_DECT || t->called == PHONE_CALLED_PAGER ||
         (t->count > 4 && (memcmp(t->text, "court", 5) == 0 || memcmp(t->text, "abreg", 5) == 0))))
      return true;
  }
  return false;
}

/* "Pav. 4 01 99 00 52 31": the 4 belongs to the words before it, where the rest is a whole number
 * and all of it is none.  Returns where the number begins. */
static size_t behind_words(const struct reading *r, size_t from, size_t to) {
  struct phone p;
  size_t i = from + 1;
  reading_one(r, from, to, &p);
  if (phone_is_public(&p) || !reading_is(r, from, TOKEN_DIGITS) ||
      reading_token(r, from)->count > 3)
    return from;
  while (i < to && !reading_group_begins(r, i))
    i++;
  if (i >= to)
    return from;
  reading_one(r, i, to, &p);
  return reading_is_certain(r, &p, i, to) ? i : from;
}

/* Reads the run from..to; region is where the words before it begin.  Returns where the next words
 * begin; region: it was no number, and its digits are left to the words. */
static size_t read_next(struct reading *r, size_t region, size_t from, size_t to) {
  size_t had = r->out->count, word = extension_word(r, region, from), begin = from;
  enum parting parting = strongest_parting(r, region, word);
  size_t next = to + reading_is(r, to, TOKEN_DASH);
  bool follows = next < r->cell.count && has_unknown(r, next, next + 1);
  struct phone p;
  r->unknown_text = has_unknown(r, region, from);
  if (r->unknown_text)
    begin = from = behind_words(r, from, to);
  if (had && phone_is_public(reading_last(r)) && region < from &&
      reading_is(r, from - 1, TOKEN_KEYS) && parting == PART_NONE)
    word = from - 1; /* "01 99 00 52 31 #12" */
  if (word < from && read_extensions(r, word, from, to, parting)) {
    begin = word;
  } else if (!r->internal && reading_digits(r, from, to) <= 6 && called_internal(r, region, from)) {
    p = (struct phone){.form = PHONE_INTERNAL};
    reading_copy_digits(r, from, to, p.digits);
    if (reading_add(r, &p, from, to))
      r->items[r->out->count - 1].certain = true;
    r->worded = true;
  } else {
    reading_one(r, from, to, &p);
    size_t letters = phone_is_public(&p) || !follows ? from : read_letters(r, from, to);
    if (letters == from && !phone_is_public(&p) && reading_digits(r, from, to) < 7 &&
        (r->unknown_text || follows))
      return region; /* "bloc 2", "75002 Paris": digits that words explain */
    if (letters == from)
      reading_run(r, from, to, parting);
  }
  size_t end = r->end;
  if (r->out->count == had) { /* it belongs to the number before */
    give(r, &r->out->items[had - 1], region, begin);
  } else if (had == 0) {
    give(r, &r->out->items[0], region, begin);
  } else {
    size_t part = parting_point(r, region, begin);
    give(r, &r->out->items[had - 1], region, part);
    give(r, &r->out->items[had], part, begin);
  }
  return read_after(r, end);
}

/* What sets of a house and the networks have besides numbers: "*21", "#31#".  Returns the token
 * behind them, or at. */
static size_t read_keys(struct reading *r, size_t region, size_t at) {
  struct phone p = {.form = PHONE_INTERNAL};
  size_t end = at, keys = 0;
  bool digits = false, fits = true;
  while ((reading_is(r, end, TOKEN_KEYS) || reading_is(r, end, TOKEN_DIGITS)) &&
         (end == at || phone_tokens_touch(reading_token(r, end - 1), reading_token(r, end)))) {
    keys += reading_is(r, end, TOKEN_KEYS);
    digits = digits || reading_is(r, end, TOKEN_DIGITS);
    fits = fits && reading_put(p.digits, reading_token(r, end)->text, reading_token(r, end)->count);
    end++;
  }
  if (keys == 0 || !digits || reading_digits(r, at, end) > 8 ||
      (r->out->count && strongest_parting(r, region, at) == PART_NONE))
    return at;
  if (!r->internal || !fits)
    phone_refuse(&p, fits ? PHONE_STAR_HASH : PHONE_TOO_LONG);
  reading_add(r, &p, at, end);
  give(r, reading_last(r), region, at);
  return end;
}

/* "8.45E+09", "199005231,0": the digits of a number that a spreadsheet has written, in parts->main.
 * False: it is not one.  rounded: some of its digits are lost. */
static bool spreadsheet_number(const struct cell *cell, struct phone_parts *parts, bool *rounded) {
  const char *at = cell->signs + strspn(cell->signs, "=\"' ");
  size_t whole = strspn(at, "0123456789"), part = 0;
  const char *behind = at + whole;
  long exponent = -1;
  if (whole == 0 || whole > 15)
    return false;
  if (*behind == '.' || *behind == ',')
    part = strspn(behind + 1, "0123456789");
  const char *fraction = behind + 1;
  behind = part ? fraction + part : behind;
  if (*behind == 'e' && whole == 1) {
    char *end;
    const char *digits = behind + 1 + (behind[1] == '+');
    if (*digits < '0' || *digits > '9')
      return false;
    exponent = strtol(digits, &end, 10);
    behind = end;
  } else if (part == 0 || part > 2 || strspn(fraction, "0") < part || whole < 5 ||
             (fraction[-1] == ',' && *at == '0')) {
    return false;
  }
  if (behind[strspn(behind, "\"' \n")])
    return false;
  reading_put(parts->main, at, whole);
  if (exponent >= 0)
    reading_put(parts->main, fraction, part);
  *rounded = exponent >= 0 && (long)part != exponent;
  return true;
}

/* tel: with parameters (RFC 3966): those that are not ext are kept as a note, and a local number
 * belongs to the context. */
static bool read_uri(struct reading *r) {
  size_t at = 0, count = r->cell.count;
  while (at < count && (reading_is(r, at, TOKEN_OPEN) || reading_is(r, at, TOKEN_SOFT)))
    at++;
  if (at + 2 >= count || !phone_token_is(reading_token(r, at), "tel") ||
      !phone_token_is(reading_token(r, at + 1), ":"))
    return false;
  size_t from = at + 2, to = from, context = 0, extension = 0;
  while (to < count && !reading_is(r, to, TOKEN_HARD))
    to++;
  if (to == count || !phone_token_is(reading_token(r, to), ";"))
    return false;
  for (size_t i = to; i + 2 < count; i++) {
    if (!phone_token_is(reading_token(r, i), ";"))
      continue;
    if (phone_token_is(reading_token(r, i + 1), "ext") && reading_is(r, i + 3, TOKEN_DIGITS))
      extension = i + 3;
    if (i + 5 < count && phone_token_is(reading_token(r, i + 1), "phone") &&
        phone_token_is(reading_token(r, i + 3), "context"))
      context = i + 5;
  }
  struct phone p;
  const char *home = r->home;
  if (context && reading_is(r, context, TOKEN_PLUS) && reading_is(r, context + 1, TOKEN_DIGITS)) {
    const struct token *code = reading_token(r, context + 1);
    for (const struct phone_country *c = phone_countries; c->iso; c++)
      if (phone_token_is(code, c->code)) {
        r->home = c->iso;
        break;
      }
  }
  reading_one(r, from, to, &p);
  r->home = home;
  if (context && !phone_is_public(&p)) {
    p = (struct phone){.form = PHONE_INTERNAL};
    reading_copy_digits(r, from, to, p.digits);
    if (!p.digits[0])
      return false;
    size_t end = context;
    while (end + 1 < count && !phone_token_is(reading_token(r, end + 1), ";") &&
           !reading_is(r, end + 1, TOKEN_CLOSE))
      end++;
    add_note(&p, r->text + reading_token(r, context)->offset,
             reading_token(r, end)->offset + reading_token(r, end)->length -
                 reading_token(r, context)->offset);
  }
  if (extension)
    reading_copy_digits(r, extension, extension + 1, p.extension);
  reading_add(r, &p, 0, count);
  return true;
}

/* All of it, as typed. */
static void set_whole(struct phones *out, size_t len, enum phone_form form,
                      enum phone_reason reason) {
  out->count = 1;
  out->items[0] = (struct phone){.form = form, .reason = reason, .length = len};
}

/* Signs and words that no list of numbers has. */
static bool is_something_else(const struct reading *r) {
  for (size_t i = 0; i < r->cell.count; i++)
    if (reading_token(r, i)->wrong || phone_token_is(reading_token(r, i), "http") ||
        phone_token_is(reading_token(r, i), "https") || phone_token_is(reading_token(r, i), "www"))
      return true;
  return false;
}

/* The same number said twice in a row is one. */
static void drop_repeated(struct phones *out) {
  size_t kept = 0;
  for (size_t i = 0; i < out->count; i++) {
    struct phone *p = &out->items[i], *q = kept ? &out->items[kept - 1] : NULL;
    if (q && phone_is_public(p) && strcmp(p->e164, q->e164) == 0 &&
        strcmp(p->extension, q->extension) == 0 && strcmp(p->after, q->after) == 0 && !p->note[0] &&
        (!p->called || p->called == q->called)) {
      q->length = p->offset + p->length - q->offset;
      continue;
    }
    if (kept != i)
      out->items[kept] = *p;
    kept++;
  }
  out->count = kept;
}

static bool is_empty(const struct cell *cell) {
  return cell->signs[strspn(cell->signs, " \n")] == '\0';
}

static void read_cell(struct reading *r) {
  size_t region = 0, count = r->cell.count, last_run = 0, first_run = count;
  for (size_t i = 0; i < count; i++)
    if (reading_is(r, i, TOKEN_DIGITS)) {
      first_run = first_run == count ? i : first_run;
      last_run = i;
    }
  r->text_first = has_words(r, 0, first_run);
  r->text_last = has_words(r, last_run, count);
  for (size_t at = 0; at < count;) {
    size_t end = read_keys(r, region, at);
    if (end != at) {
      region = at = end;
    } else if (is_run(r, at)) {
      end = run_end(r, at);
      region = read_next(r, region, at, end);
      at = region > end ? region : end;
    } else {
      at++;
    }
  }
  if (r->out->count)
    give(r, reading_last(r), region, count);
  for (size_t i = 0; i < r->out->count; i++) {
    struct phone *p = &r->out->items[i];
    if (r->items[i].unknown && !r->items[i].certain)
      phone_refuse(p, PHONE_LETTERS);
    if (p->form == PHONE_UNREADABLE) { /* as typed says it all */
      p->note[0] = p->extension[0] = p->after[0] = '\0';
      p->repairs = 0;
    }
  }
  drop_repeated(r->out);
}

void phone_read(struct phones *out, const char *text, size_t len, const char *country,
                bool internal) {
  struct reading r; /* large: only what is read before it is written is set */
  struct phone_parts parts = {.main = ""};
  bool rounded;
  r.out = out;
  r.text = text;
  r.home = country;
  r.internal = internal;
  r.worded = r.text_first = r.text_last = r.unknown_text = false;
  r.end = 0;
  out->count = 0;
  phone_cell_read(&r.cell, text, len);
  if (r.cell.bad) {
    set_whole(out, len, PHONE_UNREADABLE, PHONE_BAD_TEXT);
  } else if (r.cell.cut) {
    set_whole(out, len, PHONE_UNREADABLE, PHONE_TOO_LONG);
  } else if (phone_cell_is_placeholder(&r.cell)) {
    set_whole(out, len, PHONE_PLACEHOLDER, PHONE_FINE);
  } else if (spreadsheet_number(&r.cell, &parts, &rounded)) {
    struct phone p = {.form = PHONE_UNREADABLE, .repairs = PHONE_DECIMAL_DROPPED};
    phone_number_read(&p, &parts, country, internal);
    if (rounded)
      phone_refuse(&p, PHONE_ROUNDED);
    if (p.form == PHONE_UNREADABLE)
      p.repairs = 0;
    reading_add(&r, &p, 0, r.cell.count);
  } else if (is_something_else(&r)) {
    set_whole(out, len, PHONE_UNREADABLE, PHONE_LETTERS);
  } else if (!is_empty(&r.cell) && !read_uri(&r)) {
    read_cell(&r);
    if (out->count == 0)
      set_whole(out, len, PHONE_UNREADABLE,
                has_words(&r, 0, r.cell.count) ? PHONE_LETTERS : PHONE_NO_DIGITS);
  }
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
