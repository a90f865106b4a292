/* The one process of a kiosk that may run another program: it is made before the kiosk locks itself
 * in, takes sheets over a socket pair, and hands them to lp for the printer it was made for. */
#ifndef TC_TUI_PRINT_HELPER_H
#define TC_TUI_PRINT_HELPER_H

#include "base/buffer.h"
#include "base/status.h"

enum { PRINT_SHEET_MAX = 8 * 1024 * 1024, PRINT_TITLE = 64 };

/* Makes it; printer is copied.  *fd is this side of it, closed at the end of the program, which
 * ends the helper.  TC_NO_MEMORY, TC_IO. */
TC_MUST_CHECK tc_status print_helper_start(int *fd, const char *printer, struct tc_error *err);

/* Hands a sheet over and waits for what became of it, as spool_printer(). */
TC_MUST_CHECK tc_status print_helper_send(int fd, const struct buffer *sheet, const char *title,
                                          struct tc_error *err);

#endif
