#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/index.h"
#include "db/words.h"

/* A step, and what of it is held at a time: a page that is met first costs more than reading it. */
enum { STEP = 1024 * 1024, PIECE = 64 * 1024 };

struct index_proof {
  int fd;
  struct index_header header;
  uint64_t sum;
  char path[WORDS_PATH];
  char piece[PIECE];
};

tc_status index_proof_open(struct index_proof **out, const char *path, struct tc_error *err) {
  struct index *x;
  *out = NULL;
  tc_status status = index_open(&x, path, err); /* its sizes */
  if (status != TC_OK)
    return status;
  index_close(x);
  struct index_proof *p = calloc(1, sizeof *p);
  if (!p)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  snprintf(p->path, sizeof p->path, "%s", path);
  p->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (p->fd < 0)
    status = tc_fail_errno(err, errno, "%s", path);
  else if (read(p->fd, &p->header, sizeof p->header) != (ssize_t)sizeof p->header)
    status = index_is_damaged(path, err);
  if (status != TC_OK) {
    index_proof_close(p);
    return status;
  }
  *out = p;
  return TC_OK;
}

/* The next piece, whole but at the end of the file; its length, -1: errno. */
static ssize_t read_piece(struct index_proof *p) {
  size_t have = 0;
  ssize_t n = 0;
  while (have < PIECE && (n = read(p->fd, p->piece + have, PIECE - have)) > 0)
    have += (size_t)n;
  return n < 0 ? -1 : (ssize_t)have;
}

tc_status index_proof_step(struct index_proof *p, bool *more, struct tc_error *err) {
  *more = true;
  for (size_t done = 0; *more && done < STEP; done += PIECE) {
    ssize_t have = read_piece(p);
    *more = have == PIECE;
    if (have < 0)
      return tc_fail_errno(err, errno, "%s", p->path);
    p->sum = index_sum(p->sum, p->piece, (size_t)have);
  }
  return *more || p->sum == p->header.sum ? TC_OK : index_is_damaged(p->path, err);
}

void index_proof_close(struct index_proof *p) {
  if (!p)
    return;
  if (p->fd >= 0)
    close(p->fd);
  free(p);
}
