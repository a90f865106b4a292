/* The columns of a map found in a file: banner, header line, positions. */
#include <string.h>

#include "base/i18n.h"
#include "core/fold.h"
#include "sync/map.h"

enum { LOOK_ROWS = 40 }; /* rows looked at for the header line */

/* The columns a map names, in one list. */
struct wanted {
  struct template_column *column;
  const char *folded;
  long line;
};

struct search {
  struct map *map;
  struct arena arena;
  struct wanted *names; /* by header */
  size_t name_count;
  size_t highest; /* position used, from 1 */
  long highest_line;
  size_t cap;
};

static const char *fold_name(struct arena *arena, const char *text, size_t len) {
  struct buffer b = BUFFER_INIT;
  fold_text(&b, text, len, NULL);
  /* a name of signs alone ("%", "+") folds to nothing: compared as written */
  const char *out = b.len ? arena_copy(arena, b.data, b.len) : arena_copy(arena, text, len);
  buffer_free(&b);
  return out;
}

static void want(struct search *s, struct template *t) {
  for (size_t i = 0; i < t->count; i++)
    for (size_t j = 0; j < t->parts[i].column_count; j++) {
      struct template_column *c = &t->parts[i].columns[j];
      if (!*c->name) {
        if (c->index + 1 > s->highest) {
          s->highest = c->index + 1;
          s->highest_line = t->line;
        }
        continue;
      }
      if (s->name_count < s->cap && s->names)
        s->names[s->name_count] = (struct wanted){
            .column = c, .folded = fold_name(&s->arena, c->name, strlen(c->name)), .line = t->line};
      s->name_count++;
    }
}

static void want_all(struct search *s) {
  struct map *m = s->map;
  s->name_count = 0;
  for (size_t i = 0; i < m->key_count; i++)
    want(s, &m->keys[i]);
  for (size_t i = 0; i < m->value_count; i++)
    want(s, &m->values[i].value);
  for (size_t i = 0; i < m->contact_count; i++) {
    want(s, &m->contacts[i].number);
    for (size_t j = 0; j < m->contacts[i].count; j++)
      want(s, &m->contacts[i].values[j].value);
  }
  for (size_t i = 0; i < m->filter_count; i++)
    want(s, &m->filters[i].value);
}

/* A row kept while looking. */
struct seen_row {
  long number;
  size_t count;
  const char **cells; /* folded */
  bool *digits;       /* three digits in a row or six in all: "01 99 00 52 31" */
};

static bool has_digits(const char *text, size_t len) {
  size_t run = 0, all = 0;
  for (size_t i = 0; i < len; i++) {
    bool digit = text[i] >= '0' && text[i] <= '9';
    run = digit ? run + 1 : 0;
    all += digit;
    if (run == 3 || all == 6)
      return true;
  }
  return false;
}

static tc_status look(struct search *s, struct rows *rows, struct seen_row *seen, size_t *count,
                      struct tc_error *err) {
  struct row row;
  tc_status status = TC_OK;
  *count = 0;
  while (*count < LOOK_ROWS && (status = rows->next(rows, &row, err)) == TC_OK) {
    if (row.number <= s->map->skip_rows)
      continue;
    struct seen_row *r = &seen[(*count)++];
    *r = (struct seen_row){.number = row.number, .count = row.count};
    r->cells = arena_zalloc(&s->arena, row.count + 1, sizeof *r->cells);
    r->digits = arena_zalloc(&s->arena, row.count + 1, sizeof *r->digits);
    if (!r->cells || !r->digits)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    for (size_t i = 0; i < row.count; i++) {
      r->cells[i] = fold_name(&s->arena, row.cells[i].text, row.cells[i].len);
      r->digits[i] = has_digits(row.cells[i].text, row.cells[i].len);
      if (!r->cells[i])
        return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
  }
  return status == TC_DONE ? TC_OK : status;
}

/* The number of cells that most rows have. */
static size_t usual_count(const struct seen_row *seen, size_t count) {
  size_t best = 0, best_times = 0;
  for (size_t i = 0; i < count; i++) {
    size_t times = 0;
    for (size_t j = 0; j < count; j++)
      times += seen[j].count == seen[i].count;
    if (times > best_times || (times == best_times && seen[i].count > best)) {
      best = seen[i].count;
      best_times = times;
    }
  }
  return best;
}

static size_t names_in(const struct search *s, const struct seen_row *row) {
  size_t found = 0;
  for (size_t i = 0; i < s->name_count; i++)
    for (size_t j = 0; j < row->count; j++)
      if (!strcmp(s->names[i].folded, row->cells[j])) {
        found++;
        break;
      }
  return found;
}

/* A header line without names to look for: every cell is words, and below it a column is mostly
 * digits. */
static bool looks_like_header(const struct seen_row *row, const struct seen_row *below,
                              size_t count) {
  size_t words = 0;
  for (size_t i = 0; i < row->count; i++) {
    if (row->digits[i])
      return false;
    words += row->cells[i][0] != '\0';
  }
  if (words * 2 <= row->count || !count)
    return false;
  for (size_t i = 0; i < row->count; i++) {
    size_t digits = 0;
    for (size_t j = 0; j < count; j++)
      digits += i < below[j].count && below[j].digits[i];
    if (digits * 2 > count)
      return true;
  }
  return false;
}

static tc_status missing_column(const struct search *s, const struct wanted *w, const char *file,
                                const struct seen_row *header, struct tc_error *err) {
  struct buffer all = BUFFER_INIT;
  for (size_t i = 0; i < header->count && all.len < 300; i++)
    buffer_printf(&all, "%s%s", i ? ", " : "", header->cells[i]);
  tc_fail_at(err, TC_CONFIG, s->map->path, w->line, 0,
             _("column “%s” is not in %s; its row %ld has: %s"), w->column->name, file,
             header->number, buffer_text(&all));
  buffer_free(&all);
  return TC_CONFIG;
}

static tc_status bind_names(const struct search *s, const char *file, const struct seen_row *header,
                            struct tc_error *err) {
  for (size_t i = 0; i < s->name_count; i++) {
    const struct wanted *w = &s->names[i];
    size_t found = 0;
    for (size_t j = 0; j < header->count; j++)
      if (!strcmp(w->folded, header->cells[j])) {
        if (found++)
          return tc_fail_at(err, TC_CONFIG, s->map->path, w->line, 0,
                            _("column “%s” stands twice in %s, at #%zu and #%zu: write its "
                              "position"),
                            w->column->name, file, w->column->index + 1, j + 1);
        w->column->index = j;
      }
    if (!found)
      return missing_column(s, w, file, header, err);
  }
  return TC_OK;
}

/* Which of the rows seen is the header; -1: none. */
static long choose_header(const struct search *s, const struct seen_row *seen, size_t count,
                          size_t usual) {
  const struct map *m = s->map;
  if (s->name_count) {
    long best = 0;
    size_t most = 0;
    for (size_t i = 0; i < count && (m->header != HEADER_YES || i == 0); i++) {
      size_t found = names_in(s, &seen[i]);
      if (found > most) {
        most = found;
        best = (long)i;
      }
    }
    return best;
  }
  if (m->header != HEADER_AUTO)
    return m->header == HEADER_YES ? 0 : -1;
  for (size_t i = 0; i < count && i < 10; i++)
    if (seen[i].count == usual)
      return looks_like_header(&seen[i], &seen[i + 1], count - i - 1) ? (long)i : -1;
  return -1;
}

static tc_status find_start(struct search *s, struct rows *rows, struct map_start *out,
                            struct tc_error *err) {
  struct seen_row seen[LOOK_ROWS];
  size_t count = 0;
  tc_status status = look(s, rows, seen, &count, err);
  if (status != TC_OK)
    return status;
  if (!count)
    return tc_fail_at(err, TC_INVALID, rows->file, 0, 0, _("there are no rows in it"));
  out->columns = usual_count(seen, count);
  if (s->name_count && s->map->header == HEADER_NO)
    return tc_fail_at(err, TC_CONFIG, s->map->path, s->names[0].line, 0,
                      _("column “%s” is named, and header = no: write its position"),
                      s->names[0].column->name);
  long header = choose_header(s, seen, count, out->columns);
  if (header >= 0) {
    out->header = seen[header].number;
    out->first = out->header + 1;
    if (seen[header].count > out->columns)
      out->columns = seen[header].count;
    status = bind_names(s, rows->file, &seen[header], err);
  } else {
    size_t i = 0;
    while (i + 1 < count && i < 10 && seen[i].count != out->columns)
      i++; /* a banner */
    out->first = seen[i].number;
  }
  if (status == TC_OK && s->highest > out->columns)
    status = tc_fail_at(err, TC_CONFIG, s->map->path, s->highest_line, 0,
                        _("column #%zu is not in %s: its rows have %zu"), s->highest, rows->file,
                        out->columns);
  return status;
}

tc_status map_bind(struct map *m, struct rows *rows, struct map_start *out, struct tc_error *err) {
  struct search s = {.map = m};
  *out = (struct map_start){0};
  want_all(&s);
  s.cap = s.name_count;
  s.names = arena_zalloc(&s.arena, s.cap + 1, sizeof *s.names);
  tc_status status = s.names ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK) {
    want_all(&s);
    status = arena_failed(&s.arena) ? tc_fail(err, TC_NO_MEMORY, _("out of memory"))
                                    : find_start(&s, rows, out, err);
  }
  if (status == TC_OK)
    status = rows->rewind(rows, err);
  arena_free(&s.arena);
  return status;
}
