#include "tui/action.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#define IN(s) (1u << SCREEN_##s)
#define EVERYWHERE ((1u << SCREEN_COUNT) - 1u)
#define LISTS                                                                                      \
  (IN(SEARCH) | IN(SITES) | IN(FROM) | IN(PRINT) | IN(WRITE) | IN(DESK) | IN(ON_CALL) |            \
   IN(INCIDENTS) | IN(CALL) | IN(REVEAL) | IN(ROUND) | IN(CHASE) | IN(GROUPS) | IN(GROUP))
#define READING (IN(CARD) | IN(HELP) | IN(STATUS))
#define WITH_DATA (EVERYWHERE & ~(IN(EMPTY) | IN(LEAVE)))

#define FKEY(n, letter)                                                                            \
  {K_F##n, 0}, {                                                                                   \
    K_CTRL, letter                                                                                 \
  }
#define PLAIN(name)                                                                                \
  {K_##name, 0}, {                                                                                 \
    K_NONE, 0                                                                                      \
  }
#define CTRL(letter)                                                                               \
  {K_CTRL, letter}, {                                                                              \
    K_NONE, 0                                                                                      \
  }

#define EVERYONE N_("everyone")
#define OPERATOR N_("operator")
#define ADMIN N_("admin")

static const struct action_row rows[] = {
    {ACT_HELP, FKEY(1, 'G'), NULL, N_("Help"), N_("this help, from any screen"), EVERYONE, 1,
     EVERYWHERE & ~IN(HELP), false},
    {ACT_SITES, FKEY(2, 'E'), NULL, N_("Site"),
     N_("which sites are searched; browse site, unit, entry; say that you stand at another site"),
     EVERYONE, 5, WITH_DATA & ~IN(SITES), false},
    {ACT_AS_AT, FKEY(3, 'T'), NULL, N_("As at"),
     N_("the directory as it is at another time: sun 03:00, 03:00, 2026-11-29 03:00; every row "
        "says "
        "NOT NOW; again, or Esc on an empty Find, goes back to now. In an exercise: the real "
        "answer"),
     OPERATOR, 11, WITH_DATA, false},
    {ACT_INCIDENTS, FKEY(4, 'K'), NULL, N_("Incidents"),
     N_("incidents: what fails now, each domain, what is cut off, what if"), OPERATOR, 10,
     WITH_DATA & ~IN(INCIDENTS), false},
    {ACT_FROM, FKEY(5, 'Y'), NULL, N_("From"),
     N_("what you are calling from: ward phone, red phone, mobile, outside"), EVERYONE, 6,
     WITH_DATA & ~IN(FROM), false},
    {ACT_FAX, FKEY(6, 'F'), NULL, N_("Fax"),
     N_("fax card: machine or server, where it stands, look-alikes; the last four digits typed "
        "there are checked"),
     N_("clinician"), 7, IN(SEARCH) | IN(CARD) | IN(DIGITS), false},
    {ACT_PRINT, FKEY(7, 'P'), NULL, N_("Print"),
     N_("print the card, the unit, the site or its code board"), EVERYONE, 7,
     WITH_DATA & ~IN(PRINT), false},
    {ACT_NO_ANSWER, FKEY(8, 'R'), NULL, N_("No answer"),
     N_("how a call ended: no answer, busy, answered, wrong person, wrong number; noted with the "
        "time, then on to the next in the chain"),
     OPERATOR, 5, IN(SEARCH) | IN(CARD) | IN(DIGITS), false},
    {ACT_ON_CALL, FKEY(9, 'O'), NULL, N_("On call"),
     N_("who is on call now, by site, until when; NOBODY LISTED first; again: the chase list for "
        "the "
        "morning"),
     OPERATOR, 10, WITH_DATA, false},
    {ACT_NEW_CALLER, FKEY(10, 'N'), NULL, N_("New caller"),
     N_("new caller: clears what was typed, closes the card; again on an empty Find brings them "
        "back"),
     OPERATOR, 4, WITH_DATA, false},
    {ACT_DESK, FKEY(11, 'D'), NULL, NULL,
     N_("desk: test round, chase list, cascades and crisis cells, exercises, and what was written "
        "here and where each is"),
     OPERATOR, 99, WITH_DATA & ~IN(DESK), false},
    {ACT_STATUS, FKEY(12, 'V'), NULL, NULL,
     N_("status: revision, age, source, what went wrong last"), ADMIN, 99, WITH_DATA & ~IN(STATUS),
     false},
    {ACT_LEAVE, CTRL('X'), NULL, N_("Leave"), N_("leave the program, after a question"), EVERYONE,
     9, EVERYWHERE & ~IN(LEAVE), false},
    {ACT_LANGUAGE,
     {K_TEXT, '='},
     {K_CTRL, '_'},
     NULL,
     NULL,
     N_("the next language, at once on every screen, until the terminal is left alone; where text "
        "is written = is a sign as any other"),
     EVERYONE,
     99,
     EVERYWHERE,
     false},
    {ACT_REDRAW, CTRL('L'), NULL, NULL, N_("draw the screen again"), EVERYONE, 99, EVERYWHERE,
     false},
    {ACT_OPEN, PLAIN(ENTER), NULL, N_("Open"), N_("open what is chosen: card, site, unit"),
     EVERYONE, 3, LISTS | IN(DIGITS) | IN(AS_AT) | IN(PIN) | IN(LEAVE) | IN(FORM), false},
    {ACT_DIGIT, PLAIN(NONE), "1-9", N_("Big digits"),
     N_("on a card: that number in big digits, exactly what to press (also & é \" ' ( - è _ ç, "
        "the same keys of a French keyboard)"),
     EVERYONE, 3, IN(CARD), false},
    {ACT_FAVOURITE, PLAIN(NONE), "*", N_("Favourite"),
     N_("on a card, at a desk: keep it as a favourite, or no longer"), OPERATOR, 8, IN(CARD),
     false},
    {ACT_WRITE, PLAIN(NONE), "+", N_("Note"),
     N_("on a card: write a note, a temporary number or a correction; on incidents: report or "
        "declare one"),
     OPERATOR, 8, IN(CARD) | IN(INCIDENTS), false},
    {ACT_TESTED, PLAIN(NONE), "1-3", N_("Result"),
     N_("in a test round: works, silent, not there; noted with the time, then on to the next"),
     OPERATOR, 2, IN(ROUND), false},
    {ACT_TICKED, PLAIN(NONE), "0-5", N_("Result"),
     N_("in a cascade: how each call or page ended, 0 begins a new run; in the roll-call of a "
        "crisis cell: "
        "by phone, fax or mail; noted with the time, then on to the next"),
     OPERATOR, 2, IN(GROUP), false},
    {ACT_BACK, PLAIN(ESC), NULL, N_("Back"),
     N_("one step back: question, big digits, card, query; it never leaves the program"), EVERYONE,
     2, EVERYWHERE & ~IN(EMPTY), false},
    {ACT_NEXT_PART, PLAIN(TAB), NULL, NULL,
     N_("to the next part: Find, list, detail, codes; after F8: another number of the card"),
     EVERYONE, 99, IN(SEARCH) | IN(FORM) | IN(CALL), false},
    {ACT_PREVIOUS_PART, PLAIN(BACKTAB), NULL, NULL, N_("to the part before"), EVERYONE, 99,
     IN(SEARCH) | IN(FORM), false},
    {ACT_UP, PLAIN(UP), NULL, NULL, N_("the row above"), EVERYONE, 99,
     LISTS | READING | IN(FORM) | IN(FAX), false},
    {ACT_DOWN, PLAIN(DOWN), NULL, NULL, N_("the row below"), EVERYONE, 99,
     LISTS | READING | IN(FORM) | IN(FAX), false},
    {ACT_PAGE_UP, PLAIN(PAGE_UP), NULL, NULL, N_("one screen up"), EVERYONE, 99, LISTS | READING,
     false},
    {ACT_PAGE_DOWN, PLAIN(PAGE_DOWN), NULL, NULL, N_("one screen down"), EVERYONE, 99,
     LISTS | READING, false},
    {ACT_LEFT, PLAIN(LEFT), NULL, NULL, N_("left in what was typed; up one level when browsing"),
     EVERYONE, 99, IN(SEARCH) | IN(FORM) | IN(SITES), false},
    {ACT_RIGHT, PLAIN(RIGHT), NULL, NULL,
     N_("right in what was typed; down one level when browsing; on a card: what can be printed of "
        "it"),
     EVERYONE, 99, IN(SEARCH) | IN(FORM) | IN(SITES) | IN(CARD), false},
    {ACT_FIRST, PLAIN(HOME), NULL, NULL, N_("to the beginning"), EVERYONE, 99,
     LISTS | READING | IN(FORM), false},
    {ACT_LAST, PLAIN(END), NULL, NULL, N_("to the end"), EVERYONE, 99, LISTS | READING | IN(FORM),
     false},
    {ACT_ERASE, PLAIN(BACKSPACE), NULL, NULL,
     N_("erase the character before the cursor; in a test round or a cascade: take the last "
        "result of a row back"),
     EVERYONE, 99, IN(SEARCH) | IN(FORM) | IN(FAX) | IN(AS_AT) | IN(PIN) | IN(ROUND) | IN(GROUP),
     false},
    {ACT_ERASE_NEXT, PLAIN(DELETE), NULL, NULL, N_("erase the character under the cursor"),
     EVERYONE, 99, IN(SEARCH) | IN(FORM), false},
    {ACT_ERASE_WORD, CTRL('W'), NULL, NULL, N_("erase the word before the cursor"), EVERYONE, 99,
     IN(SEARCH) | IN(FORM), false},
    {ACT_ERASE_ALL, CTRL('U'), NULL, NULL, N_("erase what was typed"), EVERYONE, 99,
     IN(SEARCH) | IN(FORM) | IN(AS_AT) | IN(PIN), false},
};

enum { ROWS = sizeof rows / sizeof *rows };

const struct action_row *action_table(size_t *count) {
  *count = ROWS;
  return rows;
}

const struct action_row *action_row(enum action action) {
  for (size_t i = 0; i < ROWS; i++)
    if (rows[i].action == action)
      return &rows[i];
  return NULL;
}

const char *action_label(const struct action_row *row, enum screen screen) {
  static const unsigned done =
      IN(FORM) | IN(CALL) | IN(REVEAL) | IN(FROM) | IN(PRINT) | IN(SITES) | IN(AS_AT) | IN(DIGITS);
  if (row->action == ACT_OPEN && screen == SCREEN_LEAVE)
    return _("Leave");
  if (row->action == ACT_WRITE && screen == SCREEN_INCIDENTS)
    return _("Report");
  return row->action == ACT_OPEN && (done & (1u << screen)) ? _("OK") : _(row->label);
}

static bool same_key(struct key a, struct key b) {
  return a.name != K_NONE && a.name == b.name && a.point == b.point;
}

enum action action_of_key(enum screen screen, struct key key) {
  if (screen == SCREEN_FORM && key.name == K_TEXT) /* what is written there is not obeyed */
    return ACT_NONE;
  for (size_t i = 0; i < ROWS; i++)
    if ((same_key(rows[i].key, key) || same_key(rows[i].twin, key)) &&
        (rows[i].screens & (1u << screen)))
      return rows[i].action;
  return ACT_NONE;
}

const char *key_text(struct key key, char *out, size_t cap) {
  static const char *const names[K_COUNT] = {
      [K_ENTER] = N_("Enter"),
      [K_ESC] = N_("Esc"),
      [K_TAB] = N_("Tab"),
      [K_BACKTAB] = N_("Shift-Tab"),
      [K_BACKSPACE] = N_("Backspace"),
      [K_DELETE] = N_("Delete"),
      [K_UP] = N_("Up"),
      [K_DOWN] = N_("Down"),
      [K_LEFT] = N_("Left"),
      [K_RIGHT] = N_("Right"),
      [K_HOME] = N_("Home"),
      [K_END] = N_("End"),
      [K_PAGE_UP] = N_("Page Up"),
      [K_PAGE_DOWN] = N_("Page Down"),
  };
  if (key.name == K_CTRL)
    snprintf(out, cap, "^%c", (char)key.point);
  else if (key.name == K_TEXT)
    snprintf(out, cap, "%c", (char)key.point);
  else if (key.name >= K_F1 && key.name <= K_F12)
    snprintf(out, cap, "F%d", (int)(key.name - K_F1) + 1);
  else
    snprintf(out, cap, "%s", names[key.name] ? _(names[key.name]) : "");
  return out;
}

const char *action_keys_text(const struct action_row *row, char *out, size_t cap) {
  char key[32], twin[32];
  if (row->shown)
    snprintf(out, cap, "%s", row->shown);
  else if (row->twin.name != K_NONE)
    snprintf(out, cap, "%s %s", key_text(row->key, key, sizeof key),
             key_text(row->twin, twin, sizeof twin));
  else
    snprintf(out, cap, "%s", key_text(row->key, key, sizeof key));
  return out;
}

static void add_roff(struct buffer *out, const char *text) {
  for (const char *p = text; *p; p++) {
    if (*p == '\\')
      buffer_add_text(out, "\\e");
    else if (*p == '-')
      buffer_add_text(out, "\\-");
    else if (*p == '^')
      buffer_add_text(out, "\\(ha");
    else if (*p == '"')
      buffer_add_text(out, "\\(dq");
    else if (*p == '\'')
      buffer_add_text(out, "\\(aq");
    else
      buffer_add_char(out, *p);
  }
}

void keys_describe(struct buffer *out) {
  for (size_t i = 0; i < ROWS; i++) {
    char keys[64];
    buffer_add_text(out, ".TP\n.B ");
    add_roff(out, action_keys_text(&rows[i], keys, sizeof keys));
    buffer_add_char(out, '\n');
    add_roff(out, _(rows[i].help));
    if (rows[i].later)
      add_roff(out, _(" (not in this version)"));
    buffer_printf(out, " (%s).\n", _(rows[i].whom));
  }
}
