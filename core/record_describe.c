#include "core/record.h"
#include "core/record_table.h"

static const char *field_form(enum field_type type) {
  switch (type) {
  case FIELD_TEXT:
    return "text";
  case FIELD_UUID:
    return "UUID";
  case FIELD_INT:
    return "number";
  case FIELD_ORDER:
    return "order";
  case FIELD_ENUM:
    return "word";
  case FIELD_SET:
    return "words";
  case FIELD_FLAG:
    return "mark";
  }
  return "";
}

static void describe_field(struct buffer *out, const struct field_spec *f) {
  if (f->name)
    buffer_printf(out, ".br\n\\fB%s=\\fI%s\\fR  %s", f->name, field_form(f->type), f->meaning);
  else
    buffer_printf(out, ".br\n\\fI%s\\fR  %s", field_form(f->type), f->meaning);
  if (f->words > 0) {
    buffer_add_text(out, ":");
    for (int i = 0; i < f->words; i++)
      if (*f->word(i))
        buffer_printf(out, " %s", f->word(i));
  }
  buffer_add_char(out, '\n');
}

void record_describe(struct buffer *out) {
  for (int k = 0; k < RECORD_KIND_COUNT; k++) {
    const struct kind_spec *kind = kind_spec((enum record_kind)k);
    if (!kind)
      continue;
    buffer_printf(out, ".SS %s\n%s\n", record_kind_word(kind->kind), kind->meaning);
    for (size_t i = 0; i < kind->line_count; i++) {
      const struct line_spec *line = &kind->lines[i];
      buffer_printf(out, ".TP\n.B %s\n%s%s\n", line->tag, line->meaning,
                    line->form == LINE_SINGLE ? "" : " Any number.");
      if (line->form == LINE_LIST)
        for (size_t f = 0; f < line->field_count; f++)
          describe_field(out, &line->fields[f]);
      else if (line->form == LINE_SINGLE && line->fields->words > 0)
        describe_field(out, line->fields);
    }
  }
}
