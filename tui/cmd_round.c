#include <stdio.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/dial.h"
#include "db/walk.h"
#include "tui/answer.h"
#include "tui/cmd_write.h"
#include "tui/commands.h"
#include "tui/output.h"
#include "tui/played.h"
#include "tui/walk_text.h"
#include "tui/write.h"

/* One call of tocsin round. */
struct round_call {
  const struct options *o;
  struct setup setup;
  struct arena arena;
  struct walk_row *rows;
  size_t count;
  int64_t now;
};

static const char *mark_of(struct round_call *c, const struct walk_row *row) {
  struct reach_world world;
  setup_world(&c->setup, &world);
  return walk_mark(row, &world, &c->arena);
}

/* "! SAB Pav. Alma 2e Réanimation chirurgicale  red phone 7700  OVERDUE, never tested" */
static void add_row(struct buffer *out, struct round_call *c, const struct walk_row *row) {
  struct buffer line = BUFFER_INIT;
  struct reach_world world;
  setup_world(&c->setup, &world);
  walk_line(&line, row, &world, c->now, &c->arena);
  emit_safe(out, buffer_text(&line));
  buffer_add_char(out, '\n');
  buffer_free(&line);
}

static json_t *row_json(struct round_call *c, const struct walk_row *row) {
  char entry[UUID_TEXT], contact[UUID_TEXT];
  uuid_format(&row->entry->uuid, entry);
  uuid_format(&row->contact->uuid, contact);
  return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:b, s:s}", "entry", entry, "contact",
                   contact, "site", row->entry->site, "name", row->entry->name, "kind",
                   contact_kind_word(row->contact->kind), "number",
                   row->contact->masked ? "" : row->contact->number, "state_text", mark_of(c, row),
                   "verified", (json_int_t)row->contact->verified, "overdue", (int)row->overdue,
                   "failed", row->failed ? act_get(&row->failed->act, "result") : "");
}

static json_t *whole_json(const struct round_call *c, json_t *rows) {
  return played_answer(json_pack("{s:i, s:s, s:I, s:o}", "tocsin", ANSWER_JSON_VERSION, "command",
                                 "round", "now", (json_int_t)c->now, "rows", rows),
                       &c->setup);
}

static tc_status list(struct round_call *c, bool only_due, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  bool json = option_given(c->o, OPT_JSON);
  size_t shown = 0;
  json_t *rows = json ? json_array() : NULL;
  if (!json)
    played_text(&out, &c->setup);
  for (size_t i = 0; i < c->count; i++) {
    if (only_due && !walk_is_due(&c->rows[i]))
      continue;
    shown++;
    if (!json)
      add_row(&out, c, &c->rows[i]);
    else if (json_array_append_new(rows, row_json(c, &c->rows[i])) != 0)
      break;
  }
  tc_status status = TC_OK;
  if (json)
    status = output_json(&out, whole_json(c, rows), err);
  else if (!shown)
    buffer_printf(&out, "%s\n",
                  only_due ? _("nothing is overdue")
                           : _("no red phone and no pager is recorded at this site"));
  if (!json)
    output_mark(&out, 0, setup_mark(&c->setup));
  if (status == TC_OK)
    status = output_write(&out, json, err);
  buffer_free(&out);
  return status == TC_OK && !shown ? TC_NOT_FOUND : status;
}

/* ---- the walk ----------------------------------------------------------------------------------
 */

static tc_status say(const struct buffer *out, struct tc_error *err) {
  tc_status status = buffer_status(out, err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(out), out->len, err);
  return status == TC_OK ? emit_finish(stdout, err) : status;
}

/* A digit; '\n' for an empty line, '0' at the end of the input, '?' for anything else. */
static char read_answer(void) {
  char line[64];
  if (!fgets(line, sizeof line, stdin))
    return '0';
  size_t len = strcspn(line, "\r\n");
  if (!line[len]) { /* a longer line, or the last one without an end */
    int c = feof(stdin) ? EOF : getchar();
    while (c != '\n' && c != EOF)
      c = getchar();
  }
  line[len] = '\0';
  return len == 0 ? '\n' : len == 1 && strchr("0123", line[0]) ? line[0] : '?';
}

static tc_status ask(struct round_call *c, size_t n, char *answer, struct tc_error *err) {
  tc_status status = TC_OK;
  do {
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "%zu/%zu ", n + 1, c->count);
    add_row(&out, c, &c->rows[n]);
    buffer_printf(&out, "%s\n", _("1 works  2 silent  3 not there  Enter: next  0 ends"));
    output_mark(&out, 0, setup_mark(&c->setup));
    status = say(&out, err);
    buffer_free(&out);
    if (status == TC_OK)
      *answer = read_answer();
  } while (status == TC_OK && *answer == '?');
  return status;
}

static tc_status note(struct round_call *c, const struct walk_row *row, enum test_result result,
                      struct tc_error *err) {
  struct act act;
  struct writing writing = {.setup = &c->setup,
                            .entry = row->entry,
                            .initials = c->o->value[OPT_INITIALS],
                            .arena = &c->arena};
  const char *of = arena_printf(&c->arena, "%s %s", row->entry->site, row->entry->name);
  tc_status status = write_test(&act, &writing, row->contact, result, err);
  return status == TC_OK ? write_save(c->o, &c->setup, &act, of ? of : "", &c->arena, err) : status;
}

static tc_status walk(struct round_call *c, struct tc_error *err) {
  tc_status status = c->count ? TC_OK : TC_NOT_FOUND;
  char answer = '\n';
  for (size_t i = 0; status == TC_OK && i < c->count && answer != '0'; i++) {
    status = ask(c, i, &answer, err);
    if (status == TC_OK && answer >= '1' && answer <= '3')
      status = note(c, &c->rows[i], (enum test_result)(answer - '0'), err);
  }
  return status;
}

tc_status cmd_round(const struct options *o, struct tc_error *err) {
  struct round_call c = {.o = o, .arena = ARENA_INIT};
  const char *word = o->operand_count ? o->operands[0] : "";
  bool walks = strcmp(word, "walk") == 0, due = strcmp(word, "overdue") == 0;
  long days = WALK_DAYS;
  tc_status status = option_number(o, OPT_DAYS, 1, WALK_DAYS_MOST, &days, err);
  if (status == TC_OK && (o->operand_count > 1 || (*word && !walks && !due)))
    status = tc_fail(err, TC_USAGE, _("round takes overdue or walk, or nothing"));
  if (status == TC_OK)
    status = setup_open(&c.setup, o, err);
  if (status == TC_OK) {
    c.now = clock_now(&c.setup.clock);
    status = walk_read(c.setup.cache, c.setup.config.site, c.now, (int)days, &c.arena, &c.rows,
                       &c.count, err);
  }
  if (status == TC_OK)
    status = walks && c.count ? walk(&c, err) : list(&c, due, err);
  setup_close(&c.setup);
  arena_free(&c.arena);
  return status;
}
