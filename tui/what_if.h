/* What is cut off now, or would be if one more domain were down: nothing is declared by asking. */
#ifndef TC_TUI_WHAT_IF_H
#define TC_TUI_WHAT_IF_H

#include "core/cutoff.h"
#include "tui/duty.h"
#include "tui/setup.h"

/* Somebody on call none of whose numbers may be tried. */
struct what_if_holder {
  const struct entry *role;
  const char *name; /* of the holder; "" where nobody is listed */
  const char *next; /* whom to call instead: words and number; "" none */
};

struct what_if {
  struct cutoff cut;
  struct what_if_holder *holders;
  size_t holder_count;
  const struct outage *outage; /* with that domain */
  const struct outage *before; /* what is down already, of another cause; NULL: nothing */
};

/* Would a domain of outage get worse by it?  Else it is so already. */
bool what_if_takes(const struct what_if *w, const struct outage_domain *domain);

/* Counts over the whole directory.  domain "": as it is now.  directions 0: all.  TC_NOT_FOUND: no
 * such domain.  Memory from the arena. */
TC_MUST_CHECK tc_status what_if_read(struct what_if *out, struct setup *setup, const char *domain,
                                     uint32_t directions, struct arena *arena,
                                     struct tc_error *err);

/* The types of entries by how much it matters that they have no number left. */
enum { WHAT_IF_TYPES = 7 };
extern const enum entry_type what_if_types[WHAT_IF_TYPES];

/* "14 services have no number left" */
const char *what_if_lost(enum entry_type type, size_t count, struct arena *arena);

/* "one left": of the numbers of an entry. */
const char *what_if_left(int channels);

/* "What if pbx-sab were DOWN"; "Cut off now" where domain is "". */
const char *what_if_title(const char *domain, bool not_now, struct arena *arena);

/* All of it as a sheet: it holds for two hours, since what fails and what is repaired changes it.
 */
struct paper_job;
struct buffer;
TC_MUST_CHECK tc_status what_if_print(struct buffer *out, const struct paper_job *job,
                                      const struct what_if *w, const char *domain,
                                      const struct setup *setup, struct arena *arena,
                                      struct tc_error *err);

#endif
