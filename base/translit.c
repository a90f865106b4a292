#include "base/translit.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

struct likeness {
  uint32_t first, last; /* every code point of the span */
  const char *text;     /* ASCII */
};

/* Sorted; before decomposition, which gives the letter under an accent. */
static const struct likeness likenesses[] = {
    {0x00A0, 0x00A0, " "},  {0x00A1, 0x00A1, "!"},   {0x00A3, 0x00A3, "GBP"},
    {0x00A7, 0x00A7, "S"},  {0x00A9, 0x00A9, "(c)"}, {0x00AB, 0x00AB, "<<"},
    {0x00AD, 0x00AD, ""},   {0x00AE, 0x00AE, "(R)"}, {0x00B0, 0x00B0, "o"},
    {0x00B1, 0x00B1, "+-"}, {0x00B4, 0x00B4, "'"},   {0x00B5, 0x00B5, "u"},
    {0x00B7, 0x00B7, "."},  {0x00BB, 0x00BB, ">>"},  {0x00BF, 0x00BF, "?"},
    {0x00C6, 0x00C6, "AE"}, {0x00D0, 0x00D0, "D"},   {0x00D7, 0x00D7, "x"},
    {0x00D8, 0x00D8, "O"},  {0x00DE, 0x00DE, "Th"},  {0x00DF, 0x00DF, "ss"},
    {0x00E6, 0x00E6, "ae"}, {0x00F0, 0x00F0, "d"},   {0x00F7, 0x00F7, "/"},
    {0x00F8, 0x00F8, "o"},  {0x00FE, 0x00FE, "th"},  {0x0110, 0x0110, "D"},
    {0x0111, 0x0111, "d"},  {0x0126, 0x0126, "H"},   {0x0127, 0x0127, "h"},
    {0x0131, 0x0131, "i"},  {0x0141, 0x0141, "L"},   {0x0142, 0x0142, "l"},
    {0x014A, 0x014A, "Ng"}, {0x014B, 0x014B, "ng"},  {0x0152, 0x0152, "OE"},
    {0x0153, 0x0153, "oe"}, {0x0166, 0x0166, "T"},   {0x0167, 0x0167, "t"},
    {0x0186, 0x0186, "O"},  {0x018F, 0x018F, "E"},   {0x0190, 0x0190, "E"},
    {0x0254, 0x0254, "o"},  {0x0259, 0x0259, "e"},   {0x025B, 0x025B, "e"},
    {0x02B9, 0x02BF, "'"},  {0x1E9E, 0x1E9E, "SS"},  {0x2000, 0x200A, " "},
    {0x200B, 0x200D, ""},   {0x2010, 0x2015, "-"},   {0x2018, 0x201B, "'"},
    {0x201C, 0x201F, "\""}, {0x2020, 0x2021, "+"},   {0x2022, 0x2022, "*"},
    {0x2024, 0x2024, "."},  {0x2025, 0x2025, ".."},  {0x2026, 0x2026, "..."},
    {0x202F, 0x202F, " "},  {0x2032, 0x2032, "'"},   {0x2033, 0x2033, "\""},
    {0x2039, 0x2039, "<"},  {0x203A, 0x203A, ">"},   {0x2043, 0x2043, "-"},
    {0x2044, 0x2044, "/"},  {0x2060, 0x2060, ""},    {0x20AC, 0x20AC, "EUR"},
    {0x2190, 0x2190, "<-"}, {0x2191, 0x2191, "^"},   {0x2192, 0x2192, "->"},
    {0x2193, 0x2193, "v"},  {0x2194, 0x2194, "<->"}, {0x21D2, 0x21D2, "=>"},
    {0x2212, 0x2212, "-"},  {0x2248, 0x2248, "~"},   {0x2260, 0x2260, "!="},
    {0x2264, 0x2264, "<="}, {0x2265, 0x2265, ">="},  {0x2500, 0x2501, "-"},
    {0x2502, 0x2503, "|"},  {0x2504, 0x2505, "-"},   {0x2506, 0x2507, "|"},
    {0x2508, 0x2509, "-"},  {0x250A, 0x250B, "|"},   {0x250C, 0x254B, "+"},
    {0x254C, 0x254D, "-"},  {0x254E, 0x254F, "|"},   {0x2550, 0x2550, "="},
    {0x2551, 0x2551, "|"},  {0x2552, 0x256C, "+"},   {0x256D, 0x2570, "+"},
    {0x2571, 0x2571, "/"},  {0x2572, 0x2572, "\\"},  {0x2573, 0x2573, "x"},
    {0x2574, 0x2574, "-"},  {0x2575, 0x2575, "|"},   {0x2576, 0x2576, "-"},
    {0x2577, 0x2577, "|"},  {0x2580, 0x259F, "#"},   {0x25A0, 0x25A1, "#"},
    {0x25B2, 0x25B3, "^"},  {0x25B6, 0x25BB, ">"},   {0x25BC, 0x25BD, "v"},
    {0x25C0, 0x25C5, "<"},  {0x25CB, 0x25CB, "o"},   {0x25CF, 0x25CF, "*"},
    {0x2605, 0x2606, "*"},  {0x260E, 0x260F, "T"},   {0x2611, 0x2611, "x"},
    {0x26A0, 0x26A0, "!"},  {0x2713, 0x2714, "x"},   {0x2717, 0x2718, "x"},
    {0xFE0E, 0xFE0F, ""},   {0xFEFF, 0xFEFF, ""},
};

static const char *likeness_of(uint32_t point) {
  size_t low = 0, high = sizeof likenesses / sizeof likenesses[0];
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (likenesses[mid].last < point)
      low = mid + 1;
    else
      high = mid;
  }
  bool found = low < sizeof likenesses / sizeof likenesses[0] && likenesses[low].first <= point;
  return found ? likenesses[low].text : NULL;
}

static bool fits(uint32_t point, enum translit target) {
  if (point < 0x80)
    return true;
  if (target == TRANSLIT_ASCII || point < 0xA0 || point == 0xAD)
    return false;
  /* Latin-9 put € Š š Ž ž Œ œ Ÿ in the place of eight signs. */
  static const uint16_t gone[] = {0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE};
  static const uint16_t come[] = {0x20AC, 0x160, 0x161, 0x17D, 0x17E, 0x152, 0x153, 0x178};
  for (size_t i = 0; target == TRANSLIT_LATIN9 && i < sizeof gone / sizeof gone[0]; i++)
    if (point == gone[i] || point == come[i])
      return point == come[i];
  return point <= 0xFF;
}

static void add_point(struct buffer *out, uint32_t point) {
  char bytes[UTF8_MAX];
  buffer_add(out, bytes, utf8_put(bytes, point));
}

/* Appends a likeness of one code point; false: there is none. */
static bool add_like(struct buffer *out, uint32_t point, enum translit target) {
  const char *like = likeness_of(point);
  if (like) {
    buffer_add_text(out, like);
    return true;
  }
  if (utf8_is_zero_width(point))
    return true;
  uint32_t parts[UTF8_PLAIN_MAX];
  size_t count = utf8_plain(parts, point);
  for (size_t i = 0; i < count; i++)
    if (!fits(parts[i], target) && !likeness_of(parts[i]))
      return false;
  for (size_t i = 0; i < count; i++) {
    if (fits(parts[i], target))
      add_point(out, parts[i]);
    else
      buffer_add_text(out, likeness_of(parts[i]));
  }
  return count > 0;
}

enum translit translit_for(const char *codeset) {
  static const struct {
    const char *codeset;
    enum translit target;
  } known[] = {{"UTF-8", TRANSLIT_NONE},         {"UTF8", TRANSLIT_NONE},
               {"ISO-8859-1", TRANSLIT_LATIN1},  {"ISO8859-1", TRANSLIT_LATIN1},
               {"ISO-8859-15", TRANSLIT_LATIN9}, {"ISO8859-15", TRANSLIT_LATIN9}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcasecmp(codeset, known[i].codeset) == 0)
      return known[i].target;
  return TRANSLIT_ASCII;
}

size_t translit_text(struct buffer *out, const char *text, size_t len, enum translit target) {
  size_t lost = 0;
  if (target == TRANSLIT_NONE) {
    buffer_add(out, text, len);
    return 0;
  }
  for (size_t i = 0; i < len;) {
    uint32_t point;
    size_t n = utf8_next(text + i, len - i, &point);
    if (point != UTF8_INVALID && fits(point, target)) {
      buffer_add(out, text + i, n);
    } else if (point == UTF8_INVALID || !add_like(out, point, target)) {
      buffer_add_char(out, '?');
      lost++;
    }
    i += n;
  }
  return lost;
}
