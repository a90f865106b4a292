#include "db/residue.h"

#include <unistd.h>

#include "core/act.h"
#include "db/patience.h"
#include "db/store.h"
#include "db/tried.h"

enum { READER_MS = 50 };

tc_status residue_begin(struct store *s, struct tc_error *err) {
  return store_exec(s, "PRAGMA secure_delete = 1", err);
}

tc_status residue_note(struct store *s, struct tc_error *err) {
  return store_meta_put_int(s, "residue", 1, err);
}

/* Does a generation hold a try that is not shown any more? */
static bool is_stale(const char *scope_dir, const struct generation *g, int64_t now) {
  char path[GENERATION_PATH];
  struct store s;
  struct arena arena = ARENA_INIT;
  struct act_held *tried;
  size_t count = 0;
  bool stale = false;
  if (generation_path(path, scope_dir, g, NULL) != TC_OK ||
      store_open(&s, path, STORE_READ, NULL) != TC_OK)
    return false;
  if (tried_read(&s, 0, &arena, &tried, &count, NULL) == TC_OK)
    for (size_t i = 0; i < count; i++)
      stale = stale || tried[i].act.at + ATTEMPT_SHOWN_S <= now;
  store_close(&s);
  arena_free(&arena);
  return stale;
}

/* The log into the file, and none of it left.  False: somebody reads. */
static bool empty_log(struct store *s) {
  patience_set(s->db, READER_MS);
  return sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
         SQLITE_OK;
}

void residue_drop_old(const char *scope_dir, const struct generation *published, int64_t now) {
  struct generation old = *published;
  while (generation_previous(&old, scope_dir, &old))
    if (is_stale(scope_dir, &old, now))
      generation_remove(scope_dir, &old);
}

void residue_clear(struct store *s, const char *scope_dir, const struct generation *published,
                   int64_t now) {
  int64_t noted = 0;
  if (store_meta_int(s, "residue", &noted, NULL) != TC_OK || !noted || !empty_log(s))
    return;
  residue_drop_old(scope_dir, published, now);
  /* Where this fails it is done once more. */
  tc_status status = store_meta_put_int(s, "residue", 0, NULL);
  (void)status;
}

static bool is_noted(const char *path) {
  struct store s;
  int64_t noted = 0;
  if (store_open(&s, path, STORE_READ, NULL) != TC_OK)
    return false;
  bool found = store_meta_int(&s, "residue", &noted, NULL) == TC_OK && noted;
  store_close(&s);
  return found;
}

void residue_try(const char *scope_dir) {
  char path[GENERATION_PATH];
  struct generation g;
  struct store s;
  int64_t now = 0;
  int lock;
  if (generation_current(&g, scope_dir, NULL) != TC_OK ||
      generation_path(path, scope_dir, &g, NULL) != TC_OK || !is_noted(path) ||
      generation_lock(&lock, scope_dir, NULL) != TC_OK)
    return;
  if (generation_current(&g, scope_dir, NULL) == TC_OK &&
      generation_path(path, scope_dir, &g, NULL) == TC_OK &&
      store_open(&s, path, STORE_WRITE, NULL) == TC_OK) {
    if (store_meta_int(&s, "source_time", &now, NULL) == TC_OK)
      residue_clear(&s, scope_dir, &g, now);
    store_close(&s);
  }
  close(lock);
}
