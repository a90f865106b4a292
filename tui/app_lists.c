#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/acts.h"
#include "tui/app_print.h"
#include "tui/app_state.h"
#include "tui/browse.h"
#include "tui/call.h"
#include "tui/standing.h"
#include "tui/when.h"
#include "tui/write.h"

bool list_start(struct list_builder *b, struct app *a, size_t cap) {
  arena_reset(&a->list_arena);
  *b = (struct list_builder){.a = a, .cap = cap, .mark = ""};
  b->items = arena_zalloc(&a->list_arena, cap, sizeof *b->items);
  b->targets = arena_zalloc(&a->list_arena, cap, sizeof *b->targets);
  a->list = (struct list_view){.title = "", .path = "", .hint = "", .nothing = ""};
  a->targets = b->targets;
  a->list_of = app_screen(a);
  return b->items && b->targets;
}

void list_add(struct list_builder *b, const char *section, const char *code, const char *text,
              const char *right, bool current, struct target target) {
  if (text && *b->mark)
    text = arena_printf(&b->a->list_arena, "%s %s", b->mark, text);
  if (b->count == b->cap || !text || !code || !right)
    return;
  b->items[b->count] = (struct list_item){
      .section = section, .code = code, .text = text, .right = right, .current = current};
  if (!target.text && target.kind == TARGET_NOTHING) /* rows to read are told apart by it */
    target.text = text;
  if (target.text && *target.text) /* also when what it is of has been read anew */
    target.text = arena_strdup(&b->a->list_arena, target.text);
  b->targets[b->count++] = target;
}

void list_finish(struct list_builder *b) {
  b->a->list.items = b->items;
  b->a->list.count = b->count;
  b->a->list.selected = 0;
}

static const char *my_group(const struct app *a) {
  const struct site *site = house_site(cache_house(a->setup.cache), a->setup.from.site);
  return site ? site->group : "";
}

static void list_all_sites(struct app *a) {
  const struct house *house = cache_house(a->setup.cache);
  struct list_builder b;
  if (!list_start(&b, a, house->site_count + 3))
    return;
  const char *search = _("search in"), *sites = _("browse a site"), *mine = a->setup.from.site;
  list_add(&b, search, "", _("all sites, mine first"), "", a->scope == SEARCH_ALL,
           (struct target){.kind = TARGET_SCOPE, .number = SEARCH_ALL, .text = ""});
  if (*mine)
    list_add(&b, search, "", arena_printf(&a->list_arena, _("my site: %s"), mine), "",
             a->scope == SEARCH_MINE,
             (struct target){.kind = TARGET_SCOPE, .number = SEARCH_MINE, .text = mine});
  if (*my_group(a))
    list_add(&b, search, "", arena_printf(&a->list_arena, _("my group: %s"), my_group(a)), "",
             a->scope == SEARCH_GROUP,
             (struct target){.kind = TARGET_SCOPE, .number = SEARCH_GROUP, .text = my_group(a)});
  for (size_t i = 0; i < house->site_count; i++) {
    const struct site *s = &house->sites[i];
    bool here = strcmp(s->code, mine) == 0;
    list_add(&b, sites, s->code, s->name, here ? _("you are here") : s->group,
             a->scope == SEARCH_ONE && strcmp(a->only, s->code) == 0,
             (struct target){.kind = TARGET_SITE, .text = s->code});
  }
  list_finish(&b);
  a->list.title = _("Sites");
  a->list.path = "";
  a->list.hint = _("Enter: search there, or look into that site. Esc: back.");
}

static void list_one_site(struct app *a) {
  struct arena *arena = &a->list_arena;
  struct list_builder b;
  if (!list_start(&b, a, BROWSE_ENTRIES + BROWSE_UNITS + 8))
    return;
  const char *site = a->browse_site, *path = a->browse_path;
  if (!*path) {
    list_add(&b, "", "", arena_printf(arena, _("search only %s"), site), "", false,
             (struct target){.kind = TARGET_SCOPE, .number = SEARCH_ONE, .text = site});
    if (strcmp(site, a->setup.from.site) != 0)
      list_add(&b, "", "",
               arena_printf(arena, _("I am at %s: numbers as dialled from there"), site), "", false,
               (struct target){.kind = TARGET_STAND, .text = site});
  }
  struct browse_place place;
  browse_read(&place, a->setup.cache, site, path, arena);
  for (size_t i = 0; i < place.unit_count; i++)
    list_add(&b, _("units"), "", place.units[i].path,
             arena_printf(arena, "%lld", (long long)place.units[i].entries), false,
             (struct target){.kind = TARGET_UNIT, .text = place.units[i].path});
  struct present p;
  app_present(a, &p, arena);
  for (size_t i = 0; i < place.entry_count; i++) {
    struct search_item item;
    if (present_item(&p, place.entries[i], CONTACT_OTHER, NULL, &item))
      list_add(&b, _("entries"), "", item.name,
               arena_printf(arena, "%s  %s", item.number, item.kind), false,
               (struct target){.kind = TARGET_ENTRY, .uuid = item.uuid});
  }
  list_finish(&b);
  a->list.title = _("Sites");
  a->list.path = *path ? arena_printf(arena, "%s > %s", site, path) : arena_strdup(arena, site);
  a->list.hint = _("Enter or Right: look into it. Left or Esc: one level up.");
  a->list.nothing = app_nothing(a, _("Nothing is listed here."));
  if (!a->list.path)
    a->list.path = "";
}

void app_list_sites(struct app *a) {
  if (*a->browse_site)
    list_one_site(a);
  else
    list_all_sites(a);
}

bool app_list_up(struct app *a) {
  if (app_screen(a) == SCREEN_INCIDENTS)
    return app_incidents_up(a);
  if (app_screen(a) == SCREEN_PRINT && a->print_what >= 0) {
    a->print_what = -1;
    app_list_print(a);
    return true;
  }
  if (app_screen(a) != SCREEN_SITES || !*a->browse_site)
    return false;
  char was[PATH_TEXT];
  snprintf(was, sizeof was, "%s", *a->browse_path ? a->browse_path : a->browse_site);
  if (!browse_up(a->browse_path))
    a->browse_site[0] = '\0';
  app_list_sites(a);
  for (size_t i = 0; i < a->list.count; i++) /* where one came from */
    if (a->targets[i].text && strcmp(a->targets[i].text, was) == 0)
      a->list.selected = i;
  return true;
}

void app_list_from(struct app *a) {
  struct list_builder b;
  if (!list_start(&b, a, SET_KIND_COUNT))
    return;
  for (int i = 0; i < SET_KIND_COUNT; i++) {
    struct standpoint s;
    standpoint_set(&s, &a->setup.config, cache_house(a->setup.cache), (enum set_kind)i);
    const struct plan *plan = house_plan(cache_house(a->setup.cache), s.plan);
    bool no_plan = (i == SET_WARD || i == SET_RED) && !plan;
    const char *right = no_plan ? _("no numbering plan: only addresses can be shown")
                        : plan  ? plan->name
                                : _("public numbers");
    list_add(&b, "", arena_printf(&a->list_arena, "%d", i + 1), set_kind_text((enum set_kind)i),
             right, (int)a->setup.from.set == i, (struct target){.kind = TARGET_SET, .number = i});
  }
  list_finish(&b);
  a->list.selected = (size_t)a->setup.from.set;
  a->list.title = _("Calling from");
  a->list.path = a->setup.from.site;
  a->list.hint = _("Enter or its digit: every number is then shown as dialled from there.");
}

void app_list_call(struct app *a) {
  struct list_builder b;
  if (!list_start(&b, a, CALL_RESULTS))
    return;
  struct arena *arena = &a->list_arena;
  b.mark = app_played(a) ? setup_mark(&a->setup) : "";
  const struct call_result *results = call_results(app_call_pages(a));
  for (int i = 0; i < CALL_RESULTS; i++)
    list_add(&b, "", arena_printf(arena, "%d", i + 1), _(results[i].text), "", false,
             (struct target){.kind = TARGET_RESULT, .number = (int)results[i].result});
  list_finish(&b);
  const char *whom = app_call_whom(a, arena);
  a->list.title = _("Result");
  a->list.path = whom ? whom : "";
  a->list.hint = _("Its digit notes it, with the time. Tab: another number. Esc: back.");
}

void app_list_print(struct app *a) {
  struct list_builder b;
  if (!list_start(&b, a, PRINT_COUNT + CONFIG_PRINTERS + 2))
    return;
  struct arena *arena = &a->list_arena;
  a->list.title = _("Print");
  if (a->print_what < 0) {
    for (int i = 0; i < PRINT_COUNT; i++) {
      const char *of = print_subject(a, (enum print_what)i, arena);
      if (of)
        list_add(&b, "", arena_printf(arena, "%zu", b.count + 1),
                 print_what_text((enum print_what)i), of, false,
                 (struct target){.kind = TARGET_PRINT, .number = i});
    }
    a->list.hint = _("Enter or its digit: then printer or file.");
    a->list.nothing = _("Nothing to print: choose an entry or a site first (F2).");
  } else {
    char name[CONFIG_WORD];
    int count = 0;
    while (config_printer(&a->setup.config, (size_t)count, name)) {
      count++;
      list_add(&b, "", arena_printf(arena, "%d", count), _("printer"), arena_strdup(arena, name),
               false, (struct target){.kind = TARGET_PRINT_TO, .number = PRINT_TO_FILE + count});
    }
    if (!count)
      list_add(&b, "", "1", _("printer"), _("the default one"), false,
               (struct target){.kind = TARGET_PRINT_TO, .number = PRINT_TO_FILE + 1});
    if (!a->setup.kiosk)
      list_add(&b, "", arena_printf(arena, "%zu", b.count + 1), _("file"),
               print_file(a, (enum print_what)a->print_what, arena), false,
               (struct target){.kind = TARGET_PRINT_TO, .number = PRINT_TO_FILE});
    a->list.path = print_what_text((enum print_what)a->print_what);
    a->list.hint = _("Enter or its digit prints. Esc: back.");
  }
  list_finish(&b);
}

/* What stands there now, to be taken back. */
static void add_withdrawals(struct list_builder *b, const struct entry *e) {
  size_t count;
  const struct standing *list = standing_acts(e, &b->a->setup, &b->a->list_arena, &count);
  for (size_t i = 0; list && i < count; i++)
    list_add(b, _("take back"), "", list[i].what, list[i].text, false,
             (struct target){.kind = TARGET_WITHDRAW, .uuid = list[i].act});
}

void app_list_write(struct app *a) {
  struct arena *arena = &a->list_arena;
  struct list_builder b;
  struct entry e;
  size_t count;
  const struct act_property *all = act_property_table(&count);
  const struct card *card = a->card;
  if (!card || !list_start(&b, a, 2 * card->channel_count + count + 64))
    return;
  bool held = cache_entry(a->setup.cache, &card->uuid, arena, &e, NULL) == TC_OK;
  list_add(&b, "", "1", _("a note"), "", false, (struct target){.kind = TARGET_NOTE});
  if (held && write_may_be_absent(&e))
    list_add(&b, "", "2", _("absent: until when, and who covers"), "", false,
             (struct target){.kind = TARGET_ABSENCE});
  for (size_t i = 0; i < card->channel_count; i++) {
    const struct card_channel *c = &card->channels[i];
    list_add(&b, _("temporary number"), arena_printf(arena, "%zu", b.count + 1), c->kind, c->number,
             false, (struct target){.kind = TARGET_OVERRIDE, .uuid = c->uuid});
  }
  for (size_t i = 0; i < card->channel_count; i++) {
    const struct card_channel *c = &card->channels[i];
    list_add(&b, _("suggest a correction"), "", arena_printf(arena, _("the number of %s"), c->kind),
             c->number, false,
             (struct target){.kind = TARGET_SUGGEST, .number = 0, .uuid = c->uuid});
  }
  for (size_t i = 0; i < count; i++)
    if (!all[i].of_contact)
      list_add(&b, _("suggest a correction"), "", _(all[i].label), "", false,
               (struct target){.kind = TARGET_SUGGEST, .number = (int)i});
  if (held)
    add_withdrawals(&b, &e);
  list_finish(&b);
  a->list.title = _("Write");
  a->list.path = arena_strdup(arena, card->name);
  if (!a->list.path)
    a->list.path = "";
  a->list.hint = _("Enter or its digit: then a small form. Esc: back.");
}

void app_list_desk(struct app *a) {
  struct arena *arena = &a->list_arena;
  struct list_builder b;
  const struct act_held **acts;
  size_t count;
  int64_t now = clock_now(&a->setup.clock);
  cache_written(a->setup.cache, &count);
  if (!list_start(&b, a, count + 8) ||
      acts_list(&acts, &count, a->setup.cache, arena, NULL) != TC_OK)
    return;
  if (setup_tier_closes(&a->setup))
    list_add(&b, _("switchboard tier"), "",
             tier_open(a) ? _("open: Enter closes it and clears the screen")
                          : _("closed: Enter asks for the PIN of this terminal"),
             "", false, (struct target){.kind = TARGET_TIER});
  app_exercise_rows(&b);
  app_group_row(&b);
  app_round_row(&b);
  list_add(&b, _("to do"), "", _("chase list for the morning"), "", false,
           (struct target){.kind = TARGET_CHASE});
  size_t first = b.count;
  for (size_t i = 0; i < count; i++) {
    const struct act *act = &acts[i]->act;
    const struct act_rule *rule = act_rule(act_kind_of(act));
    char when[WHEN_TEXT];
    list_add(&b, write_state(acts[i], &a->setup, arena),
             arena_strdup(arena, when_seen(act->at, now, when)),
             arena_printf(arena, "%s, %s%s%s", acts_subject(a->setup.cache, act, arena),
                          rule ? _(rule->label) : act->type, _(": "),
                          write_sentence(act, &a->setup, now, arena)),
             *act->initials ? arena_strdup(arena, act->initials) : _("unsigned"), false,
             (struct target){.kind = TARGET_ENTRY, .uuid = act->subject, .contact = act->uuid});
  }
  list_finish(&b);
  /* Enter opens what was written last, unless there is something to close or to leave. */
  if (count && !setup_tier_closes(&a->setup) && !setup_exercise(&a->setup))
    a->list.selected = first;
  a->list.title = _("Written here");
  a->list.path = *a->initials ? arena_printf(arena, _("you sign as %s"), a->initials) : "";
  const char *trouble = cache_written_trouble(a->setup.cache); /* says a path */
  a->list.hint = !*trouble        ? _("Enter: its card. Esc: back.")
                 : a->setup.kiosk ? _("what is written here may be lost: call the switchboard")
                                  : trouble;
  a->list.nothing = _("Nothing was written here. On a card + writes a note.");
  if (!a->list.path)
    a->list.path = "";
}

/* What everything on screen depends on has changed. */
static void stand(struct app *a, enum set_kind set) {
  setup_stand(&a->setup, set);
  a->frame_made = false;
  app_search(a);
  app_refresh_card(a);
}

static void choose_scope(struct app *a, const struct target *t) {
  a->scope = (enum search_scope)t->number;
  snprintf(a->only, sizeof a->only, "%s", t->text);
  app_sign(a); /* what was to be noted is */
  while (app_screen(a) != SCREEN_SEARCH)
    app_pop(a);
  app_search(a);
}

void app_list_choose(struct app *a) {
  if (a->list.selected >= a->list.count)
    return;
  struct target t = a->targets[a->list.selected];
  size_t count;
  switch (t.kind) {
  case TARGET_SCOPE:
    choose_scope(a, &t);
    break;
  case TARGET_SITE:
    snprintf(a->browse_site, sizeof a->browse_site, "%s", t.text);
    a->browse_path[0] = '\0';
    app_list_sites(a);
    break;
  case TARGET_UNIT:
    snprintf(a->browse_path, sizeof a->browse_path, "%s", t.text);
    app_list_sites(a);
    break;
  case TARGET_STAND:
    snprintf(a->setup.config.site, sizeof a->setup.config.site, "%s", t.text);
    a->setup.config.plan[0] = '\0'; /* it was of the other site */
    app_sign(a);
    while (app_screen(a) != SCREEN_SEARCH)
      app_pop(a);
    stand(a, a->setup.from.set);
    break;
  case TARGET_ENTRY:
    app_sign(a);
    app_open_card(a, &t.uuid);
    break;
  case TARGET_NOTHING:
    break;
  case TARGET_WHAT_IF:
    snprintf(a->what_if, sizeof a->what_if, "%s", t.text);
    a->cut_off = true;
    app_list_incidents(a);
    break;
  case TARGET_INCIDENT:
    app_place_keep(a, &a->incident_place);
    a->incident = t.uuid;
    app_list_incidents(a);
    break;
  case TARGET_SAY:
    if (t.number == ACT_KIND_EXERCISE_BEGIN || t.number == ACT_KIND_EXERCISE_END)
      app_exercise_say(a, (enum act_kind)t.number);
    else
      app_incident_say(a, (enum act_kind)t.number, t.text ? t.text : "");
    break;
  case TARGET_SET:
    app_pop(a);
    stand(a, (enum set_kind)t.number);
    break;
  case TARGET_PRINT:
    a->print_what = t.number;
    app_list_print(a);
    break;
  case TARGET_RESULT:
    app_call_noted(a, (enum attempt_result)t.number);
    break;
  case TARGET_REVEAL:
    app_reveal(a, t.text);
    break;
  case TARGET_CHASE:
    app_push(a, SCREEN_CHASE);
    app_list_chase(a);
    break;
  case TARGET_GROUPS:
    app_push(a, SCREEN_GROUPS);
    app_list_groups(a);
    break;
  case TARGET_GROUP:
    app_sign(a); /* what was to be ticked in another one is */
    app_group_open(a, &t.uuid);
    break;
  case TARGET_ROUND:
    app_round_open(a);
    break;
  case TARGET_EXERCISE:
    app_pop(a); /* to what one was at, in the other view */
    if (!app_exercise_turn(a))
      app_exercise_back(a);
    break;
  case TARGET_TIER:
    if (tier_open(a))
      app_go_home(a);
    else
      app_ask_pin(a, app_list_desk);
    break;
  case TARGET_PRINT_TO:
    app_pop(a);
    app_relist_kept(a); /* the list that one was at stands there again */
    print_sheet(a, (enum print_what)a->print_what, t.number);
    break;
  case TARGET_NOTE:
    app_open_form(a, ACT_KIND_NOTE, NULL, NULL);
    break;
  case TARGET_ABSENCE:
    app_open_form(a, ACT_KIND_ABSENCE, NULL, NULL);
    break;
  case TARGET_OVERRIDE:
    app_open_form(a, ACT_KIND_OVERRIDE, NULL, &t.uuid);
    break;
  case TARGET_WITHDRAW:
    app_open_form(a, ACT_KIND_WITHDRAWAL, NULL, &t.uuid);
    break;
  case TARGET_SUGGEST:
    app_open_form(a, ACT_KIND_SUGGESTION, &act_property_table(&count)[t.number],
                  uuid_is_nil(&t.uuid) ? NULL : &t.uuid);
    break;
  }
}
