#include "sync/probe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "sync/gauge.h"
#include "sync/propose.h"

enum { US = 1000000 };

enum outcome { OUTCOME_NONE, OUTCOME_ANSWERED, OUTCOME_FAILED, OUTCOME_UNKNOWN };

struct probe {
  const struct probe_setting *setting;
  struct gauge gauge;
  int fd; /* -1: no try is under way */
  int64_t due_us, deadline_us;
  bool answered; /* the last time */
  char said[sizeof((struct tc_error *)0)->text];
};

struct probes {
  const char *scope_dir;
  const struct log *log;
  size_t count;
  struct probe items[];
};

tc_status probes_open(struct probes **out, const struct settings *settings, const char *scope_dir,
                      const struct log *log, struct tc_error *err) {
  struct probes *p;
  *out = NULL;
  if (!settings->probe_count)
    return TC_OK;
  p = calloc(1, sizeof *p + settings->probe_count * sizeof p->items[0]);
  if (!p)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  p->scope_dir = scope_dir;
  p->log = log;
  p->count = settings->probe_count;
  for (size_t i = 0; i < p->count; i++)
    p->items[i] = (struct probe){.setting = &settings->probes[i], .fd = -1};
  *out = p;
  return TC_OK;
}

static void hang_up(struct probe *probe) {
  if (probe->fd >= 0)
    close(probe->fd);
  probe->fd = -1;
}

void probes_close(struct probes *p) {
  for (size_t i = 0; p && i < p->count; i++)
    hang_up(&p->items[i]);
  free(p);
}

size_t probes_poll(const struct probes *p, struct pollfd *fds) {
  size_t n = 0;
  for (size_t i = 0; p && i < p->count; i++)
    if (p->items[i].fd >= 0)
      fds[n++] = (struct pollfd){.fd = p->items[i].fd, .events = POLLOUT};
  return n;
}

int probes_wait_ms(const struct probes *p, int ms) {
  int64_t now = clock_monotonic_us();
  for (size_t i = 0; p && i < p->count; i++) {
    const struct probe *probe = &p->items[i];
    int64_t left = (probe->fd >= 0 ? probe->deadline_us : probe->due_us) - now;
    int64_t wait = left > 0 ? left / 1000 + 1 : 0;
    if (wait < ms)
      ms = (int)wait;
  }
  return ms;
}

/* What this machine itself lacks says nothing of the other end. */
static enum outcome outcome_of(int error) {
  switch (error) {
  case 0:
    return OUTCOME_ANSWERED;
  case EINPROGRESS:
  case EINTR:
    return OUTCOME_NONE;
  case ENETUNREACH:
  case ENETDOWN:
  case EADDRNOTAVAIL:
  case EACCES:
  case EPERM:
  case EMFILE:
  case ENFILE:
  case ENOBUFS:
  case ENOMEM:
  case EAFNOSUPPORT:
    return OUTCOME_UNKNOWN;
  default:
    return OUTCOME_FAILED;
  }
}

static enum outcome dial(struct probe *probe, int64_t now) {
  const struct endpoint *to = &probe->setting->to;
  probe->due_us = now + (int64_t)probe->setting->every * US;
  probe->deadline_us = now + (int64_t)probe->setting->patience * US;
  probe->fd = socket(to->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (probe->fd < 0)
    return outcome_of(errno);
  return outcome_of(
      connect(probe->fd, (const struct sockaddr *)&to->address, to->len) == 0 ? 0 : errno);
}

/* An answer that came in time counts also where it is looked at late. */
static enum outcome look(const struct probe *probe, int64_t now) {
  struct pollfd fd = {.fd = probe->fd, .events = POLLOUT};
  int error = 0;
  socklen_t len = sizeof error;
  if (poll(&fd, 1, 0) <= 0)
    return now < probe->deadline_us ? OUTCOME_NONE : OUTCOME_FAILED;
  if (getsockopt(probe->fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0)
    error = errno;
  return outcome_of(error);
}

/* Does nothing else answer either? */
static bool is_alone(const struct probes *p, const struct probe *of, bool source_answers) {
  for (size_t i = 0; i < p->count; i++)
    if (&p->items[i] != of && p->items[i].answered)
      return false;
  return !source_answers;
}

/* The same sentence again is none. */
static void tell(const struct probes *p, struct probe *probe, const char *text) {
  if (strcmp(probe->said, text) != 0)
    log_line(p->log, LOG_WARNING_LEVEL, "%s", text);
  size_t len = strlen(text);
  len = len < sizeof probe->said ? len : sizeof probe->said - 1;
  memcpy(probe->said, text, len);
  probe->said[len] = '\0';
}

static bool act_on(struct probes *p, struct probe *probe, enum gauge_word word) {
  const struct probe_setting *s = probe->setting;
  struct tc_error err = {.status = TC_OK};
  bool written = false;
  if (word == GAUGE_NOTHING)
    return false;
  tc_status status =
      word == GAUGE_REPORT
          ? propose_report(p->scope_dir, s->domain, s->directions, s->fails, &written, &err)
          : propose_take_back(p->scope_dir, s->domain, &written, &err);
  if (status != TC_OK) {
    gauge_unsay(&probe->gauge);
    tell(p, probe, err.text);
    return false;
  }
  probe->said[0] = '\0';
  if (word == GAUGE_REPORT)
    log_line(p->log, LOG_WARNING_LEVEL,
             written ? _("probe %s: no answer %d times: reported, for a switchboard to declare")
                     : _("probe %s: no answer %d times: an incident of it is open already"),
             s->domain, s->fails);
  else
    log_line(p->log, LOG_NOTICE_LEVEL,
             written ? _("probe %s: it answers again: the report is taken back")
                     : _("probe %s: it answers"),
             s->domain);
  return written;
}

static bool count(struct probes *p, struct probe *probe, enum outcome outcome,
                  bool source_answers) {
  const struct probe_setting *s = probe->setting;
  char text[256];
  hang_up(probe);
  probe->answered = outcome == OUTCOME_ANSWERED;
  if (outcome == OUTCOME_UNKNOWN) {
    snprintf(text, sizeof text, _("probe %s: this machine cannot connect: nothing is known"),
             s->domain);
    tell(p, probe, text);
    return false;
  }
  bool alone = is_alone(p, probe, source_answers);
  bool written = act_on(p, probe,
                        gauge_count(&probe->gauge, s->fails, s->answers, probe->answered, alone,
                                    clock_monotonic_us() / US + 1));
  if (!probe->answered && alone && probe->gauge.fails >= s->fails && !probe->gauge.down) {
    snprintf(text, sizeof text,
             _("probe %s: no answer, nor from a source or another probe: this machine may be cut "
               "off, nothing is reported"),
             s->domain);
    tell(p, probe, text);
  }
  return written;
}

bool probes_step(struct probes *p, bool source_answers) {
  bool written = false;
  int64_t now = clock_monotonic_us();
  for (size_t i = 0; p && i < p->count; i++) {
    struct probe *probe = &p->items[i];
    enum outcome outcome = OUTCOME_NONE;
    if (probe->fd >= 0)
      outcome = look(probe, now);
    else if (now >= probe->due_us)
      outcome = dial(probe, now);
    if (outcome != OUTCOME_NONE)
      written |= count(p, probe, outcome, source_answers);
  }
  return written;
}
