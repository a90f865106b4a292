/* Working a call by line: how it ended, then whom to call next (doc/calls.md). */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/texts.h"
#include "tui/call.h"
#include "tui/chain.h"
#include "tui/dialled.h"
#include "tui/dialogue.h"
#include "tui/write.h"

/* The last one of the view that is looked at: a call of a drill is worked in that drill alone. */
static struct dialogue_call *in_work(struct dialogue *d) {
  struct uuid view = setup_view(d->setup);
  for (size_t i = d->call_count; i-- > 0;)
    if (uuid_equal(&d->calls[i].exercise, &view))
      return &d->calls[i];
  return NULL;
}

static void end_call(struct dialogue *d, const struct dialogue_call *call) {
  size_t i = (size_t)(call - d->calls);
  memmove(&d->calls[i], &d->calls[i + 1], (--d->call_count - i) * sizeof *d->calls);
}

void plain_call_forget(struct dialogue *d, const struct uuid *exercise) {
  for (size_t i = d->call_count; i-- > 0;)
    if (uuid_equal(&d->calls[i].exercise, exercise))
      end_call(d, &d->calls[i]);
}

/* The chain of a call; 0: its entry is gone. */
static size_t stops_of(struct dialogue *d, const struct dialogue_call *call,
                       struct chain_stop **stops) {
  struct present p;
  struct frame f;
  struct entry e;
  dialogue_present(d, &p);
  if (cache_entry(p.cache, &call->origin, &d->arena, &e, NULL) != TC_OK)
    return 0;
  return chain_stops(&p, &e, present_frame(&p, &f) ? f.switchboard : "", stops);
}

/* Says where the call is, with the card of this step. */
static void say_step(struct dialogue *d, struct dialogue_call *call) {
  struct chain_stop *stops = NULL;
  size_t count = stops_of(d, call, &stops);
  if (!stops || call->step >= count) {
    dialogue_line(d, "%s", _("the entry is no longer in the directory"));
    end_call(d, call);
    return;
  }
  const struct chain_stop *at = &stops[call->step];
  call->words = uuid_is_nil(&at->entry);
  const char *whose = call->step ? arena_printf(&d->arena, _(", for %s"), stops[0].name) : "";
  dialogue_line(d, _("step %zu of %zu: %s%s%s"), call->step + 1, count, at->name,
                whose ? whose : "", "");
  if (at->wait)
    dialogue_line(d, _("  after %d min without an answer"), (int)((at->wait + 59) / 60));
  if (call->words) {
    d->open = call->shown; /* whose step it is */
    return;
  }
  call->shown = at->entry;
  dialogue_say_card(d, &at->entry);
}

/* Is the call in work the one of the open card? */
static bool is_here(const struct dialogue *d, const struct dialogue_call *call) {
  return call && uuid_equal(&call->shown, &d->open);
}

/* A new call begins here, and the one in work waits. */
static struct dialogue_call *begin_call(struct dialogue *d, const struct dialogue_call *call) {
  if (d->call_count == DIALOGUE_CALLS) { /* the oldest is lost, one of a drill before a real one */
    size_t lost = 0;
    while (lost < d->call_count && uuid_is_nil(&d->calls[lost].exercise))
      lost++;
    end_call(d, &d->calls[lost < d->call_count ? lost : 0]);
  }
  d->calls[d->call_count] = *call;
  return &d->calls[d->call_count++];
}

/* Where a page waits for a call back. */
static size_t waiting_page(const struct card *card, const struct dialogue_call *call,
                           const struct card_channel **out) {
  for (size_t i = 0; i < card->channel_count; i++)
    if (!uuid_is_nil(&call->paged) && uuid_equal(&card->channels[i].uuid, &call->paged)) {
      out[0] = &card->channels[i];
      return 1;
    }
  return 0;
}

/* The numbers that somebody may answer and that were not tried, pagers behind all phones. */
static size_t voices(const struct card *card, const struct dialogue_call *call,
                     const struct card_channel **out) {
  size_t count = 0;
  for (int pager = 0; pager < 2; pager++)
    for (size_t i = 0; i < card->channel_count && count < DIALOGUE_ROWS; i++)
      if (card->channels[i].voice && card->channels[i].pager == pager &&
          !uuid_among(&card->channels[i].uuid, call->tried, call->tried_count))
        out[count++] = &card->channels[i];
  return count ? count : waiting_page(card, call, out);
}

/* Which number was called; NULL: nobody answers at any, or nothing was chosen. */
static const struct card_channel *ask_number(struct dialogue *d, const struct card *card,
                                             const struct dialogue_call *call) {
  const struct card_channel *list[DIALOGUE_ROWS], *next[DIALOGUE_ROWS];
  size_t count = 0, left = voices(card, call, next);
  for (size_t i = 0; i < card->channel_count && count < DIALOGUE_ROWS; i++)
    if (*card->channels[i].number)
      list[count++] = &card->channels[i];
  if (count < 2) {
    if (count)
      dialogue_line(d, "%s %s", list[0]->kind, list[0]->number);
    return count ? list[0] : NULL;
  }
  char typed[DIALOGUE_LINE];
  size_t usual = 0;
  for (size_t i = 0; i < count; i++) {
    if (left && list[i] == next[0])
      usual = i;
    dialogue_line(d, "%zu %s %s%s%s", i + 1, list[i]->kind, list[i]->number,
                  *list[i]->tried ? ", " : "", list[i]->tried);
  }
  const char *question =
      arena_printf(&d->arena, _("Which number did you call (Enter: %zu): "), usual + 1);
  if (!question || !dialogue_ask(d, question, typed, sizeof typed))
    return NULL;
  size_t chosen = typed[0] >= '1' && !typed[1] ? (size_t)(typed[0] - '0') : *typed ? 0 : usual + 1;
  return chosen && chosen <= count ? list[chosen - 1] : NULL;
}

static enum attempt_result ask_result(struct dialogue *d, bool pager) {
  const struct call_result *results = call_results(pager);
  for (int i = 0; i < CALL_RESULTS; i++)
    dialogue_line(d, "%d %s", i + 1, _(results[i].text));
  size_t chosen = dialogue_pick(d, _("How did it end (Enter: nothing is noted): "), CALL_RESULTS);
  return chosen ? results[chosen - 1].result : ATTEMPT_OTHER;
}

static bool note_try(struct dialogue *d, struct dialogue_call *call, const struct entry *e,
                     const struct card_channel *c, const char *words, enum attempt_result result) {
  struct act act;
  struct tc_error err = {0};
  const struct dialled *dialled = c ? dialled_again(&c->called, &d->arena) : NULL; /* as shown */
  struct writing w = {.setup = d->setup, .entry = dialled ? dialled->entry : e, .arena = &d->arena};
  if ((w.initials = dialogue_initials(d)) == NULL)
    return false;
  if (write_attempt(&act, &w, dialled, result, &call->origin, words, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return false;
  }
  if (!dialogue_write(d, &act))
    return false;
  if (c && call->tried_count < DIALOGUE_TRIED)
    call->tried[call->tried_count++] = c->uuid;
  if (c && result == ATTEMPT_PAGED)
    call->paged = c->uuid;
  else if (c && uuid_equal(&c->uuid, &call->paged))
    call->paged = (struct uuid){{0}};
  if (result != ATTEMPT_WRONG_NUMBER || !dialled || setup_played(d->setup))
    return true;
  if (!dialled_is_contact(dialled))
    dialogue_line(d, "%s", write_wrong_text(&w, dialled, false));
  else if (write_wrong_number(&act, &w, dialled->contact, &err) != TC_OK)
    dialogue_fault(d, &err);
  else
    (void)dialogue_write(d, &act);
  return true;
}

/* The entry's own further numbers first, then the next step; the last one is the switchboard. */
static void go_on(struct dialogue *d, struct dialogue_call *call, const struct card *card) {
  const struct card_channel *next[DIALOGUE_ROWS];
  struct chain_stop *stops = NULL;
  if (!call->words && card && voices(card, call, next)) {
    if (uuid_equal(&next[0]->uuid, &call->paged)) { /* this step is not over */
      dialogue_line(d, "%s", _("page sent: r when it is answered, or when nobody calls back"));
      return;
    }
    dialogue_line(d, _("next: %s %s, of the same%s%s"), next[0]->number, next[0]->kind,
                  *next[0]->mark ? _(": ") : "", next[0]->mark);
    return;
  }
  size_t count = stops_of(d, call, &stops);
  if (stops && call->step + 1 >= count) {
    dialogue_line(d, _("the chain ends here: %s"), stops[count - 1].name);
    return;
  }
  call->step++;
  call->tried_count = 0;
  call->paged = (struct uuid){{0}};
  say_step(d, call);
}

/* A step of words: the operator may know the number, and the log keeps the name. */
static void note_words(struct dialogue *d, struct dialogue_call *call) {
  struct chain_stop *stops = NULL;
  struct entry e;
  size_t count = stops_of(d, call, &stops);
  if (!stops || call->step >= count ||
      cache_entry(d->setup->cache, &call->origin, &d->arena, &e, NULL) != TC_OK) {
    dialogue_line(d, "%s", _("the entry is no longer in the directory"));
    end_call(d, call);
    return;
  }
  dialogue_line(d, "%s", stops[call->step].name);
  enum attempt_result result = ask_result(d, false);
  if (!result || !note_try(d, call, &e, NULL, stops[call->step].name, result))
    return;
  if (result == ATTEMPT_ANSWERED)
    end_call(d, call);
  else
    go_on(d, call, NULL);
}

void plain_call(struct dialogue *d) {
  struct entry e;
  struct dialogue_call *call = in_work(d);
  if (!dialogue_may_write(d))
    return;
  if (is_here(d, call) && call->words) {
    note_words(d, call);
    return;
  }
  const struct card *card = dialogue_open_card(d, &e);
  if (!card)
    return;
  struct dialogue_call fresh = {
      .origin = d->open, .exercise = setup_view(d->setup), .shown = d->open};
  bool here = is_here(d, call);
  if (!here)
    call = &fresh;
  dialogue_line(d, "%s %s", card->site, card->name);
  const struct card_channel *c = ask_number(d, card, call);
  enum attempt_result result = ask_result(d, c && c->pager);
  if (!result) {
    dialogue_line(d, "%s", _("Nothing was noted."));
    return;
  }
  if (!here)
    call = begin_call(d, &fresh);
  if (!note_try(d, call, &e, c, "", result))
    return;
  if (result == ATTEMPT_ANSWERED)
    end_call(d, call);
  else
    go_on(d, call, card);
}

void plain_call_back(struct dialogue *d) {
  struct dialogue_call *call = in_work(d);
  if (call)
    say_step(d, call);
  else
    dialogue_line(d, "%s", _("No call is in work."));
}
