#include "core/texts.h"

#include <stdio.h>

#include "base/i18n.h"

static const char *const audiences[AUDIENCE_COUNT] = {
    [AUDIENCE_NONE] = "",
    [AUDIENCE_PUBLIC] = N_("public"),
    [AUDIENCE_CLINICAL] = N_("clinical"),
    [AUDIENCE_SWITCHBOARD] = N_("switchboard"),
    [AUDIENCE_RESTRICTED] = N_("restricted"),
};

static const char *const entry_types[ENTRY_TYPE_COUNT] = {
    [ENTRY_OTHER] = "",
    [ENTRY_CODE] = N_("emergency code"),
    [ENTRY_SERVICE] = N_("service"),
    [ENTRY_ROLE] = N_("role"),
    [ENTRY_PERSON] = N_("person"),
    [ENTRY_ROOM] = N_("room"),
    [ENTRY_OUTSIDE] = N_("outside body"),
};

static const char *const purposes[PURPOSE_COUNT] = {
    [PURPOSE_ANY] = "",
    [PURPOSE_URGENT] = N_("urgent"),
    [PURPOSE_ROUTINE] = N_("routine"),
    [PURPOSE_RESULTS] = N_("results"),
    [PURPOSE_PRESCRIPTIONS] = N_("prescriptions"),
    [PURPOSE_ADMISSIONS] = N_("admissions"),
};

/* gettext("") is the catalogue's header, not an empty text. */
static const char *text_of(const char *const *table, int count, int value) {
  return value >= 0 && value < count && table[value][0] ? _(table[value]) : "";
}

const char *audience_text(enum audience a) {
  return text_of(audiences, AUDIENCE_COUNT, (int)a);
}

const char *entry_type_text(enum entry_type t) {
  return text_of(entry_types, ENTRY_TYPE_COUNT, (int)t);
}

const char *purpose_text(enum purpose p) {
  return text_of(purposes, PURPOSE_COUNT, (int)p);
}

void purposes_text(struct buffer *out, uint32_t set) {
  const char *between = "";
  for (int p = PURPOSE_ANY + 1; p < PURPOSE_COUNT; p++)
    if (set & (UINT32_C(1) << p)) {
      buffer_printf(out, "%s%s", between, purpose_text((enum purpose)p));
      between = ", ";
    }
}

void place_text(struct buffer *out, const struct entry *e) {
  const char *const parts[] = {e->building, e->floor, e->room};
  const char *between = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i][0]) {
      buffer_printf(out, "%s%s", between, parts[i]);
      between = " ";
    }
}

void wait_text(char out[WAIT_TEXT], int64_t seconds) {
  if (seconds <= 0)
    snprintf(out, WAIT_TEXT, "%s", _("no answer"));
  else if (seconds % 60 == 0)
    snprintf(out, WAIT_TEXT, _("no answer %d min"), (int)(seconds / 60));
  else
    snprintf(out, WAIT_TEXT, _("no answer %d s"), (int)seconds);
}
