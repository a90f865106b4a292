#include "tui/found.h"

#include <string.h>

#include "base/i18n.h"

bool match_approximate(enum match match) {
  return match == MATCH_SOUND || match == MATCH_TYPO || match == MATCH_KEYBOARD;
}

const char *match_word(enum match match) {
  static const char *const words[MATCH_COUNT] = {
      [MATCH_NUMBER] = "number", [MATCH_WORD] = "word",
      [MATCH_PREFIX] = "prefix", [MATCH_NUMBER_PART] = "number-part",
      [MATCH_ALIAS] = "alias",   [MATCH_SOUND] = "sound",
      [MATCH_TYPO] = "typo",     [MATCH_KEYBOARD] = "keyboard",
  };
  return (int)match >= 0 && match < MATCH_COUNT ? words[match] : "";
}

const char *found_section(enum match match, bool here) {
  return match_approximate(match) ? _("nearly, at any site") : here ? "" : _("other sites");
}

const char *found_as(struct arena *arena, const struct entry *entry, const char *matched) {
  for (size_t i = 0; i < entry->former_name_count; i++)
    if (strcmp(entry->former_names[i].text, matched) == 0)
      return arena_printf(arena, _("formerly: %s"), matched);
  return arena_printf(arena, _("alias: %s"), matched);
}
