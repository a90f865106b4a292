/* The ways to a contact point from where one stands: what each needs, and which of them to take.
 * What is pressed comes from core/dial.h, who is reachable from core/reach.h. */
#ifndef TC_CORE_WAY_H
#define TC_CORE_WAY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "core/dial.h"
#include "core/directory.h"
#include "core/incident.h"

/* Where one stands while the points of one entry are looked at. */
struct way_start {
  const struct house *house;
  const struct standpoint *from;
  const char *site;            /* of that entry */
  const struct outage *outage; /* NULL: nothing fails */
  bool trunks_known;           /* the outage of the trunks out of there: kept between points */
  const struct plan *trunks_plan;
  struct outage_state trunks;
  bool carriers_known; /* the same of the mobile carriers */
  struct outage_state carriers;
};

struct way {
  struct dial dial; /* its form alone (dial_form) */
  struct outage_state outage;
  enum direction direction; /* in which it was needed */
  enum set_kind set;        /* the set it is dialled from */
  bool other_set;           /* which is not the one in hand */
};

/* What a contact point of an entry at that site rides on: its own word, else the first rule that
 * fits, else the PBX of its plan (extension, DDI, DECT); domain codes joined by commas, "": not
 * known. */
const char *way_domains(const struct house *house, const char *site, const struct contact *c);

/* The way to take: from the set in hand, over the public network where a tie line fails, else from
 * another set at hand. */
void way_find(struct way *out, struct way_start *start, const struct contact *c,
              const char *domains);

/* What is pressed on that way: only for what is shown, since it costs more than all the rest. */
void way_write(struct dial *out, const struct way_start *start, const struct contact *c,
               enum dial_form form, enum set_kind set);

/* A ward phone of a site of the house; of none that it knows: one without a plan. */
struct standpoint way_ward(const struct house *house, const char *site);

/* Appends what every way from there to a contact point of an entry at that site needs, as bytes
 * that depend on the plans, sites and rules of the house alone: points of the same bytes fail
 * together. A code of 64 KiB or more is TC_TOO_LONG in the buffer. */
void way_needs(struct buffer *out, const struct house *house, const struct standpoint *from,
               const char *site, const struct contact *c);

/* Is there a way of such bytes that is not DOWN?  What way_find() says of the point.  false for
 * bytes that are none. */
bool way_needs_met(const void *bytes, size_t len, struct way_start *start);

#endif
