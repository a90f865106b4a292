/* Masked numbers: what may be seen at a terminal but not left on it.  Pure. */
#ifndef TC_CORE_MASK_H
#define TC_CORE_MASK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "core/directory.h"

/* Appends a number as it may be left on a screen: "06 ** ** ** 78", "0 06 ** ** ** 78", "***44".
 * Of a number of ten digits and more the first that are not among the last eight stay, and the last
 * two; of a shorter one the last two alone, of one below five digits and of an address nothing. */
void mask_number(struct buffer *out, const char *shown);

/* Is the i-th of so many digits one that it stars? */
bool mask_stars(size_t i, size_t digits);

/* Is what an override or an act says of this contact point masked?  contact nil: of the entry's
 * first.  One that the entry does not have counts as masked: who knows what it was. */
bool mask_covers(const struct entry *entry, const struct uuid *contact);

/* Is it, in whatever form, a number of the entry that is masked? */
bool mask_hides(const struct entry *entry, const char *number);

/* A number that is said beside (an old one, one to confirm with): itself, or, where it is that of a
 * masked contact point of the entry however it is written, as mask_number() writes it.  NULL: no
 * memory. */
const char *mask_beside(const struct entry *entry, const char *number, struct arena *arena);

/* Words that somebody wrote about the entry, with every digit starred that mask_number() stars of
 * one of its masked numbers, or of what stands in for one: however it is spelled (spaces, dots,
 * hyphens, "+33", "(0)", digits of any script, invisible signs in between), and an address.  Seven
 * digits and more are it wherever they stand, also spelled in French or English words
 * (core/spoken.h); fewer where they are a group of their own, or all there is; two where they are
 * all there is, and no code of a country (15).  The text itself where there is none.  NULL: no
 * memory. */
const char *mask_in_text(const struct entry *entry, const char *text, struct arena *arena);

/* Is it worth a look?  Few texts hold digits. */
bool mask_may_be_in(const char *text);

/* The same of words that are nobody's: of what is masked elsewhere.  known: are these digits a
 * number that is masked, as dialled or in E.164 without "+"?  It is asked of eight digits and more
 * wherever they stand, of four to seven where they are a group of their own, or all there is. */
enum { MASK_GROUP = 4, MASK_KNOWN = 8 };
typedef bool mask_known(void *context, const char *digits, size_t len);
const char *mask_known_in_text(const char *text, mask_known *known, void *context,
                               struct arena *arena);

/* The same of all words of an entry, of its building, floor and room the long ones alone, which are
 * no numbers of rooms.  The path of its unit stays.  false: no memory. */
bool mask_known_in_entry(struct entry *entry, mask_known *known, void *context,
                         struct arena *arena);

/* How many digits a text has that could be of one number, those in letters among them: the most;
 * 0 where there are fewer than MASK_GROUP in all, SIZE_MAX without memory. */
size_t mask_run(const char *text, struct arena *arena);

/* mask_in_text() of all words of an entry, and the masked numbers of `of`: of itself, or of a part
 * of it that is not shown.  What is dialled, codes, and the path of its unit stay.  false: no
 * memory. */
bool mask_entry(struct entry *entry, const struct entry *of, struct arena *arena);

#endif
