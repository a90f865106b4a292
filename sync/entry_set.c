#include "sync/entry_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void entry_set_free(struct entry_set *s) {
  free(s->items);
  free(s->seen);
  *s = (struct entry_set){.count = 0};
}

tc_status entry_set_add(struct entry_set *s, const struct uuid *uuid, struct tc_error *err) {
  if (s->count == s->cap) {
    size_t cap = s->cap ? s->cap * 2 : 256;
    struct uuid *items = realloc(s->items, cap * sizeof *items);
    if (items)
      s->items = items;
    bool *seen = items ? realloc(s->seen, cap * sizeof *seen) : NULL;
    if (!seen)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    s->seen = seen;
    s->cap = cap;
  }
  s->items[s->count] = *uuid;
  s->seen[s->count++] = false;
  return TC_OK;
}

static int compare(const void *a, const void *b) {
  return uuid_compare(a, b);
}

void entry_set_sort(struct entry_set *s) {
  size_t kept = 0;
  if (s->count == 0)
    return;
  qsort(s->items, s->count, sizeof *s->items, compare);
  for (size_t i = 0; i < s->count; i++)
    if (kept == 0 || !uuid_equal(&s->items[kept - 1], &s->items[i]))
      s->items[kept++] = s->items[i];
  s->count = kept;
  memset(s->seen, 0, kept * sizeof *s->seen);
}

static const struct uuid *find(const struct entry_set *s, const struct uuid *uuid) {
  return s->count ? bsearch(uuid, s->items, s->count, sizeof *s->items, compare) : NULL;
}

bool entry_set_has(const struct entry_set *s, const struct uuid *uuid) {
  return find(s, uuid) != NULL;
}

void entry_set_see(struct entry_set *s, const struct uuid *uuid) {
  const struct uuid *hit = find(s, uuid);
  if (hit)
    s->seen[hit - s->items] = true;
}

int64_t entry_set_unseen(const struct entry_set *s) {
  int64_t n = 0;
  for (size_t i = 0; i < s->count; i++)
    n += !s->seen[i];
  return n;
}
