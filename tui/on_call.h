/* Who is on call, in words. */
#ifndef TC_TUI_ON_CALL_H
#define TC_TUI_ON_CALL_H

#include "base/buffer.h"
#include "db/on_call.h"
#include "tui/present.h"

/* The n-th holder's name, as the directory or else the rota writes it. */
const char *on_call_name(const struct on_call *o, size_t n);

/* What the directory says last of the n-th holder's being away now; NULL: not away. */
const struct absence *on_call_absence(const struct on_call *o, size_t n, int64_t now);

/* Appends "Dr N. Exemple, on site, until 08:30 (rota of Sat 18:02)" of the n-th holder; of one who
 * is away that first, with who covers and on what number. */
void on_call_text(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                  const struct present *p);

/* The same for a row of a list, whose end may be cut: until when stands behind the name. */
void on_call_row(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                 const struct present *p);

/* Is nobody listed now, though rotas of the role are held: a gap, or they have run out? */
bool on_call_is_open(const struct on_call *o);

/* Is anything to be said of who is on call: a rota is held, or nobody is listed in it now? */
bool on_call_is_told(const struct on_call *o);

/* Does the n-th, who is there, bring no number of those that the shift says, though the role's own
 * may be tried: the contact point that it names is not held here, or there is no number at all? */
bool on_call_lacks(const struct on_call *o, size_t n, const struct entry *role);

/* Appends of each such "A. Fictif: their number is not held here". */
void on_call_lacking(struct buffer *out, const struct on_call *o, const struct entry *role);

/* Appends what is wrong with the rota, a sentence: "NOBODY LISTED 00:00-08:30", that it has run
 * out, why nothing can be told, an empty line, two holders of one line, shifts that cannot be;
 * nothing where all is well or no rota is held. */
void on_call_fault(struct buffer *out, const struct on_call *o, const struct entry *role,
                   const struct reach_world *world);

#endif
