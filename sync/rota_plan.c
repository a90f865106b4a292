#include "sync/rota_plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "core/civil.h"
#include "core/phone.h"
#include "core/zone.h"
#include "sync/map_apply.h"
#include "sync/rota_row.h"
#include "sync/rota_who.h"

enum { OVER_S = 14 * CIVIL_DAY, LONGEST_S = 31 * CIVIL_DAY, VALUES_MAX = 64 };

/* A row that was read. */
struct shift_read {
  long row, from_column;
  const struct who_entry *role;
  int64_t from, until; /* wall times */
  struct shift shift;
  char week[CIVIL_WEEK_TEXT];
  bool refused;
  bool placed; /* all but its number, or its holder's key, could be read */
  bool nobody; /* is in it: a gap of the planning itself */
};

struct deciding {
  struct import_plan *plan;
  struct import_origin origin;
  struct who *who;
  struct arena row_arena;
  struct shift_read *shifts;
  size_t count, cap;
  int64_t made; /* when the file was written */
  char first_week[CIVIL_WEEK_TEXT], last_week[CIVIL_WEEK_TEXT];
  struct tc_error *err;
};

/* What is known while one row is read. */
struct reading {
  struct deciding *d;
  const struct row *row;
  struct rota_row values;
  long columns[VALUES_MAX];
  struct shift_read *out;
};

static tc_status no_memory(struct deciding *d) {
  return tc_fail(d->err, TC_NO_MEMORY, _("out of memory"));
}

static long column_of(const struct reading *r, const char *field) {
  const struct map *m = r->d->plan->options.map;
  for (size_t i = 0; i < m->value_count && i < VALUES_MAX; i++)
    if (!strcmp(m->values[i].field->name, field))
      return r->columns[i];
  return 0;
}

/* What was said first stands. */
static void refuse(struct reading *r, const char *field, const char *why, const char *what) {
  if (!r->out->refused)
    notes_add(&r->d->plan->notes, NOTE_REFUSED, r->row->number, column_of(r, field), why, what);
  r->out->refused = true;
}

static void remark(struct reading *r, const char *field, const char *why, const char *what) {
  notes_add(&r->d->plan->notes, NOTE_LINT, r->row->number, column_of(r, field), why, what);
}

/* ---- a row -------------------------------------------------------------------------------------
 */

static void read_role(struct reading *r) {
  const struct rota_row *v = &r->values;
  const char *site = *v->site ? v->site : r->d->plan->options.site;
  bool by_id = *v->role_id != '\0';
  const char *field = by_id ? "role-id" : "role", *text = by_id ? v->role_id : v->role;
  const struct who_entry *role = NULL;
  if (!*text) {
    refuse(r, field, "%s", _("it names no role"));
    return;
  }
  enum who_found found =
      by_id ? who_by_id(r->d->who, text, &role) : who_role(r->d->who, text, site, v->unit, &role);
  if (found == WHO_NOBODY)
    refuse(r, field,
           _("there is no entry “%s”: import the roles first, or translate it in the map"), text);
  else if (found == WHO_SEVERAL)
    refuse(r, field, _("several entries are called “%s”: name its site, its unit or its id"), text);
  else
    r->out->role = role;
}

/* A time that the clock there never shows cannot be. */
static bool check_night(struct reading *r, const char *field, const char *text, int64_t wall) {
  const struct house *house = who_house(r->d->who);
  const struct zone *zone = house_zone(house, house_site(house, r->out->role->site));
  int64_t first, last;
  if (!zone)
    return true;
  enum zone_fit fit = zone_instants(zone, wall, &first, &last);
  if (fit == ZONE_GAP)
    refuse(r, field, _("“%s” does not exist: the clock is put forward over it that night"), text);
  if (fit == ZONE_TWICE)
    remark(r, field, _("“%s” comes twice that night: it is the first of the two"), text);
  return fit != ZONE_GAP;
}

static void read_times(struct reading *r) {
  const struct rota_row *v = &r->values;
  struct shift_read *out = r->out;
  const char *country = r->d->plan->options.map->country;
  out->from_column = column_of(r, "from");
  if (!rota_time(v->from, country, &out->from)) {
    refuse(r, "from", _("“%s” is no day and time"), v->from);
    return;
  }
  civil_week(civil_day_of(out->from), out->week);
  if (!rota_time_behind(v->until, country, out->from, &out->until))
    refuse(r, "until", _("“%s” is no day and time"), v->until);
  else if (out->until <= out->from)
    refuse(r, "until", _("it ends at “%s”, before it begins"), v->until);
  else if (out->until - out->from > LONGEST_S)
    refuse(r, "until", _("it would last over a month, until “%s”"), v->until);
  else if (out->role && check_night(r, "from", v->from, out->from))
    check_night(r, "until", v->until, out->until);
}

static const char *wall_text(struct arena *arena, int64_t wall) {
  struct civil c = civil_date(civil_day_of(wall));
  int64_t seconds = wall - civil_day_of(wall) * CIVIL_DAY;
  const char *text = arena_printf(arena, "%04d-%02d-%02dT%02d:%02d", (int)c.year, c.month, c.day,
                                  (int)(seconds / 3600), (int)(seconds / 60 % 60));
  return text ? text : "";
}

/* The number for that shift; a holder's own contact point where it is one. */
static void read_number(struct reading *r, struct phone *phone) {
  const struct rota_row *v = &r->values;
  const struct map *m = r->d->plan->options.map;
  struct phones phones;
  const char *plan = *v->plan ? v->plan : m->plan;
  *phone = (struct phone){.form = PHONE_PLACEHOLDER};
  if (!*v->number)
    return;
  phone_read(&phones, v->number, strlen(v->number), m->country, *plan != '\0');
  if (phones.count > 1)
    refuse(r, "number", _("“%s” holds several numbers: a shift has one"), v->number);
  else if (phones.items[0].form == PHONE_UNREADABLE ||
           (phones.items[0].form == PHONE_INTERNAL && !*plan))
    refuse(r, "number", _("“%s” cannot be read as a number"), v->number);
  else
    *phone = phones.items[0];
}

static void find_holder(struct reading *r, const struct phone *phone,
                        const struct who_entry **holder) {
  const struct rota_row *v = &r->values;
  *holder = NULL;
  if (*v->holder_id) {
    enum who_found found = who_by_id(r->d->who, v->holder_id, holder);
    if (found != WHO_FOUND)
      refuse(r, "holder-id",
             found == WHO_NOBODY ? _("there is no entry “%s”")
                                 : _("several entries have the key “%s”: write origin:key"),
             v->holder_id);
    return;
  }
  if (!*v->holder)
    return;
  enum who_found found = who_person(r->d->who, v->holder, phone->digits, phone->e164, holder);
  if (found == WHO_FOUND)
    return;
  *holder = NULL;
  remark(r, "holder",
         found == WHO_NOBODY
             ? _("nobody in the directory is called “%s”: the name stands as it is")
             : _("several are called “%s” and no number tells which: the name stands as it is"),
         v->holder);
}

static void read_holder(struct reading *r) {
  const struct rota_row *v = &r->values;
  const struct map *m = r->d->plan->options.map;
  struct shift *s = &r->out->shift;
  const struct who_entry *holder;
  struct arena *arena = &r->d->plan->arena;
  struct phone phone;
  read_number(r, &phone);
  find_holder(r, &phone, &holder);
  bool number = phone.form != PHONE_PLACEHOLDER;
  r->out->nobody = !holder && !*v->holder && !number && !*v->number;
  if (!holder && !*v->holder && !number)
    refuse(r, *v->holder_id ? "holder-id" : "holder", "%s",
           _("nobody is in it: leave the row out, and the gap is shown"));
  s->line = v->line ? v->line : 1;
  s->at_home = v->at_home;
  s->travel = v->travel;
  s->text = arena_strdup(arena, *v->holder || !holder ? v->holder : holder->name);
  s->number = s->plan = s->e164 = "";
  if (holder)
    s->holder = holder->uuid;
  if (holder && number)
    s->contact = who_contact(r->d->who, holder, phone.digits, phone.e164);
  if (!number || !uuid_is_nil(&s->contact))
    return;
  s->number = arena_strdup(arena, phone.digits);
  s->e164 = arena_strdup(arena, phone.e164);
  if (phone.form == PHONE_INTERNAL)
    s->plan = arena_strdup(arena, *v->plan ? v->plan : m->plan);
}

static struct shift_read *more_shifts(struct deciding *d) {
  if (d->count == d->cap) {
    size_t cap = d->cap ? d->cap * 2 : 1024;
    struct shift_read *wider = realloc(d->shifts, cap * sizeof *wider);
    if (!wider)
      return NULL;
    d->shifts = wider;
    d->cap = cap;
  }
  return &d->shifts[d->count];
}

static tc_status read_row(struct deciding *d, const struct row *row) {
  struct import_plan *p = d->plan;
  struct reading r = {.d = d, .row = row, .out = more_shifts(d)};
  enum applied_outcome outcome;
  bool good;
  if (!r.out)
    return no_memory(d);
  *r.out = (struct shift_read){.row = row->number};
  tc_status status = plan_check_length(p, row, &good, d->err);
  if (status == TC_OK)
    status = map_apply_fields(p->options.map, row, &d->row_arena, &p->notes, &r.values, r.columns,
                              &outcome, d->err);
  if (status != TC_OK)
    return status;
  if (outcome == APPLIED_SKIPPED) {
    p->skipped++;
    p->refused += !good; /* a filter cannot be trusted in a row that is shifted */
    return TC_OK;
  }
  r.out->refused = !good || outcome == APPLIED_REFUSED;
  read_role(&r);
  read_times(&r);
  r.out->placed = !r.out->refused;
  read_holder(&r);
  r.out->shift.from = wall_text(&p->arena, r.out->from);
  r.out->shift.until = wall_text(&p->arena, r.out->until);
  p->refused += r.out->refused;
  if (r.out->role && *r.out->week) /* else nobody knows which week it would be of */
    d->count++;
  return arena_failed(&p->arena) ? no_memory(d) : TC_OK;
}

static tc_status read_rows(struct deciding *d) {
  struct import_plan *p = d->plan;
  struct row row;
  tc_status status;
  if (p->options.map->value_count > VALUES_MAX)
    return tc_fail(d->err, TC_BUG, _("a map with too many fields"));
  while ((status = p->file_rows->next(p->file_rows, &row, d->err)) == TC_OK) {
    if (row.number < p->start.first)
      continue;
    p->rows++;
    progress_step(p->options.progress, (int64_t)p->rows, 0);
    status = read_row(d, &row);
    arena_reset(&d->row_arena);
    if (status != TC_OK)
      return status;
  }
  return status == TC_DONE ? TC_OK : status;
}

/* ---- what contradicts --------------------------------------------------------------------------
 */

static int by_line(const void *a, const void *b) {
  const struct shift_read *x = a, *y = b;
  int order = uuid_compare(&x->role->uuid, &y->role->uuid);
  if (order)
    return order;
  if (x->shift.line != y->shift.line)
    return x->shift.line < y->shift.line ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static bool same_shift(const struct shift_read *a, const struct shift_read *b) {
  return a->from == b->from && a->until == b->until &&
         uuid_equal(&a->shift.holder, &b->shift.holder) && !strcmp(a->shift.text, b->shift.text) &&
         uuid_equal(&a->shift.contact, &b->shift.contact) &&
         !strcmp(a->shift.number, b->shift.number) && a->shift.at_home == b->shift.at_home;
}

static void refuse_both(struct deciding *d, struct shift_read *a, struct shift_read *b) {
  struct shift_read *const pair[] = {a, b};
  for (int i = 0; i < 2; i++) {
    struct shift_read *s = pair[i], *other = pair[1 - i];
    if (s->refused)
      continue;
    notes_add(&d->plan->notes, NOTE_REFUSED, s->row, s->from_column,
              _("two in line %d of %s at one time: row %ld has %s from %s to %s"),
              (int)s->shift.line, s->role->name, other->row, other->shift.text, other->shift.from,
              other->shift.until);
    s->refused = true;
    d->plan->refused++;
  }
}

static void find_overlaps(struct deciding *d) {
  struct shift_read *last = NULL; /* of this line, the one that ends last */
  if (d->count)
    qsort(d->shifts, d->count, sizeof *d->shifts, by_line);
  for (size_t i = 0; i < d->count; i++) {
    struct shift_read *s = &d->shifts[i];
    if (s->until <= s->from || !s->shift.line) /* its times could not be read */
      continue;
    bool same_line =
        last && last->role == s->role && last->shift.line == s->shift.line && last->until > s->from;
    if (same_line && same_shift(last, s)) {
      notes_add(&d->plan->notes, NOTE_ROW, s->row, 0, _("the same as row %ld"), last->row);
      s->until = s->from; /* it counts once */
      continue;
    }
    if (same_line)
      refuse_both(d, last, s);
    if (!same_line || s->until > last->until)
      last = s;
  }
}

/* ---- weeks -------------------------------------------------------------------------------------
 */

static int by_week(const void *a, const void *b) {
  const struct shift_read *x = a, *y = b;
  int order = uuid_compare(&x->role->uuid, &y->role->uuid);
  return order ? order : strcmp(x->week, y->week);
}

static struct uuid rota_uuid(const struct deciding *d, const struct shift_read *s) {
  char role[UUID_TEXT];
  struct buffer whole = BUFFER_INIT;
  uuid_format(&s->role->uuid, role);
  buffer_printf(&whole, "rota\x1F%s/%s", role, s->week);
  struct uuid out = uuid_from_name(&d->origin.space, buffer_text(&whole), whole.len);
  buffer_free(&whole);
  return out;
}

static struct who_rota *held_rota(const struct deciding *d, const struct uuid *uuid,
                                  enum audience audience) {
  size_t count;
  struct who_rota *rotas = who_rotas(d->who, &count);
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&rotas[i].uuid, uuid) && rotas[i].audience == audience)
      return &rotas[i];
  return NULL;
}

static const char *shift_text(struct arena *arena, const struct shift *s) {
  const char *text =
      arena_printf(arena, "%s - %s, %d: %s%s%s%s", s->from, s->until, (int)s->line, s->text,
                   *s->number ? " " : "", s->number, s->at_home ? _(", at home") : "");
  return text ? text : "";
}

static bool has_shift(const struct rota *rota, const struct shift *s) {
  for (size_t i = 0; i < rota->shift_count; i++) {
    const struct shift *t = &rota->shifts[i];
    if (!strcmp(t->from, s->from) && !strcmp(t->until, s->until) && t->line == s->line &&
        uuid_equal(&t->holder, &s->holder) && uuid_equal(&t->contact, &s->contact) &&
        !strcmp(t->text, s->text) && !strcmp(t->number, s->number) && t->at_home == s->at_home &&
        t->travel == s->travel)
      return true;
  }
  return false;
}

/* A line for each shift that comes or goes. */
static tc_status tell_changes(struct deciding *d, struct plan_item *item, const struct rota *was,
                              const struct rota *is) {
  struct arena *arena = &d->plan->arena;
  const char **details =
      arena_zalloc(arena, was->shift_count + is->shift_count + 1, sizeof *details);
  if (!details)
    return no_memory(d);
  for (size_t i = 0; i < was->shift_count; i++)
    if (!has_shift(is, &was->shifts[i]))
      details[item->detail_count++] =
          arena_printf(arena, _("not any more: %s"), shift_text(arena, &was->shifts[i]));
  for (size_t i = 0; i < is->shift_count; i++)
    if (!has_shift(was, &is->shifts[i]))
      details[item->detail_count++] =
          arena_printf(arena, _("new: %s"), shift_text(arena, &is->shifts[i]));
  if (!item->detail_count)
    details[item->detail_count++] = _("the same shifts, written anew");
  item->details = details;
  return TC_OK;
}

static tc_status write_week(struct deciding *d, struct plan_item *item, const struct rota *rota,
                            const struct who_rota *held) {
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_ROTA,
                              .audience = rota->audience,
                              .uuid = rota->uuid},
                     .rota = *rota};
  struct buffer bytes = BUFFER_INIT;
  tc_status status = record_encode(&r, &bytes, d->err);
  bool same = held && status == TC_OK && held->len == bytes.len &&
              memcmp(held->bytes, bytes.data, bytes.len) == 0;
  item->act = held ? (same ? PLAN_UNCHANGED : PLAN_CHANGED) : PLAN_ADDED;
  if (status == TC_OK && !same) {
    status = plan_add_record(d->plan, item, &rota->uuid, rota->audience, &bytes, d->err);
    if (status == TC_OK && held)
      digest_toggle(&item->records[0].was, held->bytes, held->len);
    item->records[0].known = held != NULL;
  }
  if (rota->audience > d->plan->audience)
    d->plan->audience = rota->audience;
  buffer_free(&bytes);
  return status;
}

/* Where the map gives it to another audience now, what the old one held goes. */
static tc_status take_others(struct deciding *d, struct plan_item *item, const struct uuid *uuid,
                             enum audience keep) {
  tc_status status = TC_OK;
  for (int a = 1; a < AUDIENCE_COUNT && status == TC_OK; a++) {
    struct who_rota *held = held_rota(d, uuid, (enum audience)a);
    if (!held || (enum audience)a == keep)
      continue;
    held->seen = true;
    status = plan_add_record(d->plan, item, uuid, (enum audience)a, NULL, d->err);
    if (status != TC_OK)
      break;
    struct plan_record *r = &item->records[item->record_count - 1];
    r->known = true;
    digest_toggle(&r->was, held->bytes, held->len);
    if (item->act == PLAN_UNCHANGED)
      item->act = PLAN_CHANGED;
  }
  return status;
}

static struct plan_item *week_item(struct deciding *d, const char *role, const char *week) {
  struct plan_item *item = plan_new_item(d->plan, d->err);
  if (!item)
    return NULL;
  item->kind = RECORD_ROTA;
  item->name = arena_strdup(&d->plan->arena, role);
  item->key = arena_strdup(&d->plan->arena, week);
  return item->name && item->key ? item : NULL;
}

/* A week that the directory does not have is not left with a hole where the planning has somebody:
 * terminals would say that nobody is listed.  What can be read of a refused row stands: who, with
 * no number; two of one line, which terminals say.  Where not even its times can be read, whoever
 * imports it is told what that does. */
static void stand_in_new(struct deciding *d, const struct plan_item *item, struct rota *rota,
                         struct shift *shifts, const struct shift_read *first,
                         const struct shift_read *behind) {
  struct notes *notes = &d->plan->notes;
  for (const struct shift_read *s = first; s < behind; s++) {
    if (!s->refused || s->nobody)
      continue;
    bool who = *s->shift.text || *s->shift.number || !uuid_is_nil(&s->shift.holder);
    if (s->placed && who && s->until > s->from) {
      shifts[rota->shift_count++] = s->shift;
      notes_add(notes, NOTE_LEFT, s->row, 0,
                _("%s [%s]: the week is new, so the row stands as far as it can be read"),
                item->name, item->key);
    } else {
      notes_add(
          notes, NOTE_LEFT, s->row, 0,
          _("%s [%s]: the week is new, and terminals say that nobody is listed then until the "
            "row is mended and imported again"),
          item->name, item->key);
    }
  }
}

/* The shifts [first, behind) of one role and week. */
static tc_status decide_week(struct deciding *d, const struct shift_read *first,
                             const struct shift_read *behind) {
  const struct map *m = d->plan->options.map;
  struct arena *arena = &d->plan->arena;
  const struct shift_read *refused = NULL;
  struct shift *shifts = arena_zalloc(arena, (size_t)(behind - first), sizeof *shifts);
  struct plan_item *item = week_item(d, first->role->name, first->week);
  if (!shifts || !item)
    return no_memory(d);
  struct rota rota = {.uuid = rota_uuid(d, first),
                      .audience = m->audience,
                      .role = first->role->uuid,
                      .week = first->week,
                      .source = d->plan->options.origin,
                      .made = d->made,
                      .shifts = shifts};
  for (const struct shift_read *s = first; s < behind; s++) {
    if (s->refused)
      refused = s;
    else if (s->until > s->from)
      shifts[rota.shift_count++] = s->shift;
  }
  struct who_rota *held = held_rota(d, &rota.uuid, rota.audience);
  if (held)
    held->seen = true;
  if (refused && held) {
    notes_add(&d->plan->notes, NOTE_LEFT, refused->row, 0,
              _("%s [%s]: a row of it was refused, so the week stays as it is"), item->name,
              item->key);
    return TC_OK;
  }
  if (refused && rota.shift_count)
    stand_in_new(d, item, &rota, shifts, first, behind);
  if (!rota.shift_count)
    return TC_OK;
  item->row = first->row;
  item->contacts = rota.shift_count;
  tc_status status = write_week(d, item, &rota, held);
  if (status == TC_OK)
    status = take_others(d, item, &rota.uuid, rota.audience);
  if (status == TC_OK && held && item->act == PLAN_CHANGED)
    status = tell_changes(d, item, &held->rota, &rota);
  if (status == TC_OK)
    plan_keep_item(d->plan, item);
  return status;
}

static tc_status decide_weeks(struct deciding *d) {
  tc_status status = TC_OK;
  if (d->count)
    qsort(d->shifts, d->count, sizeof *d->shifts, by_week);
  for (size_t i = 0, k; i < d->count && status == TC_OK; i = k) {
    const struct shift_read *s = &d->shifts[i];
    for (k = i + 1; k < d->count && by_week(s, &d->shifts[k]) == 0; k++)
      ;
    status = decide_week(d, s, &d->shifts[k - 1] + 1);
    if (!*d->first_week || strcmp(s->week, d->first_week) < 0)
      memcpy(d->first_week, s->week, sizeof d->first_week);
    if (strcmp(s->week, d->last_week) > 0)
      memcpy(d->last_week, s->week, sizeof d->last_week);
  }
  return status;
}

static tc_status remove_week(struct deciding *d, const struct who_rota *held) {
  const struct who_entry *role = NULL;
  char uuid[UUID_TEXT];
  uuid_format(&held->rota.role, uuid);
  enum who_found found = who_by_id(d->who, uuid, &role);
  struct plan_item *item = week_item(d, found == WHO_FOUND ? role->name : uuid, held->rota.week);
  if (!item)
    return no_memory(d);
  item->act = PLAN_REMOVED;
  item->contacts = held->rota.shift_count;
  tc_status status = plan_add_record(d->plan, item, &held->uuid, held->audience, NULL, d->err);
  if (status != TC_OK)
    return status;
  item->records[0].known = true;
  digest_toggle(&item->records[0].was, held->bytes, held->len);
  plan_keep_item(d->plan, item);
  return TC_OK;
}

/* Weeks of this origin that the file has not any more, and those that are long over. */
static tc_status decide_removals(struct deciding *d) {
  struct import_plan *p = d->plan;
  char over[CIVIL_WEEK_TEXT];
  size_t count;
  struct who_rota *rotas = who_rotas(d->who, &count);
  tc_status status = TC_OK;
  civil_week(civil_day_of(p->options.now - OVER_S), over);
  for (size_t i = 0; i < count && status == TC_OK; i++) {
    const struct who_rota *held = &rotas[i];
    if (strcmp(held->rota.source, p->options.origin) != 0)
      continue;
    bool is_over = strcmp(held->rota.week, over) < 0 && strcmp(held->rota.week, d->first_week) < 0;
    bool covered =
        strcmp(held->rota.week, d->first_week) >= 0 && strcmp(held->rota.week, d->last_week) <= 0;
    p->before += covered || held->seen;
    p->over += is_over && !held->seen;
    if (!held->seen && *d->first_week && (is_over || covered))
      status = remove_week(d, held);
  }
  return status;
}

/* ---- the whole file ----------------------------------------------------------------------------
 */

/* How old what it says is: when the file was written; 0: a clock was wrong. */
static int64_t written_at(const char *path, int64_t now) {
  struct stat st;
  return stat(path, &st) == 0 && st.st_mtime > 0 && st.st_mtime <= now ? (int64_t)st.st_mtime : 0;
}

tc_status rota_decide(struct import_plan *p, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  struct deciding d = {.plan = p,
                       .err = &own,
                       .origin = import_origin(p->options.origin),
                       .made = written_at(p->options.file, p->options.now)};
  tc_status status = who_read(&d.who, p->options.pg, p->options.cache, &own);
  if (status == TC_OK)
    status = read_rows(&d);
  progress_end(p->options.progress);
  if (status == TC_OK)
    find_overlaps(&d);
  if (status == TC_OK)
    status = decide_weeks(&d);
  if (status == TC_OK)
    status = decide_removals(&d);
  if (status == TC_OK && (p->notes.failed || arena_failed(&p->arena)))
    status = no_memory(&d);
  who_free(d.who);
  arena_free(&d.row_arena);
  free(d.shifts);
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}
