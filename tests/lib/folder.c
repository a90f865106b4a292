#include "tests/lib/folder.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int folder_make(char out[FOLDER_PATH]) {
  const char *base = getenv("TMPDIR");
  int n = snprintf(out, FOLDER_PATH, "%s/tocsin-test.XXXXXX", base && *base ? base : "/tmp");
  if (n < 0 || n >= FOLDER_PATH)
    snprintf(out, FOLDER_PATH, "/tmp/tocsin-test.XXXXXX");
  return mkdtemp(out) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw) {
  (void)st;
  (void)type;
  (void)ftw;
  return remove(path);
}

int folder_remove(const char *path) {
  return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

size_t folder_count(const char *path, const char *begin) {
  size_t count = 0;
  DIR *dir = opendir(path);
  if (!dir)
    return 0;
  for (struct dirent *e = readdir(dir); e; e = readdir(dir))
    count += strncmp(e->d_name, begin, strlen(begin)) == 0;
  closedir(dir);
  return count;
}
