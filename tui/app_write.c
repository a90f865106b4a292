#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/app_state.h"
#include "tui/cover.h"
#include "tui/reach_text.h"
#include "tui/say_incident.h"
#include "tui/standing.h"
#include "tui/until.h"
#include "tui/write.h"
#include "tui/write_clock.h"

/* The fields of the form, by what is written; initials only until they are known. */
enum form_field {
  FIELD_WORDS,
  FIELD_COVER,
  FIELD_BEGINS,
  FIELD_NEW_NUMBER,
  FIELD_VALUE,
  FIELD_DOMAIN,
  FIELD_WAYS,
  FIELD_HOLDS,
  FIELD_WHY,
  FIELD_NAME,
  FIELD_TERMINALS,
  FIELD_WHO
};

static const enum form_field note_fields[] = {FIELD_WORDS, FIELD_HOLDS, FIELD_WHO};
static const enum form_field override_fields[] = {FIELD_NEW_NUMBER, FIELD_HOLDS, FIELD_WHY,
                                                  FIELD_WHO};
static const enum form_field absence_fields[] = {FIELD_HOLDS, FIELD_COVER, FIELD_BEGINS, FIELD_WHY,
                                                 FIELD_WHO};
static const enum form_field call_fields[] = {FIELD_WHO};
static const enum form_field suggestion_fields[] = {FIELD_VALUE, FIELD_WHY, FIELD_WHO};

static const enum form_field withdrawal_fields[] = {FIELD_WHY, FIELD_WHO};

static const enum form_field incident_fields[] = {FIELD_DOMAIN, FIELD_WAYS, FIELD_HOLDS, FIELD_WHY,
                                                  FIELD_WHO};
static const enum form_field change_fields[] = {FIELD_WAYS, FIELD_HOLDS, FIELD_WHY, FIELD_WHO};

static const enum form_field exercise_fields[] = {FIELD_DOMAIN, FIELD_TERMINALS, FIELD_HOLDS,
                                                  FIELD_NAME, FIELD_WHO};

static const struct {
  const char *label, *help;
} fields[] = {
    [FIELD_WORDS] = {N_("note"), N_("one sentence; everybody who may see the entry reads it")},
    [FIELD_COVER] = {N_("who covers"),
                     N_("a part of the name; Down and Up choose, Enter takes it; empty: nobody")},
    [FIELD_BEGINS] = {N_("from"), N_("as until; empty: from now on")},
    [FIELD_NEW_NUMBER] = {N_("number"), N_("as anybody writes it, or as it is dialled from here")},
    [FIELD_VALUE] = {N_("should say"), N_("empty: nothing should stand there")},
    [FIELD_DOMAIN] = {N_("what fails"),
                      N_("a part of its name; Down and Up choose, Enter takes it")},
    [FIELD_WAYS] = {N_("calls"), N_("Right and Left, or Space: which calls fail")},
    [FIELD_HOLDS] = {N_("until"), N_("2h, 3d, 08:30, sun 08:30 or 2026-12-01 08:30")},
    [FIELD_WHY] = {N_("why"), N_("may stay empty")},
    [FIELD_NAME] = {N_("called"), N_("the exercise's name; may stay empty")},
    [FIELD_TERMINALS] = {N_("with"),
                         N_("the other terminals, by name, with commas; empty: this one alone")},
    [FIELD_WHO] = {N_("initials"), N_("yours, once; forgotten when nobody is here")},
};

static const enum form_field *fields_of(enum act_kind kind, size_t *count) {
  switch (kind) {
  case ACT_KIND_OVERRIDE:
    *count = sizeof override_fields / sizeof *override_fields;
    return override_fields;
  case ACT_KIND_ABSENCE:
    *count = sizeof absence_fields / sizeof *absence_fields;
    return absence_fields;
  case ACT_KIND_SUGGESTION:
    *count = sizeof suggestion_fields / sizeof *suggestion_fields;
    return suggestion_fields;
  case ACT_KIND_INCIDENT_REPORT:
  case ACT_KIND_INCIDENT_DECLARE:
    *count = sizeof incident_fields / sizeof *incident_fields;
    return incident_fields;
  case ACT_KIND_INCIDENT_CHANGE:
    *count = sizeof change_fields / sizeof *change_fields;
    return change_fields;
  case ACT_KIND_EXERCISE_BEGIN:
    *count = sizeof exercise_fields / sizeof *exercise_fields;
    return exercise_fields;
  case ACT_KIND_EXERCISE_END:
  case ACT_KIND_INCIDENT_END:
  case ACT_KIND_WITHDRAWAL:
    *count = sizeof withdrawal_fields / sizeof *withdrawal_fields;
    return withdrawal_fields;
  case ACT_KIND_ATTEMPT:
    *count = sizeof call_fields / sizeof *call_fields;
    return call_fields;
  default:
    *count = sizeof note_fields / sizeof *note_fields;
    return note_fields;
  }
}

static size_t shown_fields(const struct app *a) {
  size_t count;
  fields_of(a->form.kind, &count);
  return *a->initials && count > 1 ? count - 1 : count;
}

static const char *text_of(const struct app *a, enum form_field field) {
  size_t count;
  const enum form_field *list = fields_of(a->form.kind, &count);
  for (size_t i = 0; i < count; i++)
    if (list[i] == field)
      return a->form.fields[i].text;
  return "";
}

static void set_text(struct app *a, enum form_field field, const char *text) {
  size_t count;
  const enum form_field *list = fields_of(a->form.kind, &count);
  for (size_t i = 0; i < count; i++)
    if (list[i] == field) {
      struct typed *t = &a->form.fields[i];
      snprintf(t->text, sizeof t->text, "%s", text);
      t->len = t->caret = strlen(t->text);
    }
}

/* What the chosen row says, for whoever takes it back. */
static const char *chosen_words(const struct app *a, struct arena *arena) {
  if (a->list_of != SCREEN_WRITE || a->list.selected >= a->list.count)
    return "";
  const struct list_item *item = &a->list.items[a->list.selected];
  const char *text =
      arena_printf(arena, "%s%s%s", item->text, *item->right ? ", " : "", item->right);
  return text ? text : "";
}

/* "SAB Bloc nord", and of what is taken back there: cut on a whole character. */
static void set_of(struct app *a, const char *site, const char *name, const char *what) {
  struct buffer text = BUFFER_INIT;
  size_t len = 0, all;
  buffer_printf(&text, "%s %s%s%s", site, name, *what ? _(": ") : "", what);
  const char *from = buffer_text(&text);
  for (all = strlen(from); len < all;) {
    size_t n = utf8_grapheme(from + len, all - len);
    if (len + n >= sizeof a->form.of)
      break;
    len += n;
  }
  memcpy(a->form.of, from, len);
  a->form.of[len] = '\0';
  buffer_free(&text);
}

void app_open_form(struct app *a, enum act_kind kind, const struct act_property *property,
                   const struct uuid *which) {
  struct arena arena = ARENA_INIT;
  struct present p;
  struct entry e;
  struct tc_error err = {.status = TC_OK};
  struct uuid of = which ? *which : (struct uuid){{0}};
  const char *taken_back = chosen_words(a, &arena);
  bool number = which && kind != ACT_KIND_WITHDRAWAL;
  app_present(a, &p, &arena);
  if (!a->card || cache_entry(a->setup.cache, &a->card->uuid, &arena, &e, NULL) != TC_OK ||
      (number && standing_whose(&e, &of, kind, &p, true, &err) != TC_OK)) {
    if (err.status != TC_OK)
      app_say(a, "%s", app_why(a, &err));
    arena_free(&arena);
    return;
  }
  app_sign(a); /* there is one form */
  a->form = (struct form){.kind = kind, .property = property, .subject = e.uuid, .which = of};
  bool same = uuid_equal(&e.uuid, &a->card->uuid);
  set_of(a, same ? a->card->site : e.site, same ? a->card->name : e.name,
         kind == ACT_KIND_WITHDRAWAL ? taken_back : "");
  if (property) /* what it says now, to be put right */
    set_text(a, FIELD_VALUE, standing_value(property, &e, &of, &p));
  if (kind == ACT_KIND_NOTE)
    set_text(a, FIELD_HOLDS, "24h");
  app_push(a, SCREEN_FORM);
  arena_free(&arena);
}

/* ---- of an incident ----------------------------------------------------------------------------
 */

static bool is_incident(enum act_kind kind) {
  return kind == ACT_KIND_INCIDENT_REPORT || kind == ACT_KIND_INCIDENT_DECLARE ||
         kind == ACT_KIND_INCIDENT_CHANGE || kind == ACT_KIND_INCIDENT_END;
}

static bool is_exercise(enum act_kind kind) {
  return kind == ACT_KIND_EXERCISE_BEGIN || kind == ACT_KIND_EXERCISE_END;
}

static enum form_field field_at(const struct app *a) {
  size_t count;
  return fields_of(a->form.kind, &count)[a->form.at];
}

static void say_ways(struct app *a) {
  struct buffer text = BUFFER_INIT;
  directions_text(&text, a->form.ways);
  set_text(a, FIELD_WAYS, buffer_text(&text));
  buffer_free(&text);
}

static void turn_ways(struct app *a, int by) {
  size_t at = 0;
  while (at < WAYS_OFFERED && ways_offered[at] != a->form.ways)
    at++;
  a->form.ways = ways_offered[(at + (size_t)(by + WAYS_OFFERED)) % WAYS_OFFERED];
  say_ways(a);
}

/* Of several domains the one that is being typed. */
static const char *domain_typed(const struct app *a) {
  const char *text = text_of(a, FIELD_DOMAIN), *comma = strrchr(text, ',');
  return comma ? comma + 1 + strspn(comma + 1, " ") : text;
}

static size_t fitting(const struct app *a, const struct domain **out) {
  return domains_fitting(cache_house(a->setup.cache), domain_typed(a), a->setup.from.site, out,
                         FORM_CHOICES);
}

/* What is typed becomes the code of what was chosen. */
static bool take_domain(struct app *a) {
  const struct domain *list[FORM_CHOICES];
  const struct domain *exact = house_domain(cache_house(a->setup.cache), domain_typed(a));
  size_t count = exact ? 0 : fitting(a, list);
  if (!exact && (!count || a->form.choice >= FORM_CHOICES)) {
    app_say(a, "%s", _("which failure domain? Type a part of its name"));
    return false;
  }
  if (!exact) {
    char text[QUERY_MAX];
    const char *before = text_of(a, FIELD_DOMAIN);
    snprintf(text, sizeof text, "%.*s%s", (int)(domain_typed(a) - before), before,
             list[a->form.choice < count ? a->form.choice : 0]->code);
    set_text(a, FIELD_DOMAIN, text);
  }
  a->form.choice = 0;
  return true;
}

/* Who may stand in, by what is typed; nobody any more once one was chosen. */
static size_t covering(const struct app *a, struct arena *arena, const struct entry **out) {
  return uuid_is_nil(&a->form.cover) ? cover_fitting(&a->setup, text_of(a, FIELD_COVER),
                                                     &a->form.subject, arena, out, FORM_CHOICES)
                                     : 0;
}

/* What is typed becomes the name of who was chosen; an empty field is nobody. */
static bool take_cover(struct app *a) {
  struct arena arena = ARENA_INIT;
  const struct entry *list[FORM_CHOICES];
  bool known = !uuid_is_nil(&a->form.cover) || !*text_of(a, FIELD_COVER);
  size_t count = known ? 0 : covering(a, &arena, list);
  if (count) {
    const struct entry *e = list[a->form.choice < count ? a->form.choice : 0];
    a->form.cover = e->uuid;
    set_text(a, FIELD_COVER, cover_text(e, &arena));
  } else if (!known) {
    app_say(a, "%s", _("who covers? Type a part of the name, or nothing"));
  }
  a->form.choice = 0;
  arena_free(&arena);
  return known || count;
}

static bool take_choice(struct app *a) {
  enum form_field field = field_at(a);
  return field == FIELD_DOMAIN ? take_domain(a) : field != FIELD_COVER || take_cover(a);
}

static void choose(struct app *a, int by) {
  const struct domain *list[FORM_CHOICES];
  const struct entry *entries[FORM_CHOICES];
  struct arena arena = ARENA_INIT;
  size_t count = field_at(a) == FIELD_COVER ? covering(a, &arena, entries) : fitting(a, list);
  arena_free(&arena);
  count = count < FORM_CHOICES ? count : FORM_CHOICES;
  if (count)
    a->form.choice = (a->form.choice + count + (size_t)(by + (int)count)) % count;
}

void app_open_incident_form(struct app *a, enum act_kind kind, const struct incident *n,
                            const char *domain) {
  const struct house *house = cache_house(a->setup.cache);
  a->form = (struct form){.kind = kind,
                          .which = n ? n->uuid : (struct uuid){{0}},
                          .ways = (1u << DIRECTION_COUNT) - 1u};
  if (n) {
    snprintf(a->form.of, sizeof a->form.of, "%s", domain_name(house, n->domain));
    a->form.ways = incident_directions(n);
    if (kind == ACT_KIND_INCIDENT_CHANGE)
      set_text(a, FIELD_WHY, n->clear ? "" : n->reason); /* stars are no words */
  }
  set_text(a, FIELD_DOMAIN, domain);
  say_ways(a);
  set_text(a, FIELD_HOLDS, "12h");
  if (*domain)
    a->form.at = 1; /* what fails is known */
  app_push(a, SCREEN_FORM);
}

void app_open_exercise_form(struct app *a, enum act_kind kind, const struct exercise *x) {
  a->form = (struct form){.kind = kind, .which = x ? x->uuid : (struct uuid){{0}}};
  if (x)
    snprintf(a->form.of, sizeof a->form.of, "%s", x->name);
  set_text(a, FIELD_HOLDS, "1h");
  app_push(a, SCREEN_FORM);
}

/* ---- saving ------------------------------------------------------------------------------------
 */

static tc_status make_absence(struct app *a, struct act *out, struct writing *w,
                              struct tc_error *err) {
  int64_t now = write_now(&a->setup), since = 0;
  const char *begins = text_of(a, FIELD_BEGINS);
  tc_status status = until_read(&w->until, text_of(a, FIELD_HOLDS), now, err);
  if (status == TC_OK && *begins)
    status = until_read(&since, begins, now, err);
  return status == TC_OK ? write_absence(out, w, &a->form.cover, since, text_of(a, FIELD_WHY), err)
                         : status;
}

/* Can it be taken back still? */
static bool stands_there(const struct entry *e, const struct writing *w, const struct uuid *act) {
  size_t count;
  const struct standing *all = standing_acts(e, w->setup, w->arena, &count);
  for (size_t i = 0; all && i < count; i++)
    if (uuid_equal(&all[i].act, act))
      return true;
  return false;
}

static tc_status make_act(struct app *a, struct act *out, struct writing *w, const struct entry *e,
                          struct tc_error *err) {
  const struct form *f = &a->form;
  const struct contact *contact = entry_contact(e, &f->which);
  const char *until = text_of(a, FIELD_HOLDS);
  if (f->kind == ACT_KIND_WITHDRAWAL && !stands_there(e, w, &f->which))
    return tc_fail(err, TC_NOT_FOUND, _("it does not stand there any more"));
  if (f->kind == ACT_KIND_WITHDRAWAL)
    return write_withdrawal(out, w, &f->which, text_of(a, FIELD_WHY), err);
  if (f->kind == ACT_KIND_ABSENCE)
    return make_absence(a, out, w, err);
  if (!uuid_is_nil(&f->which) && !contact)
    return tc_fail(err, TC_NOT_FOUND, _("that number is no longer listed"));
  if (*until || f->kind == ACT_KIND_OVERRIDE) {
    tc_status status = until_read(&w->until, until, write_now(&a->setup), err);
    if (status != TC_OK)
      return status;
  }
  switch (f->kind) {
  case ACT_KIND_OVERRIDE:
    return write_override(out, w, contact, text_of(a, FIELD_NEW_NUMBER), text_of(a, FIELD_WHY),
                          err);
  case ACT_KIND_SUGGESTION:
    return write_suggestion(out, w, f->property, contact, text_of(a, FIELD_VALUE),
                            text_of(a, FIELD_WHY), err);
  default:
    return write_note(out, w, text_of(a, FIELD_WORDS), err);
  }
}

const char *app_why_not_saved(const struct app *a, const struct tc_error *err) {
  return app_fault(a, err, _("this terminal cannot write just now"));
}

/* How a number was read is said: whose extension it is above all. */
static void say_written(struct app *a, const struct act *act) {
  struct arena arena = ARENA_INIT;
  const char *number = write_number_read(act, &a->setup, &arena);
  const char *wrong = write_clock_brief(act, &a->setup, &arena);
  app_say(a, "%s%s%s%s%s", wrong, *wrong ? "; " : "", number, *number ? ": " : "",
          write_course(&a->setup, act) == COURSE_SUGGESTED
              ? _("written as a suggestion, not confirmed")
              : _("written, not confirmed"));
  arena_free(&arena);
}

tc_status app_post(struct app *a, const struct act *act, struct tc_error *err) {
  struct buffer record = BUFFER_INIT;
  tc_status allowed = write_allowed(&a->setup, act, err);
  if (allowed != TC_OK)
    return allowed;
  if (write_needs_pin(&a->setup, act))
    return tc_fail(err, TC_REFUSED, _("this needs the PIN: F11 asks for it, then once more"));
  tc_status status = act_encode(act, &record, err);
  if (status == TC_OK && !a->journal)
    status = journal_writer_open(&a->journal, a->setup.config.scope, err);
  if (status == TC_OK) {
    struct tc_error why = {.status = TC_OK};
    tc_status posted = journal_writer_post(a->journal, record.data, record.len, &why);
    if (posted != TC_REFUSED)
      own_add(&a->setup.own, &act->uuid);
    if (posted == TC_REFUSED)
      status = tc_fail(err, posted, "%s", why.text);
    else if (posted == TC_OK)
      say_written(a, act);
    else
      app_say(a, _("NOT SAVED: %s; it is tried again"), app_why_not_saved(a, &why));
  }
  buffer_free(&record);
  return status;
}

static tc_status make_incident(struct app *a, struct act *out, struct writing *w,
                               struct tc_error *err) {
  const struct incident_said said = {
      .domain = text_of(a, FIELD_DOMAIN), .ways = a->form.ways, .reason = text_of(a, FIELD_WHY)};
  const char *until = text_of(a, FIELD_HOLDS);
  tc_status status = TC_OK;
  if (a->form.kind != ACT_KIND_INCIDENT_END && *until)
    status = until_read(&w->until, until, write_now(&a->setup), err);
  return status == TC_OK ? app_incident_act(a, out, w, &said, err) : status;
}

static tc_status make_exercise(struct app *a, struct act *out, struct writing *w,
                               struct tc_error *err) {
  const struct exercise_said said = {.name = text_of(a, FIELD_NAME),
                                     .domains = text_of(a, FIELD_DOMAIN),
                                     .terminals = text_of(a, FIELD_TERMINALS)};
  const char *until = text_of(a, FIELD_HOLDS);
  tc_status status = TC_OK;
  if (a->form.kind == ACT_KIND_EXERCISE_BEGIN && *until)
    status = until_read(&w->until, until, write_now(&a->setup), err);
  return status == TC_OK ? app_exercise_act(a, out, w, &said, text_of(a, FIELD_WHY), err) : status;
}

static void save(struct app *a) {
  struct arena arena = ARENA_INIT;
  struct tc_error err = {.status = TC_OK};
  bool incident = is_incident(a->form.kind), exercise = is_exercise(a->form.kind);
  bool entry = !incident && !exercise;
  struct entry e = {.contact_count = 0};
  struct act act;
  char initials[sizeof a->initials];
  const char *typed = text_of(a, FIELD_WHO);
  snprintf(initials, sizeof initials, "%s", *a->initials ? a->initials : typed);
  struct writing w = {
      .setup = &a->setup, .entry = entry ? &e : NULL, .initials = initials, .arena = &arena};
  tc_status status =
      entry ? cache_entry(a->setup.cache, &a->form.subject, &arena, &e, &err) : TC_OK;
  if (status == TC_OK && !*a->initials && strlen(typed) > ACT_INITIALS_MAX)
    status = tc_fail(&err, TC_INVALID, _("initials are at most %d letters"), ACT_INITIALS_MAX);
  if (status == TC_OK)
    status = incident   ? make_incident(a, &act, &w, &err)
             : exercise ? make_exercise(a, &act, &w, &err)
                        : make_act(a, &act, &w, &e, &err);
  if (status == TC_OK)
    status = app_post(a, &act, &err);
  if (status == TC_OK) {
    memcpy(a->initials, initials, sizeof a->initials);
    while (app_screen(a) == SCREEN_FORM || app_screen(a) == SCREEN_WRITE)
      app_pop(a);
    if (!uuid_is_nil(&a->incident) && a->list_of == SCREEN_INCIDENTS)
      a->list.count = 0; /* its page is left: nothing on it stays chosen */
    a->incident = (struct uuid){{0}};
    if (exercise)
      app_exercise_written(a);
    if (!app_follow(a) && !entry) /* it stands there at once */
      app_relist(a);
    if (incident)
      app_incidents_said(a, &act);
  } else {
    app_say(a, "%s", app_why_not_saved(a, &err)); /* what was typed stays */
  }
  arena_free(&arena);
}

void app_ask_initials(struct app *a, const char *of, void (*then)(struct app *a)) {
  if (a->initials_known || *a->initials) {
    then(a);
    return;
  }
  a->form = (struct form){.kind = ACT_KIND_ATTEMPT};
  snprintf(a->form.of, sizeof a->form.of, "%s", of);
  a->signed_then = then;
  app_push(a, SCREEN_FORM);
}

void app_sign(struct app *a) {
  const char *typed = text_of(a, FIELD_WHO);
  void (*then)(struct app * a) = a->signed_then;
  bool asks = app_screen(a) == SCREEN_FORM;
  if (!then || !app_on_stack(a, SCREEN_FORM))
    return;
  if (strlen(typed) > ACT_INITIALS_MAX && asks) {
    app_say(a, _("initials are at most %d letters"), ACT_INITIALS_MAX);
    return;
  }
  snprintf(a->initials, sizeof a->initials, "%s", strlen(typed) > ACT_INITIALS_MAX ? "" : typed);
  a->initials_known = true;
  while (app_on_stack(a, SCREEN_FORM))
    app_pop(a);
  a->signed_then = NULL;
  then(a);
}

void app_form_next(struct app *a) {
  if (a->form.kind == ACT_KIND_ATTEMPT)
    app_sign(a);
  else if (!take_choice(a))
    return;
  else if (a->form.at + 1 < shown_fields(a))
    a->form.at++;
  else
    save(a);
}

/* Is there anybody to choose from?  Else the arrows walk the fields. */
static bool choosable(const struct app *a) {
  return uuid_is_nil(&a->form.cover) && *text_of(a, FIELD_COVER);
}

void app_form_choose(struct app *a, int by) {
  if (field_at(a) == FIELD_DOMAIN || (field_at(a) == FIELD_COVER && choosable(a)))
    choose(a, by);
  else
    app_form_move(a, by);
}

void app_form_move(struct app *a, int by) {
  size_t count = shown_fields(a);
  if (!take_choice(a))
    return;
  a->form.at = (a->form.at + count + (size_t)(by + (int)count)) % count;
}

bool app_form_edit(struct app *a, enum action action, struct key key) {
  if (field_at(a) == FIELD_WAYS) {
    bool forth = action == ACT_RIGHT || (action == ACT_NONE && key.point == ' ');
    if (forth || action == ACT_LEFT)
      turn_ways(a, forth ? 1 : -1);
    return forth || action == ACT_LEFT || action == ACT_NONE || action == ACT_ERASE;
  }
  bool typed = typed_edit(&a->form.fields[a->form.at], action, key);
  if (typed)
    a->form.choice = 0;
  if (typed && action != ACT_LEFT && action != ACT_RIGHT && field_at(a) == FIELD_COVER)
    a->form.cover = (struct uuid){{0}}; /* another name is being typed */
  return typed;
}

/* ---- who sits here, and what could not be saved ------------------------------------------------
 */

void app_forget_initials(struct app *a) {
  a->initials[0] = '\0';
  a->initials_known = false;
  a->setup.own.count = 0; /* nor is what was written theirs who come next */
}

bool app_watch_journal(struct app *a) {
  struct tc_error why = {.status = TC_OK};
  size_t unsaved = a->journal ? journal_writer_unsaved(a->journal, &why) : 0;
  bool changed = unsaved != a->unsaved;
  if (changed && unsaved)
    app_say(a, _("NOT SAVED: %s; it is tried again"), app_why_not_saved(a, &why));
  else if (changed)
    app_say(a, "%s", _("what was written is saved now"));
  a->unsaved = unsaved;
  return changed;
}

/* ---- drawing -----------------------------------------------------------------------------------
 */

static const char *become(const struct app *a) {
  struct act act = {.type = act_rule(a->form.kind)->word};
  if (app_played(a) && is_incident(a->form.kind))
    return _("REAL, not of the exercise: it ends that.");
  if (a->form.kind == ACT_KIND_INCIDENT_REPORT)
    return _("It is shown here at once, and at the switchboards.");
  if (a->form.kind == ACT_KIND_EXERCISE_BEGIN)
    return _("It is played here and there alone; anything that really fails ends it.");
  if (a->form.kind == ACT_KIND_INCIDENT_DECLARE)
    return _("It changes the answers of every terminal.");
  if (a->form.kind == ACT_KIND_ATTEMPT)
    return _("Enter alone: unsigned.");
  return write_course(&a->setup, &act) == COURSE_SUGGESTED
             ? _("It waits until a person at the source accepts it.")
             : "";
}

static const char *title_of(enum act_kind kind) {
  switch (kind) {
  case ACT_KIND_INCIDENT_REPORT:
    return _("Report that it fails");
  case ACT_KIND_INCIDENT_DECLARE:
    return _("Declare that it is DOWN");
  case ACT_KIND_INCIDENT_CHANGE:
    return _("It is still so");
  case ACT_KIND_INCIDENT_END:
    return _("It is over");
  case ACT_KIND_EXERCISE_BEGIN:
    return _("Begin an exercise");
  case ACT_KIND_EXERCISE_END:
    return _("End the exercise");
  default:
    return _(act_rule(kind)->label);
  }
}

static void draw_covers(struct app *a, struct form_view *v, struct arena *arena) {
  const struct entry *list[FORM_CHOICES];
  v->choice_count = covering(a, arena, list);
  v->choice = a->form.choice;
  for (size_t i = 0; i < v->choice_count; i++)
    v->choices[i] = cover_text(list[i], arena);
  if (!v->choice_count && choosable(a))
    v->help = _("nobody has these words");
}

/* The failure domains, or the names, that fit what is typed. */
static void draw_choices(struct app *a, struct form_view *v, struct arena *arena) {
  const struct domain *list[FORM_CHOICES];
  if (field_at(a) == FIELD_COVER)
    draw_covers(a, v, arena);
  if (field_at(a) != FIELD_DOMAIN)
    return;
  size_t count = fitting(a, list);
  v->choice_count = count < FORM_CHOICES ? count : FORM_CHOICES;
  v->choice = a->form.choice;
  for (size_t i = 0; i < v->choice_count; i++) {
    const char *text = arena_printf(arena, "%s  %s", list[i]->code, list[i]->name);
    v->choices[i] = text ? text : "";
  }
  if (!count)
    v->help = _("no failure domain has these words");
}

void app_draw_form(struct app *a, struct grid *g, struct area area) {
  size_t count;
  struct arena arena = ARENA_INIT;
  const enum form_field *list = fields_of(a->form.kind, &count);
  struct form_view v = {.title = title_of(a->form.kind),
                        .of = a->form.of,
                        .count = shown_fields(a),
                        .at = a->form.at,
                        .help = _(fields[list[a->form.at]].help),
                        .become = become(a)};
  if (app_played(a) && is_incident(a->form.kind)) {
    const char *title = arena_printf(&arena, "%s%s", _("REAL: "), v.title);
    v.title = title ? title : v.title;
  }
  for (size_t i = 0; i < v.count; i++) {
    const struct typed *t = &a->form.fields[i];
    v.fields[i].label = list[i] == FIELD_VALUE && a->form.property ? _(a->form.property->label)
                                                                   : _(fields[list[i]].label);
    v.fields[i].text = t->text;
    v.fields[i].caret = t->caret;
  }
  if (*a->initials) { /* nobody writes under a name that does not show */
    const char *text = arena_printf(&arena, "%s%s%s", v.become, *v.become ? " " : "",
                                    arena_printf(&arena, _("you sign as %s"), a->initials));
    v.become = text ? text : v.become;
  }
  draw_choices(a, &v, &arena);
  form_draw(g, area, &v);
  arena_free(&arena);
}
