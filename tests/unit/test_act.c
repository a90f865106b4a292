/* Acts: their grammar, their table, and how each is folded into an entry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/act.h"

enum { NOW = 1795680840 };

static struct uuid id(uint8_t n) {
  return (struct uuid){{[15] = n}};
}

static struct act blank(const char *type, uint8_t n) {
  return (struct act){.uuid = id(n),
                      .audience = AUDIENCE_CLINICAL,
                      .type = type,
                      .terminal = id(200),
                      .subject = id(1),
                      .account = "ward",
                      .initials = "NE",
                      .at = NOW + n};
}

static struct act note(struct arena *arena, uint8_t n) {
  struct act act = blank("note", n);
  act_put(&act, arena, "text", "call back");
  return act;
}

static struct act override(struct arena *arena, uint8_t n, uint8_t contact) {
  struct act act = blank("override", n);
  struct uuid of = id(contact);
  act_put_uuid(&act, arena, "contact", &of);
  act_put(&act, arena, "number", "0639980001");
  act_put(&act, arena, "e164", "+33639980001");
  act_put_int(&act, arena, "until", NOW + 3600);
  return act;
}

static struct act absence(struct arena *arena, uint8_t n, uint8_t cover, const char *text) {
  struct act act = blank("absence", n);
  struct uuid of = id(cover);
  if (cover)
    act_put_uuid(&act, arena, "cover", &of);
  act_put(&act, arena, "text", text);
  act_put_int(&act, arena, "until", NOW + 86400);
  return act;
}

static struct act withdrawal(struct arena *arena, uint8_t n, uint8_t of) {
  struct act act = blank("withdrawal", n);
  struct uuid uuid = id(of);
  act_put_uuid(&act, arena, "act", &uuid);
  return act;
}

static struct act_held held(struct act act) {
  return (struct act_held){.act = act, .state = ACT_PENDING, .reason = ""};
}

static const struct contact contacts[] = {{.uuid = {{[15] = 50}},
                                           .number = "7731",
                                           .plan = "SAB",
                                           .label = "",
                                           .hours = "",
                                           .place = "",
                                           .how = ""}};
static const struct note old_notes[] = {{.uuid = {{[15] = 40}}, .by = "", .text = "old"}};

static struct entry icu(void) {
  return (struct entry){.uuid = id(1),
                        .name = "ICU",
                        .unit = "",
                        .building = "",
                        .floor = "2",
                        .room = "",
                        .contacts = contacts,
                        .contact_count = 1,
                        .notes = old_notes,
                        .note_count = 1};
}

static void fold(struct entry *e, const struct act_held *acts, size_t count, enum act_tier tier,
                 struct arena *arena) {
  struct tc_error err = {.status = TC_OK};
  if (act_fold(e, acts, count, 7, tier, arena, &err) != TC_OK)
    fail_msg("%s", err.text);
}

static void the_golden_act_is_read_and_written_back(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct buffer file = BUFFER_INIT, again = BUFFER_INIT;
  struct act act;
  char path[1024];
  const char *top = getenv("TOCSIN_TOP");
  snprintf(path, sizeof path, "%s/tests/data/records/act", top ? top : ".");
  assert_int_equal(file_read(&file, path, 4096, NULL), TC_OK);
  assert_int_equal(act_decode(&act, file.data, file.len, &arena, NULL), TC_OK);
  assert_int_equal(act_kind_of(&act), ACT_KIND_NOTE);
  assert_string_equal(act.account, "ward");
  assert_int_equal(act.clock - act.at, 10);
  assert_string_equal(act_get(&act, "text"), "rappeler");
  assert_int_equal(act_get_int(&act, "until"), 1795684440);
  assert_string_equal(act_get(&act, "tex"), "");
  assert_int_equal(act_encode(&act, &again, NULL), TC_OK);
  assert_int_equal(again.len, file.len);
  assert_memory_equal(again.data, file.data, file.len);
  buffer_free(&file);
  buffer_free(&again);
  arena_free(&arena);
}

static void every_kind_has_a_row_with_its_word_and_its_fields_in_order(void **state) {
  (void)state;
  size_t count;
  const struct act_rule *table = act_table(&count);
  assert_int_equal(count, ACT_KIND_COUNT - 1);
  for (size_t i = 0; i < count; i++) {
    struct act act = {.type = table[i].word};
    assert_int_equal(table[i].kind, i + 1);
    assert_int_equal(act_kind_of(&act), table[i].kind);
    assert_ptr_equal(act_rule(table[i].kind), &table[i]);
    assert_non_null(table[i].fields[0].name);
  }
  for (int s = 0; s < ACT_STATE_COUNT; s++)
    assert_int_equal(act_state_from_word(act_state_word((enum act_state)s)), s);
  assert_int_equal(act_state_from_word("no such"), -1);
  assert_null(act_rule(ACT_KIND_OTHER));
}

/* The walls that matter, whatever else the table says. */
static void
a_public_terminal_changes_no_number_and_no_field_is_changed_without_a_person(void **state) {
  (void)state;
  assert_int_not_equal(act_rule(ACT_KIND_OVERRIDE)->course[TIER_PUBLIC], COURSE_APPLIED);
  assert_int_not_equal(act_rule(ACT_KIND_WITHDRAWAL)->course[TIER_PUBLIC], COURSE_APPLIED);
  for (int tier = TIER_PUBLIC; tier < TIER_ADMIN; tier++)
    assert_int_equal(act_rule(ACT_KIND_SUGGESTION)->course[tier], COURSE_SUGGESTED);
}

static void what_breaks_the_grammar_is_told_in_words(void **state) {
  (void)state;
  static const struct {
    const char *type, *payload, *why;
  } cases[] = {
      {"note", "", "text is missing"},
      {"note", "text=", "text cannot be"},
      {"note", "text=a\nb", "text cannot be"},
      {"note",
       "text=a\xe2\x80\xae"
       "b",
       "text cannot be"},
      {"note",
       "text=a\xe2\x80\x8b"
       "b",
       "text cannot be"}, /* a zero-width space: looks like "ab", and is not */
      {"note",
       "text=a\xc2\xad"
       "b",
       "text cannot be"},
      {"override",
       "number=77\xef\xbb\xbf"
       "31|until=1795690000",
       "number cannot be"},
      {"suggestion", "field=name|now=\xe2\x81\xa0x", "now cannot be"},
      {"note", "text=a|text=b", "text stands twice"},
      {"note", "text=a|until=soon", "until cannot be"},
      {"note", "text=a|until=1", "over before"},
      {"note", "text=a|until=01795680999", "until cannot be"},
      {"absence", "text=x", "until is missing"},
      {"absence", "until=1795690000|since=1795690000", "over before it begins"},
      {"absence", "until=1795690000|cover=AAAAAAAAAAAAAAAAAAAAAQ", "stands in for themselves"},
      {"override", "number=1|e164=x", "until is missing"},
      {"override", "until=1795690000", "number is missing"},
      {"override", "number=1|until=1795690000|kind=trumpet", "kind cannot be"},
      {"override", "number=1|until=1795690000|contact=x", "contact cannot be"},
      {"suggestion", "now=x", "field is missing"},
      {"suggestion", "field=uuid|now=x", "field cannot be"},
      {"suggestion", "field=name|was=x|now=x", "that is what it says"},
      {"suggestion", "field=number|now=x", "of which contact point"},
      {"suggestion", "field=name|now=x|contact=AAAAAAAAAAAAAAAAAAAAAg", "not of a contact point"},
      {"attempt", "number=1", "result is missing"},
      {"attempt", "result=maybe", "result cannot be"},
      {"withdrawal", "text=a", "act is missing"},
      {"withdrawal", "act=AAAAAAAAAAAAAAAAAAAAAA", "act cannot be"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct act act = blank(cases[i].type, 9);
    struct tc_error err = {.status = TC_OK};
    char text[256], *at = text, *part;
    const char *items[4];
    size_t count = 0;
    snprintf(text, sizeof text, "%s", cases[i].payload);
    while (*cases[i].payload && (part = strsep(&at, "|")) != NULL)
      items[count++] = part;
    act.payload = (struct text_list){items, count};
    assert_int_equal(act_check(&act, &err), TC_INVALID);
    if (!strstr(err.text, cases[i].why))
      fail_msg("%s %s: \"%s\" does not say \"%s\"", cases[i].type, cases[i].payload, err.text,
               cases[i].why);
  }
}

/* What the directory holds is named as it stands, or it could not be corrected; initials are not.
 */
static void what_nobody_sees_is_not_written_and_can_be_corrected(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act act = blank("suggestion", 9), call = blank("attempt", 8);
  act_put(&act, &arena, "field", "name");
  act_put(&act, &arena, "now", "ab");
  act_put(&act, &arena, "was",
          "a\xc2\xad"
          "b");
  assert_int_equal(act_check(&act, NULL), TC_OK);
  act_put(&call, &arena, "result", "busy");
  act_put(&call, &arena, "number",
          "s\xe2\x80\x8b"
          "1@nord.sante.example");
  assert_int_equal(act_check(&call, NULL), TC_OK);
  act.initials = "j\xe2\x80\x8b"
                 "d";
  assert_int_equal(act_check(&act, NULL), TC_INVALID);
  arena_free(&arena);
}

static void an_act_of_a_newer_version_is_kept_and_folded_into_nothing(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act act = blank("séance", 9);
  act_put(&act, &arena, "whatever", "x");
  assert_int_equal(act_check(&act, NULL), TC_OK);
  struct act_held acts[] = {held(act)};
  struct entry e = icu();
  fold(&e, acts, 1, TIER_RESTRICTED, &arena);
  assert_int_equal(e.note_count, 1);
  assert_int_equal(e.beside_count, 0);
  arena_free(&arena);
}

static void a_note_stands_behind_the_confirmed_ones_and_says_that_it_is_not(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(note(&arena, 9))};
  struct entry e = icu();
  fold(&e, acts, 1, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 2);
  assert_string_equal(e.notes[0].text, "old");
  assert_false(e.notes[0].pending);
  assert_string_equal(e.notes[1].text, "call back");
  assert_string_equal(e.notes[1].by, "NE");
  assert_true(e.notes[1].pending);
  assert_int_equal(e.beside_count, 0);
  arena_free(&arena);
}

/* Whatever comes first, the state is one: of two that disagree the later counts, both are there. */
static void absences_fold_alike_in_every_order_and_the_last_word_counts(void **state) {
  (void)state;
  static const uint8_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  static const struct absence told[] = {
      {.uuid = {{[15] = 41}}, .at = NOW - 9, .from = NOW - 9, .by = "", .text = "told"},
      {.from = NOW - 9, .until = NOW, .by = "", .text = "over"}};
  struct arena arena = ARENA_INIT;
  const struct absence *now[4];
  const struct act_held all[] = {held(absence(&arena, 9, 60, "first")),
                                 held(absence(&arena, 11, 61, "last")),
                                 held(withdrawal(&arena, 12, 9))};
  for (int o = 0; o < 6; o++) {
    struct act_held acts[3];
    struct entry e = icu();
    e.absences = told;
    e.absence_count = 2;
    for (int i = 0; i < 3; i++)
      acts[i] = all[orders[o][i]];
    fold(&e, acts, 3, TIER_SWITCHBOARD, &arena);
    fold(&e, acts, 3, TIER_SWITCHBOARD, &arena);
    assert_int_equal(e.absence_count, 3);
    assert_int_equal(e.beside_count, 0);
    assert_int_equal(entry_absences(&e, NOW + 60, true, now, 4), 2);
    assert_string_equal(now[0]->text, "last");
    assert_true(now[0]->pending);
    assert_int_equal(now[0]->covered_by.b[15], 61);
    assert_string_equal(now[0]->by, "NE");
    assert_int_equal(now[0]->from, NOW + 11);
    assert_string_equal(now[1]->text, "told");
    assert_int_equal(entry_absences(&e, NOW + 60, true, now, 1), 1);
    assert_string_equal(now[0]->text, "last");
    assert_int_equal(entry_absences(&e, NOW + 86500, true, now, 4), 1);
    assert_string_equal(now[0]->text, "told");
    /* a clock that is wrong ends none */
    assert_int_equal(entry_absences(&e, NOW + 86500, false, now, 4), 3);
  }
  /* back again: a switchboard takes back what the directory holds; a ward, what is its own */
  struct act_held back[] = {held(withdrawal(&arena, 13, 41))};
  for (int tier = TIER_CLINICAL; tier <= TIER_SWITCHBOARD; tier++) {
    struct entry e = icu();
    e.absences = told;
    e.absence_count = 2;
    fold(&e, back, 1, (enum act_tier)tier, &arena);
    assert_int_equal(e.absence_count, tier == TIER_CLINICAL ? 2 : 1);
    assert_int_equal(e.beside_count, 1);
  }
  /* a ward proposes: nothing changes, and it stands beside */
  struct entry e = icu();
  fold(&e, all, 1, TIER_CLINICAL, &arena);
  assert_int_equal(e.absence_count, 0);
  assert_int_equal(e.beside_count, 1);
  arena_free(&arena);
}

static void what_only_proposes_changes_nothing_and_stands_beside(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(note(&arena, 9)), held(override(&arena, 10, 50))};
  struct entry e = icu();
  fold(&e, acts, 2, TIER_PUBLIC, &arena);
  assert_int_equal(e.note_count, 1);
  assert_int_equal(e.override_count, 0);
  assert_int_equal(e.beside_count, 2);
  e = icu();
  acts[1].state = ACT_WAITS; /* the source said so, whatever this terminal thinks it may do */
  fold(&e, acts, 2, TIER_SWITCHBOARD, &arena);
  assert_int_equal(e.override_count, 0);
  assert_int_equal(e.beside_count, 1);
  arena_free(&arena);
}

static void a_temporary_number_of_a_contact_point_that_is_gone_is_none(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(override(&arena, 9, 50)), held(override(&arena, 10, 51))};
  struct entry e = icu();
  fold(&e, acts, 2, TIER_SWITCHBOARD, &arena);
  assert_int_equal(e.override_count, 1);
  assert_true(e.overrides[0].pending);
  assert_string_equal(e.overrides[0].number, "0639980001");
  assert_int_equal(e.beside_count, 1); /* and it is not hidden */
  arena_free(&arena);
}

static void an_applied_act_is_shown_until_the_cache_is_at_its_revision(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(note(&arena, 9))};
  acts[0].state = ACT_APPLIED;
  acts[0].revision = 8;
  struct entry e = icu();
  fold(&e, acts, 1, TIER_PUBLIC, &arena); /* a person accepted it */
  assert_int_equal(e.note_count, 2);
  acts[0].revision = 7;
  e = icu();
  fold(&e, acts, 1, TIER_PUBLIC, &arena);
  assert_int_equal(e.note_count, 1);
  arena_free(&arena);
}

static void who_wrote_it_takes_it_back_and_a_ward_takes_back_nothing_of_others(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held own[] = {held(withdrawal(&arena, 10, 9)), held(note(&arena, 9))};
  struct entry e = icu();
  fold(&e, own, 2, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 1);
  assert_int_equal(e.beside_count, 0); /* nobody ever saw it */

  struct act_held others[] = {held(withdrawal(&arena, 10, 40))};
  e = icu();
  fold(&e, others, 1, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 1);
  fold(&e, others, 1, TIER_SWITCHBOARD, &arena);
  assert_int_equal(e.note_count, 0);
  assert_int_equal(e.beside_count, 1); /* all others still see the note */

  struct act_held confirmed[] = {held(withdrawal(&arena, 10, 40)), held(note(&arena, 40))};
  confirmed[1].state = ACT_APPLIED;
  confirmed[1].revision = 3; /* own, and in the cache by now */
  e = icu();
  fold(&e, confirmed, 2, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 0);
  arena_free(&arena);
}

static void a_suggestion_is_heard_when_the_field_says_so(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act act = blank("suggestion", 9);
  act_put(&act, &arena, "field", "floor");
  act_put(&act, &arena, "was", "2");
  act_put(&act, &arena, "now", "3");
  struct act_held acts[] = {held(act)};
  struct entry e = icu();
  fold(&e, acts, 1, TIER_CLINICAL, &arena);
  assert_int_equal(e.beside_count, 1);
  assert_string_equal(e.floor, "2");
  e.floor = "3";
  fold(&e, acts, 1, TIER_CLINICAL, &arena);
  assert_int_equal(e.beside_count, 0);
  arena_free(&arena);
}

static struct act attempt(struct arena *arena, uint8_t n, uint8_t contact, const char *result) {
  struct act act = blank("attempt", n);
  struct uuid of = id(contact);
  act_put_uuid(&act, arena, "contact", &of);
  act_put(&act, arena, "result", result);
  return act;
}

static void a_try_stays_where_it_was_made_whatever_the_source_says(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(attempt(&arena, 11, 50, "busy")),
                            held(attempt(&arena, 9, 50, "no-answer")),
                            held(attempt(&arena, 10, 51, "answered"))};
  acts[1].state = ACT_REFUSED;
  acts[2].state = ACT_APPLIED;
  acts[2].revision = 3;
  struct entry e = icu();
  fold(&e, acts, 3, TIER_PUBLIC, &arena);
  assert_int_equal(e.attempt_count, 3); /* by time */
  assert_int_equal(e.attempts[0].result, ATTEMPT_NO_ANSWER);
  assert_int_equal(e.attempts[1].result, ATTEMPT_ANSWERED);
  assert_int_equal(e.attempts[2].result, ATTEMPT_BUSY);
  assert_string_equal(e.attempts[2].by, "NE");
  assert_true(e.attempts[2].pending);
  assert_false(e.attempts[1].pending);
  assert_int_equal(e.beside_count, 0);
  struct act_held taken_back[] = {held(attempt(&arena, 9, 50, "busy")),
                                  held(withdrawal(&arena, 10, 9))};
  e = icu();
  fold(&e, taken_back, 2, TIER_PUBLIC, &arena);
  assert_int_equal(e.attempt_count, 0);
  arena_free(&arena);
}

/* What was tried is nobody's reachability: the contact points stand as they stood. */
static void a_try_changes_no_contact_point(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(attempt(&arena, 9, 50, "wrong-number"))};
  struct entry e = icu();
  fold(&e, acts, 1, TIER_SWITCHBOARD, &arena);
  assert_ptr_equal(e.contacts, contacts);
  assert_int_equal(e.contact_count, 1);
  assert_int_equal(e.note_count, 1);
  arena_free(&arena);
}

static struct act test_of(struct arena *arena, uint8_t n, int64_t at, const char *result) {
  struct act act = blank("test", n);
  struct uuid contact = contacts[0].uuid;
  act.at = at;
  act_put_uuid(&act, arena, "contact", &contact);
  act_put(&act, arena, "result", result);
  if (strcmp(result, "works") != 0)
    act_put(&act, arena, "text", "tested: silent");
  assert_int_equal(act_check(&act, NULL), TC_OK);
  return act;
}

static void a_test_of_the_wrong_set_is_taken_back(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act works = test_of(&arena, 10, 60, "works"), back = blank("withdrawal", 12);
  act_put_int(&works, &arena, "was", 40);
  act_put_uuid(&back, &arena, "act", &works.uuid);
  back.at = 61;
  struct act_held acts[] = {held(works), held(back)};
  struct entry e = icu();
  fold(&e, acts, 2, TIER_CLINICAL, &arena);
  assert_int_equal(e.contacts[0].verified, 0); /* it never was */
  assert_true(act_is_withdrawn(acts, 2, &works.uuid));
  assert_false(act_is_withdrawn(acts, 2, &back.uuid));
  acts[0].state = ACT_APPLIED; /* the directory holds it, and the withdrawal is under way */
  acts[0].revision = 1;
  struct contact verified = contacts[0];
  verified.verified = 60;
  verified.verified_how = "test";
  e = icu();
  e.contacts = &verified;
  e.contact_count = 1;
  fold(&e, acts, 2, TIER_CLINICAL, &arena);
  assert_int_equal(e.contacts[0].verified, 40);
  verified.verified = 70; /* tested since: nothing to take back */
  e = icu();
  e.contacts = &verified;
  e.contact_count = 1;
  fold(&e, acts, 2, TIER_CLINICAL, &arena);
  assert_int_equal(e.contacts[0].verified, 70);
  acts[1].state = ACT_REFUSED;
  assert_false(act_is_withdrawn(acts, 2, &works.uuid));
  arena_free(&arena);
}

static void what_works_is_verified_and_what_does_not_is_a_note_until_it_works(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held acts[] = {held(test_of(&arena, 9, 50, "silent")),
                            held(test_of(&arena, 10, 60, "works")),
                            held(test_of(&arena, 11, 70, "gone"))};
  struct entry e = icu();
  fold(&e, acts, 1, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 2);
  assert_string_equal(e.notes[1].text, "tested: silent");
  assert_true(e.notes[1].pending);
  assert_ptr_equal(e.contacts, contacts);
  e = icu();
  fold(&e, acts, 2, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 1);
  assert_int_equal(e.contacts[0].verified, 60);
  assert_string_equal(e.contacts[0].verified_how, "test");
  assert_int_equal(contacts[0].verified, 0);
  e = icu();
  fold(&e, acts, 3, TIER_CLINICAL, &arena);
  assert_int_equal(e.note_count, 2); /* it failed again */
  e = icu();
  fold(&e, acts, 3, TIER_PUBLIC, &arena); /* proposes */
  assert_int_equal(e.note_count, 1);
  assert_int_equal(e.contacts[0].verified, 0);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_golden_act_is_read_and_written_back),
      cmocka_unit_test(every_kind_has_a_row_with_its_word_and_its_fields_in_order),
      cmocka_unit_test(
          a_public_terminal_changes_no_number_and_no_field_is_changed_without_a_person),
      cmocka_unit_test(what_breaks_the_grammar_is_told_in_words),
      cmocka_unit_test(what_nobody_sees_is_not_written_and_can_be_corrected),
      cmocka_unit_test(an_act_of_a_newer_version_is_kept_and_folded_into_nothing),
      cmocka_unit_test(a_note_stands_behind_the_confirmed_ones_and_says_that_it_is_not),
      cmocka_unit_test(absences_fold_alike_in_every_order_and_the_last_word_counts),
      cmocka_unit_test(what_only_proposes_changes_nothing_and_stands_beside),
      cmocka_unit_test(a_temporary_number_of_a_contact_point_that_is_gone_is_none),
      cmocka_unit_test(an_applied_act_is_shown_until_the_cache_is_at_its_revision),
      cmocka_unit_test(who_wrote_it_takes_it_back_and_a_ward_takes_back_nothing_of_others),
      cmocka_unit_test(a_suggestion_is_heard_when_the_field_says_so),
      cmocka_unit_test(a_try_stays_where_it_was_made_whatever_the_source_says),
      cmocka_unit_test(a_try_changes_no_contact_point),
      cmocka_unit_test(a_test_of_the_wrong_set_is_taken_back),
      cmocka_unit_test(what_works_is_verified_and_what_does_not_is_a_note_until_it_works),
  };
  return cmocka_run_group_tests_name("act", tests, NULL, NULL);
}
