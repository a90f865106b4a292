/* What an entry is found by: its words and markers, as the search index is made from them.  Derived
 * from the stored record alone, so that the same record always gives the same document.  Private to
 * db/.
 *
 *   reanimation   a folded word of name, unit, place, speciality ...
 *   ~rea          a folded word of an alias or a former name
 *   @sab          its home site or one that it serves
 *   =fax          a kind of its contact points
 *   %sab          a numbering plan that it has a number in
 *   #role         its type; #critical; #masked
 *   !2!bloc       in name, building, floor or room: a word and the number behind it
 *   !!reanimation a folded word of the name
 *   !=3           how many words the name has, particles aside and each once
 *   +0199005231   a number, as dialled and in E.164 without "+": found whole and by any run
 *   ^0639981234   a masked number, one that stands in for it or that it replaced: found whole
 *   $7750.sab     the same of four to seven digits, with its numbering plan, or else the site
 *   #figures      its words hold so many digits, #spells: eight and more, also in letters: they may
 *                 be a number that is masked of another, and are looked at again when it is found
 *   #only-switchboard   no part of it is for more people than this audience, from the switchboard
 * on #with-switchboard   a part of it is for nobody else
 *
 * What stands of a masked number of its own in words is starred before they are folded. */
#ifndef TC_DB_DOCUMENT_H
#define TC_DB_DOCUMENT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "core/directory.h"

enum { DOCUMENT_VERSION = 7 }; /* raised when the same record would give another document */

/* Appends the document of a merged entry, words separated by spaces; scratch memory from the
 * arena. */
TC_MUST_CHECK tc_status document_write(struct buffer *out, const struct entry *entry,
                                       struct arena *arena, struct tc_error *err);

/* The marker of a name of so many words, without a blank behind it. */
enum { DOCUMENT_NAME = 24 };
size_t document_name_marker(char out[DOCUMENT_NAME], size_t words);

/* The markers of an audience, a blank behind each: that none is wider, that a part is so. */
enum { DOCUMENT_AUDIENCE = 32 };
void document_only_marker(char out[DOCUMENT_AUDIENCE], enum audience audience);
void document_with_marker(char out[DOCUMENT_AUDIENCE], enum audience audience);

/* The marker of a masked number of MASK_GROUP digits and more that is short, in a plan or at a site
 * of that code, without a blank behind it: its length, 0 where it is none such. */
enum { DOCUMENT_SHORT = 96 };
size_t document_short_marker(char out[DOCUMENT_SHORT], const char *digits, const char *place);

/* Appends a marker: its sign and the text as one word of the index. */
void document_marker(struct buffer *out, char sign, const char *text);

enum document_class { /* the first order of all ids */
                      CLASS_CODE,
                      CLASS_SERVICE, /* and role */
                      CLASS_OTHER,   /* room, outside body, not said */
                      CLASS_PERSON,
                      CLASS_UNREADABLE,
                      CLASS_HOUSE, /* records that are no entries */
                      CLASS_COUNT
};
#define CLASS_ID(class_) ((int64_t)(class_) << 40)

enum document_class document_class(const struct entry *entry);

/* Appends what sorts entries, as bytes: class, rank, fold of the name, the name itself, the site,
 * UUID. */
void document_key(struct buffer *out, enum document_class class, const struct entry *entry);

/* The digits of a number (0..9 only) into out; 0 where it is none that is dialled. */
enum { DOCUMENT_DIGITS = 33 };
size_t document_digits(char out[DOCUMENT_DIGITS], const char *number);

#endif
