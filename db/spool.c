#include "db/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

enum { PIECE = 256 * 1024 };

tc_status spool_open(struct spool *s, const char *folder, struct tc_error *err) {
  *s = SPOOL_INIT;
  if ((size_t)snprintf(s->path, sizeof s->path, "%s/spool", folder) >= sizeof s->path)
    return tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long"));
  s->fd = open(s->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (s->fd < 0)
    return tc_fail_errno(err, errno, "%s", s->path);
  unlink(s->path);
  return TC_OK;
}

void spool_close(struct spool *s) {
  if (s->fd >= 0)
    close(s->fd);
  buffer_free(&s->tail);
  *s = SPOOL_INIT;
}

static tc_status flush(struct spool *s, struct tc_error *err) {
  for (size_t done = 0; done < s->tail.len;) {
    ssize_t n = pwrite(s->fd, s->tail.data + done, s->tail.len - done, (off_t)(s->written + done));
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return tc_fail_errno(err, errno, "%s", s->path);
    done += (size_t)n;
  }
  s->written += s->tail.len;
  buffer_clear(&s->tail);
  return TC_OK;
}

tc_status spool_put(struct spool *s, const void *bytes, size_t len, uint64_t *at,
                    struct tc_error *err) {
  *at = s->written + s->tail.len;
  buffer_add(&s->tail, bytes, len);
  tc_status status = buffer_status(&s->tail, err);
  return status == TC_OK && s->tail.len >= PIECE ? flush(s, err) : status;
}

tc_status spool_get(struct spool *s, uint64_t at, size_t len, struct buffer *out,
                    struct tc_error *err) {
  tc_status status = s->tail.len ? flush(s, err) : TC_OK;
  buffer_clear(out);
  char *to = status == TC_OK ? buffer_reserve(out, len) : NULL;
  for (size_t done = 0; status == TC_OK && to && done < len;) {
    ssize_t n = pread(s->fd, to + done, len - done, (off_t)(at + done));
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? tc_fail_errno(err, errno, "%s", s->path)
                   : tc_fail_errno(err, EIO, "%s", s->path);
    done += (size_t)n;
  }
  if (to) {
    out->len = len;
    out->data[len] = '\0';
  }
  return status == TC_OK ? buffer_status(out, err) : status;
}
