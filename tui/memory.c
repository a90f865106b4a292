#include "tui/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* $XDG_STATE_HOME/tocsin, made where it is missing; false: there is no home. */
static bool state_folder(char *out, size_t cap) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  int n;
  if (state && *state == '/')
    n = snprintf(out, cap, "%s/tocsin", state);
  else if (home && *home == '/')
    n = snprintf(out, cap, "%s/.local/state/tocsin", home);
  else
    return false;
  if (n < 0 || (size_t)n >= cap)
    return false;
  for (char *p = out + 1; *p; p++)
    if (*p == '/') {
      *p = '\0';
      mkdir(out, 0700);
      *p = '/';
    }
  return mkdir(out, 0700) == 0 || errno == EEXIST;
}

void memory_read(struct memory *m) {
  *m = (struct memory){0};
  char folder[MEMORY_PATH - 8];
  if (!state_folder(folder, sizeof folder))
    return;
  snprintf(m->path, sizeof m->path, "%s/desk", folder);
  FILE *f = fopen(m->path, "re");
  if (!f)
    return;
  char line[128];
  while (fgets(line, sizeof line, f)) {
    struct uuid uuid;
    if (strlen(line) < 2 + UUID_TEXT - 1 || line[1] != ' ' ||
        !uuid_parse(&uuid, line + 2, UUID_TEXT - 1))
      continue;
    if (line[0] == 'F' && m->favourite_count < MEMORY_FAVOURITES)
      m->favourites[m->favourite_count++] = uuid;
    else if (line[0] == 'R' && m->recent_count < MEMORY_RECENT)
      m->recent[m->recent_count++] = uuid;
  }
  fclose(f);
}

static bool write_lines(FILE *f, char sign, const struct uuid *uuids, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char text[UUID_TEXT];
    uuid_format(&uuids[i], text);
    if (fprintf(f, "%c %s\n", sign, text) < 0)
      return false;
  }
  return true;
}

static tc_status memory_write(const struct memory *m, struct tc_error *err) {
  char aside[MEMORY_PATH + 8];
  if (!*m->path)
    return tc_fail(err, TC_UNAVAILABLE, _("there is no home folder to remember this in"));
  snprintf(aside, sizeof aside, "%s.new", m->path);
  int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
  if (!f) {
    int errnum = errno;
    if (fd >= 0)
      close(fd);
    return tc_fail_errno(err, errnum, _("cannot write %s"), aside);
  }
  bool good = write_lines(f, 'F', m->favourites, m->favourite_count) &&
              write_lines(f, 'R', m->recent, m->recent_count);
  good = fflush(f) == 0 && good;
  int errnum = errno;
  if (fclose(f) != 0 && good) {
    errnum = errno;
    good = false;
  }
  if (good && rename(aside, m->path) == 0)
    return TC_OK;
  errnum = good ? errno : errnum;
  unlink(aside);
  return tc_fail_errno(err, errnum, _("cannot write %s"), m->path);
}

static size_t place_of(const struct uuid *items, size_t count, const struct uuid *uuid) {
  size_t i = 0;
  while (i < count && !uuid_equal(&items[i], uuid))
    i++;
  return i;
}

bool memory_is_favourite(const struct memory *m, const struct uuid *uuid) {
  return place_of(m->favourites, m->favourite_count, uuid) < m->favourite_count;
}

tc_status memory_toggle(struct memory *m, const struct uuid *uuid, struct tc_error *err) {
  struct memory before = *m;
  size_t at = place_of(m->favourites, m->favourite_count, uuid);
  if (at < m->favourite_count) {
    m->favourite_count--;
    memmove(m->favourites + at, m->favourites + at + 1,
            (m->favourite_count - at) * sizeof *m->favourites);
  } else if (m->favourite_count < MEMORY_FAVOURITES) {
    m->favourites[m->favourite_count++] = *uuid;
  } else {
    return tc_fail(err, TC_TOO_LONG, _("there are %d favourites already: take one away first"),
                   MEMORY_FAVOURITES);
  }
  tc_status status = memory_write(m, err);
  if (status != TC_OK)
    *m = before;
  return status;
}

tc_status memory_opened(struct memory *m, const struct uuid *uuid, struct tc_error *err) {
  struct memory before = *m;
  size_t at = place_of(m->recent, m->recent_count, uuid);
  if (at == m->recent_count && m->recent_count < MEMORY_RECENT)
    m->recent_count++;
  if (at == MEMORY_RECENT)
    at--;
  memmove(m->recent + 1, m->recent, at * sizeof *m->recent);
  m->recent[0] = *uuid;
  tc_status status = memory_write(m, err);
  if (status != TC_OK)
    *m = before;
  return status;
}
