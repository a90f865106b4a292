#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/near.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/search.h"
#include "db_sql.h"

enum { LOOK_ALIKES_MAX = 32 };

/* Every number that a hand may make of this one, as an expression of whole numbers: one digit
 * replaced, or two neighbours swapped. */
static void write_candidates(struct buffer *out, const char *digits, size_t len) {
  char other[DOCUMENT_DIGITS];
  buffer_add_text(out, "\"#none\"");
  for (size_t i = 0; i < len; i++) {
    memcpy(other, digits, len + 1);
    for (int d = '0'; d <= '9'; d++)
      if (d != digits[i]) {
        other[i] = (char)d;
        buffer_printf(out, " OR \"^%s\"", other);
      }
    if (i + 1 < len && digits[i] != digits[i + 1]) {
      memcpy(other, digits, len + 1);
      other[i] = digits[i + 1];
      other[i + 1] = digits[i];
      buffer_printf(out, " OR \"^%s\"", other);
    }
  }
}

/* Adds the entry's fax points whose number looks like the digits. */
static void add_owner(const struct entry *e, const char *digits, const struct contact *contact,
                      struct look_alike *rows, size_t *count) {
  char own[DOCUMENT_DIGITS];
  for (size_t i = 0; i < e->contact_count && *count < LOOK_ALIKES_MAX; i++) {
    const struct contact *c = &e->contacts[i];
    if (!contact_is_fax(c) || uuid_equal(&c->uuid, &contact->uuid))
      continue;
    const char *const numbers[] = {c->number, c->e164};
    for (size_t n = 0; n < 2; n++)
      if (document_digits(own, numbers[n]) && near_number(own, digits)) {
        rows[(*count)++] =
            (struct look_alike){e->uuid, c->uuid, c->number, c->e164, e->name, e->site};
        break;
      }
  }
}

tc_status search_look_alikes(struct cache *c, const struct contact *contact, struct arena *arena,
                             struct look_alike **rows, size_t *count, struct tc_error *err) {
  char digits[DOCUMENT_DIGITS];
  const char *number = contact->e164[0] ? contact->e164 : contact->number;
  size_t len = document_digits(digits, number);
  struct buffer match = BUFFER_INIT;
  struct look_alike *made = arena_zalloc(arena, LOOK_ALIKES_MAX, sizeof *made);
  *count = 0;
  *rows = made;
  if (!made)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (!contact_is_fax(contact) || len < 4)
    return TC_OK;
  write_candidates(&match, digits, len);
  tc_status status = buffer_status(&match, err);
  if (status == TC_OK)
    status = cache_begin(c, err);
  if (status == TC_OK) {
    sqlite3_stmt *stmt = store_statement(&c->store, sql_word_find, err);
    int64_t ids[LOOK_ALIKES_MAX];
    size_t found = 0;
    status = stmt ? TC_OK : TC_DAMAGED;
    if (stmt) {
      sqlite3_bind_text(stmt, 1, buffer_text(&match), (int)match.len, SQLITE_STATIC);
      while (found < LOOK_ALIKES_MAX && (status = store_step(&c->store, stmt, err)) == TC_OK)
        ids[found++] = sqlite3_column_int64(stmt, 0);
      sqlite3_reset(stmt);
      status = status == TC_DONE ? TC_OK : status;
    }
    for (size_t i = 0; i < found && status == TC_OK; i++) {
      struct entry e;
      status = cache_place(c, ids[i], arena, &e, err);
      if (status == TC_OK)
        add_owner(&e, digits, contact, made, count);
      else if (status == TC_NOT_FOUND)
        status = TC_OK;
    }
    cache_end(c);
  }
  buffer_free(&match);
  return status;
}
