#include "tui/reveal.h"

#include <string.h>

#include "base/i18n.h"

static const struct reveal_reason reasons[] = {
    {"", N_("no reason given")},          {"no-answer", N_("urgent, no other number answers")},
    {"on-call", N_("on call now")},       {"asked", N_("asked to be called")},
    {"check", N_("to check the number")},
};

const struct reveal_reason *reveal_reasons(size_t *count) {
  *count = sizeof reasons / sizeof *reasons;
  return reasons;
}

const char *reveal_reason_text(const char *word) {
  for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
    if (strcmp(reasons[i].word, word) == 0)
      return _(reasons[i].text);
  return word;
}
