/* How a thing looks: screens name what a cell is, the theme says which colours that has.  Colours
 * only repeat what words already say. */
#ifndef TC_TUI_THEME_H
#define TC_TUI_THEME_H

#include <stdbool.h>

#include "base/status.h"

enum look {
  LOOK_TEXT,
  LOOK_TOP,      /* the line on top */
  LOOK_QUIET,    /* rules, ages, less important words */
  LOOK_LABEL,    /* "Find:", names of fields */
  LOOK_QUERY,    /* what was typed */
  LOOK_SITE,     /* my site's code */
  LOOK_SITE_OUT, /* another site's code */
  LOOK_NUMBER,   /* digits to press */
  LOOK_SELECTED, /* the row chosen */
  LOOK_WARN,     /* something is wrong or uncertain */
  LOOK_DOWN,     /* a number that does not reach */
  LOOK_CODE,     /* emergency codes */
  LOOK_KEY,      /* a key's name on the bar */
  LOOK_TITLE,
  LOOK_BIG, /* big digits */
  LOOK_COUNT
};

enum theme_name { THEME_DARK, THEME_LIGHT, THEME_MONO };

enum theme_colour {
  COLOUR_DEFAULT = -1,
  COLOUR_BLACK,
  COLOUR_RED,
  COLOUR_GREEN,
  COLOUR_YELLOW,
  COLOUR_BLUE,
  COLOUR_MAGENTA,
  COLOUR_CYAN,
  COLOUR_WHITE
};

struct theme_look {
  signed char ink, paper; /* enum theme_colour */
  bool bold, reverse, underline, dim;
};

/* The looks of a theme, LOOK_COUNT of them. */
const struct theme_look *theme_looks(enum theme_name theme);

/* "dark", "light", "mono"; TC_CONFIG for another word. */
TC_MUST_CHECK tc_status theme_from_word(enum theme_name *out, const char *word,
                                        struct tc_error *err);

#endif
