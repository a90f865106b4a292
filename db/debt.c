#include "db/debt.h"

#include <stdint.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/store.h"

static const char key[] = "forget";

tc_status debt_note(struct store *s, struct tc_error *err) {
  return store_meta_put_int(s, key, 1, err);
}

/* What the published generation says.  Where there is none, or it cannot be read, nothing can be
 * owed: what is loaded in place of a damaged one says it of its own. */
static bool is_owed(const char *scope_dir, struct generation *g, char path[GENERATION_PATH]) {
  struct store s;
  int64_t noted = 0;
  if (generation_current(g, scope_dir, NULL) != TC_OK ||
      generation_path(path, scope_dir, g, NULL) != TC_OK ||
      store_open(&s, path, STORE_READ, NULL) != TC_OK)
    return false;
  bool owed = store_meta_int(&s, key, &noted, NULL) == TC_OK && noted;
  store_close(&s);
  return owed;
}

static tc_status erase_older(const char *scope_dir, const struct generation *published,
                             struct tc_error *err) {
  struct generation old = *published;
  tc_status status = TC_OK;
  while (status == TC_OK && generation_previous(&old, scope_dir, &old))
    status = generation_erase(scope_dir, &old, err);
  return status;
}

static tc_status strike_out(const char *scope_dir, const char *path, struct tc_error *err) {
  struct store s;
  tc_status status = store_open(&s, path, STORE_WRITE, err);
  if (status != TC_OK)
    return status;
  status = debt_acts(scope_dir, &s, err);
  if (status == TC_OK)
    status = store_meta_put_int(&s, key, 0, err);
  store_close(&s);
  return status;
}

tc_status debt_settle(const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct generation g;
  struct tc_error why = {.status = TC_OK};
  if (!is_owed(scope_dir, &g, path))
    return TC_OK;
  tc_status status = erase_older(scope_dir, &g, &why);
  if (status == TC_OK)
    status = strike_out(scope_dir, path, &why);
  if (status == TC_OK)
    return TC_OK;
  return tc_fail(err, status, _("what is no longer granted is not all removed yet: %s"), why.text);
}

tc_status debt_pay(const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct generation g;
  int lock;
  if (!is_owed(scope_dir, &g, path))
    return TC_OK;
  tc_status status = generation_lock(&lock, scope_dir, err);
  if (status != TC_OK)
    return status;
  status = debt_settle(scope_dir, err);
  close(lock);
  return status;
}
