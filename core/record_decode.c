#include "core/record.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/record_table.h"

/* The body being read.  `text` is a copy that decoding cuts into strings in place; `raw` keeps the
 * bytes for comparing lines and for what is not understood. */
struct reader {
  const char *raw;
  char *text;
  size_t len, at; /* of both */
  long row;       /* of the line at `at`, from 1 for the header */
  struct arena *arena;
  struct tc_error *err;
};

/* One line, without its newline: offsets into raw and text. */
struct line {
  size_t start, end, tag_end;
};

enum taken {
  TAKEN,   /* understood */
  FOREIGN, /* a known line with a word of a newer version: kept as it came */
  BROKEN   /* breaks the grammar; the error is set */
};

static enum taken broken(struct reader *r, const char *why) {
  tc_fail_at(r->err, TC_INVALID, NULL, r->row, 0, _("record: %s"), why);
  return BROKEN;
}

/* ---- the header --------------------------------------------------------------------------------
 */

/* Takes the bytes up to stop; false when stop does not come before the end of the line. */
static bool take_until(const char **at, const char *end, char stop, const char **word,
                       size_t *len) {
  const char *hit = memchr(*at, stop, (size_t)(end - *at));
  if (!hit)
    return false;
  *word = *at;
  *len = (size_t)(hit - *at);
  *at = hit + 1;
  return true;
}

/* A word of a small table from bytes that are not NUL-terminated; -1 for none. */
static int word_value(const char *bytes, size_t len, int (*from_word)(const char *)) {
  char word[32];
  if (len >= sizeof word)
    return -1;
  memcpy(word, bytes, len);
  word[len] = '\0';
  return strlen(word) == len ? from_word(word) : -1;
}

static bool is_word(const char *bytes, size_t len) {
  if (len == 0 || bytes[0] < 'a' || bytes[0] > 'z')
    return false;
  for (size_t i = 0; i < len; i++) {
    char c = bytes[i];
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
      return false;
  }
  return true;
}

/* "tocsin" and a decimal version without leading zeros. */
static int header_version(const char *bytes, size_t len) {
  static const char magic[] = "tocsin";
  size_t skip = sizeof magic - 1;
  if (len <= skip || len > skip + 4 || memcmp(bytes, magic, skip) != 0 || bytes[skip] == '0')
    return -1;
  int version = 0;
  for (size_t i = skip; i < len; i++) {
    if (bytes[i] < '0' || bytes[i] > '9')
      return -1;
    version = version * 10 + (bytes[i] - '0');
  }
  return version;
}

tc_status record_head(struct record_head *out, const void *bytes, size_t len,
                      struct tc_error *err) {
  const char *start = bytes, *at = start, *word;
  size_t n;
  *out = (struct record_head){0};
  if (len == 0) /* bytes may be NULL then */
    return tc_fail_at(err, TC_INVALID, NULL, 1, 0, _("not a record"));
  const char *end = start + (len < 256 ? len : 256);
  if (!take_until(&at, end, '\t', &word, &n) || (out->version = header_version(word, n)) < 0)
    return tc_fail_at(err, TC_INVALID, NULL, 1, 0, _("not a record"));
  if (out->version > RECORD_VERSION)
    return tc_fail(err, TC_NEWER, _("record of version %d; this program reads up to %d"),
                   out->version, RECORD_VERSION);
  if (!take_until(&at, end, '\t', &word, &n) || !is_word(word, n))
    return tc_fail_at(err, TC_INVALID, NULL, 1, 0, _("record: its kind is missing"));
  int kind = word_value(word, n, record_kind_from_word);
  out->kind = kind < 0 ? RECORD_NONE : (enum record_kind)kind;
  int audience = -1;
  if (take_until(&at, end, '\t', &word, &n))
    audience = word_value(word, n, audience_from_word);
  if (audience <= 0)
    return tc_fail_at(err, TC_INVALID, NULL, 1, 0, _("record: its audience is not known"));
  out->audience = (enum audience)audience;
  if (!take_until(&at, end, '\n', &word, &n) || !uuid_parse_short(&out->uuid, word, n) ||
      uuid_is_nil(&out->uuid))
    return tc_fail_at(err, TC_INVALID, NULL, 1, 0, _("record: its UUID cannot be read"));
  out->body = (size_t)(at - start);
  return TC_OK;
}

/* ---- fields ------------------------------------------------------------------------------------
 */

/* Undoes the escapes of text[0..*len) in place and ends it with a NUL. */
static bool unescape(char *text, size_t *len) {
  char *from = memchr(text, '\\', *len), *to = from, *end = text + *len;
  if (from) {
    while (from < end) {
      if (*from != '\\') {
        *to++ = *from++;
        continue;
      }
      if (from + 1 == end)
        return false;
      switch (from[1]) {
      case '\\':
        *to++ = '\\';
        break;
      case 't':
        *to++ = '\t';
        break;
      case 'n':
        *to++ = '\n';
        break;
      default:
        return false;
      }
      from += 2;
    }
    *len = (size_t)(to - text);
  }
  text[*len] = '\0';
  return true;
}

static bool escapes_are_right(const char *text, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (text[i] == '\\') {
      i++;
      if (i == len || (text[i] != '\\' && text[i] != 't' && text[i] != 'n'))
        return false;
    }
  return true;
}

static bool read_int(const char *text, size_t len, int64_t *out) {
  int64_t n = 0;
  if (len == 0 || len > 15 || (len > 1 && text[0] == '0'))
    return false;
  for (size_t i = 0; i < len; i++) {
    if (text[i] < '0' || text[i] > '9')
      return false;
    n = n * 10 + (text[i] - '0');
  }
  *out = n;
  return true;
}

static int word_of_spec(const struct field_spec *f, const char *text, size_t len) {
  for (int i = 0; i < f->words; i++) {
    const char *word = f->word(i);
    if (*word == *text && len && strlen(word) == len && memcmp(word, text, len) == 0)
      return i;
  }
  return -1;
}

/* Words joined by commas, in the order of the enum, none twice. */
static enum taken read_set(struct reader *r, const struct field_spec *f, const char *text,
                           size_t len, uint32_t *out) {
  int last = -1;
  *out = 0;
  for (size_t at = 0; at <= len;) {
    const char *comma = memchr(text + at, ',', len - at);
    size_t n = comma ? (size_t)(comma - text) - at : len - at;
    int value = word_of_spec(f, text + at, n);
    if (value < 0)
      return FOREIGN;
    if (value <= last)
      return broken(r, _("the words of a set are out of order"));
    last = value;
    *out |= UINT32_C(1) << value;
    at += n + 1;
  }
  return TAKEN;
}

/* Reads one field into the struct at `into`.  may_be_empty: only a positional text of a list. */
static enum taken read_field(struct reader *r, const struct field_spec *f, char *text, size_t len,
                             bool may_be_empty, char *into) {
  char *to = into + f->offset;
  if (len == 0 && !may_be_empty)
    return broken(r, _("an empty field is left out"));
  switch (f->type) {
  case FIELD_TEXT:
    if (!unescape(text, &len))
      return broken(r, _("a backslash is not followed by t, n or a backslash"));
    *(const char **)(void *)to = text;
    return TAKEN;
  case FIELD_UUID:
    if (!uuid_parse_short((struct uuid *)(void *)to, text, len) ||
        uuid_is_nil((struct uuid *)(void *)to))
      return broken(r, _("a UUID cannot be read"));
    return TAKEN;
  case FIELD_INT: {
    int64_t *n = (int64_t *)(void *)to;
    if (!read_int(text, len, n) || (f->name && *n == f->missing))
      return broken(r, _("a number cannot be read"));
    return TAKEN;
  }
  case FIELD_ORDER:
    if (len != 3 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9' ||
        text[2] < '0' || text[2] > '9')
      return broken(r, _("an order is three digits"));
    *(int64_t *)(void *)to = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    return TAKEN;
  case FIELD_ENUM: {
    int value = word_of_spec(f, text, len);
    if (value < 0)
      return is_word(text, len) ? FOREIGN : broken(r, _("a word cannot be read"));
    memcpy(to, &value, sizeof value);
    return TAKEN;
  }
  case FIELD_SET: {
    uint32_t set;
    enum taken taken = read_set(r, f, text, len, &set);
    if (taken == TAKEN)
      memcpy(to, &set, sizeof set);
    return taken;
  }
  case FIELD_FLAG:
    if (len != 1 || text[0] != '1')
      return broken(r, _("a mark is written 1"));
    *(bool *)(void *)to = true;
    return TAKEN;
  }
  return broken(r, _("a field of an unknown type"));
}

/* Text is never NULL: sets what the table says of absent fields in a cleared struct. */
static void set_missing(const struct field_spec *fields, size_t count, char *into) {
  for (size_t i = 0; i < count; i++) {
    if (fields[i].type == FIELD_TEXT)
      *(const char **)(void *)(into + fields[i].offset) = "";
    else if (fields[i].type == FIELD_INT)
      *(int64_t *)(void *)(into + fields[i].offset) = fields[i].missing;
  }
}

/* ---- lines -------------------------------------------------------------------------------------
 */

/* Order of two names by bytes, the shorter first; most differ in the first byte. */
static int name_compare(const char *a, size_t alen, const char *b, size_t blen) {
  if (alen && blen && *a != *b)
    return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
  int order = memcmp(a, b, alen < blen ? alen : blen);
  return order ? order : (alen > blen) - (alen < blen);
}

/* Takes the next line; checks that it comes after the one before. */
static enum taken next_line(struct reader *r, struct line *line, const struct line *before) {
  const char *start = r->raw + r->at, *nl = memchr(start, '\n', r->len - r->at);
  r->row++;
  if (!nl)
    return broken(r, _("the last line has no end"));
  line->start = r->at;
  line->end = (size_t)(nl - r->raw);
  size_t len = line->end - line->start;
  const char *tab = memchr(start, '\t', len);
  line->tag_end = tab ? (size_t)(tab - r->raw) : line->end;
  r->at = line->end + 1;
  if (!is_word(start, line->tag_end - line->start))
    return broken(r, _("a line does not begin with its tag"));
  if (before->end > before->start) {
    if (name_compare(r->raw + before->start, before->end - before->start, start, len) >= 0)
      return broken(r, _("the lines are not in order, or one stands twice"));
  }
  return TAKEN;
}

static int tag_compare(const struct reader *r, const struct line *line,
                       const struct line_spec *spec) {
  return name_compare(r->raw + line->start, line->tag_end - line->start, spec->tag, spec->tag_len);
}

/* How many lines from here on have the same tag as `line`, itself included. */
static size_t count_same_tag(const struct reader *r, const struct line *line) {
  size_t len = line->tag_end - line->start, count = 1, at = r->at;
  const char *tag = r->raw + line->start;
  while (r->len - at > len && memcmp(r->raw + at, tag, len) == 0 &&
         (r->raw[at + len] == '\t' || r->raw[at + len] == '\n')) {
    const char *nl = memchr(r->raw + at, '\n', r->len - at);
    count++;
    if (!nl)
      break;
    at = (size_t)(nl - r->raw) + 1;
  }
  return count;
}

/* The next field of a line, from *at (a tab) on: its text and length; false at the line's end. */
static bool next_field(struct reader *r, const struct line *line, size_t *at, char **text,
                       size_t *len) {
  if (*at >= line->end)
    return false;
  size_t start = *at + 1;
  const char *tab = memchr(r->raw + start, '\t', line->end - start);
  size_t end = tab ? (size_t)(tab - r->raw) : line->end;
  *text = r->text + start;
  *len = end - start;
  *at = end;
  return true;
}

static enum taken keep_attribute(struct reader *r, struct line_extra *extra,
                                 struct unknown_attribute **kept, const struct line *line,
                                 size_t start, size_t len) {
  if (!escapes_are_right(r->raw + start, len))
    return broken(r, _("a backslash is not followed by t, n or a backslash"));
  if (!*kept) {
    size_t most = 1;
    for (size_t i = start; i < line->end; i++)
      most += r->raw[i] == '\t';
    *kept = arena_zalloc(r->arena, most, sizeof **kept);
    if (!*kept)
      return BROKEN;
    extra->attributes = *kept;
  }
  char *copy = arena_copy(r->arena, r->raw + start, len);
  if (!copy)
    return BROKEN;
  (*kept)[extra->count++] = (struct unknown_attribute){copy, len};
  return TAKEN;
}

/* Reads the attributes of a list line, from *at on. */
static enum taken read_attributes(struct reader *r, const struct line_spec *spec, size_t first,
                                  const struct line *line, size_t at, char *into) {
  struct line_extra *extra = (struct line_extra *)(void *)into;
  struct unknown_attribute *kept = NULL;
  const char *last = "";
  size_t last_len = 0, k = first, len;
  char *text;
  while (next_field(r, line, &at, &text, &len)) {
    size_t start = (size_t)(text - r->text);
    const char *raw = r->raw + start, *eq = memchr(raw, '=', len);
    size_t name = eq ? (size_t)(eq - raw) : 0;
    if (!is_word(raw, name) || name + 1 == len)
      return broken(r, _("an attribute is written name=value"));
    if (name_compare(last, last_len, raw, name) >= 0)
      return broken(r, _("the attributes are not in order, or one stands twice"));
    last = raw;
    last_len = name;
    enum taken taken = FOREIGN;
    while (k < spec->field_count) { /* both are sorted by name */
      int c = name_compare(spec->fields[k].name, spec->fields[k].name_len, raw, name);
      if (c > 0)
        break;
      k++;
      if (c == 0) {
        taken = read_field(r, &spec->fields[k - 1], text + name + 1, len - name - 1, false, into);
        break;
      }
    }
    if (taken == FOREIGN)
      taken = keep_attribute(r, extra, &kept, line, start, len);
    if (taken != TAKEN)
      return taken;
  }
  return TAKEN;
}

/* Reads a list line into the struct at `into`. */
static enum taken read_item(struct reader *r, const struct line_spec *spec, const struct line *line,
                            char *into) {
  size_t at = line->tag_end, k = 0, len;
  char *text;
  set_missing(spec->fields, spec->field_count, into);
  for (; k < spec->field_count && !spec->fields[k].name; k++) {
    if (!next_field(r, line, &at, &text, &len))
      return broken(r, _("a field is missing"));
    enum taken taken =
        read_field(r, &spec->fields[k], text, len, spec->fields[k].type == FIELD_TEXT, into);
    if (taken != TAKEN)
      return taken;
  }
  return read_attributes(r, spec, k, line, at, into);
}

/* The one field of a single or a text line. */
static enum taken read_single(struct reader *r, const struct field_spec *f, const struct line *line,
                              char *into) {
  size_t at = line->tag_end, len;
  char *text;
  if (f->type == FIELD_FLAG) {
    if (at != line->end)
      return broken(r, _("a mark has no field"));
    *(bool *)(void *)(into + f->offset) = true;
    return TAKEN;
  }
  if (!next_field(r, line, &at, &text, &len))
    return broken(r, _("a field is missing"));
  if (at != line->end)
    return broken(r, _("a field too many"));
  enum taken taken = read_field(r, f, text, len, false, into);
  if (taken == TAKEN && f->type == FIELD_INT &&
      *(int64_t *)(void *)(into + f->offset) == f->missing)
    return broken(r, _("a number that says nothing is left out"));
  return taken;
}

/* ---- a record ----------------------------------------------------------------------------------
 */

struct body {
  const struct kind_spec *kind;
  char *into;
  struct unknown_line *unknown; /* made when the first one comes */
  size_t unknown_count;
  size_t made; /* items made of the list line being read */
};

static enum taken keep_line(struct reader *r, struct body *body, const struct line *line) {
  if (!escapes_are_right(r->raw + line->start, line->end - line->start))
    return broken(r, _("a backslash is not followed by t, n or a backslash"));
  if (!body->unknown) {
    size_t most = 1;
    for (size_t i = r->at; i < r->len; i++)
      most += r->raw[i] == '\n';
    body->unknown = arena_zalloc(r->arena, most, sizeof *body->unknown);
    if (!body->unknown)
      return BROKEN;
  }
  char *copy = arena_copy(r->arena, r->raw + line->start, line->end - line->start);
  if (!copy)
    return BROKEN;
  body->unknown[body->unknown_count++] = (struct unknown_line){copy, line->end - line->start};
  return TAKEN;
}

static enum taken take_line(struct reader *r, struct body *body, const struct line_spec *spec,
                            const struct line *line, bool first) {
  char *at = body->into + spec->offset;
  if (spec->form == LINE_SINGLE) {
    if (!first)
      return broken(r, _("a line that may stand once stands twice"));
    return read_single(r, spec->fields, line, body->into);
  }
  if (spec->form == LINE_TEXTS) {
    static const struct field_spec text_field = {.type = FIELD_TEXT, .offset = 0};
    struct text_list *list = (struct text_list *)(void *)at;
    const char **items;
    if (first) {
      items = arena_zalloc(r->arena, count_same_tag(r, line), sizeof *items);
      if (!items)
        return BROKEN;
      list->items = items;
    }
    items = (const char **)(uintptr_t)list->items;
    enum taken taken = read_single(r, &text_field, line, (char *)&items[list->count]);
    if (taken == TAKEN)
      list->count++;
    return taken;
  }
  size_t *count = (size_t *)(void *)(body->into + spec->count_offset);
  char **items = (char **)(void *)at;
  if (first) {
    *items = arena_zalloc(r->arena, count_same_tag(r, line), spec->size);
    if (!*items)
      return BROKEN;
  }
  char *item = *items + *count * spec->size;
  enum taken taken = read_item(r, spec, line, item);
  if (taken == TAKEN)
    ++*count;
  else if (taken == FOREIGN)
    memset(item, 0, spec->size);
  return taken;
}

static tc_status read_body(struct reader *r, const struct kind_spec *kind, char *into) {
  struct body body = {.kind = kind, .into = into};
  struct line line = {0}, before = {0};
  size_t k = 0;
  const struct line_spec *last = NULL;
  for (size_t i = 0; i < kind->line_count; i++)
    if (kind->lines[i].form == LINE_SINGLE)
      set_missing(kind->lines[i].fields, 1, into);
  while (r->at < r->len) {
    enum taken taken = next_line(r, &line, &before);
    if (taken != TAKEN)
      break;
    int order = 1;
    while (k < kind->line_count && (order = tag_compare(r, &line, &kind->lines[k])) > 0)
      k++;
    if (k < kind->line_count && order == 0) {
      taken = take_line(r, &body, &kind->lines[k], &line, last != &kind->lines[k]);
      last = &kind->lines[k];
    } else {
      taken = FOREIGN;
    }
    if (taken == FOREIGN)
      taken = keep_line(r, &body, &line);
    if (taken != TAKEN)
      break;
    before = line;
  }
  if (arena_failed(r->arena))
    return tc_fail(r->err, TC_NO_MEMORY, _("out of memory"));
  const struct unknown_line *unknown = body.unknown;
  memcpy(into + kind->unknown, &unknown, sizeof unknown);
  memcpy(into + kind->unknown_count, &body.unknown_count, sizeof body.unknown_count);
  return TC_OK;
}

tc_status record_decode(struct record *out, const void *bytes, size_t len, struct arena *arena,
                        struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  memset(out, 0, sizeof *out);
  if (len > RECORD_MAX)
    return tc_fail(err, TC_TOO_LONG, _("record: over %d bytes"), RECORD_MAX);
  tc_status status = record_head(&out->head, bytes, len, err);
  if (status != TC_OK)
    return status;
  const struct kind_spec *kind = kind_spec(out->head.kind);
  struct reader r = {.len = len - out->head.body, .row = 1, .arena = arena, .err = &own};
  r.raw = (const char *)bytes + out->head.body;
  r.text = arena_copy(arena, r.raw, r.len);
  if (!kind) {
    out->opaque.bytes = arena_copy(arena, bytes, len);
    out->opaque.len = len;
  } else if (r.text) {
    if (!utf8_valid(r.raw, r.len) || memchr(r.raw, '\0', r.len))
      return tc_fail(err, TC_INVALID, _("record: not UTF-8"));
    char *into = (char *)&out->entry; /* every member of the union begins there */
    memcpy(into + kind->uuid, &out->head.uuid, sizeof out->head.uuid);
    memcpy(into + kind->audience, &out->head.audience, sizeof out->head.audience);
    status = read_body(&r, kind, into);
  }
  if (arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (own.status != TC_OK) {
    if (err && err->status == TC_OK)
      *err = own;
    return own.status;
  }
  if (out->head.kind == RECORD_ENTRY)
    for (size_t i = 0; i < out->entry.contact_count; i++)
      ((struct contact *)(uintptr_t)out->entry.contacts)[i].audience = out->head.audience;
  return status;
}
