#include "tui/pace.h"

#include <string.h>

enum { ROWS_MS = 100, FRAME_MS = 1000 };

void pace_free(struct pace *p) {
  grid_free(&p->last);
}

void pace_looked(struct pace *p, int64_t now_us) {
  p->looked = now_us;
}

/* Milliseconds until so many after then, rounded up. */
static int left_ms(int64_t then_us, int ms, int64_t now_us) {
  int64_t left = then_us + (int64_t)ms * 1000 - now_us;
  return left > 0 ? (int)((left + 999) / 1000) : 0;
}

int pace_left_ms(const struct pace *p, int64_t now_us) {
  return left_ms(p->looked, ROWS_MS, now_us);
}

int pace_held_ms(const struct pace *p, int64_t now_us) {
  return p->held ? left_ms(p->said, FRAME_MS, now_us) : -1;
}

/* Copies the frame of a grid to `last`, or back. */
static void copy_frame(struct grid *g, struct grid *last, bool back) {
  size_t cols = (size_t)g->cols, below = (size_t)last->rows - 1;
  struct cell *top = g->cells, *bottom = g->cells + ((size_t)g->rows - below) * cols;
  memcpy(back ? top : last->cells, back ? last->cells : top, cols * sizeof *top);
  memcpy(back ? bottom : last->cells + cols, back ? last->cells + cols : bottom,
         below * cols * sizeof *top);
}

static bool same_frame(const struct grid *g, const struct grid *last) {
  size_t cols = (size_t)g->cols, below = (size_t)last->rows - 1;
  const struct cell *bottom = g->cells + ((size_t)g->rows - below) * cols;
  return memcmp(g->cells, last->cells, cols * sizeof *bottom) == 0 &&
         memcmp(bottom, last->cells + cols, below * cols * sizeof *bottom) == 0;
}

void pace_frame(struct pace *p, struct grid *g, int rows_below, bool by_itself, int64_t now_us) {
  int below = rows_below < g->rows ? rows_below : g->rows;
  bool like = p->rows == g->rows && p->last.cols == g->cols && p->last.rows == 1 + below;
  bool same = like && same_frame(g, &p->last);
  p->held = by_itself && like && !same && p->said && left_ms(p->said, FRAME_MS, now_us) > 0;
  if (p->held) {
    copy_frame(g, &p->last, true);
    return;
  }
  if (by_itself && p->rows && !same)
    p->said = now_us;
  p->rows = 0; /* without memory nothing is held */
  if (grid_resize(&p->last, 1 + below, g->cols, NULL) == TC_OK) {
    copy_frame(g, &p->last, false);
    p->rows = g->rows;
  }
}
