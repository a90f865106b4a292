#include "tui/plain.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "db/journal.h"
#include "tui/present.h"
#include "tui/reveal.h"
#include "tui/write.h"

enum { ROWS = 9, LINE_MAX_BYTES = 1024 };

struct dialogue {
  struct setup *setup;
  FILE *in, *out;
  struct arena arena; /* of the rows that a digit picks from */
  struct search_item items[ROWS];
  size_t count;
  struct uuid open; /* whose card was read last, since the last search; nil: none */
  struct buffer text;
};

static void ready(struct dialogue *d, struct present *p) {
  *p = (struct present){.cache = d->setup->cache, .setup = d->setup, .arena = &d->arena};
  setup_world(d->setup, &p->world);
}

static void line(struct dialogue *d, const char *fmt, ...) TC_PRINTF(2, 3);
static void line(struct dialogue *d, const char *fmt, ...) {
  char text[2048];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  utf8_display(&d->text, text, strlen(text), false);
  buffer_add_char(&d->text, '\n');
}

static tc_status flush(struct dialogue *d, struct tc_error *err) {
  tc_status status = buffer_status(&d->text, err);
  if (status == TC_OK)
    status = emit_text(d->out, buffer_text(&d->text), d->text.len, err);
  if (status == TC_OK)
    status = emit_finish(d->out, err);
  buffer_clear(&d->text);
  return status;
}

static void say_head(struct dialogue *d) {
  struct present p;
  struct frame f;
  ready(d, &p);
  if (!present_frame(&p, &f))
    return;
  if (*f.site)
    line(d, _("You are at %s %s, %s; %s; %s"), f.site, f.site_name, f.set, f.data_full, f.now);
  else
    line(d, _("Your site is not set (--site); %s; %s"), f.data_full, f.now);
  for (size_t i = 0; i < f.code_count; i++)
    line(d, "%s: %s%s%s", f.codes[i].number, f.codes[i].purpose, *f.codes[i].state ? ", " : "",
         f.codes[i].state);
  if (*f.switchboard)
    line(d, _("switchboard: %s"), f.switchboard);
  line(d, "%s",
       _("Type what you look for (two letters or more), a digit to open a row, q to leave."));
}

static void say_rows(struct dialogue *d, const struct search_result *r) {
  const char *section = "";
  for (size_t i = 0; i < d->count; i++) {
    const struct search_item *item = &d->items[i];
    if (strcmp(section, item->section) != 0)
      line(d, "-- %s", item->section);
    section = item->section;
    line(d, "%zu %s %s%s%s%s: %s (%s)", i + 1, item->site, item->approximate ? "~" : "", item->name,
         *item->place ? ", " : "", item->place, *item->number ? item->number : "-", item->kind);
    if (*item->fate)
      line(d, "  ! %s", item->fate);
  }
  size_t all = r->here + r->elsewhere;
  if (all > d->count)
    line(d, _("%zu of %zu%s; type more to narrow"), d->count, all,
         r->more_here || r->more_elsewhere ? "+" : "");
}

static void search(struct dialogue *d, const char *typed) {
  struct present p;
  struct search_result r = {0};
  struct tc_error err = {0};
  arena_reset(&d->arena);
  d->count = 0;
  d->open = (struct uuid){{0}};
  ready(d, &p);
  struct search_query q = {.text = typed,
                           .site = d->setup->from.site,
                           .scope = SEARCH_ALL,
                           .only = "",
                           .country = d->setup->from.country,
                           .limit = ROWS};
  if (search_run(d->setup->cache, &q, &d->arena, &r, &err) != TC_OK) {
    line(d, "%s", err.text);
    return;
  }
  if (r.note && *r.note)
    line(d, "%s", r.note);
  for (size_t i = 0; i < r.count && d->count < ROWS; i++)
    if (present_row(&p, &r.rows[i], r.kind, &d->items[d->count]))
      d->count++;
  say_rows(d, &r);
  if (d->count)
    return;
  line(d, "%s", _("Nothing found."));
  for (size_t i = 0; i < r.tried_count; i++)
    line(d, _("tried: %s"), r.tried[i]);
  for (size_t i = 0; i < r.nearest_count; i++)
    line(d, _("nearest: %s"), r.nearest[i]);
  struct frame f;
  if (present_frame(&p, &f) && *f.switchboard)
    line(d, _("Ask the switchboard: %s"), f.switchboard);
  else
    line(d, "%s", _("Ask the switchboard."));
}

static const struct card *read_card(struct dialogue *d, const struct uuid *uuid, struct entry *e) {
  struct present p;
  struct tc_error err = {0};
  const struct card *card = NULL;
  ready(d, &p);
  if (cache_entry(p.cache, uuid, &d->arena, e, &err) == TC_OK)
    card = present_card(&p, e);
  if (!card)
    line(d, "%s", *err.text ? err.text : _("no memory"));
  return card;
}

static void open_row(struct dialogue *d, size_t row) {
  struct entry e;
  bool masked = false;
  if (row >= d->count) {
    line(d, "%s", _("There is no such row."));
    return;
  }
  const struct card *card = read_card(d, &d->items[row].uuid, &e);
  if (!card)
    return;
  d->open = card->uuid;
  line(d, "%s %s: %s", card->site, card->site_name, card->name);
  line(d, "%s %s (%s)", card->type, card->where, card->from);
  for (size_t i = 0; i < card->channel_count; i++) {
    const struct card_channel *c = &card->channels[i];
    line(d, "  %s %s: %s%s%s", c->kind, *c->number ? c->number : "-", c->warn ? "! " : "", c->state,
         *c->via ? ", " : "");
    line(d, "    %s%s%s%s%s", c->via, *c->via ? _("; ") : "", c->verified, *c->more ? _("; ") : "",
         c->more);
    masked = masked || c->masked;
  }
  for (size_t i = 0; i < card->line_count; i++)
    line(d, "  %s%s%s%s", card->lines[i].warn ? "! " : "", card->lines[i].label,
         *card->lines[i].label ? _(": ") : "", card->lines[i].text);
  if (masked)
    line(d, "%s", _("r shows a masked number."));
}

/* Reads one line, without its end; false at the end of input.  A longer one is cut. */
static bool read_line(FILE *in, char *out, size_t cap) {
  size_t n = 0;
  int c;
  while ((c = getc(in)) != EOF && c != '\n')
    if (n + 1 < cap && c != '\r' && c != '\0')
      out[n++] = (char)c;
  out[n] = '\0';
  return c != EOF || n > 0;
}

/* Asks, and reads one line of answer without its end; false at the end of input. */
static bool ask(struct dialogue *d, const char *question, char *out, size_t cap) {
  struct tc_error ignored = {0};
  buffer_add_text(&d->text, question);
  return flush(d, &ignored) == TC_OK && read_line(d->in, out, cap);
}

/* The digit that was typed alone, from 1 to most; 0: none. */
static size_t digit_of(const char *typed, size_t most) {
  size_t n = typed[0] >= '1' && typed[0] <= '9' && !typed[1] ? (size_t)(typed[0] - '0') : 0;
  return n <= most ? n : 0;
}

/* In the journal where the disk lets it; the number is not held back for that. */
static void write_down(struct dialogue *d, const struct entry *e, const struct card_channel *c,
                       const char *reason) {
  struct act act;
  struct tc_error err = {0};
  struct buffer record = BUFFER_INIT;
  struct writing w = {.setup = d->setup, .entry = e, .initials = "", .arena = &d->arena};
  if (write_reveal(&act, &w, &c->contact, c->audience, reason, &err) != TC_OK ||
      act_encode(&act, &record, &err) != TC_OK ||
      journal_append(d->setup->config.scope, record.data, record.len, &err) != TC_OK)
    line(d, _("NOT SAVED: %s"), err.text);
  buffer_free(&record);
}

/* Which of them; NULL: none, and said why. */
static const struct card_channel *ask_channel(struct dialogue *d, const struct card *card) {
  const struct card_channel *masked[ROWS];
  char typed[LINE_MAX_BYTES];
  size_t count = 0, chosen = 1;
  for (size_t i = 0; i < card->channel_count && count < ROWS; i++)
    if (card->channels[i].masked)
      masked[count++] = &card->channels[i];
  if (!count) {
    line(d, "%s", _("No number of it is masked."));
    return NULL;
  }
  for (size_t i = 0; count > 1 && i < count; i++)
    line(d, "%zu %s %s", i + 1, masked[i]->kind, masked[i]->number);
  if (count > 1)
    chosen = ask(d, _("Which number: "), typed, sizeof typed) ? digit_of(typed, count) : 0;
  if (!chosen) {
    line(d, "%s", _("Not shown."));
    return NULL;
  }
  return masked[chosen - 1];
}

/* Said once, after why: the next card has it starred again.  None need be given. */
static void reveal(struct dialogue *d) {
  struct entry e;
  char typed[LINE_MAX_BYTES];
  size_t count;
  const struct reveal_reason *reasons = reveal_reasons(&count);
  if (uuid_is_nil(&d->open)) {
    line(d, "%s", _("Open a row first."));
    return;
  }
  const struct card *card = read_card(d, &d->open, &e);
  const struct card_channel *c = card ? ask_channel(d, card) : NULL;
  if (!c)
    return;
  for (size_t i = 0; i < count; i++)
    line(d, "%zu %s", i + 1, _(reasons[i].text));
  if (!ask(d, _("Why (none need be given; q: do not show it): "), typed, sizeof typed) ||
      strcmp(typed, "q") == 0) {
    line(d, "%s", _("Not shown."));
    return;
  }
  size_t why = digit_of(typed, count);
  write_down(d, &e, c, reasons[why ? why - 1 : 0].word);
  line(d, "%s: %s", c->kind, c->clear);
}

tc_status plain_run(struct setup *setup, FILE *in, FILE *out, struct tc_error *err) {
  struct dialogue d = {.setup = setup, .in = in, .out = out, .arena = ARENA_INIT};
  char typed[LINE_MAX_BYTES];
  tc_status status;
  if (setup->fault[0])
    line(&d, "! %s", setup->fault);
  say_head(&d);
  for (;;) {
    buffer_add_text(&d.text, _("Find: "));
    status = flush(&d, err);
    if (status != TC_OK || !read_line(in, typed, sizeof typed))
      break;
    char *text = typed + strspn(typed, " \t");
    size_t len = strlen(text);
    while (len && isspace((unsigned char)text[len - 1]))
      text[--len] = '\0';
    struct tc_error ignored = {0};
    if (cache_changed(setup->cache) && cache_refresh(setup->cache, &ignored) == TC_OK)
      setup_stand(setup, setup->from.set);
    if (len == 1 && text[0] == 'q')
      break;
    if (len == 1 && text[0] == 'r')
      reveal(&d);
    else if (len == 1 && text[0] >= '1' && text[0] <= '9')
      open_row(&d, (size_t)(text[0] - '1'));
    else if (utf8_count(text, len) < 2)
      say_head(&d);
    else
      search(&d, text);
  }
  arena_free(&d.arena);
  buffer_free(&d.text);
  return status;
}
