/* Taking a bundle in: believed piece by piece, and then like an answer of a source. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "core/texts.h"
#include "db/writer.h"
#include "sync/bundle.h"
#include "sync/bundle_manifest.h"
#include "sync/pack.h"
#include "sync/round.h"
#include "sync/word.h"

enum { ROW_MOST = 16 * 1024 * 1024, LABEL = 32 };

static const char first_line[] = "tocsin-bundle 1\n";

struct loading {
  const char *file;
  int fd;
  struct buffer text; /* the first line and the manifest */
  struct bundle_manifest manifest;
  size_t piece; /* the next one */
  struct unpack *unpack;
  struct buffer rows; /* unpacked, from at on not given yet */
  size_t at;
  bool begun, ended;
  char label[LABEL]; /* whose it is, for the cache and for people */
  struct round_state *round;
};

static tc_status not_signed(const struct loading *l, struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("%s is not as it was signed: nothing of it is taken"), l->file);
}

static tc_status no_bundle(const struct loading *l, struct tc_error *err) {
  return tc_fail(err, TC_FOREIGN, _("%s is no bundle of tocsin-sync, or not whole"), l->file);
}

/* ---- who signed it -----------------------------------------------------------------------------
 */

/* Exactly these bytes of the file. */
static tc_status read_at(const struct loading *l, int64_t offset, void *bytes, size_t len,
                         struct tc_error *err) {
  char *to = bytes;
  while (len) {
    ssize_t n = pread(l->fd, to, len, (off_t)offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? tc_fail(err, TC_NO_INPUT, _("%s cannot be read: %s"), l->file, strerror(errno))
                   : no_bundle(l, err);
    to += n;
    offset += n;
    len -= (size_t)n;
  }
  return TC_OK;
}

static bool is_believed(const uint8_t key[SIGN_KEY], const char *keys) {
  for (keys += strspn(keys, " \t"); *keys; keys += strspn(keys, " \t")) {
    const struct word word = {keys, strcspn(keys, " \t")};
    uint8_t one[SIGN_KEY];
    if (word_hex(word, one, sizeof one) && !memcmp(one, key, sizeof one))
      return true;
    keys += word.len;
  }
  return false;
}

/* The manifest lies at the end, between the pieces and its signature. */
static tc_status read_manifest(struct loading *l, const char *keys, struct tc_error *err) {
  const size_t head = sizeof first_line - 1, tail = SIGN_BYTES + 4;
  struct stat st;
  uint8_t end[SIGN_BYTES + 4];
  if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < (off_t)(head + tail))
    return no_bundle(l, err);
  tc_status status = read_at(l, (int64_t)st.st_size - (int64_t)tail, end, tail, err);
  uint32_t len = 0;
  for (int i = 0; i < 4; i++)
    len |= (uint32_t)end[SIGN_BYTES + i] << (8 * i);
  if (status == TC_OK &&
      (len > BUNDLE_MANIFEST_MOST || (int64_t)st.st_size < (int64_t)(head + len + tail)))
    status = no_bundle(l, err);
  char *text = status == TC_OK ? buffer_reserve(&l->text, head + len) : NULL;
  if (status == TC_OK && !text)
    status = buffer_status(&l->text, err);
  if (status == TC_OK)
    status = read_at(l, 0, text, head, err);
  if (status == TC_OK)
    status = read_at(l, (int64_t)st.st_size - (int64_t)tail - len, text + head, len, err);
  if (status != TC_OK)
    return status;
  l->text.len = head + len;
  if (memcmp(text, first_line, head) != 0)
    return no_bundle(l, err);
  if (!bundle_manifest_read(&l->manifest, text + head, len) ||
      (int64_t)st.st_size != (int64_t)(head + len + tail) + l->manifest.packed)
    return no_bundle(l, err);
  if (!is_believed(l->manifest.key, keys))
    return tc_fail(err, TC_DENIED,
                   _("%s is signed by a key that bundle_keys of tocsin.conf does not name"),
                   l->file);
  if (!sign_check(l->manifest.key, text, l->text.len, end))
    return not_signed(l, err);
  int n = snprintf(l->label, sizeof l->label, "bundle ");
  for (size_t i = 0; i < 4; i++)
    n += snprintf(l->label + n, sizeof l->label - (size_t)n, "%02x", l->manifest.key[i]);
  return TC_OK;
}

/* ---- rows --------------------------------------------------------------------------------------
 */

/* For unpack_add(). */
static tc_status take_unpacked(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct loading *l = context;
  buffer_add(&l->rows, bytes, len);
  return buffer_status(&l->rows, err);
}

/* Unpacks the next piece, once its hash is that of the manifest. */
static tc_status take_piece(struct loading *l, struct tc_error *err) {
  const struct bundle_manifest *m = &l->manifest;
  uint8_t want[HASH_SHA256], hash[HASH_SHA256];
  int64_t from = (int64_t)l->piece * BUNDLE_PIECE;
  size_t len = m->packed - from < BUNDLE_PIECE ? (size_t)(m->packed - from) : BUNDLE_PIECE;
  if (l->piece == m->piece_count) {
    l->ended = true;
    return unpack_end(l->unpack, err);
  }
  char *bytes = malloc(len);
  if (!bytes)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = read_at(l, (int64_t)sizeof first_line - 1 + from, bytes, len, err);
  bundle_manifest_piece(m, l->piece++, want);
  hash_sha256(bytes, len, hash);
  if (status == TC_OK && memcmp(hash, want, sizeof hash) != 0)
    status = not_signed(l, err);
  /* what was given goes, what is left of it stays */
  if (l->at)
    memmove(l->rows.data, l->rows.data + l->at, l->rows.len - l->at);
  l->rows.len -= l->at;
  l->at = 0;
  if (status == TC_OK)
    status = unpack_add(l->unpack, bytes, len, err);
  free(bytes);
  return status;
}

/* How many bytes the next row has; 0: that is not all here yet. */
static size_t row_len(const struct loading *l) {
  const uint8_t *at = (const uint8_t *)l->rows.data + l->at;
  if (l->rows.len - l->at < 4)
    return 0;
  size_t len = at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
  return len;
}

/* The chains that stand behind where the cache is; those before it knows. */
static void leave_out_known(const struct loading *l, const void **bytes, size_t *len) {
  static char kept[1 + PULL_HISTORY * CHAIN_SHORT];
  const struct round_state *r = l->round;
  size_t count = (*len - 1) / CHAIN_SHORT, most = (size_t)(r->head.revision - r->mine.revision);
  if (l->manifest.since < 0 || count <= most || most > PULL_HISTORY)
    return;
  kept[0] = 'K';
  memcpy(kept + 1, (const char *)*bytes + 1 + (count - most) * CHAIN_SHORT, most * CHAIN_SHORT);
  *bytes = kept;
  *len = 1 + most * CHAIN_SHORT;
}

static tc_status check_history(const struct loading *l, const void *bytes, size_t len,
                               struct tc_error *err);

/* For round_state.rows. */
static tc_status next_row(void *context, const void **bytes, size_t *len, struct tc_error *err) {
  struct loading *l = context;
  size_t want;
  while (!(want = row_len(l)) || l->rows.len - l->at - 4 < want) {
    if (l->ended && l->rows.len == l->at && !want)
      return TC_DONE;
    if (l->ended || want > ROW_MOST)
      return not_signed(l, err);
    tc_status status = take_piece(l, err);
    if (status != TC_OK)
      return status;
  }
  *bytes = l->rows.data + l->at + 4;
  *len = want;
  l->at += 4 + want;
  bool chains = *(const char *)*bytes == 'K', first = !l->begun;
  l->begun = true;
  if (!chains && !first)
    return TC_OK;
  if (!chains || !first || (want - 1) % CHAIN_SHORT != 0) /* they come first, once, and whole */
    return not_signed(l, err);
  tc_status status = check_history(l, *bytes, *len, err);
  leave_out_known(l, bytes, len);
  return status;
}

/* ---- may it be taken ---------------------------------------------------------------------------
 */

static tc_status refuse_older(const struct loading *l, struct tc_error *err) {
  return tc_fail(err, TC_REFUSED,
                 _("%s is of revision %lld, and revision %lld is here: the cache is kept"), l->file,
                 (long long)l->round->head.revision, (long long)l->round->mine.revision);
}

/* Does what has changed follow on the cache?  The bundle's chains end at its own revision. */
static tc_status check_history(const struct loading *l, const void *bytes, size_t len,
                               struct tc_error *err) {
  const struct round_state *r = l->round;
  const struct pull_cursor *mine = &r->mine;
  if (l->manifest.since < 0)
    return TC_OK;
  size_t count = (len - 1) / CHAIN_SHORT;
  int64_t back = r->head.revision - mine->revision;
  bool base = mine->revision == l->manifest.since && r->head.has_chain_at &&
              !memcmp(r->head.chain_at, mine->chain, CHAIN_BYTES);
  bool later = mine->revision > l->manifest.since && back >= 0 && (size_t)back < count &&
               !memcmp((const char *)bytes + 1 + (count - 1 - (size_t)back) * CHAIN_SHORT,
                       mine->chain, CHAIN_SHORT);
  if (base || later)
    return TC_OK;
  return tc_fail(err, TC_REFUSED,
                 _("%s holds what changed between revisions %lld and %lld, and does not follow on "
                   "what is here (revision %lld): a bundle of everything is needed"),
                 l->file, (long long)l->manifest.since, (long long)r->head.revision,
                 (long long)mine->revision);
}

/* *same: there is nothing new in it. */
static tc_status check(const struct loading *l, bool *same, struct tc_error *err) {
  const struct round_state *r = l->round;
  const struct pull_cursor *mine = &r->mine;
  struct buffer its = BUFFER_INIT, own = BUFFER_INIT;
  tc_status status = TC_OK;
  bool whole = l->manifest.since < 0;
  *same = false;
  if (r->head.oldest_client > PULL_PROTOCOL)
    return tc_fail(err, TC_NEWER, _("%s was made for a newer tocsin-sync"), l->file);
  if (!r->head.scope)
    return no_bundle(l, err);
  if (!mine->known)
    return whole
               ? TC_OK
               : tc_fail(err, TC_REFUSED,
                         _("%s holds what changed since revision %lld, and what is here came from "
                           "no source: a bundle of everything is needed"),
                         l->file, (long long)l->manifest.since);
  if (r->head.scope != mine->scope) {
    scope_write(r->head.scope, &its);
    scope_write(mine->scope, &own);
    status = tc_fail(err, TC_REFUSED, _("%s is for terminals that hold %s, and this one holds %s"),
                     l->file, buffer_text(&its), buffer_text(&own));
    buffer_free(&its);
    buffer_free(&own);
    return status;
  }
  if (whole &&
      r->head.now < r->source_time) /* of whatever history: it was made before what is here */
    return refuse_older(l, err);
  if (!uuid_equal(&mine->generation, &r->head.generation))
    return whole ? TC_OK
                 : tc_fail(err, TC_REFUSED,
                           _("%s is of another source than what is here: a bundle of everything is "
                             "needed"),
                           l->file);
  if (r->head.revision > mine->revision)
    return TC_OK;
  int64_t back = mine->revision - r->head.revision;
  if (back >= (int64_t)mine->history_count) /* nobody can tell whose history it is of */
    return back ? refuse_older(l, err) : TC_OK;
  bool of_mine =
      !memcmp(r->head.chain, mine->history[mine->history_count - 1 - (size_t)back], CHAIN_SHORT);
  *same = of_mine && !back;
  return of_mine && back ? refuse_older(l, err) : TC_OK;
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static tc_status load(struct loading *l, const char *keys, struct tc_error *err) {
  struct round_state *r = l->round;
  bool same = false;
  l->fd = open(l->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (l->fd < 0)
    return tc_fail(err, TC_NO_INPUT, "%s: %s", l->file, strerror(errno));
  tc_status status = read_manifest(l, keys, err);
  if (status == TC_OK)
    status = header_read(&r->head, l->manifest.head, l->manifest.head_len, err);
  if (status == TC_OK)
    status = round_read_cache(r, err);
  if (status == TC_OK)
    status = round_check_grant(r, err);
  if (status == TC_OK)
    status = check(l, &same, err);
  r->report->source_now = status == TC_OK ? r->head.now : 0;
  if (status == TC_OK && same) {
    r->report->word = "same";
    r->report->reason = _("nothing new");
    return TC_OK;
  }
  if (status == TC_OK)
    status = unpack_new(&l->unpack, take_unpacked, l, err);
  if (status == TC_OK)
    status = round_given(r, l->manifest.since < 0, err);
  if (status == TC_OK) {
    r->report->word = l->manifest.since < 0 ? "all" : "delta";
    r->report->reason =
        l->manifest.since < 0 ? _("loaded out of a bundle") : _("changed by a bundle");
  }
  return status;
}

tc_status bundle_load(const struct pull_orders *orders, const char *file, const char *keys,
                      struct pull_report *report, struct tc_error *err) {
  struct loading l = {.file = file, .fd = -1, .rows = {.limit = 2 * ROW_MOST + 64 * 1024 * 1024}};
  struct round_state *r = calloc(1, sizeof *r);
  pull_report_begin(report);
  report->reason = "";
  if (!r)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *r = (struct round_state){.source = l.label,
                            .scope_dir = orders->scope_dir,
                            .most = orders->most,
                            .report = report,
                            .rows = next_row,
                            .rows_context = &l};
  l.round = r;
  tc_status status = load(&l, keys, err);
  snprintf(report->source, sizeof report->source, "%s", l.label);
  unpack_free(l.unpack);
  buffer_free(&l.text);
  buffer_free(&l.rows);
  if (l.fd >= 0)
    close(l.fd);
  round_free(r);
  return status;
}
