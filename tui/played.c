#include "tui/played.h"

#include "base/i18n.h"
#include "tui/reach_text.h"
#include "tui/when.h"

void played_text(struct buffer *out, const struct setup *setup) {
  const struct exercise *x = setup_played(setup);
  char when[WHEN_TEXT];
  if (!x)
    return;
  int64_t now = setup_now(setup);
  struct exercise_now look = exercise_look(x, cache_house(setup->cache), now);
  buffer_printf(out, _("! %s, until %s: nothing of this is real; --real gives the real answer"),
                x->name, when_seen(look.until, now, when));
  buffer_add_char(out, '\n');
}

json_t *played_json(const struct setup *setup) {
  const struct exercise *x = setup_played(setup);
  char uuid[UUID_TEXT];
  if (!x)
    return NULL;
  uuid_format(&x->uuid, uuid);
  struct exercise_now look = exercise_look(x, cache_house(setup->cache), setup_now(setup));
  return json_pack("{s:s, s:s, s:I}", "uuid", uuid, "name", x->name, "until",
                   (json_int_t)look.until);
}

json_t *played_answer(json_t *whole, const struct setup *setup) {
  if (!whole || !setup_played(setup) ||
      json_object_set_new(whole, "exercise", played_json(setup)) == 0)
    return whole;
  json_decref(whole);
  return NULL;
}

void played_fate(struct buffer *out, const struct exercise *x, const struct house *house,
                 int64_t now) {
  char when[WHEN_TEXT];
  struct exercise_now look = exercise_look(x, house, now);
  switch (look.state) {
  case EXERCISE_AHEAD:
    buffer_printf(out, _("Exercise from %s"), when_seen(x->from, now, when));
    break;
  case EXERCISE_RUNS:
    buffer_printf(out, _("EXERCISE until %s"), when_seen(look.until, now, when));
    break;
  case EXERCISE_ENDED:
    buffer_add_text(out, _("Exercise ended"));
    break;
  case EXERCISE_BROKEN:
    buffer_printf(out, _("Exercise ended: real incident %s"), domain_name(house, look.domain));
    break;
  default:
    buffer_add_text(out, _("Exercise ended: its time is over"));
  }
}
