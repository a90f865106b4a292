#include "tests/lib/small_directory.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "core/record.h"
#include "db/writer.h"

enum { CONTACTS_MAX = 3 };

struct row {
  enum entry_type type;
  const char *site, *name, *purpose, *unit;
  struct {
    enum contact_kind kind;
    const char *number, *plan, *e164;
    bool masked;
  } contacts[CONTACTS_MAX];
};

static const struct row rows[] = {
    {ENTRY_SERVICE,
     "SAB",
     "Réanimation chirurgicale",
     "",
     "Pôle A / Réanimation",
     {{CONTACT_DIRECT_LINE, "01 99 00 52 31", "", "+33199005231", false},
      {CONTACT_FAX, "01 99 00 52 40", "", "+33199005240", false},
      {CONTACT_MOBILE, "06 39 98 12 78", "", "+33639981278", true}}},
    {ENTRY_ROLE,
     "SAB",
     "Réanimation chirurgicale, interne",
     "",
     "Pôle A / Réanimation",
     {{CONTACT_MOBILE, "06 39 98 12 34", "", "+33639981234", false}}},
    {ENTRY_SERVICE,
     "RIV",
     "Réanimation chirurgicale",
     "",
     "Pôle B",
     {{CONTACT_DIRECT_LINE, "01 99 00 47 31", "", "+33199004731", false}}},
    {ENTRY_SERVICE,
     "SAB",
     "Pneumologie, secrétariat",
     "",
     "Pôle B",
     {{CONTACT_EXTENSION, "45244", "SAB", "", false}}},
    {ENTRY_PERSON,
     "SAB",
     "Exemple Nina",
     "",
     "Pôle B",
     {{CONTACT_MOBILE, "06 39 98 12 35", "", "+33639981235", false}}},
    {ENTRY_SERVICE,
     "RIV",
     "Laboratoire",
     "",
     "Pôle B",
     {{CONTACT_FAX, "01 99 00 52 04", "", "+33199005204", false},
      {CONTACT_FAX_SERVER, "01 99 00 47 80", "", "+33199004780", false}}},
    {ENTRY_CODE,
     "SAB",
     "Arrêt cardiaque",
     "arrêt",
     "",
     {{CONTACT_EXTENSION, "2222", "SAB", "", false}}},
    {ENTRY_CODE, "SAB", "Incendie", "feu", "", {{CONTACT_EXTENSION, "18", "SAB", "", false}}},
    {ENTRY_SERVICE, "SAB", "Standard", "", "", {{CONTACT_EXTENSION, "9", "SAB", "", false}}},
};

enum {
  ROWS = sizeof rows / sizeof *rows,
  INTERN = 1,
  RIVES = 2,
  PNEUMOLOGY = 3,
  NINA = 4,
  SWITCHBOARD = ROWS - 1
};

static struct uuid numbered(int a, int b) {
  struct uuid u = {{0x70, (uint8_t)a, (uint8_t)b, 0, 0, 0, 0x40, 0, 0x80}};
  return u;
}

static tc_status put(struct writer *w, const struct record *r, struct tc_error *err) {
  struct buffer bytes = BUFFER_INIT;
  tc_status status = record_encode(r, &bytes, err);
  if (status == TC_OK)
    status = writer_put(w, bytes.data, bytes.len, err);
  buffer_free(&bytes);
  return status;
}

static tc_status put_site(struct writer *w, int i, const char *code, const char *name,
                          struct tc_error *err) {
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_SITE,
                              .audience = AUDIENCE_PUBLIC,
                              .uuid = numbered(100, i)}};
  r.site = (struct site){.uuid = numbered(100, i),
                         .audience = AUDIENCE_PUBLIC,
                         .code = code,
                         .name = name,
                         .group = "Vallée",
                         .zone = "Europe/Paris",
                         .country = "FR",
                         .region = "",
                         .plan = code,
                         .address = "",
                         .switchboard = i ? (struct uuid){{0}} : numbered(1, SWITCHBOARD),
                         .switchboard_number = i ? "" : "9",
                         .rank = 1 + i};
  return put(w, &r, err);
}

static tc_status put_plan(struct writer *w, int i, const char *code, struct tc_error *err) {
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_PLAN,
                              .audience = AUDIENCE_PUBLIC,
                              .uuid = numbered(101, i)}};
  r.plan = (struct plan){.uuid = numbered(101, i),
                         .audience = AUDIENCE_PUBLIC,
                         .code = code,
                         .name = code,
                         .country = "FR",
                         .outside_prefix = "0",
                         .domain = ""};
  return put(w, &r, err);
}

static tc_status put_row(struct writer *w, int i, const char *number, const char *e164,
                         struct tc_error *err) {
  const struct row *row = &rows[i];
  struct contact contacts[CONTACTS_MAX];
  size_t count = 0;
  for (int k = 0; k < CONTACTS_MAX && row->contacts[k].number; k++)
    contacts[count++] =
        (struct contact){.order = k,
                         .uuid = numbered(10 + i, k),
                         .number = k == 0 && number ? number : row->contacts[k].number,
                         .kind = row->contacts[k].kind,
                         .plan = row->contacts[k].plan,
                         .e164 = k == 0 && number ? e164 : row->contacts[k].e164,
                         .raw = "",
                         .reason = "",
                         .label = "",
                         .hours = "",
                         .place = "",
                         .how = "",
                         .domains = "",
                         .replaces = "",
                         .verified = SMALL_TIME,
                         .verified_by = "",
                         .verified_how = "",
                         .check_number = "",
                         .masked = row->contacts[k].masked,
                         .audience = AUDIENCE_PUBLIC};
  /* The intern's: a person, then somebody of whom no number is held. */
  const struct chain_step chain[] = {
      {.order = 0, .wait = 120, .entry = numbered(1, NINA), .text = ""},
      {.order = 1, .wait = 60, .text = "surveillant de nuit"}};
  /* Pneumology is away, ten days before the tests and ten after. */
  const struct absence away = {.from = SMALL_TIME,
                               .until = SMALL_TIME + 20 * 86400,
                               .covered_by = numbered(1, NINA),
                               .by = "",
                               .text = ""};
  /* The intensive care of RIV had the extension that pneumology has now. */
  const struct former_number was = {.number = "45244",
                                    .plan = "SAB",
                                    .e164 = "",
                                    .until = SMALL_TIME - 30 * 86400,
                                    .now = "01 99 00 47 31"};
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_ENTRY,
                              .audience = AUDIENCE_PUBLIC,
                              .uuid = numbered(1, i)}};
  r.entry = (struct entry){.uuid = numbered(1, i),
                           .audience = AUDIENCE_PUBLIC,
                           .type = row->type,
                           .name = row->name,
                           .site = row->site,
                           .unit = row->unit,
                           .building = "Pav. Alma",
                           .floor = "2e",
                           .room = "",
                           .rank = 500,
                           .call_if = "",
                           .do_not_call_if = i == PNEUMOLOGY ? "un lit est cherché" : "",
                           .purpose = row->purpose,
                           .area = row->type == ENTRY_CODE ? row->site : "",
                           .title = "",
                           .speciality = "",
                           .contacts = contacts,
                           .contact_count = count,
                           .former_numbers = &was,
                           .former_number_count = i == RIVES ? 1 : 0,
                           .absences = &away,
                           .absence_count = i == PNEUMOLOGY ? 1 : 0,
                           .chain = i == INTERN ? chain : NULL,
                           .chain_count = i == INTERN ? 2 : 0};
  return put(w, &r, err);
}

static tc_status put_all(struct writer *w, struct tc_error *err) {
  tc_status status = put_site(w, 0, "SAB", "Saint-Aubin", err);
  if (status == TC_OK)
    status = put_site(w, 1, "RIV", "Les Rives", err);
  if (status == TC_OK)
    status = put_plan(w, 0, "SAB", err);
  if (status == TC_OK)
    status = put_plan(w, 1, "RIV", err);
  for (int i = 0; i < (int)ROWS && status == TC_OK; i++)
    status = put_row(w, i, NULL, NULL, err);
  return status;
}

/* Of the surgical ICU: its head's number and a note, for the switchboard alone. */
static tc_status put_switchboard_part(struct writer *w, struct tc_error *err) {
  struct contact head = contact_empty;
  head.uuid = numbered(90, 0);
  head.order = 9;
  head.kind = CONTACT_MOBILE;
  head.number = "0639987766";
  head.e164 = "+33639987766";
  head.audience = AUDIENCE_SWITCHBOARD;
  const struct note note = {
      .uuid = numbered(91, 0), .text = "chef au bloc", .by = "", .at = SMALL_TIME};
  struct record r = {.head = {.version = RECORD_VERSION,
                              .kind = RECORD_ENTRY,
                              .audience = AUDIENCE_SWITCHBOARD,
                              .uuid = numbered(1, 0)}};
  r.entry = (struct entry){.uuid = numbered(1, 0),
                           .audience = AUDIENCE_SWITCHBOARD,
                           .type = ENTRY_SERVICE,
                           .name = "",
                           .site = "SAB",
                           .unit = "",
                           .building = "",
                           .floor = "",
                           .room = "",
                           .rank = 500,
                           .call_if = "",
                           .do_not_call_if = "",
                           .purpose = "",
                           .area = "",
                           .title = "",
                           .speciality = "",
                           .contacts = &head,
                           .contact_count = 1,
                           .notes = &note,
                           .note_count = 1};
  return put(w, &r, err);
}

tc_status small_switchboard(const char *scope, struct tc_error *err) {
  struct writer *w = NULL;
  struct writer_head head = {.generation = numbered(200, 2),
                             .revision = 1,
                             .source_time = SMALL_TIME,
                             .source = "import",
                             .audience = AUDIENCE_SWITCHBOARD};
  tc_status status = writer_build(&w, scope, err);
  if (status == TC_OK)
    status = put_all(w, err);
  if (status == TC_OK)
    status = put_switchboard_part(w, err);
  if (status == TC_OK)
    return writer_commit(w, &head, err);
  writer_discard(w);
  return status;
}

tc_status small_directory(const char *scope, int64_t revision, struct tc_error *err) {
  struct writer *w = NULL;
  struct writer_head head = {.generation = numbered(200, 1),
                             .revision = revision,
                             .source_time = SMALL_TIME + (revision - 1) * 60,
                             .source = "import",
                             .audience = AUDIENCE_PUBLIC};
  tc_status status = revision == 1 ? writer_build(&w, scope, err) : writer_delta(&w, scope, err);
  if (status != TC_OK)
    return status;
  if (revision == 1) {
    status = put_all(w, err);
  } else {
    char number[32], e164[32];
    snprintf(number, sizeof number, "01 99 00 53 %02d", (int)(revision % 100));
    snprintf(e164, sizeof e164, "+331990053%02d", (int)(revision % 100));
    status = put_row(w, 0, number, e164, err);
  }
  if (status == TC_OK)
    return writer_commit(w, &head, err);
  writer_discard(w);
  return status;
}
