#include "tui/theme.h"

#include <string.h>

#include "base/i18n.h"

#define D COLOUR_DEFAULT

/* Mono is what every other theme falls back to: it must tell everything by bold and reverse. */
static const struct theme_look mono[LOOK_COUNT] = {
    [LOOK_TEXT] = {D, D, false, false, false, false},
    [LOOK_TOP] = {D, D, false, true, false, false},
    [LOOK_QUIET] = {D, D, false, false, false, false},
    [LOOK_LABEL] = {D, D, false, false, false, false},
    [LOOK_QUERY] = {D, D, true, false, false, false},
    [LOOK_SITE] = {D, D, true, false, false, false},
    [LOOK_SITE_OUT] = {D, D, false, false, true, false},
    [LOOK_NUMBER] = {D, D, true, false, false, false},
    [LOOK_SELECTED] = {D, D, false, true, false, false},
    [LOOK_WARN] = {D, D, true, false, false, false},
    [LOOK_DOWN] = {D, D, true, false, true, false},
    [LOOK_CODE] = {D, D, true, false, false, false},
    [LOOK_KEY] = {D, D, false, true, false, false},
    [LOOK_TITLE] = {D, D, true, false, false, false},
    [LOOK_BIG] = {D, D, true, false, false, false},
};

static const struct theme_look dark[LOOK_COUNT] = {
    [LOOK_TEXT] = {D, D, false, false, false, false},
    [LOOK_TOP] = {COLOUR_WHITE, COLOUR_BLUE, true, false, false, false},
    [LOOK_QUIET] = {D, D, false, false, false, true},
    [LOOK_LABEL] = {COLOUR_CYAN, D, false, false, false, false},
    [LOOK_QUERY] = {COLOUR_WHITE, D, true, false, false, false},
    [LOOK_SITE] = {COLOUR_GREEN, D, true, false, false, false},
    [LOOK_SITE_OUT] = {COLOUR_YELLOW, D, true, false, false, false},
    [LOOK_NUMBER] = {COLOUR_WHITE, D, true, false, false, false},
    [LOOK_SELECTED] = {COLOUR_BLACK, COLOUR_CYAN, false, false, false, false},
    [LOOK_WARN] = {COLOUR_YELLOW, D, true, false, false, false},
    [LOOK_DOWN] = {COLOUR_WHITE, COLOUR_RED, true, false, false, false},
    [LOOK_CODE] = {COLOUR_WHITE, D, true, false, false, false},
    [LOOK_KEY] = {COLOUR_BLACK, COLOUR_WHITE, false, false, false, false},
    [LOOK_TITLE] = {COLOUR_WHITE, D, true, false, false, false},
    [LOOK_BIG] = {COLOUR_WHITE, D, true, false, false, false},
};

static const struct theme_look light[LOOK_COUNT] = {
    [LOOK_TEXT] = {COLOUR_BLACK, COLOUR_WHITE, false, false, false, false},
    [LOOK_TOP] = {COLOUR_WHITE, COLOUR_BLUE, true, false, false, false},
    [LOOK_QUIET] = {COLOUR_BLACK, COLOUR_WHITE, false, false, false, false},
    [LOOK_LABEL] = {COLOUR_BLUE, COLOUR_WHITE, false, false, false, false},
    [LOOK_QUERY] = {COLOUR_BLACK, COLOUR_WHITE, true, false, false, false},
    [LOOK_SITE] = {COLOUR_BLUE, COLOUR_WHITE, true, false, false, false},
    [LOOK_SITE_OUT] = {COLOUR_MAGENTA, COLOUR_WHITE, true, false, false, false},
    [LOOK_NUMBER] = {COLOUR_BLACK, COLOUR_WHITE, true, false, false, false},
    [LOOK_SELECTED] = {COLOUR_WHITE, COLOUR_BLUE, false, false, false, false},
    [LOOK_WARN] = {COLOUR_RED, COLOUR_WHITE, true, false, false, false},
    [LOOK_DOWN] = {COLOUR_WHITE, COLOUR_RED, true, false, false, false},
    [LOOK_CODE] = {COLOUR_BLACK, COLOUR_WHITE, true, false, false, false},
    [LOOK_KEY] = {COLOUR_WHITE, COLOUR_BLACK, false, false, false, false},
    [LOOK_TITLE] = {COLOUR_BLACK, COLOUR_WHITE, true, false, false, false},
    [LOOK_BIG] = {COLOUR_BLACK, COLOUR_WHITE, true, false, false, false},
};

const struct theme_look *theme_looks(enum theme_name theme) {
  return theme == THEME_DARK ? dark : theme == THEME_LIGHT ? light : mono;
}

tc_status theme_from_word(enum theme_name *out, const char *word, struct tc_error *err) {
  static const char *const words[] = {"dark", "light", "mono"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(word, words[i]) == 0) {
      *out = (enum theme_name)i;
      return TC_OK;
    }
  return tc_fail(err, TC_CONFIG, _("theme \"%s\" is not one of dark, light, mono"), word);
}
