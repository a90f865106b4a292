/* A cell with numbers as signs and tokens, before any numbering plan is asked.  Private to the
 * phone files. */
#ifndef TC_CORE_PHONE_CELL_H
#define TC_CORE_PHONE_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/phone.h"

enum token_kind {
  TOKEN_SOFT,   /* what stands between the digits of one number: space . - : and quotes */
  TOKEN_DASH,   /* - of any length */
  TOKEN_OPEN,   /* ( [ */
  TOKEN_CLOSE,  /* ) ] */
  TOKEN_DIGITS, /* a run of digits */
  TOKEN_PLUS,
  TOKEN_SLASH,
  TOKEN_COMMA,
  TOKEN_HARD,    /* ; | & newline, "ou", "et", "or": two numbers stand here */
  TOKEN_RANGE,   /* "à", "to" */
  TOKEN_KEYS,    /* * # */
  TOKEN_CAPTION, /* "Tél", "n°": says nothing, or what kind it is */
  TOKEN_EXTENSION,
  TOKEN_KNOWN, /* a word that people write beside numbers: "jour", "standard", "SAMU" */
  TOKEN_TEXT   /* any other word; digits of an hour or a floor; what stands in brackets */
};

struct token {
  enum token_kind kind;
  enum phone_called called; /* of a caption */
  bool bracket;             /* TOKEN_TEXT: the whole of a pair of brackets */
  bool unknown;             /* TOKEN_TEXT: it may be anything */
  bool weak;                /* TOKEN_CAPTION: an article or a preposition, never worth keeping */
  bool wrong;               /* a sign that belongs to no number and no note: @ */
  bool spaced;              /* a space stands before it */
  const char *text;         /* ASCII, small, without accents; not ended by a NUL */
  size_t count;             /* of text: one sign of text for each sign of the cell */
  size_t offset, length;    /* bytes of the cell */
};

enum { TOKENS_MAX = PHONE_RAW_MAX };

struct cell {
  char signs[PHONE_RAW_MAX + 1];
  size_t offsets[PHONE_RAW_MAX + 1]; /* of each sign, and the end */
  size_t sign_count;
  struct token tokens[TOKENS_MAX];
  size_t count;
  bool mapped; /* a digit was no ASCII digit */
  bool bad;    /* not UTF-8 */
  bool cut;    /* longer than is read */
};

void phone_cell_read(struct cell *cell, const char *text, size_t len);

/* "xxx", "0", "Néant", "NOT AVAILABLE", "999999", "--": something stands there that says nothing.
 */
bool phone_cell_is_placeholder(const struct cell *cell);

/* Is the token this word? */
bool phone_token_is(const struct token *t, const char *word);

/* Does nothing stand between the two? */
bool phone_tokens_touch(const struct token *before, const struct token *behind);

/* ---- numbers (phone_number.c) ------------------------------------------------------------------
 */

/* What the signs of one number say. */
struct phone_parts {
  char main[PHONE_DIGITS];
  bool plus; /* begins with + */
  bool zero; /* "(0)" stood behind the country code */
};

/* Reads digits by the plan of home into form, reason, repairs, digits, e164 and country of out.
 * internal: up to six bare digits are an extension. */
void phone_number_read(struct phone *out, const struct phone_parts *parts, const char *home,
                       bool internal);

void phone_refuse(struct phone *out, enum phone_reason reason);
void phone_set_digits(struct phone *out, enum phone_form form, const char *digits,
                      const char *country);

#endif
