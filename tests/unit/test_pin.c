/* The PIN of a terminal: its file, wrong ones in a row, and what survives a restart. */
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/secret.h"
#include "tests/lib/folder.h"
#include "tui/key.h"
#include "tui/pin.h"

enum { NOW = 1790000000 };
static const char right[] = "260727", wrong[] = "260728";

static char scope[FOLDER_PATH], path[FOLDER_PATH + 64];
static struct tc_error err;

static int make(void **state) {
  (void)state;
  err = (struct tc_error){.status = TC_OK};
  if (folder_make(scope) != 0)
    return -1;
  snprintf(path, sizeof path, "%s/pin", scope);
  return 0;
}

static int take_away(void **state) {
  (void)state;
  folder_remove(scope);
  return 0;
}

static void set(void) {
  if (pin_set(scope, right, &err) != TC_OK)
    fail_msg("%s", err.text);
}

static enum pin_answer try(const char *digits, int64_t now, struct pin_tries *tries) {
  err = (struct tc_error){.status = TC_OK};
  return pin_try(scope, digits, now, tries, &err);
}

static void the_right_one_opens_and_another_does_not(void **state) {
  (void)state;
  struct pin_tries tries = {.wrong = 0};
  assert_int_equal(pin_state(scope), PIN_NONE);
  assert_int_equal(try(right, NOW, &tries), PIN_NO);
  set();
  assert_int_equal(pin_state(scope), PIN_SET);
  assert_int_equal(try(wrong, NOW, &tries), PIN_WRONG);
  assert_int_equal(tries.wrong, 1);
  assert_int_equal(try("26072", NOW, &tries), PIN_WRONG);
  assert_int_equal(try(right, NOW, &tries), PIN_RIGHT);
  assert_int_equal(tries.wrong, 0);
  assert_int_equal(pin_remove(scope, &err), TC_OK);
  assert_int_equal(pin_state(scope), PIN_NONE);
  assert_int_equal(pin_remove(scope, NULL), TC_NOT_FOUND);
}

static void its_file_says_nothing_of_it_and_is_for_the_group_alone(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  struct stat st;
  set();
  assert_int_equal(file_read(&text, path, 1000, &err), TC_OK);
  assert_non_null(strstr(buffer_text(&text), "$argon2id$v=19$m=65536,t=4,p=1$"));
  assert_null(strstr(buffer_text(&text), right));
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0640);
  buffer_free(&text);
}

static void what_is_easily_guessed_is_refused(void **state) {
  static const char *const refused[] = {"",       "12345",  "26072a", "111111",
                                        "123456", "987654", "26 0727"};
  (void)state;
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    assert_int_equal(pin_set(scope, refused[i], NULL), TC_INVALID);
  char longest[PIN_MOST + 2];
  for (int i = 0; i <= PIN_MOST; i++)
    longest[i] = (char)('0' + i * 7 % 10);
  longest[PIN_MOST + 1] = '\0';
  assert_int_equal(pin_set(scope, longest, NULL), TC_INVALID);
  longest[PIN_MOST] = '\0';
  assert_int_equal(pin_set(scope, longest, NULL), TC_OK);
}

static void after_five_one_waits_twice_as_long_each_time_and_never_over_five_minutes(void **state) {
  static const struct {
    unsigned wrong;
    int64_t wait;
  } cases[] = {{0, 0},   {1, 0},   {4, 0},   {5, 30},   {6, 60},
               {7, 120}, {8, 240}, {9, 300}, {10, 300}, {4000000000u, 300}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(pin_wait_after(cases[i].wrong), cases[i].wait);
}

static void wrong_ones_are_counted_across_a_restart(void **state) {
  (void)state;
  struct pin_tries tries = {.wrong = 0};
  set();
  for (int i = 0; i < PIN_TRIES; i++)
    assert_int_equal(try(wrong, NOW + i, &tries), PIN_WRONG);
  struct pin_tries anew;
  pin_tries_read(&anew, scope, NOW + 5);
  assert_int_equal(anew.wrong, PIN_TRIES);
  assert_int_equal(pin_wait_left(&anew, NOW + 5), 29);
  anew = (struct pin_tries){.wrong = 0}; /* nor by forgetting to look */
  assert_int_equal(try(right, NOW + 6, &anew), PIN_WAIT);
  assert_int_equal(anew.wrong, PIN_TRIES);
  assert_int_equal(try(right, NOW + 33, &anew), PIN_WAIT);
  assert_int_equal(try(wrong, NOW + 34, &anew), PIN_WRONG);
  assert_int_equal(pin_wait_left(&anew, NOW + 34), 60);
  assert_int_equal(try(right, NOW + 94, &anew), PIN_RIGHT);
  pin_tries_read(&anew, scope, NOW + 95);
  assert_int_equal(anew.wrong, 0);
}

static void a_clock_that_is_set_back_makes_no_wait_longer(void **state) {
  (void)state;
  struct pin_tries tries = {.wrong = 0};
  set();
  for (int i = 0; i < PIN_TRIES; i++)
    assert_int_equal(try(wrong, NOW, &tries), PIN_WRONG);
  int64_t before = NOW - 86400;
  assert_int_equal(pin_wait_left(&tries, before), 30);
  assert_int_equal(try(right, before, &tries), PIN_WAIT);
  assert_int_equal(try(right, before + 30, &tries), PIN_RIGHT);
}

static void write_file(const char *name, const char *text) {
  FILE *f = fopen(name, "w");
  assert_non_null(f);
  fputs(text, f);
  assert_int_equal(fclose(f), 0);
}

static void a_damaged_file_opens_nothing_and_is_one_sentence(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  struct pin_tries tries = {.wrong = 0};
  set();
  assert_int_equal(file_read(&text, path, 1000, &err), TC_OK);
  for (size_t i = 0; i < text.len; i += 7) {
    char was = text.data[i];
    text.data[i] = was == 'x' ? 'y' : 'x';
    write_file(path, buffer_text(&text));
    text.data[i] = was;
    assert_int_equal(pin_state(scope), PIN_DAMAGED);
  }
  static const char dear[] =
      "tocsin-pin 1\n$argon2id$v=19$m=4194304,t=9,p=1$c29tZXNhbHRzb21lc2FsdA$"
      "dGFndGFndGFndGFndGFndGFndGFndGFndGFndGFndGE\n0000000000000000\n";
  static const char *const others[] = {"", "tocsin-pin 1\n", dear};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    write_file(path, others[i]);
    assert_int_equal(pin_state(scope), PIN_DAMAGED);
    assert_int_equal(try(right, NOW, &tries), PIN_NO);
    assert_non_null(strstr(err.text, "must be set again"));
    assert_null(strchr(err.text, '/'));
  }
  assert_int_equal(tries.wrong, 0);
  set();
  assert_int_equal(pin_state(scope), PIN_SET);
  buffer_free(&text);
}

static void a_damaged_count_waits_and_is_made_anew(void **state) {
  (void)state;
  char tries_path[FOLDER_PATH + 64];
  struct pin_tries tries = {.wrong = 0};
  set();
  assert_int_equal(try(wrong, NOW, &tries), PIN_WRONG);
  snprintf(tries_path, sizeof tries_path, "%s/journal/pin-%lu", scope, (unsigned long)getuid());
  write_file(tries_path, "nonsense");
  struct pin_tries anew = {.wrong = 0};
  assert_int_equal(try(right, NOW, &anew), PIN_WAIT);
  write_file(tries_path, "");
  anew = (struct pin_tries){.wrong = 0};
  assert_int_equal(try(right, NOW, &anew), PIN_RIGHT);
}

static void a_disk_that_takes_nothing_is_no_reason_to_refuse(void **state) {
  (void)state;
  char journal[FOLDER_PATH + 64];
  struct pin_tries tries = {.wrong = 0};
  set();
  snprintf(journal, sizeof journal, "%s/journal", scope);
  write_file(journal, "a file where the folder should be");
  assert_int_equal(try(wrong, NOW, &tries), PIN_WRONG);
  assert_int_equal(tries.wrong, 1); /* counted in memory */
  assert_int_equal(try(right, NOW, &tries), PIN_RIGHT);
}

/* Whoever fills the disk and connects again begins at none otherwise. */
static void a_full_disk_counts_where_the_program_began_before(void **state) {
  (void)state;
  char journal[FOLDER_PATH + 64], fill[FOLDER_PATH + 96];
  int how;
  snprintf(journal, sizeof journal, "%s/journal", scope);
  snprintf(fill, sizeof fill, "%s/fill", journal);
  assert_int_equal(mkdir(journal, 0700), 0);
  pid_t child = fork();
  if (child == 0) {
    static const char block[4096];
    struct pin_tries tries = {.wrong = 0}, anew;
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", journal, "tmpfs", 0, "size=64k,mode=0700") != 0)
      _exit(77);
    pin_tries_make(scope);
    int fd = open(fill, O_WRONLY | O_CREAT, 0600);
    while (write(fd, block, sizeof block) == (ssize_t)sizeof block)
      ;
    tc_status counted = pin_tries_count(&tries, scope, NOW, NULL);
    pin_tries_read(&anew, scope, NOW);
    pin_tries_make(scope); /* the next one to come */
    if (counted != TC_OK || anew.wrong != 1)
      _exit(2);
    pin_tries_read(&anew, scope, NOW);
    _exit(anew.wrong == 1 ? 0 : 3);
  }
  assert_int_equal(waitpid(child, &how, 0), child);
  if (WIFEXITED(how) && WEXITSTATUS(how) == 77) {
    print_message("# this account may not mount a small disk\n");
    skip();
  }
  assert_int_equal(how, 0);
}

static void the_upper_row_of_a_french_keyboard_and_the_keypad_are_digits(void **state) {
  static const uint32_t row[] = {0xE0, '&', 0xE9, '"', '\'', '(', '-', 0xE8, '_', 0xE7};
  (void)state;
  for (int i = 0; i < 10; i++) {
    assert_int_equal(key_digit(row[i]), i);
    assert_int_equal(key_digit((uint32_t)('0' + i)), i);
  }
  assert_int_equal(key_digit('a'), -1);
}

/* At many terminals of the account at once: each is counted before it is looked at. */
static void tries_at_the_same_time_are_all_counted(void **state) {
  (void)state;
  enum { AT_ONCE = 12 };
  pid_t pids[AT_ONCE];
  int looked_at = 0, kept_out = 0;
  struct pin_tries tries;
  set();
  for (int i = 0; i < AT_ONCE; i++)
    if ((pids[i] = fork()) == 0) {
      struct pin_tries mine = {.wrong = 0};
      _exit(try(wrong, NOW, &mine) == PIN_WAIT ? 1 : 0);
    }
  for (int i = 0; i < AT_ONCE; i++) {
    int end = 0;
    assert_int_equal(waitpid(pids[i], &end, 0), pids[i]);
    assert_true(WIFEXITED(end));
    *(WEXITSTATUS(end) ? &kept_out : &looked_at) += 1;
  }
  assert_int_equal(looked_at, PIN_TRIES);
  assert_int_equal(kept_out, AT_ONCE - PIN_TRIES);
  pin_tries_read(&tries, scope, NOW);
  assert_int_equal(tries.wrong, PIN_TRIES);
}

/* The folder of the journals is every account's: what bears the name may be somebody else's. */
static void what_another_made_of_its_name_neither_counts_nor_forgives(void **state) {
  (void)state;
  char name[FOLDER_PATH + 64];
  struct pin_tries tries = {.wrong = 0};
  set();
  snprintf(name, sizeof name, "%s/journal", scope);
  assert_int_equal(mkdir(name, 0700), 0);
  for (int i = 0; i < 7; i++) { /* all names but the last: pipes and folders */
    int n = snprintf(name, sizeof name, "%s/journal/pin-%lu", scope, (unsigned long)getuid());
    if (i)
      snprintf(name + n, sizeof name - (size_t)n, ".%d", i);
    assert_int_equal(i % 2 ? mkdir(name, 0700) : mkfifo(name, 0600), 0);
  }
  for (unsigned i = 1; i <= PIN_TRIES; i++) {
    tries = (struct pin_tries){.wrong = 0};
    assert_int_equal(try(wrong, NOW, &tries), PIN_WRONG);
    assert_int_equal(tries.wrong, i);
  }
  tries = (struct pin_tries){.wrong = 0};
  assert_int_equal(try(right, NOW, &tries), PIN_WAIT);
  assert_int_equal(try(right, NOW + PIN_WAIT_S, &tries), PIN_RIGHT);
  pin_tries_read(&tries, scope, NOW + PIN_WAIT_S);
  assert_int_equal(tries.wrong, 0);
  snprintf(strrchr(name, '/'), 32, "/pin-%lu.7", (unsigned long)getuid());
  assert_int_equal(unlink(name), 0);
  assert_int_equal(mkfifo(name, 0600), 0); /* now all of them */
  assert_int_equal(try(right, NOW + PIN_WAIT_S, &tries), PIN_NO);
  assert_int_equal(err.status, TC_FOREIGN);
}

#define T(name) cmocka_unit_test_setup_teardown(name, make, take_away)

int main(void) {
  const struct CMUnitTest tests[] = {
      T(the_right_one_opens_and_another_does_not),
      T(its_file_says_nothing_of_it_and_is_for_the_group_alone),
      T(what_is_easily_guessed_is_refused),
      T(after_five_one_waits_twice_as_long_each_time_and_never_over_five_minutes),
      T(wrong_ones_are_counted_across_a_restart),
      T(a_clock_that_is_set_back_makes_no_wait_longer),
      T(a_damaged_file_opens_nothing_and_is_one_sentence),
      T(a_damaged_count_waits_and_is_made_anew),
      T(a_disk_that_takes_nothing_is_no_reason_to_refuse),
      T(a_full_disk_counts_where_the_program_began_before),
      T(tries_at_the_same_time_are_all_counted),
      T(what_another_made_of_its_name_neither_counts_nor_forgives),
      cmocka_unit_test(the_upper_row_of_a_french_keyboard_and_the_keypad_are_digits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
