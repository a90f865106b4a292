/* Bytes from a terminal become keys, whatever comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/input.h"

enum { ESCAPE_MS = 150 };

static void feed(struct input *in, const char *bytes, size_t len, int64_t now) {
  assert_true(len <= input_room(in));
  memcpy(in->bytes + in->len, bytes, len);
  input_took(in, len, now);
}

/* The first key that is one, long after everything came. */
static struct key first_key(const char *bytes) {
  struct input in;
  struct key key = {K_NONE, 0};
  input_start(&in, INPUT_UTF8, ESCAPE_MS);
  feed(&in, bytes, strlen(bytes), 0);
  while (key.name == K_NONE && input_next(&in, 10000, &key))
    ;
  return key;
}

static void sequences_of_all_terminals_are_known(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    enum key_name key;
    uint32_t point;
  } cases[] = {
      {"a", K_TEXT, 'a'},        {"\xC3\xA9", K_TEXT, 0xE9}, {"\r", K_ENTER, 0},
      {"\n", K_ENTER, 0},        {"\t", K_TAB, 0},           {"\x7F", K_BACKSPACE, 0},
      {"\x08", K_BACKSPACE, 0},  {"\x18", K_CTRL, 'X'},      {"\x07", K_CTRL, 'G'},
      {"\x1B", K_ESC, 0},        {"\x1B[A", K_UP, 0},        {"\x1BOB", K_DOWN, 0},
      {"\x1B[1;5C", K_RIGHT, 0}, {"\x1B[H", K_HOME, 0},      {"\x1B[4~", K_END, 0},
      {"\x1B[5~", K_PAGE_UP, 0}, {"\x1B[3~", K_DELETE, 0},   {"\x1B[Z", K_BACKTAB, 0},
      {"\x1BOP", K_F1, 0},                                /* xterm, vt100 */
      {"\x1B[11~", K_F1, 0},                              /* PuTTY, rxvt */
      {"\x1B[[A", K_F1, 0},                               /* the Linux console */
      {"\x1B[21~", K_F10, 0},                             /* vt220 and all others */
      {"\x1B[24~", K_F12, 0},    {"\x1BOw", K_TEXT, '7'}, /* the keypad in application mode */
      {"\x1BOM", K_ENTER, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct key key = first_key(cases[i].bytes);
    if (key.name != cases[i].key || key.point != cases[i].point)
      fail_msg("case %zu: key %d point %x", i, (int)key.name, (unsigned)key.point);
  }
}

/* What each terminal sends, and what its terminfo of ncurses 6.4 says of it as far as it matters:
 * the rest of the keys must be known without it. */
struct sends {
  const char *bytes;
  struct key key;
};

#define DIGITS                                                                                     \
  {"\x1BOp", {K_TEXT, '0'}}, {"\x1BOq", {K_TEXT, '1'}}, {"\x1BOr", {K_TEXT, '2'}},                 \
      {"\x1BOs", {K_TEXT, '3'}}, {"\x1BOt", {K_TEXT, '4'}}, {"\x1BOu", {K_TEXT, '5'}},             \
      {"\x1BOv", {K_TEXT, '6'}}, {"\x1BOw", {K_TEXT, '7'}}, {"\x1BOx", {K_TEXT, '8'}},             \
      {"\x1BOy", {K_TEXT, '9'}}, {"\x1BOn", {K_TEXT, '.'}}, {                                      \
    "\x1BOM", {                                                                                    \
      K_ENTER, 0                                                                                   \
    }                                                                                              \
  }
#define ARROWS(a)                                                                                  \
  {"\x1B" a "A", {K_UP, 0}}, {"\x1B" a "B", {K_DOWN, 0}}, {"\x1B" a "C", {K_RIGHT, 0}}, {          \
    "\x1B" a "D", {                                                                                \
      K_LEFT, 0                                                                                    \
    }                                                                                              \
  }
#define TILDES                                                                                     \
  {"\x1B[1~", {K_HOME, 0}}, {"\x1B[4~", {K_END, 0}}, {"\x1B[5~", {K_PAGE_UP, 0}},                  \
      {"\x1B[6~", {K_PAGE_DOWN, 0}}, {"\x1B[3~", {K_DELETE, 0}}, {                                 \
    "\x1B[2~", {                                                                                   \
      K_NONE, 0                                                                                    \
    }                                                                                              \
  }
#define F6_TO_F12                                                                                  \
  {"\x1B[17~", {K_F6, 0}}, {"\x1B[18~", {K_F7, 0}}, {"\x1B[19~", {K_F8, 0}},                       \
      {"\x1B[20~", {K_F9, 0}}, {"\x1B[21~", {K_F10, 0}}, {"\x1B[23~", {K_F11, 0}}, {               \
    "\x1B[24~", {                                                                                  \
      K_F12, 0                                                                                     \
    }                                                                                              \
  }
#define PF1_TO_PF4                                                                                 \
  {"\x1BOP", {K_F1, 0}}, {"\x1BOQ", {K_F2, 0}}, {"\x1BOR", {K_F3, 0}}, {                           \
    "\x1BOS", {                                                                                    \
      K_F4, 0                                                                                      \
    }                                                                                              \
  }

#define PC_SIGNS /* NumLock, / * - + of the keypad */                                              \
  {"\x1BOP", {K_NONE, 0}}, {"\x1BOQ", {K_TEXT, '/'}}, {"\x1BOR", {K_TEXT, '*'}},                   \
      {"\x1BOS", {K_TEXT, '-'}}, {                                                                 \
    "\x1BOl", {                                                                                    \
      K_TEXT, '+'                                                                                  \
    }                                                                                              \
  }

static const struct sends by_putty[] = {
    {"\x1B[11~", {K_F1, 0}},
    {"\x1B[12~", {K_F2, 0}},
    {"\x1B[13~", {K_F3, 0}},
    {"\x1B[14~", {K_F4, 0}},
    {"\x1B[15~", {K_F5, 0}},
    F6_TO_F12,
    {"\x1B[Z", {K_BACKTAB, 0}},
    {"\x7F", {K_BACKSPACE, 0}},
    ARROWS("O"), /* as smkx asks for; with Control the others */
    ARROWS("["),
    TILDES,
    DIGITS,
    PC_SIGNS,
};
static const struct sends by_putty_as_xterm[] = {
    /* its own keys, under another's name */
    {"\x1B[11~", {K_F1, 0}},
    {"\x1B[12~", {K_F2, 0}},
    {"\x1B[13~", {K_F3, 0}},
    {"\x1B[14~", {K_F4, 0}},
    {"\x1B[15~", {K_F5, 0}},
    F6_TO_F12,
    ARROWS("O"),
    TILDES,
    DIGITS,
};
static const struct sends by_xterm[] = {
    PF1_TO_PF4,
    {"\x1B[15~", {K_F5, 0}},
    F6_TO_F12,
    ARROWS("O"),
    ARROWS("["),
    ARROWS("[1;5"),
    {"\x1BOH", {K_HOME, 0}},
    {"\x1BOF", {K_END, 0}},
    {"\x1B[H", {K_HOME, 0}},
    {"\x1B[F", {K_END, 0}},
    TILDES,
    DIGITS,
    {"\x1BOj", {K_TEXT, '*'}},
    {"\x1BOk", {K_TEXT, '+'}},
    {"\x1BOm", {K_TEXT, '-'}},
    {"\x1BOo", {K_TEXT, '/'}},
    {"\x1BOX", {K_TEXT, '='}},
    {"\x1B[Z", {K_BACKTAB, 0}},
    {"\x7F", {K_BACKSPACE, 0}},
};
static const struct sends by_linux[] = {
    {"\x1B[[A", {K_F1, 0}},
    {"\x1B[[B", {K_F2, 0}},
    {"\x1B[[C", {K_F3, 0}},
    {"\x1B[[D", {K_F4, 0}},
    {"\x1B[[E", {K_F5, 0}},
    F6_TO_F12,
    ARROWS("["),
    TILDES,
    {"\x1B[G",
     {K_NONE, 0}}, /* the 5 of the keypad without NumLock, where nobody asked for digits */
    DIGITS,
    PC_SIGNS,
    {"\x1B\t", {K_BACKTAB, 0}},
    {"\x7F", {K_BACKSPACE, 0}},
};
static const struct sends by_vt100[] = {
    PF1_TO_PF4,
    ARROWS("O"),
    DIGITS,
    {"\x1BOl", {K_TEXT, ','}},
    {"\x1BOm", {K_TEXT, '-'}},
    {"\x08", {K_BACKSPACE, 0}},
    {"\x1B[15~", {K_F5, 0}},
    F6_TO_F12, /* of the PC that says it is one */
};
static const struct sends by_vt220[] = {
    PF1_TO_PF4,
    F6_TO_F12,
    ARROWS("["),
    ARROWS("O"),
    TILDES,
    DIGITS,
    {"\x1B[28~", {K_F1, 0}}, /* Help */
    {"\x1B[29~", {K_NONE, 0}},
    {"\x7F", {K_BACKSPACE, 0}},
};
static const struct sends by_screen[] = {
    PF1_TO_PF4,
    {"\x1B[15~", {K_F5, 0}},
    F6_TO_F12,
    ARROWS("O"),
    ARROWS("["),
    TILDES,
    DIGITS,
    {"\x1B[Z", {K_BACKTAB, 0}},
    {"\x7F", {K_BACKSPACE, 0}},
};

static const struct {
  const char *name;
  struct sends says[10]; /* terminfo */
  const struct sends *sent;
  size_t count;
} recorded[] = {
#define SENT(by) by, sizeof by / sizeof *by
    {"putty",
     {{"\x1B[11~", {K_F1, 0}}, {"\x1B[12~", {K_F2, 0}}, {"\x1BOM", {K_ENTER, 0}}},
     SENT(by_putty)},
    {"putty-256color", {{"\x1B[11~", {K_F1, 0}}, {"\x1BOM", {K_ENTER, 0}}}, SENT(by_putty)},
    {"xterm-256color, by PuTTY", {{"\x1BOP", {K_F1, 0}}}, SENT(by_putty_as_xterm)},
    {"xterm-256color", {{"\x1BOP", {K_F1, 0}}, {"\x1BOH", {K_HOME, 0}}}, SENT(by_xterm)},
    {"linux", {{"\x1B[[A", {K_F1, 0}}, {"\x1B\t", {K_BACKTAB, 0}}}, SENT(by_linux)},
    {"vt100", /* which has F5 to F10 on the keypad */
     {{"\x1BOP", {K_F1, 0}},
      {"\x1BOt", {K_F5, 0}},
      {"\x1BOu", {K_F6, 0}},
      {"\x1BOv", {K_F7, 0}},
      {"\x1BOl", {K_F8, 0}},
      {"\x1BOw", {K_F9, 0}},
      {"\x1BOx", {K_F10, 0}},
      {"\x1BOM", {K_ENTER, 0}}},
     SENT(by_vt100)},
    {"vt220", {{"\x1BOP", {K_F1, 0}}, {"\x1B[28~", {K_F1, 0}}}, SENT(by_vt220)},
    {"screen", {{"\x1BOP", {K_F1, 0}}, {"\x1B[1~", {K_HOME, 0}}}, SENT(by_screen)},
    {"of no known name", {{NULL, {K_NONE, 0}}}, SENT(by_xterm)},
};

/* Whole, and byte by byte as a slow line brings it. */
static void what_each_terminal_sends_is_the_key_on_its_cap(void **state) {
  (void)state;
  for (size_t t = 0; t < sizeof recorded / sizeof *recorded; t++)
    for (size_t i = 0; i < recorded[t].count * 2; i++) {
      const struct sends *s = &recorded[t].sent[i / 2];
      struct input in;
      struct key key = {K_NONE, 0};
      size_t piece = i % 2 ? 1 : strlen(s->bytes);
      input_start(&in, INPUT_UTF8, ESCAPE_MS);
      for (size_t k = 0; k < 10 && recorded[t].says[k].bytes; k++)
        input_know(&in, recorded[t].says[k].bytes, recorded[t].says[k].key.name);
      for (const char *p = s->bytes; *p; p += piece) {
        assert_false(input_next(&in, 0, &key));
        feed(&in, p, piece, 0);
      }
      assert_true(input_next(&in, 0, &key));
      if (key.name != s->key.name || key.point != s->key.point || in.len)
        fail_msg("%s: ESC%s is key %d, point %x, %zu bytes left", recorded[t].name, s->bytes + 1,
                 (int)key.name, (unsigned)key.point, in.len);
    }
}

static void unknown_sequences_are_swallowed_whole(void **state) {
  (void)state;
  static const char *const cases[] = {
      "\x1B[99~z",  "\x1B[?1;2cz",     "\x1B[1;2;3;4Xz", "\x1B]0;title\az", "\x1BP1$r0m\x1B\\z",
      "\x1B[M !!z", "\x1B[<0;10;10Mz", "\x1BO5Yz",       "\x1B[27;5;9~z",   "\xFFz",
      "\xC2\x85z",  "\xE2\x80\xAEz",   "\x1B[200",
  };
  for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++) {
    struct key key = first_key(cases[i]);
    if (key.name != K_TEXT || key.point != 'z')
      fail_msg("case %zu: key %d point %x", i, (int)key.name, (unsigned)key.point);
  }
  assert_int_equal(first_key("\x1B[200").name, K_NONE); /* cut off for ever */
}

static void a_sequence_that_comes_in_pieces_is_one_key(void **state) {
  (void)state;
  struct input in;
  struct key key;
  input_start(&in, INPUT_UTF8, ESCAPE_MS);
  feed(&in, "\x1B", 1, 1000);
  assert_false(input_next(&in, 1000 + ESCAPE_MS - 1, &key));
  assert_int_equal(input_wait_ms(&in, 1000), ESCAPE_MS);
  feed(&in, "[2", 2, 1100);
  assert_false(input_next(&in, 1100 + INPUT_HOLD_MS - 1, &key));
  feed(&in, "1~", 2, 1500);
  assert_true(input_next(&in, 1500, &key));
  assert_int_equal(key.name, K_F10);
  assert_int_equal(input_wait_ms(&in, 1500), -1);
  feed(&in, "\xC3", 1, 2000);
  assert_false(input_next(&in, 2001, &key));
  feed(&in, "\xA8", 1, 2100);
  assert_true(input_next(&in, 2100, &key));
  assert_int_equal(key.point, 0xE8);
}

static void escape_followed_by_a_letter_is_both(void **state) {
  (void)state;
  struct input in;
  struct key key;
  input_start(&in, INPUT_UTF8, ESCAPE_MS);
  feed(&in, "\x1Bx", 2, 0);
  assert_true(input_next(&in, 0, &key));
  assert_int_equal(key.name, K_ESC);
  assert_true(input_next(&in, 0, &key));
  assert_int_equal(key.point, 'x');
}

static void a_pasted_newline_is_no_enter(void **state) {
  (void)state;
  static const char paste[] = "\x1B[200~du\r\nc\x03\x1B[Ax\x1B[201~\r";
  static const struct key expected[] = {{K_PASTE, 'd'}, {K_PASTE, 'u'}, {K_PASTE, ' '},
                                        {K_PASTE, ' '}, {K_PASTE, 'c'}, {K_PASTE, 'x'},
                                        {K_ENTER, 0}};
  struct input in;
  struct key key;
  size_t count = 0;
  input_start(&in, INPUT_UTF8, ESCAPE_MS);
  in.pastes = true;
  feed(&in, paste, sizeof paste - 1, 0);
  while (input_next(&in, 0, &key)) {
    if (key.name == K_NONE)
      continue;
    assert_true(count < sizeof expected / sizeof *expected);
    assert_int_equal(key.name, expected[count].name);
    assert_int_equal(key.point, expected[count].point);
    count++;
  }
  assert_int_equal(count, sizeof expected / sizeof *expected);
}

/* The next key that is one, where one is decided by then. */
static struct key key_at(struct input *in, int64_t now) {
  struct key key = {K_NONE, 0};
  while (key.name == K_NONE && input_next(in, now, &key))
    ;
  return key;
}

/* Whoever types its beginning by hand leaves no terminal that takes no Enter. */
static void a_paste_that_nobody_ends_ends(void **state) {
  (void)state;
  static const char begin[] = "\x1B[200~x";
  struct input in;
  for (int way = 0; way < 4; way++) {
    input_start(&in, INPUT_UTF8, ESCAPE_MS);
    in.pastes = true;
    feed(&in, begin, sizeof begin - 1, 0);
    assert_int_equal(key_at(&in, 0).name, K_PASTE);
    assert_int_equal(key_at(&in, 0).name, K_NONE);
    switch (way) {
    case 0: /* the Esc key is that */
      feed(&in, "\x1B", 1, 300);
      assert_int_equal(key_at(&in, 300).name, K_NONE);
      assert_int_equal(key_at(&in, 300 + ESCAPE_MS).name, K_ESC);
      feed(&in, "\r", 1, 700);
      assert_int_equal(key_at(&in, 700).name, K_ENTER);
      break;
    case 1: /* pressed again and again, with no pause that would tell it from a sequence */
      feed(&in, "\x1B", 1, 300);
      assert_int_equal(key_at(&in, 300).name, K_NONE);
      feed(&in, "\x1B", 1, 310);
      assert_int_equal(key_at(&in, 310).name, K_ESC);
      feed(&in, "\r", 1, 320);
      assert_int_equal(key_at(&in, 320).name, K_ESC);
      assert_int_equal(key_at(&in, 320).name, K_ENTER);
      break;
    case 2: /* so is a second without a byte, and no less */
      feed(&in, "\r", 1, INPUT_PASTE_MS - 1);
      assert_int_equal(key_at(&in, INPUT_PASTE_MS - 1).name, K_PASTE);
      assert_int_equal(key_at(&in, INPUT_PASTE_MS - 1).name, K_NONE);
      feed(&in, "\r", 1, 2 * INPUT_PASTE_MS);
      assert_int_equal(key_at(&in, 2 * INPUT_PASTE_MS).name, K_ENTER);
      break;
    default: /* a program that was busy meanwhile heard no silence */
      feed(&in, "y", 1, 10);
      assert_int_equal(key_at(&in, 5000).name, K_PASTE);
      assert_int_equal(key_at(&in, 5000).name, K_NONE);
      feed(&in, "\r", 1, 5001);
      assert_int_equal(key_at(&in, 5001).name, K_PASTE);
    }
  }
  /* Where nobody asked for marks, there is no paste. */
  input_start(&in, INPUT_UTF8, ESCAPE_MS);
  feed(&in, begin, sizeof begin - 1, 0);
  assert_int_equal(key_at(&in, 0).name, K_TEXT);
}

static void any_bytes_are_used_up(void **state) {
  (void)state;
  unsigned seed = 20261122;
  for (int round = 0; round < 20000; round++) {
    static const char likely[] = "\x1B[O~;0123ABM<?P]\\\x07\xC3\xA9\xF0\x80z";
    struct input in;
    struct key key;
    int keys = 0;
    input_start(&in, (enum input_letters)(round % 3), ESCAPE_MS);
    for (int i = 0; i < 40; i++) {
      seed = seed * 1103515245u + 12345u;
      unsigned r = seed >> 8;
      char c = r % 3 ? likely[(r >> 4) % (sizeof likely - 1)] : (char)(r >> 12);
      feed(&in, &c, 1, 0);
    }
    while (input_next(&in, 100000, &key)) {
      assert_true((key.name == K_TEXT || key.name == K_PASTE) ==
                  (key.point >= 0x20 && key.name != K_CTRL));
      assert_true(++keys <= 40);
    }
    if (in.len)
      fail_msg("round %d keeps %zu bytes", round, in.len);
  }
}

static void a_locale_without_letters_takes_what_a_keyboard_sends(void **state) {
  (void)state;
  static const struct {
    enum input_letters letters;
    const char *bytes;
    uint32_t points[4];
  } cases[] = {
      {INPUT_UTF8, "r\xC3\xA9 ", {'r', 0xE9, ' '}},
      {INPUT_LATIN1, "r\xC3\xA9 ", {'r', 0xC3, 0xA9, ' '}},
      {INPUT_LATIN1, "r\xE9 ", {'r', 0xE9, ' '}},
      {INPUT_EITHER, "r\xC3\xA9 ", {'r', 0xE9, ' '}},
      {INPUT_EITHER, "r\xE9 ", {'r', 0xE9, ' '}},
      {INPUT_EITHER, "\xE9\xE9 ", {0xE9, 0xE9, ' '}},
      {INPUT_EITHER, "\xE2\x82\xAC ", {0x20AC, ' '}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct input in;
    struct key key;
    input_start(&in, cases[i].letters, ESCAPE_MS);
    for (const char *c = cases[i].bytes; *c; c++) /* as a slow line brings them */
      feed(&in, c, 1, 0);
    for (size_t k = 0; k < 4 && cases[i].points[k]; k++) {
      assert_true(input_next(&in, 0, &key));
      assert_int_equal(key.name, K_TEXT);
      assert_int_equal(key.point, cases[i].points[k]);
    }
    assert_false(input_next(&in, 0, &key));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_locale_without_letters_takes_what_a_keyboard_sends),
      cmocka_unit_test(sequences_of_all_terminals_are_known),
      cmocka_unit_test(what_each_terminal_sends_is_the_key_on_its_cap),
      cmocka_unit_test(unknown_sequences_are_swallowed_whole),
      cmocka_unit_test(a_sequence_that_comes_in_pieces_is_one_key),
      cmocka_unit_test(escape_followed_by_a_letter_is_both),
      cmocka_unit_test(a_pasted_newline_is_no_enter),
      cmocka_unit_test(a_paste_that_nobody_ends_ends),
      cmocka_unit_test(any_bytes_are_used_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
