/* A generation that comes ready made: the files of a built one, taken out here and put in there
 * (tocsin-sync snapshot).  Nothing of it is believed before adoption_check(). */
#ifndef TC_DB_ADOPT_H
#define TC_DB_ADOPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/status.h"
#include "base/uuid.h"

enum adopt_file { ADOPT_DATABASE, ADOPT_INDEX, ADOPT_FILES };

/* Versions of all that is derived from the records, in one number: files of another one are of no
 * use to this program. */
int64_t adopt_derived(void);

/* The files of the generation that a build has just published, for reading; nobody may write there
 * meanwhile.  Close both descriptors.  TC_REFUSED: changes lie beside it. */
struct adopt_source {
  int fd[ADOPT_FILES];
  int64_t size[ADOPT_FILES];
};
TC_MUST_CHECK tc_status adopt_source_open(struct adopt_source *out, const char *scope_dir,
                                          struct tc_error *err);
void adopt_source_close(struct adopt_source *s);

/* Removes a scope folder that was made for this and holds nothing but a cache. */
void adopt_source_remove(const char *scope_dir);

struct adoption;

/* A new generation of a scope folder that has none.  *out belongs to the caller.  TC_BUSY: another
 * writer is at work, or has made one. */
TC_MUST_CHECK tc_status adoption_begin(struct adoption **out, const char *scope_dir,
                                       struct tc_error *err);
/* Appends to one of its files.  TC_FULL, TC_IO. */
TC_MUST_CHECK tc_status adoption_write(struct adoption *a, enum adopt_file file, const void *bytes,
                                       size_t len, struct tc_error *err);

/* What must be in it. */
struct adoption_facts {
  struct uuid generation;
  int64_t revision, records;
  struct digest digest;
};

/* Opens what was written, compares what it says of itself with these facts, hashes every record and
 * compares count and digest.  Its cursor is appended, for whoever can read it.  TC_DAMAGED,
 * TC_FOREIGN, TC_NEWER: it is not that. */
TC_MUST_CHECK tc_status adoption_check(struct adoption *a, const struct adoption_facts *facts,
                                       struct buffer *cursor, struct tc_error *err);
/* Publishes what was checked, as come from this source.  Frees a either way. */
TC_MUST_CHECK tc_status adoption_commit(struct adoption *a, const char *source,
                                        struct tc_error *err);
void adoption_discard(struct adoption *a); /* NULL-safe; nothing is left of it */

#endif
