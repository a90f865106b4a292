#include "core/spoken.h"

#include <string.h>

enum { WORD_MAX = 12, APART = 3, ENGLISH = 100 };

/* Tens and what is above twelve count on in French where English begins anew. */
static const struct {
  const char *word;
  int value;
} words[] = {{"zero", 0},
             {"oh", 0},
             {"un", 1},
             {"une", 1},
             {"one", 1},
             {"deux", 2},
             {"two", 2},
             {"trois", 3},
             {"three", 3},
             {"quatre", 4},
             {"four", 4},
             {"cinq", 5},
             {"five", 5},
             {"six", 6},
             {"sept", 7},
             {"seven", 7},
             {"huit", 8},
             {"eight", 8},
             {"neuf", 9},
             {"nine", 9},
             {"dix", 10},
             {"ten", ENGLISH + 10},
             {"onze", 11},
             {"eleven", ENGLISH + 11},
             {"douze", 12},
             {"twelve", ENGLISH + 12},
             {"treize", 13},
             {"thirteen", ENGLISH + 13},
             {"quatorze", 14},
             {"fourteen", ENGLISH + 14},
             {"quinze", 15},
             {"fifteen", ENGLISH + 15},
             {"seize", 16},
             {"sixteen", ENGLISH + 16},
             {"seventeen", ENGLISH + 17},
             {"eighteen", ENGLISH + 18},
             {"nineteen", ENGLISH + 19},
             {"vingt", 20},
             {"vingts", 20},
             {"twenty", ENGLISH + 20},
             {"trente", 30},
             {"thirty", ENGLISH + 30},
             {"quarante", 40},
             {"forty", ENGLISH + 40},
             {"cinquante", 50},
             {"fifty", ENGLISH + 50},
             {"soixante", 60},
             {"sixty", ENGLISH + 60},
             {"septante", 70},
             {"seventy", ENGLISH + 70},
             {"huitante", 80},
             {"octante", 80},
             {"eighty", ENGLISH + 80},
             {"nonante", 90},
             {"ninety", ENGLISH + 90}};

/* Bytes of the letter at the text: any of the first 128 and of what UTF-8 writes in more, but for
 * signs; 0: none. */
static size_t letter(const char *text, size_t len) {
  unsigned char c = len ? (unsigned char)text[0] : 0, next = len > 1 ? (unsigned char)text[1] : 0;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
    return 1;
  return c == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7 ? 2 : 0;
}

size_t spoken_word(const char *text, size_t len) {
  size_t at = 0;
  for (size_t n; (n = letter(text + at, len - at)) > 0;)
    at += n;
  return at;
}

/* The word in small letters without accents: é is the only one that such words have. */
static size_t read_word(const char *text, size_t len, char out[WORD_MAX]) {
  size_t end = spoken_word(text, len), n = 0;
  for (size_t at = 0, step; at < end; at += step) {
    step = letter(text + at, end - at);
    char c = step == 2 ? ((unsigned char)text[at + 1] | 0x20) == 0xA9 ? 'e' : '?' : text[at];
    if (n + 1 == WORD_MAX)
      return 0;
    out[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
  }
  out[n] = '\0';
  return end;
}

/* What a word is worth; -1: no number. */
static size_t read_value(const char *text, size_t len, int *value) {
  char word[WORD_MAX];
  size_t end = read_word(text, len, word);
  *value = -1;
  for (size_t i = 0; end && i < sizeof words / sizeof *words; i++)
    if (words[i].word[0] == word[0] && strcmp(words[i].word, word) == 0)
      *value = words[i].value;
  return *value < 0 ? 0 : end;
}

/* Blanks and hyphens between two words of one number. */
static size_t between(const char *text, size_t len) {
  size_t at = 0;
  for (int i = 0; i < APART && at < len; i++) {
    if (text[at] == ' ' || text[at] == '-')
      at++;
    else if (len - at > 1 && memcmp(text + at, "\xC2\xA0", 2) == 0)
      at += 2;
    else if (len - at > 2 && memcmp(text + at, "\xE2\x80", 2) == 0 &&
             (unsigned char)text[at + 2] >= 0x90 && (unsigned char)text[at + 2] <= 0x93)
      at += 3;
    else
      break;
  }
  return at;
}

/* The value of the next word of the same number, with what stands between; 0: there is none. */
static size_t read_next(const char *text, size_t len, int *value) {
  size_t gap = between(text, len), end = gap ? read_value(text + gap, len - gap, value) : 0;
  return end ? gap + end : 0;
}

static size_t skip_and(const char *text, size_t len) {
  char word[WORD_MAX];
  size_t gap = between(text, len), end = gap ? read_word(text + gap, len - gap, word) : 0;
  return end && strcmp(word, "et") == 0 ? gap + end : 0;
}

/* Most words are told apart by their first two letters. */
static bool may_begin(const char *text, size_t len) {
  unsigned char next = len > 1 ? (unsigned char)text[1] : 0;
  char second = next == 0xC3 ? 'e' : (char)(next | 0x20);
  switch (text[0] | 0x20) {
  case 'c':
  case 'v':
    return second == 'i';
  case 'd':
  case 'n':
    return second == 'e' || second == 'i' || second == 'o';
  case 'e':
    return second == 'i' || second == 'l';
  case 'f':
    return second == 'i' || second == 'o';
  case 'h':
  case 'q':
    return second == 'u';
  case 'o':
    return second == 'c' || second == 'h' || second == 'n';
  case 's':
    return second == 'e' || second == 'i' || second == 'o';
  case 't':
    return second == 'e' || second == 'h' || second == 'r' || second == 'w';
  case 'u':
    return second == 'n';
  case 'z':
    return second == 'e';
  default:
    return false;
  }
}

size_t spoken_read(const char *text, size_t len, char digits[SPOKEN_DIGITS], size_t *count) {
  char word[WORD_MAX];
  int value, more;
  *count = 0;
  if (!len || !may_begin(text, len))
    return 0;
  size_t end = read_value(text, len, &value), next;
  if (!end) {
    end = read_word(text, len, word);
    next = end && strcmp(word, "double") == 0 ? read_next(text + end, len - end, &value) : 0;
    if (!next || value > 9)
      return 0;
    digits[0] = digits[1] = (char)('0' + value);
    *count = 2;
    return end + next;
  }
  if (value == 4 && (next = read_next(text + end, len - end, &more)) > 0 && more == 20) {
    value = 80;
    end += next;
  }
  /* "sixty twelve" is two of them, "soixante-douze" is one */
  bool english = value >= ENGLISH;
  value -= english ? ENGLISH : 0;
  if (value >= 20) {
    size_t and = skip_and(text + end, len - end), at = end + and;
    int most = !english && (value == 60 || value == 80) ? 16 : 9;
    next = read_next(text + at, len - at, &more);
    int vingt = 0; /* "cinquante quatre-vingt-huit" is 50 88 */
    if (next && more == 4 && read_next(text + at + next, len - at - next, &vingt) && vingt == 20)
      next = 0;
    if (next && more > 0 && more <= most) {
      value += more;
      end = at + next;
    }
  }
  /* "dix-sept", also behind soixante and quatre-vingt */
  if (!english && (value == 10 || value == 70 || value == 90) &&
      (next = read_next(text + end, len - end, &more)) > 0 && more >= (value == 10 ? 7 : 1) &&
      more <= 9) {
    value += more;
    end += next;
  }
  if (value > 9)
    digits[(*count)++] = (char)('0' + value / 10);
  digits[(*count)++] = (char)('0' + value % 10);
  return end;
}
