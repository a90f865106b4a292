#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/phone.h"
#include "db/journal.h"
#include "tui/answer.h"
#include "tui/cmd_write.h"
#include "tui/commands.h"
#include "tui/cover.h"
#include "tui/output.h"
#include "tui/pin.h"
#include "tui/until.h"
#include "tui/write.h"
#include "tui/write_clock.h"

/* One act under way from the command line. */
struct order {
  const struct options *o;
  struct setup setup;
  struct arena arena;
  struct entry entry;
  struct writing writing;
};

static tc_status too_many(struct order *c, const struct search_result *found, const char *asked,
                          struct tc_error *err) {
  struct answer answer = {.command = "find", .asked = asked, .setup = &c->setup};
  tc_status status = answer_search(&answer, found, &c->arena, err);
  if (status == TC_OK)
    status = answer_write(&answer, c->o, err);
  if (status != TC_OK)
    return status;
  return tc_fail(err, TC_REFUSED,
                 _("\"%.60s\" fits more than one entry: say its UUID, as find --json gives it"),
                 asked);
}

/* The one entry that is meant: by its UUID, or by a query that fits it alone.  Never a guess. */
static tc_status find_entry(struct order *c, const char *asked, struct entry *out,
                            struct tc_error *err) {
  struct search_query query = {.text = asked,
                               .site = c->setup.config.site,
                               .only = "",
                               .country = c->setup.from.country,
                               .limit = 10};
  struct search_result found;
  struct uuid uuid;
  if (uuid_parse(&uuid, asked, strlen(asked)))
    return cache_entry(c->setup.cache, &uuid, &c->arena, out, err);
  tc_status status = search_run(c->setup.cache, &query, &c->arena, &found, err);
  if (status != TC_OK)
    return status;
  size_t exact = 0;
  for (size_t i = 0; i < found.count; i++)
    if (!match_approximate(found.rows[i].match)) {
      *out = found.rows[i].entry;
      exact++;
    }
  if (exact == 1)
    return TC_OK;
  if (found.count)
    return too_many(c, &found, asked, err);
  return tc_fail(err, TC_NOT_FOUND, _("nothing fits \"%.60s\""), asked);
}

/* What --of asks for: a UUID, or a number as it is written or in its digits. */
struct asked {
  const char *text;
  bool is_uuid;
  struct uuid uuid;
  char digits[PHONE_DIGITS];
  size_t len;
};

static struct asked asked_read(const char *text) {
  struct asked of = {.text = text};
  of.is_uuid = uuid_parse(&of.uuid, text, strlen(text));
  of.len = phone_digits(of.digits, sizeof of.digits, text, strlen(text));
  return of;
}

static bool asked_fits(const struct asked *of, const struct uuid *uuid, const char *number) {
  char own[PHONE_DIGITS];
  if (of->is_uuid)
    return uuid_equal(uuid, &of->uuid);
  phone_digits(own, sizeof own, number, strlen(number));
  return strcmp(number, of->text) == 0 || (of->len && strcmp(own, of->digits) == 0);
}

/* It is one that was asked for. */
static tc_status asked_found(const struct asked *of, size_t found, struct tc_error *err) {
  if (found == 1)
    return TC_OK;
  return tc_fail(err, TC_USAGE,
                 found ? _("--of: more than one contact point has the number %.60s: say its UUID")
                       : _("--of: this entry has no contact point %.60s"),
                 of->text);
}

/* The contact point of --of; NULL: it was not given. */
static tc_status find_contact(const struct order *c, const struct contact **out,
                              struct tc_error *err) {
  size_t found = 0;
  *out = NULL;
  if (!c->o->value[OPT_OF])
    return TC_OK;
  const struct asked of = asked_read(c->o->value[OPT_OF]);
  for (size_t i = 0; i < c->entry.contact_count; i++) {
    const struct contact *k = &c->entry.contacts[i];
    if (asked_fits(&of, &k->uuid, k->number)) {
      *out = k;
      found++;
    }
  }
  return asked_found(&of, found, err);
}

/* The number of --of that was dialled: the entry's own, that of who holds it now, or a temporary
 * one.  Without --of the one that a caller most likely dialled; NULL: there is none. */
static tc_status find_dialled(struct order *c, const struct dialled **out, struct tc_error *err) {
  struct reach_world world;
  struct dialled *all;
  size_t count, found = 0;
  setup_world(&c->setup, &world);
  if (!c->o->value[OPT_OF])
    return dialled_first(out, c->setup.cache, &c->entry, &world, &c->arena, err);
  tc_status status = dialled_all(&all, &count, c->setup.cache, &c->entry, &world, &c->arena, err);
  if (status != TC_OK)
    return status;
  const struct asked of = asked_read(c->o->value[OPT_OF]);
  *out = NULL;
  for (size_t i = 0; i < count; i++)
    if (asked_fits(&of, &all[i].key, dialled_number(&all[i])) &&
        (!*out || !uuid_equal(&(*out)->key, &all[i].key))) {
      *out = &all[i];
      found++;
    }
  return asked_found(&of, found, err);
}

static tc_status read_audience(struct writing *w, const struct options *o, struct tc_error *err) {
  const char *word = o->value[OPT_AUDIENCE];
  if (!word)
    return TC_OK;
  int audience = audience_from_word(word);
  if (audience <= 0)
    return tc_fail(err, TC_USAGE,
                   _("--audience must be public, clinical, switchboard or restricted; it is "
                     "\"%.40s\""),
                   word);
  w->audience = (enum audience)audience;
  return TC_OK;
}

/* Everything up to the act itself: exactly `operands` words, the first of them the entry. */
static tc_status start(struct order *c, const struct options *o, int operands, const char *usage,
                       struct tc_error *err) {
  *c = (struct order){.o = o, .arena = ARENA_INIT};
  if (o->operand_count != operands)
    return tc_fail(err, TC_USAGE, "%s", usage);
  tc_status status = setup_open(&c->setup, o, err);
  if (status != TC_OK)
    return status;
  c->writing = (struct writing){.setup = &c->setup,
                                .entry = &c->entry,
                                .initials = o->value[OPT_INITIALS],
                                .arena = &c->arena};
  status = read_audience(&c->writing, o, err);
  if (status == TC_OK && option_given(o, OPT_UNTIL))
    status = until_read(&c->writing.until, o->value[OPT_UNTIL], write_now(&c->setup), err);
  return status == TC_OK ? find_entry(c, o->operands[0], &c->entry, err) : status;
}

static void end(struct order *c) {
  setup_close(&c->setup);
  arena_free(&c->arena);
}

static void say_json(struct buffer *out, const struct setup *setup, const struct act *act,
                     enum act_course course) {
  char uuid[UUID_TEXT], subject[UUID_TEXT];
  uuid_format(&act->uuid, uuid);
  uuid_format(&act->subject, subject);
  buffer_printf(out,
                "{\"tocsin\": %d, \"command\": \"%s\", \"act\": \"%s\", \"entry\": \"%s\", "
                "\"at\": %" PRId64 ", \"until\": %" PRId64 ", \"state\": \"pending\", "
                "\"becomes\": \"%s\", \"clock_wrong\": %s}\n",
                ANSWER_JSON_VERSION, act->type, uuid, subject, act->at, act_get_int(act, "until"),
                act_course_word(course), write_clock_wrong(setup) ? "true" : "false");
}

/* What the directory does with it is the source's to say: here it is written, and not confirmed. */
static void say_text(struct buffer *out, const struct setup *setup, const struct act *act,
                     const char *of, enum act_course course, struct arena *arena) {
  char uuid[UUID_TEXT];
  uuid_format(&act->uuid, uuid);
  emit_safe(out, arena_printf(arena, "%s: %s: %s", of, _(act_rule(act_kind_of(act))->label),
                              write_sentence(act, setup, act->at, arena)));
  const char *wrong = write_clock_text(act, setup, arena);
  buffer_printf(out, "\n%s%s%s\n%s\n",
                course == COURSE_SUGGESTED ? _("written as a suggestion, not confirmed")
                                           : _("written, not confirmed"),
                *act->initials ? "" : "; ", *act->initials ? "" : _("unsigned (--initials)"), uuid);
  if (*wrong)
    buffer_printf(out, "! %s\n", wrong);
}

tc_status write_save(const struct options *o, const struct setup *setup, const struct act *act,
                     const char *of, struct arena *arena, struct tc_error *err) {
  struct buffer record = BUFFER_INIT, out = BUFFER_INIT;
  struct pin_tries tries = {.wrong = 0};
  enum act_course course = write_course(setup, act);
  tc_status status = write_allowed(setup, act, err);
  if (status == TC_OK && write_needs_pin(setup, act))
    status = pin_ask(setup->config.scope, clock_now(&setup->clock), &tries, stderr, err);
  if (status == TC_OK)
    status = act_encode(act, &record, err);
  if (status == TC_OK) {
    struct tc_error why = {.status = TC_OK};
    status = journal_append(setup->config.scope, record.data, record.len, &why);
    if (status != TC_OK)
      tc_fail(err, status, _("NOT SAVED: %s"), why.text);
  }
  if (status == TC_OK) {
    if (option_given(o, OPT_JSON))
      say_json(&out, setup, act, course);
    else
      say_text(&out, setup, act, of, course, arena);
    status = buffer_status(&out, err);
  }
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(&out), out.len, err);
  if (status == TC_OK)
    status = emit_finish(stdout, err);
  buffer_free(&record);
  buffer_free(&out);
  return status;
}

static tc_status save(struct order *c, const struct act *act, struct tc_error *err) {
  const struct entry *e = c->writing.entry;
  const char *of = arena_printf(&c->arena, "%s %s", e->site, e->name);
  return write_save(c->o, &c->setup, act, of ? of : "", &c->arena, err);
}

tc_status cmd_note(const struct options *o, struct tc_error *err) {
  struct order c;
  struct act act;
  tc_status status =
      start(&c, o, 2, _("say an entry and a sentence: tocsin note UUID \"text\""), err);
  if (status == TC_OK)
    status = write_note(&act, &c.writing, o->operands[1], err);
  if (status == TC_OK)
    status = save(&c, &act, err);
  end(&c);
  return status;
}

tc_status cmd_override(const struct options *o, struct tc_error *err) {
  struct order c;
  struct act act;
  const struct contact *contact = NULL;
  tc_status status = start(
      &c, o, 2, _("say an entry and a number: tocsin override UUID NUMBER --until TIME"), err);
  if (status == TC_OK && !c.writing.until)
    status = tc_fail(err, TC_USAGE, _("a temporary number needs its end: --until TIME"));
  if (status == TC_OK)
    status = find_contact(&c, &contact, err);
  if (status == TC_OK)
    status = write_override(&act, &c.writing, contact, o->operands[1], o->value[OPT_REASON], err);
  if (status == TC_OK)
    status = save(&c, &act, err);
  end(&c);
  return status;
}

/* Who was said to be away is back. */
static tc_status make_back(struct order *c, struct act *act, struct tc_error *err) {
  bool fixed;
  struct uuid ends;
  const char *why = c->o->value[OPT_REASON];
  if (cover_ends(&c->entry, clock_now(&c->setup.clock), &ends, &fixed))
    return write_withdrawal(act, &c->writing, &ends, why ? why : _("back again"), err);
  return tc_fail(err, fixed ? TC_REFUSED : TC_NOT_FOUND,
                 fixed ? _("%s %s: that absence was written at the source: it ends there")
                       : _("%s %s: no absence is known"),
                 c->entry.site, c->entry.name);
}

static tc_status make_absence(struct order *c, struct act *act, struct tc_error *err) {
  struct entry cover = {.uuid = {{0}}};
  int64_t since = 0;
  const struct options *o = c->o;
  tc_status status = TC_OK;
  if (!c->writing.until)
    return tc_fail(err, TC_USAGE, _("an absence needs its end: --until TIME"));
  if (option_given(o, OPT_BEGIN))
    status = until_read(&since, o->value[OPT_BEGIN], write_now(&c->setup), err);
  if (status == TC_OK && option_given(o, OPT_COVER))
    status = find_entry(c, o->value[OPT_COVER], &cover, err);
  return status == TC_OK
             ? write_absence(act, &c->writing, &cover.uuid, since, o->value[OPT_REASON], err)
             : status;
}

tc_status cmd_absence(const struct options *o, struct tc_error *err) {
  struct order c;
  struct act act;
  bool back = o->operand_count == 2 && strcmp(o->operands[1], "back") == 0;
  tc_status status = start(
      &c, o, back ? 2 : 1,
      _("say who: tocsin absence ENTRY --until TIME [--cover ENTRY], or tocsin absence ENTRY back"),
      err);
  if (status == TC_OK)
    status = back ? make_back(&c, &act, err) : make_absence(&c, &act, err);
  if (status == TC_OK)
    status = save(&c, &act, err);
  end(&c);
  return status;
}

static tc_status read_property(const struct order *c, const char *name,
                               const struct act_property **out, const struct contact **contact,
                               struct tc_error *err) {
  char names[512] = "";
  size_t count;
  const struct act_property *all = act_property_table(&count);
  *out = act_property(name);
  for (size_t i = 0; !*out && i < count; i++)
    snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ", " : "",
             all[i].name);
  if (!*out)
    return tc_fail(err, TC_USAGE, _("\"%.40s\" is no field; there are %s"), name, names);
  tc_status status = find_contact(c, contact, err);
  if (status != TC_OK || !(*out)->of_contact || *contact)
    return status;
  if (c->entry.contact_count != 1)
    return tc_fail(err, TC_USAGE, _("say of which contact point: --of NUMBER"));
  *contact = &c->entry.contacts[0];
  return TC_OK;
}

tc_status cmd_suggest(const struct options *o, struct tc_error *err) {
  struct order c;
  struct act act;
  const struct act_property *property;
  const struct contact *contact = NULL;
  tc_status status = start(
      &c, o, 3, _("say an entry, a field and its value: tocsin suggest UUID FIELD VALUE"), err);
  if (status == TC_OK)
    status = read_property(&c, o->operands[1], &property, &contact, err);
  if (status == TC_OK)
    status = write_suggestion(&act, &c.writing, property, property->of_contact ? contact : NULL,
                              o->operands[2], o->value[OPT_REASON], err);
  if (status == TC_OK)
    status = save(&c, &act, err);
  end(&c);
  return status;
}

tc_status cmd_withdraw(const struct options *o, struct tc_error *err) {
  struct order c;
  struct act act;
  struct uuid uuid;
  tc_status status =
      start(&c, o, 2, _("say an entry and what to take back: tocsin withdraw UUID ACT"), err);
  if (status == TC_OK && !uuid_parse(&uuid, o->operands[1], strlen(o->operands[1])))
    status =
        tc_fail(err, TC_USAGE, _("\"%.60s\" is no UUID; tocsin acts gives them"), o->operands[1]);
  if (status == TC_OK)
    status = write_withdrawal(&act, &c.writing, &uuid, o->value[OPT_REASON], err);
  if (status == TC_OK)
    status = save(&c, &act, err);
  end(&c);
  return status;
}

/* The number rings elsewhere: a suggestion, or why there is none. */
static tc_status save_wrong(struct order *c, const struct dialled *dialled, struct tc_error *err) {
  struct act act;
  if (!dialled_is_contact(dialled)) {
    output_aside(write_wrong_text(&c->writing, dialled, false));
    return TC_OK;
  }
  tc_status status = write_wrong_number(&act, &c->writing, dialled->contact, err);
  return status == TC_OK ? save(c, &act, err) : status;
}

tc_status cmd_attempt(const struct options *o, struct tc_error *err) {
  struct order c;
  struct act act;
  const struct dialled *dialled = NULL;
  int result = ATTEMPT_OTHER;
  tc_status status = start(&c, o, 2,
                           _("say an entry and how it ended: tocsin attempt UUID no-answer, busy, "
                             "answered, paged, wrong-person or wrong-number"),
                           err);
  if (status == TC_OK && (result = attempt_result_from_word(o->operands[1])) <= 0)
    status = tc_fail(err, TC_USAGE,
                     _("\"%.40s\" is no result: no-answer, busy, answered, paged, wrong-person "
                       "or wrong-number"),
                     o->operands[1]);
  if (status == TC_OK)
    status = find_dialled(&c, &dialled, err);
  if (status == TC_OK && dialled)
    c.writing.entry = dialled->entry;
  if (status == TC_OK)
    status = write_attempt(&act, &c.writing, dialled, (enum attempt_result)result, &c.entry.uuid,
                           "", err);
  if (status == TC_OK)
    status = save(&c, &act, err);
  if (status == TC_OK && result == ATTEMPT_WRONG_NUMBER && dialled && !setup_played(&c.setup))
    status = save_wrong(&c, dialled, err);
  end(&c);
  return status;
}
