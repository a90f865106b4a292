#include "sync/inbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"

enum {
  PATH_LONGEST = 512,
  PIECE = 256 * 1024,
  FRAME_LONGEST = 2 * 1024 * 1024, /* a record is at most half of it */
  FACTS = 4
};

static const char magic[] = "tocsin-inbox 1\n";
static const uint8_t end_mark[4] = {0xff, 0xff, 0xff, 0xff};

/* What is being received lies beside what has been: nobody takes it for that. */
static const char part_suffix[] = ".part";

struct inbox {
  char path[PATH_LONGEST]; /* of what is open: while receiving, of the part */
  int fd;                  /* -1: all of it is in memory */
  struct buffer tail;      /* not written yet */
  struct hash_stream *hash;
  struct inbox_facts facts;
  struct buffer texts[FACTS]; /* whose bytes the facts borrow */
  int unclean;
  /* reading */
  FILE *from;
  struct buffer frame;
};

static tc_status path_of(char out[PATH_LONGEST], const char *scope_dir, const char *suffix,
                         struct tc_error *err) {
  int n = snprintf(out, PATH_LONGEST, "%s/cache/inbox%s", scope_dir, suffix);
  return n > 0 && n < PATH_LONGEST
             ? TC_OK
             : tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long: %s"), scope_dir);
}

static tc_status inbox_make(struct inbox **out, const char *scope_dir, const char *suffix,
                            struct tc_error *err) {
  struct inbox *in = calloc(1, sizeof *in);
  *out = NULL;
  if (!in)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  in->fd = -1;
  in->hash = hash_stream_new();
  tc_status status = in->hash ? path_of(in->path, scope_dir, suffix, err)
                              : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status != TC_OK) {
    inbox_free(in);
    return status;
  }
  *out = in;
  return TC_OK;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static void add_frame(struct buffer *to, const void *bytes, size_t len) {
  uint8_t size[4];
  for (int i = 0; i < 4; i++)
    size[i] = (uint8_t)(len >> (8 * i));
  buffer_add(to, size, sizeof size);
  buffer_add(to, bytes, len);
}

static tc_status flush(struct inbox *in, struct tc_error *err) {
  tc_status status = buffer_status(&in->tail, err);
  if (status == TC_OK && in->fd < 0) {
    in->fd = open(in->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (in->fd < 0)
      status = tc_fail_errno(err, errno, "%s", in->path);
  }
  if (status == TC_OK)
    status = file_write(in->fd, in->path, in->tail.data, in->tail.len, err);
  if (status != TC_OK)
    return status;
  hash_stream_add(in->hash, in->tail.data, in->tail.len);
  buffer_clear(&in->tail);
  return TC_OK;
}

tc_status inbox_new(struct inbox **out, const char *scope_dir, const struct inbox_facts *facts,
                    struct tc_error *err) {
  struct inbox *in = NULL;
  tc_status status = inbox_make(&in, scope_dir, part_suffix, err);
  *out = NULL;
  if (!in)
    return status;
  buffer_add(&in->tail, magic, sizeof magic - 1);
  add_frame(&in->tail, facts->base, facts->base_len);
  add_frame(&in->tail, facts->source, strlen(facts->source));
  add_frame(&in->tail, facts->head, facts->head_len);
  add_frame(&in->tail, facts->all ? "all" : "delta", facts->all ? 3 : 5);
  *out = in;
  return TC_OK;
}

tc_status inbox_add(struct inbox *in, const void *bytes, size_t len, struct tc_error *err) {
  add_frame(&in->tail, bytes, len);
  size_t most = in->fd < 0 ? INBOX_LEAST : PIECE;
  return in->tail.len > most ? flush(in, err) : buffer_status(&in->tail, err);
}

/* The part becomes the inbox. */
static tc_status take_name(struct inbox *in, struct tc_error *err) {
  char whole[PATH_LONGEST];
  snprintf(whole, sizeof whole, "%.*s", (int)(strlen(in->path) - sizeof part_suffix + 1), in->path);
  if (rename(in->path, whole) != 0)
    return tc_fail_errno(err, errno, "%s", in->path);
  memcpy(in->path, whole, sizeof whole);
  return file_sync_folder_of(in->path, err);
}

tc_status inbox_seal(struct inbox *in, struct tc_error *err) {
  uint8_t sum[HASH_SHA256];
  if (in->fd < 0)
    return TC_OK;
  tc_status status = flush(in, err);
  hash_stream_end(in->hash, sum);
  in->hash = NULL;
  if (status == TC_OK)
    status = file_write(in->fd, in->path, end_mark, sizeof end_mark, err);
  if (status == TC_OK)
    status = file_write(in->fd, in->path, sum, sizeof sum, err);
  if (status == TC_OK && fsync(in->fd) != 0)
    status = tc_fail_errno(err, errno, "%s", in->path);
  return status == TC_OK ? take_name(in, err) : status;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static tc_status not_whole(const struct inbox *in, struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("%s is not whole"), in->path);
}

static bool read_all(FILE *from, struct hash_stream *hash, void *to, size_t len) {
  bool whole = fread(to, 1, len, from) == len;
  if (whole && hash)
    hash_stream_add(hash, to, len);
  return whole;
}

/* The next frame into a buffer that is cleared first.  TC_DONE: the mark of the end. */
static tc_status read_frame(struct inbox *in, struct hash_stream *hash, struct buffer *to,
                            struct tc_error *err) {
  uint8_t size[4];
  size_t len = 0;
  buffer_clear(to);
  if (!read_all(in->from, NULL, size, sizeof size))
    return not_whole(in, err);
  if (!memcmp(size, end_mark, sizeof size))
    return TC_DONE;
  for (int i = 0; i < 4; i++)
    len |= (size_t)size[i] << (8 * i);
  if (len > FRAME_LONGEST)
    return not_whole(in, err);
  if (hash)
    hash_stream_add(hash, size, sizeof size);
  char *at = buffer_reserve(to, len);
  if (!at)
    return buffer_status(to, err);
  if (!read_all(in->from, hash, at, len))
    return not_whole(in, err);
  to->len += len;
  to->data[to->len] = '\0';
  return TC_OK;
}

/* The beginning: magic and facts. */
static tc_status read_facts(struct inbox *in, struct hash_stream *hash, struct tc_error *err) {
  char word[sizeof magic - 1];
  rewind(in->from);
  if (!read_all(in->from, hash, word, sizeof word) || memcmp(word, magic, sizeof word) != 0)
    return not_whole(in, err);
  tc_status status = TC_OK;
  for (int i = 0; i < FACTS && status == TC_OK; i++)
    status = read_frame(in, hash, &in->texts[i], err);
  if (status != TC_OK)
    return status == TC_DONE ? not_whole(in, err) : status;
  in->facts = (struct inbox_facts){.base = buffer_text(&in->texts[0]),
                                   .base_len = in->texts[0].len,
                                   .source = buffer_text(&in->texts[1]),
                                   .head = buffer_text(&in->texts[2]),
                                   .head_len = in->texts[2].len,
                                   .all = !strcmp(buffer_text(&in->texts[3]), "all")};
  return TC_OK;
}

/* All of it, against its hash; then the times it was begun. */
static tc_status verify(struct inbox *in, struct tc_error *err) {
  uint8_t sum[HASH_SHA256], kept[HASH_SHA256];
  tc_status status = read_facts(in, in->hash, err);
  while (status == TC_OK)
    status = read_frame(in, in->hash, &in->frame, err);
  if (status != TC_DONE)
    return status;
  hash_stream_end(in->hash, sum);
  in->hash = NULL;
  if (!read_all(in->from, NULL, kept, sizeof kept) || memcmp(sum, kept, sizeof sum) != 0)
    return not_whole(in, err);
  in->unclean = 1;
  while (in->unclean < INT8_MAX && getc(in->from) != EOF)
    in->unclean++;
  return TC_OK;
}

tc_status inbox_open(struct inbox **out, const char *scope_dir, struct tc_error *err) {
  struct inbox *in = NULL;
  tc_status status = inbox_make(&in, scope_dir, "", err);
  *out = NULL;
  if (!in)
    return status;
  in->fd = open(in->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (in->fd < 0) {
    status = errno == ENOENT ? TC_NOT_FOUND : tc_fail_errno(err, errno, "%s", in->path);
    inbox_free(in);
    return status;
  }
  int copy = fcntl(in->fd, F_DUPFD_CLOEXEC, 0);
  in->from = copy >= 0 ? fdopen(copy, "r") : NULL;
  if (!in->from && copy >= 0)
    close(copy);
  status = in->from ? verify(in, err) : tc_fail_errno(err, errno, "%s", in->path);
  if (status != TC_OK) {
    inbox_free(in);
    return status;
  }
  *out = in;
  return TC_OK;
}

const struct inbox_facts *inbox_facts(const struct inbox *in) {
  return &in->facts;
}

int inbox_unclean(const struct inbox *in) {
  return in->unclean;
}

tc_status inbox_begin(struct inbox *in, struct tc_error *err) {
  tc_status status = TC_OK;
  if (lseek(in->fd, 0, SEEK_END) < 0)
    status = tc_fail_errno(err, errno, "%s", in->path);
  if (status == TC_OK)
    status = file_write(in->fd, in->path, "", 1, err);
  if (status == TC_OK && fsync(in->fd) != 0)
    status = tc_fail_errno(err, errno, "%s", in->path);
  return status == TC_OK ? read_facts(in, NULL, err) : status;
}

tc_status inbox_next(struct inbox *in, const void **bytes, size_t *len, struct tc_error *err) {
  tc_status status = read_frame(in, NULL, &in->frame, err);
  *bytes = buffer_text(&in->frame);
  *len = in->frame.len;
  return status;
}

void inbox_free(struct inbox *in) {
  if (!in)
    return;
  if (in->fd >= 0)
    close(in->fd);
  if (in->from)
    fclose(in->from);
  hash_stream_end(in->hash, NULL);
  for (int i = 0; i < FACTS; i++)
    buffer_free(&in->texts[i]);
  buffer_free(&in->tail);
  buffer_free(&in->frame);
  free(in);
}

static bool is_there(const char *scope_dir, const char *suffix) {
  char path[PATH_LONGEST];
  struct stat st;
  return path_of(path, scope_dir, suffix, NULL) == TC_OK && lstat(path, &st) == 0;
}

bool inbox_is_there(const char *scope_dir) {
  return is_there(scope_dir, "");
}

bool inbox_is_part(const char *scope_dir) {
  return is_there(scope_dir, part_suffix);
}

void inbox_remove(const char *scope_dir) {
  const char *const suffixes[] = {"", part_suffix};
  char path[PATH_LONGEST];
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
    if (path_of(path, scope_dir, suffixes[i], NULL) == TC_OK)
      unlink(path);
}
