#include "tui/say_exercise.h"

#include "base/i18n.h"
#include "core/exercise.h"

/* Its own name first. */
static const char *with_own_name(const struct setup *s, const char *names, struct arena *arena) {
  const char *text = arena_printf(arena, "%s%s%s", s->name, *names ? "," : "", names);
  return text ? text : "";
}

tc_status say_exercise_begin(struct act *out, struct writing *w, const struct exercise_said *said,
                             struct tc_error *err) {
  const struct house *house = cache_house(w->setup->cache);
  const struct exercise *played = setup_exercise(w->setup);
  struct text_list codes = exercise_words(said->domains, w->arena);
  struct exercise_said whole = {.name = *said->name ? said->name : _("Exercise"),
                                .domains = said->domains,
                                .terminals = with_own_name(w->setup, said->terminals, w->arena)};
  if (played)
    return tc_fail(err, TC_REFUSED, _("an exercise is played here already: %s"), played->name);
  for (size_t i = 0; i < codes.count; i++) {
    const struct domain *d = house_domain(house, codes.items[i]);
    if (!d)
      return tc_fail(err, TC_INVALID, _("there is no failure domain %s in this directory"),
                     codes.items[i]);
    w->domain = w->domain ? w->domain : d;
  }
  if (!w->domain)
    return tc_fail(err, TC_INVALID, _("which failure domain? Type a part of its name"));
  return write_exercise_begin(out, w, &whole, err);
}

tc_status say_exercise_end(struct act *out, struct writing *w, const struct exercise *x,
                           const char *reason, struct tc_error *err) {
  const struct house *house = cache_house(w->setup->cache);
  if (!x)
    return tc_fail(err, TC_NOT_FOUND, _("no exercise is played here"));
  struct domain *of = arena_zalloc(w->arena, 1, sizeof *of);
  if (!of)
    return tc_fail(err, TC_NO_MEMORY, _("no memory"));
  const struct domain *d = x->domains.count ? house_domain(house, x->domains.items[0]) : NULL;
  of->uuid = d ? d->uuid : x->uuid; /* also where that domain is gone since */
  w->domain = of;
  return write_exercise_end(out, w, x, reason, err);
}
