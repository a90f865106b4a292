#include <string.h>

#include "base/i18n.h"
#include "tui/app_state.h"

static bool make_fax(struct app *a) {
  struct present p;
  struct entry e;
  arena_reset(&a->fax_arena);
  a->fax = NULL;
  app_present(a, &p, &a->fax_arena);
  if (!a->card)
    return false;
  if (cache_entry(p.cache, &a->card->uuid, p.arena, &e, NULL) != TC_OK)
    e = (struct entry){.name = ""}; /* gone: the card says so, its numbers stay readable */
  a->fax = present_fax(&p, &e, a->card);
  if (a->fax)
    a->fax->switchboard = a->frame.switchboard ? a->frame.switchboard : "";
  return a->fax != NULL;
}

bool app_fax_at_hand(const struct app *a) {
  return app_screen(a) == SCREEN_DIGITS && a->card && a->channel < a->card->channel_count &&
         a->card->channels[a->channel].is_fax && !a->card->channels[a->channel].masked;
}

void app_open_fax(struct app *a) {
  bool looked_at = app_fax_at_hand(a), row = app_screen(a) == SCREEN_SEARCH;
  if (row && (a->selected >= a->item_count || app_start_action(a) != ACT_NONE)) {
    app_say(a, "%s", _("choose an entry first"));
    return;
  }
  if (row)
    app_open_card(a, &a->items[a->selected].uuid);
  if (app_call_words(a)) {
    app_say(a, "%s", _("no number is held here of this step"));
    return;
  }
  if (app_screen(a) == SCREEN_DIGITS)
    app_pop(a);
  if (app_screen(a) != SCREEN_CARD) /* it said why */
    return;
  if (!make_fax(a)) {
    app_say(a, "%s", _("no memory for this card"));
    return;
  }
  a->fax_selected = 0;
  for (size_t i = 0; looked_at && i < a->fax->count; i++)
    if (a->fax->points[i].channel == &a->card->channels[a->channel])
      a->fax_selected = i;
  a->fax_top = 0;
  a->fax_typed[0] = '\0';
  app_push(a, SCREEN_FAX);
}

/* What the digits that are typed are checked against: its own last ones, what became of it, and
 * whose a hand makes of it. */
static void put_basis(struct buffer *out, const struct fax_card *fax, const struct uuid *at) {
  for (size_t i = 0; fax && i < fax->count; i++) {
    const struct fax_point *p = &fax->points[i];
    if (!uuid_equal(&p->channel->uuid, at))
      continue;
    buffer_printf(out, "%s %s %d %s", p->tail, p->channel->clear, (int)p->channel->change,
                  p->channel->when ? p->channel->when : "");
    for (size_t k = 0; k < p->alike_count; k++)
      buffer_printf(out, "\n%s %s %s", p->alikes[k].tail, p->alikes[k].site, p->alikes[k].name);
  }
}

void app_refresh_fax(struct app *a) {
  struct buffer was = BUFFER_INIT, is = BUFFER_INIT;
  struct uuid at = {{0}};
  char typed[FAX_TAIL + 1];
  if (!a->fax)
    return;
  if (a->fax_selected < a->fax->count)
    at = a->fax->points[a->fax_selected].channel->uuid;
  put_basis(&was, a->fax, &at);
  memcpy(typed, a->fax_typed, sizeof typed);
  a->fax_typed[0] = '\0';
  a->fax_selected = 0;
  if (make_fax(a)) {
    for (size_t i = 0; i < a->fax->count; i++)
      if (uuid_equal(&a->fax->points[i].channel->uuid, &at))
        a->fax_selected = i;
    put_basis(&is, a->fax, &at);
    if (strcmp(buffer_text(&was), buffer_text(&is)) == 0)
      memcpy(a->fax_typed, typed, sizeof typed);
    else if (*typed)
      app_say(a, "%s", _("what it was checked against has changed: the last four once more"));
  }
  buffer_free(&was);
  buffer_free(&is);
}

void app_fax_digit(struct app *a, int digit) {
  size_t n = strlen(a->fax_typed);
  if (n == FAX_TAIL) /* another try */
    n = 0;
  a->fax_typed[n] = (char)('0' + digit);
  a->fax_typed[n + 1] = '\0';
}

void app_fax_erase(struct app *a) {
  size_t n = strlen(a->fax_typed);
  if (n)
    a->fax_typed[n - 1] = '\0';
}

/* Which machine; where there is one, or by a page: what stands below its number. */
void app_fax_move(struct app *a, long by) {
  long to = (long)a->fax_selected + by;
  if (a->fax && (a->fax->count < 2 || by > 1 || by < -1)) {
    if (by < 0 || a->fax_more)
      a->fax_top += by < 0 ? (a->fax_top > 0 ? -1 : 0) : 1;
    return;
  }
  if (!a->fax || to < 0 || (size_t)to >= a->fax->count)
    return;
  a->fax_top = 0;
  a->fax_selected = (size_t)to;
  a->fax_typed[0] = '\0';
}
