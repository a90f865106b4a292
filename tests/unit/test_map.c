/* Templates and maps: what a line of a map means for a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sync/map.h"

#define CELL(text_)                                                                                \
  { text_, sizeof(text_) - 1, false, false }

static const struct cell cells[] = {
    CELL("un"),
    CELL(""),
    CELL("  deux \t mots \n suite "),
    CELL("ÉCOLE D'ÉTÉ"),
    CELL("n\xC2\xB0 12-34"),
};

/* A template over the cells above; every column is a position. */
static const struct {
  const char *text, *value;
  long column;
} templates[] = {
    {"constant", "constant", 0},
    {"", "", 0},
    {"{#1}", "un", 1},
    {"{#2}", "", 2},
    {"{#3}", "deux mots suite", 3},
    {"{#9}", "", 9},
    {"{#2|#1}", "un", 1},
    {"{#1|#3}", "un", 1},
    {"{#1} / {#3}", "un / deux mots suite", 1},
    {"{#1} / {#2}", "un", 1},
    {"{#2} / {#1}", "un", 1},
    {"{#2} / {#2}", "", 2},
    {"{#1}, {#2} ({#1})", "un (un)", 1},
    {"{#1}, {#1} ({#2})", "un, un", 1},
    {"Dr {#1}", "Dr un", 1},
    {"Dr {#2}", "", 2},
    {"{#1} !", "un !", 1},
    {"{#2} !", "", 2},
    {"{#4:lower}", "école d'été", 4},
    {"{#4:title}", "École D'été", 4},
    {"{#1:upper}", "UN", 1},
    {"{#5:digits}", "1234", 5},
    {"{#3:line}", "deux mots", 3},
};

static void a_template_joins_the_cells_that_are_there(void **state) {
  (void)state;
  const struct row row = {.number = 2, .cells = cells, .count = sizeof cells / sizeof *cells};
  for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
    struct arena arena = ARENA_INIT;
    struct tc_error err = {.status = TC_OK};
    struct template t;
    struct template_value value;
    assert_int_equal(template_read(&t, templates[i].text, 1, &arena, &err), TC_OK);
    assert_int_equal(template_apply(&t, &row, &arena, &value, &err), TC_OK);
    if (strcmp(value.text, templates[i].value) || value.column != templates[i].column)
      fail_msg("%s: “%s” of column %ld", templates[i].text, value.text, value.column);
    arena_free(&arena);
  }
}

static const struct {
  const char *text;
  long line;
  const char *says;
} wrong[] = {
    {"[map]\nrecord = incident\n", 2, "a map makes entry, site"},
    {"[map]\ncountry = fr\n", 2, "two capitals"},
    {"[map]\naudience = all\n", 2, "public, clinical"},
    {"[file]\ndelimiter = :\n", 2, "write auto, comma"},
    {"[file]\nskip-rows = -1\n", 2, "from 0 to 1000"},
    {"[key]\ncolumns = id\n[fields]\nname = {}\n", 4, "a column has no name"},
    {"[key]\ncolumns = id\n[fields]\nname = {#0}\n", 4, "is no column"},
    {"[key]\ncolumns = id\n[fields]\nname = {a}\nrank = high\n", 5, "write 0..999"},
    {"[key]\ncolumns = id\n[fields]\nname = {a}\nname.2 = {b}\n", 5, "is no field"},
    {"[key]\ncolumns = id\n[fields]\nunit = {a}\n", 0, "needs name"},
    {"[key]\nnatural = name, floor\n[fields]\nname = {a}\n", 2, "does not fill it"},
    {"[key]\nnatural = name\ncolumns = id\n[fields]\nname = {a}\n", 0, "not both"},
    {"[map]\nrecord = site\n[fields]\nname = {a}\n", 0, "needs code"},
    {"[map]\nrecord = rota\n[fields]\nrole = {a}\nfrom = {b}\nuntil = {c}\n", 0, "needs holder"},
    {"[map]\nrecord = rota\n[fields]\nrole = {a}\nholder = {b}\n", 0, "needs from and until"},
    {"[map]\nrecord = rota\n[fields]\nholder = {a}\nfrom = {b}\nuntil = {c}\n", 0, "needs role"},
    {"[map]\nrecord = rota\n[fields]\nrole = {a}\nline = 9\n", 5, "write 1..7"},
    {"[key]\ncolumns = id\n[fields]\nname = {a}\n[skip x]\nvalue = {b}\n", 6, "needs value and is"},
    {"[key]\ncolumns = id\n[fields]\nname = {a}\n[translate colour]\nred = blue\n", 6,
     "that is no field"},
    {"[key]\ncolumns = id\n[fields]\nname = {a}\n[contact x]\nkind = fax\n", 6,
     "number is missing"},
};

static void what_is_wrong_in_a_map_is_said_with_its_line(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct map *m = NULL;
    struct tc_error err = {.status = TC_OK};
    tc_status status = map_read_text(&m, "a.map", wrong[i].text, strlen(wrong[i].text), &err);
    if (status != TC_CONFIG || err.row != wrong[i].line || !strstr(err.text, wrong[i].says))
      fail_msg("%s\n%d line %ld: %s", wrong[i].text, (int)status, err.row, err.text);
    map_free(status == TC_OK ? m : NULL);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_template_joins_the_cells_that_are_there),
      cmocka_unit_test(what_is_wrong_in_a_map_is_said_with_its_line),
  };
  return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
