/* What is masked anywhere, in words that are of nobody: of an incident, of a step that names
 * nobody, of another entry, in the path of a unit.  By the search index, which knows every masked
 * number whole (document.h); where that is damaged such words stay as they are, since what an
 * outage's words say must be readable.  Private to db/. */
#ifndef TC_DB_MASKED_H
#define TC_DB_MASKED_H

#include "db/handle.h"

/* site: where the words are, or the code of a numbering plan: a short number is one of there; "":
 * nowhere, and short ones stay. */
TC_MUST_CHECK tc_status masked_text(struct cache *c, const char *site, const char **text,
                                    struct arena *arena, struct tc_error *err);

/* Words about an entry, at its site and in its plans. */
TC_MUST_CHECK tc_status masked_about(struct cache *c, const struct entry *of, const char **text,
                                     struct arena *arena, struct tc_error *err);

/* All words of an entry, and the path of its unit. */
TC_MUST_CHECK tc_status masked_entry(struct cache *c, struct entry *e, struct arena *arena,
                                     struct tc_error *err);

/* The reasons of incidents and by whom, neither where it is for whom parts are hidden from: the
 * list itself, or another where some are not as they were; NULL: no memory. */
const struct incident *masked_incidents(struct cache *c, const struct incident *list, size_t count,
                                        struct arena *arena);

/* The names of sites, plans, failure domains and calendars; any: some are not as they were.  false:
 * no memory. */
bool masked_house(struct cache *c, struct house *house, struct arena *arena, bool *any);

/* Those of exercises, which are also the reasons of what they play: the list itself, or another;
 * NULL: no memory. */
const struct exercise *masked_exercises(struct cache *c, const struct exercise *list, size_t count,
                                        struct arena *arena);

/* The path of a unit as it is stored, of what masked_text() made of it; itself where there is none
 * such. */
TC_MUST_CHECK tc_status masked_unit(struct cache *c, const char *site, const char **path,
                                    struct arena *arena, struct tc_error *err);

#endif
