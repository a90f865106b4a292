/* A red phone or a pager of the walk list, in words. */
#ifndef TC_TUI_WALK_TEXT_H
#define TC_TUI_WALK_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "core/reach.h"
#include "db/walk.h"

/* Appends "SAB Pav. Alma 2e Réanimation chirurgicale"; site: with its code. */
void walk_place(struct buffer *out, const struct walk_row *row, bool site);

/* Its number as its card shows it, or that it is masked; of one that cannot be dialled from here (a
 * red phone from a ward phone) as it stands on the set.  Memory from the arena. */
const char *walk_number(const struct walk_row *row, const struct reach_world *world,
                        struct arena *arena);

/* What an incident says of it, as such a phone dials it: "DOWN", "not confirmed since 15:14"; "".
 */
const char *walk_mark(const struct walk_row *row, const struct reach_world *world,
                      struct arena *arena);

/* Appends ", couloir", where the set does not stand where its entry is. */
void walk_stands(struct buffer *out, const struct walk_row *row);

/* Appends when it was tested: "silent, 03:14 (not confirmed)", "OVERDUE, never tested", "tested 12
 * Nov (10 d)". */
void walk_tested(struct buffer *out, const struct walk_row *row, int64_t now);

/* Appends all of it: "SAB Pav. Alma 2e Réanimation chirurgicale  red phone 7700  DOWN  OVERDUE,
 * never tested", with "! " before what is to be tested, else two blanks. */
void walk_line(struct buffer *out, const struct walk_row *row, const struct reach_world *world,
               int64_t now, struct arena *arena);

/* Appends the same in a few columns: "silent 03:14", "never", "10 d". */
void walk_age(struct buffer *out, const struct walk_row *row, int64_t now);

#endif
