#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/uuid.h"
#include "db/journal.h"
#include "db/queue.h"

/* Under a name that is in nobody's way.  Where that cannot be done the journal stays what it is. */
static void retire(const char *scope_dir, const struct journal_name *name) {
  char from[JOURNAL_PATH], to[JOURNAL_PATH];
  struct journal_name old = {.uid = name->uid, .retired = true};
  struct uuid any;
  if (uuid_random(&any, NULL) != TC_OK)
    return;
  memcpy(&old.n, any.b, sizeof old.n);
  if (journal_path(from, scope_dir, "", name, NULL) == TC_OK &&
      journal_path(to, scope_dir, "", &old, NULL) == TC_OK)
    (void)renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

void journal_retire(const char *scope_dir) {
  struct journal_name *names;
  size_t count;
  if (journal_names(&names, &count, scope_dir, NULL) != TC_OK)
    count = 0;
  for (size_t i = 0; i < count; i++)
    if (!names[i].retired && journal_is_own(scope_dir, &names[i]))
      retire(scope_dir, &names[i]);
  free(names);
}

/* Has the queue all that is whole in it?  Nobody writes at its end any more. */
static bool is_in_queue(const struct queue *q, const char *scope_dir,
                        const struct journal_name *name) {
  struct journal j;
  const char *bytes;
  size_t len;
  bool has = journal_open(&j, scope_dir, name, NULL) == TC_OK;
  while (has && journal_next(&j, &bytes, &len) == TC_OK)
    ;
  has = has && (uuid_is_nil(&j.name) || queue_offset(q, name->uid, &j.name) >= (int64_t)j.at);
  journal_close(&j);
  return has;
}

tc_status journal_drop_retired(const char *scope_dir, struct tc_error *err) {
  char path[JOURNAL_PATH] = "";
  struct journal_name *names;
  struct queue q;
  size_t count;
  bool dropped = false;
  tc_status status = journal_names(&names, &count, scope_dir, err);
  if (status == TC_OK)
    status = queue_journals(&q, scope_dir, err);
  if (status != TC_OK) {
    free(names);
    return status;
  }
  for (size_t i = 0; i < count && status == TC_OK; i++) {
    if (!names[i].retired || !is_in_queue(&q, scope_dir, &names[i]))
      continue;
    status = journal_path(path, scope_dir, "", &names[i], err);
    if (status == TC_OK && unlink(path) != 0 && errno != ENOENT)
      status = tc_fail_errno(err, errno, _("cannot remove %s"), path);
    dropped = true;
  }
  free(names);
  queue_free(&q);
  return status == TC_OK && dropped ? file_sync_folder_of(path, err) : status;
}
