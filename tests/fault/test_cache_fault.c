/* The cache under faults: a reader that may not write, a writer that dies or finds the disk full,
 * files that were cut, foreign or newer.  A writer dies where the kernel ends it at a file size:
 * the same as kill -9, at the same point every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#define group system_group /* the directory has one of its own */
#include <grp.h>
#undef group
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/record.h"
#include "db/cache.h"
#include "db/search.h"
#include "db/tidy.h"
#include "db/writer.h"
#include "tests/lib/folder.h"
#include "tests/lib/sample.h"

enum { ENTRIES = 400, NOBODY = 65534, TEXT = 512 };

struct fixture {
  char folder[FOLDER_PATH];
  struct buffer before; /* the published records */
};

/* ---- records -----------------------------------------------------------------------------------
 */

/* The n-th entry, as of a revision: its name says which. */
static size_t entry_bytes(char out[TEXT], int n, int64_t revision) {
  struct uuid uuid = {.b = {1, 2, (unsigned char)(n >> 8), (unsigned char)n}};
  char key[UUID_SHORT];
  uuid_format_short(&uuid, key);
  return (size_t)snprintf(out, TEXT,
                          "tocsin1\tentry\tpublic\t%s\nname\tService numero%d stand%c\nsite\tSAB\n"
                          "type\tservice\nunit\tPôle %d / Unité de soins de longue durée\n",
                          key, n, (char)('a' + revision), n % 7);
}

static tc_status put_entries(struct writer *w, int from, int behind, int64_t revision,
                             struct tc_error *err) {
  char bytes[TEXT];
  tc_status status = TC_OK;
  for (int n = from; n < behind && status == TC_OK; n++)
    status = writer_put(w, bytes, entry_bytes(bytes, n, revision), err);
  return status;
}

enum way { BUILD, DELTA };

static tc_status begin(struct writer **w, enum way way, const char *folder, struct tc_error *err) {
  return way == BUILD ? writer_build(w, folder, err) : writer_delta(w, folder, err);
}

static struct writer_head head_at(int64_t revision) {
  struct writer_head head = {.revision = revision,
                             .source_time = 1795680840,
                             .source = "test",
                             .audience = AUDIENCE_PUBLIC};
  head.generation.b[0] = 7;
  return head;
}

/* Everything at once; frees what it made. */
static tc_status write_all(enum way way, const char *folder, int64_t revision,
                           struct tc_error *err) {
  struct writer *w;
  struct writer_head head = head_at(revision);
  tc_status status = begin(&w, way, folder, err);
  if (status != TC_OK)
    return status;
  status = put_entries(w, 0, ENTRIES, revision, err);
  if (status == TC_OK)
    return writer_commit(w, &head, err);
  writer_discard(w);
  return status;
}

static void dump(const char *folder, struct buffer *out) {
  struct record_cursor *cur;
  const void *bytes;
  size_t len;
  tc_status status;
  struct tc_error err = {.status = TC_OK};
  status = record_cursor_open(&cur, folder, &err);
  if (status != TC_OK)
    print_error("%s\n", err.text);
  assert_int_equal(status, TC_OK);
  while ((status = record_cursor_next(cur, &bytes, &len, NULL)) == TC_OK)
    buffer_add(out, bytes, len);
  assert_int_equal(status, TC_DONE);
  record_cursor_close(cur);
}

static void is_as_it_was(struct fixture *f) {
  struct buffer now = BUFFER_INIT;
  dump(f->folder, &now);
  assert_string_equal(buffer_text(&f->before), buffer_text(&now));
  buffer_free(&now);
}

/* ---- a reader of another account ---------------------------------------------------------------
 */

struct seen {
  tc_status status;
  int64_t revision;
  size_t rows[4]; /* entries that say they are of revision 0, 1, 2, 3 */
  bool frozen;
  char text[1024];
};

static void look(struct cache *c, struct seen *out) {
  struct arena arena = ARENA_INIT;
  struct search_result result;
  struct tc_error err = {.status = TC_OK};
  char text[32];
  out->revision = cache_info(c)->revision;
  out->frozen = cache_info(c)->frozen;
  for (int i = 0; i < 4 && out->status == TC_OK; i++) {
    snprintf(text, sizeof text, "stand%c", 'a' + i);
    struct search_query q = {
        .text = text, .site = "", .only = "", .country = "FR", .limit = ENTRIES * 2};
    out->status = search_run(c, &q, &arena, &result, &err);
    out->rows[i] = 0;
    for (size_t k = 0; out->status == TC_OK && k < result.count; k++)
      out->rows[i] += result.rows[k].match == MATCH_WORD;
  }
  snprintf(out->text, sizeof out->text, "%s", err.text);
  arena_free(&arena);
}

/* Opens as an account of the folder's group that may write nothing. */
static struct seen as_reader(const char *folder) {
  struct seen seen = {.status = TC_BUG};
  struct stat st;
  int ends[2], how;
  assert_int_equal(stat(folder, &st), 0);
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    struct cache *c = NULL;
    struct tc_error err = {.status = TC_OK};
    if (geteuid() == 0 &&
        (setgroups(0, NULL) != 0 || setgid(st.st_gid) != 0 || setuid(NOBODY) != 0))
      _exit(3);
    seen.status = cache_open(&c, folder, &err);
    snprintf(seen.text, sizeof seen.text, "%s", err.text);
    if (seen.status == TC_OK)
      look(c, &seen);
    cache_close(c);
    _exit(write(ends[1], &seen, sizeof seen) == (ssize_t)sizeof seen ? 0 : 4);
  }
  close(ends[1]);
  ssize_t got = read(ends[0], &seen, sizeof seen);
  close(ends[0]);
  assert_int_equal(waitpid(child, &how, 0), child);
  assert_int_equal(how, 0);
  assert_int_equal(got, sizeof seen);
  return seen;
}

/* It sees that revision, all of it and nothing else. */
static void reader_sees(const char *folder, int64_t revision) {
  struct seen seen = as_reader(folder);
  if (seen.status != TC_OK || seen.revision != revision)
    print_error("revision %lld: %s\n", (long long)seen.revision, seen.text);
  assert_int_equal(seen.status, TC_OK);
  assert_int_equal(seen.revision, revision);
  for (int i = 0; i < 4; i++)
    assert_int_equal(seen.rows[i], i == revision ? ENTRIES : 0);
}

static int start(void **state) {
  struct fixture *f = calloc(1, sizeof *f);
  struct tc_error err = {.status = TC_OK};
  umask(027);
  if (!f || folder_make(f->folder) != 0 || chmod(f->folder, 0750) != 0 ||
      write_all(BUILD, f->folder, 1, &err) != TC_OK)
    return -1;
  dump(f->folder, &f->before);
  *state = f;
  return 0;
}

static int stop(void **state) {
  struct fixture *f = *state;
  folder_remove(f->folder);
  buffer_free(&f->before);
  free(f);
  return 0;
}

static void path_of(char out[256], const struct fixture *f, const char *below) {
  snprintf(out, 256, "%s/cache/%s", f->folder, below);
}

/* ---- permissions -------------------------------------------------------------------------------
 */

static void a_reader_that_may_not_write_opens_while_a_writer_works_and_after(void **state) {
  struct fixture *f = *state;
  struct writer *w;
  struct writer_head head = head_at(2);
  reader_sees(f->folder, 1);
  for (int way = BUILD; way <= DELTA; way++, head.revision++) {
    assert_int_equal(begin(&w, (enum way)way, f->folder, NULL), TC_OK);
    reader_sees(f->folder, head.revision - 1);
    assert_int_equal(put_entries(w, 0, ENTRIES, head.revision, NULL), TC_OK);
    reader_sees(f->folder, head.revision - 1);
    assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
    reader_sees(f->folder, head.revision);
    assert_false(as_reader(f->folder).frozen);
  }
}

static void folders_and_files_are_for_the_group_and_nobody_else(void **state) {
  struct fixture *f = *state;
  static const struct {
    const char *below;
    mode_t mode;
  } all[] = {{"", 0750},
             {"1", 0750},
             {"1/2", 0750},
             {"current", 0640},
             {"lock", 0600}, /* who could open it could hold it */
             {"1/2/directory.db", 0640},
             {"1/2/directory.db-wal", 0640},
             {"1/2/directory.db-shm", 0640}};
  char path[256];
  struct stat st;
  assert_int_equal(write_all(BUILD, f->folder, 2, NULL), TC_OK);
  assert_int_equal(write_all(DELTA, f->folder, 3, NULL), TC_OK);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    path_of(path, f, all[i].below);
    assert_int_equal(stat(path, &st), 0);
    if ((st.st_mode & 07777) != all[i].mode)
      print_error("%s: %o\n", path, st.st_mode & 07777);
    assert_int_equal(st.st_mode & 07777, all[i].mode);
  }
}

/* ---- writers that die or find no room ----------------------------------------------------------
 */

enum end { DIES, IS_TOLD };

/* Writes with files no larger than a size.  What became of it: -1 it was killed, else its status;
 * its message goes to text. */
static int write_limited(enum way way, const char *folder, size_t size, enum end end,
                         char text[1024]) {
  int ends[2], how;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    struct tc_error err = {.status = TC_OK};
    struct rlimit none = {0, 0}, limit = {size, size};
    signal(SIGXFSZ, end == DIES ? SIG_DFL : SIG_IGN);
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_FSIZE, &limit);
    tc_status status = write_all(way, folder, 2, &err);
    _exit(write(ends[1], err.text, strlen(err.text) + 1) > 0 ? (int)status : 99);
  }
  close(ends[1]);
  ssize_t got = read(ends[0], text, 1023);
  text[got > 0 ? got : 0] = '\0';
  close(ends[0]);
  assert_int_equal(waitpid(child, &how, 0), child);
  return WIFSIGNALED(how) ? -1 : WEXITSTATUS(how);
}

/* Where the writer is stopped: none of the files, then more and more of them. */
static const size_t sizes[] = {0,     1,     1000,   4096,   8192,   20000,  32768,
                               40000, 65536, 100000, 131072, 160000, 200000, 4000000};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void a_writer_killed_anywhere_leaves_one_revision(enum way way, struct fixture *f) {
  char text[1024];
  size_t died = 0, ended = 0;
  for (size_t i = 0; i < SIZES; i++) {
    int status = write_limited(way, f->folder, sizes[i], DIES, text);
    died += status == -1;
    ended += status == TC_OK;
    assert_true(status == -1 || status == TC_OK);
    reader_sees(f->folder, ended ? 2 : 1);
    if (!ended)
      is_as_it_was(f);
  }
  assert_true(died >= 5);
  assert_true(ended >= 1);
  /* The next writer works as ever. */
  assert_int_equal(write_all(DELTA, f->folder, 3, NULL), TC_OK);
  reader_sees(f->folder, 3);
}

static void a_build_killed_anywhere_leaves_one_revision(void **state) {
  a_writer_killed_anywhere_leaves_one_revision(BUILD, *state);
}
static void a_delta_killed_anywhere_leaves_one_revision(void **state) {
  a_writer_killed_anywhere_leaves_one_revision(DELTA, *state);
}

static size_t generations(struct fixture *f) {
  char path[256];
  path_of(path, f, "1");
  return folder_count(path, "") - 2; /* . and .. */
}

static void no_room_is_said_in_one_line_and_changes_nothing(void **state) {
  struct fixture *f = *state;
  for (int way = BUILD; way <= DELTA; way++) {
    size_t refused = 0;
    for (size_t i = 0; i < SIZES - 1; i++) {
      char text[1024];
      int status = write_limited((enum way)way, f->folder, sizes[i], IS_TOLD, text);
      if (status == TC_OK)
        break;
      refused++;
      assert_true(status == TC_FULL || status == TC_IO);
      assert_true(text[0] && !strchr(text, '\n'));
      is_as_it_was(f);
      reader_sees(f->folder, 1);
      assert_int_equal(generations(f), 1);
    }
    assert_true(refused >= 5);
    folder_remove(f->folder);
    mkdir(f->folder, 0750);
    assert_int_equal(write_all(BUILD, f->folder, 1, NULL), TC_OK);
  }
}

/* On a real file system that is full, where this account may make one. */
static void a_full_disk_is_called_full(void **state) {
  struct fixture *f = *state;
  char where[128];
  int how;
  snprintf(where, sizeof where, "%s/small", f->folder);
  mkdir(where, 0750);
  pid_t child = fork();
  if (child == 0) {
    struct tc_error err = {.status = TC_OK};
    char fill[160], block[4096] = "";
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", where, "tmpfs", 0, "size=1m,mode=0750") != 0)
      _exit(77);
    if (write_all(BUILD, where, 1, &err) != TC_OK)
      _exit(2);
    snprintf(fill, sizeof fill, "%s/fill", where);
    int fd = open(fill, O_WRONLY | O_CREAT, 0600);
    while (write(fd, block, sizeof block) == (ssize_t)sizeof block)
      ;
    for (int way = BUILD; way <= DELTA; way++) {
      tc_error_clear(&err);
      tc_status status = write_all((enum way)way, where, 2, &err);
      if (status != TC_FULL || !err.text[0]) {
        fprintf(stderr, "way %d: status %d, %s\n", way, (int)status, err.text);
        _exit(3);
      }
      struct cache *c;
      struct seen seen = {.status = TC_OK};
      if (cache_open(&c, where, &err) != TC_OK)
        _exit(4);
      look(c, &seen);
      cache_close(c);
      if (seen.status != TC_OK || seen.revision != 1 || seen.rows[1] != ENTRIES)
        _exit(5);
    }
    _exit(0);
  }
  assert_int_equal(waitpid(child, &how, 0), child);
  if (WIFEXITED(how) && WEXITSTATUS(how) == 77) {
    print_message("# this account may not mount a small disk\n");
    skip();
  }
  assert_int_equal(how, 0);
}

static void a_second_process_is_told_until_the_first_dies(void **state) {
  struct fixture *f = *state;
  struct writer *w;
  struct tc_error err = {.status = TC_OK};
  int ends[2], how;
  char ready;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* not left behind by a failed test */
    if (writer_delta(&w, f->folder, NULL) != TC_OK ||
        put_entries(w, 0, ENTRIES, 2, NULL) != TC_OK || write(ends[1], "r", 1) != 1)
      _exit(2);
    for (;;)
      pause();
  }
  close(ends[1]);
  assert_int_equal(read(ends[0], &ready, 1), 1);
  for (int way = BUILD; way <= DELTA; way++) {
    assert_int_equal(begin(&w, (enum way)way, f->folder, &err), TC_BUSY);
    assert_true(err.text[0]);
  }
  reader_sees(f->folder, 1);
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, &how, 0), child);
  close(ends[0]);
  reader_sees(f->folder, 1);
  assert_int_equal(write_all(DELTA, f->folder, 2, NULL), TC_OK);
  reader_sees(f->folder, 2);
}

/* ---- generations -------------------------------------------------------------------------------
 */

static void only_the_published_generation_and_the_one_before_it_are_kept(void **state) {
  struct fixture *f = *state;
  char text[1024], path[256];
  struct stat st;
  for (int64_t revision = 2; revision < 6; revision++)
    assert_int_equal(write_all(BUILD, f->folder, revision % 3 + 1, NULL), TC_OK);
  assert_int_equal(generations(f), 2);
  /* What killed builds left is no generation. */
  for (int i = 0; i < 3; i++)
    assert_int_equal(write_limited(BUILD, f->folder, 20000, DIES, text), -1);
  assert_true(generations(f) <= 3);
  assert_int_equal(write_all(BUILD, f->folder, 3, NULL), TC_OK);
  assert_int_equal(generations(f), 2);
  path_of(path, f, "1/5/directory.db");
  assert_int_equal(stat(path, &st), 0);
  reader_sees(f->folder, 3);
}

static void a_reader_answers_during_a_change_and_then_follows_it(void **state) {
  struct fixture *f = *state;
  struct cache *c;
  struct writer *w;
  struct writer_head head = head_at(2);
  assert_int_equal(cache_open(&c, f->folder, NULL), TC_OK);
  for (int way = DELTA; way >= BUILD; way--, head.revision++) {
    struct seen seen = {.status = TC_OK};
    assert_int_equal(begin(&w, (enum way)way, f->folder, NULL), TC_OK);
    for (int n = 0; n < ENTRIES; n += 50) {
      assert_int_equal(put_entries(w, n, n + 50, head.revision, NULL), TC_OK);
      look(c, &seen);
      assert_int_equal(seen.status, TC_OK);
      assert_int_equal(seen.rows[head.revision - 1], ENTRIES);
      assert_int_equal(seen.rows[head.revision], 0);
      assert_false(cache_changed(c));
    }
    assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
    assert_true(cache_changed(c));
    assert_int_equal(cache_refresh(c, NULL), TC_OK);
    look(c, &seen);
    assert_int_equal(seen.revision, head.revision);
    assert_int_equal(seen.rows[head.revision], ENTRIES);
    assert_int_equal(seen.rows[head.revision - 1], 0);
  }
  cache_close(c);
}

/* ---- files that are not as they should be ------------------------------------------------------
 */

static void a_missing_shm_or_wal_freezes_and_a_later_change_is_followed(void **state) {
  struct fixture *f = *state;
  static const char *const gone[][2] = {{"-shm", ""}, {"-wal", ""}, {"-shm", "-wal"}};
  for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
    char path[256], below[64];
    for (size_t k = 0; k < 2 && gone[i][k][0]; k++) {
      snprintf(below, sizeof below, "1/1/directory.db%s", gone[i][k]);
      path_of(path, f, below);
      assert_int_equal(unlink(path), 0);
    }
    reader_sees(f->folder, 1);
    /* The writer mends it. */
    assert_int_equal(write_all(DELTA, f->folder, 1, NULL), TC_OK);
    reader_sees(f->folder, 1);
    assert_false(as_reader(f->folder).frozen);
  }
}

static void a_frozen_reader_notices_a_change_and_thaws(void **state) {
  struct fixture *f = *state;
  struct cache *c;
  struct seen seen = {.status = TC_OK};
  char path[256];
  bool root = geteuid() == 0;
  path_of(path, f, "1/1/directory.db-shm");
  assert_int_equal(unlink(path), 0);
  assert_true(!root || seteuid(NOBODY) == 0);
  tc_status status = cache_open(&c, f->folder, NULL);
  assert_true(!root || seteuid(0) == 0);
  assert_int_equal(status, TC_OK);
  if (!cache_info(c)->frozen) { /* an account that may write makes the file itself */
    cache_close(c);
    skip();
  }
  assert_false(cache_changed(c));
  assert_int_equal(write_all(DELTA, f->folder, 2, NULL), TC_OK);
  assert_true(cache_changed(c));
  assert_int_equal(cache_refresh(c, NULL), TC_OK);
  assert_false(cache_info(c)->frozen);
  look(c, &seen);
  assert_int_equal(seen.rows[2], ENTRIES);
  cache_close(c);
}

static void a_cut_file_gives_right_answers_or_one_line(void **state) {
  struct fixture *f = *state;
  char path[256];
  struct buffer whole = BUFFER_INIT;
  path_of(path, f, "1/1/directory.db");
  assert_int_equal(file_read(&whole, path, 16 << 20, NULL), TC_OK);
  size_t lengths[] = {0,     1,     15,     100,           4095,         4096,
                      10000, 40960, 100000, whole.len / 2, whole.len - 1};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    assert_int_equal(truncate(path, (off_t)lengths[i]), 0);
    struct seen seen = as_reader(f->folder);
    if (seen.status == TC_OK) {
      assert_int_equal(seen.revision, 1);
      assert_int_equal(seen.rows[1], ENTRIES);
    } else {
      if (seen.status != TC_DAMAGED && seen.status != TC_FOREIGN)
        print_error("%zu bytes: status %d, %s\n", lengths[i], (int)seen.status, seen.text);
      assert_true(seen.status == TC_DAMAGED || seen.status == TC_FOREIGN);
      assert_true(seen.text[0] && !strchr(seen.text, '\n'));
    }
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, whole.data, whole.len), whole.len);
    close(fd);
  }
  reader_sees(f->folder, 1);
  buffer_free(&whole);
}

/* The index is read through memory: cut under an open reader, it is as if the disk could not be
 * read. */
static void an_index_that_cannot_be_read_any_more_is_said_and_heals(void **state) {
  struct fixture *f = *state;
  char path[256];
  struct buffer whole = BUFFER_INIT;
  struct arena arena = ARENA_INIT;
  struct cache *c;
  struct search_result result;
  struct tc_error err = {.status = TC_OK};
  struct search_query query = {
      .text = "numero12 stan", .site = "", .only = "", .country = "FR", .limit = 10};
  path_of(path, f, "1/1/words.1");
  assert_int_equal(file_read(&whole, path, 16 << 20, NULL), TC_OK);
  assert_true(whole.len > 3 * 4096);
  assert_int_equal(cache_open(&c, f->folder, NULL), TC_OK);
  assert_int_equal(search_run(c, &query, &arena, &result, NULL), TC_OK);
  size_t before = result.count;
  assert_true(before > 0);
  assert_int_equal(truncate(path, 4096), 0);
  assert_int_equal(search_run(c, &query, &arena, &result, &err), TC_IO);
  assert_true(err.text[0] && !strchr(err.text, '\n'));
  tc_error_clear(&err);
  assert_int_equal(search_run(c, &query, &arena, &result, &err), TC_DAMAGED);
  int fd = open(path, O_WRONLY);
  assert_int_equal(write(fd, whole.data, whole.len), whole.len);
  close(fd);
  assert_int_equal(search_run(c, &query, &arena, &result, NULL), TC_OK);
  assert_int_equal(result.count, before);
  cache_close(c);
  arena_free(&arena);
  buffer_free(&whole);
}

static void a_missing_index_is_said_and_the_next_change_makes_it_anew(void **state) {
  struct fixture *f = *state;
  char path[256];
  path_of(path, f, "1/1/words.1");
  assert_int_equal(unlink(path), 0);
  struct seen seen = as_reader(f->folder);
  assert_int_equal(seen.status, TC_DAMAGED);
  assert_true(seen.text[0] && !strchr(seen.text, '\n'));
  assert_int_equal(write_all(DELTA, f->folder, 2, NULL), TC_OK);
  reader_sees(f->folder, 2);
}

static void tidying_keeps_what_readers_see_and_old_files_go(void **state) {
  struct fixture *f = *state;
  struct cache *c;
  struct seen seen = {.status = TC_OK};
  char path[256];
  assert_int_equal(cache_open(&c, f->folder, NULL), TC_OK);
  for (int64_t revision = 2; revision < 4; revision++) {
    assert_int_equal(write_all(DELTA, f->folder, revision, NULL), TC_OK);
    assert_int_equal(tidy_all(f->folder, 0, NULL), TC_OK);
    look(c, &seen); /* opened before, follows by itself */
    assert_int_equal(seen.status, TC_OK);
    assert_int_equal(seen.rows[revision], ENTRIES);
    assert_int_equal(seen.rows[revision - 1], 0);
    reader_sees(f->folder, revision);
  }
  cache_close(c);
  path_of(path, f, "1/1/words.1");
  assert_int_equal(access(path, F_OK), -1);
  path_of(path, f, "1/1/words.3");
  assert_int_equal(access(path, F_OK), 0);
}

static void tidying_in_steps_can_be_left_at_each(void **state) {
  struct fixture *f = *state;
  char path[256];
  bool more = true;
  path_of(path, f, "1/1");
  assert_int_equal(write_all(DELTA, f->folder, 2, NULL), TC_OK);
  size_t steps = 0, files = folder_count(path, "words.");
  for (size_t most = 1; more; most *= 2) { /* a step that waits is short */
    struct tidy *t;
    steps = 0;
    assert_int_equal(tidy_open(&t, f->folder, 0, NULL), TC_OK);
    for (more = true; more && steps < most; steps++)
      assert_int_equal(tidy_step(t, 1, &more, NULL), TC_OK);
    tidy_close(t);
    reader_sees(f->folder, 2);
    assert_int_equal(folder_count(path, "words."), files);
  }
  assert_true(steps >= 4);
  path_of(path, f, "1/1/words.2");
  assert_int_equal(access(path, F_OK), 0);
}

static void bytes_changed_in_a_file_are_no_crash(void **state) {
  struct fixture *f = *state;
  char path[256];
  uint64_t seed = 5;
  struct buffer whole = BUFFER_INIT;
  path_of(path, f, "1/1/directory.db");
  assert_int_equal(file_read(&whole, path, 16 << 20, NULL), TC_OK);
  for (int i = 0; i < 60; i++) {
    int fd = open(path, O_WRONLY);
    for (int k = 0; k < 40; k++) {
      char byte = (char)sample_random(&seed, 256);
      assert_int_equal(pwrite(fd, &byte, 1, (off_t)(100 + sample_random(&seed, whole.len - 100))),
                       1);
    }
    struct seen seen = as_reader(f->folder);
    assert_true(seen.status == TC_OK || (seen.text[0] && !strchr(seen.text, '\n')));
    assert_int_equal(pwrite(fd, whole.data, whole.len, 0), whole.len);
    close(fd);
  }
  buffer_free(&whole);
}

static void foreign_and_newer_files_are_told_apart(void **state) {
  struct fixture *f = *state;
  static const struct {
    off_t at; /* of the SQLite header: user_version, application_id */
    char bytes[5];
    tc_status status;
  } cases[] = {{60, "\0\0\0\2", TC_NEWER}, {60, "\0\0\0\0", TC_FOREIGN}, {68, "sky!", TC_FOREIGN}};
  char path[256];
  path_of(path, f, "1/1/directory.db");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char was[4];
    struct tc_error err = {.status = TC_OK};
    int fd = open(path, O_RDWR);
    assert_int_equal(pread(fd, was, 4, cases[i].at), 4);
    assert_int_equal(pwrite(fd, cases[i].bytes, 4, cases[i].at), 4);
    struct seen seen = as_reader(f->folder);
    if (seen.status != cases[i].status)
      print_error("case %zu: status %d, %s\n", i, (int)seen.status, seen.text);
    assert_int_equal(seen.status, cases[i].status);
    assert_true(seen.text[0]);
    assert_int_equal(write_all(DELTA, f->folder, 2, &err), cases[i].status);
    assert_int_equal(pwrite(fd, was, 4, cases[i].at), 4);
    close(fd);
  }
  reader_sees(f->folder, 1);
}

static void a_damaged_pointer_is_said(void **state) {
  struct fixture *f = *state;
  static const struct {
    const char *text;
    tc_status status;
  } cases[] = {
      {"", TC_DAMAGED},         {"1", TC_DAMAGED},       {"1/", TC_DAMAGED},
      {"1/1", TC_DAMAGED},      {"1/1\n\n", TC_DAMAGED}, {"1/0\n", TC_DAMAGED},
      {"-1/1\n", TC_DAMAGED},   {"01/1\n", TC_DAMAGED},  {"1/99999999999999999999\n", TC_DAMAGED},
      {"1/../1\n", TC_DAMAGED}, {"2/1\n", TC_NEWER}};
  char path[256];
  path_of(path, f, "current");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(file_replace(path, cases[i].text, strlen(cases[i].text), 0640, NULL), TC_OK);
    struct seen seen = as_reader(f->folder);
    if (seen.status != cases[i].status)
      print_error("\"%s\": %d\n", cases[i].text, (int)seen.status);
    assert_int_equal(seen.status, cases[i].status);
    assert_true(seen.text[0] && !strchr(seen.text, '\n'));
  }
  assert_int_equal(file_replace(path, "1/1\n", 4, 0640, NULL), TC_OK);
  reader_sees(f->folder, 1);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
  const struct CMUnitTest tests[] = {
      T(a_reader_that_may_not_write_opens_while_a_writer_works_and_after),
      T(folders_and_files_are_for_the_group_and_nobody_else),
      T(a_build_killed_anywhere_leaves_one_revision),
      T(a_delta_killed_anywhere_leaves_one_revision),
      T(no_room_is_said_in_one_line_and_changes_nothing),
      T(a_full_disk_is_called_full),
      T(a_second_process_is_told_until_the_first_dies),
      T(only_the_published_generation_and_the_one_before_it_are_kept),
      T(a_reader_answers_during_a_change_and_then_follows_it),
      T(a_missing_shm_or_wal_freezes_and_a_later_change_is_followed),
      T(a_frozen_reader_notices_a_change_and_thaws),
      T(a_cut_file_gives_right_answers_or_one_line),
      T(an_index_that_cannot_be_read_any_more_is_said_and_heals),
      T(a_missing_index_is_said_and_the_next_change_makes_it_anew),
      T(tidying_keeps_what_readers_see_and_old_files_go),
      T(tidying_in_steps_can_be_left_at_each),
      T(bytes_changed_in_a_file_are_no_crash),
      T(foreign_and_newer_files_are_told_apart),
      T(a_damaged_pointer_is_said),
  };
  return cmocka_run_group_tests_name("cache faults", tests, NULL, NULL);
}
