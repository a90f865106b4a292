#include "base/setting.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/utf8.h"

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

static tc_status set_text(const struct setting_spec *o, char *to, const char *value,
                          struct tc_error *err) {
  if (strlen(value) >= o->size)
    return tc_fail(err, TC_CONFIG, _("the value of %s is longer than %zu bytes"), o->name,
                   o->size - 1);
  if (!harmless(value))
    return tc_fail(err, TC_CONFIG, _("the value of %s holds control characters"), o->name);
  if (o->kind == SETTING_PATH && value[0] != '/')
    return tc_fail(err, TC_CONFIG, _("%s must be a path from the root, as in %s"), o->name,
                   o->built_in);
  memcpy(to, value, strlen(value) + 1);
  if (o->kind != SETTING_COUNTRY)
    return TC_OK;
  for (char *c = to; *c; c++)
    if (*c >= 'a' && *c <= 'z')
      *c = (char)(*c - 'a' + 'A');
  if (strlen(to) != 2 || strspn(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
    return tc_fail(err, TC_CONFIG, _("%s must be two letters of ISO 3166, as in FR; it is \"%s\""),
                   o->name, value);
  return TC_OK;
}

static tc_status set_number(const struct setting_spec *o, int *to, const char *value,
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

tc_status setting_set(void *base, const struct setting_spec *o, const char *value,
                      struct tc_error *err) {
  static const char *const yes_no = "no|yes|off|on|false|true|0|1";
  void *to = (char *)base + o->offset;
  int which;
  switch (o->kind) {
  case SETTING_YES_NO:
    which = word_index(yes_no, value);
    if (which < 0)
      return tc_fail(err, TC_CONFIG, _("%s must be yes or no; it is \"%s\""), o->name, value);
    *(bool *)to = which % 2 != 0;
    return TC_OK;
  case SETTING_CHOICE:
    which = word_index(o->words, value);
    if (which < 0)
      return tc_fail(err, TC_CONFIG, _("%s must be one of %s; it is \"%s\""), o->name, o->words,
                     value);
    *(int *)to = which;
    return TC_OK;
  case SETTING_NUMBER:
    return set_number(o, to, value, err);
  default:
    return set_text(o, to, value, err);
  }
}

const struct setting_spec *setting_find(const struct setting_table *t, const char *section,
                                        const char *name) {
  for (size_t i = 0; i < t->count; i++)
    if (strcasecmp(t->rows[i].section, section) == 0 && strcasecmp(t->rows[i].name, name) == 0)
      return &t->rows[i];
  return NULL;
}

tc_status setting_defaults(void *base, const struct setting_table *t, const char *section,
                           struct tc_error *err) {
  for (size_t i = 0; i < t->count; i++) {
    if (*section && strcmp(t->rows[i].section, section) != 0)
      continue;
    tc_status status = setting_set(base, &t->rows[i], t->rows[i].built_in, err);
    if (status != TC_OK)
      return status;
  }
  return TC_OK;
}

/* What an option takes, for the manual and the sample. */
static void add_domain(struct buffer *out, const struct setting_spec *o) {
  switch (o->kind) {
  case SETTING_YES_NO:
    buffer_add_text(out, "yes or no");
    break;
  case SETTING_CHOICE:
    for (const char *c = o->words; *c; c++)
      buffer_add_text(out, *c == '|' ? ", " : (char[]){*c, '\0'});
    break;
  case SETTING_NUMBER:
    buffer_printf(out, "%d to %d", o->least, o->most);
    break;
  case SETTING_PATH:
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

void setting_describe(struct buffer *out, const struct setting_table *t) {
  for (size_t s = 0; s < t->section_count; s++) {
    buffer_printf(out, ".SS [%s]\n%s\n", t->sections[s].name, t->sections[s].help);
    for (size_t i = 0; i < t->count; i++) {
      const struct setting_spec *o = &t->rows[i];
      if (strcmp(o->section, t->sections[s].name) != 0)
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

void setting_sample(struct buffer *out, const struct setting_table *t) {
  for (size_t s = 0; s < t->section_count; s++) {
    buffer_printf(out, "\n[%s]\n", t->sections[s].name);
    for (size_t i = 0; i < t->count; i++) {
      const struct setting_spec *o = &t->rows[i];
      if (strcmp(o->section, t->sections[s].name) != 0)
        continue;
      buffer_add_char(out, '\n');
      add_comment(out, o->help);
      buffer_add_text(out, "# (");
      add_domain(out, o);
      buffer_printf(out, ")\n#%s =%s%s\n", o->name, o->built_in[0] ? " " : "", o->built_in);
    }
  }
}
