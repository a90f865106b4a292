/* The chosen row of a list by what it is: rows come and go with every minute, revision and act, and
 * who presses Enter means what is read there. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/app_state.h"

static bool same_text(const char *a, const char *b) {
  return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool alike(const struct target *a, const struct target *b) {
  return a->kind == b->kind && a->number == b->number && uuid_equal(&a->uuid, &b->uuid) &&
         uuid_equal(&a->contact, &b->contact) && same_text(a->text, b->text);
}

void app_place_keep(const struct app *a, struct list_place *out) {
  size_t row = a->list.selected;
  *out = (struct list_place){.screen = a->list_of, .row = row};
  if (a->list_of != app_screen(a) || !a->targets || row >= a->list.count)
    return;
  out->set = true;
  out->target = a->targets[row];
  out->target.shown = NULL;
  for (size_t i = 0; i < row; i++)
    out->nth += alike(&a->targets[i], &a->targets[row]);
  const char *text = a->targets[row].text;
  snprintf(out->text, sizeof out->text, "%s", text ? text : "");
  out->target.text = NULL; /* it goes with its list */
}

size_t app_place_find(const struct app *a, const struct list_place *place) {
  struct target t = place->target;
  size_t nth = place->nth, last = SIZE_MAX;
  t.text = place->text;
  for (size_t i = 0; i < a->list.count; i++)
    if (alike(&a->targets[i], &t)) {
      last = i;
      if (!nth--)
        break;
    }
  return last;
}

void app_place_choose(struct app *a, const struct list_place *place) {
  if (!place->set || place->screen != app_screen(a))
    return;
  size_t at = app_place_find(a, place);
  if (at != SIZE_MAX) {
    a->list.selected = at;
    return;
  }
  a->list.selected = place->row < a->list.count ? place->row
                     : a->list.count            ? a->list.count - 1
                                                : 0;
  if (place->target.kind == TARGET_NOTHING && a->list_of != SCREEN_GROUP)
    return; /* it was to be read */
  a->list_lost = true;
  if (!*a->message) /* what is said already says why */
    app_say(a, "%s", _("what was chosen is no longer in this list"));
}

bool app_place_lost(struct app *a, enum action action, struct key key) {
  bool lost = a->list_lost && a->list_of == app_screen(a);
  bool takes =
      action == ACT_OPEN || action == ACT_RIGHT || action == ACT_ERASE ||
      (action == ACT_NONE && key.name == K_TEXT && (key.point == '+' || key_digit(key.point) >= 0));
  a->list_lost = false;
  if (!lost || !takes)
    return false;
  app_say(a, "%s", _("what was chosen is no longer in this list: nothing was done"));
  return true;
}
