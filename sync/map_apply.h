/* One row, by a map, into one record. */
#ifndef TC_SYNC_MAP_APPLY_H
#define TC_SYNC_MAP_APPLY_H

#include "core/record.h"
#include "sync/map.h"
#include "sync/notes.h"

/* Whose rows they are. */
struct import_origin {
  const char *name;  /* of the origin, as people write it */
  struct uuid space; /* the namespace of its keys */
};

/* The namespace follows from the name alone. */
struct import_origin import_origin(const char *name);

/* The UUID of what a key means at an origin, and of the index-th contact point that the section
 * slot makes of it: the same for ever. */
struct uuid import_entry_uuid(const struct import_origin *origin, const char *key);
struct uuid import_contact_uuid(const struct import_origin *origin, const struct uuid *entry,
                                const char *slot, size_t index);
/* The UUID of a record that a code identifies, whatever the origin. */
struct uuid import_code_uuid(enum record_kind kind, const char *code);

enum applied_outcome {
  APPLIED_RECORD,
  APPLIED_SKIPPED, /* a filter of the map */
  APPLIED_REFUSED  /* said in the notes; key may be there */
};

struct applied {
  enum applied_outcome outcome;
  const char *key; /* "": none could be read */
  long key_column;
  long site_column;                /* of an entry's site; 0: it is not from a cell */
  long region_column, zone_column; /* of a site's region and time zone, likewise */
  struct record record; /* an entry has its contact points here, each with its audience */
};

/* Memory from the arena.  Only a lack of memory is a failure. */
TC_MUST_CHECK tc_status map_apply(const struct map *m, const struct import_origin *origin,
                                  const struct house *house, const char *default_site,
                                  const struct row *row, struct arena *arena, struct notes *notes,
                                  struct applied *out, struct tc_error *err);

/* The same of a map whose rows are no records: filters, then the fields into an object, and the
 * column of each value of the map. */
TC_MUST_CHECK tc_status map_apply_fields(const struct map *m, const struct row *row,
                                         struct arena *arena, struct notes *notes, void *object,
                                         long *columns, enum applied_outcome *outcome,
                                         struct tc_error *err);

#endif
