#include "base/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/ini.h"
#include "base/utf8.h"

#ifndef TC_SYSCONFDIR
#define TC_SYSCONFDIR "/etc"
#endif

enum kind { TEXT, COUNTRY, PATH, YES_NO, CHOICE, NUMBER };

struct option {
  const char *section, *name;
  enum kind kind;
  size_t offset, size; /* in struct config */
  const char *built_in;
  const char *words; /* CHOICE: separated by | in the enum's order */
  int least, most;   /* NUMBER */
  const char *help;  /* English, as the manual and the sample file are */
};

#define AT(member) offsetof(struct config, member), sizeof((struct config *)0)->member

static const struct option options[] = {
    {"terminal", "site", TEXT, AT(site), "", NULL, 0, 0,
     "Code of the site this terminal stands at. Its entries come first, its emergency codes are "
     "on every screen. Without it the terminal asks to be told with F2."},
    {"terminal", "plan", TEXT, AT(plan), "", NULL, 0, 0,
     "Code of the numbering plan of the phone beside this terminal. Without it the usual plan of "
     "the site."},
    {"terminal", "set", CHOICE, AT(set), "ward", "ward|red|mobile|outside", 0, 0,
     "The phone one calls from unless F5 says otherwise: a ward phone, a red phone, a mobile, or "
     "any phone outside the house."},
    {"terminal", "scope", PATH, AT(scope), "/var/lib/tocsin/public", NULL, 0, 0,
     "Folder of the directory that this terminal may hold."},
    {"terminal", "desk", YES_NO, AT(desk), "no", NULL, 0, 0,
     "Whether one person works here: recent look-ups and favourites are kept. Leave it at no "
     "where many share the terminal."},
    {"terminal", "country", COUNTRY, AT(country), "FR", NULL, 0, 0,
     "Country whose national numbers are written without a country code, two letters of ISO 3166."},
    {"screen", "theme", CHOICE, AT(theme), "auto", "auto|dark|light|mono", 0, 0,
     "Colours. mono uses none; so does auto where NO_COLOR is set or the terminal has none."},
    {"screen", "layout", CHOICE, AT(layout), "auto", "auto|narrow|wide", 0, 0,
     "narrow keeps site, number and name within 40 columns, for braille displays; wide shows list "
     "and card side by side where there is room; auto decides by the width of the screen."},
    {"screen", "mouse", YES_NO, AT(mouse), "no", NULL, 0, 0,
     "Whether the mouse picks rows. Selecting text for copying then needs the Shift key."},
    {"screen", "language", TEXT, AT(language), "", NULL, 0, 0,
     "Language of the messages (fr, en). Without it that of the environment."},
    {"screen", "idle_minutes", NUMBER, AT(idle_minutes), "5", NULL, 0, 1440,
     "After so many minutes without a key the terminal is as a new caller finds it: query, card "
     "and filters cleared. 0: never."},
    {"print", "printer", TEXT, AT(printer), "", NULL, 0, 0,
     "Printer, by the name that lp -d knows. Without it the default printer."},
    {"print", "lines", NUMBER, AT(lines), "60", NULL, 20, 200, "Lines of a printed page."},
    {"print", "columns", NUMBER, AT(columns), "80", NULL, 40, 250, "Columns of a printed page."},
};
enum { OPTION_COUNT = sizeof options / sizeof options[0] };

static const struct {
  const char *name, *help;
} sections[] = {
    {"terminal", "Where this terminal stands and what it may hold."},
    {"screen", "How it looks."},
    {"print", "Where sheets go."},
};
enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

/* The number of word in words ("ward|red|..."), or -1. */
static int word_index(const char *words, const char *word) {
  size_t len = strlen(word);
  for (int i = 0; words; i++) {
    const char *bar = strchr(words, '|');
    size_t n = bar ? (size_t)(bar - words) : strlen(words);
    if (n == len && strncasecmp(words, word, n) == 0)
      return i;
    words = bar ? bar + 1 : NULL;
  }
  return -1;
}

static bool harmless(const char *value) {
  for (size_t len = strlen(value), i = 0; i < len;) {
    uint32_t point;
    i += utf8_next(value + i, len - i, &point);
    if (point == UTF8_INVALID || utf8_is_control(point) || utf8_is_bidi(point))
      return false;
  }
  return true;
}

static tc_status set_text(const struct option *o, char *to, const char *value,
                          struct tc_error *err) {
  if (strlen(value) >= o->size)
    return tc_fail(err, TC_CONFIG, _("the value of %s is longer than %zu bytes"), o->name,
                   o->size - 1);
  if (!harmless(value))
    return tc_fail(err, TC_CONFIG, _("the value of %s holds control characters"), o->name);
  if (o->kind == PATH && value[0] != '/')
    return tc_fail(err, TC_CONFIG, _("%s must be a path from the root, as in %s"), o->name,
                   o->built_in);
  memcpy(to, value, strlen(value) + 1);
  if (o->kind != COUNTRY)
    return TC_OK;
  for (char *c = to; *c; c++)
    if (*c >= 'a' && *c <= 'z')
      *c = (char)(*c - 'a' + 'A');
  if (strlen(to) != 2 || strspn(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
    return tc_fail(err, TC_CONFIG, _("%s must be two letters of ISO 3166, as in FR; it is \"%s\""),
                   o->name, value);
  return TC_OK;
}

static tc_status set_number(const struct option *o, int *to, const char *value,
                            struct tc_error *err) {
  char *end;
  errno = 0;
  long n = strtol(value, &end, 10);
  if (end == value || *end || errno || n < o->least || n > o->most)
    return tc_fail(err, TC_CONFIG, _("%s must be a number from %d to %d; it is \"%s\""), o->name,
                   o->least, o->most, value);
  *to = (int)n;
  return TC_OK;
}

static tc_status set_option(struct config *config, const struct option *o, const char *value,
                            struct tc_error *err) {
  static const char *const yes_no = "no|yes|off|on|false|true|0|1";
  void *to = (char *)config + o->offset;
  int which;
  switch (o->kind) {
  case YES_NO:
    which = word_index(yes_no, value);
    if (which < 0)
      return tc_fail(err, TC_CONFIG, _("%s must be yes or no; it is \"%s\""), o->name, value);
    *(bool *)to = which % 2 != 0;
    return TC_OK;
  case CHOICE:
    which = word_index(o->words, value);
    if (which < 0)
      return tc_fail(err, TC_CONFIG, _("%s must be one of %s; it is \"%s\""), o->name, o->words,
                     value);
    *(int *)to = which;
    return TC_OK;
  case NUMBER:
    return set_number(o, to, value, err);
  default:
    return set_text(o, to, value, err);
  }
}

static void warn(struct config *config, long line, const char *section, const char *name) {
  size_t i = config->warning_count++;
  if (i >= CONFIG_WARNINGS_MAX)
    return;
  struct tc_error warning = {.status = TC_OK};
  tc_fail_at(&warning, TC_CONFIG, config->file, line, 0,
             _("[%s] %s is not an option of this version; it is left out"), section, name);
  tc_error_line(&warning, config->warnings[i], sizeof config->warnings[i]);
}

static tc_status take(void *context, const char *section, const char *name, const char *value,
                      long line, struct tc_error *err) {
  struct config *config = context;
  for (size_t i = 0; i < OPTION_COUNT; i++)
    if (strcasecmp(options[i].section, section) == 0 && strcasecmp(options[i].name, name) == 0)
      return set_option(config, &options[i], value, err);
  /* [source ...] is tocsin-sync's. */
  if (strncasecmp(section, "source", 6) != 0)
    warn(config, line, section, name);
  return TC_OK;
}

/* Sets config->file to the file to read; "" where there is none. */
static tc_status find_file(struct config *config, struct tc_error *err) {
  const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  static const char tail[] = "/tocsin/tocsin.conf";
  static const char of_the_machine[] = TC_SYSCONFDIR "/tocsin/tocsin.conf";
  _Static_assert(sizeof of_the_machine <= CONFIG_PATH, "the path of tocsin.conf");
  int n = -1;
  if (base && base[0] == '/')
    n = snprintf(config->file, sizeof config->file, "%s%s", base, tail);
  else if (home && home[0] == '/')
    n = snprintf(config->file, sizeof config->file, "%s/.config%s", home, tail);
  if (n >= (int)sizeof config->file)
    return tc_fail(err, TC_CONFIG, _("the path of the configuration folder is too long"));
  if (n > 0 && access(config->file, F_OK) == 0)
    return TC_OK;
  memcpy(config->file, of_the_machine, sizeof of_the_machine);
  if (access(config->file, F_OK) != 0)
    config->file[0] = '\0';
  return TC_OK;
}

tc_status config_read(struct config *out, const char *path, struct tc_error *err) {
  memset(out, 0, sizeof *out);
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    tc_status status = set_option(out, &options[i], options[i].built_in, err);
    if (status != TC_OK)
      return status;
  }
  if (!path) {
    tc_status status = find_file(out, err);
    if (status != TC_OK || !out->file[0])
      return status;
  } else if (snprintf(out->file, sizeof out->file, "%s", path) >= (int)sizeof out->file) {
    return tc_fail(err, TC_CONFIG, _("the path %s is too long"), path);
  }
  return ini_read_file(out->file, take, out, err);
}

/* What an option takes, for the manual and the sample. */
static void add_domain(struct buffer *out, const struct option *o) {
  switch (o->kind) {
  case YES_NO:
    buffer_add_text(out, "yes or no");
    break;
  case CHOICE:
    for (const char *c = o->words; *c; c++)
      buffer_add_text(out, *c == '|' ? ", " : (char[]){*c, '\0'});
    break;
  case NUMBER:
    buffer_printf(out, "%d to %d", o->least, o->most);
    break;
  case PATH:
    buffer_add_text(out, "a path");
    break;
  default:
    buffer_add_text(out, "text");
  }
}

static void add_roff(struct buffer *out, const char *text) {
  for (const char *c = text; *c; c++)
    if (*c == '-' || *c == '\\')
      buffer_add_text(out, *c == '-' ? "\\-" : "\\e");
    else
      buffer_add_char(out, *c);
}

void config_describe(struct buffer *out) {
  for (size_t s = 0; s < SECTION_COUNT; s++) {
    buffer_printf(out, ".SS [%s]\n%s\n", sections[s].name, sections[s].help);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
      const struct option *o = &options[i];
      if (strcmp(o->section, sections[s].name) != 0)
        continue;
      buffer_printf(out, ".TP\n.BR %s \" = ", o->name);
      add_domain(out, o);
      if (o->built_in[0])
        buffer_printf(out, " (default %s)", o->built_in);
      buffer_add_text(out, "\"\n");
      add_roff(out, o->help);
      buffer_add_char(out, '\n');
    }
  }
}

/* Adds text as comment lines of at most 78 columns. */
static void add_comment(struct buffer *out, const char *text) {
  size_t column = 0;
  while (*text) {
    size_t n = strcspn(text, " ");
    if (column && column + 1 + n > 78) {
      buffer_add_char(out, '\n');
      column = 0;
    }
    buffer_add_text(out, column ? " " : "# ");
    buffer_add(out, text, n);
    column += column ? n + 1 : n + 2;
    text += n;
    text += strspn(text, " ");
  }
  buffer_add_char(out, '\n');
}

void config_sample(struct buffer *out) {
  buffer_add_text(out,
                  "# tocsin.conf: see tocsin.conf(5). What is commented out is as built in.\n");
  for (size_t s = 0; s < SECTION_COUNT; s++) {
    buffer_printf(out, "\n[%s]\n", sections[s].name);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
      const struct option *o = &options[i];
      if (strcmp(o->section, sections[s].name) != 0)
        continue;
      buffer_add_char(out, '\n');
      add_comment(out, o->help);
      buffer_add_text(out, "# (");
      add_domain(out, o);
      buffer_printf(out, ")\n#%s =%s%s\n", o->name, o->built_in[0] ? " " : "", o->built_in);
    }
  }
}
