/* Text for whoever stands behind a file descriptor: in the character set of the locale, and
 * harmless. */
#ifndef TC_TUI_EMIT_H
#define TC_TUI_EMIT_H

#include <stdio.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/translit.h"

/* What the locale that is set can show. */
enum translit emit_target(void);

/* Appends text of the directory or of a person, on one line: controls, line ends and bidirectional
 * controls as visible marks. */
void emit_safe(struct buffer *out, const char *text);

/* Writes UTF-8 text (its newlines and tabs as they are) in the character set of the locale, poorer
 * likenesses for what that lacks.  TC_IO, TC_FULL: writing failed. */
TC_MUST_CHECK tc_status emit_text(FILE *to, const char *text, size_t len, struct tc_error *err);

/* Flushes, and says whether everything written was taken. */
TC_MUST_CHECK tc_status emit_finish(FILE *to, struct tc_error *err);

#endif
