#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/cmd_write.h"
#include "tui/commands.h"
#include "tui/output.h"
#include "tui/scenario.h"
#include "tui/until.h"
#include "tui/when.h"
#include "tui/write.h"

/* One call of tocsin incident. */
struct call {
  const struct options *o;
  struct setup setup;
  struct arena arena;
  struct writing writing;
  uint32_t ways;
  int64_t now;
};

/* Does it count now?  One past its until counts until somebody ends it. */
static bool is_open(const struct incident *i, int64_t now) {
  return !i->ended || i->ended > now;
}

/* ---- the list ----------------------------------------------------------------------------------
 */

static const char *ways_text(const struct incident *i, struct arena *arena) {
  static const char *const words[DIRECTION_COUNT] = {[DIRECTION_INSIDE] = N_("inside"),
                                                     [DIRECTION_INBOUND] = N_("inbound"),
                                                     [DIRECTION_OUTBOUND] = N_("outbound")};
  const char *text = "";
  for (int d = 0; d < DIRECTION_COUNT && text; d++)
    if (!i->directions || i->directions & (UINT32_C(1) << d))
      text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", _(words[d]));
  return text ? text : "";
}

static const char *mark_of(const struct incident *i, int64_t now) {
  if (i->disputed)
    return _("one says ended, one says down: DOWN");
  if (!i->declared)
    return _("reported, not declared");
  if (i->until && i->until <= now)
    return _("not confirmed since");
  return _("DOWN");
}

static void add_incident(struct buffer *out, const struct call *c, const struct incident *i) {
  char since[WHEN_TEXT], until[WHEN_TEXT], uuid[UUID_TEXT];
  struct arena arena = ARENA_INIT;
  const struct domain *d = house_domain(cache_house(c->setup.cache), i->domain);
  uuid_format(&i->uuid, uuid);
  const char *line =
      arena_printf(&arena, _("%s  %s: %s, %s since %s"), i->domain, d ? d->name : "",
                   mark_of(i, c->now), ways_text(i, &arena), when_seen(i->since, c->now, since));
  emit_safe(out, line ? line : "");
  line = arena_printf(&arena, "%s%s%s%s%s%s%s  %s", i->until ? _(" until ") : "",
                      i->until ? when_seen(i->until, c->now, until) : "", *i->reason ? ": " : "",
                      i->reason, *i->by ? "  " : "", i->by,
                      i->pending ? arena_printf(&arena, "  (%s)", act_state_text(ACT_PENDING)) : "",
                      uuid);
  emit_safe(out, line ? line : "");
  buffer_add_char(out, '\n');
  arena_free(&arena);
}

static json_t *incident_json(const struct incident *i, struct arena *arena) {
  char uuid[UUID_TEXT];
  struct act shape = {.type = ""};
  uuid_format(&i->uuid, uuid);
  act_put_ways(&shape, arena, "w", i->directions ? i->directions : (1u << DIRECTION_COUNT) - 1u);
  return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:s, s:b, s:b, s:b}", "incident", uuid,
                   "domain", i->domain, "directions", act_get(&shape, "w"), "since",
                   (json_int_t)i->since, "until", (json_int_t)i->until, "ended",
                   (json_int_t)i->ended, "reason", i->reason, "by", i->by, "declared", i->declared,
                   "confirmed", !i->pending, "disputed", i->disputed);
}

static tc_status list_json(struct buffer *out, struct call *c, struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  json_t *list = json_array();
  bool ok = list != NULL;
  for (size_t i = 0; i < house->incident_count; i++)
    ok = json_array_append_new(list, incident_json(&house->incidents[i], &c->arena)) == 0 && ok;
  json_t *whole = json_pack("{s:i, s:s, s:I, s:o}", "tocsin", ANSWER_JSON_VERSION, "command",
                            "incident", "now", (json_int_t)c->now, "incidents", list);
  char *text = ok && whole ? json_dumps(whole, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
  if (text)
    buffer_printf(out, "%s\n", text);
  free(text);
  json_decref(whole);
  return text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
}

static tc_status list(struct call *c, struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  struct buffer out = BUFFER_INIT;
  size_t open = 0;
  tc_status status = TC_OK;
  for (size_t i = 0; i < house->incident_count; i++)
    open += is_open(&house->incidents[i], c->now);
  if (option_given(c->o, OPT_JSON))
    status = list_json(&out, c, err);
  else
    for (size_t i = 0; i < house->incident_count; i++)
      if (is_open(&house->incidents[i], c->now))
        add_incident(&out, c, &house->incidents[i]);
  if (!open && !option_given(c->o, OPT_JSON))
    buffer_printf(&out, "%s\n", _("no incident is known"));
  if (status == TC_OK)
    status = buffer_status(&out, err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(&out), out.len, err);
  if (status == TC_OK)
    status = emit_finish(stdout, err);
  buffer_free(&out);
  return status == TC_OK && !open ? TC_NOT_FOUND : status;
}

/* ---- one domain --------------------------------------------------------------------------------
 */

static json_t *show_json(struct call *c, const char *code, const struct scenario_words *card) {
  const struct house *house = cache_house(c->setup.cache);
  json_t *incidents = json_array(), *steps = json_array();
  for (size_t i = 0; i < house->incident_count; i++)
    if (is_open(&house->incidents[i], c->now) && strcmp(house->incidents[i].domain, code) == 0)
      json_array_append_new(incidents, incident_json(&house->incidents[i], &c->arena));
  for (size_t i = 0; i < card->count; i++) {
    char uuid[UUID_TEXT] = "";
    if (!uuid_is_nil(&card->lines[i].entry))
      uuid_format(&card->lines[i].entry, uuid);
    json_array_append_new(steps, json_pack("{s:s, s:s, s:s}", "text", card->lines[i].text, "whom",
                                           card->lines[i].whom, "uuid", uuid));
  }
  return json_pack("{s:i, s:s, s:I, s:s, s:o, s:s, s:o}", "tocsin", ANSWER_JSON_VERSION, "command",
                   "incident show", "now", (json_int_t)c->now, "domain", code, "incidents",
                   incidents, "scenario", card->name, "steps", steps);
}

static void show_text(struct buffer *out, struct call *c, const char *code,
                      const struct scenario_words *card) {
  const struct house *house = cache_house(c->setup.cache);
  size_t open = 0;
  for (size_t i = 0; i < house->incident_count; i++)
    if (is_open(&house->incidents[i], c->now) && strcmp(house->incidents[i].domain, code) == 0) {
      add_incident(out, c, &house->incidents[i]);
      open++;
    }
  if (!open)
    buffer_printf(out, _("no incident of %.40s is known"), code);
  if (!open)
    buffer_add_char(out, '\n');
  for (size_t i = 0; i < card->count; i++) {
    const char *line = i ? "" : arena_printf(&c->arena, _("what to do first: %s"), card->name);
    if (line && *line) {
      emit_safe(out, line);
      buffer_add_char(out, '\n');
    }
    line = arena_printf(&c->arena, "  %s%s%s", card->lines[i].text,
                        *card->lines[i].whom ? "  " : "", card->lines[i].whom);
    emit_safe(out, line ? line : "");
    buffer_add_char(out, '\n');
  }
  if (!card->count)
    buffer_printf(out, "%s\n", _("no scenario card is written for it"));
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static tc_status read_ways(struct call *c, struct tc_error *err) {
  const char *text = c->o->value[OPT_DIRECTION];
  struct act shape = {.type = ""};
  if (!text)
    return TC_OK;
  act_put(&shape, &c->arena, "w", text);
  c->ways = act_get_ways(&shape, "w");
  return c->ways ? TC_OK
                 : tc_fail(err, TC_USAGE,
                           _("--direction is of inside, inbound and outbound, joined by commas; it "
                             "is \"%.40s\""),
                           text);
}

static tc_status find_domain(struct call *c, const char *code, struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  char codes[512] = "";
  c->writing.domain = house_domain(house, code);
  if (c->writing.domain)
    return TC_OK;
  for (size_t i = 0; i < house->domain_count; i++)
    snprintf(codes + strlen(codes), sizeof codes - strlen(codes), "%s%s", i ? ", " : "",
             house->domains[i].code);
  return tc_fail(err, TC_USAGE, _("there is no failure domain \"%.40s\"; there are %s"), code,
                 *codes ? codes : _("none"));
}

/* By its UUID, or the one that is open of a domain. */
static tc_status find_incident(struct call *c, const char *asked, const struct incident **out,
                               struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  struct uuid uuid;
  bool by_uuid = uuid_parse(&uuid, asked, strlen(asked));
  size_t found = 0;
  for (size_t i = 0; i < house->incident_count; i++) {
    const struct incident *x = &house->incidents[i];
    if (is_open(x, c->now) &&
        (by_uuid ? uuid_equal(&x->uuid, &uuid) : strcmp(x->domain, asked) == 0)) {
      *out = x;
      found++;
    }
  }
  if (found > 1)
    return tc_fail(err, TC_REFUSED,
                   _("%.40s has more than one incident: say its UUID (tocsin incident list)"),
                   asked);
  if (!found)
    return tc_fail(err, TC_NOT_FOUND, _("no incident of %.40s is known"), asked);
  return find_domain(c, (*out)->domain, err);
}

static tc_status finish(struct call *c, const struct act *act, struct tc_error *err) {
  const struct domain *d = c->writing.domain;
  enum act_course course = write_course(&c->setup, act);
  if (course == COURSE_REFUSED)
    return tc_fail(err, TC_REFUSED,
                   _("this terminal does not declare: report it (tocsin incident report %s)"),
                   d->code);
  return write_save(c->o, &c->setup, act, *d->name ? d->name : d->code, &c->arena, err);
}

static tc_status open_one(struct call *c, enum act_kind kind, const char *code,
                          struct tc_error *err) {
  struct act act;
  tc_status status = find_domain(c, code, err);
  if (status == TC_OK)
    status = write_incident(&act, &c->writing, kind, c->ways, c->o->value[OPT_REASON], err);
  return status == TC_OK ? finish(c, &act, err) : status;
}

static tc_status report(struct call *c, const char *code, struct tc_error *err) {
  return open_one(c, ACT_KIND_INCIDENT_REPORT, code, err);
}

static tc_status declare(struct call *c, const char *code, struct tc_error *err) {
  return open_one(c, ACT_KIND_INCIDENT_DECLARE, code, err);
}

static tc_status end(struct call *c, const char *asked, struct tc_error *err) {
  struct act act;
  const struct incident *incident;
  tc_status status = find_incident(c, asked, &incident, err);
  if (status == TC_OK)
    status = write_incident_end(&act, &c->writing, incident, c->o->value[OPT_REASON], err);
  return status == TC_OK ? finish(c, &act, err) : status;
}

static tc_status change(struct call *c, const char *asked, struct tc_error *err) {
  struct act act;
  const struct incident *incident;
  if (!c->writing.until && !c->ways && !c->o->value[OPT_REASON])
    return tc_fail(err, TC_USAGE, _("say what changes: --until, --direction or --reason"));
  tc_status status = find_incident(c, asked, &incident, err);
  if (status == TC_OK)
    status =
        write_incident_change(&act, &c->writing, incident, c->ways, c->o->value[OPT_REASON], err);
  return status == TC_OK ? finish(c, &act, err) : status;
}

/* What is known of a domain, and what to do first. */
static tc_status show(struct call *c, const char *asked, struct tc_error *err) {
  const struct incident *incident = NULL;
  const char *code = asked;
  struct uuid uuid;
  struct buffer out = BUFFER_INIT;
  struct scenario_words card;
  struct present p = {.cache = c->setup.cache, .setup = &c->setup, .arena = &c->arena};
  bool json = option_given(c->o, OPT_JSON);
  if (uuid_parse(&uuid, asked, strlen(asked))) {
    tc_status found = find_incident(c, asked, &incident, err);
    if (found != TC_OK)
      return found;
    code = incident->domain;
  }
  tc_status status = find_domain(c, code, err);
  if (status != TC_OK)
    return status;
  setup_world(&c->setup, &p.world);
  scenario_read(&card, &p, code);
  if (json)
    status = output_json(&out, show_json(c, code, &card), err);
  else
    show_text(&out, c, code, &card);
  if (status == TC_OK)
    status = output_write(&out, json, err);
  buffer_free(&out);
  return status;
}

static tc_status what_if(struct call *c, const char *code, struct tc_error *err) {
  tc_status status = find_domain(c, code, err);
  return status == TC_OK ? cmd_what_if(c->o, &c->setup, code, c->ways, &c->arena, err) : status;
}

static const struct {
  const char *word;
  tc_status (*run)(struct call *c, const char *asked, struct tc_error *err);
} verbs[] = {{"report", report},  {"declare", declare}, {"end", end},  {"extend", change},
             {"correct", change}, {"what-if", what_if}, {"show", show}};

static tc_status run(struct call *c, struct tc_error *err) {
  const struct options *o = c->o;
  const char *verb = o->operand_count ? o->operands[0] : "list";
  if (strcmp(verb, "list") == 0 && o->operand_count <= 1)
    return list(c, err);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (strcmp(verb, verbs[i].word) == 0 && o->operand_count == 2)
      return verbs[i].run(c, o->operands[1], err);
  return tc_fail(
      err, TC_USAGE,
      _("say incident list, or show, report, declare, end, extend, correct or what-if with "
        "a failure domain"));
}

tc_status cmd_incident(const struct options *o, struct tc_error *err) {
  struct call c = {.o = o, .arena = ARENA_INIT};
  tc_status status = setup_open(&c.setup, o, err);
  if (status == TC_OK) {
    c.now = clock_now(&c.setup.clock);
    c.writing =
        (struct writing){.setup = &c.setup, .initials = o->value[OPT_INITIALS], .arena = &c.arena};
    status = read_ways(&c, err);
  }
  if (status == TC_OK && option_given(o, OPT_UNTIL))
    status = until_read(&c.writing.until, o->value[OPT_UNTIL], c.now, err);
  if (status == TC_OK)
    status = run(&c, err);
  setup_close(&c.setup);
  arena_free(&c.arena);
  return status;
}
