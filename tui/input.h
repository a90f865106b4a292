/* Bytes from a terminal -> keys.  Pure: bytes and time are handed in.
 *
 * A sequence that is not complete is held: after ESC [ or ESC O for INPUT_HOLD_MS, a single ESC for
 * escape_ms (then it is the Esc key).  Complete sequences that nobody knows are swallowed whole.
 * Between the marks of a bracketed paste everything is text, and a newline is a space.  Its
 * beginning can be typed (Esc [ 2 0 0 ~), so that it is not left to its end to come: the Esc key
 * ends it, and so does INPUT_PASTE_MS without a byte.  A terminal that was never asked for marks
 * sends none. */
#ifndef TC_TUI_INPUT_H
#define TC_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/key.h"

enum {
  INPUT_BYTES = 4096,
  INPUT_HOLD_MS = 500,
  INPUT_PASTE_MS = 1000,
  INPUT_KEYS_MAX = 64,
  INPUT_SEQUENCE = 16
};

/* The letters that the terminal sends: as the locale says, and where it says ASCII alone (C) UTF-8
 * where the bytes are such, which most keyboards send whatever the locale is, else Latin-1. */
enum input_letters { INPUT_UTF8, INPUT_LATIN1, INPUT_EITHER };

struct input {
  unsigned char bytes[INPUT_BYTES];
  size_t len;
  int64_t since_ms; /* when the last of them came */
  int escape_ms;    /* how long a single ESC may be the beginning of a sequence */
  enum input_letters letters;
  bool pastes; /* it was asked for the marks of a paste */
  bool pasting;
  int64_t empty_ms; /* since when all was used up; -1: it is not */
  bool pc_keypad;   /* SS3 P is NumLock, not F1: a keypad as PuTTY and the Linux console send it */
  struct {          /* what terminfo says, beside the sequences that all know */
    char text[INPUT_SEQUENCE];
    enum key_name key;
  } known[INPUT_KEYS_MAX];
  size_t known_count;
};

/* Which ones that are, by the name of the locale's character set. */
enum input_letters input_letters_of(const char *codeset);

/* A line that was typed, as text: its bytes are those of the letters, what is none of them is left
 * out as a key would be.  Into out of cap; the length. */
size_t input_line(char *out, size_t cap, const char *bytes, enum input_letters letters);

void input_start(struct input *in, enum input_letters letters, int escape_ms);
/* A sequence of this terminal; longer ones than INPUT_SEQUENCE, NULL and "" are left out. */
void input_know(struct input *in, const char *sequence, enum key_name key);

/* Room for more bytes: read(2) into in->bytes + in->len, then input_took(). */
size_t input_room(const struct input *in);
void input_took(struct input *in, size_t count, int64_t now_ms);

/* The next key; false: there is none yet.  A key of K_NONE is something swallowed. */
bool input_next(struct input *in, int64_t now_ms, struct key *out);

/* Milliseconds until what is held is decided; -1: nothing is held. */
int input_wait_ms(const struct input *in, int64_t now_ms);

#endif
