#include <stdio.h>
#include <string.h>

#include "base/width.h"
#include "tui/app_state.h"
#include "tui/languages.h"

/* What the line of Find has room for, beside its label and a cursor. */
static size_t columns_for_other(const struct app *a) {
  const char *label = _("Find:");
  size_t taken = utf8_width(label, strlen(label)) + 6, cols = (size_t)a->cols;
  return cols > taken ? cols - taken : 0;
}

void app_language_offer(struct app *a) {
  char key[16];
  languages_offer(key_text(action_row(ACT_LANGUAGE)->key, key, sizeof key), columns_for_other(a),
                  a->other_language, sizeof a->other_language);
}

void app_language_remember(struct app *a) {
  i18n_current(a->home_language);
  app_language_offer(a);
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
  app_language_offer(a);
}

void app_language_turn(struct app *a) {
  char next[I18N_CODE];
  struct tc_error err = {0};
  int64_t at;
  if (!*a->other_language)
    return;
  bool fault = app_faults_stand(a);
  i18n_language(i18n_next(next));
  if (fault)
    app_faults_again(a);
  app_language_offer(a);
  a->frame_made = false;
  if (!a->setup.cache)
    return;
  app_make_frame(a);
  app_search_again(a);
  app_refresh_card(a);
  app_relist_kept(a);
  if (*a->as_at_fault && setup_at(&a->setup, a->as_at, &at, &err) != TC_OK)
    snprintf(a->as_at_fault, sizeof a->as_at_fault, "%.*s", (int)sizeof a->as_at_fault - 1,
             err.text);
}
