/* What comes before what: tests/data/preferences.tsv, one sentence a line, asked of the directory
 * of preferences_directory.tsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/record.h"
#include "db/search.h"
#include "db/writer.h"
#include "tests/lib/folder.h"

enum { FIELDS = 10, LINE = 1024, CONTACTS = 8 };

static FILE *open_data(const char *name) {
  const char *top = getenv("TOCSIN_TOP");
  char path[512];
  snprintf(path, sizeof path, "%s/tests/data/%s", top ? top : ".", name);
  FILE *f = fopen(path, "r");
  if (!f)
    print_error("%s\n", path);
  assert_non_null(f);
  return f;
}

/* The fields of the next line that is no remark; false at the end. */
static bool next_line(FILE *f, char line[LINE], char *fields[FIELDS]) {
  do
    if (!fgets(line, LINE, f))
      return false;
  while (*line == '#' || *line == '\n');
  line[strcspn(line, "\n")] = '\0';
  for (size_t i = 0; i < FIELDS; i++) {
    fields[i] = line;
    line += strcspn(line, "\t");
    if (*line)
      *line++ = '\0';
  }
  return true;
}

static struct uuid numbered(int a, int b) {
  struct uuid u = {{0x71, (uint8_t)a, (uint8_t)b, 0, 0, 0, 0x40, 0, 0x80}};
  return u;
}

static void put_text(struct writer *w, const struct buffer *record) {
  struct tc_error err = {.status = TC_OK};
  tc_status status = writer_put(w, record->data, record->len, &err);
  if (status != TC_OK)
    print_error("%s\n", err.text);
  assert_int_equal(status, TC_OK);
}

static void put_record(struct writer *w, const struct record *r) {
  struct buffer bytes = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  tc_status status = record_encode(r, &bytes, &err);
  if (status != TC_OK)
    print_error("%s\n", err.text);
  assert_int_equal(status, TC_OK);
  put_text(w, &bytes);
  buffer_free(&bytes);
}

static void put_sites(struct writer *w) {
  static const struct {
    const char *code, *name;
  } sites[] = {{"SAB", "Saint-Aubin"}, {"RIV", "Les Rives"}};
  for (int i = 0; i < 2; i++) {
    struct buffer record = BUFFER_INIT;
    char key[UUID_SHORT];
    struct uuid uuid = numbered(1, i);
    uuid_format_short(&uuid, key);
    buffer_printf(&record, "tocsin1\tsite\tpublic\t%s\ncode\t%s\nname\t%s\nrank\t%d\n", key,
                  sites[i].code, sites[i].name, i + 1);
    put_text(w, &record);
    buffer_free(&record);
  }
}

/* "fax=0199005211 ddi=0199005210" */
static size_t read_contacts(struct contact *out, char *text, int entry, struct arena *arena) {
  size_t count = 0;
  char *rest = NULL;
  for (char *at = strtok_r(text, " ", &rest); at && count < CONTACTS;
       at = strtok_r(NULL, " ", &rest)) {
    char *number = strchr(at, '=');
    assert_non_null(number);
    *number++ = '\0';
    struct contact *c = &out[count];
    *c = contact_empty;
    c->order = (int64_t)count;
    c->uuid = numbered(10 + entry, (int)++count);
    c->kind = (enum contact_kind)contact_kind_from_word(at);
    c->number = number;
    c->audience = AUDIENCE_PUBLIC;
    if (strlen(number) == 10)
      c->e164 = arena_printf(arena, "+33%s", number + 1);
  }
  return count;
}

static void put_entry(struct writer *w, char *fields[FIELDS], int entry, struct arena *arena) {
  struct contact contacts[CONTACTS];
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_ENTRY,
                              .audience = AUDIENCE_PUBLIC,
                              .uuid = numbered(2, entry)}};
  r.entry = (struct entry){.uuid = numbered(2, entry),
                           .audience = AUDIENCE_PUBLIC,
                           .type = ENTRY_OTHER,
                           .site = fields[1],
                           .name = fields[2],
                           .unit = fields[3],
                           .building = fields[5],
                           .floor = fields[6],
                           .room = fields[7],
                           .rank = strtol(fields[8], NULL, 10),
                           .call_if = "",
                           .do_not_call_if = "",
                           .purpose = "",
                           .area = "",
                           .title = "",
                           .speciality = "",
                           .contacts = contacts};
  for (int t = 0; t < ENTRY_TYPE_COUNT; t++)
    if (t != ENTRY_OTHER && strcmp(entry_type_word((enum entry_type)t), fields[0]) == 0)
      r.entry.type = (enum entry_type)t;
  const char *alias = fields[4];
  if (*alias)
    r.entry.aliases = (struct text_list){&alias, 1};
  r.entry.contact_count = read_contacts(contacts, fields[9], entry, arena);
  put_record(w, &r);
}

struct fixture {
  char folder[FOLDER_PATH];
  struct cache *cache;
  struct arena arena;
};

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  struct tc_error err = {.status = TC_OK};
  struct writer *w;
  struct writer_head head = {
      .revision = 1, .source_time = 1795680840, .source = "test", .audience = AUDIENCE_PUBLIC};
  char line[LINE], *fields[FIELDS];
  int count = 0;
  if (!f || folder_make(f->folder) != 0)
    return -1;
  head.generation.b[0] = 7;
  assert_int_equal(writer_build(&w, f->folder, &err), TC_OK);
  put_sites(w);
  FILE *data = open_data("preferences_directory.tsv");
  while (next_line(data, line, fields))
    put_entry(w, fields, count++, &f->arena);
  fclose(data);
  assert_int_equal(writer_commit(w, &head, &err), TC_OK);
  assert_int_equal(cache_open(&f->cache, f->folder, &err), TC_OK);
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

/* Where "SAB Radiologie" stands among the rows; -1: nowhere. */
static int position(const struct search_result *r, const char *who) {
  for (size_t i = 0; i < r->count; i++) {
    const struct entry *e = &r->rows[i].entry;
    size_t len = strlen(e->site);
    if (strncmp(e->site, who, len) == 0 && who[len] == ' ' && strcmp(e->name, who + len + 1) == 0)
      return (int)i;
  }
  return -1;
}

static void what_comes_before_what_is_as_the_sentences_say(void **state) {
  struct fixture *f = *state;
  char line[LINE], *fields[FIELDS];
  size_t sentences = 0, wrong = 0;
  FILE *data = open_data("preferences.tsv");
  while (next_line(data, line, fields)) {
    struct search_query query = {
        .text = fields[1], .site = fields[2], .only = "", .country = "FR", .limit = 100};
    struct search_result r;
    arena_reset(&f->arena);
    assert_int_equal(search_run(f->cache, &query, &f->arena, &r, NULL), TC_OK);
    int before = position(&r, fields[3]), after = position(&r, fields[4]);
    bool holds = strcmp(fields[4], "-") == 0      ? before == 0
                 : strcmp(fields[4], "none") == 0 ? before >= 0
                                                  : before >= 0 && after > before;
    if (!holds)
      print_error("%s: \"%s\" at %s: %s is row %d, %s is row %d\n", fields[0], fields[1], fields[2],
                  fields[3], before, fields[4], after);
    wrong += !holds;
    sentences++;
  }
  fclose(data);
  assert_true(sentences >= 40);
  assert_int_equal(wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_comes_before_what_is_as_the_sentences_say, start, stop),
  };
  return cmocka_run_group_tests_name("preferences", tests, NULL, NULL);
}
