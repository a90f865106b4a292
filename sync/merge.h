/* One entry of a file beside the same entry of the directory: what the import owns is replaced,
 * what a person or another origin set is kept. */
#ifndef TC_SYNC_MERGE_H
#define TC_SYNC_MERGE_H

#include "core/record.h"
#include "sync/held.h"
#include "sync/map.h"
#include "sync/map_apply.h"
#include "sync/notes.h"
#include "sync/plan.h"

/* Why what a person deleted is not brought back; to be translated. */
extern const char *const merge_dismissed;

/* Writes the parts of an entry.  old: NULL when the directory has none.  dismissed: contact points
 * that are left away.  Appends to item->records
 * what differs from old, and to its details what changed, field by field. */
TC_MUST_CHECK tc_status merge_entry(struct import_plan *plan, struct plan_item *item,
                                    const struct map *m, const struct import_origin *origin,
                                    const struct entry *fresh, const char *key,
                                    const struct held *old, const struct entry_set *dismissed,
                                    struct tc_error *err);

/* The entry is not in the file any more: takes out what this origin made of it.  item->act becomes
 * PLAN_REMOVED, PLAN_CHANGED (another origin shares it) or PLAN_UNCHANGED (left, with a note). */
TC_MUST_CHECK tc_status merge_remove(struct import_plan *plan, struct plan_item *item,
                                     const struct map *m, const struct import_origin *origin,
                                     const struct held *old, struct tc_error *err);

/* A site, plan, domain or rule. */
TC_MUST_CHECK tc_status merge_other(struct import_plan *plan, struct plan_item *item,
                                    const struct map *m, const struct record *fresh,
                                    const struct held *old, struct tc_error *err);

#endif
