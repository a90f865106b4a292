/* A folder for one test program, removed with all that is in it. */
#ifndef TC_TESTS_LIB_FOLDER_H
#define TC_TESTS_LIB_FOLDER_H

#include <stddef.h>

enum { FOLDER_PATH = 64 };

/* Makes one under TMPDIR or /tmp and writes its path; 0, or -1 with errno set. */
int folder_make(char out[FOLDER_PATH]);

/* Removes it; 0, or -1 with errno set. */
int folder_remove(const char *path);

/* How many names in it begin with these letters. */
size_t folder_count(const char *path, const char *begin);

#endif
