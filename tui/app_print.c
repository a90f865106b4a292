#include "tui/app_print.h"

#include "base/i18n.h"
#include "tui/app_state.h"

/* The entry one looks at: the open card, else the selected row. */
static const struct uuid *entry_at_hand(const struct app *a) {
  if (a->card)
    return &a->card->uuid;
  if (app_call_words(a)) /* whose chain it is */
    return &a->call.origin;
  return a->selected < a->item_count && a->items[a->selected].opens == ACT_NONE
             ? &a->items[a->selected].uuid
             : NULL;
}

static struct sheet_of at_hand(const struct app *a) {
  return (struct sheet_of){.entry = entry_at_hand(a),
                           .site = *a->browse_site ? a->browse_site : a->setup.from.site,
                           .unit = a->browse_path,
                           .what_if =
                               a->cut_off && app_on_stack(a, SCREEN_INCIDENTS) ? a->what_if : NULL,
                           .domain = app_incident_domain(a),
                           .group = app_on_stack(a, SCREEN_GROUP) ? &a->group.uuid : NULL,
                           .begun = a->group.begun,
                           .round = app_on_stack(a, SCREEN_ROUND),
                           .chase = app_on_stack(a, SCREEN_CHASE),
                           .on_call = app_on_stack(a, SCREEN_ON_CALL)};
}

const char *print_subject(struct app *a, enum print_what what, struct arena *arena) {
  struct sheet_of of = at_hand(a);
  return sheet_subject(&a->setup, &of, what, arena);
}

const char *print_file(struct app *a, enum print_what what, struct arena *arena) {
  struct sheet_of of = at_hand(a);
  return sheet_file(&of, what, arena);
}

void print_sheet(struct app *a, enum print_what what, int to) {
  struct tc_error err = {0};
  struct arena arena = ARENA_INIT;
  struct sheet_of of = at_hand(a);
  bool laid;
  tc_status status = sheet_print(&a->setup, &of, what, to, &laid, &err);
  const char *refused = err.status == TC_BUSY ? err.text : _("the printer does not take it");
  if (status != TC_OK)
    app_say(a, _("not printed: %s"),
            !*err.text ? _("nothing to print")
            : laid     ? app_fault(a, &err, refused)
                       : app_why(a, &err));
  else if (to != PRINT_TO_FILE)
    app_say(a, _("sent to the printer: %s"), print_what_text(what));
  else
    app_say(a, _("written: %s"), sheet_file(&of, what, &arena));
  arena_free(&arena);
}
