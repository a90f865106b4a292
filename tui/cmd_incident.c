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
#include "tui/played.h"
#include "tui/reach_text.h"
#include "tui/reason.h"
#include "tui/say_incident.h"
#include "tui/scenario.h"
#include "tui/strip.h"
#include "tui/until.h"
#include "tui/when.h"
#include "tui/write.h"
#include "tui/write_clock.h"

/* One call of tocsin incident. */
struct call {
  const struct options *o;
  struct setup setup;
  struct arena arena;
  struct writing writing;
  uint32_t ways;
  int64_t now;              /* when it is written */
  struct reach_world world; /* what is read, and when */
};

/* Does it count, now or one day?  One past its until counts until somebody ends it. */
static bool is_open(const struct call *c, const struct incident *i) {
  return incident_phase(i, c->world.now, c->world.clock_trusted) != INCIDENT_OVER;
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

static const char *mark_of(const struct incident *i, const struct reach_world *w,
                           struct arena *arena) {
  char when[WHEN_TEXT];
  enum incident_phase phase = incident_phase(i, w->now, w->clock_trusted);
  if (phase == INCIDENT_AHEAD)
    return _("announced, not begun");
  if (phase == INCIDENT_UNCONFIRMED) {
    const char *text =
        arena_printf(arena,
                     i->disputed ? _("one says ended, one says down: not confirmed since %s")
                                 : _("not confirmed since %s"),
                     when_seen(i->until, w->now, when));
    return text ? text : "";
  }
  if (i->disputed)
    return _("one says ended, one says down: DOWN");
  return i->declared ? _("DOWN") : _("reported, not declared");
}

/* In an exercise what really fails is told apart. */
static void add_incident(struct buffer *out, const struct call *c, const struct incident *i) {
  char since[WHEN_TEXT], until[WHEN_TEXT], uuid[UUID_TEXT];
  struct arena arena = ARENA_INIT;
  const struct reach_world *w = &c->world;
  bool ahead = incident_phase(i, w->now, w->clock_trusted) == INCIDENT_AHEAD;
  uuid_format(&i->uuid, uuid);
  const char *line =
      arena_printf(&arena, ahead ? _("%s  %s: %s, %s from %s") : _("%s  %s: %s, %s since %s"),
                   i->domain, domain_name(w->house, i->domain), mark_of(i, w, &arena),
                   ways_text(i, &arena), when_seen(i->since, w->now, since));
  if (setup_played(&c->setup))
    buffer_add_text(out, _("REAL: "));
  emit_safe(out, line ? line : "");
  line = arena_printf(
      &arena, "%s%s%s%s%s%s%s  %s", i->until ? _(" until ") : "",
      i->until ? when_seen(i->until, w->now, until) : "", *i->reason ? ": " : "",
      reason_shown(i, w->house, w->now, &arena), *reason_by(i) ? "  " : "", reason_by(i),
      i->pending ? arena_printf(&arena, "  (%s)", act_state_text(ACT_PENDING)) : "", uuid);
  emit_safe(out, line ? line : "");
  buffer_add_char(out, '\n');
  arena_free(&arena);
}

/* What is played, of one domain or of all (NULL): it does not fail. */
static size_t add_played(struct buffer *out, const struct call *c, const char *code) {
  const struct outage *o = c->world.outage;
  size_t added = 0;
  for (size_t i = 0; o && i < o->incident_count; i++) {
    const struct incident *n = o->incidents[i];
    if (!n->played || (code && strcmp(n->domain, code) != 0))
      continue;
    struct buffer line = BUFFER_INIT;
    buffer_printf(&line, "%s  %s: ", n->domain, _("played, not failing"));
    incident_text(&line, n, &c->world);
    emit_safe(out, buffer_text(&line));
    buffer_add_char(out, '\n');
    buffer_free(&line);
    added++;
  }
  return added;
}

static const char *level_word(const struct incident *i, const struct reach_world *w) {
  static const char *const words[] = {[OUTAGE_NONE] = "none",
                                      [OUTAGE_REPORTED] = "reported",
                                      [OUTAGE_UNCONFIRMED] = "unconfirmed",
                                      [OUTAGE_DOWN] = "down"};
  return words[incident_level(i, w->now, w->clock_trusted)];
}

static json_t *incident_json(const struct incident *i, struct call *c) {
  char uuid[UUID_TEXT];
  struct act shape = {.type = ""};
  struct arena *arena = &c->arena;
  uuid_format(&i->uuid, uuid);
  act_put_ways(&shape, arena, "w", i->directions ? i->directions : (1u << DIRECTION_COUNT) - 1u);
  return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:s, s:b, s:b, s:b}", "incident", uuid,
                   "domain", i->domain, "level", level_word(i, &c->world), "directions",
                   act_get(&shape, "w"), "since", (json_int_t)i->since, "until",
                   (json_int_t)i->until, "ended", (json_int_t)i->ended, "reason", i->reason, "by",
                   i->by, "declared", i->declared, "confirmed", !i->pending, "disputed",
                   i->disputed);
}

/* NULL: no memory. */
static json_t *list_json(struct call *c) {
  const struct house *house = cache_house(c->setup.cache);
  json_t *list = json_array();
  bool ok = list != NULL;
  for (size_t i = 0; i < house->incident_count; i++)
    ok = json_array_append_new(list, incident_json(&house->incidents[i], c)) == 0 && ok;
  if (!ok) {
    json_decref(list);
    return NULL;
  }
  return played_answer(json_pack("{s:i, s:s, s:I, s:o}", "tocsin", ANSWER_JSON_VERSION, "command",
                                 "incident", "now", (json_int_t)c->world.now, "incidents", list),
                       &c->setup);
}

static tc_status list(struct call *c, struct tc_error *err) {
  const struct house *house = cache_house(c->setup.cache);
  struct buffer out = BUFFER_INIT;
  bool json = option_given(c->o, OPT_JSON);
  size_t open = 0;
  tc_status status = TC_OK;
  output_aside_lost(c->setup.cache);
  for (size_t i = 0; i < house->incident_count; i++)
    open += is_open(c, &house->incidents[i]);
  if (json) {
    status = output_json(&out, list_json(c), err);
  } else {
    played_text(&out, &c->setup);
    for (size_t i = 0; i < house->incident_count; i++)
      if (is_open(c, &house->incidents[i]))
        add_incident(&out, c, &house->incidents[i]);
    if (!open && cache_whole(c->setup.cache, NULL) == TC_OK)
      buffer_printf(&out, "%s\n", _("no incident is known"));
    add_played(&out, c, NULL);
    output_mark(&out, 0, setup_mark(&c->setup));
  }
  if (status == TC_OK)
    status = output_write(&out, json, err);
  buffer_free(&out);
  if (status == TC_OK)
    status = cache_prove(c->setup.cache, err);
  return status == TC_OK && !open ? TC_NOT_FOUND : status;
}

/* ---- one domain --------------------------------------------------------------------------------
 */

static json_t *show_json(struct call *c, const char *code, const struct scenario_words *card) {
  const struct house *house = cache_house(c->setup.cache);
  json_t *incidents = json_array(), *steps = json_array();
  for (size_t i = 0; i < house->incident_count; i++)
    if (is_open(c, &house->incidents[i]) && strcmp(house->incidents[i].domain, code) == 0)
      json_array_append_new(incidents, incident_json(&house->incidents[i], c));
  for (size_t i = 0; i < card->count; i++) {
    char uuid[UUID_TEXT] = "";
    if (!uuid_is_nil(&card->lines[i].entry))
      uuid_format(&card->lines[i].entry, uuid);
    json_array_append_new(steps, json_pack("{s:s, s:s, s:s}", "text", card->lines[i].text, "whom",
                                           card->lines[i].whom, "uuid", uuid));
  }
  return played_answer(json_pack("{s:i, s:s, s:I, s:s, s:o, s:s, s:o}", "tocsin",
                                 ANSWER_JSON_VERSION, "command", "incident show", "now",
                                 (json_int_t)c->world.now, "domain", code, "incidents", incidents,
                                 "scenario", card->name, "steps", steps),
                       &c->setup);
}

static void show_text(struct buffer *out, struct call *c, const char *code,
                      const struct scenario_words *card) {
  const struct house *house = cache_house(c->setup.cache);
  size_t open = 0;
  played_text(out, &c->setup);
  for (size_t i = 0; i < house->incident_count; i++)
    if (is_open(c, &house->incidents[i]) && strcmp(house->incidents[i].domain, code) == 0) {
      add_incident(out, c, &house->incidents[i]);
      open++;
    }
  if (!open)
    buffer_printf(out, _("no incident of %.40s is known"), code);
  if (!open)
    buffer_add_char(out, '\n');
  add_played(out, c, code);
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
  output_mark(out, 0, setup_mark(&c->setup));
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
    if (is_open(c, x) && (by_uuid ? uuid_equal(&x->uuid, &uuid) : strcmp(x->domain, asked) == 0)) {
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

/* What is said again is added to what was said, where this terminal may; it is told either way. */
static tc_status open_one(struct call *c, enum act_kind kind, const char *code,
                          struct tc_error *err) {
  struct act act;
  const char *reason = c->o->value[OPT_REASON];
  tc_status status = find_domain(c, code, err);
  if (status != TC_OK)
    return status;
  const struct incident *same = incident_same(&c->setup, kind, c->writing.domain->code, c->ways);
  bool adds = same && may_add(&c->setup, same);
  status = adds ? write_incident_again(&act, &c->writing, same, reason ? reason : "", err)
                : write_incident(&act, &c->writing, kind, c->ways, reason, err);
  if (status == TC_OK && same) {
    const char *told = arena_printf(
        &c->arena, adds ? _("%s: this is added to it") : _("%s: it is reported as well"),
        incident_same_text(same, cache_house(c->setup.cache), c->now, &c->arena));
    output_aside(told ? told : "");
  }
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

/* Later or as late: what holds shorter than a colleague said is no extension. */
static tc_status check_longer(struct call *c, const struct incident *i, const char *asked,
                              struct tc_error *err) {
  if (!incident_shortens(i, c->writing.until))
    return TC_OK;
  return tc_fail(err, TC_REFUSED,
                 _("%.40s: %s: nothing is written; say correct to shorten it, or end where it is "
                   "over"),
                 asked, incident_shorter_text(i, c->writing.until, c->now, &c->arena));
}

static tc_status extend(struct call *c, const char *asked, struct tc_error *err) {
  const struct incident *incident;
  tc_status status = c->writing.until ? find_incident(c, asked, &incident, err) : TC_OK;
  if (status == TC_OK && c->writing.until)
    status = check_longer(c, incident, asked, err);
  return status == TC_OK ? change(c, asked, err) : status;
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
  p.world = c->world;
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
} verbs[] = {{"report", report},  {"declare", declare}, {"end", end},  {"extend", extend},
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
    setup_world(&c.setup, &c.world);
    c.writing =
        (struct writing){.setup = &c.setup, .initials = o->value[OPT_INITIALS], .arena = &c.arena};
    status = read_ways(&c, err);
  }
  if (status == TC_OK && option_given(o, OPT_UNTIL))
    status = until_read(&c.writing.until, o->value[OPT_UNTIL], write_now(&c.setup), err);
  if (status == TC_OK)
    status = run(&c, err);
  setup_close(&c.setup);
  arena_free(&c.arena);
  return status;
}
