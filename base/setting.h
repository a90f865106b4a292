/* A table of settings: what a section of tocsin.conf may say, and where it goes.  The parser, the
 * sample file and tocsin.conf(5) come from the same rows. */
#ifndef TC_BASE_SETTING_H
#define TC_BASE_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"

enum setting_kind {
  SETTING_TEXT,
  SETTING_COUNTRY,
  SETTING_PATH,
  SETTING_YES_NO,
  SETTING_CHOICE,
  SETTING_NUMBER
};

struct setting_spec {
  const char *section, *name;
  enum setting_kind kind;
  size_t offset, size; /* of the member: char[size], bool (YES_NO), int (CHOICE, NUMBER) */
  const char *built_in;
  const char *words; /* CHOICE: separated by | in the enum's order */
  int least, most;   /* NUMBER */
  const char *help;  /* English, as the manual and the sample file are */
};

/* offset and size of a member, for a row of the table. */
#define SETTING_AT(type, member) offsetof(type, member), sizeof((type *)0)->member

struct setting_section {
  const char *name, *help;
};

struct setting_table {
  const struct setting_spec *rows;
  size_t count;
  const struct setting_section *sections;
  size_t section_count;
};

/* The row of a name in a section, or NULL; case does not count. */
const struct setting_spec *setting_find(const struct setting_table *t, const char *section,
                                        const char *name);

/* Puts a value into its member of the struct at base.  TC_CONFIG: the row does not take it. */
TC_MUST_CHECK tc_status setting_set(void *base, const struct setting_spec *row, const char *value,
                                    struct tc_error *err);

/* Every row of a section ("": all) to what is built in. */
TC_MUST_CHECK tc_status setting_defaults(void *base, const struct setting_table *t,
                                         const char *section, struct tc_error *err);

/* Appends what tocsin.conf(5) says of each, as roff (man(7)). */
void setting_describe(struct buffer *out, const struct setting_table *t);

/* Appends the sample: every row, commented out, with what it is for. */
void setting_sample(struct buffer *out, const struct setting_table *t);

#endif
