/* Every screen that somebody read and found good, at three sizes, in English and in French. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/cut_states.h"
#include "tests/lib/golden.h"
#include "tests/lib/scenes.h"
#include "tui/app_state.h"
#include "tui/facts.h"

/* No state is there in part. */
static void no_state_is_cut(const struct grid *g, const char *name) {
  struct buffer line = BUFFER_INIT;
  for (int row = 0; row < g->rows; row++) {
    buffer_clear(&line);
    grid_row_text(g, row, &line);
    const char *part = cut_state(buffer_text(&line));
    if (part)
      fail_msg("%s: \"%s\" is cut: %s", name, part, buffer_text(&line));
  }
  buffer_free(&line);
}

/* Nor is the way out of what a message or the hint of a list says. */
static void no_way_out_is_cut(const struct app *a, const struct grid *g, const char *name) {
  const char *cut = cut_way_out(g, a->message);
  if (!cut)
    cut = cut_hint(g, app_screen(a), &a->list);
  if (cut)
    fail_msg("%s: \"%s\" is not whole", name, cut);
}

static void look(const char *language) {
  for (size_t i = 0; i < scene_count; i++) {
    struct bench b;
    char name[96];
    scene_open(&b, scenes[i].place, &scene_sizes[0]);
    keys(&b, scenes[i].keys);
    for (size_t s = 0; s < SCENE_SIZES; s++) {
      scene_resize(&b, &scene_sizes[s]);
      app_draw(b.app, &b.grid);
      if (b.grid.cursor_row < 0) /* a braille line shows the row of the cursor */
        fail_msg("%s has no cursor at %dx%d", scenes[i].name, scene_sizes[s].cols,
                 scene_sizes[s].rows);
      snprintf(name, sizeof name, "%s%s-%dx%d", scenes[i].name, language, scene_sizes[s].cols,
               scene_sizes[s].rows);
      no_state_is_cut(&b.grid, name);
      no_way_out_is_cut(b.app, &b.grid, name);
      golden_check(&b.grid, name);
    }
    stop(&b);
  }
}

/* F12: what it says is of the folder that the directory is in, so it is given one here. */
static void look_at_status(const char *language) {
  struct bench b;
  struct present p;
  struct arena arena = ARENA_INIT;
  struct facts_view view;
  scene_open(&b, PLACE_WARD, &scene_sizes[0]);
  keys(&b, "{F12}");
  app_draw(b.app, &b.grid);
  app_present(b.app, &p, &arena);
  assert_true(present_status(&p, "/var/lib/tocsin/public", &view));
  for (size_t s = 0; s < SCENE_SIZES; s++) {
    char name[96];
    scene_resize(&b, &scene_sizes[s]);
    facts_draw(&b.grid, frame_draw(&b.grid, &b.app->frame, SCREEN_STATUS), &view, 0);
    snprintf(name, sizeof name, "ward-status%s-%dx%d", language, scene_sizes[s].cols,
             scene_sizes[s].rows);
    golden_check(&b.grid, name);
  }
  arena_free(&arena);
  stop(&b);
}

static void every_screen_is_drawn_as_somebody_read_it(void **state) {
  (void)state;
  i18n_language("en");
  look("");
  look_at_status("");
}

static void and_in_french(void **state) {
  (void)state;
  i18n_language("fr");
  look("-fr");
  look_at_status("-fr");
}

int main(void) {
  catalogue_use("two");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_screen_is_drawn_as_somebody_read_it),
      cmocka_unit_test(and_in_french),
  };
  return cmocka_run_group_tests_name("scenes", tests, NULL, NULL);
}
