/* The inside of a struct cache, for the files of this room. */
#ifndef TC_DB_HANDLE_H
#define TC_DB_HANDLE_H

#include "db/cache.h"
#include "db/generation.h"
#include "db/red_phones.h"
#include "db/store.h"
#include "db/words.h"
#include "db/written.h"

/* What a site is found by: its marker, and its folded words, each between spaces. */
struct site_words {
  const char *marker; /* "@sab" */
  const char *code;   /* " sab " */
  const char *names;  /* " saint aubin st " */
};

struct cache {
  struct store store;
  char scope_dir[GENERATION_PATH];
  struct generation generation;
  uint64_t stamp;       /* of the pointer when it was read */
  int64_t data_version; /* of the file when it was read */
  uint64_t files;       /* frozen: its files when it was opened */
  struct cache_info info;
  struct house house;
  struct arena house_arena;
  struct site_words *site_words;    /* of each site of the house, in the house's arena */
  struct words words;               /* follows the database, query by query */
  bool proves_later;                /* search_prove() is called in idle time */
  const struct incident *incidents; /* of the records alone, in the house's arena */
  size_t incident_count;
  struct act_held *tried; /* what other switchboards tried, in the house's arena */
  size_t tried_count;
  const struct exercise *exercises; /* likewise */
  size_t exercise_count;
  int reading;          /* how many read transactions are in each other: one of the database */
  enum audience hidden; /* parts from this audience on are not shown; AUDIENCE_NONE: all are */
  bool damaged;         /* something was met that could not be read (cache_whole) */
  struct red_phones red_phones;
  struct written written; /* what this machine wrote, folded into every entry that is read */
};

/* place_entry(), with what was written here folded in and no masked number left in its words
 * (core/mask.h). */
TC_MUST_CHECK tc_status cache_place(struct cache *c, int64_t id, struct arena *arena,
                                    struct entry *out, struct tc_error *err);
/* The same with its words as they are. */
TC_MUST_CHECK tc_status cache_place_clear(struct cache *c, int64_t id, struct arena *arena,
                                          struct entry *out, struct tc_error *err);

/* Notes that what was read is damaged, where it is; the status as it came. */
tc_status cache_met(struct cache *c, tc_status status);

/* One read transaction around what follows, so that all of it is of one revision; one within
 * another is that one. */
TC_MUST_CHECK tc_status cache_begin(struct cache *c, struct tc_error *err);
void cache_end(struct cache *c);

/* The same, with the search index as of that revision; WORDS_FIRST: of codes and services. */
TC_MUST_CHECK tc_status cache_begin_words(struct cache *c, enum words_reach reach,
                                          struct tc_error *err);

#endif
