#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "tui/acts.h"
#include "tui/answer.h"
#include "tui/commands.h"
#include "tui/until.h"
#include "tui/when.h"
#include "tui/write.h"

/* What a number that is masked says nothing of. */
static bool is_number_field(const char *field) {
  static const char *const fields[] = {"number", "e164", "now", "was"};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (strcmp(fields[i], field) == 0)
      return true;
  return false;
}

static json_t *act_json(const struct act_held *held, const struct setup *setup,
                        struct arena *arena) {
  const struct act *act = &held->act;
  bool masked = write_masks(act, setup, arena);
  char uuid[UUID_TEXT], subject[UUID_TEXT];
  json_t *payload = json_object();
  uuid_format(&act->uuid, uuid);
  uuid_format(&act->subject, subject);
  for (size_t i = 0; payload && i < act->payload.count; i++) {
    const char *equals = strchr(act->payload.items[i], '=');
    char field[64];
    if (!equals || (size_t)(equals - act->payload.items[i]) >= sizeof field)
      continue;
    snprintf(field, sizeof field, "%.*s", (int)(equals - act->payload.items[i]),
             act->payload.items[i]);
    if (!masked || !is_number_field(field))
      json_object_set_new(payload, field, json_string(write_words(act, field, setup, arena)));
  }
  if (masked)
    json_object_set_new(payload, "masked", json_true());
  return json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:I, s:s, s:o}", "act", uuid, "type",
                   act->type, "entry", subject, "at", (json_int_t)act->at, "account", act->account,
                   "initials", act->initials, "state", act_state_word(held->state), "revision",
                   (json_int_t)held->revision, "reason", write_answer(held, setup, arena),
                   "payload", payload);
}

static tc_status list_json(struct buffer *out, const char *command, const struct setup *setup,
                           const struct act_held *const *acts, size_t count, struct arena *arena,
                           struct tc_error *err) {
  json_t *list = json_array();
  bool ok = list != NULL;
  for (size_t i = 0; i < count; i++)
    ok = json_array_append_new(list, act_json(acts[i], setup, arena)) == 0 && ok;
  json_t *whole =
      json_pack("{s:i, s:s, s:o}", "tocsin", ANSWER_JSON_VERSION, "command", command, "acts", list);
  char *text = ok && whole ? json_dumps(whole, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
  if (text)
    buffer_printf(out, "%s\n", text);
  free(text);
  json_decref(whole);
  return text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
}

static void list_text(struct buffer *out, const struct setup *setup,
                      const struct act_held *const *acts, size_t count, struct arena *arena) {
  char when[WHEN_TEXT], uuid[UUID_TEXT];
  int64_t now = clock_now(&setup->clock);
  for (size_t i = 0; i < count; i++) {
    const struct act *act = &acts[i]->act;
    const struct act_rule *rule = act_rule(act_kind_of(act));
    uuid_format(&act->uuid, uuid);
    emit_safe(out, arena_printf(arena, "%s  %s  %s: %s", when_seen(act->at, now, when),
                                acts_subject(setup->cache, act, arena),
                                rule ? _(rule->label) : act->type,
                                write_sentence(act, setup, now, arena)));
    buffer_add_text(out, "\n  ");
    emit_safe(out, arena_printf(arena, "%s (%s%s%s)  %s", write_state(acts[i], setup, arena),
                                act->account, *act->initials ? ", " : "", act->initials, uuid));
    buffer_add_char(out, '\n');
  }
}

static void log_text(struct buffer *out, const struct setup *setup,
                     const struct act_held *const *acts, size_t count, struct arena *arena) {
  for (size_t i = 0; i < count; i++) {
    emit_safe(out, arena_printf(arena, "%s  %s  %s", acts_when(acts[i], arena), acts_who(acts[i]),
                                acts_line(acts[i], setup, arena)));
    buffer_add_char(out, '\n');
  }
}

/* How acts, and the log of them, are answered. */
struct listing {
  const char *command, *nothing;
  void (*text)(struct buffer *out, const struct setup *setup, const struct act_held *const *acts,
               size_t count, struct arena *arena);
};

/* since: NULL lists all, the last one first. */
static tc_status answer(const struct options *o, const struct listing *l, const char *since,
                        struct tc_error *err) {
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  const struct act_held **acts = NULL;
  size_t count = 0;
  int64_t from = 0;
  bool json = option_given(o, OPT_JSON);
  if (o->operand_count)
    return tc_fail(err, TC_USAGE, _("%s takes no further word"), l->command);
  tc_status status = setup_open(&setup, o, err);
  if (status == TC_OK && since)
    status = since_read(&from, since, clock_now(&setup.clock), err);
  if (status == TC_OK)
    status = since ? acts_since(&acts, &count, from, setup.cache, &arena, err)
                   : acts_list(&acts, &count, setup.cache, &arena, err);
  if (status == TC_OK && json)
    status = list_json(&out, l->command, &setup, acts, count, &arena, err);
  else if (status == TC_OK)
    l->text(&out, &setup, acts, count, &arena);
  if (status == TC_OK && !json && *cache_written_trouble(setup.cache))
    buffer_printf(&out, "! %s\n", cache_written_trouble(setup.cache));
  if (status == TC_OK && !count && !json)
    buffer_printf(&out, "%s\n", l->nothing);
  if (status == TC_OK)
    status = buffer_status(&out, err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(&out), out.len, err);
  if (status == TC_OK)
    status = emit_finish(stdout, err);
  if (status == TC_OK && !count)
    status = TC_NOT_FOUND;
  buffer_free(&out);
  setup_close(&setup);
  arena_free(&arena);
  return status;
}

tc_status cmd_acts(const struct options *o, struct tc_error *err) {
  struct listing l = {"acts", _("nothing was written at this machine"), list_text};
  return answer(o, &l, NULL, err);
}

tc_status cmd_log(const struct options *o, struct tc_error *err) {
  struct listing l = {"log", _("nothing was written here in that time"), log_text};
  return answer(o, &l, option_given(o, OPT_SINCE) ? o->value[OPT_SINCE] : ACTS_SHIFT, err);
}
