#include "db/house.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/document.h"
#include "db_sql.h"

static int site_compare(const void *a, const void *b) {
  const struct site *x = a, *y = b;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return strcmp(x->code, y->code);
}
static int plan_compare(const void *a, const void *b) {
  return strcmp(((const struct plan *)a)->code, ((const struct plan *)b)->code);
}
static int domain_compare(const void *a, const void *b) {
  return strcmp(((const struct domain *)a)->code, ((const struct domain *)b)->code);
}
static int calendar_compare(const void *a, const void *b) {
  return strcmp(((const struct calendar *)a)->code, ((const struct calendar *)b)->code);
}
static int rule_compare(const void *a, const void *b) {
  const struct rule *x = a, *y = b;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}
static int incident_compare(const void *a, const void *b) {
  const struct incident *x = a, *y = b;
  if (x->since != y->since)
    return x->since < y->since ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}

static int exercise_compare(const void *a, const void *b) {
  const struct exercise *x = a, *y = b;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}

/* Each kind of the house: where it lies in a record, where it goes, in what order. */
static const struct house_table {
  enum record_kind kind;
  size_t size, member, array, count;
  int (*compare)(const void *, const void *);
} house_tables[] = {
#define HOUSE(kind_, noun)                                                                         \
  {                                                                                                \
    RECORD_##kind_, sizeof(struct noun), offsetof(struct record, noun),                            \
        offsetof(struct house, noun##s), offsetof(struct house, noun##_count), noun##_compare      \
  }
    HOUSE(SITE, site),         HOUSE(PLAN, plan),         HOUSE(DOMAIN, domain),
    HOUSE(RULE, rule),         HOUSE(CALENDAR, calendar), HOUSE(INCIDENT, incident),
    HOUSE(EXERCISE, exercise),
};

enum record_kind house_kind(size_t n) {
  return n < sizeof house_tables / sizeof *house_tables ? house_tables[n].kind : RECORD_NONE;
}

/* A site or a plan of which a byte has changed stays, with its name, since every number hangs on
 * it. What it says of how numbers are dialled is not believed. */
static void take_doubted(struct record *r) {
  if (r->head.kind == RECORD_SITE) {
    r->site.rotted = true;
    r->site.switchboard_number = "";
    r->site.country = "";
  } else if (r->head.kind == RECORD_PLAN) {
    r->plan.rotted = true;
    r->plan.outside_prefix = r->plan.country = "";
    r->plan.tie_count = r->plan.range_count = 0;
  }
}

void house_doubt(struct house *house, struct arena *arena) {
  struct site *sites = arena_alloc(arena, (house->site_count + 1) * sizeof *sites);
  if (!sites)
    return;
  for (size_t i = 0; i < house->site_count; i++) {
    struct site *s = &sites[i];
    *s = house->sites[i];
    if (!s->rotted)
      continue;
    const struct plan *plan = house_plan(house, s->plan);
    const struct domain *pbx = plan ? house_domain(house, plan->domain) : NULL;
    if (!plan || plan->rotted || !pbx || strcmp(pbx->site, s->code) != 0)
      s->plan = "?"; /* none has that code: nothing is dialled from there by guess */
    else
      s->country = plan->country;
  }
  house->sites = sites;
}

tc_status house_take(struct house *house, enum record_kind kind, const struct cache_record *rows,
                     size_t count, struct arena *arena, struct tc_error *err) {
  const struct house_table *t = house_tables;
  size_t n = 0;
  while (t->kind != kind)
    t++;
  char *items = arena_zalloc(arena, count + 1, t->size);
  for (size_t i = 0; items && i < count; i++) {
    struct record r;
    if (record_decode(&r, rows[i].bytes, rows[i].len, arena, NULL) != TC_OK)
      continue;
    if (rows[i].rotted)
      take_doubted(&r);
    memcpy(items + n++ * t->size, (const char *)&r + t->member, t->size);
  }
  if (!items || arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  qsort(items, n, t->size, t->compare);
  memcpy((char *)house + t->array, &items, sizeof items);
  memcpy((char *)house + t->count, &n, sizeof n);
  return TC_OK;
}

tc_status house_records(struct store *s, enum record_kind kind, struct arena *arena,
                        struct cache_record **rows, size_t *count, struct tc_error *err) {
  size_t cap = 0;
  tc_status status;
  *rows = NULL;
  *count = 0;
  sqlite3_stmt *stmt = store_statement(s, sql_record_kind, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 1, kind);
  while ((status = store_step(s, stmt, err)) == TC_OK) {
    if (*count == cap) {
      size_t more = cap ? cap * 2 : 64;
      struct cache_record *grown = arena_alloc(arena, more * sizeof *grown);
      if (grown && cap)
        memcpy(grown, *rows, cap * sizeof *grown);
      *rows = grown;
      cap = more;
    }
    size_t len = (size_t)sqlite3_column_bytes(stmt, 0);
    char *copy = arena_copy(arena, sqlite3_column_blob(stmt, 0), len);
    if (!*rows || !copy) {
      sqlite3_reset(stmt);
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
    (*rows)[(*count)++] = (struct cache_record){copy, len, !store_is_whole(stmt, 0, 1)};
  }
  return status == TC_DONE ? TC_OK : status;
}
