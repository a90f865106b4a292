/* A key as the screens see it, whatever terminal it came from. */
#ifndef TC_TUI_KEY_H
#define TC_TUI_KEY_H

#include <stdint.h>

enum key_name {
  K_NONE,  /* nothing, or a sequence nobody knows: swallowed */
  K_TEXT,  /* a printable character: point */
  K_CTRL,  /* with Control held: point is 'A'..'Z' or '_' */
  K_PASTE, /* a character that was pasted: text, and a newline is no Enter */
  K_ENTER,
  K_ESC,
  K_TAB,
  K_BACKTAB,
  K_BACKSPACE,
  K_DELETE,
  K_UP,
  K_DOWN,
  K_LEFT,
  K_RIGHT,
  K_HOME,
  K_END,
  K_PAGE_UP,
  K_PAGE_DOWN,
  K_F1,
  K_F2,
  K_F3,
  K_F4,
  K_F5,
  K_F6,
  K_F7,
  K_F8,
  K_F9,
  K_F10,
  K_F11,
  K_F12,
  K_RESIZE, /* the terminal has another size */
  K_COUNT
};

struct key {
  enum key_name name;
  uint32_t point;
};

/* The digit of a character, also of the unshifted upper row of a French keyboard; -1: none. */
int key_digit(uint32_t point);

#endif
