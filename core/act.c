#include "core/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/record.h"

#define TEXT(name_, needed_, meaning_)                                                             \
  { name_, ACT_FIELD_TEXT, needed_, meaning_ }
#define UNTIL(needed_)                                                                             \
  { "until", ACT_FIELD_INSTANT, needed_, "until when it holds" }

#define ALL_APPLIED                                                                                \
  {                                                                                                \
    [TIER_PUBLIC] = COURSE_APPLIED, [TIER_CLINICAL] = COURSE_APPLIED,                              \
    [TIER_SWITCHBOARD] = COURSE_APPLIED, [TIER_RESTRICTED] = COURSE_APPLIED,                       \
    [TIER_ADMIN] = COURSE_APPLIED                                                                  \
  }
#define FROM_SWITCHBOARD(below)                                                                    \
  {                                                                                                \
    [TIER_PUBLIC] = (below), [TIER_CLINICAL] = (below), [TIER_SWITCHBOARD] = COURSE_APPLIED,       \
    [TIER_RESTRICTED] = COURSE_APPLIED, [TIER_ADMIN] = COURSE_APPLIED                              \
  }
#define INCIDENT_FIELDS                                                                            \
  {                                                                                                \
    {"directions", ACT_FIELD_WAYS, false, "of calls that fail; none: all"},                        \
        {"domain", ACT_FIELD_NUMBER, true, "code of the failure domain"},                          \
        TEXT("reason", false, "what is said of it"),                                               \
        {"since", ACT_FIELD_INSTANT, false, "since when; none: when it was written"}, UNTIL(true)  \
  }

/* What a public terminal writes is a word to the switchboard: anybody who passes by can write it,
 * and nobody signs in there.  A temporary number changes what everybody dials, so a ward proposes
 * it and a switchboard sets it; so does an absence, which sends calls to somebody else.  What was
 * written in error, the terminal that wrote it takes back,
 * and a switchboard whatever it was.  Whom a
 * switchboard tried the next desk wants to know; what a ward tried is of use to that ward alone. */
static const struct act_rule rules[] = {
    {ACT_KIND_NOTE,
     "note",
     N_("note"),
     "a sentence about an entry",
     {[TIER_PUBLIC] = COURSE_SUGGESTED,
      [TIER_CLINICAL] = COURSE_APPLIED,
      [TIER_SWITCHBOARD] = COURSE_APPLIED,
      [TIER_RESTRICTED] = COURSE_APPLIED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {TEXT("text", true, "the sentence"), UNTIL(false)}},
    {ACT_KIND_OVERRIDE,
     "override",
     N_("temporary number"),
     "a number that stands in for a contact point, until it expires",
     {[TIER_PUBLIC] = COURSE_SUGGESTED,
      [TIER_CLINICAL] = COURSE_SUGGESTED,
      [TIER_SWITCHBOARD] = COURSE_APPLIED,
      [TIER_RESTRICTED] = COURSE_APPLIED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {{"contact", ACT_FIELD_UUID, false, "the contact point; none: the entry's first"},
      {"e164", ACT_FIELD_NUMBER, false, "the number in E.164"},
      {"kind", ACT_FIELD_KIND, false, "what it rings"},
      {"number", ACT_FIELD_NUMBER, true, "the number as dialled in its plan"},
      {"plan", ACT_FIELD_NUMBER, false, "code of its numbering plan; none: a public number"},
      TEXT("reason", false, "why"),
      UNTIL(true)}},
    {ACT_KIND_SUGGESTION,
     "suggestion",
     N_("suggestion"),
     "a correction of one field, with what it said before",
     {[TIER_PUBLIC] = COURSE_SUGGESTED,
      [TIER_CLINICAL] = COURSE_SUGGESTED,
      [TIER_SWITCHBOARD] = COURSE_SUGGESTED,
      [TIER_RESTRICTED] = COURSE_SUGGESTED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {{"contact", ACT_FIELD_UUID, false, "the contact point whose field it is"},
      {"e164", ACT_FIELD_NUMBER, false, "of a new number"},
      {"field", ACT_FIELD_NAME, true, "which field"},
      TEXT("now", false, "what it should say; none: nothing"),
      {"plan", ACT_FIELD_NUMBER, false, "of a new number"},
      TEXT("text", false, "why"),
      {"was", ACT_FIELD_HELD, false, "what it said when the suggestion was written"}}},
    {ACT_KIND_WITHDRAWAL,
     "withdrawal",
     N_("withdrawal"),
     "takes back a note, a temporary number, an absence, a suggestion or a test",
     {[TIER_PUBLIC] = COURSE_OWN,
      [TIER_CLINICAL] = COURSE_OWN,
      [TIER_SWITCHBOARD] = COURSE_APPLIED,
      [TIER_RESTRICTED] = COURSE_APPLIED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {{"act", ACT_FIELD_UUID, true, "the act that is taken back"}, TEXT("text", false, "why")}},
    {ACT_KIND_INCIDENT_REPORT, "incident-report", N_("reported"),
     "a failure domain is down, as seen at a terminal: shown there and at the switchboards, until "
     "it "
     "is declared",
     ALL_APPLIED, INCIDENT_FIELDS},
    {ACT_KIND_INCIDENT_DECLARE, "incident-declare", N_("declared"),
     "a failure domain is down: every terminal's answers change", FROM_SWITCHBOARD(COURSE_REFUSED),
     INCIDENT_FIELDS},
    {ACT_KIND_INCIDENT_END,
     "incident-end",
     N_("ended"),
     "an incident is over",
     FROM_SWITCHBOARD(COURSE_OWN),
     {{"incident", ACT_FIELD_UUID, true, "which"},
      TEXT("only", false, "reported: what was declared meanwhile is not ended"),
      TEXT("reason", false, "what is said of it"),
      {"was", ACT_FIELD_INSTANT, false, "until when it was to last when this was written"}}},
    {ACT_KIND_INCIDENT_CHANGE,
     "incident-change",
     N_("changed"),
     "an incident lasts longer, or was not said rightly",
     FROM_SWITCHBOARD(COURSE_OWN),
     {{"directions", ACT_FIELD_WAYS, false, "of calls that fail"},
      {"incident", ACT_FIELD_UUID, true, "which"},
      TEXT("reason", false, "what is said of it"),
      UNTIL(false)}},
    {ACT_KIND_ATTEMPT,
     "attempt",
     N_("call"),
     "one try to reach an entry, and how it ended; shown for eight hours, a switchboard's "
     "(applied) "
     "at the other switchboards too",
     {[TIER_PUBLIC] = COURSE_OWN,
      [TIER_CLINICAL] = COURSE_OWN,
      [TIER_SWITCHBOARD] = COURSE_APPLIED,
      [TIER_RESTRICTED] = COURSE_APPLIED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {{"chain", ACT_FIELD_UUID, false, "the entry whose chain was worked, where it is another"},
      {"contact", ACT_FIELD_UUID, false, "the contact point that was dialled"},
      {"exercise", ACT_FIELD_UUID, false, "the exercise that it is of; none: it was real"},
      {"group", ACT_FIELD_UUID, false, "the cascade or crisis cell that it is a tick of"},
      {"number", ACT_FIELD_DIALLED, false, "its number as it was then"},
      {"result", ACT_FIELD_RESULT, true,
       "no\\-answer, busy, answered, wrong\\-person or wrong\\-number"},
      {"run", ACT_FIELD_INSTANT, false, "when the run of that group began, of which it is"},
      {"text", ACT_FIELD_HELD, false,
       "whom the step of the chain or the group names, where it holds no number"},
      {"way", ACT_FIELD_WAY, false, "of a roll\\-call: phone, fax or mail"},
      TEXT("withdrawn", false, "yes, where a switchboard took it back")}},
    {ACT_KIND_REVEAL,
     "reveal",
     N_("number shown"),
     "a masked number was looked at; kept at the source, changes nothing",
     ALL_APPLIED,
     {{"contact", ACT_FIELD_UUID, true, "the contact point whose number it is"},
      TEXT("reason", false, "no\\-answer, on\\-call, asked or check; none: no reason was given")}},
    {ACT_KIND_TEST,
     "test",
     N_("test"),
     "a red phone or a pager was tested: one that works is verified, of one that does not there is "
     "a note until it works",
     {[TIER_PUBLIC] = COURSE_SUGGESTED,
      [TIER_CLINICAL] = COURSE_APPLIED,
      [TIER_SWITCHBOARD] = COURSE_APPLIED,
      [TIER_RESTRICTED] = COURSE_APPLIED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {{"contact", ACT_FIELD_UUID, true, "the contact point that was tested"},
      {"result", ACT_FIELD_TEST, true, "works, silent or gone"},
      TEXT("text", false, "the note, where it does not work"),
      UNTIL(false),
      {"was", ACT_FIELD_INSTANT, false, "when it was verified before, where it works"}}},
    {ACT_KIND_EXERCISE_BEGIN,
     "exercise-begin",
     N_("exercise begun"),
     "failure domains are played as DOWN, on the terminals that it names and on no other, until a "
     "real incident; changes nothing for anybody else",
     FROM_SWITCHBOARD(COURSE_REFUSED),
     {TEXT("domains", true, "codes of the failure domains that are played, joined by commas"),
      TEXT("known", false,
           "real incidents that it begins beside, joined by commas; ? before one: reported"),
      TEXT("name", true, "what it is called"),
      TEXT("terminals", true, "names of the terminals that take part, joined by commas"),
      {"until", ACT_FIELD_INSTANT, true, "until when it is played, at most four hours"}}},
    {ACT_KIND_EXERCISE_END,
     "exercise-end",
     N_("exercise ended"),
     "an exercise is over",
     FROM_SWITCHBOARD(COURSE_REFUSED),
     {{"exercise", ACT_FIELD_UUID, true, "which"}, TEXT("reason", false, "what is said of it")}},
    {ACT_KIND_ABSENCE,
     "absence",
     N_("absence"),
     "a person, or whoever holds a role, is not there until then; shown before the number, and "
     "changes none",
     {[TIER_PUBLIC] = COURSE_SUGGESTED,
      [TIER_CLINICAL] = COURSE_SUGGESTED,
      [TIER_SWITCHBOARD] = COURSE_APPLIED,
      [TIER_RESTRICTED] = COURSE_APPLIED,
      [TIER_ADMIN] = COURSE_APPLIED},
     {{"cover", ACT_FIELD_UUID, false, "the entry that stands in"},
      {"since", ACT_FIELD_INSTANT, false, "since when; none: when it was written"},
      TEXT("text", false, "what is said of it"),
      UNTIL(true)}},
};
enum { RULES = sizeof rules / sizeof *rules };

#define OF_ENTRY(name_, label_, member)                                                            \
  { name_, label_, false, offsetof(struct entry, member) }
#define OF_CONTACT(name_, label_, member)                                                          \
  { name_, label_, true, offsetof(struct contact, member) }
static const struct act_property properties[] = {
    OF_CONTACT("number", N_("number"), number),
    OF_CONTACT("label", N_("label"), label),
    OF_CONTACT("hours", N_("hours"), hours),
    OF_CONTACT("place", N_("where it stands"), place),
    OF_CONTACT("how", N_("how to use it"), how),
    OF_ENTRY("name", N_("name"), name),
    OF_ENTRY("unit", N_("unit"), unit),
    OF_ENTRY("building", N_("building"), building),
    OF_ENTRY("floor", N_("floor"), floor),
    OF_ENTRY("room", N_("room"), room),
    OF_ENTRY("call-if", N_("call if"), call_if),
    OF_ENTRY("do-not-call-if", N_("do NOT call if"), do_not_call_if),
    OF_ENTRY("purpose", N_("for"), purpose),
    OF_ENTRY("area", N_("area"), area),
    OF_ENTRY("title", N_("title"), title),
    OF_ENTRY("speciality", N_("speciality"), speciality),
};
enum { PROPERTIES = sizeof properties / sizeof *properties };

/* ---- the tables --------------------------------------------------------------------------------
 */

const struct act_rule *act_table(size_t *count) {
  *count = RULES;
  return rules;
}

const struct act_rule *act_rule(enum act_kind kind) {
  return kind > ACT_KIND_OTHER && kind < ACT_KIND_COUNT ? &rules[kind - 1] : NULL;
}

enum act_kind act_kind_of(const struct act *act) {
  for (size_t i = 0; i < RULES; i++)
    if (strcmp(rules[i].word, act->type) == 0)
      return rules[i].kind;
  return ACT_KIND_OTHER;
}

const char *act_tier_word(enum act_tier tier) {
  static const char *const words[TIER_COUNT] = {"public", "clinical", "switchboard", "restricted",
                                                "admin"};
  return words[tier];
}

const char *act_course_word(enum act_course course) {
  static const char *const words[] = {"refused", "suggested", "own", "applied"};
  return words[course];
}

static const struct {
  const char *word, *text;
} states[ACT_STATE_COUNT] = {
    [ACT_PENDING] = {"pending", N_("not confirmed")}, [ACT_WAITS] = {"waits", N_("suggested")},
    [ACT_APPLIED] = {"applied", N_("applied")},       [ACT_DONE] = {"done", N_("was so already")},
    [ACT_REFUSED] = {"refused", N_("refused")},       [ACT_ASIDE] = {"aside", N_("set aside")},
};

const char *act_state_word(enum act_state state) {
  return states[state].word;
}

const char *act_test_text(enum test_result result) {
  static const char *const texts[TEST_RESULT_COUNT] = {[TEST_WORKS] = N_("works in this test"),
                                                       [TEST_SILENT] = N_("silent"),
                                                       [TEST_GONE] = N_("not there")};
  return (int)result > 0 && result < TEST_RESULT_COUNT ? _(texts[result]) : "";
}

const char *act_state_text(enum act_state state) {
  return _(states[state].text);
}

const char *act_result_text(enum attempt_result result) {
  static const char *const texts[ATTEMPT_RESULT_COUNT] = {
      [ATTEMPT_NO_ANSWER] = N_("no answer"),       [ATTEMPT_BUSY] = N_("busy"),
      [ATTEMPT_ANSWERED] = N_("answered"),         [ATTEMPT_WRONG_PERSON] = N_("wrong person"),
      [ATTEMPT_WRONG_NUMBER] = N_("wrong number"), [ATTEMPT_PAGED] = N_("page sent"),
  };
  return (int)result > 0 && result < ATTEMPT_RESULT_COUNT ? _(texts[result]) : "";
}

const char *act_way_text(const char *way) {
  return strcmp(way, "phone") == 0  ? _("by phone")
         : strcmp(way, "fax") == 0  ? _("by fax")
         : strcmp(way, "mail") == 0 ? _("by mail")
                                    : "";
}

int act_state_from_word(const char *word) {
  for (int i = 0; i < ACT_STATE_COUNT; i++)
    if (strcmp(states[i].word, word) == 0)
      return i;
  return -1;
}

enum act_tier act_tier_of(enum audience narrowest) {
  switch (narrowest) {
  case AUDIENCE_CLINICAL:
    return TIER_CLINICAL;
  case AUDIENCE_SWITCHBOARD:
    return TIER_SWITCHBOARD;
  case AUDIENCE_RESTRICTED:
    return TIER_RESTRICTED;
  default:
    return TIER_PUBLIC;
  }
}

const struct act_property *act_property_table(size_t *count) {
  *count = PROPERTIES;
  return properties;
}

const struct act_property *act_property(const char *name) {
  for (size_t i = 0; i < PROPERTIES; i++)
    if (strcmp(properties[i].name, name) == 0)
      return &properties[i];
  return NULL;
}

const char *act_property_value(const struct act_property *property, const struct entry *entry,
                               const struct uuid *contact) {
  const char *from = (const char *)entry;
  if (property->of_contact) {
    from = NULL;
    for (size_t i = 0; i < entry->contact_count; i++)
      if (uuid_equal(&entry->contacts[i].uuid, contact))
        from = (const char *)&entry->contacts[i];
  }
  return from ? *(const char *const *)(const void *)(from + property->offset) : NULL;
}

/* ---- the payload -------------------------------------------------------------------------------
 */

/* The value in "field=value"; NULL where it is another field. */
static const char *value_of(const char *line, const char *field) {
  size_t len = strlen(field);
  return strncmp(line, field, len) == 0 && line[len] == '=' ? line + len + 1 : NULL;
}

bool act_is_call(const struct act *act) {
  const char *way = act_get(act, "way");
  return strcmp(way, "fax") != 0 && strcmp(way, "mail") != 0;
}

const char *act_get(const struct act *act, const char *field) {
  for (size_t i = 0; i < act->payload.count; i++) {
    const char *value = value_of(act->payload.items[i], field);
    if (value)
      return value;
  }
  return "";
}

/* A number without leading zeros, that a record can hold. */
static bool read_instant(const char *text, int64_t *out) {
  size_t len = strlen(text);
  if (!len || len > 15 || strspn(text, "0123456789") != len || text[0] == '0')
    return false;
  *out = strtoll(text, NULL, 10);
  return true;
}

int64_t act_get_int(const struct act *act, const char *field) {
  int64_t value = 0;
  return read_instant(act_get(act, field), &value) ? value : 0;
}

struct uuid act_get_uuid(const struct act *act, const char *field) {
  struct uuid uuid = {{0}};
  const char *text = act_get(act, field);
  if (!uuid_parse_short(&uuid, text, strlen(text)))
    return (struct uuid){{0}};
  return uuid;
}

uint32_t act_get_ways(const struct act *act, const char *field) {
  return direction_set_from_words(act_get(act, field));
}

void act_put_ways(struct act *act, struct arena *arena, const char *field, uint32_t set) {
  const char *text = "";
  for (int i = 0; i < DIRECTION_COUNT && text; i++)
    if (set & (UINT32_C(1) << i))
      text =
          arena_printf(arena, "%s%s%s", text, *text ? "," : "", direction_word((enum direction)i));
  act_put(act, arena, field, text);
}

void act_put(struct act *act, struct arena *arena, const char *field, const char *value) {
  if (!value || !*value)
    return;
  size_t count = act->payload.count;
  const char **items = arena_zalloc(arena, count + 1, sizeof *items);
  if (!items)
    return;
  if (count)
    memcpy(items, act->payload.items, count * sizeof *items);
  items[count] = arena_printf(arena, "%s=%s", field, value);
  if (items[count])
    act->payload = (struct text_list){items, count + 1};
}

void act_put_int(struct act *act, struct arena *arena, const char *field, int64_t value) {
  if (value)
    act_put(act, arena, field, arena_printf(arena, "%lld", (long long)value));
}

void act_put_uuid(struct act *act, struct arena *arena, const char *field,
                  const struct uuid *uuid) {
  char text[UUID_SHORT];
  if (uuid_is_nil(uuid))
    return;
  uuid_format_short(uuid, text);
  act_put(act, arena, field, text);
}

/* ---- the grammar -------------------------------------------------------------------------------
 */

/* What the directory holds may have signs in it that nobody sees, and is named as it stands; what
 * is written here may not: two notes, or two initials, that look alike would not be. */
static bool is_one_line(const char *text, size_t most, bool held) {
  size_t len = strlen(text);
  if (len > most)
    return false;
  for (size_t i = 0; i < len;) {
    uint32_t point;
    i += utf8_next(text + i, len - i, &point);
    if (point == UTF8_INVALID || utf8_is_control(point) ||
        (held ? utf8_is_bidi(point) : utf8_is_unseen(point)))
      return false;
  }
  return true;
}

static bool fits(enum act_field_type type, const char *value) {
  struct uuid uuid;
  int64_t instant;
  switch (type) {
  case ACT_FIELD_TEXT:
  case ACT_FIELD_HELD:
    return is_one_line(value, ACT_TEXT_MAX, type == ACT_FIELD_HELD);
  case ACT_FIELD_NUMBER:
  case ACT_FIELD_DIALLED:
    return is_one_line(value, ACT_NUMBER_MAX, type == ACT_FIELD_DIALLED);
  case ACT_FIELD_INSTANT:
    return read_instant(value, &instant);
  case ACT_FIELD_UUID:
    return uuid_parse_short(&uuid, value, strlen(value)) && !uuid_is_nil(&uuid);
  case ACT_FIELD_KIND:
    return contact_kind_from_word(value) > 0;
  case ACT_FIELD_NAME:
    return act_property(value) != NULL;
  case ACT_FIELD_WAYS:
    return direction_set_from_words(value) != 0;
  case ACT_FIELD_RESULT:
    return attempt_result_from_word(value) > 0;
  case ACT_FIELD_TEST:
    return test_result_from_word(value) > 0;
  case ACT_FIELD_WAY:
    return strcmp(value, "phone") == 0 || strcmp(value, "fax") == 0 || strcmp(value, "mail") == 0;
  }
  return false;
}

static tc_status check_field(const struct act *act, const struct act_field *field,
                             struct tc_error *err) {
  size_t times = 0;
  for (size_t i = 0; i < act->payload.count; i++) {
    const char *value = value_of(act->payload.items[i], field->name);
    if (!value)
      continue;
    if (!*value || !fits(field->type, value))
      return tc_fail(err, TC_INVALID, _("%s: %s cannot be \"%.80s\" (one line, at most %d bytes)"),
                     act->type, field->name, value,
                     field->type == ACT_FIELD_TEXT || field->type == ACT_FIELD_HELD
                         ? ACT_TEXT_MAX
                         : ACT_NUMBER_MAX);
    if (++times > 1)
      return tc_fail(err, TC_INVALID, _("%s: %s stands twice"), act->type, field->name);
  }
  if (field->needed && !times)
    return tc_fail(err, TC_INVALID, _("%s: %s is missing"), act->type, field->name);
  return TC_OK;
}

static bool has_no_word(const char *list) {
  return list[strspn(list, ", ")] == '\0';
}

/* What no single field can say. */
static tc_status check_whole(const struct act *act, enum act_kind kind, struct tc_error *err) {
  int64_t until = act_get_int(act, "until");
  if (until && until <= act->at)
    return tc_fail(err, TC_INVALID, _("%s: it would be over before it is written"), act->type);
  if (kind == ACT_KIND_ABSENCE && until <= act_get_int(act, "since"))
    return tc_fail(err, TC_INVALID, _("%s: it would be over before it begins"), act->type);
  struct uuid cover = act_get_uuid(act, "cover");
  if (kind == ACT_KIND_ABSENCE && uuid_equal(&cover, &act->subject))
    return tc_fail(err, TC_INVALID, _("nobody stands in for themselves"));
  if (kind == ACT_KIND_EXERCISE_BEGIN && until > act->at + EXERCISE_MOST_S)
    return tc_fail(err, TC_INVALID, _("an exercise lasts %d hours at most"),
                   EXERCISE_MOST_S / 3600);
  if (kind == ACT_KIND_EXERCISE_BEGIN &&
      (has_no_word(act_get(act, "domains")) || has_no_word(act_get(act, "terminals"))))
    return tc_fail(err, TC_INVALID, _("an exercise needs a failure domain and a terminal"));
  if (kind == ACT_KIND_TEST && !*act_get(act, "text") &&
      test_result_from_word(act_get(act, "result")) != TEST_WORKS)
    return tc_fail(err, TC_INVALID, _("%s: %s is missing"), act->type, "text");
  if (kind != ACT_KIND_SUGGESTION)
    return TC_OK;
  const struct act_property *property = act_property(act_get(act, "field"));
  if (property->of_contact != (*act_get(act, "contact") != '\0'))
    return tc_fail(err, TC_INVALID,
                   property->of_contact ? _("suggestion: say of which contact point")
                                        : _("suggestion: %s is not of a contact point"),
                   property->name);
  if (strcmp(act_get(act, "was"), act_get(act, "now")) == 0)
    return tc_fail(err, TC_INVALID, _("suggestion: that is what it says"));
  return TC_OK;
}

tc_status act_check(const struct act *act, struct tc_error *err) {
  enum act_kind kind = act_kind_of(act);
  const struct act_rule *rule = act_rule(kind);
  if (uuid_is_nil(&act->uuid) || !*audience_word(act->audience) || !*act->type || act->at <= 0 ||
      uuid_is_nil(&act->terminal))
    return tc_fail(err, TC_INVALID, _("an act lacks its UUID, its terminal, its type or its time"));
  if (!is_one_line(act->initials, ACT_INITIALS_MAX, false) ||
      !is_one_line(act->account, ACT_NUMBER_MAX, false))
    return tc_fail(err, TC_INVALID, _("initials are at most %d letters"), ACT_INITIALS_MAX);
  if (!rule)
    return TC_OK;
  if (uuid_is_nil(&act->subject))
    return tc_fail(err, TC_INVALID, _("%s: it does not say of what"), act->type);
  for (size_t i = 0; i < ACT_FIELDS_MAX && rule->fields[i].name; i++) {
    tc_status status = check_field(act, &rule->fields[i], err);
    if (status != TC_OK)
      return status;
  }
  return check_whole(act, kind, err);
}

tc_status act_encode(const struct act *act, struct buffer *out, struct tc_error *err) {
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_ACT,
                              .audience = act->audience,
                              .uuid = act->uuid},
                     .act = *act};
  tc_status status = act_check(act, err);
  return status == TC_OK ? record_encode(&r, out, err) : status;
}

tc_status act_decode(struct act *out, const void *bytes, size_t len, struct arena *arena,
                     struct tc_error *err) {
  struct record r;
  tc_status status = record_decode(&r, bytes, len, arena, err);
  if (status == TC_OK && r.head.kind != RECORD_ACT)
    status = tc_fail(err, TC_INVALID, _("a record that is no act"));
  if (status == TC_OK) {
    *out = r.act;
    status = act_check(out, err);
  }
  return status;
}

/* ---- the manual --------------------------------------------------------------------------------
 */

void act_describe(struct buffer *out) {
  for (size_t i = 0; i < RULES; i++) {
    const struct act_rule *rule = &rules[i];
    buffer_printf(out, ".TP\n.B %s\n%s.", rule->word, rule->meaning);
    for (int tier = 0; tier < TIER_COUNT; tier++)
      buffer_printf(out, "%s%s %s", tier ? ", " : "\n", act_tier_word((enum act_tier)tier),
                    act_course_word(rule->course[tier]));
    buffer_add_text(out, ".\n");
    for (size_t f = 0; f < ACT_FIELDS_MAX && rule->fields[f].name; f++)
      buffer_printf(out, ".br\n\\fI%s\\fR  %s%s\n", rule->fields[f].name, rule->fields[f].meaning,
                    rule->fields[f].needed ? " (needed)" : "");
  }
}
