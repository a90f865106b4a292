/* What to press: numbering plans of the house, and where one stands. */
#ifndef TC_CORE_DIAL_H
#define TC_CORE_DIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "core/directory.h"
#include "core/phone.h"

enum set_kind {              /* the set in one's hand */
                SET_WARD,    /* an ordinary phone of a plan */
                SET_RED,     /* a red phone */
                SET_MOBILE,  /* on the public mobile network */
                SET_OUTSIDE, /* any public line */
                SET_KIND_COUNT
};

struct standpoint {
  enum set_kind set;
  const char *plan;    /* code of the plan of a ward or red phone; "" for mobile and outside */
  const char *site;    /* code of the site one stands at */
  const char *country; /* ISO 3166 alpha-2 */
};

enum dial_form {
  DIAL_NONE,    /* cannot be dialled from here; reason says why */
  DIAL_BARE,    /* the number alone, same plan */
  DIAL_TIE,     /* tie-line prefix, then the extension */
  DIAL_OUTSIDE, /* the outside prefix, then the public number */
  DIAL_PUBLIC,  /* the public number, from a public line */
  DIAL_ADDRESS, /* not dialled: mail, radio channel */
  DIAL_FORM_COUNT
};

enum { DIAL_MAX = 64 };

struct dial {
  enum dial_form form;
  char press[DIAL_MAX]; /* every key in order, prefix included, no spaces; or the address, "" when
                           longer than this (use contact->number) */
  char shown[DIAL_MAX]; /* the same, grouped for reading ("0 01 99 00 52 31") */
  const char *via;      /* "" or a translated word: "via DDI", "via tie line" */
  const char *reason;   /* DIAL_NONE: a translated sentence */
  const char *domain;   /* code of the domain the way rides on besides the point's own; "" */
};

/* Fills out for one contact point from one standpoint.  A bare extension of another plan is never
 * given: it becomes a tie line, its DDI, or DIAL_NONE. */
void dial_from(struct dial *out, const struct house *house, const struct contact *contact,
               const struct standpoint *from);

/* As it is dialled where it stands itself: within its own plan, from a red phone where that is one,
 * else from a public line. */
void dial_where_it_stands(struct dial *out, const struct house *house,
                          const struct contact *contact, const char *site, const char *country);

/* The same as dial_from() but for the text, which costs the most: press and shown are empty. */
void dial_form(struct dial *out, const struct house *house, const struct contact *contact,
               const struct standpoint *from);

/* A number that is said beside, as somebody wrote it, as the contact point that it would be: see
 * dial_written().  Its text is number's, plan's, the house's and room's. */
void contact_written(struct contact *out, struct phone *room, const struct house *house,
                     const char *number, const char *plan, const char *site,
                     const struct standpoint *from);

/* Fills out for a number that is said beside, as somebody wrote it: a public number where it reads
 * as one, else an extension of the plan, or of the site's where plan is "". */
void dial_written(struct dial *out, const struct house *house, const char *number, const char *plan,
                  const char *site, const struct standpoint *from);

/* The E.164 of an extension in a plan, by the plan's ranges; false where it has none.  out: at
 * least PHONE_E164 bytes. */
bool dial_ddi(char *out, const struct plan *plan, const char *extension);

/* The way back: the extension behind an E.164 number ("+33..."), by the plan's ranges; false where
 * none of them holds it.  out: at least DIAL_MAX bytes. */
bool dial_extension(char *out, const struct plan *plan, const char *e164);

/* The range of the plan that holds an extension; NULL for none. */
const struct plan_range *dial_range(const struct plan *plan, const char *extension);

/* The kind of set that a number without one rings: a mobile by its E.164, an extension by the kind
 * of its range (a cordless phone, a pager); of any other number `otherwise`. */
enum contact_kind dial_kind(const struct house *house, const char *number, const char *plan,
                            const char *e164, enum contact_kind otherwise);

/* Translated words for F5 and the top line ("ward phone"). */
const char *set_kind_text(enum set_kind set);
const char *set_kind_word(enum set_kind set); /* "ward", "red", "mobile", "outside" */
int set_kind_from_word(const char *word);

/* Translated name of a kind of contact point, for a row ("fax machine"). */
const char *contact_kind_text(enum contact_kind kind);

#endif
