/* What somebody types as a number, read as the set in their hand dials it, over the small house. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/dial_back.h"
#include "tests/lib/house.h"

static const struct site sites[] = {
    {.code = "RVM", .plan = "RIV", .switchboard_number = "9"},
    {.code = "SA1", .plan = "SAB", .switchboard_number = ""},
    {.code = "SA2", .plan = "SAB", .switchboard_number = ""},
};

static struct house the_house(void) {
  struct house house = small_house;
  house.sites = sites;
  house.site_count = sizeof sites / sizeof *sites;
  return house;
}

static void it_is_of_where_one_stands(void **state) {
  static const struct {
    const char *plan, *text, *digits, *of, *e164;
  } cases[] = {
      /* the same digits are another plan's extension, or none */
      {"SAB", "3104", "3104", "SAB", ""},
      {"RIV", "5204", "5204", "RIV", ""},
      {"RIV", "52 04", "5204", "RIV", ""},
      /* as a screen shows it: behind the tie line, behind the outside prefix */
      {"SAB", "7 5204", "5204", "RIV", ""},
      {"SAB", "7\u00a052\u202f04", "5204", "RIV", ""},
      {"GBX", "66 900", "900", "RED", ""},
      {"SAB", "0 06 39 98 00 77", "0639980077", "", "+33639980077"},
      {"SAB", "0 01.99.00.52.31", "0199005231", "", "+33199005231"},
      {"SAB", "0 00 44 20 7946 0018", "02079460018", "", "+442079460018"},
      {"GBX", "9 020 7946 0018", "02079460018", "", "+442079460018"},
      {"SAB", "0 15", "15", "", ""},
      /* as anybody writes it */
      {"SAB", "06 39 98 00 77", "0639980077", "", "+33639980077"},
      {"SAB", "+33 6 39 98 00 77", "0639980077", "", "+33639980077"},
      {"SAB", "00 44 20 7946 0018", "02079460018", "", "+442079460018"},
      {"", "06 39 98 00 77", "0639980077", "", "+33639980077"},
      {"SAB", "15", "15", "", ""},
      {"SAB", "18", "18", "SAB", ""}, /* which the plan has taken */
      {"RIV", "9", "9", "RIV", ""},   /* the switchboard, in no range */
  };
  (void)state;
  struct house house = the_house();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct standpoint from = {.set = *cases[i].plan ? SET_WARD : SET_MOBILE,
                                    .plan = cases[i].plan,
                                    .site = "",
                                    .country = "FR"};
    struct dialled_back read;
    struct tc_error err = {.status = TC_OK};
    if (dial_back(&read, &house, cases[i].text, &from, &err) != TC_OK)
      fail_msg("%s at %s: %s", cases[i].text, cases[i].plan, err.text);
    assert_string_equal(read.phone.digits, cases[i].digits);
    assert_string_equal(read.phone.e164, cases[i].e164);
    assert_string_equal(read.plan, cases[i].of);
  }
}

static void what_cannot_be_dialled_from_there_is_refused_and_why(void **state) {
  static const struct {
    const char *plan, *text, *says;
  } cases[] = {
      {"RIV", "3104", "RVM has no extension"},
      {"SAB", "5204", "SAB has no extension"}, /* two sites are on that plan */
      {"SAB", "7 3104", "SAB has no extension"},
      {"", "3104", "no phone of the house is in hand"},
      {"GONE", "3104", "no phone of the house is in hand"},
      {"SAB", "*21", "SAB has no extension"},
      {"SAB", "nothing", "cannot be read"},
      {"SAB", "", "cannot be read"},
      {"SAB", "0", "cannot be read"},
      /* Greenland, or a town in Brittany behind the outside prefix */
      {"SAB", "0 02 99 12 34 56",
       "+299123456 or, with what is pressed before it here, +33299123456"},
      {"SAB", "01234567890123456789012345678901234567890", "cannot be read"},
  };
  (void)state;
  struct house house = the_house();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct standpoint from = {.set = *cases[i].plan ? SET_WARD : SET_MOBILE,
                                    .plan = cases[i].plan,
                                    .site = "",
                                    .country = "FR"};
    struct dialled_back read;
    struct tc_error err = {.status = TC_OK};
    if (dial_back(&read, &house, cases[i].text, &from, &err) != TC_INVALID)
      fail_msg("%s at %s: is %s of \"%s\"", cases[i].text, cases[i].plan, read.phone.digits,
               read.plan);
    if (!strstr(err.text, cases[i].says))
      fail_msg("%s", err.text);
  }
}

static void what_is_pressed_before_a_number_is_known_from_the_number(void **state) {
  static const struct {
    const char *plan, *text, *digits, *of, *e164;
  } cases[] = {
      {"SAB", "7 5204", "5204", "RIV", ""},
      {"SAB", "75204", "5204", "RIV", ""},
      {"SAB", "0 06 39 98 00 77", "0639980077", "", "+33639980077"},
      {"SAB", "00639980077", "0639980077", "", "+33639980077"},
      {"SAB", "0 15", "15", "", ""},
      {"SAB", "015", NULL, "", ""}, /* of a number that begins so */
      {"SAB", "3104", NULL, "", ""},
      {"SAB", "7 9999", NULL, "", ""},
      {"SAB", "7", NULL, "", ""},
      {"SAB", "0", NULL, "", ""},
      {"SAB", "", NULL, "", ""},
      {"SAB", "+33 6 39 98 00 77", NULL, "", ""},
      {"SAB", "0 dupont", NULL, "", ""},
      {"SAB", "0 0639 9800 7706 3998 0077 0639 9800 7706 3998 0077", NULL, "", ""},
      {"", "0 06 39 98 00 77", NULL, "", ""},
  };
  (void)state;
  struct house house = the_house();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct standpoint from = {.set = *cases[i].plan ? SET_WARD : SET_MOBILE,
                                    .plan = cases[i].plan,
                                    .site = "",
                                    .country = "FR"};
    struct dialled_back read;
    if (dial_pressed(&read, &house, cases[i].text, &from) != (cases[i].digits != NULL))
      fail_msg("\"%s\" at %s: %s", cases[i].text, cases[i].plan, read.phone.digits);
    if (cases[i].digits) {
      assert_string_equal(read.phone.digits, cases[i].digits);
      assert_string_equal(read.phone.e164, cases[i].e164);
      assert_string_equal(read.plan, cases[i].of);
    }
  }
}

static void an_extension_is_named_after_the_one_site_of_its_plan(void **state) {
  (void)state;
  struct house house = the_house();
  assert_string_equal(dial_plan_name(&house, "RIV"), "RVM");
  assert_string_equal(dial_plan_name(&house, "SAB"), "SAB");
  assert_string_equal(dial_plan_name(&house, "GONE"), "GONE");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_is_of_where_one_stands),
      cmocka_unit_test(what_cannot_be_dialled_from_there_is_refused_and_why),
      cmocka_unit_test(what_is_pressed_before_a_number_is_known_from_the_number),
      cmocka_unit_test(an_extension_is_named_after_the_one_site_of_its_plan),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
