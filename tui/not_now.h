/* What stands above an answer of another time (--at). */
#ifndef TC_TUI_NOT_NOW_H
#define TC_TUI_NOT_NOW_H

#include "base/buffer.h"
#include "tui/setup.h"

/* Appends "! NOT NOW: as at Sun 03:00", and that the clock it was counted from is behind the
 * directory where it is; nothing where the answer is of now. */
void not_now_text(struct buffer *out, const struct setup *setup, int64_t at);

#endif
