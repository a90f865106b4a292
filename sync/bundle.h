/* Bundles: a signed file with a directory, or with what has changed since a revision, for a
 * terminal that no network reaches.
 *
 * The file: the line "tocsin-bundle 1" and a newline; packed bytes (pack.h); the manifest
 * (bundle_manifest.h), which says who signed it, of which revision it is and the SHA-256 of each
 * piece of the packed bytes; its Ed25519 signature (over that first line and the manifest); and its
 * length, u32 little-endian.  Packed are the rows of a pull behind its header, each behind its
 * length, u32 little-endian.
 *
 * Nothing is unpacked, and no database is opened, before the signature of the manifest and the hash
 * of the piece have been checked.  Then a bundle is taken in as any answer of a source is:
 * audiences, count, digest, removals. */
#ifndef TC_SYNC_BUNDLE_H
#define TC_SYNC_BUNDLE_H

#include <stdint.h>

#include "base/status.h"
#include "sync/pull.h"

/* Makes a key: the secret one into a file that is not there yet, for its owner alone; *public_key
 * in hexadecimal is appended. */
TC_MUST_CHECK tc_status bundle_key(const char *file, struct buffer *public_key,
                                   struct tc_error *err);

struct bundle_orders {
  uint32_t scope;     /* of the terminals that it is for */
  int64_t since;      /* what has changed since that revision; -1: everything */
  const char *key;    /* file of the secret key */
  const char *output; /* what is there is replaced in the end */
};

/* Writes one.  *head: the source's word of what is in it, bytes the size of the file; *expected is
 * set to the records of a whole one while they come. */
TC_MUST_CHECK tc_status bundle_make(struct pg *pg, const struct bundle_orders *orders,
                                    struct pull_header *head, int64_t *expected,
                                    struct tc_error *err);

/* Takes one in.  keys: the public keys that are believed, in hexadecimal, with blanks between.
 * TC_FOREIGN: it is no bundle.  TC_DENIED: signed by none of these keys.  TC_DAMAGED: it is not as
 * it was signed.  TC_REFUSED: for other audiences, older than the cache on its own history, of
 * changes that do not follow on the cache, or held.  TC_CONFIG: for more than may be held here.
 * TC_NEWER. After any failure the cache is as it was. */
TC_MUST_CHECK tc_status bundle_load(const struct pull_orders *orders, const char *file,
                                    const char *keys, struct pull_report *report,
                                    struct tc_error *err);

#endif
