/* Memory that is given back all at once.
 *
 * Everything allocated from an arena lives until arena_reset() or arena_free().  Out of memory
 * is sticky: allocations return NULL, and arena_failed() says so at the end. */
#ifndef TC_BASE_ARENA_H
#define TC_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
  struct arena_chunk *head; /* the chunk in use; older ones behind it */
  size_t used;              /* bytes of it in use */
  bool failed;
};

#define ARENA_INIT ((struct arena){0})

void arena_free(struct arena *a);  /* NULL-safe; leaves it ready to be used again */
void arena_reset(struct arena *a); /* forgets all, keeps one chunk for reuse */

void *arena_alloc(struct arena *a, size_t size); /* aligned for any type, not cleared; NULL: none */
void *arena_zalloc(struct arena *a, size_t count, size_t size); /* cleared; NULL also on overflow */
char *arena_copy(struct arena *a, const void *bytes, size_t len); /* with a NUL behind it */
char *arena_strdup(struct arena *a, const char *text);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

bool arena_failed(const struct arena *a);

#endif
