#include "tui/output.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/emit.h"
#include "base/i18n.h"

tc_status output_json(struct buffer *out, json_t *object, struct tc_error *err) {
  char *text = object ? json_dumps(object, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
  if (text)
    buffer_printf(out, "%s\n", text);
  free(text);
  json_decref(object);
  return text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
}

tc_status output_write(const struct buffer *out, bool bytes, struct tc_error *err) {
  tc_status status = buffer_status(out, err);
  if (status == TC_OK)
    status = bytes ? emit_bytes(stdout, out->data, out->len, err)
                   : emit_text(stdout, buffer_text(out), out->len, err);
  return status == TC_OK ? emit_finish(stdout, err) : status;
}
