/* The record: golden bytes, what is refused, what survives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/record.h"
#include "core/record_table.h"

#define UUID_A "AAAAAAAAAAAAAAAAAAAAAQ"
#define UUID_B "AAAAAAAAAAAAAAAAAAAAAg"
#define HEAD "tocsin1\tentry\tpublic\t" UUID_A "\n"

static char *read_golden(const char *name, size_t *len) {
  char path[512];
  const char *top = getenv("TOCSIN_TOP");
  snprintf(path, sizeof path, "%s/tests/data/records/%s", top ? top : ".", name);
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  char *bytes = malloc(65536);
  assert_non_null(bytes);
  *len = fread(bytes, 1, 65536, f);
  fclose(f);
  return bytes;
}

static void assert_same_after_round_trip(const char *bytes, size_t len) {
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  struct record r;
  tc_status status = record_decode(&r, bytes, len, &arena, &err);
  if (status != TC_OK)
    print_error("row %ld: %s\n", err.row, err.text);
  assert_int_equal(status, TC_OK);
  assert_int_equal(record_encode(&r, &out, &err), TC_OK);
  assert_int_equal(out.len, len);
  assert_memory_equal(out.data, bytes, len);
  buffer_free(&out);
  arena_free(&arena);
}

static void golden_records_come_back_byte_for_byte(void **state) {
  (void)state;
  static const char *const names[] = {"entry-service", "entry-code", "entry-person", "entry-all",
                                      "site",          "plan",       "domain",       "rule",
                                      "calendar",      "rota",       "incident",     "group",
                                      "scenario",      "exercise",   "round",        "print",
                                      "act",           "sealed",     "newer-kind",   "newer-lines"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t len;
    char *bytes = read_golden(names[i], &len);
    assert_same_after_round_trip(bytes, len);
    free(bytes);
  }
}

static void every_fact_of_the_golden_service_is_read(void **state) {
  (void)state;
  size_t len;
  char *bytes = read_golden("entry-service", &len);
  struct arena arena = ARENA_INIT;
  struct record r;
  assert_int_equal(record_decode(&r, bytes, len, &arena, NULL), TC_OK);
  const struct entry *e = &r.entry;
  assert_int_equal(r.head.kind, RECORD_ENTRY);
  assert_int_equal(e->audience, AUDIENCE_PUBLIC);
  assert_int_equal(e->type, ENTRY_SERVICE);
  assert_string_equal(e->name, "Réanimation chirurgicale");
  assert_string_equal(e->site, "SAB");
  assert_string_equal(e->unit, "Pôle A / Réanimation");
  assert_string_equal(e->building, "Pav. Alma");
  assert_string_equal(e->floor, "2e");
  assert_string_equal(e->room, "");
  assert_int_equal(e->rank, 100);
  assert_true(e->critical);
  assert_int_equal(e->aliases.count, 2);
  assert_string_equal(e->aliases.items[0], "RCH");
  assert_int_equal(e->contact_count, 2);
  const struct contact *c = &e->contacts[1];
  assert_string_equal(c->number, "0199005240");
  assert_int_equal(c->kind, CONTACT_FAX);
  assert_int_equal(c->purposes, 1u << PURPOSE_RESULTS | 1u << PURPOSE_PRESCRIPTIONS);
  assert_string_equal(c->e164, "+33199005240");
  assert_string_equal(c->place, "couloir, porte 12");
  assert_int_equal(c->verified, 1759399200);
  assert_int_equal(e->chain_count, 2);
  assert_int_equal(e->chain[0].wait, 120);
  assert_int_equal(e->withheld_count, 1);
  assert_int_equal(e->withheld[0].audience, AUDIENCE_SWITCHBOARD);
  assert_int_equal(e->withheld[0].count, 1);
  free(bytes);
  arena_free(&arena);
}

static void what_breaks_the_grammar_is_refused_with_its_row(void **state) {
  (void)state;
  static const struct {
    const char *why, *bytes;
    long row;
  } cases[] = {
      {"not a record", "hello\n", 1},
      {"version zero", "tocsin0\tentry\tpublic\t" UUID_A "\n", 1},
      {"no audience", "tocsin1\tentry\t\t" UUID_A "\n", 1},
      {"unknown audience", "tocsin1\tentry\tsecret\t" UUID_A "\n", 1},
      {"nil UUID", "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAA\n", 1},
      {"UUID with bits left over", "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAB\n", 1},
      {"header without end", "tocsin1\tentry\tpublic\t" UUID_A, 1},
      {"line without end", HEAD "name\tA", 2},
      {"lines out of order", HEAD "site\tSAB\nname\tA\n", 3},
      {"a line twice", HEAD "alias\tx\nalias\tx\n", 3},
      {"a single line twice", HEAD "name\tA\nname\tB\n", 3},
      {"an empty name", HEAD "name\t\n", 2},
      {"a name with two fields", HEAD "name\tA\tB\n", 2},
      {"an empty line", HEAD "\n", 2},
      {"tag in capitals", HEAD "Name\tA\n", 2},
      {"wrong escape", HEAD "name\ta\\x\n", 2},
      {"escape at the end", HEAD "name\ta\\\n", 2},
      {"wrong escape in an unknown line", HEAD "zz\ta\\x\n", 2},
      {"order of two digits", HEAD "c\t00\t" UUID_B "\t4731\n", 2},
      {"contact without number", HEAD "c\t000\t" UUID_B "\n", 2},
      {"attributes out of order", HEAD "c\t000\t" UUID_B "\t4731\tplan=A\tkind=ddi\n", 2},
      {"attribute twice", HEAD "c\t000\t" UUID_B "\t4731\tplan=A\tplan=A\n", 2},
      {"empty attribute", HEAD "c\t000\t" UUID_B "\t4731\tplan=\n", 2},
      {"attribute without name", HEAD "c\t000\t" UUID_B "\t4731\t=x\n", 2},
      {"a time of zero", HEAD "c\t000\t" UUID_B "\t4731\tuntil=0\n", 2},
      {"a time with a leading zero", HEAD "c\t000\t" UUID_B "\t4731\tuntil=01\n", 2},
      {"a mark that is not 1", HEAD "c\t000\t" UUID_B "\t4731\tmask=2\n", 2},
      {"words of a set out of order", HEAD "c\t000\t" UUID_B "\t4731\tfor=routine,urgent\n", 2},
      {"a rank that says nothing", HEAD "rank\t500\n", 2},
      {"a number too long", HEAD "rank\t1234567890123456\n", 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct arena arena = ARENA_INIT;
    struct tc_error err = {.status = TC_OK};
    struct record r;
    tc_status status = record_decode(&r, cases[i].bytes, strlen(cases[i].bytes), &arena, &err);
    if (status != TC_INVALID || err.row != cases[i].row)
      print_error("%s: status %d, row %ld, %s\n", cases[i].why, (int)status, err.row, err.text);
    assert_int_equal(status, TC_INVALID);
    assert_int_equal(err.row, cases[i].row);
    assert_true(err.text[0]);
    arena_free(&arena);
  }
}

static void bytes_that_are_not_utf8_are_refused(void **state) {
  (void)state;
  static const char latin[] = HEAD "name\tR\xe9"
                                   "a\n";
  static const char nul[] = HEAD "name\tR\0a\n";
  struct arena arena = ARENA_INIT;
  struct record r;
  assert_int_equal(record_decode(&r, latin, sizeof latin - 1, &arena, NULL), TC_INVALID);
  assert_int_equal(record_decode(&r, nul, sizeof nul - 1, &arena, NULL), TC_INVALID);
  assert_int_equal(record_decode(&r, NULL, 0, &arena, NULL), TC_INVALID);
  arena_free(&arena);
}

static void a_newer_version_is_told_apart_from_damage(void **state) {
  (void)state;
  static const char bytes[] = "tocsin2\tentry\tpublic\t" UUID_A "\n";
  struct arena arena = ARENA_INIT;
  struct record r;
  assert_int_equal(record_decode(&r, bytes, sizeof bytes - 1, &arena, NULL), TC_NEWER);
  arena_free(&arena);
}

static void a_kind_of_contact_that_is_not_known_keeps_its_number(void **state) {
  (void)state;
  static const char bytes[] = HEAD "c\t000\t" UUID_B "\t4731\tkind=hologram\tplan=SAB\n";
  struct arena arena = ARENA_INIT;
  struct record r;
  assert_int_equal(record_decode(&r, bytes, sizeof bytes - 1, &arena, NULL), TC_OK);
  assert_int_equal(r.entry.contact_count, 1);
  assert_string_equal(r.entry.contacts[0].number, "4731");
  assert_string_equal(r.entry.contacts[0].plan, "SAB");
  assert_int_equal(r.entry.contacts[0].kind, CONTACT_OTHER);
  assert_same_after_round_trip(bytes, sizeof bytes - 1);
  arena_free(&arena);
}

static void a_known_word_set_later_replaces_the_unknown_one(void **state) {
  (void)state;
  static const char before[] = HEAD "c\t000\t" UUID_B "\t4731\tkind=hologram\tplan=SAB\n";
  static const char after[] = HEAD "c\t000\t" UUID_B "\t4731\tkind=ddi\tplan=SAB\n";
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct record r;
  assert_int_equal(record_decode(&r, before, sizeof before - 1, &arena, NULL), TC_OK);
  struct contact changed = r.entry.contacts[0];
  changed.kind = CONTACT_DDI;
  r.entry.contacts = &changed;
  assert_int_equal(record_encode(&r, &out, NULL), TC_OK);
  assert_string_equal(out.data, after);
  buffer_free(&out);
  arena_free(&arena);
}

static void text_with_tabs_newlines_and_backslashes_survives(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct record r = {.head = {.version = 1, .kind = RECORD_ENTRY, .audience = AUDIENCE_CLINICAL}};
  struct record back;
  r.head.uuid.b[15] = 1;
  r.entry.name = "a\tb\nc\\d\\n";
  r.entry.rank = 500;
  assert_int_equal(record_encode(&r, &out, NULL), TC_OK);
  assert_string_equal(out.data,
                      "tocsin1\tentry\tclinical\t" UUID_A "\nname\ta\\tb\\nc\\\\d\\\\n\n");
  assert_int_equal(record_decode(&back, out.data, out.len, &arena, NULL), TC_OK);
  assert_string_equal(back.entry.name, "a\tb\nc\\d\\n");
  buffer_free(&out);
  arena_free(&arena);
}

static void what_cannot_be_written_is_refused_and_leaves_the_buffer(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct record r = {.head = {.version = 1, .kind = RECORD_ENTRY, .audience = AUDIENCE_PUBLIC}};
  buffer_add_text(&out, "before");
  assert_int_equal(record_encode(&r, &out, NULL), TC_INVALID); /* no UUID */
  r.head.uuid.b[0] = 1;
  r.entry.rank = 500;
  r.entry.name = "R\xe9"
                 "a";
  assert_int_equal(record_encode(&r, &out, NULL), TC_INVALID); /* not UTF-8 */
  struct contact c = {.order = 1000, .number = "1"};
  c.uuid.b[0] = 1;
  r.entry.name = "";
  r.entry.contacts = &c;
  r.entry.contact_count = 1;
  assert_int_equal(record_encode(&r, &out, NULL), TC_INVALID); /* order out of range */
  c.order = 0;
  c.uuid.b[0] = 0;
  assert_int_equal(record_encode(&r, &out, NULL), TC_INVALID); /* a contact without UUID */
  assert_string_equal(out.data, "before");
  buffer_free(&out);
}

static void the_table_is_sorted_as_the_bytes_are(void **state) {
  (void)state;
  for (int k = 0; k < RECORD_KIND_COUNT; k++) {
    const struct kind_spec *kind = kind_spec((enum record_kind)k);
    for (size_t i = 0; kind && i < kind->line_count; i++) {
      const struct line_spec *line = &kind->lines[i];
      assert_true(line->meaning && line->meaning[0]);
      if (i)
        assert_true(strcmp(kind->lines[i - 1].tag, line->tag) < 0);
      for (size_t f = 1; f < line->field_count; f++) {
        assert_false(!line->fields[f].name && line->fields[f - 1].name);
        if (line->fields[f - 1].name)
          assert_true(strcmp(line->fields[f - 1].name, line->fields[f].name) < 0);
      }
    }
  }
}

static void the_manual_names_every_line(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  record_describe(&out);
  for (int k = 0; k < RECORD_KIND_COUNT; k++) {
    const struct kind_spec *kind = kind_spec((enum record_kind)k);
    for (size_t i = 0; kind && i < kind->line_count; i++) {
      char want[64];
      snprintf(want, sizeof want, "\n.B %s\n", kind->lines[i].tag);
      assert_non_null(strstr(buffer_text(&out), want));
    }
  }
  buffer_free(&out);
}

static void the_parts_of_an_entry_become_one(void **state) {
  (void)state;
  static const char public_part[] = HEAD "c\t001\t" UUID_A "\t4731\tplan=SAB\n"
                                         "held\tswitchboard\t1\nname\tA\n";
  static const char desk_part[] = "tocsin1\tentry\tswitchboard\t" UUID_A "\n"
                                  "c\t000\t" UUID_B "\t0639981234\te=+33639981234\tmask=1\n"
                                  "wasno\t0639980000\n";
  struct arena arena = ARENA_INIT;
  struct record a, b;
  struct entry merged;
  assert_int_equal(record_decode(&a, public_part, sizeof public_part - 1, &arena, NULL), TC_OK);
  assert_int_equal(record_decode(&b, desk_part, sizeof desk_part - 1, &arena, NULL), TC_OK);
  struct entry parts[] = {b.entry, a.entry};
  assert_int_equal(entry_merge(&merged, parts, 2, &arena, NULL), TC_OK);
  assert_string_equal(merged.name, "A");
  assert_int_equal(merged.audience, AUDIENCE_PUBLIC);
  assert_int_equal(merged.contact_count, 2);
  assert_string_equal(merged.contacts[0].number, "0639981234");
  assert_int_equal(merged.contacts[0].audience, AUDIENCE_SWITCHBOARD);
  assert_int_equal(merged.contacts[1].audience, AUDIENCE_PUBLIC);
  assert_int_equal(merged.former_number_count, 1);
  assert_string_equal(merged.former_numbers[0].number, "0639980000");
  arena_free(&arena);
}

static void what_is_here_is_not_counted_as_withheld(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  const struct withheld held[] = {{.audience = AUDIENCE_SWITCHBOARD, .count = 1},
                                  {.audience = AUDIENCE_RESTRICTED, .count = 2}};
  const struct entry parts[] = {
      {.audience = AUDIENCE_PUBLIC, .name = "A", .withheld = held, .withheld_count = 2},
      {.audience = AUDIENCE_SWITCHBOARD, .name = ""}};
  struct entry merged;
  assert_int_equal(entry_merge(&merged, parts, 1, &arena, NULL), TC_OK);
  assert_int_equal(merged.withheld_count, 2);
  assert_int_equal(entry_merge(&merged, parts, 2, &arena, NULL), TC_OK);
  assert_int_equal(merged.withheld_count, 1);
  assert_int_equal(merged.withheld[0].audience, AUDIENCE_RESTRICTED);
  assert_int_equal(merged.withheld[0].count, 2);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_records_come_back_byte_for_byte),
      cmocka_unit_test(every_fact_of_the_golden_service_is_read),
      cmocka_unit_test(what_breaks_the_grammar_is_refused_with_its_row),
      cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
      cmocka_unit_test(a_newer_version_is_told_apart_from_damage),
      cmocka_unit_test(a_kind_of_contact_that_is_not_known_keeps_its_number),
      cmocka_unit_test(a_known_word_set_later_replaces_the_unknown_one),
      cmocka_unit_test(text_with_tabs_newlines_and_backslashes_survives),
      cmocka_unit_test(what_cannot_be_written_is_refused_and_leaves_the_buffer),
      cmocka_unit_test(the_table_is_sorted_as_the_bytes_are),
      cmocka_unit_test(the_manual_names_every_line),
      cmocka_unit_test(the_parts_of_an_entry_become_one),
      cmocka_unit_test(what_is_here_is_not_counted_as_withheld),
  };
  return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
