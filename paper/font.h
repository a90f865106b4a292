/* Letters big enough to be read across a room, made of rows of '#'. */
#ifndef TC_PAPER_FONT_H
#define TC_PAPER_FONT_H

#include <stddef.h>

#include "base/buffer.h"

enum { FONT_ROWS = 5 };

/* Columns that text takes with every dot `scale` columns wide, one dot between letters.  Letters
 * are drawn as capitals without accents; what has no drawing (another script) takes none: -1 then.
 */
int font_width(const char *text, int scale);

/* Appends row 0..FONT_ROWS-1 of text, exactly font_width() columns. */
void font_row(struct buffer *out, const char *text, int row, int scale);

#endif
