/* The one process of a kiosk that may run another program: it is made before the kiosk locks itself
 * in, takes sheets and the number of a printer over a socket pair, and hands them to lp for that
 * one of the printers that it was made with. */
#ifndef TC_TUI_PRINT_HELPER_H
#define TC_TUI_PRINT_HELPER_H

#include "base/buffer.h"
#include "base/config.h"
#include "base/status.h"

enum { PRINT_SHEET_MAX = 8 * 1024 * 1024, PRINT_TITLE = 64 };

/* Makes it for the printers of the configuration, as they are now.  *fd is this side of it, closed
 * at the end of the program, which ends the helper.  TC_NO_MEMORY, TC_IO. */
TC_MUST_CHECK tc_status print_helper_start(int *fd, const struct config *config,
                                           struct tc_error *err);

/* Hands a sheet over for printer 0, 1 ... and waits for what became of it, as spool_printer().
 * TC_REFUSED: it has no such printer. */
TC_MUST_CHECK tc_status print_helper_send(int fd, size_t printer, const struct buffer *sheet,
                                          const char *title, struct tc_error *err);

#endif
