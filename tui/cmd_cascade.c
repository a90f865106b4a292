#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/fold.h"
#include "tui/acts.h"
#include "tui/answer.h"
#include "tui/commands.h"
#include "tui/groups.h"
#include "tui/operands.h"
#include "tui/output.h"
#include "tui/played.h"

/* One call of tocsin cascade. */
struct cascade_call {
  const struct options *o;
  struct setup setup;
  struct present p;
  struct arena arena;
  const struct group *groups;
  size_t count;
};

/* Do the words that were asked for stand in the name? */
static bool fits(const struct group *g, const char *asked) {
  struct buffer name = BUFFER_INIT, words = BUFFER_INIT;
  struct uuid uuid;
  if (uuid_parse(&uuid, asked, strlen(asked)))
    return uuid_equal(&uuid, &g->uuid);
  fold_text(&name, g->name, strlen(g->name), NULL);
  fold_text(&words, asked, strlen(asked), NULL);
  bool found = buffer_status(&words, NULL) == TC_OK && words.len &&
               strstr(buffer_text(&name), buffer_text(&words)) != NULL;
  buffer_free(&name);
  buffer_free(&words);
  return found;
}

/* The one group that was meant; of two with one name that of one's own site, which comes first. */
static tc_status choose(const struct cascade_call *c, const char *asked, const struct group **out,
                        struct tc_error *err) {
  const struct group *found = NULL, *other = NULL;
  for (size_t i = 0; c->groups && i < c->count; i++)
    if (fits(&c->groups[i], asked)) {
      if (!found)
        found = &c->groups[i];
      else if (!other)
        other = &c->groups[i];
    }
  if (!found)
    return tc_fail(err, TC_NOT_FOUND, _("no cascade and no crisis cell is called \"%s\""), asked);
  if (other && strcmp(other->site, found->site) == 0)
    return tc_fail(err, TC_USAGE, _("\"%s\" fits \"%s\" and \"%s\": say more"), asked, found->name,
                   other->name);
  *out = found;
  return TC_OK;
}

static void as_text(struct buffer *out, const struct group_run *run, const struct cascade_call *c) {
  struct buffer head = BUFFER_INIT;
  size_t from = out->len;
  played_text(out, &c->setup);
  buffer_printf(&head, "%s  %s: ", run->group->site, run->group->name);
  group_run_text(&head, run, &c->p);
  emit_safe(out, buffer_text(&head));
  buffer_add_char(out, '\n');
  buffer_free(&head);
  for (size_t i = 0; i < run->count; i++) {
    const struct group_row *row = &run->rows[i];
    struct buffer line = BUFFER_INIT, tick = BUFFER_INIT;
    group_tick_text(&tick, run, row, c->p.world.now);
    const char *number = *row->number ? row->number : "-";
    bool warned = *row->warning != '\0'; /* which is read before the number */
    buffer_printf(&line, "%s %s%s  %s%s%s%s%s%s%s", row->reached ? "x" : " ", warned ? "! " : "",
                  warned ? row->named : number, warned ? number : row->name, *row->kind ? ", " : "",
                  row->kind, *row->note ? ", " : "", row->note, tick.len ? ": " : "",
                  buffer_text(&tick));
    emit_safe(out, buffer_text(&line));
    buffer_add_char(out, '\n');
    buffer_free(&line);
    buffer_free(&tick);
  }
  output_mark(out, from, setup_mark(&c->setup));
}

static json_t *row_json(const struct group_row *row) {
  char uuid[UUID_TEXT] = "";
  const struct act *act = row->tick ? &row->tick->act : NULL;
  if (row->entry)
    uuid_format(&row->entry->uuid, uuid);
  return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:I, s:s, s:b}", "uuid", uuid,
                   "name", row->name, "warning", row->warning, "note", row->note, "shown",
                   row->number, "kind", row->kind, "reached", (int)row->reached, "result",
                   act ? act_get(act, "result") : "", "way", act ? act_get(act, "way") : "", "at",
                   (json_int_t)(act ? act->at : 0), "by", act ? act->initials : "", "confirmed",
                   row->tick ? row->tick->state != ACT_PENDING : 0);
}

static json_t *group_json(const struct group *g) {
  char uuid[UUID_TEXT];
  uuid_format(&g->uuid, uuid);
  return json_pack("{s:s, s:s, s:s, s:s, s:I}", "uuid", uuid, "name", g->name, "site", g->site,
                   "type", g->type, "members", (json_int_t)g->member_count);
}

/* With "rows" of members, or "groups". */
static json_t *whole_json(const struct cascade_call *c, const struct group_run *run) {
  json_t *list = json_array();
  for (size_t i = 0; i < (run ? run->count : c->count); i++)
    if (json_array_append_new(list, run ? row_json(&run->rows[i]) : group_json(&c->groups[i])) != 0)
      break;
  json_t *o = json_pack("{s:i, s:s, s:I, s:o}", "tocsin", ANSWER_JSON_VERSION, "command", "cascade",
                        "now", (json_int_t)c->p.world.now, run ? "rows" : "groups", list);
  bool whole = o != NULL;
  if (whole && run)
    whole = json_object_set_new(o, "group", group_json(run->group)) == 0 &&
            json_object_set_new(o, "since", json_integer(run->since)) == 0 &&
            json_object_set_new(o, "until", json_integer(run->until)) == 0 &&
            json_object_set_new(o, "reached", json_integer((json_int_t)run->reached)) == 0;
  if (whole)
    return played_answer(o, &c->setup);
  json_decref(o);
  return NULL;
}

static void list(struct buffer *out, const struct cascade_call *c) {
  size_t from = out->len;
  played_text(out, &c->setup);
  for (size_t i = 0; i < c->count; i++) {
    struct buffer line = BUFFER_INIT;
    buffer_printf(&line, "%s  %s  %s", c->groups[i].site, c->groups[i].name,
                  group_type_text(&c->groups[i]));
    emit_safe(out, buffer_text(&line));
    buffer_add_char(out, '\n');
    buffer_free(&line);
  }
  if (!c->count)
    buffer_printf(out, "%s\n", _("No cascade and no crisis cell is held here."));
  output_mark(out, from, setup_mark(&c->setup));
}

static tc_status answer(struct cascade_call *c, struct buffer *out, struct tc_error *err) {
  const char *asked = "";
  const struct group *group = NULL;
  struct group_run run;
  bool json = option_given(c->o, OPT_JSON), one = c->o->operand_count > 0;
  tc_status status = TC_OK;
  if (one)
    status = operands_join(c->o, _("say which cascade or crisis cell"), &c->arena, &asked, err);
  if (status == TC_OK && one)
    status = choose(c, asked, &group, err);
  if (status == TC_OK && one)
    status = group_run_read(&run, &c->p, group, 0, err);
  if (status == TC_OK && json)
    status = output_json(out, whole_json(c, one ? &run : NULL), err);
  else if (status == TC_OK && one)
    as_text(out, &run, c);
  else if (status == TC_OK)
    list(out, c);
  return status;
}

tc_status cmd_cascade(const struct options *o, struct tc_error *err) {
  struct cascade_call c = {.o = o, .arena = ARENA_INIT};
  struct buffer out = BUFFER_INIT;
  tc_status status = setup_open(&c.setup, o, err);
  if (status == TC_OK) {
    c.p = (struct present){.cache = c.setup.cache, .setup = &c.setup, .arena = &c.arena};
    setup_world(&c.setup, &c.p.world);
    status = groups_read(&c.groups, &c.count, &c.setup, c.setup.config.site, &c.arena, err);
  }
  if (status == TC_OK)
    status = answer(&c, &out, err);
  if (status == TC_OK)
    status = output_write(&out, option_given(o, OPT_JSON), err);
  if (status == TC_OK && !c.count)
    status = TC_NOT_FOUND;
  buffer_free(&out);
  setup_close(&c.setup);
  arena_free(&c.arena);
  return status;
}
