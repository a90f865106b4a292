/* Making a snapshot: a cache is built aside, compressed and put into the source's table. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/adopt.h"
#include "db/cache.h"
#include "sync/pack.h"
#include "sync/snapshot.h"

enum { CHUNK = 256 * 1024, PATH_LONGEST = 480, KEPT_DAYS = 30 };

struct making {
  struct pg *pg;
  struct pull_header *head;
  char folder[PATH_LONGEST]; /* a cache is built in; "": there is none */
  char file[PATH_LONGEST];   /* what is being written, beside its place or without one */
  bool named;                /* it has a place */
  int fd;                    /* of it; -1 */
  struct hash_stream *hash;
};

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static tc_status too_long(const char *path, struct tc_error *err) {
  return tc_fail(err, TC_TOO_LONG, _("the path %s is too long"), path);
}

static const char *folder_for_files(void) {
  const char *name = getenv("TMPDIR");
  return name && *name ? name : "/tmp";
}

/* ---- building and compressing ------------------------------------------------------------------
 */

static tc_status make_folder(struct making *m, struct tc_error *err) {
  int n = snprintf(m->folder, sizeof m->folder, "%s/tocsin-snapshot.XXXXXX", folder_for_files());
  if (n < 0 || (size_t)n >= sizeof m->folder) {
    m->folder[0] = '\0';
    return too_long(folder_for_files(), err);
  }
  if (mkdtemp(m->folder))
    return TC_OK;
  tc_status status = tc_fail_errno(err, errno, "%s", m->folder);
  m->folder[0] = '\0';
  return status;
}

static tc_status open_output(struct making *m, const char *output, struct tc_error *err) {
  int n = output ? snprintf(m->file, sizeof m->file, "%s.new", output)
                 : snprintf(m->file, sizeof m->file, "%s/packed", m->folder);
  if (n < 0 || (size_t)n >= sizeof m->file)
    return too_long(output ? output : m->folder, err);
  m->fd = open(m->file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (m->fd < 0)
    return tc_fail_errno(err, errno, "%s", m->file);
  m->named = output != NULL;
  if (!output)
    unlink(m->file);
  return TC_OK;
}

/* For pack_add(). */
static tc_status put_packed(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct making *m = context;
  hash_stream_add(m->hash, bytes, len);
  m->head->bytes += (int64_t)len;
  return file_write(m->fd, m->file, bytes, len, err);
}

static tc_status pack_file(struct pack *p, int fd, int64_t size, const char *path, char *piece,
                           struct tc_error *err) {
  for (int64_t at = 0; at < size;) {
    ssize_t n = pread(fd, piece, CHUNK, (off_t)at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? tc_fail_errno(err, errno, "%s", path)
                   : tc_fail(err, TC_IO, _("%s is shorter than it was"), path);
    if (n > size - at)
      n = (ssize_t)(size - at);
    tc_status status = pack_add(p, piece, (size_t)n, err);
    if (status != TC_OK)
      return status;
    at += n;
  }
  return TC_OK;
}

static tc_status pack_all(struct making *m, struct tc_error *err) {
  struct adopt_source from;
  struct pack *p = NULL;
  char line[80], *piece = NULL;
  tc_status status = adopt_source_open(&from, m->folder, err);
  if (status != TC_OK)
    return status;
  int len = snprintf(line, sizeof line, "tocsin-snapshot %d %lld %lld\n", SNAPSHOT_VERSION,
                     (long long)from.size[ADOPT_DATABASE], (long long)from.size[ADOPT_INDEX]);
  m->head->unpacked = len + from.size[ADOPT_DATABASE] + from.size[ADOPT_INDEX];
  m->hash = hash_stream_new();
  piece = malloc(CHUNK);
  status = m->hash && piece ? pack_new(&p, put_packed, m, err) : no_memory(err);
  if (status == TC_OK)
    status = pack_add(p, line, (size_t)len, err);
  for (int i = 0; i < ADOPT_FILES && status == TC_OK; i++)
    status = pack_file(p, from.fd[i], from.size[i], m->folder, piece, err);
  if (status == TC_OK)
    status = pack_end(p, err);
  hash_stream_end(m->hash, m->head->sha256);
  m->hash = NULL;
  pack_free(p);
  free(piece);
  adopt_source_close(&from);
  return status;
}

/* ---- into the source ---------------------------------------------------------------------------
 */

static void hex_of(const uint8_t *bytes, size_t len, char *out) {
  static const char digits[] = "0123456789abcdef";
  *out++ = '\\';
  *out++ = 'x';
  for (size_t i = 0; i < len; i++) {
    *out++ = digits[bytes[i] >> 4];
    *out++ = digits[bytes[i] & 15];
  }
  *out = '\0';
}

/* The row that says what it is; its id. */
static tc_status put_row(struct making *m, const char *scope, struct buffer *id,
                         struct tc_error *err) {
  const struct pull_header *h = m->head;
  char format[12], derived[24], generation[UUID_TEXT], revision[24], bytes[24], unpacked[24];
  char chain[2 * CHAIN_BYTES + 3], sha256[2 * HASH_SHA256 + 3];
  const char *params[] = {scope, format, derived,  generation, revision,
                          chain, bytes,  unpacked, sha256};
  snprintf(format, sizeof format, "%d", CACHE_FORMAT);
  snprintf(derived, sizeof derived, "%lld", (long long)adopt_derived());
  uuid_format(&h->generation, generation);
  snprintf(revision, sizeof revision, "%lld", (long long)h->revision);
  hex_of(h->chain, CHAIN_BYTES, chain);
  snprintf(bytes, sizeof bytes, "%lld", (long long)h->bytes);
  snprintf(unpacked, sizeof unpacked, "%lld", (long long)h->unpacked);
  hex_of(h->sha256, HASH_SHA256, sha256);
  return pg_value(m->pg, id,
                  "INSERT INTO tocsin.snapshot (scope, format, derived, generation, revision, "
                  "chain, bytes, unpacked, sha256) "
                  "VALUES (string_to_array($1::text, ','), $2::int, $3::bigint, $4::uuid, "
                  "$5::bigint, $6::bytea, $7::bigint, $8::bigint, $9::bytea) RETURNING id::text",
                  params, sizeof params / sizeof *params, err);
}

static tc_status put_chunks(struct making *m, const char *id, struct tc_error *err) {
  char number[12], *text = malloc(2 * CHUNK + 3);
  uint8_t *piece = malloc(CHUNK);
  const char *params[] = {id, number, text};
  struct buffer none = BUFFER_INIT;
  tc_status status = text && piece ? TC_OK : no_memory(err);
  int64_t at = 0;
  for (int n = 0; status == TC_OK && at < m->head->bytes; n++) {
    ssize_t len = pread(m->fd, piece, CHUNK, (off_t)at);
    if (len < 0 && errno == EINTR)
      continue;
    if (len <= 0) {
      status = tc_fail_errno(err, len < 0 ? errno : EIO, "%s", m->file);
      break;
    }
    hex_of(piece, (size_t)len, text);
    snprintf(number, sizeof number, "%d", n);
    status = pg_value(m->pg, &none,
                      "INSERT INTO tocsin.snapshot_chunk VALUES ($1::bigint, $2::int, $3::bytea)",
                      params, 3, err);
    at += len;
  }
  buffer_free(&none);
  free(piece);
  free(text);
  return status;
}

/* The bytes of those before it go, and the rows of those that nobody makes any more. */
static tc_status drop_older(struct making *m, const char *id, struct tc_error *err) {
  struct buffer none = BUFFER_INIT;
  char days[24];
  const char *params[] = {id};
  const char *old[] = {days};
  snprintf(days, sizeof days, "%d days", KEPT_DAYS);
  tc_status status = pg_value(
      m->pg, &none,
      "DELETE FROM tocsin.snapshot_chunk c USING tocsin.snapshot s, tocsin.snapshot n "
      "WHERE n.id = $1::bigint AND s.id <> n.id AND s.scope = n.scope AND s.format = n.format "
      "AND s.derived = n.derived AND c.snapshot = s.id",
      params, 1, err);
  if (status == TC_OK)
    status = pg_value(m->pg, &none, "DELETE FROM tocsin.snapshot WHERE made < now() - $1::interval",
                      old, 1, err);
  buffer_free(&none);
  return status;
}

static tc_status put_all(struct making *m, const char *scope, struct tc_error *err) {
  struct buffer id = BUFFER_INIT;
  tc_status status = pg_run(m->pg, "BEGIN", err);
  if (status == TC_OK)
    status = put_row(m, scope, &id, err);
  if (status == TC_OK)
    status = put_chunks(m, buffer_text(&id), err);
  if (status == TC_OK)
    status = drop_older(m, buffer_text(&id), err);
  if (status == TC_OK)
    status = pg_run(m->pg, "COMMIT", err);
  buffer_free(&id);
  return status;
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

/* Gives the file its place. */
static tc_status place_output(struct making *m, const char *output, struct tc_error *err) {
  if (fchmod(m->fd, 0640) != 0 || fsync(m->fd) != 0 || rename(m->file, output) != 0)
    return tc_fail_errno(err, errno, "%s", output);
  m->named = false;
  return file_sync_folder_of(output, err);
}

tc_status snapshot_make(struct pg *pg, uint32_t scope, const char *output,
                        struct pull_report *report, struct pull_header *head,
                        struct tc_error *err) {
  struct making m = {.pg = pg, .head = head, .fd = -1};
  struct buffer list = BUFFER_INIT;
  scope_write(scope, &list);
  tc_status status = buffer_status(&list, err);
  if (status == TC_OK)
    status = make_folder(&m, err);
  if (status == TC_OK)
    status = open_output(&m, output, err);
  if (status == TC_OK)
    status = pull_scope(pg, m.folder, buffer_text(&list), report, head, err);
  if (status == TC_OK)
    status = pack_all(&m, err);
  if (m.folder[0])
    adopt_source_remove(m.folder);
  if (status == TC_OK)
    status = put_all(&m, buffer_text(&list), err);
  if (status == TC_OK && output)
    status = place_output(&m, output, err);
  if (m.named)
    unlink(m.file);
  if (m.fd >= 0)
    close(m.fd);
  buffer_free(&list);
  return status;
}
