/* What a bundle says of itself: lines of text.  Pure: no I/O. */
#ifndef TC_SYNC_BUNDLE_MANIFEST_H
#define TC_SYNC_BUNDLE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/sign.h"

enum {
  BUNDLE_PIECE = 1024 * 1024,        /* packed bytes of each piece but the last */
  BUNDLE_MANIFEST_MOST = 1024 * 1024 /* bytes */
};

/* "key HEX", "since REVISION" (-1: everything), "head HEADER", "packed BYTES", and "piece HEX" for
 * each, in this order. */
struct bundle_manifest {
  uint8_t key[SIGN_KEY];
  int64_t since;
  const char *head; /* the source's header, without its letter; borrowed */
  size_t head_len;
  int64_t packed;
  size_t piece_count;
  const char *pieces; /* their lines; borrowed */
};

/* false: it is none, or its pieces do not make up its bytes. */
bool bundle_manifest_read(struct bundle_manifest *out, const char *text, size_t len);

/* The hash of piece n, below piece_count. */
void bundle_manifest_piece(const struct bundle_manifest *m, size_t n, uint8_t out[HASH_SHA256]);

/* Appends the lines; pieces: the hashes one behind the other. */
void bundle_manifest_write(struct buffer *out, const struct bundle_manifest *m,
                           const struct buffer *pieces);

#endif
