/* Text for whoever stands behind a file descriptor: in the character set of the locale that is set,
 * and harmless. */
#ifndef TC_BASE_EMIT_H
#define TC_BASE_EMIT_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "base/translit.h"

/* What the locale can show. */
enum translit emit_target(void);

/* Appends text of the directory or of a person, on one line: controls, line ends and bidirectional
 * controls as visible marks, as UTF-8. */
void emit_safe(struct buffer *out, const char *text);

/* The same, with a poorer likeness of what target lacks, as a text of the arena: its width is that
 * of what will be seen.  "" where there is no memory. */
const char *emit_shown(struct arena *arena, const char *text, enum translit target);

/* Appends UTF-8 text (its newlines, tabs and form feeds as they are) as bytes of the locale's
 * character set, with a poorer likeness of what that lacks. */
void emit_encode(struct buffer *out, const char *text, size_t len);

/* Writes what emit_encode() makes of it.  TC_IO, TC_FULL: writing failed. */
TC_MUST_CHECK tc_status emit_text(FILE *to, const char *text, size_t len, struct tc_error *err);

/* Writes bytes as they are.  TC_IO, TC_FULL. */
TC_MUST_CHECK tc_status emit_bytes(FILE *to, const void *bytes, size_t len, struct tc_error *err);

/* Flushes, and says whether everything written was taken. */
TC_MUST_CHECK tc_status emit_finish(FILE *to, struct tc_error *err);

#endif
