/* What a hostile source answers, before libpq's bytes are believed: facts and answers of acts, and
 * the first line of a snapshot. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sync/push_answer.h"
#include "sync/snapshot_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void facts(const char *text, size_t size) {
  struct push_facts f;
  if (!push_facts_read(&f, text, size))
    return;
  if (f.revision < 0 || f.floor < 0)
    abort();
}

static void answer(const char *text, size_t size) {
  struct push_answer a;
  push_answer_read(&a, text, size);
  size_t len = strlen(a.reason);
  if (len >= sizeof a.reason || !utf8_valid(a.reason, len))
    abort();
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)a.reason[i] < 0x20)
      abort();
  if ((a.said == PUSH_ANSWERED) != (a.state != ACT_PENDING))
    abort();
}

static void line(const char *text, size_t size) {
  struct snapshot_line l;
  if (snapshot_line_read(&l, text, size) &&
      (l.version < 0 || l.database < 0 || l.index < 0 || l.database > INT64_MAX - l.index))
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  facts((const char *)data, size);
  answer((const char *)data, size);
  line((const char *)data, size);
  return 0;
}
