/* What the commands that write have in common. */
#ifndef TC_TUI_CMD_WRITE_H
#define TC_TUI_CMD_WRITE_H

#include "base/arena.h"
#include "core/act.h"
#include "tui/options.h"
#include "tui/setup.h"

/* Appends an act to the journal of the account and says so on standard output, as text or JSON; of
 * is what it is about, for people.  As journal_append(), with NOT SAVED before the message. */
TC_MUST_CHECK tc_status write_save(const struct options *o, const struct setup *setup,
                                   const struct act *act, const char *of, struct arena *arena,
                                   struct tc_error *err);

/* tocsin incident what-if: what would be cut off if a domain failed in these directions (0: all).
 */
TC_MUST_CHECK tc_status cmd_what_if(const struct options *o, struct setup *setup,
                                    const char *domain, uint32_t directions, struct arena *arena,
                                    struct tc_error *err);

#endif
