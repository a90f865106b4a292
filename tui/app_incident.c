/* F4: what fails, what it cuts off, and saying that something does or does not any more. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/app_state.h"
#include "tui/reach_text.h"
#include "tui/reason.h"
#include "tui/say_incident.h"
#include "tui/scenario.h"
#include "tui/strip.h"
#include "tui/what_if.h"
#include "tui/when.h"
#include "tui/write.h"

enum { ROWS_MAX = 4000 };

/* ---- the bell ----------------------------------------------------------------------------------
 */
static bool is_known(const struct app *a, const struct uuid *uuid) {
  for (size_t i = 0; i < a->incident_count; i++)
    if (uuid_equal(&a->incidents[i], uuid))
      return true;
  return false;
}

void app_know_incidents(struct app *a, bool ring) {
  const struct house *house = a->setup.cache ? cache_house(a->setup.cache) : NULL;
  struct uuid now[INCIDENTS_KNOWN] = {{{0}}};
  size_t count = 0;
  int64_t at = clock_now(&a->setup.clock);
  enum trust trusted =
      house && at >= cache_info(a->setup.cache)->source_time ? MOMENT_NOW : MOMENT_WRONG;
  for (size_t i = 0; house && i < house->incident_count && count < INCIDENTS_KNOWN; i++) {
    const struct incident *n = &house->incidents[i];
    if (incident_level(n, at, trusted) == OUTAGE_NONE)
      continue;
    /* Whoever has just written one needs no bell for it. */
    a->ring = a->ring || (ring && !n->pending && !is_known(a, &n->uuid));
    now[count++] = n->uuid;
  }
  memcpy(a->incidents, now, count * sizeof *now);
  a->incident_count = count;
}

bool app_rings(struct app *a) {
  bool rings = a->ring && a->setup.config.bell;
  a->ring = false;
  return rings;
}

/* ---- what fails --------------------------------------------------------------------------------
 */

static const struct target to_read = {.kind = TARGET_NOTHING};

static void add_incident(struct list_builder *b, const struct present *p, const struct incident *n,
                         enum incident_phase phase) {
  struct buffer text = {.limit = 1024};
  bool apart = *b->mark && !p->clock; /* beside what is played it is told apart */
  if (apart)
    buffer_add_text(&text, _("REAL: "));
  incident_text(&text, n, &p->world);
  const char *mark = b->mark;
  if (apart)
    b->mark = "";
  const char *who = reason_by(n);
  const char *by = arena_printf(p->arena, "%s%s%s", who, *who && *n->reason ? _(": ") : "",
                                reason_shown(n, p->world.house, p->world.now, p->arena));
  list_add(b, incident_phase_text(phase, p->clock != 0), phase == INCIDENT_AHEAD ? " " : "!",
           arena_strdup(p->arena, buffer_text(&text)), by, false,
           (struct target){.kind = TARGET_INCIDENT, .uuid = n->uuid, .text = ""});
  if (b->count)
    b->items[b->count - 1].remark = true;
  b->mark = mark;
  buffer_free(&text);
}

/* What is played: nothing can be done about it, but to end the exercise. */
static void add_played(struct list_builder *b, const struct present *p) {
  for (size_t i = 0; p->world.outage && i < p->world.outage->incident_count; i++) {
    const struct incident *n = p->world.outage->incidents[i];
    struct buffer text = {.limit = 1024};
    if (!n->played)
      continue;
    incident_text(&text, n, &p->world);
    list_add(b, _("played, not failing"), "!", arena_strdup(p->arena, buffer_text(&text)),
             n->reason, false, to_read);
    buffer_free(&text);
  }
}

static void add_incidents(struct list_builder *b, const struct present *p) {
  const struct house *house = p->world.house;
  for (int phase = 0; phase < INCIDENT_PHASES; phase++)
    for (size_t i = 0; i < house->incident_count; i++)
      if ((int)incident_phase(&house->incidents[i], p->world.now, p->world.clock_trusted) == phase)
        add_incident(b, p, &house->incidents[i], (enum incident_phase)phase);
}

/* Who needs whom, a row each, so that no name is cut off; then what is assumed. */
static void add_ring(struct list_builder *b, const struct present *p) {
  enum { RING_MAX = 16 };
  const char *ring[RING_MAX], *section = _("domains in a ring: a fault of the directory");
  size_t count = domain_ring(p->world.house, ring, RING_MAX);
  for (size_t i = 0; i < count; i++)
    list_add(b, section, "!",
             arena_printf(p->arena, _("%s rides on %s"), domain_name(p->world.house, ring[i]),
                          domain_name(p->world.house, ring[(i + 1) % count])),
             "", false, to_read);
  if (count)
    list_add(b, section, " ", _("one of them DOWN: all count as DOWN"), "", false, to_read);
}

/* What was said here to fail may be among what cannot be read. */
static void add_lost_acts(struct list_builder *b, const struct present *p) {
  if (cache_written_lost(p->cache))
    list_add(b, _("not all is here"), "!",
             _("some of what was written here cannot be read: an incident may be missing"), "",
             false, to_read);
}

/* Those that something touches, then those of one's own site, then the others. */
static void add_domains(struct list_builder *b, const struct present *p) {
  const struct house *house = p->world.house;
  for (int turn_of = 0; turn_of < 3; turn_of++)
    for (size_t i = 0; i < house->domain_count; i++) {
      const struct domain *d = &house->domains[i];
      const struct outage_domain *o = outage_domain(p->world.outage, d->code, strlen(d->code));
      int turn = o ? 0 : *d->site && strcmp(d->site, p->world.from->site) == 0 ? 1 : 2;
      if (turn != turn_of)
        continue;
      list_add(b, _("failure domains: Enter asks what would be cut off"), o ? "!" : " ",
               arena_printf(p->arena, "%s  %s", d->code, d->name),
               domain_state_text(o, p->world.now, p->arena), false,
               (struct target){.kind = TARGET_WHAT_IF, .text = d->code});
    }
}

bool app_plus_declares(const struct app *a) {
  return may_say(&a->setup, ACT_KIND_INCIDENT_DECLARE) && !(a->setup.kiosk && a->setup.closed);
}

static void add_writing(struct list_builder *b, const struct app *a) {
  const char *section = *b->mark ? _("say that something REALLY fails: it ends the exercise")
                                 : _("say that something fails");
  const char *mark = b->mark;
  if (app_not_now(a) || !cache_house(a->setup.cache)->domain_count)
    return;
  b->mark = "";
  bool declares = app_plus_declares(a);
  if (may_say(&a->setup, ACT_KIND_INCIDENT_DECLARE))
    list_add(b, section, declares ? "+" : " ", _("declare it: every terminal's answers change"), "",
             false,
             (struct target){.kind = TARGET_SAY, .number = ACT_KIND_INCIDENT_DECLARE, .text = ""});
  list_add(b, section, declares ? " " : "+",
           _("report it: shown here at once, and at the switchboards"), "", false,
           (struct target){.kind = TARGET_SAY, .number = ACT_KIND_INCIDENT_REPORT, .text = ""});
  b->mark = mark;
}

static void list_domains(struct app *a) {
  struct list_builder b;
  struct present p;
  const struct house *house = cache_house(a->setup.cache);
  if (!list_start(&b, a, house->incident_count + 2 * house->domain_count + 24))
    return;
  app_present(a, &p, &a->list_arena);
  b.mark = setup_mark(&a->setup);
  add_lost_acts(&b, &p);
  add_incidents(&b, &p);
  add_played(&b, &p);
  add_ring(&b, &p);
  if (p.world.outage)
    list_add(&b, _("what they cut off"), " ", _("count it: entries, services, people on call"), "",
             false, (struct target){.kind = TARGET_WHAT_IF, .text = ""});
  add_writing(&b, a);
  add_domains(&b, &p);
  list_finish(&b);
  a->list.title = _("Incidents");
  a->list.path = setup_mark(&a->setup);
  a->list.hint =
      app_not_now(a)
          ? _("\"No fault known\" is not \"works\". Enter: what is cut off. Esc: back.")
          : _("\"No fault known\" is not \"works\". +: say that something fails. Esc: back.");
  a->list.nothing = _("No failure domain is recorded.");
}

/* What to do first, whom to call, in order: Enter opens whom. */
static void add_scenario(struct list_builder *b, const struct scenario_words *card) {
  const char *section =
      b->a->list_arena.failed
          ? ""
          : arena_printf(&b->a->list_arena, _("what to do first: %s"), card->name);
  for (size_t i = 0; section && i < card->count; i++)
    list_add(b, section, " ", card->lines[i].text, card->lines[i].whom, false,
             uuid_is_nil(&card->lines[i].entry)
                 ? to_read
                 : (struct target){.kind = TARGET_ENTRY, .uuid = card->lines[i].entry});
}

static void add_lost(struct list_builder *b, const struct what_if *w, struct arena *arena) {
  for (size_t t = 0; t < WHAT_IF_TYPES; t++) {
    size_t n = w->cut.lost[what_if_types[t]];
    if (n)
      list_add(b, _("without any number"), "!", what_if_lost(what_if_types[t], n, arena), "", false,
               to_read);
  }
}

static void list_cut_off(struct app *a) {
  struct list_builder b;
  struct tc_error err = {0};
  char code[WORD_MAX];
  snprintf(code, sizeof code, "%s", a->what_if);
  if (!list_start(&b, a, CUTOFF_LISTED + 2 * ROWS_MAX))
    return;
  struct arena *arena = &a->list_arena;
  struct present p;
  struct scenario_words card;
  app_present(a, &p, arena);
  scenario_read(&card, &p, code);
  b.mark = setup_mark(&a->setup);
  struct what_if *w = arena_zalloc(arena, 1, sizeof *w);
  a->list.title = what_if_title(code, app_not_now(a), arena);
  a->list.path = *code ? _("nothing is declared by asking") : "";
  a->list.hint = _("F7 prints it. Enter: the card. Esc: back.");
  if (!w || what_if_read(w, &a->setup, code, 0, arena, &err) != TC_OK) {
    app_say(a, "%s", *err.text ? app_why(a, &err) : _("no memory"));
    list_finish(&b);
    return;
  }
  add_scenario(&b, &card);
  const char *channels = _("entries by the numbers that are left");
  for (int i = 0; i < CUTOFF_CHANNELS; i++)
    list_add(&b, channels, i || !w->cut.left[i] ? " " : "!", what_if_left(i),
             arena_printf(arena, "%zu", w->cut.left[i]), false, to_read);
  add_lost(&b, w, arena);
  for (size_t i = 0; i < w->holder_count; i++)
    list_add(&b, _("on call and cut off: whom to call instead"), w->holders[i].role->site,
             arena_printf(arena, "%s: %s", w->holders[i].role->name, w->holders[i].name),
             *w->holders[i].next ? w->holders[i].next : _("nobody"), false,
             (struct target){.kind = TARGET_ENTRY, .uuid = w->holders[i].role->uuid});
  for (size_t t = 0; t < WHAT_IF_TYPES; t++)
    for (size_t i = 0; i < w->cut.listed_count; i++)
      if (w->cut.listed[i].type == what_if_types[t])
        list_add(&b, _("no number left"), w->cut.listed[i].site, w->cut.listed[i].name, "", false,
                 (struct target){.kind = TARGET_ENTRY, .uuid = w->cut.listed[i].uuid});
  size_t more = w->cut.left[0] - w->cut.listed_count;
  if (more)
    list_add(&b, _("no number left"), "",
             arena_printf(arena, NGETTEXT("and %zu more", "and %zu more", more), more), "", false,
             to_read);
  list_finish(&b);
}

/* ---- one incident ------------------------------------------------------------------------------
 */

static const struct incident *find_incident(const struct app *a, const struct uuid *uuid) {
  const struct house *house = cache_house(a->setup.cache);
  for (size_t i = 0; i < house->incident_count; i++)
    if (uuid_equal(&house->incidents[i].uuid, uuid))
      return &house->incidents[i];
  return NULL;
}

static bool is_over(struct app *a, const struct incident *n) {
  struct reach_world world;
  setup_world(&a->setup, &world);
  return incident_phase(n, world.now, world.clock_trusted) == INCIDENT_OVER;
}

/* A row for each thing that was said of it, "; " between them in the record: what two said who do
 * not agree is read whole, for it is here that one decides. */
static void add_reason(struct list_builder *b, const char *section, const struct incident *n,
                       const struct present *p) {
  struct arena *arena = p->arena;
  const char *said = reason_shown(n, p->world.house, p->world.now, arena);
  do {
    const char *end = strstr(said, "; ");
    int len = end ? (int)(end - said) : (int)strlen(said);
    const char *by = end ? "" : reason_by(n);
    if (len || *by)
      list_add(b, section, " ",
               arena_printf(arena, "%.*s%s%s", len, said, len && *by ? ", " : "", by), "", false,
               to_read);
    said = end ? end + 2 : NULL;
  } while (said);
}

static void list_one(struct app *a, const struct incident *n) {
  struct list_builder b;
  struct present p;
  struct buffer text = {.limit = 1024};
  char since[WHEN_TEXT], until[WHEN_TEXT];
  const char *section = _("what has become of it?");
  struct scenario_words card;
  if (!list_start(&b, a, 8 + ROWS_MAX))
    return;
  app_present(a, &p, &a->list_arena);
  scenario_read(&card, &p, n->domain);
  incident_text(&text, n, &p.world);
  bool change = !app_not_now(a) && may_change(&a->setup, n);
  if (change) {
    list_add(&b, section, "1", _("it is still so: it lasts longer, or was not said rightly"), "",
             false, (struct target){.kind = TARGET_SAY, .number = ACT_KIND_INCIDENT_CHANGE});
    if (is_over(a, n)) /* ended elsewhere while its page is open: 2 is nothing else */
      list_add(&b, section, "2", _("that incident is over already"), "", false, to_read);
    else
      list_add(&b, section, "2", _("it is over: end it"), "", false,
               (struct target){.kind = TARGET_SAY, .number = ACT_KIND_INCIDENT_END});
  }
  list_add(&b, section, change ? "3" : "1",
           p.clock ? _("what is cut off then") : _("what is cut off now"), "", false,
           (struct target){.kind = TARGET_WHAT_IF, .text = ""});
  add_scenario(&b, &card);
  const char *facts = _("what is known of it");
  list_add(&b, facts, " ", arena_strdup(p.arena, buffer_text(&text)), "", false, to_read);
  list_add(&b, facts, " ",
           arena_printf(p.arena, "%s%s%s%s",
                        incident_is_ahead(n, p.world.now, p.world.clock_trusted) ? _("begins ")
                                                                                 : _("since "),
                        when_seen(n->since, p.world.now, since),
                        n->until ? _(", believed until ") : "",
                        n->until ? when_seen(n->until, p.world.now, until) : ""),
           "", false, to_read);
  add_reason(&b, facts, n, &p);
  if (n->disputed)
    list_add(&b, facts, "!", incident_disputed_text(n, &p.world), "", false, to_read);
  if (!change && !app_not_now(a))
    list_add(&b, facts, " ", _("a switchboard extends or ends it: tell it what you see"), "", false,
             to_read);
  if (n->pending)
    list_add(&b, facts, " ", _("not confirmed: the source has not heard of it yet"), "", false,
             to_read);
  list_finish(&b);
  buffer_free(&text);
  a->list.title = domain_name(p.world.house, n->domain);
  a->list.path = setup_mark(&a->setup);
  a->list.hint = _("Enter or its digit. Esc: back.");
}

void app_list_incidents(struct app *a) {
  const struct incident *one = find_incident(a, &a->incident);
  if (a->cut_off)
    list_cut_off(a);
  else if (one)
    list_one(a, one);
  else
    list_domains(a);
  if (!one) /* it is gone: its digits are not those of all */
    a->incident = (struct uuid){{0}};
}

const char *app_incident_domain(const struct app *a) {
  const struct incident *one = find_incident(a, &a->incident);
  if (!app_on_stack(a, SCREEN_INCIDENTS))
    return "";
  return a->cut_off ? a->what_if : one ? one->domain : "";
}

/* From one to its row among all, or to its neighbour. */
static void go_back(struct app *a) {
  size_t at = a->incident_place.row, found = app_place_find(a, &a->incident_place);
  if (found < a->list.count) {
    a->list.selected = found;
    return;
  }
  at = at < a->list.count ? at : a->list.count;
  size_t near = at; /* what took its place, else what stood before it */
  while (near < a->list.count && a->targets[near].kind != TARGET_INCIDENT)
    near++;
  for (size_t i = at; near >= a->list.count && i > 0; i--)
    if (a->targets[i - 1].kind == TARGET_INCIDENT)
      near = i - 1;
  a->list.selected = near < a->list.count ? near : 0;
}

void app_incidents_said(struct app *a, const struct act *act) {
  const struct list_place said = {.target = {.kind = TARGET_INCIDENT, .uuid = act->uuid}};
  if (app_screen(a) != SCREEN_INCIDENTS)
    return;
  if (act_kind_of(act) == ACT_KIND_INCIDENT_END || act_kind_of(act) == ACT_KIND_INCIDENT_CHANGE)
    go_back(a);
  else if (app_place_find(a, &said) < a->list.count)
    a->list.selected = app_place_find(a, &said);
}

bool app_incidents_up(struct app *a) {
  bool one = !a->cut_off && !uuid_is_nil(&a->incident);
  if (a->cut_off)
    a->cut_off = false;
  else if (one)
    a->incident = (struct uuid){{0}};
  else
    return false;
  app_list_incidents(a);
  if (one)
    go_back(a);
  return true;
}

/* ---- saying it ---------------------------------------------------------------------------------
 */

static void open_form(struct app *a) {
  const struct incident *n = find_incident(a, &a->incident);
  bool of_one = a->say == ACT_KIND_INCIDENT_CHANGE || a->say == ACT_KIND_INCIDENT_END;
  if (of_one && (!n || (a->say == ACT_KIND_INCIDENT_END && is_over(a, n)))) {
    app_say(a, "%s", _("that incident is over already"));
    return;
  }
  app_open_incident_form(a, a->say, n, a->say_domain);
}

/* Behind the question of the PIN, where that closes it. */
void app_incident_say(struct app *a, enum act_kind kind, const char *domain) {
  if (app_not_now(a)) {
    app_say(a, "%s", _("another time is looked at: nothing can be written; F3 comes back to now"));
    return;
  }
  a->say = kind;
  snprintf(a->say_domain, sizeof a->say_domain, "%s", domain);
  if (kind == ACT_KIND_INCIDENT_REPORT || !setup_tier_held(&a->setup) ||
      !write_kind_needs_pin(&a->setup, kind, &a->incident))
    open_form(a);
  else
    app_ask_pin(a, open_form);
}

/* The usual way: what this terminal may, of the domain that is chosen. */
void app_incident_plus(struct app *a) {
  const struct target *t = a->list.selected < a->list.count ? &a->targets[a->list.selected] : NULL;
  const char *domain = t && t->kind == TARGET_WHAT_IF && t->text ? t->text : "";
  app_incident_say(a, app_plus_declares(a) ? ACT_KIND_INCIDENT_DECLARE : ACT_KIND_INCIDENT_REPORT,
                   domain);
}

tc_status app_incident_act(struct app *a, struct act *out, struct writing *w,
                           const struct incident_said *said, struct tc_error *err) {
  const struct house *house = cache_house(a->setup.cache);
  const struct incident *n = find_incident(a, &a->form.which);
  bool opens =
      a->form.kind == ACT_KIND_INCIDENT_REPORT || a->form.kind == ACT_KIND_INCIDENT_DECLARE;
  const char *domain = opens ? said->domain : n ? n->domain : "";
  w->domain = house_domain(house, domain);
  if (opens && !w->domain)
    return tc_fail(err, TC_INVALID, _("which failure domain? Type a part of its name"));
  const struct incident *same =
      opens ? incident_same(&a->setup, a->form.kind, domain, said->ways) : NULL;
  bool adds = same && may_add(&a->setup, same);
  if (same && !uuid_equal(&same->uuid, &a->form.told)) { /* once, and then it is written */
    a->form.told = same->uuid;
    const char *text = incident_same_text(same, house, clock_now(&a->setup.clock), w->arena);
    return tc_fail(err, TC_REFUSED,
                   adds ? _("Enter again adds this: %s") : _("Enter again reports it too: %s"),
                   text);
  }
  if (adds)
    return write_incident_again(out, w, same, said->reason, err);
  if (opens)
    return write_incident(out, w, a->form.kind, said->ways, said->reason, err);
  if (!n || !w->domain)
    return tc_fail(err, TC_NOT_FOUND, _("that incident is not known here any more"));
  if (a->form.kind == ACT_KIND_INCIDENT_END && is_over(a, n))
    return tc_fail(err, TC_REFUSED, _("that incident is over already"));
  if (a->form.kind == ACT_KIND_INCIDENT_END)
    return write_incident_end(out, w, n, said->reason, err);
  if (incident_shortens(n, w->until) && !uuid_equal(&n->uuid, &a->form.told)) {
    a->form.told = n->uuid;
    return tc_fail(err, TC_REFUSED, _("Enter again shortens it: %s"),
                   incident_shorter_text(n, w->until, clock_now(&a->setup.clock), w->arena));
  }
  uint32_t ways = said->ways == incident_directions(n) ? 0 : said->ways;
  return write_incident_change(out, w, n, ways,
                               strcmp(said->reason, n->reason) == 0 ? NULL : said->reason, err);
}
