#include "sync/follow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "db/cache.h"
#include "db/queue.h"
#include "db/state.h"
#include "db/writer.h"

enum {
  TARGETS_MAX = 64,
  CONNECT_SECONDS = 15,
  BEAT_SECONDS = 300,
  STATE_US = 30 * 1000000,  /* a state that says nothing new is written no sooner */
  LOUD_SECONDS = 600,       /* how long a restored source is told of */
  PUSH_US = 30 * 1000000,   /* acts that were refused or could not be sent are tried no sooner */
  PUSH_CONNECT_MS = 3000,   /* a primary that does not answer must not keep a replica's news back */
  PREFER_US = 300 * 1000000 /* how long one stays with a source that is not the first */
};

struct target {
  const struct source_setting *setting;   /* NULL: typed */
  char host[256], hostaddr[64], port[16]; /* "": as conninfo says */
  size_t section;
  uint64_t draw; /* where it stands among the hosts of its section */
};

struct follower {
  const struct settings *settings;
  const char *typed, *scope_dir;
  const char *snapshot; /* a file; NULL: none */
  struct pg_patience patience;
  const struct log *log;
  struct target targets[TARGETS_MAX];
  size_t count, at;
  struct pg *pg;      /* to targets[at] */
  bool listens, told; /* told: there is news, so nobody asks whether there is */
  bool distrust;      /* the next round compares all that is stored */
  int64_t since_us;   /* connected */
  /* the cache as it was after the last round, so that "anything new?" costs no reading */
  struct cache *cache;
  struct pull_cursor cursor;
  /* what the state file says */
  struct sync_state state;
  bool state_known;
  int64_t written_us;
  int64_t loud_until_us; /* the state's word must be heard of until then */
  /* what was written here: as it was when it was last looked at, and sent */
  uint64_t acts_stamp;
  struct push_due due;
  int64_t pushed_us; /* 0: not yet */
};

/* ---- whom to ask -------------------------------------------------------------------------------
 */

struct gathering {
  struct follower *f;
  const struct source_setting *setting;
  size_t section;
};

/* The same terminal draws the same number for a host every time, another one another. */
static uint64_t draw(const struct uuid *terminal, const char *host, const char *address,
                     const char *port) {
  char text[400];
  uint8_t hash[HASH_SHA256];
  uint64_t n;
  uuid_format(terminal, text);
  size_t len = strlen(text);
  if (uuid_is_nil(terminal)) { /* not enrolled: the machine's name tells terminals apart */
    struct buffer name = BUFFER_INIT;
    if (file_read(&name, "/etc/hostname", 256, NULL) == TC_OK)
      len = (size_t)snprintf(text, 200, "%s", buffer_text(&name));
    len = len < 199 ? len : 199;
    buffer_free(&name);
  }
  snprintf(text + len, sizeof text - len, "\n%s\n%s\n%s", host ? host : "", address ? address : "",
           port ? port : "");
  hash_sha256(text, strlen(text), hash);
  memcpy(&n, hash, sizeof n);
  return n;
}

static tc_status add_target(void *context, const char *host, const char *address, const char *port,
                            struct tc_error *err) {
  struct gathering *g = context;
  struct follower *f = g->f;
  if (f->count == TARGETS_MAX)
    return tc_fail(err, TC_TOO_LONG, _("there are more than %d hosts"), TARGETS_MAX);
  bool shuffle = g->setting && g->setting->role == SOURCE_REPLICA;
  struct target *t = &f->targets[f->count++];
  *t = (struct target){.setting = g->setting, .section = g->section, .draw = f->count};
  if (shuffle)
    t->draw = draw(&f->settings->terminal, host, address, port);
  const struct {
    char *to;
    size_t cap;
    const char *from;
  } texts[] = {{t->host, sizeof t->host, host},
               {t->hostaddr, sizeof t->hostaddr, address},
               {t->port, sizeof t->port, port}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (texts[i].from &&
        snprintf(texts[i].to, texts[i].cap, "%s", texts[i].from) >= (int)texts[i].cap)
      return tc_fail(err, TC_TOO_LONG, _("the name of a host is too long"));
  return TC_OK;
}

static bool is_primary(const struct target *t) {
  return !t->setting || t->setting->role == SOURCE_PRIMARY;
}

/* Replicas first, sections as the file has them, the hosts of one by lot. */
static int by_turn(const void *a, const void *b) {
  const struct target *x = a, *y = b;
  if (is_primary(x) != is_primary(y))
    return is_primary(x) ? 1 : -1;
  if (x->section != y->section)
    return x->section < y->section ? -1 : 1;
  return x->draw < y->draw ? -1 : x->draw > y->draw;
}

static tc_status gather(struct follower *f, struct tc_error *err) {
  struct gathering g = {.f = f};
  if (f->typed)
    return pg_hosts(f->typed, add_target, &g, err);
  tc_status status = TC_OK;
  for (; g.section < f->settings->source_count && status == TC_OK; g.section++) {
    struct tc_error own = {.status = TC_OK};
    g.setting = &f->settings->sources[g.section];
    status = pg_hosts(g.setting->conninfo, add_target, &g, &own);
    if (status != TC_OK)
      tc_fail(err, status == TC_USAGE ? TC_CONFIG : status, "%s: [source %s]: %s",
              f->settings->file, g.setting->name, own.text);
    if (status == TC_USAGE)
      status = TC_CONFIG;
  }
  if (status == TC_OK && !f->count)
    return tc_fail(err, TC_USAGE,
                   _("it needs --source CONNINFO, or a [source NAME] in tocsin.conf"));
  qsort(f->targets, f->count, sizeof *f->targets, by_turn);
  return status;
}

static bool is_loud(const char *word) {
  return !strcmp(word, "restored") || !strcmp(word, "repaired");
}

/* What an earlier program had to tell lasts as long as if it had gone on: a pull from cron is a
 * program a minute.  A clock that was set back in between ends it. */
static void remember_loud(struct follower *f) {
  int64_t ago = (int64_t)time(NULL) - f->state.loud;
  if (f->state_known && is_loud(f->state.result) && ago >= 0 && ago < LOUD_SECONDS)
    f->loud_until_us = clock_monotonic_us() + (LOUD_SECONDS - ago) * 1000000;
}

tc_status follower_open(struct follower **out, const struct settings *settings, const char *typed,
                        const char *scope_dir, const struct pg_patience *patience,
                        struct tc_error *err) {
  struct follower *f = calloc(1, sizeof *f);
  *out = NULL;
  if (!f)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  f->settings = settings;
  f->typed = typed;
  f->scope_dir = scope_dir;
  f->patience = *patience;
  f->patience.answer_ms = settings->patience * 1000;
  f->patience.connect_ms =
      settings->patience < CONNECT_SECONDS ? f->patience.answer_ms : CONNECT_SECONDS * 1000;
  tc_status status = gather(f, err);
  if (status != TC_OK) {
    follower_close(f);
    return status;
  }
  f->state_known = state_read(&f->state, scope_dir, NULL) == TC_OK;
  remember_loud(f);
  *out = f;
  return TC_OK;
}

void follower_trace(struct follower *f, const struct log *log) {
  f->log = log;
}

void follower_disconnect(struct follower *f) {
  pg_close(f->pg);
  f->pg = NULL;
  f->listens = false;
}

void follower_close(struct follower *f) {
  if (!f)
    return;
  follower_disconnect(f);
  cache_close(f->cache);
  free(f);
}

/* ---- a round -----------------------------------------------------------------------------------
 */

static tc_status open_target(struct follower *f, size_t at, struct pg **out, struct tc_error *err) {
  const struct target *t = &f->targets[at];
  const struct pg_target target = {
      .conninfo = t->setting ? t->setting->conninfo : f->typed,
      .host = t->host[0] ? t->host : NULL,
      .hostaddr = t->hostaddr[0] ? t->hostaddr : NULL,
      .port = t->port[0] ? t->port : NULL,
      .plaintext_to = t->setting ? t->setting->insecure_plaintext_to : NULL,
  };
  return pg_open_target(out, &target, &f->patience, err);
}

static tc_status connect_to(struct follower *f, size_t at, struct tc_error *err) {
  follower_disconnect(f);
  tc_status status = open_target(f, at, &f->pg, err);
  if (status != TC_OK)
    return status;
  f->at = at;
  f->since_us = clock_monotonic_us();
  const struct target *t = &f->targets[at];
  if (t->setting && t->setting->listen) /* refused on a hot standby: then it is asked as usual */
    f->listens = pg_run(f->pg, "LISTEN tocsin", NULL) == TC_OK;
  return TC_OK;
}

/* Where the cache is now, kept for the next question. */
static void remember_cache(struct follower *f) {
  struct buffer text = BUFFER_INIT;
  if (f->cache ? cache_refresh(f->cache, NULL) != TC_OK
               : cache_open(&f->cache, f->scope_dir, NULL) != TC_OK) {
    cache_close(f->cache);
    f->cache = NULL;
  }
  f->cursor.known = false;
  if (f->cache && (writer_cursor(&text, f->scope_dir, NULL) != TC_OK ||
                   cursor_read(&f->cursor, buffer_text(&text), text.len, NULL) != TC_OK))
    f->cursor.known = false;
  buffer_free(&text);
}

/* One round over the connection there is. */
static tc_status ask(struct follower *f, struct pull_report *report, struct tc_error *err) {
  bool same = false;
  pull_report_begin(report);
  bool told = f->told;
  f->told = false;
  if (!told && !f->distrust && f->cache && f->cursor.known && !cache_changed(f->cache)) {
    tc_status status = pull_probe(f->pg, &f->cursor, &same, &report->source_now, NULL);
    if (status == TC_OK && same) {
      report->word = "same";
      report->reason = _("nothing new");
      report->revision = f->cursor.revision;
      report->unreadable = cache_info(f->cache)->unreadable;
      snprintf(report->source, sizeof report->source, "%s", pg_source(f->pg));
      return TC_OK;
    } /* a fault is met again, and told, by the round */
  }
  const struct pull_orders orders = {.scope_dir = f->scope_dir,
                                     .most = f->settings->audience,
                                     .snapshot = f->snapshot,
                                     .compare = f->distrust};
  tc_status status = pull_round(f->pg, &orders, report, err);
  if (status == TC_OK) {
    f->distrust = false;
    remember_cache(f);
  } else if (!pg_settled(f->pg)) { /* a full disk here must not hold a transaction open there */
    follower_disconnect(f);
  }
  return status;
}

static void trace(const struct follower *f, tc_status status, const struct pull_report *r,
                  const struct tc_error *err) {
  if (status == TC_OK)
    log_line(f->log, LOG_DEBUG_LEVEL, _("asked %s: %s"), r->source, r->reason);
  else
    log_line(f->log, LOG_DEBUG_LEVEL, _("asked in vain: %s"), err->text);
}

/* What another source may do better, also one whose answer is noise or does not add up.  Busy
 * behind any other word is another writer here; a directory of a newer program is here as well, and
 * what is held waits for a person. */
static bool is_of_the_source(tc_status status, const struct pull_report *report) {
  switch (status) {
  case TC_UNAVAILABLE:
  case TC_DENIED:
  case TC_CONFIG:
  case TC_DAMAGED:
    return true;
  case TC_BUSY:
    return !strcmp(report->word, "behind") || !strcmp(report->word, "failed");
  case TC_NEWER:
    return !strcmp(report->word, "old");
  case TC_REFUSED:
    return !report->held;
  default:
    return false;
  }
}

static tc_status ask_in_turn(struct follower *f, struct pull_report *report, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  if (f->pg && f->at > 0 && clock_monotonic_us() - f->since_us > PREFER_US)
    follower_disconnect(f);
  if (f->pg) { /* it may have ended meanwhile: no fault of anyone */
    tc_status status = ask(f, report, &own);
    trace(f, status, report, &own);
    if (!is_of_the_source(status, report)) {
      if (status != TC_OK && err && err->status == TC_OK)
        *err = own;
      return status;
    }
  }
  struct pull_report first = {.word = NULL};
  tc_status first_status = TC_UNAVAILABLE;
  struct tc_error first_error = {.status = TC_OK};
  for (size_t i = 0; i < f->count; i++) {
    tc_error_clear(&own);
    pull_report_begin(report);
    tc_status status = connect_to(f, i, &own);
    if (status == TC_OK)
      status = ask(f, report, &own);
    trace(f, status, report, &own);
    if (!is_of_the_source(status, report)) {
      if (status != TC_OK && err && err->status == TC_OK)
        *err = own;
      return status;
    }
    if (!first.word) {
      first = *report;
      first_status = status;
      first_error = own;
    }
  }
  follower_disconnect(f);
  *report = first;
  if (err && err->status == TC_OK)
    *err = first_error;
  return first_status;
}

/* What an earlier program had received comes first, whether a source is there or not. */
tc_status follower_round(struct follower *f, struct pull_report *report, struct tc_error *err) {
  struct pull_report left;
  struct tc_error why = {.status = TC_OK};
  const struct pull_orders orders = {.scope_dir = f->scope_dir, .most = f->settings->audience};
  tc_status took = pull_resume(&orders, &left, &why);
  if (took != TC_NOT_FOUND)
    log_line(f->log, LOG_DEBUG_LEVEL, _("what an earlier round had received: %s"),
             took == TC_OK ? _("applied") : why.text);
  tc_status status = ask_in_turn(f, report, err);
  if (took != TC_OK)
    return status;
  report->put += left.put;
  report->removed += left.removed;
  if (report->revision == 0)
    report->revision = left.revision;
  if (!strcmp(report->word, "same")) {
    report->word = "delta";
    report->reason = _("what an earlier round had received was applied");
  }
  return status;
}

void follower_distrust(struct follower *f) {
  f->distrust = true;
}

void follower_snapshot(struct follower *f, const char *file) {
  f->snapshot = file;
}

/* ---- what is told of it ------------------------------------------------------------------------
 */

/* What is new meanwhile does not take a loud word away: nobody may have looked yet. */
tc_status follower_keep_state(struct follower *f, const struct pull_report *r, tc_status outcome,
                              const char *text, bool always, struct tc_error *err) {
  int64_t now_us = clock_monotonic_us(), now = (int64_t)time(NULL);
  struct sync_state next = f->state;
  bool loud = outcome == TC_OK && is_loud(r->word);
  bool keep_loud =
      outcome == TC_OK && !loud && is_loud(f->state.result) && now_us < f->loud_until_us;
  if (loud) {
    f->loud_until_us = now_us + LOUD_SECONDS * INT64_C(1000000);
    next.loud = now;
    text = r->reason;
  }
  if (!keep_loud) {
    snprintf(next.result, sizeof next.result, "%s", r->word);
    snprintf(next.text, sizeof next.text, "%s", text);
  }
  if (r->source[0])
    snprintf(next.source, sizeof next.source, "%s", r->source);
  if (outcome == TC_OK)
    next.confirmed = r->source_now;
  next.checked = now;
  if (r->revision)
    next.revision = r->revision;
  next.offered = r->offered;
  next.held = r->held;
  bool same = f->state_known && !strcmp(next.result, f->state.result) &&
              !strcmp(next.text, f->state.text) && !strcmp(next.source, f->state.source) &&
              next.revision == f->state.revision && next.offered == f->state.offered &&
              next.held == f->state.held;
  f->state = next;
  f->state_known = true;
  if (same && !always && now_us - f->written_us < STATE_US)
    return TC_OK;
  tc_status status = state_write(&f->state, f->scope_dir, err);
  if (status == TC_OK)
    f->written_us = now_us;
  return status;
}

/* The first primary that lets us in, over the connection there is where it leads there; else *other
 * is a new one, to be closed.  NULL: there is none. */
static struct pg *primary(struct follower *f, struct pg **other, struct tc_error *err) {
  *other = NULL;
  if (f->pg && is_primary(&f->targets[f->at]))
    return f->pg;
  for (size_t i = 0; i < f->count; i++)
    if (is_primary(&f->targets[i]) && open_target(f, i, other, err) == TC_OK)
      return *other;
  return NULL;
}

/* ---- what was written here ---------------------------------------------------------------------
 */

/* A first connection to a primary is kept for the round that follows. */
static struct pg *push_connection(struct follower *f, struct pg **other, struct tc_error *err) {
  int usual = f->patience.connect_ms;
  *other = NULL;
  if (f->patience.connect_ms > PUSH_CONNECT_MS)
    f->patience.connect_ms = PUSH_CONNECT_MS;
  struct pg *pg = NULL;
  if (!f->pg && f->count && is_primary(&f->targets[0]))
    pg = connect_to(f, 0, err) == TC_OK ? f->pg : NULL;
  else
    pg = primary(f, other, err);
  f->patience.connect_ms = usual;
  return pg;
}

tc_status follower_push(struct follower *f, struct push_report *report, struct push_due *due,
                        struct tc_error *err) {
  int64_t now = clock_monotonic_us();
  uint64_t stamp = queue_stamp(f->scope_dir);
  tc_status status = TC_OK;
  bool fresh = stamp != f->acts_stamp;
  *report = (struct push_report){.sent = 0};
  struct tc_error why = {.status = TC_OK};
  if (fresh)
    status = push_take(f->scope_dir, &f->due, &why);
  *due = f->due;
  f->acts_stamp = status == TC_OK ? stamp : 0; /* what comes meanwhile is met the next time */
  if (status == TC_BUSY) /* so is what another program is sending, should it come to nothing */
    return TC_OK;
  if (status != TC_OK && err && err->status == TC_OK)
    *err = why;
  if (status != TC_OK)
    return status;
  int64_t wait = f->due.pending ? (fresh ? 0 : PUSH_US) : BEAT_SECONDS * INT64_C(1000000);
  if ((!f->due.pending && !f->due.kept) || (f->pushed_us && now - f->pushed_us < wait))
    return TC_OK;
  struct pg *other, *pg = push_connection(f, &other, err);
  f->pushed_us = now ? now : 1;
  if (!pg)
    return err ? err->status : TC_UNAVAILABLE;
  status = push_round(pg, f->scope_dir, (int64_t)time(NULL), report, err);
  if (status != TC_OK && pg == f->pg && !pg_alive(pg))
    follower_disconnect(f);
  pg_close(other);
  struct push_due after;
  if (push_take(f->scope_dir, &after, NULL) == TC_OK)
    f->due = *due = after;
  if (f->due.full) /* what was answered may have made room */
    f->acts_stamp = 0;
  return status;
}

tc_status follower_push_again(struct follower *f, const struct pull_report *round,
                              struct push_report *report, struct push_due *due,
                              struct tc_error *err) {
  struct push_report more;
  *due = f->due;
  if (strcmp(round->word, "restored") != 0 || !f->due.pending)
    return TC_OK;
  f->pushed_us = 0;
  tc_status status = follower_push(f, &more, due, err);
  report->sent += more.sent;
  report->changed += more.changed;
  report->again += more.again;
  report->aside += more.aside;
  return status;
}

/* ---- the heartbeat -----------------------------------------------------------------------------
 */

void follower_beat(struct follower *f, const struct pull_report *report) {
  int64_t now = (int64_t)time(NULL);
  if (!report->source_now || uuid_is_nil(&f->settings->terminal) || !f->state_known ||
      (f->state.beat <= now && now - f->state.beat < BEAT_SECONDS))
    return;
  struct pg *other, *pg = primary(f, &other, NULL);
  f->state.beat = now; /* also where nobody hears it: five minutes are five minutes */
  if (state_write(&f->state, f->scope_dir, NULL) == TC_OK)
    f->written_us = clock_monotonic_us();
  if (!pg)
    return;
  char terminal[UUID_TEXT], revision[24], queue[24];
  struct buffer out = BUFFER_INIT;
  uuid_format(&f->settings->terminal, terminal);
  snprintf(revision, sizeof revision, "%lld", (long long)f->state.revision);
  snprintf(queue, sizeof queue, "%zu", f->due.pending);
  const char *params[] = {terminal, revision, TC_VERSION, queue};
  if (pg_value(pg, &out, "SELECT tocsin.heartbeat($1::uuid, $2::bigint, $3::text, $4::int)::text",
               params, sizeof params / sizeof *params, NULL) != TC_OK &&
      pg == f->pg && !pg_alive(pg))
    follower_disconnect(f);
  buffer_free(&out);
  pg_close(other);
}

int follower_socket(const struct follower *f) {
  return f->pg ? pg_socket(f->pg) : -1;
}

bool follower_told(struct follower *f) {
  if (!f->pg)
    return false;
  if (pg_alive(f->pg)) {
    f->told = pg_was_told(f->pg);
    return f->told;
  }
  follower_disconnect(f);
  return true;
}
