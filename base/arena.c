#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
  struct arena_chunk *next;
  size_t size;
  max_align_t data[];
};

/* Each chunk is twice the one before, up to the largest: an arena that is reset again and again
 * soon lives in one chunk. */
enum { ARENA_CHUNK = 16 * 1024, ARENA_CHUNK_MOST = 4 * 1024 * 1024 };
enum { ARENA_ALIGN = _Alignof(max_align_t) };

void arena_free(struct arena *a) {
  if (!a)
    return;
  while (a->head) {
    struct arena_chunk *next = a->head->next;
    free(a->head);
    a->head = next;
  }
  *a = ARENA_INIT;
}

void arena_reset(struct arena *a) {
  while (a->head && a->head->next) { /* the newest is the largest: it stays */
    struct arena_chunk *older = a->head->next;
    a->head->next = older->next;
    free(older);
  }
  a->used = 0;
  a->failed = false;
}

void *arena_alloc(struct arena *a, size_t size) {
  if (size > SIZE_MAX / 2) {
    a->failed = true;
    return NULL;
  }
  size = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
  if (!a->head || a->head->size - a->used < size) {
    size_t want = a->head ? a->head->size * 2 : ARENA_CHUNK;
    if (want > ARENA_CHUNK_MOST)
      want = ARENA_CHUNK_MOST;
    if (want < size)
      want = size;
    struct arena_chunk *chunk = malloc(sizeof *chunk + want);
    if (!chunk) {
      a->failed = true;
      return NULL;
    }
    chunk->next = a->head;
    chunk->size = want;
    a->head = chunk;
    a->used = 0;
  }
  void *at = (char *)a->head->data + a->used;
  a->used += size;
  return at;
}

void *arena_zalloc(struct arena *a, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) {
    a->failed = true;
    return NULL;
  }
  void *at = arena_alloc(a, count * size);
  if (at)
    memset(at, 0, count * size);
  return at;
}

char *arena_copy(struct arena *a, const void *bytes, size_t len) {
  char *at = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;
  if (!at)
    return NULL;
  if (len)
    memcpy(at, bytes, len);
  at[len] = '\0';
  return at;
}

char *arena_strdup(struct arena *a, const char *text) {
  return arena_copy(a, text, strlen(text));
}

char *arena_printf(struct arena *a, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  va_end(args);
  char *at = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
  if (at)
    vsnprintf(at, (size_t)n + 1, fmt, again);
  else
    a->failed = true;
  va_end(again);
  return at;
}

bool arena_failed(const struct arena *a) {
  return a->failed;
}
