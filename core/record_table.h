/* The table behind the record codec: each kind, its lines, their fields.  Said once; decoding,
 * encoding and tocsin-record(5) follow from it. */
#ifndef TC_CORE_RECORD_TABLE_H
#define TC_CORE_RECORD_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "core/directory.h"

enum field_type {
  FIELD_TEXT,  /* const char *; never empty but as a positional field of a list line */
  FIELD_UUID,  /* struct uuid; nil is absent */
  FIELD_INT,   /* int64_t, 0..RECORD_INT_MAX; equal to `missing` is absent */
  FIELD_ORDER, /* int64_t, three digits, 000..999 */
  FIELD_ENUM,  /* an enum (int); 0 is absent */
  FIELD_SET,   /* uint32_t, words joined by commas in the enum's order; 0 is absent */
  FIELD_FLAG   /* bool; the line's tag alone, or name=1; false is absent */
};

#define RECORD_INT_MAX INT64_C(999999999999999)

struct field_spec {
  const char *name; /* of an attribute; NULL: positional.  Positional fields come first, attributes
                       follow by name */
  size_t name_len;
  enum field_type type;
  size_t offset; /* in the struct of the line (or of the kind, for a single line) */
  const char *(*word)(int value); /* FIELD_ENUM, FIELD_SET */
  int words;                      /* how many values */
  int64_t missing;                /* FIELD_INT */
  const char *meaning;            /* for the manual */
};

enum line_form {
  LINE_SINGLE, /* at most once; one positional field, in the kind's struct; never gains more */
  LINE_TEXTS,  /* any number; one positional text, in a struct text_list */
  LINE_LIST    /* any number; a struct that begins with struct line_extra */
};

struct line_spec {
  const char *tag;
  size_t tag_len;
  enum line_form form;
  size_t offset, count_offset; /* in the kind's struct: the pointer and the count (LINE_LIST), the
                                  text_list (LINE_TEXTS) */
  size_t size;                 /* of the line's struct (LINE_LIST) */
  const struct field_spec *fields;
  size_t field_count;
  const char *meaning;
};

struct kind_spec {
  enum record_kind kind;
  size_t size, uuid, audience, unknown, unknown_count; /* offsets */
  const struct line_spec *lines;                       /* by tag */
  size_t line_count;
  const char *meaning;
};

/* NULL for RECORD_NONE and RECORD_SEALED, which have no lines. */
const struct kind_spec *kind_spec(enum record_kind kind);

#endif
