#include "sync/template.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

static void add_point(struct buffer *out, uint32_t point) {
  char bytes[UTF8_MAX];
  size_t len = utf8_put(bytes, point);
  buffer_add(out, bytes, len);
}

/* Case of ASCII and Latin letters: enough for headings in capitals, the same in every locale. */
static uint32_t upper_of(uint32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7))
    return c - 0x20;
  return c == 0x153 ? 0x152 : c;
}

static uint32_t lower_of(uint32_t c) {
  if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
    return c + 0x20;
  return c == 0x152 ? 0x153 : c;
}

static bool is_letter(uint32_t c) {
  return upper_of(c) != c || lower_of(c) != c;
}

enum letter_case { CASE_UPPER, CASE_LOWER, CASE_TITLE };

static void add_case(struct buffer *out, const char *text, size_t len, enum letter_case how) {
  bool inside = false;
  for (size_t at = 0; at < len;) {
    uint32_t c;
    at += utf8_next(text + at, len - at, &c);
    bool up = how == CASE_UPPER || (how == CASE_TITLE && !inside);
    inside = is_letter(c) || (c >= '0' && c <= '9') || c == '\'' || c == 0x2019;
    add_point(out, up ? upper_of(c) : lower_of(c));
  }
}

static void add_upper(struct buffer *out, const char *text, size_t len) {
  add_case(out, text, len, CASE_UPPER);
}

static void add_lower(struct buffer *out, const char *text, size_t len) {
  add_case(out, text, len, CASE_LOWER);
}

static void add_title(struct buffer *out, const char *text, size_t len) {
  add_case(out, text, len, CASE_TITLE);
}

static void add_digits(struct buffer *out, const char *text, size_t len) {
  for (size_t at = 0; at < len;) {
    uint32_t c;
    at += utf8_next(text + at, len - at, &c);
    int digit = utf8_digit(c);
    if (digit >= 0)
      buffer_add_char(out, (char)('0' + digit));
  }
}

static void add_first_line(struct buffer *out, const char *text, size_t len) {
  size_t end = 0;
  while (end < len && text[end] != '\n' && text[end] != '\r')
    end++;
  template_squeeze(out, text, end);
}

const struct transform transforms[] = {
    {"upper", add_upper, N_("in capitals")},
    {"lower", add_lower, N_("in small letters")},
    {"title", add_title, N_("small letters, each word begun by a capital")},
    {"digits", add_digits, N_("its digits alone")},
    {"line", add_first_line, N_("its first line")},
};
const size_t transform_count = sizeof transforms / sizeof *transforms;

static bool is_blank(uint32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x202F || c == 0x2007 ||
         c == 0x3000 || c == 0xFEFF;
}

void template_squeeze(struct buffer *out, const char *text, size_t len) {
  bool gap = false, any = false;
  for (size_t at = 0; at < len;) {
    size_t start = at;
    if (text[at] > ' ' && text[at] < 0x7F) { /* the usual case: a run of plain letters */
      while (at < len && text[at] > ' ' && text[at] < 0x7F)
        at++;
    } else {
      uint32_t c;
      at += utf8_next(text + at, len - at, &c);
      if (is_blank(c)) {
        gap = any;
        continue;
      }
    }
    if (gap)
      buffer_add_char(out, ' ');
    gap = false;
    any = true;
    buffer_add(out, text + start, at - start);
  }
}

/* One name, "#N", with or without ":transform", into a column. */
static tc_status read_column(struct template_column *out, char *text, struct tc_error *err) {
  char *colon = strrchr(text, ':');
  if (colon)
    for (size_t i = 0; i < transform_count; i++)
      if (!strcmp(colon + 1, transforms[i].name)) {
        out->transform = &transforms[i];
        *colon = '\0';
      }
  text += strspn(text, " \t");
  size_t len = strlen(text);
  while (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
    text[--len] = '\0';
  out->name = text;
  if (!len)
    return tc_fail(err, TC_CONFIG, _("a column has no name: write {name} or {#position}"));
  if (text[0] != '#')
    return TC_OK;
  char *end;
  unsigned long n = strtoul(text + 1, &end, 10);
  if (text[1] < '0' || text[1] > '9' || *end || n < 1 || n > ROWS_COLUMNS_MAX)
    return tc_fail(err, TC_CONFIG, _("“%s” is no column: positions are #1 to #%d"), text,
                   ROWS_COLUMNS_MAX);
  out->name = "";
  out->index = (size_t)n - 1;
  return TC_OK;
}

/* What is between two braces. */
static tc_status read_cells(struct template_part *part, char *text, struct arena *arena,
                            struct tc_error *err) {
  size_t count = 1;
  for (const char *c = text; *c; c++)
    count += *c == '|';
  part->columns = arena_zalloc(arena, count, sizeof *part->columns);
  if (!part->columns)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (char *next; text; text = next) {
    next = strchr(text, '|');
    if (next)
      *next++ = '\0';
    tc_status status = read_column(&part->columns[part->column_count++], text, err);
    if (status != TC_OK)
      return status;
  }
  return TC_OK;
}

tc_status template_read(struct template *out, const char *text, long line, struct arena *arena,
                        struct tc_error *err) {
  *out = (struct template){.line = line};
  size_t most = 1;
  for (const char *c = text; *c; c++)
    most += *c == '{' ? 2 : 0;
  out->parts = arena_zalloc(arena, most, sizeof *out->parts);
  char *copy = arena_strdup(arena, text);
  if (!out->parts || !copy)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  while (*copy) {
    struct template_part *part = &out->parts[out->count++];
    char *open = strchr(copy, '{');
    if (open != copy) {
      part->literal = open ? arena_copy(arena, copy, (size_t)(open - copy)) : copy;
      if (!part->literal)
        return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
      copy = open ? open : copy + strlen(copy);
      continue;
    }
    char *close = strchr(open, '}');
    if (!close)
      return tc_fail(err, TC_CONFIG, _("“%s”: the brace is not closed"), open);
    *close = '\0';
    tc_status status = read_cells(part, open + 1, arena, err);
    if (status != TC_OK)
      return status;
    out->has_cells = true;
    copy = close + 1;
  }
  return TC_OK;
}

/* Appends the first of the part's cells that is not empty; false when all are. */
static bool add_cells(struct buffer *out, const struct template_part *part, const struct row *row,
                      struct template_value *value) {
  for (size_t i = 0; i < part->column_count; i++) {
    const struct template_column *column = &part->columns[i];
    if (!value->column)
      value->column = (long)column->index + 1;
    if (column->index >= row->count)
      continue;
    const struct cell *cell = &row->cells[column->index];
    size_t before = out->len;
    if (column->transform)
      column->transform->apply(out, cell->text, cell->len);
    else
      template_squeeze(out, cell->text, cell->len);
    if (out->len == before && !cell->bad)
      continue;
    if (cell->bad || (before == 0 && !value->bad))
      value->column = (long)column->index + 1;
    value->bad = value->bad || cell->bad;
    value->odd = value->odd || cell->odd;
    return out->len > before;
  }
  return false;
}

tc_status template_apply(const struct template *t, const struct row *row, struct arena *arena,
                         struct template_value *out, struct tc_error *err) {
  *out = (struct template_value){.text = ""};
  struct buffer text = BUFFER_INIT;
  const char *pending = NULL;
  bool any = false, last = true;
  for (size_t i = 0; i < t->count; i++) {
    if (t->parts[i].literal) {
      pending = t->parts[i].literal;
      continue;
    }
    size_t mark = text.len;
    bool lead = i == 1 && pending;
    if ((pending && any) || lead)
      buffer_add_text(&text, pending);
    last = add_cells(&text, &t->parts[i], row, out);
    if (!last) {
      text.len = mark;
    } else {
      pending = NULL;
      any = true;
    }
  }
  if (pending && (!t->has_cells || (any && last)))
    buffer_add_text(&text, pending);
  tc_status status = buffer_status(&text, err);
  if (status == TC_OK && text.len) {
    out->text = arena_copy(arena, text.data, text.len);
    if (!out->text)
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  buffer_free(&text);
  return status;
}
