/* The fields a map may fill: one table for reading maps, filling records, printing what changed and
 * tocsin-map(5). */
#ifndef TC_SYNC_MAP_FIELD_H
#define TC_SYNC_MAP_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "core/directory.h"

enum value_type {
  VALUE_TEXT, /* const char * */
  VALUE_LIST, /* struct text_list */
  VALUE_WORD, /* an enum (int) */
  VALUE_SET,  /* uint32_t, words joined by commas */
  VALUE_INT,  /* int64_t, low..high */
  VALUE_FLAG  /* bool: yes, no, 1, 0, true, false, oui, non, x */
};

struct map_field {
  const char *name; /* as maps write it */
  enum value_type type;
  size_t offset;
  int (*from_word)(const char *word); /* VALUE_WORD, VALUE_SET */
  const char *(*word)(int value);
  int words; /* how many values, 0 among them */
  int64_t low, high;
  const char *help;
};

/* A kind of record that a map may make. */
struct map_kind {
  enum record_kind kind;
  const struct map_field *fields;
  size_t count;
  size_t code; /* offset of the code that identifies it; SIZE_MAX: by the map's own key */
  size_t uuid, audience;
  const char *help;
};

const struct map_kind *map_kind(enum record_kind kind); /* NULL: no map makes that */

/* The fields of a [contact NAME] section, number aside. */
extern const struct map_field map_contact_fields[];
extern const size_t map_contact_field_count;

const struct map_field *map_field_find(const struct map_field *fields, size_t count,
                                       const char *name);

/* Sets the field in object from text (trimmed, not empty), memory from the arena; a list gets one
 * more item.  False: the text is no such value. */
bool map_field_set(const struct map_field *f, void *object, const char *text, struct arena *arena);
/* Takes the value from another object of the same struct. */
void map_field_copy(const struct map_field *f, void *to, const void *from);
bool map_field_equal(const struct map_field *f, const void *a, const void *b);
/* Appends the value as text, "" for none. */
void map_field_show(const struct map_field *f, const void *object, struct buffer *out);
/* What it may hold, in words, for messages ("public, clinical, ..."); appends. */
void map_field_describe(const struct map_field *f, struct buffer *out);

/* Every text pointer NULL becomes "", so that the codec may read the object. */
void map_fields_fill(const struct map_field *fields, size_t count, void *object);

#endif
