#include "tests/lib/typed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/record.h"
#include "db/writer.h"

static void add_query(struct typed *t, const char *text) {
  if (t->count < TYPED_QUERIES && *text && strlen(text) < TYPED_MAX)
    memcpy(t->queries[t->count++], text, strlen(text) + 1);
}

/* The queries that one entry suggests, of a sort chosen by turn. */
static void suggest(struct typed *t, const struct entry *e, unsigned turn) {
  struct arena arena = ARENA_INIT;
  struct fold_words w;
  char text[512];
  if (fold_split(&w, e->name, strlen(e->name), &arena, NULL) != TC_OK || w.count == 0 ||
      w.items[0].len > 20 || strlen(e->name) > 60) {
    arena_free(&arena);
    return;
  }
  const char *first = w.items[0].text, *second = w.count > 1 ? w.items[1].text : "";
  switch (turn % 10) {
  case 0: /* a name or a service */
    add_query(t, first);
    break;
  case 1: /* as it is written, accents and all */
    add_query(t, e->name);
    break;
  case 2: /* the beginnings of two words */
    snprintf(text, sizeof text, "%.3s %.3s", first, second);
    add_query(t, text);
    break;
  case 3: /* the other way round, and the site */
    snprintf(text, sizeof text, "%.4s %.4s %s", second, first, e->site);
    add_query(t, text);
    break;
  case 4: /* a number as dialled */
    add_query(t, e->contact_count ? e->contacts[0].number : "");
    break;
  case 5: /* the end of a public number */
    for (size_t i = 0; i < e->contact_count; i++)
      if (strlen(e->contacts[i].e164) > 6) {
        add_query(t, e->contacts[i].e164 + strlen(e->contacts[i].e164) - 6);
        break;
      }
    break;
  case 6: /* two letters swapped */
    snprintf(text, sizeof text, "%s", first);
    if (strlen(text) > 4) {
      char c = text[2];
      text[2] = text[3];
      text[3] = c;
    }
    add_query(t, text);
    break;
  case 7: { /* as heard: one of two equal letters is not */
    size_t n = 0;
    for (size_t i = 0; first[i]; i++)
      if (i == 0 || first[i] != first[i - 1])
        text[n++] = first[i];
    text[n] = '\0';
    add_query(t, text);
    break;
  }
  case 8: /* a kind */
    snprintf(text, sizeof text, "fax %.5s", first);
    add_query(t, text);
    break;
  default: /* one letter */
    snprintf(text, sizeof text, "%.1s", first);
    add_query(t, text);
  }
  arena_free(&arena);
}

void typed_choose(struct typed *t, const char *scope_dir, int64_t records) {
  struct tc_error err = {.status = TC_OK};
  struct record_cursor *cur;
  struct arena arena = ARENA_INIT;
  const void *bytes;
  size_t len;
  unsigned turn = 0;
  int64_t step = records / TYPED_QUERIES > 0 ? records / TYPED_QUERIES : 1, at = 0;
  if (record_cursor_open(&cur, scope_dir, &err) != TC_OK) {
    fprintf(stderr, "%s\n", err.text);
    exit(tc_exit_code(err.status));
  }
  t->count = 0;
  while (t->count < TYPED_QUERIES && record_cursor_next(cur, &bytes, &len, &err) == TC_OK) {
    struct record r;
    if (at++ % step != 0 || record_decode(&r, bytes, len, &arena, NULL) != TC_OK ||
        r.head.kind != RECORD_ENTRY || !r.entry.name[0])
      continue;
    suggest(t, &r.entry, turn++);
    arena_reset(&arena);
  }
  record_cursor_close(cur);
  arena_free(&arena);
}
