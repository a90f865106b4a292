#include "sync/rota_who.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/fold.h"
#include "db/house.h"
#include "db/zones.h"
#include "sync/each.h"

/* A growing array. */
struct list {
  void *items;
  size_t count, cap;
};

/* A text by which an entry is found. */
struct key {
  const char *text;
  size_t entry; /* its place */
};

struct number {
  const char *text; /* E.164, else as dialled */
  size_t entry;
  struct uuid contact;
};

struct who {
  struct arena arena, scratch;
  struct house house;
  struct list entries; /* struct who_entry, as they came: by UUID */
  struct list roles;   /* struct key: names of what is no person */
  struct list people;  /* struct key: the words of a name, sorted */
  struct list ids;     /* struct key */
  struct list numbers; /* struct number */
  struct list rotas;   /* struct who_rota */
  struct list sites;   /* struct cache_record */
};

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* Room for one more; NULL: no memory. */
static void *more(struct list *list, size_t size) {
  if (list->count == list->cap) {
    size_t cap = list->cap ? list->cap * 2 : 256;
    void *items = realloc(list->items, cap * size);
    if (!items)
      return NULL;
    list->items = items;
    list->cap = cap;
  }
  return (char *)list->items + list->count++ * size;
}

static void sort_list(struct list *list, size_t size, int (*order)(const void *, const void *)) {
  if (list->count)
    qsort(list->items, list->count, size, order);
}

/* ---- keys --------------------------------------------------------------------------------------
 */

static int word_compare(const void *a, const void *b) {
  return strcmp(((const struct fold_word *)a)->text, ((const struct fold_word *)b)->text);
}

static bool is_title(const char *word) {
  static const char *const titles[] = {"dr",  "docteur", "pr",  "professeur", "prof", "m",
                                       "mme", "mr",      "mrs", "ms",         "mlle", "doctor"};
  for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
    if (strcmp(word, titles[i]) == 0)
      return true;
  return false;
}

/* "DUPONT, Jean" and "Dr Jean Dupont" are one. */
static const char *person_key(struct arena *arena, const char *name) {
  struct fold_words words;
  struct buffer b = BUFFER_INIT;
  if (fold_split(&words, name, strlen(name), arena, NULL) != TC_OK)
    return "";
  struct fold_word *sorted = arena_zalloc(arena, words.count + 1, sizeof *sorted);
  if (!sorted)
    return "";
  memcpy(sorted, words.items, words.count * sizeof *sorted);
  qsort(sorted, words.count, sizeof *sorted, word_compare);
  for (size_t i = 0; i < words.count; i++)
    if (!is_title(sorted[i].text))
      buffer_printf(&b, "%s%s", b.len ? " " : "", sorted[i].text);
  const char *out = arena_strdup(arena, buffer_text(&b));
  buffer_free(&b);
  return out ? out : "";
}

static const char *role_key(struct arena *arena, const char *name) {
  struct buffer b = BUFFER_INIT;
  fold_text(&b, name, strlen(name), NULL);
  const char *out = arena_strdup(arena, buffer_text(&b));
  buffer_free(&b);
  return out ? out : "";
}

static int key_compare(const void *a, const void *b) {
  const struct key *x = a, *y = b;
  int order = strcmp(x->text, y->text);
  return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static int number_compare(const void *a, const void *b) {
  const struct number *x = a, *y = b;
  int order = strcmp(x->text, y->text);
  return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static int rota_compare(const void *a, const void *b) {
  const struct who_rota *x = a, *y = b;
  int order = uuid_compare(&x->uuid, &y->uuid);
  return order ? order : (int)x->audience - (int)y->audience;
}

static tc_status add_key(struct list *list, const char *text, size_t entry, struct tc_error *err) {
  struct key *key = *text ? more(list, sizeof *key) : NULL;
  if (key)
    *key = (struct key){text, entry};
  return key || !*text ? TC_OK : no_memory(err);
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static tc_status add_names(struct who *w, const struct entry *e, size_t at, struct tc_error *err) {
  bool person = e->type == ENTRY_PERSON;
  struct list *list = person ? &w->people : &w->roles;
  tc_status status = add_key(
      list, person ? person_key(&w->arena, e->name) : role_key(&w->arena, e->name), at, err);
  for (size_t i = 0; i < e->aliases.count && status == TC_OK; i++) {
    const char *alias = e->aliases.items[i];
    status =
        add_key(list, person ? person_key(&w->arena, alias) : role_key(&w->arena, alias), at, err);
  }
  for (size_t i = 0; i < e->origin_count && status == TC_OK; i++) {
    const char *key = arena_strdup(&w->arena, e->origins[i].key);
    status = add_key(&w->ids, key ? key : "", at, err);
    const char *both = arena_printf(&w->arena, "%s:%s", e->origins[i].system, e->origins[i].key);
    if (status == TC_OK)
      status = add_key(&w->ids, both ? both : "", at, err);
  }
  return status;
}

/* One part; the parts of an entry follow each other. */
static tc_status add_part(struct who *w, const struct entry *e, struct tc_error *err) {
  struct who_entry *last =
      w->entries.count ? (struct who_entry *)w->entries.items + (w->entries.count - 1) : NULL;
  if (!last || !uuid_equal(&last->uuid, &e->uuid)) {
    last = more(&w->entries, sizeof *last);
    if (!last)
      return no_memory(err);
    *last = (struct who_entry){.uuid = e->uuid, .name = "", .site = "", .unit = ""};
  }
  size_t at = w->entries.count - 1;
  tc_status status = TC_OK;
  if (*e->name) {
    last->type = e->type;
    last->name = arena_strdup(&w->arena, e->name);
    last->site = arena_strdup(&w->arena, e->site);
    last->unit = role_key(&w->arena, e->unit);
    status = last->name && last->site ? add_names(w, e, at, err) : no_memory(err);
  }
  for (size_t i = 0; i < e->contact_count && status == TC_OK; i++) {
    const struct contact *c = &e->contacts[i];
    const char *text = arena_strdup(&w->arena, *c->e164 ? c->e164 : c->number);
    struct number *number = text && *text ? more(&w->numbers, sizeof *number) : NULL;
    if (number)
      *number = (struct number){text, at, c->uuid};
    else if (!text || *text)
      status = no_memory(err);
  }
  return status;
}

static tc_status add_rota(struct who *w, const struct record *r, const void *bytes, size_t len,
                          struct tc_error *err) {
  struct who_rota *rota = more(&w->rotas, sizeof *rota);
  char *copy = rota ? arena_copy(&w->arena, bytes, len) : NULL;
  if (!copy)
    return no_memory(err);
  *rota = (struct who_rota){.uuid = r->head.uuid,
                            .audience = r->head.audience,
                            .bytes = copy,
                            .len = len,
                            .rota = r->rota};
  return TC_OK;
}

static tc_status add_site(struct who *w, const void *bytes, size_t len, struct tc_error *err) {
  struct cache_record *site = more(&w->sites, sizeof *site);
  char *copy = site ? arena_copy(&w->arena, bytes, len) : NULL;
  if (!copy)
    return no_memory(err);
  *site = (struct cache_record){copy, len, false};
  return TC_OK;
}

static tc_status take(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct who *w = context;
  struct record r;
  struct record_head head;
  if (record_head(&head, bytes, len, NULL) != TC_OK)
    return TC_OK;
  if (head.kind == RECORD_SITE)
    return add_site(w, bytes, len, err);
  if (head.kind != RECORD_ENTRY && head.kind != RECORD_ROTA)
    return TC_OK;
  struct arena *arena = head.kind == RECORD_ENTRY ? &w->scratch : &w->arena;
  tc_status status = TC_OK;
  if (record_decode(&r, bytes, len, arena, NULL) == TC_OK)
    status =
        head.kind == RECORD_ENTRY ? add_part(w, &r.entry, err) : add_rota(w, &r, bytes, len, err);
  if (status == TC_OK && arena_failed(arena))
    status = no_memory(err);
  arena_reset(&w->scratch);
  return status;
}

tc_status who_read(struct who **out, struct pg *pg, const char *cache, struct tc_error *err) {
  struct who *w = calloc(1, sizeof *w);
  *out = w;
  if (!w)
    return no_memory(err);
  tc_status status = each_record(pg, cache, take, w, err);
  if (status == TC_OK)
    status = house_take(&w->house, RECORD_SITE, w->sites.items, w->sites.count, &w->arena, err);
  if (status == TC_OK && !zones_read(&w->house, &w->arena))
    status = no_memory(err);
  if (status != TC_OK)
    return status;
  sort_list(&w->roles, sizeof(struct key), key_compare);
  sort_list(&w->people, sizeof(struct key), key_compare);
  sort_list(&w->ids, sizeof(struct key), key_compare);
  sort_list(&w->numbers, sizeof(struct number), number_compare);
  sort_list(&w->rotas, sizeof(struct who_rota), rota_compare);
  return TC_OK;
}

void who_free(struct who *w) {
  if (!w)
    return;
  free(w->entries.items);
  free(w->roles.items);
  free(w->people.items);
  free(w->ids.items);
  free(w->numbers.items);
  free(w->rotas.items);
  free(w->sites.items);
  arena_free(&w->arena);
  arena_free(&w->scratch);
  free(w);
}

const struct house *who_house(const struct who *w) {
  return &w->house;
}

struct who_rota *who_rotas(struct who *w, size_t *count) {
  *count = w->rotas.count;
  return w->rotas.items;
}

/* ---- finding -----------------------------------------------------------------------------------
 */

static const struct who_entry *entry_at(const struct who *w, size_t at) {
  return (const struct who_entry *)w->entries.items + at;
}

/* The first item that is not before a text, which each begins with. */
static size_t first_at(const struct list *list, size_t size, const char *text) {
  size_t low = 0, high = list->count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    const char *const *item = (const void *)((const char *)list->items + mid * size);
    if (strcmp(*item, text) < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

/* One more that fits: the same entry twice is one. */
static void meet(enum who_found *found, const struct who_entry **out,
                 const struct who_entry *entry) {
  if (*found == WHO_NOBODY) {
    *found = WHO_FOUND;
    *out = entry;
  } else if (*out != entry) {
    *found = WHO_SEVERAL;
  }
}

enum who_found who_by_id(const struct who *w, const char *id, const struct who_entry **out) {
  const struct key *keys = w->ids.items;
  enum who_found found = WHO_NOBODY;
  struct uuid uuid;
  *out = NULL;
  if (uuid_parse(&uuid, id, strlen(id)) || uuid_parse_short(&uuid, id, strlen(id)))
    for (size_t i = 0; i < w->entries.count; i++)
      if (uuid_equal(&entry_at(w, i)->uuid, &uuid))
        meet(&found, out, entry_at(w, i));
  for (size_t i = first_at(&w->ids, sizeof(struct key), id);
       i < w->ids.count && !strcmp(keys[i].text, id); i++)
    meet(&found, out, entry_at(w, keys[i].entry));
  return found;
}

enum who_found who_role(const struct who *w, const char *name, const char *site, const char *unit,
                        const struct who_entry **out) {
  const struct key *keys = w->roles.items;
  struct arena arena = ARENA_INIT;
  enum who_found any = WHO_NOBODY, role = WHO_NOBODY;
  const struct who_entry *any_entry = NULL, *role_entry = NULL;
  const char *text = role_key(&arena, name), *part = role_key(&arena, unit);
  for (size_t i = first_at(&w->roles, sizeof(struct key), text);
       i < w->roles.count && !strcmp(keys[i].text, text); i++) {
    const struct who_entry *e = entry_at(w, keys[i].entry);
    if ((*site && strcmp(e->site, site) != 0) || !strstr(e->unit, part))
      continue;
    meet(&any, &any_entry, e);
    if (e->type == ENTRY_ROLE)
      meet(&role, &role_entry, e);
  }
  arena_free(&arena);
  *out = role != WHO_NOBODY ? role_entry : any_entry;
  return role != WHO_NOBODY ? role : any;
}

static bool has_number(const struct who *w, size_t entry, const char *digits, const char *e164) {
  const struct number *numbers = w->numbers.items;
  const char *text = *e164 ? e164 : digits;
  for (size_t i = first_at(&w->numbers, sizeof(struct number), text);
       *text && i < w->numbers.count && !strcmp(numbers[i].text, text); i++)
    if (numbers[i].entry == entry)
      return true;
  return false;
}

/* Has a sorted list of words one of the others? */
static bool shares_word(const char *a, const char *b) {
  while (*a) {
    size_t len = strcspn(a, " ");
    for (const char *at = b; *at;) {
      size_t n = strcspn(at, " ");
      if (n == len && len > 1 && memcmp(a, at, n) == 0)
        return true;
      at += n + (at[n] == ' ');
    }
    a += len + (a[len] == ' ');
  }
  return false;
}

/* Whoever has the number and a word of the name. */
static enum who_found by_number(const struct who *w, const char *key, const char *digits,
                                const char *e164, const struct who_entry **out) {
  const struct number *numbers = w->numbers.items;
  const char *text = *e164 ? e164 : digits;
  enum who_found found = WHO_NOBODY;
  struct arena arena = ARENA_INIT;
  for (size_t i = first_at(&w->numbers, sizeof(struct number), text);
       *text && i < w->numbers.count && !strcmp(numbers[i].text, text); i++) {
    const struct who_entry *e = entry_at(w, numbers[i].entry);
    if (e->type == ENTRY_PERSON && shares_word(key, person_key(&arena, e->name)))
      meet(&found, out, e);
  }
  arena_free(&arena);
  return found;
}

enum who_found who_person(const struct who *w, const char *name, const char *digits,
                          const char *e164, const struct who_entry **out) {
  const struct key *keys = w->people.items;
  struct arena arena = ARENA_INIT;
  enum who_found named = WHO_NOBODY, sure = WHO_NOBODY;
  const struct who_entry *named_entry = NULL, *sure_entry = NULL;
  const char *text = person_key(&arena, name);
  for (size_t i = first_at(&w->people, sizeof(struct key), text);
       *text && i < w->people.count && !strcmp(keys[i].text, text); i++) {
    meet(&named, &named_entry, entry_at(w, keys[i].entry));
    if (has_number(w, keys[i].entry, digits, e164))
      meet(&sure, &sure_entry, entry_at(w, keys[i].entry));
  }
  if (named == WHO_NOBODY)
    named = by_number(w, text, digits, e164, &named_entry);
  arena_free(&arena);
  *out = sure == WHO_FOUND ? sure_entry : named_entry;
  return sure == WHO_FOUND ? sure : named;
}

struct uuid who_contact(const struct who *w, const struct who_entry *entry, const char *digits,
                        const char *e164) {
  const struct number *numbers = w->numbers.items;
  const char *text = *e164 ? e164 : digits;
  size_t at = (size_t)(entry - (const struct who_entry *)w->entries.items);
  for (size_t i = first_at(&w->numbers, sizeof(struct number), text);
       *text && i < w->numbers.count && !strcmp(numbers[i].text, text); i++)
    if (numbers[i].entry == at)
      return numbers[i].contact;
  return (struct uuid){{0}};
}
