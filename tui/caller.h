/* Calls in work, and the callers put aside with theirs while another one is served or something
 * else is looked at. */
#ifndef TC_TUI_CALLER_H
#define TC_TUI_CALLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "core/act.h"
#include "db/search.h"

enum {
  QUERY_MAX = SEARCH_TEXT_MAX,
  CALL_TRIED_MAX = 16,
  CALL_BEGUN_MAX = 16, /* steps whose beginning is remembered */
  CALL_TEXT = 256,
  CALLERS_MAX = 4,
  CALL_KEPT_S = 3600
};

/* What was typed and found, as F10 puts it aside. */
struct typed {
  char text[QUERY_MAX];
  size_t len, caret;
};

/* A call in work: whose chain is worked, and how far one is. */
struct call {
  struct uuid origin;   /* nil: there is none */
  struct uuid exercise; /* in which it is worked; nil: a real one */
  size_t step, steps;   /* 0: the entry itself */
  struct uuid entry;    /* who is called now, and whose card is open; nil: words only */
  struct uuid tried[CALL_TRIED_MAX]; /* its contact points that were tried */
  size_t tried_count;
  struct uuid paged;             /* of them, where a page waits for a call back; nil */
  int64_t since, wait;           /* this step began; seconds until the next one is due */
  int64_t begun[CALL_BEGUN_MAX]; /* when each step did, for who goes back to it */
  enum attempt_result last;      /* how the last try ended, and when */
  int64_t last_at;
  char name[CALL_TEXT];  /* who is called now */
  char after[CALL_TEXT]; /* whom the last try was for */
  char origin_name[CALL_TEXT];
};

struct caller {
  struct typed typed;
  struct call call;
  bool looked_away; /* nobody else was served: another view was looked at */
};

struct callers {
  struct caller items[CALLERS_MAX]; /* the last one behind */
  size_t count;
};

bool call_in_work(const struct call *call);

/* Takes the call over, with what was typed for it, and leaves none in work.  Where there is no room
 * the oldest is lost, one of a drill before a real one; what was noted of it is not.  false: no
 * call is in work. */
bool callers_put_aside(struct callers *c, struct call *call, const struct typed *typed,
                       bool looked_away);
/* The last one that still waits: after an hour nobody does, and a call of a drill waits in that
 * drill alone (nil: the real ones).  NULL: none.  Borrowed until one is put aside or taken. */
const struct caller *callers_last(const struct callers *c, const struct uuid *exercise,
                                  int64_t now);
/* Takes out what callers_last() gave. */
struct caller callers_take(struct callers *c, const struct caller *caller);
void callers_forget(struct callers *c, const struct uuid *exercise); /* it is over */

#endif
