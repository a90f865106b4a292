#include <string.h>

#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/commands.h"

tc_status cmd_show(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct entry entry;
  struct uuid uuid;
  struct answer answer = {.command = "show", .setup = &setup};
  if (o->operand_count != 1)
    return tc_fail(err, TC_USAGE, _("say one UUID, as find --json gives it"));
  answer.asked = o->operands[0];
  if (!uuid_parse(&uuid, answer.asked, strlen(answer.asked)))
    return tc_fail(err, TC_USAGE, _("\"%s\" is no UUID; find --json gives them"), answer.asked);
  tc_status status = setup_open(&setup, o, err);
  if (status == TC_OK)
    status = cache_entry(setup.cache, &uuid, &arena, &entry, err);
  if (status == TC_NOT_FOUND) { /* said as an answer */
    tc_error_clear(err);
    answer.note = "";
    answer.now = clock_now(&setup.clock);
    answer.full = true;
    status = TC_OK;
  } else if (status == TC_OK) {
    status = answer_entry(&answer, &entry, &arena, err);
  }
  if (status == TC_OK)
    status = answer_write(&answer, o, err);
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
