#include <string.h>

#include "base/i18n.h"
#include "tui/app_state.h"
#include "tui/when.h"

void app_open_card(struct app *a, const struct uuid *uuid) {
  struct present p;
  struct entry e;
  struct tc_error err = {0};
  struct arena *arena = &a->card_arena[!a->card_now];
  arena_reset(arena);
  app_present(a, &p, arena);
  struct card *card = NULL;
  if (uuid_is_nil(uuid)) { /* the row of what cannot be read */
    app_say(a, "%s", _("It cannot be read here: ask the switchboard."));
    return;
  }
  if (cache_entry(p.cache, uuid, arena, &e, &err) == TC_OK)
    card = present_card(&p, &e);
  if (!card) {
    app_say(a, "%s", *err.text ? app_why(a, &err) : _("no memory for this card"));
    return;
  }
  a->card_now = !a->card_now;
  a->card = card;
  a->fax = NULL; /* it is of the card that was open */
  a->card_top = 0;
  a->channel_seen = false;
  a->revealed_until = 0;
  if (a->setup.config.desk) {
    card->favourite = memory_is_favourite(&a->memory, uuid);
    if (memory_opened(&a->memory, uuid, &err) != TC_OK)
      app_say(a, "%s", app_why(a, &err));
  }
  if (app_screen(a) != SCREEN_CARD)
    app_push(a, SCREEN_CARD);
}

static size_t channel_of(const struct card *card, const struct uuid *uuid) {
  size_t i = 0;
  while (i < card->channel_count && !uuid_equal(&card->channels[i].uuid, uuid))
    i++;
  return i;
}

/* Keeps a channel of the old card, in the new arena. */
static struct card_channel kept(struct arena *arena, const struct card_channel *old) {
  struct card_channel c = *old;
  const char **texts[] = {&c.kind,     &c.number, &c.clear, &c.via,   &c.state, &c.how,
                          &c.verified, &c.more,   &c.tried, &c.aloud, &c.mark};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    *texts[i] = arena_strdup(arena, *texts[i]);
  c.warn = true;
  return c;
}

/* What is said of a change, in the language of now. */
static void say_change(const struct present *p, struct card_channel *c) {
  static const char *const texts[] = {[CARD_REMOVED] = N_("removed %s"),
                                      [CARD_NUMBER] = N_("changed %s, was %s"),
                                      [CARD_DOWN] = N_("now DOWN, %s"),
                                      [CARD_NOT_DOWN] = N_("not marked DOWN any more, %s"),
                                      [CARD_NEW] = N_("new %s")};
  const char *mark = setup_played(p->setup) ? setup_mark(p->setup) : "";
  if (c->change == CARD_SAME)
    return;
  c->when = arena_strdup(p->arena, c->when);
  c->was = arena_strdup(p->arena, c->was ? c->was : "");
  c->changed = arena_printf(p->arena, _(texts[c->change]), c->when, c->was);
  if (*mark && c->changed)
    c->changed = arena_printf(p->arena, "%s, %s", mark, c->changed);
}

static void set_change(struct card_channel *c, enum card_change change, const char *when,
                       const char *was) {
  c->change = change;
  c->when = when;
  c->was = was;
}

/* The channels of a new revision in the places where the old ones stand, so that the digit that
 * opens a number stays the same; each says what became of it. */
static bool keep_places(struct present *p, const struct card *old, struct card *card) {
  char clock[WHEN_TEXT];
  const char *at = when_clock(p->world.now, clock);
  struct card_channel *all =
      arena_zalloc(p->arena, old->channel_count + card->channel_count + 1, sizeof *all);
  size_t count = 0;
  if (!all)
    return false;
  for (size_t i = 0; i < old->channel_count; i++) {
    const struct card_channel *was = &old->channels[i];
    size_t k = channel_of(card, &was->uuid);
    struct card_channel *now = &all[count++];
    *now = k == card->channel_count ? kept(p->arena, was) : card->channels[k];
    if (k == card->channel_count && was->change != CARD_REMOVED)
      set_change(now, CARD_REMOVED, at, NULL);
    else if (k < card->channel_count && strcmp(now->clear, was->clear) != 0)
      set_change(now, CARD_NUMBER, at, was->masked ? was->number : was->clear);
    else if (k < card->channel_count && now->down != was->down)
      set_change(now, now->down ? CARD_DOWN : CARD_NOT_DOWN, at, NULL);
    else
      set_change(now, was->change, was->when, was->was);
    say_change(p, now);
  }
  for (size_t i = 0; i < card->channel_count; i++)
    if (channel_of(old, &card->channels[i].uuid) == old->channel_count) {
      all[count] = card->channels[i];
      set_change(&all[count], CARD_NEW, at, NULL);
      say_change(p, &all[count++]);
    }
  card->channels = all;
  card->channel_count = count;
  return !arena_failed(p->arena);
}

void app_remake_card(struct app *a) {
  if (!a->card)
    return;
  struct uuid uuid = a->card->uuid;
  struct fax_card *fax = a->fax;
  int depth = a->depth;
  a->card = NULL;
  app_open_card(a, &uuid);
  a->fax = a->card ? fax : NULL;
  app_refresh_fax(a);   /* while the old card, which it is of, is still there */
  if (depth < a->depth) /* it is below what is on top */
    app_pop(a);
}

void app_refresh_card(struct app *a) {
  if (!a->card)
    return;
  struct present p;
  struct entry e;
  struct arena *arena = &a->card_arena[!a->card_now];
  arena_reset(arena);
  app_present(a, &p, arena);
  struct card *card = NULL;
  if (cache_entry(p.cache, &a->card->uuid, arena, &e, NULL) == TC_OK)
    card = present_card(&p, &e);
  if (!card || !keep_places(&p, a->card, card)) {
    a->card->gone = true; /* stays readable: the caller may be on the phone */
  } else {
    card->favourite = a->card->favourite;
    a->card = card;
    a->card_now = !a->card_now;
  }
  app_refresh_fax(a);
}
