/* A numbered dialogue for terminals that cannot place their cursor, and for screen readers: at most
 * nine rows, one digit picks one, a letter alone does one thing, anything longer searches. */
#ifndef TC_TUI_PLAIN_H
#define TC_TUI_PLAIN_H

#include <stdio.h>

#include "base/buffer.h"
#include "base/status.h"
#include "tui/setup.h"

/* Until the end of input or "q".  TC_IO: writing failed. */
TC_MUST_CHECK tc_status plain_run(struct setup *setup, FILE *in, FILE *out, struct tc_error *err);

/* Appends what tocsin(1) says of the letters, as roff. */
void plain_describe(struct buffer *out);

#endif
