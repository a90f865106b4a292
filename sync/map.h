/* The map: how the columns of a file become records (tocsin-map(5)). */
#ifndef TC_SYNC_MAP_H
#define TC_SYNC_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "sync/map_field.h"
#include "sync/rows.h"
#include "sync/template.h"

enum {
  MAP_CONTACTS_MAX = 100, /* [contact NAME] sections */
  MAP_SLOT_MAX = 48       /* bytes of NAME */
};

enum map_header { HEADER_AUTO, HEADER_YES, HEADER_NO };

/* One "field = template" line, with its [translate FIELD] section. */
struct map_value {
  const struct map_field *field;
  struct template value;
};

struct map_contact {
  const char *slot; /* NAME of [contact NAME]: its part in the contact point's identity */
  struct template number;
  bool has_number;
  struct map_value *values;
  size_t count;
  long line;
};

/* A [skip NAME] or [only NAME] section. */
struct map_filter {
  const char *name;
  bool only;
  struct template value;
  bool has_value;
  struct text_list is; /* folded; "" is an empty cell, "*" any that is not */
  long line;
};

struct map_translation {
  const char *field;
  const char *from; /* folded; "*": any other */
  const char *to;
  long line;
};

struct map {
  const char *path;
  struct arena arena; /* all of it */
  const struct map_kind *kind;
  enum audience audience;
  const char *country, *plan, *zone, *about;
  bool make_sites; /* a site code that is not in the directory makes a site */
  /* the file */
  struct rows_hint hint;
  enum map_header header;
  long skip_rows;
  /* identity */
  struct template *keys;
  size_t key_count;
  const struct map_field **natural;
  size_t natural_count;
  struct map_value *values;
  size_t value_count;
  struct map_contact *contacts;
  size_t contact_count;
  struct map_filter *filters;
  size_t filter_count;
  struct map_translation *translations;
  size_t translation_count;
};

/* Reads a map.  *out belongs to the caller (map_free).  TC_CONFIG with file:line for what is wrong
 * in it; TC_NO_INPUT, TC_DENIED: as said. */
TC_MUST_CHECK tc_status map_read(struct map **out, const char *path, struct tc_error *err);
TC_MUST_CHECK tc_status map_read_text(struct map **out, const char *name, const char *text,
                                      size_t len, struct tc_error *err);
void map_free(struct map *m); /* NULL-safe */

/* Finds the header line and the columns.  Reads from rows up to the first row of data, which
 * comes next.  TC_CONFIG (map:line): a column that the file has not, or has twice. */
struct map_start {
  long header;    /* row of the header line, 0: none */
  long first;     /* first row of data */
  size_t columns; /* cells of a full row */
};
TC_MUST_CHECK tc_status map_bind(struct map *m, struct rows *rows, struct map_start *out,
                                 struct tc_error *err);

/* The settings of [map], [file] and the other sections, as roff for tocsin-map(5). */
void map_describe(struct buffer *out);

#endif
