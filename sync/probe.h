/* The probes of this machine: TCP connects in the background of watch's loop.  None of it waits: a
 * socket that does not answer is given up at its own deadline, and what it shows goes to
 * sync/propose.h. */
#ifndef TC_SYNC_PROBE_H
#define TC_SYNC_PROBE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/log.h"
#include "sync/settings.h"

struct probes;

/* settings, scope_dir and log are borrowed until probes_close().  *out is NULL where no probe is
 * asked for; the functions below take that. */
TC_MUST_CHECK tc_status probes_open(struct probes **out, const struct settings *settings,
                                    const char *scope_dir, const struct log *log,
                                    struct tc_error *err);
void probes_close(struct probes *p);

/* Fills in the sockets to poll(2) for, SETTINGS_PROBES_MAX at most; returns how many. */
size_t probes_poll(const struct probes *p, struct pollfd *fds);

/* ms, or less where a probe is due sooner. */
int probes_wait_ms(const struct probes *p, int ms);

/* Takes in what came and begins what is due.  source_answers: a source did, in the last round. True
 * where something was written that a source shall hear of. */
bool probes_step(struct probes *p, bool source_answers);

#endif
