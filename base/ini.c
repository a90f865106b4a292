#include "base/ini.h"

#include <ini.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/file.h"
#include "base/i18n.h"

/* One setting that was read, to find the second of its name. */
struct setting {
  const char *section, *name;
  long line;
};

struct reading {
  const char *file;
  const char *at, *end; /* what is left of the text */
  long line;
  ini_each *each;
  void *context;
  struct tc_error *err;
  tc_status status;
  struct arena arena;
  struct setting *seen; /* open addressing by name; INI_SETTINGS_MAX * 2 places */
  size_t seen_count;
};

enum { SEEN_PLACES = INI_SETTINGS_MAX * 2, LINE_ROOM = INI_LINE_LONGEST + 8 };

static tc_status fault(struct reading *r, tc_status status, const char *what) {
  r->status = tc_fail_at(r->err, status, r->file, r->line, 0, "%s", what);
  return r->status;
}

/* What inih would take differently from what is written is refused before it sees it: it cuts long
 * lines and section names, and ends a line at a NUL. */
static bool line_fits(struct reading *r, const char *line, size_t len) {
  if (memchr(line, '\0', len)) {
    fault(r, TC_CONFIG, _("a NUL byte; this is not a text file"));
    return false;
  }
  if (len > INI_LINE_LONGEST) {
    fault(r, TC_CONFIG, _("the line is too long"));
    return false;
  }
  size_t i = 0;
  while (i < len && (line[i] == ' ' || line[i] == '\t'))
    i++;
  if (i < len && line[i] == '[') {
    const char *close = memchr(line + i, ']', len - i);
    if (!close) {
      fault(r, TC_CONFIG, _("a section's name has no ] at its end"));
      return false;
    }
    if ((size_t)(close - line) - i - 1 > INI_SECTION_LONGEST) {
      fault(r, TC_CONFIG, _("the section's name is too long"));
      return false;
    }
  }
  return true;
}

/* inih's fgets: the next line, or NULL at the end and after a fault. */
static char *next_line(char *to, int room, void *context) {
  struct reading *r = context;
  if (r->at == r->end || r->status != TC_OK)
    return NULL;
  size_t left = (size_t)(r->end - r->at), len = 0;
  while (len < left && r->at[len] != '\n' && r->at[len] != '\r')
    len++;
  r->line++;
  if (!line_fits(r, r->at, len) || len + 2 > (size_t)room)
    return NULL;
  memcpy(to, r->at, len);
  to[len] = '\n';
  to[len + 1] = '\0';
  r->at += len;
  if (r->at < r->end && *r->at == '\r') /* CR LF, or a lone CR */
    r->at++;
  if (r->at < r->end && *r->at == '\n')
    r->at++;
  return to;
}

/* The place of a setting in seen[]; line 0: it is new. */
static struct setting *setting_place(struct reading *r, const char *section, const char *name) {
  size_t hash = 5381;
  for (const char *s = section; *s; s++)
    hash = hash * 33 + (unsigned char)*s;
  for (const char *s = name; *s; s++)
    hash = hash * 33 + (unsigned char)*s;
  for (size_t i = hash % SEEN_PLACES;; i = (i + 1) % SEEN_PLACES) {
    struct setting *s = &r->seen[i];
    if (!s->line || (strcmp(s->name, name) == 0 && strcmp(s->section, section) == 0))
      return s;
  }
}

static int take(void *context, const char *section, const char *name, const char *value) {
  struct reading *r = context;
  if (!*name) {
    fault(r, TC_CONFIG, _("there is no name before the ="));
    return 0;
  }
  struct setting *place = setting_place(r, section, name);
  if (place->line) {
    r->status =
        tc_fail_at(r->err, TC_CONFIG, r->file, r->line, 0,
                   _("%s is given twice in [%s], first in line %ld"), name, section, place->line);
    return 0;
  }
  if (r->seen_count == INI_SETTINGS_MAX) {
    fault(r, TC_CONFIG, _("too many settings in one file"));
    return 0;
  }
  place->section = arena_strdup(&r->arena, section);
  place->name = arena_strdup(&r->arena, name);
  if (arena_failed(&r->arena)) {
    fault(r, TC_NO_MEMORY, _("out of memory"));
    return 0;
  }
  place->line = r->line;
  r->seen_count++;
  r->status = r->each(r->context, section, name, value, r->line, r->err);
  if (r->status != TC_OK && r->err && r->err->status != TC_OK && !r->err->file[0]) {
    snprintf(r->err->file, sizeof r->err->file, "%s", r->file);
    r->err->row = r->line;
  }
  return r->status == TC_OK;
}

tc_status ini_read_text(const char *file, const char *text, size_t len, ini_each *each,
                        void *context, struct tc_error *err) {
  struct reading r = {.file = file, .each = each, .context = context, .err = err};
  struct buffer utf8 = BUFFER_INIT;
  if (charset_detect(text, len) == CHARSET_UTF16) {
    fault(&r, TC_CONFIG, _("this is UTF-16; save it as UTF-8"));
    goto out;
  }
  if (charset_detect(text, len) == CHARSET_WINDOWS_1252) {
    charset_from_1252(&utf8, text, len, NULL);
    r.status = buffer_status(&utf8, err);
    if (r.status != TC_OK)
      goto out;
    text = buffer_text(&utf8);
    len = utf8.len;
  }
  size_t bom = charset_bom(text, len);
  r.at = text + bom;
  r.end = text + len;
  r.seen = calloc(SEEN_PLACES, sizeof *r.seen);
  if (!r.seen) {
    fault(&r, TC_NO_MEMORY, _("out of memory"));
    goto out;
  }
  ini_use_stack = false;
  ini_allow_realloc = false;
  ini_initial_alloc = ini_max_line = LINE_ROOM;
  ini_allow_bom = false;
  ini_allow_multiline = false;
  ini_allow_inline_comments = false;
  ini_allow_no_value = false;
  ini_stop_on_first_error = true;
  int result = ini_parse_stream(next_line, &r, take, &r);
  if (r.status != TC_OK)
    goto out;
  if (result == -2)
    fault(&r, TC_NO_MEMORY, _("out of memory"));
  else if (result != 0)
    fault(&r, TC_CONFIG, _("neither [section] nor name = value"));
out:
  free(r.seen);
  arena_free(&r.arena);
  buffer_free(&utf8);
  return r.status;
}

tc_status ini_read_file(const char *path, ini_each *each, void *context, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = file_read(&text, path, INI_FILE_MAX, err);
  if (status == TC_OK)
    status = ini_read_text(path, buffer_text(&text), text.len, each, context, err);
  buffer_free(&text);
  return status;
}
