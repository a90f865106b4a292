#include "base/log.h"

#include <stdarg.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

enum { LINE_MAX_BYTES = 2000 };

static void write_line(const struct log *log, enum log_level level, const char *text) {
  static const int priorities[] = {3, 4, 5, 7}; /* syslog(3) */
  struct buffer line = BUFFER_INIT;
  if (log->journal)
    buffer_printf(&line, "<%d>", priorities[level]);
  else
    buffer_printf(&line, "%s: ", log->program);
  utf8_display(&line, text, strlen(text), false);
  buffer_add_char(&line, '\n');
  /* One call, so that lines of two programs on one stream do not mix. */
  if (line.status == TC_OK)
    fwrite(line.data, 1, line.len, log->out);
  fflush(log->out);
  buffer_free(&line);
}

void log_line(const struct log *log, enum log_level level, const char *fmt, ...) {
  if (!log || level > log->level)
    return;
  char text[LINE_MAX_BYTES];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  write_line(log, level, text);
}

void log_error(const struct log *log, const struct tc_error *err) {
  char text[LINE_MAX_BYTES];
  if (log)
    write_line(log, LOG_ERROR_LEVEL, tc_error_line(err, text, sizeof text));
}
