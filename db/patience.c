#include "db/patience.h"

#include <pthread.h>
#include <time.h>

enum { SLEEP_MOST_US = 2000 };

static sqlite3_vfs ours;
static const char *name;
static sqlite3_vfs *theirs;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int sleep_briefly(sqlite3_vfs *vfs, int us) {
  (void)vfs;
  return theirs->xSleep(theirs, us < SLEEP_MOST_US ? us : SLEEP_MOST_US);
}

static void enter(void) {
  theirs = sqlite3_vfs_find(NULL);
  if (!theirs)
    return;
  ours = *theirs;
  ours.zName = "tocsin-reader";
  ours.pNext = NULL;
  ours.xSleep = sleep_briefly;
  if (sqlite3_vfs_register(&ours, 0) == SQLITE_OK)
    name = ours.zName;
}

const char *patience_vfs(void) {
  pthread_once(&once, enter);
  return name;
}

static int64_t now_ms(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

bool patience_wait(int ms, int64_t *since) {
  const struct timespec nap = {.tv_nsec = SLEEP_MOST_US * 1000L};
  if (*since == 0)
    *since = now_ms();
  if (now_ms() - *since >= ms)
    return false;
  nanosleep(&nap, NULL);
  return true;
}

/* SQLite counts the calls for one lock from 0: the milliseconds are in the pointer, the begin of
 * the waiting is one a thread. */
static int wait_on(void *most, int tries) {
  static _Thread_local int64_t since;
  if (tries == 0)
    since = 0;
  return patience_wait((int)(intptr_t)most, &since);
}

void patience_set(sqlite3 *db, int ms) {
  /* NOLINTNEXTLINE(performance-no-int-to-ptr) */
  sqlite3_busy_handler(db, wait_on, (void *)(intptr_t)ms);
}
