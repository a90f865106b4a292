#include "db/guard.h"

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Several caches may be open while one is exchanged for another. */
enum { GUARDED = 16 };

static struct {
  volatile uintptr_t from;
  volatile size_t len;
  volatile sig_atomic_t hit;
} guarded[GUARDED];
static struct sigaction before; /* what other faults are handed on to */
static uintptr_t page_size;

static void on_fault(int number, siginfo_t *info, void *context) {
  uintptr_t at = (uintptr_t)info->si_addr, page = at & ~(page_size - 1);
  (void)context;
  for (size_t i = 0; i < GUARDED; i++)
    if (guarded[i].from && at - guarded[i].from < guarded[i].len &&
        /* NOLINTNEXTLINE(performance-no-int-to-ptr) */
        mmap((void *)page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
            MAP_FAILED) {
      guarded[i].hit = 1;
      return;
    }
  sigaction(number, &before, NULL); /* the same read fails again, and is theirs */
}

void guard_arm(void) {
  struct sigaction now, ours = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
  if (sigaction(SIGBUS, NULL, &now) != 0 ||
      ((now.sa_flags & SA_SIGINFO) && now.sa_sigaction == on_fault))
    return;
  before = now;
  sigemptyset(&ours.sa_mask);
  sigaction(SIGBUS, &ours, NULL);
}

bool guard_add(const void *bytes, size_t len) {
  if (!page_size)
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (size_t i = 0; i < GUARDED; i++)
    if (!guarded[i].from) {
      guarded[i].hit = 0;
      guarded[i].len = len;
      guarded[i].from = (uintptr_t)bytes;
      guard_arm();
      return true;
    }
  return false;
}

void guard_remove(const void *bytes) {
  for (size_t i = 0; i < GUARDED; i++)
    if (guarded[i].from == (uintptr_t)bytes)
      guarded[i].from = 0;
}

bool guard_was_hit(const void *bytes) {
  for (size_t i = 0; i < GUARDED; i++)
    if (guarded[i].from == (uintptr_t)bytes)
      return guarded[i].hit != 0;
  return false;
}
