/* A row of a rota: who holds a role, from when to when. */
#ifndef TC_SYNC_ROTA_ROW_H
#define TC_SYNC_ROTA_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/directory.h"

/* What a map fills; texts as the file has them. */
struct rota_row {
  struct uuid uuid; /* not used: every kind that a map makes has one */
  enum audience audience;
  const char *role, *role_id, *site, *unit;
  const char *holder, *holder_id;
  const char *number, *plan;
  const char *from, *until;
  int64_t line; /* 0: not said */
  int64_t travel;
  bool at_home;
};

/* Reads a local time as people write it: "2026-11-24 08:30" (or a T between), "24/11/2026 8h30",
 * with dots or hyphens too; month first where the country is US; a date alone is its midnight;
 * 24:00 is the next midnight.  A year has four digits.  *wall as civil.h has it.  false: it is
 * none. */
bool rota_time(const char *text, const char *country, int64_t *wall);

/* The same, or a time alone ("08:30", "8h"): the first such time after `behind`. */
bool rota_time_behind(const char *text, const char *country, int64_t behind, int64_t *wall);

#endif
