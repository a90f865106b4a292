#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/commands.h"
#include "tui/operands.h"

tc_status cmd_number(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct search_result result = {0};
  struct answer answer = {.command = "number", .setup = &setup};
  tc_status status = operands_join(o, _("say a number"), &arena, &answer.asked, err);
  if (status == TC_OK)
    status = setup_open(&setup, o, err);
  answer.sections = setup.config.site[0] != '\0';
  if (status == TC_OK)
    status = search_number(setup.cache, answer.asked, setup.config.site, setup.from.country,
                           &setup.from, &arena, &result, err);
  if (status == TC_OK)
    status = answer_search(&answer, &result, &arena, err);
  if (status == TC_OK)
    status = answer_write(&answer, o, err);
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
