/* Hours in the words of a language. */
#include <string.h>

#include "base/i18n.h"
#include "core/hours.h"

enum { WORD = 3 };

static const struct {
  const char *word, *text;
} words[] = {
    {"mo", N_("Mon")},    {"tu", N_("Tue")}, {"we", N_("Wed")}, {"th", N_("Thu")},
    {"fr", N_("Fri")},    {"sa", N_("Sat")}, {"su", N_("Sun")}, {"ph", N_("public holidays")},
    {"off", N_("closed")}};

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *word_text(const char *at, size_t len) {
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t same = 0;
    while (same < len && words[i].word[same] && (at[same] | 0x20) == words[i].word[same])
      same++;
    if (same == len && !words[i].word[same])
      return _(words[i].text);
  }
  return NULL;
}

void hours_text(struct buffer *out, const char *text) {
  const char *what;
  if (hours_fault(text, &what)) { /* a person may read them */
    buffer_add_text(out, text);
    return;
  }
  while (*text) {
    size_t len = 0;
    while (is_letter(text[len]))
      len++;
    const char *said = len && len <= WORD ? word_text(text, len) : NULL;
    if (strncmp(text, "24/7", 4) == 0) {
      said = _("day and night");
      len = 4;
    }
    if (said)
      buffer_add_text(out, said);
    else
      buffer_add(out, text, len = len ? len : 1);
    text += len;
  }
}
