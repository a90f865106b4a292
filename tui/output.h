/* How a command gives its answer to standard output. */
#ifndef TC_TUI_OUTPUT_H
#define TC_TUI_OUTPUT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"
#include "db/cache.h"

/* Appends an object as JSON, all beyond ASCII escaped, and lets go of it.  NULL: no memory. */
TC_MUST_CHECK tc_status output_json(struct buffer *out, json_t *object, struct tc_error *err);

/* Puts the mark and a space before every line from that byte on: what they say is not what is so.
 * "" : nothing. */
void output_mark(struct buffer *out, size_t from, const char *mark);

/* Writes it whole: bytes as they are, or text in what the locale can show. */
TC_MUST_CHECK tc_status output_write(const struct buffer *out, bool bytes, struct tc_error *err);

/* Says a line beside the answer, on standard error: "tocsin: ...". */
void output_aside(const char *text);

/* That some of what was written at this machine cannot be read, where it is so: what is answered
 * may lack it. */
void output_aside_lost(const struct cache *cache);

#endif
