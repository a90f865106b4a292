#include "tui/phrase.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/incident.h"
#include "core/reach.h"

/* In part they are read as something else, or not at all: "inside" of two directions, "do". */
static const char *const phrases[] = {
    N_("NOBODY LISTED"), N_("do NOT call if"), N_("call if"),       N_("ABSENT"),
    N_("absent"),        N_("UNKNOWN"),        N_("EXERCISE"),      N_("NOT NOW"),
    N_("reported DOWN"), N_("perhaps DOWN"),   N_("not confirmed"), N_("in doubt"),
    N_("closed now"),    N_("on red phone"),   N_("on a mobile"),   N_("on ward phone"),
    N_("masked"),        N_("for now"),        N_("not known now"), N_("not known then"),
    N_("no number"),     N_("all calls"),      N_("no answer"),     N_("wrong person"),
    N_("wrong number"),
};

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Where the phrase begins that the cut would go through, else the cut. */
static size_t before_one(const char *text, size_t cut, const char *phrase) {
  size_t len = strlen(phrase);
  for (const char *p = len ? strstr(text, phrase) : NULL; p && p < text + cut;
       p = strstr(p + 1, phrase))
    if (p + len > text + cut && (p == text || !is_letter(p[-1])))
      return (size_t)(p - text);
  return cut;
}

/* Two directions are said in one word: "inside+inbound". */
static size_t before_directions(const char *text, size_t cut) {
  static const char *const names[][DIRECTION_COUNT] = {
      {[DIRECTION_INSIDE] = N_("inside"),
       [DIRECTION_INBOUND] = N_("inbound"),
       [DIRECTION_OUTBOUND] = N_("outbound")},
      {[DIRECTION_INSIDE] = N_("ins."),
       [DIRECTION_INBOUND] = N_("inb."),
       [DIRECTION_OUTBOUND] = N_("outb.")},
  };
  char both[64];
  for (size_t n = 0; n < sizeof names / sizeof *names; n++)
    for (int a = 0; a < DIRECTION_COUNT; a++)
      for (int b = a + 1; b < DIRECTION_COUNT; b++) {
        snprintf(both, sizeof both, "%s+%s", _(names[n][a]), _(names[n][b]));
        cut = before_one(text, cut, both);
      }
  return cut;
}

size_t phrase_before(const char *text, size_t cut) {
  size_t from;
  do { /* a phrase may begin with another */
    from = cut;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
      cut = before_one(text, cut, _(phrases[i]));
    for (int s = 0; s < REACH_STATE_COUNT; s++)
      cut = before_one(text, cut, reach_state_text((enum reach_state)s));
    cut = before_directions(text, cut);
  } while (cut < from);
  return cut;
}
