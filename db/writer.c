#include "db/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/adopt.h"
#include "db/aside.h"
#include "db/build.h"
#include "db/cache.h"
#include "db/debt.h"
#include "db/document.h"
#include "db/generation.h"
#include "db/index.h"
#include "db/needs.h"
#include "db/place.h"
#include "db/residue.h"
#include "db/store.h"
#include "db/tidy.h"
#include "db/words.h"
#include "db_sql.h"

/* From so many changed entries on the index is made anew at the end of a change set. */
enum { FRESH_MOST = 16384 };

/* Entries by id that a change set has taken out of what is derived: an open hash table. */
struct touched {
  int64_t *ids; /* in the order that they came */
  size_t count, cap;
  uint32_t *slots; /* number of an id, plus one */
  size_t slot_count;
};

struct writer {
  struct store store;
  char scope_dir[GENERATION_PATH];
  struct generation generation;
  int lock;
  bool owes;           /* what was to go before is not all gone (db/debt.h) */
  bool made;           /* the scope folder was not there before this writer */
  struct build *build; /* NULL: a delta */
  bool aside;          /* a delta of a generation that is not published */
  struct digest digest;
  int64_t records;
  struct build_counts counts; /* delta: of the published generation, kept up to date */
  int64_t revision;           /* stored with each record; set at commit for a build */
  struct touched touched;     /* delta: entries that were changed so far */
  struct index *index;        /* delta: the file of the search index */
  int64_t stamp;              /* and what meta says of it */
  bool needs_anew;            /* delta: what all entries need hangs on what was changed */
  bool residue;               /* delta: a record went of which nothing may stay */
  struct arena arena;
};

static void writer_free(struct writer *w) {
  if (!w)
    return;
  store_close(&w->store);
  if (w->lock >= 0)
    close(w->lock);
  build_free(w->build);
  index_close(w->index);
  free(w->touched.ids);
  free(w->touched.slots);
  arena_free(&w->arena);
  free(w);
}

static tc_status writer_new(struct writer **out, const char *scope_dir, struct tc_error *err) {
  struct writer *w = calloc(1, sizeof *w);
  *out = NULL;
  if (!w)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  w->lock = -1;
  if (strlen(scope_dir) >= sizeof w->scope_dir) {
    free(w);
    return tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long: %s"), scope_dir);
  }
  memcpy(w->scope_dir, scope_dir, strlen(scope_dir) + 1);
  w->made = access(scope_dir, F_OK) != 0;
  tc_status status = generation_lock(&w->lock, scope_dir, err);
  struct generation published;
  struct tc_error why = {.status = TC_OK};
  /* What a newer program made is its own: no generation of this one is put before it. */
  if (status == TC_OK && generation_current(&published, scope_dir, &why) == TC_NEWER)
    status = tc_fail(err, TC_NEWER, "%s", why.text);
  if (status != TC_OK) {
    writer_free(w);
    return status;
  }
  w->owes = debt_settle(scope_dir, NULL) != TC_OK;
  *out = w;
  return TC_OK;
}

tc_status writer_settle(const char *scope_dir, struct tc_error *err) {
  return debt_pay(scope_dir, err);
}

tc_status writer_lock(int *fd, const char *scope_dir, struct tc_error *err) {
  return generation_lock(fd, scope_dir, err);
}

/* The folder of the writer's generation. */
static tc_status folder_of(const struct writer *w, char out[GENERATION_PATH],
                           struct tc_error *err) {
  return generation_folder(out, w->scope_dir, &w->generation, err);
}

tc_status writer_build(struct writer **out, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct writer *w;
  tc_status status = writer_new(&w, scope_dir, err);
  *out = NULL;
  if (status != TC_OK)
    return status;
  status = generation_make(&w->generation, scope_dir, err);
  if (status == TC_OK)
    status = folder_of(w, path, err);
  if (status == TC_OK)
    status = build_new(&w->build, path, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_BUILD, err);
  if (status != TC_OK) {
    if (!w->build && w->generation.number)
      generation_remove(scope_dir, &w->generation);
    writer_discard(w);
    return status;
  }
  *out = w;
  return TC_OK;
}

static tc_status read_sums(struct writer *w, struct tc_error *err) {
  struct store *s = &w->store;
  tc_status status = store_meta_blob(s, "digest", w->digest.b, sizeof w->digest.b, err);
  const struct {
    const char *key;
    int64_t *value;
  } sums[] = {{"records", &w->records},          {"entries", &w->counts.entries},
              {"contacts", &w->counts.contacts}, {"unreadable", &w->counts.unreadable},
              {"revision", &w->revision},        {"index", &w->stamp}};
  for (size_t i = 0; i < sizeof sums / sizeof *sums && status == TC_OK; i++)
    status = store_meta_int(s, sums[i].key, sums[i].value, err);
  w->counts.records = w->records;
  w->revision++;
  return status;
}

/* Opens what a delta is derived against.  TC_NEWER where that was made by another version of this
 * program, or is not whole: it is made anew first. */
static tc_status open_derived(struct writer *w, struct tc_error *err) {
  char folder[GENERATION_PATH], path[WORDS_PATH];
  int64_t derived = 0;
  tc_status status = store_meta_int(&w->store, "derived", &derived, err);
  if (status == TC_OK)
    status = store_meta_int(&w->store, "index", &w->stamp, err);
  if (status == TC_OK)
    status = folder_of(w, folder, err);
  if (status != TC_OK)
    return status;
  if (derived != adopt_derived())
    return TC_NEWER;
  words_path(path, folder, stamp_number(w->stamp));
  status = index_open(&w->index, path, NULL);
  return status == TC_DAMAGED || status == TC_NO_INPUT ? TC_NEWER : status;
}

static tc_status begin_step(struct writer *w, struct tc_error *err) {
  tc_status status = store_exec(&w->store, "BEGIN IMMEDIATE", err);
  return status == TC_OK ? read_sums(w, err) : status;
}

tc_status writer_delta(struct writer **out, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct writer *w;
  tc_status status = writer_new(&w, scope_dir, err);
  *out = NULL;
  if (status != TC_OK)
    return status;
  status = generation_current(&w->generation, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_WRITE, err);
  if (status == TC_OK) {
    status = open_derived(w, err);
    if (status == TC_NEWER) {
      writer_free(w);
      status = writer_rebuild(scope_dir, NULL, NULL, err);
      return status == TC_OK ? writer_delta(out, scope_dir, err) : status;
    }
  }
  if (status == TC_OK)
    status = begin_step(w, err);
  if (status != TC_OK) {
    writer_discard(w);
    return status;
  }
  *out = w;
  return TC_OK;
}

void writer_discard(struct writer *w) {
  if (!w)
    return;
  if (w->build || w->aside) {
    store_close(&w->store);
    if (w->generation.number)
      generation_remove(w->scope_dir, &w->generation);
  }
  if (generation_stamp(w->scope_dir) == 0)
    generation_leave(w->scope_dir, w->made);
  writer_free(w); /* closing rolls a delta back */
}

/* ---- one record of a delta ---------------------------------------------------------------------
 */

/* Takes what is stored under a part out of sum and counts; *found says whether there was any. */
static tc_status forget_part(struct writer *w, int64_t id, enum audience audience, bool *found,
                             struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&w->store, sql_record_parts, err);
  tc_status status;
  bool is_act = false;
  *found = false;
  if (!stmt)
    return w->store.unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  while ((status = store_step(&w->store, stmt, err)) == TC_OK) {
    struct record r;
    if (sqlite3_column_int64(stmt, 0) != id * 8 + (int64_t)audience)
      continue;
    const void *bytes = sqlite3_column_blob(stmt, 2);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 2);
    digest_toggle(&w->digest, bytes, len);
    w->records--;
    if (record_decode(&r, bytes, len, &w->arena, NULL) != TC_OK)
      w->counts.unreadable--;
    w->needs_anew |= needs_depend_on((enum record_kind)sqlite3_column_int(stmt, 1));
    is_act |= sqlite3_column_int(stmt, 1) == RECORD_ACT;
    *found = true;
  }
  if (status != TC_DONE || !is_act || w->residue)
    return status == TC_DONE ? TC_OK : status;
  w->residue = true;
  return residue_begin(&w->store, err);
}

static uint32_t *touched_slot(const struct touched *t, int64_t id) {
  size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (t->slot_count - 1);
  while (t->slots[at] && t->ids[t->slots[at] - 1] != id)
    at = (at + 1) & (t->slot_count - 1);
  return &t->slots[at];
}

/* Notes an id; *is_new: for the first time. */
static tc_status note(struct touched *t, int64_t id, bool *is_new, struct tc_error *err) {
  if (t->count * 2 >= t->slot_count) {
    size_t wider = t->slot_count ? t->slot_count * 2 : 64;
    uint32_t *slots = calloc(wider, sizeof *slots);
    int64_t *ids = realloc(t->ids, wider * sizeof *ids);
    if (ids)
      t->ids = ids;
    if (!slots || !ids) {
      free(slots);
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
    free(t->slots);
    t->slots = slots;
    t->slot_count = wider;
    for (size_t i = 0; i < t->count; i++)
      *touched_slot(t, t->ids[i]) = (uint32_t)i + 1;
  }
  uint32_t *slot = touched_slot(t, id);
  *is_new = *slot == 0;
  if (*is_new) {
    t->ids[t->count++] = id;
    *slot = (uint32_t)t->count;
  }
  return TC_OK;
}

/* Takes an entry out of what is derived, as it stands, once in a change set: at its end it is put
 * back as it stands then. */
static tc_status leave(struct writer *w, int64_t id, struct tc_error *err) {
  struct entry before;
  bool is_new;
  tc_status status = note(&w->touched, id, &is_new, err);
  if (status != TC_OK || !is_new)
    return status;
  status = place_entry(&w->store, id, AUDIENCE_NONE, &w->arena, &before, err);
  if (status == TC_NOT_FOUND)
    return TC_OK;
  if (status == TC_OK)
    status = place_leave(&w->store, id, &before, err);
  if (status == TC_OK) {
    w->counts.entries--;
    w->counts.contacts -= (int64_t)before.contact_count;
  }
  return status;
}

/* The first free id of a class. */
static tc_status tail_id(struct writer *w, enum document_class class, int64_t *id,
                         struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&w->store, sql_identity_tail, err);
  if (!stmt)
    return w->store.unprepared;
  sqlite3_bind_int64(stmt, 1, CLASS_ID(class));
  sqlite3_bind_int64(stmt, 2, CLASS_ID(class + 1));
  tc_status status = store_step(&w->store, stmt, err);
  *id = CLASS_ID(class) + 1;
  if (status == TC_OK) {
    if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
      *id = sqlite3_column_int64(stmt, 0) + 1;
    sqlite3_reset(stmt);
  }
  return status;
}

static tc_status set_identity(struct writer *w, const struct uuid *uuid, int64_t id,
                              struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&w->store, sql_identity_put, err);
  if (!stmt)
    return w->store.unprepared;
  sqlite3_bind_blob(stmt, 1, uuid->b, sizeof uuid->b, SQLITE_STATIC);
  sqlite3_bind_int64(stmt, 2, id);
  return store_run(&w->store, stmt, err);
}

/* Gives the parts of an entry an id of another class. */
static tc_status move(struct writer *w, const struct uuid *uuid, int64_t id,
                      enum document_class class, int64_t *moved, struct tc_error *err) {
  tc_status status = tail_id(w, class, moved, err);
  sqlite3_stmt *stmt = status == TC_OK ? store_statement(&w->store, sql_record_move, err) : NULL;
  if (!stmt)
    return status == TC_OK ? w->store.unprepared : status;
  sqlite3_bind_int64(stmt, 1, id);
  sqlite3_bind_int64(stmt, 2, *moved);
  status = store_run(&w->store, stmt, err);
  return status == TC_OK ? set_identity(w, uuid, *moved, err) : status;
}

/* Says what is found under an id from now on; key empty: nothing. */
static tc_status put_fresh(struct writer *w, int64_t id, const struct buffer *key,
                           const struct buffer *document, struct tc_error *err) {
  size_t was, before = key->len ? index_before(w->index, key->data, key->len) : 0;
  sqlite3_stmt *stmt = store_statement(&w->store, sql_fresh_put, err);
  if (!stmt)
    return w->store.unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  sqlite3_bind_int64(stmt, 2, stamp_change(w->stamp) + 1);
  sqlite3_bind_int64(stmt, 3, index_place(w->index, id, &was) ? (int64_t)was : -1);
  sqlite3_bind_int64(stmt, 4, (int64_t)before);
  sqlite3_bind_blob(stmt, 5, key->len ? key->data : "", (int)key->len, SQLITE_STATIC);
  if (key->len)
    sqlite3_bind_text(stmt, 6, buffer_text(document), (int)document->len, SQLITE_STATIC);
  return store_run(&w->store, stmt, err);
}

/* What is made of one entry after the other. */
struct derived {
  struct buffer key, document, ways;
  struct needs *needs;
};

/* What an entry needs, under its id; before: the id that it had. */
static tc_status put_needs(struct writer *w, struct derived *d, int64_t before, int64_t id,
                           const struct entry *entry, struct tc_error *err) {
  bool open = false;
  tc_status status = TC_OK;
  if (w->needs_anew) /* at the end, of all entries */
    return TC_OK;
  if (before != id)
    status = needs_delete(&w->store, before, err);
  if (status == TC_OK)
    status = needs_of(d->needs, entry, &d->ways, &open, err);
  if (status == TC_OK)
    status = needs_put(&w->store, id, entry->type, open ? NULL : &d->ways, err);
  return status;
}

/* Puts an entry, as its parts now stand, into what is derived; where its class is another than its
 * id says, it moves to that class's tail. */
static tc_status enter(struct writer *w, int64_t id, struct derived *d, struct tc_error *err) {
  struct buffer *key = &d->key, *document = &d->document;
  struct entry now;
  int64_t had = id;
  buffer_clear(key);
  buffer_clear(document);
  tc_status status = place_entry(&w->store, id, AUDIENCE_NONE, &w->arena, &now, err);
  if (status == TC_NOT_FOUND) {
    status = needs_delete(&w->store, id, err);
    return status == TC_OK ? put_fresh(w, id, key, document, err) : status;
  }
  if (status != TC_OK)
    return status;
  enum document_class class = document_class(&now);
  if (id >> 40 != (int64_t) class) {
    int64_t moved = id;
    status = put_fresh(w, id, key, document, err);
    if (status == TC_OK)
      status = move(w, &now.uuid, id, class, &moved, err);
    id = moved;
  }
  document_key(key, class, &now);
  if (status == TC_OK)
    status = document_write(document, &now, &w->arena, err);
  if (status == TC_OK)
    status = buffer_status(key, err);
  if (status == TC_OK)
    status = place_join(&w->store, id, &now, err);
  if (status == TC_OK)
    status = put_fresh(w, id, key, document, err);
  if (status == TC_OK)
    status = put_needs(w, d, had, id, &now, err);
  w->counts.entries++;
  w->counts.contacts += (int64_t)now.contact_count;
  return status;
}

/* Does any part of an id remain? */
static tc_status has_parts(struct writer *w, int64_t id, bool *any, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&w->store, sql_record_parts, err);
  *any = false;
  if (!stmt)
    return w->store.unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  tc_status status = store_step(&w->store, stmt, err);
  *any = status == TC_OK;
  sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

/* Puts every entry back that the change set took out.  Those that are gone first: another may move
 * to the id of one of them. */
static tc_status enter_all(struct writer *w, struct tc_error *err) {
  struct derived d = {.key = BUFFER_INIT};
  struct touched *t = &w->touched;
  tc_status status = needs_new(&d.needs, &w->store, err);
  if (status == TC_OK && (t->count || w->needs_anew))
    status = needs_house_of_store(d.needs, err);
  for (size_t i = 0; i < t->count && status == TC_OK; i++) {
    bool any;
    status = has_parts(w, t->ids[i], &any, err);
    if (status == TC_OK && !any) {
      status = needs_delete(&w->store, t->ids[i], err);
      if (status == TC_OK)
        status = put_fresh(w, t->ids[i], &d.key, &d.document, err);
      t->ids[i] = -1;
    }
  }
  for (size_t i = 0; i < t->count && status == TC_OK; i++) {
    if (t->ids[i] >= 0)
      status = enter(w, t->ids[i], &d, err);
    arena_reset(&w->arena);
  }
  if (status == TC_OK && w->needs_anew)
    status = needs_make_all(d.needs, err);
  needs_free(d.needs);
  buffer_free(&d.key);
  buffer_free(&d.document);
  buffer_free(&d.ways);
  if (status == TC_OK && t->count)
    status = store_meta_put_int(&w->store, "index", w->stamp + 1, err);
  return status;
}

static tc_status delta_put(struct writer *w, const struct record_head *head, const void *bytes,
                           size_t len, struct tc_error *err) {
  struct record r;
  bool found = false, is_entry = head->kind == RECORD_ENTRY;
  int64_t id;
  tc_status status = store_identity(&w->store, &head->uuid, &id, err);
  if (status == TC_OK && id < 0) {
    status = tail_id(w, is_entry ? CLASS_UNREADABLE : CLASS_HOUSE, &id, err);
    if (status == TC_OK)
      status = set_identity(w, &head->uuid, id, err);
  }
  if (status == TC_OK && id < CLASS_ID(CLASS_HOUSE))
    status = leave(w, id, err);
  if (status == TC_OK)
    status = forget_part(w, id, head->audience, &found, err);
  sqlite3_stmt *stmt = status == TC_OK ? store_statement(&w->store, sql_record_put, err) : NULL;
  if (!stmt)
    return status == TC_OK ? w->store.unprepared : status;
  sqlite3_bind_int64(stmt, 1, id * 8 + (int64_t)head->audience);
  sqlite3_bind_int(stmt, 2, (int)head->kind);
  sqlite3_bind_int64(stmt, 3, w->revision);
  sqlite3_bind_blob(stmt, 4, head->uuid.b, sizeof head->uuid.b, SQLITE_STATIC);
  sqlite3_bind_blob64(stmt, 5, bytes, len, SQLITE_STATIC);
  status = store_run(&w->store, stmt, err);
  if (status != TC_OK)
    return status;
  w->needs_anew |= needs_depend_on(head->kind);
  digest_toggle(&w->digest, bytes, len);
  w->records++;
  if (record_decode(&r, bytes, len, &w->arena, NULL) != TC_OK)
    w->counts.unreadable++;
  return TC_OK;
}

tc_status writer_put(struct writer *w, const void *bytes, size_t len, struct tc_error *err) {
  struct record_head head;
  tc_status status = record_head(&head, bytes, len, err);
  if (status != TC_OK)
    return status;
  if (len > RECORD_MAX)
    return tc_fail(err, TC_TOO_LONG, _("record: over %d bytes"), RECORD_MAX);
  if (w->build)
    return build_put(w->build, &head, bytes, len, err);
  status = delta_put(w, &head, bytes, len, err);
  arena_reset(&w->arena);
  return status;
}

static tc_status delta_delete(struct writer *w, const struct uuid *uuid, enum audience audience,
                              struct tc_error *err) {
  int64_t id;
  bool found = false, any = false;
  tc_status status = store_identity(&w->store, uuid, &id, err);
  if (status != TC_OK)
    return status;
  if (id < 0)
    return TC_NOT_FOUND;
  if (id < CLASS_ID(CLASS_HOUSE))
    status = leave(w, id, err);
  if (status == TC_OK)
    status = forget_part(w, id, audience, &found, err);
  sqlite3_stmt *stmt = status == TC_OK ? store_statement(&w->store, sql_record_delete, err) : NULL;
  if (!stmt)
    return status == TC_OK ? w->store.unprepared : status;
  sqlite3_bind_int64(stmt, 1, id * 8 + (int64_t)audience);
  status = store_run(&w->store, stmt, err);
  if (status == TC_OK)
    status = has_parts(w, id, &any, err);
  if (status == TC_OK && !any) {
    stmt = store_statement(&w->store, sql_identity_delete, err);
    if (!stmt)
      return w->store.unprepared;
    sqlite3_bind_blob(stmt, 1, uuid->b, sizeof uuid->b, SQLITE_STATIC);
    status = store_run(&w->store, stmt, err);
  }
  return status == TC_OK && !found ? TC_NOT_FOUND : status;
}

tc_status writer_delete(struct writer *w, const struct uuid *uuid, enum audience audience,
                        struct tc_error *err) {
  if (w->build)
    return build_delete(w->build, uuid, audience, err);
  tc_status status = delta_delete(w, uuid, audience, err);
  arena_reset(&w->arena);
  return status;
}

/* ---- sums and commit ---------------------------------------------------------------------------
 */

tc_status writer_sum(struct writer *w, int64_t *records, struct digest *digest,
                     struct tc_error *err) {
  (void)err;
  if (w->build)
    build_sum(w->build, &w->records, &w->digest);
  *records = w->records;
  *digest = w->digest;
  return TC_OK;
}

struct meta_number {
  const char *key;
  int64_t value;
};

static tc_status write_numbers(struct writer *w, const struct meta_number *numbers, size_t count,
                               struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < count && status == TC_OK; i++)
    status = store_meta_put_int(&w->store, numbers[i].key, numbers[i].value, err);
  return status;
}

/* What is there now. */
static tc_status write_sums(struct writer *w, struct tc_error *err) {
  const struct meta_number numbers[] = {
      {"records", w->records},
      {"entries", w->counts.entries},
      {"contacts", w->counts.contacts},
      {"unreadable", w->counts.unreadable},
  };
  tc_status status = store_meta_put_blob(&w->store, "digest", w->digest.b, sizeof w->digest.b, err);
  return status == TC_OK ? write_numbers(w, numbers, sizeof numbers / sizeof *numbers, err)
                         : status;
}

static tc_status write_meta(struct writer *w, const struct writer_head *head,
                            struct tc_error *err) {
  struct store *s = &w->store;
  const struct meta_number numbers[] = {
      {"revision", head->revision},
      {"source_time", head->source_time},
      {"audience", (int64_t)head->audience},
      {"derived", adopt_derived()},
      {"needs", NEEDS_VERSION},
  };
  tc_status status =
      store_meta_put_blob(s, "generation", head->generation.b, sizeof head->generation.b, err);
  if (status == TC_OK)
    status = write_sums(w, err);
  if (status == TC_OK)
    status = store_meta_put_text(s, "source", head->source ? head->source : "", err);
  if (status == TC_OK)
    status = store_meta_put_text(s, "cursor", head->cursor ? head->cursor : "", err);
  if (status == TC_OK)
    status = write_numbers(w, numbers, sizeof numbers / sizeof *numbers, err);
  /* Said where there is something to remove: what is built for a snapshot is not written again. */
  struct generation before;
  if (status == TC_OK && (w->build || w->aside) && (head->forget || w->owes) &&
      generation_previous(&before, w->scope_dir, &w->generation))
    status = debt_note(s, err);
  return status;
}

/* Closes the store as readers will find it. */
static tc_status settle(struct writer *w, struct tc_error *err) {
  char path[GENERATION_PATH];
  store_close(&w->store);
  tc_status status = generation_path(path, w->scope_dir, &w->generation, err);
  return status == TC_OK ? store_settle(path, err) : status;
}

/* Derives everything from what was given. */
static tc_status build_settle(struct writer *w, const struct writer_head *head,
                              struct tc_error *err) {
  char folder[GENERATION_PATH], path[WORDS_PATH];
  tc_status status = folder_of(w, folder, err);
  if (status != TC_OK)
    return status;
  words_path(path, folder, 1);
  build_sum(w->build, &w->records, &w->digest);
  status = build_fill(w->build, &w->store, path, head->revision, &w->counts, err);
  if (status == TC_OK)
    status = store_meta_put_int(&w->store, "index", words_stamp(1, 0), err);
  if (status == TC_OK)
    status = write_meta(w, head, err);
  return status == TC_OK ? settle(w, err) : status;
}

/* Switches to a settled generation. */
static tc_status switch_to(struct writer *w, const struct writer_head *head, struct tc_error *err) {
  tc_status status = generation_publish(w->scope_dir, &w->generation, err);
  if (status != TC_OK)
    return status;
  generation_tidy(w->scope_dir, &w->generation);
  residue_drop_old(w->scope_dir, &w->generation, head->source_time);
  tc_status settled = debt_settle(w->scope_dir, NULL);
  (void)settled; /* it stands in meta, and whoever forgets asks (writer_settle()) */
  return TC_OK;
}

/* Are there so many changed entries beside the index that every reader would be slow to begin? */
static bool is_overgrown(struct writer *w) {
  sqlite3_stmt *stmt = store_statement(&w->store, sql_fresh_count, NULL);
  bool over = stmt && store_step(&w->store, stmt, NULL) == TC_OK &&
              sqlite3_column_int64(stmt, 0) >= FRESH_MOST;
  if (stmt)
    sqlite3_reset(stmt);
  return over;
}

tc_status writer_commit(struct writer *w, const struct writer_head *head, struct tc_error *err) {
  char scope_dir[GENERATION_PATH];
  tc_status status;
  bool overgrown = false;
  memcpy(scope_dir, w->scope_dir, sizeof scope_dir);
  if (w->build) {
    status = build_settle(w, head, err);
  } else {
    status = enter_all(w, err);
    if (status == TC_OK)
      status = write_meta(w, head, err);
    if (status == TC_OK && w->aside)
      status = store_exec(&w->store, "DELETE FROM meta WHERE key = 'aside'", err);
    if (status == TC_OK && w->residue)
      status = residue_note(&w->store, err);
    if (status == TC_OK)
      status = store_exec(&w->store, "COMMIT", err);
    if (status == TC_OK)
      overgrown = is_overgrown(w);
    if (status == TC_OK)
      residue_clear(&w->store, scope_dir, &w->generation, head->source_time);
    if (status == TC_OK && w->aside)
      status = settle(w, err);
  }
  if (status == TC_OK && (w->build || w->aside))
    status = switch_to(w, head, err);
  if (status == TC_OK && w->aside)
    aside_done(w->scope_dir, &w->generation);
  if (status != TC_OK) {
    writer_discard(w);
    return status;
  }
  writer_free(w);
  /* What was committed stands, whatever comes of it. */
  tc_status tidied = overgrown ? tidy_all(scope_dir, FRESH_MOST, NULL) : TC_OK;
  (void)tidied;
  return TC_OK;
}

/* ---- aside, in small commits -------------------------------------------------------------------
 */

/* An empty generation. */
static tc_status seed(struct writer *w, struct tc_error *err) {
  char path[GENERATION_PATH];
  tc_status status = folder_of(w, path, err);
  if (status == TC_OK)
    status = build_new(&w->build, path, err);
  if (status == TC_OK)
    status = generation_path(path, w->scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_BUILD, err);
  if (status == TC_OK)
    status = build_settle(w, &(struct writer_head){.revision = 0}, err);
  build_free(w->build);
  w->build = NULL;
  return status;
}

tc_status writer_aside(struct writer **out, const char *scope_dir, const char *key, bool empty,
                       int64_t *done, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct writer *w;
  bool ready = false;
  tc_status status = writer_new(&w, scope_dir, err);
  *out = NULL;
  if (status != TC_OK)
    return status;
  status = aside_begin(&w->generation, scope_dir, key, empty, &ready, err);
  w->aside = status == TC_OK;
  if (status == TC_OK && !ready)
    status = empty ? seed(w, err) : aside_copy(scope_dir, &w->generation, err);
  if (status == TC_OK && !ready)
    status = aside_ready(scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_WRITE, err);
  if (status == TC_OK)
    status = open_derived(w, err);
  if (status == TC_OK)
    status = begin_step(w, err);
  if (status == TC_OK)
    status = store_meta_int(&w->store, "aside", done, err);
  if (status != TC_OK) {
    writer_discard(w);
    return status;
  }
  *out = w;
  return TC_OK;
}

tc_status writer_keep(struct writer *w, int64_t done, struct tc_error *err) {
  tc_status status = enter_all(w, err);
  if (status == TC_OK)
    status = write_sums(w, err);
  if (status == TC_OK && w->residue)
    status = residue_note(&w->store, err);
  if (status == TC_OK)
    status = store_meta_put_int(&w->store, "aside", done, err);
  if (status == TC_OK)
    status = store_exec(&w->store, "COMMIT", err);
  if (status != TC_OK)
    return status;
  free(w->touched.ids);
  free(w->touched.slots);
  w->touched = (struct touched){.ids = NULL};
  return begin_step(w, err);
}
