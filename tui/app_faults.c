/* What was wrong at the start: said one after the other, a key each, whatever else is said. */
#include <stdio.h>
#include <string.h>

#include "base/width.h"
#include "tui/app_state.h"

enum { NUMBER = 4, LEAST = 16, NARROW = 60, READ_S = 3 };

/* Where a line of so many columns ends: behind a word, where there is one. */
static size_t line_of(const char *text, size_t columns) {
  size_t len = strlen(text), fits = utf8_fit(text, len, columns, NULL), at = fits;
  while (at && at < len && text[at] != ' ')
    at--;
  return fits == len ? len : at ? at : fits ? fits : len;
}

/* Lines of `columns` of all faults; out: the wanted one, from 0 on. */
static size_t lines_in(const struct app *a, size_t columns, size_t wanted, char *out, size_t cap) {
  size_t count = 0;
  for (size_t i = 0; i < a->setup.fault_count; i++) {
    char text[SETUP_FAULT_TEXT];
    const char *rest = a->cols < NARROW ? setup_fault_brief(&a->setup, i, text)
                                        : setup_fault_of(&a->setup, i, text);
    while (*rest) {
      size_t len = line_of(rest, columns);
      if (count++ == wanted)
        snprintf(out, cap, "%.*s", (int)len, rest);
      rest += len;
      rest += strspn(rest, " ");
    }
  }
  return count;
}

/* "2/3 there is no site XYZ"; "": there are not so many. */
static void line_at(const struct app *a, size_t wanted, char *out, size_t cap) {
  int room = frame_message_columns(a->rows, a->cols);
  size_t columns = (size_t)(room > LEAST + NUMBER ? room : LEAST + NUMBER);
  char text[SETUP_FAULT_TEXT] = "";
  size_t count = lines_in(a, columns, wanted, text, sizeof text);
  if (count > 1) {
    text[0] = '\0';
    count = lines_in(a, columns - NUMBER, wanted, text, sizeof text);
    if (wanted < count)
      snprintf(out, cap, "%zu/%zu %s", wanted + 1, count, text);
    else
      out[0] = '\0';
  } else {
    snprintf(out, cap, "%s", text);
  }
}

static void say_line(struct app *a, size_t wanted) {
  a->fault_line = wanted;
  a->fault_since = clock_now(&a->setup.clock);
  line_at(a, wanted, a->message, sizeof a->message);
}

/* It is what stands there now. */
static bool stands(const struct app *a) {
  char line[sizeof a->message];
  line_at(a, a->fault_line, line, sizeof line);
  return *line && strcmp(line, a->message) == 0;
}

void app_faults_say(struct app *a) {
  say_line(a, 0);
  a->unseen = false;
}

void app_faults_key(struct app *a, struct key key) {
  if (a->unseen) /* typed while a printer was waited for */
    return;
  if (!stands(a)) { /* something else did, and it could not be read */
    say_line(a, a->fault_line);
    return;
  }
  int64_t stood = clock_now(&a->setup.clock) - a->fault_since;
  bool typing = key.name == K_TEXT || key.name == K_PASTE;
  if (!typing || stood >= READ_S || stood < 0)
    say_line(a, a->fault_line + 1);
}

bool app_faults_stand(const struct app *a) {
  return !a->unseen && stands(a);
}

void app_faults_again(struct app *a) {
  line_at(a, a->fault_line, a->message, sizeof a->message);
}
