#include "tui/theme.h"

#define D COLOUR_DEFAULT
#define BOLD true, false, false
#define REVERSE false, true, false
#define UNDER false, false, true
#define PLAIN false, false, false

/* Of eight colours red holds with white that bold makes bright, and with nothing else: PuTTY's grey
 * on its red has 3.5 to 1.  Where it is not known that bold does so, what is DOWN has the
 * terminal's own colours turned about. */
#define ON_RED                                                                                     \
  { COLOUR_WHITE, COLOUR_RED, BOLD }
#define TURNED                                                                                     \
  { D, D, false, true, true }

/* Mono is what every other theme falls back to: it must tell everything by bold and reverse. */
static const struct theme_look mono[LOOK_COUNT] = {
    [LOOK_TEXT] = {D, D, PLAIN},
    [LOOK_TOP] = {D, D, REVERSE},
    [LOOK_QUIET] = {D, D, PLAIN},
    [LOOK_LABEL] = {D, D, PLAIN},
    [LOOK_QUERY] = {D, D, BOLD},
    [LOOK_SITE] = {D, D, BOLD},
    [LOOK_SITE_OUT] = {D, D, UNDER},
    [LOOK_NUMBER] = {D, D, BOLD},
    [LOOK_SELECTED] = {D, D, REVERSE},
    [LOOK_WARN] = {D, D, BOLD},
    [LOOK_DOWN] = {D, D, true, false, true},
    [LOOK_CODE] = {D, D, BOLD},
    [LOOK_KEY] = {D, D, REVERSE},
    [LOOK_TITLE] = {D, D, BOLD},
    [LOOK_BIG] = {D, D, BOLD},
};

/* Whether the terminal's own paper is black or white nobody tells us, so that what stands on it has
 * the terminal's own ink; a coloured ink brings its paper. */
#define DARK                                                                                       \
  [LOOK_TEXT] = {D, D, PLAIN}, [LOOK_TOP] = {COLOUR_WHITE, COLOUR_BLUE, BOLD},                     \
  [LOOK_QUIET] = {D, D, PLAIN}, [LOOK_LABEL] = {COLOUR_CYAN, COLOUR_BLACK, PLAIN},                 \
  [LOOK_QUERY] = {D, D, BOLD}, [LOOK_SITE] = {COLOUR_GREEN, COLOUR_BLACK, BOLD},                   \
  [LOOK_SITE_OUT] = {COLOUR_YELLOW, COLOUR_BLACK, BOLD}, [LOOK_NUMBER] = {D, D, BOLD},             \
  [LOOK_SELECTED] = {COLOUR_BLACK, COLOUR_CYAN, PLAIN},                                            \
  [LOOK_WARN] = {COLOUR_YELLOW, COLOUR_BLACK, BOLD}, [LOOK_CODE] = {D, D, BOLD},                   \
  [LOOK_KEY] = {COLOUR_BLACK, COLOUR_WHITE, PLAIN}, [LOOK_TITLE] = {D, D, BOLD},                   \
  [LOOK_BIG] = {D, D, BOLD}

static const struct theme_look dark[LOOK_COUNT] = {DARK, [LOOK_DOWN] = TURNED};
static const struct theme_look dark_bright[LOOK_COUNT] = {DARK, [LOOK_DOWN] = ON_RED};

static const struct theme_look dark_256[LOOK_COUNT] = {
    [LOOK_TEXT] = {D, D, PLAIN},        [LOOK_TOP] = {231, 18, BOLD},
    [LOOK_QUIET] = {D, D, PLAIN},       [LOOK_LABEL] = {87, 16, PLAIN},
    [LOOK_QUERY] = {D, D, BOLD},        [LOOK_SITE] = {120, 16, BOLD},
    [LOOK_SITE_OUT] = {228, 16, BOLD},  [LOOK_NUMBER] = {D, D, BOLD},
    [LOOK_SELECTED] = {16, 123, PLAIN}, [LOOK_WARN] = {228, 16, BOLD},
    [LOOK_DOWN] = {231, 124, BOLD},     [LOOK_CODE] = {D, D, BOLD},
    [LOOK_KEY] = {16, 252, PLAIN},      [LOOK_TITLE] = {D, D, BOLD},
    [LOOK_BIG] = {D, D, BOLD},
};

/* Bold is left alone where it would make a dark ink bright. */
#define LIGHT                                                                                      \
  [LOOK_TEXT] = {COLOUR_BLACK, COLOUR_WHITE, PLAIN},                                               \
  [LOOK_TOP] = {COLOUR_WHITE, COLOUR_BLUE, BOLD},                                                  \
  [LOOK_QUIET] = {COLOUR_BLACK, COLOUR_WHITE, PLAIN},                                              \
  [LOOK_LABEL] = {COLOUR_BLUE, COLOUR_WHITE, PLAIN},                                               \
  [LOOK_QUERY] = {COLOUR_BLACK, COLOUR_WHITE, UNDER},                                              \
  [LOOK_SITE] = {COLOUR_BLUE, COLOUR_WHITE, PLAIN},                                                \
  [LOOK_SITE_OUT] = {COLOUR_BLACK, COLOUR_CYAN, PLAIN},                                            \
  [LOOK_NUMBER] = {COLOUR_BLACK, COLOUR_WHITE, PLAIN},                                             \
  [LOOK_SELECTED] = {COLOUR_WHITE, COLOUR_BLUE, PLAIN},                                            \
  [LOOK_WARN] = {COLOUR_BLACK, COLOUR_CYAN, PLAIN},                                                \
  [LOOK_CODE] = {COLOUR_BLACK, COLOUR_WHITE, PLAIN},                                               \
  [LOOK_KEY] = {COLOUR_WHITE, COLOUR_BLACK, PLAIN},                                                \
  [LOOK_TITLE] = {COLOUR_BLACK, COLOUR_WHITE, UNDER},                                              \
  [LOOK_BIG] = {COLOUR_BLACK, COLOUR_WHITE, PLAIN}

static const struct theme_look light[LOOK_COUNT] = {
    LIGHT, [LOOK_DOWN] = {COLOUR_WHITE, COLOUR_BLACK, UNDER}};
static const struct theme_look light_bright[LOOK_COUNT] = {LIGHT, [LOOK_DOWN] = ON_RED};

static const struct theme_look light_256[LOOK_COUNT] = {
    [LOOK_TEXT] = {16, 231, PLAIN},     [LOOK_TOP] = {231, 18, BOLD},
    [LOOK_QUIET] = {238, 231, PLAIN},   [LOOK_LABEL] = {18, 231, PLAIN},
    [LOOK_QUERY] = {16, 231, BOLD},     [LOOK_SITE] = {18, 231, BOLD},
    [LOOK_SITE_OUT] = {90, 231, BOLD},  [LOOK_NUMBER] = {16, 231, BOLD},
    [LOOK_SELECTED] = {231, 25, PLAIN}, [LOOK_WARN] = {124, 231, BOLD},
    [LOOK_DOWN] = {231, 124, BOLD},     [LOOK_CODE] = {16, 231, BOLD},
    [LOOK_KEY] = {231, 16, PLAIN},      [LOOK_TITLE] = {16, 231, BOLD},
    [LOOK_BIG] = {16, 231, BOLD},
};

const struct theme_look *theme_looks(enum theme_name theme, int colours, bool bold_is_bright) {
  if (colours < 8 || theme == THEME_MONO)
    return mono;
  if (colours >= 256)
    return theme == THEME_LIGHT ? light_256 : dark_256;
  if (theme == THEME_LIGHT)
    return bold_is_bright ? light_bright : light;
  return bold_is_bright ? dark_bright : dark;
}
