/* The canonical words of every enumeration, said once. */
#include <string.h>

#include "core/directory.h"

static const char *const audience_words[AUDIENCE_COUNT] = {
    [AUDIENCE_NONE] = "",
    [AUDIENCE_PUBLIC] = "public",
    [AUDIENCE_CLINICAL] = "clinical",
    [AUDIENCE_SWITCHBOARD] = "switchboard",
    [AUDIENCE_RESTRICTED] = "restricted",
};

static const char *const entry_type_words[ENTRY_TYPE_COUNT] = {
    [ENTRY_OTHER] = "",          [ENTRY_CODE] = "code",     [ENTRY_SERVICE] = "service",
    [ENTRY_ROLE] = "role",       [ENTRY_PERSON] = "person", [ENTRY_ROOM] = "room",
    [ENTRY_OUTSIDE] = "outside",
};

static const char *const contact_kind_words[CONTACT_KIND_COUNT] = {
    [CONTACT_OTHER] = "",
    [CONTACT_EXTENSION] = "extension",
    [CONTACT_DDI] = "ddi",
    [CONTACT_DIRECT_LINE] = "direct-line",
    [CONTACT_RED_PHONE] = "red-phone",
    [CONTACT_DECT] = "dect",
    [CONTACT_MOBILE] = "mobile",
    [CONTACT_PAGER] = "pager",
    [CONTACT_RADIO] = "radio",
    [CONTACT_SATELLITE] = "satellite",
    [CONTACT_FAX] = "fax",
    [CONTACT_FAX_SERVER] = "fax-server",
    [CONTACT_SECURE_MAIL] = "secure-mail",
    [CONTACT_MAIL] = "mail",
};

static const char *const purpose_words[PURPOSE_COUNT] = {
    [PURPOSE_ANY] = "any",
    [PURPOSE_URGENT] = "urgent",
    [PURPOSE_ROUTINE] = "routine",
    [PURPOSE_RESULTS] = "results",
    [PURPOSE_PRESCRIPTIONS] = "prescriptions",
    [PURPOSE_ADMISSIONS] = "admissions",
};

static const char *const direction_words[DIRECTION_COUNT] = {
    [DIRECTION_INSIDE] = "inside",
    [DIRECTION_INBOUND] = "inbound",
    [DIRECTION_OUTBOUND] = "outbound",
};

static const char *const domain_kind_words[DOMAIN_KIND_COUNT] = {
    [DOMAIN_OTHER] = "",
    [DOMAIN_PBX] = "pbx",
    [DOMAIN_TRUNK] = "trunk",
    [DOMAIN_CARRIER] = "carrier",
    [DOMAIN_FAX_SERVER] = "fax-server",
    [DOMAIN_PAGING] = "paging",
    [DOMAIN_MAIL] = "mail",
    [DOMAIN_POWER] = "power",
    [DOMAIN_DATA_CENTRE] = "data-centre",
    [DOMAIN_NETWORK] = "network",
};

static const char *const record_kind_words[RECORD_KIND_COUNT] = {
    [RECORD_NONE] = "",
    [RECORD_ENTRY] = "entry",
    [RECORD_SITE] = "site",
    [RECORD_PLAN] = "plan",
    [RECORD_DOMAIN] = "domain",
    [RECORD_RULE] = "rule",
    [RECORD_CALENDAR] = "calendar",
    [RECORD_ROTA] = "rota",
    [RECORD_INCIDENT] = "incident",
    [RECORD_GROUP] = "group",
    [RECORD_SCENARIO] = "scenario",
    [RECORD_EXERCISE] = "exercise",
    [RECORD_ROUND] = "round",
    [RECORD_PRINT] = "print",
    [RECORD_ACT] = "act",
    [RECORD_SEALED] = "sealed",
};

static const char *const attempt_result_words[ATTEMPT_RESULT_COUNT] = {
    [ATTEMPT_OTHER] = "",
    [ATTEMPT_NO_ANSWER] = "no-answer",
    [ATTEMPT_BUSY] = "busy",
    [ATTEMPT_ANSWERED] = "answered",
    [ATTEMPT_WRONG_PERSON] = "wrong-person",
    [ATTEMPT_WRONG_NUMBER] = "wrong-number",
    [ATTEMPT_PAGED] = "paged",
};

static const char *const test_result_words[TEST_RESULT_COUNT] = {
    [TEST_OTHER] = "",
    [TEST_WORKS] = "works",
    [TEST_SILENT] = "silent",
    [TEST_GONE] = "gone",
};

static int word_find(const char *const *words, int count, const char *word) {
  if (!*word)
    return -1;
  for (int i = 0; i < count; i++)
    if (strcmp(words[i], word) == 0)
      return i;
  return -1;
}

/* One pair of functions for each table above; a value outside the table has no word. */
#define WORD_FUNCTIONS(noun, type, count)                                                          \
  const char *noun##_word(type value) {                                                            \
    return (int)value >= 0 && (int)value < (int)(count) ? noun##_words[value] : "";                \
  }                                                                                                \
  int noun##_from_word(const char *word) {                                                         \
    return word_find(noun##_words, (int)(count), word);                                            \
  }

WORD_FUNCTIONS(audience, enum audience, AUDIENCE_COUNT)
WORD_FUNCTIONS(entry_type, enum entry_type, ENTRY_TYPE_COUNT)
WORD_FUNCTIONS(contact_kind, enum contact_kind, CONTACT_KIND_COUNT)
WORD_FUNCTIONS(purpose, enum purpose, PURPOSE_COUNT)
WORD_FUNCTIONS(direction, enum direction, DIRECTION_COUNT)
WORD_FUNCTIONS(domain_kind, enum domain_kind, DOMAIN_KIND_COUNT)
WORD_FUNCTIONS(record_kind, enum record_kind, RECORD_KIND_COUNT)
WORD_FUNCTIONS(attempt_result, enum attempt_result, ATTEMPT_RESULT_COUNT)
WORD_FUNCTIONS(test_result, enum test_result, TEST_RESULT_COUNT)

uint32_t direction_set_from_words(const char *text) {
  uint32_t set = 0;
  for (;;) {
    char word[16];
    size_t len = strcspn(text, ",");
    if (!len || len >= sizeof word)
      return 0;
    memcpy(word, text, len);
    word[len] = '\0';
    int way = direction_from_word(word);
    if (way < 0)
      return 0;
    set |= UINT32_C(1) << way;
    if (!text[len])
      return set;
    text += len + 1;
  }
}
