#include "db/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/words.h"

enum { PIECE = 4 * 1024 * 1024, MARK_LONGEST = 64 * 1024 };

static const char ready_line[] = "ready\n";

static tc_status mark_path(char out[WORDS_PATH], const char *scope_dir, const struct generation *g,
                           struct tc_error *err) {
  char folder[GENERATION_PATH];
  tc_status status = generation_folder(folder, scope_dir, g, err);
  if (status == TC_OK)
    snprintf(out, WORDS_PATH, "%s/aside", folder);
  return status;
}

/* ---- what is published -------------------------------------------------------------------------
 */

struct published {
  char database[GENERATION_PATH];
  int64_t index; /* the number of its file */
};

/* Brings all of it into its file.  TC_BUSY: a reader is in the way. */
static tc_status settle_published(struct published *p, const char *scope_dir,
                                  struct tc_error *err) {
  struct generation g;
  struct store s;
  struct stat st;
  char wal[GENERATION_PATH + 8];
  int64_t stamp = 0;
  tc_status status = generation_current(&g, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(p->database, scope_dir, &g, err);
  if (status == TC_OK)
    status = store_open(&s, p->database, STORE_WRITE, err);
  if (status != TC_OK)
    return status;
  status = store_meta_int(&s, "index", &stamp, err);
  if (status == TC_OK)
    status = store_exec(&s, "PRAGMA wal_checkpoint(TRUNCATE)", err);
  snprintf(wal, sizeof wal, "%s-wal", p->database);
  if (status == TC_OK && stat(wal, &st) == 0 && st.st_size > 0)
    status = tc_fail(err, TC_BUSY, _("%s is in use by another program; try again"), p->database);
  store_close(&s);
  p->index = stamp_number(stamp);
  return status;
}

/* ---- finding -----------------------------------------------------------------------------------
 */

/* Is it the one of this beginning of the mark? */
static bool is_marked(const char *scope_dir, const struct generation *g, const struct buffer *mark,
                      bool *ready) {
  struct buffer found = BUFFER_INIT;
  char path[WORDS_PATH];
  bool same = mark_path(path, scope_dir, g, NULL) == TC_OK &&
              file_read(&found, path, MARK_LONGEST, NULL) == TC_OK && found.len >= mark->len &&
              !memcmp(found.data, mark->data, mark->len);
  *ready = same && !strcmp(found.data + mark->len, ready_line);
  buffer_free(&found);
  return same;
}

static tc_status write_mark(const char *scope_dir, const struct generation *g,
                            const struct buffer *mark, struct tc_error *err) {
  char path[WORDS_PATH];
  tc_status status = mark_path(path, scope_dir, g, err);
  return status == TC_OK ? file_replace(path, mark->data, mark->len, 0640, err) : status;
}

tc_status aside_begin(struct generation *out, const char *scope_dir, const char *key, bool empty,
                      bool *ready, struct tc_error *err) {
  struct buffer mark = BUFFER_INIT;
  struct published p;
  tc_status status = empty ? TC_OK : settle_published(&p, scope_dir, err);
  *ready = false;
  if (status != TC_OK)
    return status;
  buffer_printf(&mark, "%s\n%llu\n", key,
                empty ? 0ULL : (unsigned long long)file_stamp(p.database));
  status = buffer_status(&mark, err);
  bool there = status == TC_OK && generation_unpublished(out, scope_dir) &&
               is_marked(scope_dir, out, &mark, ready);
  if (there && empty && !*ready) { /* that is quickly begun again */
    generation_remove(scope_dir, out);
    there = false;
  }
  if (status == TC_OK && !there) {
    status = generation_make(out, scope_dir, err);
    if (status == TC_OK)
      status = write_mark(scope_dir, out, &mark, err);
  }
  buffer_free(&mark);
  return status;
}

tc_status aside_ready(const char *scope_dir, const struct generation *g, struct tc_error *err) {
  struct buffer mark = BUFFER_INIT;
  char path[WORDS_PATH];
  tc_status status = mark_path(path, scope_dir, g, err);
  if (status == TC_OK)
    status = file_read(&mark, path, MARK_LONGEST, err);
  buffer_add_text(&mark, ready_line);
  if (status == TC_OK)
    status = buffer_status(&mark, err);
  if (status == TC_OK)
    status = write_mark(scope_dir, g, &mark, err);
  buffer_free(&mark);
  return status;
}

void aside_done(const char *scope_dir, const struct generation *g) {
  char path[WORDS_PATH];
  if (mark_path(path, scope_dir, g, NULL) == TC_OK)
    unlink(path);
}

void aside_forget(const char *scope_dir) {
  struct generation g;
  if (generation_current(&g, scope_dir, NULL) == TC_OK)
    aside_done(scope_dir, &g);
}

/* ---- copying -----------------------------------------------------------------------------------
 */

/* How much of a copy is known to last: a power cut may have taken the last piece. */
static off_t lasting(off_t size) {
  return size / PIECE > 0 ? (size / PIECE - 1) * PIECE : 0;
}

/* One piece, which lasts then.  TC_DONE: it was the last. */
static tc_status copy_piece(int from, int to, off_t at, const char *path, char *piece,
                            struct tc_error *err) {
  ssize_t n;
  do
    n = pread(from, piece, PIECE, at);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return tc_fail_errno(err, errno, "%s", path);
  tc_status status = file_write(to, path, piece, (size_t)n, err);
  if (status == TC_OK && fsync(to) != 0)
    status = tc_fail_errno(err, errno, "%s", path);
  return status == TC_OK && n < PIECE ? TC_DONE : status;
}

/* The rest of a file, behind what is there. */
static tc_status copy_rest(int from, const char *path, char *piece, struct tc_error *err) {
  struct stat st;
  tc_status status = TC_OK;
  off_t at = 0;
  int to = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (to < 0 || fstat(to, &st) != 0)
    status = tc_fail_errno(err, errno, "%s", path);
  else
    at = lasting(st.st_size);
  if (status == TC_OK && ftruncate(to, at) != 0)
    status = tc_fail_errno(err, errno, "%s", path);
  for (; status == TC_OK; at += PIECE)
    status = copy_piece(from, to, at, path, piece, err);
  if (to >= 0)
    close(to);
  return status == TC_DONE ? TC_OK : status;
}

static tc_status copy_file(const char *from, const char *to, char *piece, struct tc_error *err) {
  int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return tc_fail_errno(err, errno, "%s", from);
  tc_status status = copy_rest(fd, to, piece, err);
  close(fd);
  return status;
}

tc_status aside_copy(const char *scope_dir, const struct generation *g, struct tc_error *err) {
  struct published p;
  struct generation current;
  char from[GENERATION_PATH], to[GENERATION_PATH], old[WORDS_PATH], new[WORDS_PATH];
  char *piece = malloc(PIECE);
  tc_status status = piece ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK)
    status = settle_published(&p, scope_dir, err);
  if (status == TC_OK)
    status = generation_current(&current, scope_dir, err);
  if (status == TC_OK)
    status = generation_folder(from, scope_dir, &current, err);
  if (status == TC_OK)
    status = generation_folder(to, scope_dir, g, err);
  if (status == TC_OK) {
    words_path(old, from, p.index);
    words_path(new, to, p.index);
    status = copy_file(old, new, piece, err);
  }
  if (status == TC_OK)
    status = generation_path(to, scope_dir, g, err);
  if (status == TC_OK)
    status = copy_file(p.database, to, piece, err);
  free(piece);
  return status;
}
