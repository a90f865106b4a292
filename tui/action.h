/* What a person can do: one table from which the keys, the bar, the help screen and the manual
 * page come. */
#ifndef TC_TUI_ACTION_H
#define TC_TUI_ACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "tui/key.h"

enum screen {
  SCREEN_SEARCH,
  SCREEN_CARD,
  SCREEN_DIGITS,
  SCREEN_FAX,
  SCREEN_SITES,
  SCREEN_FROM,
  SCREEN_HELP,
  SCREEN_PRINT,
  SCREEN_WRITE,  /* what to write about the open card */
  SCREEN_FORM,   /* writing it */
  SCREEN_DESK,   /* what was written here */
  SCREEN_ROUND,  /* red phones and pagers, tested one after another */
  SCREEN_GROUPS, /* cascades and crisis cells */
  SCREEN_GROUP,  /* one of them, called one after another */
  SCREEN_STATUS,
  SCREEN_CALL,   /* how did it end? */
  SCREEN_REVEAL, /* why is a masked number looked at? */
  SCREEN_EMPTY,  /* no cache yet */
  SCREEN_ON_CALL,
  SCREEN_CHASE, /* what a night left and the day to come lacks */
  SCREEN_INCIDENTS,
  SCREEN_AS_AT, /* the question which moment */
  SCREEN_PIN,   /* the question of the PIN */
  SCREEN_LEAVE, /* the question before leaving */
  SCREEN_REST,  /* nobody is here */
  SCREEN_COUNT
};

enum action {
  ACT_NONE,
  ACT_HELP,
  ACT_SITES,
  ACT_AS_AT,
  ACT_INCIDENTS,
  ACT_FROM,
  ACT_FAX,
  ACT_PRINT,
  ACT_NO_ANSWER,
  ACT_ON_CALL,
  ACT_NEW_CALLER,
  ACT_DESK,
  ACT_STATUS,
  ACT_LEAVE,
  ACT_REDRAW,
  ACT_OPEN,
  ACT_BACK,
  ACT_NEXT_PART,
  ACT_PREVIOUS_PART,
  ACT_UP,
  ACT_DOWN,
  ACT_PAGE_UP,
  ACT_PAGE_DOWN,
  ACT_LEFT,
  ACT_RIGHT,
  ACT_FIRST,
  ACT_LAST,
  ACT_ERASE,
  ACT_ERASE_NEXT,
  ACT_ERASE_WORD,
  ACT_ERASE_ALL,
  ACT_DIGIT, /* 1-9 on a card; not in the key table: it is text */
  ACT_FAVOURITE,
  ACT_WRITE,  /* + on a card; text, as the digits are */
  ACT_TESTED, /* 1-3 in a test round */
  ACT_TICKED, /* 0-5 in a cascade or a crisis cell */
  ACT_LANGUAGE,
  ACT_COUNT
};

struct action_row {
  enum action action;
  struct key key, twin; /* K_NONE: there is none */
  const char *shown;    /* how help names the key when not from key ("1-9"); NULL: from key */
  const char *label;    /* on the bar, N_() marked; NULL: never there */
  const char *help;     /* one sentence, N_() marked */
  const char *whom;     /* for whom, N_() marked */
  int priority;         /* on the bar: smaller stays longer */
  unsigned screens;     /* set of 1 << enum screen where it does something */
  bool later;           /* not built yet: help says so, the bar does not have it */
};

/* All rows, in the order that help shows them. */
const struct action_row *action_table(size_t *count);
/* What the bar says of it there: Enter opens in a list, and says yes to a form. */
const char *action_label(const struct action_row *row, enum screen screen);
const struct action_row *action_row(enum action action); /* NULL for ACT_NONE */

/* What a key does on a screen; ACT_NONE: it is text, or nothing. */
enum action action_of_key(enum screen screen, struct key key);

/* The key's name as help and the bar write it: "F1", "^G", "Enter" (translated), at most cap. */
const char *key_text(struct key key, char *out, size_t cap);

/* "F1 ^G" of a row, or what it shows. */
const char *action_keys_text(const struct action_row *row, char *out, size_t cap);

/* Appends what tocsin(1) says of the keys, as roff, without the heading. */
void keys_describe(struct buffer *out);

#endif
