#include "tui/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"

/* Writes the left part, from the fullest form (0) to the barest. */
static void place_text(const struct frame *f, int form, char *out, size_t cap) {
  if (!*f->site)
    snprintf(out, cap, "%s", form == 0 ? _("Your site is not set: F2") : _("no site: F2"));
  else if (form == 0)
    snprintf(out, cap, _("You are at %s%s%s, %s"), f->site, *f->site_name ? " " : "", f->site_name,
             f->set);
  else if (form == 1)
    snprintf(out, cap, "%s%s%s, %s", f->site, *f->site_name ? " " : "", f->site_name, f->set);
  else if (form == 2)
    snprintf(out, cap, "%s %s", f->site, f->set);
  else
    snprintf(out, cap, "%s", f->site);
}

/* From the fullest form of each part to the barest, the first that fits.  What one calls from, by
 * which every number is shown, stands before the age of the data, but for one that warns. */
static void draw_top(struct grid *g, const struct frame *f) {
  const struct {
    int place;
    const char *data, *now;
  } forms[] = {{0, f->data_full, f->now},
               {0, f->data, f->now},
               {1, f->data_full, f->now},
               {1, f->data, f->now},
               {2, f->data, f->now},
               {1, f->data_short, f->now},
               {2, f->data_short, f->now},
               {2, f->data_short, f->now_short},
               {f->data_warns ? 3 : 2, f->data_warns ? f->data_short : "", f->now_short},
               {3, f->data_short, f->now_short}};
  enum { FORMS = sizeof forms / sizeof *forms, FEW_COLS = 60 };
  char left[256];
  const char *data = "", *now = "";
  int gaps = g->cols < FEW_COLS ? 6 : 8;
  for (int i = 0; i < FORMS; i++) {
    place_text(f, forms[i].place, left, sizeof left);
    data = forms[i].data;
    now = forms[i].now;
    if (grid_width(g, left) + grid_width(g, data) + grid_width(g, now) + gaps <= g->cols)
      break;
  }
  grid_fill(g, 0, 0, g->cols, LOOK_TOP, " ");
  int at = grid_text_right(g, 0, 0, g->cols - 1, LOOK_TOP, now);
  int end = 1 + grid_text_cut(g, 0, 1, at - 2, LOOK_TOP, left);
  int room = at - end - 4; /* the age stands in the middle of what is left */
  int width = grid_width(g, data);
  if (width <= room)
    grid_text(g, 0, end + 2 + (room - width) / 2, width, LOOK_TOP, data);
}

int frame_codes_row(const struct grid *g) {
  return g->rows - 2;
}

/* What is said of a code, from the whole of it to its first word, and at last of one that is DOWN
 * only what is left: all codes of a site show in a few words rather than two of them in many. */
enum code_form { CODE_WHOLE, CODE_PHRASE, CODE_WORD, CODE_LEAST, CODE_BRIEF, CODE_FORMS };
enum { SHORT_OUTSIDE = 6, CODE_PURPOSE = 96, CODE_OUTSIDE = 64, CODE_TEXT = 256 };

static int purpose_length(const struct frame_code *c, enum code_form form) {
  if (form >= CODE_LEAST && *c->state)
    return 0;
  size_t len = form == CODE_WHOLE ? strlen(c->purpose)
                                  : strcspn(c->purpose, form == CODE_PHRASE ? ",;(" : " ,;(");
  return len <= CODE_PURPOSE ? (int)len : 0; /* the state behind it is not cut for it */
}

/* Its state, or the least of it, where nothing is left that it would have to name. */
static const char *code_state(const struct frame_code *c, enum code_form form) {
  bool alone = !c->instead || !*c->instead;
  return form == CODE_BRIEF && alone && c->brief && *c->brief ? c->brief : c->state;
}

/* What stands behind the number of a code: that it is inside, where that is not said of all of
 * them; what it is for; what to press for its public number; its state. */
static const char *code_text(const struct grid *g, const struct frame_code *c, enum code_form form,
                             bool say_inside, char out[CODE_TEXT]) {
  char outside[CODE_OUTSIDE] = "";
  bool open = !*c->state && c->outside && *c->outside;
  if (open && form < CODE_WORD)
    snprintf(outside, sizeof outside, _(", outside %s"), c->outside);
  else if (open && grid_width(g, c->outside) <= SHORT_OUTSIDE)
    snprintf(outside, sizeof outside, _(": %s"), c->outside);
  bool inside = say_inside && c->inside;
  int purpose = purpose_length(c, form);
  struct buffer text = BUFFER_INIT;
  if (inside)
    buffer_printf(&text, " %s", _("inside"));
  if (purpose)
    buffer_printf(&text, " %.*s", purpose, c->purpose);
  buffer_add_text(&text, outside);
  if (*c->state)
    buffer_printf(&text, " %s", code_state(c, form));
  snprintf(out, CODE_TEXT, "%s", buffer_text(&text));
  buffer_free(&text);
  return out;
}

static int code_width(const struct grid *g, const struct frame_code *c, enum code_form form,
                      bool say_inside) {
  char text[CODE_TEXT];
  return grid_width(g, c->number) + grid_width(g, code_text(g, c, form, say_inside, text));
}

/* One word for all of them. */
static bool all_inside(const struct frame *f) {
  for (size_t i = 0; i < f->code_count; i++)
    if (!f->codes[i].inside)
      return false;
  return f->code_count > 0;
}

/* How the codes of a site are shown: what is said of all of them first, and in how many words each
 * is. */
struct codes_form {
  const char *inside; /* "inside:", before them; "" */
  bool say_inside;    /* of each that is */
  enum code_form form;
};

static int codes_width(const struct grid *g, const struct frame *f, const struct codes_form *c,
                       size_t count) {
  int width = *c->inside ? grid_width(g, c->inside) + 1 : 0;
  for (size_t i = 0; i < count; i++)
    width += (i ? 3 : 0) + code_width(g, &f->codes[i], c->form, c->say_inside);
  return width;
}

/* The fullest form in which all codes have room; where none has, the least but that they are
 * inside.
 */
static struct codes_form choose_form(const struct grid *g, const struct frame *f, int room) {
  bool all = all_inside(f);
  const char *const said[] = {_("inside:"), _("in:"), ""};
  struct codes_form c = {.inside = "", .say_inside = !all};
  enum { SAID = sizeof said / sizeof *said };
  /* A state of few words is the last resort, whatever is said of all. */
  for (size_t n = all ? 0 : SAID - 1; n < 2 * SAID; n++)
    for (int form = n < SAID ? 0 : CODE_BRIEF; form < (n < SAID ? (int)CODE_BRIEF : CODE_FORMS);
         form++) {
      c.form = (enum code_form)form;
      c.inside = said[n < SAID || all ? n % SAID : SAID - 1];
      if (codes_width(g, f, &c, f->code_count) <= room)
        return c;
    }
  c.inside = all && !*f->codes[0].state ? said[1] : "";
  c.form = f->code_count > 1 && codes_width(g, f, &c, 2) <= room ? CODE_BRIEF : CODE_WORD;
  return c;
}

/* What stands behind the first code where not all of it has room: its state, at least the number
 * that is left of it; where it has none, its first word. */
static const char *least_text(const struct grid *g, const struct frame_code *c, int room,
                              char out[CODE_TEXT]) {
  if (!*c->state)
    return code_text(g, c, CODE_WORD, false, out);
  snprintf(out, CODE_TEXT, " %s", c->state);
  if (c->brief && *c->brief && grid_width(g, out) > room)
    snprintf(out, CODE_TEXT, " %s", c->brief);
  if (c->sign && *c->sign && grid_width(g, out) > room)
    snprintf(out, CODE_TEXT, " %s", c->sign);
  return out;
}

/* The columns that the first code cannot do without. */
static int first_width(const struct grid *g, const struct frame *f) {
  char text[CODE_TEXT];
  return f->code_count
             ? grid_width(g, f->codes[0].number) + grid_width(g, least_text(g, f->codes, 0, text))
             : 0;
}

/* The first code where not all of it has room: number and state whole, of what it is for a part,
 * which does not stand behind another number. */
static int draw_first(struct grid *g, const struct frame_code *c, int row, int col, int end) {
  enum { WORTH = 4 }; /* columns of a part */
  char text[CODE_TEXT];
  col += grid_text(g, row, col, end - col, *c->state ? LOOK_DOWN : LOOK_CODE, c->number);
  if (*c->state)
    col += grid_text_cut(g, row, col, end - col, LOOK_WARN, least_text(g, c, end - col, text));
  if (*c->purpose && !(c->instead && *c->instead) && end - col > WORTH)
    col += 1 + grid_text_cut(g, row, col + 1, end - col - 1, LOOK_TEXT, c->purpose);
  return col;
}

/* How many codes have no room, and their state where it is one and the same: "+4 DOWN", or "+4". */
static const char *left_out(const struct grid *g, const struct frame *f, size_t shown, int room,
                            char out[CODE_TEXT]) {
  const struct frame_code *c = &f->codes[shown];
  size_t left = f->code_count - shown;
  bool same = *c->state;
  for (size_t i = shown + 1; i < f->code_count; i++)
    same = same && strcmp(f->codes[i].state, c->state) == 0;
  snprintf(out, CODE_TEXT, "+%zu %s", left, c->state);
  if (!same || grid_width(g, out) > room)
    snprintf(out, CODE_TEXT, "+%zu", left);
  return out;
}

/* Codes from the left, as many as fit whole, and how many there are beside them; the switchboard
 * keeps its room where the first code has its own.  No number is cut. */
static void draw_codes(struct grid *g, const struct frame *f) {
  int row = frame_codes_row(g);
  char last[128] = "";
  if (*f->switchboard)
    snprintf(last, sizeof last, _("switchboard %s"), f->switchboard);
  int end = g->cols - 1;
  int reserve = *last ? grid_width(g, last) + 3 : 0;
  int col = 1;
  if (*f->site)
    col += grid_text(g, row, col, end - col, LOOK_SITE, f->site) + 1;
  if (f->mark && *f->mark)
    col += grid_text(g, row, col, end - col, LOOK_WARN, f->mark) + 1;
  if (f->codes_lost && f->code_count) {
    const char *forms[] = {_("NOT ALL, DAMAGED:"), _("NOT ALL:")};
    col += grid_text(g, row, col, end - col, LOOK_WARN, forms[g->cols < 60]) + 1;
  }
  enum { LEFT_OUT = 3 }; /* " +4" */
  int sign = f->code_count > 1 ? LEFT_OUT : 0;
  bool asked = f->codes_lost && f->code_count && /* where the others are asked for stays */
               col + grid_width(g, f->codes[0].number) + sign + reserve <= end;
  if (col + first_width(g, f) + sign + reserve > end && !asked)
    reserve = 0;
  size_t shown = 0;
  const struct codes_form as = choose_form(g, f, end - col - reserve);
  if (*as.inside)
    col += grid_text(g, row, col, end - col, LOOK_QUIET, as.inside) + 1;
  for (; shown < f->code_count; shown++) {
    const struct frame_code *c = &f->codes[shown];
    char text[CODE_TEXT];
    bool first = shown == 0, last_one = shown + 1 == f->code_count;
    code_text(g, c, as.form, as.say_inside, text);
    int width = (first ? 0 : 3) + grid_width(g, c->number) + grid_width(g, text);
    if (col + width + (last_one ? 0 : sign) + reserve > end) {
      if (first)
        col = draw_first(g, c, row, col, end - reserve - sign);
      shown += first;
      break;
    }
    if (!first)
      col += grid_text(g, row, col, 3, LOOK_QUIET, " | ");
    col += grid_text(g, row, col, end - col, *c->state ? LOOK_DOWN : LOOK_CODE, c->number);
    col += grid_text(g, row, col, end - col, *c->state ? LOOK_WARN : LOOK_TEXT, text);
  }
  if (shown < f->code_count) {
    char text[CODE_TEXT];
    int room = end - reserve - col - 1;
    col += 1 + grid_text(g, row, col + 1, room, *f->codes[shown].state ? LOOK_WARN : LOOK_QUIET,
                         left_out(g, f, shown, room, text));
  }
  if (!f->code_count)
    col += grid_text_cut(g, row, col, end - col - reserve, LOOK_WARN, f->no_codes);
  if (reserve) {
    col += grid_text(g, row, col, 3, LOOK_QUIET, " | ");
    grid_text(g, row, col, end - col, LOOK_TEXT, last);
  }
}

static const char *bar_key(const struct action_row *r, char *out, size_t cap) {
  if (!r->shown)
    return key_text(r->key, out, cap);
  snprintf(out, cap, "%s", r->shown);
  return out;
}

static bool is_urgent(const struct frame *f, const struct action_row *r) {
  return f->urgent != ACT_NONE && r->action == f->urgent;
}

static const char *bar_label(const struct frame *f, const struct action_row *r,
                             enum screen screen) {
  if (r->action == ACT_WRITE && screen == SCREEN_INCIDENTS && f->declares)
    return _("Declare");
  if (r->action == ACT_OPEN && f->open_label)
    return f->open_label;
  return is_urgent(f, r) && f->urgent_label ? f->urgent_label : action_label(r, screen);
}

static int bar_priority(const struct frame *f, const struct action_row *r) {
  return is_urgent(f, r) ? 0 : r->priority;
}

/* Columns of one key on the bar. */
static int bar_width(const struct grid *g, const struct frame *f, const struct action_row *r,
                     enum screen screen) {
  char key[64];
  return grid_width(g, bar_key(r, key, sizeof key)) + 1 + grid_width(g, bar_label(f, r, screen)) +
         1;
}

static bool on_bar(const struct action_row *r, const struct frame *f, enum screen screen) {
  return r->label && !r->later && (r->screens & (1u << screen)) &&
         !(f->dead & FRAME_DEAD(r->action));
}

enum { PRIORITIES = 16 };

/* The bar drops its least important keys until the rest fits. */
static void draw_bar(struct grid *g, const struct frame *f, enum screen screen) {
  size_t count;
  const struct action_row *rows = action_table(&count);
  int widths[PRIORITIES] = {0}, limit = 0, width = 1;
  for (size_t i = 0; i < count; i++)
    if (on_bar(&rows[i], f, screen) && bar_priority(f, &rows[i]) < PRIORITIES)
      widths[bar_priority(f, &rows[i])] += bar_width(g, f, &rows[i], screen);
  while (limit < PRIORITIES && width + widths[limit] <= g->cols)
    width += widths[limit++];
  int row = g->rows - 1, col = 1;
  for (size_t i = 0; i < count; i++) {
    if (!on_bar(&rows[i], f, screen) || bar_priority(f, &rows[i]) >= limit)
      continue;
    char key[64];
    col += grid_text(g, row, col, g->cols - col, LOOK_KEY, bar_key(&rows[i], key, sizeof key)) + 1;
    col += grid_text(g, row, col, g->cols - col, is_urgent(f, &rows[i]) ? LOOK_WARN : LOOK_TEXT,
                     bar_label(f, &rows[i], screen)) +
           1;
  }
}

enum { ROOMY_ROWS = 16 };

static bool has_strip(const struct frame *f) {
  return f->strip && *f->strip;
}

int frame_rows_below(int rows, const struct frame *f) {
  return 2 + (rows >= ROOMY_ROWS) + has_strip(f);
}

/* What of the name has room behind a head: the whole or a telling part of it, else the code. */
enum strip_name { STRIP_NAME, STRIP_CODE, STRIP_PART };

/* In few columns: what fails and for which calls, whole, and a name, in the fullest words that
 * leave room for it; how many more there are beside the key that says all. */
static void draw_brief(struct grid *g, int row, int col, int end, const struct strip_brief *b) {
  enum { NAME_LEAST = 8, PART_LEAST = 6, MORE = 24 };
  static const struct {
    int head;
    enum strip_name name;
  } forms[] = {{0, STRIP_NAME}, {1, STRIP_NAME}, {2, STRIP_NAME}, {0, STRIP_CODE}, {1, STRIP_CODE},
               {2, STRIP_CODE}, {2, STRIP_PART}, {3, STRIP_NAME}, {3, STRIP_CODE}, {3, STRIP_PART}};
  enum { FORMS = sizeof forms / sizeof *forms };
  char text[512], more[MORE] = "";
  snprintf(text, sizeof text, "%s%s %s", b->heads[0], b->name, b->since);
  if (!b->others && grid_width(g, text) <= end - col) {
    grid_text(g, row, col, end - col, LOOK_WARN, text);
    return;
  }
  if (b->others) {
    snprintf(more, sizeof more, "+%zu", b->others);
    end = grid_text_right(g, row, col, end - col, LOOK_WARN, more) - 1;
  }
  int name = grid_width(g, b->name), i = 0;
  int least[] = {[STRIP_NAME] = name < NAME_LEAST ? name : NAME_LEAST,
                 [STRIP_CODE] = grid_width(g, b->code ? b->code : ""),
                 [STRIP_PART] = PART_LEAST};
  while (i < FORMS - 1 && grid_width(g, b->heads[forms[i].head]) + least[forms[i].name] > end - col)
    i++;
  snprintf(text, sizeof text, "%s%s", b->heads[forms[i].head],
           forms[i].name == STRIP_CODE ? b->code : b->name);
  grid_text_cut(g, row, col, end - col, LOOK_WARN, text);
}

/* What fails, above the codes; the key that says more at the end. */
static void draw_strip(struct grid *g, const struct frame *f) {
  int row = g->rows - 3, end = g->cols - 1;
  const char *text = f->strip;
  char head[512];
  int at = grid_text_right(g, row, 0, end, LOOK_KEY, "F4");
  grid_text(g, row, 1, 2, LOOK_WARN, "!");
  if (grid_width(g, text) + 7 > g->cols) { /* what fails, without what does not */
    snprintf(head, sizeof head, "%.*s", (int)strcspn(f->strip, ";"), f->strip);
    text = head;
  }
  if (grid_width(g, text) + 7 > g->cols && f->brief.heads[0])
    draw_brief(g, row, 3, at - 1, &f->brief);
  else
    grid_text_cut(g, row, 3, at - 4, LOOK_WARN, text);
}

/* In the rule above the codes. */
static void draw_message(struct grid *g, int row, const char *message) {
  grid_rule(g, row, 0, g->cols, *message ? LOOK_WARN : LOOK_QUIET, "");
  if (!*message)
    return;
  int n = grid_text(g, row, 2, 1, LOOK_WARN, " ");
  n += grid_text_way(g, row, 3, g->cols - 5, LOOK_WARN, message);
  grid_text(g, row, 2 + n, 1, LOOK_WARN, " ");
}

int frame_message_columns(int rows, int cols) {
  return cols - (rows >= ROOMY_ROWS ? 6 : 2); /* in a rule, or instead of the bar */
}

struct area frame_draw(struct grid *g, const struct frame *f, enum screen screen) {
  struct area area = {0};
  if (g->cols < FRAME_COLS_MIN || g->rows < FRAME_ROWS_MIN) {
    char text[128];
    snprintf(text, sizeof text, _("%dx%d is too small: make it 40x10 or more"), g->cols, g->rows);
    grid_text_wrap(g, 0, 0, g->cols, g->rows, LOOK_WARN, text);
    return area;
  }
  draw_top(g, f);
  draw_codes(g, f);
  bool roomy = g->rows >= ROOMY_ROWS, strip = has_strip(f);
  if (strip)
    draw_strip(g, f);
  if (roomy)
    draw_message(g, g->rows - 3 - strip, f->message);
  if (!roomy && *f->message)
    grid_text_way(g, g->rows - 1, 1, g->cols - 1, LOOK_WARN, f->message);
  else
    draw_bar(g, f, screen);
  area.row = 1;
  area.cols = g->cols;
  area.rows = g->rows - 1 - frame_rows_below(g->rows, f);
  return area;
}
