/* When a terminal is left alone: pure, time is handed in. */
#ifndef TC_TUI_IDLE_H
#define TC_TUI_IDLE_H

#include <stdbool.h>
#include <stdint.h>

enum { IDLE_WARN_SECONDS = 15 };

enum idle_stage {
  IDLE_NO,
  IDLE_WARN, /* what is on screen goes within IDLE_WARN_SECONDS */
  IDLE_HOME, /* as a new caller finds it: nothing private stays */
  IDLE_REST  /* the codes, the clock and the age of the data */
};

/* Minutes without a key; 0: never. */
struct idle_limits {
  int home, card, rest;
};

/* idle: seconds since the last key.  reading: a public card or its big digits are on screen, which
 * take the longer of home and card.  home 0 is the braille desk: nothing goes, ever. */
enum idle_stage idle_stage(const struct idle_limits *limits, int64_t idle, bool reading);

/* Seconds until idle_stage() says something else, at least 1; -1: it will not. */
int64_t idle_next(const struct idle_limits *limits, int64_t idle, bool reading);

#endif
