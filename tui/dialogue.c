#include "tui/dialogue.h"

#include <ctype.h>
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/emit.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "db/journal.h"
#include "tui/idle.h"
#include "tui/input.h"
#include "tui/line.h"
#include "tui/pin.h"
#include "tui/until.h"
#include "tui/write.h"
#include "tui/write_clock.h"

void dialogue_line(struct dialogue *d, const char *fmt, ...) {
  char text[2048];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  utf8_display(&d->text, text, strlen(text), false);
  buffer_add_char(&d->text, '\n');
}

tc_status dialogue_flush(struct dialogue *d, struct tc_error *err) {
  tc_status status = buffer_status(&d->text, err);
  if (status == TC_OK)
    status = emit_text(d->out, buffer_text(&d->text), d->text.len, err);
  if (status == TC_OK)
    status = emit_finish(d->out, err);
  buffer_clear(&d->text);
  return status;
}

/* An arrow or a function key is no text, nor is any other control; in: where such a key's sequence
 * has got to. */
static bool is_text(int c, char *in) {
  enum { ESC = 0x1B, DEL = 0x7F, FINAL = 0x40 };
  char at = *in;
  *in = '\0';
  if (c == ESC)
    *in = ESC;
  else if (at == ESC && (c == '[' || c == 'O'))
    *in = (char)c;
  else if (at == '[' && c < FINAL && c >= ' ')
    *in = at;
  else if (at != '[' && at != 'O')
    return c >= ' ' ? c != DEL : c == '\t';
  return false;
}

/* Reads one line, without its end and the blanks around it; false at the end of input.  A longer
 * one is cut; what it was typed in is made UTF-8. */
static bool read_line(FILE *in, char *out, size_t cap) {
  char typed[DIALOGUE_LINE], sequence = '\0';
  size_t n = 0;
  int c;
  bool any = false;
  while ((c = getc(in)) != EOF && c != '\n') {
    any = true;
    if (is_text(c, &sequence) && n + 1 < sizeof typed && (n || c >= 0x80 || !isspace(c)))
      typed[n++] = (char)c;
  }
  typed[n] = '\0';
  n = input_line(out, cap, typed, input_letters_of(nl_langinfo(CODESET)));
  while (n && (unsigned char)out[n - 1] < 0x80 && isspace((unsigned char)out[n - 1]))
    n--;
  out[n] = '\0';
  return c != EOF || any;
}

/* Waits so long for a line; true: there is one, or the terminal is gone. */
static bool comes(const struct dialogue *d, int64_t seconds) {
  struct pollfd in = {.fd = fileno(d->in), .events = POLLIN};
  int64_t until = clock_monotonic_us() + seconds * 1000000, left = -1;
  int n;
  do {
    if (seconds >= 0)
      left = until - clock_monotonic_us();
    n = poll(&in, 1, seconds < 0 ? -1 : left > 0 ? (int)(left / 1000) + 1 : 0);
  } while (n < 0 && errno == EINTR);
  return n != 0;
}

/* Whoever left a kiosk leaves nothing on it: with a warning before. */
static bool stays(struct dialogue *d, const char *question) {
  struct tc_error ignored = {0};
  int64_t left = d->patience ? d->patience(d) : -1;
  int64_t warned = left > IDLE_WARN_SECONDS ? IDLE_WARN_SECONDS : left;
  if (!d->patience || comes(d, left < 0 ? -1 : left - warned))
    return true;
  if (warned) {
    dialogue_line(d, "%s", "");
    dialogue_line(d, _("in %d s all of this is cleared; a line keeps it"), (int)warned);
    buffer_add_text(&d->text, question);
  }
  d->left = dialogue_flush(d, &ignored) != TC_OK || !comes(d, warned);
  return !d->left;
}

bool dialogue_prompt(struct dialogue *d, const char *question, char *out, size_t cap) {
  struct tc_error ignored = {0};
  out[0] = '\0';
  if (d->left)
    return false;
  buffer_add_text(&d->text, question);
  return dialogue_flush(d, &ignored) == TC_OK && stays(d, question) && read_line(d->in, out, cap);
}

bool dialogue_lapsed(const struct dialogue *d, const struct clock_mark *since) {
  return clock_since(&d->setup->clock, since) >= PIN_OPEN_S;
}

bool dialogue_ask(struct dialogue *d, const char *question, char *out, size_t cap) {
  struct clock_mark asked = clock_mark(&d->setup->clock);
  bool read = dialogue_prompt(d, question, out, cap);
  if (read)
    d->last = clock_mark(&d->setup->clock); /* somebody is there */
  if (!read || !dialogue_lapsed(d, &asked))
    return read;
  dialogue_line(d, "%s", _("That was asked too long ago: nothing is done."));
  out[0] = '\0';
  return false;
}

size_t dialogue_pick(struct dialogue *d, const char *question, size_t most) {
  char typed[DIALOGUE_LINE];
  if (!dialogue_ask(d, question, typed, sizeof typed))
    return 0;
  size_t n = typed[0] >= '1' && typed[0] <= '9' && !typed[1] ? (size_t)(typed[0] - '0') : 0;
  return n <= most ? n : 0;
}

void dialogue_present(struct dialogue *d, struct present *p) {
  *p = (struct present){.cache = d->setup->cache, .setup = d->setup, .arena = &d->arena};
  setup_world(d->setup, &p->world);
  p->clock = d->setup->at ? clock_now(&d->setup->clock) : 0;
  p->by_line = true;
}

/* Of a kiosk's machine, its files and what the system says of them, a person hears nothing. */
static const char *fault_text(const struct dialogue *d, const struct tc_error *err,
                              const char *in_a_kiosk) {
  bool of_the_person = err->status == TC_INVALID || err->status == TC_USAGE ||
                       err->status == TC_REFUSED || err->status == TC_NOT_FOUND;
  return d->setup->kiosk && !of_the_person ? in_a_kiosk : err->text;
}

const char *dialogue_why(const struct dialogue *d, const struct tc_error *err) {
  return fault_text(d, err, _("the directory cannot be read just now: call the switchboard"));
}

const char *dialogue_why_not_saved(const struct dialogue *d, const struct tc_error *err) {
  return fault_text(d, err, _("this terminal cannot write just now"));
}

void dialogue_fault(struct dialogue *d, const struct tc_error *err) {
  dialogue_line(d, "%s", dialogue_why(d, err));
}

const char *dialogue_nothing(const struct dialogue *d, const char *text) {
  return cache_whole(d->setup->cache, NULL) == TC_OK
             ? text
             : _("Nothing of it can be read here: ask the switchboard.");
}

bool dialogue_until(struct dialogue *d, const char *question, int64_t *out) {
  char typed[DIALOGUE_LINE];
  struct tc_error err = {0};
  if (!dialogue_ask(d, question, typed, sizeof typed))
    return false;
  if (!*typed || until_read(out, typed, write_now(d->setup), &err) == TC_OK)
    return true;
  dialogue_fault(d, &err);
  return false;
}

void dialogue_wipe(struct dialogue *d) {
  struct tc_error ignored = {0};
  if (dialogue_flush(d, &ignored) == TC_OK)
    line_wipe();
}

void dialogue_follow(struct dialogue *d) {
  struct tc_error ignored = {0};
  if (cache_changed(d->setup->cache) && cache_refresh(d->setup->cache, &ignored) == TC_OK)
    setup_stand(d->setup, d->setup->from.set);
}

const struct card *dialogue_card(struct dialogue *d, const struct uuid *uuid, struct entry *e) {
  struct present p;
  struct tc_error err = {0};
  const struct card *card = NULL;
  dialogue_present(d, &p);
  if (cache_entry(p.cache, uuid, &d->arena, e, &err) == TC_OK)
    card = present_card(&p, e);
  if (!card)
    dialogue_line(d, "%s", *err.text ? dialogue_why(d, &err) : _("no memory"));
  return card;
}

const struct card *dialogue_open_card(struct dialogue *d, struct entry *e) {
  if (!uuid_is_nil(&d->open))
    return dialogue_card(d, &d->open, e);
  dialogue_line(d, "%s", _("Open a row first."));
  return NULL;
}

const char *dialogue_mark(const struct dialogue *d) {
  return d->setup->at ? _("NOT NOW") : "";
}

/* What is to be read before a number is dialled stands before the numbers. */
static void say_lines(struct dialogue *d, const struct card *card, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    dialogue_line(d, "  %s%s%s%s", card->lines[i].warn ? "! " : "", card->lines[i].label,
                  *card->lines[i].label ? _(": ") : "", card->lines[i].text);
}

static void say_channel(struct dialogue *d, const struct card_channel *c) {
  dialogue_line(d, "  %s %s: %s%s%s%s", c->kind, *c->number ? c->number : "-", c->warn ? "! " : "",
                c->state, *c->tried ? "; " : "", c->tried);
  if (*c->via || *c->verified || *c->more)
    dialogue_line(d, "    %s%s%s%s%s", c->via, *c->via ? "; " : "", c->verified,
                  *c->more ? "; " : "", c->more);
}

void dialogue_say_card(struct dialogue *d, const struct uuid *uuid) {
  struct entry e;
  bool masked = false;
  const struct card *card = dialogue_card(d, uuid, &e);
  if (!card)
    return;
  d->open = card->uuid;
  const char *mark = dialogue_mark(d);
  dialogue_line(d, "%s%s%s %s: %s", mark, *mark ? " " : "", card->site, card->site_name,
                card->name);
  dialogue_line(d, "%s %s (%s)", card->type, card->where, card->from);
  say_lines(d, card, 0, card->before);
  for (size_t i = 0; i < card->channel_count; i++) {
    say_channel(d, &card->channels[i]);
    masked = masked || card->channels[i].masked;
  }
  say_lines(d, card, card->before, card->line_count);
  if (masked)
    dialogue_line(d, "%s", _("u shows a masked number."));
}

bool dialogue_may_write(struct dialogue *d) {
  if (d->setup->at)
    dialogue_line(d, "%s",
                  _("another time is looked at: nothing can be written; t comes back to now"));
  return !d->setup->at;
}

const char *dialogue_initials(struct dialogue *d) {
  char typed[DIALOGUE_LINE];
  while (!d->signs) {
    if (!dialogue_ask(d, _("Your initials (none need be given): "), typed, sizeof typed)) {
      dialogue_line(d, "%s", _("Nothing was written."));
      return NULL;
    }
    d->signs = strlen(typed) <= ACT_INITIALS_MAX && utf8_valid(typed, strlen(typed)) &&
               typed[strcspn(typed, "\033\t")] == '\0';
    if (d->signs)
      memcpy(d->initials, typed, strlen(typed) + 1);
    else
      dialogue_line(d, _("Initials are at most %d letters."), ACT_INITIALS_MAX);
  }
  return d->initials;
}

bool dialogue_open_tier(struct dialogue *d) {
  struct tc_error err = {0};
  if (dialogue_flush(d, &err) != TC_OK)
    return false;
  tc_status status =
      pin_ask(d->setup->config.scope, clock_now(&d->setup->clock), &d->tries, d->out, &err);
  if (status == TC_OK)
    setup_open_tier(d->setup);
  else
    dialogue_line(d, "%s", err.text); /* of what is typed, never of a file */
  return status == TC_OK;
}

/* What there is of it once it was written; "" nothing. */
static void say_written(struct dialogue *d, const struct act *act, enum act_course course) {
  const char *number = write_number_read(act, d->setup, &d->arena);
  const char *wrong = write_clock_text(act, d->setup, &d->arena);
  dialogue_line(d, "%s%s%s", number, *number ? ": " : "",
                course == COURSE_SUGGESTED ? _("written as a suggestion, not confirmed")
                                           : _("written, not confirmed"));
  if (*wrong)
    dialogue_line(d, "! %s", wrong);
}

bool dialogue_write(struct dialogue *d, const struct act *act) {
  struct tc_error err = {0};
  struct buffer record = BUFFER_INIT;
  enum act_course course = write_course(d->setup, act);
  bool written = false;
  if (write_allowed(d->setup, act, &err) != TC_OK || act_encode(act, &record, &err) != TC_OK)
    dialogue_fault(d, &err);
  else if (write_needs_pin(d->setup, act) && !dialogue_open_tier(d))
    dialogue_line(d, "%s", _("Nothing was written."));
  else if (journal_append(d->setup->config.scope, record.data, record.len, &err) != TC_OK)
    dialogue_line(d, _("NOT SAVED: %s"), dialogue_why_not_saved(d, &err));
  else
    written = true;
  buffer_free(&record);
  if (written)
    own_add(&d->setup->own, &act->uuid);
  if (written)
    say_written(d, act, course);
  return written;
}
