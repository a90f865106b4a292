#include "sync/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/adopt.h"
#include "db/cache.h"
#include "sync/pack.h"
#include "sync/round.h"
#include "sync/snapshot_line.h"

enum { PIECE = 256 * 1024 };

/* What is being taken in. */
struct intake {
  const struct pull_header *head;
  struct adoption *adoption;
  struct hash_stream *hash;
  struct unpack *unpack;
  int64_t bytes;                 /* that came */
  char line[SNAPSHOT_LINE_MOST]; /* the first one, as far as it came */
  size_t line_len;
  bool line_ended;
  int64_t left[ADOPT_FILES]; /* bytes of each file that are still to come */
};

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* ---- what comes out of the frame ---------------------------------------------------------------
 */

static tc_status not_whole(struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("its bytes are not those that the source has a hash of"));
}

/* The first line; sizes that are not those that the source speaks of are not believed. */
static tc_status read_line(struct intake *in, struct tc_error *err) {
  struct snapshot_line line;
  if (!snapshot_line_read(&line, in->line, in->line_len) || line.version < 1)
    return tc_fail(err, TC_FOREIGN, _("it is no snapshot of tocsin-sync"));
  if (line.version > SNAPSHOT_VERSION)
    return tc_fail(err, TC_NEWER, _("it was made by a newer tocsin-sync"));
  if (line.database > in->head->unpacked || line.index > in->head->unpacked ||
      line.database + line.index + (int64_t)in->line_len + 1 != in->head->unpacked)
    return not_whole(err);
  in->left[ADOPT_DATABASE] = line.database;
  in->left[ADOPT_INDEX] = line.index;
  in->line_ended = true;
  return TC_OK;
}

/* For unpack_add(). */
static tc_status take(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct intake *in = context;
  const char *at = bytes, *end = at + len;
  while (at < end && !in->line_ended) {
    if (*at == '\n') {
      tc_status status = read_line(in, err);
      if (status != TC_OK)
        return status;
    } else if (in->line_len == SNAPSHOT_LINE_MOST) {
      return tc_fail(err, TC_FOREIGN, _("it is no snapshot of tocsin-sync"));
    } else {
      in->line[in->line_len++] = *at;
    }
    at++;
  }
  for (int f = 0; f < ADOPT_FILES && at < end; f++) {
    size_t n = (int64_t)(end - at) < in->left[f] ? (size_t)(end - at) : (size_t)in->left[f];
    tc_status status = n ? adoption_write(in->adoption, (enum adopt_file)f, at, n, err) : TC_OK;
    if (status != TC_OK)
      return status;
    in->left[f] -= (int64_t)n;
    at += n;
  }
  return at == end ? TC_OK : not_whole(err);
}

static tc_status take_packed(struct intake *in, const void *bytes, size_t len,
                             struct tc_error *err) {
  in->bytes += (int64_t)len;
  if (in->bytes > in->head->bytes)
    return not_whole(err);
  hash_stream_add(in->hash, bytes, len);
  return unpack_add(in->unpack, bytes, len, err);
}

/* ---- where it comes from -----------------------------------------------------------------------
 */

static tc_status take_chunks(struct intake *in, struct pg *pg, struct tc_error *err) {
  char id[24];
  const char *params[] = {id};
  const void *bytes;
  size_t len;
  snprintf(id, sizeof id, "%lld", (long long)in->head->id);
  tc_status status = pg_query(pg, "SELECT tocsin.snapshot_bytes($1::bigint)", params, 1, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK)
    status = bytes ? take_packed(in, bytes, len, err) : not_whole(err);
  return status == TC_DONE ? TC_OK : status;
}

static tc_status read_piece(int fd, const char *file, char *piece, size_t *len,
                            struct tc_error *err) {
  ssize_t n;
  do
    n = read(fd, piece, PIECE);
  while (n < 0 && errno == EINTR);
  *len = n > 0 ? (size_t)n : 0;
  if (n < 0) /* of the file, not of the cache */
    return tc_fail(err, TC_NO_INPUT, _("%s cannot be read: %s"), file, strerror(errno));
  return n == 0 ? TC_DONE : TC_OK;
}

/* Calls each() with what a file holds, from its beginning. */
static tc_status read_file(int fd, const char *file,
                           tc_status (*each)(struct intake *in, const void *bytes, size_t len,
                                             struct tc_error *err),
                           struct intake *in, struct tc_error *err) {
  char *piece = malloc(PIECE);
  size_t len;
  tc_status status = piece ? TC_OK : no_memory(err);
  if (status == TC_OK && lseek(fd, 0, SEEK_SET) != 0)
    status = tc_fail(err, TC_NO_INPUT, _("%s cannot be read: %s"), file, strerror(errno));
  while (status == TC_OK && (status = read_piece(fd, file, piece, &len, err)) == TC_OK)
    status = each(in, piece, len, err);
  free(piece);
  return status == TC_DONE ? TC_OK : status;
}

static tc_status only_hash(struct intake *in, const void *bytes, size_t len, struct tc_error *err) {
  (void)err;
  hash_stream_add(in->hash, bytes, len);
  return TC_OK;
}

static tc_status hash_file(int fd, const char *file, uint8_t out[HASH_SHA256],
                           struct tc_error *err) {
  struct intake in = {.hash = hash_stream_new()};
  if (!in.hash)
    return no_memory(err);
  tc_status status = read_file(fd, file, only_hash, &in, err);
  hash_stream_end(in.hash, out);
  return status;
}

/* ---- what the source says ----------------------------------------------------------------------
 */

/* TC_NOT_FOUND without a message: nothing. */
static tc_status ask_head(struct pg *pg, const uint8_t *sha256, struct pull_header *head,
                          struct tc_error *err) {
  char format[12], derived[24], hash[2 * HASH_SHA256 + 3] = "\\x";
  const char *params[] = {format, derived, sha256 ? hash : NULL};
  const void *bytes;
  size_t len;
  snprintf(format, sizeof format, "%d", CACHE_FORMAT);
  snprintf(derived, sizeof derived, "%lld", (long long)adopt_derived());
  for (size_t i = 0; sha256 && i < HASH_SHA256; i++)
    snprintf(hash + 2 + 2 * i, 3, "%02x", sha256[i]);
  tc_status status =
      pg_query(pg, "SELECT tocsin.snapshot_head($1::int, $2::bigint, $3::bytea)", params, 3, err);
  if (status == TC_OK)
    status = pg_next(pg, &bytes, &len, err);
  if (status == TC_DONE || (status == TC_OK && !bytes))
    return TC_NOT_FOUND;
  if (status == TC_OK && (len == 0 || *(const char *)bytes != 'H'))
    return round_broken(err);
  return status == TC_OK ? header_read(head, (const char *)bytes + 1, len - 1, err) : status;
}

/* Why it is of no use here. */
static tc_status judge(const struct pull_header *head, struct tc_error *err) {
  if (head->oldest_client > PULL_PROTOCOL || head->format > CACHE_FORMAT)
    return tc_fail(err, TC_NEWER, _("it was made by a newer tocsin-sync"));
  if (head->format != CACHE_FORMAT || head->derived != adopt_derived())
    return tc_fail(err, TC_REFUSED, _("it was made by another version of tocsin-sync"));
  if (head->changes > round_most(head->records))
    return tc_fail(err, TC_REFUSED, _("so much has changed since revision %lld that it is too old"),
                   (long long)head->revision);
  return TC_OK;
}

/* Is the cursor in the files the one of this header? */
static tc_status check_cursor(const struct buffer *text, const struct pull_header *head,
                              struct tc_error *err) {
  struct pull_cursor *c = malloc(sizeof *c);
  if (!c)
    return no_memory(err);
  bool is_that = cursor_read(c, buffer_text(text), text->len, NULL) == TC_OK && c->known &&
                 c->revision == head->revision && c->scope == head->scope &&
                 uuid_equal(&c->generation, &head->generation) &&
                 !memcmp(c->chain, head->chain, CHAIN_BYTES);
  free(c);
  return is_that ? TC_OK
                 : tc_fail(err, TC_DAMAGED, _("it is not of the revision that the source says"));
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static tc_status take_all(struct intake *in, struct pg *pg, int fd, const char *file,
                          struct tc_error *err) {
  tc_status status = unpack_new(&in->unpack, take, in, err);
  in->hash = hash_stream_new();
  if (status == TC_OK && !in->hash)
    status = no_memory(err);
  if (status == TC_OK)
    status = file ? read_file(fd, file, take_packed, in, err) : take_chunks(in, pg, err);
  uint8_t sha256[HASH_SHA256] = {0};
  hash_stream_end(in->hash, sha256);
  if (status == TC_OK &&
      (in->bytes != in->head->bytes || memcmp(sha256, in->head->sha256, sizeof sha256) != 0))
    status = not_whole(err);
  if (status == TC_OK)
    status = unpack_end(in->unpack, err);
  if (status == TC_OK && (!in->line_ended || in->left[ADOPT_DATABASE] || in->left[ADOPT_INDEX]))
    status = not_whole(err);
  unpack_free(in->unpack);
  return status;
}

static tc_status adopt(struct intake *in, struct pg *pg, const char *scope_dir, int fd,
                       const char *file, struct tc_error *err) {
  const struct adoption_facts facts = {.generation = in->head->generation,
                                       .revision = in->head->revision,
                                       .records = in->head->records,
                                       .digest = in->head->digest};
  struct buffer cursor = BUFFER_INIT;
  tc_status status = adoption_begin(&in->adoption, scope_dir, err);
  if (status == TC_OK)
    status = take_all(in, pg, fd, file, err);
  if (status == TC_OK)
    status = adoption_check(in->adoption, &facts, &cursor, err);
  if (status == TC_OK)
    status = check_cursor(&cursor, in->head, err);
  buffer_free(&cursor);
  if (status == TC_OK)
    return adoption_commit(in->adoption, pg_source(pg), err);
  adoption_discard(in->adoption);
  return status;
}

tc_status snapshot_adopt(struct pg *pg, const char *scope_dir, const char *file,
                         struct pull_header *head, int64_t *expected, struct tc_error *err) {
  uint8_t sha256[HASH_SHA256];
  struct intake in = {.head = head};
  int fd = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
  if (file && fd < 0)
    return tc_fail(err, TC_NO_INPUT, "%s: %s", file, strerror(errno));
  tc_status status = file ? hash_file(fd, file, sha256, err) : TC_OK;
  if (status == TC_OK) {
    struct tc_error own = {.status = TC_OK};
    status = ask_head(pg, file ? sha256 : NULL, head, &own);
    if (status != TC_OK && !strcmp(pg_sqlstate(pg), "42883")) /* a source that knows of none */
      status = TC_NOT_FOUND;
    else if (own.status != TC_OK && err)
      *err = own;
  }
  if (file && status == TC_NOT_FOUND)
    status = tc_fail(err, TC_REFUSED,
                     _("%s is no snapshot that this source has made for this terminal's "
                       "audiences, or not whole"),
                     file);
  if (status == TC_OK)
    status = judge(head, err);
  *expected = status == TC_OK && !file ? head->bytes : 0;
  if (status == TC_OK)
    status = adopt(&in, pg, scope_dir, fd, file, err);
  if (fd >= 0)
    close(fd);
  return status;
}
