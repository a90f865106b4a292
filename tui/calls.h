/* The calls that one PBX carries, of a site or of a part of it: what fails of them. */
#ifndef TC_TUI_CALLS_H
#define TC_TUI_CALLS_H

#include "core/reach.h"

struct calls {
  const struct domain *pbx; /* NULL: not recorded, or any of the site */
  const struct plan *plan;  /* NULL: not known */
  const char *site;         /* "": not the calls of a site, but of that PBX alone */
};

/* Those that fail with a PBX or a trunk.  A PBX that is not the one of its site's usual plan, or
 * that is of red phones, has its own. */
struct calls calls_of(const struct house *house, const struct domain *domain);

/* What all incidents together do to them: sets of directions. */
struct fate {
  uint32_t down;    /* the PBX, or every public trunk, is DOWN */
  uint32_t doubted; /* less than that, or it is not sure */
};
struct fate calls_fate(const struct calls *calls, const struct reach_world *world);

/* Those that fail with a public trunk, as sure as the trunk does: no other is left to them. */
uint32_t calls_lost_with(const struct domain *trunk, const struct incident *incident,
                         const struct reach_world *world);

#endif
