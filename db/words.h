/* The search index as one directory has it now: the file that was made last, and what was changed
 * since, in memory; a change takes an entry out of the file's answers and puts it, where it now
 * sorts, between them.  Private to db/.
 *
 * A set of entries is one bitmap over all parts, one part behind the other.  The first part is the
 * file, the second what was changed before, the third what was changed last, small enough to be
 * made anew for every change. */
#ifndef TC_DB_WORDS_H
#define TC_DB_WORDS_H

#include "base/arena.h"
#include "core/directory.h"
#include "db/index.h"
#include "db/store.h"

enum { WORDS_PARTS = 3, WORDS_SETS = 192 };

/* A changed entry. */
struct fresh_row {
  int64_t id;
  size_t before;   /* the place in the file that it sorts before */
  const char *key; /* its sort key, for two that sort before the same place */
  size_t key_len;
  const char *document; /* NULL: it is gone */
  size_t part, place;   /* where it is; part 0: nowhere */
};

struct words_part {
  struct index *index;     /* NULL: empty */
  size_t entries, first;   /* first: where its bits begin, in words of 64 */
  struct fresh_row **rows; /* not of the file: by place */
};

struct index_proof;

struct words {
  char folder[512]; /* of the generation */
  int64_t stamp;    /* what meta said when it was followed; -1: nothing is open */
  bool whole;       /* every change was laid over the file, not those of codes and services alone */
  struct words_part parts[WORDS_PARTS];
  size_t words;                          /* of a set */
  uint64_t *dead;                        /* entries that were changed since; NULL none */
  struct fresh_row **rows;               /* all, by id */
  size_t row_count, row_cap, last_count; /* last: in the third part */
  struct arena arena;                    /* of the rows */
  uint64_t *sets[WORDS_SETS];
  size_t set_words[WORDS_SETS], set_count;
  bool failed;               /* no memory for a set; sticky until words_start() */
  struct index_proof *proof; /* of the file: under way */
  bool proved, rotten;       /* its bytes are what was written, or are not */
};

/* The file of a generation's folder by its number. */
enum { WORDS_PATH = 560 };
void words_path(char out[WORDS_PATH], const char *folder, int64_t number);

/* meta's "index": which file, and which change was the last. */
static inline int64_t words_stamp(int64_t number, int64_t change) {
  return (int64_t)((uint64_t)number << 32) | change;
}
static inline int64_t stamp_number(int64_t stamp) {
  return stamp >> 32;
}
static inline int64_t stamp_change(int64_t stamp) {
  return stamp & 0xffffffff;
}

void words_init(struct words *w, const char *folder);
void words_free(struct words *w);

/* Opens the file alone, if it is not open.  TC_NO_INPUT: it is gone: another has taken its place.
 */
TC_MUST_CHECK tc_status words_open(struct words *w, int64_t stamp, struct tc_error *err);

/* What is to be followed: the first screen needs codes and services, and has no time for the
 * changes of all others. */
enum words_reach { WORDS_FIRST, WORDS_ALL };

/* Within a read transaction: makes it what the database says.  TC_NO_INPUT as words_open(). */
TC_MUST_CHECK tc_status words_follow(struct words *w, struct store *s, enum words_reach reach,
                                     struct tc_error *err);

/* Reads the next mebibyte of the open file against the sum that it was written with; *more: there
 * is more to read.  TC_DAMAGED: its bytes are not what was written; from then on so says
 * words_follow(), since what is found by them may be wrong. */
TC_MUST_CHECK tc_status words_prove(struct words *w, bool *more, struct tc_error *err);

/* Could all that was asked since be read?  TC_IO: no; it is opened anew for the next query. */
TC_MUST_CHECK tc_status words_check(const struct words *w, struct tc_error *err);

/* Forgets all sets: for the next query. */
void words_start(struct words *w);

/* A set, empty; NULL without memory, and w->failed. */
uint64_t *words_set(struct words *w);
/* All entries there are. */
void words_all(const struct words *w, uint64_t *set);

/* Adds the entries of a term, of all terms that begin so; whether there were any. */
bool words_add(const struct words *w, const char *text, size_t len, int use, uint64_t *set);
bool words_add_begin(const struct words *w, const char *prefix, size_t len, int use, uint64_t *set);
/* Is there such a term; does any begin so? */
bool words_has(const struct words *w, const char *text, size_t len);
bool words_begin(const struct words *w, const char *prefix, size_t len);
/* Adds the entries that own a number, masked or not. */
bool words_add_number(const struct words *w, const char *digits, uint64_t *set);

/* Is it, in these digits, a masked number of any entry?  Also of one that was changed since. */
bool words_masks(const struct words *w, const char *digits);

/* Adds the entries that are hidden whole from this audience on, and those that a part is of. */
void words_add_hidden(const struct words *w, enum audience hidden, uint64_t *only, uint64_t *with);

/* Adds one entry, where it is there. */
void words_add_id(const struct words *w, int64_t id, uint64_t *set);

/* Adds entries of `from` whose numbers one of the patterns runs through: at least the first `most`
 * in order of those in and of those not in mine (NULL: nobody). */
void words_add_runs(struct words *w, const struct run_pattern *patterns, size_t count,
                    const uint64_t *from, const uint64_t *mine, size_t most, uint64_t *set);

/* Words of the directory that sound alike, and that may be meant, the nearest first; borrowed until
 * the words change. */
struct term {
  const char *text;
  size_t len;
};
size_t words_sounds(const struct words *w, const char *word, size_t len, struct term *out,
                    size_t most);
size_t words_near(const struct words *w, const char *word, size_t len, bool beginning,
                  struct term *out, size_t most);

/* Goes through a set in the order of all answers. */
struct words_cursor {
  const uint64_t *set, *mask; /* mask NULL: all of the set */
  bool outside;               /* those not in the mask */
  size_t at[WORDS_PARTS];
  size_t bit; /* of the last one in the set */
};
void words_begin_at(const struct words *w, struct words_cursor *c, const uint64_t *set,
                    const uint64_t *mask, bool outside);
bool words_next(const struct words *w, struct words_cursor *c, int64_t *id);

#endif
