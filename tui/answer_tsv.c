#include "base/date.h"
#include "base/utf8.h"
#include "tui/answer.h"

#include <string.h>

/* The columns, in doc/json.md and tocsin(1): new ones come last. */
static const char *const header =
    "site\tname\tplace\tkind\tnumber\tpress\te164\tstate\tvia\tlabel\t"
    "type\tmatch\there\tentry\tcontact\tsite_name\tunit\tstate_text\tnot_now\t"
    "dead_number\tdead_since\tdead_text\texercise\tbefore\tinstead\n";

/* A field: controls as visible marks, so that a tab or a line end never parts it. */
static void add_field(struct buffer *out, const char *text, char end) {
  utf8_display(out, text, strlen(text), false);
  buffer_add_char(out, end);
}

static void add_line(struct buffer *out, const struct answer_row *row,
                     const struct answer_channel *c, const struct setup *setup) {
  char uuid[UUID_TEXT];
  const struct entry *e = row->entry;
  add_field(out, e->site, '\t');
  add_field(out, e->name, '\t');
  add_field(out, row->place, '\t');
  add_field(out, c ? contact_kind_word(channel_kind(c->reach)) : "", '\t');
  add_field(out, c ? c->number : "", '\t');
  add_field(out, c ? c->press : "", '\t');
  add_field(out, c ? c->e164 : "", '\t');
  add_field(out, c ? reach_word(c->state) : "", '\t');
  add_field(out, c ? c->via : "", '\t');
  add_field(out, c ? c->contact->label : "", '\t');
  add_field(out, entry_type_word(e->type), '\t');
  add_field(out, match_word(row->match), '\t');
  add_field(out, row->here ? "1" : "0", '\t');
  uuid_format(&e->uuid, uuid);
  add_field(out, uuid, '\t');
  if (c)
    uuid_format(&c->contact->uuid, uuid);
  add_field(out, c ? uuid : "", '\t');
  add_field(out, row->site_name, '\t');
  add_field(out, e->unit, '\t');
  add_field(out, c ? c->said : "", '\t');
  add_field(out, setup->at ? "1" : "0", '\t');
  const struct former_number *was = row->former;
  char date[DATE_TEXT];
  add_field(out, was && !row->fate.masked ? was->number : "", '\t');
  add_field(out, was && was->until ? date_day(was->until, date) : "", '\t');
  add_field(out, was ? row->fate.text : "", '\t');
  add_field(out, setup_played(setup) ? "1" : "0", '\t');
  struct buffer before = BUFFER_INIT;
  for (size_t i = 0; i < row->before_count; i++)
    buffer_printf(&before, "%s%s", i ? "; " : "", row->before[i]);
  add_field(out, buffer_text(&before), '\t');
  if (before.status != TC_OK)
    out->status = before.status;
  buffer_free(&before);
  add_field(out, row->instead_count ? row->instead[0].text : "", '\n');
}

void answer_tsv(struct buffer *out, const struct answer *a) {
  buffer_add_text(out, header);
  for (size_t i = 0; i < a->count; i++) {
    const struct answer_row *row = &a->rows[i];
    if (!row->channel_count)
      add_line(out, row, NULL, a->setup);
    else if (!a->full)
      add_line(out, row, &row->channels[row->best], a->setup);
    else
      for (size_t c = 0; c < row->channel_count; c++)
        add_line(out, row, &row->channels[c], a->setup);
  }
}
