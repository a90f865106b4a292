#include "sync/addition.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/merge.h"
#include "sync/plan.h"

enum { FIELDS = 8, DETAILS_MAX = 400 };

struct addition {
  struct import_plan *plan;
  struct plan_item *item; /* under way */
  const char *details[DETAILS_MAX];
};

/* The fields of a row, cut at its tabs; missing ones are "". */
static void cut(char *row, const char *out[FIELDS]) {
  for (size_t i = 0; i < FIELDS; i++) {
    char *tab = strchr(row, '\t');
    out[i] = row;
    row = tab ? tab + 1 : row + strlen(row);
    if (tab)
      *tab = '\0';
  }
}

static tc_status keep(struct addition *a, struct tc_error *err) {
  struct plan_item *item = a->item;
  a->item = NULL;
  if (!item)
    return TC_OK;
  const char **details = arena_zalloc(&a->plan->arena, item->detail_count + 1, sizeof *details);
  if (!details)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  memcpy(details, a->details, item->detail_count * sizeof *details);
  item->details = details;
  plan_keep_item(a->plan, item);
  return TC_OK;
}

/* "added", "changed" or "left": an object. */
static tc_status add_object(struct addition *a, char *row, struct tc_error *err) {
  const char *f[FIELDS] = {NULL};
  cut(row, f);
  if (strcmp(f[0], "left") == 0) {
    notes_add(&a->plan->notes, NOTE_LEFT, 0, 0, "%s [%s]: %s", f[6], f[7], _(merge_dismissed));
    return TC_OK;
  }
  struct plan_item *item = plan_new_item(a->plan, err);
  if (!item)
    return TC_NO_MEMORY;
  item->act = strcmp(f[0], "added") == 0 ? PLAN_ADDED : PLAN_CHANGED;
  item->kind =
      record_kind_from_word(f[1]) > 0 ? (enum record_kind)record_kind_from_word(f[1]) : RECORD_NONE;
  item->critical = f[2][0] == '1';
  item->contacts = strtoul(f[5], NULL, 10);
  item->name = arena_printf(&a->plan->arena, "%s %s", f[1], f[6]);
  item->key = arena_strdup(&a->plan->arena, f[7]);
  if (!item->name || !item->key)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  a->plan->removed_contacts += strtoul(f[3], NULL, 10);
  a->plan->before_contacts += strtoul(f[4], NULL, 10);
  a->item = item;
  return TC_OK;
}

static tc_status take(struct addition *a, char *row, struct tc_error *err) {
  if (row[0] == '=') {
    a->plan->counts[PLAN_UNCHANGED] = strtoul(row + 1, NULL, 10);
    return TC_OK;
  }
  if (row[0] != '-' && row[0] != '+') {
    tc_status status = keep(a, err);
    return status == TC_OK ? add_object(a, row, err) : status;
  }
  if (!a->item || a->item->detail_count == DETAILS_MAX)
    return TC_OK;
  const char *detail = arena_printf(&a->plan->arena, "%c %s", row[0], row + 1);
  if (!detail)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  a->details[a->item->detail_count++] = detail;
  return TC_OK;
}

static tc_status read_plan(struct addition *a, struct pg *pg, bool deleted_too,
                           struct tc_error *err) {
  const char *params[] = {deleted_too ? "true" : "false"};
  const void *bytes;
  size_t len;
  tc_status status =
      pg_query(pg, "SELECT * FROM tocsin.addition_plan($1::boolean)", params, 1, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    char *row = arena_copy(&a->plan->arena, bytes ? bytes : "", len);
    status = row ? take(a, row, err) : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  return status == TC_DONE ? keep(a, err) : status;
}

static tc_status check(const struct import_plan *p, const struct plan_permission *may,
                       struct tc_error *err) {
  bool many = p->removed_contacts > 20 && p->removed_contacts * 5 > p->before_contacts;
  if (many && !may->all_removals && p->removed_contacts > may->removals)
    return tc_fail(
        err, TC_REFUSED,
        _("it would remove %zu of the %zu contact points of the entries that it changes, "
          "more than a fifth: if that is meant, say --allow-removals %zu"),
        p->removed_contacts, p->before_contacts, p->removed_contacts);
  return plan_check_critical(p, may, err);
}

tc_status addition_run(struct put *p, const struct arguments *args, int64_t records, bool *changes,
                       struct tc_error *err) {
  struct addition *a = calloc(1, sizeof *a);
  struct plan_permission may;
  *changes = false;
  if (!a)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  a->plan = calloc(1, sizeof *a->plan);
  if (!a->plan) {
    free(a);
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  a->plan->options.file = args->file;
  tc_status status = import_permission(args, &may, err);
  if (status == TC_OK)
    status = put_rest(p, err);
  if (status == TC_OK)
    status = read_plan(a, p->pg, args->option[OPTION_ALLOW_DELETED] != NULL, err);
  if (status == TC_OK) {
    plan_print_items(a->plan, stdout);
    printf(_("%s: %" PRId64 " records\n"), args->file, records);
    printf(_("plan: %zu added, %zu changed, %zu removed, %zu unchanged"),
           a->plan->counts[PLAN_ADDED], a->plan->counts[PLAN_CHANGED],
           a->plan->counts[PLAN_REMOVED], a->plan->counts[PLAN_UNCHANGED]);
    putchar('\n');
    *changes = plan_changes(a->plan);
    status = check(a->plan, &may, err);
  }
  if (status == TC_OK && *changes)
    status = put_addition(p, err);
  plan_free(a->plan);
  free(a);
  return status;
}
