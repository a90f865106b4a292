/* Words that may be meant: the distance is carried along the sorted terms as along the branches of
 * a tree, and a branch is left where no word on it can be near any more. */
#include <string.h>

#include "base/utf8.h"
#include "core/near.h"
#include "db/index.h"

/* LETTERS: of the word; a branch is followed so far, and two further. */
enum { LETTERS = FOLD_WORD_MAX, DEPTH = LETTERS + INDEX_DISTANCES, FAR = 99 };

struct walk {
  const struct index *index;
  const char *word;
  size_t len;
  int allowed;
  bool beginning;
  struct near_pattern pattern; /* for what is not ASCII */
  struct index_near *out;
  /* By letters of the branch: the distances of each beginning of the word (optimal string
   * alignment), those that may be within what is allowed, FAR around them; the smallest of them;
   * and the distance of the whole word to the best beginning of the branch. */
  unsigned char column[DEPTH + 1][LETTERS + 3], least[DEPTH + 1], best[DEPTH + 1];
  char branch[DEPTH + 1];
  size_t depth;
};

static int smaller(int a, int b) {
  return a < b ? a : b;
}

/* Adds a letter to the branch; false where no word on it can be near, beyond what best says. */
static bool grow(struct walk *w, char letter) {
  size_t j = ++w->depth, k = (size_t)w->allowed;
  size_t first = j > k ? j - k : 0, last = j + k < w->len ? j + k : w->len;
  unsigned char *now = w->column[j], *before = w->column[j - 1];
  int least = FAR;
  w->branch[j - 1] = letter;
  if (first > 0)
    now[first - 1] = FAR;
  now[last + 1] = FAR;
  for (size_t i = first; i <= last; i++) {
    int d = i == 0 ? (int)j : FAR;
    if (i > 0) {
      d = smaller(before[i - 1] + (w->word[i - 1] != letter), now[i - 1] + 1);
      d = smaller(d, before[i] + 1);
      if (i > 1 && j > 1 && w->word[i - 1] == w->branch[j - 2] && w->word[i - 2] == letter)
        d = smaller(d, w->column[j - 2][i - 2] + 1);
      d = smaller(d, FAR);
    }
    now[i] = (unsigned char)d;
    least = smaller(least, d);
  }
  w->least[j] = (unsigned char)least;
  w->best[j] = w->best[j - 1];
  if (last == w->len && first <= w->len && now[w->len] < w->best[j])
    w->best[j] = now[w->len];
  /* A swap takes up the column before the last. */
  return first <= w->len && (least <= w->allowed || w->least[j - 1] < w->allowed);
}

static void take(struct walk *w, uint32_t term, int distance) {
  if (distance <= w->allowed && w->out->counts[distance] < INDEX_NEAR)
    w->out->terms[distance][w->out->counts[distance]++] = term;
}

/* The first term behind `term` that does not begin with the branch. */
static uint32_t behind(const struct walk *w, uint32_t term) {
  uint32_t low = term + 1, step = 1, terms = index_terms(w->index);
  size_t len;
  for (;;) { /* most branches are short */
    uint32_t probe = low + step - 1;
    const char *text = probe < terms ? index_term_text(w->index, probe, &len) : "";
    if (probe >= terms || len < w->depth || memcmp(text, w->branch, w->depth) != 0)
      break;
    low = probe + 1;
    step *= 2;
  }
  uint32_t high = low + step - 1 < terms ? low + step - 1 : terms;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const char *text = index_term_text(w->index, middle, &len);
    if (len >= w->depth && memcmp(text, w->branch, w->depth) == 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_ascii(const char *text, size_t len) {
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)text[i] >= 0x80)
      return false;
  return true;
}

/* Looks at one term; returns the next that is to be looked at. */
static uint32_t visit(struct walk *w, uint32_t term) {
  size_t len, shared = 0;
  const char *text = index_term_text(w->index, term, &len);
  if (!is_ascii(text, len)) {
    take(w, term,
         w->beginning ? near_pattern_prefix(&w->pattern, text, len, w->allowed)
                      : near_pattern_distance(&w->pattern, text, len, w->allowed));
    return term + 1;
  }
  while (shared < w->depth && shared < len && text[shared] == w->branch[shared])
    shared++;
  w->depth = shared;
  size_t reach = w->len + (size_t)w->allowed; /* letters of it that matter */
  bool alive = true;
  while (alive && w->depth < len && w->depth < reach)
    alive = grow(w, text[w->depth]);
  if (alive && w->depth == len) { /* a whole term; others may go on from it */
    bool comparable = len + (size_t)w->allowed >= w->len;
    take(w, term, w->beginning ? w->best[len] : comparable ? w->column[len][w->len] : FAR);
    return term + 1;
  }
  if (!w->beginning) /* too far, or too long */
    return behind(w, term);
  int best = w->best[w->depth];
  if (best > w->allowed || w->out->counts[best] == INDEX_NEAR)
    return behind(w, term);
  take(w, term, best);
  return term + 1;
}

/* One term after another, where the word itself is not ASCII. */
static void visit_all(struct walk *w, uint32_t first) {
  for (uint32_t i = first; i < index_terms(w->index); i++) {
    size_t len;
    const char *text = index_term_text(w->index, i, &len);
    take(w, i,
         w->beginning ? near_pattern_prefix(&w->pattern, text, len, w->allowed)
                      : near_pattern_distance(&w->pattern, text, len, w->allowed));
  }
}

void index_near(const struct index *x, const char *word, size_t len, bool beginning,
                struct index_near *out) {
  struct walk w = {.index = x, .word = word, .len = len, .beginning = beginning, .out = out};
  memset(out, 0, sizeof *out);
  w.allowed = near_allowance(utf8_count(word, len));
  if (w.allowed == 0 || w.allowed >= INDEX_DISTANCES)
    return;
  near_pattern_set(&w.pattern, word, len);
  uint32_t first = index_begin(x, "a", 1).first; /* behind all markers and numbers */
  if (len > LETTERS || !is_ascii(word, len)) {
    visit_all(&w, first);
    return;
  }
  for (size_t i = 0; i <= len; i++)
    w.column[0][i] = (unsigned char)(i <= (size_t)w.allowed ? i : FAR);
  w.best[0] = FAR;
  for (uint32_t i = first; i < index_terms(x);)
    i = visit(&w, i);
}
