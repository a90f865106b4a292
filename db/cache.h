/* The cache: one directory at exactly one revision, opened read-only (architecture.md).
 *
 * A scope folder holds
 *   cache/current            the pointer: "FORMAT/N" and a newline, replaced by rename
 *   cache/inbox              what came from a source and is not published yet (sync/inbox.h)
 *   cache/<format>/<n>/               one generation:
 *     directory.db                    SQLite in WAL mode: records and what is derived from them
 *     directory.db-wal, -shm          kept also when nobody writes
 *     words.<k>                       the search index (index.h); which k, meta's "index" says
 *                                     (words.h), and it never changes once it is there
 *     spool, words.new-*              a build's or a tidy's own while it runs
 *     aside                           of one that is made in small steps and not published
 * (aside.h) state                    the small file of tocsin-sync journal/                 one
 * file per account (db/journal.h) acts                     what was written at this machine, and
 * where it is (db/queue.h) journal/                 one file per account To copy a generation:
 * directory.db after a checkpoint, or as VACUUM INTO and the backup interface give it, and the one
 * words.<k> that meta of that copy names. Readers need no write permission, while the writer runs,
 * after it ended, and after it was killed. */
#ifndef TC_DB_CACHE_H
#define TC_DB_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "core/act.h"
#include "core/directory.h"

enum {
  CACHE_FORMAT = 1,                 /* what tocsin-sync writes */
  CACHE_FORMAT_OLDEST = 1,          /* what is still read: one less, from format 2 on */
  CACHE_APPLICATION_ID = 0x74637331 /* "tcs1" */
};

struct cache;

struct cache_info {
  int format;
  struct uuid generation; /* of the source's history */
  int64_t revision;
  int64_t source_time; /* of that revision's commit, UTC */
  char source[128];    /* who made it: a source's name, or "import" */
  int64_t entries, contacts, records, unreadable;
  enum audience audience; /* the narrowest audience held */
  bool frozen;            /* opened immutable: it will not follow changes */
  bool pulled;            /* a source sent it, as it is: no import has changed it since */
};

/* Opens the published generation of a scope folder.  *out belongs to the caller (cache_close).
 * TC_NEVER_SYNCED: there is no cache yet.  TC_NEWER: a format above CACHE_FORMAT.  TC_FOREIGN,
 * TC_DAMAGED, TC_DENIED, TC_NO_MEMORY: as said.  On a full disk it falls back as sync.md says and
 * sets frozen. */
TC_MUST_CHECK tc_status cache_open(struct cache **out, const char *scope_dir, struct tc_error *err);
void cache_close(struct cache *c); /* NULL-safe */

/* Borrowed until cache_refresh() or cache_close(). */
const struct cache_info *cache_info(const struct cache *c);
const struct house *cache_house(const struct cache *c);

/* The folder it was opened in. */
const char *cache_scope(const struct cache *c);
/* The folder of the generation that is read: a commit writes there. */
enum { CACHE_FOLDER = 480 };
bool cache_folder(const struct cache *c, char out[CACHE_FOLDER]); /* false: too long */

/* True where a newer revision or generation has been published since opening or the last refresh.
 * Cheap: for a timer. */
bool cache_changed(struct cache *c);
/* Moves to the newest revision, switching generations where the pointer moved; the house is read
 * again.  On failure the old one stays open. */
TC_MUST_CHECK tc_status cache_refresh(struct cache *c, struct tc_error *err);

/* TC_DAMAGED, with what mends it: something that was read of this directory since it was opened, or
 * since it changed, cannot be read.  Then no answer is known to be all there is. */
TC_MUST_CHECK tc_status cache_whole(struct cache *c, struct tc_error *err);
/* The same of what was not read as well: all stored records are proved, for a second at most
 * (100,000 take a fifth of one).  For answers that say by what is not in them that nothing fails.
 */
TC_MUST_CHECK tc_status cache_prove(struct cache *c, struct tc_error *err);

/* What was written at this machine, also by other accounts, in no order of time; it is folded into
 * every entry that this handle reads.  Borrowed until cache_refresh() or cache_close(). */
const struct act_held *cache_written(const struct cache *c, size_t *count);
/* What others tried to reach, as the directory brings it (core/act.h), for as long. */
const struct act_held *cache_tried(const struct cache *c, size_t *count);
/* Why not all of it is there (a damaged or full journal), a translated sentence; "" when it is. */
const char *cache_written_trouble(const struct cache *c);
/* Is it that some of it cannot be read?  Then an incident, a note or a diversion may be missing. */
bool cache_written_lost(const struct cache *c);

/* What other switchboards tried, as long as it is shown; none of it is among cache_written().
 * Borrowed likewise. */
const struct act_held *cache_tried(const struct cache *c, size_t *count);

/* One entry, all parts merged; of its masked numbers no word of it says more than a screen may
 * (mask_entry() of core/mask.h), nor of anybody's, as of every entry that is read here.
 * TC_NOT_FOUND: not held here.
 */
TC_MUST_CHECK tc_status cache_entry(struct cache *c, const struct uuid *uuid, struct arena *arena,
                                    struct entry *out, struct tc_error *err);
/* The same in its own words: for what the source is told that they were, and for nobody's eyes. */
TC_MUST_CHECK tc_status cache_entry_clear(struct cache *c, const struct uuid *uuid,
                                          struct arena *arena, struct entry *out,
                                          struct tc_error *err);

/* Stars in words that are not an entry's own (of a rota, a scenario, a group, an act) what is
 * masked of it, where it is held, every number of eight digits and more that is masked anywhere,
 * and shorter ones that are masked where it is, or at a site. */
TC_MUST_CHECK tc_status cache_mask(struct cache *c, const struct uuid *of, const char *site,
                                   const char **text, struct arena *arena, struct tc_error *err);

/* The code entries of a site (and of the group's, where site has none), by rank and number; also
 * where the search index is damaged.  TC_DAMAGED: those that can be read, and not all can. */
TC_MUST_CHECK tc_status cache_codes(struct cache *c, const char *site, struct arena *arena,
                                    const struct entry **out, size_t *count, struct tc_error *err);

/* The services and roles that a site offers, `most` of them (64 at most), those of the highest rank
 * first.  TC_DAMAGED: likewise those that can be read, here and in the two that follow. */
TC_MUST_CHECK tc_status cache_services(struct cache *c, const char *site, size_t most,
                                       struct arena *arena, const struct entry **out, size_t *count,
                                       struct tc_error *err);

/* All entries of a site, or that serve it, with a contact point of one of these kinds, by the
 * index.
 */
TC_MUST_CHECK tc_status cache_of_kinds(struct cache *c, const char *site,
                                       const enum contact_kind *kinds, size_t kind_count,
                                       struct arena *arena, const struct entry **out, size_t *count,
                                       struct tc_error *err);

/* An entry that has a red phone. */
struct red_phone {
  const char *unit;
  struct uuid entry;
  size_t order; /* of all answers, within its site */
};

/* Those of exactly that unit of a site, however many entries it has.  Found once for a revision:
 * good until the next call of it. */
TC_MUST_CHECK tc_status cache_red_phones(struct cache *c, const char *site, const char *unit,
                                         const struct red_phone **out, size_t *count,
                                         struct tc_error *err);

/* Entries of a site in unit order, for browsing and printing: unit path, then class, rank, name.
 * site "" lists all.  unit: only that path and below; "" all.  after: resume behind this position
 * (0 at first); *next is 0 at the end. */
struct browse_row {
  struct entry entry;
  int64_t position;
};
TC_MUST_CHECK tc_status cache_browse(struct cache *c, const char *site, const char *unit,
                                     int64_t after, size_t limit, struct arena *arena,
                                     struct browse_row **rows, size_t *count, int64_t *next,
                                     struct tc_error *err);

/* The unit paths of a site one level below path ("" for the top), with the count of entries. */
struct unit_row {
  const char *path;
  int64_t entries;
};
TC_MUST_CHECK tc_status cache_units(struct cache *c, const char *site, const char *path,
                                    struct arena *arena, struct unit_row **rows, size_t *count,
                                    struct tc_error *err);

/* The rotas of a role, of every week held, decoded into the arena. */
TC_MUST_CHECK tc_status cache_rotas(struct cache *c, const struct uuid *role, struct arena *arena,
                                    const struct rota *const **out, size_t *count,
                                    struct tc_error *err);

/* Every role that a rota is held of, each once. */
TC_MUST_CHECK tc_status cache_roles(struct cache *c, struct arena *arena, struct uuid **out,
                                    size_t *count, struct tc_error *err);

/* Every entry, in no order that means anything: each() until it returns false.  The entry and its
 * text are lent until it returns. */
TC_MUST_CHECK tc_status cache_each_entry(struct cache *c,
                                         bool (*each)(const struct entry *entry, void *data),
                                         void *data, struct tc_error *err);

/* Shows from now on no part of an entry, rota or act of this audience and narrower ones, as if the
 * terminal had not been granted them; AUDIENCE_NONE: all that is held.  What was read before is the
 * caller's to read again. */
void cache_hide_from(struct cache *c, enum audience from);

/* The audience from which on nothing is shown; AUDIENCE_NONE: all is. */
enum audience cache_hidden(const struct cache *c);

/* Records of one kind other than entries and rotas, raw bytes, for whoever decodes them. */
struct cache_record {
  const char *bytes;
  size_t len;
  bool rotted; /* not what was written; cache_records() gives none of those */
};
TC_MUST_CHECK tc_status cache_records(struct cache *c, enum record_kind kind, struct arena *arena,
                                      struct cache_record **rows, size_t *count,
                                      struct tc_error *err);

#endif
