/* Who is on call, in words. */
#ifndef TC_TUI_ON_CALL_H
#define TC_TUI_ON_CALL_H

#include "base/buffer.h"
#include "db/on_call.h"

/* The n-th holder's name, as the directory or else the rota writes it. */
const char *on_call_name(const struct on_call *o, size_t n);

/* Appends "Dr N. Exemple, on site, until 08:30 (rota of Sat 18:02)" of the n-th holder. */
void on_call_text(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                  const struct reach_world *world);

/* Appends what is wrong with the rota, a sentence: "NOBODY LISTED 00:00-08:30", why nothing can be
 * told, an empty line, two holders of one line, shifts that cannot be; nothing where all is well or
 * no rota is held. */
void on_call_fault(struct buffer *out, const struct on_call *o, const struct entry *role,
                   const struct reach_world *world);

#endif
