/* A small form: a few fields, one below the other. */
#ifndef TC_TUI_FORM_H
#define TC_TUI_FORM_H

#include <stddef.h>

#include "tui/frame.h"
#include "tui/grid.h"

enum { FORM_FIELDS = 5, FORM_CHOICES = 6 };

/* Text is translated and never NULL. */
struct form_view {
  const char *title; /* "note" */
  const char *of;    /* of what: "SAB Réanimation chirurgicale" */
  struct {
    const char *label, *text;
    size_t caret; /* byte offset in text */
  } fields[FORM_FIELDS];
  size_t count, at;                  /* where the cursor is */
  const char *choices[FORM_CHOICES]; /* what fits what is typed there */
  size_t choice_count, choice;       /* the chosen one */
  const char *help;                  /* of the field where the cursor is */
  const char *become;                /* what becomes of it: "waits until a person accepts it" */
};

void form_draw(struct grid *g, struct area area, const struct form_view *view);

#endif
