#include "sync/unrecorded.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

struct named_domain {
  const char *code;
  size_t entries, others; /* that name it; others: rules, plans and domains */
  size_t last;            /* the entry that named it last: counted once */
  bool held;
};

/* The place of a code, or where it goes. */
static size_t place_of(const struct unrecorded *u, const char *code, size_t len, bool *found) {
  size_t low = 0, high = u->count;
  *found = false;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strncmp(u->names[mid].code, code, len);
    if (order == 0 && u->names[mid].code[len])
      order = 1;
    if (order == 0) {
      *found = true;
      return mid;
    }
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

static struct named_domain *name_of(struct unrecorded *u, const char *code, size_t len) {
  bool found;
  size_t at = place_of(u, code, len, &found);
  if (found)
    return &u->names[at];
  if (u->count == u->cap) {
    size_t cap = u->cap ? u->cap * 2 : 64;
    struct named_domain *grown = realloc(u->names, cap * sizeof *grown);
    if (!grown) {
      u->arena.failed = true;
      return NULL;
    }
    u->names = grown;
    u->cap = cap;
  }
  char *copy = arena_zalloc(&u->arena, len + 1, 1);
  if (!copy)
    return NULL;
  memcpy(copy, code, len);
  memmove(&u->names[at + 1], &u->names[at], (u->count - at) * sizeof *u->names);
  u->names[at] = (struct named_domain){.code = copy};
  u->count++;
  return &u->names[at];
}

/* Of codes that commas join; entry: by that one, 0: by another record. */
static void add_names(struct unrecorded *u, const char *codes, size_t entry) {
  for (const char *at = codes ? codes : ""; *at;) {
    size_t len = strcspn(at, ",");
    struct named_domain *name = len ? name_of(u, at, len) : NULL;
    if (name && !entry)
      name->others++;
    else if (name && name->last != entry)
      name->entries++;
    if (name && entry)
      name->last = entry;
    at += len + (at[len] == ',');
  }
}

void unrecorded_add(struct unrecorded *u, const struct record *r) {
  struct named_domain *own = r->head.kind == RECORD_DOMAIN && *r->domain.code
                                 ? name_of(u, r->domain.code, strlen(r->domain.code))
                                 : NULL;
  if (own)
    own->held = true;
  switch (r->head.kind) {
  case RECORD_ENTRY:
    u->entry++;
    for (size_t i = 0; i < r->entry.contact_count; i++)
      add_names(u, r->entry.contacts[i].domains, u->entry);
    break;
  case RECORD_RULE:
    add_names(u, r->rule.domains, 0);
    break;
  case RECORD_PLAN:
    add_names(u, r->plan.domain, 0);
    for (size_t i = 0; i < r->plan.tie_count; i++)
      add_names(u, r->plan.ties[i].domains, 0);
    break;
  default:
    for (size_t i = 0; r->head.kind == RECORD_DOMAIN && i < r->domain.needs.count; i++)
      add_names(u, r->domain.needs.items[i], 0);
    break;
  }
}

/* Of entries those alone that say what a contact point rides on: the most say nothing. */
static bool is_wanted(const struct record_head *head, const void *bytes, size_t len, bool names) {
  if (head->kind == RECORD_ENTRY)
    return names && memmem(bytes, len, "dom=", 4) != NULL;
  return head->kind == RECORD_DOMAIN ||
         (names && (head->kind == RECORD_RULE || head->kind == RECORD_PLAN));
}

/* What cannot be read is told by whoever reads it. */
static void take(struct unrecorded *u, const void *bytes, size_t len, bool names) {
  struct arena arena = ARENA_INIT;
  struct record record;
  struct tc_error ignored = {.status = TC_OK};
  if (record_head(&record.head, bytes, len, &ignored) != TC_OK ||
      !is_wanted(&record.head, bytes, len, names))
    return;
  if (record_decode(&record, bytes, len, &arena, &ignored) == TC_OK) {
    if (!names) /* what it needs is told with what is held */
      record.domain.needs.count = 0;
    unrecorded_add(u, &record);
  }
  arena_free(&arena);
}

void unrecorded_record(struct unrecorded *u, const void *bytes, size_t len) {
  take(u, bytes, len, true);
}

void unrecorded_held(struct unrecorded *u, const void *bytes, size_t len) {
  take(u, bytes, len, false);
}

static bool stop(const char *code, size_t entries, size_t others, void *data) {
  (void)code;
  (void)entries;
  (void)others;
  *(bool *)data = true;
  return false;
}

bool unrecorded_any(const struct unrecorded *u) {
  bool any = false;
  unrecorded_each(u, stop, &any);
  return any;
}

void unrecorded_each(const struct unrecorded *u, unrecorded_take *each, void *data) {
  for (size_t i = 0; i < u->count; i++)
    if (!u->names[i].held && !each(u->names[i].code, u->names[i].entries, u->names[i].others, data))
      return;
}

void unrecorded_text(struct buffer *out, const char *code, size_t entries, size_t others) {
  buffer_printf(out,
                _("there is no failure domain “%s”, and whether what rides on it can be reached is "
                  "not known: entries that name it: %zu; rules, plans and domains: %zu"),
                code, entries, others);
}

static bool tell(const char *code, size_t entries, size_t others, void *data) {
  struct buffer text = BUFFER_INIT;
  unrecorded_text(&text, code, entries, others);
  notes_add(data, NOTE_LINT, 0, 0, "%s", buffer_text(&text));
  buffer_free(&text);
  return true;
}

void unrecorded_tell(const struct unrecorded *u, struct notes *notes) {
  unrecorded_each(u, tell, notes);
  if (arena_failed(&u->arena))
    notes->failed = true;
}

void unrecorded_free(struct unrecorded *u) {
  arena_free(&u->arena);
  free(u->names);
  *u = (struct unrecorded){0};
}
