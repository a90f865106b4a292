#include "paper/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/emit.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/width.h"
#include "core/texts.h"

enum { HEAD_LINES_MAX = 8, LINES_MAX = 4 * 1024 * 1024 };

struct line {
  const char *text; /* NULL: a blank one, left out at the top of a page */
};

struct block {
  size_t first, count; /* lines */
  const char *heading; /* what it stands under; NULL: nothing */
  bool is_heading;     /* it is on the page of the block behind it */
};

struct sheet {
  struct arena arena;
  const char *title, *place, *from, *strip;
  const char *mark; /* before every line, with its space; "" */
  struct sheet_head head;
  struct sheet_page page;
  enum audience audience;
  struct line *lines;
  size_t line_count, line_cap;
  struct block *blocks;
  size_t block_count, block_cap;
  const char *heading;
  bool failed;
};

static const char *shown(struct sheet *s, const char *text) {
  return emit_shown(&s->arena, text, s->page.target);
}

static int width(const char *text) {
  return (int)utf8_width(text, strlen(text));
}

int sheet_columns(const struct sheet *s) {
  return s->page.columns;
}

tc_status sheet_open(struct sheet **out, const struct sheet_head *head,
                     const struct sheet_page *page, struct tc_error *err) {
  struct sheet *s = calloc(1, sizeof *s);
  *out = s;
  if (!s)
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  s->head = *head;
  s->page = *page;
  s->mark = "";
  if (page->mark && *page->mark) {
    const char *mark = shown(s, page->mark);
    mark = mark ? arena_printf(&s->arena, "%s ", mark) : NULL;
    s->mark = mark ? mark : "";
    s->page.columns -= width(s->mark);
  }
  if (s->page.columns < SHEET_COLUMNS_MIN)
    s->page.columns = SHEET_COLUMNS_MIN;
  if (s->page.lines < SHEET_LINES_MIN)
    s->page.lines = SHEET_LINES_MIN;
  s->title = shown(s, head->title);
  s->place = shown(s, head->place);
  s->from = shown(s, head->from);
  const char *fails = head->strip ? head->strip : "";
  const char *wrong =
      head->clock_wrong
          ? _("the clock of this machine is wrong: hours, dates and rotas are not told")
          : "";
  const char *strip = *wrong || *fails ? arena_printf(&s->arena, "! %s%s%s", wrong,
                                                      *wrong && *fails ? "; " : "", fails)
                                       : "";
  s->strip = shown(s, strip ? strip : "");
  return TC_OK;
}

void sheet_close(struct sheet *s) {
  if (!s)
    return;
  arena_free(&s->arena);
  free(s->lines);
  free(s->blocks);
  free(s);
}

void sheet_audience(struct sheet *s, enum audience audience) {
  if (audience > s->audience && audience < AUDIENCE_COUNT)
    s->audience = audience;
}

/* Room for one more item in a growing array; false (sticky) where there is none. */
static bool grow(struct sheet *s, void **items, size_t *cap, size_t count, size_t size) {
  if (s->failed)
    return false;
  if (count < *cap)
    return true;
  size_t more = *cap ? *cap * 2 : 64;
  void *to = more <= LINES_MAX ? realloc(*items, more * size) : NULL;
  if (!to) {
    s->failed = true;
    return false;
  }
  *items = to;
  *cap = more;
  return true;
}

static void begin_block(struct sheet *s, bool is_heading) {
  if (!grow(s, (void **)&s->blocks, &s->block_cap, s->block_count, sizeof *s->blocks))
    return;
  s->blocks[s->block_count++] = (struct block){
      .first = s->line_count, .heading = is_heading ? NULL : s->heading, .is_heading = is_heading};
}

/* Takes text that is shown() and fits. */
static void push(struct sheet *s, const char *text) {
  if (!s->block_count)
    begin_block(s, false);
  if (!grow(s, (void **)&s->lines, &s->line_cap, s->line_count, sizeof *s->lines))
    return;
  s->lines[s->line_count++] = (struct line){text};
  s->blocks[s->block_count - 1].count++;
}

void sheet_block(struct sheet *s) {
  begin_block(s, false);
}

void sheet_blank(struct sheet *s) {
  push(s, NULL);
}

void sheet_rule(struct sheet *s) {
  struct buffer rule = BUFFER_INIT;
  for (int i = 0; i < s->page.columns; i++)
    buffer_add_text(&rule, s->page.target == TRANSLIT_NONE ? "─" : "-");
  push(s, arena_strdup(&s->arena, buffer_text(&rule)));
  buffer_free(&rule);
}

/* Bytes of the first piece of text that fits into columns, at a space where there is one (not at a
 * no-break space); at least one character. */
static size_t first_piece(const char *text, int columns) {
  size_t len = strlen(text);
  size_t fit = utf8_fit(text, len, (size_t)columns, NULL);
  if (fit == len)
    return len;
  for (size_t i = fit; i > 0; i--)
    if (text[i] == ' ')
      return i;
  return fit ? fit : utf8_grapheme(text, len);
}

static const char *skip_spaces(const char *text) {
  return text + strspn(text, " ");
}

void sheet_line(struct sheet *s, int hang, const char *text) {
  const char *rest = shown(s, text);
  int indent = 0;
  if (hang < 0 || hang > s->page.columns / 2)
    hang = 0;
  do {
    size_t n = first_piece(rest, s->page.columns - indent);
    push(s, arena_printf(&s->arena, "%*s%.*s", indent, "", (int)n, rest));
    rest = skip_spaces(rest + n);
    indent = hang;
  } while (*rest && !s->failed && !arena_failed(&s->arena));
}

void sheet_heading(struct sheet *s, const char *text) {
  s->heading = shown(s, text);
  begin_block(s, true);
  push(s, NULL);
  sheet_line(s, 2, text);
}

/* One line of a row: what is left of each cell's text, as far as it fits. */
static void row_line(struct sheet *s, const struct sheet_cell *cells, const char **rest,
                     size_t count) {
  struct buffer line = BUFFER_INIT;
  int column = 0, at = 0;
  for (size_t i = 0; i < count; i++) {
    size_t n = *rest[i] ? first_piece(rest[i], cells[i].width) : 0;
    if (n) {
      buffer_printf(&line, "%*s", column - at, "");
      buffer_add(&line, rest[i], n);
      at = column + (int)utf8_width(rest[i], n);
      rest[i] = skip_spaces(rest[i] + n);
    }
    column += cells[i].width + SHEET_GAP;
  }
  push(s, line.status == TC_OK ? arena_strdup(&s->arena, buffer_text(&line)) : NULL);
  s->failed = s->failed || line.status != TC_OK;
  buffer_free(&line);
}

/* A whole text that is too wide for its cell: as far to the right as it fits in one piece. */
static void whole_line(struct sheet *s, const char *text, int column) {
  int wide = width(text);
  if (column + wide > s->page.columns)
    column = s->page.columns - wide;
  if (column >= 0) {
    push(s, arena_printf(&s->arena, "%*s%s", column, "", text));
    return;
  }
  while (*text && !s->failed && !arena_failed(&s->arena)) {
    size_t n = first_piece(text, s->page.columns);
    push(s, arena_printf(&s->arena, "%.*s", (int)n, text));
    text = skip_spaces(text + n);
  }
}

void sheet_row(struct sheet *s, const struct sheet_cell *cells, size_t count) {
  const char *rest[SHEET_CELLS_MAX], *apart[SHEET_CELLS_MAX];
  bool more = true;
  if (count > SHEET_CELLS_MAX)
    count = SHEET_CELLS_MAX;
  for (size_t i = 0; i < count; i++) {
    rest[i] = shown(s, cells[i].text);
    apart[i] = "";
    if (cells[i].whole && width(rest[i]) > cells[i].width) {
      apart[i] = rest[i];
      rest[i] = "";
    }
  }
  while (more && !s->failed && !arena_failed(&s->arena)) {
    more = false;
    for (size_t i = 0; i < count; i++)
      more = more || *rest[i];
    if (more)
      row_line(s, cells, rest, count);
  }
  int column = 0;
  for (size_t i = 0; i < count; i++) {
    if (*apart[i])
      whole_line(s, apart[i], column);
    column += cells[i].width + SHEET_GAP;
  }
}

/* -- pages -- */

/* The head's lines, with room for the page number at the end of the first. */
struct head {
  const char *lines[HEAD_LINES_MAX];
  int count;
};

/* Lines of its own. */
static void head_lines(struct sheet *s, struct head *h, const char *text, int room) {
  while (*text && h->count < HEAD_LINES_MAX) {
    size_t n = first_piece(text, room);
    const char *line = arena_printf(&s->arena, "%.*s", (int)n, text);
    if (!line)
      return;
    h->lines[h->count++] = line;
    text = skip_spaces(text + n);
  }
}

/* Adds a piece to the last line of the head, or begins another one. */
static void head_piece(struct sheet *s, struct head *h, const char *piece, int room) {
  if (!*piece)
    return;
  int last = h->count - 1;
  if (last > 0 && width(h->lines[last]) + 3 + width(piece) <= room) {
    h->lines[last] = arena_printf(&s->arena, "%s   %s", h->lines[last], piece);
    return;
  }
  head_lines(s, h, piece, room);
}

/* Of another time it does not hold now, and a clock that is wrong cannot tell until when. */
static const char *until_text(struct sheet *s) {
  char date[DATE_TEXT];
  if (!s->head.valid_until)
    return _("what was written; no directory");
  if (s->head.not_now)
    return _("NOT VALID NOW");
  if (s->head.clock_wrong)
    return _("valid until: not told, the clock is wrong");
  return arena_printf(&s->arena, _("VALID UNTIL %s"), date_text(s->head.valid_until, date));
}

static void make_head(struct sheet *s, struct head *h) {
  char date[DATE_TEXT];
  int columns = s->page.columns;
  *h = (struct head){{0}, 0};
  const char *named = *s->place ? arena_printf(&s->arena, "%s   %s", s->place, s->title) : s->title;
  const char *of = arena_printf(&s->arena, _("data of %s, revision %lld"),
                                date_text(s->head.source_time, date), (long long)s->head.revision);
  const char *printed = arena_printf(&s->arena, _("printed %s"), date_text(s->head.printed, date));
  const char *until = until_text(s);
  const char *audience = arena_printf(&s->arena, _("audience: %s"), audience_text(s->audience));
  if (arena_failed(&s->arena))
    return;
  /* The page number needs room behind the first line: "page 1234/1234". */
  enum { PAGE_ROOM = 17 };
  size_t n = first_piece(named, columns - PAGE_ROOM);
  h->lines[h->count++] = arena_printf(&s->arena, "%.*s", (int)n, named);
  const char *rest = skip_spaces(named + n);
  head_piece(s, h, rest, columns);
  if (*rest && h->count < HEAD_LINES_MAX)
    h->lines[h->count++] = shown(s, until);
  else
    head_piece(s, h, shown(s, until), columns);
  head_piece(s, h, shown(s, audience), columns);
  head_piece(s, h, shown(s, of), columns);
  head_piece(s, h, shown(s, printed), columns);
  head_piece(s, h, s->from, columns);
  head_lines(s, h, s->strip, columns);
}

struct pager {
  struct sheet *s;
  const struct head *head;
  struct buffer *out; /* NULL: only counts */
  int pages, of;      /* the page one is on; how many there will be */
  int used, room;     /* lines of the body */
};

static void put_line(struct pager *p, const char *text) {
  if (p->out) {
    size_t len = strlen(text);
    buffer_add_text(p->out, p->s->mark);
    while (len && text[len - 1] == ' ')
      len--;
    buffer_add(p->out, text, len);
    buffer_add_char(p->out, '\n');
  }
}

static void new_page(struct pager *p) {
  struct sheet *s = p->s;
  p->pages++;
  p->used = 0;
  if (!p->out)
    return;
  if (p->pages > 1)
    buffer_add_char(p->out, '\f');
  struct buffer number = BUFFER_INIT;
  buffer_printf(&number, _("page %d/%d"), p->pages, p->of);
  const char *page = shown(s, buffer_text(&number));
  buffer_free(&number);
  const char *first = p->head->lines[0];
  int gap = s->page.columns - width(first) - width(page);
  buffer_printf(p->out, "%s%s%*s%s\n", s->mark, first, gap > 1 ? gap : 1, "", page);
  for (int i = 1; i < p->head->count; i++)
    put_line(p, p->head->lines[i]);
  buffer_add_text(p->out, s->mark);
  for (int i = 0; i < s->page.columns; i++)
    buffer_add_char(p->out, '=');
  buffer_add_char(p->out, '\n');
}

/* A page break inside or before a block that stands under a heading says it again. */
static void continue_page(struct pager *p, const struct block *b) {
  new_page(p);
  if (!b->heading)
    return;
  const char *again = arena_printf(&p->s->arena, _("%s (continued)"), b->heading);
  if (!again)
    return;
  size_t n = first_piece(again, p->s->page.columns);
  put_line(p, arena_printf(&p->s->arena, "%.*s", (int)n, again));
  p->used++;
}

static void put_block(struct pager *p, const struct block *b) {
  for (size_t i = 0; i < b->count; i++) {
    const char *text = p->s->lines[b->first + i].text;
    if (p->used >= p->room)
      continue_page(p, b);
    if (!text && p->used == 0)
      continue;
    put_line(p, text ? text : "");
    p->used++;
  }
}

/* Lines of a block and, behind a heading, of what must stand with it. */
static size_t block_needs(const struct sheet *s, size_t i) {
  size_t need = s->blocks[i].count;
  for (; i + 1 < s->block_count && s->blocks[i].is_heading; i++)
    need += s->blocks[i + 1].count;
  return need;
}

static void put_pages(struct pager *p) {
  struct sheet *s = p->s;
  p->pages = 0;
  new_page(p);
  for (size_t i = 0; i < s->block_count; i++) {
    const struct block *b = &s->blocks[i];
    size_t need = block_needs(s, i), left = (size_t)(p->room - p->used);
    /* A block longer than a page begins where it is, unless that is a heading's last line. */
    bool longer = need >= (size_t)p->room;
    bool under = i > 0 && s->blocks[i - 1].is_heading;
    if (p->used > 0 && !under && (longer ? left < 4 : need > left)) {
      if (b->is_heading)
        new_page(p);
      else
        continue_page(p, b);
    }
    put_block(p, b);
  }
}

tc_status sheet_finish(struct sheet *s, struct buffer *out, struct tc_error *err) {
  struct head head;
  make_head(s, &head);
  if (s->failed || arena_failed(&s->arena))
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  struct pager p = {.s = s, .head = &head, .room = s->page.lines - head.count - 1};
  put_pages(&p);
  p.of = p.pages;
  p.out = out;
  put_pages(&p);
  if (arena_failed(&s->arena))
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  return buffer_status(out, err);
}
