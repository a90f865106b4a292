#include <string.h>

#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/commands.h"
#include "tui/operands.h"
#include "tui/rota_now.h"

enum { LIMIT_USUAL = 5, LIMIT_MOST = 200, LOOKED_AT = 500 };

/* Keeps the roles among what was found. */
static tc_status keep_roles(struct search_result *result, size_t limit, struct arena *arena,
                            struct tc_error *err) {
  struct search_row *roles = arena_zalloc(arena, result->count ? result->count : 1, sizeof *roles);
  size_t count = 0, here = 0;
  if (!roles)
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
  for (size_t i = 0; i < result->count; i++)
    if (result->rows[i].entry.type == ENTRY_ROLE) {
      roles[count++] = result->rows[i];
      here += result->rows[i].here;
    }
  if (!count && result->count)
    result->note = _("no role is called so; tocsin find finds other entries");
  result->rows = roles;
  result->here = here;
  result->elsewhere = count - here;
  result->more_here = result->more_elsewhere = false;
  result->count = count < limit ? count : limit;
  return TC_OK;
}

tc_status cmd_who(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct search_result result = {0};
  struct answer answer = {.command = "who", .setup = &setup, .rota = true, .full = true};
  long limit = LIMIT_USUAL;
  tc_status status = option_number(o, OPT_LIMIT, 1, LIMIT_MOST, &limit, err);
  if (status == TC_OK)
    status = operands_join(o, _("say a role, as in: tocsin who \"interne de garde\""), &arena,
                           &answer.asked, err);
  if (status == TC_OK)
    status = setup_open(&setup, o, err);
  if (status != TC_OK)
    goto out;
  struct search_query query = {.text = answer.asked,
                               .site = setup.config.site,
                               .only = "",
                               .country = setup.from.country,
                               .limit = LOOKED_AT};
  status = search_run(setup.cache, &query, &arena, &result, err);
  if (status == TC_OK)
    status = keep_roles(&result, (size_t)limit, &arena, err);
  if (status == TC_OK)
    status = answer_search(&answer, &result, &arena, err);
  if (status == TC_OK)
    status = rota_now(&answer, answer.rows, answer.count, &arena, err);
  if (status == TC_OK)
    status = answer_write(&answer, o, err);
out:
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
