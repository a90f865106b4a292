#include "paper/font.h"

#include <string.h>

#include "base/translit.h"

struct glyph {
  char letter;
  const char *rows[FONT_ROWS]; /* of equal length */
};

static const struct glyph glyphs[] = {
    {' ', {"  ", "  ", "  ", "  ", "  "}},
    {'0', {"###", "# #", "# #", "# #", "###"}},
    {'1', {" # ", "## ", " # ", " # ", "###"}},
    {'2', {"###", "  #", "###", "#  ", "###"}},
    {'3', {"###", "  #", " ##", "  #", "###"}},
    {'4', {"# #", "# #", "###", "  #", "  #"}},
    {'5', {"###", "#  ", "###", "  #", "###"}},
    {'6', {"###", "#  ", "###", "# #", "###"}},
    {'7', {"###", "  #", "  #", " # ", " # "}},
    {'8', {"###", "# #", "###", "# #", "###"}},
    {'9', {"###", "# #", "###", "  #", "###"}},
    {'A', {" # ", "# #", "###", "# #", "# #"}},
    {'B', {"## ", "# #", "## ", "# #", "## "}},
    {'C', {" ##", "#  ", "#  ", "#  ", " ##"}},
    {'D', {"## ", "# #", "# #", "# #", "## "}},
    {'E', {"###", "#  ", "## ", "#  ", "###"}},
    {'F', {"###", "#  ", "## ", "#  ", "#  "}},
    {'G', {" ###", "#   ", "# ##", "#  #", " ###"}},
    {'H', {"# #", "# #", "###", "# #", "# #"}},
    {'I', {"#", "#", "#", "#", "#"}},
    {'J', {"  #", "  #", "  #", "# #", " # "}},
    {'K', {"#  #", "# # ", "##  ", "# # ", "#  #"}},
    {'L', {"#  ", "#  ", "#  ", "#  ", "###"}},
    {'M', {"#   #", "## ##", "# # #", "#   #", "#   #"}},
    {'N', {"#   #", "##  #", "# # #", "#  ##", "#   #"}},
    {'O', {" ## ", "#  #", "#  #", "#  #", " ## "}},
    {'P', {"## ", "# #", "## ", "#  ", "#  "}},
    {'Q', {" ## ", "#  #", "#  #", "# ##", " ###"}},
    {'R', {"## ", "# #", "## ", "# #", "# #"}},
    {'S', {" ##", "#  ", " # ", "  #", "## "}},
    {'T', {"###", " # ", " # ", " # ", " # "}},
    {'U', {"# #", "# #", "# #", "# #", "###"}},
    {'V', {"# #", "# #", "# #", "# #", " # "}},
    {'W', {"#   #", "#   #", "# # #", "## ##", "#   #"}},
    {'X', {"# #", "# #", " # ", "# #", "# #"}},
    {'Y', {"# #", "# #", " # ", " # ", " # "}},
    {'Z', {"###", "  #", " # ", "#  ", "###"}},
    {'-', {"  ", "  ", "##", "  ", "  "}},
    {'\'', {"#", "#", " ", " ", " "}},
    {'.', {" ", " ", " ", " ", "#"}},
    {',', {" ", " ", " ", "#", "#"}},
    {'/', {"  #", "  #", " # ", "#  ", "#  "}},
    {'+', {"   ", " # ", "###", " # ", "   "}},
    {'*', {"# #", " # ", "###", " # ", "# #"}},
    {'#', {" # # ", "#####", " # # ", "#####", " # # "}},
    {'(', {" #", "# ", "# ", "# ", " #"}},
    {')', {"# ", " #", " #", " #", "# "}},
};

static const struct glyph *find_glyph(char letter) {
  if (letter >= 'a' && letter <= 'z')
    letter = (char)(letter - 'a' + 'A');
  for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
    if (glyphs[i].letter == letter)
      return &glyphs[i];
  return NULL;
}

static int draw(struct buffer *out, const char *text, int row, int scale) {
  struct buffer plain = BUFFER_INIT;
  int columns = 0;
  size_t lost = translit_text(&plain, text, strlen(text), TRANSLIT_ASCII);
  if (lost || plain.status != TC_OK)
    columns = -1;
  for (const char *c = buffer_text(&plain); columns >= 0 && *c; c++) {
    const struct glyph *g = find_glyph(*c);
    if (!g) {
      columns = -1;
      break;
    }
    if (columns) {
      columns += scale;
      if (out)
        buffer_printf(out, "%*s", scale, "");
    }
    for (const char *dot = g->rows[row]; *dot; dot++, columns += scale)
      for (int i = 0; out && i < scale; i++)
        buffer_add_char(out, *dot);
  }
  buffer_free(&plain);
  return columns;
}

int font_width(const char *text, int scale) {
  return draw(NULL, text, 0, scale);
}

void font_row(struct buffer *out, const char *text, int row, int scale) {
  draw(out, text, row, scale);
}
