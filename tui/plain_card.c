/* What is asked of the open card: its digits aloud, a masked number, its fax. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "db/journal.h"
#include "tui/dialogue.h"
#include "tui/fax.h"
#include "tui/line.h"
#include "tui/reveal.h"
#include "tui/write.h"

static void say_channel(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct card_channel *const *list = of;
  dialogue_line(d, "%zu %s %s%s%s", digit, list[i]->kind, list[i]->number,
                list[i]->warn ? ", ! " : "", list[i]->warn ? list[i]->state : "");
}

/* One of the channels that `fits`; NULL: none, and said so. */
static const struct card_channel *ask_channel(struct dialogue *d, const struct card *card,
                                              bool (*fits)(const struct card_channel *c),
                                              const char *none) {
  const struct card_channel **list = arena_zalloc(&d->arena, card->channel_count + 1, sizeof *list);
  size_t count = 0, chosen = 0;
  for (size_t i = 0; list && i < card->channel_count; i++)
    if (fits(&card->channels[i]))
      list[count++] = &card->channels[i];
  if (!count) {
    dialogue_line(d, "%s", none);
    return NULL;
  }
  const struct choice choice = {
      .count = count, .say = say_channel, .of = list, .enter = _("Enter: none")};
  if (count > 1)
    chosen = dialogue_choose(d, &choice, NULL);
  if (chosen == count)
    dialogue_line(d, "%s", _("Not shown."));
  return chosen < count ? list[chosen] : NULL;
}

static bool is_readable(const struct card_channel *c) {
  return *c->aloud && !c->masked;
}

static bool is_masked(const struct card_channel *c) {
  return c->masked;
}

void plain_aloud(struct dialogue *d) {
  struct entry e;
  const struct card *card = dialogue_open_card(d, &e);
  const struct card_channel *c =
      card ? ask_channel(d, card, is_readable, _("No number of it can be dialled from here."))
           : NULL;
  if (!c)
    return;
  const char *mark = dialogue_mark(d);
  dialogue_line(d, "%s%s%s %s, %s %s: %s", mark, *mark ? " " : "", card->site, card->name, c->kind,
                c->from, c->clear);
  if (c->warn)
    dialogue_line(d, "! %s", c->state);
  dialogue_line(d, _("read: %s"), c->aloud);
  if (*c->how)
    dialogue_line(d, _("how: %s"), c->how);
}

/* In the journal where the disk lets it; the number is not held back for that. */
static void write_down(struct dialogue *d, const struct entry *e, const struct card_channel *c,
                       const char *reason) {
  struct act act;
  struct tc_error err = {0};
  struct buffer record = BUFFER_INIT;
  struct writing w = {.setup = d->setup, .entry = e, .initials = d->initials, .arena = &d->arena};
  if (write_reveal(&act, &w, &c->contact, c->audience, reason, &err) != TC_OK ||
      act_encode(&act, &record, &err) != TC_OK ||
      journal_append(d->setup->config.scope, record.data, record.len, &err) != TC_OK)
    dialogue_line(d, _("NOT SAVED: %s"), dialogue_why_not_saved(d, &err));
  buffer_free(&record);
}

/* On a kiosk a number that was shown is starred again by itself, as on its screen. */
static void take_away(struct dialogue *d) {
  char typed[DIALOGUE_LINE];
  if (!d->setup->kiosk || !line_erases())
    return;
  d->shown_until = clock_now(&d->setup->clock) + REVEAL_S;
  if (!dialogue_ask(d, _("Enter: it is erased, as in a minute by itself: "), typed, sizeof typed))
    return;
  d->shown_until = 0;
  dialogue_wipe(d);
}

/* Said once, after why: the next card has it starred again.  None need be given. */
void plain_reveal(struct dialogue *d) {
  struct entry e;
  char typed[DIALOGUE_LINE];
  size_t count;
  const struct reveal_reason *reasons = reveal_reasons(&count);
  const struct card *card = dialogue_open_card(d, &e);
  const struct card_channel *c =
      card ? ask_channel(d, card, is_masked, _("No number of it is masked.")) : NULL;
  if (!c)
    return;
  for (size_t i = 0; i < count; i++)
    dialogue_line(d, "%zu %s", i + 1, _(reasons[i].text));
  if (!dialogue_ask(d, _("Why (none need be given; q: do not show it): "), typed, sizeof typed) ||
      strcmp(typed, "q") == 0) {
    dialogue_line(d, "%s", _("Not shown."));
    return;
  }
  size_t why = typed[0] >= '1' && !typed[1] ? (size_t)(typed[0] - '0') : 0;
  write_down(d, &e, c, reasons[why && why <= count ? why - 1 : 0].word);
  const char *mark = setup_mark(d->setup);
  dialogue_line(d, "%s%s%s: %s", mark, *mark ? " " : "", c->kind, c->clear);
  if (c->warn)
    dialogue_line(d, "! %s", c->shown_state);
  if (*c->aloud)
    dialogue_line(d, _("read: %s"), c->aloud);
  take_away(d);
}

static void say_fax(struct dialogue *d, const struct fax_point *f) {
  const struct card_channel *c = f->channel;
  dialogue_line(d, "%s %s: %s%s", c->kind, *c->number ? c->number : "-", c->warn ? "! " : "",
                c->state);
  if (*c->verified)
    dialogue_line(d, "%s%s", f->is_old ? "! " : "", c->verified);
  if (f->is_server)
    dialogue_line(d, "%s", _("a fax server: it arrives as a message, no paper comes out"));
  else if (*f->place)
    dialogue_line(d, _("stands in: %s"), f->place);
  if (*f->purposes)
    dialogue_line(d, _("for: %s"), f->purposes);
  if (*f->check)
    dialogue_line(d, _("call to confirm that it arrived: %s"), f->check);
  else
    dialogue_line(d, "%s", _("! no number is listed to confirm that it arrived: call the service"));
  for (size_t i = 0; i < f->alike_count; i++)
    dialogue_line(d, _("! another fax looks like this one: %s %s, %s"), f->alikes[i].site,
                  f->alikes[i].name, f->alikes[i].differs);
}

/* The last four, typed again from the paper or from the machine's display. */
static void check_fax(struct dialogue *d, const struct fax_point *f) {
  char typed[DIALOGUE_LINE];
  size_t alike = 0;
  if (!f->tail[0] ||
      !dialogue_ask(d, _("The last four digits that you keyed in (Enter: none): "), typed,
                    sizeof typed) ||
      !*typed)
    return;
  switch (fax_check(f, typed, &alike)) {
  case FAX_RIGHT:
    dialogue_line(d, "%s", _("They are right."));
    break;
  case FAX_ALIKE:
    dialogue_line(d, _("! STOP: those are of %s %s"), f->alikes[alike].site, f->alikes[alike].name);
    break;
  case FAX_WRONG:
    dialogue_line(d, "%s", _("! STOP: they are not of this fax"));
    break;
  default:
    dialogue_line(d, "%s", _("Four digits are needed: f again."));
    break;
  }
}

static void say_one_fax(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct fax_card *fax = of;
  dialogue_line(d, "%zu %s %s, %s", digit, fax->points[i].channel->kind,
                fax->points[i].channel->number, fax->points[i].purposes);
}

void plain_fax(struct dialogue *d) {
  struct entry e;
  struct present p;
  size_t chosen = 0;
  const struct card *card = dialogue_open_card(d, &e);
  dialogue_present(d, &p);
  const struct fax_card *fax = card ? present_fax(&p, &e, card) : NULL;
  if (!card)
    return;
  if (!fax || !fax->count) {
    dialogue_line(d, "%s", fax ? _("No fax is listed here.") : _("no memory"));
    return;
  }
  dialogue_line(d, "%s %s: %s", card->site, card->site_name, card->name);
  const struct choice choice = {
      .count = fax->count, .say = say_one_fax, .of = fax, .enter = _("Enter: none")};
  if (fax->count > 1)
    chosen = dialogue_choose(d, &choice, NULL);
  if (chosen == fax->count)
    return;
  say_fax(d, &fax->points[chosen]);
  check_fax(d, &fax->points[chosen]);
}
