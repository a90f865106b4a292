#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/app_state.h"
#include "tui/duty.h"
#include "tui/reach_text.h"
#include "tui/strip.h"
#include "tui/what_if.h"
#include "tui/when.h"

enum { ROWS_MAX = 4000 };

/* -- on call now --------------------------------------------------------------------------------
 */

void app_list_on_call(struct app *a) {
  struct list_builder b;
  struct present p;
  struct duty_row *rows = NULL;
  size_t count = 0;
  struct tc_error err = {0};
  if (!list_start(&b, a, ROWS_MAX))
    return;
  app_present(a, &p, &a->list_arena);
  if (duty_read(p.cache, "", a->setup.from.site, &p.world, p.arena, &rows, &count, &err) != TC_OK)
    app_say(a, "%s", err.text);
  for (size_t i = 0; i < count && i < ROWS_MAX; i++) {
    struct buffer who = {.limit = 512};
    const struct entry *role = rows[i].role;
    const struct site *site = house_site(p.world.house, role->site);
    duty_text(&who, &rows[i], &p.world);
    list_add(&b, arena_printf(p.arena, "%s %s", role->site, site ? site->name : ""),
             duty_is_faulty(&rows[i]) ? "!" : " ", role->name,
             arena_strdup(p.arena, buffer_text(&who)), false,
             (struct target){.kind = TARGET_ENTRY, .uuid = role->uuid});
    buffer_free(&who);
  }
  list_finish(&b);
  a->list.title = _("On call now");
  a->list.path = a->setup.at ? _("NOT NOW") : "";
  a->list.hint = _("NOBODY LISTED first, my site before the others. Enter: the card. Esc: back.");
  a->list.nothing = _("No rota is held here: ask the switchboard who is on call.");
}

/* -- incidents ----------------------------------------------------------------------------------
 */

static const struct target to_read = {.kind = TARGET_NOTHING, .text = ""};

static const char *level_text(const struct outage_domain *d) {
  enum outage_level worst = OUTAGE_NONE;
  for (int i = 0; d && i < DIRECTION_COUNT; i++)
    if (d->at[i].level > worst)
      worst = d->at[i].level;
  return worst == OUTAGE_DOWN          ? _("DOWN")
         : worst == OUTAGE_REPORTED    ? _("reported DOWN")
         : worst == OUTAGE_UNCONFIRMED ? _("not confirmed")
                                       : _("no fault known");
}

static void add_incidents(struct list_builder *b, const struct present *p) {
  const struct house *house = p->world.house;
  char when[WHEN_TEXT];
  for (size_t i = 0; i < house->incident_count; i++) {
    const struct incident *n = &house->incidents[i];
    struct buffer text = {.limit = 1024};
    bool future = p->world.clock_trusted && n->since > p->world.now;
    if (incident_level(n, p->world.now, p->world.clock_trusted) == OUTAGE_NONE && !future)
      continue;
    if (future)
      buffer_printf(&text, _("from %s: "), when_seen(n->since, p->world.now, when));
    incident_text(&text, n, &p->world);
    const char *by =
        arena_printf(p->arena, "%s%s%s", n->by, *n->by && *n->reason ? ": " : "", n->reason);
    list_add(b, future ? _("announced, not begun") : _("now"), future ? " " : "!",
             arena_strdup(p->arena, buffer_text(&text)), by, false, to_read);
    buffer_free(&text);
  }
}

static void add_ring(struct list_builder *b, const struct present *p) {
  enum { RING_MAX = 16 };
  const char *ring[RING_MAX];
  size_t count = domain_ring(p->world.house, ring, RING_MAX);
  struct buffer text = {.limit = 512};
  for (size_t i = 0; i < count; i++)
    buffer_printf(&text, "%s%s", i ? ", " : "", ring[i]);
  if (count)
    list_add(b, _("faults of the directory"), "!",
             arena_printf(p->arena, _("domains that need each other: %s"), buffer_text(&text)), "",
             false, to_read);
  buffer_free(&text);
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
               arena_printf(p->arena, "%s  %s", d->code, d->name), level_text(o), false,
               (struct target){.kind = TARGET_WHAT_IF, .text = d->code});
    }
}

static void list_domains(struct app *a) {
  struct list_builder b;
  struct present p;
  const struct house *house = cache_house(a->setup.cache);
  if (!list_start(&b, a, house->incident_count + house->domain_count + 4))
    return;
  app_present(a, &p, &a->list_arena);
  add_incidents(&b, &p);
  add_ring(&b, &p);
  if (p.world.outage)
    list_add(&b, _("what they cut off"), " ", _("count it: entries, services, people on call"), "",
             false, (struct target){.kind = TARGET_WHAT_IF, .text = ""});
  add_domains(&b, &p);
  list_finish(&b);
  a->list.title = _("Incidents");
  a->list.path = a->setup.at ? _("NOT NOW") : "";
  a->list.hint = _("\"No fault known\" is not \"works\". Enter: what is cut off. Esc: back.");
  a->list.nothing = _("No failure domain is recorded.");
}

static void list_cut_off(struct app *a) {
  struct list_builder b;
  struct tc_error err = {0};
  char code[WORD_MAX];
  snprintf(code, sizeof code, "%s", a->what_if);
  if (!list_start(&b, a, CUTOFF_LISTED + ROWS_MAX))
    return;
  struct arena *arena = &a->list_arena;
  struct what_if *w = arena_zalloc(arena, 1, sizeof *w);
  a->list.title = *code ? arena_printf(arena, _("What if %s were DOWN"), code) : _("Cut off now");
  a->list.title = a->list.title ? a->list.title : "";
  a->list.path = *code ? _("nothing is declared by asking") : "";
  a->list.hint = _("Enter: the card. Esc: back to the incidents.");
  if (!w || what_if_read(w, &a->setup, code, 0, arena, &err) != TC_OK) {
    app_say(a, "%s", *err.text ? err.text : _("no memory"));
    list_finish(&b);
    return;
  }
  const char *channels = _("entries by the numbers that are left");
  static const char *const left[CUTOFF_CHANNELS] = {N_("none left"), N_("one left"), N_("two left"),
                                                    N_("three or more left")};
  for (int i = 0; i < CUTOFF_CHANNELS; i++)
    list_add(&b, channels, i || !w->cut.left[i] ? " " : "!", _(left[i]),
             arena_printf(arena, "%zu", w->cut.left[i]), false, to_read);
  for (size_t i = 0; i < w->holder_count; i++)
    list_add(&b, _("on call and cut off: whom to call instead"), w->holders[i].role->site,
             arena_printf(arena, "%s: %s", w->holders[i].role->name, w->holders[i].name),
             *w->holders[i].next ? w->holders[i].next : _("nobody"), false,
             (struct target){.kind = TARGET_ENTRY, .uuid = w->holders[i].role->uuid});
  static const enum entry_type order[] = {ENTRY_CODE, ENTRY_SERVICE, ENTRY_ROLE, ENTRY_OUTSIDE,
                                          ENTRY_ROOM, ENTRY_PERSON,  ENTRY_OTHER};
  for (size_t t = 0; t < sizeof order / sizeof order[0]; t++)
    for (size_t i = 0; i < w->cut.listed_count; i++)
      if (w->cut.listed[i].type == order[t])
        list_add(&b, _("no number left"), w->cut.listed[i].site, w->cut.listed[i].name, "", false,
                 (struct target){.kind = TARGET_ENTRY, .uuid = w->cut.listed[i].uuid});
  list_finish(&b);
}

void app_list_incidents(struct app *a) {
  if (a->cut_off)
    list_cut_off(a);
  else
    list_domains(a);
}

/* -- as at --------------------------------------------------------------------------------------
 */

bool app_not_now(const struct app *a) {
  return a->setup.at != 0;
}

/* All that is on the screen is of another time now. */
static void turn(struct app *a, int64_t at) {
  a->setup.at = at;
  a->frame_made = false;
  a->depth = 0;
  a->card = NULL;
  app_search(a);
}

void app_as_at_end(struct app *a) {
  turn(a, 0);
}

void app_as_at_open(struct app *a) {
  if (app_not_now(a)) {
    app_as_at_end(a);
    app_say(a, "%s", _("back to now"));
    return;
  }
  a->as_at[0] = a->as_at_fault[0] = '\0';
  app_push(a, SCREEN_AS_AT);
}

bool app_as_at_key(struct app *a, enum action action, struct key key) {
  size_t len = strlen(a->as_at);
  struct tc_error err = {0};
  int64_t at;
  if (app_screen(a) != SCREEN_AS_AT)
    return false;
  switch (action) {
  case ACT_OPEN:
    if (setup_at(&a->setup, a->as_at, &at, &err) == TC_OK)
      turn(a, at);
    else
      snprintf(a->as_at_fault, sizeof a->as_at_fault, "%.*s", (int)sizeof a->as_at_fault - 1,
               err.text);
    return true;
  case ACT_ERASE:
    while (len && ((unsigned char)a->as_at[--len] & 0xC0) == 0x80) {
    }
    a->as_at[len] = '\0';
    return true;
  case ACT_ERASE_ALL:
    a->as_at[0] = '\0';
    return true;
  case ACT_NONE:
    if ((key.name == K_TEXT || key.name == K_PASTE) && len + UTF8_MAX < sizeof a->as_at)
      a->as_at[len + utf8_put(a->as_at + len, key.point)] = '\0';
    return true;
  default:
    return false;
  }
}

void as_at_draw(const struct app *a, struct grid *g, struct area area) {
  int col = area.col + 1, cols = area.cols - 2, row = area.row;
  grid_text_cut(g, row, col, cols, LOOK_TITLE, _("The directory as it is at another time"));
  int wide = grid_text(g, row + 2, col, cols, LOOK_TEXT, _("At: "));
  int used = grid_text_cut(g, row + 2, col + wide, cols - wide, LOOK_TITLE, a->as_at);
  if (*a->as_at_fault)
    grid_text_wrap(g, row + 3, col, cols, 2, LOOK_WARN, a->as_at_fault);
  else
    grid_text_wrap(g, row + 3, col, cols, 2, LOOK_QUIET,
                   _("sun 03:00 (the next to come), 03:00, tomorrow 7h, 2026-11-29 03:00. Enter "
                     "looks, Esc goes back; F3 again comes back to now."));
  grid_cursor(g, row + 2, col + wide + used);
}
