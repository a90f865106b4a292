#include "sync/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/held.h"
#include "sync/merge.h"
#include "sync/region.h"
#include "sync/rota_plan.h"

/* A key of the file and where it was. */
struct key_slot {
  struct uuid uuid; /* nil: free */
  long row;
  size_t item;   /* SIZE_MAX: nothing changes */
  uint64_t hash; /* of the row's cells */
};

struct deciding {
  struct import_plan *plan;
  struct import_origin origin;
  struct held_set held;
  struct arena row_arena;
  struct key_slot *keys; /* open addressing; cap is a power of two */
  size_t key_count, key_cap;
  struct regions regions;
  struct tc_error *err;
};

static tc_status out_of_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

struct plan_item *plan_new_item(struct import_plan *p, struct tc_error *err) {
  if (p->count == p->cap) {
    size_t cap = p->cap ? p->cap * 2 : 256;
    struct plan_item *wider = realloc(p->items, cap * sizeof *wider);
    if (!wider) {
      out_of_memory(err);
      return NULL;
    }
    p->items = wider;
    p->cap = cap;
  }
  struct plan_item *item = &p->items[p->count];
  *item = (struct plan_item){.key = "", .name = ""};
  return item;
}

/* Where it changes something. */
void plan_keep_item(struct import_plan *p, struct plan_item *item) {
  p->counts[item->act]++;
  p->critical += item->critical;
  if (item->act != PLAN_UNCHANGED)
    p->count++;
}

tc_status plan_add_record(struct import_plan *plan, struct plan_item *item, const struct uuid *uuid,
                          enum audience audience, const struct buffer *bytes,
                          struct tc_error *err) {
  struct plan_record *records =
      arena_alloc(&plan->arena, (item->record_count + 1) * sizeof *records);
  if (!records)
    return out_of_memory(err);
  if (item->record_count)
    memcpy(records, item->records, item->record_count * sizeof *records);
  struct plan_record *r = &records[item->record_count++];
  *r = (struct plan_record){.uuid = *uuid, .audience = audience};
  item->records = records;
  if (!bytes)
    return TC_OK;
  r->bytes = arena_copy(&plan->arena, bytes->data, bytes->len);
  r->len = bytes->len;
  return r->bytes ? TC_OK : out_of_memory(err);
}

/* -- keys of the file -------------------------------------------------------------------------- */

static uint64_t row_hash(const struct row *row) {
  uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
  for (size_t i = 0; i < row->count; i++)
    for (size_t j = 0; j <= row->cells[i].len; j++)
      h = (h ^ (unsigned char)row->cells[i].text[j]) * UINT64_C(1099511628211);
  return h;
}

static struct key_slot *slot_of(const struct deciding *d, const struct uuid *uuid) {
  size_t at;
  memcpy(&at, uuid->b, sizeof at); /* a hash already */
  for (at &= d->key_cap - 1;; at = (at + 1) & (d->key_cap - 1))
    if (uuid_is_nil(&d->keys[at].uuid) || uuid_equal(&d->keys[at].uuid, uuid))
      return &d->keys[at];
}

static tc_status room_for_key(struct deciding *d) {
  if (d->key_count * 2 < d->key_cap)
    return TC_OK;
  struct deciding wider = *d;
  wider.key_cap = d->key_cap ? d->key_cap * 2 : 1024;
  wider.keys = calloc(wider.key_cap, sizeof *wider.keys);
  if (!wider.keys)
    return out_of_memory(d->err);
  for (size_t i = 0; i < d->key_cap; i++)
    if (!uuid_is_nil(&d->keys[i].uuid))
      *slot_of(&wider, &d->keys[i].uuid) = d->keys[i];
  free(d->keys);
  d->keys = wider.keys;
  d->key_cap = wider.key_cap;
  return TC_OK;
}

/* -- sites ------------------------------------------------------------------------------------- */

static tc_status make_site(struct deciding *d, const char *code, long row) {
  struct import_plan *p = d->plan;
  const struct map *m = p->options.map;
  struct plan_item *item = plan_new_item(p, d->err);
  struct record r = {.head = {.version = RECORD_VERSION, .kind = RECORD_SITE}};
  const struct map_kind *k = map_kind(RECORD_SITE);
  if (!item)
    return TC_NO_MEMORY;
  r.head.uuid = r.site.uuid = import_code_uuid(RECORD_SITE, code);
  r.head.audience = r.site.audience = AUDIENCE_PUBLIC;
  r.site.code = r.site.name = code;
  r.site.country = m->country;
  r.site.zone = m->zone;
  r.site.plan = m->plan;
  r.site.rank = 500;
  map_fields_fill(k->fields, k->count, &r.site);
  item->kind = RECORD_SITE;
  item->key = item->name = arena_strdup(&p->arena, code);
  item->row = row;
  if (!item->key)
    return out_of_memory(d->err);
  tc_status status = merge_other(p, item, m, &r, NULL, d->err);
  if (status == TC_OK)
    status = held_add_code(&d->held, RECORD_SITE, code, &r.head.uuid, d->err);
  if (status == TC_OK)
    plan_keep_item(p, item);
  return status;
}

/* Is the entry's site one of the directory's? */
static tc_status check_site(struct deciding *d, const struct applied *a, long row, bool *good) {
  const char *site = a->record.entry.site;
  *good = true;
  if (!*site || held_code(&d->held, RECORD_SITE, site))
    return TC_OK;
  if (d->plan->options.map->make_sites || !strcmp(site, d->plan->options.site))
    return make_site(d, site, row);
  *good = false;
  notes_add(&d->plan->notes, NOTE_REFUSED, row, a->site_column,
            _("there is no site “%s”: import the sites first, translate it in the map, or write "
              "new-sites = make"),
            site);
  return TC_OK;
}

/* -- rows -------------------------------------------------------------------------------------- */

tc_status plan_check_length(struct import_plan *p, const struct row *row, bool *good,
                            struct tc_error *err) {
  size_t usual = p->start.columns;
  *good = true;
  if (row->count < usual && row->open_end)
    return tc_fail_at(err, TC_INVALID, p->options.file, row->number, (long)row->count,
                      _("the file is cut off: its last row has %zu of %zu cells and no line end"),
                      row->count, usual);
  if (row->count < usual)
    notes_add(&p->notes, NOTE_ROW, row->number, (long)row->count,
              _("%zu cells where others have %zu; the missing ones are read as empty"), row->count,
              usual);
  if (row->count > usual) {
    *good = false;
    notes_add(&p->notes, NOTE_REFUSED, row->number, (long)usual + 1,
              _("%zu cells where others have %zu: a delimiter in a cell without quotes?"),
              row->count, usual);
  }
  return TC_OK;
}

/* The key is there already. */
static tc_status take_twice(struct deciding *d, const struct applied *a, const struct row *row,
                            struct key_slot *slot) {
  struct import_plan *p = d->plan;
  if (slot->hash == row_hash(row)) {
    notes_add(&p->notes, NOTE_ROW, row->number, 0, _("the same as row %ld"), slot->row);
    return TC_OK;
  }
  if (!p->options.map->natural_count)
    return tc_fail_at(d->err, TC_INVALID, p->options.file, row->number, a->key_column,
                      _("key “%s” stands in row %ld already: name key columns that no two rows "
                        "share"),
                      a->key, slot->row);
  notes_add(&p->notes, NOTE_REFUSED, row->number, a->key_column,
            _("ambiguous: row %ld has the same key “%s”"), slot->row, a->key);
  p->refused++;
  if (slot->item == SIZE_MAX - 1)
    return TC_OK;
  notes_add(&p->notes, NOTE_REFUSED, slot->row, a->key_column,
            _("ambiguous: row %ld has the same key “%s”"), row->number, a->key);
  p->refused++;
  if (slot->item != SIZE_MAX) {
    struct plan_item *item = &p->items[slot->item];
    p->counts[item->act]--;
    p->critical -= item->critical;
    item->act = PLAN_UNCHANGED;
    item->record_count = 0;
  }
  slot->item = SIZE_MAX - 1; /* refused itself */
  return TC_OK;
}

/* What a person deleted and stays deleted. */
static const struct entry_set *dismissed_of(const struct deciding *d) {
  static const struct entry_set none;
  return d->plan->options.deleted_too ? &none : &d->held.dismissed;
}

static tc_status merge_row(struct deciding *d, struct applied *a, const struct row *row,
                           struct key_slot *slot) {
  struct import_plan *p = d->plan;
  const struct map *m = p->options.map;
  struct plan_item *item = plan_new_item(p, d->err);
  if (!item)
    return TC_NO_MEMORY;
  const char *name = a->record.head.kind == RECORD_ENTRY ? a->record.entry.name : a->key;
  item->row = row->number;
  item->kind = a->record.head.kind;
  item->key = arena_strdup(&p->arena, a->key);
  item->name = arena_strdup(&p->arena, name);
  if (!item->key || !item->name)
    return out_of_memory(d->err);
  struct held *old = held_find(&d->held, &a->record.head.uuid);
  if (old)
    old->seen = true;
  if (!old && entry_set_has(dismissed_of(d), &a->record.head.uuid)) {
    notes_add(&p->notes, NOTE_LEFT, row->number, 0, "%s [%s]: %s", name, a->key,
              _(merge_dismissed));
    *slot = (struct key_slot){
        .uuid = a->record.head.uuid, .row = row->number, .item = SIZE_MAX, .hash = row_hash(row)};
    d->key_count++;
    plan_keep_item(p, item);
    return TC_OK;
  }
  tc_status status;
  if (a->record.head.kind == RECORD_ENTRY)
    status =
        merge_entry(p, item, m, &d->origin, &a->record.entry, a->key, old, dismissed_of(d), d->err);
  else
    status = merge_other(p, item, m, &a->record, old, d->err);
  if (status != TC_OK)
    return status;
  *slot = (struct key_slot){.uuid = a->record.head.uuid,
                            .row = row->number,
                            .item = item->act == PLAN_UNCHANGED ? SIZE_MAX : p->count,
                            .hash = row_hash(row)};
  d->key_count++;
  plan_keep_item(p, item);
  for (size_t i = 0; a->record.head.kind == RECORD_ENTRY && i < a->record.entry.contact_count; i++)
    p->contacts[a->record.entry.contacts[i].kind]++;
  return TC_OK;
}

/* Gives a record known by its code the UUID that it has in the directory. */
static void adopt_code(const struct deciding *d, struct applied *a) {
  const struct map_kind *k = d->plan->options.map->kind;
  if (k->code == SIZE_MAX)
    return;
  const struct held_code *known = held_code(&d->held, k->kind, a->key);
  if (!known)
    return;
  a->record.head.uuid = known->uuid;
  memcpy((char *)&a->record.entry + k->uuid, &known->uuid, sizeof known->uuid);
}

static tc_status refuse_row(struct deciding *d, const struct applied *a) {
  d->plan->refused++;
  /* a key that could be read keeps its entry from being removed */
  struct held *old = *a->key ? held_find(&d->held, &a->record.head.uuid) : NULL;
  if (old)
    old->seen = true;
  return TC_OK;
}

static tc_status decide_row(struct deciding *d, const struct row *row) {
  struct import_plan *p = d->plan;
  struct applied a;
  bool good;
  tc_status status = plan_check_length(p, row, &good, d->err);
  if (status != TC_OK)
    return status;
  size_t refusals = p->notes.counts[NOTE_REFUSED];
  status = map_apply(p->options.map, &d->origin, &d->held.house, p->options.site, row,
                     &d->row_arena, &p->notes, &a, d->err);
  if (status != TC_OK)
    return status;
  if (a.outcome == APPLIED_SKIPPED) {
    p->skipped++;
    if (!good) /* a filter cannot be trusted in a row that is shifted */
      p->refused++;
    return TC_OK;
  }
  adopt_code(d, &a);
  if (good && a.outcome == APPLIED_RECORD && a.record.head.kind == RECORD_SITE)
    regions_site(&d->regions, &a.record.site, p->options.map->country, row->number,
                 a.region_column);
  if (good && a.outcome == APPLIED_RECORD && a.record.head.kind == RECORD_SITE)
    regions_zone(&d->regions, &a.record.site, row->number, a.zone_column);
  if (good && a.outcome == APPLIED_RECORD && a.record.head.kind == RECORD_ENTRY)
    status = check_site(d, &a, row->number, &good);
  if (status != TC_OK)
    return status;
  if (good && a.outcome == APPLIED_RECORD)
    unrecorded_add(&d->regions.domains, &a.record);
  if (!good || a.outcome == APPLIED_REFUSED || refusals != p->notes.counts[NOTE_REFUSED])
    return refuse_row(d, &a);
  status = room_for_key(d);
  if (status != TC_OK)
    return status;
  struct key_slot *slot = slot_of(d, &a.record.head.uuid);
  if (!uuid_is_nil(&slot->uuid))
    return take_twice(d, &a, row, slot);
  return merge_row(d, &a, row, slot);
}

static tc_status decide_rows(struct deciding *d) {
  struct import_plan *p = d->plan;
  struct row row;
  tc_status status;
  while ((status = p->file_rows->next(p->file_rows, &row, d->err)) == TC_OK) {
    if (row.number < p->start.first)
      continue;
    p->rows++;
    progress_step(p->options.progress, (int64_t)p->rows, 0);
    status = decide_row(d, &row);
    arena_reset(&d->row_arena);
    if (status != TC_OK && d->err && !d->err->row) {
      /* a record that the codec does not take: say which row it is */
      char text[sizeof d->err->text];
      memcpy(text, d->err->text, sizeof text);
      tc_error_clear(d->err);
      return tc_fail_at(d->err, status, p->options.file, row.number, 0, "%s", text);
    }
    if (status != TC_OK)
      return status;
  }
  return status == TC_DONE ? TC_OK : status;
}

static size_t contacts_held(const struct held *h) {
  size_t count = 0;
  for (int a = 0; a < AUDIENCE_COUNT; a++)
    for (const char *at = h->bytes[a]; at;) {
      size_t rest = h->len[a] - (size_t)(at - h->bytes[a]);
      at = memmem(at, rest, "\nc\t", 3);
      if (at) {
        count++;
        at++;
      }
    }
  return count;
}

static tc_status decide_removal(struct deciding *d, struct held *h) {
  struct plan_item *item = plan_new_item(d->plan, d->err);
  if (!item)
    return TC_NO_MEMORY;
  item->kind = RECORD_ENTRY;
  tc_status status = merge_remove(d->plan, item, d->plan->options.map, &d->origin, h, d->err);
  if (status == TC_OK && h->named && item->act == PLAN_REMOVED) {
    notes_add(&d->plan->notes, NOTE_LEFT, 0, 0, "%s [%s]: %s", item->name, item->key,
              _("it is not in the file any more, but a chain, a group or a scenario names it"));
    d->plan->removed_contacts -= item->contacts;
    item->act = PLAN_UNCHANGED;
    item->critical = false;
    item->record_count = 0;
  }
  if (status == TC_OK)
    plan_keep_item(d->plan, item);
  return status;
}

/* What the source must still hold when the plan is done. */
static void note_hashes(struct deciding *d) {
  for (size_t i = 0; i < d->plan->count; i++)
    for (size_t j = 0; j < d->plan->items[i].record_count; j++) {
      struct plan_record *r = &d->plan->items[i].records[j];
      const struct held *held = held_find(&d->held, &r->uuid);
      r->known = held && held->bytes[r->audience];
      if (r->known)
        digest_toggle(&r->was, held->bytes[r->audience], held->len[r->audience]);
    }
}

static tc_status decide_removals(struct deciding *d) {
  struct import_plan *p = d->plan;
  tc_status status = TC_OK;
  for (size_t i = 0; status == TC_OK && i < d->held.count; i++) {
    struct held *h = &d->held.items[i];
    if (h->kind != RECORD_ENTRY || !h->ours)
      continue;
    p->before++;
    p->before_contacts += contacts_held(h);
    if (!h->seen)
      status = decide_removal(d, h);
  }
  return status;
}

tc_status plan_open(struct import_plan **out, const struct plan_options *options,
                    struct tc_error *err) {
  struct import_plan *p = calloc(1, sizeof *p);
  if (!p)
    return out_of_memory(err);
  p->options = *options;
  tc_status status = options->format->open(&p->file_rows, options->file, &options->map->hint, err);
  if (status == TC_OK)
    status = map_bind(options->map, p->file_rows, &p->start, err);
  if (status == TC_OK)
    *out = p;
  else
    plan_free(p);
  return status;
}

/* A name that was mistyped begins a second directory beside the first: whoever reads the plan is
 * told that it is new. */
static void note_others(struct deciding *d) {
  struct buffer names = BUFFER_INIT;
  for (size_t i = 0; i < d->held.origin_count && d->plan->before == 0; i++)
    buffer_printf(&names, "%s%s", i ? ", " : "", d->held.origins[i]);
  d->plan->others = arena_strdup(&d->plan->arena, buffer_text(&names));
  buffer_free(&names);
}

tc_status plan_decide(struct import_plan *p, struct tc_error *err) {
  if (p->options.map->kind->kind == RECORD_ROTA)
    return rota_decide(p, err);
  struct tc_error own = {.status = TC_OK};
  struct deciding d = {.plan = p, .err = &own, .origin = import_origin(p->options.origin)};
  tc_status status = held_read(&d.held, p->options.pg, p->options.cache, p->options.origin,
                               p->options.map->kind->kind, &own);
  if (status == TC_OK && *p->options.site && p->options.map->kind->kind == RECORD_ENTRY &&
      !held_code(&d.held, RECORD_SITE, p->options.site))
    status = make_site(&d, p->options.site, 0);
  if (status == TC_OK)
    status = room_for_key(&d);
  if (status == TC_OK)
    status = decide_rows(&d);
  progress_end(p->options.progress);
  if (status == TC_OK)
    status = decide_removals(&d);
  if (status == TC_OK)
    status = regions_held(&d.regions, p->options.pg, p->options.cache, &own);
  regions_tell(&d.regions, &p->notes);
  note_others(&d);
  if (status == TC_OK && (p->notes.failed || arena_failed(&p->arena)))
    status = out_of_memory(&own);
  if (status == TC_OK && p->options.pg)
    note_hashes(&d);
  held_free(&d.held);
  regions_free(&d.regions);
  arena_free(&d.row_arena);
  free(d.keys);
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

void plan_free(struct import_plan *p) {
  if (!p)
    return;
  if (p->file_rows)
    p->file_rows->close(p->file_rows);
  notes_free(&p->notes);
  arena_free(&p->arena);
  free(p->items);
  free(p);
}

bool plan_changes(const struct import_plan *p) {
  return p->counts[PLAN_ADDED] || p->counts[PLAN_CHANGED] || p->counts[PLAN_REMOVED];
}

tc_status plan_check(const struct import_plan *p, const struct plan_permission *may,
                     struct tc_error *err) {
  size_t read = p->rows - p->skipped;
  if (!p->rows)
    return tc_fail_at(err, TC_INVALID, p->options.file, 0, 0,
                      _("there is no row of data in it: nothing was changed"));
  if (read && p->refused >= read)
    return tc_fail_at(err, TC_INVALID, p->options.file, 0, 0,
                      _("none of its %zu rows could be read: nothing was changed"), read);
  size_t removed = p->counts[PLAN_REMOVED] - p->over;
  bool many = removed * 5 > p->before, rota = p->options.map->kind->kind == RECORD_ROTA;
  if (many && rota && !may->all_removals && removed > may->removals)
    return tc_fail(err, TC_REFUSED,
                   _("it would remove %zu of the %zu weeks of rota of origin %s, more than a "
                     "fifth: if that is meant, say --allow-removals %zu"),
                   removed, p->before, p->options.origin, removed);
  if (many && !may->all_removals && removed > may->removals)
    return tc_fail(err, TC_REFUSED,
                   _("it would remove %zu of the %zu entries of origin %s, more than a fifth: if "
                     "that is meant, say --allow-removals %zu"),
                   removed, p->before, p->options.origin, removed);
  bool emptied = p->removed_contacts > 20 && p->removed_contacts * 5 > p->before_contacts;
  if (emptied && !may->all_removals && p->removed_contacts > may->removals)
    return tc_fail(err, TC_REFUSED,
                   _("it would remove %zu of the %zu contact points of origin %s, more than a "
                     "fifth: if that is meant, say --allow-removals %zu"),
                   p->removed_contacts, p->before_contacts, p->options.origin, p->removed_contacts);
  return plan_check_critical(p, may, err);
}

tc_status plan_check_critical(const struct import_plan *p, const struct plan_permission *may,
                              struct tc_error *err) {
  if (p->critical && !may->critical)
    return tc_fail(err, TC_REFUSED,
                   NGETTEXT("it would remove or renumber %zu critical entry: if that is meant, "
                            "say --allow-critical",
                            "it would remove or renumber %zu critical entries: if that is meant, "
                            "say --allow-critical",
                            p->critical),
                   p->critical);
  return TC_OK;
}
