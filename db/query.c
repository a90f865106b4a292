#include "db/query.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/dial_back.h"
#include "core/fold.h"
#include "core/phone.h"
#include "db/document.h"

#define KIND(k) (UINT32_C(1) << CONTACT_##k)

/* The words for a kind that people type, folded. */
static const struct {
  const char *word;
  uint32_t kinds;
} kind_words[] = {
    {"beeper", KIND(PAGER)},
    {"bip", KIND(PAGER)},
    {"bipeur", KIND(PAGER)},
    {"pager", KIND(PAGER)},
    {"courriel", KIND(MAIL) | KIND(SECURE_MAIL)},
    {"email", KIND(MAIL) | KIND(SECURE_MAIL)},
    {"mail", KIND(MAIL) | KIND(SECURE_MAIL)},
    {"mel", KIND(MAIL) | KIND(SECURE_MAIL)},
    {"dect", KIND(DECT)},
    {"ddi", KIND(DDI)},
    {"sda", KIND(DDI)},
    {"direct", KIND(DIRECT_LINE)},
    {"directe", KIND(DIRECT_LINE)},
    {"ext", KIND(EXTENSION)},
    {"extension", KIND(EXTENSION)},
    {"poste", KIND(EXTENSION)},
    {"fax", KIND(FAX) | KIND(FAX_SERVER)},
    {"telecopie", KIND(FAX) | KIND(FAX_SERVER)},
    {"telecopieur", KIND(FAX) | KIND(FAX_SERVER)},
    {"cell", KIND(MOBILE)},
    {"gsm", KIND(MOBILE)},
    {"mobile", KIND(MOBILE)},
    {"portable", KIND(MOBILE) | KIND(DECT)},
    {"radio", KIND(RADIO)},
    {"red", KIND(RED_PHONE)},
    {"rouge", KIND(RED_PHONE)},
    {"satellite", KIND(SATELLITE)},
    {"satellitaire", KIND(SATELLITE)},
};

uint32_t query_kinds(const char *word, size_t len) {
  for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
    if (strlen(kind_words[i].word) == len && memcmp(kind_words[i].word, word, len) == 0)
      return kind_words[i].kinds;
  return 0;
}

/* What is: and état: say, folded, and its marker. */
static const struct {
  const char *word, *marker;
} state_words[] = {
    {"code", "#code"},         {"critical", "#critical"}, {"critique", "#critical"},
    {"masked", "#masked"},     {"masque", "#masked"},     {"service", "#service"},
    {"role", "#role"},         {"person", "#person"},     {"personne", "#person"},
    {"room", "#room"},         {"salle", "#room"},        {"outside", "#outside"},
    {"exterieur", "#outside"},
};

static const struct {
  const char *key;
  enum filter_kind { FILTER_SITE, FILTER_KIND, FILTER_STATE } filter;
} filter_keys[] = {
    {"site", FILTER_SITE},  {"kind", FILTER_KIND}, {"type", FILTER_KIND},
    {"genre", FILTER_KIND}, {"is", FILTER_STATE},  {"etat", FILTER_STATE},
};

static void add_filter(struct query *q, const char *clause) {
  if (clause && q->filter_count < QUERY_FILTERS)
    q->filters[q->filter_count++] = clause;
}

/* The markers of any of these kinds. */
static const char *kinds_clause(uint32_t kinds, struct arena *arena) {
  struct buffer b = BUFFER_INIT;
  for (int k = 1; k < CONTACT_KIND_COUNT; k++)
    if (kinds & (UINT32_C(1) << k))
      document_marker(&b, '=', contact_kind_word((enum contact_kind)k));
  const char *clause = b.status == TC_OK ? arena_strdup(arena, buffer_text(&b)) : NULL;
  buffer_free(&b);
  return clause;
}

static const char *site_clause(const char *code, size_t len, struct arena *arena) {
  struct buffer b = BUFFER_INIT;
  char *copy = arena_copy(arena, code, len);
  const char *clause = NULL;
  if (copy) {
    document_marker(&b, '@', copy);
    clause = b.status == TC_OK ? arena_strdup(arena, b.data) : NULL;
  }
  buffer_free(&b);
  return clause;
}

/* Reads "key:value" as a filter; false when it is none. */
static bool read_filter(struct query *q, const char *word, size_t len, struct arena *arena) {
  const char *colon = memchr(word, ':', len);
  struct buffer key = BUFFER_INIT, value = BUFFER_INIT;
  bool known = false;
  if (!colon || colon + 1 == word + len)
    return false;
  size_t value_len = (size_t)(word + len - colon - 1);
  fold_text(&key, word, (size_t)(colon - word), NULL);
  fold_text(&value, colon + 1, value_len, NULL);
  for (size_t i = 0; i < sizeof filter_keys / sizeof *filter_keys && !known; i++) {
    if (strcmp(filter_keys[i].key, buffer_text(&key)) != 0)
      continue;
    known = true;
    const char *folded = buffer_text(&value);
    uint32_t kinds = query_kinds(folded, value.len);
    char *copy = arena_copy(arena, colon + 1, value_len);
    int word_kind = copy ? contact_kind_from_word(copy) : -1;
    if (word_kind > 0)
      kinds |= UINT32_C(1) << word_kind;
    if (filter_keys[i].filter == FILTER_SITE) {
      add_filter(q, site_clause(colon + 1, value_len, arena));
    } else if (kinds) {
      q->kinds |= kinds;
      add_filter(q, kinds_clause(kinds, arena));
    } else {
      const char *marker = NULL;
      for (size_t k = 0; k < sizeof state_words / sizeof *state_words && !marker; k++)
        if (strcmp(state_words[k].word, folded) == 0)
          marker = state_words[k].marker;
      if (marker)
        add_filter(q, arena_printf(arena, "%s ", marker));
      else
        q->unknown = copy;
    }
  }
  buffer_free(&key);
  buffer_free(&value);
  return known;
}

/* The text as one number: digits with what stands between them in numbers.  One digit is a whole
 * number ("9" is a switchboard), never a run of one (match.c). */
static void read_number(struct query *q, const char *text, size_t len) {
  size_t n = 0, at = 0;
  while (at < len) {
    uint32_t point;
    at += utf8_next(text + at, len - at, &point);
    int digit = utf8_digit(point);
    if (digit >= 0) {
      if (n + 1 == QUERY_DIGITS)
        return;
      q->digits[n++] = (char)('0' + digit);
    } else if (point == '+' && n == 0) {
      q->plus = true;
    } else if (!(point < 0x80 ? strchr(" .-()/", (int)point) != NULL
                              : (point == 0xA0 || point == 0x202F || point == 0x2009))) {
      n = 0;
      break;
    }
  }
  q->digits[n] = '\0';
}

/* Nobody types these in a name: a text of unshifted digits that holds one is a number, though é, è,
 * ç and à among them are letters too. */
static bool is_no_name(const char *text) {
  return strpbrk(text, "&\"(_") != NULL;
}

/* The keys 1..9 and 0 of a French keyboard, unshifted. */
static void read_unshifted(struct query *q, const char *text, size_t len) {
  static const struct {
    uint32_t point;
    char digit;
  } keys[] = {{'&', '1'}, {0xE9, '2'}, {'"', '3'}, {'\'', '4'}, {'(', '5'},
              {'-', '6'}, {0xE8, '7'}, {'_', '8'}, {0xE7, '9'}, {0xE0, '0'}};
  size_t n = 0, at = 0;
  while (at < len) {
    uint32_t point;
    char digit = 0;
    at += utf8_next(text + at, len - at, &point);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
      if (keys[i].point == point)
        digit = keys[i].digit;
    if (!digit && point == ' ')
      continue;
    if (!digit || n + 1 == QUERY_DIGITS) {
      n = 0;
      break;
    }
    q->unshifted[n++] = digit;
  }
  if (n < 2)
    n = 0;
  q->unshifted[n] = '\0';
}

static tc_status add_tokens(struct query *q, const char *text, size_t len, struct arena *arena,
                            struct tc_error *err) {
  struct fold_words words;
  tc_status status = fold_split(&words, text, len, arena, err);
  if (status != TC_OK)
    return status;
  bool ends = len == 0 || text[len - 1] == ' ';
  for (size_t i = 0; i < words.count && q->token_count < QUERY_TOKENS; i++) {
    const struct fold_word *w = &words.items[i];
    bool last = i + 1 == words.count, names = !w->particle;
    for (size_t k = 0; k < q->token_count && names; k++)
      names = q->tokens[k].len != w->len || memcmp(q->tokens[k].text, w->text, w->len) != 0;
    q->tokens[q->token_count] = (struct query_token){.text = w->text,
                                                     .len = w->len,
                                                     .index = q->token_count,
                                                     .last = last && !ends,
                                                     .particle = w->particle,
                                                     .names = names,
                                                     .kinds = query_kinds(w->text, w->len)};
    q->token_count++;
  }
  return TC_OK;
}

bool query_without_particles(struct query *out, const struct query *query) {
  *out = *query;
  out->token_count = 0;
  for (size_t i = 0; i < query->token_count; i++)
    if (!query->tokens[i].particle || query->tokens[i].last)
      out->tokens[out->token_count++] = query->tokens[i];
  return out->token_count > 0 && out->token_count < query->token_count;
}

tc_status query_read(struct query *q, const char *text, struct arena *arena, struct tc_error *err) {
  struct buffer rest = BUFFER_INIT;
  size_t len = strnlen(text, SEARCH_TEXT_MAX);
  memset(q, 0, sizeof *q);
  for (size_t at = 0; at < len;) {
    size_t space = strspn(text + at, " \t\n"), word;
    if (space > len - at)
      space = len - at;
    buffer_add(&rest, text + at, space);
    at += space;
    word = strcspn(text + at, " \t\n");
    if (word > len - at)
      word = len - at;
    if (word && !read_filter(q, text + at, word, arena))
      buffer_add(&rest, text + at, word);
    at += word;
  }
  tc_status status = buffer_status(&rest, err);
  if (status == TC_OK) { /* "site:SAB 5240" is a number too */
    read_number(q, buffer_text(&rest), rest.len);
    read_unshifted(q, buffer_text(&rest), rest.len);
    if (!q->unshifted[0] || !is_no_name(buffer_text(&rest)))
      status = add_tokens(q, buffer_text(&rest), rest.len, arena, err);
  }
  buffer_free(&rest);
  if (status == TC_OK && arena_failed(arena))
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return status;
}

bool query_dialled(struct query *out, const struct query *typed, const char *text,
                   const struct house *house, const struct standpoint *from) {
  struct dialled_back read;
  *out = (struct query){.plan = NULL};
  if (!from || !typed->digits[0] || typed->plus || !dial_pressed(&read, house, text, from))
    return false;
  const char *digits = *read.phone.e164 ? read.phone.e164 + 1 : read.phone.digits;
  if (strlen(digits) >= sizeof out->digits || strcmp(digits, typed->digits) == 0)
    return false;
  memcpy(out->digits, digits, strlen(digits) + 1);
  out->plus = *read.phone.e164 != '\0';
  out->plan = *read.plan ? read.plan : NULL;
  return true;
}

size_t query_forms(char forms[QUERY_FORMS][QUERY_DIGITS], const char *digits, bool plus,
                   const char *country, bool whole) {
  size_t count = 0, len = strlen(digits);
  memcpy(forms[count++], digits, len + 1);
  if (!plus && len > 3 && memcmp(digits, "00", 2) == 0)
    memcpy(forms[count++], digits + 2, len - 1);
  else if (!whole && !plus && len > 3 && digits[0] == '0')
    memcpy(forms[count++], digits + 1, len); /* a run that began with the trunk prefix */
  if (whole && *country) {
    struct phone p;
    char text[QUERY_DIGITS + 1];
    text[0] = '+';
    memcpy(text + plus, digits, len + 1);
    phone_read_one(&p, text, len + plus, country);
    if (p.e164[0] && strcmp(p.e164 + 1, digits) != 0)
      memcpy(forms[count++], p.e164 + 1, strlen(p.e164));
  }
  return count;
}
