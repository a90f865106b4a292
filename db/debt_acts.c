#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/act.h"
#include "db/debt.h"
#include "db/journal.h"
#include "db/place.h"
#include "db/queue.h"
#include "db/store.h"

/* Is a thing that an act names one of which nothing is held?  One that names none is not. */
static tc_status is_unheld(struct store *s, const struct uuid *uuid, bool *out,
                           struct tc_error *err) {
  int64_t id = 0;
  tc_status status = uuid_is_nil(uuid) ? TC_OK : store_identity(s, uuid, &id, err);
  *out = *out || id < 0;
  return status;
}

/* Does the entry say so still, or was it never said here?  A text of a part that went is in "was",
 * and nowhere else. */
static bool quotes_what_went(const struct act *act, const struct entry *entry) {
  const struct uuid contact = act_get_uuid(act, "contact");
  const struct act_property *property = act_property(act_get(act, "field"));
  const char *was = act_get(act, "was");
  if (!uuid_is_nil(&contact)) {
    size_t i = 0;
    while (i < entry->contact_count && !uuid_equal(&entry->contacts[i].uuid, &contact))
      i++;
    if (i == entry->contact_count)
      return true;
  }
  const char *now = property && *was ? act_property_value(property, entry, &contact) : was;
  return !now || (strcmp(now, was) != 0 && strcmp(now, act_get(act, "now")) != 0);
}

/* Is it about something that is not granted any more? */
static tc_status is_of_the_lost(struct store *s, enum audience audience, const struct act *act,
                                bool *out, struct tc_error *err) {
  static const char *const named[] = {"chain", "group", "cover"};
  struct arena arena = ARENA_INIT;
  struct entry entry;
  int64_t id = -1;
  *out = act->audience > audience;
  tc_status status = is_unheld(s, &act->subject, out, err);
  for (size_t i = 0; i < sizeof named / sizeof *named && status == TC_OK; i++) {
    const struct uuid uuid = act_get_uuid(act, named[i]);
    status = is_unheld(s, &uuid, out, err);
  }
  if (status == TC_OK && !*out)
    status = store_identity(s, &act->subject, &id, err);
  if (status == TC_OK && id >= 0) {
    tc_status placed = place_entry(s, id, AUDIENCE_NONE, &arena, &entry, err);
    if (placed == TC_OK)
      *out = quotes_what_went(act, &entry);
    else if (placed != TC_NOT_FOUND) /* a failure domain: it is a name alone */
      status = placed;
  }
  arena_free(&arena);
  return status;
}

static tc_status sort_out(struct queue *q, struct store *s, enum audience audience,
                          struct tc_error *err) {
  tc_status status = TC_OK;
  size_t kept = 0;
  for (size_t i = 0; i < q->count && status == TC_OK; i++) {
    struct queue_item *item = &q->items[i];
    bool lost = false;
    status = is_of_the_lost(s, audience, &item->held.act, &lost, err);
    item->forget = item->forget || lost;
    if (!item->forget || !queue_is_answered(item))
      q->items[kept++] = *item;
  }
  q->count = kept;
  for (size_t i = 0; i < q->journal_count; i++) /* those that could not be taken away */
    q->journals[i].turn = true;
  return status;
}

/* Was anything written here? */
static bool is_written(const char *scope_dir) {
  static const char *const names[] = {"acts", "journal"};
  char path[GENERATION_PATH + 16];
  bool there = false;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, sizeof path, "%s/%s", scope_dir, names[i]);
    there = there || access(path, F_OK) == 0;
  }
  return there;
}

tc_status debt_acts(const char *scope_dir, struct store *s, struct tc_error *err) {
  struct queue q;
  struct queue_taken taken;
  int64_t audience = 0;
  int lock;
  if (!is_written(scope_dir))
    return TC_OK;
  tc_status status = store_meta_int(s, "audience", &audience, err);
  if (status == TC_OK)
    status = queue_lock(&lock, scope_dir, err);
  if (status != TC_OK)
    return status;
  status = queue_read(&q, scope_dir, err);
  if (status == TC_OK) {
    journal_retire(scope_dir);
    status = queue_take(&q, scope_dir, &taken, err);
    if (status == TC_OK)
      status = sort_out(&q, s, (enum audience)audience, err);
    if (status == TC_OK)
      status = queue_write(&q, scope_dir, err);
    if (status == TC_OK)
      status = journal_drop_retired(scope_dir, err);
    queue_free(&q);
  }
  close(lock);
  return status;
}
