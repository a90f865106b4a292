/* The search index of a directory: one immutable run of bytes, in a file that all readers map, or
 * in memory for what was changed since.  Derived from records, private to db/ (doc/search.md).
 *
 * Entries have a place, 0 .. n-1, in the order of all answers (document_key()).  A word has terms'
 * number, in the order of its bytes, and two lists of places: of the entries that hold it plain,
 * and of those that hold it as an alias.  The bytes, all numbers little-endian, each section from a
 * multiple of eight on:
 *
 *   header      struct index_header below
 *   PLACE       u32 x entries: the entry's id, as class << 29 | number (document.h)
 *   BY_ID       u32 x entries: the places in the order of ids; empty where PLACE ascends
 *   KEY_AT      u32 x (blocks + 1): where each block of 16 keys begins in KEYS
 *   KEYS        sort keys: u8 bytes shared with the key before (0 at a block's head), u16 further
 *               bytes, these bytes
 *   TERM_AT     u32 x (terms + 1): where each term begins in TERMS; its length is up to the next
 *   TERMS       the bytes of all terms, sorted as memcmp() does, none twice
 *   LIST_AT     u32 x 2 terms: where a term's plain and alias list begin in LISTS, in units of 8
 *   LIST_COUNT  u32 x 2 terms: how many places are in it; 0: no list
 *   LISTS       a list: places ascending, the distance to the one before less one (the first: to
 *               -1) in groups of seven bits, low ones first, bit 7 set where another follows; or,
 *               with bit 31 of its LIST_COUNT set, a bitmap of (entries + 63) / 64 u64
 *   RANGE       struct index_range x ranges: the union of the lists of neighbouring terms that one
 *               short prefix begins, sorted by (first, behind, use)
 *   SOUND       u32 hash, u32 term x sounds: terms by the hash of near_sound(), then by number
 *   DIGIT_AT    u32 x (entries + 1): where the numbers of an entry begin in DIGITS
 *   DIGITS      its numbers that any run finds, digits with a newline behind each, in the order of
 *               places; 64 newlines at the end
 *   PAIR        16 bytes x entries: bit 10 a + b is set where digit b follows a in its numbers
 *   RUN         u32 x runs: where a run begins in DIGITS, sorted by the digits up to the end of the
 *               number, at the same digits whole numbers first, then by place.  Runs of two and
 * more, and every whole number; none in an index in memory RUN_PLACE   u32 x (digits / 64 + 1): the
 * place whose numbers hold DIGITS byte 64 i
 *
 * The reader trusts nothing: sizes when it is opened, everything else where it is used.  What is
 * wrong in a list gives fewer places, never a fault. */
#ifndef TC_DB_INDEX_H
#define TC_DB_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "core/fold.h"

enum {
  INDEX_VERSION = 1,
  INDEX_KEY_MAX = 64 * 1024, /* bytes of a sort key; a longer one is cut there */
  INDEX_BLOCK = 16,
  INDEX_DIGITS = 33, /* of one number, with a NUL */
  INDEX_BITMAP = 31  /* the bit of LIST_COUNT */
};

/* What a term begins with that is no word. */
#define INDEX_MARKERS "!#%=@^$"

enum index_section {
  INDEX_PLACE,
  INDEX_BY_ID,
  INDEX_KEY_AT,
  INDEX_KEYS,
  INDEX_TERM_AT,
  INDEX_TERMS,
  INDEX_LIST_AT,
  INDEX_LIST_COUNT,
  INDEX_LISTS,
  INDEX_RANGE,
  INDEX_SOUND,
  INDEX_DIGIT_AT,
  INDEX_DIGITS_TEXT,
  INDEX_PAIR,
  INDEX_RUN,
  INDEX_RUN_PLACE,
  INDEX_SECTIONS
};

struct index_header {
  char magic[8];                   /* "tcwords\n" */
  uint32_t version;                /* INDEX_VERSION */
  uint32_t order;                  /* 0x01020304: another order of bytes is another machine's */
  uint64_t size;                   /* of all bytes */
  uint64_t sum;                    /* of all bytes behind the header (index_sum) */
  uint32_t entries, terms;         /* counts */
  uint64_t at[INDEX_SECTIONS];     /* where each section begins */
  uint64_t length[INDEX_SECTIONS]; /* its bytes */
};

struct index_range {
  uint32_t first, behind, use, at, count; /* at and count as in LIST_AT and LIST_COUNT */
};

/* ---- building ----------------------------------------------------------------------------------
 */

struct index_maker;

/* For entries that will be added in the order of their keys.  whole: with runs of numbers and
 * unions for short prefixes, for a file; else what is quickly made, for memory. */
TC_MUST_CHECK tc_status index_maker_new(struct index_maker **out, bool whole, struct tc_error *err);
void index_maker_free(struct index_maker *m); /* NULL-safe */

/* The next entry: its id, sort key and document (document.h). */
TC_MUST_CHECK tc_status index_maker_add(struct index_maker *m, int64_t id, const char *key,
                                        size_t key_len, const char *document, struct tc_error *err);

/* Writes a new file (0640), synced; TC_FULL, TC_IO, TC_DENIED; nothing is left of it then. */
TC_MUST_CHECK tc_status index_maker_write(struct index_maker *m, const char *path,
                                          struct tc_error *err);

struct index;

/* Into memory; *out belongs to the caller (index_close). */
TC_MUST_CHECK tc_status index_maker_finish(struct index_maker *m, struct index **out,
                                           struct tc_error *err);

/* ---- reading -----------------------------------------------------------------------------------
 */

/* Maps a file.  TC_NO_INPUT: it is not there; TC_DAMAGED; TC_DENIED; TC_IO. */
TC_MUST_CHECK tc_status index_open(struct index **out, const char *path, struct tc_error *err);
/* Takes bytes of malloc() over, also on failure. */
TC_MUST_CHECK tc_status index_adopt(struct index **out, void *bytes, size_t len,
                                    struct tc_error *err);
void index_close(struct index *x); /* NULL-safe */

/* Has a read of the file failed since (guard.h)?  What was found then may be too little. */
bool index_failed(const struct index *x);

/* The sentence that a file is damaged: TC_DAMAGED. */
TC_MUST_CHECK tc_status index_is_damaged(const char *path, struct tc_error *err);

/* Do all bytes of a file still give the sum that it was written with?  A step reads a mebibyte;
 * *more: there is more to read.  TC_DAMAGED: they do not.  Opening: as index_open(). */
struct index_proof;
TC_MUST_CHECK tc_status index_proof_open(struct index_proof **out, const char *path,
                                         struct tc_error *err);
TC_MUST_CHECK tc_status index_proof_step(struct index_proof *p, bool *more, struct tc_error *err);
void index_proof_close(struct index_proof *p); /* NULL-safe */

/* A sum of bytes, eight at a time, going on from sum (0 at first); len is a multiple of eight but
 * at the end. */
uint64_t index_sum(uint64_t sum, const void *bytes, size_t len);

size_t index_entries(const struct index *x);
int64_t index_id(const struct index *x, size_t place); /* -1: there is none */
bool index_place(const struct index *x, int64_t id, size_t *place);

/* How many entries sort before a key. */
size_t index_before(const struct index *x, const char *key, size_t len);

uint32_t index_terms(const struct index *x); /* how many */

/* Terms [first, behind). */
struct term_range {
  uint32_t first, behind;
};
struct term_range index_begin(const struct index *x, const char *prefix, size_t len);
bool index_term(const struct index *x, const char *text, size_t len, uint32_t *term);
const char *index_term_text(const struct index *x, uint32_t term, size_t *len);

enum { INDEX_PLAIN, INDEX_ALIAS };

/* Adds the places of a term, or of a range of terms; whether there were any. */
bool index_add(const struct index *x, uint32_t term, int use, uint64_t *set);
bool index_add_range(const struct index *x, struct term_range range, int use, uint64_t *set);

/* Terms whose sound is this one's, at most `most`, by number. */
size_t index_sounds(const struct index *x, const char *word, size_t len, uint32_t *terms,
                    size_t most);

/* Terms that may be meant (near_allowance), of each distance the first INDEX_NEAR by number.
 * beginning: the word is still being typed. */
enum { INDEX_NEAR = 16, INDEX_DISTANCES = 3 };
struct index_near {
  uint32_t terms[INDEX_DISTANCES][INDEX_NEAR];
  size_t counts[INDEX_DISTANCES];
};
void index_near(const struct index *x, const char *word, size_t len, bool beginning,
                struct index_near *out);

/* Entries that own exactly this number (not a masked one). */
bool index_add_number(const struct index *x, const char *digits, uint64_t *set);

/* How many times the digits run through numbers; SIZE_MAX: this index does not know. */
size_t index_runs(const struct index *x, const char *digits);
/* Adds the entries whose numbers they run through; only where index_runs() knows. */
void index_add_runs(const struct index *x, const char *digits, uint64_t *set);

/* Digits made ready to be looked for in one entry after another. */
struct run_pattern {
  char digits[INDEX_DIGITS];
  size_t len;
  uint64_t pairs[2];
};
void run_pattern_set(struct run_pattern *p, const char *digits);
bool index_has_run(const struct index *x, size_t place, const struct run_pattern *p);

#endif
