/* Journals and the queue: what was written stays, whatever happens to the files. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "db/frame.h"
#include "db/journal.h"
#include "db/queue.h"
#include "tests/lib/folder.h"

static char scope[FOLDER_PATH];

static int start(void **state) {
  (void)state;
  return folder_make(scope);
}
static int stop(void **state) {
  (void)state;
  return folder_remove(scope);
}

static const char *journal_file(void) {
  static char path[JOURNAL_PATH];
  snprintf(path, sizeof path, "%s/journal/%lu", scope, (unsigned long)getuid());
  return path;
}

static const char *words_of(size_t len) {
  static char words[ACT_TEXT_MAX + 1];
  memset(words, 'w', len);
  words[len] = '\0';
  return words;
}

/* The record of a note, with this many bytes of text. */
static struct buffer note(uint32_t n, size_t text) {
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct act act = {
      .uuid = {{[11] = 1, [12] = (uint8_t)(n >> 16), [13] = (uint8_t)(n >> 8), [14] = (uint8_t)n}},
      .audience = AUDIENCE_PUBLIC,
      .type = "note",
      .terminal = {{1}},
      .subject = {{2}},
      .account = "a",
      .initials = "",
      .at = 1795680840 + n};
  act_put(&act, &arena, "text", words_of(text));
  assert_int_equal(act_encode(&act, &out, NULL), TC_OK);
  arena_free(&arena);
  return out;
}

static void append(uint32_t n, size_t text) {
  struct tc_error err = {.status = TC_OK};
  struct buffer b = note(n, text);
  if (journal_append(scope, b.data, b.len, &err) != TC_OK)
    fail_msg("%s", err.text);
  buffer_free(&b);
}

/* How many acts the journal gives; *damaged, *unfinished as it says. */
static size_t acts_of(size_t *damaged, size_t *unfinished) {
  struct journal j;
  const char *bytes;
  size_t len, count = 0;
  assert_int_equal(journal_open(&j, scope, &(struct journal_name){.uid = getuid()}, NULL), TC_OK);
  while (journal_next(&j, &bytes, &len) == TC_OK)
    count++;
  *damaged = j.damaged;
  *unfinished = j.unfinished;
  journal_close(&j);
  return count;
}

static size_t in_queue(enum act_state state) {
  struct queue_counts counts;
  assert_int_equal(queue_count(&counts, scope, NULL), TC_OK);
  return counts.in[state];
}

static void take(void) {
  struct queue q;
  struct queue_taken taken;
  assert_int_equal(queue_read(&q, scope, NULL), TC_OK);
  assert_int_equal(queue_take(&q, scope, &taken, NULL), TC_OK);
  assert_int_equal(queue_write(&q, scope, NULL), TC_OK);
  queue_free(&q);
}

static void what_was_appended_is_read_in_its_order(void **state) {
  (void)state;
  size_t damaged, unfinished;
  struct stat st;
  mode_t mask = umask(077);
  append(1, 10);
  append(2, 10);
  umask(mask);
  assert_int_equal(acts_of(&damaged, &unfinished), 2);
  assert_int_equal(damaged + unfinished, 0);
  assert_int_equal(stat(journal_file(), &st), 0);
  assert_int_equal(st.st_mode & 07777, 0640); /* the daemon's group reads it */
  assert_int_equal(in_queue(ACT_PENDING), 2);
}

/* At every length that a power cut may leave. */
static void a_torn_tail_is_seen_and_the_rest_kept(void **state) {
  (void)state;
  struct stat st;
  size_t damaged, unfinished;
  append(1, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  off_t first = st.st_size;
  append(2, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  for (off_t end = st.st_size - 1; end > first; end--) {
    assert_int_equal(truncate(journal_file(), end), 0);
    assert_int_equal(acts_of(&damaged, &unfinished), 1);
    assert_int_equal(unfinished, end - first);
  }
  /* what is appended behind it is kept too, and the tear is told */
  append(3, 10);
  assert_int_equal(acts_of(&damaged, &unfinished), 2);
  assert_int_equal(unfinished, 0);
  assert_true(damaged > 0);
}

/* What was written last is as much an act as what was written first. */
static void a_byte_that_rotted_in_the_last_act_is_told(void **state) {
  (void)state;
  struct stat st;
  size_t damaged, unfinished;
  append(1, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  off_t first = st.st_size;
  append(2, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  int fd = open(journal_file(), O_RDWR);
  assert_true(fd >= 0);
  for (off_t at = first + 1; at < st.st_size; at++) {
    char byte, other;
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    other = (char)(byte ^ 0x40);
    assert_int_equal(pwrite(fd, &other, 1, at), 1);
    assert_int_equal(acts_of(&damaged, &unfinished), 1);
    assert_int_equal(damaged + unfinished, st.st_size - first);
    assert_true(damaged > 0);
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
  }
  close(fd);
  assert_int_equal(acts_of(&damaged, &unfinished), 2);
  assert_int_equal(damaged, 0);
}

static void a_byte_that_rotted_costs_one_act(void **state) {
  (void)state;
  struct stat st;
  size_t damaged, unfinished;
  for (uint32_t i = 1; i <= 3; i++)
    append(i, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  int fd = open(journal_file(), O_RDWR);
  assert_true(fd >= 0);
  char byte;
  assert_int_equal(pread(fd, &byte, 1, st.st_size / 2), 1);
  byte = (char)(byte ^ 1);
  assert_int_equal(pwrite(fd, &byte, 1, st.st_size / 2), 1);
  close(fd);
  assert_int_equal(acts_of(&damaged, &unfinished), 2);
  assert_true(damaged > 0);
  assert_int_equal(in_queue(ACT_PENDING), 2);
}

static void acts_are_taken_over_once(void **state) {
  (void)state;
  struct queue q;
  append(1, 10);
  take();
  append(2, 10);
  take();
  take();
  assert_int_equal(queue_read(&q, scope, NULL), TC_OK);
  assert_int_equal(q.count, 2);
  assert_int_equal(q.journal_count, 1);
  assert_int_equal(q.damaged, 0);
  q.items[0].held.state = ACT_REFUSED;
  q.items[0].held.reason = "not by a\nward";
  q.items[0].held.revision = 77;
  q.items[0].chain[15] = 0xAB;
  assert_int_equal(queue_write(&q, scope, NULL), TC_OK);
  queue_free(&q);
  assert_int_equal(queue_read(&q, scope, NULL), TC_OK);
  assert_int_equal(q.items[0].held.state, ACT_REFUSED);
  assert_string_equal(q.items[0].held.reason, "not by a ward");
  assert_int_equal(q.items[0].held.revision, 77);
  assert_int_equal(q.items[0].chain[15], 0xAB);
  queue_free(&q);
  assert_int_equal(in_queue(ACT_PENDING), 1);
  assert_int_equal(in_queue(ACT_REFUSED), 1);
}

static void a_damaged_queue_loses_what_is_damaged_alone_and_the_journal_has_it_still(void **state) {
  (void)state;
  char path[JOURNAL_PATH];
  struct buffer text = BUFFER_INIT;
  append(1, 10);
  append(2, 10);
  take();
  snprintf(path, sizeof path, "%s/acts", scope);
  assert_int_equal(file_read(&text, path, 100000, NULL), TC_OK);
  assert_int_equal(truncate(path, (off_t)text.len - 5), 0);
  struct queue q;
  assert_int_equal(queue_read(&q, scope, NULL), TC_OK);
  assert_int_equal(q.count, 1);
  assert_true(q.damaged > 0);
  queue_free(&q);
  assert_int_equal(unlink(path), 0); /* all of it: everything is taken over anew */
  assert_int_equal(in_queue(ACT_PENDING), 2);
  buffer_free(&text);
}

static void a_grown_journal_is_begun_anew_once_all_of_it_was_taken(void **state) {
  (void)state;
  struct stat st;
  uint32_t n = 0;
  struct tc_error err = {.status = TC_OK};
  struct buffer file = {.limit = JOURNAL_MOST};
  append(++n, ACT_TEXT_MAX);
  /* filled from outside: a thousand synced writes take long on a slow disk */
  assert_int_equal(file_read(&file, journal_file(), JOURNAL_MOST, NULL), TC_OK);
  int fd = open(journal_file(), O_WRONLY | O_APPEND);
  assert_true(fd >= 0);
  for (size_t size = file.len; size <= JOURNAL_TURN; size += file.len)
    assert_int_equal(write(fd, file.data, file.len), file.len);
  close(fd);
  append(++n, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  assert_true(st.st_size > JOURNAL_TURN); /* nobody has taken it: it grows on */
  take();
  append(++n, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  assert_true(st.st_size < 10000);
  assert_int_equal(in_queue(ACT_PENDING), 3); /* none lost, none twice */
  take();
  assert_int_equal(in_queue(ACT_PENDING), 3);
  buffer_free(&file);
  (void)err;
}

static void a_full_journal_says_who_should_have_emptied_it(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer b = note(2, 10);
  append(1, 10);
  assert_int_equal(truncate(journal_file(), JOURNAL_MOST), 0);
  assert_int_equal(journal_append(scope, b.data, b.len, &err), TC_TOO_LONG);
  assert_non_null(strstr(err.text, "is full"));
  buffer_free(&b);
}

/* The disk fills up in the middle of a frame: what is cut off costs nothing else. */
static void a_full_disk_is_told_and_what_is_cut_off_is_skipped(void **state) {
  (void)state;
  struct stat st;
  struct rlimit whole, less;
  size_t damaged, unfinished;
  struct tc_error err = {.status = TC_OK};
  struct buffer b = note(2, 100);
  append(1, 10);
  assert_int_equal(stat(journal_file(), &st), 0);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &whole), 0);
  signal(SIGXFSZ, SIG_IGN);
  less = whole;
  less.rlim_cur = (rlim_t)st.st_size + 40;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
  tc_status status = journal_append(scope, b.data, b.len, &err);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &whole), 0);
  signal(SIGXFSZ, SIG_DFL);
  assert_int_not_equal(status, TC_OK);
  assert_non_null(strstr(err.text, "cannot write"));
  append(3, 10);
  assert_int_equal(acts_of(&damaged, &unfinished), 2);
  assert_true(damaged > 0);
  buffer_free(&b);
}

static int hold(void) {
  char path[JOURNAL_PATH];
  struct stat st;
  snprintf(path, sizeof path, "%s/journal/lock-%lu", scope, (unsigned long)getuid());
  int fd = open(path, O_RDWR);
  assert_true(fd >= 0);
  assert_int_equal(fstat(fd, &st), 0);
  assert_int_equal(st.st_mode & 07777, 0600); /* nobody else may */
  assert_int_equal(flock(fd, LOCK_EX), 0);
  return fd;
}

static void a_write_that_cannot_be_made_gives_the_screen_back_and_is_made_later(void **state) {
  (void)state;
  struct journal_writer *w;
  struct tc_error err = {.status = TC_OK};
  struct buffer one = note(2, 10), two = note(3, 10);
  size_t damaged, unfinished;
  append(1, 10);
  assert_int_equal(journal_writer_open(&w, scope, NULL), TC_OK);
  int fd = hold();
  int64_t began = clock_monotonic_us();
  assert_int_not_equal(journal_writer_post(w, one.data, one.len, &err), TC_OK);
  /* 200 ms, and as much again where two cores do the work of many */
  assert_true(clock_monotonic_us() - began < 400000);
  assert_int_equal(journal_writer_unsaved(w, NULL), 1);
  assert_int_equal(acts_of(&damaged, &unfinished), 1);
  close(fd);
  tc_error_clear(&err);
  assert_int_equal(journal_writer_post(w, two.data, two.len, &err), TC_OK);
  assert_int_equal(journal_writer_unsaved(w, NULL), 0);
  assert_int_equal(acts_of(&damaged, &unfinished), 3);
  assert_int_equal(journal_writer_close(w), 0);
  buffer_free(&one);
  buffer_free(&two);
}

static void a_folder_that_cannot_be_written_is_told_and_tried_again(void **state) {
  (void)state;
  struct journal_writer *w;
  struct tc_error err = {.status = TC_OK};
  struct buffer b = note(2, 10);
  char path[JOURNAL_PATH];
  snprintf(path, sizeof path, "%s/journal", scope);
  assert_int_equal(file_replace(path, "x", 1, 0600, NULL), TC_OK); /* a file is in the way */
  assert_int_equal(journal_writer_open(&w, scope, NULL), TC_OK);
  assert_int_not_equal(journal_writer_post(w, b.data, b.len, &err), TC_OK);
  assert_true(strlen(err.text) > 10);
  assert_int_equal(journal_writer_unsaved(w, &err), 1);
  assert_int_equal(journal_writer_close(w), 1); /* and who ends the program hears it */
  buffer_free(&b);
}

/* A million notes at a full disk take no more memory than the first few. */
static void what_waits_for_a_disk_has_an_end(void **state) {
  (void)state;
  struct journal_writer *w;
  struct tc_error err = {.status = TC_OK};
  struct buffer b = note(2, 10);
  char path[JOURNAL_PATH];
  snprintf(path, sizeof path, "%s/journal", scope);
  assert_int_equal(file_replace(path, "x", 1, 0600, NULL), TC_OK); /* a file is in the way */
  assert_int_equal(journal_writer_open(&w, scope, NULL), TC_OK);
  for (int i = 0; i < JOURNAL_WAITING; i++)
    assert_int_not_equal(journal_writer_post(w, b.data, b.len, NULL), TC_REFUSED);
  assert_int_equal(journal_writer_post(w, b.data, b.len, &err), TC_REFUSED);
  assert_non_null(strstr(err.text, "too much waits"));
  assert_int_equal(journal_writer_unsaved(w, NULL), JOURNAL_WAITING);
  assert_int_equal(unlink(path), 0);
  while (journal_writer_unsaved(w, NULL) && journal_writer_post(w, b.data, b.len, NULL) != TC_OK)
    ; /* as soon as it has a place again */
  assert_int_equal(journal_writer_unsaved(w, NULL), 0);
  assert_int_equal(journal_writer_close(w), 0);
  buffer_free(&b);
}

static void a_link_or_the_file_of_another_account_is_no_journal(void **state) {
  (void)state;
  struct journal j;
  struct tc_error err = {.status = TC_OK};
  char elsewhere[JOURNAL_PATH], path[JOURNAL_PATH];
  append(1, 10);
  snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", scope);
  assert_int_equal(rename(journal_file(), elsewhere), 0);
  assert_int_equal(symlink(elsewhere, journal_file()), 0);
  assert_int_not_equal(journal_open(&j, scope, &(struct journal_name){.uid = getuid()}, &err),
                       TC_OK);
  journal_close(&j);
  snprintf(path, sizeof path, "%s/journal/%lu", scope, (unsigned long)getuid() + 1);
  assert_int_equal(rename(elsewhere, path), 0);
  assert_int_equal(journal_open(&j, scope, &(struct journal_name){.uid = getuid() + 1}, NULL),
                   TC_FOREIGN);
  journal_close(&j);
}

static void in_folder(char out[JOURNAL_PATH], const char *name, const char *suffix) {
  snprintf(out, JOURNAL_PATH, "%s/journal/%s%lu%s", scope, name, (unsigned long)getuid(), suffix);
}

static bool is_file(const char *suffix) {
  char path[JOURNAL_PATH];
  struct stat st;
  in_folder(path, "", suffix);
  return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Another account of the group makes what bears the name, of its journal or of its lock: the next
 * name is written, and the queue has it all, whatever becomes of the first. */
static void a_name_that_is_taken_is_passed_by(void **state) {
  (void)state;
  char path[JOURNAL_PATH], lock[JOURNAL_PATH];
  append(1, 10);
  assert_int_equal(unlink(journal_file()), 0);
  assert_int_equal(mkfifo(journal_file(), 0666), 0);
  append(2, 10);
  append(3, 10);
  assert_true(is_file(".1") && !is_file(".2"));
  in_folder(path, "", ".1");
  in_folder(lock, "lock-", ".1");
  assert_int_equal(unlink(lock), 0);
  assert_int_equal(mkdir(lock, 0777), 0); /* then that name is no good either */
  append(4, 10);
  assert_true(is_file(".2") && !is_file(".3"));
  assert_int_equal(in_queue(ACT_PENDING), 3);
  take();
  assert_int_equal(unlink(journal_file()), 0);
  append(5, 10);
  assert_true(!is_file("") && !is_file(".3"));
  take();
  assert_int_equal(in_queue(ACT_PENDING), 4);
}

/* As whoever pays what a lost grant owes does it: debt_acts(). */
static void retire_and_take(void) {
  journal_retire(scope);
  take();
  assert_int_equal(journal_drop_retired(scope, NULL), TC_OK);
}

static void a_retired_journal_is_read_until_the_queue_has_it(void **state) {
  (void)state;
  struct journal_name *names;
  size_t count;
  append(1, 5);
  journal_retire(scope);
  assert_int_not_equal(access(journal_file(), F_OK), 0);
  assert_int_equal(journal_drop_retired(scope, NULL), TC_OK);
  assert_int_equal(in_queue(ACT_PENDING), 1); /* the queue knows nothing of it yet: it is kept */
  append(2, 5);                               /* its account goes on in one of its own */
  assert_int_equal(access(journal_file(), F_OK), 0);
  assert_int_equal(in_queue(ACT_PENDING), 2);
  take();
  assert_int_equal(journal_drop_retired(scope, NULL), TC_OK);
  assert_int_equal(journal_names(&names, &count, scope, NULL), TC_OK);
  assert_int_equal(count, 1);
  assert_false(names[0].retired);
  free(names);
  retire_and_take();
  assert_int_not_equal(access(journal_file(), F_OK), 0);
  assert_int_equal(in_queue(ACT_PENDING), 2);
}

static void no_act_is_lost_in_a_journal_that_is_taken_away_while_it_is_written(void **state) {
  (void)state;
  enum { ACTS = 300 };
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    for (uint32_t i = 1; i <= ACTS; i++) {
      struct buffer b = note(i, 5);
      tc_status status;
      while ((status = journal_append(scope, b.data, b.len, NULL)) == TC_BUSY)
        ; /* taken away as often as it was begun */
      if (status != TC_OK)
        _exit(1);
      buffer_free(&b);
    }
    _exit(0);
  }
  int ended = -1;
  while (waitpid(child, &ended, WNOHANG) == 0)
    retire_and_take();
  retire_and_take();
  assert_int_equal(ended, 0);
  assert_int_equal(in_queue(ACT_PENDING), ACTS);
}

static void every_name_that_can_be_guessed_is_not_enough(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  struct buffer b = note(1, 10);
  char path[JOURNAL_PATH], suffix[8] = "";
  assert_int_equal(journal_folder(path, scope, NULL), TC_OK);
  for (int n = 0; n < JOURNAL_NUMBERED; n++) {
    if (n)
      snprintf(suffix, sizeof suffix, ".%d", n);
    in_folder(path, "", suffix);
    assert_int_equal(mkdir(path, 0777), 0);
  }
  assert_int_equal(journal_append(scope, b.data, b.len, &err), TC_OK); /* a name nobody guesses */
  append(2, 10);
  assert_int_equal(in_queue(ACT_PENDING), 2);
  buffer_free(&b);
}

/* Whoever may read a journal may lock it. */
static void a_lock_of_another_account_holds_nobody_up(void **state) {
  (void)state;
  append(1, 10);
  int fd = open(journal_file(), O_RDONLY);
  assert_int_equal(flock(fd, LOCK_EX), 0);
  append(2, 10);
  close(fd);
  assert_int_equal(in_queue(ACT_PENDING), 2);
}

static off_t queue_size(void) {
  char path[FOLDER_PATH + 8];
  struct stat st;
  snprintf(path, sizeof path, "%s/acts", scope);
  assert_int_equal(stat(path, &st), 0);
  return st.st_size;
}

static void what_a_full_queue_has_no_room_for_waits_in_the_journals(void **state) {
  (void)state;
  enum { LIMIT = 1024 * 1024, ACTS = LIMIT / 500 };
  struct queue q;
  struct queue_taken taken;
  for (uint32_t i = 0; i < ACTS; i++)
    append(i, 500);
  size_t answered = 0, rounds = 0;
  for (bool full = true; full; rounds++) {
    assert_true(rounds < ACTS);
    assert_int_equal(queue_read(&q, scope, NULL), TC_OK);
    q.limit = LIMIT;
    assert_int_equal(queue_take(&q, scope, &taken, NULL), TC_OK);
    full = taken.full;
    assert_true(taken.acts > 0);
    /* the source answers at great length, a day later than the round before, in an hour */
    for (size_t i = 0; i < q.count; i++)
      if (q.items[i].held.state == ACT_PENDING) {
        q.items[i].held.state = ACT_REFUSED;
        q.items[i].held.reason = words_of(500);
        q.items[i].answered = 1795680840 + (int64_t)rounds * 86400 + (int64_t)i;
        answered++;
      }
    assert_int_equal(queue_write(&q, scope, NULL), TC_OK);
    assert_in_range(queue_size(), 1, LIMIT);
    queue_free(&q);
  }
  assert_int_equal(answered, ACTS); /* none lost, none twice */
  assert_true(rounds > 1);
  assert_true(in_queue(ACT_REFUSED) > 0 && in_queue(ACT_REFUSED) < ACTS); /* the latest are kept */
}

/* A program that writes on and on in one account, while the source is away. */
static void an_account_that_writes_much_leaves_room_for_the_others(void **state) {
  (void)state;
  enum { LIMIT = JOURNAL_TURN / 4 * 5, ACTS = LIMIT / 500 };
  struct queue q;
  struct queue_taken taken;
  char other[JOURNAL_PATH];
  if (geteuid() != 0) {
    print_message("# a journal of another account can be made by root alone\n");
    skip();
  }
  for (uint32_t i = 0; i < 3; i++) /* the later one by its number */
    append(100000 + i, 10);
  assert_int_equal(journal_folder(other, scope, NULL), TC_OK);
  snprintf(other + strlen(other), sizeof other - strlen(other), "/%d", 4711);
  assert_int_equal(rename(journal_file(), other), 0);
  assert_int_equal(chown(other, 4711, 4711), 0);
  append(0, 500);
  FILE *mine = fopen(journal_file(), "a"); /* as above */
  assert_non_null(mine);
  for (uint32_t i = 1; i < ACTS; i++) {
    struct buffer act = note(i, 500), frame = BUFFER_INIT;
    frame_add(&frame, act.data, act.len);
    assert_int_equal(fwrite(frame.data, 1, frame.len, mine), frame.len);
    buffer_free(&frame);
    buffer_free(&act);
  }
  assert_int_equal(fclose(mine), 0);
  for (int round = 0; round < 2; round++) {
    assert_int_equal(queue_read(&q, scope, NULL), TC_OK);
    q.limit = LIMIT;
    assert_int_equal(queue_take(&q, scope, &taken, NULL), TC_OK);
    assert_true(taken.full);
    assert_in_range(q.bytes, LIMIT / 2, LIMIT / 4 * 3);
    size_t others = 0;
    for (size_t i = 0; i < q.count; i++)
      others += q.items[i].len < 400;
    assert_int_equal(others, 3);
    assert_int_equal(queue_write(&q, scope, NULL), TC_OK);
    queue_free(&q);
  }
}

static void a_name_that_was_cut_off_is_written_anew(void **state) {
  (void)state;
  size_t damaged, unfinished;
  append(1, 10);
  assert_int_equal(truncate(journal_file(), 9), 0);
  append(2, 10);
  assert_int_equal(acts_of(&damaged, &unfinished), 1);
  assert_int_equal(damaged + unfinished, 0);
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup_teardown(test, start, stop)
  const struct CMUnitTest tests[] = {
      EACH(what_was_appended_is_read_in_its_order),
      EACH(a_torn_tail_is_seen_and_the_rest_kept),
      EACH(a_byte_that_rotted_in_the_last_act_is_told),
      EACH(a_byte_that_rotted_costs_one_act),
      EACH(acts_are_taken_over_once),
      EACH(a_damaged_queue_loses_what_is_damaged_alone_and_the_journal_has_it_still),
      EACH(a_grown_journal_is_begun_anew_once_all_of_it_was_taken),
      EACH(a_full_journal_says_who_should_have_emptied_it),
      EACH(a_full_disk_is_told_and_what_is_cut_off_is_skipped),
      EACH(a_write_that_cannot_be_made_gives_the_screen_back_and_is_made_later),
      EACH(what_waits_for_a_disk_has_an_end),
      EACH(a_folder_that_cannot_be_written_is_told_and_tried_again),
      EACH(a_link_or_the_file_of_another_account_is_no_journal),
      EACH(a_name_that_is_taken_is_passed_by),
      EACH(a_retired_journal_is_read_until_the_queue_has_it),
      EACH(no_act_is_lost_in_a_journal_that_is_taken_away_while_it_is_written),
      EACH(every_name_that_can_be_guessed_is_not_enough),
      EACH(a_lock_of_another_account_holds_nobody_up),
      EACH(what_a_full_queue_has_no_room_for_waits_in_the_journals),
      EACH(an_account_that_writes_much_leaves_room_for_the_others),
      EACH(a_name_that_was_cut_off_is_written_anew),
  };
  return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
