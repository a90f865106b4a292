#include "sync/merge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/phone.h"

enum { DETAILS_MAX = 200 };

const char *const merge_dismissed =
    N_("a person deleted it at the source: it stays deleted; --allow-deleted brings it back");

struct merging {
  struct import_plan *plan;
  struct plan_item *item;
  const struct map *map;
  const struct import_origin *origin;
  struct arena arena; /* given back at the end */
  struct entry parts[AUDIENCE_COUNT];
  bool there[AUDIENCE_COUNT];
  const struct entry *head; /* of parts; NULL: none */
  const struct held *held;
  const struct entry_set *dismissed; /* NULL: none */
  const char *details[DETAILS_MAX];
  size_t detail_count;
  struct tc_error *err;
};

static tc_status out_of_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static void TC_PRINTF(2, 3) detail(struct merging *g, const char *fmt, ...) {
  char text[1024];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  if (g->detail_count < DETAILS_MAX)
    g->details[g->detail_count++] = arena_strdup(&g->plan->arena, text);
}

static void left(struct merging *g, const char *what) {
  notes_add(&g->plan->notes, NOTE_LEFT, g->item->row, 0, "%s [%s]: %s", g->item->name, g->item->key,
            what);
}

static tc_status decode_held(struct merging *g) {
  for (int a = 0; g->held && a < AUDIENCE_COUNT; a++) {
    if (!g->held->bytes[a])
      continue;
    struct record r;
    tc_status status = record_decode(&r, g->held->bytes[a], g->held->len[a], &g->arena, g->err);
    if (status == TC_INVALID) { /* damaged: the file's record takes its place */
      tc_error_clear(g->err);
      continue;
    }
    if (status != TC_OK)
      return status;
    g->parts[a] = r.entry;
    g->there[a] = true;
    if (!g->head && *r.entry.name)
      g->head = &g->parts[a];
  }
  return TC_OK;
}

/* -- writing the parts ------------------------------------------------------------------------- */

/* Encodes a record; adds it to the item where it differs from what is held. */
static tc_status write_record(struct import_plan *plan, struct plan_item *item,
                              const struct record *r, const struct held *held,
                              struct tc_error *err) {
  struct buffer bytes = BUFFER_INIT;
  enum audience a = r->head.audience;
  tc_status status = record_encode(r, &bytes, err);
  if (status == TC_OK && a > plan->audience)
    plan->audience = a;
  if (status == TC_OK && !(held && held->bytes[a] && held->len[a] == bytes.len &&
                           !memcmp(held->bytes[a], bytes.data, bytes.len)))
    status = plan_add_record(plan, item, &r->head.uuid, a, &bytes, err);
  buffer_free(&bytes);
  return status;
}

static size_t contacts_of(const struct entry *e, enum audience a) {
  size_t count = 0;
  for (size_t i = 0; i < e->contact_count; i++)
    count += e->contacts[i].audience == a;
  return count;
}

/* The contact points of one audience, alone. */
static tc_status split_contacts(struct merging *g, struct entry *part, const struct entry *all,
                                enum audience a) {
  struct contact *own = arena_alloc(&g->arena, (contacts_of(all, a) + 1) * sizeof *own);
  if (!own)
    return out_of_memory(g->err);
  part->contacts = own;
  part->contact_count = 0;
  for (size_t i = 0; i < all->contact_count; i++)
    if (all->contacts[i].audience == a)
      own[part->contact_count++] = all->contacts[i];
  return TC_OK;
}

/* How many contact points each narrower audience has that this part does not show. */
static tc_status count_withheld(struct merging *g, struct entry *head, const struct entry *all) {
  struct withheld *w = arena_zalloc(&g->arena, AUDIENCE_COUNT, sizeof *w);
  if (!w)
    return out_of_memory(g->err);
  head->withheld = w;
  head->withheld_count = 0;
  for (int a = (int)head->audience + 1; a < AUDIENCE_COUNT; a++) {
    size_t count = contacts_of(all, (enum audience)a);
    if (count)
      w[head->withheld_count++] =
          (struct withheld){.audience = (enum audience)a, .count = (int64_t)count};
  }
  return TC_OK;
}

/* A part that holds contact points only; where the entry came from stands in its head. */
static struct entry bare_part(const struct entry *all, enum audience a) {
  struct entry part = {.uuid = all->uuid, .audience = a, .rank = 500};
  const struct map_kind *k = map_kind(RECORD_ENTRY);
  map_fields_fill(k->fields, k->count, &part);
  return part;
}

/* Splits all into its parts and writes those that differ. */
static tc_status write_parts(struct merging *g, const struct entry *all) {
  tc_status status = TC_OK;
  for (int a = 1; status == TC_OK && a < AUDIENCE_COUNT; a++) {
    bool is_head = (int)all->audience == a;
    struct record r = {.head = {.version = RECORD_VERSION,
                                .kind = RECORD_ENTRY,
                                .audience = (enum audience)a,
                                .uuid = all->uuid}};
    r.entry = is_head ? *all : bare_part(all, (enum audience)a);
    const struct entry *before = g->there[a] ? &g->parts[a] : NULL;
    r.entry.notes = before ? before->notes : NULL;
    r.entry.note_count = before ? before->note_count : 0;
    r.entry.overrides = before ? before->overrides : NULL;
    r.entry.override_count = before ? before->override_count : 0;
    if (!is_head && before && before != g->head) {
      r.entry.unknown = before->unknown;
      r.entry.unknown_count = before->unknown_count;
    }
    status = split_contacts(g, &r.entry, all, (enum audience)a);
    if (status == TC_OK && is_head)
      status = count_withheld(g, &r.entry, all);
    if (status != TC_OK)
      break;
    if (is_head || r.entry.contact_count || r.entry.note_count || r.entry.override_count ||
        r.entry.unknown_count)
      status = write_record(g->plan, g->item, &r, g->held, g->err);
    else if (g->held && g->held->bytes[a])
      status = plan_add_record(g->plan, g->item, &all->uuid, (enum audience)a, NULL, g->err);
  }
  return status;
}

/* -- what belongs to whom ---------------------------------------------------------------------- */

/* The section of the map that made a contact point; NULL: none of it did. */
static const struct map_contact *section_of(const struct merging *g, const struct uuid *entry,
                                            const struct uuid *contact) {
  for (size_t i = 0; i < g->map->contact_count; i++)
    for (size_t k = 0; k < PHONE_PER_CELL; k++) {
      struct uuid u = import_contact_uuid(g->origin, entry, g->map->contacts[i].slot, k);
      if (uuid_equal(&u, contact))
        return &g->map->contacts[i];
    }
  return NULL;
}

static bool other_origins(const struct merging *g) {
  for (size_t i = 0; g->head && i < g->head->origin_count; i++)
    if (strcmp(g->head->origins[i].system, g->origin->name))
      return true;
  return false;
}

/* Did this origin make the contact point?  A UUID made from a name (version 5) in an entry that no
 * other origin shares was, by this map or an earlier one. */
static bool is_owned(const struct merging *g, const struct uuid *entry, const struct contact *c) {
  bool from_name = c->uuid.b[6] >> 4 == 5;
  if (from_name && !other_origins(g))
    return true;
  return section_of(g, entry, &c->uuid) != NULL;
}

static const struct contact *held_contact(const struct merging *g, const struct uuid *uuid) {
  for (int a = 0; a < AUDIENCE_COUNT; a++)
    for (size_t i = 0; g->there[a] && i < g->parts[a].contact_count; i++)
      if (uuid_equal(&g->parts[a].contacts[i].uuid, uuid))
        return &g->parts[a].contacts[i];
  return NULL;
}

static bool same_number(const struct contact *a, const struct contact *b) {
  return !strcmp(a->number, b->number) && !strcmp(a->e164 ? a->e164 : "", b->e164 ? b->e164 : "") &&
         !strcmp(a->plan ? a->plan : "", b->plan ? b->plan : "");
}

static bool maps(const struct map_value *values, size_t count, const struct map_field *f) {
  for (size_t i = 0; i < count; i++)
    if (values[i].field == f)
      return true;
  return false;
}

/* The fresh contact point with what the map does not say taken from the held one. */
static struct contact merged_contact(const struct merging *g, const struct uuid *entry,
                                     const struct contact *fresh, const struct contact *old) {
  static const char *const own[] = {"kind", "order", "plan", "audience", "how"};
  struct contact c = *fresh;
  const struct map_contact *section = section_of(g, entry, &fresh->uuid);
  for (size_t i = 0; i < map_contact_field_count; i++) {
    const struct map_field *f = &map_contact_fields[i];
    bool imports = section && maps(section->values, section->count, f);
    for (size_t j = 0; j < sizeof own / sizeof *own; j++)
      imports = imports || !strcmp(f->name, own[j]);
    if (!imports)
      map_field_copy(f, &c, old);
  }
  c.extra = old->extra;
  c.via = old->via;
  c.replaces = old->replaces;
  c.replaces_uuid = old->replaces_uuid;
  c.from = old->from;
  c.until = old->until;
  if (same_number(fresh, old)) { /* a check is of a number: another one was never checked */
    c.verified = old->verified;
    c.verified_by = old->verified_by;
    c.verified_how = old->verified_how;
  }
  return c;
}

static void describe_change(struct merging *g, const struct contact *old, const struct contact *c) {
  const char *kind = contact_kind_word(c->kind);
  if (!same_number(old, c) || strcmp(old->reason ? old->reason : "", c->reason ? c->reason : ""))
    detail(g, _("%s: “%s” -> “%s”"), kind, old->number, c->number);
  else if (strcmp(old->raw ? old->raw : "", c->raw ? c->raw : ""))
    detail(g, _("%s %s: written “%s” -> “%s”"), kind, c->number, old->raw ? old->raw : "",
           c->raw ? c->raw : "");
  for (size_t i = 0; i < map_contact_field_count; i++) {
    const struct map_field *f = &map_contact_fields[i];
    if (map_field_equal(f, old, c) || !strcmp(f->name, "plan"))
      continue;
    struct buffer was = BUFFER_INIT, is = BUFFER_INIT;
    map_field_show(f, old, &was);
    map_field_show(f, c, &is);
    detail(g, _("%s %s: %s “%s” -> “%s”"), kind, c->number, f->name, buffer_text(&was),
           buffer_text(&is));
    buffer_free(&was);
    buffer_free(&is);
  }
}

static void merge_one(struct merging *g, struct entry *all, struct contact *into,
                      const struct contact *fresh, enum audience of_file, bool critical) {
  const struct contact *old = held_contact(g, &fresh->uuid);
  if (!old) {
    *into = *fresh;
    if (into->audience == of_file)
      into->audience = all->audience;
    detail(g, _("%s: added “%s”"), contact_kind_word(fresh->kind), fresh->number);
    return;
  }
  if (old->pinned) {
    *into = *old;
    if (!same_number(old, fresh)) {
      char text[300];
      snprintf(text, sizeof text, _("%s “%s” was set by a person, the file says “%s”"),
               contact_kind_word(old->kind), old->number, fresh->number);
      left(g, text);
    }
    return;
  }
  *into = merged_contact(g, &all->uuid, fresh, old);
  if (into->audience == of_file) /* a number goes where a person put its entry */
    into->audience = all->audience;
  describe_change(g, old, into);
  if (critical && !same_number(old, into))
    g->item->critical = true;
}

/* Says so, too. */
static bool is_dismissed(struct merging *g, const struct contact *fresh) {
  char text[300];
  if (!g->dismissed || !entry_set_has(g->dismissed, &fresh->uuid) || held_contact(g, &fresh->uuid))
    return false;
  snprintf(text, sizeof text, "%s “%s”: %s", contact_kind_word(fresh->kind), fresh->number,
           _(merge_dismissed));
  left(g, text);
  return true;
}

/* all->contacts: the fresh ones merged with the held, then the held ones that stay. */
static tc_status merge_contacts(struct merging *g, struct entry *all, const struct entry *fresh,
                                bool critical) {
  size_t most = fresh ? fresh->contact_count : 0, count = 0;
  for (int a = 0; a < AUDIENCE_COUNT; a++)
    most += g->there[a] ? g->parts[a].contact_count : 0;
  struct contact *list = arena_alloc(&g->arena, (most + 1) * sizeof *list);
  if (!list)
    return out_of_memory(g->err);
  for (size_t i = 0; fresh && i < fresh->contact_count; i++)
    if (!is_dismissed(g, &fresh->contacts[i]))
      merge_one(g, all, &list[count++], &fresh->contacts[i], fresh->audience, critical);
  size_t from_file = count;
  for (int a = 0; a < AUDIENCE_COUNT; a++)
    for (size_t i = 0; g->there[a] && i < g->parts[a].contact_count; i++) {
      const struct contact *c = &g->parts[a].contacts[i];
      bool in_file = false;
      for (size_t j = 0; j < from_file; j++)
        in_file = in_file || uuid_equal(&list[j].uuid, &c->uuid);
      if (in_file)
        continue;
      if (is_owned(g, &all->uuid, c) && !c->pinned) {
        detail(g, _("%s: removed “%s”"), contact_kind_word(c->kind), c->number);
        g->plan->removed_contacts++;
        g->item->critical = g->item->critical || critical;
        continue;
      }
      if (c->pinned && is_owned(g, &all->uuid, c))
        left(g, _("a number set by a person is not in the file any more"));
      list[count++] = *c;
    }
  all->contacts = list;
  all->contact_count = count;
  return TC_OK;
}

static bool is_pinned(const struct entry *e, const char *field) {
  for (size_t i = 0; i < e->pinned.count; i++)
    if (!strcmp(e->pinned.items[i], field))
      return true;
  return false;
}

/* The head: what the map fills comes from the file unless a person pinned it. */
static void merge_head(struct merging *g, struct entry *all, const struct entry *fresh) {
  const struct map_kind *k = map_kind(RECORD_ENTRY);
  *all = *g->head;
  if (!is_pinned(all, "audience")) /* who may see it, a person's word stands */
    all->audience = fresh->audience;
  for (size_t i = 0; i < k->count; i++) {
    const struct map_field *f = &k->fields[i];
    bool site = !strcmp(f->name, "site") && *fresh->site;
    if (!maps(g->map->values, g->map->value_count, f) && !site)
      continue;
    bool pinned = is_pinned(all, f->name);
    if (map_field_equal(f, all, fresh))
      continue;
    struct buffer was = BUFFER_INIT, is = BUFFER_INIT, text = BUFFER_INIT;
    map_field_show(f, all, &was);
    map_field_show(f, fresh, &is);
    if (pinned) {
      buffer_printf(&text, _("%s “%s” was set by a person, the file says “%s”"), f->name,
                    buffer_text(&was), buffer_text(&is));
      left(g, buffer_text(&text));
    } else {
      detail(g, _("%s: “%s” -> “%s”"), f->name, buffer_text(&was), buffer_text(&is));
      map_field_copy(f, all, fresh);
    }
    buffer_free(&was);
    buffer_free(&is);
    buffer_free(&text);
  }
}

/* The origins of the head with this one's key; without it where key is NULL. */
static tc_status set_origins(struct merging *g, struct entry *all, const char *key) {
  size_t most = (g->head ? g->head->origin_count : 0) + 1, count = 0;
  struct origin *list = arena_zalloc(&g->arena, most, sizeof *list);
  if (!list)
    return out_of_memory(g->err);
  for (size_t i = 0; g->head && i < g->head->origin_count; i++)
    if (strcmp(g->head->origins[i].system, g->origin->name))
      list[count++] = g->head->origins[i];
  if (key)
    list[count++] = (struct origin){.system = g->origin->name, .key = key};
  all->origins = list;
  all->origin_count = count;
  return TC_OK;
}

static tc_status keep_details(struct merging *g) {
  const char **copy = arena_alloc(&g->plan->arena, (g->detail_count + 1) * sizeof *copy);
  if (!copy)
    return out_of_memory(g->err);
  memcpy(copy, g->details, g->detail_count * sizeof *copy);
  g->item->details = copy;
  g->item->detail_count = g->detail_count;
  return TC_OK;
}

static tc_status finish(struct merging *g, tc_status status) {
  if (status == TC_OK && g->item->act == PLAN_CHANGED)
    status = keep_details(g);
  arena_free(&g->arena);
  return status;
}

/* The record as it would be in an empty directory: most rows of a second import end here. */
static tc_status write_fresh(struct merging *g, const struct entry *fresh, const char *key) {
  struct entry all = *fresh;
  tc_status status = set_origins(g, &all, key);
  return status == TC_OK ? write_parts(g, &all) : status;
}

tc_status merge_entry(struct import_plan *plan, struct plan_item *item, const struct map *m,
                      const struct import_origin *origin, const struct entry *fresh,
                      const char *key, const struct held *old, const struct entry_set *dismissed,
                      struct tc_error *err) {
  struct merging g = {.plan = plan,
                      .item = item,
                      .map = m,
                      .origin = origin,
                      .held = old,
                      .dismissed = dismissed,
                      .err = err};
  item->contacts = fresh->contact_count;
  tc_status status = write_fresh(&g, fresh, key);
  item->act = old ? PLAN_UNCHANGED : PLAN_ADDED;
  if (status != TC_OK || !old || !item->record_count)
    return finish(&g, status);
  item->record_count = 0;
  status = decode_held(&g);
  struct entry all = *fresh;
  if (status == TC_OK && g.head)
    merge_head(&g, &all, fresh);
  bool critical = g.head && g.head->critical;
  if (status == TC_OK)
    status = set_origins(&g, &all, key);
  if (status == TC_OK)
    status = merge_contacts(&g, &all, fresh, critical);
  if (status == TC_OK)
    status = write_parts(&g, &all);
  item->contacts = all.contact_count;
  item->act = item->record_count ? PLAN_CHANGED : PLAN_UNCHANGED;
  return finish(&g, status);
}

/* Is there anything in it that no import wrote? */
static bool holds_more(const struct merging *g) {
  if (g->head && g->head->pinned.count)
    return true;
  for (int a = 0; a < AUDIENCE_COUNT; a++) {
    const struct entry *e = &g->parts[a];
    if (!g->there[a])
      continue;
    if (e->note_count || e->override_count)
      return true;
    for (size_t i = 0; i < e->contact_count; i++)
      if (e->contacts[i].pinned || !is_owned(g, &e->uuid, &e->contacts[i]))
        return true;
  }
  return false;
}

static tc_status remove_parts(struct merging *g) {
  tc_status status = TC_OK;
  for (int a = 0; status == TC_OK && a < AUDIENCE_COUNT; a++)
    if (g->held->bytes[a])
      status = plan_add_record(g->plan, g->item, &g->held->uuid, (enum audience)a, NULL, g->err);
  return status;
}

tc_status merge_remove(struct import_plan *plan, struct plan_item *item, const struct map *m,
                       const struct import_origin *origin, const struct held *old,
                       struct tc_error *err) {
  struct merging g = {
      .plan = plan, .item = item, .map = m, .origin = origin, .held = old, .err = err};
  tc_status status = decode_held(&g);
  item->key = item->name = "";
  if (status == TC_OK && g.head) {
    item->name = arena_strdup(&plan->arena, g.head->name);
    for (size_t i = 0; i < g.head->origin_count; i++)
      if (!strcmp(g.head->origins[i].system, origin->name))
        item->key = arena_strdup(&plan->arena, g.head->origins[i].key);
    if (!item->name || !item->key)
      status = out_of_memory(err);
  }
  for (int a = 0; a < AUDIENCE_COUNT; a++)
    item->contacts += g.there[a] ? g.parts[a].contact_count : 0;
  if (status != TC_OK)
    return finish(&g, status);
  if (other_origins(&g)) {
    struct entry all = *g.head;
    item->act = PLAN_CHANGED;
    detail(&g, _("not in the file any more; other origins keep it"));
    status = set_origins(&g, &all, NULL);
    if (status == TC_OK)
      status = merge_contacts(&g, &all, NULL, all.critical);
    if (status == TC_OK)
      status = write_parts(&g, &all);
  } else if (holds_more(&g)) {
    item->act = PLAN_UNCHANGED;
    left(&g, _("it is not in the file any more, but holds what a person set"));
  } else {
    item->act = PLAN_REMOVED;
    item->critical = g.head && g.head->critical;
    plan->removed_contacts += item->contacts;
    status = remove_parts(&g);
  }
  return finish(&g, status);
}

tc_status merge_other(struct import_plan *plan, struct plan_item *item, const struct map *m,
                      const struct record *fresh, const struct held *old, struct tc_error *err) {
  struct merging g = {.plan = plan, .item = item, .map = m, .held = old, .err = err};
  struct record merged = *fresh;
  tc_status status = TC_OK;
  item->act = old ? PLAN_UNCHANGED : PLAN_ADDED;
  for (int a = 0; status == TC_OK && old && a < AUDIENCE_COUNT; a++) {
    if (!old->bytes[a])
      continue;
    struct record r;
    status = record_decode(&r, old->bytes[a], old->len[a], &g.arena, err);
    if (status != TC_OK)
      break;
    merged = r;
    if ((enum audience)a != fresh->head.audience)
      status = plan_add_record(plan, item, &old->uuid, (enum audience)a, NULL, err);
  }
  if (status != TC_OK)
    return finish(&g, status);
  merged.head.audience = fresh->head.audience;
  memcpy((char *)&merged.entry + m->kind->audience, &fresh->head.audience,
         sizeof fresh->head.audience);
  for (size_t i = 0; i < m->kind->count; i++) {
    const struct map_field *f = &m->kind->fields[i];
    if (!maps(m->values, m->value_count, f) || map_field_equal(f, &merged.entry, &fresh->entry))
      continue;
    struct buffer was = BUFFER_INIT, is = BUFFER_INIT;
    map_field_show(f, &merged.entry, &was);
    map_field_show(f, &fresh->entry, &is);
    detail(&g, _("%s: “%s” -> “%s”"), f->name, buffer_text(&was), buffer_text(&is));
    buffer_free(&was);
    buffer_free(&is);
    map_field_copy(f, &merged.entry, &fresh->entry);
  }
  status = write_record(plan, item, &merged, old, err);
  if (old)
    item->act = item->record_count ? PLAN_CHANGED : PLAN_UNCHANGED;
  return finish(&g, status);
}
