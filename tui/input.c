#include "tui/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { ESC = 0x1B, STRING_MAX = 1024 };

void input_start(struct input *in, enum input_letters letters, int escape_ms) {
  memset(in, 0, sizeof *in);
  in->letters = letters;
  in->escape_ms = escape_ms;
  in->empty_ms = -1;
}

enum input_letters input_letters_of(const char *codeset) {
  if (strcmp(codeset, "UTF-8") == 0)
    return INPUT_UTF8;
  return strstr(codeset, "ASCII") || strstr(codeset, "ANSI_X3.4") ? INPUT_EITHER : INPUT_LATIN1;
}

/* The character at the beginning of some bytes, and how many they are. */
static size_t letter(const char *bytes, size_t len, enum input_letters letters, uint32_t *point) {
  size_t used = 1;
  *point = (unsigned char)*bytes;
  if (*point < 0x80 || letters == INPUT_LATIN1)
    return 1;
  used = utf8_next(bytes, len, point);
  if (*point != UTF8_INVALID || letters != INPUT_EITHER)
    return used;
  *point = (unsigned char)*bytes;
  return 1;
}

size_t input_line(char *out, size_t cap, const char *bytes, enum input_letters letters) {
  size_t n = 0;
  for (size_t at = 0, len = strlen(bytes); at < len && n + UTF8_MAX < cap;) {
    uint32_t point;
    at += letter(bytes + at, len - at, letters, &point);
    if (point < 0x80 ||
        (point != UTF8_INVALID && !utf8_is_control(point) && !utf8_is_unseen(point)))
      n += utf8_put(out + n, point);
  }
  out[n] = '\0';
  return n;
}

void input_know(struct input *in, const char *sequence, enum key_name key) {
  if (!sequence || sequence == (const char *)-1 || sequence[0] != ESC || !sequence[1] ||
      strlen(sequence) >= INPUT_SEQUENCE || in->known_count == INPUT_KEYS_MAX)
    return;
  if (sequence[1] == 'O' && strchr("jklmnopqrstuvwxy", sequence[2]))
    return; /* vt100 gives F5 to F10 to the keypad, whose digits are numbers that one types */
  if (key == K_F1 && (strcmp(sequence, "\033[11~") == 0 || strcmp(sequence, "\033[[A") == 0))
    in->pc_keypad = true;
  memcpy(in->known[in->known_count].text, sequence, strlen(sequence) + 1);
  in->known[in->known_count++].key = key;
}

size_t input_room(const struct input *in) {
  return sizeof in->bytes - in->len;
}

void input_took(struct input *in, size_t count, int64_t now_ms) {
  if (in->empty_ms >= 0 && now_ms - in->empty_ms >= INPUT_PASTE_MS)
    in->pasting = false;
  in->empty_ms = -1;
  in->len += count;
  in->since_ms = now_ms;
}

static void drop(struct input *in, size_t count) {
  in->len -= count;
  memmove(in->bytes, in->bytes + count, in->len);
}

/* Length of the escape sequence at the start of the bytes; 0: not complete yet. */
static size_t sequence_length(const struct input *in) {
  const unsigned char *b = in->bytes;
  size_t n = in->len;
  if (n < 2)
    return 0;
  size_t at = 2;
  switch (b[1]) {
  case '\t': /* Shift and Tab of the Linux console */
    return 2;
  case '[':
    if (n > 2 && b[2] == '[') /* function keys of the Linux console */
      return n > 3 ? 4 : 0;
    if (n > 2 && b[2] == 'M') /* the old form of a mouse report */
      return n >= 6 ? 6 : 0;
    while (at < n && b[at] >= 0x20 && b[at] <= 0x3F)
      at++;
    if (at == n)
      return n >= STRING_MAX ? n : 0;
    return b[at] >= 0x40 && b[at] <= 0x7E ? at + 1 : at; /* broken off: without the breaker */
  case 'O':
    while (at < n && ((b[at] >= '0' && b[at] <= '9') || b[at] == ';'))
      at++;
    if (at == n)
      return n >= STRING_MAX ? n : 0;
    return b[at] >= 0x40 && b[at] <= 0x7E ? at + 1 : at;
  case 'P':
  case ']':
  case '^':
  case '_':
  case 'X': /* a string for the host: until ST or BEL */
    for (; at < n; at++) {
      if (b[at] == 0x07)
        return at + 1;
      if (b[at] == ESC && at + 1 < n)
        return b[at + 1] == '\\' ? at + 2 : at;
    }
    return n >= STRING_MAX ? n : 0;
  default:
    return 1; /* the Esc key, then something else */
  }
}

static enum key_name key_of_number(int number) {
  static const struct {
    int number;
    enum key_name key;
  } keys[] = {{1, K_HOME}, {3, K_DELETE}, {4, K_END},  {5, K_PAGE_UP}, {6, K_PAGE_DOWN},
              {7, K_HOME}, {8, K_END},    {11, K_F1},  {12, K_F2},     {13, K_F3},
              {14, K_F4},  {15, K_F5},    {17, K_F6},  {18, K_F7},     {19, K_F8},
              {20, K_F9},  {21, K_F10},   {23, K_F11}, {24, K_F12}};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (keys[i].number == number)
      return keys[i].key;
  return K_NONE;
}

static enum key_name key_of_letter(char letter) {
  static const char letters[] = "ABCDHFPQRSZ";
  static const enum key_name keys[] = {K_UP, K_DOWN, K_RIGHT, K_LEFT, K_HOME,   K_END,
                                       K_F1, K_F2,   K_F3,    K_F4,   K_BACKTAB};
  const char *at = strchr(letters, letter);
  return letter && at ? keys[at - letters] : K_NONE;
}

/* Keys of the keypad in application mode: SS3 p..y are 0..9, j..o are * + , - . / and X is =. PuTTY
 * and the Linux console have the keys of a VT at these places: NumLock / * - are P..S, + is l. */
static struct key key_of_keypad(const struct input *in, char letter) {
  static const char at_places[] = "QRSl", signs[] = "/*-+";
  const char *place = strchr(at_places, letter);
  if (in->pc_keypad && letter == 'P')
    return (struct key){K_NONE, 0};
  if (in->pc_keypad && place)
    return (struct key){K_TEXT, (uint32_t)signs[place - at_places]};
  if (letter >= 'p' && letter <= 'y')
    return (struct key){K_TEXT, (uint32_t)('0' + letter - 'p')};
  if (letter >= 'j' && letter <= 'o')
    return (struct key){K_TEXT, (uint32_t)('*' + letter - 'j')};
  if (letter == 'X')
    return (struct key){K_TEXT, '='};
  if (letter == 'M')
    return (struct key){K_ENTER, 0};
  return (struct key){key_of_letter(letter), 0};
}

static struct key key_of_sequence(struct input *in, const char *text, size_t len) {
  struct key key = {K_NONE, 0};
  for (size_t i = 0; i < in->known_count; i++)
    if (strlen(in->known[i].text) == len && memcmp(in->known[i].text, text, len) == 0)
      return (struct key){in->known[i].key, 0};
  char last = text[len - 1];
  if (last == '\t')
    key.name = K_BACKTAB;
  if (len < 3)
    return key;
  if (text[1] == 'O')
    return key_of_keypad(in, last);
  if (text[1] != '[')
    return key;
  if (text[2] == '[') {
    if (last >= 'A' && last <= 'E')
      key.name = (enum key_name)(K_F1 + (last - 'A'));
  } else if (text[2] == '<') { /* the wheel, where the mouse was asked for */
    long button = strtol(text + 3, NULL, 10);
    if (last == 'M' && (button == 64 || button == 65))
      key.name = button == 64 ? K_UP : K_DOWN;
  } else if (last == '~') {
    long number = strtol(text + 2, NULL, 10);
    if (number == 200 || number == 201)
      in->pasting = in->pastes && number == 200;
    else
      key.name = key_of_number((int)(number < 1000 ? number : 0));
  } else if (text[2] != '?' && text[2] != '>' && text[2] != 'M') {
    key.name = key_of_letter(last);
  }
  return key;
}

/* One character of several bytes; false: not complete. */
static bool text_key(struct input *in, bool late, struct key *out) {
  uint32_t point = in->bytes[0];
  size_t used = 1;
  if (point >= 0x80 && in->letters != INPUT_LATIN1) {
    size_t need = point >= 0xF0 ? 4 : point >= 0xE0 ? 3 : 2;
    used = utf8_next((const char *)in->bytes, in->len, &point);
    if (point == UTF8_INVALID && in->len < need && used == in->len && in->bytes[0] >= 0xC2 && !late)
      return false;
    used = letter((const char *)in->bytes, in->len, in->letters, &point);
  }
  drop(in, used);
  bool bad = point == UTF8_INVALID || utf8_is_control(point) || utf8_is_unseen(point);
  *out = (struct key){bad ? K_NONE : in->pasting ? K_PASTE : K_TEXT, bad ? 0 : point};
  return true;
}

static void control_key(struct input *in, struct key *out) {
  unsigned char c = in->bytes[0];
  drop(in, 1);
  *out = (struct key){K_NONE, 0};
  if (in->pasting) {
    if (c == '\n' || c == '\r' || c == '\t')
      *out = (struct key){K_PASTE, ' '};
  } else if (c == '\r' || c == '\n') {
    out->name = K_ENTER;
  } else if (c == '\t') {
    out->name = K_TAB;
  } else if (c == 0x7F || c == 0x08) {
    out->name = K_BACKSPACE;
  } else if (c >= 1 && c <= 26) {
    *out = (struct key){K_CTRL, (uint32_t)('A' + c - 1)};
  } else if (c == 0x1F) {
    *out = (struct key){K_CTRL, '_'};
  }
}

bool input_next(struct input *in, int64_t now_ms, struct key *out) {
  if (!in->len) {
    if (in->empty_ms < 0)
      in->empty_ms = now_ms;
    return false;
  }
  *out = (struct key){K_NONE, 0};
  int64_t held = now_ms - in->since_ms;
  if (in->bytes[0] == ESC) {
    size_t n = sequence_length(in);
    if (n == 0) {
      if (held < (in->len == 1 ? in->escape_ms : INPUT_HOLD_MS))
        return false;
      bool alone = in->len == 1;
      drop(in, in->len); /* what was cut off is no key */
      if (alone) {
        in->pasting = false;
        out->name = K_ESC;
      }
    } else if (n == 1) {
      if (in->bytes[1] == ESC) /* who presses it again and again does not wait for it to be alone */
        in->pasting = false;
      drop(in, 1);
      if (!in->pasting)
        out->name = K_ESC;
    } else {
      char text[STRING_MAX + 1];
      size_t len = n < STRING_MAX ? n : STRING_MAX;
      memcpy(text, in->bytes, len);
      text[len] = '\0';
      bool pasting = in->pasting;
      *out = key_of_sequence(in, text, len);
      if (pasting)
        *out = (struct key){K_NONE, 0};
      drop(in, n);
    }
    return true;
  }
  if (in->bytes[0] < 0x20 || in->bytes[0] == 0x7F) {
    control_key(in, out);
    return true;
  }
  return text_key(in, held >= INPUT_HOLD_MS, out);
}

int input_wait_ms(const struct input *in, int64_t now_ms) {
  if (!in->len)
    return -1;
  int64_t hold = in->len == 1 && in->bytes[0] == ESC ? in->escape_ms : INPUT_HOLD_MS;
  int64_t left = in->since_ms + hold - now_ms;
  return left < 0 ? 0 : (int)left;
}
