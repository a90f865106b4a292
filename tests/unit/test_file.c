/* Whole files. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "tests/lib/folder.h"

static char folder[FOLDER_PATH];

static int setup(void **state) {
  (void)state;
  return folder_make(folder);
}

static int teardown(void **state) {
  (void)state;
  return folder_remove(folder);
}

static const char *in_folder(const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void what_is_written_is_read_back(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer got = BUFFER_INIT;
  struct stat st;
  const char *path = in_folder("state");
  assert_int_equal(file_replace(path, "one\0two", 7, 0640, &err), TC_OK);
  assert_int_equal(file_replace(path, "three", 5, 0600, &err), TC_OK);
  assert_int_equal(file_read(&got, path, 5, &err), TC_OK);
  assert_string_equal(buffer_text(&got), "three");
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
  buffer_free(&got);
}

static void a_larger_file_is_refused_whole(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer got = BUFFER_INIT;
  const char *path = in_folder("large");
  assert_int_equal(file_replace(path, "123456", 6, 0600, &err), TC_OK);
  buffer_add_text(&got, "kept");
  assert_int_equal(file_read(&got, path, 5, &err), TC_TOO_LONG);
  assert_string_equal(buffer_text(&got), "kept");
  tc_error_clear(&err);
  /* A file without a size of its own is bounded while it is read. */
  assert_int_equal(file_read(&got, "/dev/zero", 1000, &err), TC_TOO_LONG);
  assert_string_equal(buffer_text(&got), "kept");
  buffer_free(&got);
}

static void folders_and_missing_files_are_named(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer got = BUFFER_INIT;
  assert_int_equal(file_read(&got, folder, 100, &err), TC_NO_INPUT);
  assert_non_null(strstr(err.text, folder));
  tc_error_clear(&err);
  assert_int_equal(file_read(&got, in_folder("none"), 100, &err), TC_NO_INPUT);
  buffer_free(&got);
}

static void a_failed_replacement_leaves_nothing(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(mkdir(in_folder("taken"), 0700), 0);
  assert_int_equal(mkdir(in_folder("taken/inside"), 0700), 0);
  assert_int_equal(file_replace(in_folder("taken"), "x", 1, 0600, &err), TC_IO);
  assert_int_equal(folder_count(folder, "taken"), 1);
  tc_error_clear(&err);
  assert_int_equal(file_replace(in_folder("none/x"), "x", 1, 0600, &err), TC_NO_INPUT);
}

static void a_disk_that_takes_no_more_leaves_the_old_file(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer got = BUFFER_INIT;
  static char large[100000];
  const char *path = in_folder("full");
  assert_int_equal(file_replace(path, "old", 3, 0600, &err), TC_OK);
  struct rlimit before, small;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  small = before;
  small.rlim_cur = 4096;
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  tc_status status = file_replace(path, large, sizeof large, 0600, &err);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_DFL);
  assert_int_equal(status, TC_IO);
  tc_error_clear(&err);
  assert_int_equal(file_read(&got, path, 100, &err), TC_OK);
  assert_string_equal(buffer_text(&got), "old");
  assert_int_equal(folder_count(folder, "full"), 1);
  buffer_free(&got);
}

static void a_pipe_is_read_to_its_end(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer got = BUFFER_INIT;
  char path[64];
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    /* Byte by byte, so that the reader meets an empty pipe many times. */
    bool ok = true;
    for (int i = 0; i < 20000; i++)
      ok = ok && write(ends[1], "x", 1) == 1;
    _exit(!ok);
  }
  assert_true(child > 0);
  close(ends[1]);
  snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
  assert_int_equal(file_read(&got, path, 20000, &err), TC_OK);
  assert_int_equal(got.len, 20000);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  close(ends[0]);
  buffer_free(&got);
}

static void folders_are_made_down_to_the_last(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct stat st;
  assert_int_equal(file_make_folders(in_folder("a/b//c/"), 0750, &err), TC_OK);
  assert_int_equal(file_make_folders(in_folder("a/b/c"), 0750, &err), TC_OK);
  assert_int_equal(stat(in_folder("a/b/c"), &st), 0);
  assert_int_equal(st.st_mode & 0777, 0750);
  assert_int_equal(file_make_folders("/", 0750, &err), TC_OK);
  assert_int_equal(file_replace(in_folder("file"), "x", 1, 0600, &err), TC_OK);
  assert_int_equal(file_make_folders(in_folder("file/x"), 0750, &err), TC_IO);
  assert_non_null(strstr(err.text, "file"));
  tc_error_clear(&err);
  assert_int_equal(file_make_folders("", 0750, &err), TC_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_written_is_read_back),
      cmocka_unit_test(a_larger_file_is_refused_whole),
      cmocka_unit_test(folders_and_missing_files_are_named),
      cmocka_unit_test(a_failed_replacement_leaves_nothing),
      cmocka_unit_test(a_disk_that_takes_no_more_leaves_the_old_file),
      cmocka_unit_test(a_pipe_is_read_to_its_end),
      cmocka_unit_test(folders_are_made_down_to_the_last),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
