#include "sync/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"

const char *note_word(enum note_kind kind) {
  static const char *const words[NOTE_KINDS] = {[NOTE_REFUSED] = N_("refused"),
                                                [NOTE_LINT] = N_("lint"),
                                                [NOTE_REPAIR] = N_("repaired"),
                                                [NOTE_ROW] = N_("row"),
                                                [NOTE_LEFT] = N_("left")};
  return _(words[kind]);
}

void notes_add(struct notes *n, enum note_kind kind, long row, long column, const char *fmt, ...) {
  if (n->count == n->cap) {
    size_t cap = n->cap ? n->cap * 2 : 64;
    struct note_line *items = realloc(n->items, cap * sizeof *items);
    if (!items) {
      n->failed = true;
      return;
    }
    n->items = items;
    n->cap = cap;
  }
  char text[1024];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  n->counts[kind]++;
  struct note_line *line = &n->items[n->count++];
  *line = (struct note_line){.kind = kind, .row = row, .column = column};
  line->text = arena_strdup(&n->arena, text);
  if (!line->text) {
    line->text = "";
    n->failed = true;
  }
}

void notes_free(struct notes *n) {
  arena_free(&n->arena);
  free(n->items);
  *n = (struct notes){0};
}
