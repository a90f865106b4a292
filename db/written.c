#include "db/written.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/journal.h"
#include "db/place.h"
#include "db/queue.h"

static uint64_t stamp_both(const char *scope_dir) {
  char path[JOURNAL_PATH];
  struct journal_name *names;
  size_t count;
  snprintf(path, sizeof path, "%s/acts", scope_dir);
  uint64_t stamp = file_stamp(path);
  if (journal_own_names(&names, &count, scope_dir, NULL) != TC_OK)
    count = 0;
  for (size_t i = 0; i < count; i++)
    if (journal_path(path, scope_dir, "", &names[i], NULL) == TC_OK)
      stamp = stamp * 31 + file_stamp(path);
  free(names);
  return stamp;
}

bool written_changed(const struct written *w, const char *scope_dir) {
  return stamp_both(scope_dir) != w->stamp;
}

static void say(struct written *w, const char *text) {
  if (!w->trouble[0])
    snprintf(w->trouble, sizeof w->trouble, "%s", text);
}

static void say_lost(struct written *w, const char *text) {
  w->lost = true;
  say(w, text);
}

static void say_damaged(struct written *w, size_t bytes) {
  char text[sizeof w->trouble];
  if (!bytes)
    return;
  snprintf(text, sizeof text,
           _("of what was written here, %zu bytes are damaged; the rest is kept"), bytes);
  say_lost(w, text);
}

/* What this account wrote and tocsin-sync has not taken over. */
static void add_journal(struct queue *q, struct written *w, const char *scope_dir,
                        const struct journal_name *name) {
  struct journal j;
  const char *bytes;
  size_t len, damaged = 0;
  struct tc_error why = {.status = TC_OK};
  tc_status status = journal_open(&j, scope_dir, name, &why);
  if (status != TC_OK && status != TC_NO_INPUT)
    say_lost(w, why.text);
  if (status == TC_OK) {
    int64_t offset = queue_offset(q, name->uid, &j.name);
    if (offset > (int64_t)j.at && offset <= (int64_t)j.text.len)
      j.at = (size_t)offset;
    while (journal_next(&j, &bytes, &len) == TC_OK)
      if (queue_add(q, bytes, len, NULL) != TC_OK)
        damaged += len;
    say_damaged(w, damaged + j.damaged);
    if (j.text.len >= JOURNAL_MOST - JOURNAL_TURN)
      say(w, _("the journal is nearly full: tocsin-sync does not take what is written here"));
  }
  journal_close(&j);
}

static void add_own(struct queue *q, struct written *w, const char *scope_dir) {
  struct journal_name *names;
  size_t count;
  struct tc_error why = {.status = TC_OK};
  if (journal_own_names(&names, &count, scope_dir, &why) != TC_OK)
    say_lost(w, why.text);
  for (size_t i = 0; i < count; i++)
    add_journal(q, w, scope_dir, &names[i]);
  free(names);
}

int written_compare(const void *a, const void *b) {
  const struct act_held *x = a, *y = b;
  int order = uuid_compare(&x->act.subject, &y->act.subject);
  return order ? order : uuid_compare(&x->act.uuid, &y->act.uuid);
}

void written_read(struct written *out, const char *scope_dir) {
  struct queue q;
  struct tc_error why = {.status = TC_OK};
  *out = (struct written){.arena = ARENA_INIT, .stamp = stamp_both(scope_dir)};
  if (queue_read(&q, scope_dir, &why) != TC_OK) {
    say_lost(out, why.text);
    q = (struct queue){.arena = ARENA_INIT};
  }
  say_damaged(out, q.damaged);
  add_own(&q, out, scope_dir);
  struct act_held *acts = arena_alloc(&q.arena, (q.count + 1) * sizeof *acts);
  for (size_t i = 0; acts && i < q.count; i++)
    acts[i] = q.items[i].held;
  if (acts) {
    qsort(acts, q.count, sizeof *acts, written_compare);
    out->acts = acts;
    out->count = q.count;
  } else {
    say(out, _("out of memory"));
  }
  out->arena = q.arena;
}

void written_hide(struct written *w, enum audience from) {
  size_t kept = 0;
  for (size_t i = 0; i < w->count; i++)
    if (!place_hides(from, w->acts[i].act.audience))
      w->acts[kept++] = w->acts[i];
  w->count = kept;
}

void written_join(struct written *w, const struct act_held *tried, size_t count,
                  enum audience hidden) {
  w->tried_count = 0;
  w->tried = count ? arena_alloc(&w->arena, count * sizeof *tried) : NULL;
  if (count && !w->tried)
    say(w, _("out of memory"));
  for (size_t i = 0; w->tried && i < count; i++)
    if ((*act_get(&tried[i].act, "withdrawn") || !w->count ||
         !bsearch(&tried[i], w->acts, w->count, sizeof *tried, written_compare)) &&
        !place_hides(hidden, tried[i].act.audience))
      w->tried[w->tried_count++] = tried[i];
}

void written_free(struct written *w) {
  arena_free(&w->arena);
  *w = (struct written){.arena = ARENA_INIT};
}

/* Those of a list that are about an entry; *count of them. */
static const struct act_held *about(const struct act_held *acts, size_t all,
                                    const struct uuid *entry, size_t *count) {
  size_t low = 0, high = all;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (uuid_compare(&acts[middle].act.subject, entry) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *count = 0;
  while (low + *count < all && uuid_equal(&acts[low + *count].act.subject, entry))
    ++*count;
  return *count ? acts + low : NULL;
}

tc_status written_fold(const struct written *w, struct entry *entry, int64_t revision,
                       enum act_tier tier, struct arena *arena, struct tc_error *err) {
  size_t own, others;
  const struct act_held *acts = about(w->acts, w->count, &entry->uuid, &own),
                        *tried = about(w->tried, w->tried_count, &entry->uuid, &others);
  if (own && others) {
    struct act_held *both = arena_alloc(arena, (own + others) * sizeof *both);
    if (!both)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    memcpy(both, acts, own * sizeof *both);
    memcpy(both + own, tried, others * sizeof *both);
    acts = both;
  } else if (others) {
    acts = tried;
  }
  return own + others ? act_fold(entry, acts, own + others, revision, tier, arena, err) : TC_OK;
}
