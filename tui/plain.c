#include "tui/plain.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/dialogue.h"
#include "tui/languages.h"
#include "tui/pin.h"
#include "tui/played.h"

/* "18: fire, inside, outside 0 18" */
static void say_code(struct dialogue *d, const struct frame *f, const struct frame_code *c) {
  char outside[160] = "";
  if (c->outside && *c->outside)
    snprintf(outside, sizeof outside, _(", outside %s"), c->outside);
  dialogue_line(d, "%s%s%s: %s%s%s%s%s%s", f->mark, *f->mark ? " " : "", c->number, c->purpose,
                c->inside ? ", " : "", c->inside ? _("inside") : "", outside, *c->state ? ", " : "",
                c->state);
}

static void say_head(struct dialogue *d);
static void say_help(struct dialogue *d);
static void new_caller(struct dialogue *d);
static void other_language(struct dialogue *d);

/* A letter alone: a search has two at least.  Those of the function keys are their Control twins
 * (tui/action.c), so that what is learnt on one side serves on the other. */
static const struct {
  char letter;
  const char *help; /* N_() marked */
  void (*run)(struct dialogue *d);
} commands[] = {
    {'h', N_("this help"), say_help},
    {'c', N_("where you stand, what fails, the codes of the site"), say_head},
    {'m', N_("the next rows of the last list"), plain_more},
    {'a', N_("a number of the open card read aloud, in groups, exactly what to press"),
     plain_aloud},
    {'u', N_("show a masked number of the open card"), plain_reveal},
    {'f', N_("the fax of the open card, and whether its last four digits were keyed in right"),
     plain_fax},
    {'r', N_("how a call to the open card ended, and whom to call next"), plain_call},
    {'b', N_("back to the call in work, after another caller"), plain_call_back},
    {'+', N_("a note on the open card, a temporary number, a correction; or one is taken back"),
     plain_note},
    {'-', N_("whose card is open is absent, until when and who covers; or back again"),
     plain_absence},
    {'k', N_("incidents: what fails, what is cut off, what if; report, extend or end one"),
     plain_incidents},
    {'o', N_("who is on call now, gaps first; again: the chase list for the morning"),
     plain_on_call},
    {'s', N_("the services of the site where you stand"), plain_services},
    {'e', N_("which sites are searched; browse site, unit, entry; stand at another"), plain_sites},
    {'<', N_("browsing: one level up"), plain_up},
    {'y', N_("what you are calling from"), plain_from},
    {'t', N_("the directory at another time; back to now; out of an exercise"), plain_as_at},
    {'p', N_("print: the open card, its unit, the site, its code board and other sheets"),
     plain_print},
    {'n', N_("new caller: forgets the card, the other time, the initials; so does a time alone"),
     new_caller},
    {'d',
     N_("what was written here in the last eight hours; the switchboard tier, test round, cascades "
        "and crisis cells, exercises"),
     plain_desk},
    {'=', N_("the next language, until the terminal is left alone"), other_language},
    {'v', N_("how the directory and its source are"), plain_status},
    {'q', N_("leave"), NULL},
};
enum { COMMANDS = sizeof commands / sizeof *commands, CALL_RINGS_S = 300 };

/* Nobody leaves a kiosk, how its directory is, is its admin's, and it prints where they say. */
static bool is_offered(const struct dialogue *d, size_t command) {
  void (*run)(struct dialogue * d) = commands[command].run;
  bool prints = config_printer(&d->setup->config, 0, (char[CONFIG_WORD]){0});
  return !d->setup->kiosk || (run && run != plain_status && (run != plain_print || prints));
}

static void say_help(struct dialogue *d) {
  dialogue_line(d, "%s", _("Two letters or more search; 1 to 9 open a row of the last list."));
  for (size_t i = 0; i < COMMANDS; i++)
    if (is_offered(d, i))
      dialogue_line(d, "%c  %s", commands[i].letter, _(commands[i].help));
}

void plain_describe(struct buffer *out) {
  for (size_t i = 0; i < COMMANDS; i++)
    buffer_printf(out, ".TP\n.B %c\n%s\n", commands[i].letter, commands[i].help);
}

static void say_strip(struct dialogue *d, const struct frame *f) {
  if (*f->strip)
    dialogue_line(d, "! %s", f->strip);
  snprintf(d->strip, sizeof d->strip, "%s", f->strip);
}

static void say_other(struct dialogue *d) {
  char offer[256];
  languages_offer("=", SIZE_MAX, offer, sizeof offer);
  if (*offer)
    dialogue_line(d, "%s", offer);
}

static void say_head(struct dialogue *d) {
  struct present p;
  struct frame f;
  dialogue_present(d, &p);
  if (!present_frame(&p, &f))
    return;
  if (*f.site)
    dialogue_line(d, _("You are at %s %s, %s; %s; %s"), f.site, f.site_name, f.set, f.data_full,
                  f.now);
  else
    dialogue_line(d, _("Your site is not set (--site); %s; %s"), f.data_full, f.now);
  say_strip(d, &f);
  if (f.codes_lost)
    dialogue_line(d, "! %s",
                  f.code_count ? _("not all codes can be read: call the switchboard for the others")
                               : f.no_codes);
  for (size_t i = 0; i < f.code_count; i++)
    say_code(d, &f, &f.codes[i]);
  if (*f.switchboard)
    dialogue_line(d, _("switchboard: %s"), f.switchboard);
  dialogue_line(
      d, "%s",
      _("Type what you look for (two letters or more), a digit to open a row, h for help."));
  say_other(d);
}

static void turn_language(struct dialogue *d, size_t times) {
  char next[I18N_CODE];
  while (times--)
    i18n_language(i18n_next(next));
  say_head(d);
}

static void other_language(struct dialogue *d) {
  turn_language(d, 1);
}

/* An exercise that has begun or ended since it was last said. */
static void say_exercise(struct dialogue *d) {
  const struct exercise *x = setup_exercise(d->setup);
  const struct house *house = cache_house(d->setup->cache);
  struct uuid now = x ? x->uuid : (struct uuid){{0}}, was = d->exercise;
  struct buffer fate = BUFFER_INIT;
  if (uuid_equal(&now, &was))
    return;
  d->exercise = now;
  if (!uuid_is_nil(&was))
    plain_call_forget(d, &was);
  if (x && !d->begins && (d->call_count || d->list || !uuid_is_nil(&d->open)))
    d->setup->real = true; /* nobody's call is moved into a drill under their hands */
  d->begins = false;
  if (!x)
    d->setup->real = d->home_real;
  for (size_t i = 0; !x && i < house->exercise_count; i++)
    if (uuid_equal(&house->exercises[i].uuid, &was))
      played_fate(&fate, &house->exercises[i], house, clock_now(&d->setup->clock));
  if (x && d->setup->real)
    dialogue_line(
        d, _("An exercise has begun: %s. The answers here stay real; t, then Enter: into it"),
        x->name);
  else if (x)
    dialogue_line(d, _("EXERCISE: %s; t gives the real answer"), x->name);
  else
    dialogue_line(d, "%s", fate.len ? buffer_text(&fate) : _("Exercise ended"));
  buffer_free(&fate);
}

/* What began or ended to fail since it was last said is said before the next question. */
static void say_news(struct dialogue *d) {
  struct present p;
  struct frame f;
  say_exercise(d);
  dialogue_present(d, &p);
  if (!present_frame(&p, &f) || strncmp(f.strip, d->strip, sizeof d->strip - 1) == 0)
    return;
  if (!*f.strip)
    dialogue_line(d, "%s", _("Nothing is known to fail any more."));
  say_strip(d, &f);
}

static void say_rows(struct dialogue *d, const struct search_item *items, size_t count,
                     const struct search_result *r) {
  const char *section = "";
  for (size_t i = 0; i < count; i++) {
    rows_section(d, &section, items[i].section);
    rows_say(d, rows_add(d, &items[i].uuid), &items[i]);
    if (*items[i].fate)
      dialogue_line(d, "  ! %s", items[i].fate);
  }
  rows_end(d, r->here + r->elsewhere, r->more_here || r->more_elsewhere);
}

static void say_nothing_found(struct dialogue *d, struct present *p,
                              const struct search_result *r) {
  struct frame f;
  dialogue_line(d, "%s", _("Nothing found."));
  for (size_t i = 0; i < r->tried_count; i++)
    dialogue_line(d, _("tried: %s"), r->tried[i]);
  for (size_t i = 0; i < r->nearest_count; i++)
    dialogue_line(d, _("nearest: %s"), r->nearest[i]);
  if (r->fewer && *r->fewer)
    dialogue_line(d, "%s", r->fewer);
  if (present_frame(p, &f) && *f.switchboard)
    dialogue_line(d, _("Ask the switchboard: %s"), f.switchboard);
  else
    dialogue_line(d, "%s", _("Ask the switchboard."));
}

static void say_found(struct dialogue *d) {
  struct present p;
  struct search_item items[DIALOGUE_ROWS + 2] = {{.section = ""}};
  struct search_result r = {0};
  struct tc_error err = {0};
  dialogue_present(d, &p);
  struct search_query q = {.text = d->looked_for,
                           .offset = d->skipped,
                           .site = d->setup->from.site,
                           .scope = d->scope,
                           .only = d->only,
                           .country = d->setup->from.country,
                           .from = &d->setup->from,
                           .limit = DIALOGUE_ROWS};
  if (search_run(d->setup->cache, &q, &d->arena, &r, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return;
  }
  if (r.note && *r.note)
    dialogue_line(d, "%s", r.note);
  size_t count = present_rows(&p, &r, DIALOGUE_ROWS, items);
  say_rows(d, items, count, &r);
  if (!count && !d->skipped)
    say_nothing_found(d, &p, &r);
  else if (!count)
    dialogue_line(d, "%s", _("There are no more rows."));
}

/* What is of the person who was there. */
static void forget(struct dialogue *d) {
  d->initials[0] = '\0';
  d->signs = false;
  d->begins = false;
  d->setup->at = 0;
  setup_close_tier(d->setup);
}

static void new_caller(struct dialogue *d) {
  struct config *c = &d->setup->config;
  forget(d);
  d->used = false;
  d->shown_until = 0;
  if (d->setup->kiosk && !c->desk) /* it would be somebody else's to bring back */
    d->call_count = 0;
  if (d->setup->kiosk) /* nobody reads what the one before was told */
    dialogue_wipe(d);
  d->open = (struct uuid){{0}};
  rows_forget(d);
  d->scope = SEARCH_ALL;
  d->only[0] = '\0';
  d->setup->real = d->home_real;
  memcpy(c->site, d->home_site, sizeof c->site);
  memcpy(c->plan, d->home_plan, sizeof c->plan);
  setup_stand(d->setup, (enum set_kind)c->set);
  say_head(d);
}

/* Did the last person leave anything that the next one would be answered by? */
static bool is_changed(const struct dialogue *d) {
  const struct setup *s = d->setup;
  return (s->kiosk && d->used) || d->list || !uuid_is_nil(&d->open) || d->scope != SEARCH_ALL ||
         s->at || s->real != d->home_real || s->from.set != (enum set_kind)s->config.set ||
         strcmp(s->config.site, d->home_site) != 0 || strcmp(s->config.plan, d->home_plan) != 0;
}

/* As at a screen: after idle_minutes, where a card is open idle_card_minutes, whoever types is a
 * new caller; not while the phone rings that a chain waits for.  Seconds; -1: never. */
static int64_t limit_of(const struct dialogue *d) {
  const struct config *c = &d->setup->config;
  int minutes = uuid_is_nil(&d->open) ? c->idle_minutes : c->idle_card_minutes;
  if (!c->idle_minutes || !minutes || !is_changed(d))
    return -1;
  return INT64_C(60) * minutes + (d->call_count ? CALL_RINGS_S : 0);
}

static bool is_new_caller(const struct dialogue *d) {
  int64_t limit = limit_of(d);
  return limit >= 0 && clock_since(&d->setup->clock, &d->last) >= limit;
}

static int64_t patience(const struct dialogue *d) {
  int64_t limit = limit_of(d), left = limit - clock_since(&d->setup->clock, &d->last);
  int64_t shown = d->shown_until - clock_now(&d->setup->clock);
  if (limit >= 0)
    left = left > 0 ? left < limit ? left : limit : 0;
  if (d->shown_until && (limit < 0 || shown < left))
    return shown > 0 ? shown : 0;
  return limit < 0 ? -1 : left;
}

/* Whoever comes back late may be somebody else: what is asked once is asked again, and the tier
 * closes by itself. */
static void look_at_time(struct dialogue *d) {
  if (is_new_caller(d)) {
    i18n_language(d->home_language);
    int64_t left = clock_since(&d->setup->clock, &d->last) / 60;
    dialogue_line(d, _("left alone for %d min: a new caller"), left < 10000 ? (int)left : 0);
    new_caller(d);
  }
  bool open = setup_tier_held(d->setup) && !d->setup->closed && setup_tier_closes(d->setup);
  if (dialogue_lapsed(d, &d->last)) {
    if (open)
      dialogue_line(d, "%s", _("The switchboard tier has closed by itself."));
    if (d->setup->at)
      dialogue_line(d, "%s", _("back to now"));
    forget(d);
    i18n_language(d->home_language);
  }
  d->last = clock_mark(&d->setup->clock);
}

/* One letter, one digit, or what is looked for. */
static void obey(struct dialogue *d, const char *text) {
  size_t len = strlen(text);
  for (size_t i = 0; i < COMMANDS; i++)
    if (len == 1 && text[0] == commands[i].letter && commands[i].run) {
      if (is_offered(d, i))
        commands[i].run(d);
      else
        dialogue_line(d, "%s", _("not on this terminal"));
      return;
    }
  if (len && strspn(text, "=") == len) /* as often as it is said of a language */
    turn_language(d, len);
  else if (len == 1 && text[0] >= '1' && text[0] <= '9' && d->row_count)
    rows_open(d, (size_t)(text[0] - '1'));
  else if (utf8_count(text, len) < 2 && !(len && text[0] >= '0' && text[0] <= '9'))
    say_help(d); /* one digit with no list to pick from is a number */
  else
    rows_begin(d, say_found, text);
}

/* A kiosk that nobody is at. */
static void leave_alone(struct dialogue *d) {
  d->left = false;
  arena_reset(&d->arena);
  dialogue_follow(d);
  i18n_language(d->home_language);
  new_caller(d);
  d->last = clock_mark(&d->setup->clock);
}

tc_status plain_run(struct setup *setup, FILE *in, FILE *out, struct tc_error *err) {
  struct dialogue d = {.setup = setup, .in = in, .out = out, .arena = ARENA_INIT};
  char typed[DIALOGUE_LINE];
  setvbuf(in, NULL, _IONBF, 0); /* a PIN is read behind its back */
  d.last = clock_mark(&setup->clock);
  d.patience = setup->kiosk ? patience : NULL;
  d.home_real = setup->real;
  i18n_current(d.home_language);
  memcpy(d.home_site, setup->config.site, sizeof d.home_site);
  memcpy(d.home_plan, setup->config.plan, sizeof d.home_plan);
  if (setup->fault_count)
    dialogue_line(&d, "! %s", setup_fault_text(setup, (char[SETUP_FAULT_TEXT]){0}));
  say_head(&d);
  for (;;) {
    bool more = dialogue_prompt(&d, _("Find: "), typed, sizeof typed);
    if (d.left) {
      leave_alone(&d);
      continue;
    }
    if (!more || (strcmp(typed, "q") == 0 && !setup->kiosk))
      break;
    arena_reset(&d.arena);
    dialogue_follow(&d);
    look_at_time(&d);
    say_news(&d);
    d.used = true;
    obey(&d, typed);
    if (cache_whole(setup->cache, NULL) != TC_OK)
      dialogue_line(&d, "! %s", _("DAMAGED: some of this directory cannot be read"));
  }
  tc_status status = dialogue_flush(&d, err);
  arena_free(&d.arena);
  buffer_free(&d.text);
  return status;
}
