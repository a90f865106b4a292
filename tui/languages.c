#include "tui/languages.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/width.h"

enum { LANGUAGES_MAX = 16, OFFER = 96 };

/* Pressed so many times. */
static void one_offer(const char *language, const char *key, int times, char out[OFFER]) {
  char form[48];
  /* TRANSLATORS: the name of your language in itself, then the key. */
  i18n_say_in(language, N_("English: %s"), form, sizeof form);
  const char *at = strstr(form, "%s");
  size_t before = at ? (size_t)(at - form) : 0;
  snprintf(out, OFFER, "%.*s", (int)before, form);
  for (int i = 0; at && i < times; i++)
    snprintf(out + strlen(out), OFFER - strlen(out), "%s", key);
  if (at)
    snprintf(out + strlen(out), OFFER - strlen(out), "%s", at + 2);
}

static void add_offer(const char *offer, size_t columns, char *out, size_t cap) {
  size_t len = strlen(out), gap = len ? 2 : 0;
  if (len && (utf8_width(out, len) + gap + utf8_width(offer, strlen(offer)) > columns ||
              len + gap + strlen(offer) >= cap))
    return;
  snprintf(out + len, cap - len, "%s%s", len ? "  " : "", offer);
}

void languages_offer(const char *key, size_t columns, char *out, size_t cap) {
  char now[I18N_CODE], codes[LANGUAGES_MAX][I18N_CODE], offer[OFFER];
  int count = 0;
  i18n_current(now);
  i18n_after(now, codes[0]);
  while (strcmp(codes[count], now) != 0 && count + 1 < LANGUAGES_MAX &&
         (count == 0 || strcmp(codes[count], codes[0]) != 0)) {
    count++;
    i18n_after(codes[count - 1], codes[count]);
  }
  *out = '\0';
  for (int english = 1; english >= 0; english--)
    for (int i = 0; i < count; i++)
      if ((strcmp(codes[i], "en") == 0) == english) {
        one_offer(codes[i], key, i + 1, offer);
        add_offer(offer, columns, out, cap);
      }
}
