#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/exercise.h"
#include "paper/spool.h"
#include "tui/acts.h"
#include "tui/answer.h"
#include "tui/cmd_write.h"
#include "tui/commands.h"
#include "tui/exercise_report.h"
#include "tui/output.h"
#include "tui/played.h"
#include "tui/sheet_job.h"
#include "tui/until.h"
#include "tui/when.h"
#include "tui/write.h"
#include "tui/write_clock.h"

/* One call of tocsin exercise. */
struct call {
  const struct options *o;
  struct setup setup;
  struct arena arena;
  struct writing writing;
  int64_t now;
};

/* ---- the list ----------------------------------------------------------------------------------
 */

static const char *joined(const struct text_list *list, struct arena *arena) {
  const char *text = "";
  for (size_t i = 0; i < list->count && text; i++)
    text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", list->items[i]);
  return text ? text : "";
}

static void add_exercise(struct buffer *out, struct call *c, const struct exercise *x) {
  char uuid[UUID_TEXT], when[WHEN_TEXT];
  struct buffer fate = BUFFER_INIT;
  uuid_format(&x->uuid, uuid);
  played_fate(&fate, x, cache_house(c->setup.cache), c->now);
  const char *line = arena_printf(&c->arena, "%s  %s: %s", when_seen(x->from, c->now, when),
                                  x->name, buffer_text(&fate));
  emit_safe(out, line ? line : "");
  buffer_add_text(out, "\n  ");
  line = arena_printf(&c->arena, _("DOWN in it: %s; terminals: %s"), joined(&x->domains, &c->arena),
                      joined(&x->terminals, &c->arena));
  emit_safe(out, line ? line : "");
  buffer_add_text(out, "\n  ");
  line = arena_printf(&c->arena, "%s%s%s%s%s", x->by, *x->by ? "  " : "",
                      x->pending ? act_state_text(ACT_PENDING) : "", x->pending ? "  " : "", uuid);
  emit_safe(out, line ? line : "");
  buffer_add_char(out, '\n');
  buffer_free(&fate);
}

static json_t *texts_json(const struct text_list *list) {
  json_t *out = json_array();
  for (size_t i = 0; i < list->count; i++)
    json_array_append_new(out, json_string(list->items[i]));
  return out;
}

static json_t *exercise_json(struct call *c, const struct exercise *x) {
  char uuid[UUID_TEXT];
  struct exercise_now look = exercise_look(x, cache_house(c->setup.cache), c->now);
  uuid_format(&x->uuid, uuid);
  return json_pack("{s:s, s:s, s:s, s:b, s:I, s:I, s:s, s:o, s:o, s:s, s:b}", "exercise", uuid,
                   "name", x->name, "state", exercise_state_word(look.state), "here",
                   (int)exercise_names(x, c->setup.name), "from", (json_int_t)x->from, "until",
                   (json_int_t)look.until, "real_incident", look.domain, "domains",
                   texts_json(&x->domains), "terminals", texts_json(&x->terminals), "by", x->by,
                   "confirmed", (int)!x->pending);
}

static tc_status list(struct call *c, struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  struct buffer out = BUFFER_INIT;
  bool json = option_given(c->o, OPT_JSON);
  json_t *all = json_array();
  tc_status status = TC_OK;
  for (size_t i = house->exercise_count; i-- > 0;) {
    if (!json)
      add_exercise(&out, c, &house->exercises[i]);
    else if (json_array_append_new(all, exercise_json(c, &house->exercises[i])) != 0)
      status = tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
  }
  if (!json && !house->exercise_count)
    buffer_printf(&out, "%s\n", _("no exercise is known"));
  if (json && status == TC_OK)
    status = output_json(&out,
                         json_pack("{s:i, s:s, s:I, s:s, s:O}", "tocsin", ANSWER_JSON_VERSION,
                                   "command", "exercise", "now", (json_int_t)c->now, "terminal",
                                   c->setup.name, "exercises", all),
                         err);
  json_decref(all);
  if (status == TC_OK)
    status = output_write(&out, json, err);
  buffer_free(&out);
  return status == TC_OK && !house->exercise_count ? TC_NOT_FOUND : status;
}

/* ---- beginning and ending ----------------------------------------------------------------------
 */

static tc_status save(struct call *c, const struct act *act, const char *of, struct tc_error *err) {
  if (write_course(&c->setup, act) == COURSE_REFUSED)
    return tc_fail(err, TC_REFUSED,
                   _("a switchboard begins and ends exercises, this terminal does "
                     "not"));
  return write_save(c->o, &c->setup, act, of, &c->arena, err);
}

/* The codes as the directory writes them, joined by commas; the first is what the act is about. */
static tc_status read_domains(struct call *c, const char **out, struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  const char *asked = c->o->value[OPT_DOMAIN];
  struct text_list codes = exercise_words(asked ? asked : "", &c->arena);
  if (!codes.count)
    return tc_fail(err, TC_USAGE, _("say what is DOWN in it: --domain CODES"));
  *out = "";
  for (size_t i = 0; i < codes.count && *out; i++) {
    const struct domain *d = house_domain(house, codes.items[i]);
    if (!d)
      return tc_fail(err, TC_USAGE, _("there is no failure domain %s in this directory"),
                     codes.items[i]);
    if (i == 0)
      c->writing.domain = d;
    *out = arena_printf(&c->arena, "%s%s%s", *out, i ? "," : "", d->code);
  }
  return *out ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory"));
}

/* Its own name first. */
static tc_status read_terminals(struct call *c, const char **out, struct tc_error *err) {
  const char *asked = c->o->value[OPT_TERMINALS];
  struct text_list names = exercise_words(asked ? asked : "", &c->arena);
  *out = c->setup.name;
  if (!**out)
    return tc_fail(err, TC_CONFIG, _("this terminal has no name: [terminal] name in tocsin.conf"));
  for (size_t i = 0; i < names.count && *out; i++)
    *out = arena_printf(&c->arena, "%s,%s", *out, names.items[i]);
  return *out ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory"));
}

static tc_status begin(struct call *c, const char *name, struct tc_error *err) {
  struct act act;
  struct exercise_said said = {.name = name, .domains = "", .terminals = ""};
  if (setup_exercise(&c->setup))
    return tc_fail(err, TC_REFUSED, _("an exercise is played here already: %s"),
                   setup_exercise(&c->setup)->name);
  tc_status status = read_domains(c, &said.domains, err);
  if (status == TC_OK)
    status = read_terminals(c, &said.terminals, err);
  if (status == TC_OK)
    status = write_exercise_begin(&act, &c->writing, &said, err);
  return status == TC_OK ? save(c, &act, name, err) : status;
}

/* "" : the one that is played here. */
static const struct exercise *find(const struct call *c, const char *asked) {
  const struct house *house = cache_house(c->setup.cache);
  struct uuid uuid;
  if (!*asked)
    return setup_exercise(&c->setup);
  if (!uuid_parse(&uuid, asked, strlen(asked)))
    return NULL;
  for (size_t i = 0; i < house->exercise_count; i++)
    if (uuid_equal(&house->exercises[i].uuid, &uuid))
      return &house->exercises[i];
  return NULL;
}

static tc_status end(struct call *c, const char *asked, struct tc_error *err) {
  struct act act;
  const struct house *house = cache_house(c->setup.cache);
  const struct exercise *x = find(c, asked);
  if (!x && !*asked)
    return tc_fail(err, TC_NOT_FOUND, _("no exercise is played here"));
  if (!x)
    return tc_fail(err, TC_NOT_FOUND, _("no exercise %.40s is known"), asked);
  if (exercise_look(x, house, c->now).state > EXERCISE_RUNS)
    return tc_fail(err, TC_NOT_FOUND, _("%s has ended already"), x->name);
  /* Acts are of something that is in the directory, also where that domain is gone since. */
  struct domain *gone = arena_zalloc(&c->arena, 1, sizeof *gone);
  if (!gone)
    return tc_fail(err, TC_NO_MEMORY, _("no memory"));
  gone->uuid = x->uuid;
  const struct domain *d = x->domains.count ? house_domain(house, x->domains.items[0]) : NULL;
  c->writing.domain = d ? d : gone;
  tc_status status = write_exercise_end(&act, &c->writing, x, c->o->value[OPT_REASON], err);
  return status == TC_OK ? save(c, &act, x->name, err) : status;
}

/* ---- the report --------------------------------------------------------------------------------
 */

static json_t *tried_json(const struct call *c, const struct act_held *held) {
  const struct act *act = &held->act;
  struct arena arena = ARENA_INIT;
  char uuid[UUID_TEXT], entry[UUID_TEXT];
  uuid_format(&act->uuid, uuid);
  uuid_format(&act->subject, entry);
  json_t *o = json_pack("{s:s, s:s, s:s, s:I, s:s, s:s}", "act", uuid, "entry", entry, "name",
                        acts_subject(c->setup.cache, act, &arena), "at", (json_int_t)act->at, "by",
                        act->initials, "result", act_get(act, "result"));
  arena_free(&arena);
  return o;
}

static json_t *report_json(struct call *c, const struct exercise_report *r) {
  json_t *left = json_array(), *tried = json_array();
  for (int i = 0; i < CUTOFF_CHANNELS; i++)
    json_array_append_new(left, json_integer((json_int_t)r->cut.left[i]));
  for (size_t i = 0; i < r->tried_count; i++)
    json_array_append_new(tried, tried_json(c, r->tried[i]));
  return json_pack("{s:i, s:s, s:I, s:o, s:I, s:o, s:I, s:I, s:I, s:I, s:o}", "tocsin",
                   ANSWER_JSON_VERSION, "command", "exercise report", "now", (json_int_t)c->now,
                   "exercise", exercise_json(c, r->exercise), "entries", (json_int_t)r->cut.entries,
                   "left", left, "codes_lost", (json_int_t)r->cut.lost[ENTRY_CODE], "services_lost",
                   (json_int_t)r->cut.lost[ENTRY_SERVICE], "roles_lost",
                   (json_int_t)r->cut.lost[ENTRY_ROLE], "persons_lost",
                   (json_int_t)r->cut.lost[ENTRY_PERSON], "tried", tried);
}

static void report_text(struct buffer *out, const char *title, const struct paper_log_line *lines,
                        size_t count) {
  emit_safe(out, title);
  buffer_add_char(out, '\n');
  for (size_t i = 0; i < count; i++) {
    struct buffer line = BUFFER_INIT;
    const char *const parts[] = {lines[i].when, lines[i].who, lines[i].what};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
      buffer_printf(&line, "%s%s", line.len && *parts[k] ? "  " : "", parts[k]);
    emit_safe(out, buffer_text(&line));
    buffer_add_char(out, '\n');
    buffer_free(&line);
  }
  output_mark(out, 0, _("EXERCISE"));
}

static tc_status report_sheet(struct call *c, const char *title, const struct paper_log_line *lines,
                              size_t count, struct tc_error *err) {
  struct buffer sheet = BUFFER_INIT;
  struct paper_job job = sheet_job(&c->setup, emit_target(), &c->arena);
  job.site = c->setup.config.site;
  job.page.mark = _("EXERCISE");
  tc_status status = paper_log(&sheet, &job, title, lines, count, err);
  if (status == TC_OK)
    status = spool_file(&sheet, c->o->value[OPT_OUT], err);
  buffer_free(&sheet);
  return status;
}

static tc_status report(struct call *c, const char *asked, struct tc_error *err) {
  bool json = option_given(c->o, OPT_JSON);
  const struct exercise *x = *asked ? find(c, asked) : exercise_last(&c->setup);
  struct buffer out = BUFFER_INIT;
  struct exercise_report r;
  size_t count = 0;
  if (!x)
    return tc_fail(err, TC_NOT_FOUND,
                   *asked ? _("no exercise %.40s is known")
                          : _("this terminal has taken part in no exercise"),
                   asked);
  tc_status status = exercise_report_read(&r, &c->setup, x, &c->arena, err);
  const struct paper_log_line *lines =
      status == TC_OK ? exercise_report_lines(&r, &c->setup, &c->arena, &count) : NULL;
  const char *title = exercise_report_title(x, &c->arena);
  if (status == TC_OK && !lines)
    status = tc_fail(err, TC_NO_MEMORY, _("no memory for the report"));
  if (status == TC_OK && option_given(c->o, OPT_OUT))
    return report_sheet(c, title, lines, count, err);
  if (status == TC_OK && json)
    status = output_json(&out, report_json(c, &r), err);
  else if (status == TC_OK)
    report_text(&out, title, lines, count);
  if (status == TC_OK)
    status = output_write(&out, json, err);
  buffer_free(&out);
  return status;
}

static tc_status read_audience(struct call *c, struct tc_error *err) {
  const char *word = c->o->value[OPT_AUDIENCE];
  int audience = word ? audience_from_word(word) : 0;
  if (audience < 0)
    return tc_fail(err, TC_USAGE,
                   _("--audience must be public, clinical, switchboard or restricted; it is "
                     "\"%.40s\""),
                   word);
  c->writing.audience = (enum audience)audience;
  return TC_OK;
}

static tc_status run(struct call *c, struct tc_error *err) {
  const struct options *o = c->o;
  const char *verb = o->operand_count ? o->operands[0] : "list";
  if (strcmp(verb, "list") == 0 && o->operand_count <= 1)
    return list(c, err);
  if (strcmp(verb, "begin") == 0 && o->operand_count == 2)
    return begin(c, o->operands[1], err);
  if (strcmp(verb, "end") == 0 && o->operand_count <= 2)
    return end(c, o->operand_count == 2 ? o->operands[1] : "", err);
  if (strcmp(verb, "report") == 0 && o->operand_count <= 2)
    return report(c, o->operand_count == 2 ? o->operands[1] : "", err);
  return tc_fail(err, TC_USAGE, _("say exercise list, begin NAME --domain CODES, end or report"));
}

tc_status cmd_exercise(const struct options *o, struct tc_error *err) {
  struct call c = {.o = o, .arena = ARENA_INIT};
  tc_status status = setup_open(&c.setup, o, err);
  if (status == TC_OK) {
    c.now = clock_now(&c.setup.clock);
    c.writing =
        (struct writing){.setup = &c.setup, .initials = o->value[OPT_INITIALS], .arena = &c.arena};
    status = read_audience(&c, err);
  }
  if (status == TC_OK && option_given(o, OPT_UNTIL))
    status = until_read(&c.writing.until, o->value[OPT_UNTIL], write_now(&c.setup), err);
  if (status == TC_OK)
    status = run(&c, err);
  setup_close(&c.setup);
  arena_free(&c.arena);
  return status;
}
