#include "db/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "db/generation.h"
#include "db/index.h"
#include "db/store.h"
#include "db/words.h"
#include "db_sql.h"

enum { LOOK_EVERY = 64 }; /* records between two looks at the clock */

struct check {
  struct store store;
  sqlite3_stmt *stmt;
  struct digest kept, found;
  int64_t records; /* that are said to be there */
  int64_t seen;
  char index[WORDS_PATH];
  struct index_proof *proof; /* of the index; NULL until the records are proved */
  bool proved;               /* the records are what was written */
};

tc_status check_open(struct check **out, const char *scope_dir, struct tc_error *err) {
  struct generation g;
  char path[GENERATION_PATH], folder[GENERATION_PATH];
  int64_t stamp = 0;
  struct check *c = calloc(1, sizeof *c);
  *out = NULL;
  if (!c)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = generation_current(&g, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &g, err);
  if (status == TC_OK)
    status = generation_folder(folder, scope_dir, &g, err);
  if (status == TC_OK)
    status = store_open(&c->store, path, STORE_READ, err);
  if (status == TC_OK) /* one snapshot for what is kept and what is hashed */
    status = store_exec(&c->store, "BEGIN", err);
  if (status == TC_OK)
    status = store_meta_blob(&c->store, "digest", c->kept.b, sizeof c->kept.b, err);
  if (status == TC_OK)
    status = store_meta_int(&c->store, "records", &c->records, err);
  if (status == TC_OK)
    status = store_meta_int(&c->store, "index", &stamp, err);
  if (status == TC_OK) {
    words_path(c->index, folder, stamp_number(stamp));
    c->stmt = store_statement(&c->store, sql_record_hash, err);
    status = c->stmt ? TC_OK : c->store.unprepared;
  }
  if (status != TC_OK) {
    check_close(c);
    return status;
  }
  *out = c;
  return TC_OK;
}

static int64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static tc_status compare(const struct check *c, struct tc_error *err) {
  if (c->seen == c->records && !memcmp(c->kept.b, c->found.b, sizeof c->kept.b))
    return TC_OK;
  return tc_fail(err, TC_DAMAGED,
                 _("the records on this disk are not what was written (%" PRId64 " of %" PRId64
                   " are there): repair them with tocsin-sync check --source"),
                 c->seen, c->records);
}

/* The index, once the records are proved.  Gone: another was made since, which the next check sees.
 */
static tc_status prove_index(struct check *c, int64_t until, bool *more, struct tc_error *err) {
  struct tc_error why = {.status = TC_OK};
  tc_status status = TC_OK;
  *more = true;
  if (!c->proof)
    status = index_proof_open(&c->proof, c->index, &why);
  while (status == TC_OK && *more && now_us() < until)
    status = index_proof_step(c->proof, more, &why);
  if (status == TC_OK)
    return TC_OK;
  *more = false;
  return status == TC_NO_INPUT ? TC_OK : tc_fail(err, status, "%s", why.text);
}

tc_status check_step(struct check *c, int budget_ms, bool *more, struct tc_error *err) {
  int64_t until = now_us() + (int64_t)budget_ms * 1000;
  tc_status status;
  if (c->proved)
    return prove_index(c, until, more, err);
  *more = false;
  while ((status = store_step(&c->store, c->stmt, err)) == TC_OK) {
    digest_toggle(&c->found, sqlite3_column_blob(c->stmt, 0),
                  (size_t)sqlite3_column_bytes(c->stmt, 0));
    if (++c->seen % LOOK_EVERY == 0 && now_us() >= until) {
      *more = true;
      return TC_OK;
    }
  }
  if (status == TC_DONE)
    status = compare(c, err);
  c->proved = *more = status == TC_OK;
  return status;
}

bool check_spares_records(const struct check *c) {
  return c->proved;
}

int64_t check_records(const struct check *c) {
  return c->seen;
}

void check_close(struct check *c) {
  if (!c)
    return;
  index_proof_close(c->proof);
  store_close(&c->store);
  free(c);
}
