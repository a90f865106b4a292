/* Making an act from what a person said: for the commands and for the forms of the screen. */
#ifndef TC_TUI_WRITE_H
#define TC_TUI_WRITE_H

#include "base/arena.h"
#include "core/act.h"
#include "tui/dialled.h"
#include "tui/setup.h"

/* How long a note holds, and an incident is believed, unless they say otherwise. */
enum { WRITE_NOTE_HOURS = 24, WRITE_INCIDENT_HOURS = 12, WRITE_EXERCISE_HOURS = 1 };

/* What every act says beside its own fields.  Text is borrowed. */
struct writing {
  const struct setup *setup;
  const struct entry *entry;   /* what it is about, or */
  const struct domain *domain; /* of an incident */
  const char *initials;
  int64_t until;          /* 0: as the kind has it */
  enum audience audience; /* who may read it; AUDIENCE_NONE: who may read what it is about */
  struct arena *arena;    /* of the text of the act */
};

/* Each fills a whole, checked act.  TC_INVALID, TC_USAGE: what is wrong with what was said, for the
 * person who said it. */
TC_MUST_CHECK tc_status write_note(struct act *out, const struct writing *w, const char *text,
                                   struct tc_error *err);

/* number as anybody writes it; contact: whose number it stands in for (NULL: the entry's first). */
TC_MUST_CHECK tc_status write_override(struct act *out, const struct writing *w,
                                       const struct contact *contact, const char *number,
                                       const char *reason, struct tc_error *err);

/* value "" : nothing should stand there.  contact: of a property of one. */
TC_MUST_CHECK tc_status write_suggestion(struct act *out, const struct writing *w,
                                         const struct act_property *property,
                                         const struct contact *contact, const char *value,
                                         const char *text, struct tc_error *err);

/* dialled: of w->entry; NULL: a step of words only, which text says.  chain: the entry whose
 * chain was worked (nil, or the entry itself: its own). */
TC_MUST_CHECK tc_status write_attempt(struct act *out, const struct writing *w,
                                      const struct dialled *dialled, enum attempt_result result,
                                      const struct uuid *chain, const char *text,
                                      struct tc_error *err);

/* A tick of a cascade or a crisis cell: an attempt that says of which run.  w->entry is the member,
 * or stands for the group where a member is words only, which tick->text says.  dialled: its own
 * number, what stands in for it, or that of who holds it now; NULL: none. */
struct tick {
  struct uuid group;
  int64_t run;     /* when it began */
  const char *way; /* of a roll-call: "phone", "fax", "mail"; "" */
  const char *text;
};
TC_MUST_CHECK tc_status write_tick(struct act *out, const struct writing *w,
                                   const struct dialled *dialled, enum attempt_result result,
                                   const struct tick *tick, struct tc_error *err);

/* A wrong number is also a suggestion, where it is a contact point's (dialled_is_contact()): nobody
 * shall dial it again unawares. */
TC_MUST_CHECK tc_status write_wrong_number(struct act *out, const struct writing *w,
                                           const struct contact *contact, struct tc_error *err);

/* What is said of a wrong number that no suggestion corrects: a temporary one, or the rota's.
 * screen: with the key that takes it back; else with the command. */
const char *write_wrong_text(const struct writing *w, const struct dialled *dialled, bool screen);

/* A red phone or a pager was tested.  One that does not work is also a note. */
TC_MUST_CHECK tc_status write_test(struct act *out, const struct writing *w,
                                   const struct contact *contact, enum test_result result,
                                   struct tc_error *err);

/* Can whoever it is be absent: a person, or a role for whoever holds it? */
bool write_may_be_absent(const struct entry *entry);

/* cover: who stands in; nil: nobody.  since 0: from now on.  w->until is needed. */
TC_MUST_CHECK tc_status write_absence(struct act *out, const struct writing *w,
                                      const struct uuid *cover, int64_t since, const char *text,
                                      struct tc_error *err);

/* The masked number of a contact point was looked at; reason: a word of reveal_reasons(). */
TC_MUST_CHECK tc_status write_reveal(struct act *out, const struct writing *w,
                                     const struct uuid *contact, enum audience audience,
                                     const char *reason, struct tc_error *err);

TC_MUST_CHECK tc_status write_withdrawal(struct act *out, const struct writing *w,
                                         const struct uuid *act, const char *text,
                                         struct tc_error *err);

/* kind: report or declare.  ways: set of enum direction, 0: all.  since 0: now; w->until 0: in
 * WRITE_INCIDENT_HOURS. */
TC_MUST_CHECK tc_status write_incident(struct act *out, const struct writing *w, enum act_kind kind,
                                       uint32_t ways, const char *reason, struct tc_error *err);

TC_MUST_CHECK tc_status write_incident_end(struct act *out, const struct writing *w,
                                           const struct incident *incident, const char *reason,
                                           struct tc_error *err);

/* w->until 0, ways 0, reason "" or NULL: as it is. */
TC_MUST_CHECK tc_status write_incident_change(struct act *out, const struct writing *w,
                                              const struct incident *incident, uint32_t ways,
                                              const char *reason, struct tc_error *err);

/* Names as an act has them: joined by commas.  w->domain: the first of the domains; w->until 0: in
 * WRITE_EXERCISE_HOURS. */
struct exercise_said {
  const char *name, *domains, *terminals;
};
TC_MUST_CHECK tc_status write_exercise_begin(struct act *out, const struct writing *w,
                                             const struct exercise_said *said,
                                             struct tc_error *err);
TC_MUST_CHECK tc_status write_exercise_end(struct act *out, const struct writing *w,
                                           const struct exercise *exercise, const char *reason,
                                           struct tc_error *err);

/* TC_REFUSED: an exercise is played, and this would be real. */
TC_MUST_CHECK tc_status write_allowed(const struct setup *setup, const struct act *act,
                                      struct tc_error *err);

/* Does it do what only the switchboard tier may, while that is closed?  A call may be noted, and
 * what whoever is here wrote (setup->own) be taken back or ended, unless a switchboard declared it.
 */
bool write_needs_pin(const struct setup *setup, const struct act *act);
/* The same of an act of that kind about the act or the incident `of`. */
bool write_kind_needs_pin(const struct setup *setup, enum act_kind kind, const struct uuid *of);

/* What becomes of it, as far as this terminal can tell. */
enum act_course write_course(const struct setup *setup, const struct act *act);

/* One sentence of what an act says, translated, in the arena: "temporary number 06 39 98 12 34
 * until 08:30: works". */
const char *write_sentence(const struct act *act, const struct setup *setup, int64_t now,
                           struct arena *arena);

/* The number that a temporary number or a suggestion gives, as it was read: "RIV 5033"; "" for any
 * other act. */
const char *write_number_read(const struct act *act, const struct setup *setup,
                              struct arena *arena);

/* Is the number that an act speaks of one that is masked here? */
bool write_masks(const struct act *act, const struct setup *setup, struct arena *arena);

/* The words of a field of it, masked numbers of what it is about starred (mask_in_text()). */
const char *write_words(const struct act *act, const char *field, const struct setup *setup,
                        struct arena *arena);

/* What the source said of it, likewise; "" nothing. */
const char *write_answer(const struct act_held *held, const struct setup *setup,
                         struct arena *arena);

/* The number of an override, grouped; starred where it stands in for a masked one. */
const char *write_override_number(const struct entry *entry, const struct override *override,
                                  const struct setup *setup, struct arena *arena);

/* What is said of where it is, translated: "not confirmed", "refused: ...". */
const char *write_state(const struct act_held *held, const struct setup *setup,
                        struct arena *arena);

#endif
