/* What a program that runs by itself tells: one line an event, on a stream.
 *
 * Never secrets, never numbers of persons: who may read the log may not read the directory. */
#ifndef TC_BASE_LOG_H
#define TC_BASE_LOG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"

enum log_level { LOG_ERROR_LEVEL, LOG_WARNING_LEVEL, LOG_NOTICE_LEVEL, LOG_DEBUG_LEVEL };

struct log {
  FILE *out;
  const char *program;  /* begins each line */
  enum log_level level; /* lines above it are left out */
  bool journal;         /* "<4>" before each line (sd-daemon(3)), and no program name */
};

/* Writes one line.  Controls in the text become visible marks; a line is cut at 2,000 bytes.  A
 * NULL log writes nothing. */
void log_line(const struct log *log, enum log_level level, const char *fmt, ...) TC_PRINTF(3, 4);

/* The same of an error, as "file:row:column: text". */
void log_error(const struct log *log, const struct tc_error *err);

#endif
