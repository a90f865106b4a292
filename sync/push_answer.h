/* What a source answers about acts, out of the bytes that came.  Pure: no I/O, and nothing of it is
 * believed before it is read whole. */
#ifndef TC_SYNC_PUSH_ANSWER_H
#define TC_SYNC_PUSH_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/act.h"
#include "db/queue.h"

/* Where the source is: a line "generation revision chain chain_at floor"; chain_at: of the revision
 * that was asked about, "-" where the source knows none. */
struct push_facts {
  int64_t revision, floor;
  uint8_t chain[QUEUE_CHAIN];
  bool knows;
  uint8_t chain_at[QUEUE_CHAIN];
};
/* false: it is not that. */
bool push_facts_read(struct push_facts *out, const char *text, size_t len);

/* What became of one act: a word, a tab and a reason for people. */
struct push_answer {
  enum push_said {
    PUSH_LATER,    /* it keeps the act until it is upgraded */
    PUSH_ANSWERED, /* the state is that of the act */
    PUSH_FAILED    /* no word that a source may say */
  } said;
  enum act_state state;
  char reason[500 + 1]; /* one line of UTF-8; "": none */
};
void push_answer_read(struct push_answer *out, const char *text, size_t len);

#endif
