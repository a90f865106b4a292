#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "tui/app_state.h"

bool tier_open(const struct app *a) {
  return setup_tier_held(&a->setup) && !a->setup.closed;
}

bool tier_opened(const struct app *a) {
  return tier_open(a) && setup_tier_closes(&a->setup);
}

static void forget(struct app *a) {
  secret_forget(a->pin, sizeof a->pin);
  a->pin_fault[0] = '\0';
}

/* Everything on the screen, with what may be seen now. */
static void look_again(struct app *a) {
  a->frame_made = false;
  app_refresh_rows(a);
  app_remake_card(a);
}

void app_close_tier(struct app *a) {
  forget(a);
  setup_close_tier(&a->setup);
}

void app_ask_pin(struct app *a, void (*then)(struct app *a)) {
  if (!a->setup.closed) {
    then(a);
    return;
  }
  forget(a);
  a->opened_then = then;
  pin_tries_read(&a->tries, a->setup.config.scope, clock_now(&a->setup.clock));
  app_push(a, SCREEN_PIN);
}

static void opened(struct app *a) {
  setup_open_tier(&a->setup);
  app_pop(a);
  look_again(a);
  app_say(a, "%s", _("The switchboard tier is open; it closes by itself."));
  a->opened_then(a);
}

static void try_pin(struct app *a) {
  struct tc_error err = {.status = TC_OK};
  int64_t now = clock_now(&a->setup.clock);
  enum pin_answer answer = pin_try(a->setup.config.scope, a->pin, now, &a->tries, &err);
  forget(a);
  switch (answer) {
  case PIN_RIGHT:
    opened(a);
    break;
  case PIN_NO:
    snprintf(a->pin_fault, sizeof a->pin_fault, "%.*s", (int)sizeof a->pin_fault - 1, err.text);
    break;
  default: /* how many are left, or how long one waits, is drawn */
    snprintf(a->pin_fault, sizeof a->pin_fault, "%s", answer == PIN_WRONG ? _("Wrong PIN.") : "");
    break;
  }
}

bool app_pin_key(struct app *a, enum action action, struct key key) {
  size_t len = strlen(a->pin);
  if (app_screen(a) != SCREEN_PIN)
    return false;
  switch (action) {
  case ACT_OPEN:
    if (len)
      try_pin(a);
    return true;
  case ACT_ERASE:
    if (len)
      a->pin[len - 1] = '\0';
    return true;
  case ACT_ERASE_ALL:
    forget(a);
    return true;
  case ACT_NONE:
    if (key.name == K_TEXT && key_digit(key.point) >= 0 && len < PIN_MOST) {
      a->pin[len] = (char)('0' + key_digit(key.point));
      a->pin[len + 1] = '\0';
    }
    return true; /* no other sign, and nothing pasted, begins a search from here */
  default:
    forget(a);
    return false;
  }
}

void app_pin_left_say(struct app *a) {
  a->pin_left = true;
  app_say(a, "%s", _("the PIN's page was closed: digits are not taken before Enter or a letter"));
}

bool app_pin_left(struct app *a, enum action action, struct key key) {
  if (!a->pin_left)
    return false;
  if ((key.name == K_TEXT || key.name == K_PASTE) && key_digit(key.point) >= 0) {
    app_pin_left_say(a);
    return true;
  }
  a->pin_left = false;
  a->message[0] = '\0';
  return action == ACT_OPEN || action == ACT_BACK; /* the end of a PIN opens nothing */
}

bool app_pin_begins(struct app *a, struct key key) {
  if (app_screen(a) != SCREEN_DESK || !a->setup.closed || a->list.selected >= a->list.count ||
      a->targets[a->list.selected].kind != TARGET_TIER || key_digit(key.point) < 0)
    return false;
  if (key.name == K_TEXT) { /* nothing pasted is a PIN, nor a search from here */
    app_ask_pin(a, app_list_desk);
    app_pin_key(a, ACT_NONE, key);
  }
  return true;
}

bool app_pin_waits(const struct app *a) {
  return app_screen(a) == SCREEN_PIN && pin_wait_left(&a->tries, clock_now(&a->setup.clock)) > 0;
}

void app_pin_draw(const struct app *a, struct grid *g, struct area area) {
  char stars[PIN_MOST + 1] = "", line[512];
  int col = area.col + 1, cols = area.cols - 2, row = area.row;
  size_t len = strlen(a->pin);
  int64_t wait = pin_wait_left(&a->tries, clock_now(&a->setup.clock));
  memset(stars, '*', len);
  stars[len] = '\0';
  row += grid_text_wrap(g, row, col, cols, 2, LOOK_TITLE,
                        _("The PIN of this terminal opens the switchboard tier")) +
         (area.rows > 6);
  int wide = grid_text(g, row, col, cols, LOOK_LABEL, _("PIN: "));
  int used = grid_text(g, row, col + wide, cols - wide, LOOK_NUMBER, stars);
  grid_cursor(g, row, col + wide + used);
  row++;
  if (*a->pin_fault)
    row += grid_text_wrap(g, row, col, cols, 3, LOOK_WARN, a->pin_fault);
  if (wait > 0)
    snprintf(line, sizeof line,
             _("%u wrong ones: the next is looked at in %d s. The directory needs no PIN: Esc."),
             a->tries.wrong, (int)wait);
  else
    snprintf(line, sizeof line, "%s", _("Its digits, then Enter. Esc: back, nothing is changed."));
  grid_text_wrap(g, row, col, cols, 3, wait > 0 ? LOOK_WARN : LOOK_QUIET, line);
}
