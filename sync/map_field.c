#include "sync/map_field.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "sync/map.h"
#include "sync/rota_row.h"

#define WORD_OF(noun)                                                                              \
  static const char *noun##_shown(int value) {                                                     \
    return noun##_word((enum noun)value);                                                          \
  }
WORD_OF(audience)
WORD_OF(entry_type)
WORD_OF(contact_kind)
WORD_OF(purpose)
WORD_OF(domain_kind)

#define TEXT(name_, struct_, member, help_)                                                        \
  { .name = name_, .type = VALUE_TEXT, .offset = offsetof(struct struct_, member), .help = help_ }
#define LIST(name_, struct_, member, help_)                                                        \
  { .name = name_, .type = VALUE_LIST, .offset = offsetof(struct struct_, member), .help = help_ }
#define FLAG(name_, struct_, member, help_)                                                        \
  { .name = name_, .type = VALUE_FLAG, .offset = offsetof(struct struct_, member), .help = help_ }
#define INT(name_, struct_, member, low_, high_, help_)                                            \
  {                                                                                                \
    .name = name_, .type = VALUE_INT, .offset = offsetof(struct struct_, member), .low = low_,     \
    .high = high_, .help = help_                                                                   \
  }
#define WORD(name_, type_, struct_, member, noun, count_, help_)                                   \
  {                                                                                                \
    .name = name_, .type = VALUE_##type_, .offset = offsetof(struct struct_, member),              \
    .from_word = noun##_from_word, .word = noun##_shown, .words = count_, .help = help_            \
  }
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct map_field entry_fields[] = {
    TEXT("name", entry, name, N_("name; a row without one is refused")),
    WORD("type", WORD, entry, type, entry_type, ENTRY_TYPE_COUNT, N_("what it is")),
    TEXT("site", entry, site,
         N_("code of its home site; none: a body outside the house, unless --site says one")),
    LIST("serves", entry, serves, N_("code of a site it serves beside its own")),
    TEXT("unit", entry, unit, N_("unit path, its parts joined by \" / \"")),
    TEXT("building", entry, building, N_("building; of an outside body, its town")),
    TEXT("floor", entry, floor, N_("floor")),
    TEXT("room", entry, room, N_("room")),
    LIST("alias", entry, aliases, N_("another name, or the words people type")),
    INT("rank", entry, rank, 0, 999, N_("0 to 999, smaller first; 500 when not said")),
    FLAG("critical", entry, critical, N_("never removed or renumbered without --allow-critical")),
    TEXT("call-if", entry, call_if, N_("when to call")),
    TEXT("do-not-call-if", entry, do_not_call_if, N_("when not to call")),
    TEXT("purpose", entry, purpose, N_("of a code: what it is for")),
    TEXT("area", entry, area, N_("of a code: the site or building it serves")),
    TEXT("title", entry, title, N_("of a person: title")),
    TEXT("speciality", entry, speciality, N_("of a person: speciality")),
};

static const struct map_field site_fields[] = {
    TEXT("code", site, code, N_("code; it identifies the site")),
    TEXT("name", site, name, N_("name; a row without one is refused")),
    TEXT("group", site, group, N_("group of sites")),
    TEXT("zone", site, zone, N_("time zone, IANA name")),
    TEXT("country", site, country, N_("country, ISO 3166 alpha-2")),
    TEXT("region", site, region, N_("region of public holidays")),
    TEXT("plan", site, plan, N_("code of its usual numbering plan")),
    TEXT("address", site, address, N_("address")),
    TEXT("switchboard-number", site, switchboard_number,
         N_("the switchboard as dialled inside its plan")),
    LIST("alias", site, aliases, N_("another name")),
    INT("rank", site, rank, 0, 999, N_("0 to 999, smaller first; 500 when not said")),
};

static const struct map_field plan_fields[] = {
    TEXT("code", plan, code, N_("code; it identifies the plan")),
    TEXT("name", plan, name, N_("name")),
    TEXT("country", plan, country, N_("country of its public network, ISO 3166 alpha-2")),
    TEXT("outside-prefix", plan, outside_prefix, N_("what is pressed for an outside line")),
    TEXT("domain", plan, domain, N_("code of its PBX among the failure domains")),
    FLAG("red", plan, red, N_("the plan of the red phones, separate from the PBX")),
};

static const struct map_field domain_fields[] = {
    TEXT("code", domain, code, N_("code; it identifies the failure domain")),
    TEXT("name", domain, name, N_("name")),
    WORD("kind", WORD, domain, kind, domain_kind, DOMAIN_KIND_COUNT, N_("kind")),
    TEXT("site", domain, site, N_("code of its site")),
    LIST("needs", domain, needs, N_("code of a failure domain it lives in or on")),
};

static const struct map_field rule_fields[] = {
    TEXT("site", rule, site, N_("code of the site; none: every site")),
    TEXT("plan", rule, plan, N_("code of the numbering plan; none: every plan")),
    WORD("kind", WORD, rule, kind, contact_kind, CONTACT_KIND_COUNT,
         N_("kind of contact point; none: every kind")),
    TEXT("low", rule, low, N_("first number of the range")),
    TEXT("high", rule, high, N_("last number of the range")),
    TEXT("domains", rule, domains, N_("codes of the failure domains, joined by commas")),
    INT("order", rule, order, 0, 999999, N_("the first rule that fits wins")),
};

static const struct map_field rota_fields[] = {
    TEXT("role", rota_row, role, N_("name of the role, or another name of it")),
    TEXT("role-id", rota_row, role_id,
         N_("instead: its UUID, or its key in the import that made it (4711, or origin:4711)")),
    TEXT("site", rota_row, site,
         N_("code of the role's site, where several have one of that name")),
    TEXT("unit", rota_row, unit, N_("a part of the role's unit path, where its site has several")),
    INT("line", rota_row, line, 1, 7, N_("1 first, 2 second, 3 senior; 1 when not said")),
    TEXT("from", rota_row, from,
         N_("when it begins, in the time of the role's site (2026-11-24 08:30, 24/11/2026 8h30)")),
    TEXT("until", rota_row, until,
         N_("when it ends, exclusive; a time alone (08:30) is the next one behind from")),
    TEXT("holder", rota_row, holder, N_("who holds it, by name")),
    TEXT("holder-id", rota_row, holder_id, N_("instead: UUID or key, as role-id")),
    TEXT("number", rota_row, number,
         N_("the number for that shift; it also tells two of one name apart")),
    TEXT("plan", rota_row, plan,
         N_("code of the numbering plan of a short number; when not said, the map's")),
    FLAG("at-home", rota_row, at_home, N_("on call from home")),
    INT("travel", rota_row, travel, 0, 1440, N_("minutes to come")),
};

const struct map_field map_contact_fields[] = {
    WORD("kind", WORD, contact, kind, contact_kind, CONTACT_KIND_COUNT, N_("kind; required")),
    WORD("purpose", SET, contact, purposes, purpose, PURPOSE_COUNT,
         N_("purposes, joined by commas; none: any")),
    INT("order", contact, order, 0, 999,
        N_("order at equal reachability; when not said, that of the sections")),
    TEXT("label", contact, label, N_("what the house calls it")),
    TEXT("hours", contact, hours, N_("hours, as tocsin-record(5) writes them; none: always")),
    TEXT("place", contact, place, N_("where the set stands, when not with its entry")),
    TEXT("how", contact, how, N_("how to use it")),
    TEXT("domains", contact, domains,
         N_("codes of the failure domains it rides on, joined by commas")),
    TEXT("plan", contact, plan,
         N_("code of the numbering plan of its short numbers; when not said, the map's")),
    TEXT("check-number", contact, check_number,
         N_("of a fax: the number of a person who confirms arrival")),
    FLAG("masked", contact, masked, N_("shown masked until revealed")),
    WORD("audience", WORD, contact, audience, audience, AUDIENCE_COUNT,
         N_("who may hold it; when not said, the map's")),
};
const size_t map_contact_field_count = COUNT(map_contact_fields);

#define KIND(kind_, noun_, struct_, code_, help_)                                                  \
  {                                                                                                \
    .kind = kind_, .fields = noun_##_fields, .count = COUNT(noun_##_fields), .code = code_,        \
    .uuid = offsetof(struct struct_, uuid), .audience = offsetof(struct struct_, audience),        \
    .help = help_                                                                                  \
  }

static const struct map_kind kinds[] = {
    KIND(RECORD_ENTRY, entry, entry, SIZE_MAX,
         N_("what one looks up: service, role, person, room, code, outside body")),
    KIND(RECORD_SITE, site, site, offsetof(struct site, code), N_("hospitals")),
    KIND(RECORD_PLAN, plan, plan, offsetof(struct plan, code), N_("numbering plans")),
    KIND(RECORD_DOMAIN, domain, domain, offsetof(struct domain, code), N_("failure domains")),
    KIND(RECORD_RULE, rule, rule, SIZE_MAX, N_("which numbers ride on which failure domains")),
    KIND(RECORD_ROTA, rota, rota_row, SIZE_MAX,
         N_("who holds a role: a shift a row; it needs no [key]")),
};

const struct map_kind *map_kind(enum record_kind kind) {
  for (size_t i = 0; i < COUNT(kinds); i++)
    if (kinds[i].kind == kind)
      return &kinds[i];
  return NULL;
}

const struct map_field *map_field_find(const struct map_field *fields, size_t count,
                                       const char *name) {
  for (size_t i = 0; i < count; i++)
    if (!strcmp(fields[i].name, name))
      return &fields[i];
  return NULL;
}

/* Where the field is in an object. */
static void *place_of(const struct map_field *f, void *object) {
  return (char *)object + f->offset;
}

static const void *value_of(const struct map_field *f, const void *object) {
  return (const char *)object + f->offset;
}

static bool set_list(struct text_list *list, const char *text, struct arena *arena) {
  for (size_t i = 0; i < list->count; i++)
    if (!strcmp(list->items[i], text))
      return true;
  const char **items = arena_alloc(arena, (list->count + 1) * sizeof *items);
  if (!items)
    return false;
  size_t at = 0; /* sorted, as the record keeps them */
  while (at < list->count && strcmp(list->items[at], text) < 0) {
    items[at] = list->items[at];
    at++;
  }
  items[at] = text;
  for (; at < list->count; at++)
    items[at + 1] = list->items[at];
  list->items = items;
  list->count++;
  return true;
}

static bool set_words(const struct map_field *f, uint32_t *set, const char *text) {
  uint32_t read = 0;
  for (const char *at = text; *at;) {
    char word[40];
    size_t len = strcspn(at, ", ");
    if (len >= sizeof word)
      return false;
    memcpy(word, at, len);
    word[len] = '\0';
    int value = len ? f->from_word(word) : -1;
    if (len && value < 0)
      return false;
    if (len)
      read |= UINT32_C(1) << value;
    at += len + strspn(at + len, ", ");
  }
  *set = read;
  return true;
}

static bool set_int(const struct map_field *f, int64_t *to, const char *text) {
  int64_t n = 0;
  if (!*text || strlen(text) > 9)
    return false;
  for (; *text; text++) {
    if (*text < '0' || *text > '9')
      return false;
    n = n * 10 + (*text - '0');
  }
  *to = n;
  return n >= f->low && n <= f->high;
}

static bool set_flag(bool *to, const char *text) {
  static const char *const yes[] = {"yes", "1", "true", "oui", "x", "y", "o"};
  static const char *const no[] = {"no", "0", "false", "non", "n"};
  for (size_t i = 0; i < COUNT(yes); i++)
    if (!strcasecmp(text, yes[i])) {
      *to = true;
      return true;
    }
  for (size_t i = 0; i < COUNT(no); i++)
    if (!strcasecmp(text, no[i])) {
      *to = false;
      return true;
    }
  return false;
}

bool map_field_set(const struct map_field *f, void *object, const char *text, struct arena *arena) {
  void *to = place_of(f, object);
  switch (f->type) {
  case VALUE_TEXT:
    *(const char **)to = text;
    return true;
  case VALUE_LIST:
    return set_list(to, text, arena);
  case VALUE_WORD: {
    int value = f->from_word(text);
    if (value <= 0)
      return false;
    memcpy(to, &value, sizeof value);
    return true;
  }
  case VALUE_SET:
    return set_words(f, to, text);
  case VALUE_INT:
    return set_int(f, to, text);
  case VALUE_FLAG:
    return set_flag(to, text);
  }
  return false;
}

static size_t size_of(enum value_type type) {
  switch (type) {
  case VALUE_TEXT:
    return sizeof(const char *);
  case VALUE_LIST:
    return sizeof(struct text_list);
  case VALUE_WORD:
    return sizeof(int);
  case VALUE_SET:
    return sizeof(uint32_t);
  case VALUE_INT:
    return sizeof(int64_t);
  case VALUE_FLAG:
    return sizeof(bool);
  }
  return 0;
}

void map_field_copy(const struct map_field *f, void *to, const void *from) {
  memcpy(place_of(f, to), value_of(f, from), size_of(f->type));
}

static const char *text_of(const void *value) {
  const char *text = *(const char *const *)value;
  return text ? text : "";
}

bool map_field_equal(const struct map_field *f, const void *a, const void *b) {
  const void *x = value_of(f, a), *y = value_of(f, b);
  if (f->type == VALUE_TEXT)
    return !strcmp(text_of(x), text_of(y));
  if (f->type != VALUE_LIST)
    return !memcmp(x, y, size_of(f->type));
  const struct text_list *p = x, *q = y;
  if (p->count != q->count)
    return false;
  for (size_t i = 0; i < p->count; i++)
    if (strcmp(p->items[i], q->items[i]))
      return false;
  return true;
}

void map_field_show(const struct map_field *f, const void *object, struct buffer *out) {
  const void *value = value_of(f, object);
  const char *comma = "";
  switch (f->type) {
  case VALUE_TEXT:
    buffer_add_text(out, text_of(value));
    break;
  case VALUE_LIST: {
    const struct text_list *list = value;
    for (size_t i = 0; i < list->count; i++)
      buffer_printf(out, "%s%s", i ? "; " : "", list->items[i]);
    break;
  }
  case VALUE_WORD:
    buffer_add_text(out, f->word(*(const int *)value));
    break;
  case VALUE_SET:
    for (int i = 0; i < f->words; i++)
      if (*(const uint32_t *)value & (UINT32_C(1) << i)) {
        buffer_printf(out, "%s%s", comma, f->word(i));
        comma = ",";
      }
    break;
  case VALUE_INT:
    buffer_printf(out, "%" PRId64, *(const int64_t *)value);
    break;
  case VALUE_FLAG:
    buffer_add_text(out, *(const bool *)value ? "yes" : "no");
    break;
  }
}

void map_field_describe(const struct map_field *f, struct buffer *out) {
  if (f->type == VALUE_INT)
    buffer_printf(out, "%" PRId64 "..%" PRId64, f->low, f->high);
  else if (f->type == VALUE_FLAG)
    buffer_add_text(out, "yes, no");
  else
    for (int i = f->type == VALUE_SET ? 0 : 1; i < f->words; i++)
      buffer_printf(out, "%s%s", out->len && i > (f->type != VALUE_SET) ? ", " : "", f->word(i));
}

void map_fields_fill(const struct map_field *fields, size_t count, void *object) {
  for (size_t i = 0; i < count; i++)
    if (fields[i].type == VALUE_TEXT) {
      const char **text = place_of(&fields[i], object);
      if (!*text)
        *text = "";
    }
}
