#include "db/change_set.h"

#include "core/record.h"
#include "db/document.h"
#include "db/needs.h"
#include "db/place.h"
#include "db/residue.h"
#include "db/words.h"
#include "db_sql.h"

void change_set_free(struct change_set *cs) {
  index_close(cs->index);
  touched_free(&cs->touched);
  arena_free(&cs->arena);
}

/* Takes what is stored under a part out of sum and counts; *found says whether there was any. */
static tc_status forget_part(struct change_set *cs, int64_t id, enum audience audience, bool *found,
                             struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(cs->store, sql_record_parts, err);
  tc_status status;
  bool is_act = false;
  *found = false;
  if (!stmt)
    return cs->store->unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  while ((status = store_step(cs->store, stmt, err)) == TC_OK) {
    struct record r;
    if (sqlite3_column_int64(stmt, 0) != id * 8 + (int64_t)audience)
      continue;
    const void *bytes = sqlite3_column_blob(stmt, 2);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 2);
    digest_toggle(&cs->digest, bytes, len);
    cs->records--;
    if (record_decode(&r, bytes, len, &cs->arena, NULL) != TC_OK)
      cs->counts.unreadable--;
    cs->needs_anew |= needs_depend_on((enum record_kind)sqlite3_column_int(stmt, 1));
    is_act |= sqlite3_column_int(stmt, 1) == RECORD_ACT;
    *found = true;
  }
  if (status != TC_DONE || !is_act || cs->residue)
    return status == TC_DONE ? TC_OK : status;
  cs->residue = true;
  return residue_begin(cs->store, err);
}

/* Takes an entry out of what is derived, as it stands, once in a change set: at its end it is put
 * back as it stands then. */
static tc_status leave(struct change_set *cs, int64_t id, struct tc_error *err) {
  struct entry before;
  bool is_new;
  tc_status status = touched_note(&cs->touched, id, &is_new, err);
  if (status != TC_OK || !is_new)
    return status;
  status = place_entry(cs->store, id, AUDIENCE_NONE, &cs->arena, &before, err);
  if (status == TC_NOT_FOUND)
    return TC_OK;
  if (status == TC_OK)
    status = place_leave(cs->store, id, &before, err);
  if (status == TC_OK) {
    cs->counts.entries--;
    cs->counts.contacts -= (int64_t)before.contact_count;
  }
  return status;
}

/* The first free id of a class. */
static tc_status tail_id(struct change_set *cs, enum document_class class, int64_t *id,
                         struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(cs->store, sql_identity_tail, err);
  if (!stmt)
    return cs->store->unprepared;
  sqlite3_bind_int64(stmt, 1, CLASS_ID(class));
  sqlite3_bind_int64(stmt, 2, CLASS_ID(class + 1));
  tc_status status = store_step(cs->store, stmt, err);
  *id = CLASS_ID(class) + 1;
  if (status == TC_OK) {
    if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
      *id = sqlite3_column_int64(stmt, 0) + 1;
    sqlite3_reset(stmt);
  }
  return status;
}

static tc_status set_identity(struct change_set *cs, const struct uuid *uuid, int64_t id,
                              struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(cs->store, sql_identity_put, err);
  if (!stmt)
    return cs->store->unprepared;
  sqlite3_bind_blob(stmt, 1, uuid->b, sizeof uuid->b, SQLITE_STATIC);
  sqlite3_bind_int64(stmt, 2, id);
  return store_run(cs->store, stmt, err);
}

/* Gives the parts of an entry an id of another class. */
static tc_status move(struct change_set *cs, const struct uuid *uuid, int64_t id,
                      enum document_class class, int64_t *moved, struct tc_error *err) {
  tc_status status = tail_id(cs, class, moved, err);
  sqlite3_stmt *stmt = status == TC_OK ? store_statement(cs->store, sql_record_move, err) : NULL;
  if (!stmt)
    return status == TC_OK ? cs->store->unprepared : status;
  sqlite3_bind_int64(stmt, 1, id);
  sqlite3_bind_int64(stmt, 2, *moved);
  status = store_run(cs->store, stmt, err);
  return status == TC_OK ? set_identity(cs, uuid, *moved, err) : status;
}

/* Says what is found under an id from now on; key empty: nothing. */
static tc_status put_fresh(struct change_set *cs, int64_t id, const struct buffer *key,
                           const struct buffer *document, struct tc_error *err) {
  size_t was, before = key->len ? index_before(cs->index, key->data, key->len) : 0;
  sqlite3_stmt *stmt = store_statement(cs->store, sql_fresh_put, err);
  if (!stmt)
    return cs->store->unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  sqlite3_bind_int64(stmt, 2, stamp_change(cs->stamp) + 1);
  sqlite3_bind_int64(stmt, 3, index_place(cs->index, id, &was) ? (int64_t)was : -1);
  sqlite3_bind_int64(stmt, 4, (int64_t)before);
  sqlite3_bind_blob(stmt, 5, key->len ? key->data : "", (int)key->len, SQLITE_STATIC);
  if (key->len)
    sqlite3_bind_text(stmt, 6, buffer_text(document), (int)document->len, SQLITE_STATIC);
  return store_run(cs->store, stmt, err);
}

/* What is made of one entry after the other. */
struct derived {
  struct buffer key, document, ways;
  struct needs *needs;
};

/* What an entry needs, under its id; before: the id that it had. */
static tc_status put_needs(struct change_set *cs, struct derived *d, int64_t before, int64_t id,
                           const struct entry *entry, struct tc_error *err) {
  bool open = false;
  tc_status status = TC_OK;
  if (cs->needs_anew) /* at the end, of all entries */
    return TC_OK;
  if (before != id)
    status = needs_delete(cs->store, before, err);
  if (status == TC_OK)
    status = needs_of(d->needs, entry, &d->ways, &open, err);
  if (status == TC_OK)
    status = needs_put(cs->store, id, entry->type, open ? NULL : &d->ways, err);
  return status;
}

/* Puts an entry, as its parts now stand, into what is derived; where its class is another than its
 * id says, it moves to that class's tail. */
static tc_status enter(struct change_set *cs, int64_t id, struct derived *d, struct tc_error *err) {
  struct buffer *key = &d->key, *document = &d->document;
  struct entry now;
  int64_t had = id;
  buffer_clear(key);
  buffer_clear(document);
  tc_status status = place_entry(cs->store, id, AUDIENCE_NONE, &cs->arena, &now, err);
  if (status == TC_NOT_FOUND) {
    status = needs_delete(cs->store, id, err);
    return status == TC_OK ? put_fresh(cs, id, key, document, err) : status;
  }
  if (status != TC_OK)
    return status;
  enum document_class class = document_class(&now);
  if (id >> 40 != (int64_t) class) {
    int64_t moved = id;
    status = put_fresh(cs, id, key, document, err);
    if (status == TC_OK)
      status = move(cs, &now.uuid, id, class, &moved, err);
    id = moved;
  }
  document_key(key, class, &now);
  if (status == TC_OK)
    status = document_write(document, &now, &cs->arena, err);
  if (status == TC_OK)
    status = buffer_status(key, err);
  if (status == TC_OK)
    status = place_join(cs->store, id, &now, err);
  if (status == TC_OK)
    status = put_fresh(cs, id, key, document, err);
  if (status == TC_OK)
    status = put_needs(cs, d, had, id, &now, err);
  cs->counts.entries++;
  cs->counts.contacts += (int64_t)now.contact_count;
  return status;
}

/* Does any part of an id remain? */
static tc_status has_parts(struct change_set *cs, int64_t id, bool *any, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(cs->store, sql_record_parts, err);
  *any = false;
  if (!stmt)
    return cs->store->unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  tc_status status = store_step(cs->store, stmt, err);
  *any = status == TC_OK;
  sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

/* Puts every entry back that the change set took out.  Those that are gone first: another may move
 * to the id of one of them. */
tc_status change_set_settle(struct change_set *cs, struct tc_error *err) {
  struct derived d = {.key = BUFFER_INIT};
  struct touched *t = &cs->touched;
  tc_status status = needs_new(&d.needs, cs->store, err);
  if (status == TC_OK && (t->count || cs->needs_anew))
    status = needs_house_of_store(d.needs, err);
  for (size_t i = 0; i < t->count && status == TC_OK; i++) {
    bool any;
    status = has_parts(cs, t->ids[i], &any, err);
    if (status == TC_OK && !any) {
      status = needs_delete(cs->store, t->ids[i], err);
      if (status == TC_OK)
        status = put_fresh(cs, t->ids[i], &d.key, &d.document, err);
      t->ids[i] = -1;
    }
  }
  for (size_t i = 0; i < t->count && status == TC_OK; i++) {
    if (t->ids[i] >= 0)
      status = enter(cs, t->ids[i], &d, err);
    arena_reset(&cs->arena);
  }
  if (status == TC_OK && cs->needs_anew)
    status = needs_make_all(d.needs, err);
  needs_free(d.needs);
  buffer_free(&d.key);
  buffer_free(&d.document);
  buffer_free(&d.ways);
  if (status == TC_OK && t->count)
    status = store_meta_put_int(cs->store, "index", cs->stamp + 1, err);
  return status;
}

tc_status change_set_put(struct change_set *cs, const struct record_head *head, const void *bytes,
                         size_t len, struct tc_error *err) {
  struct record r;
  bool found = false, is_entry = head->kind == RECORD_ENTRY;
  int64_t id;
  tc_status status = store_identity(cs->store, &head->uuid, &id, err);
  if (status == TC_OK && id < 0) {
    status = tail_id(cs, is_entry ? CLASS_UNREADABLE : CLASS_HOUSE, &id, err);
    if (status == TC_OK)
      status = set_identity(cs, &head->uuid, id, err);
  }
  if (status == TC_OK && id < CLASS_ID(CLASS_HOUSE))
    status = leave(cs, id, err);
  if (status == TC_OK)
    status = forget_part(cs, id, head->audience, &found, err);
  sqlite3_stmt *stmt = status == TC_OK ? store_statement(cs->store, sql_record_put, err) : NULL;
  if (!stmt)
    return status == TC_OK ? cs->store->unprepared : status;
  sqlite3_bind_int64(stmt, 1, id * 8 + (int64_t)head->audience);
  sqlite3_bind_int(stmt, 2, (int)head->kind);
  sqlite3_bind_int64(stmt, 3, cs->revision);
  sqlite3_bind_blob(stmt, 4, head->uuid.b, sizeof head->uuid.b, SQLITE_STATIC);
  sqlite3_bind_blob64(stmt, 5, bytes, len, SQLITE_STATIC);
  sqlite3_bind_int64(stmt, 6, store_sum(bytes, len));
  status = store_run(cs->store, stmt, err);
  if (status != TC_OK)
    return status;
  cs->needs_anew |= needs_depend_on(head->kind);
  digest_toggle(&cs->digest, bytes, len);
  cs->records++;
  if (record_decode(&r, bytes, len, &cs->arena, NULL) != TC_OK)
    cs->counts.unreadable++;
  return TC_OK;
}

tc_status change_set_delete(struct change_set *cs, const struct uuid *uuid, enum audience audience,
                            struct tc_error *err) {
  int64_t id;
  bool found = false, any = false;
  tc_status status = store_identity(cs->store, uuid, &id, err);
  if (status != TC_OK)
    return status;
  if (id < 0)
    return TC_NOT_FOUND;
  if (id < CLASS_ID(CLASS_HOUSE))
    status = leave(cs, id, err);
  if (status == TC_OK)
    status = forget_part(cs, id, audience, &found, err);
  sqlite3_stmt *stmt = status == TC_OK ? store_statement(cs->store, sql_record_delete, err) : NULL;
  if (!stmt)
    return status == TC_OK ? cs->store->unprepared : status;
  sqlite3_bind_int64(stmt, 1, id * 8 + (int64_t)audience);
  status = store_run(cs->store, stmt, err);
  if (status == TC_OK)
    status = has_parts(cs, id, &any, err);
  if (status == TC_OK && !any) {
    stmt = store_statement(cs->store, sql_identity_delete, err);
    if (!stmt)
      return cs->store->unprepared;
    sqlite3_bind_blob(stmt, 1, uuid->b, sizeof uuid->b, SQLITE_STATIC);
    status = store_run(cs->store, stmt, err);
  }
  return status == TC_OK && !found ? TC_NOT_FOUND : status;
}
