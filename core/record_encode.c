#include "core/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/record_table.h"

/* Lines are written one behind the other into `text`, and sorted by `lines` at the end. */
struct span {
  size_t start, len;
};

struct writing {
  struct buffer text;
  struct span *lines;
  size_t count, cap;
  tc_status status;
  struct tc_error *err;
};

static void refuse(struct writing *w, tc_status status, const char *why) {
  if (w->status == TC_OK)
    w->status = tc_fail(w->err, status, _("record: %s"), why);
}

static void begin_line(struct writing *w, const char *tag) {
  if (w->count == w->cap) {
    size_t cap = w->cap ? w->cap * 2 : 32;
    struct span *lines = realloc(w->lines, cap * sizeof *lines);
    if (!lines) {
      refuse(w, TC_NO_MEMORY, _("out of memory"));
      return;
    }
    w->lines = lines;
    w->cap = cap;
  }
  w->lines[w->count++].start = w->text.len;
  buffer_add_text(&w->text, tag);
}

/* Ends the line; its span has no newline. */
static void end_line(struct writing *w) {
  if (w->status == TC_OK)
    w->lines[w->count - 1].len = w->text.len - w->lines[w->count - 1].start;
}

static void add_escaped(struct writing *w, const char *text) {
  for (const char *at = text;;) {
    size_t plain = strcspn(at, "\\\t\n");
    buffer_add(&w->text, at, plain);
    at += plain;
    if (!*at)
      return;
    buffer_add_text(&w->text, *at == '\\' ? "\\\\" : *at == '\t' ? "\\t" : "\\n");
    at++;
  }
}

static void add_set(struct writing *w, const struct field_spec *f, uint32_t set) {
  const char *comma = "";
  for (int i = 0; i < f->words; i++)
    if (set & (UINT32_C(1) << i)) {
      buffer_add_text(&w->text, comma);
      buffer_add_text(&w->text, f->word(i));
      comma = ",";
    }
}

/* Is the field absent, so that nothing is written? */
static bool is_missing(const struct field_spec *f, const char *at) {
  switch (f->type) {
  case FIELD_TEXT: {
    const char *text = *(const char *const *)(const void *)at;
    return !text || !*text;
  }
  case FIELD_UUID:
    return uuid_is_nil((const struct uuid *)(const void *)at);
  case FIELD_INT:
    return *(const int64_t *)(const void *)at == f->missing;
  case FIELD_ORDER:
    return false;
  case FIELD_ENUM: {
    int value;
    memcpy(&value, at, sizeof value);
    return value == 0;
  }
  case FIELD_SET: {
    uint32_t set;
    memcpy(&set, at, sizeof set);
    return set == 0;
  }
  case FIELD_FLAG:
    return !*(const bool *)(const void *)at;
  }
  return true;
}

static void add_value(struct writing *w, const struct field_spec *f, const char *at) {
  switch (f->type) {
  case FIELD_TEXT:
    add_escaped(w, *(const char *const *)(const void *)at);
    return;
  case FIELD_UUID: {
    char text[UUID_SHORT];
    uuid_format_short((const struct uuid *)(const void *)at, text);
    buffer_add_text(&w->text, text);
    return;
  }
  case FIELD_INT:
  case FIELD_ORDER: {
    int64_t n = *(const int64_t *)(const void *)at;
    if (n < 0 || n > (f->type == FIELD_ORDER ? 999 : RECORD_INT_MAX))
      refuse(w, TC_INVALID, _("a number is out of range"));
    buffer_printf(&w->text, f->type == FIELD_ORDER ? "%03lld" : "%lld", (long long)n);
    return;
  }
  case FIELD_ENUM: {
    int value;
    memcpy(&value, at, sizeof value);
    if (value < 0 || value >= f->words)
      refuse(w, TC_INVALID, _("a word is out of range"));
    else
      buffer_add_text(&w->text, f->word(value));
    return;
  }
  case FIELD_SET: {
    uint32_t set;
    memcpy(&set, at, sizeof set);
    if (set >> f->words)
      refuse(w, TC_INVALID, _("a word is out of range"));
    add_set(w, f, set);
    return;
  }
  case FIELD_FLAG:
    buffer_add_char(&w->text, '1');
    return;
  }
}

/* Attributes of this program and kept ones, both sorted by name, as one sorted run. */
static void add_attributes(struct writing *w, const struct line_spec *spec, size_t k,
                           const char *item) {
  const struct line_extra *extra = (const struct line_extra *)(const void *)item;
  size_t u = 0;
  while (k < spec->field_count || u < extra->count) {
    const struct field_spec *f = k < spec->field_count ? &spec->fields[k] : NULL;
    if (f && is_missing(f, item + f->offset)) {
      k++;
      continue;
    }
    bool kept = !f;
    if (f && u < extra->count) {
      const char *raw = extra->attributes[u].text;
      size_t name = strcspn(raw, "="), n = strlen(f->name);
      int c = memcmp(raw, f->name, name < n ? name : n);
      c = c ? c : (name > n) - (name < n);
      if (c == 0) { /* a word of a newer version was there and a known one was set since */
        u++;
        continue;
      }
      kept = c < 0;
    }
    buffer_add_char(&w->text, '\t');
    if (kept) {
      buffer_add(&w->text, extra->attributes[u].text, extra->attributes[u].len);
      u++;
    } else {
      buffer_add_text(&w->text, f->name);
      buffer_add_char(&w->text, '=');
      add_value(w, f, item + f->offset);
      k++;
    }
  }
}

static void add_item(struct writing *w, const struct line_spec *spec, const char *item) {
  size_t k = 0;
  begin_line(w, spec->tag);
  for (; k < spec->field_count && !spec->fields[k].name; k++) {
    const struct field_spec *f = &spec->fields[k];
    if (is_missing(f, item + f->offset) && f->type != FIELD_TEXT && f->type != FIELD_INT)
      refuse(w, TC_INVALID, _("a line lacks its UUID or its word"));
    buffer_add_char(&w->text, '\t');
    if (f->type != FIELD_TEXT || !is_missing(f, item + f->offset))
      add_value(w, f, item + f->offset);
  }
  add_attributes(w, spec, k, item);
  end_line(w);
}

static void add_lines(struct writing *w, const struct line_spec *spec, const char *from) {
  const char *at = from + spec->offset;
  if (spec->form == LINE_SINGLE) {
    const struct field_spec *f = spec->fields;
    if (is_missing(f, from + f->offset))
      return;
    begin_line(w, spec->tag);
    if (f->type != FIELD_FLAG) {
      buffer_add_char(&w->text, '\t');
      add_value(w, f, from + f->offset);
    }
    end_line(w);
  } else if (spec->form == LINE_TEXTS) {
    const struct text_list *list = (const struct text_list *)(const void *)at;
    for (size_t i = 0; i < list->count; i++) {
      if (!list->items[i] || !*list->items[i])
        continue;
      begin_line(w, spec->tag);
      buffer_add_char(&w->text, '\t');
      add_escaped(w, list->items[i]);
      end_line(w);
    }
  } else {
    size_t count = *(const size_t *)(const void *)(from + spec->count_offset);
    const char *items = *(const char *const *)(const void *)at;
    for (size_t i = 0; i < count && w->status == TC_OK; i++)
      add_item(w, spec, items + i * spec->size);
  }
}

/* qsort has no context of its own in C11, so the spans carry pointers while they are sorted. */
struct sorted_line {
  const char *text;
  size_t len;
};

static int line_compare(const void *a, const void *b) {
  const struct sorted_line *x = a, *y = b;
  int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
  return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* Appends the sorted lines to out; a line that stands twice is written once. */
static void add_sorted(struct writing *w, struct buffer *out) {
  struct sorted_line *sorted = malloc((w->count ? w->count : 1) * sizeof *sorted);
  if (!sorted) {
    refuse(w, TC_NO_MEMORY, _("out of memory"));
    return;
  }
  for (size_t i = 0; i < w->count; i++)
    sorted[i] = (struct sorted_line){w->text.data + w->lines[i].start, w->lines[i].len};
  qsort(sorted, w->count, sizeof *sorted, line_compare);
  for (size_t i = 0; i < w->count; i++)
    if (i == 0 || line_compare(&sorted[i - 1], &sorted[i]) != 0) {
      buffer_add(out, sorted[i].text, sorted[i].len);
      buffer_add_char(out, '\n');
    }
  free(sorted);
}

tc_status record_encode(const struct record *r, struct buffer *out, struct tc_error *err) {
  const struct kind_spec *kind = kind_spec(r->head.kind);
  size_t start = out->len;
  if (!kind) { /* opaque: as it came */
    if (!r->opaque.bytes)
      return tc_fail(err, TC_INVALID, _("record: %s"), _("its kind is missing"));
    buffer_add(out, r->opaque.bytes, r->opaque.len);
    return buffer_status(out, err);
  }
  if (uuid_is_nil(&r->head.uuid) || !*audience_word(r->head.audience))
    return tc_fail(err, TC_INVALID, _("record: %s"), _("it lacks its UUID or its audience"));

  struct writing w = {.text = {.limit = RECORD_MAX}, .err = err};
  const char *from = (const char *)&r->entry;
  char uuid[UUID_SHORT];
  for (size_t i = 0; i < kind->line_count && w.status == TC_OK; i++)
    add_lines(&w, &kind->lines[i], from);
  const struct unknown_line *unknown;
  size_t unknown_count;
  memcpy(&unknown, from + kind->unknown, sizeof unknown);
  memcpy(&unknown_count, from + kind->unknown_count, sizeof unknown_count);
  for (size_t i = 0; i < unknown_count && w.status == TC_OK; i++) {
    begin_line(&w, "");
    buffer_add(&w.text, unknown[i].text, unknown[i].len);
    end_line(&w);
  }
  if (w.status == TC_OK)
    w.status = buffer_status(&w.text, err);
  if (w.status != TC_OK)
    goto out;

  uuid_format_short(&r->head.uuid, uuid);
  buffer_printf(out, "tocsin%d\t%s\t%s\t%s\n", RECORD_VERSION, record_kind_word(r->head.kind),
                audience_word(r->head.audience), uuid);
  add_sorted(&w, out);
  if (w.status == TC_OK)
    w.status = buffer_status(out, err);
  if (w.status == TC_OK && out->len - start > RECORD_MAX)
    w.status = tc_fail(err, TC_TOO_LONG, _("record: over %d bytes"), RECORD_MAX);
  if (w.status == TC_OK && !utf8_valid(out->data + start, out->len - start))
    w.status = tc_fail(err, TC_INVALID, _("record: not UTF-8"));
out:
  if (w.status != TC_OK && out->data && out->len >= start) {
    out->len = start;
    out->data[start] = '\0';
  }
  buffer_free(&w.text);
  free(w.lines);
  return w.status;
}
