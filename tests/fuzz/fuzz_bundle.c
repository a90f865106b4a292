/* Any bytes as the manifest of a bundle: what is read has as many pieces as its bytes make, and
 * what is written of it is what was read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sync/bundle_manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct bundle_manifest m;
  struct buffer hashes = BUFFER_INIT, again = BUFFER_INIT;
  const char *text = (const char *)data;
  if (size > BUNDLE_MANIFEST_MOST || !bundle_manifest_read(&m, text, size))
    return 0;
  if (m.head < text || m.head + m.head_len > text + size || m.packed <= 0 ||
      (int64_t)m.piece_count * BUNDLE_PIECE < m.packed)
    abort();
  for (size_t i = 0; i < m.piece_count; i++) {
    uint8_t hash[HASH_SHA256];
    bundle_manifest_piece(&m, i, hash);
    buffer_add(&hashes, hash, sizeof hash);
  }
  bundle_manifest_write(&again, &m, &hashes);
  struct bundle_manifest second;
  if (again.status != TC_OK || !bundle_manifest_read(&second, buffer_text(&again), again.len) ||
      second.packed != m.packed || second.since != m.since || second.head_len != m.head_len ||
      memcmp(second.key, m.key, sizeof m.key) != 0 || second.piece_count != m.piece_count)
    abort();
  buffer_free(&hashes);
  buffer_free(&again);
  return 0;
}
