#include "sync/pack.h"

#include <stdbool.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/i18n.h"

enum {
  LEVEL = 6,
  WINDOW_LOG = 24, /* 16 MiB: what a frame may ask of whoever reads it */
  PIECE = 256 * 1024
};

struct pack {
  ZSTD_CCtx *ctx;
  pack_sink *sink;
  void *context;
  char piece[PIECE];
};

struct unpack {
  ZSTD_DCtx *ctx;
  pack_sink *sink;
  void *context;
  size_t left; /* 0: a frame has ended */
  char piece[PIECE];
};

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

tc_status pack_new(struct pack **out, pack_sink *sink, void *context, struct tc_error *err) {
  struct pack *p = calloc(1, sizeof *p);
  *out = NULL;
  if (p)
    p->ctx = ZSTD_createCCtx();
  if (!p || !p->ctx ||
      ZSTD_isError(ZSTD_CCtx_setParameter(p->ctx, ZSTD_c_compressionLevel, LEVEL)) ||
      ZSTD_isError(ZSTD_CCtx_setParameter(p->ctx, ZSTD_c_windowLog, WINDOW_LOG - 1))) {
    pack_free(p);
    return no_memory(err);
  }
  /* the work of the other processors, where this libzstd has threads */
  (void)ZSTD_CCtx_setParameter(p->ctx, ZSTD_c_nbWorkers, 2);
  p->sink = sink;
  p->context = context;
  *out = p;
  return TC_OK;
}

static tc_status compress(struct pack *p, ZSTD_inBuffer *in, ZSTD_EndDirective how,
                          struct tc_error *err) {
  size_t left;
  do {
    ZSTD_outBuffer to = {p->piece, sizeof p->piece, 0};
    left = ZSTD_compressStream2(p->ctx, &to, in, how);
    if (ZSTD_isError(left))
      return no_memory(err);
    tc_status status = to.pos ? p->sink(p->context, p->piece, to.pos, err) : TC_OK;
    if (status != TC_OK)
      return status;
  } while (how == ZSTD_e_end ? left != 0 : in->pos < in->size);
  return TC_OK;
}

tc_status pack_add(struct pack *p, const void *bytes, size_t len, struct tc_error *err) {
  ZSTD_inBuffer in = {bytes, len, 0};
  return compress(p, &in, ZSTD_e_continue, err);
}

tc_status pack_end(struct pack *p, struct tc_error *err) {
  ZSTD_inBuffer in = {"", 0, 0};
  return compress(p, &in, ZSTD_e_end, err);
}

void pack_free(struct pack *p) {
  if (p)
    ZSTD_freeCCtx(p->ctx);
  free(p);
}

tc_status unpack_new(struct unpack **out, pack_sink *sink, void *context, struct tc_error *err) {
  struct unpack *u = calloc(1, sizeof *u);
  *out = NULL;
  if (u)
    u->ctx = ZSTD_createDCtx();
  if (!u || !u->ctx ||
      ZSTD_isError(ZSTD_DCtx_setParameter(u->ctx, ZSTD_d_windowLogMax, WINDOW_LOG))) {
    unpack_free(u);
    return no_memory(err);
  }
  u->sink = sink;
  u->context = context;
  u->left = 1;
  *out = u;
  return TC_OK;
}

static tc_status damaged(struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("what is compressed cannot be read"));
}

tc_status unpack_add(struct unpack *u, const void *bytes, size_t len, struct tc_error *err) {
  ZSTD_inBuffer in = {bytes, len, 0};
  bool full = true; /* there may be more than one piece held */
  while (in.pos < in.size || full) {
    ZSTD_outBuffer to = {u->piece, sizeof u->piece, 0};
    if (u->left == 0 && in.pos < in.size) /* nothing follows the one frame */
      return damaged(err);
    if (u->left == 0)
      return TC_OK;
    u->left = ZSTD_decompressStream(u->ctx, &to, &in);
    if (ZSTD_isError(u->left))
      return damaged(err);
    tc_status status = to.pos ? u->sink(u->context, u->piece, to.pos, err) : TC_OK;
    if (status != TC_OK)
      return status;
    full = to.pos == to.size;
  }
  return TC_OK;
}

tc_status unpack_end(struct unpack *u, struct tc_error *err) {
  return u->left == 0 ? TC_OK : damaged(err);
}

void unpack_free(struct unpack *u) {
  if (u)
    ZSTD_freeDCtx(u->ctx);
  free(u);
}
