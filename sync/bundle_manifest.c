#include "sync/bundle_manifest.h"

#include <string.h>

#include "sync/word.h"

static const char piece_word[] = "piece ";

enum { PIECE_LINE = sizeof piece_word - 1 + 2 * HASH_SHA256 + 1 };

/* The rest of the next line, which begins with this word and a blank. */
static bool next_line(const char **at, const char *end, const char *word, struct word *rest) {
  size_t len = strlen(word);
  const char *stop = *at < end ? memchr(*at, '\n', (size_t)(end - *at)) : NULL;
  if (!stop || (size_t)(stop - *at) < len || memcmp(*at, word, len) != 0)
    return false;
  *rest = (struct word){*at + len, (size_t)(stop - *at) - len};
  *at = stop + 1;
  return true;
}

bool bundle_manifest_read(struct bundle_manifest *out, const char *text, size_t len) {
  const char *at = text, *end = text + len;
  struct word key, since, head, packed;
  *out = (struct bundle_manifest){.since = -1};
  bool ok = next_line(&at, end, "key ", &key) && word_hex(key, out->key, sizeof out->key) &&
            next_line(&at, end, "since ", &since) &&
            (word_is(since, "-1") || word_int(since, &out->since)) &&
            next_line(&at, end, "head ", &head) && next_line(&at, end, "packed ", &packed) &&
            word_int(packed, &out->packed) && out->packed > 0;
  if (!ok)
    return false;
  out->head = head.text;
  out->head_len = head.len;
  out->pieces = at;
  out->piece_count = (size_t)(end - at) / PIECE_LINE;
  ok = (size_t)(end - at) % PIECE_LINE == 0 &&
       (int64_t)out->piece_count == (out->packed + BUNDLE_PIECE - 1) / BUNDLE_PIECE;
  for (size_t i = 0; ok && i < out->piece_count; i++) {
    struct word hash;
    uint8_t bytes[HASH_SHA256];
    ok = next_line(&at, end, piece_word, &hash) && word_hex(hash, bytes, sizeof bytes);
  }
  return ok;
}

void bundle_manifest_piece(const struct bundle_manifest *m, size_t n, uint8_t out[HASH_SHA256]) {
  const struct word hash = {m->pieces + n * PIECE_LINE + sizeof piece_word - 1, 2 * HASH_SHA256};
  if (!word_hex(hash, out, HASH_SHA256))
    memset(out, 0, HASH_SHA256);
}

static void add_hex(struct buffer *out, const uint8_t *bytes, size_t len) {
  for (size_t i = 0; i < len; i++)
    buffer_printf(out, "%02x", bytes[i]);
  buffer_add_char(out, '\n');
}

void bundle_manifest_write(struct buffer *out, const struct bundle_manifest *m,
                           const struct buffer *pieces) {
  buffer_add_text(out, "key ");
  add_hex(out, m->key, sizeof m->key);
  buffer_printf(out, "since %lld\nhead ", (long long)m->since);
  buffer_add(out, m->head, m->head_len);
  buffer_printf(out, "\npacked %lld\n", (long long)m->packed);
  for (size_t i = 0; i + HASH_SHA256 <= pieces->len; i += HASH_SHA256) {
    buffer_add_text(out, piece_word);
    add_hex(out, (const uint8_t *)pieces->data + i, HASH_SHA256);
  }
}
