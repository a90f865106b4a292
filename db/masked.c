#include "db/masked.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/mask.h"
#include "core/phone.h"
#include "db/document.h"
#include "db/place.h"
#include "db_sql.h"

/* One text after another of one transaction. */
struct asking {
  struct cache *c;
  const char *site;       /* of the words; "" */
  const struct entry *of; /* what they are about; NULL */
  bool began, failed;     /* the index is followed; it cannot be */
};

/* Not before a text holds a number: the first screen has no time for an index. */
static bool begin(struct asking *a) {
  struct cache *c = a->c;
  if (a->began || a->failed)
    return a->began;
  if (cache_begin(c, NULL) != TC_OK) {
    a->failed = true;
    return false;
  }
  /* What a query goes through must stay as it is. */
  enum words_reach reach = c->words.set_count ? WORDS_FIRST : WORDS_ALL;
  a->began = words_follow(&c->words, &c->store, reach, NULL) == TC_OK;
  a->failed = !a->began;
  if (a->failed)
    cache_end(c);
  return a->began;
}

static void end(struct asking *a) {
  if (a->began)
    cache_end(a->c);
  a->began = false;
}

static bool is_short_at(const struct words *w, const char *digits, const char *place) {
  char marker[DOCUMENT_SHORT];
  size_t len = document_short_marker(marker, digits, place);
  return len && words_has(w, marker, len);
}

/* Who has the number unmasked says it himself. */
static bool is_own(const struct entry *e, const char *digits) {
  char own[DOCUMENT_DIGITS];
  for (size_t i = 0; i < e->contact_count; i++)
    if (!e->contacts[i].masked && document_digits(own, e->contacts[i].number) &&
        strcmp(own, digits) == 0)
      return true;
  return false;
}

/* A short number is one of a plan: of the site, of its usual plan, of those of the entry. */
static bool is_short_masked(const struct asking *a, const char *digits) {
  const struct words *w = &a->c->words;
  const struct site *site = house_site(&a->c->house, a->site);
  char any[PHONE_DIGITS + 2];
  int len = snprintf(any, sizeof any, "$%s.", digits);
  if (len <= 0 || !words_begin(w, any, (size_t)len) || (a->of && is_own(a->of, digits)))
    return false;
  if (is_short_at(w, digits, a->site) || (site && is_short_at(w, digits, site->plan)))
    return true;
  for (size_t i = 0; a->of && i < a->of->contact_count; i++)
    if (is_short_at(w, digits, a->of->contacts[i].plan))
      return true;
  return false;
}

/* The digits as they are, behind the trunk prefix, and behind the country code of any site. */
static bool is_masked(void *context, const char *digits, size_t len) {
  struct asking *a = context;
  char trunk[PHONE_DIGITS + 2];
  if ((len < MASK_KNOWN && !*a->site) || !begin(a))
    return false;
  if (len < MASK_KNOWN)
    return is_short_masked(a, digits);
  const struct words *w = &a->c->words;
  const struct house *house = &a->c->house;
  snprintf(trunk, sizeof trunk, "0%s", digits);
  if (words_masks(w, digits) || (digits[0] != '0' && words_masks(w, trunk)))
    return true;
  for (size_t i = 0; digits[0] == '0' && i < house->site_count; i++) {
    const char *country = house->sites[i].country;
    bool met = !*country;
    for (size_t k = 0; k < i && !met; k++)
      met = strcmp(house->sites[k].country, country) == 0;
    struct phone p;
    if (met)
      continue;
    phone_read_one(&p, digits, len, country);
    if (*p.e164 && words_masks(w, p.e164 + 1))
      return true;
  }
  return false;
}

static tc_status mask(struct asking *a, const char **text, struct arena *arena,
                      struct tc_error *err) {
  *text = mask_known_in_text(*text, is_masked, a, arena);
  end(a);
  return *text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

tc_status masked_text(struct cache *c, const char *site, const char **text, struct arena *arena,
                      struct tc_error *err) {
  struct asking a = {.c = c, .site = site};
  return mask(&a, text, arena, err);
}

tc_status masked_about(struct cache *c, const struct entry *of, const char **text,
                       struct arena *arena, struct tc_error *err) {
  struct asking a = {.c = c, .site = of->site, .of = of};
  return mask(&a, text, arena, err);
}

tc_status masked_entry(struct cache *c, struct entry *e, struct arena *arena,
                       struct tc_error *err) {
  struct asking a = {.c = c, .site = e->site, .of = e};
  bool whole = mask_known_in_entry(e, is_masked, &a, arena);
  end(&a);
  if (!whole)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return masked_text(c, e->site, &e->unit, arena, err);
}

const struct incident *masked_incidents(struct cache *c, const struct incident *list, size_t count,
                                        struct arena *arena) {
  struct incident *copy = NULL;
  for (size_t i = 0; i < count; i++) {
    const struct domain *domain = house_domain(&c->house, list[i].domain);
    const char *reason = list[i].reason, *by = list[i].by, *site = domain ? domain->site : "";
    if (place_hides(c->hidden, list[i].audience)) /* that a domain is down is told all the same:
                                                     numbers hang on it */
      reason = by = "";
    else if (masked_text(c, site, &reason, arena, NULL) != TC_OK ||
             masked_text(c, site, &by, arena, NULL) != TC_OK)
      return NULL;
    if (reason == list[i].reason && by == list[i].by)
      continue;
    if (!copy && !(copy = arena_alloc(arena, count * sizeof *copy)))
      return NULL;
    if (list != copy)
      memcpy(copy, list, count * sizeof *copy);
    list = copy;
    copy[i].clear = copy[i].reason;
    copy[i].reason = reason;
    copy[i].by = by;
  }
  return list;
}

/* Is a path, or one above it, what is shown as `shown`?  Its length; 0: no. */
static size_t shown_as(struct cache *c, const char *site, const char *path, const char *shown,
                       struct arena *arena) {
  for (size_t len = strlen(path); len;) {
    const char *text = arena_copy(arena, path, len);
    if (!text || masked_text(c, site, &text, arena, NULL) != TC_OK)
      return 0;
    if (strcmp(text, shown) == 0)
      return len;
    do
      len--;
    while (len && strncmp(path + len, " / ", 3) != 0);
  }
  return 0;
}

tc_status masked_unit(struct cache *c, const char *site, const char **path, struct arena *arena,
                      struct tc_error *err) {
  if (!strchr(*path, '*'))
    return TC_OK;
  sqlite3_stmt *stmt = store_statement(&c->store, sql_unit_counts, err);
  if (!stmt)
    return c->store.unprepared;
  sqlite3_bind_text(stmt, 1, site, -1, SQLITE_STATIC);
  sqlite3_bind_text(stmt, 2, "", -1, SQLITE_STATIC);
  sqlite3_bind_text(stmt, 3, "\xff", -1, SQLITE_STATIC);
  tc_status status;
  while ((status = store_step(&c->store, stmt, err)) == TC_OK) {
    const char *full = (const char *)sqlite3_column_text(stmt, 0);
    size_t len = full ? shown_as(c, site, full, *path, arena) : 0;
    if (!len)
      continue;
    *path = arena_copy(arena, full, len);
    sqlite3_reset(stmt);
    return *path ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  return status == TC_DONE ? TC_OK : status;
}
