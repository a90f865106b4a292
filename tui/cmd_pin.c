#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "tui/commands.h"
#include "tui/output.h"
#include "tui/pin.h"
#include "tui/setup.h"

static tc_status set(const char *scope, struct tc_error *err) {
  char digits[PIN_MOST + 1], again[PIN_MOST + 1] = "";
  tc_status status = pin_prompt(digits, _("New PIN: "), stderr, err);
  if (status == TC_OK)
    status = pin_prompt(again, _("Once more: "), stderr, err);
  if (status == TC_OK && strcmp(digits, again) != 0)
    status = tc_fail(err, TC_INVALID, _("the two are not the same: the PIN is as it was"));
  if (status == TC_OK)
    status = pin_set(scope, digits, err);
  secret_forget(digits, sizeof digits);
  secret_forget(again, sizeof again);
  return status;
}

static tc_status say(const struct setup *s, struct buffer *out) {
  static const char *const states[] = {
      [PIN_NONE] = N_("no PIN is set on this terminal"),
      [PIN_SET] = N_("a PIN is set"),
      [PIN_DAMAGED] = N_("the PIN of this terminal cannot be read: it must be set again; what "
                         "needs none stays open")};
  enum pin_state state = pin_state(s->config.scope);
  buffer_printf(out, "%s\n", _(states[state]));
  if (!setup_tier_held(s))
    buffer_printf(out, "%s\n", _("it opens nothing: no switchboard tier is held here"));
  return state == PIN_SET ? TC_OK : TC_NOT_FOUND;
}

tc_status cmd_pin(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct buffer out = BUFFER_INIT;
  const char *verb = o->operand_count ? o->operands[0] : "";
  bool sets = strcmp(verb, "set") == 0, removes = strcmp(verb, "remove") == 0;
  if (o->operand_count > 1 || (*verb && !sets && !removes))
    return tc_fail(err, TC_USAGE, _("say pin, pin set or pin remove"));
  tc_status status = setup_open(&setup, o, err);
  if (status == TC_NEVER_SYNCED) { /* it may be set before there is a directory */
    tc_error_clear(err);
    status = TC_OK;
  }
  if (status == TC_OK && sets)
    status = set(setup.config.scope, err);
  if (status == TC_OK && removes)
    status = pin_remove(setup.config.scope, err);
  if (status == TC_OK) {
    tc_status found = say(&setup, &out);
    status = output_write(&out, false, err);
    if (status == TC_OK && !*verb)
      status = found;
  }
  buffer_free(&out);
  setup_close(&setup);
  return status;
}
