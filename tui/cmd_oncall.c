#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/commands.h"
#include "tui/duty.h"
#include "tui/output.h"
#include "tui/played.h"
#include "tui/when.h"

static json_t *holder_json(const struct duty_row *row, size_t n) {
  const struct rota_holder *h = &row->on_call->now.holders[n];
  return json_pack("{s:s, s:I, s:b, s:I, s:I, s:I}", "name", on_call_name(row->on_call, n), "line",
                   (json_int_t)h->shift->line, "at_home", (int)h->shift->at_home, "travel",
                   (json_int_t)h->shift->travel, "from", (json_int_t)h->from, "until",
                   (json_int_t)h->until);
}

static json_t *row_json(const struct duty_row *row, const struct reach_world *world) {
  char uuid[UUID_TEXT];
  struct buffer fault = BUFFER_INIT;
  json_t *holders = json_array();
  uuid_format(&row->role->uuid, uuid);
  on_call_fault(&fault, row->on_call, row->role, world);
  for (size_t i = 0; i < row->on_call->now.count; i++)
    if (json_array_append_new(holders, holder_json(row, i)) != 0)
      break;
  json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "uuid", uuid, "site", row->role->site,
                        "role", row->role->name, "rota", rota_word(row->on_call->now.state),
                        "fault", buffer_text(&fault), "holders", holders);
  buffer_free(&fault);
  return o;
}

static json_t *rows_json(const struct duty_row *rows, size_t count, const struct setup *setup,
                         const struct reach_world *world) {
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++)
    if (json_array_append_new(list, row_json(&rows[i], world)) != 0)
      break;
  json_t *o =
      json_pack("{s:i, s:s, s:I, s:b, s:o}", "tocsin", ANSWER_JSON_VERSION, "command", "oncall",
                "now", (json_int_t)world->now, "not_now", (int)(setup->at != 0), "rows", list);
  if (o && setup_played(setup) && json_object_set_new(o, "exercise", played_json(setup)) != 0) {
    json_decref(o);
    return NULL; /* never an answer of an exercise that does not say so */
  }
  return o;
}

static void as_text(struct buffer *out, const struct duty_row *rows, size_t count,
                    const struct setup *setup, const struct reach_world *world) {
  char when[2 * WHEN_TEXT];
  size_t from = out->len;
  played_text(out, setup);
  if (setup->at) {
    buffer_printf(out, _("! NOT NOW: as at %s"),
                  when_there(world->now, clock_now(&setup->clock), setup_zone(setup),
                             setup->config.site, when));
    buffer_add_char(out, '\n');
  }
  for (size_t i = 0; i < count; i++) {
    struct buffer who = BUFFER_INIT;
    buffer_printf(&who, "%s %s  %s: ", duty_is_faulty(&rows[i]) ? "!" : " ", rows[i].role->site,
                  rows[i].role->name);
    duty_text(&who, &rows[i], world);
    if (setup->at)
      buffer_printf(&who, " (%s)", _("NOT NOW"));
    emit_safe(out, buffer_text(&who));
    buffer_add_char(out, '\n');
    buffer_free(&who);
  }
  if (!count)
    buffer_printf(out, "%s\n", _("No rota is held here: ask the switchboard who is on call."));
  output_mark(out, from, setup_played(setup) ? setup_mark(setup) : "");
}

tc_status cmd_oncall(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct reach_world world;
  struct duty_row *rows = NULL;
  size_t count = 0;
  bool json = option_given(o, OPT_JSON);
  tc_status status = o->operand_count
                         ? tc_fail(err, TC_USAGE, _("oncall takes no operand; --site CODE narrows"))
                         : setup_open(&setup, o, err);
  if (status != TC_OK)
    goto out;
  setup_world(&setup, &world);
  /* The site one stands at; without one, or with --all, every site. */
  const char *site = option_given(o, OPT_ALL) ? "" : setup.config.site;
  status = duty_read(setup.cache, site, setup.config.site, &world, &arena, &rows, &count, err);
  if (status == TC_OK && json)
    status = output_json(&out, rows_json(rows, count, &setup, &world), err);
  else if (status == TC_OK)
    as_text(&out, rows, count, &setup, &world);
  if (status == TC_OK)
    status = output_write(&out, json, err);
  if (status == TC_OK && !count)
    status = TC_NOT_FOUND;
out:
  buffer_free(&out);
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
