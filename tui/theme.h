/* How a thing looks: screens name what a cell is, the theme says which colours that has.  Colours
 * only repeat what words already say. */
#ifndef TC_TUI_THEME_H
#define TC_TUI_THEME_H

#include <stdbool.h>

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

enum theme_name { THEME_DARK, THEME_LIGHT, THEME_MONO, THEME_COUNT };

/* Colours of a terminal that has eight.  What they look like is the terminal's affair: the linux
 * console and xterm differ, and bold may make them brighter. */
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
  short ink, paper; /* enum theme_colour; 16 and above: of the 256 that are the same everywhere */
  bool bold, reverse, underline;
};

/* The looks of a theme on a terminal of so many colours, LOOK_COUNT of them; bold_is_bright: it is
 * known to make a dark ink bright.  Each ink on its paper has a contrast of 4.5 to 1 or more (WCAG
 * 2.2, 1.4.3), whichever the terminal's own paper is. */
const struct theme_look *theme_looks(enum theme_name theme, int colours, bool bold_is_bright);

#endif
