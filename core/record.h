/* The record: the one canonical form of a part, everywhere (tocsin-record(5)).
 *
 *   tocsin1 TAB kind TAB audience TAB uuid LF
 *   tag TAB field TAB ... TAB name=value TAB ... LF      one line per fact, sorted by bytes
 *
 * The source builds it, hashes are taken over its bytes, the cache stores exactly those bytes.
 * Canonical: there is one spelling only.  UTF-8 without NUL; in a field, backslash, tab and
 * newline are written \\ \t \n; UUIDs in the 22-character form; integers in decimal without
 * leading zeros (an order is always three digits); attributes sorted by name, none empty; lines
 * sorted, none twice.  A line with an unknown tag, an unknown attribute of a known line, and a
 * known line that uses a word unknown to this version are kept and written back as they came.
 *
 * A sealed record is the header with kind "sealed" and then any bytes: for an audience that this
 * program cannot open.
 *
 * One table (record_table.c) drives decoding, encoding and the manual page. */
#ifndef TC_CORE_RECORD_H
#define TC_CORE_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "core/directory.h"

enum {
  RECORD_VERSION = 1,
  RECORD_MAX = 1024 * 1024, /* bytes of one record */
};

/* The header line alone. */
struct record_head {
  int version;
  enum record_kind kind; /* RECORD_NONE: a kind of a newer version, kept as bytes */
  enum audience audience;
  struct uuid uuid;
  size_t body; /* offset of the first line */
};

/* A decoded record of any kind: head.kind says which member. */
struct record {
  struct record_head head;
  union {
    struct entry entry;
    struct site site;
    struct plan plan;
    struct domain domain;
    struct rule rule;
    struct calendar calendar;
    struct rota rota;
    struct incident incident;
    struct group group;
    struct scenario scenario;
    struct exercise exercise;
    struct round round;
    struct print print;
    struct act act;
    struct { /* RECORD_SEALED, and RECORD_NONE */
      const char *bytes;
      size_t len;
    } opaque;
  };
};

/* Reads the header line.  TC_INVALID: not a record.  TC_NEWER: version above RECORD_VERSION. */
TC_MUST_CHECK tc_status record_head(struct record_head *out, const void *bytes, size_t len,
                                    struct tc_error *err);

/* Decodes a whole record.  Text and arrays belong to the arena; nothing points into bytes.
 * TC_INVALID: not canonical, or a field breaks its grammar (the row in err is the line).
 * TC_NEWER as record_head().  TC_NO_MEMORY. */
TC_MUST_CHECK tc_status record_decode(struct record *out, const void *bytes, size_t len,
                                      struct arena *arena, struct tc_error *err);

/* Appends the canonical bytes of r to out.  TC_INVALID: text that is not UTF-8, a missing UUID or
 * kind, a number out of range.  TC_TOO_LONG over RECORD_MAX.  What record_encode() wrote,
 * record_decode() accepts; encode(decode(x)) is x for any x that it accepts. */
TC_MUST_CHECK tc_status record_encode(const struct record *r, struct buffer *out,
                                      struct tc_error *err);

/* Merges the parts of one entry (any order, at least one) into *out: the head of the part that has
 * a name, contacts of all by order (each with its part's audience), notes, overrides and former
 * numbers of all, and what is withheld of audiences that no part is of. The arrays are new in the
 * arena, the text is shared with the parts. */
TC_MUST_CHECK tc_status entry_merge(struct entry *out, const struct entry *parts, size_t count,
                                    struct arena *arena, struct tc_error *err);

/* Writes what tocsin-record(5) says of each kind and line, as roff. */
void record_describe(struct buffer *out);

#endif
