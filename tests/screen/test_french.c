#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/reach.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/golden.h"
#include "tests/lib/views.h"

/* The screens in French: words that are longer than the English ones have room all the same. */

static const struct frame_code codes[] = {{"2222", "arrêt", "", "", false, "", "", ""},
                                          {"18", "feu", "", "", false, "", "", ""},
                                          {"15", "SAMU", "", "", false, "", "", ""},
                                          {"2424", "sécurité", NULL, "", false, "", "", ""}};

static struct frame french_frame(void) {
  static struct frame_code shown[4];
  struct frame f = view_frame;
  memcpy(shown, codes, sizeof shown);
  shown[3].state = reach_state_text(REACH_DOWN);
  f.codes = shown;
  f.set = set_kind_text(SET_WARD);
  f.data_full = "révision 7, import 12 nov 03:12 (10 j)";
  f.data = "import 12 nov 03:12 (10 j)";
  f.data_short = "âge 10 j";
  f.now = "dim 22 nov 03:14";
  return f;
}

/* The card of the other tests in French, with the longest words that a channel can have. */
static struct card french_card(void) {
  static struct card_channel channels[4];
  static struct card_line lines[5];
  struct card card = view_card;
  memcpy(channels, view_card.channels, sizeof channels);
  for (size_t i = 0; i < 4; i++) {
    static const enum contact_kind kinds[] = {CONTACT_MOBILE, CONTACT_EXTENSION, CONTACT_FAX,
                                              CONTACT_DIRECT_LINE};
    channels[i].kind = contact_kind_text(kinds[i]);
    channels[i].state = reach_state_text(channels[i].down ? REACH_DOWN
                                         : i == 3         ? REACH_NOT_KNOWN
                                                          : REACH_NO_FAULT_KNOWN);
    channels[i].shown_state = channels[i].state;
    channels[i].from = "depuis poste interne à SAB";
    channels[i].verified = i % 2 ? _("never verified") : "vérifié 12 nov 2026 (10 j)";
    channels[i].changed = "";
  }
  channels[0].more = "nuit";
  channels[2].more = "résultats, lieu : Pav. Alma 2e 214, confirmer au 4 5210";
  memcpy(lines, view_card.lines, sizeof lines);
  lines[1].label = _("call if");
  lines[1].text = "un opéré est en détresse, jour et nuit";
  lines[0].label = _("do NOT call if");
  lines[0].text = "le patient a moins de 15 ans : chirurgie infantile";
  lines[2].label = "sans réponse 2 min";
  lines[2].text = "cadre de nuit  4 5300";
  lines[3].text = "encore 1 au standard : 9";
  lines[4].label = _("unit");
  card.type = _("role");
  card.from = "depuis poste interne à SAB";
  card.channels = channels;
  card.lines = lines;
  return card;
}

static struct search_view french_found(const struct card *card) {
  static struct search_item items[6];
  static char down[64];
  struct search_view v = view_found;
  memcpy(items, view_found.items, sizeof items);
  snprintf(down, sizeof down, _("DOWN %s"), contact_kind_text(CONTACT_DIRECT_LINE));
  items[0].kind = contact_kind_text(CONTACT_RED_PHONE);
  items[1].kind = contact_kind_text(CONTACT_MOBILE);
  items[2].kind = down;
  items[2].place = "alias : réa chir 2";
  items[3].kind = "changé 03:12, était 4 5211";
  items[4].kind = _("via DDI");
  items[5].kind = contact_kind_text(CONTACT_SECURE_MAIL);
  items[4].section = items[5].section = _("other sites");
  v.items = items;
  v.counts = "4 ici, 41 ailleurs";
  v.card = card;
  return v;
}

enum { FOUND, CARD, DIGITS, HELP, SCREENS };

static void draw(struct grid *g, int which) {
  static const enum screen screens[] = {SCREEN_SEARCH, SCREEN_CARD, SCREEN_DIGITS, SCREEN_HELP};
  struct frame f = french_frame();
  struct card card = french_card();
  struct search_view v = french_found(&card);
  grid_clear(g);
  struct area a = frame_draw(g, &f, screens[which]);
  if (which == FOUND)
    search_draw(g, a, &v);
  else if (which == CARD)
    card_draw(g, a, &card, 0);
  else if (which == DIGITS)
    digits_draw(g, a, &card, 0, false);
  else
    help_draw(g, a, 0, "English: =");
}

static void screens_in_french_look_as_they_were_found_good(void **state) {
  (void)state;
  static const char *const names[] = {"found", "card", "digits", "help"};
  static const struct { int rows, cols; } sizes[] = {{24, 80}, {10, 40}};
  for (int s = 0; s < SCREENS; s++)
    for (size_t i = 0; i < 2; i++) {
      struct grid g = GRID_INIT;
      char name[64];
      assert_int_equal(grid_resize(&g, sizes[i].rows, sizes[i].cols, NULL), TC_OK);
      draw(&g, s);
      snprintf(name, sizeof name, "%s-fr-%dx%d", names[s], sizes[i].cols, sizes[i].rows);
      golden_check(&g, name);
      grid_free(&g);
    }
}

/* 80x24 gives a kind of number 14 columns, whatever the language. */
static void kinds_fit_their_column(void **state) {
  (void)state;
  for (int k = CONTACT_OTHER; k < CONTACT_KIND_COUNT; k++) {
    struct grid g = GRID_INIT;
    const char *kind = contact_kind_text((enum contact_kind)k);
    if (grid_width(&g, kind) > 14)
      fail_msg("\"%s\" is wider than 14 columns", kind);
  }
}

int main(void) {
  catalogue_use("two");
  i18n_language("fr");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(screens_in_french_look_as_they_were_found_good),
      cmocka_unit_test(kinds_fit_their_column),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
