/* Phone numbers, by tables that a telecoms manager can read and correct. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/phone.h"
#include "tests/lib/cases.h"

/* ---- tests/data/phone_read.tsv -----------------------------------------------------------------
 */

static const char *form_word(enum phone_form form) {
  switch (form) {
  case PHONE_UNREADABLE:
    return "unreadable";
  case PHONE_PLACEHOLDER:
    return "nothing";
  case PHONE_E164_FORM:
    return "public";
  case PHONE_SHORT:
    return "short";
  case PHONE_INTERNAL:
    return "internal";
  }
  return "?";
}

static const char *reason_word(enum phone_reason reason) {
  static const char *const words[PHONE_REASON_COUNT] = {
      [PHONE_FINE] = "",
      [PHONE_EMPTY] = "empty",
      [PHONE_NO_DIGITS] = "no digits",
      [PHONE_TOO_SHORT] = "too short",
      [PHONE_TOO_LONG] = "too long",
      [PHONE_UNKNOWN_COUNTRY] = "unknown country",
      [PHONE_NOT_IN_PLAN] = "not in plan",
      [PHONE_LETTERS] = "letters",
      [PHONE_TOO_MANY] = "too many",
      [PHONE_NO_COUNTRY] = "no country",
      [PHONE_BAD_TEXT] = "bad text",
      [PHONE_AMBIGUOUS] = "ambiguous",
      [PHONE_ROUNDED] = "rounded",
      [PHONE_STAR_HASH] = "keys",
  };
  return words[reason];
}

static void repair_words(char out[64], unsigned repairs) {
  static const struct {
    unsigned bit;
    const char *word;
  } words[] = {{PHONE_ZERO_RESTORED, "zero"},    {PHONE_DECIMAL_DROPPED, "decimal"},
               {PHONE_DIGITS_MAPPED, "digits"},  {PHONE_TRUNK_DROPPED, "trunk"},
               {PHONE_CODE_RESTORED, "code"},    {PHONE_ENDING_REPLACED, "ending"},
               {PHONE_EXTENSION_ASSUMED, "ext"}, {PHONE_LETTERS_MAPPED, "letters"}};
  size_t used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (repairs & words[i].bit)
      used += (size_t)snprintf(out + used, 64 - used, "%s%s", used ? "," : "", words[i].word);
}

enum { TEXT, COUNTRY, HOUSE, FORM, NUMBER, EXTENSION, AFTER, REPAIRS, REASON, NOTE, CALLED };

/* The cell being looked at, while its further numbers follow in rows of their own. */
struct reading {
  struct phones phones;
  char text[CASE_TEXT];
  size_t len, next;
  int line, wrong;
};

static void end_cell(struct reading *r) {
  if (r->line && r->next != r->phones.count) {
    printf("# line %d: \"%s\" has %zu numbers, not %zu\n", r->line, r->text, r->phones.count,
           r->next);
    r->wrong++;
  }
}

static void describe(char out[512], const struct phone *p) {
  char repairs[64];
  static const char *const called[] = {"", "phone", "fax", "mobile", "dect", "pager"};
  repair_words(repairs, p->repairs);
  snprintf(out, 512, "%s|%s|%s|%s|%s|%s|%s|%s", form_word(p->form),
           p->e164[0] ? p->e164 : p->digits, p->extension, p->after, repairs,
           reason_word(p->reason), p->note, called[p->called]);
}

static void read_row(const struct case_row *row, void *data) {
  struct reading *r = data;
  char expected[512 + 8 * CASE_TEXT], found[512] = "none";
  if (strcmp(row->columns[TEXT], "^") != 0) {
    end_cell(r);
    r->line = row->line;
    r->next = 0;
    snprintf(r->text, sizeof r->text, "%s", row->columns[TEXT]);
    char text[CASE_TEXT];
    snprintf(text, sizeof text, "%s", row->columns[TEXT]);
    r->len = case_unescape(text);
    /* An exact copy, so that a sanitizer sees a read past the end. */
    char *exact = malloc(r->len + 1);
    assert_non_null(exact);
    memcpy(exact, text, r->len);
    phone_read(&r->phones, exact, r->len, row->columns[COUNTRY],
               strcmp(row->columns[HOUSE], "yes") == 0);
    free(exact);
  }
  if (strcmp(row->columns[FORM], "empty") == 0)
    return;
  snprintf(expected, sizeof expected, "%s|%s|%s|%s|%s|%s|%s|%s", row->columns[FORM],
           row->columns[NUMBER], row->columns[EXTENSION], row->columns[AFTER],
           row->columns[REPAIRS], row->columns[REASON], row->columns[NOTE], row->columns[CALLED]);
  if (r->next < r->phones.count) {
    const struct phone *p = &r->phones.items[r->next];
    describe(found, p);
    if (p->offset + p->length > r->len) {
      printf("# line %d: read past the end\n", row->line);
      r->wrong++;
    }
  }
  r->next++;
  if (strcmp(found, expected) != 0) {
    printf("# line %d: \"%s\" reads as %s, not %s\n", row->line, r->text, found, expected);
    r->wrong++;
  }
}

static void numbers_read_as_the_table_says(void **state) {
  (void)state;
  static struct reading r;
  size_t rows = cases_run("phone_read.tsv", read_row, &r);
  end_cell(&r);
  assert_true(rows >= 200);
  assert_int_equal(r.wrong, 0);
}

/* What no screen gives as a number is none for a program either. */
static void a_number_with_a_sign_that_nobody_sees_has_no_uri(void **state) {
  static const struct {
    const char *number, *uri;
  } cases[] = {{"7731", "tel:7731;phone-context=SAB"},
               {"77 31", "tel:7731;phone-context=SAB"},
               {"77\xE2\x80\xAE"
                "31",
                ""},
               {"77\xE2\x80\x8B"
                "31",
                ""},
               {"\xEF\xBC\x97"
                "731",
                ""}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct buffer uri = BUFFER_INIT;
    phone_uri(&uri, cases[i].number, "", "SAB", "");
    assert_string_equal(buffer_text(&uri), cases[i].uri);
    buffer_free(&uri);
  }
}

/* tests/data/phone_show.tsv */
static void show_row(const struct case_row *row, void *data) {
  struct buffer shown = BUFFER_INIT, uri = BUFFER_INIT;
  struct phone p;
  int *wrong = data;
  if (!phone_of_e164(&p, row->columns[0], row->columns[1])) {
    printf("# line %d: %s is no number\n", row->line, row->columns[0]);
    ++*wrong;
  }
  phone_format(&shown, &p, row->columns[1]);
  phone_uri(&uri, row->columns[0], row->columns[0], "", row->columns[1]);
  if (strcmp(buffer_text(&shown), row->columns[2]) || strcmp(buffer_text(&uri), row->columns[3])) {
    printf("# line %d: %s is shown %s, %s\n", row->line, row->columns[0], buffer_text(&shown),
           buffer_text(&uri));
    ++*wrong;
  }
  phone_read_one(&p, buffer_text(&shown), shown.len, row->columns[1]);
  if (strcmp(p.e164, row->columns[0])) {
    printf("# line %d: %s reads as %s\n", row->line, buffer_text(&shown), p.e164);
    ++*wrong;
  }
  buffer_free(&shown);
  buffer_free(&uri);
}

static void numbers_are_shown_as_they_are_dialled_and_read_again(void **state) {
  (void)state;
  int wrong = 0;
  assert_true(cases_run("phone_show.tsv", show_row, &wrong) >= 30);
  assert_int_equal(wrong, 0);
}

/* The blocks that the regulators publish, by their first and last numbers, and their neighbours. */
static void mobiles_are_those_of_the_published_plans(void **state) {
  (void)state;
  static const char *const mobiles[] = {
      "+33600000000",   "+33639981234",   "+33799999999",                   /* ARCEP */
      "+590690000000",  "+590691999999",  "+594694000000", "+596696123456", /* overseas */
      "+596697999999",  "+262692000000",  "+262693999999", "+262639000000", /* and 0639 */
      "+590709000000",  "+594709300000",  "+596709100000", "+262709200000", /* ARCEP, 0709 */
      "+508551234",     "+508708500000",  "+687791234",    "+68987123456",  /* */
      "+32455000000",   "+32470123456",   "+32499999999",                   /* BIPT */
      "+352621123456",  "+352698123456",                                    /* ILR */
      "+41751234567",   "+41799999999",                                     /* OFCOM */
      "+4915112345678", "+491601234567",  "+491791234567",                  /* BNetzA */
      "+34612345678",   "+34712345678",   "+393123456789", "+376312345",    /* */
      "+37761234567",   "+4366412345678", "+31612345678",  "+351912345678", /* */
      "+353851234567",  "+447400123456",  "+447624000000"};                 /* ComReg, Ofcom */
  static const char *const others[] = {"",
                                       "+",
                                       "+33199005231",
                                       "+33939000000",
                                       "+33590000000",
                                       "+590590123456",
                                       "+594594123456",
                                       "+596596123456",
                                       "+262262123456",
                                       "+262269123456",
                                       "+508411234",
                                       "+3223456789",
                                       "+3243456789",
                                       "+35227123456",
                                       "+41740123456",
                                       "+41441234567",
                                       "+491641234567",
                                       "+493012345678",
                                       "+436621234567",
                                       "+34701234567",
                                       "+34912345678",
                                       "+390612345678",
                                       "+31661234567",
                                       "+31201234567",
                                       "+35312345678",
                                       "+447012345678",
                                       "+447640123456",
                                       "+442079460000",
                                       "+12025550123",
                                       "+99961234567"};
  for (size_t i = 0; i < sizeof mobiles / sizeof *mobiles; i++)
    if (!phone_is_mobile(mobiles[i]))
      fail_msg("%s is a mobile", mobiles[i]);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (phone_is_mobile(others[i]))
      fail_msg("%s is none", others[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mobiles_are_those_of_the_published_plans),
      cmocka_unit_test(numbers_read_as_the_table_says),
      cmocka_unit_test(numbers_are_shown_as_they_are_dialled_and_read_again),
      cmocka_unit_test(a_number_with_a_sign_that_nobody_sees_has_no_uri),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
