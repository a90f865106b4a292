#include "tui/operands.h"

#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"

tc_status operands_join(const struct options *o, const char *missing, struct arena *arena,
                        const char **out, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  for (int i = 0; i < o->operand_count; i++) {
    if (i)
      buffer_add_char(&text, ' ');
    utf8_sanitize(&text, o->operands[i], strlen(o->operands[i]));
  }
  tc_status status = buffer_status(&text, err);
  if (status == TC_OK && buffer_text(&text)[strspn(buffer_text(&text), " \t")] == '\0')
    status = tc_fail(err, TC_USAGE, "%s", missing);
  if (status == TC_OK && !(*out = arena_strdup(arena, buffer_text(&text))))
    status = tc_fail(err, TC_NO_MEMORY, _("no memory for the command line"));
  buffer_free(&text);
  return status;
}
