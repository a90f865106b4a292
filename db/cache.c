#include "db/cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "core/fold.h"
#include "core/mask.h"
#include "core/record.h"
#include "core/rules.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/house.h"
#include "db/masked.h"
#include "db/place.h"
#include "db/tried.h"
#include "db/zones.h"
#include "db_sql.h"

tc_status cache_begin(struct cache *c, struct tc_error *err) {
  tc_status status = c->reading ? TC_OK : store_exec(&c->store, "BEGIN", err);
  c->reading += status == TC_OK;
  return status;
}

void cache_end(struct cache *c) {
  /* Nothing was written: whatever COMMIT says, the transaction is over. */
  if (--c->reading == 0)
    sqlite3_exec(c->store.db, "COMMIT", NULL, NULL, NULL);
}

tc_status cache_begin_words(struct cache *c, enum words_reach reach, struct tc_error *err) {
  enum { TRIES = 5 };
  tc_status status = TC_NO_INPUT;
  /* The file of an index is gone once another has taken its place: a transaction that began before
   * looks for it in vain. */
  for (int i = 0; i < TRIES && status == TC_NO_INPUT; i++) {
    tc_status began = cache_begin(c, err);
    if (began != TC_OK)
      return began;
    struct tc_error why = {.status = TC_OK};
    bool more = reach == WORDS_ALL && !c->proves_later;
    status = words_follow(&c->words, &c->store, reach, &why);
    while (status == TC_OK && more)
      status = words_prove(&c->words, &more, &why);
    words_start(&c->words);
    if (status == TC_OK)
      return TC_OK;
    cache_end(c);
    if (status != TC_NO_INPUT || i + 1 == TRIES)
      tc_fail(err, status == TC_NO_INPUT ? TC_DAMAGED : status, "%s", why.text);
  }
  return status == TC_NO_INPUT ? TC_DAMAGED : status;
}

static tc_status read_info(struct cache *c, struct tc_error *err) {
  struct cache_info *info = &c->info;
  struct store *s = &c->store;
  int64_t audience = 0;
  const struct {
    const char *key;
    int64_t *value;
  } numbers[] = {{"revision", &info->revision}, {"source_time", &info->source_time},
                 {"entries", &info->entries},   {"contacts", &info->contacts},
                 {"records", &info->records},   {"unreadable", &info->unreadable},
                 {"audience", &audience}};
  tc_status status =
      store_meta_blob(s, "generation", info->generation.b, sizeof info->generation.b, err);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == TC_OK; i++)
    status = store_meta_int(s, numbers[i].key, numbers[i].value, err);
  if (status == TC_OK)
    status = store_meta_text(s, "source", info->source, sizeof info->source, err);
  struct buffer cursor = BUFFER_INIT;
  if (status == TC_OK)
    status = store_meta_append(s, "cursor", &cursor, err);
  info->pulled = cursor.len > 0;
  buffer_free(&cursor);
  info->format = c->generation.format;
  info->audience =
      audience > 0 && audience < AUDIENCE_COUNT ? (enum audience)audience : AUDIENCE_NONE;
  return status;
}

/* ---- the house ---------------------------------------------------------------------------------
 */

static void add_site_text(struct buffer *b, const char *text, struct arena *arena) {
  struct fold_words words;
  struct fold_extra *more;
  size_t count;
  if (fold_split(&words, text, strlen(text), arena, NULL) != TC_OK ||
      fold_extras(&more, &count, &words, FOLD_INITIALS, arena, NULL) != TC_OK)
    return;
  for (size_t i = 0; i < words.count; i++)
    buffer_printf(b, "%s ", words.items[i].text);
  for (size_t i = 0; i < count; i++)
    buffer_printf(b, "%.*s ", (int)more[i].len, more[i].text);
}

/* The words of each site, folded once. */
static struct site_words *read_site_words(const struct house *house, struct arena *arena) {
  struct site_words *all = arena_zalloc(arena, house->site_count + 1, sizeof *all);
  struct buffer b = BUFFER_INIT;
  for (size_t i = 0; all && i < house->site_count; i++) {
    const struct site *s = &house->sites[i];
    buffer_clear(&b);
    document_marker(&b, '@', s->code);
    all[i].marker = arena_copy(arena, buffer_text(&b), b.len ? b.len - 1 : 0);
    buffer_clear(&b);
    buffer_add_char(&b, ' ');
    add_site_text(&b, s->code, arena);
    all[i].code = arena_strdup(arena, buffer_text(&b));
    buffer_clear(&b);
    buffer_add_char(&b, ' ');
    add_site_text(&b, s->name, arena);
    for (size_t k = 0; k < s->aliases.count; k++)
      add_site_text(&b, s->aliases.items[k], arena);
    all[i].names = arena_strdup(arena, buffer_text(&b));
  }
  if (b.status != TC_OK)
    arena->failed = true;
  buffer_free(&b);
  return all;
}

static tc_status read_house(struct cache *c, struct tc_error *err) {
  struct house house = {0};
  struct site_words *words = NULL;
  struct act_held *tried = NULL;
  size_t tried_count = 0;
  struct arena arena = ARENA_INIT;
  tc_status status = TC_OK;
  for (size_t i = 0; house_kind(i) != RECORD_NONE && status == TC_OK; i++) {
    struct cache_record *rows;
    size_t count;
    status = house_records(&c->store, house_kind(i), &arena, &rows, &count, err);
    /* A site or a plan that is gone takes every number with it, so that one that can be decoded
     * stays, and the top says that not all is as it was. */
    for (size_t k = 0; status == TC_OK && k < count; k++)
      if (rows[k].rotted)
        cache_met(c, TC_DAMAGED);
    if (status == TC_OK)
      status = house_take(&house, house_kind(i), rows, count, &arena, err);
  }
  if (status == TC_OK)
    status = tried_read(&c->store, c->info.revision, &arena, &tried, &tried_count, err);
  if (status == TC_OK)
    house_doubt(&house, &arena);
  if (status == TC_OK && !zones_read(&house, &arena))
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK) {
    house.rule_index = rule_index_make(&house, &arena);
    words = read_site_words(&house, &arena);
  }
  if (status == TC_OK && arena_failed(&arena))
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status != TC_OK) {
    arena_free(&arena);
    return status;
  }
  arena_free(&c->house_arena);
  c->house_arena = arena;
  c->house = house;
  c->incidents = house.incidents;
  c->incident_count = house.incident_count;
  c->tried = tried;
  c->tried_count = tried_count;
  c->exercises = house.exercises;
  c->exercise_count = house.exercise_count;
  c->site_words = words;
  return TC_OK;
}

/* ---- opening -----------------------------------------------------------------------------------
 */

static int64_t data_version(struct cache *c) {
  int64_t version = -1;
  sqlite3_stmt *stmt = store_statement(&c->store, "PRAGMA data_version", NULL);
  if (stmt && sqlite3_step(stmt) == SQLITE_ROW)
    version = sqlite3_column_int64(stmt, 0);
  if (stmt)
    sqlite3_reset(stmt);
  return version;
}

/* The names of the house, behind the index that knows what is masked. */
static tc_status read_names(struct cache *c, struct tc_error *err) {
  bool any;
  bool whole = masked_house(c, &c->house, &c->house_arena, &any);
  struct site_words *words = any ? read_site_words(&c->house, &c->house_arena) : c->site_words;
  if (!whole || !words || arena_failed(&c->house_arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  c->site_words = words;
  return TC_OK;
}

/* An exercise is no secret of whoever begins it: a terminal that it names plays it also while its
 * switchboard tier is closed. */
static void read_exercises(struct cache *c) {
  const struct exercise *list;
  size_t count;
  c->house.exercises = c->exercises;
  c->house.exercise_count = c->exercise_count;
  if (c->written.count &&
      act_fold_exercises(&list, &count, c->exercises, c->exercise_count, c->written.acts,
                         c->written.count, c->info.revision, act_tier_of(c->info.audience),
                         &c->written.arena, NULL) == TC_OK) {
    c->house.exercises = list;
    c->house.exercise_count = count;
  }
  list = masked_exercises(c, c->house.exercises, c->house.exercise_count, &c->written.arena);
  if (list)
    c->house.exercises = list;
  else
    c->house.exercise_count = 0;
}

/* Also what was reported and declared here, into the incidents of the house. */
static void read_written(struct cache *c) {
  const struct incident *list;
  size_t count;
  c->house.incidents = c->incidents;
  c->house.incident_count = c->incident_count;
  written_free(&c->written);
  written_read(&c->written, c->scope_dir);
  read_exercises(c);
  if (c->hidden)
    written_hide(&c->written, c->hidden);
  written_join(&c->written, c->tried, c->tried_count, c->hidden);
  if (c->written.count &&
      act_fold_incidents(&list, &count, c->incidents, c->incident_count, c->written.acts,
                         c->written.count, c->info.revision, act_tier_of(c->info.audience),
                         &c->written.arena, NULL) == TC_OK) {
    c->house.incidents = list;
    c->house.incident_count = count;
  }
  list = masked_incidents(c, c->house.incidents, c->house.incident_count, &c->written.arena);
  if (list)
    c->house.incidents = list;
}

static tc_status read_all(struct cache *c, struct tc_error *err) {
  int64_t version = data_version(c);
  c->damaged = c->damaged && version == c->data_version; /* a change may have healed it */
  c->data_version = version;
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = read_info(c, err);
  if (status == TC_OK)
    status = read_house(c, err);
  cache_end(c);
  return status;
}

/* The file of the search index is there and whole, as far as can be told at once.  What was changed
 * since is read at the first query. */
static tc_status read_words(struct cache *c, struct tc_error *err) {
  char folder[GENERATION_PATH];
  int64_t stamp = 0;
  tc_status status = generation_folder(folder, c->scope_dir, &c->generation, err);
  if (status != TC_OK)
    return status;
  words_init(&c->words, folder);
  for (int i = 0; i < 2; i++) { /* another may take its place in between */
    struct tc_error why = {.status = TC_OK};
    status = store_meta_int(&c->store, "index", &stamp, err);
    if (status == TC_OK && (status = words_open(&c->words, stamp, &why)) != TC_OK &&
        (i || status != TC_NO_INPUT))
      status = tc_fail(err, status == TC_NO_INPUT ? TC_DAMAGED : status, "%s", why.text);
    if (status != TC_NO_INPUT)
      break;
  }
  return status;
}

/* A number that changes whenever a change is written to a database: a frozen one does not say so
 * itself.  The -shm changes where a writer that was stopped goes on. */
static uint64_t files_stamp(const char *path) {
  static const char *const sides[] = {"", "-wal", "-shm"};
  char side[GENERATION_PATH + 8];
  uint64_t stamp = 0;
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
    struct stat st;
    snprintf(side, sizeof side, "%s%s", path, sides[i]);
    if (stat(side, &st) == 0)
      stamp = (stamp ^ (uint64_t)st.st_size ^ (uint64_t)st.st_mtim.tv_nsec ^
               (uint64_t)st.st_mtim.tv_sec << 30) *
              UINT64_C(0x9E3779B97F4A7C15);
  }
  return stamp;
}

/* Opens one generation as a reader, and reads what is always held in memory.  A file that cannot be
 * opened in the usual way, because the disk is full, its -shm is gone, or the writer was stopped
 * while it read the log, is opened frozen: with what the log holds, where that can be read. */
static tc_status open_generation(struct cache *c, const struct generation *g,
                                 struct tc_error *err) {
  static const enum store_mode modes[] = {STORE_READ, STORE_UNLOCKED, STORE_IMMUTABLE};
  char path[GENERATION_PATH];
  struct tc_error first = {.status = TC_OK};
  tc_status status = generation_path(path, c->scope_dir, g, err);
  if (status != TC_OK)
    return status;
  c->generation = *g;
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    struct tc_error why = {.status = TC_OK};
    status = store_open(&c->store, path, modes[i], &why);
    if (status == TC_OK) {
      status = read_all(c, &why);
      if (status == TC_OK)
        status = read_words(c, &why);
      if (status != TC_OK) {
        words_free(&c->words);
        store_close(&c->store);
      }
    }
    if (status == TC_OK) {
      c->info.frozen = modes[i] != STORE_READ;
      c->files = files_stamp(path);
      return TC_OK;
    }
    if (i == 0)
      first = why;
    if (status == TC_NEWER || status == TC_FOREIGN || status == TC_NO_MEMORY)
      break;
  }
  return tc_fail(err, first.status, "%s", first.text);
}

static tc_status open_published(struct cache *c, struct tc_error *err) {
  struct generation g, previous;
  struct tc_error why = {.status = TC_OK};
  c->stamp = generation_stamp(c->scope_dir);
  tc_status status = generation_current(&g, c->scope_dir, err);
  if (status != TC_OK)
    return status;
  status = open_generation(c, &g, &why);
  if (status == TC_OK)
    return TC_OK;
  if (status != TC_NEWER && status != TC_NO_MEMORY &&
      generation_previous(&previous, c->scope_dir, &g) &&
      open_generation(c, &previous, NULL) == TC_OK) {
    c->info.frozen = true;
    return TC_OK;
  }
  return tc_fail(err, why.status, "%s", why.text);
}

tc_status cache_open(struct cache **out, const char *scope_dir, struct tc_error *err) {
  struct cache *c = calloc(1, sizeof *c);
  *out = NULL;
  if (!c)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status;
  if (strlen(scope_dir) >= sizeof c->scope_dir) {
    status = tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long: %s"), scope_dir);
  } else {
    memcpy(c->scope_dir, scope_dir, strlen(scope_dir) + 1);
    status = open_published(c, err);
    if (status == TC_OK)
      status = read_names(c, err);
    if (status == TC_OK)
      read_written(c);
  }
  if (status != TC_OK) {
    cache_close(c);
    return status;
  }
  *out = c;
  return TC_OK;
}

void cache_close(struct cache *c) {
  if (!c)
    return;
  words_free(&c->words);
  written_free(&c->written);
  store_close(&c->store);
  arena_free(&c->house_arena);
  red_phones_free(&c->red_phones);
  free(c);
}

tc_status cache_met(struct cache *c, tc_status status) {
  c->damaged = c->damaged || status == TC_DAMAGED;
  return status;
}

tc_status cache_whole(struct cache *c, struct tc_error *err) {
  return c->damaged ? store_fail(&c->store, SQLITE_CORRUPT, err) : TC_OK;
}

static int64_t now_ms(void) {
  return clock_monotonic_us() / 1000;
}

tc_status cache_prove(struct cache *c, struct tc_error *err) {
  enum { AT_MOST_MS = 1000, LOOK_EVERY = 64 };
  int64_t seen = 0, records = 0, until = now_ms() + AT_MOST_MS;
  tc_status status = c->damaged ? TC_DAMAGED : cache_begin(c, err);
  if (status != TC_OK)
    return status == TC_DAMAGED ? cache_whole(c, err) : status;
  sqlite3_stmt *stmt = store_statement(&c->store, sql_record_sums, err);
  status = stmt ? TC_OK : c->store.unprepared;
  while (status == TC_OK && (status = store_step(&c->store, stmt, err)) == TC_OK) {
    if (!store_is_whole(stmt, 0, 1))
      status = TC_DAMAGED;
    else if (++seen % LOOK_EVERY == 0 && now_ms() >= until)
      status = TC_BUSY; /* enough of it */
  }
  if (stmt)
    sqlite3_reset(stmt);
  /* How many there are in the same snapshot: a page may have lost some without a sign. */
  if (status == TC_DONE &&
      (store_meta_int(&c->store, "records", &records, NULL) != TC_OK || seen != records))
    status = TC_DAMAGED;
  cache_end(c);
  cache_met(c, status);
  return status == TC_DONE || status == TC_BUSY || status == TC_DAMAGED ? cache_whole(c, err)
                                                                        : status;
}

const struct cache_info *cache_info(const struct cache *c) {
  return &c->info;
}
const struct house *cache_house(const struct cache *c) {
  return &c->house;
}

const char *cache_scope(const struct cache *c) {
  return c->scope_dir;
}

bool cache_folder(const struct cache *c, char out[CACHE_FOLDER]) {
  _Static_assert((int)CACHE_FOLDER == (int)GENERATION_PATH, "one length of a path");
  return generation_folder(out, c->scope_dir, &c->generation, NULL) == TC_OK;
}

bool cache_changed(struct cache *c) {
  return generation_stamp(c->scope_dir) != c->stamp ||
         (c->info.frozen ? files_stamp(c->store.path) != c->files
                         : data_version(c) != c->data_version) ||
         written_changed(&c->written, c->scope_dir);
}

tc_status cache_refresh(struct cache *c, struct tc_error *err) {
  struct generation g;
  uint64_t stamp = generation_stamp(c->scope_dir);
  tc_status status = generation_current(&g, c->scope_dir, err);
  if (status != TC_OK)
    return status;
  if (g.format == c->generation.format && g.number == c->generation.number && !c->info.frozen) {
    status = read_all(c, err);
    if (status == TC_OK)
      status = read_names(c, err);
    if (status == TC_OK) {
      c->stamp = stamp;
      read_written(c);
    }
  } else {
    struct cache *fresh;
    status = cache_open(&fresh, c->scope_dir, err);
    if (status == TC_OK) { /* the handle stays, its content is exchanged */
      struct cache old = *c;
      *c = *fresh;
      *fresh = old;
      cache_close(fresh);
      cache_hide_from(c, old.hidden);
    }
  }
  return status;
}

static int by_time(const void *a, const void *b) {
  const struct note *x = a, *y = b;
  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}

/* A record has its notes in no order of time; who reads them wants the last one first. */
static tc_status order_notes(struct entry *e, struct arena *arena, struct tc_error *err) {
  if (e->note_count < 2)
    return TC_OK;
  struct note *notes = arena_alloc(arena, e->note_count * sizeof *notes);
  if (!notes)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  memcpy(notes, e->notes, e->note_count * sizeof *notes);
  qsort(notes, e->note_count, sizeof *notes, by_time);
  e->notes = notes;
  return TC_OK;
}

/* Of the entry that the words are about; *is: there is one. */
static tc_status mask_of(struct cache *c, const struct uuid *of, struct entry *other, bool *is,
                         const char **text, struct arena *arena, struct tc_error *err) {
  int64_t id = -1;
  *is = false;
  if (uuid_is_nil(of))
    return TC_OK;
  tc_status status = store_identity(&c->store, of, &id, err);
  if (status != TC_OK || id < 0 || id >= CLASS_ID(CLASS_HOUSE))
    return status == TC_NOT_FOUND ? TC_OK : status;
  status = place_entry(&c->store, id, AUDIENCE_NONE, arena, other, err);
  if (status != TC_OK)
    return status == TC_NOT_FOUND ? TC_OK : status;
  *is = true;
  *text = mask_in_text(other, *text, arena);
  return *text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

tc_status cache_mask(struct cache *c, const struct uuid *of, const char *site, const char **text,
                     struct arena *arena, struct tc_error *err) {
  struct entry other;
  bool is;
  if (!mask_may_be_in(*text))
    return TC_OK;
  tc_status status = mask_of(c, of, &other, &is, text, arena, err);
  if (status != TC_OK)
    return status;
  if (is)
    status = masked_about(c, &other, text, arena, err);
  return status == TC_OK && (!is || (*site && strcmp(site, other.site) != 0))
             ? masked_text(c, site, text, arena, err)
             : status;
}

/* The words of a step are also about whom it names. */
static tc_status mask_chain(struct cache *c, struct entry *e, struct arena *arena,
                            struct tc_error *err) {
  bool any = false;
  tc_status status = TC_OK;
  for (size_t i = 0; i < e->chain_count; i++)
    any = any || (!uuid_is_nil(&e->chain[i].entry) && mask_may_be_in(e->chain[i].text));
  if (!any)
    return TC_OK;
  struct chain_step *steps = arena_alloc(arena, e->chain_count * sizeof *steps);
  if (!steps)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  memcpy(steps, e->chain, e->chain_count * sizeof *steps);
  e->chain = steps;
  for (size_t i = 0; status == TC_OK && i < e->chain_count; i++)
    status = cache_mask(c, &steps[i].entry, e->site, &steps[i].text, arena, err);
  return status;
}

tc_status cache_place_clear(struct cache *c, int64_t id, struct arena *arena, struct entry *out,
                            struct tc_error *err) {
  tc_status status = cache_met(c, place_shown(&c->store, id, c->hidden, arena, out, err));
  if (status == TC_OK)
    status =
        written_fold(&c->written, out, c->info.revision, act_tier_of(c->info.audience), arena, err);
  return status == TC_OK ? order_notes(out, arena, err) : status;
}

tc_status cache_place(struct cache *c, int64_t id, struct arena *arena, struct entry *out,
                      struct tc_error *err) {
  tc_status status = cache_place_clear(c, id, arena, out, err);
  if (status == TC_OK && !mask_entry(out, out, arena))
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK)
    status = masked_entry(c, out, arena, err);
  return status == TC_OK ? mask_chain(c, out, arena, err) : status;
}

void cache_hide_from(struct cache *c, enum audience from) {
  c->hidden = from;
  read_written(c);
}

enum audience cache_hidden(const struct cache *c) {
  return c->hidden;
}

const struct act_held *cache_written(const struct cache *c, size_t *count) {
  *count = c->written.count;
  return c->written.acts;
}

const struct act_held *cache_tried(const struct cache *c, size_t *count) {
  *count = c->written.tried_count;
  return c->written.tried;
}

bool cache_written_lost(const struct cache *c) {
  return c->written.lost;
}

const char *cache_written_trouble(const struct cache *c) {
  return c->written.trouble;
}

tc_status cache_records(struct cache *c, enum record_kind kind, struct arena *arena,
                        struct cache_record **rows, size_t *count, struct tc_error *err) {
  tc_status status = cache_met(c, house_records(&c->store, kind, arena, rows, count, err));
  size_t kept = 0;
  for (size_t i = 0; status == TC_OK && i < *count; i++)
    if (!(*rows)[i].rotted)
      (*rows)[kept++] = (*rows)[i];
    else
      cache_met(c, TC_DAMAGED);
  *count = kept;
  return status;
}
