#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "db/journal.h"

enum { RETRY_MS = 2000 };

struct waiting {
  struct waiting *next;
  size_t len;
  char bytes[];
};

/* `lock` guards all but scope_dir.  The thread lives until close(); where it hangs in the disk
 * then, it is left behind with this struct. */
struct journal_writer {
  char scope_dir[JOURNAL_PATH];
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t news; /* something was posted, saved, failed, or shall end */
  struct waiting *first, **last;
  size_t unsaved;
  uint64_t tries; /* how many writes have ended, well or not */
  struct tc_error why;
  bool stop;
};

static struct timespec in_ms(long ms) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  at.tv_sec += ms / 1000;
  at.tv_nsec += (ms % 1000) * 1000000L;
  if (at.tv_nsec >= 1000000000L) {
    at.tv_sec++;
    at.tv_nsec -= 1000000000L;
  }
  return at;
}

/* One write, without the lock; the lock is held again afterwards. */
static bool save_first(struct journal_writer *w) {
  struct waiting *item = w->first;
  struct tc_error why = {.status = TC_OK};
  pthread_mutex_unlock(&w->lock);
  tc_status status = journal_append(w->scope_dir, item->bytes, item->len, &why);
  pthread_mutex_lock(&w->lock);
  w->tries++;
  if (status == TC_OK) {
    w->first = item->next;
    if (!w->first)
      w->last = &w->first;
    w->unsaved--;
    free(item);
    w->why = (struct tc_error){.status = TC_OK};
  } else {
    w->why = why;
  }
  pthread_cond_broadcast(&w->news);
  return status == TC_OK;
}

static void *work(void *context) {
  struct journal_writer *w = context;
  pthread_mutex_lock(&w->lock);
  while (!w->stop || w->first) {
    if (!w->first) {
      pthread_cond_wait(&w->news, &w->lock);
    } else if (!save_first(w)) {
      if (w->stop)
        break;
      struct timespec until = in_ms(RETRY_MS);
      size_t had = w->unsaved;
      /* something new is a reason to try at once */
      while (!w->stop && w->unsaved == had &&
             pthread_cond_timedwait(&w->news, &w->lock, &until) != ETIMEDOUT)
        ;
    }
  }
  pthread_mutex_unlock(&w->lock);
  return NULL;
}

tc_status journal_writer_open(struct journal_writer **out, const char *scope_dir,
                              struct tc_error *err) {
  struct journal_writer *w = calloc(1, sizeof *w);
  pthread_condattr_t monotonic;
  *out = NULL;
  if (!w)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (snprintf(w->scope_dir, sizeof w->scope_dir, "%s", scope_dir) >= (int)sizeof w->scope_dir) {
    free(w);
    return tc_fail(err, TC_TOO_LONG, _("the path of the journal is too long: %s"), scope_dir);
  }
  w->last = &w->first;
  pthread_mutex_init(&w->lock, NULL);
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&w->news, &monotonic);
  pthread_condattr_destroy(&monotonic);
  int failed = pthread_create(&w->thread, NULL, work, w);
  if (failed) {
    free(w);
    return tc_fail_errno(err, failed, _("cannot write in the background"));
  }
  *out = w;
  return TC_OK;
}

tc_status journal_writer_post(struct journal_writer *w, const void *record, size_t len,
                              struct tc_error *err) {
  struct waiting *item = malloc(sizeof *item + len);
  if (!item)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  memcpy(item->bytes, record, len);
  item->len = len;
  item->next = NULL;
  pthread_mutex_lock(&w->lock);
  if (w->unsaved >= JOURNAL_WAITING) { /* a full disk, and somebody who goes on and on */
    pthread_mutex_unlock(&w->lock);
    free(item);
    return tc_fail(err, TC_REFUSED, _("too much waits to be saved: nothing more is taken"));
  }
  *w->last = item;
  w->last = &item->next;
  w->unsaved++;
  uint64_t tries = w->tries;
  pthread_cond_broadcast(&w->news);
  struct timespec until = in_ms(JOURNAL_WAIT_MS);
  /* Saved when nothing waits; a try that failed says why. */
  while (w->unsaved && (w->tries == tries || w->why.status == TC_OK) &&
         pthread_cond_timedwait(&w->news, &w->lock, &until) != ETIMEDOUT)
    ;
  tc_status status = TC_OK;
  if (w->unsaved && w->why.status != TC_OK)
    status = tc_fail(err, w->why.status, "%s", w->why.text);
  else if (w->unsaved)
    status = tc_fail(err, TC_BUSY, _("the disk does not answer"));
  pthread_mutex_unlock(&w->lock);
  return status;
}

size_t journal_writer_unsaved(struct journal_writer *w, struct tc_error *err) {
  pthread_mutex_lock(&w->lock);
  size_t unsaved = w->unsaved;
  if (err)
    *err = w->why;
  pthread_mutex_unlock(&w->lock);
  return unsaved;
}

size_t journal_writer_close(struct journal_writer *w) {
  if (!w)
    return 0;
  pthread_mutex_lock(&w->lock);
  w->stop = true;
  size_t lost = w->unsaved;
  pthread_cond_broadcast(&w->news);
  pthread_mutex_unlock(&w->lock);
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += JOURNAL_WAIT_MS * 1000000L;
  if (until.tv_nsec >= 1000000000L) {
    until.tv_sec++;
    until.tv_nsec -= 1000000000L;
  }
  if (pthread_timedjoin_np(w->thread, NULL, &until) != 0) {
    pthread_detach(w->thread); /* it hangs in the disk; the process ends */
    return lost;
  }
  lost = w->unsaved;
  while (w->first) {
    struct waiting *next = w->first->next;
    free(w->first);
    w->first = next;
  }
  pthread_cond_destroy(&w->news);
  pthread_mutex_destroy(&w->lock);
  free(w);
  return lost;
}
