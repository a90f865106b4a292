#include "base/i18n.h"
#include "tui/app_state.h"
#include "tui/reveal.h"
#include "tui/write.h"

static const struct card_channel *at_hand(const struct app *a) {
  return a->card && a->channel < a->card->channel_count ? &a->card->channels[a->channel] : NULL;
}

bool app_masked(const struct app *a) {
  const struct card_channel *c = at_hand(a);
  return app_screen(a) == SCREEN_DIGITS && c && c->masked && !a->revealed_until;
}

void app_list_reveal(struct app *a) {
  struct list_builder b;
  size_t count;
  const struct reveal_reason *reasons = reveal_reasons(&count);
  const struct card_channel *c = at_hand(a);
  if (!list_start(&b, a, count))
    return;
  for (size_t i = 0; i < count; i++)
    list_add(&b, "", arena_printf(&a->list_arena, "%zu", i + 1), _(reasons[i].text), "", false,
             (struct target){.kind = TARGET_REVEAL, .text = reasons[i].word});
  list_finish(&b);
  const char *of =
      c ? arena_printf(&a->list_arena, "%s, %s %s", a->card->name, c->kind, c->number) : "";
  a->list.title = _("Show the number");
  a->list.path = of ? of : "";
  a->list.hint = _("Enter or a digit shows it for a minute, and is written down. Esc: not.");
}

/* In the journal as soon as the disk lets it; the number is not held back for that. */
static void write_down(struct app *a, const struct card_channel *c, const char *reason) {
  struct arena arena = ARENA_INIT;
  struct tc_error err = {.status = TC_OK};
  struct entry e;
  struct act act;
  struct writing w = {.setup = &a->setup, .entry = &e, .initials = a->initials, .arena = &arena};
  if (cache_entry(a->setup.cache, &a->card->uuid, &arena, &e, &err) != TC_OK ||
      write_reveal(&act, &w, &c->contact, c->audience, reason, &err) != TC_OK ||
      app_post(a, &act, &err) != TC_OK)
    app_say(a, _("NOT SAVED: %s"), app_why_not_saved(a, &err));
  arena_free(&arena);
}

void app_reveal(struct app *a, const char *reason) {
  app_pop(a);
  const struct card_channel *c = at_hand(a);
  if (app_screen(a) != SCREEN_DIGITS || !c)
    return;
  write_down(a, c, reason);
  a->revealed_until = clock_now(&a->setup.clock) + REVEAL_S;
}

bool app_mask_again(struct app *a) {
  int64_t now = clock_now(&a->setup.clock);
  bool over =
      a->revealed_until && (now >= a->revealed_until || now < a->revealed_until - REVEAL_S ||
                            app_screen(a) != SCREEN_DIGITS);
  if (over)
    a->revealed_until = 0;
  return over;
}
