/* Terminals as the source knows them: enrolled, revoked, counted. */
#ifndef TC_SYNC_TERMINAL_H
#define TC_SYNC_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/uuid.h"

struct enrolment {
  struct uuid terminal;
  char password[40];                      /* "": it logs in with a certificate */
  char host[256], port[16], database[64]; /* of the source */
};

/* Makes a terminal: a UUID, and a login role of that name that holds the audiences
 * ("public,clinical") and nothing else.  The password is made here and only what proves it goes to
 * the server.  A role that a revoked terminal left is taken again.  TC_USAGE: not a name, not
 * audiences.  TC_REFUSED: there is such a role already.  TC_DENIED: whoever asks may not. */
TC_MUST_CHECK tc_status terminal_enrol(const char *conninfo, const char *name,
                                       const char *audiences, bool certificate,
                                       struct enrolment *out, struct tc_error *err);

/* Takes login and grants away, for good.  A connection that is open gets nothing any more.
 * TC_NOT_FOUND: no terminal of that name. */
TC_MUST_CHECK tc_status terminal_revoke(const char *conninfo, const char *name,
                                        struct tc_error *err);

/* Lines "name, UUID, revision, behind, version, queue, age, audiences, state" with tabs between, by
 * name; empty for what is not known, and controls in them as visible marks. */
TC_MUST_CHECK tc_status terminal_fleet(const char *conninfo, struct buffer *out,
                                       struct tc_error *err);

#endif
