/* Making an act from what a person said: for the commands and for the forms of the screen. */
#ifndef TC_TUI_WRITE_H
#define TC_TUI_WRITE_H

#include "base/arena.h"
#include "core/act.h"
#include "tui/setup.h"

enum { WRITE_NOTE_HOURS = 24 }; /* how long a note holds unless it says otherwise */

/* What every act says beside its own fields.  Text is borrowed. */
struct writing {
  const struct setup *setup;
  const struct entry *entry;
  const char *initials;
  int64_t until;          /* 0: as the kind has it */
  enum audience audience; /* who may read it; AUDIENCE_NONE: who may read what it is about */
  struct arena *arena;    /* of the text of the act */
};

/* Each fills a whole, checked act.  TC_INVALID, TC_USAGE: what is wrong with what was said, for the
 * person who said it. */
TC_MUST_CHECK tc_status write_note(struct act *out, const struct writing *w, const char *text,
                                   struct tc_error *err);

/* number as anybody writes it; contact: whose number it stands in for (NULL: the entry's first). */
TC_MUST_CHECK tc_status write_override(struct act *out, const struct writing *w,
                                       const struct contact *contact, const char *number,
                                       const char *reason, struct tc_error *err);

/* value "" : nothing should stand there.  contact: of a property of one. */
TC_MUST_CHECK tc_status write_suggestion(struct act *out, const struct writing *w,
                                         const struct act_property *property,
                                         const struct contact *contact, const char *value,
                                         const char *text, struct tc_error *err);

TC_MUST_CHECK tc_status write_withdrawal(struct act *out, const struct writing *w,
                                         const struct uuid *act, const char *text,
                                         struct tc_error *err);

/* What becomes of it, as far as this terminal can tell. */
enum act_course write_course(const struct setup *setup, const struct act *act);

/* One sentence of what an act says, translated, in the arena: "temporary number 06 39 98 12 34
 * until 08:30: works". */
const char *write_sentence(const struct act *act, const struct setup *setup, int64_t now,
                           struct arena *arena);

/* What is said of where it is, translated: "not confirmed", "refused: ...". */
const char *write_state(const struct act_held *held, const struct setup *setup,
                        struct arena *arena);

#endif
