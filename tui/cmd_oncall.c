#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/chase.h"
#include "tui/commands.h"
#include "tui/duty.h"
#include "tui/not_now.h"
#include "tui/output.h"
#include "tui/played.h"

static json_t *holder_json(const struct duty_row *row, size_t n) {
  const struct rota_holder *h = &row->on_call->now.holders[n];
  return json_pack("{s:s, s:I, s:b, s:I, s:I, s:I, s:b, s:b}", "name",
                   on_call_name(row->on_call, n), "line", (json_int_t)h->shift->line, "at_home",
                   (int)h->shift->at_home, "travel", (json_int_t)h->shift->travel, "from",
                   (json_int_t)h->from, "until", (json_int_t)h->until, "absent",
                   (int)(n + row->on_call->holders.away >= row->on_call->now.count), "cut_off",
                   (int)((row->silent >> n) & 1));
}

static json_t *row_json(const struct duty_row *row, const struct present *p) {
  char uuid[UUID_TEXT];
  struct buffer text = {.limit = 4096};
  json_t *holders = json_array();
  uuid_format(&row->role->uuid, uuid);
  duty_text(&text, row, p);
  for (size_t i = 0; i < row->on_call->now.count; i++)
    if (json_array_append_new(holders, holder_json(row, i)) != 0)
      break;
  json_t *o =
      json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "uuid", uuid, "site", row->role->site,
                "role", row->role->name, "rota", rota_word(row->on_call->now.state), "fault",
                present_rota_fault(p, row->role, row->on_call), "text", buffer_text(&text),
                "holders", holders);
  buffer_free(&text);
  return o;
}

/* The answer, its rows under that name; lets go of them. */
static json_t *whole_json(json_t *rows, const char *name, const struct setup *setup,
                          const struct reach_world *world) {
  return played_answer(json_pack("{s:i, s:s, s:I, s:b, s:o}", "tocsin", ANSWER_JSON_VERSION,
                                 "command", "oncall", "now", (json_int_t)world->now, "not_now",
                                 (int)(setup->at != 0), name, rows),
                       setup);
}

static json_t *rows_json(const struct duty_row *rows, size_t count, const struct setup *setup,
                         const struct present *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++)
    if (json_array_append_new(list, row_json(&rows[i], p)) != 0)
      break;
  return whole_json(list, "rows", setup, &p->world);
}

static json_t *chase_json(const struct chase_row *rows, size_t count, const struct setup *setup,
                          const struct reach_world *world) {
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    char uuid[UUID_TEXT] = "";
    if (!uuid_is_nil(&rows[i].entry))
      uuid_format(&rows[i].entry, uuid);
    if (json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:I}", "part",
                                              chase_part_word(rows[i].part), "uuid", uuid, "site",
                                              rows[i].site, "of", rows[i].who, "text", rows[i].what,
                                              "at", (json_int_t)rows[i].at)) != 0)
      break;
  }
  return whole_json(list, "chase", setup, world);
}

static void chase_text(struct buffer *out, const struct chase_row *rows, size_t count,
                       const struct setup *setup, const struct reach_world *world) {
  size_t from = out->len;
  played_text(out, setup);
  not_now_text(out, setup, world->now);
  for (size_t i = 0; i < count; i++) {
    struct buffer line = BUFFER_INIT;
    if (!i || rows[i].part != rows[i - 1].part)
      buffer_printf(out, "%s:\n", chase_part_text(rows[i].part));
    buffer_printf(&line, "  %s%s%s%s%s", rows[i].site, *rows[i].site ? "  " : "", rows[i].who,
                  *rows[i].who ? ": " : "", rows[i].what);
    emit_safe(out, buffer_text(&line));
    buffer_add_char(out, '\n');
    buffer_free(&line);
  }
  if (!count && cache_whole(setup->cache, NULL) == TC_OK)
    buffer_printf(out, "%s\n", _("there is nothing to chase"));
  output_mark(out, from, setup_played(setup) ? setup_mark(setup) : "");
}

static void as_text(struct buffer *out, const struct duty_row *rows, size_t count,
                    const struct setup *setup, const struct present *p) {
  size_t from = out->len;
  played_text(out, setup);
  not_now_text(out, setup, p->world.now);
  for (size_t i = 0; i < count; i++) {
    struct buffer who = BUFFER_INIT;
    buffer_printf(&who, "%s %s  %s: ", duty_is_faulty(&rows[i]) ? "!" : " ", rows[i].role->site,
                  rows[i].role->name);
    duty_text(&who, &rows[i], p);
    if (setup->at)
      buffer_printf(&who, " (%s)", _("NOT NOW"));
    emit_safe(out, buffer_text(&who));
    buffer_add_char(out, '\n');
    buffer_free(&who);
  }
  if (!count && cache_whole(setup->cache, NULL) == TC_OK)
    buffer_printf(out, "%s\n", _("No rota is held here: ask the switchboard who is on call."));
  output_mark(out, from, setup_played(setup) ? setup_mark(setup) : "");
}

/* What is asked for, as text or JSON; count: of rows. */
static tc_status answer_chase(struct buffer *out, struct setup *setup, const char *site, bool json,
                              const struct reach_world *world, struct arena *arena, size_t *count,
                              struct tc_error *err) {
  struct chase_row *rows;
  tc_status status = chase_read(setup, site, setup->config.site, arena, &rows, count, err);
  if (status == TC_OK && json)
    return output_json(out, chase_json(rows, *count, setup, world), err);
  if (status == TC_OK)
    chase_text(out, rows, *count, setup, world);
  return status;
}

static tc_status answer_rows(struct buffer *out, struct setup *setup, const char *site, bool json,
                             const struct reach_world *world, struct arena *arena, size_t *count,
                             struct tc_error *err) {
  struct duty_row *rows;
  tc_status status =
      duty_read(setup->cache, site, setup->config.site, world, arena, &rows, count, err);
  const struct present p = {.cache = setup->cache, .world = *world, .arena = arena};
  if (status == TC_OK && json)
    return output_json(out, rows_json(rows, *count, setup, &p), err);
  if (status == TC_OK)
    as_text(out, rows, *count, setup, &p);
  return status;
}

tc_status cmd_oncall(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct reach_world world;
  size_t count = 0;
  bool json = option_given(o, OPT_JSON);
  tc_status status = o->operand_count
                         ? tc_fail(err, TC_USAGE, _("oncall takes no operand; --site CODE narrows"))
                         : setup_open(&setup, o, err);
  if (status != TC_OK)
    goto out;
  setup_world(&setup, &world);
  output_aside_lost(setup.cache);
  /* The site one stands at; without one, or with --all, every site. */
  const char *site = option_given(o, OPT_ALL) ? "" : setup.config.site;
  status = option_given(o, OPT_CHASE)
               ? answer_chase(&out, &setup, site, json, &world, &arena, &count, err)
               : answer_rows(&out, &setup, site, json, &world, &arena, &count, err);
  if (status == TC_OK)
    status = output_write(&out, json, err);
  if (status == TC_OK)
    status = cache_prove(setup.cache, err);
  if (status == TC_OK && !count)
    status = TC_NOT_FOUND;
out:
  buffer_free(&out);
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
