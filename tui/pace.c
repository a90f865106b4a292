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

/* The cells of some rows of two grids of one size. */
static bool same_rows(const struct grid *a, const struct grid *b, int row, int rows) {
  size_t from = (size_t)row * (size_t)a->cols, cells = (size_t)rows * (size_t)a->cols;
  return memcmp(a->cells + from, b->cells + from, cells * sizeof *a->cells) == 0;
}

static void copy_rows(struct grid *to, const struct grid *from, int row, int rows) {
  size_t first = (size_t)row * (size_t)to->cols, cells = (size_t)rows * (size_t)to->cols;
  memcpy(to->cells + first, from->cells + first, cells * sizeof *to->cells);
}

void pace_frame(struct pace *p, struct grid *g, int rows_below, bool by_itself, int64_t now_us) {
  int below = rows_below < g->rows ? rows_below : g->rows;
  bool like = p->last.rows == g->rows && p->last.cols == g->cols && p->below == below;
  bool same =
      like && same_rows(g, &p->last, 0, 1) && same_rows(g, &p->last, g->rows - below, below);
  p->held = by_itself && like && !same && p->said && left_ms(p->said, FRAME_MS, now_us) > 0;
  if (p->held) {
    copy_rows(g, &p->last, 0, 1);
    copy_rows(g, &p->last, g->rows - below, below);
    return;
  }
  if (by_itself && p->last.rows > 0 && !same)
    p->said = now_us;
  /* without memory nothing is held */
  p->below = grid_resize(&p->last, g->rows, g->cols, NULL) == TC_OK ? below : -1;
  if (p->below >= 0)
    copy_rows(&p->last, g, 0, g->rows);
}
