/* Phone numbers: what people type and what files hold.
 *
 * Facts of the national plans come from core/countries.tsv (ITU-T E.164, national regulators), by
 * tools/gen-countries.  Nothing is guessed in silence: what cannot be read keeps its text and says
 * why. */
#ifndef TC_CORE_PHONE_H
#define TC_CORE_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"

enum {
  PHONE_DIGITS = 32,   /* most digits of a number as dialled, with its NUL */
  PHONE_E164 = 17,     /* "+" and 15 digits with a NUL (ITU-T E.164) */
  PHONE_RAW_MAX = 512, /* signs of a cell that are read as numbers */
  PHONE_NOTE = 128,    /* bytes of a note, with its NUL; a longer one ends in "..." */
  PHONE_PER_CELL = 8   /* most numbers of one cell */
};

enum phone_form {
  PHONE_UNREADABLE,  /* kept as typed; reason says why */
  PHONE_PLACEHOLDER, /* "xxx", "0", "Néant", "NOT AVAILABLE", "999999": nothing, said in words */
  PHONE_E164_FORM,   /* a public number with a country */
  PHONE_SHORT,       /* emergency or national short code ("15", "3117"): never internationalised */
  PHONE_INTERNAL     /* an extension or a house code: means nothing outside its plan */
};

enum phone_reason {
  PHONE_FINE,
  PHONE_EMPTY,
  PHONE_NO_DIGITS,
  PHONE_TOO_SHORT,
  PHONE_TOO_LONG,
  PHONE_UNKNOWN_COUNTRY, /* no E.164 country code begins it */
  PHONE_NOT_IN_PLAN,     /* right length for no range of the country */
  PHONE_LETTERS,         /* letters that are no extension or pause sign */
  PHONE_TOO_MANY,        /* more than PHONE_PER_CELL numbers */
  PHONE_NO_COUNTRY,      /* a national form, and no default country was given */
  PHONE_BAD_TEXT,        /* not UTF-8 */
  PHONE_AMBIGUOUS,       /* an extension, or the last digits of another number */
  PHONE_ROUNDED,         /* "8.45E+09": a spreadsheet has dropped digits */
  PHONE_STAR_HASH,       /* * or #, and no house plan whose sets have such codes */
  PHONE_REASON_COUNT
};

/* How sure the reading is; everything but PHONE_AS_WRITTEN is said to the person. */
enum phone_repair {
  PHONE_AS_WRITTEN = 0,
  PHONE_ZERO_RESTORED = 1,      /* a spreadsheet had eaten the leading zero */
  PHONE_DECIMAL_DROPPED = 2,    /* "8452862559.0" */
  PHONE_DIGITS_MAPPED = 4,      /* non-ASCII digits */
  PHONE_TRUNK_DROPPED = 8,      /* "+33 (0)1" */
  PHONE_CODE_RESTORED = 16,     /* "33199005231"; "+33 590 ...", which is +590 590 */
  PHONE_ENDING_REPLACED = 32,   /* "... 31/32": the last digits of the number before, replaced */
  PHONE_EXTENSION_ASSUMED = 64, /* "..., 4321": taken for an extension, though no word says so */
  PHONE_LETTERS_MAPPED = 128    /* "1-800-FLOWERS" (ITU-T E.161), in the North American plan */
};

/* What the cell calls a number ("Fax : ..."), whatever its column is called. */
enum phone_called {
  PHONE_CALLED_NOTHING,
  PHONE_CALLED_PHONE,
  PHONE_CALLED_FAX,
  PHONE_CALLED_MOBILE,
  PHONE_CALLED_DECT,
  PHONE_CALLED_PAGER
};

struct phone {
  enum phone_form form;
  enum phone_reason reason;
  unsigned repairs;             /* set of enum phone_repair */
  char digits[PHONE_DIGITS];    /* as dialled within the country ("0199005231"), the short code, or
                                   what is pressed in the house ("4321", "*21") */
  char e164[PHONE_E164];        /* "" where there is none */
  char country[3];              /* ISO 3166 alpha-2; "" unknown or shared code */
  char extension[PHONE_DIGITS]; /* "61111" of "... ext. 61111"; "" none */
  char after[PHONE_DIGITS];     /* digits, * # and p/w pauses to send after the answer; "" none */
  char note[PHONE_NOTE];        /* what else the cell says of it, as written: "nuit"; "" nothing */
  enum phone_called called;
  size_t offset, length; /* where in the cell it was read (bytes): all that was said of it */
};

struct phones {
  struct phone items[PHONE_PER_CELL];
  size_t count; /* at least 1 unless the cell is empty */
};

/* Reads one cell that may hold several numbers, with captions and notes ("Tél : 01 99 00 52 31/32,
 * poste 4321 (jour)").  country: ISO 3166 alpha-2 of national forms, "" for none.  internal: bare
 * digit strings up to six long are extensions of a house plan, unless they are emergency codes.
 * Never fails: what is unreadable says so in its item; every digit of the cell is in some item's
 * stretch. */
void phone_read(struct phones *out, const char *text, size_t len, const char *country,
                bool internal);

/* Reads what an operator typed as one number, for look-up: the E.164 it may mean, or "". */
void phone_read_one(struct phone *out, const char *text, size_t len, const char *country);

/* The number of an E.164 text as a record holds it ("+33199005231"); false when that is none. home
 * as for phone_read(). */
bool phone_of_e164(struct phone *out, const char *e164, const char *home);

/* Would phone_of_e164() read it? */
bool phone_e164_fits(const char *e164);

/* National display by E.123 ("01 99 00 52 31"), for a number of that home country, and between
 * France and its overseas departments; international ("+44 20 7946 0018") for others.  A short code
 * or an extension keeps its digits, grouped
 * ("4 5244").  Appends. */
void phone_format(struct buffer *out, const struct phone *p, const char *home);

/* phone_format() from what a record holds: number as dialled and E.164 ("" when none). */
void phone_format_number(struct buffer *out, const char *number, const char *e164,
                         const char *home);

/* A tel: URI (RFC 3966) of what a record holds: number as written and E.164 ("" when none); an
 * extension behind a public number gets ;ext=, an internal number ;phone-context=, which is the
 * house's numbering plan.  home as for phone_read().  Appends nothing where there is no number that
 * the outside, or that plan, could call. */
void phone_uri(struct buffer *out, const char *number, const char *e164, const char *context,
               const char *home);

/* One sentence for the person, translated. */
const char *phone_reason_text(enum phone_reason reason);

/* Digits only: every other byte dropped, Unicode digits mapped.  Returns the count; at most cap - 1
 * are written. */
size_t phone_digits(char *out, size_t cap, const char *text, size_t len);

/* Is an E.164 number a mobile's by the published plan of its country (core/countries.tsv)?  false:
 * it is not, or nothing is known of that country. */
bool phone_is_mobile(const char *e164);

#endif
