/* Acts: what people write at a terminal.
 *
 * An act is an immutable event: a record of the kind "act" (core/record.h), whose payload lines are
 * "field=value".  One table (act.c) says of each kind of act what it may hold and what becomes of
 * it when a terminal of each tier wrote it; the source, the screens and the manual read that table.
 * State is a fold: what the source holds, then the acts of this machine that it does not hold yet,
 * marked "not confirmed".  Pure: no clock, no I/O. */
#ifndef TC_CORE_ACT_H
#define TC_CORE_ACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "core/directory.h"

enum act_kind {
  ACT_KIND_OTHER, /* of a newer version: kept, sent, not shown */
  ACT_KIND_NOTE,
  ACT_KIND_OVERRIDE,
  ACT_KIND_SUGGESTION,
  ACT_KIND_WITHDRAWAL,
  ACT_KIND_INCIDENT_REPORT,
  ACT_KIND_INCIDENT_DECLARE,
  ACT_KIND_INCIDENT_END,
  ACT_KIND_INCIDENT_CHANGE, /* extended, or put right */
  ACT_KIND_ATTEMPT,
  ACT_KIND_REVEAL, /* a masked number was looked at */
  ACT_KIND_TEST,   /* a red phone or a pager was tested */
  ACT_KIND_EXERCISE_BEGIN,
  ACT_KIND_EXERCISE_END,
  ACT_KIND_ABSENCE, /* a person or a role is not there */
  ACT_KIND_COUNT
};

/* What a terminal may hold says what it may write; admin is a person who looks after the source. */
enum act_tier {
  TIER_PUBLIC,
  TIER_CLINICAL,
  TIER_SWITCHBOARD,
  TIER_RESTRICTED,
  TIER_ADMIN,
  TIER_COUNT
};

enum act_course {
  COURSE_REFUSED,
  COURSE_SUGGESTED, /* waits until a person accepts or refuses it */
  COURSE_OWN, /* applied to what the same terminal wrote, else refused; an attempt: shown there
                 alone */
  COURSE_APPLIED
};

/* Where an act is on its way. */
enum act_state {
  ACT_PENDING, /* not sent, or nobody has answered */
  ACT_WAITS,   /* at the source, for a person */
  ACT_APPLIED, /* part of the source */
  ACT_DONE,    /* the source said the same already, or it was over: nothing changed */
  ACT_REFUSED,
  ACT_ASIDE, /* it can never succeed: five tries failed */
  ACT_STATE_COUNT
};

enum act_field_type {
  ACT_FIELD_TEXT,    /* one line, at most ACT_TEXT_MAX bytes, no controls, nothing unseen */
  ACT_FIELD_HELD,    /* the same, of the directory, which may hold what nobody sees */
  ACT_FIELD_NUMBER,  /* as dialled: at most ACT_NUMBER_MAX bytes, nothing unseen */
  ACT_FIELD_DIALLED, /* the same, of the directory */
  ACT_FIELD_INSTANT, /* UTC seconds */
  ACT_FIELD_UUID,    /* 22 characters */
  ACT_FIELD_KIND,    /* a word of enum contact_kind */
  ACT_FIELD_NAME,    /* a row of act_property_table() */
  ACT_FIELD_WAYS,    /* a set of enum direction, words joined by commas */
  ACT_FIELD_RESULT,  /* a word of enum attempt_result */
  ACT_FIELD_TEST,    /* a word of enum test_result */
  ACT_FIELD_WAY      /* how a member of a crisis cell acknowledged: phone, fax, mail */
};

enum { ACT_TEXT_MAX = 500, ACT_NUMBER_MAX = 63, ACT_INITIALS_MAX = 12, ACT_FIELDS_MAX = 12 };

/* How long a try is shown: a shift.  Seconds; sync/sql/0050_attempts.sql says the same. */
enum { ATTEMPT_SHOWN_S = 8 * 3600 };

/* How long a test that failed stands on the entry as a note, unless one that works ends it.
 * Seconds. */
enum { TEST_NOTED_S = 90 * 24 * 3600 };

/* An exercise ends at the latest after so many seconds, whatever anybody wrote. */
enum { EXERCISE_MOST_S = 4 * 3600 };

struct act_field {
  const char *name;
  enum act_field_type type;
  bool needed;
  const char *meaning; /* English, for the manual */
};

struct act_rule {
  enum act_kind kind;
  const char *word;    /* "note": the type line */
  const char *label;   /* for people, N_() marked */
  const char *meaning; /* English, for the manual */
  enum act_course course[TIER_COUNT];
  struct act_field fields[ACT_FIELDS_MAX]; /* by name; the rest has no name */
};

/* All rows but ACT_KIND_OTHER's, in the order of the enum. */
const struct act_rule *act_table(size_t *count);
const struct act_rule *act_rule(enum act_kind kind); /* NULL for ACT_KIND_OTHER */
enum act_kind act_kind_of(const struct act *act);

const char *act_tier_word(enum act_tier tier);           /* "public" */
const char *act_course_word(enum act_course course);     /* "applied" */
const char *act_state_word(enum act_state state);        /* "pending"; for files and JSON */
int act_state_from_word(const char *word);               /* -1 for none */
const char *act_result_text(enum attempt_result result); /* translated: "no answer" */
const char *act_test_text(enum test_result result);      /* translated: "works" */
const char *act_way_text(const char *way);               /* translated: "by fax"; "" for no word */
const char *act_state_text(enum act_state state);        /* translated: "not confirmed" */
enum act_tier act_tier_of(enum audience narrowest);      /* of what a terminal holds */

/* Properties of an entry or of a contact point that a suggestion may correct. */
struct act_property {
  const char *name;  /* "call-if" */
  const char *label; /* N_() marked */
  bool of_contact;
  size_t offset; /* of the text in struct entry or struct contact */
};
const struct act_property *act_property_table(size_t *count);
const struct act_property *act_property(const char *name); /* NULL for none */

/* What an entry says of it now; NULL: the contact point is not there.  "" where nothing is said. */
const char *act_property_value(const struct act_property *property, const struct entry *entry,
                               const struct uuid *contact);

/* Was somebody called?  false of a roll-call by fax or mail: no number was tried. */
bool act_is_call(const struct act *act);

/* The value of a payload field; "" where it is not there. */
const char *act_get(const struct act *act, const char *field);
int64_t act_get_int(const struct act *act, const char *field); /* 0 where it is not there */
struct uuid act_get_uuid(const struct act *act, const char *field);

uint32_t act_get_ways(const struct act *act,
                      const char *field); /* a set; 0 where it is not there */

/* Adds "field=value" to a payload under way; an empty value adds nothing.  Memory from the arena,
 * whose failure is sticky. */
void act_put(struct act *act, struct arena *arena, const char *field, const char *value);
void act_put_int(struct act *act, struct arena *arena, const char *field, int64_t value);
void act_put_uuid(struct act *act, struct arena *arena, const char *field, const struct uuid *uuid);

void act_put_ways(struct act *act, struct arena *arena, const char *field, uint32_t set);

/* TC_INVALID: the act breaks its grammar; the message is for whoever wrote it.  An act of an
 * unknown kind needs its UUIDs, its time and its type alone. */
TC_MUST_CHECK tc_status act_check(const struct act *act, struct tc_error *err);

/* The canonical bytes of a checked act; and back.  As record_encode() and record_decode(), and
 * TC_INVALID for a record that is no act or fails act_check(). */
TC_MUST_CHECK tc_status act_encode(const struct act *act, struct buffer *out, struct tc_error *err);
TC_MUST_CHECK tc_status act_decode(struct act *out, const void *bytes, size_t len,
                                   struct arena *arena, struct tc_error *err);

/* An act of this machine and where it is. */
struct act_held {
  struct act act;
  enum act_state state;
  int64_t revision;   /* of the source, when it answered; 0: it has not */
  const char *reason; /* what it said beside; "" */
};

/* For qsort(3) of pointers: by the time they were written, of one second what is about another act
 * last, and by UUID, so that the order in which they arrive says nothing. */
int act_held_compare(const void *a, const void *b);

/* Does the directory at this revision hold what the act did?  Then it is no longer folded in.  A
 * try to reach somebody is in no record: it is never over. */
bool act_is_over(const struct act_held *held, int64_t revision);

/* Was it taken back by one of these acts?  One that was refused takes nothing back. */
bool act_is_withdrawn(const struct act_held *acts, size_t count, const struct uuid *uuid);

/* Folds acts into a merged entry: notes, overrides and absences that are not confirmed behind those
 * of the record, marked pending; a withdrawal takes its own out; what changes nothing stands in
 * entry->beside, tries to reach it in entry->attempts.  acts are of any entries, in any order, each
 * UUID once, but that a try may be there again as the source has it where it was taken back.
 * Nothing is folded into an entry that they do not name, a number of a contact point that is gone
 * is none, and folding twice gives the notes and numbers that folding once gives.  All that is new
 * is in the arena. */
TC_MUST_CHECK tc_status act_fold(struct entry *entry, const struct act_held *acts, size_t count,
                                 int64_t revision, enum act_tier tier, struct arena *arena,
                                 struct tc_error *err);

/* The same of incidents: those of the directory, then the ones that were reported or declared here.
 * An end counts where it saw the incident as it is (its field "was"); where it was extended since,
 * or is changed after its end, down wins and both are said (disputed).  *out is a new list in the
 * arena; its text is the arena's, or that of the incidents handed in. */
TC_MUST_CHECK tc_status act_fold_incidents(const struct incident **out, size_t *out_count,
                                           const struct incident *incidents, size_t count,
                                           const struct act_held *acts, size_t act_count,
                                           int64_t revision, enum act_tier tier,
                                           struct arena *arena, struct tc_error *err);

/* The same of exercises: those of the directory, then the ones that were begun here; the first end
 * that is known counts. */
TC_MUST_CHECK tc_status act_fold_exercises(const struct exercise **out, size_t *out_count,
                                           const struct exercise *exercises, size_t count,
                                           const struct act_held *acts, size_t act_count,
                                           int64_t revision, enum act_tier tier,
                                           struct arena *arena, struct tc_error *err);

/* Appends what tocsin(1) says of the table, as roff. */
void act_describe(struct buffer *out);

#endif
