/* The command line of tocsin, from one table: parsing, --help and tocsin(1) follow from it.
 *
 * Global options may stand before the command and after it.  Text is borrowed from argv. */
#ifndef TC_TUI_OPTIONS_H
#define TC_TUI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/config.h"
#include "base/status.h"

/* Every option there is; the first ones are global, the others belong to the commands that list
 * them. */
enum option_id {
  OPT_NONE, /* ends the list of a command */
  OPT_SCOPE,
  OPT_CONFIG,
  OPT_SITE,
  OPT_FROM,
  OPT_PLAN,
  OPT_PLAIN,
  OPT_KIOSK,
  OPT_LANG,
  OPT_REAL,
  OPT_VERSION,
  OPT_VERBOSE,
  OPT_HELP,
  OPT_GLOBAL_END,
  OPT_ALL = OPT_GLOBAL_END,
  OPT_MINE,
  OPT_GROUP,
  OPT_LIMIT,
  OPT_JSON,
  OPT_TSV,
  OPT_AT,
  OPT_BOARD,
  OPT_LIST,
  OPT_UNIT,
  OPT_CARD,
  OPT_SCENARIO,
  OPT_OUT,
  OPT_PRINTER,
  OPT_VALID_DAYS,
  OPT_UNTIL,
  OPT_INITIALS,
  OPT_OF,
  OPT_REASON,
  OPT_AUDIENCE,
  OPT_DIRECTION,
  OPT_SINCE,
  OPT_DAYS,
  OPT_ROUND,
  OPT_DOMAIN,
  OPT_TERMINALS,
  OPT_CHASE,
  OPT_ON_CALL,
  OPT_CUT_OFF,
  OPT_WHAT_IF,
  OPT_COVER,
  OPT_BEGIN,
  OPT_COUNT
};

struct options {
  const char *value[OPT_COUNT]; /* NULL: not given; "" for a given one that takes no value */
  int set;                      /* enum set_kind of --from; -1: not given */
  const char *const *operands;  /* of a command: what is no option */
  int operand_count;
  int rest;       /* options_read(): where the command stands in argv; argc: there is none */
  bool forgiving; /* a screen: what the configuration has wrong is done without (setup_open()) */
};

/* Reads the global options up to the first word that is none: the command.  TC_USAGE with one line
 * that names the option. */
TC_MUST_CHECK tc_status options_read(struct options *out, int argc, char **argv,
                                     struct tc_error *err);

/* Reads what follows a command: argv[0] is its name, own its options (ended by OPT_NONE), *out
 * already holds the global ones.  Operands go to room, which has space for argc. */
TC_MUST_CHECK tc_status options_read_command(struct options *out, int argc, char **argv,
                                             const enum option_id *own, const char **room,
                                             struct tc_error *err);

static inline bool option_given(const struct options *o, enum option_id id) {
  return o->value[id] != NULL;
}

/* A value that must be a whole number from least to most; *out is left alone where the option was
 * not given.  TC_USAGE. */
TC_MUST_CHECK tc_status option_number(const struct options *o, enum option_id id, long least,
                                      long most, long *out, struct tc_error *err);

/* tocsin.conf, with what the command line says put over it.  As config_read(), and TC_USAGE for a
 * value that is too long. */
TC_MUST_CHECK tc_status options_config(struct config *out, const struct options *o,
                                       struct tc_error *err);

/* Appends one line for each of these options as --help shows them, translated. */
void options_help(struct buffer *out, const enum option_id *ids);
extern const enum option_id options_global[]; /* ended by OPT_NONE */

/* The same as roff (man(7)), in English, for tocsin(1). */
void options_describe(struct buffer *out, const enum option_id *ids);

#endif
