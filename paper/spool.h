/* Where a finished sheet goes.  Text is UTF-8 and leaves in the character set of the locale. */
#ifndef TC_PAPER_SPOOL_H
#define TC_PAPER_SPOOL_H

#include "base/buffer.h"
#include "base/status.h"

/* How long lp may take to accept a sheet: for a command; for a screen, which it holds meanwhile. */
enum { SPOOL_WAIT_MS = 20000, SPOOL_SCREEN_WAIT_MS = 2000 };

/* Hands the sheet to lp(1), started without a shell.  printer: a name that lp -d knows; "": the
 * default one.  title is the name of the job.  TC_UNAVAILABLE with what lp said: there is no lp, it
 * refused, or it did not answer in wait_ms.  TC_BUSY: nor did it end when it was killed, the last
 * time, and has not yet. */
TC_MUST_CHECK tc_status spool_printer(const struct buffer *sheet, const char *printer,
                                      const char *title, int wait_ms, struct tc_error *err);

/* Writes it to a file, replaced all at once; "-" is standard output.  TC_IO, TC_FULL, TC_DENIED. */
TC_MUST_CHECK tc_status spool_file(const struct buffer *sheet, const char *path,
                                   struct tc_error *err);

#endif
