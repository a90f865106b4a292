#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/action.h"
#include "tui/list_view.h"

static const char *const signs[] = {
    N_("~ found by sound or spelling, not exactly: read it twice"),
    N_("! something to know before dialling"),
    N_("> the row chosen    * a favourite, or what holds now"),
    N_("\"no fault known\": nobody has said that it fails. It is not a promise."),
    N_("Numbers are shown as dialled from where you stand, prefix included; F5 changes where."),
};

/* Draws one line or more when it shows; returns how many it takes. */
static int place(struct grid *g, struct area a, int line, int top, int indent, enum look look,
                 const char *text) {
  int at = line - top;
  int width = a.cols - indent - 3;
  /* How many rows it takes is found by wrapping on rows that are not on the grid. */
  int rows = grid_text_wrap(g, g->rows, 0, width, 8, look, text);
  if (at >= 0 && at < a.rows)
    grid_text_wrap(g, a.row + at, a.col + 1 + indent, width, a.rows - at, look, text);
  return rows;
}

static int lay_help(struct grid *g, struct area a, int top, const char *other) {
  int line = 0;
  if (*other)
    line += place(g, a, line, top, 0, LOOK_TITLE, other);
  line += place(g, a, line, top, 0, LOOK_TITLE,
                _("Type to search: name, service, site, number, in any order. No key first."));
  line++;
  size_t count;
  const struct action_row *rows = action_table(&count);
  int keys = 0;
  char text[64];
  for (size_t i = 0; i < count; i++) {
    int w = grid_width(g, action_keys_text(&rows[i], text, sizeof text));
    keys = w > keys ? w : keys;
  }
  for (size_t i = 0; i < count; i++) {
    char help[512];
    snprintf(help, sizeof help, "%s%s", _(rows[i].help),
             rows[i].later ? _(" (not in this version)") : "");
    int at = line - top;
    if (at >= 0 && at < a.rows)
      grid_text(g, a.row + at, a.col + 1, keys, LOOK_LABEL,
                action_keys_text(&rows[i], text, sizeof text));
    line += place(g, a, line, top, keys + 2, rows[i].later ? LOOK_QUIET : LOOK_TEXT, help);
  }
  line++;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    line += place(g, a, line, top, 0, LOOK_TEXT, _(signs[i]));
  return line;
}

void help_draw(struct grid *g, struct area a, int top, const char *other) {
  if (a.rows > 0 && lay_help(g, a, top, other) - top > a.rows)
    grid_more(g, a.row + a.rows - 1, a.col + a.cols - 1);
}

int help_lines(const struct grid *g, struct area a, const char *other) {
  struct grid nowhere = {.letters = g->letters, .cursor_row = -1, .cursor_col = -1};
  return lay_help(&nowhere, a, 0, other);
}
