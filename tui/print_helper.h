/* The one process of a kiosk that may run another program: it is made before the kiosk locks itself
 * in, takes sheets and the number of a printer over a socket pair, and hands them to lp for that
 * one of the printers that it was made with. */
#ifndef TC_TUI_PRINT_HELPER_H
#define TC_TUI_PRINT_HELPER_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/config.h"
#include "base/status.h"

enum { PRINT_SHEET_MAX = 8 * 1024 * 1024, PRINT_TITLE = 64 };

struct print_helper {
  int fd; /* this side of it, closed at the end of the program, which ends the helper; 0: there
             is none */
  uint64_t sent; /* the number of the last sheet */
  uint64_t due;  /* the one whose answer has not come; 0: none */
};

/* Makes it for the printers of the configuration, as they are now.  TC_NO_MEMORY, TC_IO. */
TC_MUST_CHECK tc_status print_helper_start(struct print_helper *out, const struct config *config,
                                           struct tc_error *err);

/* Hands a sheet over for printer 0, 1 ... and waits for what became of it, as spool_printer(),
 * twice wait_ms at most, whatever lp and the helper do.  TC_BUSY: it still has the sheet before.
 * TC_REFUSED: it has no such printer. */
TC_MUST_CHECK tc_status print_helper_send(struct print_helper *h, size_t printer,
                                          const struct buffer *sheet, const char *title,
                                          int wait_ms, struct tc_error *err);

#endif
