#include "tui/search_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static int most(int a, int b) {
  return a > b ? a : b;
}

enum {
  NARROW_COLS = 60,
  SIDE_COLS = 140,
  FULL_ROWS = 14,
  ROWS_SHOWN_MAX = 512,
  SHOWN_TEXT = 512,
  NAME_LEAST = 12,
  NAME_BARE = 6,
  NAME_SIGN = 4,
  AFTER_LEAST = 4
};

/* Lines that the list would fill: rows, the rules between them, the sentence above. */
static int list_lines(const struct search_view *v) {
  int lines = (int)v->count + (v->note && *v->note ? 2 : 0);
  for (size_t i = 0; v->items && i < v->count; i++)
    lines += strcmp(i ? v->items[i - 1].section : "", v->items[i].section) != 0;
  return lines;
}

/* How the middle of the screen is divided. */
struct layout {
  struct area list, detail;
  int find_row;
  int rule_row; /* under Find; -1: none */
  int detail_rule_row;
  bool narrow, side;
};

static struct layout lay_out(struct area a, const struct search_view *v) {
  struct layout l = {.rule_row = -1, .detail_rule_row = -1};
  l.find_row = a.row;
  l.narrow = v->narrow || a.cols < NARROW_COLS;
  int row = a.row + 1, left = a.rows - 1;
  if (left >= FULL_ROWS) {
    l.rule_row = row++;
    left--;
  }
  l.list = (struct area){row, a.col, left, a.cols};
  if (!v->count) /* no row is chosen: what was tried and what is nearest have all of it */
    return l;
  l.side = a.cols >= SIDE_COLS && !l.narrow;
  if (v->home && !l.side)
    return l;
  if (l.side) {
    l.list.cols = a.cols * 3 / 5;
    l.detail = (struct area){row, a.col + l.list.cols + 1, left, a.cols - l.list.cols - 1};
  } else if (left >= FULL_ROWS - 1) {
    int detail = left * 2 / 5;
    detail = detail > 16 ? 16 : detail;
    l.list.rows = left - detail - 1;
    l.detail_rule_row = row + l.list.rows;
    l.detail = (struct area){l.detail_rule_row + 1, a.col, detail, a.cols};
  } else { /* a small screen keeps three lines of the chosen row; and what the list leaves */
    int spare = left - list_lines(v), detail = left >= 6 ? 3 : 0;
    detail = spare > most(detail, 1) ? spare : detail;
    l.list.rows = left - detail;
    if (detail)
      l.detail = (struct area){row + l.list.rows, a.col, detail, a.cols};
  }
  return l;
}

/* One line of the list: an item, or the rule before a section. */
struct line {
  int item;            /* -1: a rule */
  const char *section; /* of the rule */
};

/* The lines that show, so that the selected item is among them. */
static int visible_lines(const struct search_view *v, int rows, struct line *out) {
  int count = 0, chosen = 0;
  struct line *all = calloc(2 * v->count + 1, sizeof *all);
  if (!all)
    return 0;
  for (size_t i = 0; i < v->count; i++) {
    const char *before = i ? v->items[i - 1].section : "";
    if (strcmp(before, v->items[i].section) != 0)
      all[count++] = (struct line){-1, v->items[i].section};
    if (i == v->selected)
      chosen = count;
    all[count++] = (struct line){(int)i, ""};
  }
  int top = chosen < rows ? 0 : chosen - rows + 1;
  int shown = count - top < rows ? count - top : rows;
  shown = shown > ROWS_SHOWN_MAX ? ROWS_SHOWN_MAX : shown;
  memcpy(out, all + top, (size_t)(shown > 0 ? shown : 0) * sizeof *out);
  free(all);
  return shown;
}

/* Columns of the list, from what shows. */
struct columns {
  int site, name, place, number, kind;
};

/* The first part of a text: "changed 03:12" of "changed 03:12, was 4 5211". */
static const char *first_of(const char *whole, const char *ends, char out[SHOWN_TEXT]) {
  snprintf(out, SHOWN_TEXT, "%.*s", (int)strcspn(whole, ends), whole);
  return out;
}

static bool has_both(const struct search_item *item) {
  return item->left && *item->left;
}

static struct columns measure(const struct grid *g, const struct layout *l,
                              const struct search_view *v, const struct line *lines, int count) {
  struct columns c = {.site = 3};
  int names = 0, state = 0, told = 0;
  char text[SHOWN_TEXT];
  for (int i = 0; i < count; i++) {
    if (lines[i].item < 0)
      continue;
    const struct search_item *item = &v->items[lines[i].item];
    if (item->opens != ACT_NONE)
      continue;
    c.site = most(c.site, grid_width(g, item->site));
    c.number = most(c.number, grid_width(g, item->number));
    c.kind = most(c.kind, grid_width(g, item->kind));
    if (item->warn || item->changed)
      state = most(state, grid_width(g, first_of(item->kind, ",", text)));
    bool note = item->noted && !item->must && *item->where; /* which has the name's columns, too */
    c.place = most(c.place, grid_width(g, note ? item->where : item->place));
    names = most(names, grid_width(g, item->name));
    told = most(told, item->told ? grid_width(g, first_of(item->place, ",;", text)) : 0);
  }
  int left = l->list.cols - 3 - c.site - 1 - c.number - 1;
  if (l->narrow) {
    c.place = c.kind = 0;
    c.name = left;
    return c;
  }
  /* The state is whole before the names have their share. */
  int kind_most = most(most(12, left / 4), state > left / 2 ? left / 2 : state);
  c.kind = c.kind > kind_most ? kind_most : c.kind;
  left -= c.kind + 2;
  /* A name gives way to a place only where both have a fair share. */
  int place_most = most(left / 3, left - 1 - names);
  place_most = most(place_most, told < left / 2 ? told : left / 2);
  c.place = c.place > place_most ? place_most : c.place;
  c.name = left - c.place - 1;
  return c;
}

/* Has a text room beside a name of so many columns, as far as it must be read?  *name: what is left
 * for the name, where it has its usual columns no more. */
static bool fits_beside(const struct grid *g, const char *text, size_t must, int room, int least,
                        int *name) {
  char head[SHOWN_TEXT];
  snprintf(head, sizeof head, "%.*s%s", (int)must, text, text[must] ? "…" : "");
  int width = grid_width(g, head);
  if (width > room - 1 - least)
    return false;
  *name = most(least, *name < room - 1 - width ? *name : room - 1 - width);
  return true;
}

/* What is to be read before the number: its states are whole, in fewer words where it must be, and
 * the name gives way to them; where not all have room, the warning has. */
static const char *grave_text(const struct grid *g, const struct search_item *item, int room,
                              int *name) {
  int whole = grid_width(g, item->name);
  int least = whole < NAME_LEAST ? whole : NAME_LEAST, bare = whole < NAME_BARE ? whole : NAME_BARE;
  if (!item->must || fits_beside(g, item->place, item->must, room, least, name))
    return item->place;
  if (fits_beside(g, item->least, item->least_must, room, least, name) ||
      fits_beside(g, item->least, item->least_must, room, bare, name))
    return item->least;
  const char *warning = item->least + item->warning;
  size_t must = item->least_must - item->warning;
  if (item->warning && (fits_beside(g, warning, must, room, least, name) ||
                        fits_beside(g, warning, must, room, NAME_SIGN, name)))
    return warning;
  return item->place;
}

/* The states of an entry beside a number, as many as have room before some of the name: whom not to
 * call is said whatever of the name gives way. */
static const char *grave_word(const struct grid *g, const struct search_item *item, int room,
                              char out[SHOWN_TEXT]) {
  int whole = grid_width(g, item->name), least = whole < NAME_LEAST ? whole : NAME_LEAST;
  bool warned = item->curt && *item->curt;
  const struct {
    const char *text;
    int name;
  } forms[] = {{warned ? item->curt : "", NAME_BARE}, {warned ? item->curtest : "", 0}};
  if (!item->must)
    return "";
  snprintf(out, SHOWN_TEXT, "%.*s%s", (int)item->least_must, item->least,
           item->least[item->least_must] ? "…" : "");
  if (grid_width(g, out) < room - least)
    return out;
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    if (grid_width(g, forms[i].text) < room - forms[i].name)
      return forms[i].text;
  return "";
}

/* What somebody wrote of it: from the end of the name on.  A few words of it would be read for the
 * whole: then there is when and who alone, else where it is, and the chosen row has the note. */
static const char *note_text(const struct grid *g, const struct search_item *item, int room,
                             int *name, char head[SHOWN_TEXT]) {
  enum { NOTE_LEAST = 24 };
  int whole = grid_width(g, item->name), note = grid_width(g, item->place);
  int own = whole < *name ? whole : *name, left = room - own - 1;
  const char *words = strstr(item->place, ": ");
  if (note > left && left < NOTE_LEAST && words) {
    snprintf(head, SHOWN_TEXT, "%.*s", (int)(words - item->place), item->place);
    note = grid_width(g, head);
    if (note > left)
      return *item->where ? item->where : item->place;
    *name = room - 1 - note < *name ? room - 1 - note : *name;
    return head;
  }
  *name = own;
  return item->place;
}

/* A row without columns for kind and place: what stands between its number and its name. */
struct between {
  int at;                 /* its first column, behind the number */
  int mark, state, grave; /* columns of each */
  const char *state_text, *grave_text;
  int name; /* columns left for the name */
};

static struct between lay_between(const struct grid *g, const struct layout *l, int col,
                                  const struct columns *c, const struct search_item *item,
                                  char word[SHOWN_TEXT]) {
  int end = l->list.col + l->list.cols;
  bool stated = item->state && *item->state;
  struct between b = {.state_text = stated ? item->state : ""};
  b.at = col + (stated ? grid_width(g, item->number) : c->number) + 1;
  if (item->brief && end - b.at - grid_width(g, b.state_text) - 1 < NAME_LEAST)
    b.state_text = item->brief;
  if (grid_width(g, b.state_text) > end - b.at) /* behind an address: the sign stands for it */
    b.state_text = "";
  b.state = grid_width(g, b.state_text);
  int left = most(end - b.at - b.state - (b.state > 0), 0);
  b.mark = item->mark && *item->mark && left > 0 ? grid_width(g, item->mark) : 0;
  b.mark = b.mark > left ? left : b.mark;
  left -= b.mark + (b.mark > 0);
  b.grave_text = grave_word(g, item, left, word);
  size_t said = strlen(b.state_text);
  if (said && strncmp(b.grave_text, b.state_text, said) == 0)
    b.grave_text += said + (strncmp(b.grave_text + said, "; ", 2) == 0 ? 2 : 0);
  b.grave = grid_width(g, b.grave_text);
  b.name = most(left - b.grave - (b.grave > 0), 0);
  return b;
}

/* The columns of a row's name. */
static int name_room(const struct grid *g, const struct layout *l, const struct columns *c,
                     const struct search_item *item) {
  char word[SHOWN_TEXT];
  int col = l->list.col + 2 + c->site, name = c->name;
  if (has_both(item)) /* as far as it says by itself: draw_both() */
    return l->narrow ? most(l->list.col + l->list.cols - col - grid_width(g, item->number) -
                                grid_width(g, item->kind) - 2,
                            0)
                     : name;
  if (l->narrow)
    return lay_between(g, l, col, c, item, word).name;
  if (c->place > 0)
    grave_text(g, item, c->name + c->place + 1, &name);
  return name;
}

/* A name that is cut where another one begins so: which of them is the secretariat?  The one that
 * is the beginning of the other needs no more. */
static bool cut_alike(const struct grid *g, int room, const struct search_item *a,
                      const struct search_item *b) {
  return grid_width(g, a->name) > room && strcmp(a->site, b->site) == 0 &&
         strncmp(a->name, b->name, strlen(a->name)) != 0 &&
         strncmp(a->name, b->name, (size_t)most(room - 2, 0)) == 0;
}

/* A person cannot tell by what their columns show which row is whose: two numbers under one name
 * are not told apart by being two. */
static bool alike(const struct columns *c, int room, const struct search_item *a,
                  const struct search_item *b) {
  bool same = strcmp(a->name, b->name) == 0 ||
              (strcmp(a->number, b->number) == 0 && strcmp(a->kind, b->kind) == 0);
  return same && strcmp(a->site, b->site) == 0 &&
         strncmp(a->name, b->name, (size_t)most(room - 2, 0)) == 0 &&
         strncmp(a->place, b->place, (size_t)most(c->place - 2, 0)) == 0;
}

/* All that could tell a row from another, most telling last.  What was tried of it, or that it is
 * away, keeps the place: such a row has its name alone. */
static void full_text(const struct search_item *item, char out[SHOWN_TEXT]) {
  size_t place = strlen(item->place);
  bool twice =
      place && strncmp(item->more, item->place, place) == 0; /* the unit, for want of one */
  if (item->told || item->must)
    snprintf(out, SHOWN_TEXT, "%s", item->name);
  else
    snprintf(out, SHOWN_TEXT, "%s%s%s%s%s", item->name, place && !twice ? ", " : "",
             twice ? "" : item->place, *item->more ? ", " : "", item->more);
}

/* Where a row looks like another one that shows: the bytes of its full text that both have in
 * common, back to a word of the name or to the beginning of what follows it; -1: it looks like
 * none.  *least: back to a word, whichever. */
static int common_part(const struct grid *g, const struct layout *l, const struct columns *c,
                       const struct search_view *v, const struct line *lines, int count, int at,
                       char full[SHOWN_TEXT], int *least) {
  const struct search_item *item = &v->items[lines[at].item];
  char other_full[SHOWN_TEXT];
  int name = (int)strlen(item->name), common = -1, room = name_room(g, l, c, item);
  *full = '\0';
  *least = 0;
  for (int i = 0; i < count; i++) {
    if (i == at || lines[i].item < 0)
      continue;
    const struct search_item *o = &v->items[lines[i].item];
    if (!alike(c, room, item, o) && !cut_alike(g, room, item, o))
      continue;
    if (!*full)
      full_text(item, full);
    full_text(o, other_full);
    int n = 0;
    while (full[n] && full[n] == other_full[n])
      n++;
    while (n > 0 && full[n - 1] != ' ')
      n--;
    *least = most(*least, n);
    while (n > 0 && (full[n - 1] != ' ' || (n > name && n > 1 && full[n - 2] != ',')))
      n--;
    common = most(common, n);
  }
  return common > 0 && full[common] ? common : -1;
}

/* Is that a part of the name, and not of what follows it? */
static bool in_name(const char *name, const char *differs) {
  for (const char *end = name; *end; end++)
    if ((end == name || end[-1] == ' ') && strncmp(differs, end, strlen(end)) == 0)
      return true;
  return false;
}

/* The beginning of a name and where it differs from another one, in so many columns; in few, where
 * it differs alone. */
static void draw_alike(struct grid *g, int row, int col, int room, const char *name,
                       const char *differs, const char *least) {
  enum { BOTH = 16 };
  if (grid_width(g, name) <= room && in_name(name, least > differs ? least : differs)) {
    const char *from = least > differs ? least : differs;
    int used = grid_text(g, row, col, room, LOOK_TEXT, name);
    const char *after = from + strlen(from);
    for (const char *end = name; *end; end++) /* what follows the name, where there is room */
      if (strncmp(from, end, strlen(end)) == 0 && after > from + strlen(end))
        after = from + strlen(end);
    if (room - used > AFTER_LEAST)
      grid_text_cut(g, row, col + used, room - used, LOOK_QUIET, after);
    return;
  }
  if (room < BOTH && in_name(name, least > differs ? least : differs)) {
    int sign = grid_text(g, row, col, room, LOOK_WARN, "…");
    grid_text_cut(g, row, col + sign, room - sign, LOOK_WARN, least > differs ? least : differs);
    return;
  }
  int tail = grid_width(g, differs);
  if (tail > room * 2 / 3 && least > differs) { /* where they differ, and the words before it */
    const char *from = differs;
    differs = least;
    for (const char *word = least; word > from; word--)
      if (word[-1] == ' ' && grid_width(g, word) <= room * 2 / 3)
        differs = word;
    tail = grid_width(g, differs);
  }
  tail = tail > room * 2 / 3 ? room * 2 / 3 : tail;
  int used = grid_text_cut(g, row, col, room - tail - 1, LOOK_TEXT, name);
  grid_text_cut(g, row, col + used + 1, room - used - 1, LOOK_WARN, differs);
}

static void draw_names(struct grid *g, int row, int col, const struct columns *c,
                       const struct search_item *item, const char *differs, const char *least) {
  bool placed = !differs || item->told || item->must;
  int room = c->name + (c->place > 0 ? c->place + 1 : 0), name = c->name;
  char head[SHOWN_TEXT];
  const char *place = item->place;
  if (placed && c->place > 0)
    place = item->noted && !item->must ? note_text(g, item, room, &name, head)
                                       : grave_text(g, item, room, &name);
  else if (!placed)
    name = room;
  if (differs)
    draw_alike(g, row, col, name, item->name, differs, least);
  else
    grid_text_cut(g, row, col, name, LOOK_TEXT, item->name);
  if (placed && c->place > 0)
    grid_text_cut(g, row, col + name + 1, room - name - 1,
                  item->told || item->mind ? LOOK_WARN : LOOK_QUIET, place);
}

/* What is said between the number of such a code and its name, where not all of it has room: its
 * state in the fewest words, or by a sign where those leave nothing of the name that would tell it
 * from another; the mark, which stands in the frame too, gives way last.  NULL: no form fits. */
static const char *brief_both(const struct grid *g, const struct search_item *item, int room,
                              char out[SHOWN_TEXT]) {
  const char *said[] = {item->left_brief, item->left_sign};
  bool marked = item->mark && *item->mark;
  for (int least = AFTER_LEAST + 1; least >= 0; least -= AFTER_LEAST + 1)
    for (int mark = marked; mark >= 0; mark--)
      for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!said[i] || !*said[i])
          continue;
        snprintf(out, SHOWN_TEXT, "%s%s%s", mark ? item->mark : "", mark ? " " : "", said[i]);
        if (room - grid_width(g, out) >= least)
          return out;
      }
  return NULL;
}

/* A code whose own number is DOWN: that, and what is left of it, both whole, whatever of the name
 * and of the words between them gives way. */
static void draw_both(struct grid *g, const struct layout *l, int row, int col,
                      const struct columns *c, const struct search_item *item, const char *differs,
                      const char *least) {
  struct columns rest = *c;
  char brief[SHOWN_TEXT];
  int end = l->list.col + l->list.cols, kind = grid_width(g, item->kind);
  int gap = l->narrow ? grid_width(g, item->number) + 1 : c->number + 2;
  int usual = l->narrow ? col : col + c->name + 1 + (c->place > 0 ? c->place + 1 : 0);
  if (!l->narrow && usual + gap + kind > end) /* out of its columns: without their blanks */
    gap = grid_width(g, item->number) + 2;
  int at = most(usual + gap + kind > end ? end - gap - kind : usual, col);
  const char *alone = item->left_least && *item->left_least ? item->left_least : item->left;
  int room = end - at - gap, left = grid_width(g, alone);
  const char *said = kind <= room ? item->kind : brief_both(g, item, room, brief);
  grid_text(g, row, at, gap, LOOK_DOWN, item->number);
  if (said) {
    kind = grid_width(g, said);
    grid_text(g, row, at + gap, room, LOOK_WARN, said);
  } else {
    grid_text_cut(g, row, at + gap, most(room - left - 1, 0), LOOK_WARN, item->kind);
    grid_text(g, row, most(end - left, at + gap), left, LOOK_WARN, alone);
  }
  if (l->narrow) {
    col += gap + kind + 1;
    rest.name = end - col;
  } else if (at < usual || !*item->place) {
    rest.name = at - col - 1;
    rest.place = 0;
  }
  if (rest.name > 0)
    draw_names(g, row, col, &rest, item, differs, least);
}

/* Site, number and name; what must be known of the number comes before the name, which gives way:
 * the state is whole, and the mark, which stands in the frame too, gives way to it. */
static void draw_narrow(struct grid *g, const struct layout *l, int row, int col,
                        const struct columns *c, const struct search_item *item,
                        const char *differs, const char *least) {
  struct columns rest = *c;
  char word[SHOWN_TEXT];
  struct between b = lay_between(g, l, col, c, item, word);
  grid_text(g, row, col, c->number, item->warn ? LOOK_DOWN : LOOK_NUMBER, item->number);
  col = b.at;
  if (b.mark)
    col += grid_text_cut(g, row, col, b.mark, LOOK_WARN, item->mark) + 1;
  if (b.state)
    col += grid_text(g, row, col, b.state, LOOK_WARN, b.state_text) + 1;
  if (b.grave)
    col += grid_text(g, row, col, b.grave, LOOK_WARN, b.grave_text) + 1;
  rest.name = most(l->list.col + l->list.cols - col, 0);
  draw_names(g, row, col, &rest, item, differs, least);
}

static void draw_item(struct grid *g, const struct layout *l, int row, const struct columns *c,
                      const struct search_item *item, const char *differs, const char *least,
                      bool selected) {
  int col = l->list.col, end = l->list.col + l->list.cols;
  grid_text(g, row, col, 1, LOOK_TEXT, selected ? ">" : " ");
  grid_text(g, row, col + 1, c->site, item->here ? LOOK_SITE : LOOK_SITE_OUT, item->site);
  col += 1 + c->site;
  /* The words may be cut, or have no column: the sign says that there are some to be read. */
  bool alert = item->changed || item->warn;
  grid_text(g, row, col, 1, LOOK_WARN,
            alert               ? "!"
            : item->approximate ? "~"
            : item->mind        ? "!"
            : item->noted       ? "+"
                                : " ");
  col += 1;
  struct search_item both = *item;
  char name[SHOWN_TEXT];
  if (item->approximate && alert) { /* its own sign has given way */
    snprintf(name, sizeof name, "~%s", item->name);
    both.name = name;
    item = &both;
  }
  if (item->opens != ACT_NONE) {
    int keys = grid_width(g, item->kind);
    grid_text_cut(g, row, col, end - col - keys - 3, LOOK_TEXT, item->name);
    grid_text(g, row, end - keys - 1, keys, LOOK_QUIET, item->kind);
  } else if (has_both(item)) {
    draw_both(g, l, row, col, c, item, differs, least);
  } else if (l->narrow) {
    draw_narrow(g, l, row, col, c, item, differs, least);
  } else {
    draw_names(g, row, col, c, item, differs, least);
    int at = col + c->name + 1 + (c->place > 0 ? c->place + 1 : 0);
    grid_text(g, row, at, c->number, item->warn ? LOOK_DOWN : LOOK_NUMBER, item->number);
    int room = end - at - c->number - 2;
    char text[SHOWN_TEXT];
    snprintf(text, sizeof text, "%s", item->kind);
    if (item->changed) /* an old number is told whole or not at all: the card has it */
      for (char *part; grid_width(g, text) > room && (part = strrchr(text, ',')) != NULL;)
        *part = '\0';
    grid_text_cut(g, row, at + c->number + 2, room,
                  item->warn || item->changed ? LOOK_WARN : LOOK_TEXT, text);
  }
  if (selected)
    grid_paint(g, row, l->list.col, l->list.cols, LOOK_SELECTED);
}

static void draw_list(struct grid *g, const struct layout *l, const struct search_view *v) {
  int row = l->list.row, rows = l->list.rows;
  if (*v->note && rows > 2) {
    int n = grid_text_wrap(g, row, l->list.col + 1, l->list.cols - 2, 2, LOOK_WARN, v->note);
    row += n;
    rows -= n;
  }
  if (!v->count) {
    if (v->part == PART_LIST) /* what is said is read where it begins */
      grid_cursor(g, row, l->list.col);
    for (size_t i = 0; i < v->line_count && rows > 0; i++) {
      int n =
          grid_text_wrap(g, row, l->list.col + 2, l->list.cols - 3, rows, LOOK_TEXT, v->lines[i]);
      row += most(n, 1);
      rows -= most(n, 1);
    }
    return;
  }
  struct line lines[ROWS_SHOWN_MAX];
  int count = visible_lines(v, rows, lines);
  struct columns c = measure(g, l, v, lines, count);
  for (int i = 0; i < count; i++, row++) {
    if (lines[i].item < 0) {
      grid_rule(g, row, l->list.col, l->list.cols, LOOK_QUIET, lines[i].section);
      continue;
    }
    char full[SHOWN_TEXT];
    int least, common = common_part(g, l, &c, v, lines, count, i, full, &least);
    bool selected = (size_t)lines[i].item == v->selected;
    draw_item(g, l, row, &c, &v->items[lines[i].item], common < 0 ? NULL : full + common,
              full + least, selected);
    if (selected && v->part == PART_LIST)
      grid_cursor(g, row, l->list.col);
  }
}

void typed_draw(struct grid *g, int row, int col, int room, const char *text, size_t caret_at,
                bool cursor) {
  char head[SHOWN_TEXT];
  size_t caret = caret_at < sizeof head - 1 ? caret_at : sizeof head - 1;
  memcpy(head, text, caret);
  head[caret] = '\0';
  size_t skip = 0;
  while (head[skip] && grid_width(g, head + skip) > room - 1) {
    skip++;
    while ((head[skip] & 0xC0) == 0x80)
      skip++;
  }
  grid_text(g, row, col, room, LOOK_QUERY, text + skip);
  if (cursor)
    grid_cursor(g, row, col + grid_width(g, head + skip));
}

static void draw_find(struct grid *g, struct area a, const struct search_view *v) {
  int row = a.row, end = a.col + a.cols - 1;
  int col = a.col + 1 + grid_text(g, row, a.col + 1, a.cols - 1, LOOK_LABEL, _("Find:")) + 1;
  int counts = grid_width(g, v->counts);
  int room = end - col - (counts ? counts + 2 : 0);
  if (room < (*v->query ? 8 : 1)) {
    room = end - col;
    counts = 0;
  }
  typed_draw(g, row, col, room, v->query, v->caret, v->part == PART_FIND);
  if (counts)
    grid_text_right(g, row, end - counts, counts, LOOK_QUIET, v->counts);
}

void search_draw(struct grid *g, struct area a, const struct search_view *v) {
  if (a.rows < 1)
    return;
  struct layout l = lay_out(a, v);
  draw_find(g, a, v);
  if (l.rule_row >= 0)
    grid_rule(g, l.rule_row, a.col, a.cols, LOOK_QUIET, NULL);
  draw_list(g, &l, v);
  if (l.detail_rule_row >= 0)
    grid_rule(g, l.detail_rule_row, a.col, a.cols, LOOK_QUIET, NULL);
  if (l.side)
    for (int i = 0; i < l.detail.rows; i++)
      grid_text(g, l.detail.row + i, l.detail.col - 1, 1, LOOK_QUIET, "│");
  if (v->card)
    card_draw_detail(g, l.detail, v->card);
  if (v->part == PART_DETAIL)
    grid_cursor(g, l.detail.rows ? l.detail.row : l.find_row, l.detail.rows ? l.detail.col + 1 : 0);
  if (v->part == PART_CODES)
    grid_cursor(g, frame_codes_row(g), 1);
}

int search_page(struct area a, const struct search_view *v) {
  return most(1, lay_out(a, v).list.rows - 1);
}
