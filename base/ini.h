/* INI files: tocsin.conf and import maps, one dialect (tocsin.conf(5)).
 *
 * [section], then name = value (or name: value), one a line; a line that begins with # or ; is a
 * comment; blanks around names and values do not count; a value goes to the end of its line, with
 * any # or ; in it.  No continuation lines.  A name may stand once in a section.  UTF-8, with or
 * without a byte order mark; bytes that are not UTF-8 are read as Windows-1252. */
#ifndef TC_BASE_INI_H
#define TC_BASE_INI_H

#include <stddef.h>

#include "base/status.h"

enum {
  INI_FILE_MAX = 1024 * 1024, /* bytes of a file */
  INI_LINE_LONGEST = 4000,    /* bytes of a line */
  INI_SECTION_LONGEST = 48,   /* bytes of a section's name */
  INI_SETTINGS_MAX = 10000    /* name = value lines of a file */
};

/* Called for each setting in the order of the file; section is "" before the first one.  Text is
 * borrowed for the call.  Anything but TC_OK ends the reading with that status.  The error's file
 * and row are filled by ini_read() where each left them empty. */
typedef tc_status ini_each(void *context, const char *section, const char *name, const char *value,
                           long line, struct tc_error *err);

/* TC_CONFIG with file:line: not the grammar above.  TC_NO_INPUT, TC_DENIED, TC_TOO_LONG, TC_IO as
 * file_read().  Not for two threads at once. */
TC_MUST_CHECK tc_status ini_read_file(const char *path, ini_each *each, void *context,
                                      struct tc_error *err);

/* The same of text in memory; file is its name in messages. */
TC_MUST_CHECK tc_status ini_read_text(const char *file, const char *text, size_t len,
                                      ini_each *each, void *context, struct tc_error *err);

#endif
