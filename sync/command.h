/* The commands of tocsin-sync and their options: one table each, from which the command line is
 * read and --help and tocsin-sync(1) are written. */
#ifndef TC_SYNC_COMMAND_H
#define TC_SYNC_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

enum option {
  OPTION_ALLOW_CRITICAL,
  OPTION_ALLOW_DELETED,
  OPTION_ALLOW_REMOVALS,
  OPTION_ANYWAY,
  OPTION_AUDIENCES,
  OPTION_CACHE,
  OPTION_CERTIFICATE,
  OPTION_CONFIG,
  OPTION_DRY_RUN,
  OPTION_ENCODING,
  OPTION_FORMAT,
  OPTION_JSON,
  OPTION_KEY,
  OPTION_MAP,
  OPTION_ORIGIN,
  OPTION_OUTPUT,
  OPTION_QUIET,
  OPTION_SINCE,
  OPTION_SITE,
  OPTION_SNAPSHOT,
  OPTION_SOURCE,
  OPTION_SUBSCRIBER,
  OPTION_TSV,
  OPTION_VERBOSE,
  OPTION_WHOLE,
  OPTION_COUNT
};

struct option_spec {
  const char *name; /* "--dry-run" */
  const char *arg;  /* "FILE"; NULL: none */
  const char *help;
};

struct arguments {
  const char *option[OPTION_COUNT]; /* NULL: not given; "" for one without an argument */
  const char *file;                 /* the operand; NULL: none */
  const char *second;               /* the operand behind it; NULL: none */
  int64_t now;                      /* UTC seconds */
};

struct command {
  const char *name;
  const char *operand; /* "FILE"; NULL: none */
  const char *second;  /* a further one, that may be left out; NULL: none */
  uint32_t options;    /* bit 1 << option */
  uint32_t required;
  tc_status (*run)(const struct arguments *args, struct tc_error *err);
  const char *help; /* one line */
  const char *more; /* paragraphs for the manual; NULL: none */
};

extern const struct option_spec options[OPTION_COUNT];
extern const struct command commands[];
extern const size_t command_count;

/* Reads the words behind the program's name.  TC_USAGE: what is wrong with them. */
TC_MUST_CHECK tc_status command_read(int argc, char **argv, const struct command **out,
                                     struct arguments *args, struct tc_error *err);

void command_usage(struct buffer *out, const struct command *c); /* "import FILE --map MAP ..." */
void command_help(struct buffer *out, const struct command *c);  /* NULL: all commands */
void command_describe(struct buffer *out);                       /* roff for tocsin-sync(1) */

tc_status bundle_run(const struct arguments *args, struct tc_error *err);
tc_status import_run(const struct arguments *args, struct tc_error *err);

/* What --allow-removals and --allow-critical say. */
struct plan_permission;
TC_MUST_CHECK tc_status import_permission(const struct arguments *args, struct plan_permission *out,
                                          struct tc_error *err);

tc_status map_run(const struct arguments *args, struct tc_error *err);
tc_status records_import(const struct arguments *args, struct tc_error *err);
tc_status records_export(const struct arguments *args, struct tc_error *err);
tc_status status_run(const struct arguments *args, struct tc_error *err);
tc_status rebuild_run(const struct arguments *args, struct tc_error *err);
tc_status tidy_run(const struct arguments *args, struct tc_error *err);
tc_status source_run(const struct arguments *args, struct tc_error *err);
tc_status coverage_run(const struct arguments *args, struct tc_error *err);
tc_status snapshot_run(const struct arguments *args, struct tc_error *err);
tc_status check_run(const struct arguments *args, struct tc_error *err);
tc_status suggestions_run(const struct arguments *args, struct tc_error *err);
tc_status pull_run(const struct arguments *args, struct tc_error *err);
tc_status watch_command(const struct arguments *args, struct tc_error *err);

#endif
