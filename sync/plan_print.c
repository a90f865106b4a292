#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "base/emit.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/width.h"
#include "sync/plan.h"

static const char *act_word(enum plan_act act) {
  static const char *const words[PLAN_ACTS] = {[PLAN_UNCHANGED] = N_("unchanged"),
                                               [PLAN_ADDED] = N_("added"),
                                               [PLAN_CHANGED] = N_("changed"),
                                               [PLAN_REMOVED] = N_("removed")};
  return _(words[act]);
}

/* One line: what a file holds can move no cursor. */
static void put(FILE *out, struct buffer *line) {
  struct buffer shown = BUFFER_INIT, bytes = BUFFER_INIT;
  utf8_display(&shown, buffer_text(line), line->len, false);
  emit_encode(&bytes, buffer_text(&shown), shown.len);
  fprintf(out, "%s\n", buffer_text(&bytes));
  buffer_free(&bytes);
  buffer_free(&shown);
  buffer_clear(line);
}

/* What a line is about, in a column of its own. */
static void add_word(struct buffer *line, const char *word) {
  size_t columns = utf8_width(word, strlen(word));
  buffer_printf(line, "%s%*s ", word, columns < 9 ? (int)(9 - columns) : 0, "");
}

static void print_item(FILE *out, struct buffer *line, const struct plan_item *item) {
  const char *mark = item->critical ? _(" (critical)") : "";
  if (item->act != PLAN_CHANGED || !item->detail_count) {
    add_word(line, act_word(item->act));
    buffer_printf(line, "%s [%s]%s", item->name, item->key, mark);
    if (item->kind == RECORD_ROTA)
      buffer_printf(line, NGETTEXT(", %zu shift", ", %zu shifts", item->contacts), item->contacts);
    else if (map_kind(item->kind))
      buffer_printf(line, NGETTEXT(", %zu contact point", ", %zu contact points", item->contacts),
                    item->contacts);
    put(out, line);
    return;
  }
  for (size_t i = 0; i < item->detail_count; i++) {
    add_word(line, act_word(item->act));
    buffer_printf(line, "%s [%s]%s: %s", item->name, item->key, mark,
                  item->details[i] ? item->details[i] : "");
    put(out, line);
  }
}

static void print_note(FILE *out, struct buffer *line, const char *file,
                       const struct note_line *n) {
  add_word(line, note_word(n->kind));
  if (n->row && n->column)
    buffer_printf(line, "%s:%ld:%ld: ", file, n->row, n->column);
  else if (n->row)
    buffer_printf(line, "%s:%ld: ", file, n->row);
  buffer_add_text(line, n->text);
  put(out, line);
}

static void print_summary(FILE *out, struct buffer *line, const struct import_plan *p) {
  buffer_printf(line, _("%s: %zu rows, %zu left out by filters, %zu refused"), p->options.file,
                p->rows, p->skipped, p->refused);
  const char *comma = _("; ");
  for (int k = 0; k < CONTACT_KIND_COUNT; k++)
    if (p->contacts[k]) {
      const char *word = contact_kind_word((enum contact_kind)k);
      buffer_printf(line, "%s%zu %s", comma, p->contacts[k], *word ? word : _("other"));
      comma = ", ";
    }
  put(out, line);
  buffer_printf(line, _("plan: %zu added, %zu changed, %zu removed, %zu unchanged"),
                p->counts[PLAN_ADDED], p->counts[PLAN_CHANGED], p->counts[PLAN_REMOVED],
                p->counts[PLAN_UNCHANGED]);
  buffer_printf(line, _("; %zu lint, %zu repaired, %zu left"), p->notes.counts[NOTE_LINT],
                p->notes.counts[NOTE_REPAIR], p->notes.counts[NOTE_LEFT]);
  put(out, line);
  if (p->others && *p->others) {
    buffer_printf(line, _("origin “%s” is new in this directory, whose entries are of: %s"),
                  p->options.origin, p->others);
    put(out, line);
  }
}

void plan_print_notes(const struct notes *notes, const char *file, FILE *out) {
  struct buffer line = BUFFER_INIT;
  for (size_t i = 0; i < notes->count; i++)
    print_note(out, &line, file, &notes->items[i]);
  buffer_free(&line);
}

void plan_print_items(const struct import_plan *p, FILE *out) {
  struct buffer line = BUFFER_INIT;
  for (size_t i = 0; i < p->count; i++)
    if (p->items[i].act != PLAN_UNCHANGED)
      print_item(out, &line, &p->items[i]);
  buffer_free(&line);
  plan_print_notes(&p->notes, p->options.file, out);
}

void plan_print(const struct import_plan *p, FILE *out) {
  struct buffer line = BUFFER_INIT;
  plan_print_items(p, out);
  print_summary(out, &line, p);
  buffer_free(&line);
}
