#include "db/journal_name.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

enum { FIGURES = 10 }; /* of a UID or N */

static const char retired[] = "old-";

tc_status journal_path(char out[JOURNAL_PATH], const char *scope_dir, const char *before,
                       const struct journal_name *name, struct tc_error *err) {
  char suffix[FIGURES + 2] = "";
  if (name->n)
    snprintf(suffix, sizeof suffix, ".%lu", (unsigned long)name->n);
  int n = snprintf(out, JOURNAL_PATH, "%s/journal/%s%s%lu%s", scope_dir, before,
                   name->retired ? retired : "", (unsigned long)name->uid, suffix);
  if (n < 0 || n >= JOURNAL_PATH)
    return tc_fail(err, TC_TOO_LONG, _("the path of the journal is too long: %s"), scope_dir);
  return TC_OK;
}

bool journal_is_own(const char *scope_dir, const struct journal_name *name) {
  char path[JOURNAL_PATH];
  struct stat st;
  return journal_path(path, scope_dir, "", name, NULL) == TC_OK && lstat(path, &st) == 0 &&
         S_ISREG(st.st_mode) && st.st_uid == name->uid;
}

/* Figures without a zero before them, in 32 bits. */
static bool read_figures(const char **text, unsigned long *out) {
  size_t len = strspn(*text, "0123456789");
  if (!len || len > FIGURES || (**text == '0' && len > 1))
    return false;
  *out = strtoul(*text, NULL, 10);
  *text += len;
  return *out <= UINT32_MAX;
}

static bool read_name(struct journal_name *out, const char *text) {
  unsigned long uid, n = 0;
  bool is_old = strncmp(text, retired, sizeof retired - 1) == 0;
  if (is_old)
    text += sizeof retired - 1;
  if (!read_figures(&text, &uid))
    return false;
  if (*text == '.') {
    text++;
    if (!read_figures(&text, &n) || !n)
      return false;
  }
  *out = (struct journal_name){(uid_t)uid, (uint32_t)n, is_old};
  return !*text;
}

static int by_name(const void *a, const void *b) {
  const struct journal_name *x = a, *y = b;
  if (x->uid != y->uid)
    return x->uid < y->uid ? -1 : 1;
  if (x->retired != y->retired) /* what was written before comes first */
    return x->retired ? -1 : 1;
  return (x->n > y->n) - (x->n < y->n);
}

tc_status journal_names(struct journal_name **out, size_t *count, const char *scope_dir,
                        struct tc_error *err) {
  char path[JOURNAL_PATH];
  size_t room = 0;
  tc_status status = TC_OK;
  *out = NULL;
  *count = 0;
  int n = snprintf(path, sizeof path, "%s/journal", scope_dir);
  if (n < 0 || n >= JOURNAL_PATH)
    return tc_fail(err, TC_TOO_LONG, _("the path of the journal is too long: %s"), scope_dir);
  DIR *dir = opendir(path);
  if (!dir)
    return errno == ENOENT || errno == EACCES
               ? TC_OK
               : tc_fail_errno(err, errno, _("cannot read %s"), path);
  for (struct dirent *e = readdir(dir); e && status == TC_OK; e = readdir(dir)) {
    struct journal_name name;
    if (!read_name(&name, e->d_name))
      continue;
    if (*count == room) {
      room = room ? room * 2 : 32;
      struct journal_name *more = realloc(*out, room * sizeof *more);
      if (!more) {
        status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
        break;
      }
      *out = more;
    }
    (*out)[(*count)++] = name;
  }
  closedir(dir);
  if (*count > 1)
    qsort(*out, *count, sizeof **out, by_name);
  return status;
}

tc_status journal_own_names(struct journal_name **out, size_t *count, const char *scope_dir,
                            struct tc_error *err) {
  size_t kept = 0;
  tc_status status = journal_names(out, count, scope_dir, err);
  for (size_t i = 0; status == TC_OK && i < *count; i++)
    if ((*out)[i].uid == getuid() && journal_is_own(scope_dir, &(*out)[i]))
      (*out)[kept++] = (*out)[i];
  *count = kept;
  if (status != TC_OK || kept)
    return status;
  free(*out);
  *out = calloc(JOURNAL_NUMBERED, sizeof **out);
  if (!*out)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (uint32_t n = 0; n < JOURNAL_NUMBERED; n++) {
    const struct journal_name name = {.uid = getuid(), .n = n};
    if (journal_is_own(scope_dir, &name))
      (*out)[(*count)++] = name;
  }
  return TC_OK;
}
