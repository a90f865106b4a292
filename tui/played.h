/* The exercise that is played here, in words and as JSON. */
#ifndef TC_TUI_PLAYED_H
#define TC_TUI_PLAYED_H

#include <jansson.h>

#include "base/buffer.h"
#include "core/exercise.h"
#include "tui/setup.h"

/* Appends the line above an answer: which exercise, until when, and how the real answer is had;
 * nothing where setup_played() says none. */
void played_text(struct buffer *out, const struct setup *setup);

/* {"uuid", "name", "until"}; NULL: no memory, or none is played. */
json_t *played_json(const struct setup *setup);

/* The whole answer, which is taken over, with "exercise" in it where one is played; NULL: no
 * memory, and never an answer of an exercise that does not say so. */
json_t *played_answer(json_t *whole, const struct setup *setup);

/* Why it stopped or what it does, translated: "Exercise ended: real incident PBX Saint-Aubin". */
void played_fate(struct buffer *out, const struct exercise *exercise, const struct house *house,
                 int64_t now);

#endif
