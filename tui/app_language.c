#include <stdio.h>
#include <string.h>

#include "tui/app_state.h"

/* How one gets to the next language, said in it: who needs it reads no other. */
static void know_other(struct app *a) {
  char now[I18N_CODE], next[I18N_CODE], form[48], key[16];
  const struct action_row *row = action_row(ACT_LANGUAGE);
  a->other_language[0] = '\0';
  i18n_next(next);
  if (strcmp(next, i18n_current(now)) == 0)
    return;
  /* TRANSLATORS: the name of your language in itself, then the key. */
  i18n_say_in(next, N_("English: %s"), form, sizeof form);
  char *at = strstr(form, "%s");
  if (!at)
    return;
  *at = '\0';
  snprintf(a->other_language, sizeof a->other_language, "%s%s%s", form,
           key_text(row->key, key, sizeof key), at + 2);
}

void app_language_remember(struct app *a) {
  i18n_current(a->home_language);
  know_other(a);
}

bool app_language_away(const struct app *a) {
  char now[I18N_CODE];
  return strcmp(i18n_current(now), a->home_language) != 0;
}

void app_language_home(struct app *a) {
  if (!app_language_away(a))
    return;
  i18n_language(a->home_language);
  a->frame_made = false;
  know_other(a);
}

void app_language_turn(struct app *a) {
  char next[I18N_CODE];
  struct tc_error err = {0};
  int64_t at;
  if (!*a->other_language)
    return;
  i18n_language(i18n_next(next));
  know_other(a);
  a->frame_made = false;
  if (!a->setup.cache)
    return;
  app_make_frame(a);
  app_search_again(a);
  app_refresh_card(a);
  size_t row = a->list.selected;
  app_relist(a);
  a->list.selected = row < a->list.count ? row : 0;
  if (*a->as_at_fault && setup_at(&a->setup, a->as_at, &at, &err) != TC_OK)
    snprintf(a->as_at_fault, sizeof a->as_at_fault, "%.*s", (int)sizeof a->as_at_fault - 1,
             err.text);
}
