/* The screens that are only read. */
#include <stdio.h>

#include "base/i18n.h"
#include "tui/app_state.h"

void app_draw_help(struct app *a, struct grid *g, struct area area) {
  int lines = help_lines(g, area, a->other_language);
  int most = lines > area.rows ? lines - area.rows : 0;
  a->help_top = a->help_top > most ? most : a->help_top;
  help_draw(g, area, a->help_top, a->other_language);
  grid_cursor(g, area.row, 0);
}

/* Made anew each time: what it tells changes behind the screen's back. */
void app_draw_status(struct app *a, struct grid *g, struct area area) {
  struct arena arena = ARENA_INIT;
  struct facts_view view;
  struct present p;
  app_present(a, &p, &arena);
  if (present_status(&p, a->setup.config.scope, &view)) {
    int most = facts_draw(g, area, &view, area.rows * 1000) - (area.rows - 1);
    a->status_top = a->status_top > most ? most > 0 ? most : 0 : a->status_top;
    facts_draw(g, area, &view, a->status_top);
  }
  arena_free(&arena);
}

void app_draw_empty(const struct app *a, struct grid *g, struct area area) {
  char message[512], command[CONFIG_PATH + 96];
  if (a->setup.kiosk) {
    struct empty_view v = {_("There is no directory on this terminal yet: call the switchboard."),
                           "", _("This screen opens by itself as soon as there is one."),
                           a->other_language};
    empty_draw(g, area, &v);
    return;
  }
  snprintf(message, sizeof message, _("There is no directory here yet (%s)."),
           a->setup.config.scope);
  snprintf(command, sizeof command, "tocsin-sync import FILE --map MAP --origin NAME --cache %s",
           a->setup.config.scope);
  struct empty_view v = {message, command,
                         _("This screen opens by itself as soon as there is one."),
                         a->other_language};
  empty_draw(g, area, &v);
}
