/* A cell while it is read: its tokens, the numbers found so far, and runs of digits as numbers.
 * Private to the phone files. */
#ifndef TC_CORE_PHONE_READING_H
#define TC_CORE_PHONE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/phone_cell.h"

/* What stands between a number and the one before it, from the weakest. */
enum parting { PART_NONE, PART_BRACKET, PART_DASH, PART_COMMA, PART_SLASH, PART_HARD, PART_RANGE };

struct reading {
  struct phones *out;
  struct cell cell;
  const char *text; /* of the cell */
  const char *home;
  bool internal;
  bool worded;       /* an extension word made the last number */
  bool text_first;   /* words stand before the first number */
  bool text_last;    /* and behind the last */
  bool unknown_text; /* words between the last number and here that may mean anything */
  size_t end;        /* token behind what the last number has taken */
  struct {
    bool certain; /* it is a number whatever words stand beside it */
    bool unknown; /* such words stand beside it */
  } items[PHONE_PER_CELL];
};

static inline const struct token *reading_token(const struct reading *r, size_t i) {
  return &r->cell.tokens[i];
}
static inline bool reading_is(const struct reading *r, size_t i, enum token_kind kind) {
  return i < r->cell.count && reading_token(r, i)->kind == kind;
}
static inline struct phone *reading_last(const struct reading *r) {
  return r->out->count ? &r->out->items[r->out->count - 1] : NULL;
}
static inline bool phone_is_public(const struct phone *p) {
  return p->form == PHONE_E164_FORM;
}

/* Lets the item reach over the tokens from..to-1. */
void reading_cover(const struct reading *r, struct phone *p, size_t from, size_t to);

/* A new item over from..to-1, and r->end behind it.  NULL when there are too many: then the last
 * one says so, and reaches over the rest. */
struct phone *reading_add(struct reading *r, const struct phone *p, size_t from, size_t to);

/* How many digits the tokens have. */
size_t reading_digits(const struct reading *r, size_t from, size_t to);
/* The digits, as far as they fit. */
void reading_copy_digits(const struct reading *r, size_t from, size_t to, char out[PHONE_DIGITS]);
/* Appends to a text of PHONE_DIGITS; false when it does not fit. */
bool reading_put(char *out, const char *digits, size_t count);
/* May a number begin at this token? */
bool reading_group_begins(const struct reading *r, size_t i);

/* Reads the tokens as one number, as far as a plan has it. */
void reading_one(const struct reading *r, size_t from, size_t to, struct phone *out);

/* Is it a number whatever words stand beside it?  Not where anything was mended, nor a bare run of
 * digits in a plan without a trunk prefix. */
bool reading_is_certain(const struct reading *r, const struct phone *p, size_t from, size_t to);

/* Adds what a run of digits is: one number, several, or what continues the number before it. */
void reading_run(struct reading *r, size_t from, size_t to, enum parting parting);

#endif
