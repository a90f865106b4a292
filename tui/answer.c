#include "tui/answer.h"
#include "tui/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/mask.h"
#include "core/texts.h"
#include "tui/on_call.h"
#include "tui/reach_text.h"

const char *reach_word(enum reach_state s) {
  static const char *const words[REACH_STATE_COUNT] = {
      [REACH_NO_FAULT_KNOWN] = "no-fault-known",
      [REACH_NOT_KNOWN] = "not-known",
      [REACH_OTHER_SET] = "other-set",
      [REACH_OUTSIDE_HOURS] = "outside-hours",
      [REACH_DOWN] = "down",
      [REACH_NOT_FROM_HERE] = "not-from-here",
      [REACH_NOT_YET] = "not-yet",
      [REACH_REPLACED] = "replaced",
      [REACH_EXPIRED] = "expired",
  };
  return (int)s >= 0 && s < REACH_STATE_COUNT ? words[s] : "";
}

const char *rota_word(enum rota_state s) {
  static const char *const words[] = {
      [ROTA_NOT_ASKED] = "",    [ROTA_NOT_HELD] = "not-held", [ROTA_GAP] = "gap",
      [ROTA_LISTED] = "listed", [ROTA_NO_CLOCK] = "no-clock", [ROTA_NO_ZONE] = "no-zone",
  };
  return words[s];
}

static const char *masked(struct arena *arena, const char *number) {
  struct buffer stars = BUFFER_INIT;
  mask_number(&stars, number);
  const char *text = stars.status == TC_OK ? arena_strdup(arena, buffer_text(&stars)) : NULL;
  buffer_free(&stars);
  return text ? text : "";
}

static void fill_channel(struct answer_channel *to, const struct channel *from,
                         const struct reach_world *world, const char *site, struct arena *arena) {
  const struct contact *c = from->contact;
  const struct dial *d = &from->dial;
  struct buffer said = BUFFER_INIT;
  reach_text(&said, from, world, site);
  *to = (struct answer_channel){.contact = c,
                                .reach = from,
                                .said = arena_strdup(arena, buffer_text(&said)),
                                .mark = reach_row_text(from, world, arena),
                                .state = from->state,
                                .when = from->when,
                                .number = "",
                                .press = "",
                                .e164 = "",
                                .via = d->via ? d->via : "",
                                .check = "",
                                .holder = "",
                                .reason = d->form == DIAL_NONE && d->reason ? d->reason : ""};
  buffer_free(&said);
  if (d->form == DIAL_NONE)
    return;
  const char *shown = d->shown[0] ? d->shown : c->number;
  if (c->masked) {
    to->number = masked(arena, shown);
    return;
  }
  to->number = arena_strdup(arena, shown);
  to->press = d->press[0] ? arena_strdup(arena, d->press) : c->number;
  to->e164 = from->stands_in ? from->stands_in->e164 : c->e164;
}

/* The contact point a single line shows: the one that was looked for, else the best.  Where a
 * number was looked for that cannot be dialled from here, another way to the same entry can. */
static size_t best_of(const struct answer_channel *channels, size_t count,
                      const struct channel *best, bool by_number) {
  for (size_t i = 0; i < count; i++)
    if (channels[i].matched &&
        !(by_number && (!*channels[i].number || channels[i].reach->other_set) && best->contact &&
          best->dial.form != DIAL_NONE))
      return i;
  for (size_t i = 0; i < count; i++)
    if (best->contact && channels[i].contact == best->contact)
      return i;
  return 0;
}

/* A code whose own number is DOWN, or in doubt, and was not meant to be dialled: what is left of it
 * stands beside it. */
static void keep_code(struct answer_row *row, const struct answer_channel *channels,
                      const struct reach_world *world, struct arena *arena) {
  const struct channel *all = row->channel_count ? channels[0].reach : NULL;
  const struct channel *own = all ? reach_code_down(row->entry, all, row->channel_count) : NULL;
  const struct channel *left = own ? reach_code_left(own, all, row->channel_count) : NULL;
  if (!left)
    return;
  size_t at = (size_t)(left - all);
  if (row->best == (size_t)(own - all))
    row->best = at;
  row->down = row->best == at ? &channels[own - all] : NULL;
  if (row->down)
    row->left = code_left_text(own, left, channels[at].number, world, arena);
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
}

static struct answer_channel *make_channels(const struct answer *a, const struct entry *entry,
                                            const struct on_call *held, struct arena *arena,
                                            size_t *count) {
  struct reach_world world;
  setup_world(a->setup, &world);
  world.now = a->now;
  *count = 0;
  struct channel *channels = reach_order(entry, held ? &held->holders : NULL, &world, arena, count);
  struct answer_channel *to = arena_zalloc(arena, *count ? *count : 1, sizeof *to);
  for (size_t i = 0; to && i < *count; i++) {
    size_t holder = held && held->persons ? channels[i].holder : 0;
    const struct entry *whose = holder ? held->persons[holder - 1] : entry;
    fill_channel(&to[i], &channels[i], &world, whose->site, arena);
    to[i].entry = whose;
    to[i].holder = holder ? on_call_name(held, holder - 1) : "";
    to[i].check = check_text(whose, channels[i].contact, &world, arena);
  }
  return to;
}

tc_status answer_channels(const struct answer *a, const struct entry *entry, struct arena *arena,
                          const struct answer_channel **out, size_t *count, struct tc_error *err) {
  *out = make_channels(a, entry, NULL, arena, count);
  return *out && !arena_failed(arena) ? TC_OK : no_memory(err);
}

struct present answer_present(const struct answer *a, struct arena *arena) {
  struct present p = {.cache = a->setup->cache, .arena = arena};
  setup_world(a->setup, &p.world);
  p.world.now = a->now;
  if (a->setup->at) { /* its words say NOT NOW */
    p.setup = a->setup;
    p.clock = clock_now(&a->setup->clock);
  }
  return p;
}

/* What a row of the screen says in the place of where it is, in full: who is away and who covers on
 * what number, that nobody is listed, when not to call. */
tc_status answer_before(struct answer_row *row, const struct answer *a, struct arena *arena,
                        struct tc_error *err) {
  struct present p = answer_present(a, arena);
  const struct entry *e = row->entry;
  const struct absence *all[ABSENCES_SHOWN];
  size_t away = entry_absences(e, a->now, p.world.clock_trusted, all, ABSENCES_SHOWN);
  const char **out = arena_zalloc(arena, away + row->holder_count + 2, sizeof *out);
  const char *brief = away ? present_absent(&p, all[0]) : NULL;
  row->brief = "";
  row->before_count = 0;
  for (size_t i = 0; out && i < away; i++)
    out[row->before_count++] = arena_printf(arena, _("%s: %s"), present_absent(&p, all[i]),
                                            present_absence_words(&p, all[i]));
  for (size_t i = 0; out && i < row->holder_count; i++)
    if (row->holders[i].away)
      out[row->before_count++] = row->holders[i].said;
  if (out && row->rota_fault && *row->rota_fault)
    out[row->before_count++] = row->rota_fault;
  if (out && *e->do_not_call_if)
    out[row->before_count++] = arena_printf(arena, "%s %s", _("do NOT call if"), e->do_not_call_if);
  row->before = out;
  if (row->before_count)
    row->brief = brief ? brief : row->before[0];
  return arena_failed(arena) ? no_memory(err) : TC_OK;
}

/* Whom to call where none of its numbers, nor of who holds it, may be tried.  Who is on call is
 * answered with the numbers of each holder, and is not asked that. */
static void fill_instead(struct answer_row *row, const struct answer *a, struct arena *arena) {
  struct present p = answer_present(a, arena);
  row->stuck = !a->rota && reach_is_mute(row->channel_count ? row->channels[0].reach : NULL,
                                         row->channel_count);
  struct instead_line *list = row->stuck ? arena_zalloc(arena, INSTEAD_MAX, sizeof *list) : NULL;
  row->instead_count = list ? present_instead_lines(&p, row->entry, list) : 0;
  row->instead = list;
}

static tc_status fill_row(struct answer_row *row, const struct answer *a,
                          const struct uuid *contact, struct arena *arena, struct tc_error *err) {
  struct reach_world world;
  struct channel best = {0};
  struct buffer place = BUFFER_INIT;
  setup_world(a->setup, &world);
  world.now = a->now;
  const struct site *site = house_site(world.house, row->entry->site);
  row->site_name = site ? site->name : "";
  place_text(&place, row->entry);
  row->place = arena_strdup(arena, buffer_text(&place));
  buffer_free(&place);
  struct on_call held = {.now = {.state = ROTA_NOT_HELD}};
  tc_status status =
      a->rota ? TC_OK : on_call_of(&held, a->setup->cache, row->entry, &world, arena, err);
  if (status != TC_OK)
    return status;
  struct answer_channel *to = make_channels(a, row->entry, &held, arena, &row->channel_count);
  if (!to || arena_failed(arena))
    return no_memory(err);
  for (size_t i = 0; contact && !uuid_is_nil(contact) && i < row->channel_count; i++)
    to[i].matched = uuid_equal(&to[i].contact->uuid, contact);
  if (!reach_best(&best, row->entry, &held.holders, &world, CONTACT_OTHER))
    best.contact = NULL;
  row->best = best_of(to, row->channel_count, &best, search_by_number(row->match));
  keep_code(row, to, &world, arena);
  row->channels = to;
  fill_instead(row, a, arena);
  if (on_call_is_told(&held))
    status = answer_on_call(row, a, &held, arena, err);
  if (status == TC_OK)
    status = answer_before(row, a, arena, err);
  if (status != TC_OK || arena_failed(arena))
    return status != TC_OK ? status : no_memory(err);
  return row->former ? found_former(&row->fate, a->setup->cache, row->entry, row->former, &world,
                                    arena, err)
                     : TC_OK;
}

tc_status answer_search(struct answer *out, const struct search_result *result, struct arena *arena,
                        struct tc_error *err) {
  struct answer_row *rows = arena_zalloc(arena, result->count ? result->count : 1, sizeof *rows);
  if (!rows)
    return no_memory(err);
  out->now = setup_now(out->setup);
  for (size_t i = 0; i < result->count; i++) {
    const struct search_row *from = &result->rows[i];
    rows[i] = (struct answer_row){.entry = &from->entry,
                                  .match = from->match,
                                  .matched = from->matched ? from->matched : "",
                                  .former = from->former,
                                  .here = from->here};
    tc_status status = fill_row(&rows[i], out, &from->contact, arena, err);
    if (status != TC_OK)
      return status;
  }
  out->rows = rows;
  out->count = result->count;
  out->here = result->here;
  out->elsewhere = result->elsewhere;
  out->more_here = result->more_here;
  out->more_elsewhere = result->more_elsewhere;
  out->note = result->note ? result->note : "";
  out->tried = result->tried;
  out->tried_count = result->tried_count;
  out->nearest = result->nearest;
  out->nearest_count = result->nearest_count;
  out->fewer = result->fewer ? result->fewer : "";
  return TC_OK;
}

tc_status answer_entry(struct answer *out, const struct entry *entry, struct arena *arena,
                       struct tc_error *err) {
  struct answer_row *row = arena_zalloc(arena, 1, sizeof *row);
  if (!row)
    return no_memory(err);
  out->now = setup_now(out->setup);
  *row = (struct answer_row){.entry = entry, .match = MATCH_COUNT, .matched = ""};
  row->here = out->setup->config.site[0] && strcmp(entry->site, out->setup->config.site) == 0;
  out->rows = row;
  out->count = 1;
  out->here = row->here ? 1 : 0;
  out->elsewhere = row->here ? 0 : 1;
  out->full = true;
  out->note = out->note ? out->note : "";
  return fill_row(row, out, NULL, arena, err);
}

/* Columns to write in: of the terminal, or 80 where there is none. */
static int columns_of_output(void) {
  enum { USUAL = 80, LEAST = 40, MOST = 500 };
  struct winsize size;
  int columns = USUAL;
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    columns = size.ws_col;
  return columns < LEAST ? LEAST : columns > MOST ? MOST : columns;
}

tc_status answer_write(const struct answer *a, const struct options *o, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  tc_status status = TC_OK;
  bool encoded = false;
  if (option_given(o, OPT_JSON) && option_given(o, OPT_TSV))
    return tc_fail(err, TC_USAGE, _("say --json or --tsv, not both"));
  output_aside_lost(a->setup->cache);
  if (a->count == 0 && cache_whole(a->setup->cache, NULL) != TC_OK)
    return cache_whole(a->setup->cache, err); /* never that there is nothing */
  if (option_given(o, OPT_JSON)) {
    status = answer_json(&out, a, err);
    encoded = true;
  } else if (option_given(o, OPT_TSV)) {
    answer_tsv(&out, a);
    encoded = true;
  } else {
    answer_text(&out, a, columns_of_output());
  }
  if (status == TC_OK)
    status = buffer_status(&out, err);
  if (status == TC_OK)
    status = encoded ? emit_bytes(stdout, out.data, out.len, err)
                     : emit_text(stdout, buffer_text(&out), out.len, err);
  if (status == TC_OK)
    status = emit_finish(stdout, err);
  buffer_free(&out);
  if (status == TC_OK && a->count == 0)
    status = TC_NOT_FOUND;
  return status == TC_OK ? cache_whole(a->setup->cache, err) : status;
}
