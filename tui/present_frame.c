#include <string.h>

#include "base/i18n.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"
#include "tui/strip.h"
#include "tui/top.h"
#include "tui/when.h"

/* What to press for a code's public number; "" where it has none, or none that may be tried. */
static const char *outside_of(const struct present *p, const struct entry *code) {
  size_t count = 0;
  struct channel *all = reach_order(code, NULL, &p->world, p->arena, &count);
  for (size_t i = 0; all && i < count; i++)
    if (all[i].dial.form == DIAL_OUTSIDE && !all[i].other_set && reach_may_be_tried(&all[i]) &&
        !all[i].contact->masked && !contact_is_fax(all[i].contact))
      return or_empty(present_number(p, &all[i]));
  return "";
}

/* Pressed as it stands, and answered in the house. */
static bool is_inside(const struct present *p, const struct channel *c) {
  return p->world.from->set == SET_WARD && c->dial.form == DIAL_BARE && !c->other_set;
}

/* A code whose own number is DOWN keeps it, and says what is left: "2222 DOWN: red phone 7700". */
static bool fill_down_code(const struct present *p, const struct entry *code,
                           struct frame_code *out) {
  size_t count = 0;
  struct channel *all = reach_order(code, NULL, &p->world, p->arena, &count);
  const struct channel *own = all ? reach_code_down(code, all, count) : NULL;
  if (!own)
    return false;
  out->number = present_number(p, own);
  out->state = out->brief = reach_row_text(own, &p->world, p->arena);
  const struct channel *rest = reach_code_left(own, all, count);
  if (rest) {
    const char *left = or_empty(present_number(p, rest)), *mark = reach_brief_text(rest);
    out->instead = left;
    out->state = or_empty(code_left_text(own, rest, left, &p->world, p->arena));
    left = or_empty(arena_printf(p->arena, *mark ? "%s %s" : "%s", left, mark));
    out->brief =
        or_empty(own->state == REACH_DOWN /* its shortest word: 40 columns hold both */
                     ? arena_printf(p->arena, _("DOWN: %s"), left)
                     : arena_printf(p->arena, "%s%s%s", reach_brief_text(own), _(": "), left));
    out->sign = reach_sign_text(own, left, p->arena);
  }
  out->inside = is_inside(p, own);
  return true;
}

static bool in_house(const struct present *p) {
  return p->world.from->set == SET_WARD || p->world.from->set == SET_RED;
}

static void fill_codes(const struct present *p, struct frame *out) {
  const struct entry *codes;
  size_t count;
  const char *site = p->world.from->site;
  if (!*site)
    return;
  tc_status status = cache_codes(p->cache, site, p->arena, &codes, &count, NULL);
  out->codes_lost = status != TC_OK;
  if (out->codes_lost) /* never that there are none */
    out->no_codes = _("codes cannot be read: call the switchboard");
  if (status != TC_OK && status != TC_DAMAGED)
    return;
  out->code_entries = codes;
  out->code_entry_count = count;
  struct frame_code *shown = arena_zalloc(p->arena, count + 1, sizeof *shown);
  for (size_t i = 0; shown && i < count; i++) {
    struct channel c;
    if (!reach_best(&c, &codes[i], NULL, &p->world, CONTACT_OTHER))
      continue;
    bool lost = c.dial.form == DIAL_NONE;
    if (lost && (!in_house(p) || c.contact->masked))
      continue;
    struct frame_code *f = &shown[out->code_count++];
    f->instead = f->outside = f->brief = f->sign = "";
    f->purpose = arena_strdup(p->arena, *codes[i].purpose ? codes[i].purpose : codes[i].name);
    if (lost) { /* of another PBX of this site: it is there, and not for this phone */
      f->number = arena_strdup(p->arena, c.contact->number);
      f->state = f->brief = reach_state_text(REACH_NOT_FROM_HERE);
      continue;
    }
    if (p->world.outage && fill_down_code(p, &codes[i], f))
      continue;
    f->number = present_number(p, &c);
    f->inside = is_inside(p, &c);
    if (f->inside)
      f->outside = outside_of(p, &codes[i]);
    f->state = reach_strip_text(&c, &p->world, p->arena);
    f->brief = reach_in_doubt(&c) ? reach_brief_text(&c) : f->state;
  }
  out->codes = shown;
}

/* "ward phone", or "ward phone SAB2" where it is none of the usual plan of the site. */
static const char *set_text(const struct present *p, const struct site *site) {
  const struct standpoint *from = p->world.from;
  const char *set = set_kind_text(from->set);
  if (from->set != SET_WARD || !site || !*from->plan || strcmp(from->plan, site->plan) == 0)
    return set;
  return or_empty(arena_printf(p->arena, "%s %s", set, from->plan));
}

bool present_frame(const struct present *p, struct frame *out) {
  int64_t now = p->clock ? p->clock : p->world.now;
  char text[WHEN_TEXT];
  *out = (struct frame){.site = "",
                        .message = "",
                        .switchboard = "",
                        .site_name = "",
                        .strip = "",
                        .brief = {.name = ""}};
  const struct site *site = house_site(p->world.house, p->world.from->site);
  if (site) {
    out->site = arena_strdup(p->arena, site->code);
    out->site_name = arena_strdup(p->arena, site->name);
  }
  out->set = set_text(p, site);
  out->no_codes = site ? _("no emergency codes are listed for this site")
                       : _("the codes of your site stand here once it is set: F2");
  fill_codes(p, out); /* it may meet what cannot be read */
  struct sync_state state;
  struct top_words words;
  tc_status told = state_read(&state, cache_scope(p->cache), NULL);
  const struct top_facts facts = {.info = cache_info(p->cache),
                                  .state = told == TC_OK ? &state : NULL,
                                  .blind = told != TC_OK && told != TC_NEVER_SYNCED,
                                  .now = now,
                                  .clock_trusted = p->world.clock_trusted,
                                  .lost = cache_written_lost(p->cache),
                                  .damaged = cache_whole(p->cache, NULL) != TC_OK};
  top_words(&words, &facts, p->arena);
  out->data_full = words.full;
  out->data_warns = words.warns;
  out->data = words.usual;
  out->data_short = words.brief;
  out->now = arena_strdup(p->arena, when_now(p->world.now, text));
  out->now_short = arena_strdup(p->arena, when_clock(p->world.now, text));
  if (*present_mark(p)) {
    const char *marked = p->clock ? _("NOT NOW: %s") : _("EXERCISE: %s");
    out->now = arena_printf(p->arena, marked, or_empty(out->now));
    out->now_short = arena_printf(p->arena, marked, or_empty(out->now_short));
  }
  out->mark = present_mark(p);
  out->strip = strip_text(p);
  strip_brief(p, &out->brief);
  out->switchboard = arena_strdup(p->arena, or_empty(present_switchboard(p, out->site)));
  return !arena_failed(p->arena);
}
