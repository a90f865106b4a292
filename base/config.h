/* tocsin.conf: what this terminal is.  One table (config.c) gives the parser, the sample file
 * dist/tocsin.conf and tocsin.conf(5). */
#ifndef TC_BASE_CONFIG_H
#define TC_BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"

enum config_set { /* in the order of core/dial.h's enum set_kind */
                  CONFIG_WARD,
                  CONFIG_RED,
                  CONFIG_MOBILE,
                  CONFIG_OUTSIDE
};

enum config_theme { CONFIG_THEME_AUTO, CONFIG_THEME_DARK, CONFIG_THEME_LIGHT, CONFIG_THEME_MONO };

/* Any, or as enum audience (core/directory.h) has them. */
enum config_audience {
  CONFIG_AUDIENCE_ANY,
  CONFIG_AUDIENCE_PUBLIC,
  CONFIG_AUDIENCE_CLINICAL,
  CONFIG_AUDIENCE_SWITCHBOARD,
  CONFIG_AUDIENCE_RESTRICTED
};

enum config_layout { CONFIG_LAYOUT_AUTO, CONFIG_LAYOUT_NARROW, CONFIG_LAYOUT_WIDE };

enum {
  CONFIG_WARNINGS_MAX = 16,
  CONFIG_PATH = 1024,
  CONFIG_WORD = 64,
  CONFIG_PRINTERS = 8, /* a digit each, and one for a file */
  CONFIG_PRINTER_LIST = CONFIG_PRINTERS * CONFIG_WORD
};

struct config {
  char file[CONFIG_PATH]; /* what was read; "": no file, all is as built in */

  /* [terminal] */
  char site[CONFIG_WORD];
  char plan[CONFIG_WORD];
  int set; /* enum config_set */
  char scope[CONFIG_PATH];
  int audience;           /* enum config_audience: the narrowest that may be held here */
  char name[CONFIG_WORD]; /* ""; that of the machine */
  bool desk;
  char country[CONFIG_WORD]; /* ISO 3166 alpha-2 */

  /* [screen] */
  int theme;  /* enum config_theme */
  int layout; /* enum config_layout */
  bool mouse;
  bool bell;
  bool plain; /* the numbered dialogue instead */
  char language[CONFIG_WORD];
  int idle_minutes, idle_card_minutes, idle_rest_minutes; /* 0: never */

  /* [print] */
  char printer[CONFIG_PRINTER_LIST]; /* names that lp -d knows; "": the default printer */
  int lines;                         /* of a page */
  int columns;

  /* What was not understood and left out: a newer file must not darken an older terminal.  Each is
   * one translated line with file and line; beyond the first CONFIG_WARNINGS_MAX only counted. */
  char warnings[CONFIG_WARNINGS_MAX][256];
  size_t warning_count;
};

/* Reads path, or where it is NULL the first there is of $XDG_CONFIG_HOME/tocsin/tocsin.conf (else
 * ~/.config/tocsin/tocsin.conf) and /etc/tocsin/tocsin.conf; where there is none *out is as built
 * in.  TC_CONFIG with file:line: a value that its option does not take, or no INI file.
 * TC_NO_INPUT: path is not there.  TC_DENIED, TC_IO. */
#ifndef TC_SYSCONFDIR
#define TC_SYSCONFDIR "/etc"
#endif
#define CONFIG_OF_MACHINE TC_SYSCONFDIR "/tocsin/tocsin.conf"

TC_MUST_CHECK tc_status config_read(struct config *out, const char *path, struct tc_error *err);

/* The name of a printer of its list, 0 for the first; false: there are not so many. */
bool config_printer(const struct config *config, size_t which, char out[CONFIG_WORD]);

/* The file that is read where none is named; "" where there is none. */
TC_MUST_CHECK tc_status config_find(char out[CONFIG_PATH], struct tc_error *err);

/* Appends what tocsin.conf(5) says of each option, as roff (man(7)). */
void config_describe(struct buffer *out);

/* Appends the sample file: every option, commented out, with what it is for. */
void config_sample(struct buffer *out);

#endif
