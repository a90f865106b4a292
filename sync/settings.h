/* What tocsin.conf says to tocsin-sync: [sync], the sources in their order, and the probes. */
#ifndef TC_SYNC_SETTINGS_H
#define TC_SYNC_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/config.h"
#include "base/status.h"
#include "base/uuid.h"
#include "core/directory.h"
#include "sync/endpoint.h"

enum { SETTINGS_SOURCES_MAX = 16, SETTINGS_PROBES_MAX = 32, SETTINGS_CONNINFO = 2048 };

enum source_role { SOURCE_PRIMARY, SOURCE_REPLICA };

struct source_setting {
  char name[CONFIG_WORD];
  char conninfo[SETTINGS_CONNINFO]; /* "": nothing to connect to */
  int role;                         /* enum source_role */
  bool listen;
  char insecure_plaintext_to[256]; /* hosts, by blanks */
};

struct probe_setting {
  char domain[CONFIG_WORD]; /* code of the failure domain */
  char connect[80];
  struct endpoint to; /* what connect says */
  char directions_text[CONFIG_WORD];
  uint32_t directions; /* set of enum direction; 0: all */
  int every, patience; /* seconds */
  int fails, answers;  /* in a row */
};

struct settings {
  char file[CONFIG_PATH]; /* "": there is none */
  char scope[CONFIG_PATH];
  enum audience audience; /* the narrowest that may be held; AUDIENCE_NONE: any */
  struct uuid terminal;   /* nil: not enrolled */
  /* [sync] */
  char terminal_text[CONFIG_WORD];
  char account[CONFIG_WORD];
  char bundle_keys[CONFIG_PATH];
  int every;     /* seconds */
  int most_wait; /* seconds */
  int patience;  /* seconds */
  int stale_minutes;
  struct source_setting sources[SETTINGS_SOURCES_MAX];
  size_t source_count;
  struct probe_setting probes[SETTINGS_PROBES_MAX];
  size_t probe_count;
};

/* Reads path, or where it is NULL the file config_read() would.  TC_CONFIG with file:line: a value
 * that its option does not take, a source without conninfo, a probe without connect. */
TC_MUST_CHECK tc_status settings_read(struct settings *out, const char *path, struct tc_error *err);

/* As config_describe() and config_sample(), of these sections. */
void settings_describe(struct buffer *out);
void settings_sample(struct buffer *out);

#endif
