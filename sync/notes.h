/* What an import has to say about rows and cells. */
#ifndef TC_SYNC_NOTES_H
#define TC_SYNC_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum note_kind {
  NOTE_REFUSED, /* the row is not imported */
  NOTE_LINT,    /* a cell that is no number, or is kept as typed */
  NOTE_REPAIR,  /* a number read with a repair */
  NOTE_ROW,     /* a row of another length, or one that is there twice */
  NOTE_LEFT,    /* something of the directory that the import leaves as it is */
  NOTE_KINDS
};

/* Words of the plan ("refused"), translated. */
const char *note_word(enum note_kind kind);

struct note_line {
  enum note_kind kind;
  long row, column; /* 0: none */
  const char *text;
};

struct notes {
  struct arena arena;
  struct note_line *items;
  size_t count, cap;
  size_t counts[NOTE_KINDS];
  bool failed; /* no memory: some are missing */
};

void notes_add(struct notes *n, enum note_kind kind, long row, long column, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void notes_free(struct notes *n);

#endif
