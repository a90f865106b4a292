/* Bytes compressed and brought back, piece by piece (zstd, RFC 8878).  The only place that knows
 * zstd. */
#ifndef TC_SYNC_PACK_H
#define TC_SYNC_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Takes what came out.  A failure of it ends the call that it happened in. */
typedef tc_status pack_sink(void *context, const void *bytes, size_t len, struct tc_error *err);

struct pack;

TC_MUST_CHECK tc_status pack_new(struct pack **out, pack_sink *sink, void *context,
                                 struct tc_error *err);
TC_MUST_CHECK tc_status pack_add(struct pack *p, const void *bytes, size_t len,
                                 struct tc_error *err);
TC_MUST_CHECK tc_status pack_end(struct pack *p, struct tc_error *err);
void pack_free(struct pack *p); /* NULL-safe */

struct unpack;

TC_MUST_CHECK tc_status unpack_new(struct unpack **out, pack_sink *sink, void *context,
                                   struct tc_error *err);
/* TC_DAMAGED: that was not compressed by us. */
TC_MUST_CHECK tc_status unpack_add(struct unpack *u, const void *bytes, size_t len,
                                   struct tc_error *err);
/* TC_DAMAGED: something is missing. */
TC_MUST_CHECK tc_status unpack_end(struct unpack *u, struct tc_error *err);
void unpack_free(struct unpack *u); /* NULL-safe */

#endif
