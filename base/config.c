#include "base/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/ini.h"
#include "base/setting.h"

#define AT(member) SETTING_AT(struct config, member)

static const struct setting_spec options[] = {
    {"terminal", "site", SETTING_TEXT, AT(site), "", NULL, 0, 0,
     "Code of the site this terminal stands at. Its entries come first, its emergency codes are "
     "on every screen. Without it the terminal asks to be told with F2."},
    {"terminal", "plan", SETTING_TEXT, AT(plan), "", NULL, 0, 0,
     "Code of the numbering plan of the phone beside this terminal. Without it the usual plan of "
     "the site."},
    {"terminal", "set", SETTING_CHOICE, AT(set), "ward", "ward|red|mobile|outside", 0, 0,
     "The phone one calls from unless F5 says otherwise: a ward phone, a red phone, a mobile, or "
     "any phone outside the house."},
    {"terminal", "scope", SETTING_PATH, AT(scope), "/var/lib/tocsin/public", NULL, 0, 0,
     "Folder of the directory that this terminal may hold."},
    {"terminal", "audience", SETTING_CHOICE, AT(audience), "any",
     "any|public|clinical|switchboard|restricted", 0, 0,
     "The narrowest audience whose parts may be on this machine. tocsin-sync takes nothing from a "
     "source that grants more, and of a directory that holds more all the same the rest alone is "
     "shown. any leaves it to what the source grants."},
    {"terminal", "name", SETTING_TEXT, AT(name), "", NULL, 0, 0,
     "What this terminal is called where an exercise names the terminals that take part: as "
     "tocsin-sync source enrol named it. Without it the name of the machine, up to its first dot."},
    {"terminal", "desk", SETTING_YES_NO, AT(desk), "no", NULL, 0, 0,
     "Whether one person works here: recent look-ups and favourites are kept. Leave it at no "
     "where many share the terminal."},
    {"terminal", "country", SETTING_COUNTRY, AT(country), "FR", NULL, 0, 0,
     "Country whose national numbers are written without a country code, two letters of ISO 3166."},
    {"screen", "theme", SETTING_CHOICE, AT(theme), "auto", "auto|dark|light|mono", 0, 0,
     "Colours. mono uses none; so does auto where NO_COLOR is set or the terminal has none."},
    {"screen", "layout", SETTING_CHOICE, AT(layout), "auto", "auto|narrow|wide", 0, 0,
     "narrow keeps site, number and name within 40 columns, for braille displays; wide shows list "
     "and card side by side where there is room; auto decides by the width of the screen."},
    {"screen", "plain", SETTING_YES_NO, AT(plain), "no", NULL, 0, 0,
     "Whether there is a numbered dialogue, line by line, instead of the screen, as with --plain: "
     "for a braille display or a screen reader that reads lines, also in a kiosk. What was said "
     "stays on the lines of a terminal that cannot erase them."},
    {"screen", "mouse", SETTING_YES_NO, AT(mouse), "no", NULL, 0, 0,
     "Whether the mouse picks rows. Selecting text for copying then needs the Shift key."},
    {"screen", "language", SETTING_TEXT, AT(language), "", NULL, 0, 0,
     "Language of the messages (fr, en). Without it that of the environment."},
    {"screen", "bell", SETTING_YES_NO, AT(bell), "yes", NULL, 0, 0,
     "Whether the terminal rings once when an incident is new here. It rings for nothing else."},
    {"screen", "idle_minutes", SETTING_NUMBER, AT(idle_minutes), "2", NULL, 0, 1440,
     "After so many minutes without a key the terminal is as a new caller finds it: query, card, "
     "filters and where one stands. It warns 15 s before, and any key keeps what is there. 0: "
     "never, and the two below never either, for a braille display that is read for long."},
    {"screen", "idle_card_minutes", SETTING_NUMBER, AT(idle_card_minutes), "5", NULL, 0, 1440,
     "The same while a card of the public audience or its big digits are read, where it is "
     "longer."},
    {"screen", "idle_rest_minutes", SETTING_NUMBER, AT(idle_rest_minutes), "10", NULL, 0, 1440,
     "After so many minutes the codes, the clock and the age of the data alone are on screen. Any "
     "key begins, and is typed too. 0: never."},
    {"print", "printer", SETTING_TEXT, AT(printer), "", NULL, 0, 0,
     "Printers, by the names that lp -d knows, separated by blanks or commas, 8 at most. F7 asks "
     "which where there are several; a command takes the first. Without it the default printer, "
     "and in a kiosk none."},
    {"print", "lines", SETTING_NUMBER, AT(lines), "60", NULL, 20, 200, "Lines of a printed page."},
    {"print", "columns", SETTING_NUMBER, AT(columns), "80", NULL, 40, 250,
     "Columns of a printed page."},
};

static const struct setting_section sections[] = {
    {"terminal", "Where this terminal stands and what it may hold."},
    {"screen", "How it looks."},
    {"print", "Where sheets go."},
};

static const struct setting_table table = {options, sizeof options / sizeof *options, sections,
                                           sizeof sections / sizeof *sections};

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
  const struct setting_spec *row = setting_find(&table, section, name);
  if (row)
    return setting_set(config, row, value, err);
  /* [sync], [source ...] and [probe ...] are tocsin-sync's. */
  if (strcasecmp(section, "sync") != 0 && strncasecmp(section, "source", 6) != 0 &&
      strncasecmp(section, "probe", 5) != 0)
    warn(config, line, section, name);
  return TC_OK;
}

tc_status config_find(char out[CONFIG_PATH], struct tc_error *err) {
  const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  static const char tail[] = "/tocsin/tocsin.conf";
  static const char of_the_machine[] = CONFIG_OF_MACHINE;
  _Static_assert(sizeof of_the_machine <= CONFIG_PATH, "the path of tocsin.conf");
  int n = -1;
  if (base && base[0] == '/')
    n = snprintf(out, CONFIG_PATH, "%s%s", base, tail);
  else if (home && home[0] == '/')
    n = snprintf(out, CONFIG_PATH, "%s/.config%s", home, tail);
  if (n >= CONFIG_PATH)
    return tc_fail(err, TC_CONFIG, _("the path of the configuration folder is too long"));
  if (n > 0 && access(out, F_OK) == 0)
    return TC_OK;
  memcpy(out, of_the_machine, sizeof of_the_machine);
  if (access(out, F_OK) != 0)
    out[0] = '\0';
  return TC_OK;
}

tc_status config_read(struct config *out, const char *path, struct tc_error *err) {
  memset(out, 0, sizeof *out);
  tc_status status = setting_defaults(out, &table, "", err);
  if (status != TC_OK)
    return status;
  if (!path) {
    status = config_find(out->file, err);
    if (status != TC_OK || !out->file[0])
      return status;
  } else if (snprintf(out->file, sizeof out->file, "%s", path) >= (int)sizeof out->file) {
    return tc_fail(err, TC_CONFIG, _("the path %s is too long"), path);
  }
  return ini_read_file(out->file, take, out, err);
}

bool config_printer(const struct config *config, size_t which, char out[CONFIG_WORD]) {
  static const char between[] = " \t,";
  const char *at = config->printer + strspn(config->printer, between);
  for (size_t i = 0; *at && i < CONFIG_PRINTERS; i++) {
    size_t len = strcspn(at, between);
    if (i == which && len < CONFIG_WORD) {
      snprintf(out, CONFIG_WORD, "%.*s", (int)len, at);
      return true;
    }
    at += len;
    at += strspn(at, between);
  }
  out[0] = '\0';
  return false;
}

void config_describe(struct buffer *out) {
  setting_describe(out, &table);
}

void config_sample(struct buffer *out) {
  buffer_add_text(out,
                  "# tocsin.conf: see tocsin.conf(5). What is commented out is as built in.\n");
  setting_sample(out, &table);
}
