/* The directory: what a hospital's records say, as types.
 *
 * Words are those of product.md's glossary (doc/glossary.md).  All text is UTF-8, never NULL: "" is
 * "not said".  Instants are seconds since the epoch, UTC; 0 is "not said"; `until` is exclusive.
 * Local times are text ("2026-11-24T08:30", ISO 8601 without a zone) in their site's zone.
 * Arrays and text belong to the arena the record was decoded into. */
#ifndef TC_CORE_DIRECTORY_H
#define TC_CORE_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"

struct zone;       /* core/zone.h */
struct rule_index; /* core/rules.h */

/* Who may hold a part, from the widest to the narrowest. */
enum audience {
  AUDIENCE_NONE,
  AUDIENCE_PUBLIC,
  AUDIENCE_CLINICAL,
  AUDIENCE_SWITCHBOARD,
  AUDIENCE_RESTRICTED,
  AUDIENCE_COUNT
};

enum record_kind {
  RECORD_NONE,
  RECORD_ENTRY,
  RECORD_SITE,
  RECORD_PLAN,
  RECORD_DOMAIN,
  RECORD_RULE,
  RECORD_CALENDAR,
  RECORD_ROTA,
  RECORD_INCIDENT,
  RECORD_GROUP,
  RECORD_SCENARIO,
  RECORD_EXERCISE,
  RECORD_ROUND,
  RECORD_PRINT,
  RECORD_ACT,
  RECORD_SEALED, /* bytes for an audience this program cannot open */
  RECORD_KIND_COUNT
};

enum entry_type {
  ENTRY_OTHER, /* not said, or a word of a newer version */
  ENTRY_CODE,
  ENTRY_SERVICE,
  ENTRY_ROLE,
  ENTRY_PERSON,
  ENTRY_ROOM,
  ENTRY_OUTSIDE,
  ENTRY_TYPE_COUNT
};

enum contact_kind {
  CONTACT_OTHER,
  CONTACT_EXTENSION,
  CONTACT_DDI,         /* dialled straight in, through the PBX */
  CONTACT_DIRECT_LINE, /* its own pair, not through the PBX */
  CONTACT_RED_PHONE,
  CONTACT_DECT,
  CONTACT_MOBILE,
  CONTACT_PAGER,
  CONTACT_RADIO,
  CONTACT_SATELLITE,
  CONTACT_FAX, /* a machine */
  CONTACT_FAX_SERVER,
  CONTACT_SECURE_MAIL,
  CONTACT_MAIL,
  CONTACT_KIND_COUNT
};

enum purpose { /* a set: bit 1 << purpose */
               PURPOSE_ANY,
               PURPOSE_URGENT,
               PURPOSE_ROUTINE,
               PURPOSE_RESULTS,
               PURPOSE_PRESCRIPTIONS,
               PURPOSE_ADMISSIONS,
               PURPOSE_COUNT
};

enum direction { /* a set: bit 1 << direction */
                 DIRECTION_INSIDE,
                 DIRECTION_INBOUND,
                 DIRECTION_OUTBOUND,
                 DIRECTION_COUNT
};

enum domain_kind {
  DOMAIN_OTHER,
  DOMAIN_PBX,
  DOMAIN_TRUNK,
  DOMAIN_CARRIER,
  DOMAIN_FAX_SERVER,
  DOMAIN_PAGING,
  DOMAIN_MAIL,
  DOMAIN_POWER,
  DOMAIN_DATA_CENTRE,
  DOMAIN_NETWORK,
  DOMAIN_KIND_COUNT
};

/* What a line of a record said that this program does not know: kept, and written back. */
struct unknown_line {
  const char *text; /* the whole line, as stored */
  size_t len;
};

/* An attribute of a known line that this program does not know ("name=value", as stored). */
struct unknown_attribute {
  const char *text;
  size_t len;
};

/* What every line's struct begins with. */
struct line_extra {
  const struct unknown_attribute *attributes;
  size_t count;
};

struct text_list {
  const char *const *items;
  size_t count;
};

/* One way to reach an entry. */
struct contact {
  struct line_extra extra;
  int64_t order; /* 0..999, the order at equal reachability */
  struct uuid uuid;
  const char *number; /* as dialled in its plan, or an address; never changed by us */
  enum contact_kind kind;
  const char *plan;          /* code of its numbering plan; "": a public number */
  const char *e164;          /* "+33199005231" where it has one */
  const char *raw;           /* the cell as imported, where it differs from number */
  const char *reason;        /* why the raw text could not be read as a number; "": it could */
  uint32_t purposes;         /* set of enum purpose; 0: any */
  const char *label;         /* "secrétariat", "nuit" */
  const char *hours;         /* "mo-fr 08:00-18:30; ph off" (tocsin-record(5)); "": always */
  const char *place;         /* where the set stands, when not where its entry is */
  const char *how;           /* how to use it: "dial 81, wait, code, call-back, #" */
  const char *domains;       /* failure domain codes it rides on, comma-separated, needs all */
  struct uuid via;           /* reached through this contact point */
  struct uuid replaces_uuid; /* the contact point it replaces */
  const char *replaces;      /* the number it replaces */
  int64_t verified;          /* when somebody last checked it */
  const char *verified_by;
  const char *verified_how;
  int64_t from, until;      /* valid */
  const char *check_number; /* fax: number of a person who confirms arrival */
  bool masked;              /* shown masked until revealed */
  bool pinned;              /* set by a person: imports leave it */
  enum audience audience;   /* of its part; not in the line */
};

/* A contact point of which nothing is said: every text "". */
extern const struct contact contact_empty;

struct chain_step {
  struct line_extra extra;
  int64_t order;
  int64_t wait;      /* seconds without an answer before this step */
  struct uuid entry; /* whom to call next; nil: only the text */
  const char *text;  /* "night supervisor" */
};

struct former_name {
  struct line_extra extra;
  const char *text;
  int64_t until; /* when it stopped being so called */
};

/* A number that was this entry's: "dead since 3 May, now 4410". */
struct former_number {
  struct line_extra extra;
  const char *number;
  const char *plan;
  const char *e164;
  int64_t until;
  const char *now; /* what replaced it */
};

/* What a round of red phones and pagers finds. */
enum test_result {
  TEST_OTHER,
  TEST_WORKS,
  TEST_SILENT, /* it is there and rings nowhere, or is not heard */
  TEST_GONE,   /* there is none where it should stand */
  TEST_RESULT_COUNT
};

struct note {
  struct line_extra extra;
  struct uuid uuid;
  int64_t at, until;
  const char *by;
  const char *text;
  struct uuid contact;   /* of a test that failed: what was tested; nil: a note of the entry */
  enum test_result test; /* how it ended */
  bool pending; /* written here, "not confirmed" by the source (core/act.h); not in the line */
};

struct override {
  struct line_extra extra;
  struct uuid uuid;
  struct uuid contact; /* whose number it stands in for; nil: the entry's first */
  const char *number;
  const char *plan;
  const char *e164;
  enum contact_kind kind;
  int64_t at, until;
  const char *by;
  const char *reason;
  bool pending; /* as of a note */
};

/* How one try to reach an entry ended. */
enum attempt_result {
  ATTEMPT_OTHER,
  ATTEMPT_NO_ANSWER,
  ATTEMPT_BUSY,
  ATTEMPT_ANSWERED,
  ATTEMPT_WRONG_PERSON, /* somebody else holds it: the number is right, the person is not */
  ATTEMPT_WRONG_NUMBER, /* it rings elsewhere */
  ATTEMPT_PAGED,        /* a page was sent: who carries it has not called back yet */
  ATTEMPT_RESULT_COUNT
};

struct attempt {
  struct uuid uuid;
  struct uuid contact; /* what was dialled; nil: words only */
  const char *number;  /* as it was dialled; "": masked, or words only */
  enum attempt_result result;
  int64_t at;
  const char *by;
  const char *way;      /* of a roll-call without a call: "fax", "mail"; "" */
  struct uuid exercise; /* it was of; nil: it was real */
  bool pending;         /* as of a note */
};

struct withheld {
  struct line_extra extra;
  enum audience audience;
  int64_t count;
};

struct origin {
  struct line_extra extra;
  const char *system; /* the import origin's name */
  const char *key;    /* its own key there */
};

struct absence {
  struct line_extra extra;
  struct uuid uuid; /* of the act that said it; nil: no terminal can take it back */
  int64_t at;       /* when it was written; 0: not known */
  int64_t from, until;
  struct uuid covered_by;
  const char *by; /* who signed it; "" */
  const char *text;
  bool pending; /* as of a note */
};

struct act_held;

/* What one looks up.  A part of it (one audience's) may hold contact points and notes only: name is
 * then "". */
struct entry {
  struct uuid uuid;
  enum audience audience; /* of the head, when several parts are merged */
  enum entry_type type;
  const char *name;
  const char *site;        /* home site's code */
  struct text_list serves; /* codes of sites it serves beside its own */
  const char *unit;        /* unit path, "Pôle A / Réanimation / USIC" */
  const char *building, *floor, *room;
  struct text_list aliases;
  const struct former_name *former_names;
  size_t former_name_count;
  const struct former_number *former_numbers;
  size_t former_number_count;
  int64_t rank;  /* 0..999, smaller first; 500 when not said */
  bool critical; /* never removed or renumbered without a second word */
  const char *call_if, *do_not_call_if;
  const char *purpose; /* code: what it is for ("arrêt cardiaque") */
  const char *area;    /* code: the site or building it serves */
  const char *title;   /* person: "Dr", "Pr" */
  const char *speciality;
  const struct contact *contacts; /* by order */
  size_t contact_count;
  const struct chain_step *chain;
  size_t chain_count;
  const struct note *notes;
  size_t note_count;
  const struct override *overrides;
  size_t override_count;
  const struct withheld *withheld;
  size_t withheld_count;
  const struct origin *origins;
  size_t origin_count;
  const struct absence *absences;
  size_t absence_count;
  struct text_list pinned; /* names of head fields set by a person ("name", "unit") */
  /* Acts about it that are shown beside it and change nothing of it: suggestions, withdrawals
   * (core/act.h).  Not in the record. */
  const struct act_held *const *beside;
  size_t beside_count;
  /* Tries to reach it from this machine, by time (core/act.h).  Not in the record. */
  const struct attempt *attempts;
  size_t attempt_count;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct site {
  struct uuid uuid;
  enum audience audience;
  const char *code; /* "SAB" */
  const char *name;
  const char *group;   /* of sites */
  const char *zone;    /* "Europe/Paris" */
  const char *country; /* ISO 3166 alpha-2 */
  const char *region;  /* holidays within the country ("alsace-moselle") */
  const char *plan;    /* its usual numbering plan */
  const char *address;
  struct uuid switchboard;        /* entry */
  const char *switchboard_number; /* as dialled inside its plan ("9") */
  struct text_list aliases;
  int64_t rank;
  const struct unknown_line *unknown;
  size_t unknown_count;
  bool rotted; /* not in the record: its bytes have changed on the disk (db/house.h) */
};

/* What to press in one plan to reach another: "tie SAB 7". */
struct tie_line {
  struct line_extra extra;
  const char *plan;
  const char *prefix;  /* pressed before the other plan's extension */
  const char *domains; /* what the tie rides on */
};

/* Extensions low..high (same length).  ddi: the public number of `low`, the others counted up
 * from it; "": no DDI. */
struct plan_range {
  struct line_extra extra;
  const char *low, *high;
  const char *ddi;   /* E.164 of low */
  const char *label; /* "pneumologie" */
  enum contact_kind kind;
};

struct plan {
  struct uuid uuid;
  enum audience audience;
  const char *code;
  const char *name;
  const char *country;        /* whose public network it is on */
  const char *outside_prefix; /* "0" */
  const char *domain;         /* its PBX */
  const struct tie_line *ties;
  size_t tie_count;
  const struct plan_range *ranges;
  size_t range_count;
  bool red; /* the plan of the red phones: separate from the PBX */
  const struct unknown_line *unknown;
  size_t unknown_count;
  bool rotted; /* not in the record: its bytes have changed; it has no prefix, tie or range to trust
                */
};

struct domain {
  struct uuid uuid;
  enum audience audience;
  const char *code; /* "pbx-sab" */
  const char *name;
  enum domain_kind kind;
  const char *site;
  struct text_list needs; /* codes of domains it lives in or on */
  const char *probe;      /* "tcp:host:port" */
  const struct unknown_line *unknown;
  size_t unknown_count;
};

/* Site, kind and number range -> failure domains. */
struct rule {
  struct uuid uuid;
  enum audience audience;
  const char *site;       /* "": every site */
  const char *plan;       /* "": every plan */
  enum contact_kind kind; /* CONTACT_OTHER: every kind */
  const char *low, *high; /* of the number as dialled, or E.164 prefixes; "": every number */
  const char *domains;
  int64_t order; /* the first that fits wins */
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct calendar_day {
  struct line_extra extra;
  const char *date;  /* "2026-12-25" */
  const char *hours; /* "" : closed, a public holiday */
  const char *text;
};

struct calendar {
  struct uuid uuid;
  enum audience audience;
  const char *code, *name, *country, *region;
  const struct calendar_day *days;
  size_t day_count;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

/* One shift.  A gap is the absence of one. */
struct shift {
  struct line_extra extra;
  const char *from, *until; /* local time */
  int64_t line;             /* 1 first, 2 second, 3 senior */
  struct uuid holder;       /* person's entry; nil: only the text */
  const char *text;         /* name as the source wrote it */
  struct uuid contact;      /* the contact point for that shift; nil: the holder's own */
  const char *number;       /* a number for that shift alone */
  const char *plan, *e164;
  bool at_home;
  int64_t travel; /* minutes */
};

/* Who holds a role in one ISO week. */
struct rota {
  struct uuid uuid;
  enum audience audience;
  struct uuid role;
  const char *week;   /* "2026-W48" */
  const char *source; /* the rota's own name */
  int64_t made;       /* when the source wrote it */
  const struct shift *shifts;
  size_t shift_count;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct incident {
  struct uuid uuid;
  enum audience audience;
  const char *domain;
  uint32_t directions; /* set of enum direction */
  int64_t since, until, ended;
  const char *reason, *by;
  bool declared; /* else reported */
  /* Not in the record (core/act.h): */
  const char *clear; /* the reason in its own words, for what is written of it; NULL: it is so */
  bool pending;      /* written here, "not confirmed" by the source, or its end or change is */
  bool disputed;     /* somebody says that it has ended, and somebody that it has not: down wins */
  bool played;       /* of an exercise: nothing fails */
  bool begun; /* it was so when it was written: a beginning ahead is a clock that is behind */
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct member {
  struct line_extra extra;
  int64_t order;
  struct uuid entry;
  const char *text;
};

/* Cascade list or crisis cell. */
struct group {
  struct uuid uuid;
  enum audience audience;
  const char *name, *site, *type; /* "cascade", "crisis cell" */
  const struct member *members;
  size_t member_count;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct scenario_step {
  struct line_extra extra;
  int64_t order;
  const char *text;
  struct uuid entry; /* whom to call */
};

struct scenario {
  struct uuid uuid;
  enum audience audience;
  const char *domain, *name;
  const struct scenario_step *steps;
  size_t step_count;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct exercise {
  struct uuid uuid;
  enum audience audience;
  const char *name;
  struct text_list terminals;
  struct text_list domains;
  int64_t from, until, ended;
  const char *by;
  struct text_list known; /* real incidents that it began beside: see core/exercise.h */
  const char *broken;     /* code of the failure domain whose real incident ended it; "" */
  bool pending;           /* not in the record: written here, or its end is, "not confirmed" */
  const struct unknown_line *unknown;
  size_t unknown_count;
};

struct round_result {
  struct line_extra extra;
  struct uuid contact;
  int64_t at;
  const char *result, *by;
};

/* A test round of red phones or pagers, or a roll-call. */
struct round {
  struct uuid uuid;
  enum audience audience;
  const char *name, *type, *site;
  int64_t from, until, every; /* every: seconds between rounds */
  struct uuid group;
  const struct round_result *results;
  size_t result_count;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

/* A sheet that left. */
struct print {
  struct uuid uuid;
  enum audience audience;
  const char *what, *where, *by;
  int64_t at, until, revision;
  const struct unknown_line *unknown;
  size_t unknown_count;
};

/* What somebody wrote at a terminal: an immutable event (core/act.h). */
struct act {
  struct uuid uuid;
  enum audience audience;
  const char *type; /* "note", "override", "suggestion", "attempt", ... */
  struct uuid terminal, subject;
  const char *account; /* of the operating system that wrote it */
  const char *initials;
  int64_t at;               /* by the clock of the terminal, put right by what the source said */
  int64_t clock;            /* what the clock itself said, where that differs; else 0 */
  struct text_list payload; /* "field=value", each */
  const struct unknown_line *unknown;
  size_t unknown_count;
};

/* A time zone that sites are in. */
struct house_zone {
  const char *name;        /* "Europe/Paris" */
  const struct zone *zone; /* NULL: not known on this computer */
};

/* The small tables that dialling, reachability and screens need, read whole.  Sites are sorted by
 * rank then code, plans and domains by code, rules by order. */
struct house {
  const struct site *sites;
  size_t site_count;
  const struct plan *plans;
  size_t plan_count;
  const struct domain *domains;
  size_t domain_count;
  const struct rule *rules;
  size_t rule_count;
  const struct rule_index *rule_index; /* core/rules.h; NULL: they are looked through */
  const struct calendar *calendars;
  size_t calendar_count;
  const struct incident *incidents;
  size_t incident_count;
  const struct exercise *exercises; /* by the time they begin */
  size_t exercise_count;
  const struct house_zone *zones; /* of the sites, each once */
  size_t zone_count;
};

/* NULL when there is none with that code (letters compared as written). */
const struct site *house_site(const struct house *house, const char *code);
const struct plan *house_plan(const struct house *house, const char *code);
const struct domain *house_domain(const struct house *house, const char *code);
/* The zone of a site; NULL: the site says none, or this computer does not know it. */
const struct zone *house_zone(const struct house *house, const struct site *site);
/* The plan of the red phones at a site: the one whose code begins like the site's, else the only
 * one there is; NULL where it cannot be told. */
const struct plan *house_red_plan(const struct house *house, const char *site);

/* Canonical words, as records, JSON and the command line write them ("red-phone").  The enum's
 * zero gives "".  *_from_word: -1 for a word that is none. */
const char *audience_word(enum audience a);
const char *entry_type_word(enum entry_type t);
const char *contact_kind_word(enum contact_kind k);
bool contact_is_fax(const struct contact *c); /* a machine or a server */
/* The order of an entry's contact points, for qsort(3): 0 only where they are written alike. */
int contact_compare(const void *a, const void *b);
/* The contact point of an entry with that UUID; NULL: none. */
const struct contact *entry_contact(const struct entry *entry, const struct uuid *uuid);

/* The absences that hold at an instant, the one that was written last first: of two that disagree
 * it counts, and both are shown.  Where the clock is not trusted all of them: nobody can say that
 * one is over.  Fills at most `most`; returns how many it filled. */
size_t entry_absences(const struct entry *entry, int64_t now, bool clock_trusted,
                      const struct absence **out, size_t most);
const char *purpose_word(enum purpose p);
const char *direction_word(enum direction d);
const char *domain_kind_word(enum domain_kind k);
const char *record_kind_word(enum record_kind k);
const char *attempt_result_word(enum attempt_result r); /* "no-answer" */
const char *test_result_word(enum test_result r);       /* "works" */
int audience_from_word(const char *word);
int entry_type_from_word(const char *word);
int contact_kind_from_word(const char *word);
int purpose_from_word(const char *word);
int direction_from_word(const char *word);
/* "inside,inbound", in any order: a set of enum direction; 0 for anything else. */
uint32_t direction_set_from_words(const char *text);
int domain_kind_from_word(const char *word);
int record_kind_from_word(const char *word);
int attempt_result_from_word(const char *word);
int test_result_from_word(const char *word);

#endif
