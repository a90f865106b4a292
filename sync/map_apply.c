#include "sync/map_apply.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/fold.h"
#include "core/hours.h"
#include "core/phone.h"

/* Namespace of everything an import names (version 4, made once). */
static const struct uuid import_space = {{0x6f, 0x1d, 0x3c, 0x52, 0x8a, 0x0e, 0x4b, 0x77, 0x9d,
                                          0x41, 0x25, 0xe8, 0x70, 0xb3, 0xc9, 0x16}};

static struct uuid named(const struct uuid *space, const char *what, const char *name) {
  struct buffer b = BUFFER_INIT;
  buffer_printf(&b, "%s\x1F%s", what, name);
  struct uuid out = uuid_from_name(space, buffer_text(&b), b.len);
  buffer_free(&b);
  return out;
}

struct import_origin import_origin(const char *name) {
  return (struct import_origin){.name = name, .space = named(&import_space, "origin", name)};
}

struct uuid import_entry_uuid(const struct import_origin *origin, const char *key) {
  return named(&origin->space, "entry", key);
}

struct uuid import_contact_uuid(const struct import_origin *origin, const struct uuid *entry,
                                const char *slot, size_t index) {
  struct uuid space = named(entry, "origin", origin->name);
  char text[MAP_SLOT_MAX + 32];
  size_t len = strlen(slot);
  if (len > MAP_SLOT_MAX)
    len = MAP_SLOT_MAX;
  memcpy(text, slot, len);
  text[len] = 0x1F;
  text[len + 1] = (char)('0' + index % 10);
  return uuid_from_name(&space, text, len + 2);
}

struct uuid import_code_uuid(enum record_kind kind, const char *code) {
  return named(&import_space, record_kind_word(kind), code);
}

/* What goes through the steps of one row. */
struct applying {
  const struct map *map;
  const struct import_origin *origin;
  const struct house *house; /* of its numbering plans; NULL: none is known */
  const struct row *row;
  struct arena *arena;
  struct notes *notes;
  struct applied *out;
  struct tc_error *err;
};

static tc_status out_of_memory(struct applying *a) {
  return tc_fail(a->err, TC_NO_MEMORY, _("out of memory"));
}

/* Refuses the row; what was said first stands. */
static void refuse(struct applying *a, long column, const char *why, const char *what) {
  if (a->out->outcome == APPLIED_REFUSED)
    return;
  a->out->outcome = APPLIED_REFUSED;
  notes_add(a->notes, NOTE_REFUSED, a->row->number, column, why, what);
}

static void fold_into(struct buffer *out, const char *text) {
  buffer_clear(out);
  fold_text(out, text, strlen(text), NULL);
}

static const char *translated(struct applying *a, const char *field, const char *text) {
  const struct map *m = a->map;
  const char *other = NULL;
  struct buffer b = BUFFER_INIT;
  bool folded = false;
  for (size_t i = 0; i < m->translation_count; i++) {
    const struct map_translation *t = &m->translations[i];
    if (strcmp(t->field, field))
      continue;
    if (!folded)
      fold_into(&b, text);
    folded = true;
    if (!strcmp(t->from, buffer_text(&b))) {
      buffer_free(&b);
      return t->to;
    }
    if (!strcmp(t->from, "*"))
      other = t->to;
  }
  buffer_free(&b);
  return other ? other : text;
}

/* Reads one template; refuses the row where a cell is damaged. */
static tc_status read_value(struct applying *a, const struct template *t,
                            struct template_value *out) {
  tc_status status = template_apply(t, a->row, a->arena, out, a->err);
  if (status != TC_OK)
    return status;
  if (out->bad)
    refuse(a, out->column, "%s", _("bytes that are no letters of the file's encoding"));
  else if (out->odd)
    notes_add(a->notes, NOTE_LINT, a->row->number, out->column,
              _("“%s” looks like UTF-8 in a Windows-1252 file"), out->text);
  return TC_OK;
}

static tc_status set_value(struct applying *a, const struct map_value *v, void *object,
                           long *column) {
  struct template_value value;
  tc_status status = read_value(a, &v->value, &value);
  if (status != TC_OK)
    return status;
  *column = value.column;
  const char *text = translated(a, v->field->name, value.text);
  if (!*text || map_field_set(v->field, object, text, a->arena))
    return arena_failed(a->arena) ? out_of_memory(a) : TC_OK;
  struct buffer why = BUFFER_INIT;
  buffer_printf(&why, _("%s “%s” is none of: "), v->field->name, text);
  map_field_describe(v->field, &why);
  refuse(a, value.column, "%s", buffer_text(&why));
  buffer_free(&why);
  return TC_OK;
}

/* Does the row pass the filters?  Any [only] that does not fit, or [skip] that does, leaves it
 * out. */
static tc_status filter(struct applying *a, bool *pass) {
  struct buffer b = BUFFER_INIT;
  tc_status status = TC_OK;
  *pass = true;
  for (size_t i = 0; status == TC_OK && *pass && i < a->map->filter_count; i++) {
    const struct map_filter *f = &a->map->filters[i];
    struct template_value value;
    status = template_apply(&f->value, a->row, a->arena, &value, a->err);
    if (status != TC_OK)
      break;
    fold_into(&b, value.text);
    bool fits = false;
    for (size_t j = 0; j < f->is.count; j++)
      fits = fits || !strcmp(f->is.items[j], buffer_text(&b)) ||
             (!strcmp(f->is.items[j], "*") && b.len);
    *pass = fits == f->only;
  }
  buffer_free(&b);
  return status;
}

/* One component of a key: "/" joins them, so it and the backslash are written with one before. */
static void add_component(struct buffer *key, size_t i, const char *text) {
  if (i)
    buffer_add_char(key, '/');
  for (; *text; text++) {
    if (*text == '/' || *text == '\\')
      buffer_add_char(key, '\\');
    buffer_add_char(key, *text);
  }
}

static tc_status read_key(struct applying *a, void *object) {
  const struct map *m = a->map;
  struct buffer key = BUFFER_INIT, part = BUFFER_INIT;
  tc_status status = TC_OK;
  bool any = false;
  for (size_t i = 0; status == TC_OK && i < m->key_count; i++) {
    struct template_value value;
    status = read_value(a, &m->keys[i], &value);
    if (status != TC_OK)
      break;
    if (!a->out->key_column)
      a->out->key_column = value.column;
    any = any || *value.text;
    add_component(&key, i, value.text);
  }
  for (size_t i = 0; i < m->natural_count; i++) {
    buffer_clear(&part);
    map_field_show(m->natural[i], object, &part);
    any = any || part.len;
    struct buffer folded = BUFFER_INIT;
    fold_into(&folded, buffer_text(&part));
    add_component(&key, i, buffer_text(&folded));
    buffer_free(&folded);
  }
  if (status == TC_OK && key.status != TC_OK)
    status = out_of_memory(a);
  if (status == TC_OK && any) {
    a->out->key = arena_copy(a->arena, key.data, key.len);
    if (!a->out->key)
      status = out_of_memory(a);
  } else if (status == TC_OK) {
    a->out->key = "";
    refuse(a, a->out->key_column, "%s", _("its key is empty"));
  }
  buffer_free(&key);
  buffer_free(&part);
  return status;
}

/* English sentences, the same in records whatever the locale; translated where they are shown. */
static const char *reason_msgid(enum phone_reason reason) {
  static const char *const texts[PHONE_REASON_COUNT] = {
      [PHONE_FINE] = "",
      [PHONE_EMPTY] = N_("empty"),
      [PHONE_NO_DIGITS] = N_("no digits"),
      [PHONE_TOO_SHORT] = N_("too short for a number"),
      [PHONE_TOO_LONG] = N_("too long for a number"),
      [PHONE_UNKNOWN_COUNTRY] = N_("no country has this code"),
      [PHONE_NOT_IN_PLAN] = N_("no range of the numbering plan holds it"),
      [PHONE_LETTERS] = N_("letters in the number"),
      [PHONE_TOO_MANY] = N_("too many numbers in one cell"),
      [PHONE_NO_COUNTRY] = N_("a national number without a country"),
      [PHONE_BAD_TEXT] = N_("not UTF-8"),
      [PHONE_AMBIGUOUS] = N_("an extension, or the end of another number"),
      [PHONE_ROUNDED] = N_("a spreadsheet has dropped some of its digits"),
      [PHONE_STAR_HASH] = N_("keys that only a set of a house has"),
  };
  return reason < PHONE_REASON_COUNT && texts[reason] ? texts[reason] : "";
}

static bool is_address(enum contact_kind kind) {
  return kind == CONTACT_MAIL || kind == CONTACT_SECURE_MAIL || kind == CONTACT_RADIO ||
         kind == CONTACT_OTHER;
}

static struct contact *more_contact(struct applying *a, const struct contact *like,
                                    const char *slot, size_t index) {
  struct entry *e = &a->out->record.entry;
  /* room is made for a cell's worth at a time */
  if (e->contact_count % PHONE_PER_CELL == 0) {
    struct contact *wider =
        arena_alloc(a->arena, (e->contact_count + PHONE_PER_CELL) * sizeof *wider);
    if (!wider)
      return NULL;
    if (e->contact_count)
      memcpy(wider, e->contacts, e->contact_count * sizeof *wider);
    e->contacts = wider;
  }
  struct contact *c = (struct contact *)(uintptr_t)&e->contacts[e->contact_count++];
  *c = *like;
  c->uuid = import_contact_uuid(a->origin, &e->uuid, slot, index);
  c->order += (int64_t)index;
  if (c->order > 999)
    c->order = 999;
  return c;
}

static void note_repairs(struct applying *a, const struct phone *p, const char *slice,
                         long column) {
  static const struct {
    enum phone_repair bit;
    const char *text;
  } repairs[] = {{PHONE_ZERO_RESTORED, N_("“%s”: its leading zero was lost, read as %s")},
                 {PHONE_DECIMAL_DROPPED, N_("“%s”: a decimal part was dropped, read as %s")},
                 {PHONE_DIGITS_MAPPED, N_("“%s”: digits of another script, read as %s")},
                 {PHONE_CODE_RESTORED, N_("“%s”: its country code was mended, read as %s")},
                 {PHONE_ENDING_REPLACED, N_("“%s”: the last digits alone, read as %s")},
                 {PHONE_LETTERS_MAPPED, N_("“%s”: letters of the keys, read as %s")}};
  for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++)
    if (p->repairs & repairs[i].bit)
      notes_add(a->notes, NOTE_REPAIR, a->row->number, column, _(repairs[i].text), slice,
                p->repairs & PHONE_CODE_RESTORED ? p->e164 : p->digits);
  if (p->repairs & PHONE_EXTENSION_ASSUMED)
    notes_add(a->notes, NOTE_REPAIR, a->row->number, column,
              _("“%s”: %s is taken for an extension"), slice,
              p->extension[0] ? p->extension : p->digits);
}

/* "Fax : 01 99 ..." in a column of telephones is a fax: the cell knows better than its heading. */
static enum contact_kind kind_of(enum contact_kind kind, enum phone_called called) {
  bool fax = kind == CONTACT_FAX || kind == CONTACT_FAX_SERVER;
  switch (called) {
  case PHONE_CALLED_PHONE:
    return fax ? CONTACT_OTHER : kind;
  case PHONE_CALLED_FAX:
    return fax ? kind : CONTACT_FAX;
  case PHONE_CALLED_MOBILE:
    return CONTACT_MOBILE;
  case PHONE_CALLED_DECT:
    return CONTACT_DECT;
  case PHONE_CALLED_PAGER:
    return CONTACT_PAGER;
  case PHONE_CALLED_NOTHING:
    break;
  }
  return kind;
}

static bool is_in_plan(const struct house *house, const char *e164) {
  char extension[DIAL_MAX];
  for (size_t i = 0; house && i < house->plan_count; i++)
    if (dial_extension(extension, &house->plans[i], e164))
      return true;
  return false;
}

/* A column of telephones holds what people write there: a mobile rides on its carrier, a public
 * number among extensions on what brings it in, whatever the map calls the column. */
static enum contact_kind kind_by_number(const struct applying *a, enum contact_kind kind,
                                        const char *e164) {
  if (!*e164 || (kind != CONTACT_OTHER && kind != CONTACT_EXTENSION && kind != CONTACT_DDI &&
                 kind != CONTACT_DIRECT_LINE))
    return kind;
  if (phone_is_mobile(e164))
    return CONTACT_MOBILE;
  if (kind != CONTACT_EXTENSION)
    return kind;
  return is_in_plan(a->house, e164) ? CONTACT_DDI : CONTACT_DIRECT_LINE;
}

/* "(0)4525": what is pressed for a public line is no digit of an extension. */
static const char *inside_number(struct applying *a, const struct phone *p, const char *slice,
                                 long column) {
  if (p->form != PHONE_INTERNAL || strncmp(slice, "(0)", 3) != 0 || p->digits[0] != '0' ||
      !p->digits[1])
    return p->digits;
  notes_add(a->notes, NOTE_REPAIR, a->row->number, column, _("“%s”: without its (0), read as %s"),
            slice, p->digits + 1);
  return p->digits + 1;
}

/* What is dialled after the number goes into how to use it, and what the cell says of it, where the
 * map gives another label. */
static const char *how_with(struct applying *a, const char *how, const char *note,
                            const struct phone *p) {
  struct buffer b = BUFFER_INIT;
  buffer_add_text(&b, how);
  if (*note)
    buffer_printf(&b, "%s%s", b.len ? ", " : "", note);
  if (p->extension[0])
    buffer_printf(&b, "%sext. %s", b.len ? ", " : "", p->extension);
  if (p->after[0])
    buffer_printf(&b, "%s%s", b.len ? ", " : "", p->after);
  const char *out = arena_strdup(a->arena, buffer_text(&b));
  buffer_free(&b);
  return out;
}

static tc_status add_phone(struct applying *a, const struct contact *like, const char *slot,
                           size_t index, const struct phone *p, const char *cell, long column) {
  const char *slice = arena_copy(a->arena, cell + p->offset, p->length);
  if (!slice)
    return out_of_memory(a);
  if (p->form == PHONE_PLACEHOLDER) {
    notes_add(a->notes, NOTE_LINT, a->row->number, column, _("“%s” is no number: left out"), slice);
    return TC_OK;
  }
  struct contact *c = more_contact(a, like, slot, index);
  if (!c)
    return out_of_memory(a);
  if (p->form == PHONE_UNREADABLE) {
    c->number = c->raw = slice;
    c->reason = reason_msgid(p->reason);
    c->plan = "";
    notes_add(a->notes, NOTE_LINT, a->row->number, column, _("“%s” is kept as typed: %s"), slice,
              _(c->reason));
    return TC_OK;
  }
  c->number = arena_strdup(a->arena, inside_number(a, p, slice, column));
  c->e164 = arena_strdup(a->arena, p->e164);
  c->raw = strcmp(slice, p->digits) ? slice : "";
  const char *note = c->label[0] ? p->note : "";
  if (!c->label[0])
    c->label = arena_strdup(a->arena, p->note);
  if (p->extension[0] || p->after[0] || *note)
    c->how = how_with(a, c->how, note, p);
  c->kind = kind_of(c->kind, p->called);
  if (c->kind != like->kind)
    notes_add(a->notes, NOTE_LINT, a->row->number, column, _("“%s” says what it is: kept as %s"),
              slice, contact_kind_text(c->kind));
  else
    c->kind = kind_by_number(a, c->kind, p->e164);
  if (p->form != PHONE_INTERNAL)
    c->plan = "";
  if (!c->number || !c->e164 || !c->how || !c->label)
    return out_of_memory(a);
  note_repairs(a, p, slice, column);
  if (p->form == PHONE_INTERNAL && !c->plan[0]) /* nobody can dial it: not to be found out later */
    notes_add(a->notes, NOTE_LINT, a->row->number, column, _("“%s” is kept as typed: %s"), slice,
              _("its numbering plan is not known"));
  return TC_OK;
}

static tc_status add_address(struct applying *a, const struct contact *like, const char *slot,
                             const char *text, long column) {
  struct phones read;
  phone_read(&read, text, strlen(text), a->map->country, false);
  bool mail = like->kind == CONTACT_MAIL || like->kind == CONTACT_SECURE_MAIL;
  const char *at = strchr(text, '@');
  if ((read.count == 1 && read.items[0].form == PHONE_PLACEHOLDER && !at) ||
      (mail && (!at || at == text || !at[1] || strchr(text, ' ')))) {
    notes_add(a->notes, NOTE_LINT, a->row->number, column, _("“%s” is no address: left out"), text);
    return TC_OK;
  }
  struct contact *c = more_contact(a, like, slot, 0);
  if (!c)
    return out_of_memory(a);
  c->number = text;
  c->plan = "";
  return TC_OK;
}

/* Hours that nobody can evaluate are kept as typed, and said. */
static void note_hours(struct applying *a, const char *hours, long column) {
  const char *what;
  size_t at = hours_fault(hours, &what);
  if (at)
    notes_add(a->notes, NOTE_LINT, a->row->number, column,
              _("hours “%s” cannot be read at character %zu: %s"), hours, at, what);
  else if ((at = hours_contradiction(hours)) != 0)
    notes_add(a->notes, NOTE_LINT, a->row->number, column,
              _("hours “%s”: what begins at character %zu never counts, later rules replace it"),
              hours, at);
}

static tc_status add_contacts(struct applying *a, size_t section) {
  const struct map_contact *s = &a->map->contacts[section];
  struct template_value number;
  tc_status status = template_apply(&s->number, a->row, a->arena, &number, a->err);
  if (status != TC_OK || (!*number.text && !number.bad))
    return status;
  status = read_value(a, &s->number, &number);
  struct contact like = {
      .order = (int64_t)(section + 1) * 10, .audience = a->map->audience, .plan = a->map->plan};
  for (size_t i = 0; status == TC_OK && i < s->count; i++) {
    long column;
    status = set_value(a, &s->values[i], &like, &column);
    if (status == TC_OK && s->values[i].field->offset == offsetof(struct contact, hours) &&
        like.hours)
      note_hours(a, like.hours, column);
  }
  if (status != TC_OK || a->out->outcome == APPLIED_REFUSED)
    return status;
  map_fields_fill(map_contact_fields, map_contact_field_count, &like);
  like.number = like.e164 = like.raw = like.reason = like.replaces = "";
  like.verified_by = like.verified_how = "";
  if (is_address(like.kind))
    return add_address(a, &like, s->slot, number.text, number.column);
  struct phones phones;
  phone_read(&phones, number.text, strlen(number.text), a->map->country, *like.plan != '\0');
  for (size_t i = 0; status == TC_OK && i < phones.count; i++)
    status = add_phone(a, &like, s->slot, i, &phones.items[i], number.text, number.column);
  return status;
}

static void set_identity(struct applying *a, char *object) {
  const struct map_kind *k = a->map->kind;
  struct uuid uuid = k->code == SIZE_MAX ? import_entry_uuid(a->origin, a->out->key)
                                         : import_code_uuid(k->kind, a->out->key);
  memcpy(object + k->uuid, &uuid, sizeof uuid);
  memcpy(object + k->audience, &a->map->audience, sizeof a->map->audience);
  a->out->record.head = (struct record_head){
      .version = RECORD_VERSION, .kind = k->kind, .audience = a->map->audience, .uuid = uuid};
}

/* "Total;2;", the last line of many a list: it begins with the word, and has no number. */
static bool is_total(const struct applying *a) {
  static const char *const words[] = {"total",       "totaux",     "totals",   "total general",
                                      "grand total", "sous total", "subtotal", "nombre total"};
  struct buffer b = BUFFER_INIT;
  size_t first = 0;
  bool found = false;
  while (first < a->row->count && !a->row->cells[first].len)
    first++;
  if (first < a->row->count)
    fold_text(&b, a->row->cells[first].text, a->row->cells[first].len, NULL);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    found = found || !strcmp(words[i], buffer_text(&b));
  buffer_free(&b);
  return found && a->out->record.entry.contact_count == 0;
}

static tc_status finish_entry(struct applying *a) {
  tc_status status = TC_OK;
  for (size_t i = 0; status == TC_OK && i < a->map->contact_count; i++)
    status = add_contacts(a, i);
  if (status == TC_OK && a->map->contact_count && is_total(a))
    refuse(a, 1, "%s", _("it is a total, not an entry"));
  return status;
}

tc_status map_apply(const struct map *m, const struct import_origin *origin,
                    const struct house *house, const char *default_site, const struct row *row,
                    struct arena *arena, struct notes *notes, struct applied *out,
                    struct tc_error *err) {
  struct applying a = {m, origin, house, row, arena, notes, out, err};
  *out = (struct applied){.outcome = APPLIED_RECORD, .key = ""};
  bool pass;
  tc_status status = filter(&a, &pass);
  if (status != TC_OK || !pass) {
    out->outcome = APPLIED_SKIPPED;
    return status;
  }
  char *object = (char *)&out->record.entry; /* every member of the union begins there */
  if (m->kind->kind == RECORD_ENTRY)
    out->record.entry.rank = 500;
  else if (m->kind->kind == RECORD_SITE)
    out->record.site.rank = 500;
  long name_column = 0;
  const char **name = NULL;
  for (size_t i = 0; status == TC_OK && i < m->value_count; i++) {
    long column = 0;
    status = set_value(&a, &m->values[i], object, &column);
    const struct map_field *f = m->values[i].field;
    if (!strcmp(f->name, "name")) {
      name = (const char **)(void *)(object + f->offset);
      name_column = column;
    } else if (!strcmp(f->name, "region")) {
      out->region_column = column;
    } else if (!strcmp(f->name, "zone")) {
      out->zone_column = column;
    } else if (!strcmp(f->name, "site")) {
      out->site_column = column;
    }
    if (f->offset == m->kind->code) {
      out->key = *(const char **)(void *)(object + f->offset);
      out->key_column = column;
    }
  }
  map_fields_fill(m->kind->fields, m->kind->count, object);
  if (m->kind->kind == RECORD_ENTRY && !*out->record.entry.site)
    out->record.entry.site = default_site;
  if (status == TC_OK && m->kind->code == SIZE_MAX)
    status = read_key(&a, object);
  else if (status == TC_OK && (!out->key || !*out->key))
    refuse(&a, out->key_column, "%s", _("its code is empty"));
  if (!out->key)
    out->key = "";
  if (status == TC_OK && name && !**name)
    refuse(&a, name_column, "%s", _("it has no name"));
  if (status != TC_OK || !*out->key)
    return status;
  set_identity(&a, object);
  if (m->kind->kind == RECORD_ENTRY && out->outcome != APPLIED_REFUSED)
    status = finish_entry(&a);
  return status;
}

tc_status map_apply_fields(const struct map *m, const struct row *row, struct arena *arena,
                           struct notes *notes, void *object, long *columns,
                           enum applied_outcome *outcome, struct tc_error *err) {
  struct applied out = {.outcome = APPLIED_RECORD};
  struct applying a = {m, NULL, NULL, row, arena, notes, &out, err};
  bool pass;
  tc_status status = filter(&a, &pass);
  if (status == TC_OK && !pass)
    out.outcome = APPLIED_SKIPPED;
  for (size_t i = 0; status == TC_OK && pass && i < m->value_count; i++)
    status = set_value(&a, &m->values[i], object, &columns[i]);
  map_fields_fill(m->kind->fields, m->kind->count, object);
  *outcome = out.outcome;
  return status;
}
