/* Making a bundle: rows of the source, packed into pieces, and a signed manifest behind them. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "sync/bundle.h"
#include "sync/bundle_manifest.h"
#include "sync/pack.h"
#include "sync/round.h"
#include "sync/word.h"

enum { PATH_LONGEST = 1024, KEY_FILE_MOST = 4096 };

static const char first_line[] = "tocsin-bundle 1\n";

/* ---- keys --------------------------------------------------------------------------------------
 */

tc_status bundle_key(const char *file, struct buffer *public_key, struct tc_error *err) {
  uint8_t secret[SIGN_KEY], key[SIGN_KEY];
  char text[2 * SIGN_KEY + 2];
  tc_status status = sign_make(secret, key, err);
  if (status != TC_OK)
    return status;
  for (size_t i = 0; i < SIGN_KEY; i++)
    snprintf(text + 2 * i, sizeof text - 2 * i, "%02x", secret[i]);
  text[2 * SIGN_KEY] = '\n';
  sign_forget(secret);
  int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600), why = errno;
  if (fd >= 0)
    status = file_write(fd, file, text, 2 * SIGN_KEY + 1, err);
  sign_forget((uint8_t *)text);
  sign_forget((uint8_t *)text + SIGN_KEY);
  if (fd < 0)
    return why == EEXIST
               ? tc_fail(err, TC_REFUSED, _("%s is there already: a key is not overwritten"), file)
               : tc_fail_errno(err, why, "%s", file);
  if (status == TC_OK && fsync(fd) != 0)
    status = tc_fail_errno(err, errno, "%s", file);
  close(fd);
  if (status == TC_OK)
    status = file_sync_folder_of(file, err);
  else
    unlink(file);
  for (size_t i = 0; i < SIGN_KEY; i++)
    buffer_printf(public_key, "%02x", key[i]);
  return status == TC_OK ? buffer_status(public_key, err) : status;
}

static tc_status read_key(const char *file, uint8_t secret[SIGN_KEY], struct tc_error *err) {
  struct stat st;
  struct buffer text = BUFFER_INIT;
  tc_status status = file_read(&text, file, KEY_FILE_MOST, err);
  if (status == TC_OK && (stat(file, &st) != 0 || st.st_mode & 077))
    status =
        tc_fail(err, TC_DENIED, _("%s can be read by others than its owner: chmod 600 it"), file);
  const struct word word = {buffer_text(&text), text.len == 2 * SIGN_KEY + 1 ? 2 * SIGN_KEY : 0};
  if (status == TC_OK && !word_hex(word, secret, SIGN_KEY))
    status = tc_fail(err, TC_FOREIGN, _("%s is no key of tocsin-sync bundle key"), file);
  buffer_free(&text);
  return status;
}

/* ---- pieces ------------------------------------------------------------------------------------
 */

struct making {
  char file[PATH_LONGEST]; /* what is written, beside its place */
  int fd;                  /* of it; -1 */
  int64_t bytes;           /* packed, in the file */
  struct buffer piece;     /* what is not in the file yet */
  struct buffer hashes;    /* of the pieces, one behind the other */
};

static tc_status put_piece(struct making *m, struct tc_error *err) {
  uint8_t hash[HASH_SHA256];
  if (!m->piece.len)
    return TC_OK;
  hash_sha256(m->piece.data, m->piece.len, hash);
  buffer_add(&m->hashes, hash, sizeof hash);
  tc_status status = file_write(m->fd, m->file, m->piece.data, m->piece.len, err);
  m->bytes += (int64_t)m->piece.len;
  buffer_clear(&m->piece);
  return status == TC_OK ? buffer_status(&m->hashes, err) : status;
}

/* For pack_add(). */
static tc_status put_packed(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct making *m = context;
  const char *at = bytes;
  tc_status status = TC_OK;
  while (len && status == TC_OK) {
    size_t n = BUNDLE_PIECE - m->piece.len < len ? BUNDLE_PIECE - m->piece.len : len;
    buffer_add(&m->piece, at, n);
    at += n;
    len -= n;
    status = buffer_status(&m->piece, err);
    if (status == TC_OK && m->piece.len == BUNDLE_PIECE)
      status = put_piece(m, err);
  }
  return status;
}

static void put_u32(uint8_t out[4], size_t value) {
  for (int i = 0; i < 4; i++)
    out[i] = (uint8_t)(value >> (8 * i));
}

static tc_status pack_rows(struct pg *pg, struct pack *p, struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status;
  while ((status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    uint8_t head[4];
    if (!bytes || !len)
      return round_broken(err);
    put_u32(head, len);
    status = pack_add(p, head, sizeof head, err);
    if (status == TC_OK)
      status = pack_add(p, bytes, len, err);
    if (status != TC_OK)
      return status;
  }
  return status == TC_DONE ? TC_OK : status;
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static tc_status ask(struct pg *pg, const struct bundle_orders *o, struct tc_error *err) {
  struct buffer scope = BUFFER_INIT;
  char since[24];
  const char *params[] = {NULL, since};
  scope_write(o->scope, &scope);
  params[0] = buffer_text(&scope);
  snprintf(since, sizeof since, "%" PRId64, o->since);
  tc_status status = buffer_status(&scope, err);
  if (status == TC_OK)
    status =
        o->since < 0
            ? pg_query(pg, "SELECT tocsin.snapshot_all(string_to_array($1::text, ','))", params, 1,
                       err)
            : pg_query(pg, "SELECT tocsin.bundle_since(string_to_array($1::text, ','), $2::bigint)",
                       params, 2, err);
  buffer_free(&scope);
  return status;
}

static tc_status read_head(struct pg *pg, struct buffer *text, struct pull_header *head,
                           struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status = pg_next(pg, &bytes, &len, err);
  if (status == TC_DONE || (status == TC_OK && (!bytes || !len || *(const char *)bytes != 'H')))
    return round_broken(err);
  if (status != TC_OK)
    return status;
  buffer_add(text, (const char *)bytes + 1, len - 1);
  status = buffer_status(text, err);
  return status == TC_OK ? header_read(head, buffer_text(text), text->len, err) : status;
}

/* Behind the pieces: the manifest, its signature, its length. */
static tc_status put_manifest(struct making *m, const struct bundle_orders *o,
                              const uint8_t secret[SIGN_KEY], const struct buffer *head,
                              struct tc_error *err) {
  struct bundle_manifest manifest = {
      .since = o->since, .head = buffer_text(head), .head_len = head->len, .packed = m->bytes};
  struct buffer signed_text = {.limit = BUNDLE_MANIFEST_MOST + sizeof first_line};
  uint8_t signature[SIGN_BYTES], length[4];
  tc_status status = sign_public(secret, manifest.key, err);
  buffer_add_text(&signed_text, first_line);
  bundle_manifest_write(&signed_text, &manifest, &m->hashes);
  if (status == TC_OK)
    status = buffer_status(&signed_text, err);
  if (status == TC_OK)
    status = sign_bytes(secret, signed_text.data, signed_text.len, signature, err);
  size_t skip = sizeof first_line - 1;
  if (status == TC_OK)
    status = file_write(m->fd, m->file, (const char *)signed_text.data + skip,
                        signed_text.len - skip, err);
  if (status == TC_OK)
    status = file_write(m->fd, m->file, signature, sizeof signature, err);
  put_u32(length, signed_text.len - skip);
  if (status == TC_OK)
    status = file_write(m->fd, m->file, length, sizeof length, err);
  buffer_free(&signed_text);
  return status;
}

static tc_status place(struct making *m, const char *output, struct pull_header *head,
                       struct tc_error *err) {
  struct stat st;
  if (fchmod(m->fd, 0644) != 0 || fsync(m->fd) != 0 || fstat(m->fd, &st) != 0 ||
      rename(m->file, output) != 0)
    return tc_fail_errno(err, errno, "%s", output);
  m->file[0] = '\0';
  head->bytes = (int64_t)st.st_size;
  return file_sync_folder_of(output, err);
}

/* A file of its own beside the place, which one maker has at a time. */
static tc_status open_output(struct making *m, const char *output, struct tc_error *err) {
  char file[PATH_LONGEST];
  struct stat there, own;
  if (lstat(output, &there) == 0 && !S_ISREG(there.st_mode))
    return tc_fail(err, TC_REFUSED, _("%s is there and is no file: it is not replaced"), output);
  if (snprintf(file, sizeof file, "%s.new", output) >= (int)sizeof file)
    return tc_fail(err, TC_TOO_LONG, _("the path %s is too long"), output);
  m->fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (m->fd < 0)
    return tc_fail_errno(err, errno, "%s", file);
  if (flock(m->fd, LOCK_EX | LOCK_NB) != 0 || fstat(m->fd, &own) != 0 || lstat(file, &there) != 0 ||
      own.st_ino != there.st_ino || own.st_dev != there.st_dev || !S_ISREG(own.st_mode))
    return tc_fail(err, TC_BUSY, _("another program writes %s"), output);
  memcpy(m->file, file, sizeof file);
  return ftruncate(m->fd, 0) == 0 ? TC_OK : tc_fail_errno(err, errno, "%s", file);
}

static tc_status make(struct making *m, struct pg *pg, const struct bundle_orders *o,
                      struct pull_header *head, int64_t *expected, struct tc_error *err) {
  uint8_t secret[SIGN_KEY];
  struct buffer head_text = BUFFER_INIT;
  struct pack *p = NULL;
  tc_status status = read_key(o->key, secret, err); /* seen to be one before the source is asked */
  sign_forget(secret);
  if (status == TC_OK)
    status = open_output(m, o->output, err);
  if (status != TC_OK)
    return status;
  status = file_write(m->fd, m->file, first_line, sizeof first_line - 1, err);
  if (status == TC_OK)
    status = ask(pg, o, err);
  if (status == TC_OK)
    status = read_head(pg, &head_text, head, err);
  if (status == TC_OK)
    *expected = o->since < 0 ? head->records : 0;
  if (status == TC_OK)
    status = pack_new(&p, put_packed, m, err);
  if (status == TC_OK)
    status = pack_rows(pg, p, err);
  if (status == TC_OK)
    status = pack_end(p, err);
  if (status == TC_OK)
    status = put_piece(m, err);
  pack_free(p);
  if (status == TC_OK)
    status = read_key(o->key, secret, err);
  if (status == TC_OK)
    status = put_manifest(m, o, secret, &head_text, err);
  sign_forget(secret);
  buffer_free(&head_text);
  return status == TC_OK ? place(m, o->output, head, err) : status;
}

tc_status bundle_make(struct pg *pg, const struct bundle_orders *orders, struct pull_header *head,
                      int64_t *expected, struct tc_error *err) {
  struct making m = {.fd = -1};
  tc_status status = make(&m, pg, orders, head, expected, err);
  if (m.file[0])
    unlink(m.file);
  if (m.fd >= 0)
    close(m.fd);
  buffer_free(&m.piece);
  buffer_free(&m.hashes);
  return status;
}
