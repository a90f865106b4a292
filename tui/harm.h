/* How much harm an incident does: which is told where there is room for one. */
#ifndef TC_TUI_HARM_H
#define TC_TUI_HARM_H

#include "core/reach.h"

/* How many ways of telephony it takes, by itself or through what it takes with it: of each PBX,
 * trunk and carrier the directions, and again for each site whose usual PBX it is.  0: only mail,
 * faxes, what is not telephony. */
size_t harm_to_telephony(const struct incident *incident, const struct reach_world *world);

#endif
