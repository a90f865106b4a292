/* tests/data/tasks.txt: what people come for, in how many keys, over the whole sample directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/utf8.h"
#include "core/act.h"
#include "db/journal.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/folder.h"
#include "tests/lib/sample.h"
#include "tui/app.h"

enum { NOON = 1795694400 /* 2026-11-26 12:00 UTC */, TASKS_LEAST = 32 };

static char scope[FOLDER_PATH];      /* all is well */
static char down_scope[FOLDER_PATH]; /* the PBX and the fax server of SAB's group are down */

static const char pbx_down[] = "tocsin1\tincident\tpublic\taQAAAAAAAAAAAAAAAAAAAQ\n"
                               "by\tstandard\ndeclared\ndirs\tinside,inbound\n"
                               "domain\tpbx-sab\nreason\tpanne\nsince\t1795690800\n";
static const char fax_down[] = "tocsin1\tincident\tpublic\taQAAAAAAAAAAAAAAAAAAAg\n"
                               "by\tstandard\ndeclared\n"
                               "domain\tfax-nord\nreason\tpanne\nsince\t1795690800\n";

/* Whose chain meets a step that is DOWN with the PBX, and then one that is words only. */
static const char lift[] = "tocsin1\tentry\tpublic\taQAAAAAAAAAAAAAAAAAAAw\n"
                           "c\t000\taQAAAAAAAAAAAAAAAAAABQ\t0199005999\te=+33199005999\t"
                           "kind=direct-line\n"
                           "name\tAscensoriste d'astreinte\n"
                           "next\t000\ttext=machinerie\tto=aQAAAAAAAAAAAAAAAAAABA\twait=120\n"
                           "next\t001\ttext=aller au PC incendie, Bât. B rdc\twait=300\n"
                           "next\t002\ttext=standard du site\tto=54rghngoi_yCPOOKK0rqGQ\t"
                           "wait=180\n"
                           "rank\t200\nsite\tSAB\ntype\trole\n";
static const char lift_room[] = "tocsin1\tentry\tpublic\taQAAAAAAAAAAAAAAAAAABA\n"
                                "c\t000\taQAAAAAAAAAAAAAAAAAABg\t44199\tkind=extension\t"
                                "plan=SAB\n"
                                "name\tMachinerie des ascenseurs\n"
                                "rank\t200\nsite\tSAB\ntype\tservice\n";

/* The same directory with two incidents and two entries more. */
static int build_down(const struct sample *s) {
  const struct sample_record more[] = {{pbx_down, sizeof pbx_down - 1},
                                       {fax_down, sizeof fax_down - 1},
                                       {lift, sizeof lift - 1},
                                       {lift_room, sizeof lift_room - 1}};
  size_t count = sizeof more / sizeof *more;
  struct sample_record *all = calloc(s->count + count, sizeof *all);
  if (!all)
    return -1;
  memcpy(all, s->records, s->count * sizeof *all);
  memcpy(all + s->count, more, sizeof more);
  int made = sample_build(all, s->count + count, down_scope, 1);
  free(all);
  return made;
}

static int make_directory(void **state) {
  struct sample sample;
  (void)state;
  int made = folder_make(scope) || folder_make(down_scope) ? -1 : 0;
  setenv("XDG_STATE_HOME", scope, 1);
  setenv("HOME", scope, 1);
  if (made == 0)
    made = sample_read(&sample, "--audience clinical");
  if (made == 0) {
    made = sample_build(sample.records, sample.count, scope, 1) || build_down(&sample) ? -1 : 0;
    sample_free(&sample);
  }
  return made;
}

static int remove_directory(void **state) {
  (void)state;
  int removed = folder_remove(down_scope);
  return folder_remove(scope) || removed ? -1 : 0;
}

struct play {
  struct options options;
  struct app *app;
  struct grid grid;
  struct buffer text;  /* the screen, or a sheet */
  struct buffer keyed; /* what the task has pressed, for again */
  char config[FOLDER_PATH + 16];
  char task[160];
  long keys, budget;
  int64_t now;
  int wrong;
};

static void say_wrong(struct play *p, const char *what, const char *text) {
  p->wrong++;
  /* print_error() would cut the screen */
  fprintf(stderr, "task \"%s\": %s \"%s\"\n%s\n", p->task, what, text, buffer_text(&p->text));
}

static void finish(struct play *p) {
  app_close(p->app);
  p->app = NULL;
  grid_free(&p->grid);
  p->grid = GRID_INIT;
}

static void look(struct play *p) {
  app_draw(p->app, &p->grid);
  buffer_clear(&p->text);
  for (int row = 0; row < p->grid.rows; row++) {
    grid_row_text(&p->grid, row, &p->text);
    buffer_add_char(&p->text, '\n');
  }
}

/* "SAB ward desk down french small"; a group's desk stands at no site: "- ward desk" */
static void stand(struct play *p, char *situation) {
  struct setup setup;
  struct tc_error err = {0};
  char *save = NULL;
  const char *site = strtok_r(situation, " ", &save), *set = strtok_r(NULL, " ", &save);
  const char *desk = "no", *at = scope, *language = "en";
  int rows = 24, cols = 80;
  assert_non_null(set);
  for (const char *word; (word = strtok_r(NULL, " ", &save)) != NULL;)
    if (strcmp(word, "down") == 0)
      at = down_scope;
    else if (strcmp(word, "desk") == 0)
      desk = "yes";
    else if (strcmp(word, "french") == 0)
      language = "fr";
    else if (strcmp(word, "small") == 0)
      rows = 10, cols = 40;
    else
      fail_msg("nobody stands \"%s\"", word);
  finish(p);
  snprintf(p->config, sizeof p->config, "%s/tocsin.conf", scope);
  FILE *f = fopen(p->config, "w");
  assert_non_null(f);
  fprintf(f, "[terminal]\nset = %s\ncountry = FR\nname = here\nscope = %s\ndesk = %s\n", set, at,
          desk);
  if (strcmp(site, "-") != 0)
    fprintf(f, "site = %s\n", site);
  fprintf(f, "[screen]\nlanguage = %s\n", language);
  assert_int_equal(fclose(f), 0);
  p->options = (struct options){.set = -1};
  p->options.value[OPT_CONFIG] = p->config;
  if (setup_open(&setup, &p->options, &err) != TC_OK)
    fail_msg("%s", err.text);
  setup.clock = (struct clock){.stopped = true, .at = p->now};
  assert_int_equal(app_open(&p->app, &setup, &p->options, &err), TC_OK);
  assert_int_equal(grid_resize(&p->grid, rows, cols, NULL), TC_OK);
  app_size(p->app, rows, cols);
  look(p);
}

static struct key key_named(const char *name, size_t len) {
  static const struct {
    const char *name;
    enum key_name key;
  } named[] = {{"Enter", K_ENTER}, {"Esc", K_ESC}, {"Down", K_DOWN}, {"Up", K_UP}, {"Tab", K_TAB}};
  for (size_t i = 0; i < sizeof named / sizeof *named; i++)
    if (strlen(named[i].name) == len && memcmp(named[i].name, name, len) == 0)
      return (struct key){named[i].key, 0};
  if (*name == 'F')
    return (struct key){(enum key_name)(K_F1 + (int)strtol(name + 1, NULL, 10) - 1), 0};
  fail_msg("no key is called %.*s", (int)len, name);
  return (struct key){K_NONE, 0};
}

/* A phrase that is broken over lines, or set in columns, is one phrase: blanks count once. */
static bool holds(const struct play *p, const char *phrase) {
  struct buffer text = BUFFER_INIT, words = BUFFER_INIT;
  const char *from[] = {buffer_text(&p->text), phrase};
  struct buffer *to[] = {&text, &words};
  for (int i = 0; i < 2; i++)
    for (const char *c = from[i]; *c; c++) {
      bool blank = *c == ' ' || *c == '\n';
      if (!blank)
        buffer_add_char(to[i], *c);
      else if (to[i]->len && to[i]->data[to[i]->len - 1] != ' ')
        buffer_add_char(to[i], ' ');
    }
  bool found = strstr(buffer_text(&text), buffer_text(&words)) != NULL;
  buffer_free(&text);
  buffer_free(&words);
  return found;
}

static void press(struct play *p, const char *keys) {
  size_t len = strlen(keys);
  buffer_add(&p->keyed, keys, len);
  for (size_t at = 0; at < len; p->keys++) {
    struct key key = {K_TEXT, 0};
    const char *end = keys[at] == '<' ? strchr(keys + at, '>') : NULL;
    if (end) {
      key = key_named(keys + at + 1, (size_t)(end - keys) - at - 1);
      at = (size_t)(end - keys) + 1;
    } else {
      at += utf8_next(keys + at, len - at, &key.point);
    }
    assert_true(app_key(p->app, key));
  }
  look(p);
}

/* The row with the sign of the chosen one must begin so; another sign may stand behind the site. */
static void check_row(struct play *p, const char *text) {
  const char *row = strstr(buffer_text(&p->text), "\n>");
  char *sign = row ? strchr(row, '!') : NULL, *gap = strchr(text, ' ');
  if (sign && gap && sign - row - 2 == gap - text)
    *sign = ' ';
  if (!row || strncmp(row + 2, text, strlen(text)) != 0)
    say_wrong(p, "the chosen row does not begin with", text);
}

/* Somebody else writes that a failure domain fails, or begins an exercise in which it does. */
static void hear(struct play *p, const char *type, const char *field, const char *domain) {
  struct arena arena = ARENA_INIT;
  struct buffer record = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  struct act act = {.audience = AUDIENCE_SWITCHBOARD,
                    .type = type,
                    .terminal = {{[15] = 200}},
                    .subject = {{[15] = 1}},
                    .account = "",
                    .initials = "NE",
                    .at = NOON};
  assert_int_equal(uuid_random(&act.uuid, NULL), TC_OK);
  act_put(&act, &arena, field, domain);
  act_put(&act, &arena, "name", "Exercice blanc");
  act_put(&act, &arena, "terminals", "here");
  act_put_int(&act, &arena, "until", NOON + 3600);
  if (act_encode(&act, &record, &err) != TC_OK ||
      journal_append(scope, record.data, record.len, &err) != TC_OK)
    fail_msg("%s", err.text);
  buffer_free(&record);
  arena_free(&arena);
  app_tick(p->app);
  look(p);
}

/* A sheet written to a file: says and never are about it from here on. */
static void read_paper(struct play *p, const char *name) {
  char path[FOLDER_PATH + 64];
  struct tc_error err = {0};
  snprintf(path, sizeof path, "%s/%s", scope, name);
  buffer_clear(&p->text);
  if (file_read(&p->text, path, 1 << 20, &err) != TC_OK)
    say_wrong(p, "nothing was printed:", err.text);
  else
    assert_int_equal(remove(path), 0);
}

static void begin(struct play *p) {
  p->keys = 0;
  p->budget = -1;
  buffer_clear(&p->keyed);
}

/* No more, and no fewer: what has become shorter is worth its new number. */
static void check_budget(struct play *p) {
  char keys[32];
  snprintf(keys, sizeof keys, "%ld", p->keys);
  if (p->keys != p->budget)
    say_wrong(p,
              p->keys > p->budget ? "more keys than its budget:" : "its budget has slack:", keys);
}

/* The same keys where another stands, or in another language, within the same budget. */
static void again(struct play *p, char *situation) {
  long budget = p->budget;
  char *keys = strdup(buffer_text(&p->keyed));
  assert_non_null(keys);
  assert_true(budget >= 0);
  p->task[strcspn(p->task, "|")] = '\0';
  snprintf(p->task + strlen(p->task), sizeof p->task - strlen(p->task), "| again %s", situation);
  begin(p);
  stand(p, situation);
  press(p, keys);
  p->budget = budget;
  check_budget(p);
  free(keys);
}

static void take(struct play *p, char *line) {
  char *value = line + strcspn(line, " ");
  size_t word = (size_t)(value - line);
  value += strspn(value, " ");
#define IS(name) (word == sizeof name - 1 && memcmp(line, name, word) == 0)
  if (IS("task")) {
    snprintf(p->task, sizeof p->task, "%s", value);
    begin(p);
    p->now = NOON;
  } else if (IS("time")) {
    p->now = strtoll(value, NULL, 10);
  } else if (IS("at")) {
    stand(p, value);
  } else if (IS("keys")) {
    press(p, value);
  } else if (IS("again")) {
    again(p, value);
  } else if (IS("budget")) {
    p->budget = strtol(value, NULL, 10);
    check_budget(p);
  } else if (IS("plays")) {
    hear(p, "exercise-begin", "domains", value);
  } else if (IS("fails")) {
    hear(p, "incident-report", "domain", value);
  } else if (IS("paper")) {
    read_paper(p, value);
  } else if (IS("row")) {
    check_row(p, value);
  } else if (IS("says")) {
    if (!holds(p, value))
      say_wrong(p, "not on the screen:", value);
  } else if (IS("never")) {
    if (holds(p, value))
      say_wrong(p, "on the screen:", value);
  } else {
    fail_msg("no line begins with %.*s", (int)word, line);
  }
#undef IS
}

static void each_task_is_done_within_its_keys(void **state) {
  struct play p = {.grid = GRID_INIT};
  struct buffer text = BUFFER_INIT;
  struct tc_error err = {0};
  const char *top = getenv("TOCSIN_TOP");
  char path[4096], *save = NULL;
  int tasks = 0;
  (void)state;
  snprintf(path, sizeof path, "%s/tests/data/tasks.txt", top ? top : ".");
  if (file_read(&text, path, 1 << 20, &err) != TC_OK)
    fail_msg("%s", err.text);
  for (char *line = strtok_r(text.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
    if (*line == '#')
      continue;
    tasks += strncmp(line, "task ", 5) == 0;
    take(&p, line);
  }
  finish(&p);
  buffer_free(&p.text);
  buffer_free(&p.keyed);
  buffer_free(&text);
  assert_int_equal(p.wrong, 0);
  assert_true(tasks >= TASKS_LEAST);
}

int main(void) {
  catalogue_use("two");
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_task_is_done_within_its_keys)};
  return cmocka_run_group_tests_name("tasks", tests, make_directory, remove_directory);
}
