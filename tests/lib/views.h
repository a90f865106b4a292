/* Screens' models written by hand, for golden files and for whatever needs something to draw. */
#ifndef TC_TESTS_VIEWS_H
#define TC_TESTS_VIEWS_H

#include "tui/card.h"
#include "tui/fax.h"
#include "tui/form.h"
#include "tui/frame.h"
#include "tui/list_view.h"
#include "tui/search_view.h"

extern const struct frame view_frame;       /* at SAB, ward phone */
extern const struct card view_card;         /* the surgical intern on call */
extern const struct fax_card view_fax;      /* of the same card, one machine and one server */
extern const struct search_view view_found; /* "rea chi" */
extern const struct search_view view_alike; /* rows of equal shown text */
extern const struct search_view view_nothing;
extern const struct search_view view_start;
extern const struct list_view view_sites, view_desk;
extern const struct form_view view_form;

#endif
