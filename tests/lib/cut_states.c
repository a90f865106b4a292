#include "tests/lib/cut_states.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/reach.h"

/* Every word, or words, by which a screen says how something is. */
static const char *const states[] = {
    N_("NOBODY LISTED"),  N_("do NOT call if"), N_("ABSENT"),        N_("UNKNOWN"),
    N_("CUT OFF"),        N_("EXERCISE"),       N_("NOT NOW"),       N_("reported DOWN"),
    N_("perhaps DOWN"),   N_("not confirmed"),  N_("in doubt"),      N_("closed now"),
    N_("on red phone"),   N_("on a mobile"),    N_("on ward phone"), N_("masked"),
    N_("for now"),        N_("no number"),      N_("absent"),        N_("not known now"),
    N_("not known then"), N_("all calls"),
};
static const char *const directions[] = {N_("inside"), N_("inbound"), N_("outbound"),
                                         N_("ins."),   N_("inb."),    N_("outb.")};

enum { LEAST = 2, LEAST_OF_WORD = 4 };

/* The least of a state that is a part of it: what is shouted is nothing else from two signs on; of
 * what may begin any sentence it takes a sign of the second word. */
static size_t least_part(const char *state) {
  size_t word = strcspn(state, " ");
  if (state[1] >= 'A' && state[1] <= 'Z')
    return LEAST;
  return state[word] ? word + 2 : LEAST_OF_WORD;
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Do the first len bytes of a line end in a part of it that begins it? */
static bool ends_in_part(const char *line, size_t len, const char *state) {
  for (size_t part = least_part(state); part < strlen(state) && part <= len; part++)
    if (strncmp(line + len - part, state, part) == 0 &&
        (part == len || !is_letter(line[len - part - 1])))
      return true;
  return false;
}

static bool ends_whole(const char *line, size_t len, const char *state) {
  size_t whole = strlen(state);
  return len >= whole && strncmp(line + len - whole, state, whole) == 0;
}

/* One direction that "…" stands at is what is left of two: on the strip, and behind the sign that
 * joins them wherever it is. */
static const char *cut_direction(const char *line, size_t len) {
  bool strip = strncmp(line, " ! ", 3) == 0;
  for (size_t i = 0; i < sizeof directions / sizeof *directions; i++) {
    const char *one = _(directions[i]);
    bool joined_before = len > strlen(one) && line[len - strlen(one) - 1] == '+';
    if (strip && !joined_before && ends_whole(line, len, one))
      return one;
    for (size_t k = 0; k < sizeof directions / sizeof *directions; k++) {
      char both[64];
      size_t joined = strlen(one) + 1;
      snprintf(both, sizeof both, "%s+%s", one, _(directions[k]));
      for (size_t part = joined; part < strlen(both); part++)
        if (len >= part && strncmp(line + len - part, both, part) == 0)
          return one;
    }
  }
  return NULL;
}

static const char *cut_before(const char *line, size_t len) {
  const char *one = cut_direction(line, len);
  while (!one && len > 0 && line[len - 1] == ' ')
    len--;
  const char *part = one;
  for (int s = 0; !one && s < REACH_STATE_COUNT; s++) {
    const char *state = reach_state_text((enum reach_state)s);
    if (ends_whole(line, len, state))
      return NULL;
    part = ends_in_part(line, len, state) ? state : part;
  }
  for (size_t i = 0; !one && i < sizeof states / sizeof *states; i++) {
    if (ends_whole(line, len, _(states[i])))
      return NULL;
    part = ends_in_part(line, len, _(states[i])) ? _(states[i]) : part;
  }
  return part;
}

const char *cut_state(const char *line) {
  const char *part = NULL;
  for (const char *p = strstr(line, "…"); p && !part; p = strstr(p + 1, "…"))
    part = cut_before(line, (size_t)(p - line));
  return part;
}

static bool is_whole(const struct grid *g, const char *text) {
  struct buffer line = BUFFER_INIT;
  bool whole = false;
  for (int row = 0; row < g->rows && !whole; row++) {
    buffer_clear(&line);
    grid_row_text(g, row, &line);
    whole = strstr(buffer_text(&line), text);
  }
  buffer_free(&line);
  return whole;
}

const char *cut_way_out(const struct grid *g, const char *said) {
  enum { BEGIN = 8 };
  const char *way = grid_way_out(said);
  char begin[BEGIN];
  if (!way)
    return NULL;
  way += strspn(way, " ;.");
  snprintf(begin, sizeof begin, "%s", way); /* a name stands in it that has no room */
  return is_whole(g, grid_width(g, way) > g->cols - 5 ? begin : way) ? NULL : way;
}

const char *cut_hint(const struct grid *g, enum screen screen, const struct list_view *list) {
  static const enum screen lists[] = {SCREEN_SITES, SCREEN_FROM,      SCREEN_PRINT, SCREEN_WRITE,
                                      SCREEN_DESK,  SCREEN_GROUPS,    SCREEN_GROUP, SCREEN_ON_CALL,
                                      SCREEN_CHASE, SCREEN_INCIDENTS, SCREEN_CALL,  SCREEN_REVEAL};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    if (lists[i] == screen)
      return cut_way_out(g, list->hint);
  return NULL;
}
