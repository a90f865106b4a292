#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/record.h"

const struct contact contact_empty = {
    .number = "",
    .plan = "",
    .e164 = "",
    .raw = "",
    .reason = "",
    .label = "",
    .hours = "",
    .place = "",
    .how = "",
    .domains = "",
    .replaces = "",
    .verified_by = "",
    .verified_how = "",
    .check_number = "",
};

bool contact_is_fax(const struct contact *c) {
  return c->kind == CONTACT_FAX || c->kind == CONTACT_FAX_SERVER;
}

const struct contact *entry_contact(const struct entry *entry, const struct uuid *uuid) {
  for (size_t i = 0; i < entry->contact_count; i++)
    if (uuid_equal(&entry->contacts[i].uuid, uuid))
      return &entry->contacts[i];
  return NULL;
}

/* The later first; of one second, and of what says no time, by UUID. */
static int absence_compare(const struct absence *x, const struct absence *y) {
  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}

size_t entry_absences(const struct entry *entry, int64_t now, bool clock_trusted,
                      const struct absence **out, size_t most) {
  size_t count = 0;
  for (size_t i = 0; i < entry->absence_count; i++) {
    const struct absence *a = &entry->absences[i];
    size_t at = count;
    if (clock_trusted && (a->from > now || (a->until && a->until <= now)))
      continue;
    while (at && absence_compare(a, out[at - 1]) < 0)
      at--;
    if (at == most)
      continue;
    count += count < most;
    for (size_t k = count - 1; k > at; k--)
      out[k] = out[k - 1];
    out[at] = a;
  }
  return count;
}

int contact_compare(const void *a, const void *b) {
  const struct contact *x = a, *y = b;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  if (x->audience != y->audience)
    return x->audience < y->audience ? -1 : 1;
  int order = uuid_compare(&x->uuid, &y->uuid);
  if (!order)
    order = strcmp(x->number, y->number);
  if (!order)
    order = strcmp(x->plan, y->plan);
  return order ? order : (x->kind > y->kind) - (x->kind < y->kind);
}

/* Joins one list of all parts: `member` and `member_count` of struct entry, items of `type`. */
#define JOIN(member, member_count, type)                                                           \
  do {                                                                                             \
    size_t total = 0, at = 0;                                                                      \
    for (size_t i = 0; i < count; i++)                                                             \
      total += parts[i].member_count;                                                              \
    type *joined = total ? arena_alloc(arena, total * sizeof *joined) : NULL;                      \
    for (size_t i = 0; joined && i < count; i++)                                                   \
      if (parts[i].member_count) {                                                                 \
        memcpy(joined + at, parts[i].member, parts[i].member_count * sizeof *joined);              \
        at += parts[i].member_count;                                                               \
      }                                                                                            \
    out->member = joined;                                                                          \
    out->member_count = at;                                                                        \
  } while (0)

/* What the head counts as withheld is not, where the part itself is at hand. */
static void drop_held(struct entry *out, const struct entry *parts, size_t count,
                      struct arena *arena) {
  struct withheld *kept =
      out->withheld_count ? arena_alloc(arena, out->withheld_count * sizeof *kept) : NULL;
  size_t n = 0;
  for (size_t i = 0; kept && i < out->withheld_count; i++) {
    bool here = false;
    for (size_t k = 0; k < count; k++)
      here = here || parts[k].audience == out->withheld[i].audience;
    if (!here)
      kept[n++] = out->withheld[i];
  }
  out->withheld = kept;
  out->withheld_count = n;
}

tc_status entry_merge(struct entry *out, const struct entry *parts, size_t count,
                      struct arena *arena, struct tc_error *err) {
  const struct entry *head = &parts[0];
  for (size_t i = 0; i < count; i++)
    if (parts[i].name[0] && (!head->name[0] || parts[i].audience < head->audience))
      head = &parts[i];
  *out = *head;
  if (count > 1) {
    JOIN(contacts, contact_count, struct contact);
    JOIN(notes, note_count, struct note);
    JOIN(overrides, override_count, struct override);
    JOIN(former_numbers, former_number_count, struct former_number);
    drop_held(out, parts, count, arena);
  } else if (out->contact_count) {
    struct contact *own = arena_alloc(arena, out->contact_count * sizeof *own);
    if (own)
      memcpy(own, out->contacts, out->contact_count * sizeof *own);
    out->contacts = own;
  }
  if (arena_failed(arena) || (out->contact_count && !out->contacts))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (out->contact_count > 1)
    qsort((struct contact *)(uintptr_t)out->contacts, out->contact_count, sizeof *out->contacts,
          contact_compare);
  return TC_OK;
}
