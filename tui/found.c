#include "tui/found.h"

#include <string.h>

#include "base/i18n.h"
#include "core/mask.h"
#include "tui/reach_text.h"
#include "tui/when.h"

bool match_approximate(enum match match) {
  return match == MATCH_SOUND || match == MATCH_TYPO || match == MATCH_KEYBOARD;
}

const char *match_word(enum match match) {
  static const char *const words[MATCH_COUNT] = {
      [MATCH_NUMBER] = "number", [MATCH_WORD] = "word",
      [MATCH_PREFIX] = "prefix", [MATCH_NUMBER_PART] = "number-part",
      [MATCH_ALIAS] = "alias",   [MATCH_SOUND] = "sound",
      [MATCH_TYPO] = "typo",     [MATCH_KEYBOARD] = "keyboard",
  };
  return (int)match >= 0 && match < MATCH_COUNT ? words[match] : "";
}

const char *found_section(enum match match, bool here) {
  return match_approximate(match) ? _("nearly, at any site") : here ? "" : _("other sites");
}

const char *found_as(struct arena *arena, const struct entry *entry, const char *matched) {
  for (size_t i = 0; i < entry->former_name_count; i++)
    if (strcmp(entry->former_names[i].text, matched) == 0)
      return arena_printf(arena, _("formerly: %s"), matched);
  return arena_printf(arena, _("alias: %s"), matched);
}

static const char *stars_of(struct arena *arena, const char *number) {
  struct buffer stars = BUFFER_INIT;
  mask_number(&stars, number);
  const char *text = arena_strdup(arena, buffer_text(&stars));
  buffer_free(&stars);
  return text;
}

/* The number itself, and the plan before it where that is not the one in hand. */
static const char *number_then(const struct former_number *was, const struct standpoint *from,
                               const char *shown, struct arena *arena) {
  bool elsewhere = *was->plan && strcmp(was->plan, from ? from->plan : "") != 0;
  return elsewhere && shown ? arena_printf(arena, "%s %s", was->plan, shown) : shown;
}

/* What replaced it, as dialled from here. */
static const char *number_now(const struct former_number *was, const struct entry *entry,
                              const struct reach_world *world, struct arena *arena) {
  struct channel c;
  struct contact as = contact_empty;
  as.check_number = was->now;
  as.plan = was->plan;
  if (!world->house || !world->from || !reach_check(&c, entry, &as, world, arena))
    return was->now;
  if (c.dial.form == DIAL_NONE)
    return arena_printf(arena, _("%s of %s, cannot be dialled from here"), was->now,
                        *was->plan ? was->plan : entry->site);
  const char *mark = reach_row_text(&c, world, arena);
  return arena_printf(arena, *mark ? "%s %s" : "%s", c.dial.shown, mark);
}

/* "; given to PRV Pupille Zoé and 1 more" */
static const char *given_to(const struct heir *heir, struct arena *arena) {
  if (!heir->count)
    return "";
  if (heir->count == 1)
    return arena_printf(arena, _("; given to %s %s"), heir->site, heir->name);
  return arena_printf(arena, _("; given to %s %s and %zu more"), heir->site, heir->name,
                      heir->count - 1);
}

tc_status found_former(struct former_fate *out, struct cache *cache, const struct entry *entry,
                       const struct former_number *was, const struct reach_world *world,
                       struct arena *arena, struct tc_error *err) {
  char date[WHEN_TEXT];
  const char *since = was->until ? when_date(was->until, world->now, date) : "?";
  const char *beside = mask_beside(entry, was->now, arena);
  *out = (struct former_fate){.brief = "", .text = "", .heir = {.site = "", .name = ""}};
  out->masked = beside && strcmp(beside, was->now) != 0;
  tc_status status = TC_OK;
  if (!out->masked)
    status = search_heir(cache, entry, was, arena, &out->heir, err);
  if (status != TC_OK)
    return status;
  const char *then =
      out->masked ? stars_of(arena, was->number) : mask_beside(entry, was->number, arena);
  then = number_then(was, world->from, then, arena);
  const char *now = out->masked ? beside : number_now(was, entry, world, arena);
  const char *given = given_to(&out->heir, arena);
  if (then && now && given) {
    out->brief = arena_printf(arena, _("%s dead %s"), then, since);
    out->text =
        *was->now ? arena_printf(arena, _("%s is dead since %s, now %s%s"), then, since, now, given)
                  : arena_printf(arena, _("%s is dead since %s%s"), then, since, given);
  }
  if (arena_failed(arena) || !out->brief || !out->text)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return TC_OK;
}
