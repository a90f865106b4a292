/* The names of journals: journal/UID, or journal/UID.N where another account has put something of
 * its own under that: the folder is all accounts' of the group.  old-UID.N: one that was taken from
 * its account, which writes no more in it (db/journal_retire.c). */
#ifndef TC_DB_JOURNAL_NAME_H
#define TC_DB_JOURNAL_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/status.h"

enum {
  JOURNAL_PATH = 520,
  JOURNAL_NUMBERED = 8 /* names that are found also in a folder that may not be listed */
};

struct journal_name {
  uid_t uid;
  uint32_t n;   /* 0: UID alone */
  bool retired; /* old-UID.N */
};

/* before: "" or, for its lock, "lock-". */
TC_MUST_CHECK tc_status journal_path(char out[JOURNAL_PATH], const char *scope_dir,
                                     const char *before, const struct journal_name *name,
                                     struct tc_error *err);

/* Every name in the folder that is a journal's, whosever the file is, by UID and N; free() it.  No
 * folder, or one that may not be listed: none. */
TC_MUST_CHECK tc_status journal_names(struct journal_name **out, size_t *count,
                                      const char *scope_dir, struct tc_error *err);

/* Is what bears the name a file of its account's own? */
bool journal_is_own(const char *scope_dir, const struct journal_name *name);

/* The names of this account whose files are its own; free() it. */
TC_MUST_CHECK tc_status journal_own_names(struct journal_name **out, size_t *count,
                                          const char *scope_dir, struct tc_error *err);

#endif
