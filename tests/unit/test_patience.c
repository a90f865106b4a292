/* A reader whose account may not write the log's index, while a writer makes it anew. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/generation.h"
#include "db/store.h"
#include "db/writer.h"
#include "tests/lib/folder.h"

enum { NOBODY = 65534, HEADER = 136, SOON_MS = 30, LONG_MS = 20000 };

static const char site[] = "tocsin1\tsite\tpublic\tBAAAAAAAAAAAAAAAAAAAAQ\ncode\tSAB\nname\tX\n";

/* Asks as often as it is told to; answers with the status. */
static void read_on(const char *path, int orders, int answers) {
  struct store s;
  char order;
  bool is_open = false;
  if (getuid() == 0 && setuid(NOBODY) != 0) /* of the same group: it may read */
    _exit(1);
  while (read(orders, &order, 1) == 1) {
    int64_t revision = 0;
    tc_status status = is_open ? TC_OK : store_open(&s, path, STORE_READ, NULL);
    is_open = is_open || status == TC_OK;
    if (status == TC_OK)
      status = store_meta_int(&s, "revision", &revision, NULL);
    if (write(answers, &(char){(char)status}, 1) != 1)
      break;
  }
  _exit(0);
}

static bool answers_within(int answers, int ms) {
  return poll(&(struct pollfd){.fd = answers, .events = POLLIN}, 1, ms) == 1;
}

static int answer(int answers) {
  char status;
  assert_true(answers_within(answers, LONG_MS));
  assert_int_equal(read(answers, &status, 1), 1);
  return status;
}

static void tell(int orders) {
  assert_int_equal(write(orders, "?", 1), 1);
}

static void test_index_is_being_made(void **state) {
  (void)state;
  static const char nothing[HEADER];
  char folder[FOLDER_PATH], path[GENERATION_PATH], side[GENERATION_PATH + 8], header[HEADER];
  struct writer_head head = {.generation = {{7}},
                             .revision = 1,
                             .source_time = 1795680840,
                             .source = "test",
                             .cursor = "",
                             .audience = AUDIENCE_PUBLIC};
  struct generation g;
  struct writer *w;
  struct store s;
  int64_t revision;
  int orders[2], answers[2];
  assert_int_equal(folder_make(folder), 0);
  assert_int_equal(chmod(folder, 0750), 0);
  assert_int_equal(writer_build(&w, folder, NULL), TC_OK);
  assert_int_equal(writer_put(w, site, strlen(site), NULL), TC_OK);
  assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
  assert_int_equal(generation_current(&g, folder, NULL), TC_OK);
  assert_int_equal(generation_path(path, folder, &g, NULL), TC_OK);

  /* before this process has the file open: it would share what it knows of it */
  assert_int_equal(pipe(orders), 0);
  assert_int_equal(pipe(answers), 0);
  pid_t child = fork();
  if (child == 0) {
    close(orders[1]);
    read_on(path, orders[0], answers[1]);
  }
  close(orders[0]);
  close(answers[1]);

  assert_int_equal(store_open(&s, path, STORE_WRITE, NULL), TC_OK);
  assert_int_equal(store_meta_int(&s, "revision", &revision, NULL), TC_OK);
  snprintf(side, sizeof side, "%s-shm", path);
  assert_int_equal(chmod(side, 0440), 0);
  tell(orders[1]);
  assert_int_equal(answer(answers[0]), TC_OK);

  assert_int_equal(chmod(side, 0640), 0);
  int shm = open(side, O_RDWR);
  assert_true(shm >= 0);
  assert_int_equal(pread(shm, header, HEADER, 0), HEADER);
  assert_int_equal(pwrite(shm, nothing, HEADER, 0), HEADER);
  tell(orders[1]);
  assert_false(answers_within(answers[0], SOON_MS));
  assert_int_equal(pwrite(shm, header, HEADER, 0), HEADER);
  assert_int_equal(answer(answers[0]), TC_OK);

  /* one that is never made: in use, and no matter of rights */
  assert_int_equal(pwrite(shm, nothing, HEADER, 0), HEADER);
  tell(orders[1]);
  assert_int_equal(answer(answers[0]), TC_BUSY);
  assert_int_equal(pwrite(shm, header, HEADER, 0), HEADER);

  close(shm);
  store_close(&s);
  close(orders[1]);
  close(answers[0]);
  assert_int_equal(waitpid(child, NULL, 0), child);
  assert_int_equal(folder_remove(folder), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_index_is_being_made)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
