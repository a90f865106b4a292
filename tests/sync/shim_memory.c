/* shim.so, the memory: SHIM_DO=nomem fails the SHIM_AT-th allocation of the program and every later
 * one, nomem-once that one alone. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What glibc's own names stand for. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static long count, wanted; /* 0: none fails */
static int once;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("SHIM_AT"), *what = getenv("SHIM_DO");
  if (!at || !what || strncmp(what, "nomem", 5) != 0)
    return;
  once = strcmp(what, "nomem-once") == 0;
  __atomic_store_n(&wanted, strtol(at, NULL, 10), __ATOMIC_SEQ_CST);
}

static int fails(void) {
  if (!wanted)
    return 0;
  long n = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
  if (once ? n != wanted : n < wanted)
    return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size) {
  return fails() ? NULL : __libc_malloc(size);
}
void *calloc(size_t n, size_t size) {
  return fails() ? NULL : __libc_calloc(n, size);
}
void *realloc(void *old, size_t size) {
  return fails() ? NULL : __libc_realloc(old, size);
}
