/* A list to choose from: sites, units, where one calls from, what to print. */
#ifndef TC_TUI_LIST_VIEW_H
#define TC_TUI_LIST_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/frame.h"
#include "tui/grid.h"

/* Text is translated and never NULL. */
struct list_item {
  const char *section; /* a rule with it where it changes */
  const char *code;    /* first column: a site's code, a digit */
  const char *text;
  const char *right; /* at the right edge */
  const char *state; /* the beginning of right that is never cut; NULL: none */
  bool remark;       /* right gives way to the text */
  bool current;      /* marked with * */
};

struct list_view {
  const char *title;
  const char *path; /* beside the title: "SAB > Pôle A" */
  const char *hint; /* one line of what Enter does */
  const struct list_item *items;
  size_t count, selected;
  const char *nothing; /* said instead of an empty list */
};

void list_draw(struct grid *g, struct area area, const struct list_view *view);
int list_page(struct area area);

/* The screens that are a page of text: help, nothing to read yet, the question before leaving. */
/* other: how the other language is had, in that language; "". */
void help_draw(struct grid *g, struct area area, int top, const char *other);
int help_lines(const struct grid *g, struct area area, const char *other); /* in all */

struct empty_view {
  const char *message; /* why there is nothing to show */
  const char *command; /* what to run; "": nothing that this person could */
  const char *after;   /* what happens then */
  const char *other;   /* how the other language is had, in that language; "" */
};
void empty_draw(struct grid *g, struct area area, const struct empty_view *view);

void leave_draw(struct grid *g, struct area area);

#endif
