/* The inside of a struct cache, for the files of this room. */
#ifndef TC_DB_HANDLE_H
#define TC_DB_HANDLE_H

#include "db/cache.h"
#include "db/generation.h"
#include "db/store.h"
#include "db/terms.h"

struct cache {
  struct store store;
  char scope_dir[GENERATION_PATH];
  struct generation generation;
  uint64_t stamp;       /* of the pointer when it was read */
  int64_t data_version; /* of the file when it was read */
  struct cache_info info;
  struct house house;
  struct arena house_arena;
  struct terms *terms; /* read when first needed; NULL before */
};

/* One read transaction around what follows, so that all of it is of one revision. */
TC_MUST_CHECK tc_status cache_begin(struct cache *c, struct tc_error *err);
void cache_end(struct cache *c);

#endif
