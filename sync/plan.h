/* The plan of an import: what a file would change in a directory, decided before anything is
 * written.  Printing it and doing it start from the same bytes. */
#ifndef TC_SYNC_PLAN_H
#define TC_SYNC_PLAN_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/hash.h"
#include "core/record.h"
#include "sync/format.h"
#include "sync/map.h"
#include "sync/map_apply.h"
#include "sync/notes.h"
#include "sync/progress.h"

enum plan_act { PLAN_UNCHANGED, PLAN_ADDED, PLAN_CHANGED, PLAN_REMOVED, PLAN_ACTS };

/* One record to write or to take out. */
struct plan_record {
  struct uuid uuid;
  enum audience audience;
  const char *bytes; /* NULL: taken out */
  size_t len;
  bool known;        /* the source holds it now ... */
  struct digest was; /* ... with this hash */
};

/* One entry (or site, plan, ...) that changes. */
struct plan_item {
  enum plan_act act;
  enum record_kind kind;
  const char *key, *name;
  const char *const *details; /* "name: “a” -> “b”", translated */
  size_t detail_count;
  size_t contacts; /* contact points it has afterwards, or had; of a rota: shifts */
  bool critical;   /* critical, and removed or renumbered */
  struct plan_record *records;
  size_t record_count;
  long row;
};

struct plan_options {
  struct progress *progress; /* of reading the file; NULL: none is shown */
  const char *file, *origin, *site;
  const struct format *format;
  struct map *map;
  const char *cache; /* scope folder; NULL where there is a source */
  bool deleted_too;  /* what a person deleted at the source comes back */
  struct pg *pg;     /* a source, in a transaction; NULL: none */
  int64_t now;       /* UTC seconds */
};

struct import_plan {
  struct plan_options options;
  struct rows *file_rows;
  struct map_start start;
  struct arena arena;
  struct plan_item *items;
  size_t count, cap;
  size_t counts[PLAN_ACTS];
  struct notes notes;
  size_t rows;                         /* of data */
  size_t skipped;                      /* by filters */
  size_t refused;                      /* rows */
  size_t contacts[CONTACT_KIND_COUNT]; /* contact points the file gives, by kind */
  size_t before, before_contacts;      /* what this origin had */
  const char *others;                  /* where that is nothing: other origins, "a, b"; "" none */
  size_t removed_contacts;
  size_t over;            /* of what is removed: weeks of rota that are over */
  size_t critical;        /* items with critical set */
  enum audience audience; /* the narrowest written */
};

/* Opens the file and finds the map's columns in it; the directory is not touched.  *out belongs to
 * the caller (plan_free); what options points to must outlive it. */
TC_MUST_CHECK tc_status plan_open(struct import_plan **out, const struct plan_options *options,
                                  struct tc_error *err);
/* Reads the directory (a cache that is not there yet is empty) and the file, and decides.
 * TC_INVALID: the file is damaged, or its key columns hold a key twice. */
TC_MUST_CHECK tc_status plan_decide(struct import_plan *p, struct tc_error *err);
void plan_free(struct import_plan *p); /* NULL-safe */

bool plan_changes(const struct import_plan *p); /* is there anything to write? */

/* What was said in so many words. */
struct plan_permission {
  bool all_removals;
  size_t removals; /* that many may go */
  bool critical;
};
/* TC_REFUSED where the plan removes more than a fifth of what this origin had, or removes or
 * renumbers a critical entry, and that was not said; TC_INVALID where no row could be read. */
TC_MUST_CHECK tc_status plan_check(const struct import_plan *p, const struct plan_permission *may,
                                   struct tc_error *err);

/* Of another length than the others: longer ones are shifted and are refused (*good is false). */
TC_MUST_CHECK tc_status plan_check_length(struct import_plan *p, const struct row *row, bool *good,
                                          struct tc_error *err);

/* The next item, to be filled and kept; NULL: no memory. */
struct plan_item *plan_new_item(struct import_plan *p, struct tc_error *err);
void plan_keep_item(struct import_plan *p, struct plan_item *item);

/* One record of an item: to be written, or with bytes NULL taken out. */
TC_MUST_CHECK tc_status plan_add_record(struct import_plan *plan, struct plan_item *item,
                                        const struct uuid *uuid, enum audience audience,
                                        const struct buffer *bytes, struct tc_error *err);

/* TC_REFUSED where it removes or renumbers a critical entry, and that was not said. */
TC_MUST_CHECK tc_status plan_check_critical(const struct import_plan *p,
                                            const struct plan_permission *may,
                                            struct tc_error *err);

/* One line for each change and note; then a summary of the file and the directory. */
void plan_print_items(const struct import_plan *p, FILE *out);
void plan_print(const struct import_plan *p, FILE *out);
/* What was said of a file's rows, a line each. */
void plan_print_notes(const struct notes *notes, const char *file, FILE *out);

#endif
