#include "core/record_table.h"

#include "core/record.h"

/* The words of each enumeration behind one signature. */
#define WORD_OF(noun)                                                                              \
  static const char *noun##_word_of(int value) {                                                   \
    return noun##_word((enum noun)value);                                                          \
  }
WORD_OF(audience)
WORD_OF(entry_type)
WORD_OF(contact_kind)
WORD_OF(purpose)
WORD_OF(direction)
WORD_OF(test_result)
WORD_OF(domain_kind)

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LENGTH(literal) (sizeof(literal) - 1)
#define MEMBER(type_, struct_, member, text)                                                       \
  .type = FIELD_##type_, .offset = offsetof(struct struct_, member), .meaning = text
#define NAMED(name_) .name = name_, .name_len = LENGTH(name_)
#define OF(noun, count) .word = noun##_word_of, .words = count
#define POSITION(type_, struct_, member, text)                                                     \
  { MEMBER(type_, struct_, member, text) }
#define ATTRIBUTE(name_, type_, struct_, member, text)                                             \
  { NAMED(name_), MEMBER(type_, struct_, member, text) }
#define POSITION_WORDS(type_, struct_, member, noun, count, text)                                  \
  { MEMBER(type_, struct_, member, text), OF(noun, count) }
#define WORDS(name_, type_, struct_, member, noun, count, text)                                    \
  { NAMED(name_), MEMBER(type_, struct_, member, text), OF(noun, count) }
#define ONE_FIELD(tag_, text, ...)                                                                 \
  {                                                                                                \
    .tag = tag_, .tag_len = LENGTH(tag_), .form = LINE_SINGLE,                                     \
    .fields = (const struct field_spec[]){__VA_ARGS__}, .field_count = 1, .meaning = text          \
  }
#define SINGLE(tag_, type_, struct_, member, text)                                                 \
  ONE_FIELD(tag_, text, POSITION(type_, struct_, member, text))
#define SINGLE_INT(tag_, struct_, member, missing_, text)                                          \
  ONE_FIELD(tag_, text,                                                                            \
            {.type = FIELD_INT,                                                                    \
             .offset = offsetof(struct struct_, member),                                           \
             .missing = missing_,                                                                  \
             .meaning = text})
#define SINGLE_WORDS(tag_, type_, struct_, member, noun, count, text)                              \
  ONE_FIELD(tag_, text, POSITION_WORDS(type_, struct_, member, noun, count, text))
#define TEXTS(tag_, struct_, member, text)                                                         \
  {                                                                                                \
    .tag = tag_, .tag_len = LENGTH(tag_), .form = LINE_TEXTS,                                      \
    .offset = offsetof(struct struct_, member), .meaning = text                                    \
  }
#define LIST(tag_, struct_, member, count_, item, text)                                            \
  {                                                                                                \
    .tag = tag_, .tag_len = LENGTH(tag_), .form = LINE_LIST,                                       \
    .offset = offsetof(struct struct_, member), .count_offset = offsetof(struct struct_, count_),  \
    .size = sizeof(struct item), .fields = item##_fields, .field_count = COUNT(item##_fields),     \
    .meaning = text                                                                                \
  }
#define KIND(kind_, struct_, text)                                                                 \
  [RECORD_##kind_] = {.kind = RECORD_##kind_,                                                      \
                      .size = sizeof(struct struct_),                                              \
                      .uuid = offsetof(struct struct_, uuid),                                      \
                      .audience = offsetof(struct struct_, audience),                              \
                      .unknown = offsetof(struct struct_, unknown),                                \
                      .unknown_count = offsetof(struct struct_, unknown_count),                    \
                      .lines = struct_##_lines,                                                    \
                      .line_count = COUNT(struct_##_lines),                                        \
                      .meaning = text}

static const struct field_spec contact_fields[] = {
    POSITION(ORDER, contact, order, "order at equal reachability"),
    POSITION(UUID, contact, uuid, "its UUID"),
    POSITION(TEXT, contact, number, "number as dialled in its plan, or an address"),
    ATTRIBUTE("by", TEXT, contact, verified_by, "who last checked it"),
    ATTRIBUTE("check", TEXT, contact, check_number,
              "fax: the number of a person who confirms arrival"),
    ATTRIBUTE("dom", TEXT, contact, domains,
              "codes of the failure domains it rides on, joined by commas; it needs all"),
    ATTRIBUTE("e", TEXT, contact, e164, "E.164"),
    WORDS("for", SET, contact, purposes, purpose, PURPOSE_COUNT,
          "purposes, joined by commas; none: any"),
    ATTRIBUTE("from", INT, contact, from, "valid from (UTC seconds)"),
    ATTRIBUTE("h", TEXT, contact, hours, "hours; none: always"),
    ATTRIBUTE("how", TEXT, contact, how, "how to use it"),
    WORDS("kind", ENUM, contact, kind, contact_kind, CONTACT_KIND_COUNT, "kind"),
    ATTRIBUTE("label", TEXT, contact, label, "what the house calls it"),
    ATTRIBUTE("mask", FLAG, contact, masked, "shown masked until revealed"),
    ATTRIBUTE("means", TEXT, contact, verified_how, "how it was checked"),
    ATTRIBUTE("pin", FLAG, contact, pinned, "set by a person; imports leave it"),
    ATTRIBUTE("place", TEXT, contact, place, "where the set stands, when not with its entry"),
    ATTRIBUTE("plan", TEXT, contact, plan, "code of its numbering plan; none: a public number"),
    ATTRIBUTE("raw", TEXT, contact, raw, "the text it was read from"),
    ATTRIBUTE("rep", UUID, contact, replaces_uuid, "the contact point it replaces"),
    ATTRIBUTE("repno", TEXT, contact, replaces, "the number it replaces"),
    ATTRIBUTE("seen", INT, contact, verified, "when it was last checked (UTC seconds)"),
    ATTRIBUTE("until", INT, contact, until, "valid until (UTC seconds, exclusive)"),
    ATTRIBUTE("via", UUID, contact, via, "the contact point it is reached through"),
    ATTRIBUTE("why", TEXT, contact, reason, "why the raw text could not be read as a number"),
};

static const struct field_spec chain_step_fields[] = {
    POSITION(ORDER, chain_step, order, "order"),
    ATTRIBUTE("text", TEXT, chain_step, text, "whom, in words"),
    ATTRIBUTE("to", UUID, chain_step, entry, "the entry to call"),
    ATTRIBUTE("wait", INT, chain_step, wait, "seconds without an answer before it"),
};

static const struct field_spec former_name_fields[] = {
    POSITION(TEXT, former_name, text, "the name"),
    ATTRIBUTE("until", INT, former_name, until, "when it ended (UTC seconds)"),
};

static const struct field_spec former_number_fields[] = {
    POSITION(TEXT, former_number, number, "as dialled then"),
    ATTRIBUTE("e", TEXT, former_number, e164, "E.164"),
    ATTRIBUTE("now", TEXT, former_number, now, "what replaced it"),
    ATTRIBUTE("plan", TEXT, former_number, plan, "numbering plan"),
    ATTRIBUTE("until", INT, former_number, until, "when it ended (UTC seconds)"),
};

static const struct field_spec note_fields[] = {
    POSITION(UUID, note, uuid, "its UUID"),
    POSITION(TEXT, note, text, "the text"),
    ATTRIBUTE("at", INT, note, at, "when it was written (UTC seconds)"),
    ATTRIBUTE("by", TEXT, note, by, "who signed it"),
    ATTRIBUTE("of", UUID, note, contact,
              "the contact point that was tested, where a test wrote it"),
    WORDS("test", ENUM, note, test, test_result, TEST_RESULT_COUNT, "how that test ended"),
    ATTRIBUTE("until", INT, note, until, "when it expires (UTC seconds)"),
};

static const struct field_spec override_fields[] = {
    POSITION(UUID, override, uuid, "its UUID"),
    POSITION(TEXT, override, number, "the number"),
    ATTRIBUTE("at", INT, override, at, "since (UTC seconds)"),
    ATTRIBUTE("by", TEXT, override, by, "who said so"),
    ATTRIBUTE("e", TEXT, override, e164, "E.164"),
    WORDS("kind", ENUM, override, kind, contact_kind, CONTACT_KIND_COUNT, "kind"),
    ATTRIBUTE("of", UUID, override, contact, "the contact point it stands in for"),
    ATTRIBUTE("plan", TEXT, override, plan, "numbering plan"),
    ATTRIBUTE("until", INT, override, until, "when it expires (UTC seconds)"),
    ATTRIBUTE("why", TEXT, override, reason, "reason"),
};

static const struct field_spec withheld_fields[] = {
    POSITION_WORDS(ENUM, withheld, audience, audience, AUDIENCE_COUNT, "audience"),
    POSITION(INT, withheld, count, "how many"),
};

static const struct field_spec origin_fields[] = {
    POSITION(TEXT, origin, system, "name of the import origin"),
    POSITION(TEXT, origin, key, "its key there"),
};

static const struct field_spec absence_fields[] = {
    ATTRIBUTE("at", INT, absence, at, "when it was written (UTC seconds)"),
    ATTRIBUTE("by", TEXT, absence, by, "who signed it"),
    ATTRIBUTE("from", INT, absence, from, "from (UTC seconds)"),
    ATTRIBUTE("id", UUID, absence, uuid, "UUID of the act that said it"),
    ATTRIBUTE("text", TEXT, absence, text, "in words"),
    ATTRIBUTE("to", UUID, absence, covered_by, "who covers"),
    ATTRIBUTE("until", INT, absence, until, "until (UTC seconds, exclusive)"),
};

static const struct field_spec tie_line_fields[] = {
    POSITION(TEXT, tie_line, plan, "code of the other plan"),
    POSITION(TEXT, tie_line, prefix, "pressed before its extension"),
    ATTRIBUTE("dom", TEXT, tie_line, domains, "failure domains it rides on"),
};

static const struct field_spec plan_range_fields[] = {
    POSITION(TEXT, plan_range, low, "first extension"),
    POSITION(TEXT, plan_range, high, "last, of the same length"),
    ATTRIBUTE("ddi", TEXT, plan_range, ddi, "E.164 of the first; the others count up"),
    WORDS("kind", ENUM, plan_range, kind, contact_kind, CONTACT_KIND_COUNT, "kind of set"),
    ATTRIBUTE("label", TEXT, plan_range, label, "whose it is"),
};

static const struct field_spec calendar_day_fields[] = {
    POSITION(TEXT, calendar_day, date, "date, ISO 8601"),
    ATTRIBUTE("h", TEXT, calendar_day, hours, "hours; none: closed"),
    ATTRIBUTE("text", TEXT, calendar_day, text, "its name"),
};

static const struct field_spec shift_fields[] = {
    POSITION(TEXT, shift, from, "from, local time"),
    POSITION(TEXT, shift, until, "until, local time, exclusive"),
    ATTRIBUTE("c", UUID, shift, contact, "contact point for this shift"),
    ATTRIBUTE("e", TEXT, shift, e164, "E.164 of number"),
    ATTRIBUTE("home", FLAG, shift, at_home, "at home"),
    ATTRIBUTE("line", INT, shift, line, "1 first, 2 second, 3 senior"),
    ATTRIBUTE("no", TEXT, shift, number, "a number for this shift alone"),
    ATTRIBUTE("plan", TEXT, shift, plan, "its numbering plan"),
    ATTRIBUTE("text", TEXT, shift, text, "the holder as the source wrote it"),
    ATTRIBUTE("travel", INT, shift, travel, "minutes to come"),
    ATTRIBUTE("who", UUID, shift, holder, "the holder"),
};

static const struct field_spec member_fields[] = {
    POSITION(ORDER, member, order, "order"),
    ATTRIBUTE("text", TEXT, member, text, "in words"),
    ATTRIBUTE("to", UUID, member, entry, "entry"),
};

static const struct field_spec scenario_step_fields[] = {
    POSITION(ORDER, scenario_step, order, "order"),
    POSITION(TEXT, scenario_step, text, "in words"),
    ATTRIBUTE("to", UUID, scenario_step, entry, "whom to call"),
};

static const struct field_spec round_result_fields[] = {
    POSITION(UUID, round_result, contact, "contact point"),
    POSITION(INT, round_result, at, "when (UTC seconds)"),
    ATTRIBUTE("by", TEXT, round_result, by, "who"),
    ATTRIBUTE("is", TEXT, round_result, result, "result"),
};

static const struct line_spec entry_lines[] = {
    TEXTS("alias", entry, aliases, "Another name, or the words people type."),
    SINGLE("area", TEXT, entry, area, "Code: the site or building it serves."),
    LIST("away", entry, absences, absence_count, absence, "An absence."),
    SINGLE("bldg", TEXT, entry, building, "Building."),
    LIST("c", entry, contacts, contact_count, contact, "A contact point."),
    SINGLE("call-if", TEXT, entry, call_if, "When to call."),
    SINGLE("critical", FLAG, entry, critical, "Never removed or renumbered without a second word."),
    SINGLE("floor", TEXT, entry, floor, "Floor."),
    SINGLE("for", TEXT, entry, purpose, "Code: what it is for."),
    LIST("from", entry, origins, origin_count, origin, "Where an import found it."),
    LIST("held", entry, withheld, withheld_count, withheld,
         "How many contact points of an audience are not held here."),
    SINGLE("name", TEXT, entry, name, "Name."),
    LIST("next", entry, chain, chain_count, chain_step, "A next contact of the chain."),
    SINGLE("not-if", TEXT, entry, do_not_call_if, "When not to call."),
    LIST("note", entry, notes, note_count, note, "A note."),
    LIST("over", entry, overrides, override_count, override, "A temporary replacement number."),
    TEXTS("pin", entry, pinned, "A field of the head that a person set; imports leave it."),
    SINGLE_INT("rank", entry, rank, 500, "Rank, 0 to 999, smaller first; none: 500."),
    SINGLE("room", TEXT, entry, room, "Room."),
    TEXTS("serves", entry, serves, "Code of a site it serves beside its own."),
    SINGLE("site", TEXT, entry, site, "Code of its home site."),
    SINGLE("spec", TEXT, entry, speciality, "Person: speciality."),
    SINGLE("title", TEXT, entry, title, "Person: title."),
    SINGLE_WORDS("type", ENUM, entry, type, entry_type, ENTRY_TYPE_COUNT, "Type."),
    SINGLE("unit", TEXT, entry, unit, "Unit path, parts joined by \" / \"."),
    LIST("was", entry, former_names, former_name_count, former_name, "A former name."),
    LIST("wasno", entry, former_numbers, former_number_count, former_number,
         "A number that was its own."),
};

static const struct line_spec site_lines[] = {
    SINGLE("addr", TEXT, site, address, "Address."),
    TEXTS("alias", site, aliases, "Another name."),
    SINGLE("code", TEXT, site, code, "Code."),
    SINGLE("country", TEXT, site, country, "Country, ISO 3166 alpha-2."),
    SINGLE("group", TEXT, site, group, "Group of sites."),
    SINGLE("name", TEXT, site, name, "Name."),
    SINGLE("plan", TEXT, site, plan, "Its usual numbering plan."),
    SINGLE_INT("rank", site, rank, 500, "Rank, 0 to 999, smaller first; none: 500."),
    SINGLE("region", TEXT, site, region, "Region of public holidays."),
    SINGLE("swb", UUID, site, switchboard, "Entry of the switchboard."),
    SINGLE("swbno", TEXT, site, switchboard_number, "The switchboard as dialled inside."),
    SINGLE("zone", TEXT, site, zone, "Time zone, IANA name."),
};

static const struct line_spec plan_lines[] = {
    SINGLE("code", TEXT, plan, code, "Code."),
    SINGLE("country", TEXT, plan, country, "Whose public network it is on."),
    SINGLE("domain", TEXT, plan, domain, "Its PBX."),
    SINGLE("name", TEXT, plan, name, "Name."),
    SINGLE("out", TEXT, plan, outside_prefix, "Outside prefix."),
    LIST("range", plan, ranges, range_count, plan_range, "A range of extensions."),
    SINGLE("red", FLAG, plan, red, "The plan of red phones, separate from the PBX."),
    LIST("tie", plan, ties, tie_count, tie_line, "A tie line to another plan."),
};

static const struct line_spec domain_lines[] = {
    SINGLE("code", TEXT, domain, code, "Code."),
    SINGLE_WORDS("kind", ENUM, domain, kind, domain_kind, DOMAIN_KIND_COUNT, "Kind."),
    SINGLE("name", TEXT, domain, name, "Name."),
    TEXTS("needs", domain, needs, "Code of a domain it lives in or on."),
    SINGLE("probe", TEXT, domain, probe, "How the daemon may probe it."),
    SINGLE("site", TEXT, domain, site, "Code of its site."),
};

static const struct line_spec rule_lines[] = {
    SINGLE("domains", TEXT, rule, domains, "Failure domains, joined by commas."),
    SINGLE("high", TEXT, rule, high, "Last number."),
    SINGLE_WORDS("kind", ENUM, rule, kind, contact_kind, CONTACT_KIND_COUNT,
                 "Kind of contact point."),
    SINGLE("low", TEXT, rule, low, "First number."),
    SINGLE_INT("order", rule, order, 0, "The first that fits wins."),
    SINGLE("plan", TEXT, rule, plan, "Numbering plan."),
    SINGLE("site", TEXT, rule, site, "Code of the site."),
};

static const struct line_spec calendar_lines[] = {
    SINGLE("code", TEXT, calendar, code, "Code."),
    SINGLE("country", TEXT, calendar, country, "Country."),
    LIST("day", calendar, days, day_count, calendar_day, "A day that differs."),
    SINGLE("name", TEXT, calendar, name, "Name."),
    SINGLE("region", TEXT, calendar, region, "Region."),
};

static const struct line_spec rota_lines[] = {
    SINGLE_INT("made", rota, made, 0, "When its source wrote it (UTC seconds)."),
    SINGLE("role", UUID, rota, role, "Entry of the role."),
    LIST("shift", rota, shifts, shift_count, shift, "A shift."),
    SINGLE("source", TEXT, rota, source, "Where it comes from."),
    SINGLE("week", TEXT, rota, week, "ISO 8601 week."),
};

static const struct line_spec incident_lines[] = {
    SINGLE("by", TEXT, incident, by, "Who says so."),
    SINGLE("declared", FLAG, incident, declared, "Declared; else reported."),
    SINGLE_WORDS("dirs", SET, incident, directions, direction, DIRECTION_COUNT,
                 "Directions, joined by commas."),
    SINGLE("domain", TEXT, incident, domain, "Failure domain."),
    SINGLE_INT("ended", incident, ended, 0, "When it ended (UTC seconds)."),
    SINGLE("reason", TEXT, incident, reason, "Reason."),
    SINGLE_INT("since", incident, since, 0, "Since (UTC seconds)."),
    SINGLE_INT("until", incident, until, 0, "Expected until (UTC seconds)."),
};

static const struct line_spec group_lines[] = {
    LIST("m", group, members, member_count, member, "A member."),
    SINGLE("name", TEXT, group, name, "Name."),
    SINGLE("site", TEXT, group, site, "Code of its site."),
    SINGLE("type", TEXT, group, type, "Cascade or crisis cell."),
};

static const struct line_spec scenario_lines[] = {
    SINGLE("domain", TEXT, scenario, domain, "Failure domain."),
    SINGLE("name", TEXT, scenario, name, "Name."),
    LIST("step", scenario, steps, step_count, scenario_step, "What to do."),
};

static const struct line_spec exercise_lines[] = {
    SINGLE("broken", TEXT, exercise, broken,
           "Code of the failure domain whose real incident ended it."),
    SINGLE("by", TEXT, exercise, by, "Who runs it."),
    TEXTS("domain", exercise, domains, "A failure domain it plays."),
    SINGLE_INT("ended", exercise, ended, 0, "When it ended."),
    SINGLE_INT("from", exercise, from, 0, "From (UTC seconds)."),
    TEXTS("known", exercise, known,
          "UUID of a real incident that it began beside; \"?\" before it: reported, not declared."),
    SINGLE("name", TEXT, exercise, name, "Name."),
    TEXTS("terminal", exercise, terminals, "A terminal that takes part."),
    SINGLE_INT("until", exercise, until, 0, "Until (UTC seconds)."),
};

static const struct line_spec round_lines[] = {
    SINGLE_INT("every", round, every, 0, "Seconds between rounds."),
    SINGLE_INT("from", round, from, 0, "From (UTC seconds)."),
    SINGLE("group", UUID, round, group, "Group that is called."),
    SINGLE("name", TEXT, round, name, "Name."),
    LIST("res", round, results, result_count, round_result, "A result."),
    SINGLE("site", TEXT, round, site, "Code of its site."),
    SINGLE("type", TEXT, round, type, "Type."),
    SINGLE_INT("until", round, until, 0, "Until (UTC seconds)."),
};

static const struct line_spec print_lines[] = {
    SINGLE_INT("at", print, at, 0, "When it was printed (UTC seconds)."),
    SINGLE("by", TEXT, print, by, "Who printed it."),
    SINGLE_INT("rev", print, revision, 0, "Revision it shows."),
    SINGLE_INT("until", print, until, 0, "Valid until (UTC seconds)."),
    SINGLE("what", TEXT, print, what, "What it is."),
    SINGLE("where", TEXT, print, where, "Where it hangs."),
};

static const struct line_spec act_lines[] = {
    SINGLE("account", TEXT, act, account, "The account of the machine that wrote it."),
    SINGLE_INT("at", act, at, 0, "When (UTC seconds)."),
    SINGLE_INT("clock", act, clock, 0, "What the machine's clock said, where it was wrong."),
    SINGLE("initials", TEXT, act, initials, "Who, in initials."),
    TEXTS("p", act, payload, "A field, \"name=value\"."),
    SINGLE("subject", UUID, act, subject, "What it is about."),
    SINGLE("terminal", UUID, act, terminal, "Where it was written."),
    SINGLE("type", TEXT, act, type, "Type of act."),
};

static const struct kind_spec kinds[RECORD_KIND_COUNT] = {
    KIND(ENTRY, entry, "What one looks up: service, role, person, room, code, outside body."),
    KIND(SITE, site, "One hospital."),
    KIND(PLAN, plan, "A numbering plan: sets that dial each other short."),
    KIND(DOMAIN, domain, "A failure domain."),
    KIND(RULE, rule, "A domain rule: site, plan, kind and number range give failure domains."),
    KIND(CALENDAR, calendar, "Public holidays and exceptions that hours refer to."),
    KIND(ROTA, rota, "Who holds a role in one ISO week."),
    KIND(INCIDENT, incident, "A failure domain is down."),
    KIND(GROUP, group, "Cascade list or crisis cell."),
    KIND(SCENARIO, scenario, "What to do first when a domain fails."),
    KIND(EXERCISE, exercise, "A drill."),
    KIND(ROUND, round, "A test round, or a roll-call."),
    KIND(PRINT, print, "A sheet that left."),
    KIND(ACT, act, "What was written at a terminal: an immutable event."),
};

const struct kind_spec *kind_spec(enum record_kind kind) {
  return (int)kind >= 0 && kind < RECORD_KIND_COUNT && kinds[kind].lines ? &kinds[kind] : NULL;
}
