/* A screen of facts to read: a title and lines of what and how it is. */
#ifndef TC_TUI_FACTS_H
#define TC_TUI_FACTS_H

#include "tui/card.h"

struct facts_view {
  const char *title;
  const struct card_line *lines; /* warn: with "!" before it */
  size_t count;
};

/* Draws it from line `top` on; returns how many lines it has in all. */
int facts_draw(struct grid *g, struct area area, const struct facts_view *view, int top);

#endif
