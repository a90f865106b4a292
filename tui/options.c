#include "tui/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/width.h"
#include "core/dial.h"

struct option_row {
  const char *name;
  const char *also;     /* a second name; NULL: none */
  char letter;          /* "-h"; 0: none */
  const char *argument; /* what it takes; NULL: nothing */
  const char *help;
};

static const struct option_row rows[OPT_COUNT] = {
    [OPT_SCOPE] = {"scope", "cache", 0, N_("PATH"),
                   N_("folder of the directory to answer from, instead of the configuration's")},
    [OPT_CONFIG] = {"config", NULL, 0, N_("FILE"),
                    N_("read this file instead of tocsin.conf where it usually is")},
    [OPT_SITE] = {"site", NULL, 0, N_("CODE"),
                  N_("the site one stands at: its entries come first")},
    [OPT_FROM] = {"from", NULL, 0, N_("SET"),
                  N_("the phone one calls from: ward, red, mobile or outside")},
    [OPT_PLAN] = {"plan", NULL, 0, N_("CODE"), N_("the numbering plan of that phone")},
    [OPT_PLAIN] = {"plain", NULL, 0, NULL,
                   N_("a numbered dialogue, line by line, instead of the screen")},
    [OPT_KIOSK] = {"kiosk", NULL, 0, NULL,
                   N_("the shared terminal: nobody leaves it; configured in /etc/tocsin alone")},
    [OPT_LANG] = {"lang", NULL, 0, N_("LANGUAGE"), N_("language of the messages: fr, en")},
    [OPT_REAL] = {"real", NULL, 0, NULL,
                  N_("the real answer, also while this terminal plays an exercise")},
    [OPT_VERSION] = {"version", NULL, 'V', NULL, N_("say the version and end")},
    [OPT_VERBOSE] = {"verbose", NULL, 0, NULL,
                     N_("with --version: also what --kiosk can hold on this machine")},
    [OPT_HELP] = {"help", NULL, 'h', NULL, N_("say what there is and end")},
    [OPT_ALL] = {"all", NULL, 0, NULL, N_("every site, one's own first (as without it)")},
    [OPT_MINE] = {"mine", NULL, 0, NULL, N_("only what one's own site has or is served by")},
    [OPT_GROUP] = {"group", NULL, 0, N_("NAME"), N_("only the sites of this group")},
    [OPT_LIMIT] = {"limit", NULL, 0, N_("N"), N_("at most N entries (find: 50, who: 5)")},
    [OPT_JSON] = {"json", NULL, 0, NULL, N_("the answer as JSON, always in UTF-8")},
    [OPT_TSV] = {"tsv", NULL, 0, NULL,
                 N_("the answer as tab-separated lines under a header line, always in UTF-8")},
    [OPT_AT] =
        {"at", NULL, 0, N_("TIME"),
         N_(
             "as it is at another time: \"sun 03:00\", 03:00, 2026-11-29 03:00; the next to come, "
             "at the site one stands at; of an hour that the clock shows twice \"02:30 summer\" or "
             "\"02:30 winter\"")},
    [OPT_BOARD] = {"board", NULL, 0, NULL, N_("the emergency codes of the site, in big digits")},
    [OPT_LIST] = {"list", NULL, 0, NULL, N_("every entry of the site, unit by unit")},
    [OPT_UNIT] = {"unit", NULL, 0, N_("PATH"), N_("one unit of the site and what is below it")},
    [OPT_CARD] = {"card", NULL, 0, N_("UUID"), N_("one entry with all that is known of it")},
    [OPT_SCENARIO] = {"scenario", NULL, 0, N_("DOMAIN"),
                      N_("what to do first when that failure domain fails, and whom to call")},
    [OPT_OUT] = {"out", NULL, 0, N_("FILE"), N_("write the sheet to a file; - is standard output")},
    [OPT_PRINTER] = {"printer", NULL, 0, N_("NAME"),
                     N_("the printer to send the sheet to, as lp -d knows it")},
    [OPT_VALID_DAYS] = {"valid-days", NULL, 0, N_("N"),
                        N_("the sheet says that it is valid for N days (7)")},
    [OPT_UNTIL] =
        {"until", NULL, 0, N_("TIME"),
         N_("until when it holds: 2h (from now), 3d, 08:30, \"sun 08:30\", \"2026-12-01 08:30\"")},
    [OPT_INITIALS] = {"initials", NULL, 0, N_("LETTERS"), N_("who writes it")},
    [OPT_OF] = {"of", NULL, 0, N_("NUMBER"), N_("of which contact point: its number or its UUID")},
    [OPT_REASON] = {"reason", NULL, 0, N_("TEXT"), N_("why")},
    [OPT_DIRECTION] =
        {
            "direction", NULL, 0, N_("WORDS"),
            N_("which calls fail: of inside, inbound and outbound, joined by commas; all "
               "unless said")},
    [OPT_AUDIENCE] = {"audience", NULL, 0, N_("WORD"),
                      N_("who may read it: public, clinical, switchboard or restricted; as what it "
                         "is about unless said")},
    [OPT_SINCE] = {"since", NULL, 0, N_("TIME"),
                   N_("since when (8h): 12h, 2d, 22:00, \"sun 22:00\", \"2026-12-01 22:00\"")},
    [OPT_DAYS] = {"days", NULL, 0, N_("N"), N_("overdue is what nobody tested for N days (90)")},
    [OPT_ROUND] = {"round", NULL, 0, NULL,
                   N_("the red phones and pagers of the site, to be tested on foot")},
    [OPT_DOMAIN] = {"domain", NULL, 0, N_("CODES"),
                    N_("the failure domains that are played, joined by commas")},
    [OPT_TERMINALS] = {"terminals", NULL, 0, N_("NAMES"),
                       N_("the terminals that take part beside this one, joined by commas, as "
                          "their tocsin.conf names them")},
    [OPT_CHASE] = {"chase", NULL, 0, NULL,
                   N_("the chase list: what a night left, what the day to come lacks")},
    [OPT_ON_CALL] =
        {"oncall", NULL, 0, NULL,
         N_("who is on call now at the site, gaps first, with the number to try first")},
    [OPT_CUT_OFF] = {"cut-off", NULL, 0, NULL,
                     N_("what is cut off now: who has no number left, and whom to call instead")},
    [OPT_WHAT_IF] = {"what-if", NULL, 0, N_("DOMAIN"),
                     N_("what would be cut off if that failure domain were down too")},
    [OPT_COVER] = {"cover", NULL, 0, N_("ENTRY"),
                   N_("who stands in: a UUID, or a query that fits one entry alone")},
    [OPT_BEGIN] = {"begin", NULL, 0, N_("TIME"),
                   N_("from when it holds, said as --until is; at once unless said")},
};

const enum option_id options_global[] = {OPT_SCOPE,   OPT_CONFIG, OPT_SITE, OPT_FROM, OPT_PLAN,
                                         OPT_PLAIN,   OPT_KIOSK,  OPT_LANG, OPT_REAL, OPT_VERSION,
                                         OPT_VERBOSE, OPT_HELP,   OPT_NONE};

enum { LONG_MAX_COUNT = 2 * OPT_COUNT + 1, ID_BASE = 256 };

/* Adds the ids as getopt_long(3) wants them. */
static size_t add_long(struct option *to, size_t n, const enum option_id *ids) {
  for (; *ids != OPT_NONE; ids++) {
    const struct option_row *row = &rows[*ids];
    int takes = row->argument ? required_argument : no_argument;
    to[n++] = (struct option){row->name, takes, NULL, ID_BASE + (int)*ids};
    if (row->also)
      to[n++] = (struct option){row->also, takes, NULL, ID_BASE + (int)*ids};
  }
  to[n] = (struct option){0};
  return n;
}

static tc_status take(struct options *out, enum option_id id, struct tc_error *err) {
  out->value[id] = rows[id].argument ? optarg : "";
  if (id == OPT_FROM) {
    out->set = set_kind_from_word(optarg);
    if (out->set < 0)
      return tc_fail(err, TC_USAGE, _("--from must be ward, red, mobile or outside; it is \"%s\""),
                     optarg);
  }
  return TC_OK;
}

/* One step of getopt_long(); operands are given back as letter 1 (the '-' of the letters). */
static tc_status step(struct options *out, int argc, char **argv, const char *letters,
                      const struct option *longs, int *got, struct tc_error *err) {
  int before = optind > 0 ? optind : 1; /* 0: getopt is about to begin anew, at 1 */
  opterr = 0;
  *got = getopt_long(argc, argv, letters, longs, NULL);
  switch (*got) {
  case ':':
    return tc_fail(err, TC_USAGE, _("option %s needs a value; see tocsin --help"),
                   argv[optind - 1]);
  case '?':
    return tc_fail(err, TC_USAGE, _("option %s is not one of this command; see tocsin --help"),
                   before < argc ? argv[before] : argv[argc - 1]);
  case 'h':
    return take(out, OPT_HELP, err);
  case 'V':
    return take(out, OPT_VERSION, err);
  default:
    return *got > ID_BASE ? take(out, (enum option_id)(*got - ID_BASE), err) : TC_OK;
  }
}

tc_status options_read(struct options *out, int argc, char **argv, struct tc_error *err) {
  struct option longs[LONG_MAX_COUNT];
  add_long(longs, 0, options_global);
  *out = (struct options){.set = -1};
  optind = 0;
  for (int got = 0; got != -1;) {
    tc_status status = step(out, argc, argv, "+:hV", longs, &got, err);
    if (status != TC_OK)
      return status;
  }
  out->rest = optind;
  return TC_OK;
}

tc_status options_read_command(struct options *out, int argc, char **argv,
                               const enum option_id *own, const char **room, struct tc_error *err) {
  struct option longs[LONG_MAX_COUNT];
  add_long(longs, add_long(longs, 0, options_global), own);
  out->operands = room;
  out->operand_count = 0;
  optind = 0;
  for (int got = 0; got != -1;) {
    tc_status status = step(out, argc, argv, "-:hV", longs, &got, err);
    if (status != TC_OK)
      return status;
    if (got == 1)
      room[out->operand_count++] = optarg;
  }
  while (optind < argc) /* behind -- */
    room[out->operand_count++] = argv[optind++];
  return TC_OK;
}

tc_status option_number(const struct options *o, enum option_id id, long least, long most,
                        long *out, struct tc_error *err) {
  const char *value = o->value[id];
  if (!value)
    return TC_OK;
  char *end;
  errno = 0;
  long n = strtol(value, &end, 10);
  if (end == value || *end || errno || n < least || n > most)
    return tc_fail(err, TC_USAGE, _("--%s must be a number from %ld to %ld; it is \"%s\""),
                   rows[id].name, least, most, value);
  *out = n;
  return TC_OK;
}

/* Puts a given value over the configuration's. */
static tc_status put_over(char *to, size_t cap, const struct options *o, enum option_id id,
                          struct tc_error *err) {
  const char *value = o->value[id];
  if (!value)
    return TC_OK;
  if (strlen(value) >= cap)
    return tc_fail(err, TC_USAGE, _("the value of --%s is longer than %zu bytes"), rows[id].name,
                   cap - 1);
  memcpy(to, value, strlen(value) + 1);
  return TC_OK;
}

tc_status options_config(struct config *out, const struct options *o, struct tc_error *err) {
  bool kiosk = option_given(o, OPT_KIOSK);
  tc_status status = config_read(out, kiosk ? CONFIG_OF_MACHINE : o->value[OPT_CONFIG], err);
  if (kiosk)
    out->desk = false; /* nothing of anybody is kept */
  if (status == TC_OK)
    status = put_over(out->scope, sizeof out->scope, o, OPT_SCOPE, err);
  if (status == TC_OK)
    status = put_over(out->site, sizeof out->site, o, OPT_SITE, err);
  if (status == TC_OK && option_given(o, OPT_SITE))
    out->plan[0] = '\0'; /* the configuration's plan is that of the phone at its own site */
  if (status == TC_OK)
    status = put_over(out->plan, sizeof out->plan, o, OPT_PLAN, err);
  if (status == TC_OK)
    status = put_over(out->language, sizeof out->language, o, OPT_LANG, err);
  if (status == TC_OK && o->set >= 0)
    out->set = o->set;
  return status;
}

void options_help(struct buffer *out, const enum option_id *ids) {
  enum { HELP_AT = 22, HELP_CAP = 96 };
  for (; *ids != OPT_NONE; ids++) {
    const struct option_row *row = &rows[*ids];
    char left[HELP_CAP], letter[8] = "";
    if (row->letter)
      snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, row->name, row->argument ? " " : "",
             row->argument ? _(row->argument) : "");
    size_t used = utf8_width(left, strlen(left));
    buffer_add_text(out, left);
    if (used + 2 > HELP_AT) {
      buffer_add_char(out, '\n');
      used = 0;
    }
    buffer_printf(out, "%*s%s\n", (int)(HELP_AT - used), "", _(row->help));
  }
}

void options_describe(struct buffer *out, const enum option_id *ids) {
  for (; *ids != OPT_NONE; ids++) {
    const struct option_row *row = &rows[*ids];
    buffer_add_text(out, ".TP\n.B ");
    if (row->letter)
      buffer_printf(out, "\\-%c\\fR, \\fB", row->letter);
    buffer_add_text(out, "\\-\\-");
    for (const char *c = row->name; *c; c++)
      buffer_add_text(out, *c == '-' ? "\\-" : (char[]){*c, '\0'});
    if (row->also)
      buffer_printf(out, "\\fR, \\fB\\-\\-%s", row->also);
    if (row->argument)
      buffer_printf(out, " \\fI%s", row->argument);
    buffer_add_text(out, "\\fR\n");
    for (const char *c = row->help; *c; c++)
      buffer_add_text(out, *c == '-' ? "\\-" : (char[]){*c, '\0'});
    buffer_add_text(out, ".\n");
  }
}
