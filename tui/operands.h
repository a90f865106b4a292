/* What stands behind a command and is no option. */
#ifndef TC_TUI_OPERANDS_H
#define TC_TUI_OPERANDS_H

#include "base/arena.h"
#include "base/status.h"
#include "tui/options.h"

/* The words joined by spaces, invalid UTF-8 replaced; text of the arena.  TC_USAGE with missing (a
 * translated sentence) where there is none or only blanks. */
TC_MUST_CHECK tc_status operands_join(const struct options *o, const char *missing,
                                      struct arena *arena, const char **out, struct tc_error *err);

#endif
