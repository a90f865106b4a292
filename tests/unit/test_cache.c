/* The cache: written, read, changed, refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/record.h"
#include "db/cache.h"
#include "db/search.h"
#include "db/writer.h"
#include "tests/lib/folder.h"

#define ENTRY(n) "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAA" n "Q\n"
#define DESK(n) "tocsin1\tentry\tswitchboard\tAAAAAAAAAAAAAAAAAAAA" n "Q\n"
#define C(order, n, number) "c\t" order "\tDAAAAAAAAAAAAAAAAAA" n "Q\t" number

static const char sab[] = "tocsin1\tsite\tpublic\tBAAAAAAAAAAAAAAAAAAAAQ\ncode\tSAB\ngroup\tNord\n"
                          "name\tSaint-Aubin\nplan\tSAB\nrank\t1\n";
static const char riv[] = "tocsin1\tsite\tpublic\tBAAAAAAAAAAAAAAAAAAAAg\ncode\tRIV\ngroup\tNord\n"
                          "name\tLa Rive\nplan\tRIV\nrank\t2\n";
static const char plan[] = "tocsin1\tplan\tpublic\tCAAAAAAAAAAAAAAAAAAAAQ\ncode\tSAB\nout\t0\n"
                           "range\t45000\t45999\tddi=+33199005000\tlabel=pneumologie\n";
static const char rea_sab[] = ENTRY("A") "alias\tréa chir\n" C(
    "000", "AA",
    "7731") "\te=+33199005231\tkind=ddi\tplan=SAB\n" C("001", "BA",
                                                       "0199005240") "\te=+33199005240\tkind="
                                                                     "fax\nheld\tswitchboard\t1\nna"
                                                                     "me\tRéanimation "
                                                                     "chirurgicale\nsite\tSAB\ntype"
                                                                     "\tservice\n"
                                                                     "unit\tPôle A / Réanimation\n";
static const char rea_desk[] =
    DESK("A") C("002", "CA", "0639981234") "\te=+33639981234\tkind=mobile\tmask=1\n";
static const char rea_riv[] = ENTRY("B")
    C("000", "DA",
      "4731") "\te=+33199004731\tkind=ddi\tplan=RIV\nname\tRéanimation chirurgicale\nsite\tRIV\n"
              "type\tservice\nunit\tPôle B\n";
static const char dupont[] =
    ENTRY("C") C("000", "EA", "45244") "\tkind=dect\tplan=SAB\nname\tDupont, "
                                       "Jean-Pierre\nsite\tSAB\ntitle\tDr\ntype\tperson\n"
                                       "unit\tPôle A\n";
static const char arret[] = ENTRY("D") "alias\tcrash\n" C(
    "000", "FA",
    "2222") "\tkind=extension\tplan=SAB\nname\tArrêt cardiaque\nsite\tSAB\ntype\tcode\n";
static const char unreadable[] = ENTRY("E") "name\tB\nname\tA\n";
static const char *const all[] = {sab, riv, plan, rea_sab, rea_desk, rea_riv, dupont, arret};
enum { ALL = sizeof all / sizeof *all };

struct fixture {
  char folder[FOLDER_PATH];
  struct arena arena;
  struct cache *cache;
};

static struct writer_head head_at(int64_t revision) {
  struct writer_head head = {.revision = revision,
                             .source_time = 1795680840,
                             .source = "test",
                             .audience = AUDIENCE_SWITCHBOARD};
  head.generation.b[0] = 7;
  return head;
}

static void build(const char *folder, const char *const *records, size_t count, int64_t revision) {
  struct tc_error err = {.status = TC_OK};
  struct writer *w;
  struct writer_head head = head_at(revision);
  assert_int_equal(writer_build(&w, folder, &err), TC_OK);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(writer_put(w, records[i], strlen(records[i]), &err), TC_OK);
  tc_status status = writer_commit(w, &head, &err);
  if (status != TC_OK)
    print_error("%s\n", err.text);
  assert_int_equal(status, TC_OK);
}

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  struct tc_error err = {.status = TC_OK};
  if (!f || folder_make(f->folder) != 0)
    return -1;
  build(f->folder, all, ALL, 1);
  if (cache_open(&f->cache, f->folder, &err) != TC_OK) {
    print_error("%s\n", err.text);
    return -1;
  }
  *state = f;
  return 0;
}

static int stop(void **state) {
  struct fixture *f = *state;
  cache_close(f->cache);
  arena_free(&f->arena);
  folder_remove(f->folder);
  free(f);
  return 0;
}

static struct search_result find(struct fixture *f, const char *text) {
  struct search_query query = {
      .text = text, .site = "SAB", .only = "", .country = "FR", .limit = 20};
  struct search_result result;
  struct tc_error err = {.status = TC_OK};
  tc_status status = search_run(f->cache, &query, &f->arena, &result, &err);
  if (status != TC_OK)
    print_error("%s: %s\n", text, err.text);
  assert_int_equal(status, TC_OK);
  return result;
}

static void what_was_written_is_counted_and_read(void **state) {
  struct fixture *f = *state;
  const struct cache_info *info = cache_info(f->cache);
  assert_int_equal(info->revision, 1);
  assert_int_equal(info->records, ALL);
  assert_int_equal(info->entries, 4);
  assert_int_equal(info->contacts, 6);
  assert_int_equal(info->unreadable, 0);
  assert_int_equal(info->audience, AUDIENCE_SWITCHBOARD);
  assert_false(info->frozen);
  const struct house *house = cache_house(f->cache);
  assert_int_equal(house->site_count, 2);
  assert_string_equal(house->sites[0].code, "SAB");
  assert_int_equal(house->plan_count, 1);
  struct uuid uuid;
  struct entry e;
  assert_true(uuid_parse_short(&uuid, "AAAAAAAAAAAAAAAAAAAAAQ", 22));
  assert_int_equal(cache_entry(f->cache, &uuid, &f->arena, &e, NULL), TC_OK);
  assert_string_equal(e.name, "Réanimation chirurgicale");
  assert_int_equal(e.contact_count, 3);
  assert_int_equal(e.contacts[2].audience, AUDIENCE_SWITCHBOARD);
  uuid.b[0] = 99;
  assert_int_equal(cache_entry(f->cache, &uuid, &f->arena, &e, NULL), TC_NOT_FOUND);
}

static void words_find_in_any_order_and_my_site_comes_first(void **state) {
  struct fixture *f = *state;
  static const char *const texts[] = {"rea chi", "chi rea", "réanimation chirurgicale", "REA  CHI",
                                      "reanimation"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct search_result r = find(f, texts[i]);
    assert_int_equal(r.count, 2);
    assert_string_equal(r.rows[0].entry.site, "SAB");
    assert_true(r.rows[0].here);
    assert_string_equal(r.rows[1].entry.site, "RIV");
    assert_false(r.rows[1].here);
    assert_int_equal(r.here, 1);
    assert_int_equal(r.elsewhere, 1);
  }
}

static void a_name_is_found_by_part_site_initials_sound_and_typo(void **state) {
  struct fixture *f = *state;
  static const struct {
    const char *text;
    enum match match;
  } cases[] = {{"dupont", MATCH_WORD},      {"du aub", MATCH_PREFIX}, {"jpd", MATCH_WORD},
               {"dr dup", MATCH_PREFIX},    {"dupond", MATCH_SOUND},  {"dupnot", MATCH_TYPO},
               {"dupont pole", MATCH_WORD}, {"is:person", MATCH_WORD}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct search_result r = find(f, cases[i].text);
    if (r.count == 0 || r.rows[0].match != cases[i].match)
      print_error("%s: %zu rows, match %d\n", cases[i].text, r.count,
                  r.count ? (int)r.rows[0].match : -1);
    assert_true(r.count >= 1);
    assert_string_equal(r.rows[0].entry.name, "Dupont, Jean-Pierre");
    assert_int_equal(r.rows[0].match, cases[i].match);
  }
}

static void an_alias_says_through_which_name(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "crash");
  assert_int_equal(r.count, 1);
  assert_int_equal(r.rows[0].match, MATCH_ALIAS);
  assert_string_equal(r.rows[0].matched, "crash");
}

static void a_number_is_found_in_every_form_and_by_any_run(void **state) {
  struct fixture *f = *state;
  static const struct {
    const char *text;
    enum match match;
  } cases[] = {{"01 99 00 52 40", MATCH_NUMBER}, {"+33 1 99 00 52 40", MATCH_NUMBER},
               {"0033199005240", MATCH_NUMBER},  {"0199005240", MATCH_NUMBER},
               {"005240", MATCH_NUMBER_PART},    {"5240", MATCH_NUMBER_PART},
               {"019900524", MATCH_NUMBER_PART}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct search_result r = find(f, cases[i].text);
    if (r.count < 1 || r.rows[0].match != cases[i].match)
      print_error("%s: %zu rows\n", cases[i].text, r.count);
    assert_true(r.count >= 1);
    assert_int_equal(r.rows[0].match, cases[i].match);
    assert_string_equal(r.rows[0].entry.site, "SAB");
  }
}

static void a_masked_number_is_found_whole_only(void **state) {
  struct fixture *f = *state;
  assert_int_equal(find(f, "0639981234").count, 1);
  assert_int_equal(find(f, "81234").count, 0);
}

static void a_code_comes_first_and_a_free_extension_says_whose_range_it_is(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "2222");
  assert_int_equal(r.rows[0].entry.type, ENTRY_CODE);
  assert_int_equal(r.rows[0].match, MATCH_NUMBER);
  r = find(f, "45299");
  assert_int_equal(r.count, 0);
  assert_non_null(strstr(r.note, "pneumologie"));
  assert_non_null(strstr(r.note, "SAB"));
}

static void unshifted_french_digits_are_read_when_nothing_else_hits(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "éééé");
  assert_int_equal(r.count, 1);
  assert_int_equal(r.rows[0].match, MATCH_KEYBOARD);
  assert_int_equal(r.rows[0].entry.type, ENTRY_CODE);
}

static void unshifted_digits_with_letters_among_them_are_a_number(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "à&çç");
  assert_true(r.count > 0);
  for (size_t i = 0; i < r.count; i++)
    assert_int_equal(r.rows[i].match, MATCH_KEYBOARD);
}

static void a_first_digit_is_not_called_a_failure(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "0");
  assert_int_equal(r.count, 0);
  assert_int_equal(r.tried_count, 0);
  assert_non_null(strstr(r.note, "second digit"));
}

static void a_public_number_finds_the_extension_behind_its_range(void **state) {
  struct fixture *f = *state;
  static const char *const forms[] = {"0199005244", "+33 1 99 00 52 44", "0033199005244"};
  for (size_t i = 0; i < 3; i++) {
    struct search_result r = find(f, forms[i]);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.rows[0].match, MATCH_NUMBER);
    const struct entry *e = &r.rows[0].entry;
    bool is_extension = false;
    for (size_t k = 0; k < e->contact_count; k++)
      if (uuid_equal(&e->contacts[k].uuid, &r.rows[0].contact))
        is_extension = strcmp(e->contacts[k].number, "45244") == 0;
    assert_true(is_extension);
  }
  struct search_result r = find(f, "0199005299");
  assert_int_equal(r.count, 0);
  assert_non_null(strstr(r.note, "pneumologie"));
}

static void a_word_for_a_kind_narrows_to_it(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "fax rea");
  assert_int_equal(r.count, 1);
  assert_int_equal(r.kind, CONTACT_FAX);
  struct uuid fax = r.rows[0].contact;
  assert_false(uuid_is_nil(&fax));
  for (size_t i = 0; i < r.rows[0].entry.contact_count; i++)
    if (uuid_equal(&r.rows[0].entry.contacts[i].uuid, &fax))
      assert_string_equal(r.rows[0].entry.contacts[i].number, "0199005240");
  assert_int_equal(find(f, "kind:dect").count, 1);
  assert_int_equal(find(f, "site:RIV rea").count, 1);
  assert_int_equal(find(f, "riv").count, 1);
}

static void nothing_found_says_what_was_tried(void **state) {
  struct fixture *f = *state;
  struct search_result r = find(f, "zzzzqqq");
  assert_int_equal(r.count, 0);
  assert_true(r.tried_count > 0);
  assert_int_equal(find(f, "").count, 0);
  assert_int_equal(find(f, "   ").count, 0);
  assert_int_equal(find(f, "\"*^(").count, 0);
  assert_int_equal(find(f, "rea\xff\xfe").here, 1);
}

static void change(const char *folder, const char *const *put, size_t count, const char *gone,
                   int64_t revision) {
  struct tc_error err = {.status = TC_OK};
  struct writer *w;
  struct writer_head head = head_at(revision);
  assert_int_equal(writer_delta(&w, folder, &err), TC_OK);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(writer_put(w, put[i], strlen(put[i]), &err), TC_OK);
  if (gone) {
    struct record_head h;
    assert_int_equal(record_head(&h, gone, strlen(gone), &err), TC_OK);
    assert_int_equal(writer_delete(w, &h.uuid, h.audience, &err), TC_OK);
  }
  assert_int_equal(writer_commit(w, &head, &err), TC_OK);
}

/* The published records, one behind the other. */
static void dump(const char *folder, struct buffer *out) {
  struct record_cursor *cur;
  const void *bytes;
  size_t len;
  tc_status status;
  assert_int_equal(record_cursor_open(&cur, folder, NULL), TC_OK);
  while ((status = record_cursor_next(cur, &bytes, &len, NULL)) == TC_OK)
    buffer_add(out, bytes, len);
  assert_int_equal(status, TC_DONE);
  record_cursor_close(cur);
}

static void a_change_is_seen_and_gives_what_a_build_gives(void **state) {
  struct fixture *f = *state;
  static const char moved[] = ENTRY("C") C(
      "000", "EA", "45244") "\tkind=dect\tplan=SAB\nname\tDurand, Paul\nsite\tRIV\ntype\tperson\n";
  static const char promoted[] =
      ENTRY("B") C("000", "DA", "4732") "\tplan=RIV\nname\tSoins continus\nsite\tRIV\ntype\tcode\n";
  const char *const put[] = {moved, promoted};
  const char *const after[] = {sab, riv, plan, rea_sab, promoted, moved, arret};
  char other[FOLDER_PATH];
  struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
  assert_false(cache_changed(f->cache));
  change(f->folder, put, 2, rea_desk, 2);
  assert_true(cache_changed(f->cache));
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  assert_false(cache_changed(f->cache));
  assert_int_equal(cache_info(f->cache)->revision, 2);
  assert_int_equal(find(f, "dupont").count, 0);
  assert_int_equal(find(f, "durand").count, 1);
  assert_int_equal(find(f, "0639981234").count, 0);
  assert_int_equal(find(f, "4731").count, 0);
  assert_int_equal(find(f, "soins").rows[0].entry.type, ENTRY_CODE);
  assert_int_equal(folder_make(other), 0);
  build(other, after, sizeof after / sizeof *after, 2);
  dump(f->folder, &a);
  dump(other, &b);
  assert_string_equal(buffer_text(&a), buffer_text(&b));
  struct cache *fresh;
  assert_int_equal(cache_open(&fresh, other, NULL), TC_OK);
  assert_int_equal(cache_info(fresh)->entries, cache_info(f->cache)->entries);
  assert_int_equal(cache_info(fresh)->contacts, cache_info(f->cache)->contacts);
  assert_int_equal(cache_info(fresh)->records, cache_info(f->cache)->records);
  cache_close(fresh);
  folder_remove(other);
  buffer_free(&a);
  buffer_free(&b);
}

/* Whoever serves a site is found at it, beside those who are there: of two that are called alike
 * one's own is taken, whatever the codes of the sites are. */
static void ones_own_comes_before_one_that_serves(void **state) {
  struct fixture *f = *state;
  static const char *const more[] = {
      ENTRY("F") C("000", "GA", "4101") "\tkind=extension\tplan=SAB\nname\tInterne de garde\n"
                                        "site\tSAB\ntype\trole\n",
      ENTRY("G") C("000", "HA", "7101") "\tkind=extension\tplan=RIV\nname\tInterne de garde\n"
                                        "serves\tSAB\nsite\tRIV\ntype\trole\n",
      ENTRY("H") C("000", "IA", "7102") "\tkind=extension\tplan=RIV\nname\tInterne de dialyse\n"
                                        "serves\tSAB\nsite\tRIV\ntype\trole\n"};
  change(f->folder, more, 3, NULL, 2);
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  struct search_result found = find(f, "interne");
  assert_int_equal(found.here, 3);
  assert_string_equal(found.rows[0].entry.name, "Interne de dialyse"); /* as near, and by name */
  assert_string_equal(found.rows[1].entry.site, "SAB");
  assert_string_equal(found.rows[2].entry.site, "RIV");
}

static void a_discarded_change_leaves_nothing(void **state) {
  struct fixture *f = *state;
  struct writer *w;
  struct buffer before = BUFFER_INIT, after = BUFFER_INIT;
  dump(f->folder, &before);
  assert_int_equal(writer_delta(&w, f->folder, NULL), TC_OK);
  assert_int_equal(writer_put(w, unreadable, strlen(unreadable), NULL), TC_OK);
  writer_discard(w);
  assert_int_equal(writer_build(&w, f->folder, NULL), TC_OK);
  assert_int_equal(writer_put(w, sab, strlen(sab), NULL), TC_OK);
  writer_discard(w);
  dump(f->folder, &after);
  assert_string_equal(buffer_text(&before), buffer_text(&after));
  assert_false(cache_changed(f->cache));
  buffer_free(&before);
  buffer_free(&after);
}

static void an_unreadable_record_is_kept_and_counted(void **state) {
  struct fixture *f = *state;
  const char *const put[] = {unreadable};
  change(f->folder, put, 1, NULL, 2);
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  assert_int_equal(cache_info(f->cache)->unreadable, 1);
  assert_int_equal(cache_info(f->cache)->records, ALL + 1);
  change(f->folder, NULL, 0, unreadable, 3);
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  assert_int_equal(cache_info(f->cache)->unreadable, 0);
}

static void a_rebuild_keeps_records_and_revision(void **state) {
  struct fixture *f = *state;
  struct buffer before = BUFFER_INIT, after = BUFFER_INIT;
  dump(f->folder, &before);
  assert_int_equal(writer_rebuild(f->folder, NULL, NULL, NULL), TC_OK);
  dump(f->folder, &after);
  assert_string_equal(buffer_text(&before), buffer_text(&after));
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  assert_int_equal(cache_info(f->cache)->revision, 1);
  assert_int_equal(find(f, "rea chi").count, 2);
  buffer_free(&before);
  buffer_free(&after);
}

static void a_second_writer_is_told_to_wait(void **state) {
  struct fixture *f = *state;
  struct writer *first, *second;
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(writer_delta(&first, f->folder, NULL), TC_OK);
  assert_int_equal(writer_delta(&second, f->folder, &err), TC_BUSY);
  assert_true(err.text[0]);
  writer_discard(first);
}

static void the_last_note_is_read_first(void **state) {
  struct fixture *f = *state;
  static const char noted[] =
      ENTRY("F") "name\tCardiologie\nnote\tDAAAAAAAAAAAAAAAAAAAQQ\tfirst\tat="
                 "1795680840\nnote\tDAAAAAAAAAAAAAAAAAAAgQ\tthird\tat="
                 "1795680860\nnote\tDAAAAAAAAAAAAAAAAAAAwQ\tsecond\tat="
                 "1795680850\nsite\tSAB\ntype\tservice\n";
  const char *const put[] = {noted};
  change(f->folder, put, 1, NULL, 2);
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  struct search_result found = find(f, "cardiologie");
  assert_int_equal(found.count, 1);
  assert_int_equal(found.rows[0].entry.note_count, 3);
  assert_string_equal(found.rows[0].entry.notes[0].text, "third");
  assert_string_equal(found.rows[0].entry.notes[1].text, "second");
  assert_string_equal(found.rows[0].entry.notes[2].text, "first");
}

static void browsing_follows_units(void **state) {
  struct fixture *f = *state;
  struct unit_row *units;
  struct browse_row *rows;
  size_t count;
  int64_t next;
  assert_int_equal(cache_units(f->cache, "SAB", "", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(count, 1);
  assert_string_equal(units[0].path, "Pôle A");
  assert_int_equal(units[0].entries, 2);
  assert_int_equal(cache_units(f->cache, "SAB", "Pôle A", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(count, 1);
  assert_string_equal(units[0].path, "Pôle A / Réanimation");
  assert_int_equal(cache_browse(f->cache, "SAB", "", 0, 2, &f->arena, &rows, &count, &next, NULL),
                   TC_OK);
  assert_int_equal(count, 2);
  assert_string_equal(rows[0].entry.name, "Arrêt cardiaque");
  assert_int_equal(next, 2);
  assert_int_equal(
      cache_browse(f->cache, "SAB", "", next, 2, &f->arena, &rows, &count, &next, NULL), TC_OK);
  assert_int_equal(count, 1);
  assert_int_equal(next, 0);
  const struct entry *codes;
  assert_int_equal(cache_codes(f->cache, "SAB", &f->arena, &codes, &count, NULL), TC_OK);
  assert_int_equal(count, 1);
  assert_string_equal(codes[0].contacts[0].number, "2222");
}

/* A unit that only the switchboard has anything in is not told, nor are its entries counted. */
static void units_of_what_is_hidden_are_not_told(void **state) {
  struct fixture *f = *state;
  static const char alone[] = DESK("G") "name\tSecret\nsite\tSAB\ntype\tservice\n"
                                        "unit\tPôle Z / Bureau\n",
                    among[] = DESK("H") "name\tAutre\nsite\tSAB\ntype\tservice\n"
                                        "unit\tPôle A\n";
  const char *const put[] = {alone, among};
  struct unit_row *units;
  size_t count;
  change(f->folder, put, 2, NULL, 2);
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  assert_int_equal(cache_units(f->cache, "SAB", "", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(count, 2);
  assert_int_equal(units[0].entries, 3);
  cache_hide_from(f->cache, AUDIENCE_SWITCHBOARD);
  assert_int_equal(cache_units(f->cache, "SAB", "", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(count, 1);
  assert_string_equal(units[0].path, "Pôle A");
  assert_int_equal(units[0].entries, 2);
}

/* However many there are: by a count that fell with each of them one could tell who is hidden. */
static void what_is_hidden_is_counted_in_no_large_unit(void **state) {
  struct fixture *f = *state;
  enum { MANY = 80 };
  static const char *const audiences[] = {"public", "clinical", "switchboard"};
  static char text[MANY][256];
  const char *put[MANY];
  struct unit_row *units;
  size_t count;
  for (int i = 0; i < MANY; i++) {
    snprintf(text[i], sizeof text[i],
             "tocsin1\tentry\t%s\tAAAAAAAAAAAAAAAAAAA%c%cQ\nname\tN%02d\nsite\tSAB\n"
             "type\tservice\nunit\tPôle %s\n",
             audiences[i % 3], 'B' + i / 26, 'a' + i % 26, i, i < 60 ? "M" : "N");
    put[i] = text[i];
  }
  change(f->folder, put, MANY, NULL, 2);
  assert_int_equal(cache_refresh(f->cache, NULL), TC_OK);
  assert_int_equal(cache_units(f->cache, "SAB", "", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(count, 3);
  assert_int_equal(units[1].entries, 60);
  assert_int_equal(units[2].entries, 20);
  cache_hide_from(f->cache, AUDIENCE_SWITCHBOARD);
  assert_int_equal(cache_units(f->cache, "SAB", "", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(count, 3);
  assert_int_equal(units[1].entries, 40);
  assert_int_equal(units[2].entries, 14);
  cache_hide_from(f->cache, AUDIENCE_CLINICAL);
  assert_int_equal(cache_units(f->cache, "SAB", "", &f->arena, &units, &count, NULL), TC_OK);
  assert_int_equal(units[1].entries, 20);
  assert_int_equal(units[2].entries, 7);
}

/* By the index those that the records themselves show. */
static void who_has_a_kind_of_set_is_found_without_reading_all(void **state) {
  struct fixture *f = *state;
  static const enum contact_kind kinds[] = {CONTACT_DDI, CONTACT_MOBILE}, none[] = {CONTACT_PAGER};
  static const char *const sites[] = {"SAB", "RIV", "NIX"};
  for (size_t s = 0; s < 3; s++) {
    struct browse_row *rows;
    const struct entry *entries;
    size_t count, found, wanted = 0;
    int64_t next;
    assert_int_equal(
        cache_browse(f->cache, sites[s], "", 0, 100, &f->arena, &rows, &count, &next, NULL), TC_OK);
    assert_int_equal(
        cache_of_kinds(f->cache, sites[s], kinds, 2, &f->arena, &entries, &found, NULL), TC_OK);
    for (size_t i = 0; i < count; i++) {
      bool has = false, is_found = false;
      for (size_t c = 0; c < rows[i].entry.contact_count; c++)
        has = has || rows[i].entry.contacts[c].kind == CONTACT_DDI ||
              rows[i].entry.contacts[c].kind == CONTACT_MOBILE;
      for (size_t k = 0; k < found; k++)
        is_found = is_found || uuid_equal(&entries[k].uuid, &rows[i].entry.uuid);
      assert_int_equal(has, is_found);
      wanted += has;
    }
    assert_int_equal(found, wanted); /* nobody serves another site here */
    assert_true(s != 0 || wanted > 0);
    assert_int_equal(cache_of_kinds(f->cache, sites[s], none, 1, &f->arena, &entries, &found, NULL),
                     TC_OK);
    assert_int_equal(found, 0);
  }
}

static void no_cache_and_foreign_files_are_said(void **state) {
  struct fixture *f = *state;
  struct cache *c;
  char path[256];
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/nothing", f->folder);
  assert_int_equal(cache_open(&c, path, &err), TC_NEVER_SYNCED);
  snprintf(path, sizeof path, "%s/cache/current", f->folder);
  assert_int_equal(file_replace(path, "2/1\n", 4, 0640, NULL), TC_OK);
  assert_int_equal(cache_open(&c, f->folder, NULL), TC_NEWER);
  assert_int_equal(file_replace(path, "rubbish", 7, 0640, NULL), TC_OK);
  assert_int_equal(cache_open(&c, f->folder, NULL), TC_DAMAGED);
  assert_int_equal(file_replace(path, "1/1\n", 4, 0640, NULL), TC_OK);
  snprintf(path, sizeof path, "%s/cache/1/1/directory.db", f->folder);
  assert_int_equal(file_replace(path, "this is a text file, not a cache at all", 39, 0640, NULL),
                   TC_OK);
  tc_error_clear(&err);
  assert_int_equal(cache_open(&c, f->folder, &err), TC_FOREIGN);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
  const struct CMUnitTest tests[] = {
      T(what_was_written_is_counted_and_read),
      T(words_find_in_any_order_and_my_site_comes_first),
      T(a_name_is_found_by_part_site_initials_sound_and_typo),
      T(an_alias_says_through_which_name),
      T(a_number_is_found_in_every_form_and_by_any_run),
      T(a_masked_number_is_found_whole_only),
      T(a_code_comes_first_and_a_free_extension_says_whose_range_it_is),
      T(unshifted_french_digits_are_read_when_nothing_else_hits),
      T(unshifted_digits_with_letters_among_them_are_a_number),
      T(a_first_digit_is_not_called_a_failure),
      T(a_public_number_finds_the_extension_behind_its_range),
      T(a_word_for_a_kind_narrows_to_it),
      T(nothing_found_says_what_was_tried),
      T(a_change_is_seen_and_gives_what_a_build_gives),
      T(ones_own_comes_before_one_that_serves),
      T(a_discarded_change_leaves_nothing),
      T(an_unreadable_record_is_kept_and_counted),
      T(a_rebuild_keeps_records_and_revision),
      T(a_second_writer_is_told_to_wait),
      T(the_last_note_is_read_first),
      T(browsing_follows_units),
      T(units_of_what_is_hidden_are_not_told),
      T(what_is_hidden_is_counted_in_no_large_unit),
      T(who_has_a_kind_of_set_is_found_without_reading_all),
      T(no_cache_and_foreign_files_are_said),
  };
  return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
