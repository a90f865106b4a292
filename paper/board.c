#include <string.h>

#include "base/i18n.h"
#include "paper/font.h"
#include "paper/view.h"

enum { DIGIT_SCALE = 2, BIG_GAP = 4, BIG_LINES = 4, BIG_WORDS = 256 };

/* Adds FONT_ROWS lines: the number in wide digits, beside it big letters; either may be "". */
static void put_big(struct view *v, const char *number, int number_room, const char *words,
                    int scale) {
  for (int row = 0; row < FONT_ROWS; row++) {
    struct buffer line = BUFFER_INIT;
    font_row(&line, number, row, scale);
    if (words[0]) {
      buffer_printf(&line, "%*s", number_room - (int)line.len, "");
      font_row(&line, words, row, 1);
    }
    sheet_line(v->sheet, 0, buffer_text(&line));
    buffer_free(&line);
  }
}

/* Takes as many words from *rest as fit into columns as big letters; false: not even one does. */
static bool take_words(char *out, size_t cap, const char **rest, int columns) {
  size_t taken = 0;
  const char *at = *rest;
  while (*at) {
    size_t n = strcspn(at, " ");
    size_t len = (size_t)(at - *rest) + n;
    if (len >= cap)
      break;
    memcpy(out, *rest, len);
    out[len] = '\0';
    int wide = font_width(out, 1);
    if (wide < 0 || wide > columns)
      break;
    taken = len;
    at += n;
    at += strspn(at, " ");
  }
  out[taken] = '\0';
  if (!taken)
    return false;
  *rest += taken;
  *rest += strspn(*rest, " ");
  return true;
}

/* A number and what it is for, as big as the sheet allows; in plain letters what has no big one. */
static void put_code(struct view *v, const char *number, const char *purpose) {
  char words[BIG_WORDS];
  const char *rest = purpose;
  int columns = sheet_columns(v->sheet), scale = DIGIT_SCALE;
  int wide = font_width(number, scale);
  if (wide > columns)
    wide = font_width(number, scale = 1);
  bool big = wide >= 0 && wide <= columns;
  int room = big ? wide + BIG_GAP : 0;
  if (!big) {
    sheet_line(v->sheet, 2, number);
    number = "";
  }
  bool beside = take_words(words, sizeof words, &rest, columns - room);
  if (!beside && number[0]) { /* the first word needs the whole width */
    put_big(v, number, 0, "", scale);
    sheet_blank(v->sheet);
    number = "";
    room = 0;
    beside = take_words(words, sizeof words, &rest, columns);
  }
  for (int i = 0; beside && i < BIG_LINES; i++) {
    if (i)
      sheet_blank(v->sheet);
    put_big(v, number, room, words, scale);
    number = "";
    beside = *rest && take_words(words, sizeof words, &rest, columns - room);
  }
  if (*rest)
    sheet_line(v->sheet, 0, rest);
}

/* The contact point whose number is the code: the first that a ward phone can press. */
static const struct contact *code_contact(struct view *v, const struct entry *e) {
  for (size_t i = 0; i < e->contact_count; i++)
    if (view_valid(v, &e->contacts[i]) && view_ward(v, &e->contacts[i])[0])
      return &e->contacts[i];
  return NULL;
}

/* What else reaches them, those of which a test failed or the others. */
static void put_ways(struct view *v, const struct entry *e, const struct contact *code,
                     bool failed) {
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    if (!view_valid(v, c) || view_failed(v, c) != failed)
      continue;
    const char *ward = code && c == code ? "" : view_ward(v, c);
    const char *outside = view_outside(v, c), *own = view_own(v, c);
    const struct {
      const char *from, *number;
    } ways[] = {{_("ward phone"), ward}, {_("from outside"), outside}, {_("red phone"), own}};
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
      if (!ways[w].number[0])
        continue;
      const struct sheet_cell cells[] = {
          {_("if dead:"), 9, false},
          {ways[w].from, 13, false},
          {ways[w].number, 20, true},
          {view_kind(v, c), sheet_columns(v->sheet) - 42 - 3 * SHEET_GAP, false}};
      bool narrow = cells[3].width < 10;
      sheet_audience(v->sheet, c->audience);
      sheet_row(v->sheet, cells, narrow ? 3 : 4);
    }
    if (!code || c != code)
      view_state(v, c, 9);
    else if (*outside)
      view_state_outside(v, c, 9);
  }
}

/* For the day the short number is dead. */
static void put_fallback(struct view *v, const struct entry *e, const struct contact *code) {
  put_ways(v, e, code, false);
  put_ways(v, e, code, true); /* of which a test failed: behind all others */
  for (size_t i = 0; i < e->chain_count; i++)
    sheet_line(v->sheet, 4, view_step(v, &e->chain[i]));
}

static void put_entry(struct view *v, const struct entry *e, bool first) {
  const struct contact *code = code_contact(v, e);
  const char *purpose = e->purpose[0] ? e->purpose : e->name;
  sheet_audience(v->sheet, e->audience);
  sheet_block(v->sheet);
  if (!first)
    sheet_rule(v->sheet);
  view_begin(v, e);
  put_code(v, code ? view_ward(v, code) : "", purpose);
  if (code) {
    sheet_audience(v->sheet, code->audience);
    view_state(v, code, 0);
  }
  if (e->area[0] || strcmp(purpose, e->name) != 0) {
    const char *line = arena_printf(&v->arena, "%s%s%s", e->name, e->area[0] ? ", " : "", e->area);
    sheet_line(v->sheet, 4, line ? line : e->name);
  }
  put_fallback(v, e, code);
}

/* Its number as the site says it, and below that what is said of every code: it fails like them,
 * and is diverted. */
static void put_switchboard(struct view *v) {
  struct entry e = {.name = ""};
  if (!v->site->switchboard_number[0])
    return;
  const struct contact *own = view_switchboard(v, &e);
  sheet_block(v->sheet);
  sheet_rule(v->sheet);
  put_code(v, v->site->switchboard_number, _("Switchboard"));
  view_begin(v, &e);
  if (own) {
    sheet_audience(v->sheet, own->audience);
    view_state(v, own, 0);
  }
  put_fallback(v, &e, own);
}

tc_status paper_board(struct buffer *out, const struct paper_job *job, struct tc_error *err) {
  struct view v;
  const struct entry *codes = NULL;
  size_t count = 0;
  tc_status status = view_open(&v, job, job->site, _("Emergency codes"), err);
  if (status == TC_OK)
    status = cache_codes(job->cache, job->site, &v.arena, &codes, &count, err);
  if (status == TC_OK && count == 0)
    status =
        tc_fail(err, TC_NOT_FOUND, _("site %s has no emergency code in this directory"), job->site);
  for (size_t i = 0; status == TC_OK && i < count; i++)
    put_entry(&v, &codes[i], i == 0);
  if (status == TC_OK) {
    put_switchboard(&v);
    status = sheet_finish(v.sheet, out, err);
  }
  view_close(&v);
  return status;
}
