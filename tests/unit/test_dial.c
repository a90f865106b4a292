/* What to press: tests/data/dial.tsv over the small house. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/dial.h"
#include "core/mask.h"
#include "core/record.h"
#include "tests/lib/house.h"
#include "tui/reach_text.h"

enum { FIELDS = 8 };

static const char *const forms[DIAL_FORM_COUNT] = {"none",    "bare",   "tie",
                                                   "outside", "public", "address"};

/* One row; false, and a line of what is wrong, where it is not as written. */
static bool row_holds(char **f, int number) {
  struct contact c = contact_empty;
  int kind = contact_kind_from_word(f[2]), set = set_kind_from_word(f[0]);
  struct dial d, form;
  c.kind = kind < 0 ? CONTACT_OTHER : (enum contact_kind)kind;
  c.plan = f[3];
  c.number = f[4];
  c.e164 = f[5];
  struct standpoint from = {.set = (enum set_kind)set, .plan = f[1], .site = "", .country = "FR"};
  if (set < 0) {
    print_error("line %d: no set is called %s\n", number, f[0]);
    return false;
  }
  dial_from(&d, &small_house, &c, &from);
  dial_form(&form, &small_house, &c, &from);
  bool reasoned = (d.form == DIAL_NONE) == (d.reason[0] != '\0');
  bool alike = form.form == d.form && strcmp(form.via, d.via) == 0 &&
               strcmp(form.reason, d.reason) == 0 && strcmp(form.domain, d.domain) == 0;
  if (!alike)
    print_error("line %d: %s by its form alone\n", number, forms[form.form]);
  if (alike && strcmp(forms[d.form], f[6]) == 0 && strcmp(d.press, f[7]) == 0 && reasoned)
    return true;
  print_error("line %d: %s %s %s: %s %s (%s), not %s %s\n", number, f[0], f[1], f[4], forms[d.form],
              d.press, d.reason, f[6], f[7]);
  return false;
}

static void every_row_of_the_table_is_dialled_as_written(void **state) {
  (void)state;
  const char *top = getenv("TOCSIN_TOP");
  char path[4096];
  struct buffer text = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  char *save = NULL;
  int number = 0, rows = 0, wrong = 0;
  snprintf(path, sizeof path, "%s/tests/data/dial.tsv", top ? top : ".");
  if (file_read(&text, path, 1 << 20, &err) != TC_OK)
    fail_msg("%s", err.text);
  for (char *line = strtok_r(text.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
    char *f[FIELDS], *rest = line;
    int n = 0;
    number++;
    if (*line == '#')
      continue;
    for (char *field; n < FIELDS && (field = strsep(&rest, "\t")) != NULL; n++)
      f[n] = strcmp(field, "-") == 0 ? field + 1 : field;
    if (n < FIELDS || rest)
      fail_msg("line %d has not eight fields", number);
    wrong += !row_holds(f, number);
    rows++;
  }
  buffer_free(&text);
  assert_int_equal(wrong, 0);
  assert_true(rows >= 80);
}

static void a_number_that_could_not_be_read_is_not_dialled(void **state) {
  (void)state;
  struct contact c = contact_empty;
  struct standpoint from = {.set = SET_WARD, .plan = "SAB", .site = "", .country = "FR"};
  struct dial d;
  c.plan = "SAB";
  c.number = "3142";
  c.reason = "letters";
  dial_from(&d, &small_house, &c, &from);
  assert_int_equal(d.form, DIAL_NONE);
  assert_string_equal(d.press, "");
  assert_non_null(strstr(d.reason, "as typed"));
}

static void a_number_is_of_the_kind_that_its_range_says(void **state) {
  (void)state;
  static const struct plan_range ranges[] = {
      {.low = "4000", .high = "4999", .ddi = "+33199004000"},
      {.low = "61000", .high = "61999", .ddi = "", .kind = CONTACT_DECT},
      {.low = "2400", .high = "2499", .ddi = "", .kind = CONTACT_PAGER},
      {.low = "5000", .high = "5099", .ddi = "+33199005000", .kind = CONTACT_DDI}};
  static const struct plan plan = {.code = "SAB", .ranges = ranges, .range_count = 4};
  static const struct house house = {.plans = &plan, .plan_count = 1};
  static const struct {
    const char *number, *plan, *e164;
    enum contact_kind kind;
  } cases[] = {{"4244", "SAB", "", CONTACT_EXTENSION},
               {"61150", "SAB", "", CONTACT_DECT},
               {"6 1150", "SAB", "", CONTACT_DECT},
               {"2450", "SAB", "", CONTACT_PAGER},
               {"5010", "SAB", "", CONTACT_EXTENSION},
               {"7777", "SAB", "", CONTACT_EXTENSION},
               {"61150", "RIV", "", CONTACT_EXTENSION},
               {"61150", "", "", CONTACT_OTHER},
               {"06 39 98 12 34", "", "+33639981234", CONTACT_MOBILE},
               {"01 99 00 12 34", "", "+33199001234", CONTACT_OTHER}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (dial_kind(&house, cases[i].number, cases[i].plan, cases[i].e164, CONTACT_OTHER) !=
        cases[i].kind)
      fail_msg("%s of %s", cases[i].number, cases[i].plan);
}

static void prefixes_and_numbers_are_read_apart(void **state) {
  (void)state;
  struct contact c = contact_empty;
  struct standpoint from = {.set = SET_WARD, .plan = "SAB", .site = "", .country = "FR"};
  struct dial d;
  c.number = "01 99 00 52 31";
  c.e164 = "+33199005231";
  dial_from(&d, &small_house, &c, &from);
  assert_string_equal(d.shown, "0 01 99 00 52 31");
  c.plan = "RIV";
  c.number = "5231";
  dial_from(&d, &small_house, &c, &from);
  assert_int_equal(strncmp(d.shown, "7 ", 2), 0);
  assert_string_equal(d.domain, "tie-sab-riv");
  assert_string_equal(d.via, "via tie line");
}

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

/* Whom to call to confirm that it arrived, while that incident (NULL: none) is known. */
static const char *check_said(const struct entry *entry, const struct contact *fax,
                              const struct standpoint *from, const struct incident *incident,
                              struct arena *arena) {
  struct reach_world world = {
      .house = &small_house, .from = from, .now = NOW, .clock_trusted = MOMENT_NOW};
  if (incident)
    world.outage = outage_make(&small_house, incident, 1, NOW, MOMENT_NOW, arena);
  return check_text(entry, fax, &world, arena);
}

/* The number that confirms a fax is dialled like any other: no bare extension of another plan. */
static void whom_to_call_about_a_fax_is_given_as_dialled_from_here(void **state) {
  (void)state;
  static const struct {
    const char *plan, *check, *from, *text;
  } cases[] = {{"SAB", "45244", "SAB", "4 5244"},
               {"RIV", "5231", "RIV", "5231"},
               {"RIV", "5231", "SAB", "7 5231, via tie line"},
               {"SAB", "01 99 00 47 31", "SAB", "0 01 99 00 47 31"},
               {"", "+33199004731", "", "01 99 00 47 31"},
               {"SAB", "", "SAB", ""},
               {"nowhere", "5231", "SAB", "cannot be dialled from here"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct contact fax = contact_empty;
    struct arena arena = ARENA_INIT;
    struct standpoint from = {.set = cases[i].from[0] ? SET_WARD : SET_OUTSIDE,
                              .plan = cases[i].from,
                              .site = "",
                              .country = "FR"};
    fax.kind = CONTACT_FAX;
    fax.plan = cases[i].plan;
    fax.check_number = cases[i].check;
    const struct entry entry = {.site = ""};
    assert_string_equal(check_said(&entry, &fax, &from, NULL, &arena), cases[i].text);
    arena_free(&arena);
  }
}

/* Whatever is known of that number stands behind it. */
static void whom_to_call_about_a_fax_has_its_mark(void **state) {
  (void)state;
  static const struct {
    const char *what, *text;
  } cases[] = {{"nothing", "4 5244"},
               {"down", "4 5244, DOWN"},
               {"reported", "4 5244, reported DOWN"},
               {"past", "4 5244, not confirmed since 02:14"},
               {"hours", "4 5244, hours?"},
               {"expired", "4 5244, expired"},
               {"later", "4 5244, not yet valid"},
               {"replaced", "4 5244, replaced"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct arena arena = ARENA_INIT;
    struct contact points[] = {contact_empty, contact_empty};
    const char *what = cases[i].what;
    struct incident incident = {.domain = "x", .since = NOW - 7200};
    const struct override over = {.number = "45245", .plan = "SAB", .at = NOW - 60};
    struct entry entry = {.site = "SAB", .contacts = points, .contact_count = 2};
    const struct standpoint from = {.set = SET_WARD, .plan = "SAB", .site = "SAB", .country = "FR"};
    points[0].kind = CONTACT_FAX;
    points[0].plan = points[1].plan = "SAB";
    points[0].check_number = points[1].number = "45244";
    points[1].kind = CONTACT_EXTENSION;
    points[1].domains = "x";
    points[1].uuid.b[0] = 1;
    if (strcmp(what, "hours") == 0) /* of a site without a time zone */
      points[1].hours = "mo 01:00-01:01";
    if (strcmp(what, "expired") == 0)
      points[1].until = NOW - 60;
    if (strcmp(what, "later") == 0)
      points[1].from = NOW + 60;
    entry.overrides = strcmp(what, "replaced") == 0 ? &over : NULL;
    entry.override_count = entry.overrides != NULL;
    struct override there = over;
    there.contact = points[1].uuid;
    if (entry.overrides)
      entry.overrides = &there;
    incident.declared = strcmp(what, "down") == 0;
    incident.until = strcmp(what, "past") == 0 ? NOW - 3600 : 0;
    bool fails = incident.declared || incident.until || strstr(what, "reported");
    assert_string_equal(check_said(&entry, &points[0], &from, fails ? &incident : NULL, &arena),
                        cases[i].text);
    arena_free(&arena);
  }
}

/* The prefix of the tie line makes it no other number. */
static void a_masked_number_stays_so_where_it_confirms_a_fax(void **state) {
  (void)state;
  struct contact points[] = {contact_empty, contact_empty};
  struct arena arena = ARENA_INIT;
  struct standpoint from = {.set = SET_WARD, .plan = "SAB", .site = "", .country = "FR"};
  const struct entry entry = {.site = "", .contacts = points, .contact_count = 2};
  points[0].kind = CONTACT_FAX;
  points[0].plan = points[1].plan = "RIV";
  points[0].check_number = points[1].number = "5231";
  points[1].kind = CONTACT_EXTENSION;
  points[1].masked = true;
  assert_string_equal(check_said(&entry, &points[0], &from, NULL, &arena), "* **31, via tie line");
  arena_free(&arena);
}

/* One short number and one long one are masked of somebody else. */
static bool is_known(void *context, const char *digits, size_t len) {
  ++*(int *)context;
  assert_int_equal(strlen(digits), len);
  assert_true(len >= MASK_GROUP);
  return strcmp(digits, "4417") == 0 || strcmp(digits, "0639982888") == 0;
}

static void a_short_number_of_somebody_else_is_one_where_it_stands_alone(void **state) {
  static const struct {
    const char *text, *shown;
  } cases[] = {
      {"le 4417, la nuit", "le ****, la nuit"},
      {"4417/4418", "****/4418"},
      {"4418-4417", "4418-****"},
      {"44 17", "** **"},
      {"44.17 ou 4417", "**.** ou ****"},
      {"poste4417", "poste****"},
      {"44170, 14417, 0144170", "44170, 14417, 0144170"},
      {"44 17 00", "44 17 00"},
      {"01 99 44 17", "01 99 44 17"},
      {"quarante-quatre dix-sept", "quarante-quatre dix-sept"},
      {"06 39 98 28 88 ou 4417", "06 ** ** ** 88 ou ****"},
      {"063998288, 4416", "063998288, 4416"},
      {"salle 441", "salle 441"},
  };
  (void)state;
  struct arena arena = ARENA_INIT;
  int asked = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(mask_known_in_text(cases[i].text, is_known, &asked, &arena),
                        cases[i].shown);
  assert_true(asked > 0);
  asked = 0;
  assert_string_equal(mask_known_in_text("salle 441, lit 17", is_known, &asked, &arena),
                      "salle 441, lit 17");
  assert_int_equal(asked, 0);
  /* A room is no number to call. */
  static const char text[] = "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\n"
                             "bldg\t4417\n"
                             "c\t000\tDAAAAAAAAAAAAAAAAAAAAQ\t4417\tlabel=au 4417\tplace=au 4417\n"
                             "floor\t4417\n"
                             "name\tBloc, 4417\n"
                             "room\t4417, 06 39 98 28 88\n"
                             "unit\t4417\n";
  struct record r;
  assert_int_equal(record_decode(&r, text, strlen(text), &arena, NULL), TC_OK);
  struct entry e = r.entry;
  assert_true(mask_known_in_entry(&e, is_known, &asked, &arena));
  assert_string_equal(e.name, "Bloc, ****");
  assert_string_equal(e.building, "4417");
  assert_string_equal(e.floor, "4417");
  assert_string_equal(e.room, "4417, 06 ** ** ** 88");
  assert_string_equal(e.unit, "4417");
  assert_string_equal(e.contacts[0].place, "au 4417");
  assert_string_equal(e.contacts[0].label, "au ****");
  assert_string_equal(e.contacts[0].number, "4417");
  assert_int_equal(mask_run("salle 441", &arena), 0);
  assert_int_equal(mask_run("salle 4417, 2", &arena), 5);
  assert_int_equal(mask_run("44 17 puis 12", &arena), 4);
  assert_int_equal(mask_run("zéro six trente-neuf, 98", &arena), 6);
  arena_free(&arena);
}

/* What is masked is so however somebody wrote it into words, and nothing else is. */
static void a_masked_number_is_starred_in_words(void **state) {
  static const struct {
    const char *text, *shown;
  } cases[] = {
      {"06 39 98 12 34", "06 ** ** ** 34"},
      {"0639981234", "06******34"},
      {"06.39.98.12.34 la nuit", "06.**.**.**.34 la nuit"},
      {"06-39-98-12-34, 06/39/98/12/34", "06-**-**-**-34, 06/**/**/**/34"},
      {"mobile +33 6 39 98 12 34", "mobile +33 6 ** ** ** 34"},
      {"+33 (0)6 39 98 12 34", "+33 (0)6 ** ** ** 34"},
      {"0033639981234", "00336******34"},
      {"0 06 39 98 12 34 du poste", "0 06 ** ** ** 34 du poste"},
      {"00639981234", "006******34"},
      {"639981234", "*******34"},
      {"06\xC2\xA0"
       "39 98\xE2\x80\x8B"
       "12\xE2\x80\xAE"
       "34",
       "06\xC2\xA0** **\xE2\x80\x8B**\xE2\x80\xAE"
       "34"},
      {"06\xE2\x80\x91"
       "39 (98) 12 _ 34",
       "06\xE2\x80\x91** (**) ** _ 34"},
      {"\xEF\xBC\x90\xEF\xBC\x96 39 98 12 34", "\xEF\xBC\x90\xEF\xBC\x96 ** ** ** 34"},
      {"06 39 98 12 34/35", "06 ** ** ** 34/35"},
      {"06 39 98 12 34 06 39 98 12 34", "06 ** ** ** 34 06 ** ** ** 34"},
      {"06 39 98 12 35", "06 39 98 12 35"},
      {"06 39 98 puis 12 34", "06 39 98 puis 12 34"},
      {"bip 7750, sinon 7751", "bip ****, sinon 7751"},
      {"bip7750", "bip****"},
      {"77 50", "** **"},
      {"poste 77500 ou 17750", "poste 77500 ou 17750"},
      {"01 99 00 77 50", "01 99 00 77 50"},
      {"Bip.Nuit@Example.ORG (2)", "******************** (2)"},
      {"remplace 06 39 98 44 55", "remplace 06 ** ** ** 55"},
      {"avant : 06 39 98 66 77", "avant : 06 ** ** ** 77"},
      {"salle 12, 2e \xC3\xA9tage", "salle 12, 2e \xC3\xA9tage"},
      {"z\xC3\xA9ro six trente-neuf quatre-vingt-dix-huit douze trente quatre, la nuit",
       "z\xC3\xA9ro six ** ** ** trente quatre, la nuit"},
      {"Z\xC3\x89RO SIX, TRENTE NEUF, QUATRE VINGT DIX HUIT, DOUZE, TRENTE QUATRE",
       "Z\xC3\x89RO SIX, **, **, **, TRENTE QUATRE"},
      {"oh six thirty-nine ninety eight twelve thirty four", "oh six ** ** ** thirty four"},
      {"zero six three nine nine eight one two three four", "zero six * * * * * * three four"},
      {"06 trente-neuf 98 douze 34", "06 ** ** ** 34"},
      {"plus three three six thirty nine nine eight double one",
       "plus three three six thirty nine nine eight double one"},
      {"soixante-dix-sept cinquante", "soixante-dix-sept cinquante"}, /* a short one */
      {"trente-neuf lits, douze en r\xC3\xA9"
       "a, un au bloc 06",
       "trente-neuf lits, douze en r\xC3\xA9"
       "a, un au bloc 06"},
      {"", ""},
  };
  (void)state;
  struct arena arena = ARENA_INIT;
  struct contact points[] = {contact_empty, contact_empty, contact_empty, contact_empty};
  points[0].number = "0639981234";
  points[0].e164 = "+33639981234";
  points[1].number = "7750";
  points[2].number = "bip.nuit@example.org";
  points[3].number = "7751";
  points[0].masked = points[1].masked = points[2].masked = true;
  points[0].uuid.b[0] = 1;
  const struct override over = {.contact = {{1}}, .number = "0639984455", .e164 = "", .plan = ""};
  const struct former_number was = {
      .number = "0639986677", .e164 = "", .plan = "", .now = "06 39 98 12 34"};
  const struct entry entry = {.contacts = points,
                              .contact_count = 4,
                              .overrides = &over,
                              .override_count = 1,
                              .former_numbers = &was,
                              .former_number_count = 1};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(mask_in_text(&entry, cases[i].text, &arena), cases[i].shown);
  points[0].masked = points[1].masked = points[2].masked = false;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(mask_in_text(&entry, cases[i].text, &arena), cases[i].text);
  arena_free(&arena);
}

/* Two digits are a word of many sentences: where they are all there is, in what is written about
 * the entry itself.  A code that everybody dials stays, whoever else has its digits. */
static void two_digits_that_are_masked_are_starred_where_nothing_is_beside_them(void **state) {
  static const struct {
    const char *text, *shown;
  } cases[] = {
      {"le 47", "le **"},
      {"bip 47 ou poste 419", "bip ** ou poste ***"},
      {"47", "**"},
      {"4 7", "* *"},
      {"bip47.", "bip**."},
      {"01 99 00 47 31", "01 99 00 47 31"},
      {"147, 470, 4 47", "147, 470, 4 47"},
      {"le 7 du mois", "le 7 du mois"},
      {"au feu le 18, sinon le 15", "au feu le 18, sinon le 15"},
  };
  (void)state;
  struct arena arena = ARENA_INIT;
  struct contact points[] = {contact_empty, contact_empty, contact_empty, contact_empty};
  points[0].number = "47";
  points[1].number = "419";
  points[2].number = "7";
  points[3].number = "18";
  for (size_t i = 0; i < 4; i++)
    points[i].masked = true;
  const struct entry entry = {.site = "", .contacts = points, .contact_count = 4};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(mask_in_text(&entry, cases[i].text, &arena), cases[i].shown);
  arena_free(&arena);
}

static void a_short_code_of_the_public_network_says_who_answers(void **state) {
  (void)state;
  struct contact c = contact_empty;
  struct standpoint from = {.set = SET_WARD, .plan = "RIV", .site = "", .country = "FR"};
  struct dial d;
  c.number = "18";
  dial_from(&d, &small_house, &c, &from);
  assert_string_equal(d.press, "018");
  assert_string_equal(d.via, "answered near you");
  from.plan = "SAB"; /* which has taken 18 for its own */
  dial_from(&d, &small_house, &c, &from);
  assert_string_equal(d.press, "18");
  assert_string_equal(d.via, "");
}

static void a_prefix_that_no_key_has_is_never_pressed(void **state) {
  (void)state;
  static const struct plan plan = {
      .code = "BAD", .country = "FR", .outside_prefix = "0\033[2J", .domain = ""};
  const struct house house = {.plans = &plan, .plan_count = 1};
  struct contact c = contact_empty;
  struct standpoint from = {.set = SET_WARD, .plan = "BAD", .site = "", .country = "FR"};
  struct dial d;
  c.e164 = c.number = "+33199005231";
  dial_from(&d, &house, &c, &from);
  assert_int_equal(d.form, DIAL_NONE);
  assert_string_equal(d.press, "");
}

static void ddis_never_count_over_the_end_of_their_length(void **state) {
  (void)state;
  static const struct plan_range range = {.low = "0", .high = "9", .ddi = "+999999999999995"};
  static const struct plan_range odd = {.low = "1 3", .high = "199", .ddi = "+33199005200"};
  const struct plan full = {.code = "X", .ranges = &range, .range_count = 1};
  const struct plan strange = {.code = "Y", .ranges = &odd, .range_count = 1};
  char out[32];
  assert_true(dial_ddi(out, &full, "4"));
  assert_string_equal(out, "+999999999999999");
  assert_false(dial_ddi(out, &full, "5"));
  assert_false(dial_ddi(out, &strange, "150"));
  assert_false(dial_extension(out, &strange, "+33199005250"));
}

static void a_public_number_leads_back_to_its_extension(void **state) {
  (void)state;
  static const struct plan_range ranges[] = {
      {.low = "0200", .high = "0299", .ddi = "+33199005200"},
      {.low = "6000", .high = "6999", .ddi = ""},
  };
  const struct plan plan = {.code = "X", .ranges = ranges, .range_count = 2};
  static const struct {
    const char *e164, *extension;
  } cases[] = {{"+33199005200", "0200"},
               {"+33199005231", "0231"},
               {"+33199005299", "0299"},
               {"+33199005300", ""},
               {"+33199005199", ""},
               {"+3319900523", ""},
               {"33199005231", ""},
               {"", ""},
               {"+", ""},
               {"+3319900523x", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[DIAL_MAX] = "";
    bool found = dial_extension(out, &plan, cases[i].e164);
    assert_int_equal(found, cases[i].extension[0] != '\0');
    assert_string_equal(out, cases[i].extension);
  }
}

static void every_kind_and_set_has_a_word(void **state) {
  (void)state;
  for (int i = 0; i < CONTACT_KIND_COUNT; i++)
    assert_true(contact_kind_text((enum contact_kind)i)[0]);
  for (int i = 0; i < SET_KIND_COUNT; i++) {
    assert_true(set_kind_text((enum set_kind)i)[0]);
    assert_int_equal(set_kind_from_word(set_kind_word((enum set_kind)i)), i);
  }
  assert_string_equal(contact_kind_text(CONTACT_FAX), "fax machine");
  assert_string_equal(set_kind_text(SET_WARD), "ward phone");
  assert_int_equal(set_kind_from_word("nothing"), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_row_of_the_table_is_dialled_as_written),
      cmocka_unit_test(a_number_that_could_not_be_read_is_not_dialled),
      cmocka_unit_test(a_number_is_of_the_kind_that_its_range_says),
      cmocka_unit_test(prefixes_and_numbers_are_read_apart),
      cmocka_unit_test(a_prefix_that_no_key_has_is_never_pressed),
      cmocka_unit_test(ddis_never_count_over_the_end_of_their_length),
      cmocka_unit_test(whom_to_call_about_a_fax_is_given_as_dialled_from_here),
      cmocka_unit_test(whom_to_call_about_a_fax_has_its_mark),
      cmocka_unit_test(a_masked_number_stays_so_where_it_confirms_a_fax),
      cmocka_unit_test(a_masked_number_is_starred_in_words),
      cmocka_unit_test(a_short_number_of_somebody_else_is_one_where_it_stands_alone),
      cmocka_unit_test(two_digits_that_are_masked_are_starred_where_nothing_is_beside_them),
      cmocka_unit_test(a_short_code_of_the_public_network_says_who_answers),
      cmocka_unit_test(a_public_number_leads_back_to_its_extension),
      cmocka_unit_test(every_kind_and_set_has_a_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
