/* How long a keystroke's screen takes: drawn on the grid, compared, written to a real line. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/lib/pty.h"
#include "tests/lib/views.h"
#include "tui/term.h"

enum { ROWS_MAX = 60, PASSES = 5, PAINTS = 100, WARM = 20 };

struct bench {
  int rows, cols, out; /* where the figure goes */
};

/* Two lists that differ in every row, as the ones of two keystrokes do. */
static void make_lists(struct search_item lists[2][ROWS_MAX], char text[2][ROWS_MAX][2][48]) {
  static const char *const names[] = {"Réanimation chirurgicale", "Pneumologie, secrétariat",
                                      "Laboratoire de biochimie", "Consultation de cardiologie",
                                      "Bloc opératoire 2, cadre", "Accueil des urgences"};
  for (int l = 0; l < 2; l++)
    for (int i = 0; i < ROWS_MAX; i++) {
      snprintf(text[l][i][0], 48, "%s %d", names[(i + l * 3) % 6], i);
      snprintf(text[l][i][1], 48, "0 01 99 00 %02d %02d", 10 + l, i);
      lists[l][i] = (struct search_item){.section = i < 20 ? "" : "other sites",
                                         .site = i < 20 ? "SAB" : "RIV",
                                         .name = text[l][i][0],
                                         .place = l ? "Pav. Alma 2e" : "Bât. B 3e",
                                         .number = text[l][i][1],
                                         .kind = l ? "direct line" : "via DDI",
                                         .more = "",
                                         .here = i < 20};
    }
}

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static int paint(void *arg) {
  const struct bench *b = arg;
  static struct search_item lists[2][ROWS_MAX];
  static char text[2][ROWS_MAX][2][48];
  static int64_t took[PAINTS];
  struct grid g = GRID_INIT;
  struct term_options options = {.theme = THEME_DARK};
  setlocale(LC_ALL, "C.UTF-8");
  setenv("TERM", "xterm-256color", 1);
  if (term_start(&options, NULL) != TC_OK || grid_resize(&g, b->rows, b->cols, NULL) != TC_OK)
    return 1;
  make_lists(lists, text);
  int64_t best = INT64_MAX; /* the median of the pass least disturbed */
  for (int n = -WARM; n < PASSES * PAINTS; n++) {
    int i = n < 0 ? n : n % PAINTS;
    struct search_view v = view_found;
    int64_t start = clock_monotonic_us();
    v.items = lists[(i + WARM) % 2];
    v.count = ROWS_MAX;
    v.query = i % 2 ? "rea ch" : "rea chi";
    v.caret = strlen(v.query);
    grid_clear(&g);
    search_draw(&g, frame_draw(&g, &view_frame, SCREEN_SEARCH), &v);
    (void)term_show(&g);
    if (i >= 0)
      took[i] = clock_monotonic_us() - start;
    if (i == PAINTS - 1) {
      qsort(took, PAINTS, sizeof *took, by_value);
      best = took[PAINTS / 2] < best ? took[PAINTS / 2] : best;
    }
  }
  term_stop();
  grid_free(&g);
  return write(b->out, &best, sizeof best) == sizeof best ? 0 : 1;
}

static int measure(const char *name, int rows, int cols) {
  int ends[2];
  struct pty p;
  int64_t took = 0;
  if (pipe(ends) != 0)
    return 1;
  struct bench b = {rows, cols, ends[1]};
  if (!pty_start(&p, rows, cols, paint, &b))
    return 1;
  close(ends[1]);
  int status = pty_wait_end(&p, false);
  bool good = status == 0 && read(ends[0], &took, sizeof took) == sizeof took;
  close(ends[0]);
  pty_free(&p);
  if (!good) {
    fprintf(stderr, "bench_paint: %s could not be measured\n", name);
    return 1;
  }
  printf("%s %lld us\n", name, (long long)took);
  return 0;
}

int main(void) {
  int failed = measure("paint_80x24_us", 24, 80);
  return failed | measure("paint_200x60_us", 60, 200);
}
