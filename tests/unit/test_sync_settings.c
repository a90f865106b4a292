/* What tocsin.conf says to tocsin-sync, and how long it waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/directory.h"
#include "sync/settings.h"
#include "sync/wait.h"
#include "tests/lib/folder.h"

static char folder[FOLDER_PATH];
static struct settings s;

static int setup(void **state) {
  (void)state;
  return folder_make(folder);
}

static int teardown(void **state) {
  (void)state;
  return folder_remove(folder);
}

static const char *write_conf(const char *text) {
  static char path[256];
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/tocsin.conf", folder);
  assert_int_equal(file_replace(path, text, strlen(text), 0600, &err), TC_OK);
  return path;
}

static void sources_are_read_in_the_order_of_the_file(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  const char *path =
      write_conf("[terminal]\nscope = /srv/x\n[sync]\nevery = 7\naccount = tocsin\n"
                 "terminal = 6ba7b810-9dad-11d1-80b4-00c04fd430c8\n"
                 "[source site]\nconninfo = host=a,b dbname=d\nrole = replica\nlisten = yes\n"
                 "[source main]\nconninfo = service=tocsin\ninsecure_plaintext_to = db1 db2\n");
  assert_int_equal(settings_read(&s, path, &err), TC_OK);
  assert_string_equal(s.scope, "/srv/x");
  assert_string_equal(s.account, "tocsin");
  assert_int_equal(s.every, 7);
  assert_int_equal(s.stale_minutes, 15);
  assert_int_equal(s.terminal.b[0], 0x6b);
  assert_int_equal(s.source_count, 2);
  assert_string_equal(s.sources[0].name, "site");
  assert_string_equal(s.sources[0].conninfo, "host=a,b dbname=d");
  assert_int_equal(s.sources[0].role, SOURCE_REPLICA);
  assert_true(s.sources[0].listen);
  assert_string_equal(s.sources[0].insecure_plaintext_to, "");
  assert_string_equal(s.sources[1].name, "main");
  assert_int_equal(s.sources[1].role, SOURCE_PRIMARY);
  assert_false(s.sources[1].listen);
  assert_string_equal(s.sources[1].insecure_plaintext_to, "db1 db2");
}

static void probes_are_named_by_their_domain(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  const char *path = write_conf("[probe pbx-sab]\nconnect = 192.0.2.7:5060\nfails = 5\n"
                                "directions = inbound,inside\n"
                                "[probe trunk-1]\nconnect = [2001:db8::7]:5061\n");
  assert_int_equal(settings_read(&s, path, &err), TC_OK);
  assert_int_equal(s.probe_count, 2);
  assert_string_equal(s.probes[0].domain, "pbx-sab");
  assert_int_equal(s.probes[0].fails, 5);
  assert_int_equal(s.probes[0].answers, 3);
  assert_int_equal(s.probes[0].directions, 1u << DIRECTION_INSIDE | 1u << DIRECTION_INBOUND);
  assert_int_equal(s.probes[1].directions, 0);
  assert_int_equal(s.probes[1].to.address.ss_family, AF_INET6);
}

static void a_wrong_line_is_named(void **state) {
  (void)state;
  static const struct {
    const char *text, *says;
    long row;
  } cases[] = {
      {"[sync]\nevery = 0\n", "1 to 3600", 2},
      {"[sync]\nsslmode = off\n", "no option", 2},
      {"[source a]\nconninfo = host=x\ninsecure = yes\n", "no option", 3},
      {"[source a]\nrole = chief\n", "primary|replica", 2},
      {"[source a]\nrole = replica\n", "has no conninfo", 0},
      {"[sync]\nterminal = ward-3\n", "UUID that enrol printed", 0},
      {"[probe pbx]\nfails = 2\n", "numeric address", 0},
      {"[probe pbx]\nconnect = pbx.example:5060\n", "numeric address", 0},
      {"[probe pbx]\nconnect = 192.0.2.7:5060\ndirections = up\n", "directions are of", 0},
      {"[probe pbx]\nretries = 2\n", "no option", 2},
      {"[probe]\nconnect = 192.0.2.7:5060\n", "named by the code", 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct tc_error err = {.status = TC_OK};
    assert_int_equal(settings_read(&s, write_conf(cases[i].text), &err), TC_CONFIG);
    assert_int_equal(err.row, cases[i].row);
    if (!strstr(err.text, cases[i].says))
      fail_msg("\"%s\" does not say \"%s\"", err.text, cases[i].says);
  }
}

static void terminals_do_not_ask_together(void **state) {
  (void)state;
  assert_int_equal(wait_usual(5, 0), 4000);
  assert_int_equal(wait_usual(5, UINT32_MAX), 6000);
  assert_int_equal(wait_usual(3600, UINT32_MAX / 2), 3599999);
}

static void after_failures_the_wait_grows_and_ends_at_the_most(void **state) {
  (void)state;
  assert_int_equal(wait_after_failure(1, 60, 0), 0);
  assert_int_equal(wait_after_failure(1, 60, UINT32_MAX), 2000);
  assert_int_equal(wait_after_failure(2, 60, UINT32_MAX), 4000);
  assert_int_equal(wait_after_failure(5, 60, UINT32_MAX), 32000);
  assert_int_equal(wait_after_failure(6, 60, UINT32_MAX), 60000);
  assert_int_equal(wait_after_failure(4000000000, 3600, UINT32_MAX), 3600000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sources_are_read_in_the_order_of_the_file),
      cmocka_unit_test(probes_are_named_by_their_domain),
      cmocka_unit_test(a_wrong_line_is_named),
      cmocka_unit_test(terminals_do_not_ask_together),
      cmocka_unit_test(after_failures_the_wait_grows_and_ends_at_the_most),
  };
  return cmocka_run_group_tests_name("sync settings", tests, setup, teardown);
}
