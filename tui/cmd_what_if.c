#include "base/emit.h"
#include "base/i18n.h"
#include "tui/answer.h"
#include "tui/cmd_write.h"
#include "tui/output.h"
#include "tui/played.h"
#include "tui/reach_text.h"
#include "tui/what_if.h"

static void add_line(struct buffer *out, const struct buffer *line) {
  emit_safe(out, buffer_text(line));
  buffer_add_char(out, '\n');
}

static json_t *what_if_json(const struct what_if *f, const char *domain,
                            const struct setup *setup) {
  json_t *left = json_array(), *lost = json_array(), *holders = json_array(),
         *touched = json_array(), *already = json_array();
  for (int i = 0; i < CUTOFF_CHANNELS; i++)
    json_array_append_new(left, json_integer((json_int_t)f->cut.left[i]));
  for (size_t i = 0; i < f->cut.listed_count; i++) {
    const struct cutoff_entry *e = &f->cut.listed[i];
    char uuid[UUID_TEXT];
    uuid_format(&e->uuid, uuid);
    json_array_append_new(lost, json_pack("{s:s, s:s, s:s, s:s}", "uuid", uuid, "site", e->site,
                                          "type", entry_type_word(e->type), "name", e->name));
  }
  for (size_t i = 0; i < f->holder_count; i++)
    json_array_append_new(holders,
                          json_pack("{s:s, s:s, s:s, s:s}", "site", f->holders[i].role->site,
                                    "role", f->holders[i].role->name, "name", f->holders[i].name,
                                    "next", f->holders[i].next));
  for (size_t i = 0; f->outage && i < f->outage->count; i++) {
    const struct outage_domain *d = &f->outage->domains[i];
    json_array_append_new(touched, json_string(d->code));
    if (!what_if_takes(f, d))
      json_array_append_new(already, json_string(d->code));
  }
  json_t *whole = json_pack(
      "{s:i, s:s, s:I, s:s, s:o, s:o, s:I, s:o, s:o, s:I, s:o}", "tocsin", ANSWER_JSON_VERSION,
      "command", "incident what-if", "now", (json_int_t)setup_now(setup), "domain", domain,
      "domains", touched, "touched_already", already, "entries", (json_int_t)f->cut.entries, "left",
      left, "none_left", lost, "none_left_more", (json_int_t)(f->cut.left[0] - f->cut.listed_count),
      "on_call_lost", holders);
  return played_answer(whole, setup);
}

/* The domains that it takes, or those that are touched without it: how many. */
static size_t add_codes(struct buffer *out, const struct what_if *f, bool takes) {
  size_t count = 0;
  for (size_t i = 0; f->outage && i < f->outage->count; i++)
    if (what_if_takes(f, &f->outage->domains[i]) == takes) {
      buffer_printf(out, " %s", f->outage->domains[i].code);
      count++;
    }
  return count;
}

static void what_if_text(struct buffer *out, const struct what_if *f, const struct house *house,
                         const char *domain) {
  enum { LISTED = 40 };
  struct buffer line = BUFFER_INIT;
  buffer_printf(&line, _("If %s were DOWN (nothing is declared by asking), it would take:"),
                domain_name(house, domain));
  size_t takes = add_codes(&line, f, true);
  if (!takes)
    buffer_printf(&line, " %s", _("nothing more"));
  add_line(out, &line);
  buffer_clear(&line);
  buffer_add_text(&line, _("touched already, of another cause:"));
  if (add_codes(&line, f, false))
    add_line(out, &line);
  buffer_printf(out, _("of %zu entries, numbers left: none %zu, one %zu, two %zu, more %zu"),
                f->cut.entries, f->cut.left[0], f->cut.left[1], f->cut.left[2], f->cut.left[3]);
  buffer_add_char(out, '\n');
  buffer_printf(out, _("without any number: %zu codes, %zu services, %zu roles, %zu persons"),
                f->cut.lost[ENTRY_CODE], f->cut.lost[ENTRY_SERVICE], f->cut.lost[ENTRY_ROLE],
                f->cut.lost[ENTRY_PERSON]);
  buffer_add_char(out, '\n');
  size_t named = 0;
  for (size_t i = 0; i < f->cut.listed_count && named < LISTED; i++) {
    if (f->cut.listed[i].type == ENTRY_PERSON || f->cut.listed[i].type == ENTRY_ROOM)
      continue;
    buffer_clear(&line);
    buffer_printf(&line, "  ! %s %s", f->cut.listed[i].site, f->cut.listed[i].name);
    add_line(out, &line);
    named++;
  }
  if (f->cut.left[0] > named) {
    buffer_add_text(out, "  ");
    buffer_printf(out, NGETTEXT("and %zu more", "and %zu more", f->cut.left[0] - named),
                  f->cut.left[0] - named);
    buffer_add_char(out, '\n');
  }
  for (size_t i = 0; i < f->holder_count; i++) {
    buffer_clear(&line);
    buffer_printf(&line, _("  on call and cut off: %s %s: %s; next: %s"), f->holders[i].role->site,
                  f->holders[i].role->name, f->holders[i].name,
                  *f->holders[i].next ? f->holders[i].next : _("nobody"));
    add_line(out, &line);
  }
  buffer_free(&line);
}

tc_status cmd_what_if(const struct options *o, struct setup *setup, const char *domain,
                      uint32_t directions, struct arena *arena, struct tc_error *err) {
  bool json = option_given(o, OPT_JSON);
  struct buffer out = BUFFER_INIT;
  struct what_if *f = arena_zalloc(arena, 1, sizeof *f);
  tc_status status = f ? what_if_read(f, setup, domain, directions, arena, err)
                       : tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
  if (status == TC_OK && json)
    status = output_json(&out, what_if_json(f, domain, setup), err);
  else if (status == TC_OK)
    what_if_text(&out, f, cache_house(setup->cache), domain);
  if (status == TC_OK && !json)
    output_mark(&out, 0, setup_mark(setup));
  if (status == TC_OK)
    status = output_write(&out, json, err);
  buffer_free(&out);
  return status;
}
