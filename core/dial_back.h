/* What somebody typed as a number, read as the set in their hand would dial it. */
#ifndef TC_CORE_DIAL_BACK_H
#define TC_CORE_DIAL_BACK_H

#include "base/status.h"
#include "core/dial.h"

struct dialled_back {
  struct phone phone; /* PHONE_E164_FORM, PHONE_SHORT or PHONE_INTERNAL */
  const char *plan;   /* of an extension; "" for the others.  The house's */
};

/* A number may be typed as anybody writes it ("06 39 98 00 77") or as a screen shows it here, with
 * what is pressed before it ("0 06 39 98 00 77", "81 4 3604").  An extension is one of the plan one
 * stands in, or behind a tie line one of that line's plan: never of the plan of whatever it is
 * written about, where the same digits are somebody else's.  TC_INVALID, with a sentence for
 * whoever typed it: it cannot be read, no range of the plan holds it, no plan is known where one
 * stands, or it can be read as two numbers. */
TC_MUST_CHECK tc_status dial_back(struct dialled_back *out, const struct house *house,
                                  const char *text, const struct standpoint *from,
                                  struct tc_error *err);

/* What the set in hand would ring with digits that begin as it dials another plan, or the public
 * network ("81 4 3604", "0 06 39 98 00 77"): for finding what was typed, which may be another
 * number as anybody writes it.  A short code of the public network ("0 15") has a space behind what
 * is pressed before it, else it is a number of which two digits were typed.  false: they do not
 * begin so, or are an extension of the plan one stands in. */
bool dial_pressed(struct dialled_back *out, const struct house *house, const char *text,
                  const struct standpoint *from);

/* Whose extensions a plan has: the code of the one site that is on it, else the plan's own. */
const char *dial_plan_name(const struct house *house, const char *plan);

#endif
