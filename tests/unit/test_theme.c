/* What each theme says can be read: WCAG 2.2, success criterion 1.4.3. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/theme.h"

struct rgb {
  int r, g, b;
};

/* Eight colours and their bright ones, as terminals ship them. */
static const struct palette {
  const char *name;
  bool known;  /* by its name, to make bold bright: the looks for that are shown on no other */
  bool turns;  /* its own paper may be white, and its bold black stays readable there */
  bool greys;  /* bold makes its own ink another one too */
  bool bright; /* bold is bright on every one of them, and never a font alone */
  struct rgb colours[16];
} palettes[] = {
    {"linux console, VGA text",
     true,
     false,
     true,
     true,
     {{0, 0, 0},
      {170, 0, 0},
      {0, 170, 0},
      {170, 85, 0},
      {0, 0, 170},
      {170, 0, 170},
      {0, 170, 170},
      {170, 170, 170},
      {85, 85, 85},
      {255, 85, 85},
      {85, 255, 85},
      {255, 255, 85},
      {85, 85, 255},
      {255, 85, 255},
      {85, 255, 255},
      {255, 255, 255}}},
    {"xterm",
     false,
     true,
     false,
     false,
     {{0, 0, 0},
      {205, 0, 0},
      {0, 205, 0},
      {205, 205, 0},
      {0, 0, 238},
      {205, 0, 205},
      {0, 205, 205},
      {229, 229, 229},
      {127, 127, 127},
      {255, 0, 0},
      {0, 255, 0},
      {255, 255, 0},
      {92, 92, 255},
      {255, 0, 255},
      {0, 255, 255},
      {255, 255, 255}}},
    {"PuTTY",
     false,
     true,
     true,
     false,
     {{0, 0, 0},
      {187, 0, 0},
      {0, 187, 0},
      {187, 187, 0},
      {0, 0, 187},
      {187, 0, 187},
      {0, 187, 187},
      {187, 187, 187},
      {85, 85, 85},
      {255, 85, 85},
      {85, 255, 85},
      {255, 255, 85},
      {85, 85, 255},
      {255, 85, 255},
      {85, 255, 255},
      {255, 255, 255}}},
    {"Windows console",
     false,
     false,
     true,
     true,
     {{12, 12, 12},
      {197, 15, 31},
      {19, 161, 14},
      {193, 156, 0},
      {0, 55, 218},
      {136, 23, 152},
      {58, 150, 221},
      {204, 204, 204},
      {118, 118, 118},
      {231, 72, 86},
      {22, 198, 12},
      {249, 241, 165},
      {59, 120, 255},
      {180, 0, 158},
      {97, 214, 214},
      {242, 242, 242}}},
};
enum { PALETTES = sizeof palettes / sizeof *palettes };

static double channel(int value) {
  double c = value / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct rgb c) {
  return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
}

static double contrast(struct rgb a, struct rgb b) {
  double x = luminance(a), y = luminance(b);
  return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* xterm's cube of 6x6x6 from 16 and its greys from 232. */
static struct rgb of_256(int index) {
  static const int steps[] = {0, 95, 135, 175, 215, 255};
  if (index >= 232) {
    int grey = 8 + 10 * (index - 232);
    return (struct rgb){grey, grey, grey};
  }
  index -= 16;
  return (struct rgb){steps[index / 36], steps[index / 6 % 6], steps[index % 6]};
}

/* What a terminal paints with where no colour is named: nobody knows which of the two it is. */
struct own {
  const char *name;
  bool white;
  struct rgb ink, paper;
};

static bool own_of(struct own *out, const struct palette *p, int which) {
  if (which == 0)
    *out = (struct own){"black", false, p->colours[COLOUR_WHITE], p->colours[COLOUR_BLACK]};
  else
    *out = (struct own){"white", true, {0, 0, 0}, {255, 255, 255}};
  /* A console's own paper is black unless somebody turned it about (doc/screens.md). */
  return which == 0 || p->turns;
}

/* Bold makes a named ink bright, on some terminals, and the own one with it: of black that is a
 * grey. */
static struct rgb ink_of(const struct theme_look *l, const struct palette *p, const struct own *own,
                         bool bright) {
  if (l->ink >= 16)
    return of_256(l->ink);
  if (l->ink < 0 && !(bright && l->bold && p->greys))
    return own->ink;
  int ink = l->ink >= 0 ? l->ink : own->white ? COLOUR_BLACK : COLOUR_WHITE;
  return p->colours[ink + (bright && l->bold ? 8 : 0)];
}

static struct rgb paper_of(const struct theme_look *l, const struct palette *p,
                           const struct own *own) {
  if (l->paper < 0)
    return own->paper;
  return l->paper >= 16 ? of_256(l->paper) : p->colours[l->paper];
}

static void can_be_read(enum theme_name theme, int depth, const struct palette *p,
                        const struct own *own, bool bright) {
  const struct theme_look *looks = theme_looks(theme, depth, p->known);
  for (int i = 0; i < LOOK_COUNT; i++) {
    double c = contrast(ink_of(&looks[i], p, own, bright), paper_of(&looks[i], p, own));
    if (c < 4.5)
      fail_msg("theme %d, %d colours, %s, own paper %s, bold %s: look %d has %.2f", (int)theme,
               depth, p->name, own->name, bright ? "bright" : "as it is", i, c);
  }
}

static void every_look_of_every_theme_can_be_read(void **state) {
  (void)state;
  static const int depths[] = {0, 8, 16, 88, 256};
  struct own own;
  int looked = 0;
  for (int theme = 0; theme < THEME_COUNT; theme++)
    for (size_t d = 0; d < sizeof depths / sizeof *depths; d++)
      for (size_t p = 0; p < PALETTES; p++)
        for (int which = 0; which < 2; which++)
          for (int bright = palettes[p].bright; bright < 2; bright++)
            if (own_of(&own, &palettes[p], which)) {
              can_be_read((enum theme_name)theme, depths[d], &palettes[p], &own, bright);
              looked++;
            }
  assert_int_equal(looked, 150);
}

static void the_formula_is_the_standards(void **state) {
  (void)state;
  struct rgb black = {0, 0, 0}, white = {255, 255, 255}, grey = {118, 118, 118};
  assert_true(fabs(contrast(black, white) - 21.0) < 0.001);
  assert_true(contrast(grey, white) >= 4.5 && contrast(grey, white) < 4.6); /* #767676 */
}

static void without_colours_no_look_has_any(void **state) {
  (void)state;
  for (int theme = 0; theme < THEME_COUNT; theme++)
    for (int i = 0; i < LOOK_COUNT; i++) {
      assert_int_equal(theme_looks((enum theme_name)theme, 2, true)[i].ink, COLOUR_DEFAULT);
      assert_int_equal(theme_looks(THEME_MONO, 256, false)[i].paper, COLOUR_DEFAULT);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_look_of_every_theme_can_be_read),
      cmocka_unit_test(the_formula_is_the_standards),
      cmocka_unit_test(without_colours_no_look_has_any),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
