/* Somebody at the keys who is after what may not be seen: whatever is typed, no screen shows a
 * masked number that was not asked for, nor a name or a number of the tier that is closed. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "core/phone.h"
#include "core/record.h"
#include "tests/lib/bench.h"
#include "tests/lib/prop.h"
#include "tests/lib/sample.h"
#include "tui/app_state.h"

enum { TAIL = 8, SLOTS = 1 << 16, NUMBER = 24, THIN = 6 };

/* Digits of numbers: those that may not be seen, without those that may. */
struct set {
  char items[SLOTS][NUMBER];
  bool dropped[SLOTS];
  size_t count;
};

static size_t slot_of(const struct set *s, const char *digits) {
  size_t at = 5381;
  for (const char *p = digits; *p; p++)
    at = at * 33 + (unsigned char)*p;
  for (at %= SLOTS; *s->items[at] && strcmp(s->items[at], digits) != 0; at = (at + 1) % SLOTS)
    ;
  return at;
}

static void put(struct set *s, const char *digits, bool dropped) {
  size_t at = slot_of(s, digits);
  if (!*s->items[at]) {
    snprintf(s->items[at], NUMBER, "%.*s", NUMBER - 1, digits);
    assert_true(++s->count < SLOTS / 2);
  }
  s->dropped[at] = s->dropped[at] || dropped;
}

static bool has(const struct set *s, const char *digits) {
  size_t at = slot_of(s, digits);
  return *s->items[at] && !s->dropped[at];
}

static struct set hidden;
static const char *names[4096]; /* of entries that are closed alone */
static size_t name_count;
static struct arena arena; /* of the names */

static void put_number(const char *number, bool may_be_seen) {
  char digits[64];
  size_t len = phone_digits(digits, sizeof digits, number, strlen(number));
  if (len >= sizeof digits || len < 5)
    return;
  put(&hidden, len > TAIL ? digits + len - TAIL : digits, may_be_seen);
}

static void put_contact(const struct contact *c, bool may_be_seen) {
  /* The public number of another set in the range would be that of this one. */
  if (c->kind != CONTACT_MOBILE && c->kind != CONTACT_PAGER)
    may_be_seen = true;
  put_number(c->number, may_be_seen);
  put_number(c->e164, may_be_seen);
  if (may_be_seen) {
    put_number(c->check_number, true);
  }
}

/* What a row says in digits, groups beside each other as one number: any that is hidden? */
static bool says_hidden(const char *row, char found[NUMBER]) {
  char run[512];
  size_t n = 0, blanks = 0;
  for (const char *p = row;; p++) {
    bool digit = *p >= '0' && *p <= '9';
    if (digit) {
      run[n++] = *p;
      blanks = 0;
      continue;
    }
    if (*p && strchr(" .-/()", *p) && ++blanks < 2 && n)
      continue;
    run[n] = '\0';
    if (n >= 5 && n < TAIL && has(&hidden, run))
      return snprintf(found, NUMBER, "%s", run) > 0;
    for (size_t i = 0; i + TAIL <= n; i++) {
      char part[NUMBER];
      snprintf(part, sizeof part, "%.*s", TAIL, run + i);
      if (has(&hidden, part))
        return snprintf(found, NUMBER, "%s", part) > 0;
    }
    n = blanks = 0;
    if (!*p)
      return false;
  }
}

static char typed[65536];
static size_t typed_len;

static void note(const char *text) {
  size_t len = strlen(text);
  if (typed_len + len + 1 < sizeof typed) {
    memcpy(typed + typed_len, text, len + 1);
    typed_len += len;
  }
}

static void look(struct bench *b) {
  struct buffer row = BUFFER_INIT;
  char found[NUMBER] = "", own[256];
  app_draw(b->app, &b->grid);
  bool revealed = b->app->revealed_until != 0;
  for (int i = 0; i < b->grid.rows && !revealed; i++) {
    buffer_clear(&row);
    grid_row_text(&b->grid, i, &row);
    const char *text = b->app->typed.text;
    phone_digits(own, sizeof own, text, strlen(text)); /* whoever typed it knows it */
    if (says_hidden(buffer_text(&row), found) && !strstr(own, found))
      fail_msg("%s on the screen after %s\n%s", found, typed, screen_text(b));
    for (size_t k = 0; k < name_count; k++)
      if (strstr(buffer_text(&row), names[k]))
        fail_msg("%s on the screen after %s\n%s", names[k], typed, screen_text(b));
  }
  buffer_free(&row);
}

static void one_key(struct bench *b) {
  static const enum key_name keys[] = {
      K_ENTER, K_ENTER, K_ENTER, K_ESC, K_TAB,       K_BACKTAB, K_BACKSPACE, K_UP,  K_DOWN, K_DOWN,
      K_LEFT,  K_RIGHT, K_HOME,  K_END, K_PAGE_DOWN, K_F1,      K_F2,        K_F3,  K_F4,   K_F5,
      K_F6,    K_F7,    K_F8,    K_F8,  K_F9,        K_F9,      K_F10,       K_F11, K_F12,  K_END};
  static const char *const words[] = {"rea",       "interne", "garde",   "kind:mobile", "is:masked",
                                      "kind:bip",  "SAB",     "nuit",    "06",          "0639",
                                      "sun 03:00", "0199003", "cellule", "is:down",     "chir"};
  uint32_t r = rnd(100);
  char word[NUMBER * 2] = "";
  if (r < 4) { /* what lies deeper than a key at random comes to */
    static const enum key_name doors[] = {K_F11, K_F2, K_F4, K_F9};
    note("{door}");
    if (rnd(4))
      app_key(b->app, (struct key){K_F10, 0});
    app_key(b->app, (struct key){doors[rnd(4)], 0});
    for (uint32_t i = rnd(10); i > 0; i--)
      app_key(b->app, (struct key){K_DOWN, 0});
    app_key(b->app, (struct key){K_ENTER, 0});
    return;
  }
  if (r < 45) {
    enum key_name k = keys[rnd(sizeof keys / sizeof *keys)];
    snprintf(word, sizeof word, "{%d}", (int)k);
    note(word);
    app_key(b->app, (struct key){k, 0});
    return;
  }
  if (r < 55) {
    snprintf(word, sizeof word, "%u", rnd(10));
  } else if (r < 75) {
    snprintf(word, sizeof word, "%s", words[rnd(sizeof words / sizeof *words)]);
  } else if (r < 85) { /* a part of one that is hidden: not all of it */
    size_t at = rnd(SLOTS);
    while (!*hidden.items[at] || hidden.dropped[at])
      at = (at + 1) % SLOTS;
    snprintf(word, sizeof word, "%.*s", (int)(strlen(hidden.items[at]) - 1), hidden.items[at]);
  } else if (r < 90) {
    static const char *const signs[] = {"=", "+", "*", "0", " "};
    snprintf(word, sizeof word, "%s", signs[rnd(5)]);
  } else {
    b->app->setup.clock.at += rnd(200);
    note("{tick}");
    app_tick(b->app);
    return;
  }
  enum screen screen = app_screen(b->app);
  if (screen == SCREEN_AS_AT || screen == SCREEN_FORM) /* what is typed there is no number */
    snprintf(word, sizeof word, "x");
  note(word);
  for (const char *p = word; *p; p++)
    app_key(b->app, (struct key){K_TEXT, (uint32_t)(unsigned char)*p});
}

static bool is_masked(const struct uuid *uuid) {
  return uuid->b[1] % 2;
}

/* The sample, every other entry's numbers masked; what is hidden of it. */
static void build(struct bench *b, bool closed) {
  struct sample sample;
  memset(&hidden, 0, sizeof hidden);
  name_count = 0;
  assert_int_equal(sample_read(&sample, "--audience restricted"), 0);
  sample_thin(&sample, THIN);
  struct sample_record *records = calloc(sample.count, sizeof *records);
  struct buffer *bytes = calloc(sample.count, sizeof *bytes);
  assert_true(records && bytes);
  for (size_t i = 0; i < sample.count; i++) {
    struct record r;
    struct tc_error err = {0};
    records[i] = sample.records[i];
    assert_int_equal(record_decode(&r, records[i].bytes, records[i].len, &arena, &err), TC_OK);
    if (r.head.kind != RECORD_ENTRY)
      continue;
    bool shut = closed && r.head.audience >= AUDIENCE_SWITCHBOARD;
    bool mask = !closed && is_masked(&r.head.uuid) && r.entry.type != ENTRY_CODE;
    for (size_t k = 0; k < r.entry.contact_count; k++) {
      struct contact *c = (struct contact *)&r.entry.contacts[k];
      c->masked = c->masked || mask;
      put_contact(c, !shut && !c->masked);
    }
    for (size_t k = 0; k < r.entry.former_number_count; k++) {
      put_number(r.entry.former_numbers[k].number, !shut && !mask);
      put_number(r.entry.former_numbers[k].now, !shut && !mask);
    }
    if (shut && *r.entry.name && name_count < sizeof names / sizeof *names &&
        r.entry.type == ENTRY_PERSON)
      names[name_count++] = r.entry.name;
    assert_int_equal(record_encode(&r, &bytes[i], &err), TC_OK);
    records[i].bytes = bytes[i].data;
    records[i].len = bytes[i].len;
  }
  for (size_t i = 0; i < sample.count; i++) { /* another of that name may be seen */
    struct record_head head;
    assert_int_equal(record_head(&head, records[i].bytes, records[i].len, NULL), TC_OK);
    for (size_t k = 0; k < name_count && head.audience < AUDIENCE_SWITCHBOARD;)
      if (memmem(records[i].bytes, records[i].len, names[k], strlen(names[k])))
        names[k] = names[--name_count];
      else
        k++;
  }
  prepare(b, true);
  b->now = 1795680840;
  assert_int_equal(sample_build(records, sample.count, b->scope, 1), 0);
  if (closed) {
    struct tc_error err = {0};
    assert_int_equal(pin_set(b->scope, "260727", &err), TC_OK);
  }
  open_app(b);
  print_message("# %zu numbers, %zu names\n", hidden.count, name_count);
  for (size_t i = 0; i < sample.count; i++)
    buffer_free(&bytes[i]);
  free(bytes);
  free(records);
  sample_free(&sample);
}

static void type_at_random(bool closed) {
  static const struct { int rows, cols; } sizes[] = {{24, 80}, {60, 200}, {10, 40}, {24, 80}};
  struct bench b;
  build(&b, closed);
  int runs = prop_runs(1000);
  for (int i = 0; i < runs; i++) {
    if (i % 100 == 0) {
      typed_len = 0;
      app_key(b.app, (struct key){K_F10, 0});
      assert_int_equal(grid_resize(&b.grid, sizes[i / 100 % 4].rows, sizes[i / 100 % 4].cols, NULL),
                       TC_OK);
      app_size(b.app, b.grid.rows, b.grid.cols);
    }
    one_key(&b);
    look(&b);
  }
  i18n_language("en");
  stop(&b);
  arena_free(&arena);
}

static void no_masked_number_is_shown_unasked(void **state) {
  (void)state;
  type_at_random(false);
}

static void nothing_of_a_closed_tier_is_shown(void **state) {
  (void)state;
  type_at_random(true);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  setenv("TZ", "UTC", 1);
  tzset();
  const struct CMUnitTest tests[] = {cmocka_unit_test(no_masked_number_is_shown_unasked),
                                     cmocka_unit_test(nothing_of_a_closed_tier_is_shown)};
  return cmocka_run_group_tests(tests, prop_start, NULL);
}
