#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "tui/key.h"
#include "tui/pin.h"

enum { TYPED = 4 * PIN_MOST + 2 }; /* of the upper row of a French keyboard, in UTF-8 */

/* The digits of a line, also as that row types them unshifted; false: another sign, or too long. */
static bool digits_of(char out[PIN_MOST + 1], const char *typed, size_t len) {
  size_t n = 0;
  bool good = len < TYPED;
  for (size_t at = 0; good && at < len;) {
    uint32_t point;
    at += utf8_next(typed + at, len - at, &point);
    int digit = key_digit(point);
    good = n < PIN_MOST && digit >= 0;
    if (good)
      out[n++] = (char)('0' + digit);
  }
  out[n] = '\0';
  return good;
}

/* A line of standard input without its end. */
static tc_status read_digits(char out[PIN_MOST + 1], struct tc_error *err) {
  char typed[TYPED];
  size_t len = 0;
  int c;
  while ((c = getc(stdin)) != EOF && c != '\n')
    if (len < TYPED && c != '\r')
      typed[len++] = (char)c;
  bool good = digits_of(out, typed, len);
  secret_forget(typed, sizeof typed);
  if (c == EOF && len == 0)
    return tc_fail(err, TC_NO_INPUT, _("no PIN was given on standard input"));
  if (!good)
    return tc_fail(err, TC_INVALID, _("a PIN is of %d to %d digits"), PIN_LEAST, PIN_MOST);
  return TC_OK;
}

tc_status pin_prompt(char out[PIN_MOST + 1], const char *label, FILE *say, struct tc_error *err) {
  struct termios found, quiet;
  bool terminal = tcgetattr(STDIN_FILENO, &found) == 0;
  setvbuf(stdin, NULL, _IONBF, 0); /* no copy of it stays in a buffer */
  if (terminal) {
    quiet = found;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    tc_status said = emit_text(say, label, strlen(label), err);
    if (said == TC_OK)
      said = emit_finish(say, err);
    if (said != TC_OK) {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &found);
      return said;
    }
  }
  tc_status status = read_digits(out, err);
  if (status != TC_OK)
    secret_forget(out, PIN_MOST + 1);
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &found);
    fputc('\n', say);
  }
  return status;
}

tc_status pin_ask(const char *scope_dir, int64_t now, struct pin_tries *tries, FILE *say,
                  struct tc_error *err) {
  char digits[PIN_MOST + 1];
  tc_status status = pin_prompt(digits, _("PIN of the switchboard tier: "), say, err);
  if (status != TC_OK)
    return status;
  enum pin_answer answer = pin_try(scope_dir, digits, now, tries, err);
  secret_forget(digits, sizeof digits);
  switch (answer) {
  case PIN_RIGHT:
    return TC_OK;
  case PIN_WAIT:
    return tc_fail(err, TC_DENIED, _("%u wrong PINs: the next is looked at in %d s"), tries->wrong,
                   (int)pin_wait_left(tries, now));
  case PIN_WRONG:
    return tc_fail(err, TC_DENIED, _("wrong PIN"));
  default:
    return err->status;
  }
}
